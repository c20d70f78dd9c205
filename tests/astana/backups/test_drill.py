"""A drill: backup, damage, restore, on a database that other programs work on."""

import json
import os
import shutil
import stat
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.sites import POSTGRES_PROGRAMS, Site, copy_site, empty_site, make_site

EDIT = """
import django
django.setup()
from rounds.models import Round
round = Round.objects.get(number=5)
round.summary_en = round.summary = "An editor’s own words, ünïcödé and all"
round.save()
"""
# A record of one round: bringing a larger one up takes long, and shows no more.
SHORTEN = """
import django
django.setup()
from tests.factories import make_full_round
from tests.record import empty
empty()
make_full_round(5)
"""
RESTORE_EACH = """
import django, json, sys
from pathlib import Path
django.setup()
from django.core.management import CommandError, call_command
said = {}
for name in sys.argv[1:]:
    try:
        call_command("restore", Path(name), yes=True)
    except CommandError as error:
        said[Path(name).name] = str(error)
print(json.dumps(said))
"""
DAMAGE = "UPDATE rounds_round SET city = 'Nowhere'"
CITIES = "SELECT DISTINCT city FROM rounds_round"


@pytest.fixture(scope="module")
def loaded(tmp_path_factory) -> Site:
    site = make_site(tmp_path_factory.mktemp("loaded"))
    site.run("-c", SHORTEN)
    return site


@pytest.fixture
def site(loaded, tmp_path) -> Site:
    return copy_site(loaded, tmp_path)


