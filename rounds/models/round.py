from datetime import date

from django.contrib.humanize.templatetags.humanize import ordinal
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from rounds import addresses
from rounds.access import PUBLISHED
from rounds.models.public_change import PublicChange
from rounds.models.term import Term
from rounds.querysets import RoundQuerySet
from rounds.sources.models import Sourced
from rounds.sources.words import Words
from rounds.wording.dates import Precision
from rounds.wording.signs import as_seen

SUMMARY_WANTED = _("A round needs a summary before it is published.")
at_most = MaxValueValidator(addresses.HIGHEST)


class Round(Sourced):
    """One International Meeting on Syria in the Astana format."""

    path_to_round = ""

    class Status(models.TextChoices):
        ANNOUNCED = "announced", _("Announced")
        HELD = "held", _("Held")
        POSTPONED = "postponed", _("Postponed")
        CANCELLED = "cancelled", _("Cancelled")

    class Publication(models.TextChoices):
        DRAFT = "draft", _("Draft")
        REVIEW = "review", _("In review")
        PUBLISHED = PUBLISHED, _("Published")

    number = models.PositiveSmallIntegerField(
        _("number"),
        unique=True,
        validators=[at_most],
        help_text=_("The number by which the round is cited; permanent."),
    )
    start = models.DateField(_("first day"), help_text=_("First day of the main meeting."))
    end = models.DateField(
        _("last day"), help_text=_("Last day of the main meeting; the first day if it took one.")
    )
    date_precision = models.CharField(
        _("precision of the dates"),
        max_length=10,
        choices=Precision,
        default=Precision.DAY,
        help_text=_("How exactly the dates are known. For a month, give its first and last day."),
    )
    date_note = models.CharField(
        _("note on the dates"),
        max_length=300,
        blank=True,
        help_text=_("What to know about the dates, such as a late opening."),
    )
    city = models.CharField(
        _("city"), max_length=80, help_text=_("The city by the name it had at the time.")
    )
    country = CountryField(_("country"), help_text=_("The country, by its ISO 3166 code."))
    venue = models.CharField(
        _("venue"), max_length=200, blank=True, help_text=_("The building; empty: not recorded.")
    )
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=Status,
        default=Status.ANNOUNCED,
        help_text=_("Whether the round is still to come, took place, or did not."),
    )
    publication = models.CharField(
        _("publication"),
        max_length=10,
        choices=Publication,
        default=Publication.DRAFT,
        help_text=_(
            "Only published rounds are public, and with them the people, participants, topics and "
            "sources that they name."
        ),
    )
    summary = models.TextField(
        _("summary"),
        blank=True,
        help_text=_("What mattered at this round, in one to three sentences of our own."),
    )

    has_points: bool  # with what is compared of two rounds

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        ordering = ["number"]
        permissions = [
            ("view_unpublished_round", _("Can see rounds that are not published")),
            ("publish_round", _("Can publish rounds and take them back")),
        ]
        indexes = [models.Index(fields=["publication", "start"], name="round_publication_start")]
        constraints = [
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="round_number_from_one",
                violation_error_message=_("Rounds are numbered from 1."),
            ),
            models.CheckConstraint(
                condition=Q(end__gte=F("start")),
                name="round_end_after_start",
                violation_error_message=_("The last day is before the first day."),
            ),
            models.CheckConstraint(
                condition=~Q(publication=PUBLISHED) | ~Q(summary=""),
                name="round_published_with_summary",
                violation_error_message=SUMMARY_WANTED,
            ),
        ]

    def __str__(self) -> str:
        return gettext("Round %(number)d") % {"number": self.number}

    def clean(self) -> None:
        """Call the city as the record does, where that differs by no letter; want a summary."""
        others = type(self)._default_manager.exclude(pk=self.pk).values_list("city", flat=True)
        terms = Term.objects.filter(kind=Term.Kind.CITY).values_list("term", flat=True)
        found = {as_seen(city): city for city in (*others.distinct().order_by(), *terms)}
        self.city = found.get(as_seen(self.city), self.city)
        if self.is_published and not self.summary:  # also in forms that leave its publication
            raise ValidationError({"summary": SUMMARY_WANTED})

    def get_absolute_url(self) -> str:
        return addresses.of_round(self.number)

    @property
    def timeline_url(self) -> str:
        """Its place on the timeline."""
        return addresses.on_timeline(self.anchor)

    @property
    def anchor(self) -> str:
        return addresses.anchor_of_round(self.number)

    def words(self) -> Words:
        return Words(
            title=f"{self}, {self.city}",
            text=self.summary,
            brief=f"{self.city}, {self.country.name}",
            day=self.start,
        )

    @property
    def known_as(self) -> list[str]:
        """What it is cited as, wherever it was held."""
        return [f"Astana {self.number}", f"{ordinal(self.number)} round"]

    def mentions(self) -> list[str]:
        return [self.venue, self.date_note, f"{self.start:%B %Y}"]

    @classmethod
    def names_of_kind(cls) -> tuple[str, str]:
        return gettext("dates and place"), ""

    def natural_key(self) -> tuple[int]:
        return (self.number,)

    natural_key.dependencies = ["sources.source"]  # type: ignore[attr-defined]

    @cached_property
    def changed(self) -> date | None:
        """The day of the last change since it is public that was no typo; None without one."""
        return PublicChange.objects.on(self).real().last_day()

    @property
    def is_published(self) -> bool:
        return self.publication == self.Publication.PUBLISHED


class RoundPart(Sourced):
    """Something that belongs to one round."""

    path_to_round = "round"
    path_to_page = "round"

    round = models.ForeignKey(
        Round,
        models.CASCADE,
        related_name="%(class)ss",
        verbose_name=_("round"),
        help_text=_("The round it belongs to."),
    )

    class Meta:
        abstract = True

    @classmethod
    def fragment(cls) -> str:
        """The template that shows all parts of this kind on the page of their round."""
        return f"rounds/parts/{cls._meta.model_name}.html"


class NumberedPart(RoundPart):
    """A part that is cited by its number within the round."""

    number = models.PositiveSmallIntegerField(
        _("number"),
        blank=True,
        validators=[MinValueValidator(1), at_most],
        help_text=_("Its place within the round and part of its address; empty: the next one."),
    )

    class Meta:
        abstract = True

    @property
    def anchor(self) -> str:
        return f"{self._meta.model_name}-{self.number}"

    def natural_key(self) -> tuple[int, int]:
        return (self.number, self.round.number)

    natural_key.dependencies = ["rounds.round"]  # type: ignore[attr-defined]
