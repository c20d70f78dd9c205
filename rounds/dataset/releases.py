"""Named releases of the dataset: frozen in a folder of their own, all of one or nothing."""

import json
import os
import re
import shutil
import sqlite3
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp
from traceback import clear_frames
from typing import Any

from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils import timezone
from environs import ValidationError

from astana.environment import is_site
from rounds.dataset import deposit
from rounds.dataset.differences import differences
from rounds.dataset.files import DATABASE, FILES
from rounds.exports.imprint import Imprint
from rounds.models import Edition, Release
from rounds.triggers import raise_edition

NAME = re.compile(r"(?P<year>20\d\d)\.(?P<number>[1-9]\d{0,2})")
SUMS = "SHA256SUMS"
CHANGES = "changes.json"

Said = dict[str, Any]


class ReleaseError(Exception):
    """Why there is no release, in a sentence."""


def releases_folder() -> Path:
    return Path(settings.DATA_DIR, "releases")


def folder_of(release: Release) -> Path:
    """Where its files are."""
    return releases_folder() / release.name


def release(name: str, notes: str, root: str) -> Release:
    """Make a release of the record as it is now.

    Raises ``ReleaseError`` where it is refused or a database fails, ``OSError`` where files cannot
    be written; then nothing of it is there. ``root`` is what all addresses in it begin with, for
    good.
    """
    _check(name)
    _check_root(root)
    folder = releases_folder()
    folder.mkdir(parents=True, exist_ok=True)
    made, final = None, folder / name
    try:
        with transaction.atomic():
            edition = Edition.objects.lock()  # nobody edits, or makes a release, meanwhile
            before = Release.objects.newest()
            _check_before(name, before)
            _remove_begun(folder)
            made = Path(mkdtemp(prefix=".", dir=folder))
            row = _filled(made, name, notes, root, edition, before)
            row.save()
            raise_edition()  # pages name the newest release
            made.chmod(0o755)
            made.rename(final)
            made = final
            _synced(folder)
    except BaseException as error:
        if made:
            shutil.rmtree(made, ignore_errors=True)
        if isinstance(error, sqlite3.Error | DatabaseError):
            clear_frames(error.__traceback__)  # rows half read are closed while they can be
            raise ReleaseError(
                f"The release cannot be written: {error}. Nothing of it is there. See that there is"
                " room on the disk, for temporary files too."
            ) from error
        raise
    return row


def register(name: str) -> Release:
    """Enter a release again whose folder is there, after an older database was restored.

    Raises ``ReleaseError`` where it is none, or not whole.
    """
    _check_form(name)
    folder = releases_folder() / name
    try:
        said = json.loads((folder / CHANGES).read_text())
        sums = (folder / SUMS).read_text().splitlines()
        files = [_file(folder / line.split("  ", 1)[1]) for line in sums]
        found = _row(said, [*files, _file(folder / SUMS)])
    except (OSError, ValueError, KeyError, IndexError) as error:
        raise ReleaseError(f"{folder} holds no release that is whole: {error}.") from error
    broken = [
        one["name"] for one, line in zip(files, sums, strict=True) if one["sha256"] not in line
    ]
    if broken or said["release"] != name:
        raise ReleaseError(f"{folder} is not as it was: {', '.join(broken) or CHANGES}.")
    with transaction.atomic():
        Edition.objects.lock()
        _check_before(name, Release.objects.newest())
        found.save()
        raise_edition()
    return found


def _check(name: str) -> None:
    _check_form(name)
    if Release.objects.filter(name=name).exists():
        raise ReleaseError(f"There is a release {name} already; a release never changes.")
    if (releases_folder() / name).exists():
        raise ReleaseError(
            f"{releases_folder() / name} is there already, and the database does not know it."
            " “--register” enters it again."
        )


def _check_form(name: str) -> None:
    if not NAME.fullmatch(name):
        raise ReleaseError(f"“{name}” is no name of a release: year and number, like 2026.1.")


def _check_root(root: str) -> None:
    if not root:
        raise ReleaseError(
            "The addresses in a release stay for good: say what they begin with, by SITE_URL"
            " or --site, such as https://astana.example.org."
        )
    try:
        is_site(root)
    except ValidationError as error:
        raise ReleaseError(str(error)) from error


def _check_before(name: str, before: Release | None) -> None:
    if before and _order(name) <= _order(before.name):
        raise ReleaseError(f"The last release is {before.name}; {name} would come before it.")
    if before and not (folder_of(before) / DATABASE).is_file():
        raise ReleaseError(
            f"{folder_of(before)} is not there, so that nobody can tell what changed since: bring"
            " it back from a backup."
        )


def _order(name: str) -> tuple[int, int]:
    year, number = name.split(".")
    return int(year), int(number)


def _remove_begun(folder: Path) -> None:
    """Remove what a release left that was killed: nobody else makes one now."""
    for one in folder.glob(".*"):
        shutil.rmtree(one, ignore_errors=True)


def _filled(
    folder: Path, name: str, notes: str, root: str, edition: Edition, before: Release | None
) -> Release:
    """Write the files of a release; gives what the database keeps of it, not saved."""
    now = timezone.now()
    day = timezone.localdate(now)
    operator = settings.OPERATOR
    imprint = Imprint(
        edition.number, edition.changed_at, root, name, operator["name"], operator["url"]
    )
    files = [_written(folder / file.name, file.make(imprint)) for file in FILES]
    earlier = folder_of(before) / DATABASE if before else None
    said = {
        "release": name,
        "before": before.name if before else "",
        "edition": edition.number,
        "changed": edition.changed_at.isoformat(),
        "released": now.isoformat(),
        "site": root,
        "notes": notes,
        "tables": differences(earlier, folder / DATABASE),
    }
    texts = {
        CHANGES: json.dumps(said, ensure_ascii=False, indent=1) + "\n",
        "CHANGES.md": deposit.changes_in_words(said),
        "CITATION.cff": deposit.citation(imprint, day),
        ".zenodo.json": json.dumps(
            deposit.zenodo(imprint, day, notes), ensure_ascii=False, indent=1
        )
        + "\n",
    }
    files += [_written(folder / one, [text.encode()]) for one, text in texts.items()]
    sums = "".join(f"{one['sha256']}  {one['name']}\n" for one in files)
    files.append(_written(folder / SUMS, [sums.encode()]))
    _synced(folder)
    return _row(said, files)


def _row(said: Said, files: list[Said]) -> Release:
    return Release(
        name=said["release"],
        edition=said["edition"],
        changed_at=datetime.fromisoformat(said["changed"]),
        released_at=datetime.fromisoformat(said["released"]),
        site=said["site"],
        notes=said["notes"],
        files=files,
        changes={"before": said["before"], "tables": said["tables"]},
    )


def _written(path: Path, pieces: Iterable[bytes]) -> Said:
    """Write a file so that it is there after a power cut; its name, size and SHA-256."""
    with path.open("wb") as file:
        for piece in pieces:
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return _file(path)


def _file(path: Path) -> Said:
    content = sha256()
    with path.open("rb") as file:
        while piece := file.read(1024**2):
            content.update(piece)
    return {"name": path.name, "size": path.stat().st_size, "sha256": content.hexdigest()}


def _synced(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
