"""The address of each public page that costs most, made from the page's own parameters."""

from collections.abc import Callable, Iterator
from functools import partial
from urllib.parse import urlencode

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from rounds import urls
from rounds.dataset.files import FILES
from rounds.exports.columns import BETWEEN
from rounds.exports.examples import KEYS
from rounds.exports.tables import TABLES, Table
from rounds.findings.matrices import Columns, Sort
from rounds.models import AgendaItem, Commitment, Round
from rounds.participants.models import Participant, Person
from rounds.search.kinds import KINDS
from rounds.search.query import LONGEST, MOST_WORDS
from rounds.selection.commitments import CommitmentFilterSet
from rounds.selection.display import DisplayForm
from rounds.selection.filters import RoundFilterSet
from rounds.selection.pair import PairForm
from rounds.selection.sources import SourceFilterSet
from rounds.sources.models import Source
from rounds.topics.models import Topic
from rounds.views.references import FORMS

Pairs = list[tuple[str, str]]

WORDS = "syria round turkey russia iran astana talks joint statement idlib prisoners hostages"
# Words that are found, one that is nearly, and a phrase of words that have other spellings.
COMMON = f"{WORDS} syrain"[:LONGEST]
MISSPELT = " ".join(f"{word[0]}x{word[1:]}" for word in WORDS.split())[:LONGEST]
PHRASE = f'"{" ".join(["Nur-Sultan Türkiye Turkey"] * 4)}" {COMMON}'[:LONGEST]
SINGLE = " ".join(chr(97 + number) for number in range(MOST_WORDS))


def filled(form: forms.Form, words: str) -> Pairs:
    """Every value of each field of the form; of a field with one value the last."""
    pairs: Pairs = []
    for field in form:
        choices = [str(value) for value, _label in getattr(field.field, "choices", ()) if value]
        if isinstance(field.field, forms.DateField):
            values = ["9999-12-31" if "before" in field.name else "0001-01-01"]
        elif choices:
            takes_many = field.field.widget.allow_multiple_selected
            values = choices if takes_many else choices[-1:]
        else:
            values = [words]
        pairs += [(field.html_name, value) for value in values]
    return pairs


def worst_addresses() -> Iterator[str]:
    """For each page what its parameters can be at most; every page of the site is there."""
    for pattern in urls.urlpatterns:
        for arguments in ARGUMENTS.get(pattern.name, lambda: [()])():
            address = reverse(f"rounds:{pattern.name}", args=arguments)
            yield address
            for pairs in PARAMETERS.get(pattern.name, list)():
                yield f"{address}?{urlencode(pairs)}"


def _of_timeline() -> Iterator[Pairs]:
    rounds = Round.objects.visible_to(AnonymousUser())
    for words in (COMMON, MISSPELT, PHRASE, SINGLE):
        pairs = filled(RoundFilterSet({}, rounds).form, words) + filled(DisplayForm({}), words)
        pairs = [pair for pair in pairs if pair != ("match", "any")]
        yield pairs
        # One that matches nothing for want of the words, one for want of all the others.
        yield [pair for pair in pairs if pair[0] not in ("match", "absent", "person")]
        yield [pair for pair in pairs if pair[0] in ("q", "milestones", "match")]
        yield [pair for pair in pairs if pair[0] != "q"]
    yield [*((f"unknown{number}", "x" * 20) for number in range(60)), ("milestones", "on")]


def _of_formats() -> Iterator[Pairs]:
    """The same with the words that most is found by, without what only the page takes."""
    for pairs in _of_timeline():
        if ("q", COMMON) in pairs or all(name != "q" for name, _value in pairs):
            yield [pair for pair in pairs if pair[0] not in DisplayForm.base_fields]


def _of_oembed() -> Iterator[Pairs]:
    for pairs in _of_formats():
        yield [("url", f"http://testserver/?{urlencode(pairs)}")]


def _of_sources() -> Iterator[Pairs]:
    sources = Source.objects.visible_to(AnonymousUser()).newest()
    last = Round.objects.latest("number")
    form = SourceFilterSet({}, sources, {last.number: set()}).form
    yield filled(form, "a")
    yield [("publisher", "x" * 100)]
    yield [("publisher", "a"), ("page", "last")]


def _of_commitments() -> Iterator[Pairs]:
    anybody = AnonymousUser()
    commitments = Commitment.objects.visible_to(anybody)
    yield filled(CommitmentFilterSet({}, commitments, anybody).form, "a")
    yield [("round", "x" * 100), ("verdict", "x" * 100)]


def _of_suggestions() -> Iterator[Pairs]:
    for words in (COMMON, MISSPELT, PHRASE, SINGLE, "s", "x" * LONGEST):
        yield [("q", words)]


def _of_search() -> Iterator[Pairs]:
    yield from _of_suggestions()
    for kind in KINDS:
        yield [("q", COMMON), ("kind", kind.slug)]
        yield [("q", COMMON), ("kind", kind.slug), ("page", "99999")]


