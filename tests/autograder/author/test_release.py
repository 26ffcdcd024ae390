"""The cohort's bundle: what it has, what it must never have, and that a failed release leaves nothing behind."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from autograder.author import lab, leaks, lesson, notebook, release, source
from autograder.author.places import Course
from autograder.trouble import Trouble

HIDDEN = '''"""Hidden checks of the sample lab."""
from autograder.checks.check import Miss
def the_count_survives_a_killed_task(cloud):
    """After one task is killed, the service is back at its count within three minutes."""
    cloud.advance(minutes=3)
    if cloud.service("web").running < 2:
        raise Miss("2 running tasks", cloud.service("web").running)
'''
RETOLD = '\n        # retold\n        raise Miss("2 running tasks", cloud.service("web").running)'
GRADED = """- id: graded-nat-or-endpoints
  stem: A company moves a reporting job to Fargate and must keep every packet in its own network.
  options: [{text: Add the three endpoints that an image pull needs}]
"""


@pytest.fixture
def course(sample: Course) -> Course:
    """The sample course with what an instructor's checkout has beside it, built without running it."""
    for name, text in {
        "README.md": "# The course\n",
        "simcloud/__init__.py": "",
        "autograder/__init__.py": "",
        "autograder/checks/labs/lab_90_sample.py": "LAB = None\n",
        "autograder/hidden/lab_90_sample.py": HIDDEN,
        "autograder/bank/practice/some.yaml": "[]\n",
        "autograder/bank/graded/forms.yaml": GRADED,
        "solutions/90-sample/answers.py": "RIGHT = {}\n",
        "tests/test_some.py": "",
    }.items():
        path = sample.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    learner = lab.released(lab.lab(source.read(sample.lab_sources()[0])))
    store(sample.labs / "90-sample" / "90-sample.ipynb", learner)
    store(sample.lessons / "90-sample.ipynb", lesson.lesson(source.read(sample.lesson_sources()[0])))
    return sample


def store(path: Path, book: nbformat.NotebookNode) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(notebook.text(book))


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_the_bundle_has_what_a_learner_needs_and_nothing_of_the_instructor(course: Course, tmp_path: Path) -> None:
    searched = release.release(course, tmp_path / "out" / "cohort")
    assert searched >= 8
    assert files(tmp_path / "out" / "cohort") == [
        "README.md",
        "autograder/__init__.py",
        "autograder/bank/practice/some.yaml",
        "autograder/checks/labs/lab_90_sample.py",
        "cohort-bundle.json",
        "course/90-sample.ipynb",
        "labs/90-sample/90-sample.ipynb",
        "simcloud/__init__.py",
    ]
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["cohort"]


def test_a_second_release_replaces_the_first_and_leaves_nothing_stale(course: Course, tmp_path: Path) -> None:
    release.release(course, tmp_path / "cohort")
    (tmp_path / "cohort" / "stale.txt").write_text("old")
    release.release(course, tmp_path / "cohort")
    assert "stale.txt" not in files(tmp_path / "cohort")


def test_a_folder_that_is_no_bundle_is_left_as_it_was(course: Course, tmp_path: Path) -> None:
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("years of work")
    with pytest.raises(Trouble, match="is not empty and no bundle of this course"):
        release.release(course, tmp_path / "thesis")
    assert files(tmp_path / "thesis") == ["chapter.txt"]


LEAKS = {
    "a solution in the released lab": ("labs/90-sample/90-sample.ipynb", None, "the solution of lab-cause"),
    "a short solution": (
        "autograder/checks/labs/lab_90_sample.py",
        'count   = world["count"]',
        "the solution of lab-count",
    ),
    "a mark scheme": (
        "README.md",
        "Two points for the layer bucket,\ntwo for the route table.",
        "the solution of lab-reflect",
    ),
    "a hidden check's code": (
        "autograder/leaked.py",
        '\n'.join(HIDDEN.split("\n")[4:6]) + RETOLD,
        "the hidden checks lab_90_sample.py",
    ),
    "a hidden check's sentence": (
        "README.md",
        "After one task is killed, the service is back at its count within three minutes.",
        "the hidden checks lab_90_sample.py",
    ),
    "a hidden check's sentence among the checks": (
        "autograder/checks/labs/lab_90_sample.py",
        '"""After one task is killed, the service is back at its count within three minutes."""',
        "the hidden checks lab_90_sample.py",
    ),
    "a graded item's stem": (
        "autograder/bank/practice/some.yaml",
        "- stem: >\n    A company moves a reporting job to Fargate and must\n    keep every packet in its own network.",
        "the graded item graded-nat-or-endpoints",
    ),
    "a graded item's id": ("simcloud/__init__.py", "x = 'graded-nat-or-endpoints'", "the graded item"),
}  # fmt: skip


