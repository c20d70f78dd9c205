"""The faults that take a moment, on the database that the tests run on; all: make faults."""

import os

import pytest

from tests.faults.drill import Row, drill, judged
from tests.faults.faults import FAULTS, Fault
from tests.faults.load import Tally
from tests.faults.machine import Machine, PostgresMachine
from tests.folders import let_others_in
from tests.serving import free_port


def test_readers_and_editors_outlast_what_is_quick(tmp_path_factory):
    folder = tmp_path_factory.mktemp("machine")
    let_others_in(folder)  # the server of the database is another user
    server = os.environ.get("DATABASE_URL", "")
    kind = PostgresMachine if server.startswith("postgres") else Machine
    with kind(folder, free_port()) as machine:
        faults = [fault for fault in FAULTS if fault.is_quick and machine.kind in fault.kinds]
        rows = list(drill(machine, None, faults, longest=1.5))
    assert len(rows) == len(faults) > 1
    assert [row for row in rows if not row.is_passed and not row.not_run] == []
    assert sum(row.confirmed for row in rows) > 0


def judge(*seen: str, lost: int = 0, **fault: bool) -> Row:
    tally = Tally()
    for what in seen:
        tally.add(what)
    return judged(Fault("a fault", lambda: None, **fault), tally, lost, has_front=True)


@pytest.mark.parametrize(
    ("row", "is_passed"),
    [
        (judge("reads"), True),
        (judge("kept cut"), False),
        (judge("kept cut", kills=True), True),
        (judge("front cut", kills=True), False),
        (judge("new unavailable"), False),
        (judge("new unavailable", "front new unavailable", away=True), True),
        (judge("kept unavailable", away=True), False),
        (judge("front unavailable", away=True), False),
        (judge("new failed", away=True), False),
        (judge("editor failed"), False),
        (judge("editor refused"), True),
        (judge("kept cut", "new cut", off=True), True),
        (judge("front cut", off=True), False),
        (judge("reads", lost=1), False),
        (Row("a fault", [], not_run="no disk"), False),
    ],
)
def test_a_fault_is_passed_by_what_may_happen_alone(row, is_passed):
    assert row.is_passed is is_passed
