"""What a browser would send of a form."""

import re
from html import unescape


def form_data(html: str) -> dict[str, list[str]]:
    """What a browser would send of the round's form, unchanged."""
    data: dict[str, list[str]] = {}
    form = html[html.index('id="round_form"') :]
    for tag in re.findall(r"<input [^>]+>", form):
        fields = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        kind, name = fields.get("type"), fields.get("name", "")
        if not name or name.startswith("_") or "__prefix__" in name or "-empty-" in name:
            continue
        if kind in ("checkbox", "radio") and " checked" not in tag:
            continue
        default = "on" if kind == "checkbox" else ""
        data.setdefault(name, []).append(unescape(fields.get("value", default)))
    areas = re.findall(r'<textarea name="([^"]+)"[^>]*>\n?(.*?)</textarea>', form, re.DOTALL)
    for name, value in areas:
        data[name] = [unescape(value).rstrip("\n")]
    for name, options in re.findall(r'<select name="([^"]+)".*?>(.*?)</select>', form, re.DOTALL):
        data[name] = [
            unescape(value)
            for value in re.findall(r'<option value="([^"]*)"[^>]* selected', options)
        ]
    return {name: value for name, value in data.items() if "__prefix__" not in name}
