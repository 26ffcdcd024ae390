"""Lab 03: every answer gets what it deserves, every seed can be solved, and no answer fits another's variant."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any

import boto3
import pytest

from autograder.author.worked import SOLUTION, STUB, Answer
from autograder.checks.check import Miss, NotAttempted
from autograder.checks.lab import load
from autograder.checks.labs.private_pull.plan import Plan, make_variant, plan_of
from tests.labs.desk import Desk, answers, said, texts

LAB_ID = "03-private-pull"
LAB = load(LAB_ID)
QUESTIONS = [question.id for question in LAB.questions]
EVERY_ANSWER = [(question, answer) for question in QUESTIONS for answer in answers(LAB_ID)[question]]
OTHER_LEARNERS = ("bob", "cleo", "dora")
SOLVERS = [f"learner-{number}" for number in range(20)]
OF_THE_DAY = f"learner-of-day-{date.today().toordinal() % 1000}"
"""Another one each day, so that in the long run many seeds are solved. The test's name says which."""


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    """No world stays open behind a test."""
    from simcloud.cloud import cloud

    yield
    for one in list(cloud._open):
        one.close()


def plan(desk: Desk) -> Plan:
    return plan_of(desk.variant["ticket"])


def must_get_what_it_deserves(learner: str, question: str, answer: Answer) -> None:
    desk = Desk(LAB_ID, learner)
    desk.solve_before(question)
    verdict = desk.answer(question, desk.texts.of(question, answer))
    assert desk.raised == answer.raises
    if not answer.attempted:
        assert (verdict.outcome, verdict.points) == ("not attempted", 0)
        return
    told = {check.id: said(check) for check in verdict.checks if check.outcome != "passed"}
    assert set(told) == set(answer.misses), told
    for check, words in answer.misses.items():
        assert words in told[check]
    assert {check.outcome for check in verdict.checks} <= {"passed", "failed"}


@pytest.mark.parametrize(("question", "answer"), EVERY_ANSWER, ids=lambda value: getattr(value, "name", value))
def test_an_answer_gets_what_it_deserves(question: str, answer: Answer) -> None:
    must_get_what_it_deserves("ada", question, answer)


@pytest.mark.long
@pytest.mark.parametrize("learner", OTHER_LEARNERS)
@pytest.mark.parametrize(("question", "answer"), EVERY_ANSWER, ids=lambda value: getattr(value, "name", value))
def test_an_answer_gets_what_it_deserves_in_other_worlds(learner: str, question: str, answer: Answer) -> None:
    must_get_what_it_deserves(learner, question, answer)


def must_be_solved(learner: str) -> None:
    desk = Desk(LAB_ID, learner)
    for question in QUESTIONS:
        verdict = desk.answer(question, desk.texts.solutions[question])
        assert (verdict.outcome, desk.raised) == ("passed", ""), (plan(desk), verdict)
    desk.cloud.world.check()


@pytest.mark.row("F20")
@pytest.mark.row("T05")
@pytest.mark.row("P03")
@pytest.mark.parametrize("learner", [OF_THE_DAY])
def test_the_seed_of_the_day_is_solved_by_the_solution(learner: str) -> None:
    must_be_solved(learner)


@pytest.mark.long
@pytest.mark.parametrize("learner", SOLVERS)
def test_every_seed_is_solved_by_the_solution(learner: str) -> None:
    must_be_solved(learner)


def test_the_untouched_lab_is_not_attempted_and_nothing_else() -> None:
    desk = Desk(LAB_ID, "ada")
    for question in QUESTIONS:
        verdict = desk.answer(question, desk.texts.stubs[question])
        assert (verdict.outcome, verdict.points, desk.raised) == ("not attempted", 0, "")


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


def test_answers_py_has_enough_of_each_kind_for_every_question() -> None:
    for question in QUESTIONS:
        mine = answers(LAB_ID)[question]
        assert sum(answer.is_right for answer in mine) >= 2, question
        assert sum(bool(answer.misses) for answer in mine) >= 4, question
        assert [answer.name for answer in mine if answer.cell == STUB] == ["untouched"], question
        assert any(answer.cell == SOLUTION for answer in mine), question
        assert any(answer.raises for answer in mine), question


def test_every_check_is_missed_by_some_wrong_answer() -> None:
    missed = {check for _, answer in EVERY_ANSWER for check in answer.misses}
    assert missed == {check.id for check in LAB.checks}


