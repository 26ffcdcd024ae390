"""Mutants of a lab's solution, made mechanically, and whether the checks notice them.

    python -m tests.labs.mutants list 04-two-roles      writes tests/labs/mutants_of/04-two-roles.txt, new ones `?`
    python -m tests.labs.mutants run 04-two-roles       runs them, and writes before each what became of it
    python -m tests.labs.mutants again 04-two-roles     those that survived without a reason, in all worlds
    python -m tests.labs.mutants table                  writes the table of docs/labs.md from what is recorded

The list is made and committed before a check is tuned to it. Kinds: drop a call, drop a keyword argument, change a
constant, swap two arguments of a call, turn a condition round. What only prints, descriptions, and the order of what
has none are left alone. `fates.py` tells what becomes of one. One that survives is harmless where `LAB.survivors.txt`
beside the list says why it breaks nothing that the lab asks for; else it is missed.
"""

from __future__ import annotations

import ast
import contextlib
import io
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from autograder.author.places import course
from autograder.bar import Bar
from autograder.checks.lab import load
from tests.labs.desk import texts
from tests.labs.fates import ENOUGH, fate, learners

FOLDER = Path(__file__).parent / "mutants_of"
WHY = {"print", "sorted", "str", "len"}
"""Calls that are never dropped: they change nothing, or their value is all they are."""
FOR_PEOPLE = "Description"
"""The argument of AWS whose text AWS only keeps, for people to read."""
UNORDERED = {"max", "min", "print"}
"""Calls whose arguments may change places."""


@dataclass(frozen=True)
class Mutant:
    """One change to the solution of one question."""

    question: str
    name: str
    """What was changed: kind, line within the solution, text before and after."""
    text: str
    """The whole answer cell."""
    lines: range
    """The lines of the solution that the changed statement stands on."""
    in_function: bool
    """Whether it stands in a function, which a check or a later cell may call."""


def mutants(lab_id: str) -> Iterator[Mutant]:
    """All mutants of a lab, in order; each name once."""
    for question in load(lab_id).questions:
        solution = texts(lab_id).solutions[question.id]
        seen: dict[str, int] = {}
        for name, text, place in _changed(solution):
            seen[name] = seen.get(name, 0) + 1
            named = name if seen[name] == 1 else f"{name} ({seen[name]})"
            yield Mutant(question.id, named, text, *_places(solution)[place])


@cache
def _places(source: str) -> dict[int, tuple[range, bool]]:
    """For each node, by its place in `ast.walk`: the lines of the innermost statement round it, and whether a function
    holds it. Of a statement with a body the lines are those of its head."""
    tree = ast.parse(source)
    found: dict[int, tuple[range, bool]] = {}

    def go(node: ast.AST, lines: range, in_function: bool) -> None:
        if isinstance(node, ast.stmt):
            body = getattr(node, "body", None)
            end = max(node.lineno, body[0].lineno - 1) if body else node.end_lineno or node.lineno
            lines = range(node.lineno, end + 1)
        found[id(node)] = lines, in_function or isinstance(node, ast.FunctionDef | ast.Lambda)
        for child in ast.iter_child_nodes(node):
            go(child, *found[id(node)])

    go(tree, range(0), False)
    return {place: found[id(node)] for place, node in enumerate(ast.walk(tree))}


CHANGED = (ast.Expr, ast.Call, ast.Constant, ast.If, ast.IfExp, ast.While)
"""The kinds of nodes that a change begins at."""


def _changed(source: str) -> Iterator[tuple[str, str, int]]:
    tree = ast.parse(source)
    printed = {id(part) for outer in ast.walk(tree) if _prints(outer) for part in ast.walk(outer)}
    for place, kept in enumerate(ast.walk(tree)):
        if not isinstance(kept, CHANGED) or id(kept) in printed:
            continue
        for change in (_drop_call, _drop_keyword, _constant, _swap, _turn):
            for number in range(40):
                changed = ast.parse(source)
                node = list(ast.walk(changed))[place]
                name = change(changed, node, number)
                if name is None:
                    break
                if name:
                    text = ast.unparse(ast.fix_missing_locations(changed))
                    yield f"{getattr(node, 'lineno', 0)}: {name}", text, place


def _drop_call(_: ast.AST, node: ast.AST, number: int) -> str | None:
    """A call that stands alone becomes `pass`."""
    if number or not isinstance(node, ast.Expr) or not isinstance(node.value, ast.Call):
        return None
    if isinstance(node.value.func, ast.Name) and node.value.func.id in WHY:
        return None
    shown = _short(node.value)
    node.value = ast.Constant(value=...)
    return f"drop {shown}"


def _drop_keyword(_: ast.AST, node: ast.AST, number: int) -> str | None:
    if not isinstance(node, ast.Call) or number >= len(node.keywords):
        return None
    if node.keywords[number].arg is None:
        return ""
    gone = node.keywords.pop(number)
    return f"without {gone.arg} of {_short(node.func)}"


def _constant(tree: ast.AST, node: ast.AST, number: int) -> str | None:
    """Another truth, another number, another text."""
    if number or not isinstance(node, ast.Constant) or node.value is ... or node.value is None:
        return None
    if any(isinstance(outer, ast.JoinedStr) and node in outer.values for outer in ast.walk(tree)):
        return None
    if any(isinstance(outer, ast.Expr) and outer.value is node for outer in ast.walk(tree)):
        return None  # a docstring
    if any(
        isinstance(outer, ast.keyword) and outer.value is node and outer.arg == FOR_PEOPLE for outer in ast.walk(tree)
    ):
        return None
    before = node.value
    if isinstance(before, bool):
        node.value = not before
    elif isinstance(before, int | float):
        node.value = before + 1 if before < 1000 else before * 2  # a thousandth more is within what the texts allow
    elif isinstance(before, str):
        node.value = f"{before}x"
    else:
        return None
    return f"{before!r} -> {node.value!r}"


