"""The pictures by which others show a page that is shared."""

from io import BytesIO
from itertools import pairwise
from time import perf_counter

import pytest
from PIL import Image

from rounds.models import Round
from rounds.pictures.cards import HEIGHT, ROOM, TICK, WIDTH, round_card, timeline_card
from rounds.pictures.drawn import Ink, png
from rounds.pictures.letters import PLAIN, TITLE, balanced, lines, width
from rounds.topics.models import Topic
from tests.factories import make_agenda_item, make_round, make_topic
from tests.pages import get_page

pytestmark = pytest.mark.django_db

CARDS = ["/cards/rounds/22.png", "/cards/topics/hostages.png", "/cards/timeline.png?year=2018"]


def image_of(content: bytes) -> Image.Image:
    image = Image.open(BytesIO(content))
    image.load()
    return image.convert("RGB")


def ink(image: Image.Image, left: int, top: int, right: int, bottom: int) -> float:
    """Which part of an area is darker than the ground."""
    histogram = image.crop((left, top, right, bottom)).convert("L").histogram()
    return sum(histogram[:128]) / sum(histogram)


def card(client, address: str) -> Image.Image:
    response = client.get(address)
    assert response.status_code == 200, address
    assert response.headers["Content-Type"] == "image/png"
    assert len(response.content) <= 60_000, address
    return image_of(response.content)


def test_every_page_shows_its_card_when_it_is_shared(client):
    pages = {
        "/": "/cards/timeline.png",
        "/?topic=hostages&stage=statement": "/cards/timeline.png?topic=hostages&stage=statement",
        "/?topic=nothing": "/cards/timeline.png",
        "/?milestones=on&view=table": "/cards/timeline.png",
        "/rounds/22/": "/cards/rounds/22.png",
        "/topics/hostages/": "/cards/topics/hostages.png",
        "/people/": "/cards/timeline.png",
    }
    for address, expected in pages.items():
        page = get_page(client, address)
        said = {
            one.attributes["property"]: one.attributes["content"]
            for one in page.all('meta[property^="og:image"]')
        }
        assert said["og:image"] == f"http://testserver{expected}"
        image = card(client, expected)
        assert [str(one) for one in image.size] == [said["og:image:width"], said["og:image:height"]]
        assert said["og:image:alt"]
        (twitter,) = page.values("content", 'meta[name="twitter:card"]')
        assert twitter == "summary_large_image"


def test_every_round_and_topic_has_a_card_of_its_own(client):
    rounds = [f"/cards/rounds/{number}.png" for number in (1, 4, 12, 22)]
    topics = [f"/cards/topics/{one.slug}.png" for one in Topic.objects.all()[:4]]
    found = set()
    for address in (*rounds, *topics):
        image = card(client, address)
        assert image.size == (WIDTH, HEIGHT)
        assert len(image.getcolors(10_000) or []) > 10
        assert ink(image, 64, 110, 700, 250) > 0.02, "the headline"
        assert ink(image, 64, 60, 400, 110) > 0.02, "the name of the site"
        assert ink(image, 64, 300, 1136, 540) > 0.005, "the rounds"
        found.add(image.tobytes())
    assert len(found) == len(rounds) + len(topics)


def test_letters_come_along_and_no_system_is_asked_for_fonts():
    """Each letter has a shape of its own, not that of a missing one."""
    signs = "aİığşçöüÂАҚңәһ—–“”’…"
    shapes = set()
    for sign in signs:
        text = f'<text x="20" y="150" font-size="120" font-family="sans-serif">{sign}</text>'
        size = 'width="200" height="200" viewBox="0 0 200 200"'
        ground = '<rect width="200" height="200" fill="#fff"/>'
        drawn = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{ground}{text}</svg>'
        shapes.add(image_of(png(drawn)).tobytes())
    assert len(shapes) == len(signs)


def test_a_card_is_made_quickly_and_the_same_each_time(client):
    for address in CARDS:
        client.get(address)
        began = perf_counter()
        again = [client.get(address).content for _ in range(3)]
        assert (perf_counter() - began) / 3 < 1, "three times what it takes on a busy machine"
        assert len(set(again)) == 1


