"""Sheets in a zip archive, as the admin gives the whole record."""

import struct
import zlib
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import PurePath
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext

from rounds.desk.sheets.faults import Fault, Place, SheetError
from rounds.desk.sheets.files import LARGEST, check_size

MOST_FILES = 100  # as many as a form may send
MOST_BYTES = 4 * LARGEST  # of all that is unpacked; the whole record has a tenth of that
METHODS = {ZIP_STORED, ZIP_DEFLATED}  # others unpack what they read in one go, however large
UNREADABLE = (BadZipFile, EOFError, OSError, RuntimeError, ValueError, struct.error, zlib.error)


def unpacked(files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """Files by their names and contents, those of an archive in its stead."""
    room = MOST_BYTES
    for name, content in files:
        if PurePath(name).suffix.lower() != ".zip":
            yield name, content
            continue
        check_size(name, content)
        try:
            with ZipFile(BytesIO(content)) as archive:
                sentence = _refusal(archive.infolist(), room)
                found = [] if sentence else [_file(archive, one) for one in archive.infolist()]
        except UNREADABLE:
            sentence = gettext("This is no zip archive that can be read.")
        if sentence:
            raise SheetError([Fault(Place(name, 0), "", sentence)])
        room -= sum(len(one) for _name, one in found)
        yield from found


def _file(archive: ZipFile, member: ZipInfo) -> tuple[str, bytes]:
    with archive.open(member) as file:
        # Without a number it unpacks all that there is, whatever size the archive says.
        return member.filename, file.read(LARGEST + 1)


def _refusal(members: list[ZipInfo], room: int) -> str:
    """Why an archive is not unpacked; "" if it is."""
    if len(members) > MOST_FILES:
        sentence = gettext("%(number)d files are in the archive, and at most %(most)d are read.")
        return sentence % {"number": len(members), "most": MOST_FILES}
    if (size := sum(one.file_size for one in members)) > room:
        sentence = gettext("Unpacked it is too large: %(size)s, and at most %(most)s are read.")
        return sentence % {"size": filesizeformat(size), "most": filesizeformat(room)}
    for one in members:
        if PurePath(one.filename).name != one.filename or "\\" in one.filename:
            sentence = gettext("“%(name)s” stands in a folder; pack the files without one.")
            return sentence % {"name": one.filename}
        if one.compress_type not in METHODS:
            return gettext("This is no zip archive that can be read.")
    return ""
