"""The texts of the style guides."""

from datetime import UTC, date, datetime
from html import unescape

import pytest
from django.test import override_settings

from rounds.exports.citing.items import Reading
from rounds.exports.citing.styles import STYLES, as_asked, cited, in_quotes, processed
from rounds.models import Edition

EDITION = Edition(number=113, changed_at=datetime(2026, 11, 20, 12, tzinfo=UTC))
HOME = {"name": "A University", "url": "", "email": ""}
TITLES = [
    "Round 22: 11–12 November 2024, Astana",
    "Rounds with “Hostages, detainees and missing persons” in the statement: 10 of 22",
    "What is not recorded & why",
    "Kairat Abdrakhmanov",
]


def of(title: str, path: str = "/rounds/22/", **options) -> dict[str, str]:
    """The texts for a page, by the names of the guides."""
    item = Reading("https://example.org", "en", date(2026, 11, 26), EDITION, **options).page(
        title, path
    )
    return {style.label: unescape(cited(item, style)) for style in STYLES}


@override_settings(OPERATOR=HOME)
def test_a_page_of_an_operator():
    assert of("Round 22: 11–12 November 2024, Astana") == {
        "Chicago": "A University. “Round 22: 11–12 November 2024, Astana.” 113th ed. Astana "
        "Process Tracker, November 20, 2026. Accessed November 26, 2026. https://example.org/rounds/22/.",
        "APA": "A University. (2026, November 20). <i>Round 22: 11–12 November 2024, Astana</i> "
        "[Edition 113 of the record]. Astana Process Tracker. Retrieved November 26, 2026, from "
        "https://example.org/rounds/22/",
        "MLA": "“Round 22: 11–12 November 2024, Astana.” <i>Astana Process Tracker</i>, 113th ed., "
        "A University, 20 Nov. 2026, https://example.org/rounds/22/. Accessed 26 Nov. 2026.",
    }


def test_a_page_of_nobody_in_particular_is_of_the_site():
    texts = of("Topics")
    assert texts["Chicago"].startswith("Astana process tracker. “Topics.” 113th ed. November 20,")
    assert texts["APA"].startswith("Astana process tracker. (2026, November 20). <i>Topics</i> [")
    assert texts["MLA"].startswith("“Topics.” <i>Astana Process Tracker</i>, 113th ed., 20 Nov.")
    assert all(text.lower().count("astana process tracker") == 1 for text in texts.values())


def test_titles_are_written_as_the_guides_write_them():
    texts = of("Rounds with “Hostages” in the statement: 10 of 22")
    assert "“Rounds with ‘Hostages’ in the Statement: 10 of 22.” " in texts["Chicago"]
    assert "<i>Rounds with “Hostages” in the statement: 10 of 22</i>" in texts["APA"]
    assert "Who came?” 113th" in of("Who came?")["Chicago"].replace("Came", "came")


def test_a_release_is_named_instead_of_the_edition():
    texts = of("Data", release="2026.1")
    assert "Version 2026.1" in texts["Chicago"]
    assert "[Release 2026.1]" in texts["APA"]
    assert "Version 2026.1" in texts["MLA"]


def test_a_dataset_is_called_one_where_the_guide_does():
    day = date(2026, 11, 26)
    item = Reading("https://example.org", "en", day, EDITION, "2026.1").dataset("/data/", None)
    texts = {style.label: unescape(cited(item, style)) for style in STYLES}
    title = "“Astana Process Tracker: The Dataset.” Version 2026.1"
    assert f" {title}. November 20, 2026." in texts["Chicago"]
    assert "<i>Astana process tracker: the dataset</i> (Version 2026.1) [Dataset]." in texts["APA"]
    assert texts["MLA"].startswith(f"{title}, Astana process tracker, 20 Nov. 2026, ")


@pytest.mark.parametrize("operator", ["", "A University"])
@pytest.mark.parametrize("release", ["", "2026.1"])
def test_marks_change_nothing_of_what_the_processor_makes(operator, release):
    edition = Edition(number=142, changed_at=EDITION.changed_at)  # of 113 it makes “113rd”
    reading = Reading("https://example.org", "en", date(2026, 11, 26), edition, release)
    with override_settings(OPERATOR=HOME | {"name": operator}):
        items = [reading.page(title, "/?topic=hostages&stage=statement") for title in TITLES]
        for item in (*items, reading.dataset("/data/", None)):
            for style in STYLES:
                made = processed(as_asked(item, style), style)
                assert unescape(cited(item, style)) == unescape(made), style


def test_a_title_is_no_markup():
    item = Reading("https://example.org", "en", date(2026, 11, 26), EDITION).page("<b>&", "/")
    assert all("&lt;b&gt;&amp;" in cited(item, style).replace("B", "b") for style in STYLES)


def test_quotes_within_quotes_are_single():
    assert in_quotes("“a” ‘b’") == "‘a’ ‘b’"
