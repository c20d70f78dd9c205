from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from rounds import addresses
from rounds.models.round import RoundPart, at_most
from rounds.participants.models import Participant
from rounds.querysets import CommitmentQuerySet, EvidenceQuerySet
from rounds.sources.models import Sourced
from rounds.sources.words import Words
from rounds.topics.models import Topic
from rounds.wording.dates import Precision, written


class Verdict(models.TextChoices):
    KEPT = "kept", _("Kept")
    PARTLY = "partly", _("Partly kept")
    REPEATED = "repeated", _("Promised again")
    LAPSED = "lapsed", _("Overtaken by events")
    NOT_KEPT = "not-kept", _("Not kept")
    NO_INFORMATION = "no-information", _("No information")

    @property
    def in_sentence(self) -> str:
        return str(IN_SENTENCE[self])


# Not the labels in small letters, which Python makes wrong in Turkish: “İ” is no “i̇”.
IN_SENTENCE = {
    Verdict.KEPT: _("kept"),
    Verdict.PARTLY: _("partly kept"),
    Verdict.REPEATED: _("promised again"),
    Verdict.LAPSED: _("overtaken by events"),
    Verdict.NOT_KEPT: _("not kept"),
    Verdict.NO_INFORMATION: _("without information"),
}


class Commitment(RoundPart):
    """A promise made at a round.

    Its state is the verdict of the last evidence, and no judgement of the record's own.
    """

    path_to_page = ""
    State = Verdict

    slug = models.SlugField(
        _("slug"),
        max_length=80,
        unique=True,
        help_text=_(
            "Lower-case letters, digits and hyphens: its identifier and part of its address, "
            "for good."
        ),
    )
    topic = models.ForeignKey(
        Topic,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="commitments",
        verbose_name=_("topic"),
        help_text=_("What it is about; empty: none of the topics."),
    )
    by = models.ManyToManyField(
        Participant,
        related_name="commitments",
        verbose_name=_("by"),
        help_text=_("Who made it."),
    )
    text = models.TextField(
        _("text"),
        help_text=_(
            "What was promised, in our own words. A promise renewed in the same sense is told "
            "once, at the round that made it first."
        ),
    )

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ["round", "pk"]

    def __str__(self) -> str:
        return self.text

    @property
    def anchor(self) -> str:
        return f"commitment-{self.slug}"

    def get_absolute_url(self) -> str:
        return addresses.of_commitment(self.slug)

    def words(self) -> Words:
        return Words(text=self.text)

    def mentions(self) -> list[str]:
        named = [*filter(None, [self.topic]), *self.by.all()]
        return [name for one in named for name in (str(one), *one.known_as)]

    @property
    def evidence_by_date(self) -> list["Evidence"]:
        """What is known of what became of it, in the order of the days."""
        return sorted(self.evidence.all(), key=lambda one: (one.date, one.number))

    @property
    def last_evidence(self) -> "Evidence | None":
        return next(reversed(self.evidence_by_date), None)

    @property
    def state(self) -> Verdict:
        """The verdict of the last evidence; ``CommitmentQuerySet.in_states`` has the same rule."""
        last = self.last_evidence
        return Verdict(last.verdict) if last else Verdict.NO_INFORMATION

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    natural_key.dependencies = [  # type: ignore[attr-defined]
        "rounds.round",
        "topics.topic",
        "participants.participant",
    ]


class Evidence(Sourced):
    """What was known on a day of what became of a commitment."""

    path_to_round = "commitment__round"
    path_to_page = "commitment"

    commitment = models.ForeignKey(
        Commitment,
        models.CASCADE,
        related_name="evidence",
        verbose_name=_("commitment"),
        help_text=_("The commitment it is about."),
    )
    number = models.PositiveSmallIntegerField(
        _("number"),
        blank=True,
        validators=[MinValueValidator(1), at_most],
        help_text=_("Its place in the ledger of the commitment; empty: the next one."),
    )
    date = models.DateField(_("date"), help_text=_("When it happened or was reported."))
    date_precision = models.CharField(
        _("precision of the date"),
        max_length=10,
        choices=Precision,
        default=Precision.DAY,
        help_text=_("How exactly the date is known. Of a month, its first day stands."),
    )
    verdict = models.CharField(
        _("verdict"),
        max_length=20,
        choices=Verdict,
        help_text=_("What it says of the commitment."),
    )
    text = models.TextField(_("text"), help_text=_("What happened, in our own words."))

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("pieces of evidence")
        ordering = ["commitment", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "number"],
                name="evidence_number_once",
                violation_error_message=_("Another piece of evidence has this number."),
            )
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def anchor(self) -> str:
        return f"evidence-{self.number}"

    @property
    def day(self) -> str:
        """Its date in words, no finer than it is known."""
        return written(self.date, precision=self.date_precision)

    def words(self) -> Words:
        return Words(title=str(self.commitment), text=self.text, label=self.get_verdict_display())

    def natural_key(self) -> tuple[int, str]:
        return (self.number, self.commitment.slug)

    natural_key.dependencies = ["rounds.commitment"]  # type: ignore[attr-defined]
