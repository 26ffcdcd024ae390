"""Text sources: what is read, and the one line that says what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.author import source
from autograder.author.places import Course
from autograder.trouble import Trouble


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "01-some.py"
    path.write_text(text)
    return path


def test_a_cell_has_the_id_rows_and_tags_of_its_header(tmp_path: Path) -> None:
    text = '# %% [markdown] id="a" rows=["F12", "T01"]\n# Text\n\n# %% id="b" tags=["raises-exception"]\n1 / 0\n'
    one, two = source.read(written(tmp_path, text)).cells
    assert (one.id, one.kind, one.text, one.rows, one.line) == ("a", "markdown", "Text", ("F12", "T01"), 1)
    assert (two.id, two.kind, two.text, two.tags, two.line) == ("b", "code", "1 / 0", ("raises-exception",), 4)


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("# %%", "the cell has no id"),
        ('# %% id="has space"', "is not 1 to 64 letters"),
        (f'# %% id="{"x" * 65}"', "is not 1 to 64 letters"),
        ('# %% id="a" row=["F12"]', "the header says row"),
        ('# %% id="a" rows=["F1"]', "rows is not a list of curriculum rows"),
        ('# %% id="a" rows="F12"', "rows is not a list of curriculum rows"),
        ('# %% id="a" role="grade"', "role is not one of setup, answer, check, reflect"),
        ('# %% id="a" points=0', "points is not a whole number from 1"),
        ('# %% id="a" points="3"', "points is not a whole number from 1"),
    ],
)
def test_a_header_that_cannot_be_used_is_named_by_file_and_line(tmp_path: Path, header: str, said: str) -> None:
    path = written(tmp_path, f'# %% id="first"\n1\n\n{header}\n2\n')
    with pytest.raises(Trouble, match=said) as refused:
        source.read(path)
    assert str(refused.value).startswith(f"{path}:4: ")
    assert "\n" not in str(refused.value)


def test_tags_that_are_no_list_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match=r"01-some\.py has a cell header that no notebook can hold: 'slow'"):
        source.read(written(tmp_path, '# %% id="a" tags="slow"\n1\n'))


def test_text_before_the_first_cell_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="does not begin with a cell"):
        source.read(written(tmp_path, 'import os\n# %% id="a"\n1\n'))


def test_an_id_used_twice_names_both_places(sample: Course) -> None:
    (sample.lessons / "source" / "91-other.py").write_text('# %% id="x"\n1\n\n# %% id="lab-setup"\n2\n')
    with pytest.raises(Trouble, match=r"id 'lab-setup' is taken by .*91-other\.py:4"):
        source.refuse_ids_used_twice(sample)


def test_a_source_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match=r"none\.py cannot be read"):
        source.read(tmp_path / "none.py")
