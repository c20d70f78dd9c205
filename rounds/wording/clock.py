from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext

from rounds.wording.dates import written


def clock(at: datetime) -> str:
    """A moment as colleagues say it: the hour of today, with the day before it of other days.

    "14:03", "24 November 2026, 14:03", in the time zone of the site.
    """
    local = timezone.localtime(at)
    hour = f"{local:%H:%M}"
    if local.date() == timezone.localdate():
        return hour
    return gettext("%(day)s, %(hour)s") % {"day": written(local.date()), "hour": hour}
