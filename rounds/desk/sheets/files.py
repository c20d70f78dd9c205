"""Sheets as files: YAML or JSON, read so that every value knows its line.

A plain scalar is a whole number, true, false or null, as in YAML 1.2, and text otherwise: a
date and the word “no” are text.
"""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext

from rounds.desk.sheets.faults import Fault, Place, SheetError

LARGEST = 5 * 1024**2  # bytes; the whole record has less than a fifth of that in its largest file
MOST = 400_000  # values, lists and mappings of a file; the largest of the record has 20,000
DEEPEST = 12  # lists and mappings in one another; the record needs eight
WIDTH = 110
FORMATS = {"yaml": "yaml", "yml": "yaml", "json": "json"}  # by the ending of the name

# How JSON may write a character beyond 16 bits: in two parts, which YAML takes for two characters.
PAIR = re.compile(r"(?<!\\)((?:\\\\)*)(\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})")
WHOLE_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,17})")
MEANINGS = {"true": True, "false": False, "null": None}
WORDS = {
    written: meaning
    for word, meaning in MEANINGS.items()
    for written in (word, word.capitalize(), word.upper())
} | {"~": None, "": None}


class Mapping(dict[str, Any]):
    """A mapping of a sheet, with the place of each of its keys and of itself."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self.places: dict[str, Place] = {}

    def put(self, key: str, value: Any, place: Place | None = None) -> None:
        self[key] = value
        self.places[key] = place or self.place

    def place_of(self, key: str) -> Place:
        return self.places.get(key, self.place)


class Sequence(list[Any]):
    """A list of a sheet, with the place of each of its items and of itself."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self.places: list[Place] = []

    def put(self, value: Any, place: Place | None = None) -> None:
        self.append(value)
        self.places.append(place or self.place)


def parsed(name: str, content: bytes) -> Any:
    """What a file says, as mappings and sequences with places."""
    check_size(name, content)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        sentence = gettext("This is not a text in UTF-8.")
        raise _error(name, content[: error.start].count(b"\n") + 1, sentence) from error
    if name.lower().endswith(".json"):
        text = PAIR.sub(lambda pair: pair[1] + json.loads(f'"{pair[2]}"'), text)
    try:
        return _Builder(name).built(yaml.parse(text, Loader=yaml.CLoader))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        sentence = gettext("This is no YAML or JSON that can be read: %(problem)s.")
        raise _error(name, line, sentence % {"problem": error.problem}) from error
    except yaml.YAMLError as error:
        sentence = gettext("The file holds characters that no text has.")
        raise _error(name, 0, sentence) from error


def check_size(name: str, content: bytes) -> None:
    if len(content) > LARGEST:
        sentence = gettext("The file is larger than %(most)s; give it in parts.")
        raise _error(name, 0, sentence % {"most": filesizeformat(LARGEST)})


def _error(name: str, line: int, sentence: str) -> SheetError:
    return SheetError([Fault(Place(name, line), "", sentence)])


