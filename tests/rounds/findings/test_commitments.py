from datetime import date

import pytest

from rounds.findings.commitments import Ledger, tallied
from rounds.models import Commitment, Verdict
from tests.factories import make_commitment, make_evidence, make_round

pytestmark = pytest.mark.django_db


def test_counts_are_told_in_the_order_of_the_verdicts():
    assert tallied({"not-kept": 3, "kept": 12, "partly": 0}) == "12 kept, 0 partly kept, 3 not kept"


def test_a_ledger_counts_by_the_last_evidence(blank):
    round_ = make_round(101)
    make_commitment(round_)
    for verdict in ("not-kept", "partly"):
        commitment = make_commitment(round_)
        make_evidence(commitment, date=date(2022, 1, 1), verdict=verdict)
        make_evidence(commitment, date=date(2021, 1, 1), verdict="kept")
    ledger = Ledger(Commitment.objects.all())
    assert ledger.states == "1 partly kept, 1 not kept, 1 without information"


def test_the_states_of_the_record_are_counted_alike_by_the_database():
    counts = Commitment.objects.counts_by_state()
    assert tallied(counts) == Ledger(Commitment.objects.all()).states
    assert sum(counts.values()) == Commitment.objects.count()
    assert set(counts) <= set(Verdict)
