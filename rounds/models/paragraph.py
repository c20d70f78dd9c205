from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rounds.models.document import Document
from rounds.models.round import at_most
from rounds.querysets import ParagraphQuerySet
from rounds.sources.models import Sourced
from rounds.sources.words import Words
from rounds.topics.models import Topic


class Paragraph(Sourced):
    """A point of an official paper."""

    path_to_round = "document__round"
    path_to_page = "document__round"

    class Basis(models.TextChoices):
        TEXT = "text", _("Read in the text")
        REPORT = "report", _("Known from a report")

    document = models.ForeignKey(
        Document,
        models.CASCADE,
        related_name="paragraphs",
        verbose_name=_("document"),
        help_text=_("The paper it belongs to."),
    )
    order = models.PositiveSmallIntegerField(
        _("order"),
        blank=True,
        validators=[MinValueValidator(1), at_most],
        help_text=_("Its place among the recorded points of the paper; empty: the next one."),
    )
    number = models.PositiveSmallIntegerField(
        _("number"),
        null=True,
        blank=True,
        validators=[at_most],
        help_text=_(
            "Its number in the text, or its place where the text does not number its points; 0 is "
            "the lead-in. Empty: its place is not known."
        ),
    )
    topics = models.ManyToManyField(
        Topic,
        blank=True,
        related_name="paragraphs",
        verbose_name=_("topics"),
        help_text=_("What it is about; none for thanks and the next meeting."),
    )
    gist = models.TextField(_("gist"), help_text=_("What it says, in one sentence of our own."))
    basis = models.CharField(
        _("basis"),
        max_length=10,
        choices=Basis,
        help_text=_("Whether it was read in the text itself or is known from a report on it."),
    )

    objects = ParagraphQuerySet.as_manager()

    class Meta:
        verbose_name = _("paragraph")
        verbose_name_plural = _("paragraphs")
        ordering = ["document", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "order"],
                name="paragraph_order_once",
                violation_error_message=_("Another paragraph of this document has this place."),
            ),
            models.UniqueConstraint(
                fields=["document", "number"],
                name="paragraph_number_once",
                violation_error_message=_("Another paragraph of this document has this number."),
            ),
        ]

    def __str__(self) -> str:
        if self.number is None:
            return gettext("Point whose place is not known")
        return (
            gettext("Point %(number)d") % {"number": self.number}
            if self.number
            else gettext("Lead-in")
        )

    @property
    def anchor(self) -> str:
        """By its number, where it has one: its order changes when others are found."""
        place = f"unplaced-{self.order}" if self.number is None else f"point-{self.number}"
        return f"{self.document.anchor}-{place}"

    @property
    def anchor_among_rounds(self) -> str:
        """The id under which it stands on a page with points of other rounds."""
        return f"{self.document.round.anchor}-{self.anchor}"

    def words(self) -> Words:
        title = f"{self.document}: {self}"
        return Words(title=title, text=self.gist, label=self.get_basis_display())

    def mentions(self) -> list[str]:
        return [name for one in self.topics.all() for name in (one.label, *one.known_as)]

    @property
    def is_read(self) -> bool:
        """Whether it was read in the text itself."""
        return self.basis == self.Basis.TEXT

    def natural_key(self) -> tuple[int, int, int]:
        return (self.order, self.document.number, self.document.round.number)

    natural_key.dependencies = ["rounds.document", "topics.topic"]  # type: ignore[attr-defined]
