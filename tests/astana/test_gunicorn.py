import errno
import os
import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MEMORY = "/dev/shm"  # noqa: S108


def worker_tmp_dir() -> str | None:
    return runpy.run_path(str(ROOT / "gunicorn.conf.py"))["worker_tmp_dir"]


@pytest.mark.parametrize("reason", ["EACCES", "EROFS", "ENOSPC", "ENOENT"])
def test_workers_do_without_a_memory_that_takes_no_file(monkeypatch, reason):
    really_open = os.open

    def refuse(path, *arguments, **options):
        if str(path).startswith(MEMORY):
            raise OSError(getattr(errno, reason), reason, path)
        return really_open(path, *arguments, **options)

    monkeypatch.setattr(os, "open", refuse)
    assert worker_tmp_dir() is None


@pytest.mark.skipif(not os.access(MEMORY, os.W_OK), reason=f"{MEMORY} cannot be written here")
def test_workers_use_the_memory_where_it_takes_files():
    assert worker_tmp_dir() == MEMORY
