import pytest
from django.utils.translation import override

from rounds.wording.lists import all_of, any_of, listed, quoted

# Each language with a list of three: all of them, any of them, one after another.
LISTS = {
    "en": ("A, B and C", "A, B or C", "A, B, C"),
    "ru": ("A, B и C", "A, B или C", "A, B, C"),
    "tr": ("A, B ve C", "A, B veya C", "A, B, C"),
    # An invisible mark keeps the Persian comma on the left of a Latin word.
    "fa": ("A،\u200f B، و C", "A،\u200f B، یا C", "A،\u200f B،\u200f C"),
    "ar": ("A وB وC", "A أو B أو C", "A وB وC"),
    "kk": ("A, B, C", "A, B, не болмаса C", "A, B, C"),
}


@pytest.mark.parametrize("language", LISTS)
def test_three_items_in_every_language(language):
    with override(language):
        said = tuple(write(["A", "B", "C"]) for write in (all_of, any_of, listed))
    assert said == LISTS[language]


@pytest.mark.parametrize(
    ("write", "pair"), [(all_of, "A and B"), (any_of, "A or B"), (listed, "A, B")]
)
def test_fewer_items(write, pair):
    assert [write([]), write(["A"]), write(["A", "B"])] == ["", "A", pair]


@pytest.mark.parametrize("write", [all_of, any_of, listed])
def test_braces_in_an_item_stay(write):
    assert write(["{0}", "{x}"]).startswith("{0}")
    assert write(["{0}", "{x}"]).endswith("{x}")


def test_items_are_taken_from_any_iterable():
    assert listed(letter for letter in "ABC") == "A, B, C"


def test_quotes():
    assert quoted("Idlib") == "“Idlib”"
