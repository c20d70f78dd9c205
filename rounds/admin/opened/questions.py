"""What an editor is asked about the changes of others, and the answers that come with the form.

A question travels with the form: what is sent in place of the fields as they stand if theirs is
chosen, and if mine is.
"""

import json
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

Data = dict[str, list[str]]

THEIRS, MINE = "theirs", "mine"
SEEN, SEEN_NOW = "_seen", "_seen_now"
QUESTION, CHOICE = "_question-", "_choice-"


@dataclass
class Question:
    name: str
    stands: Data  # as the fields were sent when it was asked
    theirs: Data
    mine: Data = field(default_factory=dict)

    def packed(self) -> str:
        content = {"stands": self.stands, "theirs": self.theirs, "mine": self.mine}
        return json.dumps({"name": self.name, **content})

    @classmethod
    def unpacked(cls, text: str) -> "Question | None":
        """What was packed; None where the text is none of ours."""
        try:
            content = json.loads(text)
            name = str(content["name"])
            parts = [content[name] for name in ("stands", "theirs", "mine")]
            texts = [values for part in parts for values in part.values()]
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None
        if not all(isinstance(one, list) and all(map(is_text, one)) for one in texts):
            return None
        return cls(name, *parts)


def is_text(value: Any) -> bool:
    return isinstance(value, str)


@dataclass
class Answers:
    """What was chosen, by the names of the questions; of which the fields were edited since."""

    chosen: dict[str, str] = field(default_factory=dict)
    edited: set[str] = field(default_factory=set)


def answered(data: QueryDict) -> Answers:
    """Do as the answers in what was sent say, if nothing is left to ask.

    Then the fields hold what was chosen, and what was shown with the questions counts as seen.
    Otherwise they are asked again, and everything stays as it was sent.
    """
    answers, is_complete, changes = Answers(), True, dict[str, list[str]]()
    names = [name for name in data if name.startswith(QUESTION)]
    for name in names:
        question = Question.unpacked(data.get(name, ""))
        chosen = data.get(CHOICE + name.removeprefix(QUESTION))
        if question is None or chosen not in (THEIRS, MINE):
            is_complete = False
        elif chosen == THEIRS and any(
            data.getlist(one) != values for one, values in question.stands.items()
        ):
            answers.edited.add(question.name)
            is_complete = False
        else:
            answers.chosen[question.name] = chosen
            changes |= question.theirs if chosen == THEIRS else question.mine
    if is_complete:
        for one, values in changes.items():
            if values:
                data.setlist(one, values)
            else:
                data.pop(one, None)
        if SEEN_NOW in data:
            data.setlist(SEEN, data.getlist(SEEN_NOW))
    for name in [one for one in data if one.startswith((QUESTION, CHOICE)) or one == SEEN_NOW]:
        del data[name]
    return answers
