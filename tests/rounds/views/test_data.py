"""The pages of the dataset, and its files as visitors get them."""

import contextlib
import hashlib
import io
import json
import os
import shutil
import sqlite3
import subprocess
from collections import Counter
from contextlib import closing
from typing import Any
from urllib.parse import unquote

import pytest
import yaml
from django.core.management import call_command
from django.test import Client

from rounds.dataset.files import FILES
from rounds.exports.resources import resources
from rounds.models import AgendaItem, Delegation
from tests.factories import make_full_round
from tests.pages import assert_valid, get_page

pytestmark = pytest.mark.django_db
CITING = {"/rounds/22/": "#cite", "/about/": 'section[aria-labelledby="citing"]'}


def test_the_page_offers_each_file_with_its_size_date_and_sum(client):
    page = get_page(client, "/data/")
    (edition,) = page.texts("#files + p .edition")
    (day,) = {*page.texts(".files time")}
    assert edition.endswith(f" of {day}")
    assert len(page.texts(".files time")) == len(FILES)
    offers = dict(zip(page.links(".files a"), page.texts(".digest code"), strict=True))
    assert list(offers) == [f"/data/{file.name}" for file in FILES]
    for (address, digest), size in zip(offers.items(), page.texts(".files .size"), strict=True):
        response = client.get(address)
        assert hashlib.sha256(response.content).hexdigest() == digest
        assert size.split(" ")[0].replace(".", "").isdecimal()
        assert (
            response.headers["Content-Type"].split(";")[0]
            == page.one(f'.files a[href="{address}"]').attributes["type"]
        )
        assert address.rpartition("/")[2] in response.headers["Content-Disposition"]


def test_every_page_leads_to_the_data(client):
    assert "/data/" in get_page(client, "/rounds/22/").links(".page-map a")


def test_where_files_take_too_long_the_page_does_not_wait(client, settings):
    settings.DATA_SECONDS = -1
    settings.DATA_DIR = "/dev/null/nothing"
    response = client.get("/data/")
    assert response.headers["Cache-Control"] == "public, max-age=0"
    page = get_page(client, "/data/")
    assert len(page.links(".files a")) == len(FILES)
    assert not page.has(".digest")


def test_wrong_addresses_are_refused(client):
    for address in ("/data/rounds.xls", "/data/..", "/data/astana.json%00", f"/data/{'x' * 8000}"):
        assert client.get(address).status_code == 404, address
    for address in ("/data/CODEBOOK.md?x=1", "/data/metadata.json?page=2&page=3"):
        response = client.get(address)
        assert response.status_code == 400
        assert ("x" if "?x" in address else "page") in response.content.decode()
    many = "&".join(f"p{number}=1" for number in range(1000))
    assert client.get(f"/data/metadata.json?{many}").status_code == 400
    assert client.get("/data/metadata.json", headers={"Accept": "x/\x7f;;q=9"}).status_code == 200


def test_the_site_that_is_named_stands_in_the_files(client, settings):
    settings.SITE_URL = "https://astana.example.org"
    said = json.loads(client.get("/data/metadata.json").content)
    assert said["source_url"] == "https://astana.example.org/data/"
    settings.SITE_URL = ""
    said = json.loads(client.get("/data/metadata.json").content)
    assert said["source_url"] == "http://testserver/data/"


def example(client: Client, name: str) -> str:
    return get_page(client, "/data/").one(f"#example-{name}").node.text()


def absent() -> dict[str, int]:
    """How often each participant stayed away, by the models."""
    found: dict[str, int] = {}
    for one in Delegation.objects.filter(attendance="absent").select_related("participant"):
        found[one.participant.slug] = found.get(one.participant.slug, 0) + 1
    return found


@pytest.fixture
def downloaded(client, tmp_path):
    """The code of an example, which reads a table that was downloaded."""
    path = tmp_path / "delegations.csv"
    path.write_bytes(client.get("/delegations.csv").content)
    return lambda name: example(client, name).replace("http://testserver/", f"{tmp_path}/")


def printed(lines: str) -> dict[str, int]:
    pairs = [line.split() for line in lines.splitlines()]
    return {pair[0]: int(pair[1]) for pair in pairs if len(pair) == 2 and pair[1].isdecimal()}


def test_the_example_for_pandas_runs(downloaded):
    code = downloaded("pandas")
    assert len(code.splitlines()) == 3
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(code, "example", "exec"), {})  # noqa: S102 - it is ours
    assert printed(out.getvalue()) == absent()


@pytest.mark.skipif(not shutil.which("Rscript"), reason="R is not there")
@pytest.mark.parametrize("locale", ["C.UTF-8", "C"])
def test_the_example_for_r_runs(downloaded, locale):
    done = subprocess.run(
        ["Rscript", "-e", downloaded("r")],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"LC_ALL": locale},
    )
    names, counts = done.stdout.split("\n", 2)[1:]
    assert dict(zip(names.split(), map(int, counts.split()), strict=True)) == absent()


