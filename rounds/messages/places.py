"""What readers may write about: a page that everybody may see, as a whole or one of its facts.

Only what everybody may see counts, whoever asks: so no message tells of a draft.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.urls import Resolver404, resolve
from django.utils.text import Truncator, capfirst

from rounds.models import FACTS, Commitment, Delegation, Round, RoundPart
from rounds.pages.addresses import LONGEST, PAGES
from rounds.participants.models import Participant, Person
from rounds.sources.models import Source, Sourced
from rounds.sources.words import Words
from rounds.topics.models import Topic

# Whose page an address with a slug is, by the name of its view.
NAMED: dict[str, Any] = {
    "topic": Topic,
    "statement_topic": Topic,
    "participant": Participant,
    "person": Person,
    "source": Source,
    "commitment": Commitment,
}
BRIEF = 90  # characters of a fact in a list


class Fact(NamedTuple):
    """What stands at a place of a page, in brief and in full."""

    anchor: str
    brief: str
    wording: str


@dataclass(frozen=True)
class Place:
    """A page, by its path; "" for the site as a whole.

    ``subject`` is what the page is of, "" for one that is of no one thing. ``facts`` are by kind,
    in the order of the page.
    """

    path: str = ""
    subject: str = ""
    facts: dict[str, list[Fact]] = field(default_factory=dict)

    def fact(self, anchor: str) -> Fact | None:
        """The fact at the anchor, None without one."""
        everything = (fact for facts in self.facts.values() for fact in facts)
        return next((fact for fact in everything if fact.anchor == anchor), None)


def place_of(path: str) -> Place | None:
    """The place that a path of this site leads to.

    None alike for what is no page of readers, for what is not there and for what is not public.
    """
    if not path:
        return Place()
    try:
        match = resolve(path) if len(path) <= LONGEST else None
    except Resolver404:
        match = None
    # What does not end like this is no page, but what is taken along from one.
    if match is None or match.app_name != PAGES or not path.endswith("/"):
        return None
    things = list(_things(str(match.url_name), match.kwargs))
    if None in things:
        return None
    facts = dict(_facts_of(things[0])) if match.url_name == "detail" else {}
    return Place(path, ", ".join(map(str, things)), facts)


def _things(view: str, arguments: dict[str, Any]) -> Iterator[Any]:
    """What an address names; None for what is not public."""
    anybody = AnonymousUser()
    for name, value in arguments.items():
        if name == "slug" and view in NAMED:
            yield NAMED[view].objects.visible_to(anybody).of_slug(value)
        elif isinstance(value, int):
            yield Round.objects.visible_to(anybody).numbered(value).first()
        else:
            yield None


def _facts_of(round_: Round) -> Iterator[tuple[str, list[Fact]]]:
    """The facts that stand on the page of a round, by kind."""
    for model in FACTS:
        if _stands_with_its_round(model):
            facts: Any = model._default_manager
            rows = facts.visible_to(AnonymousUser()).of([round_.pk]).with_words()
            found = list(_by_anchor(rows.by_role() if model is Delegation else rows))
            if found:
                yield capfirst(model.names_of_kind()[1]), found


def _stands_with_its_round(model: type[Sourced]) -> bool:
    is_there = bool(model.path_to_round) and model.path_to_page == model.path_to_round
    return is_there or issubclass(model, RoundPart)


def _by_anchor(facts: Iterable[Any]) -> Iterator[Fact]:
    """The facts, as one those that share a place: a topic at several stages."""
    found: dict[str, list[Any]] = {}
    for fact in facts:
        found.setdefault(fact.anchor, []).append(fact.words())
    for anchor, words in found.items():
        labels = ", ".join(one.label for one in words if one.label)
        brief = words[0].title if len(words) > 1 else _brief(words[0])
        yield Fact(
            anchor,
            f"{brief} ({labels})" if labels else brief,
            "\n".join(f"{one.label}: {one.line}" if one.label else one.line for one in words),
        )


def _brief(words: Words) -> str:
    """A line that is not long: a long title gives up what it is a part of, such as its paper."""
    line = words.line
    if len(line) > BRIEF and words.text and not words.brief:
        line = f"{words.title.rpartition(': ')[2]}: {words.text}" if words.title else line
    return Truncator(line).chars(BRIEF)