def _of_topics() -> Iterator[Pairs]:
    for stage in AgendaItem.Stage.values:
        yield [("stage", stage)]


def _of_matrices() -> Iterator[Pairs]:
    for sort in Sort.values:
        for order in Columns.values:
            yield [("sort", sort), ("order", order)]


def _of_choice() -> Iterator[Pairs]:
    yield [(name, "9" * 1000) for name in PairForm.base_fields]


def _of_report() -> Iterator[Pairs]:
    fact = Round.objects.get(number=22).outcomes.first()
    for path in ("/rounds/22/", "/statements/compare/21/22/", "/rounds/9998/", f"/{WORDS}/"):
        yield [("page", path), ("fact", fact.anchor)]
    yield [("page", "x" * 5000), ("fact", "x" * 5000)]


def _slugs(model) -> Iterator[tuple[str]]:
    """That of which most is said, and one that leads nowhere but resembles many."""
    most = max(
        model.objects.visible_to(AnonymousUser())[:60],
        key=lambda one: sum(
            relation.related_model._base_manager.filter(**{relation.field.name: one.pk}).count()
            for relation in model._meta.related_objects
        ),
    )
    yield (most.slug,)
    yield (f"{most.slug}-" + "-".join(WORDS.split()),)


ARGUMENTS = {
    "preview": lambda: [("1-1:x",)],  # of no draft; with the right one it is a round's page
    "detail": lambda: [(22,), (9999,)],
    "round_json": lambda: [(22,), (9999,)],
    "round_card": lambda: [(22,), (9999,)],
    "topic_card": lambda: _slugs(Topic),
    **{f"round_{name}": lambda: [(22,), (9999,)] for name in FORMS},
    **{f"source_{name}": lambda: _slugs(Source) for name in FORMS},
    "topic": lambda: _slugs(Topic),
    "sitemap_section": lambda: [("sources",), ("nothing",)],
    "embed_round": lambda: [(22,), (9999,)],
    "embed_topic": lambda: _slugs(Topic),
    "topic_atom": lambda: _slugs(Topic),
    "participant_atom": lambda: _slugs(Participant),
    "round_ics": lambda: [(22,), (9999,)],
    "participant": lambda: _slugs(Participant),
    "person": lambda: _slugs(Person),
    "source": lambda: _slugs(Source),
    "commitment": lambda: _slugs(Commitment),
    "statement_topic": lambda: _slugs(Topic),
    "statement_pair": lambda: [(22,)],
    "statement_compare": lambda: [(1, 22), (21, 22), (9998, 9999)],
    "release": lambda: [("2020.1",)],
    "release_file": lambda: [("2020.1", "astana.json")],
    "data_file": lambda: [(file.name,) for file in FILES],
    "compare_pair": lambda: [(22,)],
    "compare": lambda: [(1, 22), (21, 22), (9998, 9999)],
}


def _of_records(table: Table) -> Iterator[tuple[str, ...]]:
    """The one that is an example, and those that lead nowhere."""
    key = str(KEYS[table.name]).split(BETWEEN)
    yield tuple(key)
    yield tuple("9998" if one.isdecimal() else "x" * 100 for one in key)


ARGUMENTS["api_nothing"] = lambda: [("x/y",)]
ARGUMENTS |= {f"api_{one.name}_record": partial(_of_records, one) for one in TABLES if one.place}


def _of_lists(narrowed: Callable[[], Iterator[Pairs]]) -> Iterator[Pairs]:
    """The longest page of those that match, and of what changed since."""
    for pairs in narrowed():
        yield [*pairs, ("page_size", "200")]
        yield [*pairs, ("page_size", "200"), ("modified_since", "2999-01-01")]


PARAMETERS = {
    "api_rounds": lambda: _of_lists(_of_formats),
    "api_members": lambda: _of_lists(_of_formats),
    "api_commitments": lambda: _of_lists(_of_commitments),
    "api_sources": lambda: _of_lists(_of_sources),
    "api_participants": lambda: _of_lists(lambda: iter([[]])),
    "list": _of_timeline,
    "rounds_csv": _of_formats,
    "rounds_json": _of_formats,
    "agenda_csv": _of_formats,
    "citations_csv": _of_formats,
    "rounds_bib": _of_formats,
    "sources_bib": _of_sources,
    "embed_timeline": _of_formats,
    "oembed": _of_oembed,
    "timeline_card": _of_formats,
    "rounds_ics": _of_formats,
    "rounds_atom": _of_formats,
    "sources": _of_sources,
    "commitments": _of_commitments,
    "topic": _of_topics,
    "topic_matrix": _of_matrices,
    "topic_matrix_csv": _of_matrices,
    "attendance_matrix": _of_matrices,
    "attendance_matrix_csv": _of_matrices,
    "compare_choose": _of_choice,
    "report": _of_report,
    "thanks": _of_report,
    "search": _of_search,
    "suggest": _of_suggestions,
}
