"""A submitted notebook, read with suspicion: which lab it is, whose world it was done in, and its cells."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.exam import assignment
from autograder.learner import is_id

LARGEST = 20_000_000
"""Bytes of a notebook file that are read."""

MOST_CELLS = 2_000
RECORD = "application/vnd.fargate-course.lab+json"
BEGIN = re.compile(r"""\bbegin\(\s*["']([a-z0-9-]{1,64})["']""")


class BadSubmission(Exception):
    """The file cannot be graded. The message is one line: what is wrong and what to do."""


@dataclass(frozen=True)
class Cell:
    """One cell of a notebook, of known types only."""

    kind: str
    """code, markdown or raw"""
    id: str
    source: str
    metadata: dict[str, Any]
    outputs: list[Any]
    attachments: dict[str, Any]

    @property
    def grading(self) -> dict[str, Any]:
        """What nbgrader keeps of it, values of any type; {} for a cell of the learner's own."""
        return _dict(self.metadata.get("nbgrader"))

    @property
    def grade_id(self) -> str:
        """The nbgrader id; '' for a cell of the learner's own."""
        name = self.grading.get("grade_id")
        return name if isinstance(name, str) else ""


@dataclass(frozen=True)
class Submission:
    """What a submitted notebook says of itself."""

    lab: str
    learner: str
    """Whose world it was done in, as its setup cell recorded; '' where no output says so."""
    cells: tuple[Cell, ...]
    exam: dict[str, Any] = field(default_factory=dict)
    """Of a cohort exam, the answers that its notebook records; {} for a lab."""


def read(file: Path) -> Submission:
    """Read a submitted notebook. Raises BadSubmission."""
    return parse(file.name, content_of(file))


def content_of(file: Path) -> bytes:
    """The bytes of a submitted file. Raises BadSubmission where it cannot be read, or is larger than any notebook."""
    try:
        with file.open("rb") as opened:
            content = opened.read(LARGEST + 1)
    except OSError as error:
        raise BadSubmission(f"{file.name} cannot be read ({error.strerror}): ask for it again") from None
    if len(content) > LARGEST:
        raise BadSubmission(f"{file.name} is larger than {LARGEST // 1_000_000} MB: clear its outputs and save it")
    return content


def parse(name: str, content: bytes) -> Submission:
    """The submission in a file's bytes; `name` is the file's, for what is said of it. Raises BadSubmission."""
    try:
        notebook = json.loads(content.decode("utf-8-sig"), parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise BadSubmission(f"{name} is not JSON, so no notebook: save it and submit again") from None
    try:
        return understand(notebook)
    except BadSubmission as problem:
        raise BadSubmission(f"{name} {problem}") from None


def understand(notebook: Any) -> Submission:
    """The submission in a notebook's JSON. Raises BadSubmission, whose message goes after the file's name."""
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        raise BadSubmission("has no cells, so it is no notebook: save it in JupyterLab and submit it again")
    if len(notebook["cells"]) > MOST_CELLS:
        raise BadSubmission(f"has more than {MOST_CELLS} cells: delete what does not belong to the lab")
    cells = tuple(_cell(cell) for cell in notebook["cells"] if isinstance(cell, dict))
    record = _record(cells, RECORD)
    lab = _lab(notebook, cells, record)
    if not lab:
        raise BadSubmission("is not a lab of this course (no cell begins one): submit the lab's own notebook")
    learner = record.get("learner") if record.get("lab") == lab else None
    exam = assignment.believed(_record(cells, assignment.RECORD)) if assignment.is_exam(lab) else {}
    return Submission(lab, learner if is_id(learner) else "", cells, exam)  # type: ignore[arg-type]


def _cell(data: dict[str, Any]) -> Cell:
    kind = data.get("cell_type")
    source = data.get("source", "")
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    name = data.get("id")
    return Cell(
        kind=kind if kind in ("code", "markdown", "raw") else "raw",
        id=name if isinstance(name, str) else "",
        source=_clean(source) if isinstance(source, str) else "",
        metadata=_dict(data.get("metadata")),
        outputs=data["outputs"] if isinstance(data.get("outputs"), list) else [],
        attachments=_attachments(data.get("attachments")),
    )


def _attachments(data: Any) -> dict[str, Any]:
    """Pictures pasted into text, in the one form that they have."""
    return {
        name: bundle
        for name, bundle in _dict(data).items()
        if isinstance(bundle, dict) and all(isinstance(content, str) for content in bundle.values())
    }


def _record(cells: tuple[Cell, ...], kind: str) -> dict[str, Any]:
    """What `begin` recorded, under this mime type, in the output of the first cell that has such an output."""
    for cell in cells:
        for output in cell.outputs:
            record = _dict(_dict(output).get("data")).get(kind)
            if isinstance(record, dict):
                return record
    return {}


def _lab(notebook: dict[str, Any], cells: tuple[Cell, ...], record: dict[str, Any]) -> str:
    """The lab's id: as a cell begins it, else as the notebook's metadata or the recorded output say."""
    for cell in cells:
        found = BEGIN.search(cell.source) if cell.kind == "code" else None
        if found:
            return found.group(1)
    told = [_dict(_dict(notebook.get("metadata")).get("course")).get("lab"), record.get("lab")]
    return next((name for name in told if isinstance(name, str) and re.fullmatch(r"[a-z0-9-]{1,64}", name)), "")


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _clean(text: str) -> str:
    """The text without lone surrogates, which cannot be written to a file again."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")
