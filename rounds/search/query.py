"""What a visitor asks for."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, reduce
from itertools import groupby, islice, product
from operator import and_, or_

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils.translation import gettext

from rounds.access import Visitor
from rounds.search.names import Names, Variants, names_seen_by
from rounds.search.words import JOINER, readings, spaced, stem, stems, written

LONGEST = 200  # characters of a query
MOST_WORDS = 20
QUOTED = re.compile(r'["“„«]([^"“”„«»]*)["”“»]')
# Words that do not narrow anything down, unless they stand in a quoted phrase.
IDLE = set("a an and as at by for from in into of on or the to with".split())  # noqa: SIM905
MOST_SPELLINGS = 24  # of one phrase

Group = tuple[str, ...]


@dataclass(frozen=True)
class Query:
    """Words of which each must be there, in any spelling, and phrases that stay together."""

    text: str
    user: Visitor = field(default_factory=AnonymousUser, compare=False)

    @cached_property
    def joined(self) -> str:
        """The text with the parts of Persian words joined, as names with such parts are too."""
        return self.text.replace(JOINER, "")

    @cached_property
    def names(self) -> Names:
        """What the record has, by its names."""
        return names_seen_by(self.user)

    @cached_property
    def phrases(self) -> list[list[str]]:
        """The stems of each quoted phrase."""
        phrases = map(self.words, QUOTED.findall(self.joined))
        return [found for words in phrases if (found := list(filter(None, map(stem, words))))]

    def words(self, text: str) -> list[str]:
        """The words of a part of the query; what names write with a hyphen is two."""
        return self.names.apart(written(text))

    @cached_property
    def loose(self) -> list[str]:
        """The words outside the phrases as written, without idle ones where others remain."""
        words = self.words(QUOTED.sub(" ", self.joined))
        telling = [word for word in words if word.casefold() not in IDLE]
        return telling or ([] if self.phrases else words)

    @cached_property
    def stems(self) -> list[str]:
        """Every stem that an entry must have, each once."""
        found = [stem(word) for word in self.loose]
        found += [word for phrase in self.phrases for word in phrase]
        return list(dict.fromkeys(filter(None, found)))

    @property
    def problem(self) -> str:
        """A sentence on why nothing can be looked for; empty where something can."""
        if not self.text.strip():
            return gettext("Type one or more words to look for.")
        if len(self.text) > LONGEST:
            return gettext("Use at most %(limit)d characters.") % {"limit": LONGEST}
        if not self.stems:
            return gettext("There is no word in this. Use letters or digits.")
        if len(self.stems) > MOST_WORDS:
            return gettext("Use at most %(limit)d words.") % {"limit": MOST_WORDS}
        return ""

    @cached_property
    def variants(self) -> Variants:
        """Words that mean the same as those of the query, by the names of what the record has."""
        joined = stems(readings(self.joined)[-1])
        return self.names.variants(self.words(self.joined), joined)

    @cached_property
    def groups(self) -> list[Group]:
        """For each word that must be there, its spellings."""
        return [self.group(word) for word in self.stems]

    @cached_property
    def marked(self) -> set[str]:
        """The stems to mark in what was found."""
        return {word for group in self.groups for word in group}

    def group(self, word: str) -> Group:
        return (word, *sorted(self.variants.get(word, set()) - {word}))

    def name_condition(self) -> Q:
        """That the title, or another name, is just the query."""
        names = (["/", *words, "/"] for words in spelled(self.groups))
        return any_of("title_words", names)

    def title_condition(self) -> Q:
        """That every word stands in the title or in another name."""
        return all_of(any_of("title_words", spelled([group])) for group in self.groups)

    def phrase_condition(self) -> Q:
        """That the words of each phrase stand side by side."""
        phrases = ([self.group(word) for word in phrase] for phrase in self.phrases)
        return all_of(any_of("words", spelled(phrase)) for phrase in phrases)


def spelled(phrase: Iterable[Group]) -> Iterator[tuple[str, ...]]:
    """The ways to write a phrase, the one that was asked for first.

    Two words that are written as one have this in common, which stands there once.
    """
    ways = (tuple(word for word, _same in groupby(way)) for way in product(*phrase))
    return islice(ways, MOST_SPELLINGS)


def any_of(column: str, phrases: Iterable[Iterable[str]]) -> Q:
    """That the column has the words of at least one of the phrases side by side."""
    return reduce(or_, (Q(**{f"{column}__contains": spaced(words)}) for words in phrases))


def all_of(conditions: Iterable[Q]) -> Q:
    return reduce(and_, conditions, Q())
