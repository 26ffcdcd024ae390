"""The learner's door: begin, check, hint, solution, reset, progress."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest

from autograder import lab, learner
from autograder import progress as kept
from autograder.checks import Miss, NotAttempted, places
from autograder.checks.check import WIDTH
from autograder.checks.sitting import Sitting
from autograder.trouble import Trouble
from tests.autograder.samples import sample_course as sample


@pytest.fixture(autouse=True)
def _own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    places.add(sample.PLACE)
    monkeypatch.setenv("FARGATE_COURSE_STATE", str(tmp_path / "state.json"))
    monkeypatch.delenv("JUPYTERHUB_USER", raising=False)
    monkeypatch.setattr(lab, "DOOR", lab.Door())
    yield
    if lab.DOOR.sitting is not None:
        lab.DOOR.sitting.cloud.close()


def test_begin_shows_who_you_are_and_your_variant(capsys: pytest.CaptureFixture[str]) -> None:
    desk = lab.begin(sample.LAB)
    assert desk.cluster == sample.variant("learner")["cluster"]
    shown = capsys.readouterr().out
    assert shown.splitlines()[:3] == [
        "Lab 91-first-service: A first service",
        "Learner: learner",
        '  To get a world of your own, say who you are: lab.name("...")',
    ]
    assert f"cluster = {desk.cluster!r}" in shown


def test_begin_records_lab_learner_seed_and_version_for_the_grader() -> None:
    lab.name("ada")
    bundle = lab.begin(sample.LAB)._repr_mimebundle_()
    record = bundle[sample.RECORD]
    assert (record["lab"], record["learner"], record["version"]) == (sample.LAB, "ada", 1)
    assert set(bundle) == {"text/plain", sample.RECORD}


def test_a_value_that_the_lab_does_not_give_names_those_that_it_does() -> None:
    with pytest.raises(AttributeError, match="gives you no 'vpc'; it gives: cloud, cluster, buckets"):
        _ = lab.begin(sample.LAB).vpc


def test_a_check_that_passes_shows_it_and_what_is_checked_later(capsys: pytest.CaptureFixture[str]) -> None:
    desk = lab.begin(sample.LAB)
    boto3.client("ecs").create_cluster(clusterName=desk.cluster)
    capsys.readouterr()
    lab.check("make-cluster")
    assert capsys.readouterr().out == (
        "Make the cluster: passed\n"
        "  [passed] There is an active cluster with the name that your variant gives.\n"
        "Visible: 2 of 2 points; 1 more is checked after submission.\n"
    )


def test_a_check_that_does_not_pass_raises_what_was_expected_and_came() -> None:
    lab.begin(sample.LAB)
    with pytest.raises(Miss) as missed:
        lab.check("count-them", count=99)
    assert (missed.value.question, missed.value.got) == ("count-them", "99")
    assert missed.value._render_traceback_()[0] == "Not yet: `count` is the number of buckets in the account."


def test_an_untouched_question_raises_not_attempted_and_nothing_else() -> None:
    lab.begin(sample.LAB)
    with pytest.raises(NotAttempted, match=r"Count the buckets: not attempted. The answer `count` is still `...`."):
        lab.check("count-them", count=...)
    with pytest.raises(NotAttempted, match="Make the cluster: not attempted"):
        lab.check("make-cluster")


def test_the_check_is_recorded_with_its_answers() -> None:
    desk = lab.begin(sample.LAB)
    with pytest.raises(Miss):
        lab.check("count-them", count=(1, 2))
    assert desk.cloud.transcript[-1] == {"kind": "check", "question": "count-them", "answers": {"count": [1, 2]}}


def test_hidden_checks_are_not_run_at_the_door(capsys: pytest.CaptureFixture[str]) -> None:
    desk = lab.begin(sample.LAB)
    for name in (desk.cluster, "one-too-many"):
        boto3.client("ecs").create_cluster(clusterName=name)
    lab.check("make-cluster")
    assert "No other cluster" not in capsys.readouterr().out


def test_hints_say_more_each_time_and_the_last_one_stays(capsys: pytest.CaptureFixture[str]) -> None:
    desk = lab.begin(sample.LAB)
    capsys.readouterr()
    for _ in range(3):
        lab.hint("count-them")
    last = f"Hint 2 of 2: There are more than {desk.buckets - 1}."
    assert capsys.readouterr().out.splitlines() == ["Hint 1 of 2: Buckets belong to S3.", last, last]


def test_a_solution_is_shown_once_the_question_is_passed(capsys: pytest.CaptureFixture[str]) -> None:
    desk = lab.begin(sample.LAB)
    capsys.readouterr()
    lab.solution("count-them")
    assert capsys.readouterr().out == (
        'First pass count-them; or give up on it, which progress keeps: lab.solution("count-them", give_up=True)\n'
    )
    lab.check("count-them", count=desk.buckets)
    lab.solution("count-them")
    assert "Solutions are not part of this copy" in capsys.readouterr().out  # the sample lab has none in this course


@pytest.fixture
def solved(monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy of the course with the sample lab's solutions."""
    from autograder.run import course

    monkeypatch.setattr(course, "solution_of", lambda lab_id, question: f"# how to {question}")


