"""The screens for what is not ours: accounts and their logins."""

from django.contrib.admin import AdminSite

from rounds.lookups import TolerantAdmin


def tolerate_others(site: AdminSite) -> None:
    """Let the screens that came with other apps be tolerant too."""
    for model, screen in list(site._registry.items()):
        if not isinstance(screen, TolerantAdmin):
            kind = type(screen)
            site.unregister(model)
            site.register(model, type(kind.__name__, (TolerantAdmin, kind), {}))
