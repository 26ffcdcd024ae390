"""`fargate-course backup FILE` and `fargate-course restore FILE`: a graded cohort in one zip, proved whole both ways.

In it: the gradebook (copied by SQLite's own backup, so that it is whole whoever has it open), `grading/`, `submitted/`,
`autograded/`, `feedback/` and `nbgrader_config.py`, each with its SHA-256 in `manifest.json`. Not in it: the course
itself, a gradebook on a server (its own tools back it up), packages as they came, exports and reports.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from autograder.author.places import Course, course
from autograder.grade.address import address
from autograder.grade.batch import alone
from autograder.grade.command import say
from autograder.grade.files import NO_ZIP, refuse_unwritable
from autograder.trouble import Trouble

BOOK = "gradebook.db"
FOLDERS = ("grading", "submitted", "autograded", "feedback")
CONFIG = "nbgrader_config.py"
MANIFEST = "manifest.json"
FORM = 1
"""Version of the form of a backup."""
BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite may lay beside a database."""
CHUNK = 1 << 20
"""Bytes that are read at once."""


def backup(args: argparse.Namespace) -> int:
    """Back a cohort up: the command. Raises Trouble, with nothing written."""
    here = course()
    if args.file.exists():
        raise Trouble(f"{args.file} is there already: name another file, it is left as it was")
    refuse_unwritable(args.file)
    with alone(here), tempfile.TemporaryDirectory(dir=here.root, prefix=".backup-") as scratch:
        files = list(_files(here, Path(scratch)))
        if not any(name != CONFIG for name, _ in files):
            raise Trouble(f"there is no cohort in {here.root} to back up: nothing was collected or graded")
        new = args.file.with_name(f".{args.file.name}.new")
        try:
            _pack(new, files)
            checked(new)
            new.replace(args.file)
        finally:
            new.unlink(missing_ok=True)
    if not (here.root / BOOK).exists() or address(here) != f"sqlite:///{here.root / BOOK}":
        say(f"The gradebook is not {BOOK} here: back one on a server up with its own tools, such as pg_dump.")
    say(f"{args.file}: {len(files)} files, {args.file.stat().st_size / 1e6:.1f} MB, read again and found whole.")
    return 0


def restore(args: argparse.Namespace) -> int:
    """Put a backup back: the command. Raises Trouble, with everything as it was."""
    here = course()
    names = checked(args.file)
    with alone(here):
        there = [name for name in (BOOK, *FOLDERS) if _holds(here.root / name)]
        if there and not args.replace:
            raise Trouble(f"there is a cohort here already ({', '.join(there)}): --replace puts it aside first")
        with tempfile.TemporaryDirectory(dir=here.root, prefix=".restore-") as scratch:
            fresh = Path(scratch)
            with zipfile.ZipFile(args.file) as found:
                changed = json.loads(found.read(MANIFEST)).get("changed", {})
                for name in names:
                    _unpack(found, name, fresh / name, changed.get(name))
            _refuse_damaged_book(fresh / BOOK)
            aside = _aside(here) if there else None
            _swap(here.root, fresh, aside)
    if aside:
        say(f"What was here lies in {aside.name}/ now.")
    say(f"{len(names)} files of {args.file} are back, each as it was.")
    return 0


def checked(file: Path) -> list[str]:
    """The names in a backup, every one of them read and compared. Raises Trouble where it is not whole."""
    try:
        with zipfile.ZipFile(file) as found:
            manifest = json.loads(found.read(MANIFEST))
            wanted = dict(manifest["files"])
            if manifest["form"] != FORM:
                raise Trouble(f"{file} was made by another version of the course: restore it with that one")
            names = [name for name in found.namelist() if name != MANIFEST]
            if sorted(names) != sorted(wanted) or not all(map(_may_be, names)):
                raise Trouble(f"{file} does not hold what its manifest says: take another backup")
            for name in names:
                with found.open(name) as content:
                    if _digest(content) != wanted[name]:
                        raise Trouble(f"{file} is damaged at {name}: take another backup")
            return names
    except FileNotFoundError:
        raise Trouble(f"{file} is not there: give the file that `fargate-course backup` made") from None
    except (*NO_ZIP, KeyError, TypeError):
        raise Trouble(f"{file} is no backup of a cohort, or is damaged: take another one") from None


