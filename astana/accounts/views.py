"""One-time codes: shown when somebody logs in, and set up on a page of the admin."""

from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from django.contrib import admin, messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters

from astana import logins
from astana.accounts import audit, codes, sessions, waiting
from astana.accounts.forms import CodeForm

NEW_KEY = "new_key"  # the key that is being set up, until a code of it was typed


def following(request: HttpRequest, address: str) -> str:
    """The address, where it is one of ours; else the start of the admin."""
    is_ours = url_has_allowed_host_and_scheme(
        address, {request.get_host()}, require_https=request.is_secure()
    )
    return address if is_ours else reverse("admin:index")


@never_cache
@csrf_protect
@sensitive_post_parameters("code")
def code(request: HttpRequest) -> HttpResponse:
    """The second step of a login."""
    user = waiting.who(request)
    if user is None:
        return HttpResponseRedirect(reverse("admin:login"))
    form = CodeForm(request.POST if request.method == "POST" else None)
    form.fields["code"].widget.attrs["autofocus"] = True
    if form.is_valid():
        asked = {"username": user.get_username()}
        if not AxesProxyHandler.is_allowed(request, asked):
            return logins.locked(request, HttpResponse(), asked)
        request.login_step = "with a code"  # type: ignore[attr-defined]
        typed = form.cleaned_data["code"]
        if not (wait := codes.seconds_to_wait(user, typed)):
            if codes.check(user, typed):
                return HttpResponseRedirect(following(request, waiting.finish(request, user)))
            user_login_failed.send(sender=__name__, credentials=asked, request=request)
        form.add_error("code", fault(wait))
    context = admin.site.each_context(request) | {
        "title": gettext("One-time code"),
        "form": form,
        "name": user.get_username(),
    }
    return render(request, "accounts/code.html", context)


def fault(wait: int) -> str:
    """What is wrong with a code, or that none is looked at for so many seconds."""
    if not wait:
        return gettext("This code is wrong, or was used before. Wait for the next one.")
    return ngettext(
        "After wrong codes none is looked at for a while. Wait a second, then type the next one.",
        "After wrong codes none is looked at for a while. Wait %(wait)d seconds, then type the "
        "next one.",
        wait,
    ) % {"wait": wait}


@sensitive_post_parameters("code")
def own_codes(request: HttpRequest) -> HttpResponse:
    """Where a user sets up the codes, makes new recovery codes, and takes the codes away."""
    user: Any = request.user
    if codes.are_set_up(user):
        return change(request, user)
    address = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME, "")
    key = codes.Key(user, request.session.setdefault(NEW_KEY, codes.new_key()))
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if recovery := key.confirm(form.cleaned_data["code"]):
            del request.session[NEW_KEY]
            request.session[waiting.BY_CODE] = True
            request.session.cycle_key()
            sessions.end(user, but=request.session.session_key)  # they began without a code
            audit.note(request, audit.Action.CODES, user, "set up")
            return show_recovery(request, recovery, following(request, address))
        form.add_error(
            "code",
            gettext("This is no code of that key at this moment. Is your telephone’s clock right?"),
        )
    context = {"form": form, "key": key, "following": address}
    return page(request, "accounts/codes.html", context)


def change(request: HttpRequest, user: User) -> HttpResponse:
    """The codes are there: whoever shows one makes new recovery codes, or takes them away."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        typed = form.cleaned_data["code"]
        wait = codes.seconds_to_wait(user, typed)
        if wait or not codes.check(user, typed):
            form.add_error("code", fault(wait))
        elif "forget" in request.POST:
            codes.forget(user)
            request.session.pop(waiting.BY_CODE, None)
            audit.note(request, audit.Action.CODES, user, "taken away")
            messages.success(request, gettext("Your one-time codes are taken away."))
            return HttpResponseRedirect(reverse("codes"))
        else:
            audit.note(request, audit.Action.CODES, user, "new recovery codes")
            recovery = codes.new_recovery_codes(user)
            return show_recovery(request, recovery, reverse("admin:index"))
    context = {
        "form": form,
        "left": codes.recovery_codes_left(user),
        "is_required": codes.are_required(user),
    }
    return page(request, "accounts/codes_set_up.html", context)


def show_recovery(request: HttpRequest, recovery: list[str], address: str) -> HttpResponse:
    return page(request, "accounts/recovery.html", {"recovery": recovery, "following": address})


def page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    whole = admin.site.each_context(request) | {"title": gettext("One-time codes")} | context
    return render(request, template, whole)
