"""Lab 03: a service in private subnets whose tasks die at start-up. Its questions, and the checks a learner sees."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from autograder.checks import Lab, Question, expect
from autograder.checks.labs.private_pull import hints, lives, ways
from autograder.checks.labs.private_pull.plan import make_variant
from autograder.checks.labs.private_pull.site import Site, site, tasks_network
from autograder.checks.labs.private_pull.world import build_world

LESSON = "03-networking.ipynb"
REACH_MINUTES = 25
"""The longest wait of a throttled service is 15 minutes (R-210); a try that was under way may take 10 more."""

LAB = Lab(
    id="03-private-pull",
    title="Private pull",
    version=1,
    variant=make_variant,
    world=build_world,
    services=("ec2", "ecs", "ecr", "logs", "iam", "sts"),
    questions=(
        Question(
            "read-the-ending", "Read how the tasks end", 3, needs=("stop_code", "host"), rows=("T05", "N05"),
            hints=hints.READ_THE_ENDING, lesson=LESSON,
        ),
        Question(
            "find-the-hop", "Find the hop", 3, needs=("tables", "inside"), rows=("T05", "M04"),
            hints=hints.FIND_THE_HOP, lesson=LESSON,
        ),
        Question(
            "open-the-keys", "Open the three keys", 5, rows=("F20", "T05", "N05", "P03"),
            hints=hints.OPEN_THE_KEYS, lesson=LESSON,
        ),
        Question("past-the-pull", "Get past the pull", 2, rows=("F20",), hints=hints.PAST_THE_PULL, lesson=LESSON),
        Question(
            "keep-it-narrow", "Keep it narrow", 4, rows=("T01", "M04", "P03"), hints=hints.KEEP_IT_NARROW, lesson=LESSON
        ),
        Question(
            "reach-the-count", "Reach the count", 3, needs=("event",), rows=("F12", "F20"),
            hints=hints.REACH_THE_COUNT, lesson=LESSON,
        ),
    ),
)  # fmt: skip


@LAB.check("stop-code", question="read-the-ending", points=1, rows=["T05"])
def the_stop_code_is_read(answers: Mapping[str, Any]) -> None:
    """`stop_code` is the stop code of the service's stopped tasks."""
    expect(
        str(answers["stop_code"]).strip() == "TaskFailedToStart",
        expected="the value of stopCode, as DescribeTasks shows it for a stopped task of the service",
        got=answers["stop_code"],
        hint="stopCode is one word and says in which way a task ended; stoppedReason beside it is the long text",
    )


@LAB.check("host", question="read-the-ending", points=2, rows=["T05", "N05"])
def the_unreachable_host_is_read(cloud: Any, answers: Mapping[str, Any], variant: Mapping[str, Any]) -> None:
    """`host` is the name of the host that the tasks could not reach when you began."""
    here = site(cloud, variant)
    named = str(answers["host"]).strip().split("://")[-1].split("/")[0].split(":")[0].strip(".").lower()
    hint = f"the host stands between https:// and the next / in the stoppedReason{_of_a_stopped_task(here)}"
    if named.count(".") < 2:
        hint = "a host name is wanted, with its dots, not the name of a service: " + hint
    right = here.host(here.plan.faults.shut[0])
    expect(named == right, expected="the host name in the stoppedReason", got=answers["host"], hint=hint)


@LAB.check("tables", question="find-the-hop", points=2, rows=["T05"])
def the_deciding_route_tables_are_found(cloud: Any, answers: Mapping[str, Any], variant: Mapping[str, Any]) -> None:
    """`tables` names, for each subnet of the service, the route table that decides there."""
    here = site(cloud, variant)
    given = answers["tables"]
    both = f"a dict with {' and '.join(here.private)} as keys and one route table id each"
    expect(isinstance(given, dict), expected=both, got=given, hint="write tables = {subnet id: route table id, ...}")
    expect(set(given) == set(here.private), expected=both, got=list(given), hint=_service_runs_in(here))
    for subnet in here.private:
        table = here.table_of(subnet)
        explicit = subnet in table.subnets
        hint = (
            f"a route table lists {subnet} among its associations: that one decides"
            if explicit
            else f"no route table lists {subnet} among its associations: then the main table of {here.vpc} decides"
        )
        expect(given[subnet] == table.id, expected=f"the table that decides for {subnet}", got=given[subnet], hint=hint)


@LAB.check("inside", question="find-the-hop", points=1, rows=["T05", "M04"])
def inside_or_outside_is_told(cloud: Any, answers: Mapping[str, Any], variant: Mapping[str, Any]) -> None:
    """`inside` says whether the address that timed out was one of the VPC's own."""
    here = site(cloud, variant)
    told = answers["inside"]
    expected = "True for an address of the VPC's own block, False for any other"
    expect(isinstance(told, bool), expected=expected, got=repr(told), hint="a truth value is wanted")
    expect(
        told == here.plan.faults.first_answer_is_inside,
        expected=expected,
        got=told,
        hint=f"hold the address behind `dial tcp`{_of_a_stopped_task(here)} against {here.plan.vpc}, the VPC's block",
    )


@LAB.check("key-api", question="open-the-keys", points=1, rows=["F20", "N05", "P03"])
def the_first_key_is_open(cloud: Any, variant: Mapping[str, Any]) -> None:
    """A task in the service's first private subnet reaches ECR's API through an endpoint."""
    here = site(cloud, variant)
    ways.must_reach_by_endpoint(here, here.private[0], "ecr.api")


