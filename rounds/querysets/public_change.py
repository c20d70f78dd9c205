"""Changes to what readers could see already."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils import timezone

from rounds.access import Visitor

if TYPE_CHECKING:
    from rounds.models import PublicChange  # noqa: F401 (the base of its queryset names it)


class PublicChangeQuerySet(models.QuerySet["PublicChange"]):
    def visible_to(self, user: Visitor) -> Self:
        """Those of pages that the visitor may see."""
        labels = self.order_by().values_list("page_model", flat=True).distinct()
        seen = Q(pk__in=())
        for label in labels:
            pages: Any = apps.get_model(label)._default_manager
            keys = pages.visible_to(user).order_by().values("pk")
            seen |= Q(page_model=label, page_key__in=keys)
        return self.filter(seen)

    def on(self, page: models.Model) -> Self:
        """Those of facts on the page of an object."""
        return self.filter(page_model=page._meta.label_lower, page_key=page.pk)

    def real(self) -> Self:
        """Those that say something else than before."""
        return self.filter(is_typo=False)

    def last_day(self) -> date | None:
        """The day of the last one."""
        at = self.order_by("-at").values_list("at", flat=True).first()
        return at and timezone.localdate(at)
