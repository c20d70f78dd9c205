import re

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from rounds import addresses
from rounds.models.round import Round
from rounds.querysets import MilestoneQuerySet
from rounds.sources.models import Sourced
from rounds.sources.words import Words
from rounds.wording.dates import Precision

# Before the number of a resolution of the UN Security Council.
RESOLUTION_FORMS = ("UNSCR ", "UNSC ", "SCR ", "S/RES/")


class Milestone(Sourced):
    """An event around the rounds."""

    public_with = "related_round"

    class Kind(models.TextChoices):
        SUMMIT = "summit", _("Summit")
        MINISTERIAL = "ministerial", _("Ministers’ meeting")
        CONGRESS = "congress", _("Congress")
        CEASEFIRE = "ceasefire", _("Ceasefire")
        UN_RESOLUTION = "un-resolution", _("UN resolution")
        WORKING_GROUP = "working-group", _("Working group")
        MILITARY = "military", _("Military event")
        POLITICAL = "political", _("Political event")
        CITY_RENAMING = "city-renaming", _("City renamed")

    slug = models.SlugField(
        _("slug"),
        unique=True,
        help_text=_(
            "Lower-case letters, digits and hyphens: its identifier and part of its address, "
            "for good."
        ),
    )
    title = models.CharField(
        _("title"), max_length=200, help_text=_("What happened, in a few words.")
    )
    start = models.DateField(_("first day"), help_text=_("First day of the event."))
    end = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("Last day; empty: it took one day.")
    )
    date_precision = models.CharField(
        _("precision of the dates"),
        max_length=10,
        choices=Precision,
        default=Precision.DAY,
        help_text=_("How exactly the date is known."),
    )
    date_note = models.CharField(
        _("note on the dates"), max_length=300, blank=True, help_text=_("What to know about them.")
    )
    place = models.CharField(_("place"), max_length=120, help_text=_("Where it happened."))
    kind = models.CharField(
        _("kind"), max_length=20, choices=Kind, help_text=_("What kind of event it is.")
    )
    number = models.PositiveSmallIntegerField(
        _("number of the summit"),
        null=True,
        blank=True,
        help_text=_("For summits: which one it was."),
    )
    text = models.TextField(_("text"), help_text=_("The event in our own words."))
    related_round = models.ForeignKey(
        Round,
        models.PROTECT,  # alone it would be public, though its round never was
        null=True,
        blank=True,
        related_name="related_milestones",
        verbose_name=_("related round"),
        help_text=_(
            "The round at which, or because of which, it happened. While that is not published, "
            "neither is this."
        ),
    )

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["start", "pk"]
        indexes = [models.Index(fields=["start"], name="milestone_start")]
        constraints = [
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(end__gte=F("start")),
                name="milestone_end_after_start",
                violation_error_message=_("The last day is before the first day."),
            ),
            models.CheckConstraint(
                condition=Q(number__isnull=True) | Q(kind="summit"),
                name="milestone_number_of_summit",
                violation_error_message=_("Only summits are numbered."),
            ),
            models.UniqueConstraint(
                fields=["number"],
                name="milestone_summit_number_once",
                violation_error_message=_("Another summit has this number."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its place on the timeline, where milestones stand between the rounds."""
        return addresses.on_timeline(self.anchor, milestones="on")

    @property
    def anchor(self) -> str:
        return f"milestone-{self.slug}"

    def words(self) -> Words:
        return Words(title=self.title, text=self.text, brief=self.title, day=self.start)

    @property
    def known_as(self) -> list[str]:
        """What a resolution is cited as."""
        if self.kind != self.Kind.UN_RESOLUTION:
            return []
        numbers = re.findall(r"\b\d{1,4}\b", self.title)
        return [f"{form}{number}" for number in numbers for form in RESOLUTION_FORMS]

    def mentions(self) -> list[str]:
        return [self.place, self.date_note, f"{self.start:%B %Y}"]

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    natural_key.dependencies = ["rounds.round", "sources.source"]  # type: ignore[attr-defined]
