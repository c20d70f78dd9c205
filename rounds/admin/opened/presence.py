"""Who else has a page of the admin open: each browser says that it has, and is told."""

from typing import Any, cast

from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods

from astana.accounts.sessions import unattended
from rounds.admin.opened.authors import called
from rounds.models import OpenPage
from rounds.models.open_page import FORGOTTEN_AFTER
from rounds.sources.admin import is_of_record
from rounds.wording.clock import clock
from rounds.wording.lists import all_of

AT_MOST = 3  # names in the sentence


@unattended
@require_http_methods(["GET", "POST"])
def presence(request: HttpRequest) -> HttpResponse:
    """Note that the user has an object’s page open, or ``leaves`` it; say in words who else has.

    A GET gives the token that forms need, which logging in anew changes.
    """
    if request.method == "GET":
        return JsonResponse({"token": get_token(request)})
    one, user = sent_object(request), cast(User, request.user)  # the admin lets nobody else in
    OpenPage.objects.forget(FORGOTTEN_AFTER)
    if "leaves" in request.POST:
        OpenPage.objects.of(one).filter(user=user).delete()
        return HttpResponse(status=204)
    OpenPage.objects.hear(one, user)
    others = OpenPage.objects.of(one).exclude(user=user).select_related("user")
    return JsonResponse({"sentence": sentence(list(others))})


def sent_object(request: HttpRequest) -> Any:
    """The object that is named in what was sent, if the user may see its page."""
    try:
        model = apps.get_model(request.POST.get("model", ""))
    except (LookupError, ValueError):
        raise Http404 from None
    screen = admin.site._registry.get(model)
    if screen is None or not is_of_record(model):
        raise Http404
    one = screen.get_object(request, request.POST.get("key", ""))
    if one is None:
        raise Http404
    if not screen.has_view_or_change_permission(request, one):
        raise PermissionDenied
    return one


def sentence(pages: list[OpenPage]) -> str:
    """Who has a page open, and since when; "" for nobody."""
    if not pages:
        return ""
    named = [
        gettext("%(who)s (since %(when)s)") % {"who": called(one.user), "when": clock(one.since)}
        for one in pages[:AT_MOST]
    ]
    more = len(pages) - len(named)
    if more:
        named.append(ngettext("%(count)d more", "%(count)d more", more) % {"count": more})
    text = ngettext(
        "%(who)s has this page open too. Whoever saves later sees both versions.",
        "%(who)s have this page open too. Whoever saves later sees both versions.",
        len(pages),
    )
    return text % {"who": all_of(named)}
