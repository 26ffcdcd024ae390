"""Who the learner is: a bundle's roster, else JUPYTERHUB_USER, else the name that was kept, else `learner`."""

from __future__ import annotations

import getpass
import json
import os
import re
from pathlib import Path

from autograder import state
from autograder.author.places import course
from autograder.trouble import Trouble

NOBODY = "learner"
"""The name of a learner who has not said who they are."""

ROSTER = "roster.json"
"""In the root of a cohort's bundle: `{"learner": "ada"}`, or `{"learners": {"<login>": "ada", ...}}`."""


def learner() -> str:
    """The learner's id. Raises Trouble where a roster is there but cannot be used.

    A hub's name that can be no id (it names folders) is passed over: then the learner is asked, as where there is none.
    """
    asked = os.environ.get("JUPYTERHUB_USER"), state.read()["learner"]
    return _rostered() or next(filter(is_id, asked), None) or NOBODY


def named() -> str:
    """The same, for what is handed in. Raises Trouble for a learner who has not said who they are."""
    who = learner()
    if who == NOBODY:
        raise Trouble('say who you are first, with the name your instructor knows: lab.name("...") in a notebook')
    return who


def keep_name(name: str) -> str:
    """Keep the learner's name in the state file. Raises Trouble for a name that cannot be an id."""
    if not is_id(name):
        raise Trouble(f"{name!r} cannot be a learner's name: use 1 to 64 letters, digits, dots, hyphens or underscores")
    with state.change() as kept:
        kept["learner"] = name
    return name


def is_id(name: object) -> bool:
    """May this be a learner's id? It names folders and seeds worlds, so it is short and plain."""
    return isinstance(name, str) and re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_.@+-]{0,63}", name) is not None


def roster() -> Path | None:
    """The roster of the bundle that this package, or the working directory, is in; None outside a bundle."""
    here = Path.cwd()
    folders = (course().root, here, *here.parents)
    return next((folder / ROSTER for folder in folders if (folder / ROSTER).is_file()), None)


def _login() -> str:
    """Of this user of the machine; '' where the machine has no name for them, as in some containers."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""


def _rostered() -> str:
    file = roster()
    if file is None:
        return ""
    try:
        listed = json.loads(file.read_text(encoding="utf-8"))
        login = os.environ.get("JUPYTERHUB_USER") or _login()
        name = listed.get("learner") or listed.get("learners", {}).get(login, "")
    except (ValueError, AttributeError, OSError):
        raise Trouble(f"{file} is not a roster: ask your instructor for the file again") from None
    if name and not is_id(name):
        raise Trouble(f"{file} has {name!r} as a learner's id, which cannot be one: tell your instructor")
    return str(name)
