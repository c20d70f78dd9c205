"""The search, with the real record: the same answers on both databases."""

import json
import re
from datetime import date

import html5lib
import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.utils.html import strip_tags

from rounds.models import AgendaItem, Delegation, Outcome, Round, SearchEntry, SearchWord
from rounds.participants.models import Participant, Person
from rounds.search.index import after_migrate, rebuild, together
from rounds.search.marks import marked, snippet
from rounds.search.query import Query
from rounds.search.words import folded, stems
from rounds.sources.models import Source
from rounds.topics.models import Topic
from tests.factories import (
    make_agenda_item,
    make_delegation,
    make_document,
    make_full_round,
    make_member,
    make_milestone,
    make_outcome,
    make_participant,
    make_person,
    make_round,
    make_source,
    make_topic,
)

pytestmark = pytest.mark.django_db


def text(html: str) -> str:
    """What the page says, without tags and with single spaces."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def search(client: Client, query: str, **more: str) -> str:
    response = client.get("/search/", {"q": query, **more})
    assert response.status_code == 200
    return response.content.decode()


def kinds(html: str) -> dict[str, int]:
    """How many hits there are of each kind, in the order of the page."""
    found = re.findall(r'<h2 id="kind-([a-z]+)">[^<]*<span class="count">(\d+)</span>', html)
    return {kind: int(total) for kind, total in found}


def addresses(html: str, kind: str) -> list[str]:
    section = html.split(f'<h2 id="kind-{kind}">')[1].split("</section>")[0]
    return re.findall(r'<a class="hit" href="([^"]+)"', section)


@pytest.mark.parametrize(
    ("query", "kind", "first"),
    [
        ("Turkey", "participant", "/participants/turkiye/"),
        ("TÜRKİYE", "participant", "/participants/turkiye/"),
        ("turkiye", "participant", "/participants/turkiye/"),
        ("Yildiz", "person", "/people/ahmet-yildiz/"),
        ("yıldız", "person", "/people/ahmet-yildiz/"),
        ("Lavrentiev", "person", "/people/alexander-lavrentyev/"),
        ("Лаврентьев", "person", "/people/alexander-lavrentyev/"),
        ("الجعفري", "person", "/people/bashar-jaafari/"),
        ("prisoners", "topic", "/topics/hostages/"),
        ("prisoner", "topic", "/topics/hostages/"),
        ("refugee", "topic", "/topics/refugee-return/"),
        ("refugees", "topic", "/topics/refugee-return/"),
        ("Resolution 2254", "milestone", "/?milestones=on#milestone-unscr-2254"),
        ("round 7", "round", "/rounds/7/"),
        ("unhcr", "participant", "/participants/unhcr/"),
        ("dipnote 2017", "source", None),
    ],
)
def test_questions_have_the_expected_first_hit(client, query, kind, first):
    html = search(client, query)
    if first is None:
        assert kinds(html) == {}
    else:
        assert next(iter(kinds(html))) == kind
        assert addresses(html, kind)[0] == first


def test_every_kind_is_found_under_its_address(client, blank):
    round_ = make_round(101, summary="Quokka one.")
    topic = make_topic(label="Quokka two")
    participant = make_participant(name="Quokka three")
    person = make_person(name="Quokka four", participant=participant)
    milestone = make_milestone(title="Quokka five")
    outcome = make_outcome(round_, text="Quokka six.")
    make_agenda_item(round_, topic=topic, note="Quokka seven.")
    document = make_document(round_, title="Quokka eight")
    source = make_source(title="Quokka nine")
    html = search(client, "quokkas")
    found = {kind: addresses(html, kind) for kind in kinds(html)}
    assert found == {
        "round": ["/rounds/101/"],
        "topic": [f"/topics/{topic.slug}/"],
        "participant": [f"/participants/{participant.slug}/"],
        "person": [f"/people/{person.slug}/"],
        "milestone": [f"/?milestones=on#milestone-{milestone.slug}"],
        "outcome": [f"/rounds/101/#outcome-{outcome.number}"],
        "agenda": [f"/rounds/101/#topic-{topic.slug}"],
        "document": [f"/rounds/101/#document-{document.number}"],
        "source": [f"/sources/{source.slug}/"],
    }


def test_every_address_that_is_found_exists(client):
    for query in ("syria", "astana", "refugees"):
        for address in set(re.findall(r'class="hit" href="([^"#]+)', search(client, query))):
            assert client.get(address).status_code == 200


def test_other_spellings_find_what_texts_mention(client, blank):
    make_participant(name="Türkiye", other_names="Turkey")
    make_outcome(make_round(101), text="Türkiye takes part.")
    make_outcome(make_round(102), text="Turkey takes part.")
    for query in ("Turkey", "Türkiye", "türkiye's part"):
        assert kinds(search(client, query))["outcome"] == 2


def test_several_words_narrow_down(client):
    wide, narrow = kinds(search(client, "refugees")), kinds(search(client, "refugees idlib"))
    assert set(narrow) < set(wide)
    assert narrow["round"] < wide["round"]


def test_a_quoted_phrase_stays_together(client, blank):
    round_ = make_round(101)
    near = make_outcome(round_, text="They agreed on safe returns of all.")
    make_outcome(round_, text="They return home when all is safe.")
    assert kinds(search(client, "safe return"))["outcome"] == 2
    for quoted in ('"safe return"', "“safe returns”", "«Safe Return» agreed"):
        html = search(client, quoted)
        assert addresses(html, "outcome") == [f"/rounds/101/#outcome-{near.number}"]


def test_a_phrase_does_not_reach_from_one_text_into_another(client, blank):
    make_round(101, city="Astana", summary="Peace came.")
    assert kinds(search(client, "astana peace")) == {"round": 1}
    assert kinds(search(client, '"astana peace"')) == {}


def test_hits_in_the_title_come_first_and_then_the_newest(client, blank):
    make_milestone(slug="text", text="About quokkas.", start=date(2024, 1, 1))
    make_milestone(slug="old", title="A quokka", start=date(2018, 1, 1))
    make_milestone(slug="new", title="The quokkas", start=date(2019, 1, 1))
    make_milestone(slug="same", title="Quokka", start=date(2017, 1, 1))
    found = addresses(search(client, "quokka"), "milestone")
    assert [address.rpartition("-")[2] for address in found] == ["same", "new", "old", "text"]


def test_the_words_are_marked(client, blank):
    make_topic(label="Hostages", other_names="Prisoners", definition="The prisoner & others.")
    html = search(client, "prisoners")
    assert "<mark>Prisoners</mark>" in html
    assert "The <mark>prisoner</mark> &amp; others." in html
    assert "<mark>Hostages</mark>" in search(client, "hostage")


def test_markup_in_texts_and_queries_stays_text(client, blank):
    make_topic(label="<b>Bold</b> claim")
    html = search(client, "<b>bold")
    assert "&lt;b&gt;" in html
    assert "<b>" not in html


@pytest.mark.parametrize(
    "query",
    [
        '"', '""', "'", "''", "*", "-", "--", ":", "\0", "NOT", "AND OR NOT", "NEAR(", "a* b:c",
        "title:x", "^", "+", "(", ")", "\\", "%", "_", "';--", '"un" -"dos" *', "refugee\0s",
        "&|!<->", "😀", "\u0301", "ﷺ", "́a", "١٢", "½", "a" * 199, "/ /", "{}", "{{ x }}", "￿", "𝒳",
    ],
)  # fmt: skip
def test_no_input_causes_an_error(client, query):
    for address in ("/search/", "/search/suggest/", "/"):
        assert client.get(address, {"q": query}).status_code == 200
    assert client.get("/search/", {"q": query, "kind": "topic"}).status_code == 200


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("", "Type one or more words to look for."),
        ("  ", "Type one or more words to look for."),
        ("*-:'", "There is no word in this. Use letters or digits."),
        ("x" * 201, "Use at most 200 characters."),
        ("1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21", "Use at most 20 words."),
    ],
)
def test_bad_input_gets_a_sentence(client, query, sentence):
    html = search(client, query)
    assert sentence in text(html)
    assert 'aria-describedby="search-problem"' in html
    assert kinds(html) == {}


def test_the_bare_page_has_the_form_and_no_complaint(client):
    html = client.get("/search/").content.decode()
    assert 'id="search-words" value=""' in html
    assert "search-problem" not in html


@pytest.mark.parametrize(
    ("query", "proposal"),
    [
        ("hostges", "hostages"),
        ("lavrentief", "Lavrentiev"),
        ("refuges retrun", "refugees return"),
        ("retur return", "return return"),
        ('"chemcial weapons"', '"chemical weapons"'),
    ],
)
def test_a_misspelling_gets_a_proposal_that_finds_something(client, query, proposal):
    html = search(client, query).replace("&quot;", '"')
    assert f"Did you mean {proposal} ?" in text(html)
    link = re.search(r'Did you mean <a href="([^"]+)"', html).group(1)
    assert kinds(client.get(link).content.decode()) != {}


def test_nothing_like_it_gets_no_proposal(client):
    words = text(search(client, "xyzzyplugh"))
    assert "Nothing here has “xyzzyplugh”. Try fewer or other words." in words


def test_known_words_that_do_not_meet_get_no_proposal(client):
    assert "Did you mean" not in search(client, "palmyra satterfield")


def hidden_round() -> Round:
    """A draft that says “quokkaville” wherever it can."""
    word = "Quokkaville"
    round_ = make_full_round(
        101, publication="review", city=word, venue=word, summary=word, date_note=word
    )
    make_agenda_item(round_, note=word)
    make_outcome(round_, text=word)
    make_document(round_, title=word)
    make_member(make_delegation(round_, note=word), position=word)
    return round_


@pytest.mark.parametrize("query", ["quokkaville", "quokkavile", '"quokkaville"', "quokkavill"])
def test_a_draft_leaks_nowhere(client, stranger, editor_client, query):
    hidden_round()
    visitor = Client()
    visitor.force_login(stranger)
    for one in (client, visitor):
        html = search(one, query)
        assert kinds(html) == {}
        assert "Did you mean" not in html
        assert kinds(search(one, query, kind="round")) == {}
        assert one.get("/search/suggest/", {"q": query}).json() == {"suggestions": []}
    if query == "quokkaville":
        found = kinds(search(editor_client, query))
        assert found == {"round": 1, "document": 1, "outcome": 1, "agenda": 1}
    elif query == "quokkavile":
        assert "Did you mean" in search(editor_client, query)


def test_a_round_is_found_as_soon_as_it_is_published(client):
    round_ = hidden_round()
    round_.publication = "published"
    round_.save()
    assert kinds(search(client, "quokkaville"))["outcome"] == 1


def rounds_with(client: Client, query: str) -> list[int]:
    found = client.get("/search/", {"q": query, "kind": "round"}).content.decode()
    return sorted(map(int, re.findall(r'class="hit" href="/rounds/(\d+)/"', found)))


def test_a_new_spelling_finds_the_person_and_the_rounds(client):
    assert rounds_with(client, "Yildizoglu") == []
    person = Person.objects.get(slug="ahmet-yildiz")
    person.other_spellings += "\nAhmet Yildizoglu"
    person.save()
    assert rounds_with(client, "Yildizoglu") == [21]
    assert addresses(search(client, "Yildizoglu"), "person") == ["/people/ahmet-yildiz/"]
    person.other_spellings = ""
    person.save()
    assert kinds(search(client, "Yildizoglu")) == {}


def test_a_new_name_of_a_participant_finds_its_rounds_and_people(client, blank):
    participant = make_participant(name="Numbat")
    make_person(name="Somebody", participant=participant)
    make_delegation(make_round(101), participant=participant)
    assert kinds(search(client, "numbat")) == {"participant": 1, "round": 1, "person": 1}
    Participant.objects.get().save()
    participant.name = "Bilby"
    participant.save()
    assert kinds(search(client, "numbat")) == {}
    assert kinds(search(client, "bilby")) == {"participant": 1, "round": 1, "person": 1}


def test_a_new_name_of_a_topic_finds_its_rounds_and_notes(client, blank):
    topic = make_topic(label="Numbat")
    make_agenda_item(make_round(101), topic=topic, note="A note.")
    topic.other_names = "Bilby"
    topic.save()
    assert kinds(search(client, "bilby")) == {"topic": 1, "round": 1, "agenda": 1}


@pytest.mark.parametrize("make", [make_outcome, make_agenda_item, make_document, make_delegation])
def test_parts_are_found_until_they_are_deleted(client, blank, make):
    field = {make_outcome: "text", make_document: "title"}.get(make, "note")
    part = make(make_round(101), **{field: "A quokka."})
    assert rounds_with(client, "quokka") == [101]
    setattr(part, field, "A numbat.")
    part.save()
    assert rounds_with(client, "quokka") == []
    assert rounds_with(client, "numbat") == [101]
    part.delete()
    assert kinds(search(client, "numbat")) == {}


def test_a_note_that_is_emptied_is_no_longer_found(client, blank):
    item = make_agenda_item(make_round(101), note="A quokka.")
    item.note = ""
    item.save()
    assert kinds(search(client, "quokka")) == {}


def test_a_member_is_found_until_it_is_deleted(client, blank):
    member = make_member(make_delegation(make_round(101)), position="Quokka")
    assert rounds_with(client, "quokka") == [101]
    member.delete()
    assert rounds_with(client, "quokka") == []


def test_deleting_leaves_no_entry(blank):
    make_full_round(101)
    make_milestone()
    assert SearchEntry.objects.count() > 0
    for model in (Outcome, Round, Person, Participant, Topic, Source):
        model.objects.all().delete()
    assert set(SearchEntry.objects.values_list("kind", flat=True)) == {SearchEntry.Kind.MILESTONE}


def test_an_edit_that_is_rolled_back_leaves_the_index_as_it_was(client, blank):
    round_ = make_round(101)
    with transaction.atomic():
        make_outcome(round_, text="A quokka.")
        assert kinds(search(client, "quokka")) == {"round": 1, "outcome": 1}
        transaction.set_rollback(True)
    assert kinds(search(client, "quokka")) == {}


def test_edits_together_are_found_at_the_end(client, blank):
    with together():
        part = make_outcome(make_round(101), text="A quokka.")
        with together():
            make_outcome(make_round(102), text="A quokka.")
        assert kinds(search(client, "quokka")) == {}
    assert kinds(search(client, "quokka")) == {"round": 2, "outcome": 2}
    with together():
        part.delete()
        Round.objects.get(number=102).delete()
    assert kinds(search(client, "quokka")) == {}


def test_editors_delete_a_round_without_hearing_of_the_index(editor_client):
    make_full_round(101)
    round_ = Round.objects.get(number=101)
    page = editor_client.get(f"/admin/rounds/round/{round_.pk}/delete/").content.decode()
    assert "earch entr" not in page


def everything() -> list[tuple[object, ...]]:
    fields = ("kind", "object_id", "anchor", "title", "names", "text", "words", "place", "round")
    return list(SearchEntry.objects.order_by("kind", "object_id").values_list(*fields))


def test_the_index_is_what_a_rebuild_gives():
    loaded = everything()
    for model in (Topic, Participant, Person, AgendaItem, Delegation, Outcome, Round):
        model.objects.first().save()
    assert everything() == loaded
    rebuild()
    assert everything() == loaded
    assert len(loaded) == 1219


def test_loaddata_and_migrate_write_the_index(client, tmp_path):
    SearchEntry.objects.all().delete()
    after_migrate()
    assert SearchEntry.objects.count() == 1219
    path = tmp_path / "topic.json"
    fields = {"slug": "quokka", "label": "Quokka", "definition": "An animal.", "theme": "security"}
    path.write_text(json.dumps([{"model": "topics.topic", "fields": fields}]))
    call_command("loaddata", path, verbosity=0)
    assert kinds(search(client, "quokkas")) == {"topic": 1}


def test_the_database_s_own_index_is_used():
    entries = SearchEntry.objects.having([["refuge"]])
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
    plan = entries.order_by().explain()
    assert ("rounds_searchentry_vector" in plan) or ("VIRTUAL TABLE INDEX" in plan)


def suggested(client: Client, query: str) -> list[tuple[str, str]]:
    found = client.get("/search/suggest/", {"q": query}).json()["suggestions"]
    return [(one["title"], one["url"]) for one in found]


@pytest.mark.parametrize(
    ("query", "title", "url"),
    [
        ("lav", "Alexander Lavrentyev", "/people/alexander-lavrentyev/"),
        ("лавр", "Alexander Lavrentyev", "/people/alexander-lavrentyev/"),
        ("turk", "Türkiye", "/participants/turkiye/"),
        ("prisoner", "Hostages, detainees and missing persons", "/topics/hostages/"),
        ("refugee", "Return of refugees and displaced persons", "/topics/refugee-return/"),
        ("round 16", "Round 16, Nur-Sultan", "/rounds/16/"),
    ],
)
def test_what_is_typed_so_far_gets_suggestions(client, query, title, url):
    assert suggested(client, query)[0] == (title, url)


def test_one_letter_or_nothing_gets_no_suggestion(client):
    assert suggested(client, "a") == suggested(client, "") == suggested(client, "x" * 201) == []


def test_there_are_at_most_eight_suggestions(client):
    assert len(suggested(client, "round")) == 8


def test_all_hits_of_a_kind_are_paged(client):
    html = search(client, "syria")
    assert len(addresses(html, "source")) == 5
    assert "?q=syria&amp;kind=source" in html
    total = kinds(html)["source"]
    seen = []
    for page in range(1, total // 50 + 2):
        html = search(client, "syria", kind="source", page=str(page))
        seen += addresses(html, "source")
    assert len(seen) == len(set(seen)) == total
    assert f'page={page - 1}">Previous page' in html


@pytest.mark.parametrize(
    "address",
    [
        "/search/",
        "/search/?q=",
        "/search/?q=turkey",
        "/search/?q=%22safe+return%22+%3Cb%3E",
        "/search/?q=syria&kind=source&page=2",
        "/search/?q=hostges",
        "/search/?q=%00",
        "/search/?q=syria&kind=nonsense",
    ],
)
def test_html_is_valid(client, address):
    html = client.get(address).content.decode()
    html5lib.HTMLParser(strict=True).parse(html)
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert sorted(ids) == sorted(set(ids))


def test_the_timeline_finds_words_in_different_parts_of_a_round(client, blank):
    round_ = make_round(101, summary="A quokka.")
    make_outcome(round_, text="A numbat.")
    make_outcome(make_round(102), text="A numbat.")
    html = client.get("/", {"q": "numbats quokkas"}).content.decode()
    assert re.findall(r'<article class="round" id="round-(\d+)"', html) == ["101"]


def test_words_are_folded_and_stemmed():
    assert folded("YILDIZ") == folded("Yıldız") == "yildiz"
    assert stems("The Syria’s refugees") == stems("the syria refugee") == ["the", "syria", "refuge"]
    assert stems("заложников") == stems("заложники")
    assert stems("عَلِي") == stems("علي")


def test_a_query_knows_idle_words_and_phrases():
    assert Query("the return of refugees").stems == ["return", "refuge"]
    assert Query("the").stems == ["the"]
    assert Query('"return of" the “refugees').stems == ["refuge", "return", "of"]


def test_a_snippet_shows_the_surroundings_of_the_first_hit():
    long = "word " * 100 + "quokka " + "word " * 100
    html = snippet(long, {"quokka"})
    shown = strip_tags(html)
    assert "<mark>quokka</mark>" in html
    assert shown.startswith("… word")
    assert shown.endswith("word …")
    assert len(shown) <= 270
    assert marked("", {"x"}) == ""


def test_words_of_proposals_are_kept_once():
    SearchWord.objects.all().delete()
    make_topic(label="Refugees Idlib", definition="Refugees, refugees in Ankara.")
    make_topic(label="IDLIB Refugees", definition="ankara")
    words = SearchWord.objects.filter(word__in=["refugees", "ankara", "idlib"])
    assert sorted(words.values_list("written", flat=True)) == ["Idlib", "ankara", "refugees"]


def test_a_round_says_when_only_its_parts_have_the_words(client, blank):
    round_ = make_full_round(7, summary="Nothing of note.", publication="published")
    make_outcome(round_, text="A quokka was seen.")
    hint = "in its agenda, delegations, outcomes or documents"
    assert text(search(client, "quokka")).count(hint) == 1
    assert hint not in text(search(client, "nothing of note"))
