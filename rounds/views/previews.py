from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from rounds.access import Guest
from rounds.desk.previews import end_of, link_of
from rounds.pages.addresses import of_the_moment
from rounds.views.rounds import RoundDetailView


@of_the_moment
@require_safe
def preview(request: HttpRequest, token: str) -> HttpResponseBase:
    """The page of one round that is not published, for whoever has the link; kept by nobody.

    All that it shows besides is what everybody sees, to editors too.
    """
    try:
        link = link_of(token)
    except signing.BadSignature:
        response: HttpResponseBase = render(request, "404.html", status=404)
    else:
        if link and link.round.is_published:
            response = redirect(link.round)
        elif link:
            request.user = Guest(link.round.pk)
            view = RoundDetailView.as_view(extra_context={"preview_ends": end_of(link)})
            response = view(request, number=link.round.number)
        else:
            response = render(request, "rounds/preview_ended.html", status=410)
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response