def test_the_lab_gives_twenty_points_some_of_them_after_submission() -> None:
    assert LAB.max_points == 20
    assert 5 <= sum(check.points for check in LAB.checks if check.hidden) <= 8


def test_every_question_has_three_hints_each_with_something_new() -> None:
    for question in LAB.questions:
        assert len({str(hint) for hint in question.hints}) == 3


def test_the_learner_is_told_no_fault() -> None:
    variant = make_variant(Random(3))
    assert set(variant) == {"ticket", "cluster", "service", "count"}


@pytest.mark.parametrize("learner", [*SOLVERS[:3], OF_THE_DAY])
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


# --- an answer that fits one variant only


def repair(faults: Any) -> str:
    """What a learner writes who mends exactly the faults of their own world, by role and not by id."""
    lines = [FINDERS]
    for short in ("ecr.api", "ecr.dkr", "logs"):
        state = {"ecr.api": faults.api, "ecr.dkr": faults.dkr, "logs": faults.logs}[short]
        lines += {"missing": [f"make({short!r})"], "no-dns": [f"name({short!r})"], "ready": []}[state]
    lines += {
        "missing": ["ec2.create_vpc_endpoint(VpcId=vpc_id, ServiceName=full('s3'), RouteTableIds=mine)"],
        "public-table": ["ec2.modify_vpc_endpoint(VpcEndpointId=there('s3'), AddRouteTableIds=mine)"],
        "one-table": ["ec2.modify_vpc_endpoint(VpcEndpointId=there('s3'), AddRouteTableIds=mine[1:])"],
    }[faults.s3]
    if faults.door != "right":
        lines.append("narrow()")
    if faults.egress == "inside":
        lines.append("to_s3()")
    lines.append(f"ec2.delete_vpc_endpoints(VpcEndpointIds=[there({faults.extra!r}, 'Interface')])")
    lines.append("ecs.update_service(cluster=desk.cluster, service=desk.service, forceNewDeployment=True)")
    return "\n".join(lines)


FINDERS = """
full = f"com.amazonaws.{ec2.meta.region_name}.{{}}".format
mine = list(dict.fromkeys(tables.values()))
blocks = [{"CidrIp": one["CidrBlock"]} for one in ec2.describe_subnets(SubnetIds=subnet_ids)["Subnets"]]
https = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443}
groups = ec2.describe_security_groups(Filters=[{"Name": "vpc-id", "Values": [vpc_id]}])["SecurityGroups"]
gate = next(one for one in groups if one["GroupName"] == "endpoints")

def there(short, kind=None):
    found = ec2.describe_vpc_endpoints(Filters=[{"Name": "service-name", "Values": [full(short)]}])["VpcEndpoints"]
    return [one for one in found if kind in (None, one["VpcEndpointType"])][-1]["VpcEndpointId"]

def make(short):
    ec2.create_vpc_endpoint(VpcEndpointType="Interface", VpcId=vpc_id, ServiceName=full(short), SubnetIds=subnet_ids,
                            SecurityGroupIds=[gate["GroupId"]])

def name(short):
    ec2.modify_vpc_endpoint(VpcEndpointId=there(short), PrivateDnsEnabled=True)

def narrow():
    ec2.revoke_security_group_ingress(GroupId=gate["GroupId"], IpPermissions=gate["IpPermissions"])
    ec2.authorize_security_group_ingress(GroupId=gate["GroupId"], IpPermissions=[{**https, "IpRanges": blocks}])

def to_s3():
    s3 = ec2.describe_prefix_lists(Filters=[{"Name": "prefix-list-name", "Values": [full("s3")]}])["PrefixLists"][0]
    ec2.authorize_security_group_egress(
        GroupId=task_groups[0], IpPermissions=[{**https, "PrefixListIds": [{"PrefixListId": s3["PrefixListId"]}]}])
"""


def points_with_the_repair_of(faults: Any, learner: str) -> float:
    """The points for the four questions of the network when this learner makes the repair that these faults need."""
    desk = Desk(LAB_ID, learner)
    desk.solve("read-the-ending", "find-the-hop")
    points = desk.answer("open-the-keys", repair(faults)).points
    points += desk.answer("past-the-pull", "").points
    points += desk.answer("keep-it-narrow", "").points
    return points + desk.answer("reach-the-count", texts(LAB_ID).solutions["reach-the-count"]).points


