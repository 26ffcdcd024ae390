"""What a command that grades imports: none of Jupyter Server, and no grammar that nothing is checked by."""

import subprocess
import sys

from nbgrader.dbutil import _temp_alembic_ini

LOOK = """
import sys
{imports}
unwanted = ("rfc3987_syntax", "jupyter_server", "nbgrader.server_extensions", "alembic", "nbconvert", "setuptools")
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
    after += "print(load.__module__, 'jupyter_server' in sys.modules)\n"
    after += "import nbgrader.utils, nbgrader.auth, setuptools.archive_util\n"
    after += "print(nbgrader.auth.jupyterhub.requests.Session.__module__)\n"
    after += "try:\n    nbgrader.utils.unpack_archive('none', '.')\n"
    after += "except FileNotFoundError:\n    print('unpacks')"
    unwanted, stand_in, real, asks, unpacks = _printed(
        "import autograder.grade.command, autograder.grade.gradebook", after
    )
    assert unwanted == ""
    assert stand_in == "autograder.grade.lean"
    assert real == "nbgrader.server_extensions.formgrader.formgrader True"
    assert (asks, unpacks) == ("requests.sessions", "unpacks")


def test_the_steps_that_enter_a_lab_are_nbgraders_own_and_bring_no_exporters():
    after = "from autograder.grade.lean import STEPS, steps\n"
    after += "print([one.__name__ for one in steps()] == list(STEPS.values()), 'jinja2' in sys.modules)\n"
    after += "import nbgrader.preprocessors as whole, nbconvert.preprocessors as theirs\n"
    after += "print(whole.SaveCells.__mro__[1].__mro__[1] is theirs.Preprocessor)"
    assert _printed("import autograder.grade.gradebook", after) == ["", "True False", "True"]


def test_a_worker_imports_neither_a_server_nor_grammars():
    assert _printed("import autograder.grade.worker", "print('jsonschema' in sys.modules)") == ["", "False"]


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
