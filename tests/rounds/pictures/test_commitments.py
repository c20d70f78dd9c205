from datetime import date
from itertools import pairwise

import pytest

from rounds.models import Commitment, Evidence, Verdict
from rounds.pictures.commitments import OUTLINES, CommitmentPicture, Sign, apart, pictures
from tests.factories import make_commitment, make_evidence, make_round

pytestmark = pytest.mark.django_db


def commitments() -> list[Commitment]:
    return list(Commitment.objects.by_round().for_page())


@pytest.mark.parametrize("narrow", [False, True])
def test_every_piece_of_evidence_has_its_mark_in_the_row_of_its_commitment(narrow):
    picture = CommitmentPicture(commitments(), narrow=narrow)
    assert [row.commitment for row in picture.rows] == commitments()
    for row in picture.rows:
        evidence = row.commitment.evidence_by_date
        assert [mark.href for mark in row.marks] == [one.get_absolute_url() for one in evidence]
        assert [mark.sign.verdict for mark in row.marks] == [one.verdict for one in evidence]
    assert sum(len(row.marks) for row in picture.rows) == Evidence.objects.count()


@pytest.mark.parametrize("narrow", [False, True])
def test_marks_stand_apart_after_the_round_and_within_the_picture(narrow):
    picture = CommitmentPicture(commitments(), narrow=narrow)
    for row in picture.rows:
        places = [row.start, *(mark.x for mark in row.marks)]
        assert all(one + picture.STEP <= other + 0.2 for one, other in pairwise(places))
        assert picture.axis.head <= row.start
        assert row.end <= picture.width - picture.right
        assert row.y < picture.height


def test_state_and_name_fit():
    picture = CommitmentPicture(commitments())
    for row in picture.rows:
        state = picture.LETTER * len(row.commitment.state.in_sentence)
        assert row.end + picture.GAP + state <= picture.width
        assert len(row.name) <= picture.LETTERS


def test_a_mark_says_day_verdict_and_commitment(blank):
    commitment = make_commitment(make_round(101, start=date(2018, 1, 1)), text="They would go.")
    made = {"date": date(2019, 5, 1), "date_precision": "month", "verdict": "not-kept"}
    make_evidence(commitment, **made)
    (row,) = CommitmentPicture(commitments()).rows
    (mark,) = row.marks
    assert mark.text == "May 2019: Not kept. They would go."


def test_days_are_where_they_fall_where_there_is_room(blank):
    commitment = make_commitment(make_round(101, start=date(2018, 1, 1)))
    make_evidence(commitment, date=date(2020, 1, 1))
    picture = CommitmentPicture(commitments())
    (row,) = picture.rows
    assert row.end == round(picture.axis.along(date(2020, 1, 1)), 1)


def test_places_are_moved_no_more_than_needed():
    assert apart([0, 1, 50, 99, 100], 10, 5, 100) == [5, 15, 50, 90, 100]
    assert apart([], 10, 5, 100) == []


def test_without_evidence_there_is_a_round_alone(blank):
    make_commitment(make_round(101))
    for picture in pictures(commitments()):
        (row,) = picture.rows
        assert (row.marks, row.end) == ([], row.start)
        assert picture.legend == []


def test_no_commitment_makes_no_picture():
    assert pictures([]) == []


def test_legend_has_the_signs_that_occur(blank):
    commitment = make_commitment(make_round(101))
    for verdict in ("lapsed", "kept", "kept"):
        make_evidence(commitment, verdict=verdict)
    (wide, _narrow) = pictures(commitments())
    assert wide.legend == [Sign(Verdict.KEPT), Sign(Verdict.LAPSED)]


def test_every_verdict_has_a_shape_of_its_own():
    assert set(OUTLINES) == set(Verdict)
    assert len(set(OUTLINES.values())) == len(OUTLINES)