@pytest.fixture(scope="module")
def made(loaded, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("made") / "astana.zip"
    loaded.manage("backup", path)
    return path


@pytest.fixture
def file(made, tmp_path) -> Path:
    return shutil.copy(made, tmp_path / "astana.zip")


def restore(site: Site, file: Path) -> Path:
    """Restore a backup; the answer is the one of what was there before."""
    said = site.manage("restore", file, "--yes").stdout.strip()
    return Path(said.rpartition(" ")[2])


def rewritten(file: Path, **members: bytes) -> Path:
    """The backup with other members, and checksums that are right for them."""
    with ZipFile(file) as archive:
        found = {name: archive.read(name) for name in ("manifest.json", "database")}
    found |= {name.replace("_", "."): content for name, content in members.items()}
    sums = "".join(f"{sha256(found[name]).hexdigest()}  {name}\n" for name in found)
    with ZipFile(file, "w") as archive:
        for name, content in {**found, "SHA256SUMS": sums.encode()}.items():
            archive.writestr(name, content)
    return file


def manifest(file: Path) -> dict:
    with ZipFile(file) as archive:
        return json.loads(archive.read("manifest.json"))


def test_what_was_damaged_is_restored_to_the_byte(tmp_path):
    site, file = make_site(tmp_path), tmp_path / "astana.zip"
    site.run("-c", EDIT)
    site.manage("backup", file)
    before = site.dump()
    assert manifest(file)["contents"]["counts"]["rounds_round"] == 22
    assert any("ünïcödé" in row for row in before["rounds_round"])
    site.sql(DAMAGE, "DELETE FROM rounds_searchword")
    damaged = site.sql(CITIES)
    kept = restore(site, file)
    assert site.dump() == before
    restore(site, kept)
    assert site.sql(CITIES) == damaged == [("Nowhere",)]


def test_a_backup_is_for_its_owner_alone_and_says_what_it_holds(made):
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    found = manifest(made)
    assert found["contents"]["counts"]["rounds_round"] == 1
    assert ["rounds", "0001_initial"] in found["contents"]["migrations"]


def test_a_backup_replaces_no_file_unless_forced(site, file):
    before = file.read_bytes()
    refused = site.manage("backup", file, check=False)
    assert refused.returncode
    assert "is there already" in refused.stderr
    assert file.read_bytes() == before
    site.manage("backup", file, "--force")
    assert file.read_bytes() != before
    assert [path.name for path in file.parent.iterdir() if "zip" in path.name] == [file.name]


def truncated(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def no_zip(file: Path) -> None:
    file.write_text("SELECT 1;")


def a_bit_turned(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 4
    file.write_bytes(content)


def edited(file: Path) -> None:
    with ZipFile(file) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    found["manifest.json"] = found["manifest.json"].replace(b"rounds_round", b"rounds_wound")
    with ZipFile(file, "w") as archive:
        for name, content in found.items():
            archive.writestr(name, content)


def foreign(file: Path) -> None:
    with ZipFile(file, "w") as archive:
        archive.writestr("database", b"")


def of_another_site(file: Path) -> None:
    found = manifest(file)
    found["contents"]["migrations"] = [["shop", "0001_initial"]]
    rewritten(file, manifest_json=json.dumps(found).encode())


def of_a_newer_version(file: Path) -> None:
    found = manifest(file)
    found["contents"]["migrations"].append(["rounds", "9999_more"])
    rewritten(file, manifest_json=json.dumps(found).encode())


def of_a_newer_format(file: Path) -> None:
    found = manifest(file) | {"format": 99, "more": 1}
    rewritten(file, manifest_json=json.dumps(found).encode())


def of_another_kind(file: Path) -> None:
    found = manifest(file) | {"kind": "oracle"}
    rewritten(file, manifest_json=json.dumps(found).encode())


def no_database(file: Path) -> None:
    rewritten(file, database=b"not a database, though well packed")


SPOILED = [
    (truncated, "damaged, or not a backup"),
    (no_zip, "damaged, or not a backup"),
    (a_bit_turned, "damaged, or not a backup"),
    (edited, "checksum"),
    (foreign, "not a backup of this site"),
    (of_another_site, "not a backup of this site"),
    (of_a_newer_version, "does not know rounds 9999_more"),
    (of_a_newer_format, "newer version"),
    (of_another_kind, "backup of oracle"),
    (no_database, ""),
]


@pytest.fixture(scope="module")
def refusals(loaded, made, tmp_path_factory) -> dict[str, str]:
    """What is said of each spoiled file, and at the end of the database."""
    folder = tmp_path_factory.mktemp("spoiled")
    for spoil, _reason in SPOILED:
        spoil(Path(shutil.copy(made, folder / spoil.__name__)))
    loaded.sql("CREATE TABLE present (word text)")
    said = loaded.run("-c", RESTORE_EACH, *sorted(folder.iterdir())).stdout
    assert loaded.sql("SELECT count(*) FROM present") == [(0,)]
    loaded.sql("DROP TABLE present")
    assert not list(folder.glob("before-restore-*"))
    return json.loads(said)


@pytest.mark.parametrize(("spoil", "reason"), SPOILED)
def test_what_does_not_fit_is_refused_and_changes_nothing(refusals, spoil, reason):
    said = refusals[spoil.__name__]
    assert reason in said
    assert len(said.splitlines()) == 1


def test_nothing_is_restored_before_the_operator_agrees(site, file):
    site.sql(DAMAGE)
    refused = site.manage("restore", file, check=False)
    assert "1 round" in refused.stdout
    assert "Nothing was restored" in refused.stderr
    assert site.sql(CITIES) == [("Nowhere",)]


def test_an_older_backup_is_brought_up_to_this_version(site, tmp_path):
    (tmp_path / "older").mkdir()
    older = copy_site(site, tmp_path / "older")
    older.manage("migrate", "rounds", "0006", "--verbosity", "0")
    older.manage("backup", tmp_path / "older.zip")
    restore(site, tmp_path / "older.zip")
    assert "[ ]" not in site.manage("showmigrations", "--plan").stdout


def test_what_cannot_be_brought_up_leaves_what_was_there(site, file, tmp_path):
    before = site.dump()
    (tmp_path / "broken").mkdir()
    broken = copy_site(site, tmp_path / "broken")
    broken.sql("DROP TABLE rounds_searchword")
    broken.manage("backup", tmp_path / "broken.zip")
    refused = site.manage("restore", tmp_path / "broken.zip", "--yes", check=False)
    assert "cannot be brought up to this version" in refused.stderr
    assert site.dump() == before


def test_a_backup_is_restored_into_an_empty_database(loaded, file, tmp_path):
    (tmp_path / "new").mkdir()
    new = empty_site(tmp_path / "new")
    restore(new, file)
    assert new.dump() == loaded.dump()


def test_the_edition_after_is_above_both(site, file):
    site.sql(DAMAGE)
    edition = "SELECT number FROM rounds_edition"
    if "rounds_edition" not in manifest(file)["contents"]["counts"]:
        pytest.skip("this version counts no editions")
    before = site.sql(edition)[0][0]
    restore(site, file)
    assert site.sql(edition)[0][0] > max(before, manifest(file)["contents"]["edition"])


def test_a_file_that_is_no_database_any_more_is_kept_as_it_is(loaded, site, file):
    if not site.is_sqlite:
        pytest.skip("the files of PostgreSQL are its own")
    site.file.write_bytes(b"\0garbage" * 10_000)
    said = site.manage("restore", file, "--yes").stdout
    assert "restart the site" in said
    assert site.dump() == loaded.dump()
    (kept,) = site.file.parent.glob("astana.sqlite3.before-restore-*")
    assert kept.read_bytes() == b"\0garbage" * 10_000


def test_the_password_is_in_no_list_of_processes(loaded, tmp_path):
    if loaded.is_sqlite:
        pytest.skip("SQLite has no password")
    for name in ("pg_dump", "pg_restore", "psql"):
        shim = tmp_path / name
        shim.write_text(
            f'#!/bin/sh\necho "$0 $@" >>{tmp_path}/list\nexec {POSTGRES_PROGRAMS}/{name} "$@"\n'
        )
        shim.chmod(0o755)
    site = copy_site(loaded, tmp_path)
    url = site.url.replace("postgres:@", "postgres:sesame@")
    guarded = Site(url, {"PATH": f"{tmp_path}:{os.environ['PATH']}"})
    guarded.manage("backup", tmp_path / "astana.zip")
    restore(guarded, tmp_path / "astana.zip")
    started = (tmp_path / "list").read_text()
    assert started.count("pg_dump") >= 2
    assert "/psql " in started
    assert "sesame" not in started


def test_programs_that_are_missing_or_too_old_are_named(loaded, tmp_path):
    if loaded.is_sqlite:
        pytest.skip("SQLite needs no program")
    for name in ("pg_dump", "pg_restore", "psql"):
        (tmp_path / name).write_text("#!/bin/sh\necho pg_dump 9.6\n")
        (tmp_path / name).chmod(0o755)
    site = Site(loaded.url, {"PATH": str(tmp_path)})
    refused = site.manage("backup", tmp_path / "astana.zip", check=False)
    assert "apt-get install postgresql-client-" in refused.stderr
    assert not (tmp_path / "astana.zip").exists()
