"""What is found of links, and how politely it is asked for."""

from datetime import date
from itertools import pairwise

import pytest
from django.core.management import CommandError

from rounds.links.checking import look
from rounds.models import Edition
from rounds.sources.link import Link, What
from rounds.sources.models import Source
from tests.factories import make_source
from tests.rounds.links.conftest import Given, run, state_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("blank")]

CASES = [
    ("fine", Given(), What.READ, ""),
    ("no-head", Given(head=405), What.READ, ""),
    ("head-404", Given(head=404), What.READ, ""),
    ("gone", Given(410), What.GONE, "no such page (410)"),
    ("missing", Given(404), What.GONE, "no such page (404)"),
    ("broken", Given(502), What.GONE, "fails (502)"),
    ("slow", Given(seconds=3), What.GONE, "in time"),
    ("forbidden", Given(403), What.UNSURE, "to a program (403)"),
    ("busy", Given(429, headers={"Retry-After": "7200"}), What.UNSURE, "(429)"),
    ("closed", Given(503), What.UNSURE, "(503)"),
    ("robot", Given(title="Just a moment..."), What.UNSURE, "human"),
    ("challenge", Given(403, headers={"cf-mitigated": "challenge"}), What.UNSURE, "human"),
    ("soft", Given(title="404 – Страница не найдена"), What.READ, "It is called"),
    ("home", Given(302, headers={"Location": "/"}), What.READ, "first page"),
    ("loop", Given(302, headers={"Location": "/loop"}), What.GONE, "more than 8 times"),
    ("nonsense", Given(301, headers={"Location": "http://[::1"}), What.GONE, "breaks off"),
    ("port", Given(301, headers={"Location": "http://127.0.0.1:22/"}), What.GONE, "host"),
    ("packed", Given(headers={"Content-Encoding": "gzip"}), What.READ, ""),
]


def test_each_answer_has_its_meaning(net, asker):
    net.at["a.test/"] = Given(title="A paper")

    async def all_of_them():
        one = asker("Test")
        return [await look(f"http://a.test/{name}", one) for name, *_rest in CASES]

    for name, given, *_rest in CASES:
        net.at[f"a.test/{name}"] = given
    found = dict(zip([one[0] for one in CASES], run(all_of_them()), strict=True))
    for name, _given, what, reason in CASES:
        assert found[name].what is what, name
        assert reason in found[name].reason, name
        assert reason or not found[name].reason, name
    assert found["fine"].title == "Talks on Syria"
    assert net.methods("a.test/no-head") == ["HEAD", "GET"]
    assert len(net.methods("a.test/busy")) == 1


def test_who_is_busy_for_a_moment_is_asked_again(net, asker):
    net.at["a.test/x"] = Given(429, headers={"Retry-After": "0"})
    assert run(look("http://a.test/x", asker("Test"))).what is What.UNSURE
    assert net.methods("a.test/x") == ["HEAD", "HEAD"]


def test_https_is_tried_first(net, asker):
    tried = []
    way = net.way

    async def noted(url):
        tried.append(url.scheme)
        return await way(url)

    net.at["a.test/x"] = Given()
    assert run(look("http://a.test/x", asker("Test", way=noted))).what is What.READ
    assert list(dict.fromkeys(tried)) == ["https", "http"]


def test_one_page_of_a_host_at_a_time_and_slowly(net, check, asker, monkeypatch):
    monkeypatch.setitem(asker.keywords, "pause", 0.2)
    for n in range(3):
        make_source(url=f"http://a.test/{n}")
        make_source(url=f"http://b{n}.test/")
    check()
    at = [one.at for one in net.asked if one.address.startswith("a.test")]
    assert min(later - before for before, later in pairwise(at)) >= 0.19
    others = [one.at for one in net.asked if one.address.startswith("b") and one.method == "HEAD"]
    assert max(others) - min(others) < 0.19
    assert {one.agent for one in net.asked} == {
        "AstanaProcessTracker/1.0 (checks the links that it cites)"
    }


def test_the_agent_says_where_the_site_is(net, check, settings):
    settings.ALLOWED_HOSTS = ["127.0.0.1", ".example.org", "astana.example.org"]
    make_source(url="http://a.test/")
    check()
    assert "+https://astana.example.org/about/" in net.asked[0].agent.replace("http:", "https:")


