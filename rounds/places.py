"""Cities that changed their names."""

from datetime import date

# Astana was Nur-Sultan from 23 March 2019 to 17 September 2022; see the milestones
# “nur-sultan-2019” and “astana-again-2022” for the sources.
NAMES_NOW = {"Nur-Sultan": "Astana"}
RENAMED = {"Nur-Sultan": (date(2019, 3, 23), date(2022, 9, 17))}


def same_city(one: str, other: str) -> bool:
    """Whether two names, each as used at its time, mean the same city."""
    return NAMES_NOW.get(one, one) == NAMES_NOW.get(other, other)
