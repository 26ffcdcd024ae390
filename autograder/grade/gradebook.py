"""nbgrader's gradebook, opened here alone. Marks go in by nbgrader's own API, so its tools see them as theirs."""

from __future__ import annotations

import os
import re
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from autograder.grade.lean import steps  # first: it decides what nbgrader imports

# isort: split
from nbgrader import utils
from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    Gradebook,
    InvalidEntry,
    MissingEntry,
    SubmittedAssignment,
    SubmittedNotebook,
    get_alembic_version,
)
from sqlalchemy import case, func, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from traitlets.config import Config

from autograder.author.places import Course
from autograder.exam.assignment import is_exam
from autograder.grade.address import address
from autograder.grade.export import Mark
from autograder.grade.nodes import node, read
from autograder.grade.policy import naive, penalty, policy_of
from autograder.grade.record import Record, broken
from autograder.grade.terms import terms
from autograder.run.course import release, release_path
from autograder.trouble import Trouble


@contextmanager
def quiet() -> Iterator[None]:
    """nbgrader without SQLAlchemy's warnings of how it is used, and with `alembic`, which a new database needs."""
    before = os.environ.get("PATH", "")
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), before])
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", module=r"nbgrader\.|sqlalchemy\.")
            yield
    finally:
        os.environ["PATH"] = before


@contextmanager
def opened(url: str) -> Iterator[Any]:
    """nbgrader's gradebook at this address."""
    with quiet():
        book = _gradebook(url)
        try:
            yield book
        finally:
            book.close()


class Unanswered(Exception):
    """The gradebook's database did not take what it was given; nothing of it was kept, and it may be tried again."""


class Book:
    """The gradebook of one course, at this SQLAlchemy address. Its one writer: it stays open from mark to mark.

    nbgrader's own steps open the database anew for each step of each notebook, which costs 130 ms of CPU a submission;
    what they write is written here through the same API in one sitting (a test compares the two).
    """

    def __init__(self, here: Course, url: str = "") -> None:
        self.here = here
        self.url = address(here, url)
        if re.match(r"[a-z0-9+]+://", self.url) is None:
            raise Trouble(f"{url!r} is no address of a gradebook: write it as sqlite:////path/to/gradebook.db")
        if file_of(self.url) in (Path(), Path(":memory:")):
            raise Trouble(f"{url} is gone when the command ends: write it as sqlite:////path/to/gradebook.db")
        self._open: Any = None
        self._cells: dict[str, dict[str, _Cell]] = {}
        """Of each lab its cells by name."""

    def save(self, record: Record, notebook: Any, *, moment: datetime | None = None) -> float:
        """Write one submission's marks, all or none; its cells get the checksums of the gradebook.

        Marks that a person gave are kept. `moment`: when it was handed in (UTC, naive). Returns the points lost by
        coming late. Raises Unanswered where the database does not take it.
        """
        lab, learner = record["lab"], record["learner"]
        with self._transaction(lab) as book:
            self._overwrite(lab, notebook)
            book.update_or_create_student(learner)
            handed = book.update_or_create_submission(lab, learner, **({"timestamp": moment} if moment else {}))
            found = book.find_submission_notebook(lab, lab, learner)
            _write_grades(book, found, notebook, broken(record))
            write_terms(book, self.here, lab, learner)
            book.db.flush()
            book.db.expire(found)
            return _write_penalty(self.here, handed, found)

    def ready(self) -> None:
        """Open the database. Raises Trouble where that cannot be done."""
        try:
            with self._faults():
                self._opened()
        except Unanswered as why:
            raise Trouble(f"the gradebook {shown(self.url)} cannot be opened: {why}") from None

    def close(self) -> None:
        """Let go of the database."""
        if self._open is not None:
            with quiet(), suppress(SQLAlchemyError):
                self._open.close()
            self._open = None

    def _opened(self) -> Any:
        if self._open is None:
            self._open = _gradebook(self.url)
        return self._open

    @contextmanager
    def _transaction(self, lab: str) -> Iterator[Any]:
        """The gradebook within one transaction of the database, whatever its API commits on the way."""
        with self._faults():
            self.know(lab)
            book = self._opened()
            with book.engine.connect() as connection, connection.begin():
                book.db.remove()
                book.db.configure(bind=connection, join_transaction_mode="rollback_only")
                yield book
                book.db.commit()

    @contextmanager
    def _faults(self) -> Iterator[None]:
        """A fault of the database closes it, so that the next use opens it anew."""
        with quiet():
            try:
                yield
            except (SQLAlchemyError, InvalidEntry, ImportError) as fault:
                self.close()
                raise Unanswered(" ".join(str(fault).split())[:300]) from None
            except BaseException:
                self.close()
                raise

    def _overwrite(self, lab: str, notebook: Any) -> None:
        """Checksums, and the text of locked cells, which for the instructor has the mark schemes."""
        for cell in notebook["cells"]:
            known = self._cells[lab].get(_name(cell))
            if known is not None:
                cell["metadata"]["nbgrader"]["checksum"] = known.checksum
                cell["source"] = known.source if known.locked else cell["source"]

    def know(self, lab: str) -> None:
        """Read the lab's cells and set its due date; enter first what nobody, or a killed process in part, entered."""
        if lab in self._cells:
            return
        notebook = _source(self.here, lab)
        wanted = {name: _points(cell) for cell in notebook.cells if (name := _name(cell))}
        with opened(self.url) as book:
            if wanted.items() - {name: one.points for name, one in _cells(book, lab).items()}.items():
                self._enter(book, lab, notebook)
            set_due(book, self.here, lab)
            self._cells[lab] = _cells(book, lab)

    def _enter(self, book: Any, lab: str, notebook: Any) -> None:
        """What `nbgrader generate_assignment` would enter."""
        book.update_or_create_assignment(lab)
        names = {"student": "", "assignment": lab, "notebook": lab, "db_url": self.url}
        resources: dict[str, Any] = {"nbgrader": names, "unique_key": lab}
        config = Config({"ClearSolutions": {"code_stub": {"python": "..."}}})
        for step in steps():
            notebook, resources = step(config=config).preprocess(notebook, resources)
        book.db.expire_all()


