import pytest

from rounds.models import Edition


@pytest.fixture(autouse=True)
def kept(settings, seen_templates: None) -> None:
    """Clients that the test makes keep pages; what is kept has no templates."""
    settings.KEPT_PAGES_BYTES = 8_000_000


@pytest.fixture
def raise_edition():
    """Raise the edition as another transaction would; PostgreSQL does it once a transaction."""

    def another() -> None:
        edition = Edition.objects.get()
        edition.number += 1
        edition.changed_at = edition.changed_at.replace(year=edition.changed_at.year - 1)
        edition.save()

    return another
