"""Folders of tests, as other users of the machine see them."""

from pathlib import Path

MADE_BY_PYTEST = ("pytest-", "popen-", "test_")


def let_others_in(folder: Path) -> None:
    """Let other users get to a temporary folder, through what pytest made on the way alone."""
    for one in (folder, *folder.parents):
        if one == folder or one.name.startswith(MADE_BY_PYTEST):
            one.chmod(0o755)
