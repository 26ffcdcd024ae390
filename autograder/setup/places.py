"""Where things lie that the set-up makes and reads."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Places:
    """The files and folders of one checkout of the course."""

    root: Path = ROOT

    @property
    def venv(self) -> Path:
        return self.root / ".venv"

    @property
    def programs(self) -> Path:
        """The folder of the environment's programs."""
        return self.venv / ("Scripts" if os.name == "nt" else "bin")

    @property
    def python(self) -> Path:
        return self.programs / ("python.exe" if os.name == "nt" else "python")

    @property
    def requirements(self) -> Path:
        return self.root / "requirements.lock"

    @property
    def pyproject(self) -> Path:
        return self.root / "pyproject.toml"

    @property
    def stamp(self) -> Path:
        """Written when a set-up has ended well; says what it was made from."""
        return self.venv / "fargate-course.json"

    @property
    def unfinished(self) -> Path:
        """There from the start of a set-up to its good end."""
        return self.root / ".setup" / "unfinished"

    @property
    def guard(self) -> Path:
        return self.root / ".setup" / "lock"

    @property
    def log(self) -> Path:
        return self.root / ".setup" / "log.txt"

    @property
    def workspace(self) -> Path:
        """Where the learner works unless told otherwise."""
        return self.root / "my"

    def packages(self) -> Path | None:
        """The environment's folder of installed packages; None while there is none."""
        if os.name == "nt":
            folders = [self.venv / "Lib" / "site-packages"]
        else:
            folders = sorted((self.venv / "lib").glob("python3.*/site-packages"))
        return next((folder for folder in folders if folder.is_dir()), None)

    def installed(self) -> frozenset[str]:
        """Names of the metadata folders (`moto-5.2.5.dist-info`) in the environment."""
        folder = self.packages()
        if folder is None:
            return frozenset()
        return frozenset(entry.name for entry in os.scandir(folder) if entry.name.endswith(".dist-info"))
