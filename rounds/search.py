"""Finding rounds by words."""

import unicodedata
from collections import defaultdict

from django.db.models import QuerySet

from rounds.models import AgendaItem, Delegation, Document, Member, Outcome, Round

# What Unicode does not decompose although readers type the plain letter.
PLAIN = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "’": "'", "ʼ": "'"})


def folded(text: str) -> str:
    """The text without case and accents: “Yıldız” and “YILDIZ” both give “yildiz”."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(PLAIN))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


TEXTS = (
    (Round, "pk", ("city", "venue", "summary", "date_note")),
    (
        AgendaItem,
        "round",
        ("note", "topic__label", "topic__other_names"),
    ),
    (
        Delegation,
        "round",
        ("note", "participant__name", "participant__official_name", "participant__other_names"),
    ),
    (
        Member,
        "delegation__round",
        ("position", "person__name", "person__native_name", "person__other_spellings"),
    ),
    (Outcome, "round", ("text",)),
    (Document, "round", ("title",)),
)


def mentioning(rounds: QuerySet[Round], query: str) -> set[int]:
    """The keys of those rounds whose texts have every word of the query."""
    texts: dict[int, list[str]] = defaultdict(list)
    for model, key, fields in TEXTS:
        rows = model._default_manager.filter(**{f"{key}__in": rounds})
        for pk, *values in rows.values_list(key, *fields):
            texts[pk].extend(values)
    words = folded(query).split()
    return {pk for pk, found in texts.items() if all(w in folded("\n".join(found)) for w in words)}
