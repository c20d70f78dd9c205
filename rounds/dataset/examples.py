"""Three lines with which readers begin, in the languages that they work in; tests run them."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Example:
    """An example in a language; ``ROOT`` stands for what the site's addresses begin with."""

    name: str
    title: StrOrPromise
    about: StrOrPromise
    code: str

    def text(self, root: str) -> str:
        return self.code.strip().replace("ROOT", root)


EXAMPLES = (
    Example(
        "pandas",
        "pandas",
        _("Who stayed away, and how often a source says so:"),
        """
import pandas as pd
delegations = pd.read_csv("ROOT/delegations.csv")
print(delegations.query("attendance == 'absent'").groupby("participant").size())
""",
    ),
    Example(
        "r",
        "R",
        _("The same:"),
        """
delegations <- read.csv("ROOT/delegations.csv", encoding = "UTF-8")
absent <- subset(delegations, attendance == "absent")
print(table(absent$participant))
""",
    ),
    Example(
        "sql",
        "SQL",
        _("On astana.sqlite, in how many rounds each topic was in the statement:"),
        """
SELECT topics.label, count(*) AS rounds FROM agenda JOIN topics ON topics.slug = agenda.topic
WHERE stage = 'statement'
GROUP BY topics.slug ORDER BY rounds DESC, topics.label;
""",
    ),
)
