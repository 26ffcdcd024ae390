"""Judging questions in the world that an answer left behind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import boto3
import pytest

from autograder.checks import Lab, Miss, NotAttempted, Question, expect
from autograder.checks.judge import changes_something
from autograder.checks.sitting import Sitting, sit_down
from autograder.checks.verdict import question_verdict


def make_lab() -> Lab:
    lab = Lab(
        id="50-test",
        title="Test",
        version=1,
        variant=lambda random: {"bucket": f"b-{random.randint(100, 999)}"},
        world=lambda cloud, variant: boto3.client("s3").create_bucket(Bucket="there-before"),
        services=("s3",),
        questions=(
            Question("name-it", title="Name it", points=1, needs=("name",)),
            Question("make-it", title="Make it", points=4),
            Question("break-it", title="Break it", points=2),
            Question("add-one", title="Add one", points=3),
        ),
    )

    def there() -> list[str]:
        return [bucket["Name"] for bucket in boto3.client("s3").list_buckets()["Buckets"]]

    @lab.check("kept", question="add-one", points=1)
    def the_old_bucket_is_kept() -> None:
        """The bucket that was there is there."""
        expect("there-before" in there(), expected="there-before", got=there())

    @lab.check("not-deleted", question="add-one", points=1)
    def nothing_was_deleted(transcript: Any) -> None:
        """Nothing was deleted."""
        expect(all(entry.get("op") != "DeleteBucket" for entry in transcript), expected="no deletion", got="one")

    @lab.check("two", question="add-one", points=0.5)
    def there_are_two() -> None:
        """There are two buckets or more."""
        expect(len(there()) >= 2, expected="2 buckets", got=len(there()))

    @lab.check("three", question="add-one", points=0.5)
    def there_are_three() -> None:
        """There are three buckets or more."""
        expect(len(there()) >= 3, expected="3 buckets", got=len(there()))

    @lab.check("named", question="name-it", points=1)
    def the_name_is_right(answers: dict[str, Any]) -> None:
        """The name is `there-before`."""
        expect(answers["name"] == "there-before", expected="there-before", got=answers["name"])

    @lab.check("made", question="make-it", points=1)
    def the_bucket_is_there(variant: dict[str, Any]) -> None:
        """The bucket of your variant exists.

        A second paragraph is for authors.
        """
        names = [bucket["Name"] for bucket in boto3.client("s3").list_buckets()["Buckets"]]
        if variant["bucket"] not in names:
            raise Miss(variant["bucket"], names, hint="create_bucket")

    @lab.check("still-made", question="make-it", points=3, after="made")
    def the_check_may_change_its_copy(cloud: Any, variant: dict[str, Any]) -> None:
        """A day later it is still there."""
        cloud.advance(days=1)
        boto3.client("s3").delete_bucket(Bucket=variant["bucket"])

    @lab.check("raises", question="break-it", points=1)
    def this_check_has_a_fault() -> None:
        """This check raises."""
        raise KeyError("a secret of the check")

    @lab.check("stands", question="break-it", points=1)
    def this_check_says_not_attempted() -> None:
        """This check finds nothing to judge."""
        raise NotAttempted("nothing is there")

    return lab


@pytest.fixture
def sitting() -> Iterator[Sitting]:
    sat = sit_down(make_lab(), "ada")
    yield sat
    sat.cloud.close()


def make(sitting: Sitting) -> None:
    boto3.client("s3").create_bucket(Bucket=sitting.variant["bucket"])


def test_a_question_whose_checks_pass_gives_all_its_points(sitting: Sitting) -> None:
    make(sitting)
    verdict = sitting.judge.question("make-it", {})
    assert (verdict.outcome, verdict.points, verdict.max_points) == ("passed", 4, 4)


def test_what_a_check_does_to_its_copy_is_gone_afterwards(sitting: Sitting) -> None:
    make(sitting)
    before = sitting.cloud.now
    sitting.judge.question("make-it", {})
    assert sitting.cloud.now == before
    assert sitting.judge.question("make-it", {}).outcome == "passed"
    assert [entry["kind"] for entry in sitting.cloud.transcript] == ["begin", "call"]


def test_a_miss_says_what_was_expected_what_came_and_a_hint(sitting: Sitting) -> None:
    boto3.client("s3").create_bucket(Bucket="another")
    first, second = sitting.judge.question("make-it", {}).checks
    assert (first.outcome, first.expected, first.hint) == ("failed", sitting.variant["bucket"], "create_bucket")
    assert first.got == "there-before, another"
    assert (second.outcome, second.points) == ("skipped", 0)


def test_the_sentence_is_the_first_paragraph_of_the_docstring(sitting: Sitting) -> None:
    assert sitting.judge.question("make-it", {}).checks[0].sentence == "The bucket of your variant exists."


def test_an_answer_that_is_still_open_is_not_attempted(sitting: Sitting) -> None:
    assert sitting.judge.question("name-it", {}).outcome == "not attempted"
    assert sitting.judge.question("name-it", {"name": ...}).reason == "The answer `name` is still `...`."
    assert sitting.judge.question("name-it", {"name": "no"}).outcome == "failed"
    assert sitting.judge.question("name-it", {"name": "there-before"}).outcome == "passed"


def test_a_world_that_nobody_changed_is_not_attempted(sitting: Sitting) -> None:
    boto3.client("s3").list_buckets()
    verdict = sitting.judge.question("make-it", {})
    assert verdict.outcome == "not attempted"
    assert {check.outcome for check in verdict.checks} == {"not attempted"}


def test_a_call_that_has_nothing_to_do_with_a_question_earns_nothing_of_what_held_before_it(sitting: Sitting) -> None:
    boto3.client("s3").put_object(Bucket="there-before", Key="unrelated", Body=b"")
    verdict = sitting.judge.question("add-one", {})
    assert (verdict.outcome, verdict.points) == ("failed", 0)
    assert [(check.outcome, check.points) for check in verdict.checks[:2]] == [("passed", 0), ("passed", 0)]
    assert verdict.reason.endswith("gives no points until something else passes too.")


def test_what_held_before_counts_once_something_was_done_for_the_question(sitting: Sitting) -> None:
    make(sitting)
    verdict = sitting.judge.question("add-one", {})
    assert (verdict.outcome, verdict.points) == ("failed", 2.5)
    assert [entry["kind"] for entry in sitting.cloud.transcript] == ["begin", "call"]


def test_a_refused_call_is_no_attempt(sitting: Sitting) -> None:
    with pytest.raises(boto3.client("s3").exceptions.ClientError):
        boto3.client("s3").delete_bucket(Bucket="never-was")
    assert sitting.judge.question("make-it", {}).outcome == "not attempted"


def test_what_kubectl_changes_is_work_and_what_it_only_looks_at_is_none() -> None:
    def counts(**entry: str) -> bool:
        return changes_something({"kind": "kubernetes", "cluster": "shop", **entry})

    assert counts(do="apply")
    assert counts(do="delete")
    assert not counts(do="get")
    assert not counts(do="apply", error="Error from server (Invalid): no")


def test_work_for_a_question_that_passed_is_no_attempt_at_the_next(sitting: Sitting) -> None:
    make(sitting)
    sitting.judge.question("make-it", {})
    boto3.client("s3").delete_bucket(Bucket=sitting.variant["bucket"])
    sitting.judge.since = len(sitting.cloud.transcript)
    assert sitting.judge.question("make-it", {}).outcome == "not attempted"
    make(sitting)
    boto3.client("s3").delete_bucket(Bucket=sitting.variant["bucket"])
    assert sitting.judge.question("make-it", {}).outcome == "failed"


def test_a_fault_in_a_check_is_broken_and_says_nothing_of_it_to_the_learner(sitting: Sitting) -> None:
    verdict = sitting.judge.question("break-it", {})
    assert verdict.outcome == "broken"
    assert [check.outcome for check in verdict.checks] == ["broken", "not attempted"]
    assert "secret" in verdict.checks[0].fault
    assert "secret" not in verdict.reason + verdict.checks[0].got + verdict.checks[0].hint


def test_a_verdict_survives_json(sitting: Sitting) -> None:
    make(sitting)
    verdict = sitting.judge.question("make-it", {})
    assert question_verdict(verdict.as_json()) == verdict
