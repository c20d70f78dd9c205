"""What README and docs say, and how many pages something has on paper."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()
GUIDE = (ROOT / "docs" / "editing.md").read_text()


def table(heading: str) -> set[str]:
    """The names in the first column of the table below a heading."""
    section = README.split(f"# {heading}\n")[1].split("\n#")[0]
    cells = re.findall(r"^\| (`.+?) \|", section, re.MULTILINE)
    return {name for cell in cells for name in re.findall(r"`(\w+)`", cell)}


def bold(text: str) -> list[str]:
    """The bold words of a text in Markdown, each with single spaces."""
    return [" ".join(one.split()) for one in re.findall(r"\*\*(.+?)\*\*", text, re.DOTALL)]


def pictures(text: str) -> set[str]:
    """The addresses of its pictures that have a description."""
    return set(re.findall(r"!\[[^\]]+\]\((.+?)\)", text))


def leads_to(text: str) -> set[str]:
    """The addresses of its links, without those of pictures."""
    return set(re.findall(r"(?<!!)\[[^\]]+\]\((.+?)\)", text))


def anchors(text: str) -> set[str]:
    """Where links can lead to within it: its headings, as they stand in addresses."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {"#" + re.sub(r"[^\w -]", "", one).lower().replace(" ", "-") for one in headings}


def sheets_of_paper(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))
