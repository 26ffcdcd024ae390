"""Notebook files with equal bytes for equal content."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import nbformat as _nbformat

from autograder.author.source import Cell
from autograder.trouble import Trouble

# nbformat's functions have no types; its values are handled as Any here and in all of `author`.
nbformat: Any = _nbformat
v4: Any = _nbformat.v4

# Fixed, whatever kernel built the notebook: a version or a display name would differ between machines.
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
LANGUAGE = {
    "codemirror_mode": {"name": "ipython", "version": 3},
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "nbconvert_exporter": "python",
    "pygments_lexer": "ipython3",
}


def new(cells: list[Any], about: dict[str, str]) -> Any:
    """A notebook of these cells; `about` stands in its metadata under `course` and says which lesson or lab it is."""
    notebook = v4.new_notebook(cells=cells, metadata={"course": about})
    notebook.nbformat_minor = 5
    settle_metadata(notebook)
    return notebook


def settle_metadata(notebook: Any) -> None:
    """Say of the notebook what it is, and of the kernel only what is the same everywhere, in place."""
    about = {"course": notebook.metadata["course"], "kernelspec": KERNEL, "language_info": LANGUAGE}
    notebook.metadata = nbformat.from_dict(about)


def new_cell(cell: Cell, metadata: dict[str, Any]) -> Any:
    """The notebook cell for a source cell, with this metadata beside what every cell carries."""
    course = {"rows": list(cell.rows), "role": cell.role, "question": cell.question}
    said = {key: value for key, value in course.items() if value}
    whole = {**({"course": said} if said else {}), **({"tags": list(cell.tags)} if cell.tags else {}), **metadata}
    make = v4.new_code_cell if cell.kind == "code" else v4.new_markdown_cell
    return make(source=cell.text, id=cell.id, metadata=whole)


def text(notebook: Any) -> str:
    """The bytes that are stored, as text: keys sorted, one space of indent, a newline at the end."""
    nbformat.validate(notebook)
    return cast(str, nbformat.writes(notebook, version=4)).rstrip("\n") + "\n"


def read(path: Path) -> Any:
    """Read a stored notebook. Raises Trouble where it is none."""
    try:
        return nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)
    except FileNotFoundError:
        raise Trouble(f"{path} is not there: build it with `fargate-course build`") from None
    except Exception as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise Trouble(f"{path} is not a notebook ({reason}): build it anew with `fargate-course build`") from None
