"""One plain function for each model; whatever a test does not name gets a plain value.

What a function makes is one edit, as what an editor sends with a form.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import count
from typing import Any

from django.db import models

from rounds.changes import together
from rounds.models import (
    AgendaItem,
    Claim,
    Commitment,
    Delegation,
    Dispute,
    Document,
    Evidence,
    FixedTerm,
    Member,
    Message,
    Milestone,
    Outcome,
    Paragraph,
    Round,
    Session,
)
from rounds.names import Name
from rounds.participants.models import Participant, Person
from rounds.sources.models import Source
from rounds.topics.models import Topic

serial = count(1)


def make_source(**fields: Any) -> Source:
    slug = f"source-{next(serial)}"
    defaults = {
        "slug": slug,
        "title": f"Title of {slug}",
        "publisher": "Agency",
        "language": "en",
        "url": f"https://example.org/{slug}",
    }
    return Source.objects.create(**defaults | fields)


@together()
def make_topic(**fields: Any) -> Topic:
    slug = f"topic-{next(serial)}"
    defaults = {"slug": slug, "label": slug.title(), "definition": "A topic.", "theme": "security"}
    return sourced(Topic.objects.create(**defaults | fields))


@together()
def make_participant(**fields: Any) -> Participant:
    slug = f"participant-{next(serial)}"
    defaults = {
        "slug": slug,
        "name": slug.title(),
        "official_name": slug.title(),
        "kind": "state",
        "usual_role": "observer",
        "description": "A participant.",
    }
    return sourced(Participant.objects.create(**defaults | fields))


@together()
def make_person(**fields: Any) -> Person:
    slug = f"person-{next(serial)}"
    defaults = {"slug": slug, "name": slug.title()}
    if "participant" not in fields:
        fields["participant"] = make_participant()
    return sourced(Person.objects.create(**defaults | fields))


def make_name(named: Any, text: str, **fields: Any) -> Name:
    """Another name of a participant, person, topic, term or fixed term."""
    return named.names.create(text=text, **fields)


@together()
def make_round(number: int = 101, **fields: Any) -> Round:
    start = fields.pop("start", date(2017, 1, 1) + timedelta(days=40 * number))
    defaults = {
        "number": number,
        "start": start,
        "end": start + timedelta(days=1),
        "city": "Astana",
        "country": "KZ",
        "status": "held",
        "publication": "published",
        "summary": f"What mattered at round {number}.",
    }
    return sourced(Round.objects.create(**defaults | fields))


@together()
def make_session(round_: Round, **fields: Any) -> Session:
    return sourced(Session.objects.create(round=round_, **{"kind": "plenary"} | fields))


@together()
def make_delegation(round_: Round, **fields: Any) -> Delegation:
    defaults = {"role": "observer", "attendance": "attended"}
    if "participant" not in fields:
        fields["participant"] = make_participant()
    return sourced(Delegation.objects.create(round=round_, **defaults | fields))


@together()
def make_member(delegation: Delegation, **fields: Any) -> Member:
    if "person" not in fields:
        fields["person"] = make_person(participant=delegation.participant)
    return Member.objects.create(delegation=delegation, **fields)


@together()
def make_agenda_item(round_: Round, **fields: Any) -> AgendaItem:
    if "topic" not in fields:
        fields["topic"] = make_topic()
    return sourced(AgendaItem.objects.create(round=round_, **{"stage": "statement"} | fields))


@together()
def make_outcome(round_: Round, **fields: Any) -> Outcome:
    number = round_.outcomes.count() + 1
    defaults = {"number": number, "kind": "agreement", "text": "They agreed."}
    return sourced(Outcome.objects.create(round=round_, **defaults | fields))


@together()
def make_document(round_: Round, **fields: Any) -> Document:
    defaults = {"number": round_.documents.count() + 1, "kind": "other", "title": "A paper"}
    return sourced(Document.objects.create(round=round_, **defaults | fields))


@together()
def make_commitment(round_: Round, **fields: Any) -> Commitment:
    makers = fields.pop("by", None) or [make_participant()]
    slug = f"commitment-{next(serial)}"
    commitment = Commitment.objects.create(
        round=round_, **{"slug": slug, "text": "They would meet."} | fields
    )
    commitment.by.set(makers)
    return sourced(commitment)


@together()
def make_evidence(commitment: Commitment, **fields: Any) -> Evidence:
    defaults = {
        "number": commitment.evidence.count() + 1,
        "date": commitment.round.end + timedelta(days=30),
        "verdict": "kept",
        "text": "They met.",
    }
    return sourced(Evidence.objects.create(commitment=commitment, **defaults | fields))


@together()
def make_paragraph(document: Document, topics: Iterable[Topic] = (), **fields: Any) -> Paragraph:
    order = document.paragraphs.count() + 1
    defaults = {"order": order, "gist": "They said so.", "basis": "text"}
    point = sourced(Paragraph.objects.create(document=document, **defaults | fields))
    point.topics.add(*topics)
    return point


@together()
def make_dispute(round_: Round, **fields: Any) -> Dispute:
    defaults = {"number": round_.disputes.count() + 1, "subject": "Dates"}
    return sourced(Dispute.objects.create(round=round_, **defaults | fields))


def make_claim(dispute: Dispute, **fields: Any) -> Claim:
    defaults = {"number": dispute.claims.count() + 1, "value": "A"}
    return Claim.objects.create(dispute=dispute, **defaults | fields)


@together()
def make_milestone(**fields: Any) -> Milestone:
    slug = f"milestone-{next(serial)}"
    defaults = {
        "slug": slug,
        "title": slug.title(),
        "start": date(2018, 6, 1),
        "place": "Moscow",
        "kind": "political",
        "text": "Something happened.",
    }
    return sourced(Milestone.objects.create(**defaults | fields))


@together()
def make_fixed_term(**fields: Any) -> FixedTerm:
    slug = f"fixed-term-{next(serial)}"
    return sourced(FixedTerm.objects.create(**{"slug": slug, "term": slug.title()} | fields))


def make_message(**fields: Any) -> Message:
    defaults = {"page": "/rounds/22/", "text": "The venue is another one."}
    return Message.objects.create(**defaults | fields)


@together()
def make_full_round(number: int, **fields: Any) -> Round:
    """A round with one of each part."""
    round_ = make_round(number, **fields)
    make_session(round_)
    make_member(make_delegation(round_, role="guarantor"), is_head=True)
    make_delegation(round_, attendance="absent")
    make_agenda_item(round_)
    make_outcome(round_)
    make_document(round_)
    make_evidence(make_commitment(round_, topic=make_topic()))
    make_claim(make_dispute(round_))
    return round_


@together()
def make_hidden_round(word: str = "Unheard-of") -> Round:
    """A round in review, between the 21st and the 22nd, that says the word wherever it can."""
    round_ = make_full_round(
        101,
        publication="review",
        start=date(2024, 6, 1),
        city=word,
        venue=word,
        summary=word,
        date_note=word,
    )
    make_agenda_item(round_, note=word)
    make_outcome(round_, kind="next-round", text=word)
    make_document(round_, title=word)
    make_evidence(make_commitment(round_, text=word), text=word)
    make_member(make_delegation(round_, note=word), position=word)
    return round_


def sourced(fact: Any) -> Any:
    """Give a new fact a source of its own."""
    fact.sources.add(make_source())
    return fact


def filled(model: type[models.Model], round_: Round) -> Any:
    """An unsaved object with what its model requires, whichever that is.

    Its texts are the name of its model; what it refers to is made.
    """
    return model(
        **{
            field.name: _value(field, f"{model._meta.model_name} quokka", round_)
            for field in model._meta.concrete_fields
            if not (field.primary_key or field.null or field.has_default())
            if not (field.blank and not isinstance(field, models.PositiveSmallIntegerField))
        }
    )


def _value(field: models.Field, name: str, round_: Round) -> Any:
    if isinstance(field, models.ForeignKey):
        return round_ if field.related_model is Round else _saved(field.related_model, round_)
    if field.choices:
        return field.choices[0][0]
    if isinstance(field, models.DateField):
        return date(2021, 1, 1)
    if isinstance(field, models.PositiveSmallIntegerField):
        return 1
    if isinstance(field, models.SlugField):
        return f"{name.replace(' ', '-')}-{next(serial)}"
    return f"{name} {next(serial)}" if field.unique else name[: field.max_length]


def _saved(model: type[models.Model], round_: Round) -> Any:
    thing = filled(model, round_)
    thing.save()
    return thing
