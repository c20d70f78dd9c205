from datetime import timedelta

from django.utils import timezone

from rounds.wording.clock import clock
from rounds.wording.dates import written


def test_the_day_is_said_of_other_days_alone():
    now = timezone.localtime().replace(hour=14, minute=3)
    assert clock(now) == "14:03"
    before = now - timedelta(days=1)
    assert clock(before) == f"{written(before.date())}, 14:03"
