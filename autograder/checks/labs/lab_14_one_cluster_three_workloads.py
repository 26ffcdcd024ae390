"""Lab 14: one EKS cluster, and each workload where it must be. Its questions and visible checks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from autograder.checks import Lab, Miss, Question, expect
from autograder.checks.labs.mixed_cluster import hints
from autograder.checks.labs.mixed_cluster.plan import (
    AGENT_MIB,
    CAUSES,
    MACHINE_HOURS,
    MONTH_HOURS,
    make_variant,
    nodes_for,
    pod_hour,
    turn,
)
from autograder.checks.labs.mixed_cluster.site import (
    FARGATE_SCHEDULER,
    Site,
    groups_must_stand,
    must_be_watched,
    must_have_come_to_rest,
    must_run_on_fargate,
    must_run_on_nodes,
    nodes_an_hour,
    site,
    why_not,
)
from autograder.checks.labs.mixed_cluster.world import build_world
from simcloud.cloud.eks.kubernetes import KubernetesError

LESSON = "14-eks.ipynb"
TOLERANCE = 0.001
"""Of a month's price."""
GROWN = 2
"""Times the budget that the nodes may cost where the groups have grown to their maxSize."""
FEWER_THAN = 1_000_000
"""Pods of which somebody may speak."""

LAB = Lab(
    id="14-one-cluster-three-workloads",
    title="One cluster, three workloads",
    version=1,
    variant=make_variant,
    world=build_world,
    services=("eks", "ec2", "iam", "ecr", "logs", "sts"),
    questions=(
        Question(
            "read-the-pending", "Read the Pending", 3, needs=("why",), rows=("F10", "F03"),
            hints=hints.READ_THE_PENDING, lesson=LESSON,
        ),
        Question("mind-the-profile", "Mind the profile", 5, rows=("F03",), hints=hints.MIND_THE_PROFILE, lesson=LESSON),
        Question("bring-nodes", "Bring nodes", 4, rows=("P02", "F10"), hints=hints.BRING_NODES, lesson=LESSON),
        Question(
            "fit-the-pods", "Fit the pods", 5, needs=("night",), rows=("F10", "F03"), hints=hints.FIT_THE_PODS,
            lesson=LESSON,
        ),
        Question(
            "price-both", "Price both ways", 3, needs=("month", "turn"), rows=("M02",), hints=hints.PRICE_BOTH,
            lesson=LESSON,
        ),
    ),
)  # fmt: skip


@LAB.check("who-waits", question="read-the-pending", points=1, rows=["F03"])
def those_that_do_not_run_are_named(cloud: Any, answers: Mapping[str, Any], variant: Mapping[str, Any]) -> None:
    """`why` names each Deployment and DaemonSet that has no running pod, and no other."""
    told, causes = _told(answers["why"]), site(cloud, variant).plan.causes
    expected = "the workloads without a running pod"
    for name in told:
        expect(name in causes, expected=expected, got=name, hint=f"{name} runs, or is none of the company's workloads")
    missing = [name for name in causes if name not in told]
    hint = (
        "a DaemonSet that wants no pod at all does not run either"
        if missing == ["agent"]
        else "look at every namespace"
    )
    expect(not missing, expected=expected, got=f"{', '.join(told) or 'none'}: {len(missing)} missing", hint=hint)


@LAB.check("why", question="read-the-pending", points=2, rows=["F10", "F03"], after="who-waits")
def the_causes_are_right(cloud: Any, answers: Mapping[str, Any], variant: Mapping[str, Any]) -> None:
    """For each of them `why` says what Fargate does not take."""
    told = _told(answers["why"])
    for name, cause in site(cloud, variant).plan.causes.items():
        given = str(told.get(name)).strip().lower()
        expect(given in CAUSES, expected=f"for {name} one of the words: {', '.join(CAUSES)}", got=told.get(name))
        hint = "read the events of its pod to the end" if name != "agent" else "what kind of workload is it?"
        expect(given == cause, expected=f"what Fargate does not take of {name}", got=told.get(name), hint=hint)


def _told(given: Any) -> dict[str, Any]:
    expect(isinstance(given, dict), expected="a dict: workload -> cause", got=given, hint="why = {'model': '...', ...}")
    return dict(given)


@LAB.check("on-fargate", question="mind-the-profile", points=1, rows=["F03"])
def the_passengers_are_on_fargate(cloud: Any, variant: Mapping[str, Any]) -> None:
    """A quarter of an hour after your code ran, all pods of `web` and `api` run, on Fargate."""
    here = site(cloud, variant)
    here.settle()
    must_run_on_fargate(here, "then")