PAIRS = [("ada", "bob"), ("bob", "cleo"), ("cleo", "ada")]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_the_repair_that_one_variant_needs_fails_in_another(one: str, other: str) -> None:
    mine, theirs = (plan(Desk(LAB_ID, learner)).faults for learner in (one, other))
    assert points_with_the_repair_of(mine, one) == 14
    assert points_with_the_repair_of(mine, other) < 14
    assert mine != theirs


def test_what_one_learner_read_is_wrong_for_another() -> None:
    mine = Desk(LAB_ID, "ada")
    mine.solve("read-the-ending", "find-the-hop")
    read = {name: mine.names[name] for name in ("tables", "inside")}
    theirs = Desk(LAB_ID, "bob")
    copied = f"tables = {read['tables']!r}\ninside = {read['inside']!r}"
    verdict = theirs.answer("find-the-hop", copied)
    assert next(check.id for check in verdict.checks if check.outcome == "failed") == "tables"


# --- wreckage


WRECKS = {
    "the service deleted": "ecs.delete_service(cluster=desk.cluster, service=desk.service, force=True)",
    "another cluster": "ecs.create_cluster(clusterName='other')\necs.delete_service(cluster=desk.cluster, "
    "service=desk.service, force=True)\ndesk.cloud.advance(hours=2)",
    "all route tables without routes": """
for table in ec2.describe_route_tables(Filters=[{"Name": "vpc-id", "Values": [vpc_id]}])["RouteTables"]:
    for one in table["Associations"]:
        if not one["Main"]:
            ec2.disassociate_route_table(AssociationId=one["RouteTableAssociationId"])
""",
    "no rules anywhere": """
for group in ec2.describe_security_groups(Filters=[{"Name": "vpc-id", "Values": [vpc_id]}])["SecurityGroups"]:
    if group["IpPermissions"]:
        ec2.revoke_security_group_ingress(GroupId=group["GroupId"], IpPermissions=group["IpPermissions"])
    if group["IpPermissionsEgress"]:
        ec2.revoke_security_group_egress(GroupId=group["GroupId"], IpPermissions=group["IpPermissionsEgress"])
""",
    "no DNS": 'ec2.modify_vpc_attribute(VpcId=vpc_id, EnableDnsSupport={"Value": False})',
    "the role deleted": """
iam = boto3.client("iam")
name = desk.service + "-execution"
for policy in iam.list_attached_role_policies(RoleName=name)["AttachedPolicies"]:
    iam.detach_role_policy(RoleName=name, PolicyArn=policy["PolicyArn"])
iam.delete_role(RoleName=name)
""",
    "the log group deleted": 'boto3.client("logs").delete_log_group(logGroupName="/ferryline/" + desk.service)',
    "the repository deleted": """
boto3.client("ecr").delete_repository(repositoryName="ferryline/" + desk.service, force=True)
""",
    "the definition deregistered": "ecs.deregister_task_definition(taskDefinition=service['taskDefinition'])",
    "an endpoint that allows nothing": """
for one in ec2.describe_vpc_endpoints()["VpcEndpoints"]:
    ec2.modify_vpc_endpoint(VpcEndpointId=one["VpcEndpointId"], PolicyDocument='{"Statement": []}')
""",
}


@pytest.mark.parametrize("wreck", WRECKS)
def test_a_wrecked_world_breaks_no_check(wreck: str) -> None:
    """A check may pass there, or raise what a learner can read; any other exception would be our own fault."""
    desk = Desk(LAB_ID, "ada")
    desk.solve(*QUESTIONS[:-1])
    assert desk._run(WRECKS[wreck]) == ""
    desk.cloud.advance(hours=1)
    for check in LAB.checks:
        given = {"stop_code": "x", "host": 7, "tables": {}, "inside": None, "event": ["x"]}
        with desk.cloud.copy() as future:
            handed = {"cloud": future, "answers": given, "variant": desk.variant, "transcript": []}
            with contextlib.suppress(Miss, NotAttempted):
                check.function(**check.parameters(**handed))


def test_a_miss_names_ids_of_the_learners_own_world() -> None:
    desk = Desk(LAB_ID, "ada")
    desk.solve("read-the-ending", "find-the-hop")
    verdict = desk.answer("open-the-keys", "ec2.create_security_group(GroupName='x', Description='x', VpcId=vpc_id)")
    told = said(next(check for check in verdict.checks if check.id == "key-s3"))
    subnets = boto3.client("ec2").describe_subnets(Filters=[{"Name": "vpc-id", "Values": [desk.names["vpc_id"]]}])
    assert any(subnet["SubnetId"] in told for subnet in subnets["Subnets"])
