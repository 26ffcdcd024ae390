"""Programs that import jsonschema start without what it would compile and nobody here asks of it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SHOWN = "import sys, jsonschema\nprint(__name__, sys.argv[1:], 'lark' in sys.modules)"


def test_another_module_runs_as_if_it_were_started_alone_and_compiles_no_grammar(tmp_path: Path) -> None:
    (tmp_path / "shown.py").write_text(SHOWN, encoding="utf-8")
    command = [sys.executable, "-m", "autograder.quick", "shown", "--one", "two"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout == "__main__ ['--one', 'two'] False\n"
