"""How numbers of rounds are written."""

from collections.abc import Iterable

from rounds.wording.lists import listed


def ranges(numbers: Iterable[int]) -> str:
    """Numbers in words: 1, 2, 3 and 5 give “1–3, 5”."""
    spans: list[list[int]] = []
    for number in sorted(set(numbers)):
        if spans and number == spans[-1][-1] + 1:
            spans[-1].append(number)
        else:
            spans.append([number])
    return listed(str(s[0]) if len(s) == 1 else f"{s[0]}–{s[-1]}" for s in spans)


def ordinal(number: int) -> str:
    """A number in English order: “22nd”, “113th”."""
    ending = (
        "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    )
    return f"{number}{ending}"
