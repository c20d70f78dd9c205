from datetime import timedelta
from typing import Any, Self

from django.contrib.auth.models import User
from django.db import models
from django.db.models import Model
from django.utils import timezone


class OpenPageQuerySet(models.QuerySet[Any]):
    """Who has which page of the admin open."""

    def of(self, one: Model) -> Self:
        """The open pages of an object."""
        return self.filter(model=one._meta.label_lower, key=str(one.pk))

    def hear(self, one: Model, user: User) -> None:
        """Note that the user has the page of the object open, still or from now on."""
        now = timezone.now()
        if not self.of(one).filter(user=user).update(heard=now):
            self.get_or_create(
                model=one._meta.label_lower, key=str(one.pk), user=user, defaults={"heard": now}
            )

    def forget(self, age: timedelta) -> None:
        """Delete what was not heard of for so long."""
        self.filter(heard__lt=timezone.now() - age).delete()
