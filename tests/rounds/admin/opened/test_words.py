import pytest

from rounds.admin.opened.words import compared


def marked(one: str, other: str) -> list[str]:
    """Both texts, with brackets around what is marked."""
    return [
        "".join(f"[{piece.text}]" if piece.differs else piece.text for piece in side)
        for side in compared(one, other)
    ]


@pytest.mark.parametrize(
    ("one", "other", "marks"),
    [
        ("Met in Astana.", "Met in Sochi.", ["Met in [Astana.]", "Met in [Sochi.]"]),
        ("They met.", "They met.", ["They met.", "They met."]),
        ("Met twice there", "Met there", ["Met [twice ]there", "Met there"]),
        ("Nothing alike", "All of it other", ["Nothing alike", "All of it other"]),
        ("", "Something", ["", "Something"]),
        ("a " * 3000, "b", ["a " * 3000, "b"]),
    ],
)
def test_words_that_the_other_text_lacks_are_marked(one, other, marks):
    assert marked(one, other) == marks
