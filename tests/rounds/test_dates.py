from datetime import date

import pytest

from rounds.dates import written


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
