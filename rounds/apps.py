from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class RoundsConfig(AppConfig):
    name = "rounds"
    verbose_name = _("Rounds")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rounds.access import create_editors_group
        from rounds.search.index import keep_current

        post_migrate.connect(create_editors_group, sender=self)
        keep_current(self)
