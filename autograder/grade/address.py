"""Where the gradebook is: what the command says, else what nbgrader_config.py says, else gradebook.db in the course."""

from __future__ import annotations

from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from autograder.author.places import Course
from autograder.trouble import Trouble

CONFIG = "nbgrader_config.py"
SETTING = "db_url"


def address(here: Course, said: str = "") -> str:
    """The SQLAlchemy address. Raises Trouble where nbgrader_config.py, which nbgrader's own commands obey, fails."""
    return said or _configured(here) or f"sqlite:///{here.root / 'gradebook.db'}"


def _configured(here: Course) -> str:
    """`c.CourseDirectory.db_url`; '' where the file does not set it. It is run only where it names the setting."""
    file = here.root / CONFIG
    if not file.is_file() or SETTING not in file.read_text(encoding="utf-8"):
        return ""
    try:
        told: Config = PyFileConfigLoader(file.name, path=str(file.parent)).load_config()
    except Exception as error:  # whatever its author wrote
        raise Trouble(f"{file} fails: {error}") from None
    return str(told.get("CourseDirectory", {}).get(SETTING, ""))
