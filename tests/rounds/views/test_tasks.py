"""What readers come for is at most two clicks from the first page.

A click follows a link, unfolds or ticks a filter, or sends a form that words were typed into.
"""

from dataclasses import dataclass
from urllib.parse import urlencode, urljoin

import pytest
from django.test import Client

from tests.pages import Part, get_page

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Follow:
    """The first link that says, or is named, so."""

    name: str
    clicks = 1

    def step(self, page: Part, address: str) -> str:
        for link in page.all("a[href]"):
            if self.name in (link.text, link.attributes.get("aria-label")):
                return urljoin(address, link.attributes["href"])
        raise AssertionError(f"{address} has no link “{self.name}”")


@dataclass(frozen=True)
class Choose:
    """A choice of a filter in a group that is folded; the rounds it leaves are said behind it."""

    filter: str
    label: str
    clicks = 2

    def step(self, page: Part, address: str) -> str:
        group = page.one("#filters")
        boxes = group.all(f'.group label:has([name="{self.filter}"])')
        found = {box.all("span")[0].text: box.values("value", "input")[0] for box in boxes}
        for option in group.all(f'.group select[name="{self.filter}"] option'):
            found[option.text.rpartition(" (")[0]] = option.attributes["value"]
        return f"{address}?{urlencode({self.filter: found[self.label]})}"


@dataclass(frozen=True)
class Search:
    """Words typed into the box of the header, and Enter."""

    words: str
    clicks = 1

    def step(self, page: Part, address: str) -> str:
        form = page.one("header form[role=search]")
        (name,) = form.values("name", "input[name]")
        return f"{form.attributes['action']}?{urlencode({name: self.words})}"


TASKS = {
    "Where does the process stand?": ([], "#state", "No round on record since"),
    "At which rounds were hostages an issue, and what was said?": (
        [Choose("topic", "Hostages, detainees and missing persons")],
        "#round-22 .passages",
        "Releasing hostages and tracing missing people.",
    ),
    "Which rounds did the United States stay away from?": (
        [Choose("absent", "United States")],
        ".sentence",
        "from which United States stayed away",
    ),
    "Who led the delegations at round 16?": (
        [Follow("Round 16, 7–8 July 2021, Nur-Sultan")],
        "#delegation-turkiye",
        "Selçuk Ünal",
    ),
    "Which sources does that rest on?": (
        [Follow("Round 16, 7–8 July 2021, Nur-Sultan")],
        "#sources",
        "What rests on it",
    ),
    "How often did Jordan come?": (
        [Follow("Participants"), Follow("Jordan")],
        "main",
        "at rounds",
    ),
    "What do the statements say of the return of refugees, from first to last?": (
        [Follow("Topics"), Follow("Return of refugees and displaced persons")],
        "main",
        "what they say, point by point",
    ),
    "Which topics came up at which round?": ([Follow("Topics by round")], "table", "Idlib"),
    "Who came to which round?": ([Follow("Attendance")], "table", "United Nations"),
    "Was each promised round held in time?": (
        [Follow("Next rounds promised")],
        "main",
        "days late",
    ),
    "What became of what was promised?": ([Follow("Commitments")], "main", "Not kept"),
    "Where do sources disagree?": ([Follow("Where sources disagree")], "main", "Round"),
    "What is not recorded?": ([Follow("What is not recorded")], "main", "Round"),
    "Who is علی اصغر خاجی?": (
        [Search("علي اصغر خاجي"), Follow("Ali Asghar Khaji")],
        "h1",
        "Ali Asghar Khaji",
    ),
    "What changed from round 15 to round 16?": (
        [Follow("Round 16, 7–8 July 2021, Nur-Sultan")],
        "main",
        "What changed since round 15",
    ),
}


@pytest.mark.parametrize("task", TASKS)
def test_a_task_takes_at_most_two_clicks(client: Client, task: str):
    steps, place, answer = TASKS[task]
    assert sum(step.clicks for step in steps) <= 2
    address = "/"
    for step in steps:
        address = step.step(get_page(client, address), address)
    assert any(answer in part.text for part in get_page(client, address).all(place))
