import sqlite3
from pathlib import Path

import pytest

from astana.backups.errors import BackupError
from astana.backups.sqlite import SqliteStore


def database(path: Path, *words: str) -> Path:
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE words (word TEXT)")
        connection.executemany("INSERT INTO words VALUES (?)", [(word,) for word in words])
    connection.close()
    return path


def words(connection: sqlite3.Connection) -> list[str]:
    return [word for (word,) in connection.execute("SELECT word FROM words")]


def test_who_reads_on_sees_what_is_restored(tmp_path):
    live, other = database(tmp_path / "live", "old"), database(tmp_path / "other", "new")
    reader = sqlite3.connect(live)
    assert words(reader) == ["old"]
    SqliteStore(live).replace(other, lambda: 0)
    assert words(reader) == ["new"]
    reader.close()


@pytest.mark.parametrize("saves", [1, 99])
def test_what_is_saved_while_the_present_is_kept_is_kept_too(tmp_path, saves):
    live, other = database(tmp_path / "live", "old"), database(tmp_path / "other", "new")
    editor = sqlite3.connect(live)
    kept: list[list[str]] = []

    def keep() -> int:
        kept.append(words(editor))
        if len(kept) <= saves:
            editor.execute("INSERT INTO words VALUES ('saved')")
            editor.commit()
        return 0

    if saves == 1:
        SqliteStore(live).replace(other, keep)
        assert kept[-1] == ["old", "saved"]
        assert words(editor) == ["new"]
    else:
        with pytest.raises(BackupError, match="Editors keep saving"):
            SqliteStore(live).replace(other, keep)
        assert words(editor) == ["old", *["saved"] * len(kept)]
    editor.close()


def test_nothing_is_saved_between_the_first_page_and_the_last(tmp_path):
    live = database(tmp_path / "live", "old")
    other = database(tmp_path / "other", *(f"word {n}" * 50 for n in range(2000)))
    editor = sqlite3.connect(live, timeout=0)

    def keep() -> int:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        SqliteStore(live).replace(other, keep)
    assert words(editor) == ["old"]
    editor.close()
