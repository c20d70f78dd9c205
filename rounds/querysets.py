from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple, Self, TypeVar

from django.contrib.auth.models import AnonymousUser, User
from django.db import models
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, Subquery, Value
from django.db.models.functions import Coalesce

if TYPE_CHECKING:
    from rounds.models import (
        AgendaItem,
        Claim,
        Delegation,
        Member,
        Milestone,
        Round,
        SearchEntry,  # noqa: F401 (the base of its queryset names it)
        Session,
    )
    from rounds.participants.models import Participant, Person
    from rounds.sources.models import Source
    from rounds.topics.models import Topic

Visitor = User | AnonymousUser
SomeFact = TypeVar("SomeFact", bound=models.Model, covariant=True)


def may_see_unpublished(user: Visitor) -> bool:
    """Whether the user may see rounds before they are published."""
    return user.is_authenticated and user.has_perm("rounds.view_unpublished_round")


class Outline(NamedTuple):
    """What a picture of all rounds needs of each."""

    pk: int
    number: int
    start: date
    end: date
    date_precision: str
    city: str
    country: str
    status: str


class NamedDelegation(NamedTuple):
    """What a card says of a delegation; ``head`` is "" where none is recorded."""

    round: int
    attendance: str
    name: str
    slug: str
    head: str
    head_slug: str


class RoundReport(NamedTuple):
    """What a cell of a matrix says of a subject; both are named by their keys."""

    subject: int
    round: int
    state: str
    remark: str = ""


class FactQuerySet(models.QuerySet[SomeFact]):
    """Facts, which name their sources."""

    def citing(self, source: Source) -> Self:
        """Facts that rest on the source."""
        return self.filter(sources=source)

    def on_one_source(self) -> Self:
        """Facts that rest on a single source."""
        counted = self.model._default_manager.alias(source_total=Count("sources"))
        # Grouped by the key alone: SQLite takes long to group by every column of a row.
        return self.filter(pk__in=counted.filter(source_total=1).order_by().values("pk"))


class RoundQuerySet(FactQuerySet["Round"]):
    def get_by_natural_key(self, number: int) -> Round:
        return self.get(number=number)

    def published(self) -> Self:
        return self.filter(publication="published")

    def visible_to(self, user: Visitor) -> Self:
        """The rounds this user may see. Every page, feed and export reads through here."""
        return self.all() if may_see_unpublished(user) else self.published()

    def upcoming(self) -> Self:
        """Rounds announced but not yet held."""
        return self.filter(status="announced")

    def past(self) -> Self:
        """Rounds that took place or were to take place."""
        return self.exclude(status="announced")

    def between(self, start: date | None, end: date | None) -> Self:
        """Rounds with a day from start to end; None leaves that side open."""
        rounds = self
        if start:
            rounds = rounds.filter(end__gte=start)
        if end:
            rounds = rounds.filter(start__lte=end)
        return rounds

    def with_topics(self, topics: Collection[Topic], stages: Collection[str], every: bool) -> Self:
        """Rounds with any or every one of the topics, at any of the stages (none: at all)."""
        from rounds.models import AgendaItem

        items = AgendaItem.objects.filter(round=OuterRef("pk"))
        if stages:
            items = items.filter(stage__in=stages)
        return self._with_each_of(items, "topic", topics, every)

    def attended_by(
        self, participants: Collection[Participant], roles: Collection[str], every: bool
    ) -> Self:
        """Rounds that any or every one of the participants attended, in any of the roles."""
        from rounds.models import Delegation

        delegations = Delegation.objects.filter(round=OuterRef("pk"), attendance="attended")
        if roles:
            delegations = delegations.filter(role__in=roles)
        return self._with_each_of(delegations, "participant", participants, every)

    def _with_each_of(
        self, parts: models.QuerySet[Any], name: str, wanted: Collection[Any], every: bool
    ) -> Self:
        if not wanted:
            return self.filter(Exists(parts))
        groups = [[one] for one in wanted] if every else [wanted]
        return self.filter(*(Exists(parts.filter(**{f"{name}__in": group})) for group in groups))

    def without(self, participant: Participant) -> Self:
        """Rounds of which a source says that the participant stayed away."""
        return self.filter(delegations__participant=participant, delegations__attendance="absent")

    def with_person(self, person: Person) -> Self:
        """Rounds at which the person was in a delegation."""
        from rounds.models import Member

        members = Member.objects.filter(delegation__round=OuterRef("pk"), person=person)
        return self.filter(Exists(members))

    def with_outcome(self, kinds: Collection[str]) -> Self:
        from rounds.models import Outcome

        return self.filter(Exists(Outcome.objects.filter(round=OuterRef("pk"), kind__in=kinds)))

    def in_city(self, city: str) -> Self:
        """Rounds in the city, by the name it had at the time."""
        return self.filter(city=city)

    def in_country(self, code: str) -> Self:
        return self.filter(country=code)

    def with_keys(self, keys: Collection[int] | models.QuerySet[Any, Any]) -> Self:
        return self.filter(pk__in=keys)

    def in_years(self, years: Collection[int]) -> Self:
        """Rounds that began in one of the years."""
        return self.filter(start__year__in=years)

    def without_venue(self) -> Self:
        return self.filter(venue="").oldest()

    def numbered(self, *numbers: int) -> Self:
        return self.filter(number__in=numbers)

    def before(self, number: int) -> Self:
        """Rounds with a lower number, nearest first."""
        return self.filter(number__lt=number).order_by("-number")

    def after(self, number: int) -> Self:
        """Rounds with a higher number, nearest first."""
        return self.filter(number__gt=number).order_by("number")

    def nearest(self, number: int) -> list[Round]:
        """Up to three rounds with the nearest numbers, lowest first."""
        near = [*self.before(number)[:3], *self.after(number - 1)[:3]]
        near.sort(key=lambda round_: abs(round_.number - number))
        return sorted(near[:3], key=lambda round_: round_.number)

    def newest(self) -> Self:
        return self.order_by("-start", "-number")

    def oldest(self) -> Self:
        return self.order_by("start", "number")

    def outline(self) -> Iterable[Outline]:
        """The bare rounds, oldest first, for what needs all of them at once."""
        rows = self.oldest().values_list(*Outline._fields)
        return map(Outline._make, rows)

    def with_outcomes(self) -> Self:
        return self.order_by("number").prefetch_related("outcomes__sources")

    def with_comparison(self) -> Self:
        """With what is compared of two rounds."""
        from rounds.models import Delegation

        return self.prefetch_related(
            Prefetch("delegations", Delegation.objects.by_role().with_people()),
            "agendaitems__topic",
            "outcomes",
        )

    def with_everything(self) -> Self:
        """With all parts of each round and their sources."""
        from rounds.models import Claim, Delegation

        return self.prefetch_related(
            "sources",
            "sessions__sources",
            Prefetch("delegations", Delegation.objects.by_role().with_people()),
            "delegations__sources",
            "agendaitems__topic",
            "agendaitems__sources",
            "outcomes__sources",
            "documents__sources",
            "disputes__sources",
            Prefetch("disputes__claims", Claim.objects.prefetch_related("sources")),
        )


