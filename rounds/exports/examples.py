"""An example of what each column of the tables may hold, as the record has it."""

from collections.abc import Mapping
from typing import Any

from rounds.exports.columns import Column, Kind
from rounds.exports.tables import ADDRESS, Row, Table

SITE = "https://example.org"

# The key of a row of each table, and so of rows that refer to it.
KEYS: Mapping[str, str | int] = {
    "rounds": 4,
    "sessions": "4_bilateral",
    "delegations": "4_russia",
    "members": "4_russia_alexander-lavrentyev",
    "agenda": "4_deescalation-areas_discussed",
    "outcomes": "4_1",
    "documents": "4_1",
    "paragraphs": "4_1_1",
    "commitments": "r4-four-areas",
    "evidence": "r4-four-areas_1",
    "disputes": "4_1",
    "claims": "4_1_1",
    "topics": "deescalation-areas",
    "participants": "russia",
    "people": "alexander-lavrentyev",
    "milestones": "unscr-2254",
    "terms": "astana-process",
    "topic-names": "refugee-return__repatriation",
    "participant-names": "turkiye_tr_Türkiye",
    "person-names": "ayman-raad__ايمن رعد",
    "term-names": "astana-process_ru_Астанинский процесс",
    "sources": "tass-2017-05-04",
}
# What the rows of the other columns hold, by table and column, or by the column alone.
VALUES: Mapping[str, Any] = {
    "number": 1,
    "order": 1,
    "language": "ru",
    "is_head": True,
    "is_kept": True,
    "is_label": True,
    "is_seen": True,
    "is_disputed": False,
    "title_is_descriptive": False,
    "start": "2017-05-03",
    "end": "2017-05-04",
    "date": "2017-05-04",
    "published": "2017-05-04",
    "city": "Astana",
    "country": "KZ",
    "rounds.date_note": (
        "The opening was put off by a day: only bilateral and technical contacts took place on "
        "15 February, the plenary on the 16th."
    ),
    "rounds.venue": "Rixos President Hotel Astana",
    "rounds.summary": (
        "Four de-escalation areas, with fighting and flights to be banned for an extendable six"
        " months, were laid down in a memorandum signed by Russia, Türkiye and Iran but by "
        "neither Syrian side."
    ),
    "sessions.day": "2017-05-03",
    "delegations.note": "Signed the memorandum for Russia.",
    "members.position": (
        "Special Representative of the President of Russia for the Syrian Settlement"
    ),
    "agenda.note": (
        "Russia's proposal for four areas without fighting or flights became the centre of the "
        "round and was signed as a memorandum."
    ),
    "outcomes.text": (
        "Russia, Türkiye and Iran signed a memorandum on four de-escalation areas, for six "
        "months with possible extension."
    ),
    "outcomes.planned_from": "2017-07-11",
    "outcomes.planned_to": "2017-07-20",
    "outcomes.planned_place": "Astana",
    "documents.title": (
        "Memorandum on the creation of de-escalation areas in the Syrian Arab Republic"
    ),
    "documents.url": "https://pax.peaceagreements.org/agreements/2093",
    "documents.text_language": "ru",
    "documents.text_url": "https://voltairenet.org/article196288.html",
    "paragraphs.gist": (
        "Four areas are created (Idlib and its rim, north Homs, Eastern Ghouta, parts of Daraa "
        "and Quneitra), for six months, prolonged automatically if the guarantors agree."
    ),
    "commitments.text": (
        "Create four de-escalation areas in which all fighting, air attacks included, stops for"
        " six months, to be extended by consensus."
    ),
    "evidence.date": "2017-09-15",
    "evidence.text": (
        "All four areas were formally declared, for six months and extendable by consensus, "
        "more than four months after signature."
    ),
    "disputes.subject": "Dates",
    "disputes.resolution": "Kept Dunn.",
    "claims.value": "2017-05-03 to 2017-05-04 (Kazakh ministry, TASS, UN)",
    "topics.label": "De-escalation areas",
    "topics.definition": (
        "Four areas named in the memorandum of 4 May 2017 where fighting and air operations "
        "were to stop, with checkpoints and observation posts along their edges. They were "
        "meant to be temporary and extendable."
    ),
    "participants.name": "Russia",
    "participants.official_name": "Russian Federation",
    "participants.country": "RU",
    "participants.description": (
        "Ally of the Syrian government in the war, one of the three guarantors and host of the "
        "two rounds held in Sochi."
    ),
    "participants.until_round": 8,
    "participants.attendance_note": (
        "attendance announced beforehand for the 10th (Sochi) and 11th rounds"
    ),
    "people.name": "Alexander Lavrentyev",
    "people.native_name": "Александр Лаврентьев",
    "people.position": (
        "Brigadier, chief of staff of the Free Syrian Army; headed the opposition delegation "
        "before the eighth round"
    ),
    "milestones.title": "UN Security Council Resolution 2254",
    "milestones.start": "2015-12-18",
    "milestones.end": "2016-12-26",
    "milestones.date_note": (
        "date of the joint statement that welcomed the meeting; the meeting's own date is not given"
    ),
    "milestones.place": "New York",
    "milestones.text": (
        "The UN Security Council backed a political settlement roadmap for Syria built around a"
        " ceasefire, talks facilitated by the UN and elections within eighteen months; the "
        "guarantors invoked it in the joint statement of their first round."
    ),
    "terms.term": "Astana process",
    "terms.note": "ar and kk are short forms",
    "topic-names.text": "repatriation",
    "participant-names.text": "Türkiye",
    "person-names.text": "ايمن رعد",
    "term-names.text": "Астанинский процесс",
    "sources.title": "Russia, Turkey and Iran sign memorandum on de-escalation zones in Syria",
    "sources.publisher": "TASS",
    "sources.url": "http://tass.com/world/944616",
    "sources.archive_url": "https://web.archive.org/web/2017/http://tass.com/world/944616",
}


def example_of(table: Table, column: Column) -> Any:
    """A value that the column may hold, as JSON has it; of a list, one with a single value."""
    if column == table.key_column:
        return KEYS[table.name]
    if column == ADDRESS and table.place:
        return SITE + table.place(row_of(table))
    if column.refers_to:
        key = KEYS[column.refers_to]
        return [key] if column.kind is Kind.LIST else key
    if codes := column.codes:
        return codes[0].code
    return VALUES.get(f"{table.name}.{column.name}", VALUES.get(column.name))


def row_of(table: Table) -> Row:
    """A row of examples, without its address."""
    return {column.name: example_of(table, column) for column in table.columns if column != ADDRESS}
