"""A cohort exam as a learner sits it: `cohort.begin("exam-saa-c03")` in its notebook, or `fargate-course exam` with the
same id in a terminal.

Every step is kept in the state file, as in a practice exam, and in the output of the cell, which is what is handed in.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from autograder import state
from autograder.author.places import course
from autograder.exam import assignment, paper
from autograder.exam.room import Room
from autograder.exam.sitting import Sitting
from autograder.learner import learner, named
from autograder.trouble import Trouble

LAB = "application/vnd.fargate-course.lab+json"
"""The mime type by which a notebook says which assignment it is, and whose."""


def find_paper(name: str) -> Path:
    """The paper beside the notebook; else in the workspace, else in the course. It need not be there."""
    workspace = state.workspace()
    here = [Path.cwd(), workspace / "labs" / name, course().labs / name]
    return next((folder / paper.FILE for folder in here if (folder / paper.FILE).is_file()), here[0] / paper.FILE)


def sitting(name: str) -> Sitting:
    """Begin a cohort exam, or go on with it. Raises Trouble for one that is not there, and without a learner's name."""
    if not assignment.is_exam(name):
        raise Trouble(f"there is no cohort exam {name!r}: they are {', '.join(assignment.ids())}")
    who = named()
    found = paper.read(find_paper(name), name)
    return Sitting(paper.sat(found, who), "graded")


def record(sat: Sitting) -> dict[str, Any]:
    """What is handed in: whose, which form of which paper, when it began and ended, and every answer."""
    name = sat.form.exam
    digest = sha256(find_paper(name).read_bytes()).hexdigest()[:16]
    kept = {key: sat.kept[key] for key in ("begun", "submitted")}
    answers = {place: _told(entry) for place, entry in sat.kept["items"].items()}
    return {
        "exam": name,
        "learner": learner(),
        "form": "AB"[sat.form.seed - 1],
        "paper": digest,
        **kept,
        "answers": answers,
    }


def _told(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {key: entry[key] for key in ("answer", "answered", "seconds", "confidence") if key in entry}


def bundle(sat: Sitting) -> dict[str, Any]:
    """The record as the output of a cell."""
    slots = sat.form.slots
    whole = sum(len(sat.chosen(number)) == len(slot.item.key) for number, slot in enumerate(slots))
    done = "submitted" if sat.over else "kept"
    says = f"{whole} of {len(slots)} answers {done}. They are in this notebook once it is saved."
    about = {"lab": sat.form.exam, "learner": learner()}
    return {"text/plain": says, LAB: about, assignment.RECORD: record(sat)}


class CohortRoom(Room):
    """The exam room, without any report: marks come from the instructor."""

    def __init__(self, sat: Sitting) -> None:
        self.handle: Any = None
        super().__init__(sat)

    def begin(self) -> None:
        """Show the record, which changes from now on as answers do, and the room below it."""
        from IPython.display import display

        self.handle = display(bundle(self.sitting), raw=True, display_id=f"record-{self.sitting.form.id}")  # type: ignore[no-untyped-call]
        display(self)  # type: ignore[no-untyped-call]

    def tell_time(self) -> None:
        """Write the clock anew, and what is kept."""
        super().tell_time()
        self._keep_in_the_notebook()

    def show_report(self) -> None:
        """That it is over, and what to do now."""
        import ipywidgets

        self.sitting.submit()
        self._keep_in_the_notebook()
        name = self.sitting.form.exam
        text = f"Submitted. Save this notebook, then hand it in: fargate-course submit {name}"
        self.box.children = (ipywidgets.HTML(f'<div role="status"><p><strong>{text}</strong></p></div>'),)

    def _keep_in_the_notebook(self) -> None:
        if self.handle is not None:
            self.handle.update(bundle(self.sitting), raw=True)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None, **_: Any) -> dict[str, Any]:
        """The room for a live notebook; on paper, what to do."""
        live = self.box._repr_mimebundle_() or {}
        return {**live, "text/plain": f"{assignment.title(self.sitting.form.exam)}: run this cell to go on."}


def begin(name: str) -> None:
    """Sit a cohort exam in its notebook. What is in the way is said in one line."""
    from autograder.lab import TroubleHere

    try:
        room = CohortRoom(sitting(name))
    except Trouble as trouble:
        raise TroubleHere(str(trouble)) from None
    room.begin()


def domain(number: int) -> None:
    """The cell of a domain, which has nothing to show before marks are given."""
    print(f"Domain {number} is marked after you have handed this notebook in.")  # noqa: T201  (a notebook's own words)


def with_record(book: dict[str, Any], sat: Sitting) -> dict[str, Any]:
    """A notebook with the answers as they are kept now, whether or not it was saved after the last of them."""
    output = {"output_type": "display_data", "metadata": {}, "data": bundle(sat)}
    for cell in book["cells"]:
        if cell.get("id") == f"{sat.form.exam}-begin":
            others = [one for one in cell.get("outputs", []) if assignment.RECORD not in one.get("data", {})]
            cell["outputs"] = [output, *others]
    return book
