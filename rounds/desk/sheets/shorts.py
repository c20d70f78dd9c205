"""What sheets say more briefly than field by field, there and back."""

import re
from textwrap import shorten
from typing import Any

from django.utils.text import slugify

from rounds.desk.sheets.files import Mapping, Sequence
from rounds.desk.sheets.shape import Plain, Short
from rounds.models import FixedTerm, Session

TEXT = {"type": ["string", "integer"]}
LANGUAGE = "[a-z]{2,3}"

# Sessions of a round, briefly: kinds without a day that rest on the same sources.


def _expand_formats(entry: Mapping) -> None:
    if "formats" not in entry:
        return
    sessions = entry.setdefault("sessions", Sequence(entry.place_of("formats")))
    for kind in entry.pop("formats"):
        session = Mapping(entry.place_of("formats"))
        session.put("kind", kind)
        session.put("sources", entry.get("formats_sources", []), entry.place_of("formats_sources"))
        sessions.put(session)


def _condense_formats(plain: Plain) -> Plain:
    sessions = plain.get("sessions", [])
    sources = sessions[0]["sources"] if sessions else []
    if any("day" in one or one["sources"] != sources for one in sessions):
        return plain
    rest = {key: value for key, value in plain.items() if key != "sessions"}
    return rest | {
        "formats": [one["kind"] for one in sessions],
        **({"formats_sources": sources} if sessions else {}),
    }


FORMATS = Short(
    {
        "formats": {
            "type": "array",
            "items": {"enum": list(Session.Kind.values)},
            "uniqueItems": True,
            "description": "Kinds of sessions without a day of their own.",
        },
        "formats_sources": {
            "type": "array",
            "items": {"type": "string"},
            "uniqueItems": True,
            "description": "The sources of all of these sessions.",
        },
    },
    _expand_formats,
    _condense_formats,
    conditions=(
        {
            "if": {
                "required": ["formats"],
                "properties": {"formats": {"minItems": 1}},
            },
            "then": {
                "required": ["formats_sources"],
                "properties": {"formats_sources": {"minItems": 1}},
            },
        },
    ),
)


# The head of a delegation, apart from its other members.


def _expand_head(entry: Mapping) -> None:
    if "head" not in entry:
        return
    head = Mapping(entry.place_of("head"))
    head.put("person", entry.pop("head"))
    head.put("head", True)
    if "head_position" in entry:
        head.put("position", entry.pop("head_position"), entry.place_of("head_position"))
    members = Sequence(entry.place_of("members"))
    members.put(head)
    for member, place in zip(
        entry.get("members", []), getattr(entry.get("members"), "places", ()), strict=True
    ):
        members.put(member, place)
    entry.put("members", members, entry.place_of("members"))


def _condense_head(plain: Plain) -> Plain:
    members = plain.get("members", [])
    head = next((one for one in members if one.get("head")), None)
    if head is None:
        return plain
    rest = {**plain, "members": [one for one in members if one is not head]}
    if not rest["members"]:
        del rest["members"]
    rest["head"] = head["person"]
    if "position" in head:
        rest["head_position"] = head["position"]
    return rest


HEAD = Short(
    {
        "head": {"type": "string", "description": "Who led it, an id in people.yaml."},
        "head_position": TEXT | {"description": "The position of the head."},
    },
    _expand_head,
    _condense_head,
    conditions=({"if": {"required": ["head_position"]}, "then": {"required": ["head"]}},),
)


# Names: the usual one of each language under its code, words of no language in a list.


def _named(entry: Mapping, key: str, **fields: Any) -> Mapping:
    name = Mapping(entry.place_of(key))
    for field, value in fields.items():
        name.put(field, value)
    return name


