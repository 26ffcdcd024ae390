"""Lab 01: which compute for what. Questions, and the visible checks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import boto3
from botocore.exceptions import ClientError

from autograder.checks import Lab, Question, expect
from autograder.checks.asking import asked, definition_of, made_service, must_run, network_of
from autograder.checks.labs.which_compute import hints
from autograder.checks.labs.which_compute.plan import make_variant
from autograder.checks.labs.which_compute.site import (
    SETTLE_MINUTES,
    Site,
    must_choose,
    must_price,
    must_run_all_pods,
    must_turn,
    site,
    wanted,
)
from autograder.checks.labs.which_compute.world import build_world

LESSON = "01-what-fargate-is.ipynb"
WHEN_IT_HAS_RUN = "when your cell has run (the waiter services_stable waits for it)"
AT_ONCE = 6
"""So many of the twelve cases are judged at once; the rest after submission."""

LAB = Lab(
    id="01-which-compute",
    title="Which compute",
    version=1,
    variant=make_variant,
    world=build_world,
    services=("ec2", "ecs", "ecr", "iam", "logs", "sts", "eks"),
    questions=(
        Question(
            "side-by-side", "Launch type and capacity provider", 5, needs=("refusal",), rows=("F01", "F02"),
            hints=hints.SIDE_BY_SIDE, lesson=LESSON,
        ),
        Question(
            "twelve-cases", "Twelve cases", 6, needs=("chosen", "bills"), rows=("F24", "T03", "P05", "M03"),
            hints=hints.TWELVE, lesson=LESSON,
        ),
        Question(
            "where-it-turns", "Where it turns", 3, needs=("turn", "cheaper"), rows=("P05", "M03"),
            hints=hints.TURN, lesson=LESSON,
        ),
        Question(
            "keep-it-running", "Keep it running", 6, rows=("T06", "M01"),
            hints=hints.KEEP_IT, lesson="14-eks.ipynb",
        ),
    ),
)  # fmt: skip


# --- side by side


@LAB.check("by-type", question="side-by-side", points=1, rows=["F02"])
def one_runs_by_launch_type(cloud: Any, variant: Mapping[str, Any]) -> None:
    """The first service runs its count of tasks in default subnets, by launch type FARGATE, at the smallest size that
    holds them; its definition says that it is for Fargate."""
    here = site(cloud, variant)
    name, count = here.plan.services[0], here.plan.counts[0]
    held = made_service(here.plan.cluster, name)
    expect(
        held.get("launchType") == "FARGATE" and not held.get("capacityProviderStrategy"),
        expected=f"{name} with launchType FARGATE",
        got=f"launchType {held.get('launchType', 'none')}, strategy {held.get('capacityProviderStrategy', 'none')}",
        hint="a service made with a strategy has no launch type: delete it, and make it again",
    )
    cloud.advance(minutes=SETTLE_MINUTES)
    must_run(cloud, here.plan.cluster, name, count, "ten minutes later")
    _must_want(held, count)
    _must_be_in_default_subnets(held)
    _must_fit(here, name)


def _must_want(service: Mapping[str, Any], count: int) -> None:
    expect(
        service["desiredCount"] == count,
        expected=f"{count} tasks of {service['serviceName']}, and no more",
        got=f"a desiredCount of {service['desiredCount']}",
        hint="each task is paid for: desk.counts has the two counts in the order of desk.services",
    )


def _must_be_in_default_subnets(service: dict[str, Any]) -> None:
    given = [{"Name": "default-for-az", "Values": ["true"]}]
    ours = {one["SubnetId"] for one in boto3.client("ec2").describe_subnets(Filters=given)["Subnets"]}
    strange = sorted(set(network_of(service)["subnets"]) - ours)
    expect(
        not strange,
        expected=f"the tasks of {service['serviceName']} in default subnets alone",
        got=f"also in {', '.join(strange)}",
        hint="describe_subnets has the filter default-for-az: the others are the Northern Line's",
    )


def _must_fit(here: Site, name: str) -> None:
    plan, held = here.plan, definition_of(here.plan.cluster, name)
    known = held.get("requiresCompatibilities", [])
    hint = "requiresCompatibilities: then AWS checks the definition for Fargate when you register it"
    expect("FARGATE" in known, expected=f"the definition of {name} says that it is for Fargate", got=known, hint=hint)
    got = f"{held.get('cpu')} CPU units and {held.get('memory')} MiB"
    expect(
        (str(held.get("cpu")), str(held.get("memory"))) == (str(plan.size.cpu), str(plan.size.memory)),
        expected=f"the smallest size on sale that holds {plan.cpu} CPU units and {plan.memory} MiB",
        got=got,
        hint="each cpu is sold with some memories only: 256 with 512, 1024 and 2048, 512 with 1024 to 4096, and so on",
    )


@LAB.check("by-provider", question="side-by-side", points=1, rows=["F02"])
def the_other_runs_by_capacity_provider(cloud: Any, variant: Mapping[str, Any]) -> None:
    """The second service runs its count of tasks in default subnets, by a strategy that names the capacity provider
    FARGATE."""
    here = site(cloud, variant)
    name, count = here.plan.services[1], here.plan.counts[1]
    held = made_service(here.plan.cluster, name)
    named = [one["capacityProvider"] for one in held.get("capacityProviderStrategy", [])]
    hint = "capacityProviderStrategy in create_service, in place of launchType"
    expect("FARGATE" in named, expected=f"{name} with a strategy that names FARGATE", got=named, hint=hint)
    cloud.advance(minutes=SETTLE_MINUTES)
    must_run(cloud, here.plan.cluster, name, count, "ten minutes later")
    _must_want(held, count)
    _must_be_in_default_subnets(held)


@LAB.check("no-hosts", question="side-by-side", points=1, rows=["F01"])
def there_is_no_host(cloud: Any, variant: Mapping[str, Any]) -> None:
    """When your cell has run, all tasks of the two services run, each with an interface of its own; there is no
    container or EC2 instance."""
    here = site(cloud, variant)
    tasks = []
    for name, count in zip(here.plan.services, here.plan.counts, strict=True):
        found = must_run(cloud, here.plan.cluster, name, count, WHEN_IT_HAS_RUN)
        tasks += found
    interfaces = {task.interface for task in tasks}
    expect(len(interfaces) == len(tasks), expected="an interface for each task", got=f"{len(interfaces)}")
    hosts = asked(boto3.client("ecs").list_container_instances, "the cluster", cluster=here.plan.cluster)
    expect(not hosts["containerInstanceArns"], expected="no container instance", got=hosts["containerInstanceArns"])
    found = boto3.client("ec2").describe_instances()["Reservations"]
    expect(not found, expected="no EC2 instance", got=f"{len(found)} of them", hint="Fargate needs none of yours")


@LAB.check("refused", question="side-by-side", points=1, rows=["F02"])
def both_at_once_are_refused(cloud: Any, answers: Mapping[str, Any], variant: Mapping[str, Any]) -> None:
    """`refusal` is what AWS says to a request that has both a launch type and a strategy."""
    here = site(cloud, variant)
    held = made_service(here.plan.cluster, here.plan.services[0])
    said = ""
    try:
        boto3.client("ecs").create_service(
            cluster=here.plan.cluster,
            serviceName="both",
            taskDefinition=held["taskDefinition"],
            desiredCount=1,
            launchType="FARGATE",
            capacityProviderStrategy=[{"capacityProvider": "FARGATE", "weight": 1}],
            networkConfiguration={"awsvpcConfiguration": network_of(held)},
        )
    except ClientError as refused:
        said = str(refused.response["Error"]["Message"])
    expect(
        bool(said) and said in str(answers["refusal"]),
        expected="the text of AWS's refusal of both at once",
        got=answers["refusal"],
        hint="try create_service with both members, catch ClientError as error, keep str(error)",
    )


# --- twelve cases


@LAB.check("first-chosen", question="twelve-cases", points=2, rows=["F24", "T03"])
def the_first_six_are_decided(answers: Mapping[str, Any], variant: Mapping[str, Any], cloud: Any) -> None:
    """`chosen` has the cheapest way that can do it for each of the first six cases."""
    must_choose(answers["chosen"], site(cloud, variant).plan.cases[:AT_ONCE])


@LAB.check("first-priced", question="twelve-cases", points=1, rows=["F24", "P05"], after="first-chosen")
def the_first_six_are_priced(answers: Mapping[str, Any], variant: Mapping[str, Any], cloud: Any) -> None:
    """`bills` has what a month costs for each of the first six that you give to Fargate or to Lambda."""
    must_price(answers["chosen"], answers["bills"], site(cloud, variant).plan.cases[:AT_ONCE])


# --- where it turns


@LAB.check("first-turn", question="where-it-turns", points=1, rows=["P05"])
def the_first_function_turns_there(answers: Mapping[str, Any], variant: Mapping[str, Any], cloud: Any) -> None:
    """`turn` has the calls a month from which two ready tasks cost less, for the first function."""
    here = site(cloud, variant)
    must_turn(here, answers["turn"], list(here.plan.functions)[:1])


@LAB.check("cheaper", question="where-it-turns", points=1, rows=["P05", "M03"])
def the_cheaper_way_is_told(answers: Mapping[str, Any], variant: Mapping[str, Any], cloud: Any) -> None:
    """`cheaper` says for each function with its own number of calls whether Lambda or Fargate costs less."""
    from simcloud.choose.lambda_or_fargate import break_even

    plan, given = site(cloud, variant).plan, answers["cheaper"]
    form = "a dict: name of the function, 'Lambda' or 'Fargate'"
    expect(isinstance(given, dict), expected=form, got=given)
    for name, calls in plan.functions.items():
        turn = break_even(calls) or 0
        right = "Fargate" if calls.a_month >= turn else "Lambda"
        hint = f"{calls.a_month:,} calls a month: what do they cost as calls, and what do two tasks cost?"
        expect(given.get(name) == right, expected=f"the cheaper way for {name}", got=given.get(name), hint=hint)


# --- keep it running


@LAB.check("runs-unchanged", question="keep-it-running", points=2, rows=["T06", "M01"])
def the_manifest_runs_unchanged(cloud: Any, variant: Mapping[str, Any]) -> None:
    """Every pod of the Deployment runs on Fargate, and the Deployment is that of the manifest, unchanged."""
    here = site(cloud, variant)
    spec, held = wanted(here.plan)["spec"], here.deployment()["spec"]
    changed = [name for name, value in spec.items() if held.get(name) != value]
    hint = "apply desk.manifest as it is: what does not fit is the profile, not the manifest"
    expect(not changed, expected="the spec of the manifest", got=f"changed: {', '.join(changed)}", hint=hint)
    cloud.advance(minutes=SETTLE_MINUTES)
    must_run_all_pods(here, "ten minutes later")


@LAB.check("rewritten", question="keep-it-running", points=2, rows=["T06", "M01"])
def the_same_is_rewritten_for_ecs(cloud: Any, variant: Mapping[str, Any]) -> None:
    """When your cell has run, a service of the same name runs in ECS: as many tasks of the same image, with its
    variable, at the smallest size that holds what a pod asks for."""
    here = site(cloud, variant)
    plan = here.plan
    tasks = must_run(cloud, plan.cluster, plan.name, plan.replicas, WHEN_IT_HAS_RUN)
    wrong = [task for task in tasks if all(each.image != plan.image for each in task.containers)]
    hint = "the image stands in the manifest: spec.template.spec.containers"
    expect(not wrong, expected=f"tasks of {plan.image}", got=[each.image for each in tasks[0].containers], hint=hint)
    known = [each.environment.get("HARBOUR") for task in tasks for each in task.containers if each.image == plan.image]
    hint = "env of a manifest is environment of a container definition"
    expect(set(known) == {plan.harbour}, expected=f"HARBOUR is {plan.harbour}", got=known, hint=hint)
    cpu, size = plan.milli * 1024 / 1000, plan.pod_size
    expect(
        all((task.cpu, task.memory) == (size.cpu, size.memory) for task in tasks),
        expected=f"the smallest size on sale that holds {cpu:.0f} CPU units and {plan.pod_memory} MiB, for each task",
        got=f"{tasks[0].cpu} CPU units and {tasks[0].memory} MiB",
        hint="1000m are 1024 CPU units; take the smallest size on sale that holds the requests",
    )