class _Builder:
    """Builds values from the parser's events.

    Not PyYAML's composer, which calls itself for each level of nesting, follows aliases that
    grow beyond measure, and takes the last of several equal keys.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.open: list[tuple[Mapping | Sequence, str | None, Place]] = []
        self.key: str | None = None
        self.key_place = Place(name, 1)
        self.found: list[Any] = []

    def built(self, events: Iterator[yaml.Event]) -> Any:
        for number, event in enumerate(events):
            mark: Any = event.start_mark
            place = Place(self.name, mark.line + 1)
            if number > MOST:
                raise _error(*place, gettext("The file holds too much; give it in parts."))
            self._refuse(event, place)
            if isinstance(event, yaml.ScalarEvent):
                self._scalar(event, place)
            elif isinstance(event, yaml.CollectionStartEvent):
                self._begin(event, place)
            elif isinstance(event, yaml.CollectionEndEvent):
                self._end()
        if len(self.found) != 1:
            sentence = gettext("The file holds nothing.")
            if self.found:
                sentence = gettext("The file holds several documents; give each its own file.")
            raise _error(self.name, 0, sentence)
        return self.found[0]

    def _refuse(self, event: yaml.Event, place: Place) -> None:
        if getattr(event, "anchor", None):
            raise _error(*place, gettext("Anchors and aliases are not read; write it out."))
        if "\0" in getattr(event, "value", ""):
            raise _error(*place, gettext("The file holds characters that no text has."))
        if getattr(event, "tag", None) not in (None, "!"):
            raise _error(*place, gettext("Tags such as “!!int” are not read."))

    def _scalar(self, event: Any, place: Place) -> None:
        if self.open and isinstance(self.open[-1][0], Mapping) and self.key is None:
            if event.value in self.open[-1][0]:
                sentence = gettext("“%(key)s” stands here twice.") % {"key": event.value}
                raise _error(*place, sentence)
            self.key, self.key_place = event.value, place
        else:
            self._put(_scalar(event), place)

    def _begin(self, event: yaml.Event, place: Place) -> None:
        if self.open and isinstance(self.open[-1][0], Mapping) and self.key is None:
            raise _error(*place, gettext("A key must be a word, not a list or a mapping."))
        if len(self.open) == DEEPEST:
            raise _error(*place, gettext("Too many lists stand in one another."))
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        made = Mapping(place) if is_mapping else Sequence(place)
        self.open.append((made, self.key, self.key_place))
        self.key = None

    def _end(self) -> None:
        made, self.key, place = self.open.pop()
        self._put(made, made.place if self.key is None else place)

    def _put(self, value: Any, place: Place) -> None:
        if not self.open:
            self.found.append(value)
        elif isinstance(around := self.open[-1][0], Sequence):
            around.put(value, place)
        else:
            around.put(str(self.key), value, self.key_place)
            self.key = None


def _scalar(event: Any) -> Any:
    is_plain = event.implicit[0]
    if is_plain and event.value in WORDS:
        return WORDS[event.value]
    if is_plain and WHOLE_NUMBER.fullmatch(event.value):
        return int(event.value)
    return event.value


class _Dumper(yaml.CSafeDumper):
    """Writes lists of plain values in one line, and dates and numbers as they are read."""

    yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
        for first, resolvers in yaml.CSafeDumper.yaml_implicit_resolvers.items()
    }

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _list(dumper: yaml.CSafeDumper, values: list[Any]) -> yaml.Node:
    is_flat = not any(isinstance(one, dict | list) for one in values)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", values, flow_style=is_flat)


_Dumper.add_representer(list, _list)


def pieces_of(value: Iterable[Any] | dict[str, Any], form: str = "yaml") -> Iterator[str]:
    """The same text as that of a mapping or a list, item by item as they come."""
    if isinstance(value, dict):
        yield text_of(value, form)
        return
    before, between, after = ("[", ",", "\n]\n") if form == "json" else ("", "", "")
    is_empty = True
    for item in value:
        text = text_of([item], form)
        yield (before if is_empty else between) + text.removeprefix(before).removesuffix(after)
        is_empty = False
    yield text_of([], form) if is_empty else after


def text_of(value: Any, form: str = "yaml") -> str:
    """A tree of plain values as YAML or JSON."""
    if form == "json":
        return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
    return yaml.dump(
        value,
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=WIDTH,
        default_flow_style=False,
    )


def paths_of(paths: list[Path]) -> Iterator[Path]:
    """The files that are meant: of a directory, all that it has in a format of sheets."""
    for path in paths:
        if path.is_dir():
            files = sorted(path.iterdir())
            yield from (one for one in files if one.suffix.lstrip(".").lower() in FORMATS)
        else:
            yield path


def content_of(path: Path) -> bytes:
    """What a file holds, and no more than is needed to see that it is too large."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        sentence = gettext("The file cannot be read: %(problem)s.") % {"problem": error.strerror}
        raise _error(path.name, 0, sentence) from error
