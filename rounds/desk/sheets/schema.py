"""The JSON Schema of the sheets, made from their shape, and what it has against a sheet."""

import re
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from functools import cache
from typing import Any

from django.utils.translation import gettext, override
from jsonschema import Draft202012Validator, FormatChecker

from rounds.desk.sheets.faults import Fault, Place
from rounds.desk.sheets.fields import fields_of
from rounds.desk.sheets.files import Mapping, Sequence
from rounds.desk.sheets.record import (
    KINDS,
    OWNERS,
    RECORD,
    REMARKS,
    TERMS,
    shapes,
)
from rounds.desk.sheets.shape import Parts, Shape
from rounds.desk.sheets.shorts import LANGUAGE, TEXT

Schema = dict[str, Any]
Steps = tuple[Any, ...]  # keys and places in lists, from a whole sheet inwards


def _name_of(shape: Shape) -> str:
    return str(shape.model._meta.model_name)


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _list_of(shape: Shape, description: str) -> Schema:
    return {"type": "array", "items": _ref(_name_of(shape)), "description": description}


def _entry(shape: Shape) -> Schema:
    """What an entry of a shape may say, and has to."""
    properties: Schema = {}
    required = []
    for item in shape.items:
        if isinstance(item, Parts):
            if not item.overlay:
                about = str(item.shape.model._meta.verbose_name_plural)
                properties[item.key] = _list_of(item.shape, about[:1].upper() + about[1:] + ".")
            continue
        field = fields_of(shape)[item.key]
        *around, last = item.key.split(".")
        place = properties
        for name in around:
            group = {"type": "object", "properties": {}, "additionalProperties": False}
            place = place.setdefault(name, group)["properties"]
        place[last] = field.schema()
        if field.is_required:
            required.append(item.key)
    patterns: Schema = {}
    conditions: list[Schema] = []
    for short in shape.shorts:
        properties |= short.schema
        patterns |= short.patterns
        conditions += short.conditions
        required = [key for key in required if key not in short.schema]
    properties |= shape.ignored
    found: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    found |= {"patternProperties": patterns} if patterns else {}
    found |= {"allOf": conditions} if conditions else {}
    return found | ({"required": required} if required else {})


def _names() -> Schema:
    codes = {"type": "array", "items": {"type": "string", "pattern": f"^{LANGUAGE}$"}}
    longer = {
        "type": "object",
        "properties": {
            "language": {"type": "string", "pattern": f"^({LANGUAGE})?$"},
            "text": TEXT,
            "checked": {"type": "boolean"},
        },
        "required": ["text"],
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "patternProperties": {
            f"^{LANGUAGE}$": TEXT
            | {"minLength": 1, "description": "The usual name in the language with this code."}
        },
        "properties": {
            "other": {
                "type": "array",
                "items": TEXT | {"minLength": 1},
                "description": "Further names, and words for it, in any language.",
            },
            "checked": codes
            | {"description": "Languages in a page of which the usual name was seen."},
            "names": {
                "type": "array",
                "items": longer,
                "description": "Further names whose language is known.",
            },
        },
        "additionalProperties": False,
    }


def _of_names() -> Schema:
    section = {"type": "object", "additionalProperties": _ref("names_of_one")}
    sections = dict.fromkeys((*OWNERS, *TERMS), section)
    remarks = {"description": "What an editor should look at; not part of the record."}
    return {
        "type": "object",
        "properties": sections | {REMARKS: remarks},
        "additionalProperties": False,
    }


def _of_summaries() -> Schema:
    fields = fields_of(RECORD["rounds"])
    entry = {
        "type": "object",
        "properties": {
            "round": fields["number"].schema(),
            "summary": fields["summary"].schema(),
        },
        "required": ["round", "summary"],
        "additionalProperties": False,
    }
    return {"type": "array", "items": entry}


@cache
def schema() -> Schema:
    """The JSON Schema of all sheets; of one file under ``$defs``, by the name of the file."""
    with override("en"):
        elsewhere = set(_shapes_of_names())
        entries = {_name_of(one): _entry(one) for one in shapes() if one not in elsewhere}
        files: Schema = {
            kind: {"type": "array", "items": _ref(_name_of(RECORD[kind]))}
            for kind in KINDS
            if kind in RECORD
        } | {"summaries": _of_summaries(), "names": _of_names()}
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "Sheets of the record of the Astana process",
            "description": "One file with several kinds; for a file of one kind see $defs.",
            "type": "object",
            "properties": {kind: _ref(kind) for kind in KINDS},
            "additionalProperties": False,
            "$defs": {kind: files[kind] for kind in KINDS} | entries | {"names_of_one": _names()},
        }


def _shapes_of_names() -> Iterator[Shape]:
    """What stands in the sheet of names alone, which is described by itself."""
    yield RECORD["terms"]
    for shape in shapes():
        yield from (parts.shape for parts in shape.parts.values() if parts.overlay)


@cache
def _validator(kind: str) -> Draft202012Validator:
    whole = {"$defs": schema()["$defs"], **_ref(kind)}
    return Draft202012Validator(whole, format_checker=FormatChecker(["date"]))