class RoundPartQuerySet(FactQuerySet[Any]):
    """Parts of rounds; a visitor sees those of the rounds that he or she may see."""

    def visible_to(self, user: Visitor) -> Self:
        if may_see_unpublished(user):
            return self.all()
        return self.filter(round__publication="published")

    def of(self, rounds: RoundQuerySet | Collection[int]) -> Self:
        """Parts of those rounds, given as a queryset or by their keys."""
        return self.filter(round__in=rounds)


class NumberedPartQuerySet(RoundPartQuerySet):
    def get_by_natural_key(self, number: int, round_number: int) -> Any:
        return self.get(number=number, round__number=round_number)

    def by_round(self) -> Self:
        """In the order of the rounds and of their own numbers, with the rounds."""
        return self.select_related("round").order_by("round__number", "number")

    def with_claims(self) -> Self:
        """Disputes with their claims, and the sources of both."""
        return self.prefetch_related("sources", "claims__sources")

    def without_address(self) -> Self:
        """Documents of which no text was found."""
        return self.by_round().filter(url="")


class SessionQuerySet(RoundPartQuerySet):
    def get_by_natural_key(self, kind: str, day: date | None, round_number: int) -> Session:
        return self.get(kind=kind, day=day, round__number=round_number)

    def without_day(self) -> Self:
        """Sessions whose day is not recorded, by round."""
        return self.filter(day=None).select_related("round").order_by("round__number", "pk")


class DelegationQuerySet(RoundPartQuerySet):
    def get_by_natural_key(self, participant: str, round_number: int) -> Delegation:
        return self.get(participant__slug=participant, round__number=round_number)

    def names_on_cards(self) -> Iterable[NamedDelegation]:
        """Of the guarantors, and of whoever stayed away, by round."""
        from rounds.models import Member

        heads = Member.objects.filter(delegation=OuterRef("pk"), is_head=True)
        rows = (
            self.filter(Q(role="guarantor") | Q(attendance="absent"))
            .annotate(
                head=Coalesce(Subquery(heads.values("person__name")), Value("")),
                head_slug=Coalesce(Subquery(heads.values("person__slug")), Value("")),
            )
            .values_list(
                "round", "attendance", "participant__name", "participant__slug", "head", "head_slug"
            )
        )
        return map(NamedDelegation._make, rows)

    def with_people(self) -> Self:
        from rounds.models import Member

        return self.select_related("participant").prefetch_related(
            Prefetch("members", Member.objects.select_related("person"))
        )

    def reports(self) -> Iterable[RoundReport]:
        """Participant, round, attendance, and the head's name if one is recorded."""
        from rounds.models import Member

        heads = Member.objects.filter(delegation=OuterRef("pk"), is_head=True)
        rows = self.annotate(head=Coalesce(Subquery(heads.values("person__name")), Value("")))
        values = rows.values_list("participant", "round", "attendance", "head")
        return map(RoundReport._make, values)

    def without_head(self) -> Self:
        """Delegations that attended and of which no head is recorded."""
        from rounds.models import Member

        heads = Member.objects.filter(delegation=OuterRef("pk"), is_head=True)
        attended = self.filter(~Exists(heads), attendance="attended")
        related = attended.select_related("participant", "round")
        return related.order_by("participant", "round__number")

    def sent_by(self, participant: Participant) -> Self:
        """The delegations of one participant, by round, with their sources."""
        return (
            self.filter(participant=participant)
            .select_related("round")
            .prefetch_related("sources")
            .order_by("round__number")
        )

    def by_role(self) -> Self:
        """Guarantors, conflict parties, mediators, hosts, observers."""
        from rounds.participants.models import Role

        places = [models.When(role=role, then=place) for place, role in enumerate(Role.values)]
        return self.order_by("round", models.Case(*places), "pk")


