"""The record as tables and as JSON: the rounds that are asked for, every noun, one round."""

from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext

from rounds.exports import citations, matches
from rounds.exports.records import Records, record_in
from rounds.exports.rows import Scope, rows_of
from rounds.exports.separated import table_lines
from rounds.exports.structured import document, text_of, with_sources
from rounds.exports.tables import NAMED, TABLES, Table
from rounds.models import Commitment, Round
from rounds.selection.commitments import CommitmentFilterSet
from rounds.selection.parameters import Parameters, parameters_of
from rounds.selection.sources import SourceFilterSet
from rounds.selection.words import Selection
from rounds.views.formats import (
    NO_ROUND,
    OF_ROUNDS,
    View,
    about,
    answer,
    asked_rounds,
    checked,
    found_passages,
    not_there,
    scope_of,
    taking,
)
from rounds.views.moved import moved
from rounds.views.sources import sources_asked

CSV, JSON = "text/csv", "application/json"


@taking(OF_ROUNDS)
def rounds_csv(request: HttpRequest) -> HttpResponseBase:
    """The rounds of the timeline, a row each."""
    filterset = asked_rounds(request)
    rows = rows_of(NAMED["rounds"], scope_of(request, filterset))
    cells = matches.with_cells(rows, found_passages(filterset))
    return answer(table_lines(matches.COLUMNS, cells), CSV, "rounds.csv")


@taking(OF_ROUNDS)
def rounds_json(request: HttpRequest) -> HttpResponseBase:
    """The rounds of the timeline with all their parts."""
    filterset = asked_rounds(request)
    scope = scope_of(request, filterset)
    found = found_passages(filterset)
    records = matches.with_passages(Records(NAMED["rounds"], scope), found, scope.root)
    sentence = Selection(filterset).sentence(len(filterset.matching), len(filterset.outline))
    return answer(document(about(request, sentence), "rounds", records, scope), JSON)


@taking({})
def round_json(request: HttpRequest, number: int) -> HttpResponseBase:
    """A round with all its parts, and their sources."""
    rounds = Round.objects.visible_to(request.user)
    round_ = rounds.numbered(number).first()
    if round_ is None:
        return moved(request, rounds) or not_there(request, NO_ROUND)
    scope = scope_of(request, rounds=[round_.pk])
    record = record_in(NAMED["rounds"], scope)
    title = gettext("Round %(number)d") % {"number": number}
    found = with_sources(record, scope, about(request, title), "round")
    return answer([text_of(found)], JSON)


def asked_commitments(request: HttpRequest) -> Scope:
    """The commitments that the parameters ask for, as on their page."""
    commitments = Commitment.objects.visible_to(request.user)
    filterset = checked(CommitmentFilterSet(request.GET, commitments, request.user))
    return scope_of(request).among(NAMED["commitments"], filterset.qs)


def asked_sources(request: HttpRequest) -> Scope:
    """The sources that the parameters ask for, as on their page."""
    return scope_of(request).among(NAMED["sources"], checked(sources_asked(request)).qs)


def asked_facts(request: HttpRequest) -> Scope:
    """The facts of the rounds that the parameters ask for."""
    return scope_of(request, asked_rounds(request))


def selection_of(table: Table | None) -> tuple[Parameters, Callable[[HttpRequest], Scope]]:
    """By what rows of a table are asked for."""
    if table is NAMED["commitments"]:
        return parameters_of(CommitmentFilterSet.base_filters), asked_commitments
    if table is NAMED["sources"]:
        return parameters_of(SourceFilterSet.base_filters), asked_sources
    if table is None or table.path_to_round is not None:
        return OF_ROUNDS, asked_facts
    return {}, scope_of


def csv_of(table: Table) -> View:
    """The view of a table, a row for each fact."""
    parameters, scope = selection_of(table)

    @taking(parameters)
    def view(request: HttpRequest) -> HttpResponseBase:
        rows = rows_of(table, scope(request))
        return answer(table_lines(table.columns, rows), CSV, f"{table.name}.csv")

    return view


def json_of(table: Table) -> View:
    """The view of the records of a table, with all that is part of them."""
    parameters, scope_asked = selection_of(table)

    @taking(parameters)
    def view(request: HttpRequest) -> HttpResponseBase:
        scope = scope_asked(request)
        records: Iterator[Any] = iter(Records(table, scope))
        cites = scope if table.is_sourced else None
        return answer(document(about(request, table.title), table.name, records, cites), JSON)

    return view


@taking(OF_ROUNDS)
def citations_csv(request: HttpRequest) -> HttpResponseBase:
    """Which fact names which source."""
    rows = citations.citations(asked_facts(request))
    return answer(table_lines(citations.COLUMNS, rows), CSV, "citations.csv")


OTHERS = [table for table in TABLES if table is not NAMED["rounds"]]
STATEMENTS = NAMED["paragraphs"]  # what the adopted papers say, point by point
