"""The filters of commitments, and what they select in words."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import itemgetter
from typing import Any

import django_filters as filters
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from rounds.access import Visitor
from rounds.findings.commitments import tallied
from rounds.findings.outline import outline_seen_by
from rounds.models import Commitment, Verdict
from rounds.participants.models import Participant
from rounds.querysets import CommitmentQuerySet
from rounds.selection.filters import as_query, must_be_known
from rounds.topics.models import Topic
from rounds.wording.lists import any_of, listed, quoted

Pair = tuple[Any, Any]  # the value of a choice, and what it is called

# What filters say in the sentence, in its order; the verdict is told by the counts.
PHRASES = {
    "topic": _("on %(topic)s"),
    "round": _("made at round %(round)s"),
    "participant": _("made by %(participant)s"),
}


class CommitmentFilterSet(filters.FilterSet):
    """Narrows commitments to those with any of the values of each filter.

    Of topics, rounds and participants those are offered that occur. What else the user may see is
    no mistake: no commitment is recorded of it. ``others`` are those that match every filter but
    the verdict.
    """

    topic = filters.MultipleChoiceFilter(
        label=_("Topic"),
        **must_be_known(_("“%(value)s” is not a topic here. Choose one from the list.")),
    )
    round = filters.MultipleChoiceFilter(
        label=_("Round"),
        **must_be_known(_("“%(value)s” is not a round here. Choose one from the list.")),
    )
    participant = filters.MultipleChoiceFilter(
        label=_("Made by"),
        **must_be_known(_("“%(value)s” is not a participant here. Choose one from the list.")),
    )
    verdict = filters.MultipleChoiceFilter(
        label=_("By the last evidence"),
        choices=Verdict.choices,
        **must_be_known(_("“%(value)s” is not a verdict. Choose one from the list.")),
    )

    class Meta:
        model = Commitment
        fields: list[str] = []

    def __init__(
        self, data: Mapping[str, Any], queryset: CommitmentQuerySet, user: Visitor
    ) -> None:
        super().__init__(as_query(data), queryset)
        rows = list(queryset.values_list("topic__slug", "topic__label", "round__number"))
        makers = queryset.order_by().values_list("by__slug", "by__name")
        self.names: dict[str, dict[str, str]] = {}
        self._offer(
            "topic",
            Counter((slug, label) for slug, label, _number in rows),
            lambda: Topic.objects.visible_to(user).values_list("slug", "label"),
        )
        self._offer(
            "round",
            Counter((number, number) for _slug, _label, number in rows),
            lambda: ((row.number, row.number) for row in outline_seen_by(user)),
        )
        self._offer(
            "participant",
            Counter(makers),
            lambda: Participant.objects.visible_to(user).values_list("slug", "name"),
        )

    def _offer(self, name: str, found: Counter[Pair], known: Callable[[], Iterable[Pair]]) -> None:
        """Offer what occurs, with its number; and of all that is known what is asked for."""
        pairs = [pair for pair in found if pair[0] is not None]
        asked = set(self.data.getlist(name)) - {str(value) for value, _label in pairs}
        pairs += [pair for pair in known() if str(pair[0]) in asked] if asked else []
        pairs.sort(key=itemgetter(1))
        self.names[name] = {str(value): str(label) for value, label in pairs}
        self.filters[name].extra["choices"] = [
            (str(value), f"{label} ({found[value, label]})") for value, label in pairs
        ]

    @cached_property
    def chosen(self) -> dict[str, list[str]]:
        """The values given, without the empty ones; {} while one of them is wrong."""
        if self.errors:
            return {}
        return {name: values for name, values in self.form.cleaned_data.items() if values}

    @cached_property
    def others(self) -> CommitmentQuerySet:
        """Those that match every filter but the verdict; none while a value is wrong."""
        if self.errors:
            return self.queryset.none()
        return self.queryset.among(
            topics=self.chosen.get("topic", ()),
            rounds=self.chosen.get("round", ()),
            makers=self.chosen.get("participant", ()),
        )

    def filter_queryset(self, queryset: CommitmentQuerySet) -> CommitmentQuerySet:
        verdicts = self.chosen.get("verdict")
        return self.others.in_states(verdicts) if verdicts else self.others

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many of the others there are in each state that occurs."""
        return self.others.counts_by_state()

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def sentence(self) -> str:
        """Such as “Of 8 commitments on “Idlib”, by the last evidence: 1 kept, 7 not kept”."""
        verdicts = self.chosen.get("verdict", self.counts)
        counts = {verdict: self.counts.get(verdict, 0) for verdict in verdicts}
        phrases = listed(self._phrases())
        words = {"total": self.total, "phrases": phrases, "states": tallied(counts)}
        return _message(self.total, has_phrases=bool(phrases)) % words

    def _phrases(self) -> Iterator[str]:
        for name, phrase in PHRASES.items():
            if values := self.chosen.get(name):
                said = [self.names[name][value] for value in values]
                yield phrase % {name: any_of(map(quoted, said) if name == "topic" else said)}


def _message(total: int, *, has_phrases: bool) -> str:
    """The sentence on so many commitments, with or without phrases that say which."""
    if not total:
        return (
            gettext("No commitment %(phrases)s is recorded")
            if has_phrases
            else gettext("No commitment is recorded")
        )
    if has_phrases:
        return ngettext(
            "Of %(total)d commitment %(phrases)s, by the last evidence: %(states)s",
            "Of %(total)d commitments %(phrases)s, by the last evidence: %(states)s",
            total,
        )
    return ngettext(
        "Of %(total)d commitment, by the last evidence: %(states)s",
        "Of %(total)d commitments, by the last evidence: %(states)s",
        total,
    )
