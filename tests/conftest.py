import gc
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from cachetools import LRUCache
from django.contrib.auth.models import Group, User
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.template import Template
from django.test import Client
from django.test.utils import _TestState, instrumented_test_render

from rounds import kept
from rounds.kept import forget
from rounds.models import Round
from tests.record import empty
from tests.sites import drop_record, put_record


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker) -> Iterator[None]:
    """Every test that uses the database sees the real record."""
    with django_db_blocker.unblock():
        put_record(connections[DEFAULT_DB_ALIAS], "record")
    yield
    with django_db_blocker.unblock():
        drop_record(connections[DEFAULT_DB_ALIAS])


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """Tests take back what they wrote, and with it the editions under which parts are kept.

    An answer that a test did not read to its end has not ended its request either.
    """
    kept._end()
    forget()


@pytest.fixture
def kept_parts(monkeypatch) -> None:
    """Parts are kept on PostgreSQL too; there the test must edit nothing between two pages."""
    monkeypatch.setattr(kept, "_parts", LRUCache(10**9, lambda made: made[1]))


@pytest.fixture(scope="session", autouse=True)
def rare_collections() -> None:
    """Seldom look for what refers to itself: tests leave little, and each look takes longer."""
    gc.freeze()
    gc.set_threshold(100_000)


@pytest.fixture(scope="session", autouse=True)
def plain_templates(django_test_environment: None) -> Iterator[None]:
    """Render as the site does: Django's test set-up copies every context."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "_render", _TestState.saved_data.template_render)
        yield


@pytest.fixture
def seen_templates(monkeypatch) -> None:
    """Responses have the templates and the contexts that they are made of."""
    monkeypatch.setattr(Template, "_render", instrumented_test_render)


@pytest.fixture(scope="session")
def blank_database(django_db_setup: None, django_db_blocker) -> Iterator[BaseDatabaseWrapper]:
    """A database of its own that holds nothing of the record."""
    found = connections[DEFAULT_DB_ALIAS].copy()
    with django_db_blocker.unblock(), working_on(found):
        put_record(found, "blank")
        empty()
    yield found
    with django_db_blocker.unblock():
        drop_record(found)


@pytest.fixture
def blank(blank_database: BaseDatabaseWrapper) -> Iterator[None]:
    """An empty record, for this test only."""
    with working_on(blank_database):
        yield


@contextmanager
def working_on(database: BaseDatabaseWrapper) -> Iterator[None]:
    usual = connections[DEFAULT_DB_ALIAS]
    connections[DEFAULT_DB_ALIAS] = database
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = usual


def pytest_itemcollected(item: pytest.Item) -> None:
    """Choose the database of a test before anything is written to it."""
    names = getattr(item, "fixturenames", [])
    if "blank" in names:
        names.remove("blank")
        names.insert(names.index("_django_db_marker"), "blank")  # that opens its transaction
        item.add_marker(pytest.mark.django_db)


def staff(name: str, group: str) -> User:
    user = User.objects.create_user(name, f"{name}@example.org", "secret", is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return user


@pytest.fixture
def editor(db: None) -> User:
    return staff("editor", "Editors")


@pytest.fixture
def publisher(db: None) -> User:
    return staff("publisher", "Publishers")


@pytest.fixture
def administrator(db: None) -> User:
    return staff("administrator", "Administrators")


@pytest.fixture
def stranger(db: None) -> User:
    return User.objects.create_user("stranger", password="secret")


@pytest.fixture
def editor_client(editor: User) -> Client:
    client = Client()
    client.force_login(editor)
    return client


@pytest.fixture
def publisher_client(publisher: User) -> Client:
    client = Client()
    client.force_login(publisher)
    return client


@pytest.fixture
def administrator_client(administrator: User) -> Client:
    client = Client()
    client.force_login(administrator)
    return client


@pytest.fixture
def round_22(db: None) -> Round:
    return Round.objects.get(number=22)
