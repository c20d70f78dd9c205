"""What is typed and not saved: the browser keeps it, under a name, until it is saved.

It is brought back by sending it to the address of its form, which shows it and saves nothing.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse

from rounds.admin.opened.conflicts import forms_in
from rounds.admin.opened.stored import Branch

RESTORE = "_restore"
DRAFT = "_draft"
SAVED = "saved_drafts"  # a cookie, by which the browser learns which ones to forget
NAME = re.compile(r"[a-z0-9]{8,32}")
AT_MOST = 20  # names in the cookie, which is read with the next form
ROW = re.compile(r".+-\d+-(\w+)")  # the name of a row's field
COUNT = "-INITIAL_FORMS"
KEPT = 60 * 60 * 24 * 30  # seconds


def draft_of(request: HttpRequest) -> str:
    """The name of the draft that was sent, "" for none."""
    name = request.POST.get(DRAFT, "")
    return name if NAME.fullmatch(name) else ""


def note_saved(request: HttpRequest, response: HttpResponse) -> None:
    """Tell the browser that what it keeps of this form is saved."""
    if name := draft_of(request):
        before = filter(NAME.fullmatch, request.COOKIES.get(SAVED, "").split("."))
        response.set_cookie(
            SAVED,
            ".".join([*before, name][-AT_MOST:]),
            max_age=KEPT,
            path=reverse("admin:index"),
            secure=settings.SESSION_COOKIE_SECURE,
            samesite="Lax",
        )


def call_nothing_wrong(context: dict[str, Any]) -> None:
    """Show the forms of a page without faults: what was brought back is not finished yet."""
    context["errors"] = []
    formsets = [inline.formset for inline in context["inline_admin_formsets"]]
    forms = list(forms_in(formsets))
    for form in (context["adminform"].form, *forms):
        form.errors  # noqa: B018 (cleans it)
        form._errors = ErrorDict()
    within = (below for form in forms for below in getattr(form, "nested_formsets", ()))
    for formset in (*formsets, *within):
        formset._errors = [{} for _ in formset.forms]
        formset._non_form_errors = formset.error_class()


def add_anew(data: QueryDict, branches: Iterable[Branch]) -> None:
    """Make what was sent of an object that is gone into what is sent of a new one."""
    keys = {"id", *(branch.to_parent.name for branch in all_of(branches))}
    for name in list(data):
        row = ROW.fullmatch(name)
        if name.endswith(COUNT):
            data[name] = "0"
        elif row and row[1] in keys:
            data[name] = ""


def all_of(branches: Iterable[Branch]) -> Iterator[Branch]:
    for branch in branches:
        yield branch
        yield from all_of(branch.branches)
