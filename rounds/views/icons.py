"""The icon of the site, for browsers that look for it where no page names it."""

from django.http import HttpRequest, HttpResponseRedirect
from django.templatetags.static import static

from rounds.selection.parameters import takes

FOR_A_DAY = "public, max-age=86400"  # after a day the icon may have another name


@takes()
def favicon(request: HttpRequest) -> HttpResponseRedirect:
    """The way to the icon: beside pictures, JSON and PDF browsers ask for ``/favicon.ico``."""
    return HttpResponseRedirect(static("icon.svg"), headers={"Cache-Control": FOR_A_DAY})
