"""A mermaid diagram and the text that says the same.

JupyterLab draws `text/vnd.mermaid` itself, in an untrusted notebook too (its renderer is marked safe), in the colours
of its theme; every node here carries its own colours, so that it reads in the light and in the dark.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from simcloud.views import palette

MIME = "text/vnd.mermaid"
SETTINGS = (
    '%%{init: {"flowchart": {"subGraphTitleMargin": {"top": 0, "bottom": 22}, "wrappingWidth": 340, '
    '"rankSpacing": 28, "nodeSpacing": 30}}}%%'
)
"""Room for titles of two lines above what stands in a box, and for an AWS id on one line; little room between."""
LINKS = {
    "plain": f"stroke:{palette.ROUTE},stroke-width:2px",
    "marked": f"stroke:{palette.ON_PATH},stroke-width:4px",
}
CLASSES = {
    "plain": (palette.PLATFORM_PAPER, palette.INK, palette.PLATFORM, 1),
    "task": (palette.EXECUTION_PAPER, palette.INK, palette.EXECUTION, 2),
    "passed": (palette.GOOD_PAPER, palette.INK, palette.GOOD, 3),
    "ended": (palette.BAD_PAPER, palette.INK, palette.BAD, 4),
    "key": (palette.KEY_PAPER, palette.INK, palette.KEY, 3),
    "box": (palette.PAPER, palette.INK, palette.LINE, 1),
    "inner": ("transparent", palette.INK, palette.LINE, 1),
}
"""Name: fill, text, border, width of the border in pixels."""


@dataclass
class Drawing:
    """Nodes, boxes around them, and edges, in mermaid's words. The same calls give the same text."""

    lines: list[str] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    edges: list[str] = field(default_factory=list)
    """For each edge its style: `marked`, `plain` or `hidden`."""

    def name(self, identity: str) -> str:
        """A name that mermaid accepts, for an AWS id."""
        return self.names.setdefault(identity, f"n{len(self.names)}")

    def node(self, identity: str, *label: str, kind: str = "plain", shape: str = '["{}"]') -> None:
        """A node with a label of one or more lines."""
        text = "<br/>".join(_safe(line) for line in label)
        self.lines.append(f"{self.name(identity)}{shape.format(text)}:::{kind}")

    def open_box(self, identity: str, *label: str) -> None:
        """Begin a box; what follows stands in it, until `close_box`."""
        text = "<br/>".join(_safe(line) for line in label)
        self.lines.append(f'subgraph {self.name(identity)}["{text}"]')

    def close_box(self) -> None:
        """End the innermost box."""
        self.lines.append("end")

    def edge(self, start: str, end: str, label: str = "", *, arrow: str = "-->", marked: bool = False) -> None:
        """An arrow from one to another. Both must have been drawn."""
        middle = f'|"{_safe(label)}"| ' if label else " "
        self.lines.append(f"{self.names[start]} {arrow}{middle}{self.names[end]}")
        self.edges.append("marked" if marked else "plain")

    def beside(self, start: str, end: str) -> None:
        """Place one to the right of the other, without an arrow."""
        self.lines.append(f"{self.names[start]} ~~~ {self.names[end]}")
        self.edges.append("hidden")

    def mermaid(self, boxes: Mapping[str, str], direction: str = "LR") -> str:
        """The whole diagram. `boxes` gives each box its class."""
        styles = [
            f"classDef {name} fill:{fill},color:{ink},stroke:{border},stroke-width:{width}px"
            for name, (fill, ink, border, width) in CLASSES.items()
        ]
        held = [f"class {self.names[box]} {name}" for box, name in boxes.items() if box in self.names]
        return "\n".join([SETTINGS, f"flowchart {direction}", *self.lines, *styles, *held, *self._links()])

    def _links(self) -> Iterator[str]:
        for style, look in LINKS.items():
            numbers = ",".join(str(number) for number, held in enumerate(self.edges) if held == style)
            if numbers:
                yield f"linkStyle {numbers} {look}"


def _safe(text: str) -> str:
    """Without the characters that end a label."""
    return text.replace('"', "#quot;").replace("<", "#lt;").replace(">", "#gt;")


@dataclass(frozen=True)
class Diagram:
    """One display: the diagram, and the text that says the same (`str` and `print` give it as well)."""

    mermaid: str
    text: str

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {MIME: self.mermaid, "text/plain": self.text}

    def __repr__(self) -> str:
        return self.text

    __str__ = __repr__
