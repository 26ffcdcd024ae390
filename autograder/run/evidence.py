"""What came out of the sandbox. Nothing is believed: each message is parsed, bounded and checked before it is kept."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from autograder.run.budget import Budget
from autograder.run.warm import Spent

DEEPEST = 40
"""Levels of nesting that a message may have."""

WIDEST = 250_000
"""Values that a message may hold. A value takes up to thirty times as much memory as the two bytes of `[]`."""

WORD = re.compile(r"[A-Za-z0-9-]{1,64}")
SHOWN = ("text/plain", "image/png")
"""What is kept of a rich output. HTML and SVG could run script in the page in which an instructor grades."""

LONGEST_ADVANCE = 400 * 86_400.0
"""Simulated seconds that all advances of a run may take together: what a lab needs is minutes to weeks."""

LONG_NUMBER = re.compile(rb"\d{41}")
LONE_HALF = re.compile(rb"\\u[dD][89a-fA-F]")
"""May be half of a character above U+FFFF without its other half, which no file can hold."""


class Unbelievable(ValueError):
    """The message is not one that the course's own code sends."""


@dataclass
class CellRun:
    """What running one cell came to."""

    id: str
    outcome: str = "not run"
    """ok, error, timed out, crashed, or not run"""
    error: str = ""
    """Name and text of the exception that ended the cell."""
    outputs: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class Evidence:
    """Everything that a run left: the transcript, with the cell each entry was made in, and how each cell went."""

    transcript: list[dict[str, Any]] = field(default_factory=list)
    cells: list[CellRun] = field(default_factory=list)
    ended: str = ""
    """Why the run ended before the last cell; '' where it did not."""
    layers: tuple[str, ...] = ()
    """The names of the layers of isolation that were active."""
    missing: tuple[str, ...] = ()
    """The names of those that were not."""
    spent: Spent = field(default_factory=Spent)
    """What the run used."""
    refused: int = 0
    """Messages that were not believed."""

    def cell(self, cell_id: str) -> CellRun:
        """How the cell went; `not run` where it was never begun."""
        return next((cell for cell in self.cells if cell.id == cell_id), CellRun(cell_id))


def parse(line: bytes) -> dict[str, Any]:
    """One message. Raises Unbelievable for what is not a JSON object of plain, finite, shallow values."""
    if line.count(b",") > 2 * WIDEST:  # before time is spent on it; there may be commas in texts
        raise Unbelievable("too many values")
    whole = _bounded if LONG_NUMBER.search(line) else None  # a call for each number takes long
    try:
        message = json.loads(line.decode("utf-8"), parse_constant=_no_constant, parse_int=whole)
        if LONE_HALF.search(line):
            message = json.loads(json.dumps(message, ensure_ascii=False).encode("utf-8", "replace"))
    except (ValueError, RecursionError) as error:
        raise Unbelievable(str(error)[:200]) from None
    if not isinstance(message, dict):
        raise Unbelievable("not an object")
    values(message)
    return message


def values(message: dict[str, Any]) -> int:
    """How many values it holds. Raises Unbelievable where they are too many, nested too deep, or not finite."""
    here: list[Any] = [message]
    count = 0
    for _ in range(DEEPEST + 1):
        count += sum(map(len, here))
        if count > WIDEST:
            raise Unbelievable("too many values")
        inner = [one for each in here for one in (each.values() if type(each) is dict else each)]
        if not all(math.isfinite(one) for one in inner if type(one) is float):
            raise Unbelievable("a number that is not finite")
        here = [one for one in inner if type(one) is dict or type(one) is list]
        if not here:
            return count
    raise Unbelievable("nested too deep")


def entry(data: Any, cell_id: str) -> dict[str, Any] | None:
    """A transcript entry that may be replayed, marked with the cell it was made in; None for one of no use.

    Raises Unbelievable. What kind it is decides which fields are kept.
    """
    if not isinstance(data, dict):
        raise Unbelievable("an entry that is not an object")
    read = _KINDS.get(_text(data.get("kind")))
    return None if read is None else {**read(data), "cell": cell_id}


def outputs(data: Any, budget: Budget) -> list[dict[str, Any]]:
    """Cell outputs in nbformat's own shapes, within the budget; anything else is dropped."""
    kept: list[dict[str, Any]] = []
    room = budget.output
    for output in data if isinstance(data, list) else []:
        made = _output(output, room) if isinstance(output, dict) else None
        if made is None or room <= 0:
            continue
        room -= len(json.dumps(made))
        kept.append(made)
    return kept


