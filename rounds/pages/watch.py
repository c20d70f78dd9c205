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

REPEATED = 60  # seconds until a failure is told again
MOMENT = 1  # seconds for which what was seen is as good as what another one is looking at
PATIENCE = 1  # seconds for which a reader waits for that look


class Watch:
    """Looks at the edition at most as often as the settings say, and remembers it."""

    def __init__(self) -> None:
        self.edition: Edition | None = None
        self._looked = -settings.EDITION_SECONDS
        self._looking = Lock()
        self._is_away = False
        self._told = -float(REPEATED)
        self._failed = -float(REPEATED)

    def known(self) -> Edition | None:
        """The edition, as it was a moment ago; None if the database never answered.

        One looks for all that come meanwhile. These wait where it was seen long ago, unless the
        database is away. Lets the search follow what passed it by.
        """
        if self._is_due() and self._looking.acquire(timeout=self._patience()):
            try:
                if self._is_due():  # nobody looked while this waited
                    edition = self.now()
                    if edition and not edition.is_searched:  # type: ignore[attr-defined]
                        self._follow()
            finally:
                self._looking.release()
        return self.edition

    def _is_due(self) -> bool:
        return monotonic() - self._looked >= settings.EDITION_SECONDS

    def _patience(self) -> float:
        """For how many seconds to wait for the look of another one, -1 for as long as it takes."""
        if self.edition is None:
            return -1
        is_recent = monotonic() - self._looked <= MOMENT
        return 0 if is_recent or self._is_away else PATIENCE

    def now(self) -> Edition | None:
        """The edition as the database has it; the one known before while that is away."""
        edition = self.edition
        try:
            edition = editions.current()
            self._is_away = False
        except (DatabaseError, InterfaceError, Edition.DoesNotExist) as error:
            self._is_away = True
            if monotonic() - self._told >= REPEATED:
                self._told = monotonic()
                log.warning("The edition cannot be read, kept pages are given: %s", error)
        self.edition, self._looked = edition, monotonic()
        return edition

    def _follow(self) -> None:
        """Let the search follow; where somebody writes just now, later, so that no reader waits."""
        try:
            catch_up(waits=False)
        except DatabaseError as error:
            if monotonic() - self._failed >= REPEATED:
                self._failed = monotonic()
                log.warning("The search cannot follow the record now: %s", error)
        else:
            self.now()
