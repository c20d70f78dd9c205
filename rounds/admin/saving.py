"""How the admin saves: everybody who edits gets a turn, and nobody's edit is lost."""

from contextlib import ExitStack
from contextvars import ContextVar
from typing import Any

from django.db import DatabaseError, IntegrityError
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_protect

from rounds.admin.edits import NotesEdits
from rounds.changes import together

ATTEMPTS = 3
TURNED_AWAY = {"40001", "40P01"}  # PostgreSQL: serialization failure, deadlock

_transaction: ContextVar[ExitStack] = ContextVar("transaction")


class BrieflySaved(NotesEdits):
    """Reads and checks all of the form before the transaction in which it is saved.

    Whoever writes waits for whoever wrote before, on SQLite from the start of the transaction
    on; Django has the whole view in it.
    """

    @method_decorator(csrf_protect)
    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        for _ in range(ATTEMPTS - 1):
            try:
                return self._in_transaction(request, *args, **kwargs)
            except DatabaseError as error:
                if not may_work_again(error):
                    raise
        return self._in_transaction(request, *args, **kwargs)

    def _in_transaction(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        with ExitStack() as stack:
            token = _transaction.set(stack)
            try:
                # Django has its transaction around this alone.
                view: Any = self._changeform_view  # type: ignore[attr-defined]
                return view(request, object_id, form_url, extra_context)
            finally:
                _transaction.reset(token)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Begin the transaction; what did not change itself, but its parts, is not written."""
        _transaction.get().enter_context(together())
        if not change or form.has_changed():
            super().save_model(request, obj, form, change)


def may_work_again(error: DatabaseError) -> bool:
    """Whether the same may be saved, or is refused in words, when it is tried anew.

    Somebody else may have saved the same meanwhile, or was in the way.
    """
    state = getattr(error.__cause__, "sqlstate", None)
    return isinstance(error, IntegrityError) or state in TURNED_AWAY
