"""Pictures as files: SVG from a template, and PNG from that."""

import re
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import resvg_py
from django.template import Context
from django.template.loader import get_template
from PIL import Image

from rounds.pictures.letters import FILES, SANS_FAMILY, SERIF_FAMILY, Face, width

# What no XML document may hold, not even as a reference.
NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
COLOURS = 64  # few flat ones, and those between them at the edges of letters


class Ink:
    """The colours of the site's light theme, as ``base.css`` has them."""

    ground = "#fbfaf7"
    ink = "#1c1d20"
    soft = "#555b63"
    line = "#d9d6cd"
    accent = "#1d4e79"
    on_accent = "#fff"
    second = "#8a5200"
    silence = "#ece8dd"
    faint = "#a8a396"  # of files alone: what stands back, and is seen on the ground nevertheless


@dataclass(frozen=True)
class Text:
    """A line of text: where its base begins, its letters and its colour."""

    x: float
    y: float
    text: str
    face: Face
    size: float
    ink: str = Ink.ink
    anchor: str = "start"

    @property
    def end(self) -> float:
        return self.x + width(self.text, self.face, self.size)


def svg(template: str, **context: Any) -> str:
    """The picture that the template draws, as an XML document."""
    drawn: Any = get_template(f"pictures/{template}")
    # Numbers are written for machines.
    text = drawn.template.render(Context({"ink": Ink, **context}, use_l10n=False))
    return NO_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def png(picture: str, zoom: float = 1) -> bytes:
    """The SVG as PNG, so many times as large; the same bytes for the same picture."""
    image = Image.open(
        BytesIO(
            resvg_py.svg_to_bytes(
                svg_string=picture,
                zoom=zoom,
                skip_system_fonts=True,
                font_files=FILES,
                serif_family=SERIF_FAMILY,
                sans_serif_family=SANS_FAMILY,
                font_family=SANS_FAMILY,
            )
        )
    )
    few = image.convert("RGB").quantize(
        COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE
    )
    packed = BytesIO()
    few.save(packed, "PNG")
    return packed.getvalue()
