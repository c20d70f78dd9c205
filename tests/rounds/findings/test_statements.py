import pytest

from rounds.findings.statements import (
    Paper,
    StatementComparison,
    entries,
    grid,
    statements,
    story,
)
from rounds.models import Document, Paragraph
from rounds.topics.models import Topic
from tests.factories import make_document, make_paragraph, make_round, make_topic

pytestmark = pytest.mark.django_db


def papers() -> list[Paper]:
    return [Paper(document) for document in Document.objects.with_points()]


def paper_with(*points: tuple[int | None, str]) -> Paper:
    document = make_document(make_round())
    for number, basis in points:
        make_paragraph(document, number=number, basis=basis)
    return Paper(document)


@pytest.mark.parametrize(
    ("points", "is_read", "footing"),
    [
        ([], False, "No point of it is recorded."),
        ([(0, "text"), (1, "text")], True, "Read in the text: all 2 points recorded."),
        ([(1, "text")], True, "Read in the text: the one point recorded."),
        (
            [(1, "text"), (3, "report")],
            False,
            "Read in the text: 1 of the 2 points recorded; the other is known from a report. "
            "Nothing is recorded of its point 2.",
        ),
        (
            [(None, "report"), (None, "report")],
            False,
            "Not read in the text: all 2 points recorded are known from reports. "
            "The place of 2 points in the text is not known.",
        ),
    ],
)
def test_a_paper_says_what_its_points_rest_on(blank, points, is_read, footing):
    paper = paper_with(*points)
    assert (paper.is_read, paper.footing) == (is_read, footing)


def test_of_each_round_one_paper_counts_as_the_statement(blank):
    round_ = make_round()
    regulation = make_document(round_, kind="regulation")
    make_document(round_, kind="joint-statement")
    joint = make_document(round_, kind="joint-statement")
    other = make_document(make_round(102))
    for document in (regulation, joint, other):
        make_paragraph(document)
    assert [paper.document for paper in statements(papers())] == [joint, other]
    before = [entry.before and entry.before.document for entry in entries(papers())]
    assert before == [None, None, None, joint]


def test_a_paper_without_points_is_no_statement_to_compare(blank):
    for number, points in ((101, 1), (102, 0), (103, 1), (104, 1)):
        document = make_document(make_round(number))
        for _ in range(points):
            make_paragraph(document)
    assert [paper.number for paper in statements(papers())] == [101, 103, 104]
    before = [entry.before and entry.before.number for entry in entries(papers())]
    assert before == [None, None, None, 103]


def statements_on(topic: Topic, *rounds: int, without: tuple[int, ...] = ()) -> None:
    for number in (*rounds, *without):
        document = make_document(make_round(number), kind="joint-statement")
        topics = [topic] if number in rounds else []
        make_paragraph(document, number=1, topics=topics)


def test_a_story_tells_the_statements_between_that_lack_the_topic(blank):
    topic = make_topic()
    statements_on(topic, 102, 105, without=(101, 103, 104, 106))
    make_document(make_round(107), kind="joint-statement")  # of which nothing is recorded
    told = story(topic, papers())
    assert [passage.paper.number for passage in told.passages] == [102, 105]
    assert [passage.silent for passage in told.passages] == [[], [103, 104]]
    assert told.silent == [106]
    assert (told.first.paper.number, told.last.paper.number) == (102, 105)


def test_first_seen_is_said_of_statements_alone(blank):
    topic = make_topic()
    round_ = make_round()
    make_paragraph(make_document(round_, kind="joint-statement"), number=1)
    make_paragraph(make_document(round_, kind="regulation"), number=1, topics=[topic])
    told = story(topic, papers())
    assert (told.first, told.last, len(told.passages)) == (None, None, 1)


def test_grid_counts_points_and_marks_first_and_last(blank):
    topic = make_topic()
    lacking = make_topic()
    statements_on(topic, 101, 103, without=(102,))
    counted = grid(statements(papers()), [topic, lacking])
    (row,) = counted.rows
    assert [cell.count for cell in row.cells] == [1, 0, 1]
    assert row.cells[0].text == "1 point, first seen"
    assert row.cells[2].text == "1 point, last seen"
    assert row.cells[0].href == "/rounds/101/#document-1-point-1"
    assert counted.absent == [lacking]


def test_grid_counts_what_the_matrix_of_topics_counts():
    counted = grid(statements(papers()), Topic.objects.all())
    cells = {
        (row.topic.pk, cell.paper.round.pk): cell.count
        for row in counted.rows
        for cell in row.cells
        if cell.points
    }
    assert cells == Paragraph.objects.per_topic()


def test_comparison_is_by_topic(blank):
    gone, kept, new = make_topic(), make_topic(), make_topic()
    first, second = (make_document(make_round(number)) for number in (101, 102))
    make_paragraph(first, number=1, topics=[gone, kept])
    make_paragraph(second, number=1, topics=[kept])
    make_paragraph(second, number=2, topics=[new])
    thanks = make_paragraph(second, number=3)
    found = StatementComparison(*papers())
    assert [change.topic for change in found.went] == [gone]
    assert [change.topic for change in found.kept] == [kept]
    assert [change.topic for change in found.came] == [new]
    assert [point.number for point in found.came[0].after] == [2]
    assert found.after.without_topic == [thanks]