def _call(data: Mapping[str, Any]) -> dict[str, Any]:
    service, operation, region = data.get("service"), data.get("op"), data.get("region")
    if not all(isinstance(name, str) and WORD.fullmatch(name) for name in (service, operation, region)):
        raise Unbelievable("a call without service, operation and region")
    if not isinstance(data.get("params"), dict):
        raise Unbelievable("a call without parameters")
    moment = data.get("t")
    kept = {name: data[name] for name in ("kind", "service", "op", "region", "params")}
    kept |= {name: data[name] for name in ("response", "error") if isinstance(data.get(name), dict)}
    kept["t"] = float(moment) if isinstance(moment, (int, float)) and not isinstance(moment, bool) else 0.0
    kept["key"] = _text(data.get("key"))[:128]
    return kept


def _advance(data: Mapping[str, Any]) -> dict[str, Any]:
    seconds = data.get("seconds")
    if isinstance(seconds, bool) or not isinstance(seconds, (int, float)) or not 0 <= seconds <= LONGEST_ADVANCE:
        raise Unbelievable("a move of time that is no sensible number of seconds")
    return {"kind": "advance", "seconds": seconds}


def _check(data: Mapping[str, Any]) -> dict[str, Any]:
    if not isinstance(data.get("question"), str) or not isinstance(data.get("answers"), dict):
        raise Unbelievable("a check without question and answers")
    return {"kind": "check", "question": data["question"][:64], "answers": data["answers"]}


def _begin(data: Mapping[str, Any]) -> dict[str, Any]:
    return {"kind": "begin", "lab": _text(data.get("lab"))[:64]}


def _push(data: Mapping[str, Any]) -> dict[str, Any]:
    names = {name: data.get(name) for name in ("repository", "tag")}
    if not all(isinstance(name, str) and len(name) <= 256 for name in names.values()):
        raise Unbelievable("a push without repository and tag")
    if not isinstance(data.get("behaviour"), dict):
        raise Unbelievable("a push without behaviour")
    return {"kind": "push", **names, "behaviour": data["behaviour"]}


def _kubernetes(data: Mapping[str, Any]) -> dict[str, Any]:
    names = {name: data.get(name) for name in ("cluster", "do")}
    if not all(isinstance(name, str) and len(name) <= 256 for name in names.values()):
        raise Unbelievable("a call of Kubernetes without cluster and verb")
    if not isinstance(data.get("given"), dict):
        raise Unbelievable("a call of Kubernetes without parameters")
    kept = {name: data[name] for name in ("answer", "error") if name in data}
    return {"kind": "kubernetes", **names, "given": data["given"], **kept}


def _command(data: Mapping[str, Any]) -> dict[str, Any]:
    if not isinstance(data.get("do"), str) or len(data["do"]) > 64:
        raise Unbelievable("a command without a name")
    if not isinstance(data.get("given"), dict):
        raise Unbelievable("a command without parameters")
    return {"kind": "command", "do": data["do"], "given": data["given"]}


_KINDS = {
    "call": _call,
    "advance": _advance,
    "push": _push,
    "kubernetes": _kubernetes,
    "command": _command,
    "check": _check,
    "begin": _begin,
}


def _output(output: Mapping[str, Any], room: int) -> dict[str, Any] | None:
    kind = output.get("output_type")
    if kind == "stream":
        name = "stderr" if output.get("name") == "stderr" else "stdout"
        return {"output_type": "stream", "name": name, "text": _text(output.get("text"))[:room]}
    if kind == "error":
        lines = output.get("traceback")
        traceback = [_text(line)[:2000] for line in lines[:60]] if isinstance(lines, list) else []
        return {
            "output_type": "error",
            "ename": _text(output.get("ename"))[:200],
            "evalue": _text(output.get("evalue"))[:2000],
            "traceback": traceback,
        }
    if kind in ("display_data", "execute_result"):
        bundle = output.get("data")
        shown = bundle if isinstance(bundle, dict) else {}
        data = {kind: shown[kind] for kind in SHOWN if isinstance(shown.get(kind), str)}
        if not data or sum(map(len, data.values())) > room:
            return None
        made: dict[str, Any] = {"output_type": kind, "data": data, "metadata": {}}
        return made | ({"execution_count": None} if kind == "execute_result" else {})
    return None


def _bounded(digits: str) -> int:
    if len(digits) > 40:
        raise ValueError("a number of more than 40 digits")
    return int(digits)


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def _text(value: Any) -> str:
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else ""
