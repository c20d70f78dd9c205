from pathlib import Path
from zipfile import ZipFile

import pytest

from rounds import editions
from rounds.dataset.files import FILES
from rounds.exports.imprint import Imprint

ROOT = "https://astana.example.org"


def imprint() -> Imprint:
    return Imprint.of(
        editions.current(), ROOT, {"name": "A newsroom", "url": "https://example.org/"}
    )


def put(folder: Path) -> Path:
    """Write the files of the dataset into a folder, the package unpacked too."""
    for file in FILES:
        (folder / file.name).write_bytes(b"".join(file.make(imprint())))
    with ZipFile(folder / "astana-datapackage.zip") as archive:
        archive.extractall(folder / "package")
    return folder


@pytest.fixture(scope="module")
def dataset(tmp_path_factory, django_db_setup, django_db_blocker) -> Path:
    """The files of the real record, for tests that write nothing."""
    with django_db_blocker.unblock():
        return put(tmp_path_factory.mktemp("dataset"))