@LAB.check("left-alone", question="mind-the-profile", points=1, rows=["F03"])
def no_profile_picks_what_needs_a_node(cloud: Any, variant: Mapping[str, Any]) -> None:
    """No profile picks a pod of what cannot be on Fargate."""
    here = site(cloud, variant)
    here.settle()
    for name in (here.plan.near, here.plan.far):
        here.manifest("Deployment", name)
        must_be_left_alone(here, name)


def must_be_left_alone(here: Site, name: str) -> None:
    """Raise Miss where a profile has picked a pod of this workload."""
    picked = [pod for pod in here.pods(name) if pod.scheduler == FARGATE_SCHEDULER]
    expect(
        not picked,
        expected=f"the pods of {name} wait for a node",
        got=f"profile {picked[0].profile} picked {picked[0].pod.name}" if picked else "",
        hint="a profile can ask for labels, and an old profile can be deleted; what it picked stays with it",
    )


@LAB.check("at-rest", question="mind-the-profile", points=1, rows=["F03"], after="on-fargate")
def no_profile_is_on_its_way(cloud: Any, variant: Mapping[str, Any]) -> None:
    """When your code has run, every profile of the cluster is ACTIVE: none is still being made or deleted."""
    must_have_come_to_rest(site(cloud, variant))


@LAB.check("on-nodes", question="bring-nodes", points=1, rows=["P02"])
def the_rest_is_on_nodes(cloud: Any, variant: Mapping[str, Any]) -> None:
    """A quarter of an hour after your code ran, what cannot be on Fargate runs on nodes."""
    here = site(cloud, variant)
    here.settle()
    must_run_on_nodes(here, "then")


@LAB.check("agent-everywhere", question="bring-nodes", points=1, rows=["F10"], after="on-nodes")
def the_agent_is_on_every_node(cloud: Any, variant: Mapping[str, Any]) -> None:
    """The agent runs on each node, and `web` and `api` have stayed on Fargate."""
    here = site(cloud, variant)
    here.settle()
    must_be_watched(here, "then")
    must_run_on_fargate(here, "then")


@LAB.check("in-budget", question="bring-nodes", points=1, rows=["P02"], after="on-nodes")
def the_nodes_are_in_budget(cloud: Any, variant: Mapping[str, Any]) -> None:
    """When your code has run the node groups are ACTIVE; their nodes cost no more than `desk.node_budget` US dollars an
    hour, and no more than twice of it where the groups have grown to their `maxSize`."""
    here = site(cloud, variant)
    groups_must_stand(here)
    here.settle()
    spent = nodes_an_hour(here)
    expect(
        spent <= here.plan.node_budget,
        expected=f"nodes for ${here.plan.node_budget} an hour at most",
        got=f"${spent:.4f}",
        hint="one node of the cheapest type that has what the two workloads ask for is enough",
    )
    grown, limit = nodes_an_hour(here, "maxSize"), GROWN * here.plan.node_budget
    expect(
        grown <= limit,
        expected=f"nodes for ${limit:.4f} an hour at most where the groups have grown to their maxSize",
        got=f"${grown:.4f}",
        hint="scalingConfig: maxSize",
    )


@LAB.check("sidecar", question="fit-the-pods", points=1, rows=["F10"])
def each_pod_has_its_agent(cloud: Any, variant: Mapping[str, Any]) -> None:
    """Each pod of `web` and `api` runs on Fargate with two containers: its program and the agent."""
    here = site(cloud, variant)
    here.settle()
    must_run_on_fargate(here, "then")
    for name in here.plan.counts:
        for pod in here.running(name):
            must_have_its_agent(here, name, pod)


def must_have_its_agent(here: Site, name: str, pod: Any) -> None:
    """Raise Miss unless both containers are in the pod, each asking for what it needs."""
    needs = {here.plan.images[name]: here.plan.needs[name], here.plan.images["agent"]: AGENT_MIB}
    for image, need in needs.items():
        mine = [one for one in pod.pod.containers if one.image == image]
        expect(
            mine,
            expected=f"a container of {image} in each pod of {name}",
            got=[one.image for one in pod.pod.containers],
            hint="a second container in the Deployment's template",
        )
        expect(
            mine[0].memory >= need,
            expected=f"the container of {image} in {name} requests {need} MiB at least",
            got=f"{mine[0].memory:.0f} MiB",
            hint="desk.needs and desk.agent say what each of them needs",
        )


