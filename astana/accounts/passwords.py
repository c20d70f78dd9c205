"""A new password by mail, for who forgot the old one.

Whatever mail address is typed, the answer is the same, and takes as long: nobody learns here who
has an account. Who has one-time codes is asked for one as ever.
"""

import logging
from collections.abc import Callable, Iterator
from datetime import timedelta
from threading import Thread
from typing import Any

from axes.utils import reset
from django.conf import settings
from django.contrib import admin
from django.contrib.auth import views
from django.contrib.auth.forms import PasswordResetForm
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from astana.accounts import audit
from astana.accounts.audit import Action
from astana.clients import shortened

log = logging.getLogger(__name__)

PERIOD = timedelta(hours=1)
MOST_MAILS = 3  # to an account in that time
MOST_TRIES = 10  # from a network
ASKED = "asked for a new one by mail"
NOBODY = "no account of that address"


def in_background(task: Callable[[], None]) -> None:
    """Do it while the answer goes out: how long it takes would tell that there is an account."""
    Thread(target=task).start()


class ForgottenForm(PasswordResetForm):
    """The mail address of an account. Also of one that has no password yet."""

    def get_users(self, email: str) -> Iterator[User]:
        found = User.objects.filter(email__iexact=email, is_active=True, is_staff=True)
        accounts = [one for one in found if one.email.casefold() == email.casefold()]
        if not accounts:
            audit.note_failure(None, Action.PASSWORD, NOBODY, ASKED)
        for account in accounts:
            asked = _asked(subject=account.get_username()).count()
            if asked < MOST_MAILS:
                audit.note(None, Action.PASSWORD, account, ASKED)
                yield account

    def send_mail(
        self,
        subject_template_name: str,
        email_template_name: str,
        context: dict[str, Any],
        from_email: str | None,
        to_email: str,
        html_email_template_name: str | None = None,
    ) -> None:
        """Send it a moment later; what fails is in the log, without the address."""
        mail = EmailMessage(
            gettext("Astana process tracker: a new password"),
            render_to_string(email_template_name, context),
            to=[to_email],
            headers={"Auto-Submitted": "auto-generated"},
        )
        pk = context["user"].pk

        def send() -> None:
            try:
                mail.send()
            except Exception as error:
                log.error(  # what mail servers say names the address
                    "The link for a new password of account %s could not be mailed: %s",
                    pk,
                    type(error).__name__,
                )

        in_background(send)


def _asked(**which: Any) -> Any:
    return audit.since(PERIOD).filter(action=Action.PASSWORD, detail=ASKED, **which)


class Page:
    """A page of the admin for who is not logged in."""

    title: Any = ""

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        request: HttpRequest = self.request  # type: ignore[attr-defined]
        mine = admin.site.each_context(request) | {"has_permission": False}
        found = super().get_context_data(**mine, **context)  # type: ignore[misc]
        return found | {"title": found.get("title") or self.title}


@method_decorator(never_cache, name="dispatch")
class ForgottenView(Page, views.PasswordResetView):
    title = _("A new password")
    form_class = ForgottenForm
    template_name = "accounts/password_forgotten.html"
    email_template_name = "accounts/password_mail.txt"
    extra_email_context = {"hours": settings.PASSWORD_RESET_TIMEOUT // 3600}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(mail_works=settings.MAIL_WORKS, **context)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.MAIL_WORKS:
            return self.get(request)
        network = shortened(request.META.get("REMOTE_ADDR", "")).strip("-")
        if network and _asked(network=network).count() >= MOST_TRIES:
            context = admin.site.each_context(request) | {"title": self.title}
            return render(request, "accounts/password_refused.html", context, status=429)
        return super().post(request, *args, **kwargs)


@method_decorator(never_cache, name="dispatch")
class SentView(Page, views.PasswordResetDoneView):
    title = _("Look at your mail")
    template_name = "accounts/password_sent.html"
    extra_context = {"hours": settings.PASSWORD_RESET_TIMEOUT // 3600}


class NewView(Page, views.PasswordResetConfirmView):
    """Where the link of the mail leads: a new password, typed twice."""

    title = _("A new password")
    template_name = "accounts/password_new.html"

    def form_valid(self, form: Any) -> HttpResponse:
        """Who reads the mail of the account is let in again, though others tried its password."""
        reset(username=form.user.get_username())
        response = super().form_valid(form)
        self.request.session.flush()  # with its cookie, for which readers’ pages would be made anew
        return response


class DoneView(Page, views.PasswordResetCompleteView):
    title = _("Your password is changed")
    template_name = "accounts/password_done.html"
