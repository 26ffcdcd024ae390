"""A learner's text, so that it can be shown to an instructor.

formgrader puts the HTML in Markdown into its page as it is: a script there would run as the person who gives the marks.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Collection
from typing import Any
from urllib.parse import unquote

TAG = re.compile(r"<(?=[A-Za-z/!?])")
"""The beginning of a tag. `a < b` is none."""

SPELT = re.compile(r"&(?=#|(?:colon|Tab|NewLine|lpar|rpar);)", re.IGNORECASE)
"""A sign of an address, spelt in a way that is read back when the page is made; more than once, so it is taken out."""

ADDRESS = re.compile(
    r"(?:javascript|vbscript|livescript|data[ \t]*:[ \t]*(?:text|image/svg)[^,\s)]*)(?=\\?:|[;,])", re.IGNORECASE
)
"""The addresses that run something when a link is followed."""

ATTACHMENT = re.compile(r"attachment(\\?):([^\s)\"'>\]]*)")
"""A picture in the cell. One that is not there would keep formgrader from showing the page at all."""

FORMULA = re.compile(r"\\(?=(?:href|class|style|cssId|require|unicode|mmlToken|url|includegraphics)\b)")
"""MathJax's commands that leave the formula: links, attributes, extensions."""

PICTURES = ("image/png", "image/jpeg", "image/gif")
BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")
NAME = re.compile(r"[\w .()-]{1,100}")


def markdown(text: str, pictures: Collection[str] = ()) -> str:
    """Markdown that shows what was written and does nothing. `pictures`: the names of its attachments."""

    def there(found: re.Match[str]) -> str:
        known = not found[1] and unquote(found[2]) in pictures
        return found[0] if known else f"missing-attachment-{found[2]}"

    text = TAG.sub("&lt;", SPELT.sub("", text.replace("\t", "    ")))
    text = ATTACHMENT.sub(there, ADDRESS.sub("removed", text))
    return FORMULA.sub("", text)


def cell(shown: dict[str, Any]) -> dict[str, Any]:
    """A text cell of a learner's, made harmless; the given one is left as it is."""
    made = copy.deepcopy(shown)
    found = {name: _pictures(bundle) for name, bundle in made.pop("attachments", {}).items() if NAME.fullmatch(name)}
    kept = {name: bundle for name, bundle in found.items() if bundle}
    made["source"] = markdown("".join(shown["source"]), kept)
    return made | ({"attachments": kept} if kept else {})


def _pictures(bundle: dict[str, str]) -> dict[str, str]:
    return {kind: data for kind, data in bundle.items() if kind in PICTURES and BASE64.fullmatch(data)}