def test_a_link_is_dead_after_three_days_and_lives_again(net, check, on_day):
    make_source(url="http://b.test/x")
    net.at["b.test/x"] = Given()
    source = make_source(url="http://a.test/x")
    numbers = [Edition.objects.get().number]
    for day, state in ((0, "failing"), (0, "failing"), (1, "failing"), (2, "dead")):
        on_day(day)
        Edition.objects.update(transaction="")  # as in a transaction of its own
        check("--older-than=0")
        assert state_of(source) == state
        source.refresh_from_db()
        assert source.link_dead_since == (date(2026, 3, 1) if state == "dead" else None)
        numbers.append(Edition.objects.get().number)
    assert [len(set(numbers[:-1])), len(set(numbers))] == [1, 2]  # what readers see changed once
    assert list(Source.objects.dead_links()) == [source]
    net.at["a.test/x"] = Given(403)  # which tells nothing of it
    on_day(10)
    check()
    assert state_of(source) == "dead"
    net.at["a.test/x"] = Given()
    on_day(20)
    check()
    source.refresh_from_db()
    assert state_of(source) == "works"
    assert source.link_dead_since is None
    assert Link.objects.get(address=source.url).failures == 0


def test_another_address_is_not_dead_with_the_old_one(net, check, on_day):
    make_source(url="http://b.test/x")
    source = make_source(url="http://a.test/x")
    for day in range(3):
        on_day(day)
        check("--older-than=0")
    source.refresh_from_db()
    assert source.link_dead_since
    source.url = "http://a.test/y"
    source.save()
    source.refresh_from_db()
    assert source.link_dead_since is None
    assert state_of(source) is None


def test_what_moved_or_changed_is_told(net, check, on_day):
    for name in ("new", "other", "same"):
        net.at[f"a.test/{name}"] = Given()
    net.at["a.test/old"] = Given(301, headers={"Location": "/new"})
    net.at["a.test/for-now"] = Given(302, headers={"Location": "/new"})
    net.at["a.test/slash"] = Given(301, headers={"Location": "http://www.a.test/slash/"})
    net.at["www.a.test/slash/"] = Given()
    names = ("old", "for-now", "slash", "other", "same")
    sources = {name: make_source(url=f"http://a.test/{name}") for name in names}
    check()
    net.at["a.test/other"] = Given(title="Buy a mattress")
    net.at["a.test/same"] = Given(title="Talks on Syria | News")
    on_day(8)
    said = check()
    states = {name: state_of(one) for name, one in sources.items()}
    assert states == {
        "old": "moved",
        "for-now": "works",
        "slash": "works",
        "other": "changed",
        "same": "works",
    }
    assert said.splitlines() == [
        "Moved: http://a.test/old  http://a.test/new",
        "Another page by now: http://a.test/other  "
        "It was “Talks on Syria” and is “Buy a mattress”.",
        "5 checked: 3 works, 1 moved, 1 another page by now, 0 cannot be told, 0 failed of late, "
        "0 dead.",
    ]


def test_only_what_is_due_is_checked(net, check, on_day):
    sources = [make_source(url=f"http://a{n}.test/") for n in range(3)]
    net.at["a0.test/"] = net.at["a1.test/"] = Given()
    assert "2 checked" in check("--limit=2")
    assert "1 checked" in check()  # the third
    assert "0 checked" in check()
    on_day(1)
    assert "Failed of late: http://a2.test/" in check()  # the sooner again
    assert "1 checked" in check("--only", sources[0].slug)
    on_day(7)
    assert "Works: http://a1.test/" in (said := check(verbosity=2))
    assert "a0" not in said
    assert "3 checked" in check("--older-than=0")


def test_a_host_is_not_asked_before_it_wants_to_be(net, check, on_day):
    make_source(url="http://a.test/")
    net.at["a.test/"] = Given(429, headers={"Retry-After": str(20 * 86_400)})
    check()
    on_day(10)
    assert "0 checked" in check()


def test_where_nobody_is_reached_nothing_is_noted(check):
    for n in range(3):
        make_source(url=f"http://a{n}.nowhere/")
    with pytest.raises(CommandError, match="our own network"):
        check()
    assert not Link.objects.exists()


@pytest.mark.parametrize(
    "options", [["--only=none"], ["--limit=0"], ["--older-than=-1"], ["--limit=x"]]
)
def test_options_that_make_no_sense_are_refused(check, options):
    with pytest.raises(CommandError):
        check(*options)


def test_what_no_source_has_any_more_is_forgotten(net, check):
    source = make_source(url="http://a.test/")
    net.at["a.test/"] = Given()
    check()
    source.delete()
    check()
    assert not Link.objects.exists()
