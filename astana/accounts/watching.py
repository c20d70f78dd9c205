"""What the audit list learns by itself: logins, accounts and rights, whatever changed them."""

from typing import Any

from axes.signals import user_locked_out
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from django.http import HttpRequest

from astana.accounts import audit
from astana.accounts.audit import Action

# What is told of an account, with what is said of it gained and lost.
TOLD = {
    "is_active": ("may log in again", "may no longer log in"),
    "is_staff": ("may enter the admin", "may no longer enter the admin"),
    "is_superuser": ("became a superuser", "is no longer a superuser"),
}


def watch() -> None:
    """Hear of all of it from now on; the app config calls this once."""
    user_logged_in.connect(_logged_in)
    user_logged_out.connect(_logged_out)
    user_login_failed.connect(_failed)
    user_locked_out.connect(_locked)
    pre_save.connect(_before, sender=User)
    post_save.connect(_saved, sender=User)
    post_delete.connect(_deleted, sender=User)
    post_delete.connect(_group_deleted, sender=Group)
    for through in (
        User.groups.through,
        User.user_permissions.through,
        Group.permissions.through,
    ):
        m2m_changed.connect(_rights, sender=through)


def _logged_in(request: HttpRequest, user: User, **kwargs: Any) -> None:
    audit.note(user, Action.LOGIN, detail=getattr(request, "login_step", ""))


def _logged_out(request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    if user is not None:
        audit.note(user, Action.LOGOUT)


def _failed(credentials: dict[str, Any], request: HttpRequest | None = None, **kw: Any) -> None:
    if request is not None and not getattr(request, "axes_locked_out", False):
        step = getattr(request, "login_step", "")
        audit.note_failure(None, Action.FAILED, _account(credentials.get("username")), step)


def _locked(username: str, **kwargs: Any) -> None:
    """Once for each time that an account is locked, however often it is tried meanwhile."""
    name = _account(username)
    recent = audit.since(settings.AXES_COOLOFF_TIME)
    if not recent.filter(action=Action.LOCKED, subject=name).exists():
        audit.note_failure(None, Action.LOCKED, name)


def _account(name: str | None) -> str:
    """The name of an account that there is; of no other, which may be a password typed amiss."""
    known = User.objects.filter(username=name).first()
    return known.get_username() if known else "no account of that name"


def _before(instance: User, raw: bool, update_fields: Any, **kwargs: Any) -> None:
    told = {*TOLD, "username", "email"}
    is_asked = instance.pk and not raw and (update_fields is None or told & {*update_fields})
    old = User.objects.filter(pk=instance.pk).values(*told).first() if is_asked else None
    instance._was = old  # type: ignore[attr-defined]
    # A password that is only kept in another way has been typed by nobody.
    instance._has_new_password = instance._password is not None  # type: ignore[attr-defined]


def _saved(instance: User, created: bool, raw: bool, **kwargs: Any) -> None:
    if raw:
        return
    if created:
        detail = "new, a superuser" if instance.is_superuser else "new"
        audit.note(None, Action.ACCOUNT, instance, detail)
        return
    old: dict[str, Any] = getattr(instance, "_was", None) or {}
    for field, (gained, lost) in TOLD.items():
        if field in old and old[field] != getattr(instance, field):
            action = Action.ACCOUNT if field == "is_active" else Action.RIGHTS
            audit.note(None, action, instance, gained if getattr(instance, field) else lost)
    if old and old["username"] != instance.username:
        audit.note(None, Action.ACCOUNT, instance, f"was called {old['username']}")
    if old and old["email"] != instance.email:
        audit.note(None, Action.ACCOUNT, instance, "has another mail address")
    if getattr(instance, "_has_new_password", False):
        audit.note(None, Action.PASSWORD, instance, "has a new password")


def _deleted(instance: User, **kwargs: Any) -> None:
    audit.note(None, Action.ACCOUNT, instance, "deleted")


def _group_deleted(instance: Group, **kwargs: Any) -> None:
    audit.note(None, Action.RIGHTS, instance, "the group was deleted")


def _rights(
    sender: Any,
    instance: Model,
    action: str,
    model: type[Model],
    pk_set: set[Any] | None,
    **kwargs: Any,
) -> None:
    """Groups of an account, permissions of an account or of a group; from either side."""
    if action not in ("post_add", "post_remove", "pre_clear"):
        return
    if action == "pre_clear":
        rows = sender._default_manager.filter(**{str(instance._meta.model_name): instance.pk})
        pk_set = set(rows.values_list(str(model._meta.model_name), flat=True))
    others = list(model._default_manager.filter(pk__in=pk_set or ()))
    is_holder = isinstance(instance, User) or not issubclass(model, User | Group)
    pairs = [(instance, others)] if is_holder else [(other, [instance]) for other in others]
    for holder, given in pairs:
        if given:
            audit.note(None, Action.RIGHTS, holder, _told(given, gained=action == "post_add"))


def _told(given: list[Any], *, gained: bool) -> str:
    if isinstance(given[0], Group):
        names = ", ".join(sorted(group.name for group in given))
        return f"added to {names}" if gained else f"removed from {names}"
    names = ", ".join(sorted(permission.codename for permission in given))
    return f"may now: {names}" if gained else f"may no longer: {names}"
