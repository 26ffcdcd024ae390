"""`fargate-course collect FILE...`: take in the packages that learners made with `submit`, each version once.

A package is a zip of exactly LEARNER/LAB/LAB.ipynb and LEARNER/LAB/timestamp.txt. Nothing else in it is ever written,
and no name in it is used as a path: the notebook's bytes are read, and kept under names that are checked.
"""

from __future__ import annotations

import argparse
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from autograder.author.places import Course, course
from autograder.grade import files
from autograder.grade.attempts import Attempt, Attempts, hash_of, iso, newest
from autograder.grade.batch import alone
from autograder.grade.command import say
from autograder.grade.handed import TIMESTAMP, stamped
from autograder.learner import is_id
from autograder.run.submission import LARGEST, BadSubmission, content_of, parse
from autograder.trouble import Trouble

LAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LATER = 3600.0
"""Seconds between what a learner's clock says and the arrival that are worth a word."""


@dataclass(frozen=True)
class Package:
    """What a learner's package holds."""

    learner: str
    lab: str
    notebook: bytes
    claimed: datetime | None
    """When the learner's own machine says that it was handed in."""


def collect(args: argparse.Namespace) -> int:
    """The command. Exit status 1 where a package could not be taken."""
    here = course()
    sent = list(packages(args.files))
    into = args.into or here.root / "submitted"
    bad = 0
    with alone(here):
        for file in sent:
            try:
                say(f"{file.name}: {take(here, file, into, claimed=args.claimed)}")
            except BadSubmission as why:
                bad += 1
                say(f"{file.name}: not taken: {why}")
    say(f"{len(sent) - bad} of {len(sent)} packages taken. Grade them: fargate-course grade {into}")
    return 1 if bad else 0


def packages(given: list[Path]) -> Iterator[Path]:
    """The zip files that are named, and those in folders that are named. Raises Trouble where there is none."""
    found = []
    for path in given:
        if not path.exists():
            raise Trouble(f"{path} is not there: give the packages that learners sent, or their folder")
        found += sorted(path.rglob("*.zip")) if path.is_dir() else [path]
    sent = [file for file in found if file.is_file() and not file.is_symlink()]
    if not sent:
        raise Trouble(f"{', '.join(map(str, given))}: no package (*.zip) in there")
    return iter(sent)


def take(here: Course, file: Path, into: Path, *, claimed: bool = False) -> str:
    """Take in one package; what to say of it. Raises BadSubmission, with nothing written.

    It counts as handed in when the file arrived here, as its own date says; with `claimed`, when the learner's machine
    says so.
    """
    package = opened(file)
    arrived = datetime.fromtimestamp(int(file.stat().st_mtime), UTC)
    says = iso(package.claimed) if package.claimed else ""
    moment = package.claimed if claimed and package.claimed else arrived
    attempts = Attempts(here)
    made = Attempt(hash_of(package.notebook), iso(moment), file.name, says)
    attempt, new = attempts.add(package.learner, package.lab, package.notebook, made)
    kept = attempts.of(package.learner, package.lab)
    lay = attempt == newest(kept) and (new or _lacks(into, package, kept))
    if lay:
        _lay(into / package.learner / package.lab, package.lab, package.notebook, attempt.moment)
    if not new:
        what = "it did not lie in the folder, and does again" if lay else "nothing was done"
        return f"{package.learner} {package.lab}: the same as what came {attempt.handed_in}; {what}"
    what = f"{package.learner} {package.lab}: taken, {attempt.sha256[:16]}, handed in {attempt.handed_in}"
    apart = abs((package.claimed - arrived).total_seconds()) if package.claimed else 0.0
    return what + (f"; the learner's clock said {says}, which counts with --claimed" if apart > LATER else "")


def opened(file: Path) -> Package:
    """What is in a package. Raises BadSubmission where it is not what `submit` makes."""
    try:
        with zipfile.ZipFile(file) as found:
            return _read(found)
    except files.NO_ZIP:
        raise BadSubmission("it is no zip file that can be read: ask for it again") from None


def _read(found: zipfile.ZipFile) -> Package:
    members = {info.filename: info for info in found.infolist()}
    notebooks = [name for name in members if name.endswith(".ipynb")]
    if len(notebooks) != 1 or len(members) > 2 or len(found.infolist()) != len(members):
        raise BadSubmission("it does not hold one notebook and its timestamp, as `fargate-course submit` makes it")
    learner, _, rest = notebooks[0].partition("/")
    lab = rest.partition("/")[0]
    if not is_id(learner) or not LAB.fullmatch(lab) or notebooks[0] != f"{learner}/{lab}/{lab}.ipynb":
        raise BadSubmission("its notebook does not lie in LEARNER/LAB/LAB.ipynb, as `fargate-course submit` makes it")
    if set(members) - {notebooks[0], f"{learner}/{lab}/{TIMESTAMP}"}:
        raise BadSubmission("it holds something else than a notebook and its timestamp")
    content = _content(found, members[notebooks[0]], LARGEST)
    if parse(f"{lab}.ipynb", content).lab != lab:
        raise BadSubmission(f"its notebook is not of lab {lab}")
    stamp = members.get(f"{learner}/{lab}/{TIMESTAMP}")
    return Package(learner, lab, content, stamped(_content(found, stamp, 1000)) if stamp else None)


def _content(found: zipfile.ZipFile, member: zipfile.ZipInfo, most: int) -> bytes:
    """A member's bytes, never more than may be, whatever the zip says of their number."""
    with found.open(member) as content:
        data = content.read(most + 1)
    if len(data) > most:
        raise BadSubmission(f"{Path(member.filename).name} in it is larger than {most} bytes")
    return data


def _lacks(into: Path, package: Package, kept: Sequence[Attempt]) -> bool:
    """Is the folder without this version? It was emptied, or collecting was killed. A hand's own file is left alone."""
    try:
        there = hash_of(content_of(into / package.learner / package.lab / f"{package.lab}.ipynb"))
    except BadSubmission:
        return True
    return there != hash_of(package.notebook) and any(there == one.sha256 for one in kept)


def _lay(folder: Path, lab: str, notebook: bytes, moment: datetime) -> None:
    """Put it where nbgrader and `grade` look, by the file's name that they expect."""
    if any(path.is_symlink() for path in (folder, folder.parent)):
        raise BadSubmission(f"{folder} is a link: delete it")
    for name, content in ((f"{lab}.ipynb", notebook), (TIMESTAMP, moment.strftime("%Y-%m-%d %H:%M:%S UTC").encode())):
        files.write(folder / name, content)
