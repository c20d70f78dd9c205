import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from rounds.desk.sheets.exporting import write_files
from rounds.desk.sheets.files import parsed, text_of


@pytest.fixture(scope="session")
def written(tmp_path_factory, django_db_setup, django_db_blocker) -> Path:
    """The record as sheets, for copies: no test writes there."""
    folder = tmp_path_factory.mktemp("written")
    with django_db_blocker.unblock():
        write_files(folder)
    return folder


@pytest.fixture
def sheets(tmp_path, written, db) -> Path:
    """The record as sheets in a folder."""
    return shutil.copytree(written, tmp_path / "sheets")


@pytest.fixture
def edit(sheets) -> Callable[[str, Callable[[Any], Any]], Path]:
    """Changes what a sheet says."""

    def change(kind: str, editing: Callable[[Any], Any]) -> Path:
        path = sheets / f"{kind}.yaml"
        content = plain(parsed(path.name, path.read_bytes()))
        editing(content)
        path.write_text(text_of(content))
        return path

    return change


def plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    return [plain(one) for one in value] if isinstance(value, list) else value


@pytest.fixture
def run() -> Callable[..., str]:
    """What a command prints."""

    def run(*command: Any) -> str:
        out = StringIO()
        call_command(*map(str, command), stdout=out)
        return out.getvalue()

    return run
