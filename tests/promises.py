"""Promises of next rounds."""

from datetime import date

from rounds.findings.promises import Track
from rounds.models import Round

TODAY = date(2026, 1, 1)
WINDOW = {"planned_from": date(2025, 1, 1), "planned_to": date(2025, 6, 30)}


def track(today: date = TODAY) -> Track:
    return Track(list(Round.objects.with_outcomes()), today)