def faults_of(kind: str, sheet: Any, place: Place) -> Iterator[tuple[Fault, Steps]]:
    """What is wrong with the structure of a sheet, each with the steps that lead to the entry."""
    for error in _validator(kind).iter_errors(sheet):
        path = list(error.absolute_path)
        for sentence, key in _sentences(error):
            where = _place(sheet, [*path, *key], place)
            fault = Fault(where, _entry_at(kind, sheet, path), sentence)
            yield fault, tuple(path[: 2 if kind == "names" else 1])


def _place(sheet: Any, path: list[Any], place: Place) -> Place:
    """Where the value at the path stands."""
    for step in path:
        if isinstance(sheet, Mapping):
            place = sheet.place_of(step)
            sheet = sheet.get(step)
        elif isinstance(sheet, Sequence):
            place = sheet.places[step]
            sheet = sheet[step]
    return place


NAMED_BY = (
    "id",
    "number",
    "round",
    "order",
    "party",
    "person",
    "topic",
    "title",
    "subject",
    "term",
)


def _entry_at(kind: str, sheet: Any, path: list[Any]) -> str:
    """What the entry is called in which something is wrong."""
    steps, key = [], kind
    for step in path:
        sheet = sheet[step]
        if isinstance(step, int) and isinstance(sheet, dict):
            names = (sheet[one] for one in NAMED_BY if sheet.get(one) is not None)
            named = next(names, step + 1)
            steps.append(f"{key} {named}")
        elif isinstance(step, str):
            key = step
            if kind == "names":
                steps.append(step)
    return ", ".join(steps)


def _sentences(error: Any) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Our sentences on an error, each with the key that it is about, if that is further in."""
    key = next((str(one) for one in reversed(error.absolute_path) if isinstance(one, str)), "")
    if error.validator == "required":
        missing = next(one for one in error.validator_value if f"'{one}' is a req" in error.message)
        yield gettext("“%(key)s” is missing.") % {"key": missing}, ()
    elif error.validator == "additionalProperties":
        yield from _unknown(error)
    else:
        say = SENTENCES.get(str(error.validator))
        sentence = say(error) if say else error.message
        yield (f"“{key}”: {sentence}" if key else sentence), ()


def _unknown(error: Any) -> Iterator[tuple[str, tuple[str, ...]]]:
    known = list(error.schema["properties"])
    patterns = error.schema.get("patternProperties", {})
    for key in error.instance:
        if key in known or any(re.search(pattern, str(key)) for pattern in patterns):
            continue
        close = get_close_matches(str(key), known, 1)
        sentence = gettext("There is no key “%(key)s” here.") % {"key": key}
        if close:
            sentence += " " + gettext("Is “%(key)s” meant?") % {"key": close[0]}
        yield sentence, (key,)


TYPES = {
    "string": lambda: gettext("a text"),
    "integer": lambda: gettext("a whole number"),
    "boolean": lambda: gettext("true or false"),
    "array": lambda: gettext("a list"),
    "object": lambda: gettext("a mapping of keys to values"),
    "null": lambda: gettext("null"),
}


def _type(error: Any) -> str:
    wanted = error.validator_value
    names = [wanted] if isinstance(wanted, str) else list(wanted)
    if "string" in names:
        names = ["string"]
    wanted_words = gettext(" or ").join(TYPES[name]() for name in names if name != "null")
    sentence = gettext("%(value)s stands where %(type)s belongs.") % {
        "value": _shown(error.instance),
        "type": wanted_words,
    }
    if names == ["string"] and error.instance in (True, False, None):
        sentence += " " + gettext("Put a word such as “true” in quotation marks.")
    return sentence


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return gettext("a list")
    if isinstance(value, dict):
        return gettext("a mapping of keys to values")
    words = {True: "true", False: "false", None: "null"}
    text = words[value] if value is None or isinstance(value, bool) else str(value)
    return f"“{text[:60]}…”" if len(text) > 60 else f"“{text}”"


def _enum(error: Any) -> str:
    choices = [one for one in error.validator_value or () if one is not None]
    shown = {"value": _shown(error.instance)}
    if len(choices) > 20:
        close = get_close_matches(str(error.instance), choices, 1)
        if close:
            return gettext("%(value)s is not known; is “%(close)s” meant?") % {
                **shown,
                "close": close[0],
            }
        return gettext("%(value)s is not known.") % shown
    return gettext("%(value)s is none of: %(choices)s.") % {**shown, "choices": ", ".join(choices)}


SENTENCES: dict[str, Callable[[Any], str]] = {
    "type": _type,
    "enum": _enum,
    "format": lambda e: (
        gettext("%(value)s is no day, written as 2017-01-23.") % {"value": _shown(e.instance)}
    ),
    "pattern": lambda e: (
        gettext("%(value)s is not written as it should be (%(pattern)s).")
        % {"value": _shown(e.instance), "pattern": e.validator_value}
    ),
    "minimum": lambda e: (
        gettext("%(value)s is less than %(limit)s.")
        % {"value": e.instance, "limit": e.validator_value}
    ),
    "maximum": lambda e: (
        gettext("%(value)s is more than %(limit)s.")
        % {"value": e.instance, "limit": e.validator_value}
    ),
    "maxLength": lambda e: (
        gettext("The text has %(length)d characters, and at most %(limit)s fit.")
        % {"length": len(str(e.instance)), "limit": e.validator_value}
    ),
    "minLength": lambda e: gettext("The text is empty."),
    "minItems": lambda e: gettext("The list is empty; at least one belongs here."),
    "uniqueItems": lambda e: gettext("Something stands in the list twice."),
}
