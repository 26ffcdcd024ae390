"""Lab 01 after submission: the other cases, a mix with Spot, a pod that is lost, a pod that is nobody's on Fargate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import boto3

from autograder.checks import expect
from autograder.checks.asking import asked, must_run
from autograder.checks.labs.lab_01_which_compute import AT_ONCE, LAB
from autograder.checks.labs.which_compute.site import (
    SETTLE_MINUTES,
    must_choose,
    must_price,
    must_run_all_pods,
    must_turn,
    named,
    on_fargate,
    site,
    wanted,
)

ROLL_MINUTES = 20


@LAB.check("mixes", question="side-by-side", points=1, rows=["F02"], after="by-provider")
def the_second_can_be_mixed_with_spot(cloud: Any, variant: Mapping[str, Any]) -> None:
    """The second service is given a strategy of half FARGATE, half FARGATE_SPOT; it then runs tasks on both."""
    here = site(cloud, variant)
    name = here.plan.services[1]
    half = [{"capacityProvider": provider, "weight": 1} for provider in ("FARGATE", "FARGATE_SPOT")]
    asked(
        boto3.client("ecs").update_service,
        f"{name} can be mixed with Spot",
        cluster=here.plan.cluster,
        service=name,
        capacityProviderStrategy=half,
        forceNewDeployment=True,
    )
    cloud.advance(minutes=ROLL_MINUTES)
    tasks = must_run(cloud, here.plan.cluster, name, here.plan.counts[1], "twenty minutes later")
    found = {task.provider for task in tasks}
    expect(found == {"FARGATE", "FARGATE_SPOT"}, expected="tasks on both providers", got=found)


@LAB.check("rest-chosen", question="twelve-cases", points=2, rows=["F24", "T03", "M03"])
def the_other_six_are_decided(answers: Mapping[str, Any], variant: Mapping[str, Any], cloud: Any) -> None:
    """`chosen` has the cheapest way that can do it for each of the other six cases."""
    must_choose(answers["chosen"], site(cloud, variant).plan.cases[AT_ONCE:])


@LAB.check("rest-priced", question="twelve-cases", points=1, rows=["F24", "P05"], after="rest-chosen")
def the_other_six_are_priced(answers: Mapping[str, Any], variant: Mapping[str, Any], cloud: Any) -> None:
    """`bills` has what a month costs for each of the other six that you give to Fargate or to Lambda."""
    must_price(answers["chosen"], answers["bills"], site(cloud, variant).plan.cases[AT_ONCE:])


@LAB.check("other-turns", question="where-it-turns", points=1, rows=["P05"], after="first-turn")
def the_other_functions_turn_there(answers: Mapping[str, Any], variant: Mapping[str, Any], cloud: Any) -> None:
    """`turn` is right for the other functions, too."""
    here = site(cloud, variant)
    must_turn(here, answers["turn"], list(here.plan.functions)[1:])


@LAB.check("comes-back", question="keep-it-running", points=1, rows=["T06"], after="runs-unchanged")
def a_lost_pod_comes_back(cloud: Any, variant: Mapping[str, Any]) -> None:
    """A pod is deleted, and one more is asked for: ten minutes later all of them run on Fargate."""
    here = site(cloud, variant)
    plan, kubernetes = here.plan, here.kubernetes()
    cloud.advance(minutes=SETTLE_MINUTES)
    must_run_all_pods(here, "before one is lost")
    kubernetes.delete("pod", named(here.pods(plan.name)[0]), namespace=plan.space)
    more = wanted(plan)
    more["spec"] = {**more["spec"], "replicas": plan.replicas + 1}
    kubernetes.apply(more)
    cloud.advance(minutes=SETTLE_MINUTES)
    must_run_all_pods(here, "ten minutes after one was lost")


@LAB.check("nobody-else", question="keep-it-running", points=1, rows=["M01"], after="runs-unchanged")
def nobody_else_comes_to_fargate(cloud: Any, variant: Mapping[str, Any]) -> None:
    """A Deployment of the namespace without the label, and one with it elsewhere, do not come to Fargate."""
    here = site(cloud, variant)
    plan, kubernetes = here.plan, here.kubernetes()
    for app, space, labels in (("bare", plan.space, {}), ("elsewhere", f"{plan.space}-2", dict([plan.label]))):
        other = wanted(plan)
        kubernetes.apply({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": space}})
        other["metadata"] = {"name": app, "namespace": space}
        other["spec"] = {**other["spec"], "selector": {"matchLabels": {"app": app}}}
        other["spec"]["template"] = {**other["spec"]["template"], "metadata": {"labels": {"app": app, **labels}}}
        kubernetes.apply(other)
        cloud.advance(minutes=SETTLE_MINUTES)
        there = on_fargate(list(kubernetes.get("pods", namespace=space)))
        strangers = [named(pod) for pod in there if named(pod).startswith(f"{app}-")]
        expect(
            not strangers,
            expected=f"on Fargate the pods of {plan.space} that have the label {plan.label[0]}, and no others",
            got=strangers,
            hint="a selector has a namespace and labels; a pod must match all of one selector",
        )
