"""The project's nginx in front of a machine, where both are there."""

from collections.abc import Iterator
from contextlib import contextmanager

from tests.faults.machine import Machine


@contextmanager
def front_of(machine: Machine) -> Iterator[str | None]:
    """The address of an nginx in front of the machine; None where there is no nginx."""
    yield None
