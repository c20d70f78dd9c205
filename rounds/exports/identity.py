"""What things are called for good by programs: the same in every copy of the record, on any host.

The names are UUIDs made of the permanent part of an address. Nobody has to own a domain for them,
as for ``tag:`` URIs, and RFC 7986 wants such UIDs in calendars.
"""

from uuid import UUID, uuid5

RECORD = UUID("3fb25afd-9135-4dd8-8a7a-812baa17ea5f")  # drawn once; never to be changed


def uuid_of(name: str) -> UUID:
    """The UUID of what has that name within the record, such as ``rounds/22``."""
    return uuid5(RECORD, name)


def urn_of(name: str) -> str:
    """The same as a URI: ``urn:uuid:…``."""
    return uuid_of(name).urn


def name_of_round(number: int) -> str:
    return f"rounds/{number}"
