import pytest

from rounds.wording.numbers import ranges


@pytest.mark.parametrize(
    ("numbers", "text"), [([], ""), ([3], "3"), ([1, 2, 3, 5], "1–3, 5"), ([5, 4, 1], "1, 4–5")]
)
def test_ranges(numbers, text):
    assert ranges(numbers) == text
