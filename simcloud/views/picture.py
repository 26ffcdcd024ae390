"""A picture: drawn once as SVG and PNG, with the text that says what it shows. The same bytes on every machine.

An untrusted notebook draws no SVG, so the PNG goes with it. Text is drawn as outlines of the font that comes with
matplotlib, so that no viewer's fonts change the layout; what a screen reader reads is the text alternative.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any

from simcloud.views import palette

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

DOTS_PER_INCH = 110
SIZE = re.compile(r' (width|height)="[\d.]+pt"')
SETTINGS: Any = {
    "font.family": "DejaVu Sans",
    "font.size": 9.0,
    "svg.fonttype": "path",
    "svg.hashsalt": "fargate-course",
    "path.simplify": False,
    "text.usetex": False,
}


@dataclass(frozen=True)
class Picture:
    """One display: SVG, PNG, and the text alternative, which `str` and `print` give as well."""

    svg: str
    png: bytes
    text: str

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> tuple[dict[str, Any], dict[str, Any]]:
        data = {"image/svg+xml": self.svg, "image/png": self.png, "text/plain": self.text}
        return data, {"image/png": {"alt": self.text}}

    def __repr__(self) -> str:
        return self.text

    __str__ = __repr__


def canvas(width: float, height: float) -> tuple[Figure, Axes]:
    """An empty sheet, in inches, with one unit of the axes to the inch and the origin at the top left."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    with rc_context(SETTINGS):
        figure = Figure(figsize=(width, height), facecolor=palette.PAPER)
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_xlim(0, width)
        axes.set_ylim(height, 0)
        axes.axis("off")
    return figure, axes


def finished(figure: Figure, text: str) -> Picture:
    """The picture of a figure. No date, no version, no random id gets into it."""
    from matplotlib import rc_context

    with rc_context(SETTINGS):
        svg, png = StringIO(), BytesIO()
        nothing: Any = {"Date": None, "Creator": None, "Format": None, "Type": None}
        figure.savefig(svg, format="svg", metadata=nothing)
        software: Any = {"Software": None}
        figure.savefig(png, format="png", dpi=DOTS_PER_INCH, metadata=software)
    return Picture(_as_wide_as_its_place(svg.getvalue()), _smaller(png), text)


def _as_wide_as_its_place(svg: str) -> str:
    """The drawing scaled to where it stands: with a width of its own JupyterLab would cut it off in a narrow window."""
    root = re.search(r"<svg\b[^>]*>", svg)
    assert root is not None, "matplotlib writes an <svg> element"
    return svg.replace(root[0], SIZE.sub("", root[0]).replace("<svg", '<svg width="100%"', 1), 1)


def _smaller(png: BytesIO) -> bytes:
    """The same picture with a table of 128 colours: a third of the bytes that a notebook has to keep."""
    from PIL import Image

    smaller = BytesIO()
    with Image.open(png) as full:
        full.convert("RGB").quantize(128, dither=Image.Dither.NONE).save(smaller, "PNG", optimize=True)
    return smaller.getvalue()
