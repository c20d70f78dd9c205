"""Which edition of the record the pages of this worker show."""

import logging
from threading import Lock
from time import monotonic

from django.conf import settings
from django.db import DatabaseError, InterfaceError

from rounds import editions
from rounds.models import Edition
from rounds.search.upkeep import catch_up

log = logging.getLogger(__name__)

REPEATED = 60  # seconds until a failure is tried, or told, again


class Watch:
    """Looks at the edition at most as often as the settings say, and remembers it."""

    def __init__(self) -> None:
        self.edition: Edition | None = None
        self._looked = -settings.EDITION_SECONDS
        self._looking = Lock()
        self._told = -float(REPEATED)
        self._failed = -float(REPEATED)

    def known(self) -> Edition | None:
        """The edition, as it was a moment ago; None if the database never answered."""
        due = monotonic() - self._looked >= settings.EDITION_SECONDS
        if due and self._looking.acquire(blocking=self.edition is None):
            try:
                self.now()
            finally:
                self._looking.release()
        return self.edition

    def now(self) -> Edition | None:
        """The edition as the database has it; the one known before while that is away.

        Lets the search follow what passed it by.
        """
        try:
            self.edition = editions.current()
            if not self.edition.is_searched:  # type: ignore[attr-defined]
                self._follow()
                self.edition = editions.current()
        except (DatabaseError, InterfaceError, Edition.DoesNotExist) as error:
            if monotonic() - self._told >= REPEATED:
                self._told = monotonic()
                log.warning("The edition cannot be read, kept pages are given: %s", error)
        self._looked = monotonic()
        return self.edition

    def _follow(self) -> None:
        if monotonic() - self._failed < REPEATED:
            return
        try:
            catch_up()
        except DatabaseError as error:  # it cannot be written to, which readers need not know
            self._failed = monotonic()
            log.warning("The search cannot follow the record now: %s", error)
