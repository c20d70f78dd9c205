"""What waits for an editor, for the first page of the admin."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.contrib.admin.models import LogEntry
from django.db.models import Max, Model
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext

from rounds.access import EDITED_APPS, Visitor, may_edit, may_see_unpublished
from rounds.admin.publication import PANEL
from rounds.desk.planning import incomplete, is_overdue, plans
from rounds.models import (
    FACTS,
    Delegation,
    Document,
    Message,
    PlannedPublication,
    Round,
    RoundPart,
    Session,
)
from rounds.sources.models import Source
from rounds.wording.dates import moment, written

SHOWN = 8  # of a pile; the rest is in the list of their kind
LONGEST = 90  # signs


class Task(NamedTuple):
    """One thing to do or to look at: its name, where, and what else is to be known."""

    said: str
    address: str
    note: str = ""


class Pile(NamedTuple):
    """Things of one kind; ``empty`` says that there is none, ``rest`` where those not shown are."""

    title: str
    tasks: list[Task]
    empty: str
    rest: Task | None = None


def piles(user: Visitor) -> Iterator[Pile]:
    """What waits for the user, as far as the user may do it."""
    if may_edit(user, Round) and may_see_unpublished(user):
        yield rounds_that_are(gettext("Drafts"), Round.Publication.DRAFT, gettext("No draft."))
        yield rounds_that_are(
            gettext("In review"), Round.Publication.REVIEW, gettext("Nothing waits for a review.")
        )
        if tasks := list(publications()):
            yield Pile(gettext("Publications"), tasks, "")
    if may_edit(user, Message):
        yield messages()
    if may_edit(user, Round):
        yield Pile(gettext("Not recorded yet"), list(missing(user)), gettext("Nothing is missing."))
    if may_edit(user, Source):
        yield dead_links()
    if may_edit(user, Round) and may_see_unpublished(user):
        yield Pile(gettext("Last changes"), list(changes()), gettext("Nothing was changed yet."))


def changelist(model: type[Model], query: str = "") -> str:
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
    return f"{reverse(name)}{query}"


def change(one: Model) -> str:
    name = f"admin:{one._meta.app_label}_{one._meta.model_name}_change"
    return reverse(name, args=[one.pk])


def pile(title: str, tasks: list[Task], empty: str, address: str) -> Pile:
    """Of tasks, of which one more than is shown was looked for."""
    rest = Task(gettext("All of them"), address) if len(tasks) > SHOWN else None
    return Pile(title, tasks[:SHOWN], empty, rest)


def rounds_that_are(title: str, publication: str, empty: str) -> Pile:
    rows = Round.objects.filter(publication=publication).order_by("-number")
    tasks = [
        Task(f"{one}, {one.city}", change(one), written(one.start, one.end, one.date_precision))
        for one in rows[: SHOWN + 1]
    ]
    return pile(title, tasks, empty, changelist(Round, f"?publication__exact={publication}"))


def publications() -> Iterator[Task]:
    """What is planned, what was refused at its time, and what is published and incomplete."""
    for one in plans():
        yield Task(str(one.round), f"{change(one.round)}#{PANEL}", what_became_of(one))
    for round_, refusals in incomplete():
        sentences = " ".join(one.sentence for one in refusals)
        note = gettext("published, though: %(sentences)s") % {"sentences": sentences}
        yield Task(str(round_), f"{change(round_)}#{PANEL}", note)


def what_became_of(plan: PlannedPublication) -> str:
    """A plan in a line."""
    said = {"moment": moment(plan.publish_at), "refusal": plan.refusal}
    if plan.refusal:
        return gettext("not published on %(moment)s: %(refusal)s") % said
    if is_overdue(plan):
        return gettext("due on %(moment)s: does the timer astana-publish run?") % said
    return gettext("is published on %(moment)s") % said


def messages() -> Pile:
    rows = Message.objects.exclude(state=Message.State.CLOSED)
    tasks = [
        Task(str(one), change(one), Truncator(one.text).chars(LONGEST)) for one in rows[: SHOWN + 1]
    ]
    title = gettext("Messages from readers")
    return pile(title, tasks, gettext("No message is open."), changelist(Message))


def missing(user: Visitor) -> Iterator[Task]:
    """How much of each kind is not recorded; the page of gaps has it one by one."""
    page = reverse("rounds:gaps")
    heads = Delegation.objects.visible_to(user).without_head().order_by().count()
    days = Session.objects.visible_to(user).without_day().order_by().count()
    venues = Round.objects.visible_to(user).without_venue().order_by().count()
    papers = Document.objects.visible_to(user).without_address().order_by().count()
    counted = [
        (
            "heads",
            heads,
            ngettext("%(count)d head of delegation", "%(count)d heads of delegations", heads),
        ),
        ("days", days, ngettext("%(count)d day of a session", "%(count)d days of sessions", days)),
        ("venues", venues, ngettext("%(count)d venue", "%(count)d venues", venues)),
        (
            "documents",
            papers,
            ngettext("%(count)d address of a paper", "%(count)d addresses of papers", papers),
        ),
    ]
    for place, count, said in counted:
        if count:
            yield Task(said % {"count": count}, f"{page}#{place}")


def dead_links() -> Pile:
    rows = Source.objects.dead_links()
    tasks = [
        Task(str(one), change(one), gettext("with a copy") if one.archive_url else "")
        for one in rows[: SHOWN + 1]
    ]
    address = changelist(Source, "?link=dead")
    return pile(gettext("Links that died"), tasks, gettext("No link is dead."), address)


def changes() -> Iterator[Task]:
    """What was edited last in the admin, whoever did it, each thing once."""
    entries = LogEntry.objects.filter(content_type__app_label__in=EDITED_APPS)
    last = entries.values("content_type", "object_id").annotate(last=Max("pk")).values("last")
    rows = LogEntry.objects.filter(pk__in=last.order_by("-last")[:SHOWN]).order_by("-pk")
    for one in rows.select_related("user", "content_type"):
        note = gettext("%(what)s by %(who)s, %(when)s") % {
            "what": one.get_action_flag_display(),
            "who": one.user,
            "when": written(one.action_time.date()),
        }
        yield Task(one.object_repr, one.get_admin_url() or "", note)


class Nouns(NamedTuple):
    """Screens of the admin that belong together, by what they are about."""

    title: str
    models: list[dict[str, Any]]
    is_folded: bool


OWN = ("Round", "Participant", "Person", "Topic", "Source", "Milestone", "FixedTerm", "Term")
PARTS = {model.__name__ for model in FACTS if issubclass(model, RoundPart)} | {
    "Member",
    "Paragraph",
    "Evidence",
    "Claim",
}


def by_noun(app_list: Iterable[dict[str, Any]]) -> list[Nouns]:
    """Django's list of screens: what the record is of, parts of rounds, and the rest."""
    models = [(app, model) for app in app_list for model in app["models"]]
    of_record = {model["object_name"]: model for app, model in models if is_record(app)}
    own = [of_record.pop(name) for name in OWN if name in of_record]
    parts = [of_record.pop(name) for name in sorted(PARTS & of_record.keys())]
    found = [
        Nouns(gettext("The record"), own, is_folded=False),
        Nouns(gettext("Readers and upkeep"), list(of_record.values()), is_folded=False),
        Nouns(gettext("Parts of rounds, one by one"), parts, is_folded=True),
        Nouns(
            gettext("Accounts"), [one for app, one in models if not is_record(app)], is_folded=True
        ),
    ]
    return [one for one in found if one.models]


def is_record(app: dict[str, Any]) -> bool:
    return app["app_label"] in EDITED_APPS
