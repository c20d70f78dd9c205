"""A hundred times the rounds, for what is measured with them."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django.db.models import Model

from rounds.models import (
    AgendaItem,
    Claim,
    Commitment,
    Delegation,
    Dispute,
    Document,
    Evidence,
    Member,
    Outcome,
    Paragraph,
    Round,
    Session,
)

# What belongs to rounds and to their parts: each with what it is part of.
PARTS: dict[type[Model], tuple[type[Model], str]] = {
    Session: (Round, "round"),
    Delegation: (Round, "round"),
    Member: (Delegation, "delegation"),
    AgendaItem: (Round, "round"),
    Outcome: (Round, "round"),
    Document: (Round, "round"),
    Paragraph: (Document, "document"),
    Commitment: (Round, "round"),
    Evidence: (Commitment, "commitment"),
    Dispute: (Round, "round"),
    Claim: (Dispute, "dispute"),
}

Keys = dict[type[Model], dict[int, int]]  # the keys of copies by those of the originals


def copy_rounds(copy: int, kinds: Collection[type[Model]] = tuple(PARTS)) -> None:
    """Copy each round of the record with its parts of these kinds, that many days later."""
    keys: Keys = {Round: {}}
    originals = list(Round.objects.filter(number__lte=22))
    old = [round_.pk for round_ in originals]
    for round_ in originals:
        round_.pk, round_.number = None, 100 * copy + round_.number
        round_.start += timedelta(copy)
        round_.end += timedelta(copy)
    Round.objects.bulk_create(originals)
    keys[Round] = dict(zip(old, (one.pk for one in originals), strict=True))
    copy_lists(Round, keys[Round])
    for model, (above, name) in ((kind, PARTS[kind]) for kind in kinds):
        parts: list[Any] = list(model._default_manager.filter(**{f"{name}__in": keys[above]}))
        old = [part.pk for part in parts]
        for part in parts:
            part.pk = None
            setattr(part, f"{name}_id", keys[above][getattr(part, f"{name}_id")])
            if isinstance(part, Commitment):
                part.slug = f"{part.slug}-{copy}"
        model._default_manager.bulk_create(parts)
        keys[model] = dict(zip(old, (part.pk for part in parts), strict=True))
        copy_lists(model, keys[model])


def copy_lists(model: type[Model], keys: dict[int, int]) -> None:
    """Let the copies name what the originals name."""
    for field in model._meta.many_to_many:
        relation: Any = field
        through = relation.remote_field.through
        if through._meta.auto_created:
            own, other = (
                f"{relation.m2m_field_name()}_id",
                f"{relation.m2m_reverse_field_name()}_id",
            )
            rows = through._default_manager.filter(**{f"{own}__in": keys})
            through._default_manager.bulk_create(
                through(**{own: keys[getattr(row, own)], other: getattr(row, other)})
                for row in rows
            )
