"""How the admin saves: everybody who edits gets a turn, and nobody's edit is lost."""

from contextlib import ExitStack
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.db import DatabaseError, IntegrityError
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_protect

from rounds.admin.edits import NotesEdits
from rounds.admin.explaining import Explained
from rounds.admin.opened.authors import name_authors
from rounds.admin.opened.conflicts import Page
from rounds.admin.opened.drafts import RESTORE, add_anew, call_nothing_wrong, draft_of, note_saved
from rounds.admin.opened.questions import SEEN, Answers, answered
from rounds.admin.opened.seen import Seen
from rounds.admin.opened.stored import Branch, Key, Row, branches_of, rows_of
from rounds.changes import together
from rounds.corrections import UnexplainedError
from rounds.models import BOOKS, Edition
from rounds.sources.admin import is_of_record

ATTEMPTS = 3
TURNED_AWAY = {"40001", "40P01"}  # PostgreSQL: serialization failure, deadlock


class Overtaken(Exception):  # noqa: N818
    """Somebody else changed what the editor is about to save."""


@dataclass
class Saving:
    """One request to a form: its transaction, what the editor saw, and what was answered."""

    stack: ExitStack
    edition: str  # of the record, before anything was read
    seen: Seen = field(default_factory=Seen)
    answers: Answers = field(default_factory=Answers)
    is_shown_only: bool = False
    is_saved: bool = False


_saving: ContextVar[Saving] = ContextVar("saving")


class BrieflySaved(Explained, NotesEdits):
    """Reads and checks all of the form before the transaction in which it is saved.

    Whoever writes waits for whoever wrote before, on SQLite from the start of the transaction
    on; Django has the whole view in it. What somebody else changed since the page was opened is
    found within the transaction; then the form comes back, and the editor chooses.
    """

    @method_decorator(csrf_protect)
    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answers = Answers()
        if request.method == "POST":
            request.POST = request.POST.copy()  # type: ignore[assignment]
            answers = answered(request.POST)
        is_shown_only, failed = RESTORE in request.POST, 0
        while True:
            try:
                return self._in_transaction(request, answers, is_shown_only, *args, **kwargs)
            except Overtaken:
                is_shown_only = True
            except UnexplainedError:
                is_shown_only = request.lacks_reason = True  # type: ignore[attr-defined]
            except DatabaseError as error:
                failed += 1
                if failed == ATTEMPTS or not may_work_again(error):
                    raise

    def _in_transaction(
        self,
        request: HttpRequest,
        answers: Answers,
        is_shown_only: bool,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        with ExitStack() as stack:
            seen = Seen.unpacked(request.POST.get(SEEN, ""))
            edition = Edition.objects.get().token
            token = _saving.set(Saving(stack, edition, seen, answers, is_shown_only))
            try:
                # Django has its transaction around this alone.
                view: Any = self._changeform_view  # type: ignore[attr-defined]
                response: HttpResponse = view(request, object_id, form_url, extra_context)
                if _saving.get().is_saved:
                    note_saved(request, response)
                return response
            finally:
                _saving.reset(token)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[ModelForm[Any]]:
        """The form; one that is only to be shown again is not valid, whatever was sent."""
        form = super().get_form(request, obj, change, **kwargs)
        saving = _saving.get(None)
        return type(form.__name__, (Shown, form), {}) if saving and saving.is_shown_only else form

    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: Any, object_id: str
    ) -> HttpResponse:
        """Lead to the start page; what was typed of something that is gone may be added anew."""
        saving = _saving.get(None)  # none where something was to be deleted, not saved
        if saving is None or request.method != "POST" or not self.has_add_permission(request):
            view: Any = super()
            found: HttpResponse = view._get_obj_does_not_exist_redirect(request, opts, object_id)
            return found
        add_anew(request.POST, self._branches(request, None))
        saving.is_shown_only = True
        messages.warning(
            request,
            gettext(
                "Somebody has deleted this meanwhile. What you typed is below; saving adds it anew."
            ),
        )
        address = reverse(f"admin:{opts.app_label}_{opts.model_name}_add")
        anew: Any = self._changeform_view  # type: ignore[attr-defined]
        shown: HttpResponse = anew(request, None, address, None)
        return shown

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Begin the transaction; what did not change itself, but its parts, is not written."""
        saving = _saving.get()
        saving.stack.enter_context(together())
        if change:
            is_as_seen = stands(saving, obj, Edition.objects.lock().token)
            if not is_as_seen and saving.seen.has_changed(self._stored(request, obj)):
                raise Overtaken
        if not change or form.has_changed():
            super().save_model(request, obj, form, change)
        saving.is_saved = True

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """The page, with what its editor sees of the object, and what others did meanwhile."""
        saving, one = _saving.get(), context["original"]
        may_edit = self.has_change_permission(request, one) if one else True
        if may_edit and RESTORE in request.POST:
            call_nothing_wrong(context)
        context |= {"draft": draft_of(request), "keeps_drafts": may_edit}
        context |= {"is_sent": request.method == "POST", "is_restored": RESTORE in request.POST}
        if one and self.has_change_permission(request, one):
            form = context["adminform"].form
            formsets = [inline.formset for inline in context["inline_admin_formsets"]]
            if not form.is_bound:
                context["seen"] = Seen.of_forms(saving.edition, form, formsets).packed()
            elif stands(saving, one, saving.edition):
                context["seen"] = saving.seen.packed()
            else:
                now = self._stored(request, one)
                page = Page(form, formsets, saving.seen, now, request.user, saving.answers)
                conflicts = page.conflicts()
                name_authors(conflicts, one, saving.seen.at)
                seen_now = Seen.of_rows(saving.edition, now)
                context |= {"conflicts": conflicts, "seen_now": seen_now.packed()}
                context["seen"] = (saving.seen if conflicts else seen_now).packed()
            context["is_shown_only"] = saving.is_shown_only
        return super().render_change_form(request, context, *args, **kwargs)

    def _stored(self, request: HttpRequest, one: Any) -> dict[Key, Row]:
        return rows_of(one, self._branches(request, one))

    def _branches(self, request: HttpRequest, one: Any) -> list[Branch]:
        return branches_of(self.model, self.get_inline_instances(request, one), request)


def stands(saving: Saving, one: Any, edition: str) -> bool:
    """Whether an object is sure to be as it was seen, since nothing changed at all."""
    return edition == saving.seen.edition and type(one) not in BOOKS


class Shown:
    """A form that is checked and shown, and never saved."""

    def is_valid(self) -> bool:
        super().is_valid()  # type: ignore[misc]
        return False


def save_briefly(site: AdminSite) -> None:
    """Let the other screens of the record save so too."""
    for model, screen in list(site._registry.items()):
        if is_of_record(model) and not isinstance(screen, BrieflySaved):
            kind = type(screen)
            site.unregister(model)
            site.register(model, type(kind.__name__, (BrieflySaved, kind), {}))


def may_work_again(error: DatabaseError) -> bool:
    """Whether the same may be saved, or is refused in words, when it is tried anew.

    Somebody else may have saved the same meanwhile, or was in the way.
    """
    state = getattr(error.__cause__, "sqlstate", None)
    return isinstance(error, IntegrityError) or state in TURNED_AWAY
