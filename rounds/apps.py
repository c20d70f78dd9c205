from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class RoundsConfig(AppConfig):
    name = "rounds"
    verbose_name = _("Rounds")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from astana import readiness
        from rounds import changes, corrections, editions, kept, old_addresses, revisions, triggers
        from rounds.groups import Groups
        from rounds.search import upkeep

        groups = Groups()
        pre_migrate.connect(groups.before_migrate, sender=self, weak=False)
        post_migrate.connect(groups.after_migrate, sender=self, weak=False)
        post_migrate.connect(triggers.after_migrate, sender=self)
        post_migrate.connect(upkeep.after_migrate, sender=self)
        changes.happened.connect(upkeep.catch_up)
        changes.happened.connect(revisions.sign)
        corrections.follow()
        changes.watch()
        old_addresses.watch()
        readiness.add("search index", upkeep.lag)
        kept.follow(lambda: editions.current().token)
