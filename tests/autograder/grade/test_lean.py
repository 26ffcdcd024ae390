"""What a command that grades imports: none of Jupyter Server, and no grammar that nothing is checked by."""

import subprocess
import sys

from nbgrader.dbutil import _temp_alembic_ini

LOOK = """
import sys
{imports}
unwanted = ("rfc3987_syntax", "jupyter_server", "nbgrader.server_extensions")
print(*(name for name in unwanted if name in sys.modules))
{after}
"""


def _printed(imports: str, after: str = "") -> list[str]:
    code = LOOK.format(imports=imports, after=after)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def test_grading_imports_neither_a_server_nor_grammars_and_a_server_still_finds_its_extensions():
    after = "import nbgrader\nprint(nbgrader.load_formgrader.__module__)\n"
    after += "from nbgrader.server_extensions.formgrader import load_jupyter_server_extension as load\n"
    after += "print(load.__module__, 'jupyter_server' in sys.modules)"
    unwanted, stand_in, real = _printed("import autograder.grade.command, autograder.grade.gradebook", after)
    assert unwanted == ""
    assert stand_in == "autograder.grade.lean"
    assert real == "nbgrader.server_extensions.formgrader.formgrader True"


def test_a_worker_imports_neither_a_server_nor_grammars():
    assert _printed("import autograder.grade.worker") == [""]


def test_the_version_of_a_new_gradebook_is_what_alembics_own_command_says():
    from autograder.grade.lean import tables

    with _temp_alembic_ini("sqlite://") as settings:
        said = subprocess.run(
            [sys.executable, "-m", "alembic.config", "-c", settings, "heads"],
            capture_output=True,
            text=True,
            check=True,
        )
    assert said.stdout.split()[0] == tables()
