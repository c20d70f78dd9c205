"""The guide for editors and the card: what they name is on the pages, what they show is kept."""

import pytest
from django.conf import settings
from django.test import Client

from rounds.models import Message, Round
from rounds.participants.models import Person
from rounds.sources.models import Source
from tests.addresses import admin_address
from tests.documents import GUIDE, anchors, bold, leads_to, pictures
from tests.editors import Editor
from tests.factories import make_message, make_source
from tests.pages import Part, get_page, page_of, read

DOCS = settings.BASE_DIR / "docs"


def said_on(page: Part) -> str:
    """All that a page says, also what its buttons are called and what its scripts say."""
    proposals = page.values("data-new-person", "[data-new-person]")
    kept = [read(one.html[len("<template>") :]).text for one in page.all(".opened > template")]
    return " ".join([page.text, *page.values("value", "[value]"), *proposals, *kept])


def conflict_over(round_: Round) -> Part:
    """The page that the second to save sees; the round is a draft after it."""
    Round.objects.filter(pk=round_.pk).update(publication="draft", summary="")
    first, second = Editor("first"), Editor("second")
    first.open(round_)
    second.open(round_)
    assert first.save(venue="One")
    assert not second.save(venue="Another")
    return second.page


@pytest.mark.django_db
def test_what_the_guide_and_the_card_name_is_on_the_pages(publisher_client: Client):
    round_ = Round.objects.get(number=3)
    page_of_round = admin_address(Round, "change", round_.pk)
    stays, goes = Person.objects.values_list("pk", flat=True)[:2]

    def look_at(*addresses: str) -> list[Part]:
        return [get_page(publisher_client, one) for one in addresses]

    pages = look_at(
        "/",
        "/admin/",
        admin_address(Round, "add"),
        page_of_round,  # which is public
        admin_address(Source, "changelist"),
        admin_address(Source, "add"),
        admin_address(Person, "changelist"),
        f"/admin/participants/person/merge/?stays={stays}&goes={goes}",
        admin_address(Message, "change", make_message().pk),
    )
    pages.append(get_page(Client(), "/admin/login/"))
    pages.append(conflict_over(round_))
    make_source().delete()
    [history] = look_at(admin_address(Round, "history", round_.pk))
    former = history.links("article p a")[0]
    pages += [history, *look_at(page_of_round, former, "/admin/deleted/")]
    Round.objects.filter(pk=round_.pk).update(publication="review", summary="It was held.")
    pages += look_at(page_of_round)
    unknown = {"address": "https://example.org/unknown"}
    pages.append(page_of(publisher_client.post("/admin/entering/source/", unknown)))

    card = get_page(publisher_client, "/admin/card/")
    named = [*bold(GUIDE), *card.texts(".card-of-rounds b")]
    assert len(named) > 60
    everything = " ".join(map(said_on, pages))
    assert [one for one in named if one.removesuffix(" …") not in everything] == []


def test_the_guide_shows_every_picture_and_no_other():
    kept = {f"images/{path.name}": path.stat().st_size for path in (DOCS / "images").iterdir()}
    assert pictures(GUIDE) == kept.keys()
    assert sum(kept.values()) < 600_000


def test_the_guide_leads_to_what_is_there():
    links = leads_to(GUIDE)
    within = {one for one in links if one.startswith("#")}
    assert within <= anchors(GUIDE)
    assert [one for one in links - within if not (DOCS / one).exists()] == []