class MemberQuerySet(models.QuerySet["Member"]):
    def get_by_natural_key(self, person: str, participant: str, round_number: int) -> Member:
        return self.get(
            person__slug=person,
            delegation__participant__slug=participant,
            delegation__round__number=round_number,
        )

    def visible_to(self, user: Visitor) -> Self:
        if may_see_unpublished(user):
            return self.all()
        return self.filter(delegation__round__publication="published")

    def heads_of(self, participant: Participant) -> Self:
        """The heads of a participant's delegations, by round."""
        return self._by_round().filter(delegation__participant=participant, is_head=True)

    def of_person(self, person: Person) -> Self:
        """The memberships of a person, by round, with the delegations' sources."""
        return self._by_round().filter(person=person).prefetch_related("delegation__sources")

    def rounds_by_person(self) -> dict[int, list[int]]:
        """For the key of each person the numbers of the rounds, lowest first."""
        found: dict[int, list[int]] = defaultdict(list)
        rows = self.order_by("delegation__round__number")
        for person, number in rows.values_list("person", "delegation__round__number"):
            found[person].append(number)
        return found

    def _by_round(self) -> Self:
        related = self.select_related("person", "delegation__round", "delegation__participant")
        return related.order_by("delegation__round__number")


class AgendaItemQuerySet(RoundPartQuerySet):
    def get_by_natural_key(self, topic: str, stage: str, round_number: int) -> AgendaItem:
        return self.get(topic__slug=topic, stage=stage, round__number=round_number)

    def reports(self) -> Iterable[RoundReport]:
        """Topic, round and stage."""
        return (RoundReport(*row) for row in self.values_list("topic", "round", "stage"))

    def about(self, topic: Topic) -> Self:
        """The items of one topic, by round and stage."""
        return self.filter(topic=topic).select_related("round").order_by("round__number", "pk")

    def with_sources(self) -> Self:
        return self.prefetch_related("sources")

    def at(self, stages: Collection[str]) -> Self:
        """Items at any of the stages; at all where none is given."""
        return self.filter(stage__in=stages) if stages else self


class ClaimQuerySet(FactQuerySet["Claim"]):
    def get_by_natural_key(self, number: int, dispute: int, round_number: int) -> Claim:
        return self.get(number=number, dispute__number=dispute, dispute__round__number=round_number)

    def visible_to(self, user: Visitor) -> Self:
        if may_see_unpublished(user):
            return self.all()
        return self.filter(dispute__round__publication="published")


class MilestoneQuerySet(FactQuerySet["Milestone"]):
    def get_by_natural_key(self, slug: str) -> Milestone:
        return self.get(slug=slug)

    def between(self, start: date | None, end: date | None) -> Self:
        """Milestones that begin from start up to, but not on, end; None leaves a side open."""
        milestones = self
        if start:
            milestones = milestones.filter(start__gte=start)
        if end:
            milestones = milestones.filter(start__lt=end)
        return milestones

    def renamings(self) -> Self:
        """The changes of a city's name."""
        return self.filter(kind="city-renaming")

    def with_sources(self, wanted: bool = True) -> Self:
        return self.prefetch_related("sources") if wanted else self.all()


class SearchEntryQuerySet(models.QuerySet["SearchEntry"]):
    def visible_to(self, user: Visitor) -> Self:
        """Entries of no round, and those of the rounds that the visitor may see."""
        if may_see_unpublished(user):
            return self.all()
        from rounds.models import Round

        rounds = Round.objects.visible_to(user).order_by().values("pk")
        return self.filter(Q(round__isnull=True) | Q(round__in=rounds))

    def of_kinds(self, kinds: Collection[str]) -> Self:
        return self.filter(kind__in=kinds)

    def as_shown(self) -> Self:
        """With their rounds, and without the words by which they are found."""
        return self.select_related("round").defer("beginnings", "title_words", "words")

    def having(self, groups: Iterable[Collection[str]]) -> Self:
        """Entries with at least one word of each group; of no group: none."""
        wanted = " ".join("|".join(group) for group in groups)
        return self.filter(words__having=wanted) if wanted else self.none()