def test_the_example_for_sql_runs(client, tmp_path):
    code = example(client, "sql")
    assert len(code.splitlines()) == 3
    path = tmp_path / "astana.sqlite"
    path.write_bytes(client.get("/data/astana.sqlite").content)
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(code).fetchall()
    stated = AgendaItem.objects.filter(stage="statement").values_list("topic__label")
    assert dict(rows) == dict(Counter(label for (label,) in stated))


def test_the_codebook_explains_every_column_and_code(client):
    page = get_page(client, "/data/codebook/")
    for resource in resources():
        section = page.section(resource.name)
        assert section.texts(".codebook-columns > div > dt > code") == [
            column.name for column in resource.columns
        ]
        codes = [code for column in resource.columns for code in column.codes]
        assert section.texts(".codes code") == [one.code for one in codes]
        assert section.texts(".codes dd") == [one.meaning for one in codes]


def cited_at(client, address: str) -> list[dict[str, Any]]:
    """What the page is cited as, in CSL-JSON."""
    *_, link = get_page(client, address).links("details.citing dd a")
    return json.loads(unquote(link.partition(",")[2]))


def test_releases_are_listed_with_their_changes_and_stay(client, settings, tmp_path, blank):
    settings.DATA_DIR = tmp_path
    round_ = make_full_round(22)
    assert "There is no release yet" in get_page(client, "/data/releases/").one("main").text
    for address, place in CITING.items():
        assert "elease" not in get_page(client, address).one(place).text
    call_command("release_data", "2026.1", site="https://astana.example.org", verbosity=0)
    assert b"Release 2026.1" in client.get("/rounds/22/").content  # which shows what it holds
    assert b"2026.1" in client.get("/rounds/22.bib").content
    round_.venue = "Another hall"
    round_.save()
    assert b"Release 2026.1" not in client.get("/rounds/22/").content
    for address, place in CITING.items():  # what stays is named whatever was edited since
        newest = get_page(client, address).one(place)
        assert "/data/releases/2026.1/" in newest.links()
        assert "The newest is release 2026.1." in newest.text
    notes = "<b>Corrected</b>: a hall"
    call_command(
        "release_data", "2026.2", notes=notes, site="https://astana.example.org", verbosity=0
    )
    page = get_page(client, "/data/releases/")
    assert page.texts("section h2") == ["2026.2", "2026.1"]
    assert notes in page.one("main").text
    assert page.texts("section li") == ["rounds 1 changed"]
    assert "/data/releases/2026.2/" in get_page(client, "/data/").links("main a")
    for address in ("/data/releases/", "/data/releases/2026.2/", "/data/releases/2026.1/"):
        assert_valid(client.get(address))

    for address in ("/data/releases/2026.1/", "/data/"):
        assert "The newest is release" not in get_page(client, address).one("#cite").text
    (item,) = cited_at(client, "/data/releases/2026.1/")
    said = yaml.safe_load((tmp_path / "releases" / "2026.1" / "CITATION.cff").read_text())
    for name in ("type", "title", "version"):
        assert item[name] == said[name]
    assert "-".join(f"{figure:02}" for figure in item["issued"]["date-parts"][0]) == (
        said["date-released"].isoformat()
    )
    assert cited_at(client, "/data/")[0]["version"] == "2026.2"
    assert b"(Version 2026.1) [Dataset]" in client.get("/data/releases/2026.1/").content
    page = get_page(client, "/data/releases/2026.2/")
    (day,) = {*page.texts(".files time")}
    assert page.one(".count").text.startswith(f"{day}, edition ")
    assert page.links(".breadcrumbs a") == ["/", "/data/", "/data/releases/"]
    assert page.texts("details li") == ["changed 22 : venue"]
    for address, digest in zip(page.links(".files a"), page.texts(".digest code"), strict=True):
        response = client.get(address)
        content = b"".join(response.streaming_content)
        assert hashlib.sha256(content).hexdigest() == digest, address
        assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    for address in (
        "/data/releases/2026.3/",
        "/data/releases/2026.1/nothing.json",
        "/data/releases/2026.1/..%2f2026.2%2fastana.json",
        "/data/releases/..%2f..%2f/astana.sqlite",
    ):
        assert client.get(address).status_code == 404, address
    assert client.get("/data/releases/2026.1/astana.json?x=1").status_code == 400
    shutil.rmtree(tmp_path / "releases" / "2026.1")
    assert client.get("/data/releases/2026.1/").status_code == 200
    assert client.get("/data/releases/2026.1/astana.json").status_code == 404
