"""What is asked is put in one way, and stays what Django reads."""

import pytest
from django.http import QueryDict

from rounds.selection.parameters import Parameter, Unused, in_order

PARAMETERS = {
    "q": Parameter(None),
    "topic": Parameter(is_repeatable=True),
    "order": Parameter("newest"),
    "page": Parameter("1"),
}


@pytest.mark.parametrize(
    ("asked", "put"),
    [
        ("page=2&order=oldest&q=a", "q=a&order=oldest&page=2"),
        ("topic=b&topic=a&topic=&topic=b", "topic=a&topic=b"),
        ("order=newest&page=1&topic=", ""),
        ("page=1&page=1", ""),
        ("page=1&page=2&page=1", "page=2&page=1"),
        ("page=1&page=2", "page=1&page=2"),
        ("order=oldest&order=", "order=oldest"),
        ("order=&page=", ""),
        ("q=a&q=b&q=a", "q=b&q=a"),
        ("q=", "q="),
        ("q=a&q=", "q=a"),
        ("z=1&b=&page=3", "page=3&b=&z=1"),
    ],
)
def test_a_question_is_put_in_one_way(asked, put):
    found = in_order(QueryDict(asked), PARAMETERS)
    assert found.urlencode() == put
    assert bool(found) == bool(put)
    assert in_order(found, PARAMETERS) == found


@pytest.mark.parametrize(
    ("asked", "names", "values"),
    [
        ("q=a&topic=b&topic=c&order=oldest&page=2", [], {}),
        ("q=&order=&page=1&page=1&topic=&topic=", [], {}),
        ("z=1&b=&page=3", ["b", "z"], {}),
        ("q=a&q=&q=b&q=a", [], {"q": (["b"], "a")}),
        ("page=1&page=2&page=3", [], {"page": (["1", "2"], "3")}),
    ],
)
def test_what_changes_nothing_is_known(asked, names, values):
    assert Unused.of(QueryDict(asked), PARAMETERS) == (names, values)
    assert Unused.of(in_order(QueryDict(asked), PARAMETERS), PARAMETERS) == (names, values)
