"""Corrections in public: what is changed of facts that readers can see already, and why.

They are made of the revisions of the history, so whatever changes a public fact is told: a form,
a sheet, a state that is restored. What is published with a revision is no correction, nor is a
new page.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.utils.text import Truncator, capfirst

from rounds.access import PUBLISHED, public
from rounds.history.steps import Step, What, steps
from rounds.history.things import Things
from rounds.history.undoing import references
from rounds.models import FACTS, Change, PublicChange, Revision, Round
from rounds.names import Name
from rounds.revisions import Signature, current, sign, signed
from rounds.triggers import parent_of

Key = tuple[type[Model], int]
LONGEST = 300  # signs of an address or reason
BRIEF = 100  # signs of a fact, which may be called by all that it says


class UnexplainedError(Exception):
    """A change to what is public for which a reason is missing."""


def follow() -> None:
    """Tell of what is changed from now on; the app config calls this once."""
    signed.connect(_tell)


def check_reason() -> None:
    """Raise ``UnexplainedError`` if what was changed so far needs a reason and has none."""
    sign()
    signature = current()
    if signature and signature.lacks_reason:
        raise UnexplainedError


def is_told() -> bool:
    """Whether readers see what was changed so far in this transaction."""
    sign()
    signature = current()
    return signature is not None and signature.is_told


def _tell(
    revision: Revision,
    changes: list[Change],
    signature: Signature,
    has_grown: bool,
    **kwargs: Any,
) -> None:
    """Tell of a revision, anew where it has grown."""
    if has_grown:
        PublicChange.objects.filter(revision=revision).delete()
    why = {
        "reason": (signature.reason or revision.comment)[:LONGEST],
        "is_typo": signature.is_typo,
    }
    found = [
        PublicChange(at=revision.at, revision=revision, **why, **said)
        for said in _Telling(changes).said()
    ]
    PublicChange.objects.bulk_create(found)
    signature.is_told = bool(found)
    signature.lacks_reason = signature.is_told and not any(why.values())


class _Telling:
    """What of some changes, made at once, is told to readers."""

    def __init__(self, changes: list[Change]) -> None:
        self.changes = changes
        self.things = Things()
        self.by_row = {(one.model, one.key): one for one in changes}

    def said(self) -> Iterator[dict[str, Any]]:
        by_page: dict[Key, list[Change]] = {}
        for one in self.changes:
            model = apps.get_model(one.model)
            if not issubclass(model, Name):
                by_page.setdefault(self._page(model, one), []).append(one)
        for (model, key), some in by_page.items():
            if self._was_public(model, key, some):
                yield from self._said_of(model, key, some)

    def _page(self, model: Any, change: Change) -> Key:
        """The object on whose page a row stands."""
        key = change.key
        while parent := parent_of(model):
            row = self.by_row.get((model._meta.label_lower, key))
            if row:
                above = row.parent
            else:
                rows = model._base_manager.filter(pk=key)
                above = rows.values_list(parent.attname, flat=True).first()
            model, key = parent.related_model, above or 0
        return model, key

    def _was_public(self, model: Any, key: int, changes: list[Change]) -> bool:
        """Whether readers could see the page before, and can now."""
        own = self.by_row.get((model._meta.label_lower, key))
        if model not in FACTS or (own and not (own.before and own.after)):
            return False
        if model is Round:
            round_: Any = self.things.get(Round, key)
            was = (own.before or {})["publication"] if own else round_.publication
            return bool(was == round_.publication == PUBLISHED)
        if not model._base_manager.filter(public(model), pk=key).exists():
            return False
        return not self._becomes_public(model, key, changes)

    def _becomes_public(self, model: Any, key: int, changes: list[Change]) -> bool:
        """Whether it may be these changes that made it public."""
        path = getattr(model, "public_with", "")
        column = model._meta.get_field(path).column if path else ""
        for one in self.changes:
            before, after = one.before or {}, one.after or {}
            if before.get("publication") != after.get("publication"):
                return True
            refers = (model._meta.label_lower, key)
            is_new = refers not in references(apps.get_model(one.model), before).values()
            now = references(apps.get_model(one.model), after).values()
            if one not in changes and is_new and refers in now:
                return True
            if one in changes and column and before.get(column) != after.get(column):
                return True
        return False

    def _said_of(self, model: Any, key: int, changes: list[Change]) -> Iterator[dict[str, Any]]:
        page: Any = self.things.get(model, key)
        for step in steps(changes, self.things):
            common = {
                "page_model": model._meta.label_lower,
                "page_key": key,
                "address": self._address(step, page),
                "fact": Truncator(self._fact(step, page)).chars(BRIEF),
            }
            if step.what is What.CHANGED:
                for one in step.fields:
                    yield {
                        **common,
                        "field": one.label[:100],
                        "before": one.before,
                        "after": one.after,
                    }
            else:
                side = "after" if step.what is What.ADDED else "before"
                lines = [f"{one.label}: {getattr(one, side)}" for one in step.fields]
                yield {**common, side: "\n".join(line for line in lines if line[-2:] != ": ")}

    def _fact(self, step: Step, page: Model) -> str:
        """The page, and which of its facts."""
        if step.model is type(page):
            return str(page)
        return f"{page} · {capfirst(step.kind)}: {step.name}"

    def _address(self, step: Step, page: Any) -> str:
        """Where the fact stands now; of what stands nowhere any more, its page."""
        fact: Any = self.things.get(step.model, step.key) if step.is_there else None
        if fact is not None and not hasattr(fact, "get_absolute_url"):
            above: Any = parent_of(step.model)
            fact = above and getattr(fact, above.name)
        address = (fact or page).get_absolute_url()
        return address if len(address) <= LONGEST else page.get_absolute_url()
