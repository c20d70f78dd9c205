import pytest
from django.test import Client

from rounds.findings.statements import Paper, StatementComparison, statements
from rounds.models import Document, Paragraph, Round
from rounds.topics.models import Topic
from tests.factories import (
    make_document,
    make_hidden_round,
    make_paragraph,
    make_round,
    make_topic,
)
from tests.pages import Part, get_page

pytestmark = pytest.mark.django_db

REFUGEES = "/statements/topics/refugee-return/"


def papers() -> list[Paper]:
    return [Paper(document) for document in Document.objects.with_points()]


def statement(number: int) -> Paper:
    return next(paper for paper in statements(papers()) if paper.number == number)


def follow(client: Client, *addresses: str) -> Part:
    """The page at the end of links, each of which the page before has."""
    page = get_page(client, "/")
    for address in addresses:
        assert any(link.partition("#")[0] == address for link in page.links()), address
        page = get_page(client, address)
    return page


def test_what_the_last_statement_said_on_refugees_and_when_that_was_first_said(client):
    page = follow(client, "/statements/", REFUGEES)
    points = Paragraph.objects.filter(topics__slug="refugee-return")
    numbers = {paper.number for paper in statements(papers()) if _has(paper, points)}
    seen = page.one("#seen").text
    assert f"First seen in the statement of round {min(numbers)} (" in seen
    assert "as far as the texts are recorded" in seen
    last = statement(max(numbers))
    passage = page.one(f"#round-{last.number}-document-{last.document.number}")
    for point in last.points:
        assert (point.gist in passage.text) == (point in points)


def _has(paper: Paper, points) -> bool:
    return any(point in points for point in paper.points)


def test_which_points_of_the_statement_of_round_20_were_new(client):
    page = follow(client, "/statements/", "/statements/compare/19/20/")
    new = StatementComparison(statement(19), statement(20)).came
    assert new
    section = page.section("new")
    assert section.texts("h3") == [str(change.topic) for change in new]
    for change in new:
        assert all(point.gist in section.text for point in change.after)


def test_which_statements_were_never_read_whole(client):
    page = follow(client, "/statements/")
    listed = {
        article.attributes["id"]: article.has(".unread") for article in page.all("article.paper")
    }
    assert listed == {
        f"round-{paper.number}-document-{paper.document.number}": not paper.is_read
        for paper in papers()
    }
    never = [paper for paper in papers() if not paper.read_count]
    assert all(f"Round {paper.number}" in page.one(".definition").text for paper in never)


def test_every_paper_is_listed_with_its_links_and_languages(client):
    page = get_page(client, "/statements/")
    for document in Document.objects.select_related("round"):
        article = page.one(f"#round-{document.round.number}-{document.anchor}")
        assert Paper(document).kind in article.one("h3").text
        assert {document.url, document.text_url} - {""} <= set(article.links())
    assert "(Persian)" in page.one("#round-8-document-3").text


def test_cells_lead_to_the_points(client):
    places = set(get_page(client, "/rounds/22/").ids)
    cells = get_page(client, "/statements/").links('.matrix td a[href^="/rounds/22/"]')
    assert cells
    assert {cell.partition("#")[2] for cell in cells} <= places


def test_a_topic_tells_of_statements_that_lack_it(client):
    texts = get_page(client, REFUGEES).texts(".silent")
    assert all(text.startswith("Not among the points recorded of the statement") for text in texts)


def test_a_topic_leads_to_what_the_statements_say(client):
    assert REFUGEES in get_page(client, "/topics/refugee-return/").links()


def test_a_topic_that_no_paper_has_is_said_to_be_in_none(client):
    topic = make_topic()
    page = get_page(client, f"/statements/topics/{topic.slug}/")
    assert page.one("#seen").text == "Not among the points recorded of any statement."


def test_a_wrong_slug_proposes_topics(client):
    page = get_page(client, "/statements/topics/refugees/", status=404)
    assert Topic.objects.get(slug="refugee-return").get_absolute_url() in page.links()


def test_a_comparison_in_the_other_order_leads_to_the_one_address(client):
    response = client.get("/statements/compare/20/19/")
    assert response.url == "/statements/compare/19/20/"


@pytest.mark.parametrize(
    ("pair", "sentence"),
    [
        ("22/22", "The statement of round 22 does not differ from itself."),
        ("22/9999", "No statement of round 9999 is recorded point by point."),
        ("9998/9999", "No statements of rounds 9998, 9999 are recorded point by point."),
    ],
)
def test_what_cannot_be_compared_is_said(client, pair, sentence):
    page = get_page(client, f"/statements/compare/{pair}/", status=404)
    assert sentence in page.one(".notice").text


def test_drafts_do_not_show(client):
    round_ = make_hidden_round("Quokka")
    make_paragraph(
        round_.documents.first(), number=1, topics=list(Topic.objects.all()), gist="Quokka"
    )
    for address in ("/statements/", REFUGEES, "/gaps/"):
        assert "Quokka" not in get_page(client, address).text
    assert get_page(client, "/statements/compare/22/101/", status=404)


def test_the_round_shows_its_paper_point_by_point(client):
    paper = statement(20)
    article = get_page(client, "/rounds/20/").one("#document-1")
    assert article.one(".paper-footing").text == f"Not seen whole. {paper.footing}"
    for point in paper.points:
        shown = article.one(f"#{point.anchor}")
        assert point.gist in shown.text
        assert shown.one(".basis").text == point.get_basis_display()
        topics = [f"/statements/topics/{topic.slug}/" for topic in point.topics.all()]
        assert shown.links(".point-notes a") == topics


def test_the_round_leads_to_the_comparison_with_the_statement_before(client):
    assert "/statements/compare/19/20/" in get_page(client, "/rounds/20/").links()
    assert not get_page(client, "/rounds/1/").has('#documents a[href^="/statements/compare/"]')


def test_the_statement_before_is_never_one_beyond_a_round_that_may_be_a_draft(client, blank):
    topic = make_topic()
    for number, publication in ((101, "published"), (102, "draft"), (103, "published")):
        document = make_document(make_round(number, publication=publication))
        make_paragraph(document, topics=[topic])
    for address in ("/statements/", "/rounds/103/"):
        assert not get_page(client, address).has('a[href^="/statements/compare/"]'), address
    Round.objects.filter(number=102).update(publication="published")
    for address in ("/statements/", "/rounds/103/"):
        assert "/statements/compare/102/103/" in get_page(client, address).links()


def test_nothing_is_gone_from_a_statement_of_which_no_point_is_recorded(client, blank):
    make_paragraph(make_document(make_round(101)), topics=[make_topic()])
    make_document(make_round(102))
    page = get_page(client, "/statements/compare/101/102/", status=404)
    assert "No statement of round 102 is recorded point by point." in page.one(".notice").text
    for address in ("/statements/", "/rounds/102/"):
        assert not get_page(client, address).has('a[href^="/statements/compare/"]'), address


def test_gaps_tell_of_papers_not_seen_whole(client):
    unread = get_page(client, "/gaps/").section("unread")
    reported = Paragraph.objects.filter(basis="report").select_related("document__round")
    assert {point.get_absolute_url() for point in reported} <= set(unread.links())


def test_the_matrix_of_topics_tells_of_points(client):
    paper = statement(22)
    topic, points = next(iter(paper.by_topic.items()))
    cells = get_page(client, "/matrix/topics/").values(
        "title", f'a[href="/rounds/22/#{topic.anchor}"]'
    )
    assert f"{len(points)} point" in cells[0]