@pytest.mark.usefixtures("solved")
def test_whoever_gives_up_sees_the_solution_and_progress_keeps_that(capsys: pytest.CaptureFixture[str]) -> None:
    desk = lab.begin(sample.LAB)
    lab.solution("count-them", give_up=True)
    assert kept.question(sample.LAB, "count-them") == {"gave_up": True}
    lab.check("count-them", count=desk.buckets)
    capsys.readouterr()
    lab.solution("count-them")
    lab.progress()
    shown = "# how to count-them\n91-first-service: 1 question passed in the notebook, 1 given up\n"
    assert capsys.readouterr().out == shown


@pytest.mark.usefixtures("solved")
def test_a_solution_after_passing_is_no_giving_up() -> None:
    desk = lab.begin(sample.LAB)
    lab.check("count-them", count=desk.buckets)
    lab.solution("count-them", give_up=True)
    assert "gave_up" not in kept.question(sample.LAB, "count-them")


def test_progress_counts_what_passed(capsys: pytest.CaptureFixture[str]) -> None:
    desk = lab.begin(sample.LAB)
    lab.check("count-them", count=desk.buckets)
    capsys.readouterr()
    lab.progress()
    assert capsys.readouterr().out == "91-first-service: 1 question passed in the notebook\n"


def test_reset_begins_again_with_a_fresh_world() -> None:
    first = lab.begin(sample.LAB)
    lab.check("count-them", count=first.buckets)
    boto3.client("ecs").create_cluster(clusterName=first.cluster)
    again = lab.reset()
    assert again.cluster == first.cluster
    assert boto3.client("ecs").list_clusters()["clusterArns"] == []
    assert kept.question(sample.LAB, "count-them") == {}


def test_a_desk_kept_from_before_a_reset_has_the_fresh_world(capsys: pytest.CaptureFixture[str]) -> None:
    desk = lab.begin(sample.LAB)
    before = desk.cloud
    assert lab.reset() is desk
    assert desk.cloud is not before
    desk.cloud.advance(minutes=1)
    assert "A fresh world." in capsys.readouterr().out


def test_a_reset_that_still_stands_in_a_notebook_does_nothing_where_that_is_graded() -> None:
    begun: list[Sitting] = []
    lab.DOOR.recorder = lab.Recorder("ada", begun.append)
    desk = lab.begin(sample.LAB)
    boto3.client("ecs").create_cluster(clusterName=desk.cluster)
    assert lab.reset() is desk
    assert len(boto3.client("ecs").list_clusters()["clusterArns"]) == 1
    assert len(begun) == 1


def test_another_learner_gets_another_desk() -> None:
    first = lab.begin(sample.LAB)
    lab.name("ada")
    second = lab.begin(sample.LAB)
    assert first is not second
    assert "Learner: ada" in repr(second)


def test_long_values_are_shown_in_lines_that_python_reads() -> None:
    value = {"told": "word " * 60, "lines": "one\ntwo\n", "plain": 3}
    shown = lab._given("cases", value)
    assert max(map(len, shown.splitlines())) <= WIDTH
    assert ast.literal_eval(shown.strip().removeprefix("cases = ")) == value


def test_reset_keeps_what_was_reached_before(capsys: pytest.CaptureFixture[str]) -> None:
    desk = lab.begin(sample.LAB)
    lab.check("count-them", count=desk.buckets)
    lab.reset()
    with pytest.raises(Miss):
        lab.check("count-them", count=0)
    capsys.readouterr()
    lab.progress()
    assert "0 questions passed in the notebook (before a reset: 1)" in capsys.readouterr().out
    assert kept.is_open(sample.LAB, "count-them")


def test_progress_is_there_when_the_kernel_starts_again(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = lab.begin(sample.LAB)
    lab.check("count-them", count=desk.buckets)
    lab.hint("count-them")
    desk.cloud.close()
    monkeypatch.setattr(lab, "DOOR", lab.Door())
    lab.begin(sample.LAB)
    assert kept.question(sample.LAB, "count-them")["passed"]
    assert kept.question(sample.LAB, "count-them")["hints"] == 1


@pytest.mark.parametrize("call", ["check", "hint", "solution"])
def test_before_begin_the_door_says_what_to_do(call: str) -> None:
    with pytest.raises(Trouble, match="run the first cell") as trouble:
        getattr(lab, call)("count-them")
    assert trouble.value._render_traceback_() == [str(trouble.value)]  # type: ignore[attr-defined]


def test_a_lab_or_question_that_does_not_exist_is_one_line() -> None:
    with pytest.raises(Trouble, match="there is no lab '99-nothing'"):
        lab.begin("99-nothing")
    lab.begin(sample.LAB)
    with pytest.raises(Trouble, match="has no question 'count'; its questions are: count-them, "):
        lab.check("count")


def test_the_learner_is_the_rosters_then_the_hubs_then_the_kept_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert learner.learner() == "learner"
    lab.name("kept")
    assert learner.learner() == "kept"
    monkeypatch.setenv("JUPYTERHUB_USER", "hub")
    assert learner.learner() == "hub"
    (tmp_path / "roster.json").write_text('{"learners": {"hub": "rostered"}}')
    assert learner.learner() == "rostered"
    (tmp_path / "roster.json").write_text("[]")
    with pytest.raises(Trouble, match="is not a roster"):
        learner.learner()


@pytest.mark.parametrize("name", ["", "../x", "a b", "x" * 65, "-x"])
def test_a_name_that_cannot_be_an_id_is_refused(name: str) -> None:
    with pytest.raises(Trouble, match="cannot be a learner's name"):
        lab.name(name)
