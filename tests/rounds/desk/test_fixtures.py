"""The fixtures: what they hold, how they are written, and that loading spares what editors did."""

import json
from collections import Counter
from datetime import date
from hashlib import sha256

import pytest
from django.apps import apps
from django.core.management.base import CommandError

from rounds.desk.fixtures.dumping import dump
from rounds.desk.fixtures.loading import LoadError, load
from rounds.models import (
    Edition,
    LoadedObject,
    Milestone,
    Outcome,
    PendingChange,
    Round,
    SearchEntry,
)
from rounds.participants.models import Person, PersonName
from rounds.search.index import rebuild
from rounds.topics.models import Topic
from tests.factories import make_outcome, make_topic
from tests.record import FIXTURES, MANIFEST, MODELS, fixture_objects

pytestmark = pytest.mark.django_db


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.glob("*.json")}


@pytest.fixture
def fixtures(tmp_path):
    """A copy of the fixtures that a test may change."""
    for name, content in contents(FIXTURES).items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


def rewrite(folder, name, editing) -> None:
    path = folder / f"{name}.json"
    objects = json.loads(path.read_text())
    path.write_text(json.dumps(editing(objects)))


def test_the_manifest_says_what_the_fixtures_hold():
    counts = Counter(one["model"] for one in fixture_objects())
    assert MANIFEST["counts"] == counts
    assert {apps.get_model(label) for label in counts} == set(MODELS)
    assert MANIFEST["files"] == {
        path.name: sha256(path.read_bytes()).hexdigest()
        for path in FIXTURES.glob("*.json")
        if path.name != "manifest.json"
    }
    assert MANIFEST["edition"]
    assert date.fromisoformat(MANIFEST["date"])


def test_a_dump_of_what_was_loaded_gives_the_same_files(tmp_path):
    dump(tmp_path, date.fromisoformat(MANIFEST["date"]), MANIFEST["edition"])
    assert contents(tmp_path) == contents(FIXTURES)


def test_a_dump_keeps_its_date_until_something_changes(fixtures):
    assert dump(fixtures, date(2040, 1, 1))["date"] == MANIFEST["date"]
    Round.objects.filter(number=3).update(venue="A tent")
    made = dump(fixtures, date(2040, 1, 1))
    assert (made["edition"], made["date"]) == (MANIFEST["edition"], "2040-01-01")
    changed = {name for name, one in contents(fixtures).items() if contents(FIXTURES)[name] != one}
    assert changed == {"rounds.json", "manifest.json"}


def test_a_dump_shows_just_what_changed(fixtures, round_22):
    make_outcome(Round.objects.get(number=3), text="They dined.")
    dump(fixtures, date(2040, 1, 1))
    before = (FIXTURES / "rounds.json").read_text().splitlines()
    after = (fixtures / "rounds.json").read_text().splitlines()
    first = next(place for place, line in enumerate(after) if line != before[place])
    extra = len(after) - len(before)
    assert after[:first] + after[first + extra :] == before
    assert any("They dined." in line for line in after[first : first + extra])


def test_a_dump_into_a_new_folder_names_the_edition_of_the_fixtures(run, tmp_path):
    assert MANIFEST["edition"] in run("dump_record", "--folder", tmp_path / "new")
    assert contents(tmp_path / "new") == contents(FIXTURES)
    assert "third edition" in run(
        "dump_record", "--folder", tmp_path / "new", "--edition", "third edition"
    )
    assert "third edition" in run("dump_record", "--folder", tmp_path / "new")


def test_a_dump_says_that_its_edition_has_no_name(run, fixtures):
    (fixtures / "manifest.json").write_text(json.dumps(MANIFEST | {"edition": ""}))
    assert "--edition gives it one" in run("dump_record", "--folder", fixtures)


