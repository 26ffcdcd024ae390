"""The lists that are generated from pyproject.toml: requirements.lock, environment.yml and NOTICE.

`python3 start.py lock` writes them all (`--upgrade` takes the newest versions; without it only what pyproject.toml asks
for changes). It needs uv, which resolves for every system and Python version at once.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from autograder.setup import child, environment
from autograder.setup.places import Places
from autograder.setup.show import Show
from autograder.trouble import Trouble

PYTHON = "3.11"
"""The oldest Python that the lock is for; conda's and Binder's environments get this one."""
CONDA = f"""\
# The same packages as requirements.lock, for conda, repo2docker and Binder. Generated: python3 start.py lock
name: fargate-course
channels:
  - conda-forge
  - nodefaults
dependencies:
  - python={PYTHON}
  - pip
  - pip:
"""


def renew(places: Places, show: Show, *, upgrade: bool) -> int:
    """Resolve pyproject.toml, install what came out, and write the three lists. Gives the exit status."""
    with show.step("Resolving pyproject.toml for every system"):
        _resolve(places, upgrade)
    lock = places.requirements.read_text(encoding="utf-8")
    (places.root / "environment.yml").write_text(conda(lock), encoding="utf-8")
    environment.ensure(places, show)
    with show.step("Reading the licences of what is installed"):
        ended = child.run([places.python, "-m", "autograder.setup.licences"], log=places.log, at=places.root)
    if ended.status:
        raise Trouble(f"the licences could not be read; the log: {places.log}")
    show.say("Written: requirements.lock, environment.yml, NOTICE. Run the tests before you commit them.")
    return 0


def conda(lock: str) -> str:
    """environment.yml for this lock: each pin with its marker (pip's hashes cannot stand beside a local project)."""
    pins = [pin.replace("'", '"') for pin in re.findall(r"^([A-Za-z0-9_.-]+==[^\\\n]*?)\s*\\?$", lock, re.MULTILINE)]
    return CONDA + "".join(f"      - '{pin}'\n" for pin in [*pins, "--editable ."])


def _resolve(places: Places, upgrade: bool) -> None:
    uv = shutil.which("uv")
    if uv is None:
        raise Trouble("`start.py lock` needs uv, which resolves for every system at once: pip install uv")
    new = places.root / ".setup" / "requirements.lock"
    new.parent.mkdir(exist_ok=True)
    shutil.copy(places.requirements, new)  # its versions are kept where they still fit
    command: list[str | Path] = [uv, "pip", "compile", places.pyproject, "--output-file", new, "--universal"]
    command += ["--python-version", PYTHON, "--generate-hashes", "--no-header", "--no-annotate"]
    command += ["--no-emit-index-url", "--no-emit-find-links", *(["--upgrade"] if upgrade else [])]
    ended = child.run(command, log=places.log, at=places.root)
    if ended.status:
        raise Trouble(f"uv found no set of versions that fits; requirements.lock is as it was. The log: {places.log}")
    new.replace(places.requirements)