def set_due(book: Any, here: Course, lab: str) -> None:
    """Let the gradebook's due date be the kept policy's, where that has one: late penalties are counted from it."""
    due = naive(policy_of(here, lab).due)
    if due is not None and book.find_assignment(lab).duedate != due:
        book.update_or_create_assignment(lab, duedate=due)


def write_terms(book: Any, here: Course, lab: str, learner: str) -> None:
    """What holds for this learner alone: extra time, and points that an instructor gave."""
    mine = terms(here, learner, lab)
    handed = book.find_submission(lab, learner)
    handed.extension = mine.extension if handed.assignment.duedate is not None else None
    found = book.find_submission_notebook(lab, lab, learner) if mine.overrides else None
    for one, name in _of_cells(book, Grade, found) if found is not None else ():
        if name in mine.overrides:
            one.manual_score, one.needs_manual_grade = mine.overrides[name].points, False


def scores(url: str, lab: str) -> dict[str, float]:
    """Each learner's score of a lab, as the gradebook has it."""
    with opened(url) as book:
        return {one.student.id: float(one.score) for one in book.assignment_submissions(lab)}


def marks(here: Course, url: str = "") -> list[Mark]:
    """Every mark in the gradebook, late penalties taken off. Raises Trouble where it cannot be opened."""
    book = Book(here, url)
    file = file_of(book.url)
    if file is not None and not file.is_file():
        raise Trouble(f"there is no gradebook {shown(book.url)}: run `fargate-course grade` first")
    book.ready()
    book.close()
    with opened(book.url) as found:
        return sorted(_marks(found), key=lambda mark: (mark.lab, mark.learner))


def students(url: str) -> set[str]:
    """The ids of those whom the gradebook knows, with marks or without."""
    with opened(url) as book:
        return {one.id for one in book.students}


def file_of(url: str) -> Path | None:
    """The file of an SQLite gradebook; None for one on a server."""
    return Path(make_url(url).database or "") if url.startswith("sqlite:") else None


