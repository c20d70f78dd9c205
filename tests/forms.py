"""What a browser sends of a form."""

from tests.pages import Part

BUTTONS = {"submit", "button", "reset", "image"}


def form_data(form: Part) -> dict[str, list[str]]:
    """The fields as they stand, without the empty rows that scripts copy, and with a reason.

    That is asked for where something is public.
    """
    data: dict[str, list[str]] = {}
    for field in form.all("[name]"):
        name = field.attributes["name"]
        values = sent(field)
        if values is not None and "__prefix__" not in name and "-empty-" not in name:
            data.setdefault(name, []).extend(values)
    if data.get("reason") == [""]:
        data["reason"] = ["It is tested."]
    return data


def sent(field: Part) -> list[str] | None:
    """The values of a field; None where a browser leaves it out."""
    attributes = field.attributes
    if field.node.tag == "textarea":
        return [field.node.text()]
    if field.node.tag == "select":
        options = field.all("option[selected]")
        return [option.attributes.get("value", option.text) for option in options]
    kind = attributes.get("type")
    if kind in BUTTONS or (kind in ("checkbox", "radio") and "checked" not in attributes):
        return None
    return [attributes.get("value", "on" if kind == "checkbox" else "")]
