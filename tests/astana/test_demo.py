"""bin/demo in a folder where what it starts is a stand-in."""

import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# Tells when it begins and ends, so that two at once can be told apart.
SETUP = 'echo "begin $$" >>log; sleep 0.5; echo "end $$" >>log'
PYTHON = """
case "$*" in
    *secrets*) echo key ;;
    *migrate*) for end in "" -wal -shm; do echo >"var/astana.sqlite3$end"; done ;;
esac
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("bin", "static", "astana", "var", ".venv/bin"):
        (tmp_path / name).mkdir(parents=True)
    shutil.copy(ROOT / "bin" / "demo", tmp_path / "bin")
    put(tmp_path, "bin/python", f"echo {sys.executable}")
    put(tmp_path, "bin/setup", SETUP)
    put(tmp_path, "bin/serve", 'echo "served $$" >>log')
    put(tmp_path, ".venv/bin/python", PYTHON)
    return tmp_path


def put(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\n{text}\n")
    (folder / name).chmod(0o755)


def start(folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        ["bin/demo"], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def test_a_second_first_start_waits_and_says_so(folder):
    demos = [start(folder) for _ in range(2)]
    outputs = [demo.communicate(timeout=30)[0] for demo in demos]
    assert [demo.returncode for demo in demos] == [0, 0]
    events = [line.split() for line in (folder / "log").read_text().splitlines()]
    begun, ended, begun_next, ended_next = [pid for event, pid in events if event != "served"]
    assert (begun, begun_next) == (ended, ended_next)
    waited = [output for output in outputs if "Another start is setting this folder up" in output]
    assert len(waited) == 1


def test_a_start_that_was_killed_keeps_nobody_waiting(folder):
    killed = start(folder)
    while not (folder / "log").exists():
        time.sleep(0.01)
    killed.kill()
    killed.communicate(timeout=30)
    (output, _) = start(folder).communicate(timeout=30)
    assert "as “editor”" in output


@pytest.mark.parametrize("is_there", [False, True])
def test_what_is_secret_is_for_the_user_alone(folder, is_there):
    names = ["secret_key", "astana.sqlite3", "astana.sqlite3-wal", "astana.sqlite3-shm"]
    if is_there:
        for name in names:
            (folder / "var" / name).write_text("from before")
            (folder / "var" / name).chmod(0o644)
    start(folder).communicate(timeout=30)
    modes = {name: (folder / "var" / name).stat().st_mode & 0o777 for name in names}
    assert modes == dict.fromkeys(names, 0o600)
