"""The screens for what is not ours: accounts and their logins."""

from django.contrib.admin import AdminSite

from rounds.lookups import TolerantAdmin
from rounds.sources.admin import DayFields


def tolerate_others(site: AdminSite) -> None:
    """Let the screens that came with other apps be tolerant too, and take days as ours do."""
    for model, screen in list(site._registry.items()):
        if not isinstance(screen, TolerantAdmin):
            kind = type(screen)
            site.unregister(model)
            site.register(model, type(kind.__name__, (DayFields, TolerantAdmin, kind), {}))
