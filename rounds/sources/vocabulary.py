"""Words of the record of which each means one thing."""

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from rounds.wording.signs import as_seen


def refuse_double(thing: Model, field: str) -> None:
    """Refuse a name that readers could not tell from that of another of its kind."""
    name = getattr(thing, field)
    if not name:
        return  # which the field itself refuses
    seen = as_seen(name)
    if not seen:
        raise ValidationError({field: _("This has no sign that readers see.")})
    others = type(thing)._default_manager.exclude(pk=thing.pk)
    if thing._meta.get_field(field).unique:  # type: ignore[union-attr]
        others = others.exclude(**{field: name})  # which the field itself refuses
    for other in others.values_list(field, flat=True):
        if as_seen(other) == seen:
            raise ValidationError(
                {
                    field: ValidationError(
                        _("“%(other)s” is there already, and readers see no difference."),
                        params={"other": other},
                    )
                }
            )
