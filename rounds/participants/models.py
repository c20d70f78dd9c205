from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from rounds import addresses
from rounds.names import Name
from rounds.participants.querysets import ParticipantQuerySet, PersonQuerySet
from rounds.sources.models import Sourced, SourcesField
from rounds.sources.vocabulary import refuse_double
from rounds.sources.words import Words


class Role(models.TextChoices):
    GUARANTOR = "guarantor", _("Guarantor")
    CONFLICT_PARTY = "conflict-party", _("Conflict party")
    MEDIATOR = "mediator", _("Mediator")
    HOST = "host", _("Host")
    OBSERVER = "observer", _("Observer")


class Participant(Sourced):
    """A state, organisation or opposition body that takes part in rounds."""

    is_vocabulary = True

    class Kind(models.TextChoices):
        STATE = "state", _("State")
        ORGANISATION = "organisation", _("Organisation")
        OPPOSITION_BODY = "opposition-body", _("Opposition body")

    slug = models.SlugField(
        _("slug"),
        unique=True,
        help_text=_(
            "Lower-case letters, digits and hyphens: its identifier and part of its address, "
            "for good."
        ),
    )
    name = models.CharField(
        _("name"),
        max_length=120,
        unique=True,
        help_text=_("Short name as readers see it; public unless only unpublished rounds use it."),
    )
    official_name = models.CharField(
        _("official name"), max_length=200, help_text=_("Full official name.")
    )
    kind = models.CharField(
        _("kind"), max_length=20, choices=Kind, help_text=_("What kind of body this is.")
    )
    country = CountryField(
        _("country"),
        blank=True,
        help_text=_("For states, and for the government of one: its ISO 3166 code."),
    )
    usual_role = models.CharField(
        _("usual role"),
        max_length=20,
        choices=Role,
        help_text=_("The role it has at most rounds; the role at each round is recorded there."),
    )
    is_disputed = models.BooleanField(
        _("disputed"),
        default=False,
        help_text=_("Yes where one source alone has it taking part, so no delegation is recorded."),
    )
    description = models.TextField(
        _("description"), help_text=_("Its part in the process, in one or two sentences.")
    )
    until_round = models.PositiveSmallIntegerField(
        _("until round"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(addresses.HIGHEST)],
        help_text=_("Number of the last round it took part in; empty: its part has not ended."),
    )
    attendance_note = models.CharField(
        _("note on first and last round"),
        max_length=300,
        blank=True,
        help_text=_("What to know about its first or last attendance, where that is not plain."),
    )

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        ordering = ["pk"]
        permissions = [("merge_participant", _("Can merge participants"))]
        constraints = [
            models.UniqueConstraint(
                fields=["country"],
                condition=~Q(country=""),
                name="participant_country_once",
                violation_error_message=_("Another participant has this country already."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        refuse_double(self, "name")

    def get_absolute_url(self) -> str:
        return addresses.of_participant(self.slug)

    @property
    def anchor(self) -> str:
        return f"participant-{self.slug}"

    @property
    def known_as(self) -> list[str]:
        """Its other names, and words for it, in any language."""
        names = [self.official_name, *(name.text for name in self.names.all())]
        return [name for name in dict.fromkeys(names) if name != self.name]

    def words(self) -> Words:
        return Words(title=self.name, text=self.description, brief=self.name)

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    natural_key.dependencies = ["sources.source"]  # type: ignore[attr-defined]


class ParticipantName(Name):
    """A name of a participant, or a word for it."""

    named = models.ForeignKey(
        Participant,
        models.CASCADE,
        related_name="names",
        verbose_name=_("participant"),
        help_text=_("Who is so called."),
    )

    class Meta(Name.Meta):
        pass


class Person(Sourced):
    """Somebody who was a member of a delegation."""

    slug = models.SlugField(
        _("slug"),
        unique=True,
        help_text=_(
            "Lower-case letters, digits and hyphens: its identifier and part of its address, "
            "for good."
        ),
    )
    name = models.CharField(
        _("name"),
        max_length=120,
        help_text=_(
            "Name as used on this site; public once a published round has the person in a "
            "delegation."
        ),
    )
    native_name = models.CharField(
        _("native name"),
        max_length=120,
        blank=True,
        help_text=_("Name in the script of the person's own language."),
    )
    participant = models.ForeignKey(
        Participant,
        models.PROTECT,
        related_name="people",
        verbose_name=_("participant"),
        help_text=_("Whose delegation the person belonged to."),
    )
    position = models.CharField(
        _("position"),
        max_length=300,
        blank=True,
        help_text=_("Office and part in the process; each round has the position of its day."),
    )
    sources = SourcesField(
        verbose_name=_("sources"),
        blank=True,
        help_text=_(
            "The publications behind the position. Where there are none, the sources of the "
            "delegations with this person stand for it."
        ),
    )

    rounds: list[int]  # where a view counted them

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name"]
        permissions = [("merge_person", _("Can merge people"))]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        refuse_double(self, "name")

    def get_absolute_url(self) -> str:
        return addresses.of_person(self.slug)

    @property
    def anchor(self) -> str:
        return f"person-{self.slug}"

    @property
    def native_language(self) -> str:
        """The language of the native name, as far as a usual name tells; "" where none does."""
        usual = (name for name in self.names.all() if name.is_label)
        return next((name.language for name in usual if name.text == self.native_name), "")

    @property
    def known_as(self) -> list[str]:
        """Other forms of the name, in any language."""
        names = [self.native_name, *(name.text for name in self.names.all())]
        return [name for name in dict.fromkeys(names) if name and name != self.name]

    def words(self) -> Words:
        return Words(title=self.name, text=self.position, brief=self.name)

    def mentions(self) -> list[str]:
        return [self.participant.name, *self.participant.known_as]

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    natural_key.dependencies = ["participants.participant"]  # type: ignore[attr-defined]


class PersonName(Name):
    """A form of a person's name."""

    named = models.ForeignKey(
        Person,
        models.CASCADE,
        related_name="names",
        verbose_name=_("person"),
        help_text=_("Who is so called."),
    )

    class Meta(Name.Meta):
        pass