def _marks(book: Any) -> Iterator[Mark]:
    """Two queries for all: nbgrader's own properties ask the database several times for each submission."""
    most = {one.name: float(one.max_score) for one in book.assignments}
    late = book.db.query(SubmittedNotebook.assignment_id, func.sum(SubmittedNotebook.late_submission_penalty))
    lost = dict(late.group_by(SubmittedNotebook.assignment_id).all())
    columns = SubmittedAssignment.id, SubmittedAssignment.student_id, Assignment.name, SubmittedAssignment.timestamp
    waits = func.sum(case((Grade.needs_manual_grade, 1), else_=0))
    query = book.db.query(*columns, func.sum(Grade.score), waits).select_from(SubmittedAssignment)
    query = query.join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
    query = query.outerjoin(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
    query = query.outerjoin(Grade, Grade.notebook_id == SubmittedNotebook.id)
    for submission, learner, lab, handed, score, waiting in query.group_by(*columns).all():
        less = float(lost.get(submission) or 0)
        when = handed.isoformat(timespec="seconds") + "Z" if handed else ""
        yield Mark(learner, lab, max(0.0, float(score or 0) - less), most[lab], less, bool(waiting), when)


def shown(url: str) -> str:
    """The address without its password; of SQLite the file, in its own letters."""
    try:
        made = make_url(url)
        sqlite = made.drivername.startswith("sqlite") and made.database
        return sqlite or made.render_as_string(hide_password=True)
    except SQLAlchemyError:
        return url


@dataclass(frozen=True)
class _Cell:
    """A cell of the lab as the gradebook has it."""

    checksum: str
    source: str
    locked: bool
    points: float | None
    """None where nothing is graded in it."""


def _gradebook(url: str) -> Any:
    """The open gradebook. A database that a killed process left half made is completed."""
    book = Gradebook(url)
    try:
        if not inspect(book.engine).has_table("alembic_version"):
            book.db.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
        if book.db.execute(text("SELECT count(*) FROM alembic_version")).scalar() == 0:
            book.db.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": get_alembic_version()})
        book.db.commit()
    except BaseException:
        book.close()
        raise
    return book


def _cells(book: Any, lab: str) -> dict[str, _Cell]:
    """The lab's cells, those alone of which every part was entered."""
    try:
        found = book.find_notebook(lab, lab)
    except MissingEntry:
        return {}
    marked = {cell.name for cells in (found.grade_cells, found.solution_cells, found.task_cells) for cell in cells}
    kept = [cell for cell in found.source_cells if cell.name in marked or cell.locked]
    points = {cell.name: float(cell.max_score) for cells in (found.grade_cells, found.task_cells) for cell in cells}
    return {cell.name: _Cell(cell.checksum, cell.source, cell.locked, points.get(cell.name)) for cell in kept}


def _write_grades(book: Any, found: Any, notebook: Any, faulty: set[str]) -> None:
    """Grades and comments of one notebook, as nbgrader's SaveAutoGrades writes them."""
    grades = {name: one for one, name in _of_cells(book, Grade, found)}
    comments = {name: one for one, name in _of_cells(book, Comment, found)}
    for cell in notebook.cells:
        name = _name(cell)
        if name in grades and utils.is_grade(cell):
            grade = grades[name]
            grade.auto_score = utils.determine_grade(cell)[0]
            seen = grade.manual_score is None and grade.auto_score is not None and name not in faulty
            grade.needs_manual_grade = not seen
        if name in comments and (utils.is_solution(cell) or utils.is_task(cell)):
            untouched = cell.metadata.nbgrader.get("checksum") == utils.compute_checksum(cell)
            comments[name].auto_comment = "No response." if untouched and not utils.is_task(cell) else None


def _of_cells(book: Any, kind: Any, found: Any) -> Any:
    """Pairs of a grade (or comment) and its cell's name, as they are in the database now."""
    query = book.db.query(kind, BaseCell.name).join(BaseCell, BaseCell.id == kind.cell_id)
    return query.filter(kind.notebook_id == found.id).populate_existing().all()


def _write_penalty(here: Course, handed: Any, found: Any) -> float:
    """The late penalty, as nbgrader's AssignLatePenalties writes it with our plugin."""
    late = float(handed.total_seconds_late)
    found.late_submission_penalty = (
        penalty(policy_of(here, handed.name), float(found.score), late) if late > 0 else None
    )
    return float(found.late_submission_penalty or 0)


def _name(cell: Any) -> str:
    grading = cell["metadata"].get("nbgrader", {})
    counted = grading.get("grade") or grading.get("solution") or grading.get("task") or grading.get("locked")
    return str(grading.get("grade_id", "")) if counted else ""


def _points(cell: Any) -> float | None:
    """What a new version of a lab gives for a cell; None for one that is not graded."""
    grading = cell["metadata"]["nbgrader"]
    return float(grading["points"]) if grading.get("grade") or grading.get("task") else None


def _source(here: Course, lab: str) -> Any:
    """The instructor's notebook, which has mark schemes for formgrader to show; the release where that is missing."""
    if is_exam(lab):
        return node(release(here, lab))
    instructor = here.solutions / lab / f"{lab}.ipynb"
    return read(instructor if instructor.exists() else release_path(here, lab))
