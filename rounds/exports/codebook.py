"""The codebook: every table and column, and every code with its meaning, from the models."""

from collections.abc import Iterator

from django.utils.translation import gettext

from rounds.exports.columns import Column, Kind
from rounds.exports.imprint import Imprint
from rounds.exports.resources import resources


def codebook(imprint: Imprint) -> str:
    """The codebook as Markdown."""
    return "\n".join(_lines(imprint))


def kind_in_words(column: Column) -> str:
    words = {
        Kind.TEXT: gettext("text"),
        Kind.INTEGER: gettext("whole number"),
        Kind.BOOLEAN: gettext("true or false"),
        Kind.DATE: gettext("date"),
        Kind.LIST: gettext("list"),
    }
    return words[column.kind]


def _lines(imprint: Imprint) -> Iterator[str]:
    yield f"# {imprint.title}\n"
    yield f"{imprint.about}\n"
    yield f"- {gettext('Version')}: {imprint.version}"
    yield f"- {gettext('Last change of the record')}: {imprint.at.isoformat()}"
    yield f"- {gettext('Address')}: {imprint.address}"
    yield f"- {gettext('Licence')}: CC BY 4.0\n"
    yield f"## {gettext('How to read the tables')}\n"
    yield from (f"- {rule}" for rule in rules())
    for resource in resources():
        yield f"\n## {resource.name}\n"
        yield f"{resource.about} {gettext('Key')}: {_coded(resource.key)}.\n"
        yield f"| {gettext('column')} | {gettext('type')} | {gettext('what it holds')} |"
        yield "|---|---|---|"
        for column in resource.columns:
            yield f"| `{column.name}` | {_type(column)} | {_cell(column.about)} |"
        for column in resource.columns:
            if codes := column.codes:
                yield f"\n`{column.name}`:\n"
                yield from (f"- `{one.code}` ({one.label}): {one.meaning}" for one in codes)
    yield ""


def rules() -> list[str]:
    """What holds for all tables, in sentences."""
    return [
        gettext("An empty cell means “not recorded”; it never means “no” or “absent”."),
        gettext("Keys never change: what has a page is named by its slug or number."),
        gettext(
            "Dates are written as ISO 8601 has them; a precision beside one says how much of it "
            "counts."
        ),
        gettext(
            "Lists stand in one cell of a CSV file, with “; ” between what they name; in SQLite "
            "they are arrays of JSON."
        ),
        gettext(
            "The tables of lists and “citations” have what lists name one by one, so that it can "
            "be joined."
        ),
        gettext(
            "In CSV files a cell that a spreadsheet would take for a formula begins with an "
            "apostrophe."
        ),
        gettext("In SQLite an underscore stands for each hyphen in the name of a table."),
    ]


def _type(column: Column) -> str:
    words = kind_in_words(column)
    if column.refers_to:
        words += f" → `{column.refers_to}`"
    return words + (f", {gettext('always there')}" if column.is_required else "")


def _coded(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
