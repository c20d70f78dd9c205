"""Zip archives, given piece by piece while they are filled; the same bytes for the same files."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

READABLE = 0o644 << 16  # the rights of a file, where zip has them
UNIX = 3


class Pipe:
    """What is written to it is taken out again."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self._pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """There is nothing to wait for."""

    def taken(self) -> bytes:
        found = b"".join(self._pieces)
        self._pieces.clear()
        return found


def zipped(files: Iterable[tuple[str, Iterable[bytes]]], at: datetime) -> Iterator[bytes]:
    """An archive of files by their names, each of which is asked for when those before are in.

    ``at`` is when all of them were changed last.
    """
    pipe = Pipe()
    with ZipFile(pipe, "w", ZIP_DEFLATED) as archive:  # type: ignore[call-overload]
        for name, pieces in files:
            info = ZipInfo(name, at.astimezone(UTC).timetuple()[:6])
            info.compress_type, info.external_attr = ZIP_DEFLATED, READABLE
            info.create_system = UNIX
            with archive.open(info, "w") as file:
                for piece in pieces:
                    file.write(piece)
                    if found := pipe.taken():
                        yield found
    yield pipe.taken()
