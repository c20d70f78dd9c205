"""Accounts and the audit list in the admin."""

from typing import Any

from axes.utils import reset
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from astana.accounts import audit, codes, sessions
from astana.accounts.models import Entry
from astana.accounts.rights import grantable, may_manage

# Screens that came with apps: ours stand in their place. Those of keys would show the keys.
for theirs in (User, Group, TOTPDevice, StaticDevice):
    admin.site.unregister(theirs)


HELP = _(
    "One is enough. Editors write; Publishers also decide what is public, merge and delete; "
    "Administrators also manage accounts and read the audit list."
)
# What Django leaves unsaid of an account.
HELPS = {
    "first_name": _("As colleagues call this person; it may stay empty."),
    "last_name": _("It may stay empty."),
    "email": _("Where the link for a new password goes; of this person alone."),
}


@admin.register(User)
class AccountAdmin(UserAdmin):  # type: ignore[type-arg]
    """Who manages accounts gives nobody more rights than they have, themselves included.

    Nor do they touch an account that has more. An account is closed, not deleted: with it would go
    what it did. Superusers may do all of it.
    """

    list_display = ["username", "first_name", "last_name", "email", "is_active", "last_login"]
    list_filter = ["is_active", "groups", "is_superuser"]
    actions = ["end_locks", "forget_codes"]
    add_fieldsets = [
        (None, {"fields": ["username", "usable_password", "password1", "password2"]}),
        (_("Who it is"), {"fields": ["first_name", "last_name", "email"]}),
        (_("What they may do"), {"fields": ["groups"]}),
    ]
    filter_horizontal = []

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Rights come with groups; what goes beyond these is for superusers."""
        if obj is None:
            return self.add_fieldsets
        beyond = ["is_staff", "is_superuser"] if request.user.is_superuser else []
        return [
            (None, {"fields": ["username", "password"]}),
            (_("Who it is"), {"fields": ["first_name", "last_name", "email"]}),
            (_("What they may do"), {"fields": ["is_active", *beyond, "groups"]}),
            (_("When"), {"fields": ["last_login", "date_joined"]}),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Nobody locks themselves out, but superusers, who know."""
        if request.user.is_superuser:
            return []
        own = ["is_active", "groups"] if obj == request.user else []
        return ["last_login", "date_joined", *own]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may = super().has_change_permission(request, obj)
        return may and (obj is None or may_manage(request.user, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may = super().has_delete_permission(request, obj)
        return may and (obj is None or (obj != request.user and may_manage(request.user, obj)))

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        if db_field.name in HELPS:
            options["help_text"] = HELPS[db_field.name]
        return super().formfield_for_dbfield(db_field, request, **options)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        if db_field.name == "groups":
            options |= {"widget": CheckboxSelectMultiple, "help_text": HELP}
        field: Any = super().formfield_for_manytomany(db_field, request, **options)
        if field is not None and not request.user.is_superuser:
            field.queryset = grantable(request.user, field.queryset)
        return field

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """An account that is made here is for the admin: there is nothing else to log in to."""
        if not change:
            obj.is_staff = True
        super().save_model(request, obj, form, change)

    @admin.action(
        description=_("Let in again after too many wrong passwords"), permissions=["change"]
    )
    def end_locks(self, request: HttpRequest, accounts: QuerySet[User]) -> None:
        for account in accounts:
            reset(username=account.get_username())
        self.message_user(
            request,
            gettext(
                "They may try again. A lock of where they are ends by itself after 15 minutes."
            ),
            messages.SUCCESS,
        )

    @admin.action(
        description=_("Take away the one-time codes, of a lost telephone"), permissions=["change"]
    )
    def forget_codes(self, request: HttpRequest, accounts: QuerySet[User]) -> None:
        for account in accounts:
            if not self.has_change_permission(request, account):
                message = gettext("%(name)s may do more than you: their codes stay.")
                self.message_user(request, message % {"name": account}, messages.ERROR)
            elif codes.forget(account):
                sessions.end(account)
                audit.note(request, audit.Action.CODES, account, "taken away")
                message = gettext("%(name)s logs in by password alone until they set codes up.")
                self.message_user(request, message % {"name": account}, messages.SUCCESS)
            else:
                message = gettext("%(name)s has no codes.")
                self.message_user(request, message % {"name": account}, messages.WARNING)


@admin.register(Group)
class RightsAdmin(GroupAdmin):
    """What each group may do: superusers alone change it, whatever permissions others have."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.is_superuser

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_superuser

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_superuser


@admin.register(Entry)
class EntryAdmin(admin.ModelAdmin[Entry]):
    """Nobody adds, changes or deletes a line by hand, not even a superuser."""

    list_display = ["at", "action", "name", "subject", "detail", "network"]
    list_filter = ["action", "at", ("user", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["name", "subject", "detail"]
    fields = ["at", "action", "name", "subject", "detail", "network"]
    list_per_page = 100

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
