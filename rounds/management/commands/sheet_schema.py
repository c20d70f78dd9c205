import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from rounds.desk.sheets.documentation import documented
from rounds.desk.sheets.schema import schema


class Command(BaseCommand):
    help = "Write the JSON Schema of the sheets, and the tables of docs/sheets.md."

    def handle(self, *args: Any, **options: Any) -> None:
        folder = settings.BASE_DIR / "docs"
        text = json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"
        (folder / "sheets.schema.json").write_text(text, encoding="utf-8")
        guide = folder / "sheets.md"
        guide.write_text(documented(guide.read_text(encoding="utf-8")), encoding="utf-8")
