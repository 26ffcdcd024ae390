"""The colours of all views. Each pair that stands together passes WCAG 2.2 AA; a test computes the contrasts.

Pictures have their own opaque background, so they read the same in JupyterLab's light and dark theme. No meaning is in
a colour alone: a word or a sign always stands with it.
"""

from __future__ import annotations

PAPER = "#ffffff"
INK = "#1b1f24"
QUIET = "#57606a"
"""Secondary text."""
DARK_THEME = "#111111"
"""The ground of JupyterLab's dark theme."""
LINE = "#7d8590"
"""Rules and rails: graphics, which need 3:1."""

GOOD, GOOD_PAPER = "#116329", "#dafbe1"
BAD, BAD_PAPER = "#a40e26", "#ffebe9"
EXECUTION, EXECUTION_PAPER = "#0a4a8f", "#ddf0ff"
"""What the execution role does."""
TASK, TASK_PAPER = "#7a3e00", "#fff1d6"
"""What the task role does."""
PLATFORM, PLATFORM_PAPER = "#424a53", "#eef1f4"
"""What Fargate does itself."""
ROUTE, ON_PATH = LINE, "#1a7f37"
"""Arrows of a diagram, which run over paper and over the dark theme's ground alike."""
KEY, KEY_PAPER = "#6b4a00", "#ffe9a8"
"""A key to ECR that is there."""

TEXT_PAIRS = (
    (INK, PAPER),
    (QUIET, PAPER),
    (GOOD, GOOD_PAPER),
    (GOOD, PAPER),
    (BAD, BAD_PAPER),
    (BAD, PAPER),
    (EXECUTION, EXECUTION_PAPER),
    (TASK, TASK_PAPER),
    (PLATFORM, PLATFORM_PAPER),
    (KEY, KEY_PAPER),
    (INK, BAD_PAPER),
    (INK, GOOD_PAPER),
)
"""Text on background: at least 4.5 to 1."""
GRAPHIC_PAIRS = (
    (LINE, PAPER),
    (GOOD, PAPER),
    (BAD, PAPER),
    (EXECUTION, PAPER),
    (TASK, PAPER),
    (PLATFORM, PAPER),
    (ROUTE, PAPER),
    (ON_PATH, PAPER),
    (ROUTE, DARK_THEME),
    (ON_PATH, DARK_THEME),
)
"""Graphics on background: at least 3 to 1."""


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
