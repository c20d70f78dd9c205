"""Whom to tell of a weakness of the site (RFC 9116)."""

from datetime import UTC, datetime, time, timedelta
from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate

from rounds.selection.parameters import takes
from rounds.wording.languages import page_language

# Counted from today: kept pages are made anew every day, so it is always about as far ahead.
GOOD_FOR = timedelta(days=180)


@takes()
def security_txt(request: HttpRequest) -> HttpResponse:
    """The contact that the operator gives; nothing is there where none is given."""
    contact = contact_of(settings.OPERATOR)
    if not contact:
        raise Http404
    expires = datetime.combine(localdate() + GOOD_FOR, time(), UTC)
    fields = {
        "Contact": contact,
        "Expires": f"{expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages": page_language(),
        "Canonical": request.build_absolute_uri(reverse("rounds:security")),
    }
    lines = [f"{name}: {value}\n" for name, value in fields.items()]
    return HttpResponse("".join(lines), content_type="text/plain; charset=utf-8")


def contact_of(operator: dict[str, str]) -> str:
    """Where the operator is reached, as an address; "" where that is not said.

    >>> contact_of({"email": "editors@example.org", "url": ""})
    'mailto:editors@example.org'
    """
    if operator["email"]:
        return f"mailto:{quote(operator['email'], safe='@+')}"
    # Over plain http anybody could answer in its stead.
    return operator["url"] if operator["url"].startswith("https://") else ""
