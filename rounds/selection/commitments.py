"""The filters of commitments, and what they select in words."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import django_filters as filters
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from rounds.findings.commitments import tallied
from rounds.models import Commitment, Verdict
from rounds.querysets import CommitmentQuerySet
from rounds.selection.filters import as_query, must_be_known
from rounds.wording.lists import listed, quoted

# What filters say in the sentence, in its order; the verdict is told by the counts.
PHRASES = {
    "topic": _("on %(topic)s"),
    "round": _("made at round %(round)s"),
    "participant": _("made by %(participant)s"),
}


class CommitmentFilterSet(filters.FilterSet):
    """Narrows commitments; of topics, rounds and participants the choices are those that occur.

    ``others`` are those that match every filter but the verdict.
    """

    topic = filters.ChoiceFilter(
        label=_("Topic"),
        field_name="topic__slug",
        empty_label=_("any"),
        **must_be_known(_("No commitment is on “%(value)s”. Choose a topic from the list.")),
    )
    round = filters.ChoiceFilter(
        label=_("Round"),
        field_name="round__number",
        empty_label=_("any"),
        **must_be_known(_("No commitment of round “%(value)s” is here. Choose one from the list.")),
    )
    participant = filters.ChoiceFilter(
        label=_("Made by"),
        field_name="by__slug",
        empty_label=_("anybody"),
        **must_be_known(_("No commitment was made by “%(value)s”. Choose one from the list.")),
    )
    verdict = filters.ChoiceFilter(
        label=_("By the last evidence"),
        choices=Verdict.choices,
        empty_label=_("any"),
        **must_be_known(_("“%(value)s” is not a verdict. Choose one from the list.")),
    )

    class Meta:
        model = Commitment
        fields: list[str] = []

    def __init__(self, data: Mapping[str, Any], queryset: CommitmentQuerySet) -> None:
        super().__init__(as_query(data), queryset)
        rows = list(queryset.values_list("topic__slug", "topic__label", "round__number"))
        topics = Counter((slug, label) for slug, label, _number in rows if slug)
        rounds = Counter(number for _slug, _label, number in rows)
        makers = Counter(queryset.order_by().values_list("by__slug", "by__name"))
        self.names = dict([*topics, *makers])
        for name, found in (("topic", topics), ("participant", makers)):
            self.filters[name].extra["choices"] = sorted(
                ((slug, f"{label} ({count})") for (slug, label), count in found.items()),
                key=lambda pair: pair[1],
            )
        self.filters["round"].extra["choices"] = [
            (str(number), f"{number} ({rounds[number]})") for number in sorted(rounds)
        ]

    @cached_property
    def chosen(self) -> dict[str, str]:
        """The values given, without the empty ones; {} while one of them is wrong."""
        if self.errors:
            return {}
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    @cached_property
    def others(self) -> CommitmentQuerySet:
        """Those that match every filter but the verdict; none while a value is wrong."""
        if self.errors:
            return self.queryset.none()
        commitments: CommitmentQuerySet = self.queryset
        for name in self.chosen.keys() - {"verdict"}:
            commitments = self.filters[name].filter(commitments, self.chosen[name])
        return commitments

    def filter_queryset(self, queryset: CommitmentQuerySet) -> CommitmentQuerySet:
        verdict = self.chosen.get("verdict")
        return self.others.in_states([verdict]) if verdict else self.others

    @property
    def sentence(self) -> str:
        """Such as “Of 8 commitments on “Idlib”, by the last evidence: 1 kept, 7 not kept”."""
        counts = self.others.counts_by_state()
        total = sum(counts.values())
        if verdict := self.chosen.get("verdict"):
            counts = {verdict: counts.get(verdict, 0)}
        phrases = listed(self._phrases())
        words = {"total": total, "phrases": phrases, "states": tallied(counts)}
        return _message(total, has_phrases=bool(phrases)) % words

    def _phrases(self) -> Iterator[str]:
        for name, phrase in PHRASES.items():
            if value := self.chosen.get(name):
                said = self.names.get(value, value)
                yield phrase % {name: quoted(said) if name == "topic" else said}


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
