"""Pictures of a lesson as files of the site, each with what it shows as text beside it.

A picture that a notebook keeps as Mermaid's text is drawn by JupyterLab in the browser. A page without a network has
no Mermaid: it shows the drawing that `docs/images/make.py` took from JupyterLab, where there is one for exactly this
text, and else the words alone, which say the same.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any

DRAWINGS = Path(__file__).parent / "drawings"
VIEW_BOX = re.compile(r'viewBox="\s*[\d.-]+ [\d.-]+ ([\d.]+) ([\d.]+)"')
POINT = 96 / 72
"""Pixels of a page in a point, the unit of the drawings."""


@dataclass
class Pictures:
    """The pictures of one page, by the name of their file."""

    page: str
    """lessons/03-networking: how their files are called."""
    files: dict[str, bytes] = field(default_factory=dict)

    def figure(self, data: Mapping[str, Any], cell: str) -> str | None:
        """The figure of an output that is a picture; None for one that is none."""
        said = str(data.get("text/plain", ""))
        if "image/svg+xml" in data:
            drawing = str(data["image/svg+xml"])
            width, height = _size_of_drawing(drawing)
            return self._figure(cell, "svg", drawing.encode(), width, height, said)
        if "image/png" in data:
            dots = base64.b64decode(data["image/png"])
            return self._figure(cell, "png", dots, *_size_of_dots(dots), said)
        if "text/vnd.mermaid" in data:
            drawn = drawing_of(str(data["text/vnd.mermaid"]))
            if not drawn.exists():
                return f'<figure class="picture"><pre class="said">{escape(said, quote=False)}</pre></figure>'
            dots = drawn.read_bytes()
            width, height = _size_of_dots(dots)
            return self._figure(cell, "webp", dots, width // 2, height // 2, said)
        return None

    def _figure(self, cell: str, kind: str, content: bytes, width: int, height: int, said: str) -> str:
        number = sum(name.startswith(f"{cell}-") for name in self.files) + 1
        name = f"{cell}-{number}.{kind}"
        self.files[name] = content
        alt = said.split("\n", 1)[0].strip() or "A picture"
        return (
            f'<figure class="picture"><img src="{Path(self.page).name}/{name}" alt="{escape(alt)}: the text below says'
            f' what it shows" width="{width}" height="{height}" loading="lazy">'
            f"<figcaption><details><summary>The same as text</summary>"
            f'<pre class="said">{escape(said, quote=False)}</pre></details></figcaption></figure>'
        )


def drawing_of(mermaid: str) -> Path:
    """Where the drawing of a text of Mermaid's is kept, at two dots for a pixel."""
    return DRAWINGS / f"{hashlib.sha256(mermaid.encode()).hexdigest()[:16]}.webp"


def _size_of_drawing(svg: str) -> tuple[int, int]:
    found = VIEW_BOX.search(svg)
    return (round(float(found[1]) * POINT), round(float(found[2]) * POINT)) if found else (900, 500)


def _size_of_dots(dots: bytes) -> tuple[int, int]:
    from PIL import Image

    with Image.open(BytesIO(dots)) as picture:
        return picture.size
