"""Who may see and change what.

Everybody sees what is published, and what that refers to. What only unpublished rounds use is
not public: neither a person, participant, topic or source to which nothing published refers,
nor a milestone of an unpublished round. Nor is what nothing at all refers to, except the
vocabulary: topics and participants, and terms, to which nothing can refer.
"""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, TypeVar

from django.contrib.auth import get_permission_codename
from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Model, Q, QuerySet
from django.db.models.expressions import Expression, RawSQL

from rounds import kept
from rounds.names import Name

Visitor = User | AnonymousUser
Rows = TypeVar("Rows", bound=QuerySet[Any])

PUBLISHED = "published"  # the publication of a round that everybody may see
PUBLISH = "rounds.publish_round"  # the right to decide what is public
EDITED_APPS = ("rounds", "participants", "topics", "sources")


class Keys(RawSQL):
    """Keys to look for; the same for all rows, so nothing to group rows by."""

    def get_group_by_cols(self) -> list[Any]:
        return []


class Guest(AnonymousUser):
    """Somebody without an account who was shown one round before it is published."""

    def __init__(self, round_: int) -> None:
        super().__init__()
        self.invited_to = round_

    def shown(self, model: type[Model]) -> Q:
        """The condition on what belongs to that round."""
        path = model.path_to_round if is_of_round(model) else getattr(model, "public_with", None)  # type: ignore[attr-defined]
        return Q(pk__in=()) if path is None else Q(**{path or "pk": self.invited_to})


def may_see_unpublished(user: Visitor) -> bool:
    """Whether the user may see rounds before they are published."""
    return user.is_authenticated and user.has_perm("rounds.view_unpublished_round")


def keeper(user: Visitor) -> kept.Keep:
    """What keeps parts of the user's pages: of who sees more than everybody, nothing is kept."""
    sees_more = isinstance(user, Guest) or may_see_unpublished(user)
    return kept.nothing if sees_more else kept.part


def seen_by(user: Visitor, rows: Rows) -> Rows:
    """The rows that the user may see.

    To who may see all of them, those that belong to no round say by ``is_public`` whether
    everybody may.
    """
    if not may_see_unpublished(user):
        seen = public(rows.model, keys=KeptKeys)
        return rows.filter(seen | user.shown(rows.model) if isinstance(user, Guest) else seen)
    return rows.all() if is_of_round(rows.model) else rows.annotate(is_public=public(rows.model))


def public(model: type[Model], keys: Callable[[type[Model]], Any] | None = None) -> Q:
    """The condition on what everybody may see of the objects of a model.

    ``keys`` gives those of the public objects of a model, if they are known.
    """
    if is_of_round(model):
        return _published(model.path_to_round)  # type: ignore[attr-defined]
    if path := getattr(model, "public_with", ""):
        return _published(path) | Q(**{f"{path}__isnull": True})
    if issubclass(model, Name):
        options: Any = model._meta
        named = options.get_field("named").related_model
        return Q(named__in=named._base_manager.filter(public(named, keys)))
    if not any(references(model)):
        return Q()  # a term, of which no draft can be told
    if keys:
        return Q(pk__in=keys(model))
    condition = Q(pk__in=_named_in(model, publicly=True))
    if getattr(model, "is_vocabulary", False):
        condition |= ~Q(pk__in=_named_in(model, publicly=False))
    return condition


def public_keys(user: Visitor, model: type[Model]) -> Expression:
    """The keys of the objects of a model that everybody may see."""
    return _public_keys(model) if may_see_unpublished(user) else KeptKeys(model)


class KeptKeys(Expression):
    """The keys of the objects of a model that everybody may see, kept.

    To find them means to read every citation of the record. They are looked up when the query
    is made, not when it is written. Where nothing is kept, the query finds them by itself.
    """

    def __init__(self, model: type[Model]) -> None:
        super().__init__()
        self.model = model

    def get_group_by_cols(self) -> list[Any]:
        return []

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        if not kept.is_on():
            return compiler.compile(_public_keys(self.model))
        keys = kept.part("public", self.model._meta.label, make=self._read)
        return f"({', '.join(map(str, keys)) or 'NULL'})", ()

    def _read(self) -> list[int]:
        objects = self.model._base_manager.order_by().filter(public(self.model))
        return list(objects.values_list("pk", flat=True))


@cache
def _public_keys(model: type[Model]) -> Keys:
    return _written(model._base_manager.order_by().filter(public(model)).values("pk"))


def _written(keys: QuerySet[Any, Any]) -> Keys:
    """The query for keys as the database gets it.

    Kept for as long as the process runs: every kind of fact names sources, and Django takes
    longer to write so long a query than the database to answer it.
    """
    return Keys(*keys.query.sql_with_params())


@cache
def _named_in(model: type[Model], *, publicly: bool) -> Keys:
    """The keys of the objects that something refers to, or something that everybody may see."""
    found = []
    for relation in references(model):
        other, field, path = relation.related_model, relation.field.name, ""
        if relation.many_to_many:
            path, field = relation.field.m2m_field_name(), relation.field.m2m_reverse_field_name()
        rows = (relation.through if path else other)._base_manager.order_by()
        if publicly:
            rows = rows.filter(_public_at(path, other))
        # One empty reference would leave it open of every object whether it is among the named.
        found.append(rows.filter(**{f"{field}__isnull": False}).values_list(field))
    return _written(found[0].union(*found[1:]))


def references(model: type[Model]) -> Iterator[Any]:
    """The relations by which something may refer to objects of the model.

    What is called something is not thereby in use.
    """
    relations: Any = model._meta.related_objects
    for relation in relations:
        # The foreign keys of a model that stands between two others are among the relations too.
        is_own = not relation.many_to_many or relation.through._meta.auto_created
        if is_own and not issubclass(relation.related_model, Name):
            yield relation


def _public_at(path: str, model: type[Model]) -> Q:
    """The condition on rows that lead by the path to what everybody may see of the model."""
    if is_of_round(model):
        return _published("__".join(filter(None, (path, model.path_to_round))))  # type: ignore[attr-defined]
    return Q(**{f"{path or 'pk'}__in": model._base_manager.filter(public(model)).values("pk")})


def is_of_round(model: type[Model]) -> bool:
    """Whether each object of the model is a round or belongs to one."""
    return getattr(model, "path_to_round", None) is not None


def _published(path: str) -> Q:
    return Q(**{"__".join(filter(None, (path, "publication"))): PUBLISHED})


def may_publish(user: Visitor) -> bool:
    """Whether the user decides what is public."""
    return user.is_authenticated and user.has_perm(PUBLISH)


def may_delete(user: Visitor, thing: Model) -> bool:
    """Whether the user, who may delete such things, may delete this one.

    A page that everybody may see is withdrawn by who publishes; parts of a round are not pages.
    """
    return may_publish(user) or not (has_page(type(thing)) and is_public(thing))


def has_page(model: type[Model]) -> bool:
    """Whether each object of the model has a page of its own, which is cited."""
    fields = {field.name for field in model._meta.fields}
    return getattr(model, "path_to_round", None) == "" or "slug" in fields


def is_public(thing: Model) -> bool:
    """Whether everybody may see it."""
    if isinstance(publication := getattr(thing, "publication", None), str):
        return publication == PUBLISHED
    rows = type(thing)._base_manager.filter(pk=thing.pk)
    return rows.filter(public(type(thing))).exists()


def may_edit(user: Visitor, model: type[Model]) -> bool:
    """Whether the admin lets the user change objects of the model."""
    codename = get_permission_codename("change", model._meta)
    return user.is_staff and user.has_perm(f"{model._meta.app_label}.{codename}")
