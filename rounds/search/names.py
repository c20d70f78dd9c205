"""What the words of a query mean, by the names of what the record has.

A name of a participant is a whole word; names of topics are the beginnings of words, which are
inflected in texts.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise, product
from typing import NamedTuple

from rounds.access import Visitor, keeper
from rounds.models import Round
from rounds.participants.models import Participant, Person
from rounds.search.entries import entries_seen_by
from rounds.search.kinds import KIND_OF
from rounds.search.words import HYPHENATED, every_reading, folded, readings, stem, stems, written
from rounds.topics.models import Topic

Variants = Mapping[str, set[str]]

# What Arabic writes together with a word, before it: “and” or “so”; “in”, “for” or “like”; “the”.
PARTICLES = {"".join(parts) for parts in product(("", "و", "ف"), ("", "ب", "ل", "ک"), ("", "ال"))}
PARTICLES.add("لل")
SHORTEST = 3  # letters of a word without them
# The endings, folded, with which Arabic and Persian make the name of a state that of its people.
PEOPLE = ("", "ی", "یه", "یین", "یون")
FIRST = 2  # letters that a word has in common with the words of a topic that it is compared with
ROOT, ENDING = 5, 2  # letters that two forms of a word of a topic have in common, and have not


class TopicWord(NamedTuple):
    """The last word of a name of a topic, or its only one."""

    before: list[str]  # the stems of the other words
    beginning: str  # without case and accents; an abbreviation as it is written
    stem: str

    def is_meant_by(self, word: str, forms: Iterable[str]) -> bool:
        if is_abbreviation(self.beginning):
            return word == self.beginning
        return any(form.startswith(self.beginning) or self._is_longer(form) for form in forms)

    def _is_longer(self, form: str) -> bool:
        is_near = ROOT <= len(form) >= len(self.beginning) - ENDING
        return is_near and self.beginning.startswith(form)


class Names(NamedTuple):
    """The names that a visitor may know things by; words are told by their stems.

    ``people`` and ``participants`` have for each word the others that stand for it; there
    abbreviations are told as they are written. ``topics`` has the words of topics by their
    first letters, so that few are compared. ``parts`` has the two parts of what some name
    writes with a hyphen, by the stem of the whole; ``single`` the names of one word.
    """

    people: Variants
    participants: Variants
    topics: Mapping[str, list[TopicWord]]
    parts: Mapping[str, tuple[str, ...]]
    single: Collection[str]

    def apart(self, words: Iterable[str]) -> list[str]:
        """The words, those that a name writes with a hyphen in their parts."""
        return [part for word in words for part in self.parts.get(stem(word), (word,))]

    def variants(self, words: Sequence[str], joined: Collection[str] = ()) -> Variants:
        """For the stem of each word of a text, the stems that mean the same.

        Where two words may be written as one, that stands for either: where it is among those
        joined, or a word of a name.
        """
        found: dict[str, set[str]] = defaultdict(set)
        stemmed = [stem(word) for word in words]
        for n, (word, stem_) in enumerate(zip(words, stemmed, strict=True)):
            forms = without_particles(folded(word))
            found[stem_] |= self._named(word, forms)
            for name in self._topic_words(forms):
                before = stemmed[max(0, n - len(name.before)) : n]
                if before == name.before and name.is_meant_by(word, forms):
                    found[stem_].add(name.stem)
        for one, other in pairwise(words):
            whole, stem_ = one + other, stem(one + other)
            if any(stem_ in known for known in (joined, self.parts, self.people, self.single)):
                same = {stem_} | self._named(whole, without_particles(folded(whole)))
                found[stem(one)] |= same
                found[stem(other)] |= same
        return found

    def _named(self, word: str, forms: Iterable[str]) -> set[str]:
        """The stems of other names of the participants and people that the word names."""
        of_people = {form.removesuffix(end) for form in forms for end in PEOPLE}
        found = set(self.people.get(stem(word), ()))
        for one in {word, stem(word)} | of_people:
            found |= self.participants.get(one, set())
        return found

    def _topic_words(self, forms: Iterable[str]) -> Iterator[TopicWord]:
        """The words of topics that begin as one of the forms does."""
        for letters in {form[:FIRST] for form in forms}:
            yield from self.topics.get(letters, ())


def names_seen_by(user: Visitor) -> Names:
    """The names of people, participants and topics that the user may see."""
    return keeper(user)("names", make=lambda: _read(user))


def _read(user: Visitor) -> Names:
    kinds = [KIND_OF[model] for model in (Person, Participant, Topic, Round)]
    found: dict[int, list[list[str]]] = {kind.number: [] for kind in kinds}
    rows = entries_seen_by(user, kinds).values_list("kind", "title", "names")
    for kind, title, others in rows:
        found[kind].append([title, *others.splitlines()])
    people, participants, topics, _rounds = found.values()
    every = every_reading(name for names in chain(*found.values()) for name in names)
    return Names(
        _spellings(people),
        _synonyms(participants),
        _by_first_letters(word for names in topics for name in names for word in _of_topic(name)),
        _parts(every),
        {words[0] for words in map(stems, every) if len(words) == 1},
    )


def _spellings(people: Iterable[Sequence[str]]) -> Variants:
    """For each word, what stands in its place in other spellings of the same name.

    “Alexander Lavrentyev” is also “Александр Лаврентьев”, so the second words are the same. A
    last word that several people share, as Sedat Önal and Selçuk Ünal do in Russian, stands
    for itself alone.
    """
    spelled = [list(filter(None, map(stems, every_reading(names)))) for names in people]
    owners = Counter(last for names in spelled for last in {words[-1] for words in names})
    found: dict[str, set[str]] = defaultdict(set)
    for names in spelled:
        by_length: dict[int, list[Sequence[str]]] = defaultdict(list)
        for words in names:
            by_length[len(words)].append(words)
        for same in by_length.values():
            *places, last = (set(place) for place in zip(*same, strict=True))
            for place in (*places, {word for word in last if owners[word] == 1}):
                for word in place:
                    found[word] |= place - {word}
    return dict(found)


def _synonyms(participants: Iterable[Sequence[str]]) -> Variants:
    """For each participant's name of one word, its other ones."""
    found: dict[str, set[str]] = defaultdict(set)
    for names in participants:
        words = [list(written(form)) for form in every_reading(names)]
        single = [one[0] for one in words if len(one) == 1]
        for word in single:
            key = word if is_abbreviation(word) else stem(word)
            found[key] |= {stem(other) for other in single}
    return dict(found)


def _of_topic(name: str) -> Iterator[TopicWord]:
    for form in readings(name):
        *before, last = list(written(form)) or [""]
        beginning = last if is_abbreviation(last) else folded(last)
        if beginning:
            yield TopicWord([stem(word) for word in before], beginning, stem(last))


def _by_first_letters(words: Iterable[TopicWord]) -> Mapping[str, list[TopicWord]]:
    found: dict[str, list[TopicWord]] = defaultdict(list)
    for word in words:
        found[folded(word.beginning)[:FIRST]].append(word)
    return dict(found)


def _parts(names: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """The two parts of each word with a hyphen, by the stem of that without it."""
    found = (parts.groups() for name in names for parts in HYPHENATED.finditer(name))
    return {stem("".join(parts)): parts for parts in found}


def is_abbreviation(word: str) -> bool:
    return word[1:] != word[1:].lower()


def without_particles(word: str) -> set[str]:
    """An Arabic word and what it may be with particles before it; any other word alone."""
    begins = filter(word.startswith, PARTICLES)
    rests = {word.removeprefix(particle) for particle in begins}
    return {word} | {rest for rest in rests if len(rest) >= SHORTEST}