def test_an_empty_record_is_not_dumped(blank, run, tmp_path):
    with pytest.raises(CommandError, match="no rounds"):
        run("dump_record", "--folder", tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_load_into_an_empty_database_gives_the_same_record(blank, tmp_path):
    load(FIXTURES)
    dump(tmp_path, date.fromisoformat(MANIFEST["date"]), MANIFEST["edition"])
    assert contents(tmp_path) == contents(FIXTURES)
    assert not PendingChange.objects.exists()
    entries = set(SearchEntry.objects.values_list("kind", "object_id", "title", "words", "weight"))
    rebuild()
    assert entries == set(
        SearchEntry.objects.values_list("kind", "object_id", "title", "words", "weight")
    )


def test_a_second_load_touches_nothing():
    before = Edition.objects.get().number
    load(FIXTURES)
    assert Edition.objects.get().number == before


def test_a_load_says_what_editors_changed_and_leaves_it(run):
    Round.objects.filter(number=3).update(venue="A tent")
    Outcome.objects.filter(round__number=5, number=1).delete()
    topic = make_topic(slug="camels")
    with pytest.raises(CommandError) as error:
        run("load_record")
    assert str(error.value).splitlines() == [
        "Changed since: round 3",
        f"Added since: source {topic.sources.get().slug}",
        "Added since: topic camels",
        "Removed since: outcome 1 · 5",
        "Nothing was loaded. --force loads the fixtures all the same.",
    ]
    assert Round.objects.get(number=3).venue == "A tent"


def test_a_forced_load_takes_back_what_editors_changed(run):
    Round.objects.filter(number=3).update(venue="A tent")
    Outcome.objects.filter(round__number=5, number=1).delete()
    make_topic(slug="camels")
    run("load_record", "--force")
    assert Round.objects.get(number=3).venue != "A tent"
    assert Outcome.objects.filter(round__number=5, number=1).exists()
    assert Topic.objects.filter(slug="camels").exists()  # of which the fixtures know nothing


def test_a_load_removes_what_the_fixtures_no_longer_have(fixtures):
    slug = Milestone.objects.filter(related_round=None).first().slug
    rewrite(
        fixtures, "milestones", lambda all_: [one for one in all_ if one["fields"]["slug"] != slug]
    )
    load(fixtures)
    assert not Milestone.objects.filter(slug=slug).exists()
    load(FIXTURES)
    assert Milestone.objects.filter(slug=slug).exists()


def test_a_load_moves_what_only_one_may_have(fixtures):
    """The usual name of a language becomes another one."""
    name = PersonName.objects.filter(is_label=True, language="ru").first()

    def editing(objects):
        for one in objects:
            fields = one["fields"]
            if one["model"] == "participants.personname" and fields["text"] == name.text:
                fields["text"] = "Другое имя"
        return objects

    rewrite(fixtures, "participants", editing)
    load(fixtures)
    assert PersonName.objects.get(named=name.named, language="ru", is_label=True).text == (
        "Другое имя"
    )


@pytest.mark.parametrize(
    ("editing", "reason"),
    [
        (lambda objects: [*objects, {"model": "rounds.rnd", "fields": {}}], "holds no objects"),
        (lambda objects: "x", "holds no objects"),
        (lambda objects: [*objects, {**objects[0], "fields": {"sources": [["x"]]}}], "x"),
    ],
    ids=["model", "text", "reference"],
)
def test_fixtures_that_make_no_sense_load_nothing(fixtures, editing, reason):
    before = Edition.objects.get().number
    rewrite(fixtures, "milestones", editing)
    with pytest.raises(LoadError, match=reason):
        load(fixtures)
    assert Edition.objects.get().number == before


def test_what_was_loaded_before_is_known_by_its_contents(run):
    """A site that loaded the fixtures before this was remembered."""
    LoadedObject.objects.all().delete()
    run("load_record")
    LoadedObject.objects.all().delete()
    Person.objects.filter(slug="bashar-jaafari").update(position="Poet")
    with pytest.raises(CommandError, match="person bashar-jaafari"):
        run("load_record")