def _files(here: Course, scratch: Path) -> Iterator[tuple[str, Path]]:
    """What goes in: its name and where it is read from. The gradebook is copied to `scratch` first."""
    book = here.root / BOOK
    if book.exists():
        try:
            with closing(sqlite3.connect(book)) as there, closing(sqlite3.connect(scratch / BOOK)) as copy:
                there.backup(copy)
        except sqlite3.Error as fault:
            raise Trouble(f"{book} cannot be copied ({fault}): close what has it open, or mend it") from None
        _refuse_damaged_book(scratch / BOOK)
        yield BOOK, scratch / BOOK
    if (here.root / CONFIG).exists():
        yield CONFIG, here.root / CONFIG
    for folder in FOLDERS:
        for path in sorted((here.root / folder).rglob("*")):
            name = path.relative_to(here.root).as_posix()
            if path.is_file() and not path.is_symlink() and name != "grading/lock" and not path.name.endswith(".new"):
                yield name, path


def _pack(file: Path, files: list[tuple[str, Path]]) -> None:
    digests, changed = {}, {}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1, strict_timestamps=False) as made:
        for name, path in files:
            changed[name] = path.stat().st_mtime_ns
            packed = path.suffix in (".gz", ".png")
            made.write(path, name, zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED)
            with path.open("rb") as content:
                digests[name] = _digest(content)
        when = datetime.now(UTC).isoformat(timespec="seconds")
        told = {"form": FORM, "made": when, "files": digests, "changed": changed}
        made.writestr(MANIFEST, json.dumps(told, indent=1))
    file.chmod(0o600)


def _digest(content: object) -> str:
    made = hashlib.sha256()
    while chunk := content.read(CHUNK):  # type: ignore[attr-defined]
        made.update(chunk)
    return made.hexdigest()


def _may_be(name: str) -> bool:
    """May a backup hold a file of this name? None that would be written elsewhere."""
    parts = PurePosixPath(name).parts
    plain = "\\" not in name and not name.startswith("/") and ".." not in parts and name == "/".join(parts)
    return plain and (name in (BOOK, CONFIG) or (len(parts) > 1 and parts[0] in FOLDERS))


def _unpack(found: zipfile.ZipFile, name: str, file: Path, changed: object) -> None:
    """`changed`: when the file was, in nanoseconds of the epoch. It may say when something was handed in, and what a
    zip itself tells has no zone and only every other second; an older backup has no more than that."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with found.open(name) as content, file.open("wb") as made:
        shutil.copyfileobj(content, made, CHUNK)
    if isinstance(changed, int):
        os.utime(file, ns=(changed, changed))
    else:
        moment = datetime(*found.getinfo(name).date_time).timestamp()
        os.utime(file, (moment, moment))


def _refuse_damaged_book(book: Path) -> None:
    if not book.exists():
        return
    try:
        with closing(sqlite3.connect(book)) as opened:
            said = opened.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.Error as fault:
        said = str(fault)
    if said != "ok":
        raise Trouble(f"{BOOK} is damaged ({said}): restore it from a backup")


def _holds(path: Path) -> bool:
    """Is there a file, or a folder with anything in it but the lock?"""
    return path.is_file() or (path.is_dir() and any(one.name != "lock" for one in path.iterdir()))


def _aside(here: Course) -> Path:
    aside = here.root / f"before-restore-{datetime.now(UTC):%Y%m%d-%H%M%S}"
    aside.mkdir()
    return aside


def _swap(root: Path, fresh: Path, aside: Path | None) -> None:
    """Move what is there aside, and the fresh in; where a move fails, each that was made is taken back."""
    moves = [(root / name, aside / name) for name in _movable(root) if aside]
    moves += [(fresh / name, root / name) for name in _movable(fresh)]
    done: list[tuple[Path, Path]] = []
    try:
        for one, other in moves:
            other.parent.mkdir(parents=True, exist_ok=True)
            if other.is_dir():  # empty: what was in it is aside
                other.rmdir()
            one.rename(other)
            done.append((one, other))
    except OSError as fault:
        for one, other in reversed(done):
            other.rename(one)
        raise Trouble(f"{fault}: nothing was changed") from None


def _movable(folder: Path) -> list[str]:
    """The names that are moved: of `grading` what is in it, since the lock is held there."""
    names = [BOOK, *(BOOK + end for end in BESIDE), CONFIG, *FOLDERS[1:]]
    grading = folder / FOLDERS[0]
    inside = [f"{FOLDERS[0]}/{one.name}" for one in sorted(grading.iterdir())] if grading.is_dir() else []
    return [name for name in [*names, *inside] if (folder / name).exists() and name != f"{FOLDERS[0]}/lock"]
