"""Lab 03: its worlds fail as planned, and its variants differ. What all labs share is in test_labs.py."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random

import boto3
import pytest

from autograder.checks.labs.private_pull.plan import Plan, make_variant, plan_of
from tests.labs.desk import Desk, said

LAB_ID = "03-private-pull"
OF_THE_DAY = f"learner-of-day-{date.today().toordinal() % 1000}"


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    """No world stays open behind a test."""
    from simcloud.cloud import cloud

    yield
    for one in list(cloud._open):
        one.close()


def plan(desk: Desk) -> Plan:
    return plan_of(desk.variant["ticket"])


def test_looking_is_no_attempt() -> None:
    desk = Desk(LAB_ID, "ada")
    desk.solve("read-the-ending", "find-the-hop")
    look = 'ec2.describe_vpc_endpoints()\nec2.describe_security_groups()\nboto3.client("ecr").describe_repositories()'
    assert desk.answer("open-the-keys", look).outcome == "not attempted"


def test_a_question_left_out_takes_no_marks_from_the_others() -> None:
    desk = Desk(LAB_ID, "ada")
    desk.solve("read-the-ending", "find-the-hop", "open-the-keys")
    assert desk.answer("past-the-pull", desk.texts.stubs["past-the-pull"]).outcome == "not attempted"
    assert desk.answer("keep-it-narrow", desk.texts.solutions["keep-it-narrow"]).points == 4


@pytest.mark.row("F20")
@pytest.mark.row("T05")
@pytest.mark.row("P03")
def test_the_repair_brings_the_service_to_its_count() -> None:
    desk = Desk(LAB_ID, "ada")
    desk.solve_before("reach-the-count")
    verdict = desk.answer("reach-the-count", desk.texts.solutions["reach-the-count"])
    assert (verdict.outcome, verdict.points) == ("passed", 3)


def test_the_learner_is_told_no_fault() -> None:
    variant = make_variant(Random(3))
    assert set(variant) == {"ticket", "cluster", "service", "count"}


@pytest.mark.parametrize("learner", ["learner-0", "learner-1", "learner-2", OF_THE_DAY])
def test_the_world_fails_as_the_plan_says(learner: str) -> None:
    desk = Desk(LAB_ID, learner)
    here, faults = plan(desk), plan(desk).faults
    stopped = desk.cloud.tasks(here.cluster, service=here.service, status="STOPPED")
    assert stopped
    assert {task.stop_code for task in stopped} == {"TaskFailedToStart"}
    host = {"ecr.api": "api.ecr.", "ecr.dkr": ".dkr.ecr."}[faults.shut[0]]
    block = here.vpc.removesuffix("0.0/16")
    for task in stopped:
        assert host in task.stopped_reason
        assert (f"dial tcp {block}" in task.stopped_reason) == faults.first_answer_is_inside


def test_variants_differ_in_what_has_to_be_done() -> None:
    plans = [plan_of(str(make_variant(Random(seed))["ticket"])) for seed in range(60)]
    assert {one.faults.tables for one in plans} == {"own", "shared", "main"}
    assert {one.faults.s3 for one in plans} == {"missing", "public-table", "one-table"}
    assert {one.faults.shut[0] for one in plans} == {"ecr.api", "ecr.dkr"}
    assert {one.faults.door for one in plans} == {"right", "public", "wide"}
    assert {one.faults.first_answer_is_inside for one in plans} == {True, False}
    assert len({one.faults for one in plans}) > 50


def test_what_one_learner_read_is_wrong_for_another() -> None:
    mine = Desk(LAB_ID, "ada")
    mine.solve("read-the-ending", "find-the-hop")
    read = {name: mine.names[name] for name in ("tables", "inside")}
    theirs = Desk(LAB_ID, "bob")
    copied = f"tables = {read['tables']!r}\ninside = {read['inside']!r}"
    verdict = theirs.answer("find-the-hop", copied)
    assert next(check.id for check in verdict.checks if check.outcome == "failed") == "tables"


def test_a_miss_names_ids_of_the_learners_own_world() -> None:
    desk = Desk(LAB_ID, "ada")
    desk.solve("read-the-ending", "find-the-hop")
    verdict = desk.answer("open-the-keys", "ec2.create_security_group(GroupName='x', Description='x', VpcId=vpc_id)")
    told = said(next(check for check in verdict.checks if check.id == "key-s3"))
    subnets = boto3.client("ec2").describe_subnets(Filters=[{"Name": "vpc-id", "Values": [desk.names["vpc_id"]]}])
    assert any(subnet["SubnetId"] in told for subnet in subnets["Subnets"])
