from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rounds.models.round import RoundPart
from rounds.participants.models import Participant, Person, Role
from rounds.querysets import DelegationQuerySet, MemberQuerySet
from rounds.sources.words import Words


class Delegation(RoundPart):
    """A participant at one round."""

    class Attendance(models.TextChoices):
        ATTENDED = "attended", _("Attended")
        ABSENT = "absent", _("Stayed away")
        ANNOUNCED = "announced", _("Announced only")
        UNKNOWN = "unknown", _("Not known")

    participant = models.ForeignKey(
        Participant,
        models.PROTECT,
        related_name="delegations",
        verbose_name=_("participant"),
        help_text=_(
            "Whose delegation it is: the participant on record, however a source calls it."
        ),
    )
    role = models.CharField(
        _("role"),
        max_length=20,
        choices=Role,
        help_text=_("What it was at this round; that may differ from its usual role."),
    )
    attendance = models.CharField(
        _("attendance"),
        max_length=10,
        choices=Attendance,
        help_text=_(
            "Attended; stayed away, only where a source says so; or announced beforehand "
            "without a report that it came."
        ),
    )
    note = models.TextField(
        _("note"), blank=True, help_text=_("What else sources say of it at this round.")
    )
    people = models.ManyToManyField(
        Person,
        through="Member",
        related_name="delegations",
        verbose_name=_("people"),
        help_text=_("Its members, the head among them."),
    )

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        ordering = ["round", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "participant"],
                name="delegation_once_a_round",
                violation_error_message=_("This participant is at this round already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.participant)

    @property
    def anchor(self) -> str:
        return f"delegation-{self.participant.slug}"

    def words(self) -> Words:
        """Its people, and its note; whether it came where that is not plain."""
        members = list(self.members.all())
        people = [", ".join(filter(None, (str(one), one.position))) for one in members]
        came = self.attendance == self.Attendance.ATTENDED
        said = ["" if came else self.get_attendance_display(), *people, self.note]
        return Words(
            title=str(self),
            text=" · ".join(filter(None, said)),
            label=self.get_role_display(),
            brief=": ".join(filter(None, (str(self), self.note))),
        )

    def mentions(self) -> list[str]:
        members = self.members.all()
        named: list[Participant | Person] = [self.participant, *(one.person for one in members)]
        return [name for one in named for name in one.known_as]

    def natural_key(self) -> tuple[str, int]:
        return (self.participant.slug, self.round.number)

    natural_key.dependencies = ["participants.participant", "rounds.round"]  # type: ignore[attr-defined]

    @property
    def head(self) -> "Member | None":
        """The head of the delegation, None where none is recorded."""
        return next((member for member in self.members.all() if member.is_head), None)

    @property
    def other_members(self) -> "list[Member]":
        return [member for member in self.members.all() if not member.is_head]


class Member(models.Model):
    """A person in a delegation, with the position of that day."""

    path_to_round = "delegation__round"

    delegation = models.ForeignKey(
        Delegation,
        models.CASCADE,
        related_name="members",
        verbose_name=_("delegation"),
        help_text=_("The delegation, whose sources stand for its members too."),
    )
    person = models.ForeignKey(
        Person,
        models.PROTECT,
        related_name="memberships",
        verbose_name=_("person"),
        help_text=_("Who it was: the person on record, however a source spells the name."),
    )
    position = models.CharField(
        _("position"),
        max_length=300,
        blank=True,
        help_text=_("Office at the time of the round; empty: not recorded."),
    )
    is_head = models.BooleanField(
        _("head"), default=False, help_text=_("Whether this person led the delegation.")
    )

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        ordering = ["delegation", "-is_head", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["delegation", "person"],
                name="member_once_a_delegation",
                violation_error_message=_("This person is in the delegation already."),
            ),
            models.UniqueConstraint(
                fields=["delegation"],
                condition=Q(is_head=True),
                name="delegation_one_head",
                violation_error_message=_("A delegation has one head only."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)

    def clean(self) -> None:
        if self.delegation_id and self.delegation.attendance == Delegation.Attendance.ABSENT:
            raise ValidationError(_("A delegation that stayed away has no members."))

    def natural_key(self) -> tuple[str, str, int]:
        return (self.person.slug, self.delegation.participant.slug, self.delegation.round.number)

    natural_key.dependencies = ["participants.person", "rounds.delegation"]  # type: ignore[attr-defined]