def test_what_the_checks_of_two_labs_do_alike_is_nobodys_answer(course: Course, tmp_path: Path) -> None:
    checks = course.root / "autograder" / "checks" / "labs"
    (checks / "lab_90_sample.py").write_text('count   = world["count"]')
    (checks / "lab_91_other.py").write_text('count = world["count"]  # as there')
    assert release.release(course, tmp_path / "cohort") > 0


def test_a_hidden_check_is_written_as_the_open_ones_of_its_lab_are(course: Course, tmp_path: Path) -> None:
    checks = course.root / "autograder" / "checks" / "labs"
    (checks / "lab_90_sample.py").write_text("\n".join(HIDDEN.split("\n")[4:6]) + RETOLD)
    assert release.release(course, tmp_path / "cohort") > 0


@pytest.mark.parametrize("leak", LEAKS)
def test_a_leak_stops_the_release_and_no_bundle_is_left(course: Course, tmp_path: Path, leak: str) -> None:
    name, text, said = LEAKS[leak]
    if text is None:
        store(course.root / name, lab.lab(source.read(course.lab_sources()[0])))
    else:
        (course.root / name).write_text(text)
    release.release(_clean(course, tmp_path), tmp_path / "cohort")
    before = files(tmp_path / "cohort")
    with pytest.raises(Trouble, match="do not hand it out") as found:
        release.release(course, tmp_path / "cohort")
    assert name in str(found.value)
    assert said in str(found.value) or text is None
    assert files(tmp_path / "cohort") == before


def _clean(course: Course, tmp_path: Path) -> Course:
    """The same course with no secrets to leak, so that a first bundle stands before the one that leaks."""
    import shutil

    copy = Course(Path(shutil.copytree(course.root, tmp_path / "clean")))
    for name in ("autograder/hidden", "autograder/bank/graded", "solutions", "labs"):
        shutil.rmtree(copy.root / name)
    return copy


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("labs/90-sample/answers.py", "which holds answers"),
        ("labs/90-sample/lab.py", "which holds answers"),
        ("autograder/hidden/lab.py", "which is the instructor's"),
        ("autograder/bank/graded/forms.yaml", "which is the instructor's"),
        ("solutions/90-sample/lab.py", "which is the instructor's"),
    ],
)
def test_answers_and_hidden_folders_are_refused_by_name(course: Course, tmp_path: Path, name: str, said: str) -> None:
    bundle = tmp_path / "bundle"
    (bundle / name).parent.mkdir(parents=True)
    (bundle / name).write_text("")
    with pytest.raises(Trouble, match=said):
        leaks.refuse_leaks(bundle, course)


def test_a_lab_that_is_not_built_is_named(course: Course, tmp_path: Path) -> None:
    (course.labs / "90-sample" / "90-sample.ipynb").unlink()
    with pytest.raises(Trouble, match=r"90-sample\.ipynb is not there: build it"):
        release.release(course, tmp_path / "cohort")
    assert not (tmp_path / "cohort").exists()


def test_solutions_are_handed_out_with_outputs_and_without_mark_schemes(course: Course, tmp_path: Path) -> None:
    instructor = lab.lab(source.read(course.lab_sources()[0]))
    store(course.solutions / "90-sample" / "90-sample.ipynb", instructor)
    file = release.solutions(course, "90-sample", tmp_path / "out")
    assert files(tmp_path / "out") == ["solutions/90-sample/90-sample.ipynb"]
    text = file.read_text()
    assert lab.BEGIN_SOLUTION in text
    assert lab.BEGIN_SCHEME not in text
    assert lab.BEGIN_SCHEME in notebook.text(instructor)


def test_solutions_are_not_written_over_the_course_nor_of_a_lab_that_is_not_there(
    course: Course, tmp_path: Path
) -> None:
    store(course.solutions / "90-sample" / "90-sample.ipynb", lab.lab(source.read(course.lab_sources()[0])))
    with pytest.raises(Trouble, match="is the course itself"):
        release.solutions(course, "90-sample", course.root)
    with pytest.raises(Trouble, match="there is no lab 91-other; the labs are: 90-sample"):
        release.solutions(course, "91-other", tmp_path / "out")
