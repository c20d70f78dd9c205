"""Which fact names which source, in one table."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from rounds.exports.columns import Column, Kind
from rounds.exports.rows import Scope, Stream
from rounds.exports.tables import TABLES, Row

NAME = "citations"
COLUMNS = (
    Column("table", Kind.TEXT, told=_("The table that has the fact."), is_required=True),
    Column("fact", Kind.TEXT, told=_("The key of the fact in that table."), is_required=True),
    Column(
        "source",
        Kind.TEXT,
        refers_to="sources",
        told=_("A source that states it."),
        is_required=True,
    ),
)
ABOUT = _("A source that a fact names: what the lists of sources say, one by one.")


def citations(scope: Scope) -> Iterator[Row]:
    """A row for each source that a fact names."""
    for table in TABLES:
        if table.is_sourced and (scope.rounds is None or table.path_to_round is not None):
            key = table.key_column.name
            for _parent, _pk, row in Stream(table, scope):
                for source in row["sources"]:
                    yield {"table": table.name, "fact": str(row[key]), "source": source}
