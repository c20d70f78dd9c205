"""Cities that changed their names."""

# The milestones of the kind “city-renaming” have the dates and the sources.
NAMES_NOW = {"Nur-Sultan": "Astana"}


def same_city(one: str, other: str) -> bool:
    """Whether two names, each as used at its time, mean the same city."""
    return NAMES_NOW.get(one, one) == NAMES_NOW.get(other, other)
