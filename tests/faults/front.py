"""The project's nginx in front of a machine."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from tests.deploy.front import Front
from tests.faults.machine import Machine
from tests.serving import ROOT


@contextmanager
def front_of(machine: Machine) -> Iterator[str | None]:
    """The address of an nginx in front of the machine; None where there is no nginx."""
    nginx = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if nginx is None:
        yield None
        return
    folder = machine.folder / "nginx"
    folder.mkdir()
    front = Front(nginx, folder, f"127.0.0.1:{machine.port}", ROOT / "var" / "static")
    front.start()
    try:
        yield front.local
    finally:
        front.stop()
