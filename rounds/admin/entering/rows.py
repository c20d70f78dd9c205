"""The forms of the page and of its rows."""

from typing import Any

from django import forms
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rounds.admin.entering.fields import NamedField
from rounds.admin.entering.reading import spelled
from rounds.models import OldAddress
from rounds.participants.models import Person
from rounds.search.words import folded


class PageForm(forms.ModelForm[Any]):
    """The form of an object of the record."""

    def clean_slug(self) -> str:
        """Takes none by which another object was cited: its old links would lead astray."""
        slug: str = self.cleaned_data["slug"]
        if "slug" in self.changed_data:  # or each row would be asked about
            label = self._meta.model._meta.label_lower
            old = OldAddress.objects.filter(model=label, key=slug).first()
            if old and old.object_id != self.instance.pk:
                raise ValidationError(
                    gettext("Links to this address lead to what had it before. Choose another.")
                )
        return slug


class RowForm(PageForm):
    """A row, which is checked against the rules of its model only where something changed."""

    parent_formset: Any = None

    def _post_clean(self) -> None:
        if not self.instance.pk or self._is_touched():
            super()._post_clean()  # type: ignore[misc]

    def _is_touched(self) -> bool:
        """Whether the row changed, or what it belongs to, whose rules may concern the row."""
        above = getattr(self.parent_formset, "parent_form", None)
        return self.has_changed() or bool(above and above.has_changed())


class NewPerson(str):
    """A name that is to become a person's."""

    __slots__ = ()


class PersonInput(forms.TextInput):
    """A person's name, with whether that is to be put on record under “…-is_new”."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str | None:
        given = super().value_from_datadict(data, files, name)
        return NewPerson(given.strip()) if given and data.get(f"{name}-is_new") else given


class PersonField(NamedField):
    """A person by any name; a new one is made of the name, and saved with the row."""

    widget = PersonInput

    def clean(self, value: Any) -> Any:
        return self._made(value) if isinstance(value, NewPerson) else super().clean(value)

    def _made(self, name: str) -> Person:
        if not self.reading.request.user.has_perm("participants.add_person"):
            raise ValidationError(gettext("You may not put people on record."))
        try:
            known = self.reading.find(Person, name)
        except ValidationError:
            return self.reading.new_people.setdefault(
                spelled(name), Person(name=name, slug=self._free_slug(name))
            )
        raise ValidationError(
            gettext("“%(name)s” is on record as “%(known)s”. Give that name, or a fuller one.")
            % {"name": name, "known": known}
        )

    def _free_slug(self, name: str) -> str:
        """A slug that nobody has; "" where the name has no Latin letter."""
        slug = slugify(folded(name))[:45]
        taken = set(Person.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
        places = (f"{slug}-{place}" for place in range(2, len(taken) + 3))
        return slug if slug not in taken else next(one for one in places if one not in taken)


class MemberForm(RowForm):
    """A member; one without a person and a position is none, whoever is its head."""

    def has_changed(self) -> bool:
        said = {"person", "position"} & set(self.changed_data)
        return bool(said) if not self.instance.pk else super().has_changed()

    def _get_validation_exclusions(self) -> set[str]:
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        person = self.cleaned_data.get("person")
        return excluded | {"person"} if person and not person.pk else excluded

    def _post_clean(self) -> None:
        super()._post_clean()
        person = self.cleaned_data.get("person")
        if not person or person.pk:
            return
        try:
            self._place(person)
            person.full_clean()
        except ObjectDoesNotExist:
            return  # of the delegation, something else is wrong
        except ValidationError as error:
            fields = getattr(error, "error_dict", {})
            said = fields.get("slug") and not person.slug
            sentence = _("Give the name in Latin letters.") if said else error.messages
            self.add_error("person", sentence)

    def _place(self, person: Person) -> None:
        """Let a new person belong to the participant of the delegation, in one row alone."""
        members: dict[Any, Any] = self.fields["person"].reading.new_members  # type: ignore[attr-defined]
        first = members.setdefault(spelled(person.name), self)
        if first is not self:
            is_same = first.instance.delegation is self.instance.delegation
            raise ValidationError(
                gettext("This person is in the delegation already.")
                if is_same
                else gettext("This person is new in two rows. Enter it in one, save, then here.")
            )
        person.participant = self.instance.delegation.participant

    def save(self, commit: bool = True) -> Any:
        if self.instance.person.pk is None:
            self.instance.person.save()
        self.instance.person = self.instance.person  # by its key, which it has now
        return super().save(commit)