def _swap(_: ast.AST, node: ast.AST, number: int) -> str | None:
    """Two arguments of one call change places."""
    if isinstance(node, ast.Call) and not (isinstance(node.func, ast.Name) and node.func.id in UNORDERED):
        named = [(f"{one.arg}", one) for one in node.keywords if one.arg]
        values: list[tuple[str, ast.AST]] = [*((f"{place}", one) for place, one in enumerate(node.args)), *named]
    else:
        return None
    if number >= len(values) - 1:
        return None
    (name, one), (other_name, other) = values[number], values[number + 1]
    if isinstance(one, ast.keyword) and isinstance(other, ast.keyword):
        if ast.dump(one.value) == ast.dump(other.value):
            return ""
        one.value, other.value = other.value, one.value
        return f"swap {name} and {other_name} of {_short(node.func)}"
    if number + 1 < len(node.args):
        node.args[number], node.args[number + 1] = node.args[number + 1], node.args[number]
        return f"swap {name} and {other_name} of {_short(node.func)}"
    return ""


def _turn(_: ast.AST, node: ast.AST, number: int) -> str | None:
    if number or not isinstance(node, ast.If | ast.IfExp | ast.While):
        return None
    shown = _short(node.test)
    node.test = ast.UnaryOp(op=ast.Not(), operand=node.test)
    return f"not {shown}"


def _prints(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"


def _short(node: ast.AST) -> str:
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= 70 else text[:69] + "…"


# --- what became of them


def reasons(lab_id: str) -> dict[str, str]:
    """Why survivors are harmless: `question | name` -> a sentence."""
    file = FOLDER / f"{lab_id}.survivors.txt"
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    pairs = [line.split(" => ", 1) for line in lines if " => " in line]
    return {name.strip(): why.strip() for name, why in pairs}


def label(mutant: Mutant) -> str:
    return f"{mutant.question} | {mutant.name}"


def main(do: str, lab_id: str) -> None:
    """Write the list of a lab; with `run`, what became of each that has no verdict yet, one by one."""
    assert lab_id in [path.parent.name for path in course().lab_sources()], lab_id
    FOLDER.mkdir(exist_ok=True)
    every = list(mutants(lab_id))
    known = {name: became for became, name in recorded(lab_id)}
    open_yet = {"run": ("?",), "again": ("survived",), "list": ()}[do]
    explained = reasons(lab_id) if do == "again" else {}
    todo = [one for one in every if known.get(label(one), "?") in open_yet and label(one) not in explained]
    with Bar(f"Mutants of {lab_id}", len(todo)) as bar:
        for mutant in todo:
            with contextlib.redirect_stdout(io.StringIO()):
                how = {"everywhere": mutant.in_function, "enough": ENOUGH if do == "run" else len(learners(lab_id))}
                known[label(mutant)] = fate(lab_id, mutant.question, mutant.text, mutant.lines, **how)
            _write(lab_id, every, known)
            bar.step()
    _write(lab_id, every, known)
    print(summary(lab_id))


def _write(lab_id: str, every: list[Mutant], known: dict[str, str]) -> None:
    lines = [f"{known.get(label(mutant), '?')} | {label(mutant)}" for mutant in every]
    (FOLDER / f"{lab_id}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def recorded(lab_id: str) -> list[tuple[str, str]]:
    """What the committed list says: (what became of it, question | name)."""
    file = FOLDER / f"{lab_id}.txt"
    pairs = [line.split(" | ", 1) for line in file.read_text(encoding="utf-8").splitlines()] if file.exists() else []
    return [(became, name) for became, name in pairs]


def summary(lab_id: str) -> str:
    """The line of docs/labs.md: checks; mutants; killed; the same as the solution; harmless; missed; not run yet."""
    found = recorded(lab_id)
    killed = sum(became.startswith("killed") for became, _ in found)
    same = sum(became == "survived: same calls and values" for became, _ in found)
    survived = [name for became, name in found if became in ("survived", "survived: never ran")]
    harmless = sum(name in reasons(lab_id) for name in survived)
    waiting = sum(became == "?" for became, _ in found)
    figures = (len(load(lab_id).checks), len(found), killed, same, harmless, len(survived) - harmless, waiting)
    return f"| {lab_id} | {' | '.join(map(str, figures))} |"


HEAD = "| lab | checks | mutants | killed | the same | harmless | missed | not run |\n" + "|---" * 8 + "|\n"
BEGIN, END = "<!-- mutants -->\n", "<!-- end of mutants -->\n"
PAGE = course().root / "docs" / "labs.md"


def page() -> str:
    """docs/labs.md with the table of mutants as the lists have it now."""
    before, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
    labs = [path.parent.name for path in course().lab_sources()]
    table = HEAD + "".join(f"{summary(lab_id)}\n" for lab_id in labs)
    return f"{before}{BEGIN}{table}{END}{rest.split(END)[1]}"


if __name__ == "__main__":
    if sys.argv[1:] == ["table"]:
        PAGE.write_text(page(), encoding="utf-8")
    else:
        main(*sys.argv[1:])
