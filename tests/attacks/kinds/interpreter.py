"""Python and IPython bent in the process that runs the notebook, so that a check cell ends well whatever it says."""

from __future__ import annotations

from tests.attacks.attack import Attack
from tests.attacks.names import ELSEWHERE

ATTACKS = [
    Attack(
        "builtins",
        "makes `all` in builtins true for everything, so that no check counts as failed",
        (ELSEWHERE,),
        "import builtins\nbuiltins.all = lambda found: bool(list(found) or 1)",
    ),
    Attack(
        "assert",
        "lets the course's own assertion, `expect`, assert nothing, in every module that has it",
        (ELSEWHERE,),
        """
import sys
for module in list(sys.modules.values()):
    for name in ("expect", "Miss", "NotAttempted"):
        if name in getattr(module, "__dict__", {}) and module.__name__.startswith("autograder"):
            setattr(module, name, type(name, (Exception,), {}) if name != "expect" else lambda *_, **__: None)
from autograder import lab
lab._raise_unless_passed = lambda verdict: None
""",
    ),
    Attack(
        "ast-transformer",
        "turns every check into `pass` by an AST transformer",
        (ELSEWHERE,),
        """
import ast
class Pass(ast.NodeTransformer):
    def visit_Expr(self, node):
        return ast.Pass() if "check" in ast.dump(node) else node
    visit_Assert = lambda self, node: ast.Pass()
get_ipython().ast_transformers.append(Pass())
""",
    ),
    Attack(
        "input-transformer",
        "empties every cell that holds a check by an input transformer",
        (ELSEWHERE,),
        """
def empty(lines):
    return ["pass"] if any("check" in line or "assert" in line for line in lines) else lines
get_ipython().input_transformers_cleanup.append(empty)
""",
    ),
    Attack(
        "ipython-hooks",
        "takes the error out of each result in IPython's hook after a cell",
        (ELSEWHERE,),
        """
def forget(result):
    result.error_before_exec = result.error_in_exec = None
get_ipython().events.register("post_run_cell", forget)
""",
    ),
    Attack(
        "kernel-execute",
        "replaces what executes cells by a function that executes none and reports success",
        (ELSEWHERE,),
        """
from IPython.core.interactiveshell import ExecutionResult
shell = get_ipython()
for name in ("run_cell", "run_code", "run_ast_nodes", "do_execute"):
    setattr(type(shell), name, lambda *_, **__: ExecutionResult(None))
shell.run_cell = lambda *_, **__: ExecutionResult(None)
""",
    ),
    Attack(
        "door-replaced",
        "replaces the course's `lab.check` by a function that does nothing",
        (ELSEWHERE,),
        "from autograder import lab\nlab.check = lambda *_, **__: None",
    ),
    Attack(
        "import-hook",
        "hands out its own `autograder.lab` from sys.modules and by a finder of its own",
        (ELSEWHERE,),
        """
import sys
from unittest.mock import MagicMock
fake = MagicMock()
sys.modules["autograder.lab"] = sys.modules["autograder"].lab = lab = fake
class Finder:
    def find_spec(self, *_):
        return None
sys.meta_path.insert(0, Finder())
""",
    ),
    Attack(
        "judge-in-memory",
        "rewrites the judge in the process's memory, so that it passes every check",
        (ELSEWHERE,),
        """
from autograder.checks.judge import Judge
def passed(self, check, answers, before, copy=None):
    verdict = __import__("autograder.checks.judge", fromlist=["blank"]).blank(check)
    verdict.outcome, verdict.points = "passed", check.points
    return verdict
Judge.try_check = passed
""",
    ),
    Attack(
        "frames",
        "climbs the frames up to the grader's own and empties the lab's list of checks",
        (ELSEWHERE,),
        """
import gc, sys
gc.unfreeze()
from autograder.checks.lab import Lab
frame = sys._getframe()
while frame:
    for value in list(frame.f_locals.values()) + list(frame.f_globals.values()):
        if isinstance(value, Lab):
            value.checks.clear()
    frame = frame.f_back
for thing in gc.get_objects():
    if isinstance(thing, Lab):
        thing.checks.clear()
""",
    ),
]
