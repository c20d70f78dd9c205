from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rounds.names import Name
from rounds.sources.models import Sourced
from rounds.sources.vocabulary import refuse_double
from rounds.sources.words import Words
from rounds.topics.querysets import TopicQuerySet


class Theme(models.TextChoices):
    SECURITY = "security", _("Security")
    HUMANITARIAN = "humanitarian", _("Humanitarian")
    POLITICAL = "political", _("Political")
    RECOVERY = "recovery", _("Recovery")
    REGIONAL = "regional", _("Regional")


class Topic(Sourced):
    """A subject that the rounds deal with."""

    is_vocabulary = True

    slug = models.SlugField(
        _("slug"),
        unique=True,
        help_text=_(
            "Lower-case letters, digits and hyphens: its identifier and part of its address, "
            "for good."
        ),
    )
    label = models.CharField(
        _("label"),
        max_length=120,
        unique=True,
        help_text=_(
            "Name of the topic as readers see it; public unless only unpublished rounds use it."
        ),
    )
    definition = models.TextField(
        _("definition"), help_text=_("What the topic means in this process.")
    )
    theme = models.CharField(
        _("theme"),
        max_length=20,
        choices=Theme,
        help_text=_("The group under which the topic is listed."),
    )
    is_chosen: bool

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["pk"]
        permissions = [("merge_topic", _("Can merge topics"))]

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        refuse_double(self, "label")

    def get_absolute_url(self) -> str:
        return reverse("rounds:topic", args=[self.slug])

    @property
    def anchor(self) -> str:
        return f"topic-{self.slug}"

    @property
    def known_as(self) -> list[str]:
        """Its other names, and words for it, in any language."""
        return list(dict.fromkeys(name.text for name in self.names.all()))

    def words(self) -> Words:
        return Words(title=self.label, text=self.definition, brief=self.label)

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    natural_key.dependencies = ["sources.source"]  # type: ignore[attr-defined]


class TopicName(Name):
    """A name of a topic, or a word for it."""

    named = models.ForeignKey(
        Topic,
        models.CASCADE,
        related_name="names",
        verbose_name=_("topic"),
        help_text=_("What is so called."),
    )

    class Meta(Name.Meta):
        pass
