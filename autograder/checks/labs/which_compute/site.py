"""A learner's world as the checks of lab 01 see it: services on Fargate, answers about cases, pods that run."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import boto3
import yaml

from autograder.checks.asking import asked, made_service
from autograder.checks.check import Miss, expect
from autograder.checks.labs.which_compute.cases import OPTIONS, Case
from autograder.checks.labs.which_compute.plan import Plan, plan_of
from simcloud.choose import compute, lambda_or_fargate

SETTLE_MINUTES = 10
"""In which services, profiles and pods that were asked for are there."""
BILLED = (compute.FARGATE, compute.LAMBDA, compute.EKS_FARGATE)
"""Ways whose bill is judged: that of hosts depends on which type one takes."""
CENTS = Decimal("0.01")
NEAR = 0.001
"""Of a number of calls."""


@dataclass(frozen=True)
class Site:
    """The learner's account as it stands now."""

    cloud: Any
    plan: Plan

    def tasks(self, name: str) -> list[Any]:
        """The running tasks of a service."""
        made_service(self.plan.cluster, name)
        return list(self.cloud.tasks(self.plan.cluster, service=name, status="RUNNING"))

    def kubernetes(self) -> Any:
        """The EKS cluster's API server. Raises Miss where the cluster is gone."""
        name = self.plan.northern
        status = asked(boto3.client("eks").describe_cluster, f"the cluster {name}", name=name)["cluster"]["status"]
        expect(status in ("ACTIVE", "UPDATING"), expected=f"the cluster {name}, ACTIVE", got=status)
        return self.cloud.kubernetes(name)

    def deployment(self) -> dict[str, Any]:
        """The Deployment as the cluster keeps it. Raises Miss where there is none."""
        plan = self.plan
        held = [one for one in self.kubernetes().get("deployments", namespace=plan.space) if named(one) == plan.name]
        what = f"a Deployment {plan.name} in the namespace {plan.space}"
        expect(held, expected=what, got="There is no Deployment of this name", hint="apply desk.manifest, as it is")
        return dict(held[0])

    def pods(self, app: str) -> list[dict[str, Any]]:
        """The pods with this label `app`."""
        pods = self.kubernetes().get("pods", namespace=self.plan.space)
        return [one for one in pods if one["metadata"].get("labels", {}).get("app") == app]


def site(cloud: Any, variant: Mapping[str, Any]) -> Site:
    """The site of a variant."""
    return Site(cloud, plan_of(variant["ticket"]))


def named(manifest: Mapping[str, Any]) -> str:
    return str(manifest["metadata"]["name"])


def node_of(pod: Mapping[str, Any]) -> str:
    """The node on which a pod runs; '' where it does not."""
    return str(pod["spec"].get("nodeName", "")) if pod["status"]["phase"] == "Running" else ""


def on_fargate(pods: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those that run on Fargate."""
    return [pod for pod in pods if node_of(pod).startswith("fargate-")]


# --- cases


def told_of(given: Any, case: Case, what: str) -> Any:
    """What an answer says of a case. Raises Miss where it says nothing."""
    form = f"a dict with an entry for each case of desk.cases: {what}"
    expect(isinstance(given, dict), expected=form, got=given, hint="{'c01': ..., 'c02': ..., ...}")
    expect(case.id in given, expected=form, got=f"nothing about {case.id}", hint=f"{case.id}: {case.told}")
    return given[case.id]


def must_choose(given: Any, cases: tuple[Case, ...]) -> None:
    """Raise Miss at the first case that is decided wrongly."""
    for case in cases:
        way = told_of(given, case, "one of desk.options")
        expect(
            way in OPTIONS, expected=f"one of {', '.join(OPTIONS)} for {case.id}", got=way, hint="as in desk.options"
        )
        if way in case.right:
            continue
        option = case.verdict.option(str(way))
        dear = f"it would cost ${option.cost:.2f} a month"
        against = option.against[0].says if option.against else dear
        hint = f"{case.id}: {case.told} Against {way}: {against}"
        if not option.against:
            hint += ", and another way costs less than five sixths of that"
        raise Miss(f"the cheapest way that can do {case.id}", way, hint)


def must_price(chosen: Any, bills: Any, cases: tuple[Case, ...]) -> None:
    """Raise Miss at the first bill that is not what the chosen way costs; ways on hosts are left out."""
    for case in cases:
        way = told_of(chosen, case, "one of desk.options")
        if way not in BILLED or way not in case.right:
            continue
        bill = told_of(bills, case, "US dollars a month")
        option = case.verdict.option(str(way))
        must_be_near(bill, option.cost, f"what {case.id} costs a month by {way}, in US dollars", str(option.bill))


def must_be_near(given: Any, cost: Decimal, expected: str, lines: str) -> None:
    """Raise Miss unless a number is a cost, within a hundredth or a cent."""
    expect(is_number(given), expected=expected, got=given, hint="a number: float(...) of a Decimal")
    near = abs(Decimal(str(given)) - cost) <= max(cost / 100, CENTS)
    told = "; ".join(" ".join(line.split()) for line in lines.splitlines())
    expect(near, expected=expected, got=f"{given:.2f}", hint=f"a month has 730 hours; the bill is: {told}")


def is_number(given: Any) -> bool:
    """A finite number, and no truth value?"""
    return isinstance(given, (int, float)) and not isinstance(given, bool) and math.isfinite(given)


def must_turn(here: Site, given: Any, names: list[str]) -> None:
    """Raise Miss unless the number of calls is that at which two ready tasks cost as much as the function."""
    expect(isinstance(given, dict), expected="a dict: name of the function, calls a month", got=given)
    for name in names:
        calls = here.plan.functions[name]
        right = lambda_or_fargate.break_even(calls)
        assert right is not None
        expected = f"the calls a month from which two ready tasks cost less than the function {name}"
        number = given.get(name)
        expect(is_number(number), expected=expected, got=number, hint="a number for each function of desk.functions")
        told = float(str(number))
        expect(
            abs(told - right) <= right * NEAR,
            expected=expected,
            got=f"{told:,.0f}: {'too few' if told < right else 'too many'}",
            hint=f"two tasks of 0.25 vCPU and {calls.memory} MiB or the next on sale, all month, over the price of one "
            "call: its GB-seconds and the request",
        )


# --- the manifest


def wanted(plan: Plan) -> dict[str, Any]:
    """The Deployment of the manifest, as data."""
    return dict(list(yaml.safe_load_all(plan.manifest))[1])


def must_run_all_pods(here: Site, when: str) -> None:
    """Raise Miss unless every pod of the Deployment runs on Fargate."""
    plan = here.plan
    count = int(here.deployment()["spec"]["replicas"])
    pods = here.pods(plan.name)
    there = on_fargate(pods)
    waiting = [pod for pod in pods if not node_of(pod)]
    hint = "the pods run, but not on Fargate"
    if waiting:
        told = here.kubernetes().describe("pod", named(waiting[0]), namespace=plan.space)
        hint = f"{named(waiting[0])} waits: " + " ".join(told.rstrip().rpartition("\n")[2].split())
    expect(
        len(there) >= max(count, plan.replicas),
        expected=f"{when} {max(count, plan.replicas)} pods of {plan.name} run on Fargate",
        got=f"{len(there)}",
        hint=hint,
    )
