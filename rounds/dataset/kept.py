"""The files of an edition: made when somebody first asks, then kept for all workers.

Where nothing can be written they are made for each who asks, and nobody notices but by the time
it takes.
"""

import logging
import shutil
from collections.abc import Iterator
from contextlib import suppress
from hashlib import blake2b, sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from time import monotonic
from typing import Any, NamedTuple

from django.conf import settings

from rounds import editions
from rounds.dataset.files import File, Making
from rounds.exports.imprint import Imprint
from rounds.exports.rows import ChangedMeanwhileError
from rounds.pages.release import release

log = logging.getLogger(__name__)

FOLDERS = 4  # that are kept: editions, each by the address under which the site was asked
PIECE = 256 * 1024  # bytes that are read at once


class Size(NamedTuple):
    """How many bytes a file has, and its SHA-256."""

    bytes: int
    digest: str


def folder_of(imprint: Imprint) -> Path:
    """Where the files of that edition are kept; other code may make others."""
    key = blake2b(f"{imprint!r} {release()}".encode(), digest_size=12).hexdigest()
    return Path(settings.DATA_DIR, "editions", key)


def path_of(file: File, imprint: Imprint) -> Path | None:
    """Where it is kept, under a name that ends in its SHA-256; None where it is not."""
    try:
        return min(folder_of(imprint).glob(f"{file.name}.*"), default=None)
    except OSError:
        return None


def pieces(file: File, imprint: Imprint) -> Making:
    """The file piece by piece; empty pieces only say that it goes on."""
    path = path_of(file, imprint)
    with suppress(FileNotFoundError):  # another worker may just have removed an old one
        if path:
            with path.open("rb") as kept:
                while piece := kept.read(PIECE):
                    yield piece
                return
    yield from _made(file, imprint)


def size_of(file: File, imprint: Imprint, until: float) -> Size | None:
    """Its size, for which it is made if need be.

    None where that takes longer than ``until``, or the record is changed while it is read.
    """
    path = path_of(file, imprint)
    with suppress(FileNotFoundError):
        if path:
            return Size(path.stat().st_size, path.name.rpartition(".")[2])
    if monotonic() > until:
        return None
    size, digest = 0, sha256()
    making = _made(file, imprint)
    try:
        for piece in making:
            if monotonic() > until:
                making.close()
                return None
            size += len(piece)
            digest.update(piece)
    except ChangedMeanwhileError:
        return None
    return Size(size, digest.hexdigest())


def _made(file: File, imprint: Imprint) -> Any:
    keeping = Keeping(file, imprint)
    try:
        for piece in file.make(imprint):
            keeping.write(piece)
            yield piece
        keeping.finish()
    finally:
        keeping.drop()


class Keeping:
    """A file that is being made, and kept if it becomes whole and the record stays as it is."""

    def __init__(self, file: File, imprint: Imprint) -> None:
        self.file, self.imprint = file, imprint
        self.folder = folder_of(imprint)
        self._digest = sha256()
        self._beside: Any = None
        with self._tried():
            self.folder.mkdir(parents=True, exist_ok=True)
            self._beside = NamedTemporaryFile(  # noqa: SIM115 - finish() or drop() closes it
                dir=self.folder, prefix=".", delete=False
            )

    def _tried(self) -> "Tried":
        return Tried(self)

    def write(self, piece: bytes) -> None:
        self._digest.update(piece)
        if self._beside:
            with self._tried():
                self._beside.write(piece)

    def finish(self) -> None:
        """Keep it, and remove what was kept of earlier editions."""
        edition = editions.current()
        if not self._beside or (edition.number, edition.changed_at) != (
            self.imprint.edition,
            self.imprint.at,
        ):
            return
        with self._tried():
            self._beside.close()
            name = f"{self.file.name}.{self._digest.hexdigest()}"
            Path(self._beside.name).replace(self.folder / name)
            self._beside = None
            remove_old(self.folder.parent)

    def drop(self) -> None:
        """Leave nothing behind of what is not kept."""
        if self._beside:
            with suppress(OSError):
                self._beside.close()
            with suppress(OSError):
                Path(self._beside.name).unlink()
            self._beside = None


class Tried:
    """Goes on without keeping the file where that cannot be written."""

    def __init__(self, keeping: Keeping) -> None:
        self.keeping = keeping

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, error: Any, traceback: Any) -> bool:
        if not isinstance(error, OSError):
            return False
        log.warning("%s of this edition is not kept: %s", self.keeping.file.name, error)
        self.keeping.drop()
        return True


def remove_old(folder: Path) -> None:
    """Leave the folders that were made last."""
    with suppress(OSError):
        found = sorted(folder.iterdir(), key=lambda one: one.stat().st_mtime, reverse=True)
        for one in found[FOLDERS:]:
            shutil.rmtree(one, ignore_errors=True)


def sent(made: Making) -> Iterator[bytes]:
    """The pieces without those that are none."""
    return (piece for piece in made if piece)
