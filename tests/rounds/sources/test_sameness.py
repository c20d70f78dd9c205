"""A publication is on record once, however its address is written."""

from io import StringIO

import pytest
from django.contrib.auth.models import Permission, User
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client

from rounds.sources.models import Source
from rounds.sources.sameness import key_of, normalised, original
from tests.addresses import admin_address
from tests.factories import make_source
from tests.forms import form_data
from tests.pages import get_page, page_of

FIRST = "https://www.example.org/news/syria?id=7&page=2"
SAME = [
    "http://www.example.org/news/syria?id=7&page=2",
    "https://example.org/news/syria?page=2&id=7",
    "HTTPS://WWW.Example.ORG.:443/news/syria/?id=7&page=2#comments",
    "https://m.example.org/amp/news/syria?id=7&page=2&amp=1",
    "https://example.org/news/syria/amp?id=%37&page=2",
    "example.org/news/syria?id=7&page=2&utm_source=x&utm_medium=y&fbclid=a&gclid=b&yclid=c&ysclid=d",
    "https://web.archive.org/web/20240101000000/http://example.org/news/syria?id=7&page=2",
    "https://archive.ph/2024.01.01-000000/https:/www.example.org/news/syria?id=7&page=2",
    "  https://example.org/news/syria?id=7&page=2\n",
]
OTHERS = [
    "https://example.org/news/syria",
    "https://example.org/news/Syria?id=7&page=2",
    "https://example.org/news/syria?id=8&page=2",
    "https://example.org/news/syria?id=7&page=",
    "https://en.example.org/news/syria?id=7&page=2",
    "https://example.org:8443/news/syria?id=7&page=2",
    "https://example.org/news/syria?id=7&page=2#!/en",
    "https://example.org/news%2Fsyria?id=7&page=2",
    "https://web.archive.org/web/20240101000000/http://example.org/news",
]


def test_addresses_are_the_same_by_what_they_lead_to():
    keys = {key_of(FIRST)}
    assert [one for one in SAME if not keys & {key_of(one), key_of(original(one))}] == []
    assert [one for one in OTHERS if keys & {key_of(one), key_of(original(one))}] == []
    assert normalised("https://пример.рф/новости/") == normalised(
        "http://www.xn--e1afmkfd.xn--p1ai/%d0%bd%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8"
    )


@pytest.mark.parametrize(
    "text", ["", " ", "http://[::1", "http://x:port/", "кокка", "\ud800", "://"]
)
def test_what_is_no_address_is_like_nothing_but_itself(text):
    assert isinstance(key_of(text), str)
    assert key_of(text) != key_of(FIRST)


@pytest.mark.django_db
def test_no_two_sources_on_record_are_the_same():
    keys = Source.objects.values_list("url_key", flat=True)
    assert len(set(keys)) == len(keys) == 955
    assert keys[0] == key_of(Source.objects.all()[0].url)


@pytest.fixture
def first(db: None) -> Source:
    return make_source(
        slug="first", url=FIRST, archive_url="https://archive.example/copies/AbC", title="Talks"
    )


@pytest.mark.parametrize(
    "write",
    [
        lambda one: one.save(),
        lambda one: one.save(update_fields=["url"]),
        lambda one: one.save_base(raw=True),
        lambda one: Source.objects.bulk_create([Source(slug="other", url=one.url)]),
    ],
)
def test_whatever_writes_an_address_keeps_its_key(first, write):
    first.url = "https://example.org/another"
    write(first)
    assert Source.objects.at("http://example.org/another/").exists()


def test_a_source_is_found_by_its_address_and_its_copy(first):
    other = make_source(url=OTHERS[0])
    for address in (*SAME, "http://archive.example/copies/AbC/"):
        assert list(Source.objects.at(address)) == [first], address
    assert not any(Source.objects.at(one).filter(pk=first.pk) for one in (*OTHERS, "", " "))
    assert list(Source.objects.at(OTHERS[0])) == [other]


def test_the_same_address_is_refused_and_what_was_there_stays(first):
    second = make_source(url=SAME[0])  # from before this was refused
    second.full_clean()
    second.url = SAME[1]
    second.full_clean()
    for url in (FIRST, SAME[0], first.archive_url):
        with pytest.raises(ValidationError, match="“first”, which is on record"):
            Source(slug="x", title="X", publisher="X", language="en", url=url).full_clean()


@pytest.fixture
def send(first):
    def send(client: Client, **changes: str):
        address = admin_address(Source, "add")
        data = form_data(get_page(client, address).one("#source_form"))
        wanted = {"slug": "x", "title": "X", "publisher": "X", "language": "en"} | changes
        return client.post(address, data | {name: [value] for name, value in wanted.items()})

    return send


def test_the_admin_leads_to_the_first_one(editor_client, first, send):
    page = page_of(send(editor_client, url=SAME[0]))
    link = admin_address(Source, "change", first.pk)
    assert link in page.links(".field-url .errorlist a")
    assert link in page.links("nav.faults a")
    assert "This is the address of a source on record: Agency: Talks" in page.texts(
        "#source_form li"
    )
    assert send(editor_client, url=OTHERS[0]).status_code == 302


def test_who_may_not_see_the_first_one_is_not_told_of_it(first, send):
    user = User.objects.create_user("typist", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["add_source", "view_source"]))
    client = Client()
    client.force_login(user)
    page = page_of(send(client, url=SAME[0]))
    assert "This is the address of a source that you may not see." in page.texts("#source_form li")
    assert "Talks" not in page.text


def test_the_admin_finds_a_source_by_a_pasted_address(editor_client, first):
    for term in (SAME[5], first.archive_url, "example.org/news/syria"):
        page = get_page(editor_client, admin_address(Source, "changelist"), q=term)
        assert page.texts("#result_list tbody th") == [first.slug], term
    asked = {"app_label": "rounds", "model_name": "round", "field_name": "sources", "term": SAME[0]}
    found = editor_client.get("/admin/autocomplete/", asked).json()["results"]
    assert [one["id"] for one in found] == [str(first.pk)]


SHEET = """
- {id: %s, title: X, publisher: X, language: en, url: "%s"}
- {id: b, title: X, publisher: X, language: en, url: "https://example.org/b"}
- {id: c, title: X, publisher: X, language: en, url: "http://example.org/b/?utm_source=d"}
"""


def test_sheets_with_the_same_address_are_refused_in_a_sentence(first, tmp_path):
    sheet = tmp_path / "sources.yaml"
    sheet.write_text(SHEET % ("a", SAME[0]))
    with pytest.raises(CommandError) as refused:
        call_command("import_sheets", str(sheet), "--apply", stdout=StringIO())
    said = "“url”: This is the address of the source “%s”, which is on record."
    assert str(refused.value).splitlines() == [
        f"sources.yaml, line 2: source a: {said % 'first'}",
        f"sources.yaml, line 4: source c: {said % 'b'}",
        "Nothing was changed.",
    ]


def test_sheets_may_let_sources_change_places(first, tmp_path):
    second = make_source(slug="second", url=OTHERS[0])
    sheet = tmp_path / "sources.yaml"
    sheet.write_text(
        (SHEET % ("second", SAME[0])).partition("- {id: b")[0].replace("X", "Talks")
        + f'- {{id: first, title: Talks, publisher: X, language: en, url: "{OTHERS[0]}"}}\n'
    )
    call_command("import_sheets", str(sheet), "--apply", stdout=StringIO())
    assert [Source.objects.at(one).get() for one in (FIRST, OTHERS[0])] == [second, first]
