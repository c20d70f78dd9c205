from django.db import models
from django.utils.translation import gettext_lazy as _

from rounds.models.round import Round, RoundPart
from rounds.querysets import AgendaItemQuerySet
from rounds.sources.words import Words
from rounds.topics.models import Topic


class AgendaItem(RoundPart):
    """A topic at one stage of a round."""

    class Stage(models.TextChoices):
        AGENDA = "agenda", _("Announced")
        DISCUSSED = "discussed", _("Discussed")
        STATEMENT = "statement", _("Statement")

    # The name of the class, written as one word, would give “agendaitems”.
    round = models.ForeignKey(
        Round,
        models.CASCADE,
        related_name="agenda_items",
        verbose_name=_("round"),
        help_text=_("The round it belongs to."),
    )
    topic = models.ForeignKey(
        Topic,
        models.PROTECT,
        related_name="agenda_items",
        verbose_name=_("topic"),
        help_text=_("What it is about: the topic on record, however a source words it."),
    )
    stage = models.CharField(
        _("stage"),
        max_length=10,
        choices=Stage,
        help_text=_(
            "Announced on the agenda, reported as discussed, or in the statement: the text that "
            "the guarantors adopted, a concept paper at round 2 and a memorandum at round 4."
        ),
    )
    note = models.TextField(
        _("note"), blank=True, help_text=_("What was announced, discussed or stated.")
    )

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        ordering = ["round", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "topic", "stage"],
                name="agenda_item_once_a_stage",
                violation_error_message=_("This topic is there at this stage already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.topic} ({self.get_stage_display()})"

    @property
    def anchor(self) -> str:
        return f"topic-{self.topic.slug}"

    def words(self) -> Words:
        return Words(title=str(self.topic), text=self.note, label=self.get_stage_display())

    def mentions(self) -> list[str]:
        return self.topic.known_as

    def natural_key(self) -> tuple[str, str, int]:
        return (self.topic.slug, self.stage, self.round.number)

    natural_key.dependencies = ["topics.topic", "rounds.round"]  # type: ignore[attr-defined]
