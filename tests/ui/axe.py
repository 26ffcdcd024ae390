"""What axe-core finds in a page, as lines that a person can act on. Its script comes with a package: no network."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
"""WCAG 2.2 level AA, and axe's own advice."""


def findings(tab: Page, within: str | None = None, without: tuple[str, ...] = ()) -> list[str]:
    """One line for each element that breaks a rule, in the whole page or in the part that a selector names."""
    options = {
        "runOnly": {"type": "tag", "values": STANDARD},
        "rules": {name: {"enabled": False} for name in without},
        "resultTypes": ["violations"],
        "preload": False,  # it would fetch the style sheets, which a page from a folder may not
    }
    found: list[dict[str, Any]] = Axe().run(tab, context=within, options=options).response["violations"]
    return [
        f"{rule['id']} ({rule['impact']}): {' '.join(map(str, node['target']))}: {node['html'][:120]}"
        for rule in found
        for node in rule["nodes"]
    ]
