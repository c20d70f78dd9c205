"""The parameters of the API: what each means, an example, and what of it makes no sense."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, time
from typing import Any, NamedTuple

import django_filters as filters
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from rounds.exports.tables import NAMED, Table
from rounds.selection.commitments import CommitmentFilterSet
from rounds.selection.demands import Match
from rounds.selection.filters import Order, RoundFilterSet
from rounds.selection.parameters import Parameter, Parameters
from rounds.selection.sources import SourceFilterSet
from rounds.views.formats import BadParametersError
from rounds.wording.lists import listed, quoted

PAGE_SIZE, LARGEST = 50, 200

FIELDS: Parameters = {"fields": Parameter()}
# What every list takes beside its filters.
OF_LISTS: Parameters = {
    "modified_since": Parameter(),
    "page": Parameter("1"),
    "page_size": Parameter(str(PAGE_SIZE)),
    **FIELDS,
}


class About(NamedTuple):
    """What a parameter means, and an example that finds something in the record."""

    text: StrOrPromise
    example: Any


IN_GENERAL: Mapping[str, About] = {
    "modified_since": About(
        _(
            "Only what changed then or later: a day or a moment as ISO 8601 has it; without an "
            "offset, in the time zone of the site. What belongs to something changes it too: its "
            "sources, names and parts, and facts that name a topic, participant, person or source. "
            "Of a round that was published since then, everything counts. What was removed is not "
            "told. Of what is older than the history of this copy, all is given."
        ),
        "2026-01-01T00:00:00Z",
    ),
    "page": About(_("Which page of the list."), 1),
    "page_size": About(format_lazy(_("How many a page has, up to {most}."), most=LARGEST), 100),
    "fields": About(
        _("Only these fields, separated by commas; all of them where it is left out."), None
    ),
}
OF_ROUNDS: Mapping[str, About] = {
    "q": About(
        _(
            "Rounds that mention all the words; case, accents, other spellings and endings do not "
            'matter, a "quoted phrase" stays together.'
        ),
        "hostages",
    ),
    "topic": About(_("Rounds that dealt with one of the topics."), ["hostages"]),
    "stage": About(_("The stage of that topic."), ["statement"]),
    "participant": About(_("Rounds that one of the participants attended."), ["jordan"]),
    "role": About(_("The role of that participant."), ["observer"]),
    "match": About(_("Whether any or all of several topics or participants are there."), "any"),
    "absent": About(_("Rounds from which a source says that it stayed away."), "syrian-opposition"),
    "person": About(_("Rounds with the person in a delegation."), "alexander-lavrentyev"),
    "city": About(_("Rounds held there: the city by its name at the time."), "Sochi"),
    "country": About(_("Rounds held there, by the ISO 3166 code."), "RU"),
    "year": About(_("Rounds that began in one of the years."), ["2018"]),
    "date_after": About(_("Rounds with a day from that date."), "2018-01-01"),
    "date_before": About(_("Rounds with a day until that date."), "2018-12-31"),
    "outcome": About(_("Rounds with one of the kinds of outcome."), ["agreement"]),
    "commitment": About(
        _("Rounds with a commitment of which the last evidence says so."), ["kept"]
    ),
    "order": About(_("Whether the newest or the oldest round comes first."), "oldest"),
}
OF_COMMITMENTS: Mapping[str, About] = {
    "topic": About(_("Commitments on one of the topics."), ["hostages"]),
    "round": About(_("Commitments made at one of the rounds, by their numbers."), ["4"]),
    "participant": About(_("Commitments that one of the participants made."), ["russia"]),
    "verdict": About(_("Commitments of which the last evidence says so."), ["kept"]),
}
OF_SOURCES: Mapping[str, About] = {
    "publisher": About(_("Sources whose publisher has these words in its name."), "TASS"),
    "language": About(_("Sources in the language, a two-letter ISO 639-1 code."), "ru"),
    "year": About(_("Sources published in the year; undated: of no known day."), "2017"),
    "round": About(_("Sources that a fact of the round names, by its number."), "4"),
}


class Selection(NamedTuple):
    """By what a list is narrowed: the filters, and what each of them means."""

    filters: Mapping[str, Any]
    about: Mapping[str, About]


def selection(table: Table) -> Selection:
    """The filters of a list, which are those of its exports."""
    if table is NAMED["commitments"]:
        return Selection(CommitmentFilterSet.base_filters, OF_COMMITMENTS)
    if table is NAMED["sources"]:
        return Selection(SourceFilterSet.base_filters, OF_SOURCES)
    if table.path_to_round is not None:
        return Selection(RoundFilterSet.base_filters, OF_ROUNDS)
    return Selection({}, {})


def schema_of(name: str, one: filters.Filter) -> dict[str, Any]:
    """The values of a filter, in JSON Schema."""
    found: dict[str, Any] = {"type": "string"}
    choices = one.extra.get("choices")
    if isinstance(one, filters.DateFilter):
        found["format"] = "date"
    elif isinstance(choices, list):  # others depend on the record
        found["enum"] = [str(value) for value, _label in choices]
        if default := {"match": Match.ANY, "order": Order.NEWEST}.get(name):
            found["default"] = str(default)
    several = (filters.MultipleChoiceFilter, filters.ModelMultipleChoiceFilter)
    return {"type": "array", "items": found} if isinstance(one, several) else found


def number(query: Mapping[str, str], name: str, default: int, most: int | None = None) -> int:
    """A number from 1 on, up to ``most``; raises ``BadParametersError`` for what is none."""
    value = query.get(name) or str(default)
    is_number = value.isascii() and value.isdecimal() and len(value) < 10 and int(value) > 0
    if is_number and (most is None or int(value) <= most):
        return int(value)
    wanted = (
        gettext("Write a number from 1 to %(most)d.") % {"most": most}
        if most
        else gettext("Write a number from 1 on.")
    )
    raise BadParametersError({name: [wanted]})


def moment(query: Mapping[str, str]) -> datetime | None:
    """Since when what is asked for changed; raises ``BadParametersError`` for what is no moment.

    Of a day it is its beginning. What has no offset is meant in the time zone of the site.
    """
    value = query.get("modified_since", "").strip()
    if not value:
        return None
    date, sign, rest = value.partition("T")
    value = date + sign + rest.replace(" ", "+")  # a plus sign in an address is a space
    try:
        if not value.isprintable():  # Python would read a moment up to a NUL
            raise ValueError(value)
        day = None if sign else parse_date(value)
        found = datetime.combine(day, time()) if day else parse_datetime(value)
        if found is not None:
            found = found if timezone.is_aware(found) else timezone.make_aware(found)
            return found.astimezone(UTC)
    except (ValueError, OverflowError):
        pass  # a day that no calendar has
    sentence = gettext("Write a day or a moment as ISO 8601 has it, like %(day)s or %(moment)s.")
    examples = {"day": "2026-01-31", "moment": "2026-01-31T12:00:00Z"}
    raise BadParametersError({"modified_since": [sentence % examples]})


def fields(query: Mapping[str, str], known: Sequence[str]) -> list[str]:
    """The fields that are asked for, all by default; raises ``BadParametersError`` for others."""
    asked = [one.strip() for one in query.get("fields", "").split(",") if one.strip()]
    faults = [_unknown(name, known) for name in dict.fromkeys(asked) if name not in known]
    if faults:
        raise BadParametersError({"fields": faults[:10]})
    return list(dict.fromkeys(asked)) or list(known)


def _unknown(name: str, known: Iterable[str]) -> str:
    sentence = gettext("There is no field %(name)s here. There are: %(known)s.")
    return sentence % {"name": quoted(name[:50]), "known": listed(known)}