@LAB.check("key-dkr", question="open-the-keys", points=1, rows=["F20", "N05", "P03"])
def the_second_key_is_open(cloud: Any, variant: Mapping[str, Any]) -> None:
    """A task in the service's first private subnet reaches the account's registry through an endpoint."""
    here = site(cloud, variant)
    ways.must_reach_by_endpoint(here, here.private[0], "ecr.dkr")


@LAB.check("key-s3", question="open-the-keys", points=1, rows=["F20", "N05", "P03", "T05"])
def the_third_key_is_open(cloud: Any, variant: Mapping[str, Any]) -> None:
    """A task in the service's first private subnet reaches the bucket with ECR's image layers through an endpoint."""
    here = site(cloud, variant)
    ways.must_reach_by_endpoint(here, here.private[0], "s3")


@LAB.check("first-line", question="past-the-pull", points=1, rows=["F20"])
def a_task_writes_its_first_line(cloud: Any, variant: Mapping[str, Any]) -> None:
    """A task in the first private subnet runs, and its first line has come to CloudWatch Logs by an endpoint."""
    here = site(cloud, variant)
    lives.must_write_a_line(here, here.private[0])


@LAB.check("no-way-out", question="keep-it-narrow", points=1, rows=["M04", "P03"])
def nothing_of_it_is_public(cloud: Any, variant: Mapping[str, Any]) -> None:
    """The service stays in its private subnets, has no public address, and no gateway leads out of them."""
    here = site(cloud, variant)
    configured = tasks_network(here)
    expect(
        set(configured["subnets"]) <= set(here.private),
        expected=f"the service runs in {' and '.join(here.private)}",
        got=configured["subnets"],
        hint="put its network configuration back to the private subnets: UpdateService",
    )
    expect(
        configured["assignPublicIp"] == "DISABLED",
        expected="assignPublicIp DISABLED",
        got=configured["assignPublicIp"],
        hint="in a private subnet a public address does nothing; take it off",
    )
    gateways = [one.id for one in here.net.nat_gateways.values() if one.available and _in_vpc(here, one.subnet)]
    expect(
        not gateways,
        expected="no NAT gateway in the VPC",
        got=gateways,
        hint="a NAT gateway costs by the hour even when nothing goes through it: delete it and open endpoints",
    )
    for subnet in here.private:
        found = ways.to_the_internet(here, subnet)
        expect(
            not found,
            expected=f"no route from {subnet} to the internet",
            got=", ".join(found),
            hint=f"delete that route from {here.table_of(subnet).id}",
        )
    ways.must_have_opened_something(here)


@LAB.check("only-443", question="keep-it-narrow", points=1, rows=["T01"])
def the_endpoints_let_in_nothing_but_https(cloud: Any, variant: Mapping[str, Any]) -> None:
    """The interface endpoints let in TCP 443 alone, from the tasks or their subnets, not from anywhere else."""
    here = site(cloud, variant)
    ways.must_have_opened_something(here)
    strangers = [
        ways.stranger(_an_address_of(here.plan.public), f"{_an_address_of(here.plan.public)} in the public subnet"),
        ways.stranger("203.0.113.9", "203.0.113.9, an address outside the VPC,"),
    ]
    tasks = [ways.one_of_the_tasks(here, subnet) for subnet in here.private]
    ways.must_keep_out(here, strangers, [ways.HTTPS])
    ways.must_keep_out(here, tasks, [22, 80])


@LAB.check("only-what-is-needed", question="keep-it-narrow", points=1, rows=["P03"])
def no_endpoint_is_there_for_nothing(cloud: Any, variant: Mapping[str, Any]) -> None:
    """The VPC has no interface endpoint but those for ecr.api, ecr.dkr and logs."""
    here = site(cloud, variant)
    ways.must_have_opened_something(here)
    needless = [one for one in here.interface_endpoints() if one.short not in ("ecr.api", "ecr.dkr", "logs")]
    expect(
        not needless,
        expected="interface endpoints for ecr.api, ecr.dkr and logs alone",
        got=[f"{one.id} ({one.short})" for one in needless],
        hint=_why_needless(needless[0].short) if needless else "",
    )


@LAB.check("count", question="reach-the-count", points=1, rows=["F20"])
def the_service_reaches_its_count(cloud: Any, answers: Mapping[str, Any], variant: Mapping[str, Any]) -> None:
    """The service has its count of running tasks in its private subnets, by a deployment of which none failed to start,
    and `event` is its message that says so."""
    here = site(cloud, variant)
    failed = lives.failed_starts(here)
    lives.must_reach_the_count(here, minutes=REACH_MINUTES)
    lives.must_be_its_steady_event(here, answers["event"])
    lives.must_have_begun_anew(here, failed)


def _why_needless(short: str) -> str:
    if short == "s3":
        return "ECR's layers come through the gateway endpoint for S3, never through an interface endpoint"
    return f"no task of this service calls {short}, and an interface endpoint costs by the hour: delete it"


def _of_a_stopped_task(here: Site) -> str:
    """` of task ...`, for one that can still be described; else nothing."""
    stopped = here.cloud.tasks(here.plan.cluster, service=here.plan.service, status="STOPPED")
    failed = [task for task in stopped if task.stop_code == "TaskFailedToStart"]
    return f" of task {failed[-1].id}" if failed else " of a stopped task"


def _service_runs_in(here: Site) -> str:
    return f"DescribeServices shows the subnets of {here.plan.service} in its networkConfiguration"


def _in_vpc(here: Site, subnet: str) -> bool:
    return subnet in here.net.subnets and here.net.subnets[subnet].vpc == here.vpc


def _an_address_of(cidr: str) -> str:
    return cidr.replace(".0/24", ".77")