@LAB.check("smallest", question="fit-the-pods", points=2, rows=["F03"], after="sidecar")
def each_pod_is_of_the_smallest_size(cloud: Any, variant: Mapping[str, Any]) -> None:
    """Each of these pods is billed at the smallest size that holds it."""
    here = site(cloud, variant)
    here.settle()
    for name in here.plan.counts:
        cpu, memory = here.plan.size(name)
        for pod in here.running(name):
            expect(
                pod.size is not None and (pod.size.cpu, pod.size.memory) == (cpu, memory),
                expected=f"pods of {name} at the smallest size that holds its program, its agent and Fargate's 256 MiB",
                got=pod.annotations.get("CapacityProvisioned", "no size"),
                hint=f"its containers request {sum(one.memory for one in pod.pod.containers):.0f} MiB together, and "
                f"{sum(one.cpu for one in pod.pod.containers) / 1024:.2f} vCPU",
            )


@LAB.check("night", question="fit-the-pods", points=1, rows=["F03"])
def the_job_of_the_night_is_accepted(cloud: Any, answers: Mapping[str, Any], variant: Mapping[str, Any]) -> None:
    """`night` is the manifest of a Job with the program of the night, and the cluster accepts it."""
    here, manifest = site(cloud, variant), night_of(answers)
    must_be_accepted(here, {**manifest, "metadata": {**manifest["metadata"], "name": "evening"}})
    images = [one.image for pod in here.pods("evening") for one in pod.pod.containers]
    expect(here.plan.images["night"] in images, expected=f"a Job that runs {here.plan.images['night']}", got=images)


def night_of(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The manifest that the learner gives. Raises Miss for what cannot be one."""
    given = answers["night"]
    form = "a manifest as a dict, with kind Job and metadata"
    fits = isinstance(given, dict) and given.get("kind") == "Job" and isinstance(given.get("metadata"), dict)
    expect(fits, expected=form, got=given, hint="begin with kubernetes.get('job', 'night', namespace=...)")
    return dict(given)


def must_be_accepted(here: Site, manifest: dict[str, Any]) -> None:
    """Raise Miss where the API server refuses the manifest."""
    try:
        here.kubernetes().apply(manifest)
    except KubernetesError as refused:
        raise Miss("a manifest that the cluster accepts", refused, "mend what it names") from None


@LAB.check("month", question="price-both", points=1, rows=["M02"])
def a_month_is_priced_both_ways(cloud: Any, answers: Mapping[str, Any], variant: Mapping[str, Any]) -> None:
    """`month` has what all pods of `web` cost in 730 hours on Fargate, and on nodes, to a tenth of a percent."""
    here = site(cloud, variant)
    plan, given = here.plan, answers["month"]
    form = "a dict with the keys 'Fargate' and 'nodes', in US dollars"
    expect(isinstance(given, dict) and {"Fargate", "nodes"} <= set(given), expected=form, got=given)
    right = {
        "Fargate": plan.web * web_hour(here) * MONTH_HOURS,
        "nodes": nodes_for(plan.web, plan.fit) * MACHINE_HOURS[plan.other_node] * MONTH_HOURS,
    }
    hints_of = {
        "Fargate": "pods * (vCPU * price + GB * price) * 730, by the size that is billed",
        "nodes": "nodes come whole, and there are two at least",
    }
    for way, amount in right.items():
        told = given[way]
        fits = isinstance(told, int | float) and not isinstance(told, bool) and abs(told - amount) <= TOLERANCE * amount
        expect(fits, expected=f"the month of {plan.web} pods of web on {way}", got=told, hint=hints_of[way])


@LAB.check("turn", question="price-both", points=1, rows=["M02"])
def the_turn_is_found(cloud: Any, answers: Mapping[str, Any], variant: Mapping[str, Any]) -> None:
    """`turn` is the smallest number of pods of `web` for which nodes are cheaper than Fargate."""
    here = site(cloud, variant)
    plan, told = here.plan, answers["turn"]
    expect(isinstance(told, int | float) and abs(told) < FEWER_THAN, expected="a number of pods", got=told)
    nodes, pods = MACHINE_HOURS[plan.other_node], web_hour(here)
    right = turn(pods, nodes, plan.fit)
    at = f"{told} pods: Fargate ${told * pods:.4f} an hour, nodes ${nodes_for(max(1, int(told)), plan.fit) * nodes:.4f}"
    expect(told == right, expected="the smallest number of pods for which nodes cost less", got=told, hint=at)


def web_hour(here: Site) -> float:
    """US dollars an hour of a pod of `web` as it is billed now."""
    sizes = [pod.size for pod in here.running("web") if pod.size]
    if not sizes:
        raise Miss("pods of web on Fargate", "none", why_not(here, "web"))
    return pod_hour(*sizes[0])
