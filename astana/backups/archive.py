"""The file of a backup: a zip of the database, what it holds, and the checksums of both.

Unpacked, it can be checked by hand with ``sha256sum --check SHA256SUMS``.
"""

import json
import os
import shutil
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from hashlib import file_digest
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from astana.backups.contents import Contents
from astana.backups.errors import BackupError

FORMAT = 1
MANIFEST = "manifest.json"
DATABASE = "database"
SUMS = "SHA256SUMS"


@dataclass(frozen=True)
class Manifest:
    """What a backup holds, of which kind of database, and when it was made."""

    kind: str
    made_at: str
    contents: Contents
    format: int = FORMAT


def write(path: Path, manifest: Manifest, database: Path, *, replace: bool = False) -> None:
    """Make the file, complete or not at all, readable by its owner alone.

    Raises BackupError where there is such a file already, or where it cannot be written.
    """
    part = None
    try:
        with NamedTemporaryFile(dir=path.parent, prefix=f"{path.name}.", delete=False) as file:
            part = Path(file.name)
            with ZipFile(file, "w", ZIP_DEFLATED) as archive, TemporaryDirectory() as folder:
                text = Path(folder) / MANIFEST
                text.write_text(json.dumps(asdict(manifest), indent=1, ensure_ascii=False))
                archive.write(text, MANIFEST)
                archive.write(database, DATABASE)
                archive.writestr(
                    SUMS, f"{digest(text)}  {MANIFEST}\n{digest(database)}  {DATABASE}\n"
                )
            file.flush()
            os.fsync(file.fileno())
        if path.exists() and not replace:
            raise BackupError(f"{path} is there already; --force replaces it.")
        part.replace(path)
    except OSError as error:
        raise BackupError(f"{path} cannot be written: {error.strerror}.") from error
    finally:
        if part:
            part.unlink(missing_ok=True)


@contextmanager
def opened(path: Path) -> Iterator[tuple[Manifest, Path]]:
    """What a backup holds, and its database, unpacked for as long as the block runs.

    Raises BackupError for what is no backup, or not as it was written.
    """
    with TemporaryDirectory(prefix="astana-") as name:
        folder = Path(name)
        try:
            with ZipFile(path) as archive:
                _unpack(archive, folder)
        except OSError as error:
            raise BackupError(f"{path} cannot be read: {error.strerror or error}.") from error
        except KeyError as error:
            raise BackupError(f"{path} is not a backup of this site.") from error
        except (BadZipFile, EOFError, zlib.error, NotImplementedError, RuntimeError) as error:
            raise BackupError(f"{path} is damaged, or not a backup: {error}.") from error
        sums = dict(line.split("  ")[::-1] for line in (folder / SUMS).read_text().splitlines())
        if any(sums.get(member) != digest(folder / member) for member in (MANIFEST, DATABASE)):
            raise BackupError(f"{path} was changed since it was made: its checksum differs.")
        yield _manifest(path, (folder / MANIFEST).read_text()), folder / DATABASE


def _unpack(archive: ZipFile, folder: Path) -> None:
    for member in (MANIFEST, DATABASE, SUMS):
        with archive.open(member) as packed, (folder / member).open("xb") as file:
            shutil.copyfileobj(packed, file)


def _manifest(path: Path, text: str) -> Manifest:
    try:
        found = json.loads(text)
        if found["format"] > FORMAT:
            raise BackupError(f"{path} was made by a newer version of the site.")
        return Manifest(**{**found, "contents": Contents(**found["contents"])})
    except (ValueError, TypeError, KeyError) as error:
        raise BackupError(f"{path} does not say what it holds.") from error


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
