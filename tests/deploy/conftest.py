"""The site behind a real nginx, with the project's own configuration."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.deploy.front import Deaf, Front
from tests.serving import ROOT, Site


@pytest.fixture(scope="session")
def nginx() -> str:
    """The path of nginx; that it is missing is a failure, which says what to do."""
    path = f"{os.environ.get('PATH')}:/usr/sbin"
    found = os.environ.get("ASTANA_NGINX") or shutil.which("nginx", path=path)
    if not found:
        pytest.fail("There is no nginx; bin/nginx installs it or says how.", pytrace=False)
    return found


@pytest.fixture(scope="session")
def serve(nginx: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Front]]:
    """Start an nginx in front of an address; all end with the session."""
    started: list[Front] = []

    def start(upstream: str, static: Path = ROOT / "var" / "static") -> Front:
        front = Front(nginx, tmp_path_factory.mktemp("nginx"), upstream, static)
        started.append(front)
        front.start()
        return front

    yield start
    for front in started:
        front.stop()


@pytest.fixture(scope="session")
def behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site that stands behind ``front``."""
    found = Site(tmp_path_factory.mktemp("site"), workers=2)
    found.environment |= {"ASTANA_HTTPS": "on"}
    found.prepare()
    yield found
    found.stop()


@pytest.fixture(scope="session")
def one_front(behind: Site, serve: Callable[..., Front]) -> Front:
    return serve(f"127.0.0.1:{behind.port}")


@pytest.fixture
def site(behind: Site) -> Site:
    """The site, serving; a test may stop it."""
    behind.start()
    return behind


@pytest.fixture
def front(site: Site, one_front: Front) -> Front:
    return one_front


@pytest.fixture
def deaf() -> Iterator[Deaf]:
    with Deaf() as found:
        yield found


@pytest.fixture
def before_deaf(deaf: Deaf, serve: Callable[..., Front]) -> Front:
    return serve(f"127.0.0.1:{deaf.port}")
