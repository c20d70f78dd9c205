import pytest

from rounds.models import Round
from rounds.promises import promise_of

pytestmark = pytest.mark.django_db


def promise(number: int):
    return promise_of(
        Round.objects.get(number=number), Round.objects.filter(number=number + 1).first()
    )


@pytest.mark.parametrize(
    ("number", "days_late", "is_elsewhere"),
    [
        (3, 0, False),  # promised for 3–4 May 2017, held then
        (4, -7, False),  # promised from 11 July, held on the 4th
        (10, 0, False),  # no place named
        (11, 74, False),  # promised for Astana, which was called Nur-Sultan by then
        (14, 322, True),  # promised for Nur-Sultan in March 2020, held in Sochi in 2021
        (22, None, False),  # never held
    ],
)
def test_promise_against_what_was_held(number, days_late, is_elsewhere):
    kept = promise(number)
    assert (kept.days_late, kept.is_elsewhere) == (days_late, is_elsewhere)


def test_promise_without_a_date_is_neither_kept_nor_late():
    assert promise(1).days_late is None


def test_no_promise_was_made_at_the_second_round():
    assert promise(2) is None
