"""The picture of the timeline as a file to take along."""

from io import BytesIO
from xml.etree.ElementTree import Element

import pytest
from lxml import etree
from PIL import Image

from rounds.changes import together
from rounds.models import Round
from rounds.pictures.timeline import MOST_MARKS
from tests.factories import make_milestone, make_round
from tests.pages import get_page

pytestmark = pytest.mark.django_db

SVG = "{http://www.w3.org/2000/svg}"
ASKED = "topic=hostages&stage=statement"


def picture(client, query: str = "") -> Element:
    """The SVG, read as strictly as XML is."""
    response = client.get(f"/picture.svg?{query}")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/svg+xml; charset=utf-8"
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return etree.fromstring(response.content, parser)


def texts(svg: Element) -> list[str]:
    return ["".join(one.itertext()) for one in svg.iter(f"{SVG}text")]


def image_of(client, query: str = "") -> Image.Image:
    response = client.get(f"/picture.png?{query}")
    assert response.headers["Content-Type"] == "image/png"
    image = Image.open(BytesIO(response.content))
    image.load()
    return image


def test_the_picture_says_by_itself_what_it_shows_and_where_it_is_from(client):
    svg = picture(client, ASKED)
    found = texts(svg)
    sentence = get_page(client, f"/?{ASKED}").one(".sentence").text
    assert sentence in found
    assert f"Astana process tracker, http://testserver/?{ASKED}" in found
    assert any("Edition" in one and "CC BY 4.0" in one for one in found)
    legend = {"Astana", "Sochi", "Nur-Sultan", "does not match the filters", "milestone"}
    assert legend <= set(found)
    assert svg.attrib["role"] == "img"
    assert svg.find(f"{SVG}title").text == found[0]
    assert svg.find(f"{SVG}desc").text == f"{sentence}. http://testserver/?{ASKED}"
    assert svg.attrib["aria-labelledby"].split() == [
        svg.find(f"{SVG}{name}").attrib["id"] for name in ("title", "desc")
    ]


def test_every_mark_of_the_page_is_in_the_file(client):
    links = picture(client, ASKED).iter(f"{SVG}a")
    found = {one.attrib["href"]: one.find(f".//{SVG}title").text for one in links}
    marks = get_page(client, f"/?{ASKED}").all(".picture.lying a")
    assert found == {
        f"http://testserver{one.attributes['href']}": one.attributes["aria-label"] for one in marks
    }
    assert {f"http://testserver/rounds/{number}/" for number in range(1, 23)} <= found.keys()


def test_nothing_in_the_file_needs_anything_else(client):
    """No style that a strict policy forbids, no script, no font or picture from elsewhere."""
    svg = picture(client, ASKED)
    elements = {one.tag.removeprefix(SVG) for one in svg.iter() if isinstance(one.tag, str)}
    assert elements == {"svg", "title", "desc", "g", "a", "rect", "circle", "path", "text"}
    names = {name for one in svg.iter() for name in one.attrib}
    assert not {name for name in names if name in ("style", "class") or name.startswith("on")}


def test_what_is_announced_is_hollow_there_too(client, blank):
    make_round(101)
    make_round(102, status="announced", city="Sochi")
    svg = picture(client)
    assert "announced" in texts(svg)
    (link,) = [one for one in svg.iter(f"{SVG}a") if one.attrib["href"].endswith("/rounds/102/")]
    assert [one.attrib.get("stroke-dasharray") for one in link.iter(f"{SVG}g")] == [None, "4 2"]


def test_the_same_in_pixels(client):
    svg = picture(client, ASKED)
    image = image_of(client, ASKED)
    assert image.size == tuple(2 * round(float(svg.attrib[name])) for name in ("width", "height"))
    colours = image.convert("RGB").getcolors(10_000) or []
    assert 10 < len(colours) <= 64
    assert image.tobytes() != image_of(client).tobytes()


def test_many_rounds_are_drawn_as_on_the_page(client, blank):
    with together():
        for number in range(1, MOST_MARKS + 2):
            make_round(number, city="Sochi" if number % 2 else "Astana")
    svg = picture(client, "city=Sochi")
    links = [one.attrib["href"] for one in svg.iter(f"{SVG}a")]
    page = get_page(client, "/?city=Sochi")
    assert links == [f"http://testserver{one}" for one in page.links(".picture.lying a")]
    assert "rounds that match the filters" in texts(svg)
    assert image_of(client, "city=Sochi").size[0] > 2000


def test_odd_signs_make_no_other_document(client, blank):
    make_round(101, city="<b>&\x0b]]>")
    make_milestone(title="\ufffe <script>", start=Round.objects.get().start)
    svg = picture(client, "q=%3C%2Ftext%3E%0B%26")
    assert any("</text>" in one for one in texts(svg))
    assert "<b>&\ufffd]]>" in texts(svg)
    image_of(client, "q=%3C%2Ftext%3E%0B%26")


def test_a_draft_changes_no_pixel(client, blank, monkeypatch):
    monkeypatch.setattr("rounds.views.pictures.edition_of", lambda request: "")
    make_round(101)
    make_milestone()
    before = client.get("/picture.png").content
    draft = make_round(102, publication="draft", city="Elsewhere")
    make_milestone(related_round=draft)
    assert client.get("/picture.png").content == before
    draft.publication = "published"
    draft.save()
    assert client.get("/picture.png").content != before


def test_an_empty_record_has_a_picture(client, blank):
    assert list(picture(client).iter(f"{SVG}a")) == []
    image_of(client)
    assert not get_page(client, "/").has("#picture .formats")


def test_the_page_leads_to_the_picture_with_its_filters(client):
    page = get_page(client, f"/?{ASKED}&view=table&milestones=on")
    links = page.links("#picture .formats a")
    assert links == [f"/picture.svg?{ASKED}", f"/picture.png?{ASKED}"]
    for address in links:
        assert client.get(address).status_code == 200
    assert not get_page(client, "/?topic=nothing").has("#picture .formats")


def test_what_is_asked_for_wrongly_is_refused(client):
    for query in ("topic=nothing", "size=9", "view=table", "year=x"):
        for form in ("svg", "png"):
            response = client.get(f"/picture.{form}?{query}")
            assert response.status_code == 400, query
            assert query.partition("=")[0] in response.content.decode()