def test_what_is_announced_is_said_and_hollow(client, blank):
    make_round(101)
    announced = make_round(102, status="announced")
    rounds = list(Round.objects.outline())
    found = round_card(Round.objects.with_comparison().get(pk=announced.pk), rounds)
    assert "Announced" in [text.text for text in found.texts]
    assert [tick.is_hollow for tick in found.ticks if tick.is_marked] == [True]
    assert card(client, "/cards/rounds/102.png").size == (WIDTH, HEIGHT)


def test_what_is_not_recorded_is_left_out(client, blank):
    bare = make_round(101)
    found = round_card(Round.objects.with_comparison().get(pk=bare.pk), [])
    assert found.texts[0].text == "Astana process tracker"
    assert not any(text.text.isdigit() or "led by" in text.text for text in found.texts)
    assert list(found.ticks) == list(found.years) == []


def test_an_empty_record_has_a_card(client, blank):
    card(client, "/cards/timeline.png")


def test_long_and_odd_texts_stay_on_the_card(client, blank):
    label = "Wwwwwwwwww" * 11
    topic = make_topic(label=label, slug="long")
    make_agenda_item(make_round(101, city="<&\x0b]]>"), topic=topic)
    for address in (
        "/cards/topics/long.png",
        "/cards/rounds/101.png",
        f"/cards/timeline.png?q={label}",
    ):
        image = card(client, address)
        assert ink(image, WIDTH - 60, 20, WIDTH, HEIGHT) == 0
    sentence = timeline_card(f"{label} " * 20, set(), list(Round.objects.outline()))
    assert sentence.texts[-1].text.endswith("…")
    assert max(text.end for text in sentence.texts) <= 64 + ROOM + 1


def test_lines_hold_all_words_in_their_room():
    text = "Return of refugees and displaced persons, their housing and property"
    broken = lines(text, TITLE, 60, 500, 9)
    assert " ".join(broken) == text
    assert max(width(line, TITLE, 60) for line in broken) <= 500
    assert lines("", PLAIN, 20, 100, 2) == []
    assert lines("Return of refugees", TITLE, 60, 300, 1) == ["Return of…"]
    assert lines("W" * 20, TITLE, 60, 300, 1)[0].endswith("W…")


def test_lines_of_a_headline_are_even():
    text = "Return of refugees and displaced persons"
    assert balanced(text, TITLE, 72, ROOM, 2) == ["Return of refugees", "and displaced persons"]
    assert balanced("Idlib", TITLE, 72, ROOM, 2) == ["Idlib"]


def test_many_rounds_stand_apart(client):
    rounds = [one._replace(pk=number) for number in range(100) for one in Round.objects.outline()]
    places = sorted({tick.box.x for tick in timeline_card("All", set(), rounds).ticks})
    assert min(other - one for one, other in pairwise(places)) > TICK


def test_what_is_asked_for_wrongly_is_refused(client):
    for address in ("/cards/rounds/999.png", "/cards/rounds/x.png", "/cards/topics/nothing.png"):
        assert client.get(address).status_code == 404
    for address in (
        "/cards/rounds/22.png?x=1",
        "/cards/timeline.png?topic=nothing",
        "/cards/timeline.png?date_after=never",
        "/cards/timeline.png?page=2",
        "/cards/timeline.png?year=2018&order=newest&order=oldest",
    ):
        response = client.get(address)
        assert response.status_code == 400, address
        assert response.headers["Content-Type"].startswith("text/plain")


def test_inks_are_those_of_the_site(settings):
    css = (settings.BASE_DIR / "static/css/base.css").read_text()
    light = css[: css.index("@media")]
    inks = {name: value for name, value in vars(Ink).items() if not name.startswith("_")}
    assert inks.pop("faint") not in light
    for name, value in inks.items():
        assert f"--{name.replace('_', '-')}: {value};" in light
