from django.db import models
from django.utils.translation import gettext_lazy as _


class OldAddress(models.Model):
    """A slug or number by which an object was public, and is no longer.

    It stands beside the record: it changes only together with the object itself.
    """

    model = models.CharField(
        _("model"), max_length=60, help_text=_("Label of its model, like topics.topic.")
    )
    key = models.CharField(
        _("key"), max_length=80, help_text=_("The slug or number that it had in its address.")
    )
    object_id = models.BigIntegerField(
        _("object"), help_text=_("Key of the object to which the address leads.")
    )

    class Meta:
        verbose_name = _("old address")
        verbose_name_plural = _("old addresses")
        default_permissions = ()
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["model", "key"], name="old_address_once")]
        indexes = [models.Index(fields=["model", "object_id"], name="old_address_of")]

    def __str__(self) -> str:
        return f"{self.model} {self.key}"
