"""The fixtures: what they hold, how they are written, and that loading spares what editors did."""

import json
from collections import Counter
from datetime import date
from hashlib import sha256

import pytest
from django.apps import apps
from django.core.management.base import CommandError
from django.db import connection
from django.db.models import Count

from rounds.desk.fixtures.dumping import dump
from rounds.desk.fixtures.loading import LoadError, load
from rounds.desk.sheets.database import read_record
from rounds.desk.sheets.tree import walk
from rounds.management.commands.load_record import FORCE
from rounds.models import (
    Commitment,
    Edition,
    LoadedObject,
    Member,
    Milestone,
    Outcome,
    PendingChange,
    Round,
    SearchEntry,
)
from rounds.names import Name
from rounds.participants.models import Participant, Person, PersonName
from rounds.search.index import rebuild
from rounds.topics.models import Topic
from tests.factories import make_full_round, make_outcome, make_person, make_topic
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


def assert_search_follows() -> None:
    """What the search knows is what it would find out anew."""
    entries = SearchEntry.objects.values_list("kind", "object_id", "title", "words", "weight")
    followed = set(entries)
    rebuild()
    assert followed == set(entries.all())


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


def test_a_dump_mends_a_manifest_that_cannot_be_read(fixtures):
    (fixtures / "manifest.json").write_text("<<<<<<< HEAD")
    dump(fixtures, date(2040, 1, 1))
    assert contents(fixtures) == contents(FIXTURES)


def test_an_empty_record_is_not_dumped(blank, run, tmp_path):
    with pytest.raises(CommandError, match="no rounds"):
        run("dump_record", "--folder", tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_load_into_an_empty_database_gives_the_same_record(blank, tmp_path):
    load(FIXTURES)
    dump(tmp_path, date.fromisoformat(MANIFEST["date"]), MANIFEST["edition"])
    assert contents(tmp_path) == contents(FIXTURES)
    assert not PendingChange.objects.exists()
    assert_search_follows()


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
        "Removed since: round 5, outcome 1",
        f"Nothing was loaded. {FORCE}",
    ]
    assert Round.objects.get(number=3).venue == "A tent"


def test_a_load_names_objects_as_the_sheets_do(fixtures):
    LoadedObject.objects.all().delete()
    for path in fixtures.glob("*.json"):
        path.write_text("[]")
    with pytest.raises(LoadError) as error:
        load(fixtures)
    names = {sentence.removeprefix("Added since: ") for sentence in error.value.reasons}
    assert "round 3, document 1, paragraph 2" in names
    assert len(names) == sum(MANIFEST["counts"].values())
    assert names > {
        one.label for one in walk(read_record()) if not issubclass(one.shape.model, Name)
    }


def test_a_forced_load_takes_back_what_editors_changed(run):
    Round.objects.filter(number=3).update(venue="A tent")
    Outcome.objects.filter(round__number=5, number=1).delete()
    make_topic(slug="camels")
    said = run("load_record", "--force")
    assert {"Changed since: round 3", "Added since: topic camels"} < set(said.splitlines())
    assert "is gone" in said
    assert Round.objects.get(number=3).venue != "A tent"
    assert Outcome.objects.filter(round__number=5, number=1).exists()
    assert not Topic.objects.filter(slug="camels").exists()
    assert "is gone" not in run("load_record")


def label_otherwise():
    """Another usual name of a person."""
    name = PersonName.objects.filter(is_label=True, language="ru").first()
    PersonName.objects.filter(pk=name.pk).delete()
    PersonName.objects.create(named=name.named, language="ru", text="Другое имя", is_label=True)


def head_otherwise():
    """Another head of a delegation."""
    head = Member.objects.filter(is_head=True).first()
    participant = head.delegation.participant
    Member.objects.filter(pk=head.pk).update(person=make_person(participant=participant))


def swap_labels():
    one, other = Topic.objects.all()[:2]
    for topic, label in ((one, "Aside"), (other, one.label), (one, other.label)):
        Topic.objects.filter(pk=topic.pk).update(label=label)


def rename_topic():
    topic = Commitment.objects.exclude(topic=None).first().topic
    Topic.objects.filter(pk=topic.pk).update(slug="camels")


def renumber_round():
    Round.objects.filter(number=22).update(number=23)


def remove_what_others_name():
    """A participant, and all that would not be without it."""
    participant = Participant.objects.annotate(people_count=Count("people")).latest("people_count")
    Member.objects.filter(person__participant=participant).delete()
    participant.people.all().delete()
    participant.delegations.all().delete()
    participant.delete()


def add_round():
    make_full_round(24)


EDITS = [
    label_otherwise,
    head_otherwise,
    swap_labels,
    rename_topic,
    renumber_round,
    remove_what_others_name,
    add_round,
]


def test_a_forced_load_makes_the_record_and_search_what_the_fixtures_say(run, tmp_path):
    keys = dict(Topic.objects.values_list("slug", "pk"))
    for edit in EDITS:
        edit()
    with pytest.raises(CommandError, match="--force"):
        run("load_record")
    run("load_record", "--force")
    dump(tmp_path, date(2040, 1, 1))
    assert contents(tmp_path) == contents(FIXTURES)
    assert dict(Topic.objects.values_list("slug", "pk")) == keys
    connection.check_constraints()
    assert_search_follows()
    edition = Edition.objects.get().number
    run("load_record")
    assert Edition.objects.get().number == edition


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


def other(one, **fields):
    """Another object of a fixture, which differs in those fields."""
    return {**one, "fields": one["fields"] | fields}


@pytest.mark.parametrize(
    ("editing", "reason"),
    [
        (lambda objects: [*objects, {"model": "rounds.rnd", "fields": {}}], "holds no objects"),
        (lambda objects: "x", "holds no objects"),
        (lambda objects: [*objects, other(objects[0], slug="x", sources=[["x"]])], "no source"),
        (lambda objects: [*objects, other(objects[0], slug="x", related_round=3)], "no round 3"),
        (lambda objects: [{**objects[0], "fields": "x"}], "holds no objects"),
        (lambda objects: [*objects, other(objects[0], start="2017-02-30")], "2017-02-30"),
        (lambda objects: [*objects, other(objects[0], kind="picnic")], "“kind” cannot be so"),
        (lambda objects: [*objects, other(objects[0], title="x" * 999)], "“title” cannot be so"),
        (lambda objects: [*objects, {**objects[0], "fields": {}}], "“slug” cannot be so"),
    ],
    ids=[
        "model",
        "text",
        "reference",
        "no-key",
        "no-fields",
        "date",
        "choice",
        "length",
        "nothing",
    ],
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
