"""A sheet of shapes that can be drawn in two ways: by matplotlib, as a picture to keep, and at once, as SVG for a view
that follows a slider. Positions and sizes are inches from the top left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any

from simcloud.views import palette
from simcloud.views.picture import Picture, canvas, finished

if TYPE_CHECKING:
    from matplotlib.axes import Axes

POINTS = 72
"""To the inch."""
Point = tuple[float, float]
DASHES = {"-": "", "--": "5 3", ":": "1 2"}
MARKS = {"v": "M-3 -3 L3 -3 L0 3 Z", "x": "M-3 -3 L3 3 M-3 3 L3 -3"}
HATCH = (
    '<pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<line x1="0" y1="0" x2="0" y2="5" stroke="{colour}" stroke-width="1.4"/></pattern>'
)


@dataclass(frozen=True)
class Text:
    """A line of text, its middle at the height given."""

    at: Point
    words: str
    size: float = 9.0
    colour: str = palette.INK
    bold: bool = False
    mono: bool = False
    anchor: str = "left"
    """left, center or right."""


@dataclass(frozen=True)
class Box:
    """A rectangle."""

    at: Point
    width: float
    height: float
    fill: str
    edge: str = ""
    hatched: bool = False


@dataclass(frozen=True)
class Line:
    """Straight from point to point. With `fill`, the area that it encloses."""

    points: Sequence[Point]
    colour: str = palette.LINE
    width: float = 1.0
    dash: str = "-"
    fill: str = ""


@dataclass(frozen=True)
class Mark:
    """A sign: v or x."""

    at: Point
    sign: str
    colour: str


@dataclass
class Sheet:
    """Shapes, the later ones above the earlier ones."""

    width: float
    height: float
    shapes: list[Text | Box | Line | Mark] = field(default_factory=list)

    def add(self, *shapes: Text | Box | Line | Mark) -> None:
        """Put them on top."""
        self.shapes += shapes

    def picture(self, text: str) -> Picture:
        """The picture to keep, with its text alternative."""
        figure, axes = canvas(self.width, self.height)
        for place, shape in enumerate(self.shapes):
            _paint(axes, shape, place)
        return finished(figure, text)

    def svg(self, text: str) -> str:
        """The same for a live view, in a few milliseconds: text is set in the viewer's own font."""
        size = f"{self.width * POINTS:g} {self.height * POINTS:g}"
        body = "".join(map(_written, self.shapes))
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" width="100%" role="img"'
            f' aria-label="{escape(text)}" font-family="DejaVu Sans, Verdana, sans-serif">'
            f"<defs>{HATCH.format(colour=palette.BAD)}</defs>"
            f'<rect width="100%" height="100%" fill="{palette.PAPER}"/>{body}</svg>'
        )


def _paint(axes: Axes, shape: Text | Box | Line | Mark, place: int) -> None:
    order = 2 + place / 1000
    if isinstance(shape, Text):
        family = "DejaVu Sans Mono" if shape.mono else "DejaVu Sans"
        weight = "bold" if shape.bold else "normal"
        axes.text(*shape.at, shape.words, fontsize=shape.size, color=shape.colour, fontweight=weight, family=family,
                  va="center", ha=shape.anchor, zorder=order)  # fmt: skip
    elif isinstance(shape, Box):
        from matplotlib.patches import Rectangle

        look: Any = {"facecolor": shape.fill, "edgecolor": shape.edge or shape.fill, "linewidth": 0.6}
        hatch = "////" if shape.hatched else None
        axes.add_patch(Rectangle(shape.at, shape.width, shape.height, hatch=hatch, zorder=order, **look))
    elif isinstance(shape, Line):
        xs, ys = [x for x, _ in shape.points], [y for _, y in shape.points]
        if shape.fill:
            axes.fill(xs, ys, color=shape.fill, linewidth=0, zorder=order)
        else:
            axes.plot(xs, ys, color=shape.colour, linewidth=shape.width, linestyle=shape.dash, zorder=order)
    else:
        axes.plot(*([part] for part in shape.at), marker=shape.sign, markersize=5, color=shape.colour,
                  linestyle="none", zorder=order)  # fmt: skip


def _written(shape: Text | Box | Line | Mark) -> str:
    if isinstance(shape, Text):
        anchor = {"left": "start", "center": "middle", "right": "end"}[shape.anchor]
        look = (' font-weight="bold"' if shape.bold else "") + (' font-family="monospace"' if shape.mono else "")
        x, y = _at(shape.at)
        return (
            f'<text x="{x}" y="{y}" font-size="{shape.size:g}" fill="{shape.colour}" text-anchor="{anchor}"'
            f' dominant-baseline="middle" style="white-space: pre"{look}>{escape(shape.words)}</text>'
        )
    if isinstance(shape, Box):
        (x, y), width, height = _at(shape.at), _points(shape.width), _points(shape.height)
        head = f'<rect x="{x}" y="{y}" width="{width}" height="{height}" stroke="{shape.edge or shape.fill}"'
        hatch = f'{head} fill="url(#hatch)" stroke-width="0.6"/>' if shape.hatched else ""
        return f'{head} fill="{shape.fill}" stroke-width="0.6"/>{hatch}'
    if isinstance(shape, Line):
        points = " ".join(",".join(_at(point)) for point in shape.points)
        if shape.fill:
            return f'<polygon points="{points}" fill="{shape.fill}"/>'
        dash = f' stroke-dasharray="{DASHES[shape.dash]}"' if DASHES[shape.dash] else ""
        return f'<polyline points="{points}" fill="none" stroke="{shape.colour}" stroke-width="{shape.width:g}"{dash}/>'
    x, y = _at(shape.at)
    return (
        f'<path d="{MARKS[shape.sign]}" transform="translate({x} {y})" stroke="{shape.colour}" stroke-width="1.4"'
        f' fill="{shape.colour}"/>'
    )


def _at(point: Point) -> tuple[str, str]:
    return _points(point[0]), _points(point[1])


def _points(inches: float) -> str:
    return f"{inches * POINTS:.1f}"
