from datetime import date

import pytest

from rounds.wording.dates import window, written


@pytest.mark.parametrize(
    ("start", "end", "precision", "text"),
    [
        (date(2017, 1, 23), None, "day", "23 January 2017"),
        (date(2017, 1, 23), date(2017, 1, 23), "day", "23 January 2017"),
        (date(2017, 1, 23), date(2017, 1, 24), "day", "23–24 January 2017"),
        (date(2017, 10, 30), date(2017, 11, 1), "day", "30 October – 1 November 2017"),
        (date(2017, 12, 31), date(2018, 1, 1), "day", "31 December 2017 – 1 January 2018"),
        (date(2024, 12, 9), None, "month", "December 2024"),
        (date(2024, 12, 1), date(2024, 12, 31), "month", "December 2024"),
        (date(2024, 11, 1), date(2024, 12, 31), "month", "November – December 2024"),
        (date(2025, 1, 1), date(2025, 12, 31), "year", "2025"),
        (date(2025, 1, 1), date(2026, 12, 31), "year", "2025 – 2026"),
    ],
)
def test_dates_are_written_no_finer_than_known(start, end, precision, text):
    assert written(start, end, precision) == text


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2018, 7, 1), date(2018, 7, 31), "July 2018"),
        (date(2024, 2, 1), date(2024, 2, 29), "February 2024"),
        (date(2024, 2, 1), date(2024, 2, 28), "1–28 February 2024"),  # a leap year
        (date(2025, 1, 1), date(2025, 6, 30), "first half of 2025"),
        (date(2022, 7, 1), date(2022, 12, 31), "second half of 2022"),
        (date(2025, 1, 1), date(2025, 12, 31), "2025"),
        (date(2025, 1, 1), date(2026, 12, 31), "2025 – 2026"),
        (date(2025, 1, 1), date(2026, 6, 30), "January 2025 – June 2026"),
        (date(2021, 6, 1), date(2021, 7, 31), "June – July 2021"),
        (date(2017, 7, 11), date(2017, 7, 20), "11–20 July 2017"),
        (date(2017, 5, 3), date(2017, 5, 4), "3–4 May 2017"),
        (date(2017, 5, 3), date(2017, 5, 3), "3 May 2017"),
        (date(2021, 7, 9), date(2021, 12, 31), "9 July – 31 December 2021"),
        (date(2021, 1, 1), date(2021, 12, 30), "1 January – 30 December 2021"),
    ],
)
def test_promised_windows_are_written_as_people_promise_them(first, last, text):
    assert window(first, last) == text


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2025, 1, 1), date(2025, 6, 30), "the first half of 2025"),
        (date(2022, 7, 1), date(2022, 12, 31), "the second half of 2022"),
        (date(2018, 7, 1), date(2018, 7, 31), "July 2018"),
    ],
)
def test_a_half_year_takes_its_article_in_a_sentence(first, last, text):
    assert window(first, last, in_sentence=True) == text