def expand_names(entry: Mapping) -> None:
    """``ru: …``, ``other: […]`` and ``checked: [ru]`` as names, each with what is known of it."""
    names = Sequence(entry.place)
    checked = entry.pop("checked", [])
    others = entry.pop("other", [])
    longer = entry.pop("names", [])
    for key in [key for key in entry if key not in ("id", "kind", "term")]:
        is_seen = {"checked": True} if key in checked else {}
        names.put(
            _named(entry, key, language=key, text=entry.pop(key), label=True, **is_seen),
            entry.place_of(key),
        )
    for text in dict.fromkeys(others):
        names.put(_named(entry, "other", text=text), entry.place_of("other"))
    for one in longer:
        names.put(one, one.place)
    entry.put("names", names)


def condense_names(plain: Plain) -> Plain:
    names = plain.get("names", [])
    labels = {one["language"]: one["text"] for one in names if one.get("label")}
    others = [one["text"] for one in names if set(one) == {"text"}]
    longer = [one for one in names if not one.get("label") and set(one) != {"text"}]
    checked = [one["language"] for one in names if one.get("label") and one.get("checked")]
    lists = {"other": others, "checked": checked, "names": longer}
    return labels | {key: value for key, value in lists.items() if value}


# Fixed terms: their wordings under the codes of the languages, an id that follows from the term.

WORDING = re.compile(f"({LANGUAGE})(_variants)?")


def _id_of(term: str) -> str:
    """The id that a term has unless it is given another; its first words, as many as fit."""
    longest = FixedTerm._meta.get_field("slug").max_length or 0
    return slugify(shorten(term.replace("/", " "), longest, placeholder=""))


def _expand_wordings(entry: Mapping) -> None:
    """``ru: …`` and ``ru_variants: […]`` as names, all of them seen."""
    entry.setdefault("id", _id_of(str(entry["term"])))
    names = Sequence(entry.place)
    for key in [key for key in entry if key != "id"]:
        if found := WORDING.fullmatch(key):
            language, is_other = found.groups()
            said = entry.pop(key)
            for text in dict.fromkeys(said if is_other else [said]):
                name = {"language": language, "text": text, "label": not is_other}
                names.put(_named(entry, key, **name, checked=True), entry.place_of(key))
    longer = entry.get("names", Sequence(entry.place))
    for name, place in zip(longer, longer.places, strict=True):
        names.put(name, place)
    if names:
        entry.put("names", names)


def _condense_wordings(plain: Plain) -> Plain:
    said: Plain = {}
    longer = []
    for name in plain.get("names", []):
        language = name.get("language")
        if not (language and name.get("checked")):
            longer.append(name)
        elif name.get("label"):
            said[language] = name["text"]
        else:
            said.setdefault(f"{language}_variants", []).append(name["text"])
    rest = {key: value for key, value in plain.items() if key not in ("id", "term", "names")}
    id_ = {} if plain["id"] == _id_of(plain["term"]) else {"id": plain["id"]}
    return {**id_, "term": plain["term"], **said, **({"names": longer} if longer else {}), **rest}


WORDINGS = Short(
    {
        "id": {
            "type": "string",
            "pattern": "^[-a-zA-Z0-9_]+$",
            "description": "Permanent identifier, also in links; made from the term if left out.",
        }
    },
    _expand_wordings,
    _condense_wordings,
    patterns={
        f"^{LANGUAGE}$": TEXT
        | {
            "minLength": 1,
            "description": "The usual wording in the language with this code, seen in its pages.",
        },
        f"^{LANGUAGE}_variants$": {
            "type": "array",
            "items": TEXT | {"minLength": 1},
            "description": "Further wordings in that language, seen in its pages.",
        },
    },
)


def other_names(key: str, *, is_list: bool) -> Short:
    def expand(entry: Mapping) -> None:
        if key not in entry:
            return
        found = entry.pop(key)
        names = entry.setdefault("names", Sequence(entry.place_of(key)))
        for text in dict.fromkeys(found if is_list else [found]):
            names.put(_named(entry, key, text=text))

    schema = {"type": "array", "items": TEXT} if is_list else TEXT
    about = "Other names, which names.yaml may have besides, and which are written there."
    return Short({key: schema | {"description": about}}, expand)
