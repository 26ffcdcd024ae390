"""Folders and packages: links that lead elsewhere, names in an archive that do."""

from __future__ import annotations

import stat
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.attacks.attack import LAB, Attack
from tests.attacks.names import LINKS, PACKED

if TYPE_CHECKING:
    from tests.attacks.bait import Bait


def folder_linked(folder: Path, me: str, _: Bait) -> None:
    (folder / me).symlink_to(honest(folder))


def lab_linked(folder: Path, me: str, _: Bait) -> None:
    (folder / me).mkdir()
    (folder / me / LAB).symlink_to(honest(folder) / LAB)


def notebook_linked(folder: Path, me: str, _: Bait) -> None:
    (folder / me / LAB).mkdir(parents=True)
    (folder / me / LAB / f"{LAB}.ipynb").symlink_to(honest(folder) / LAB / f"{LAB}.ipynb")


def secret_linked(folder: Path, me: str, bait: Bait) -> None:
    (folder / me / LAB).mkdir(parents=True)
    (folder / me / LAB / "mine.ipynb").symlink_to(bait.folder / "submitted" / "ben" / LAB / f"{LAB}.ipynb")


def honest(folder: Path) -> Path:
    """Whose work the links lead to."""
    return sorted(path for path in folder.iterdir() if "honest" in path.name)[0]


def packed(*names: str, link: bool = False) -> Any:
    """Writes a package with members of these names."""

    def write(folder: Path, me: str, bait: Bait) -> None:
        with zipfile.ZipFile(folder / f"{me}.zip", "w") as out:
            for name in names:
                info = zipfile.ZipInfo(bait.fill(name, me))
                if link:
                    info.external_attr = (stat.S_IFLNK | 0o777) << 16
                out.writestr(info, str(bait.folder) if link else f"written by {me}")

    return write


NOTEBOOK = f"@ME@/{LAB}/{LAB}.ipynb"

ATTACKS = [
    Attack("folder-linked", "hands in a link to another learner's folder", (LINKS,), lay=folder_linked),
    Attack("lab-linked", "hands in a link to another learner's lab", (LINKS,), lay=lab_linked),
    Attack("notebook-linked", "hands in a link to another learner's notebook", (LINKS,), lay=notebook_linked),
    Attack("secret-linked", "hands in a link to a file that only the grader may read", (LINKS,), lay=secret_linked),
    Attack(
        "zip-slip",
        "packs a file whose name climbs out of the folder",
        (PACKED,),
        lay=packed(NOTEBOOK, "../../slipped-@ME@"),
    ),
    Attack("zip-absolute", "packs a file with a full path", (PACKED,), lay=packed(NOTEBOOK, "@FOLDER@/slipped-@ME@")),
    Attack(
        "zip-other",
        "packs a notebook for another learner",
        (PACKED,),
        lay=packed(NOTEBOOK, f"a-honest/{LAB}/{LAB}.ipynb"),
    ),
]
