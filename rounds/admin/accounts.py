"""Django's screens for the accounts of editors."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User

from rounds.lookups import TolerantAdmin

admin.site.unregister([User, Group])


@admin.register(User)
class AccountAdmin(TolerantAdmin, UserAdmin):  # type: ignore[type-arg]
    pass


@admin.register(Group)
class AccountGroupAdmin(TolerantAdmin, GroupAdmin):  # type: ignore[misc]
    pass
