"""A lesson's code cells, lived in this process; beside the life as written, others in which one cell was changed.

From stdin, as JSON: `{"cells": [{"id", "text"}], "changes": [{"cell", "text", "until"}]}`. The cells run one after the
other. Before a cell that is to be changed the process forks: the child goes on with the changed text to the cell
`until`, so that what several changes have in common is lived once. To stdout, one list for each change: what every
cell from the changed one on said, and whether it raised. A cell that raises ends nothing: its error is its output, as
in a notebook. Quicker than a kernel (no sockets, one start for a lesson), with the same shell beneath.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from autograder.author.shell import answers, lived

Cells = list[dict[str, str]]


def main() -> None:
    asked = json.load(sys.stdin)
    stream = answers()
    json.dump(lives(asked["cells"], asked["changes"]), stream)
    stream.close()


def lives(cells: Cells, changes: Cells) -> list[Any]:
    """What was said after each change, in the order of the changes."""
    found: list[Any] = [None] * len(changes)
    places = [cell["id"] for cell in cells]
    last = max(places.index(change["cell"]) for change in changes)
    for place, cell in enumerate(cells[: last + 1]):
        for number, change in enumerate(changes):
            if change["cell"] == cell["id"]:
                rest = cells[place + 1 : places.index(change["until"]) + 1]
                found[number] = apart([{**cell, "text": change["text"]}, *rest])
        if place < last:
            lived(cell["text"])
    return found


def apart(cells: Cells) -> Any:
    """What these cells say in a child of this process, which goes on as if they had never run."""
    reading, writing = os.pipe()
    if not (child := os.fork()):
        os.close(reading)
        with os.fdopen(writing, "w", encoding="utf-8") as answer:
            json.dump([{"id": cell["id"], **lived(cell["text"])} for cell in cells], answer)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as answer:
        said = answer.read()
    os.waitpid(child, 0)
    return json.loads(said)


if __name__ == "__main__":
    main()
