from django.db import models
from django.utils.translation import gettext_lazy as _


class LoadedObject(models.Model):
    """What an object was when the fixtures were loaded, to see whether it was edited since."""

    model = models.CharField(
        _("model"), max_length=60, help_text=_("Label of its model, like rounds.outcome.")
    )
    key = models.TextField(_("key"), help_text=_("Its natural key, as JSON."))
    digest = models.CharField(
        _("digest"), max_length=24, help_text=_("What no other contents of it have.")
    )

    class Meta:
        verbose_name = _("loaded object")
        verbose_name_plural = _("loaded objects")
        default_permissions = ()
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.model} {self.key}"
