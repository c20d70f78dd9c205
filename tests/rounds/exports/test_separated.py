import csv
from datetime import date
from io import StringIO

import pytest

from rounds.exports.separated import SIGN, defused, lines, matrix_table
from rounds.findings.matrices import topic_matrix
from rounds.querysets import Outline, RoundReport
from rounds.topics.models import Topic


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@x", "\t=1", " =1", "\n=1", "＝1"])
def test_cells_are_no_formulas(value):
    assert defused(value) == f"'{value}"
    text = "".join(lines([[value, "1+1"]])).removeprefix(SIGN)
    assert list(csv.reader(StringIO(text))) == [[f"'{value}", "1+1"]]


def test_a_matrix_has_a_row_for_each_subject_and_a_column_for_each_round():
    rounds = [
        Outline(10 * n, n, date(2017, n, 1), date(2017, n, 2), "day", "Astana", "KZ", "held")
        for n in (1, 2)
    ]
    topics = [Topic(pk=1, slug="idlib", label="Idlib"), Topic(pk=2, slug="aid", label="Aid")]
    matrix = topic_matrix(rounds, topics, [RoundReport(2, 20, "agenda")])
    assert list(matrix_table(matrix, "topic")) == [
        ["topic", "name", "round_1", "round_2"],
        ["idlib", "Idlib", "", ""],
        ["aid", "Aid", "", "agenda"],
    ]
