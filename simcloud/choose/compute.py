"""Fargate, EC2, Lambda or EKS: every way with its bill, what rules it out, and the cheapest that is left.

Prices are of a month of 730 hours, on demand, and of compute alone: what people cost who look after hosts is not in
them, and is what Fargate takes off you. Give it as `care`: US dollars a month for each host.
"""

from __future__ import annotations

from decimal import Decimal

from simcloud.choose import hosts, lambda_or_fargate
from simcloud.choose.refusals import on_ecs, on_eks, pod
from simcloud.choose.verdict import Option, Reason, Verdict, decide
from simcloud.choose.workload import Workload
from simcloud.facts import prices_lambda
from simcloud.facts.prices_around import MACHINES
from simcloud.facts.sources import CAPACITY_PROVIDERS, FARGATE_PRICING
from simcloud.price.bill import Bill, BillLine
from simcloud.price.price import price
from simcloud.price.usage import ClusterUsage, StorageUsage, TaskUsage
from simcloud.sim.eks.pod_size import pod_size

MONTH_SECONDS = 730 * 3600
FARGATE, SPOT, EC2 = "ECS on Fargate", "ECS on Fargate Spot", "ECS on EC2"
LAMBDA, EKS_FARGATE, EKS_NODES = "Lambda", "EKS on Fargate", "EKS on EC2 nodes"
KUBERNETES = Reason(
    "need",
    "its manifests and Kubernetes tools are to stay; ECS and Lambda do not speak them",
    "https://docs.aws.amazon.com/decision-guides/latest/containers-on-aws-how-to-choose/choosing-aws-container-service.html",
)
NO_CALLS = Reason("need", "it runs on by itself and is no series of calls", prices_lambda.LAMBDA_QUOTAS)
NOT_INTERRUPTIBLE = Reason("need", "it may not be stopped with two minutes' warning", CAPACITY_PROVIDERS)


def choose(work: Workload, *, care: Decimal = Decimal(0)) -> Verdict:
    """The cheapest way that can do it, and the rule or the price that decides."""
    options = (
        fargate(work),
        spot(work),
        ec2(work, care),
        function(work),
        eks_fargate(work),
        eks_nodes(work, care),
    )
    return decide(work.name, options, always=(FARGATE,), aside=(SPOT,))


def fargate(work: Workload) -> Option:
    """Tasks of ECS on Fargate."""
    return Option(FARGATE, _tasks(work), (*_kubernetes(work), *_too_large(work), *on_ecs(work)))


def spot(work: Workload) -> Option:
    """The same on Spot, at the most that AWS takes off."""
    if work.windows:
        return Option(SPOT, None, (Reason("rule", "Fargate Spot runs Linux tasks only", CAPACITY_PROVIDERS),))
    against = () if work.interruptible else (NOT_INTERRUPTIBLE,)
    return Option(SPOT, _tasks(work, is_spot=True), (*_kubernetes(work), *_too_large(work), *on_ecs(work), *against))


def ec2(work: Workload, care: Decimal = Decimal(0)) -> Option:
    """Tasks of ECS on instances of your own."""
    found = _hosts(work)
    if found is None:
        return Option(EC2, None, (*_kubernetes(work), *_no_machine(work)))
    note = f"{found.count} x {found.type}"
    return Option(EC2, found.bill + _care(found.count, care), (*_kubernetes(work), *_unpriced(work)), (note,))


def function(work: Workload) -> Option:
    """A function of Lambda, where the work comes as calls."""
    if work.calls is None:
        return Option(LAMBDA, None, (*_kubernetes(work), NO_CALLS))
    found = lambda_or_fargate.function(work.calls)
    return Option(LAMBDA, found.bill, (*_kubernetes(work), *found.against), found.notes)


def eks_fargate(work: Workload) -> Option:
    """Pods on Fargate, and the cluster's fee."""
    size = pod_size(pod(work))
    if size is None:
        return Option(EKS_FARGATE, None, on_eks(work))
    pods = TaskUsage(_seconds(work), size.cpu, size.memory, count=work.mean, kubernetes=True)
    return Option(EKS_FARGATE, price([ClusterUsage(MONTH_SECONDS), pods]), on_eks(work))


def eks_nodes(work: Workload, care: Decimal = Decimal(0)) -> Option:
    """Pods on nodes of your own, and the cluster's fee."""
    found = _hosts(work)
    if found is None:
        return Option(EKS_NODES, None, _no_machine(work))
    volumes = price([StorageUsage("gp3", 20 * work.count, MONTH_SECONDS)]) if work.block_storage else Bill()
    bill = price([ClusterUsage(MONTH_SECONDS)]) + found.bill + volumes + _care(found.count, care)
    return Option(EKS_NODES, bill, _unpriced(work), (f"{found.count} x {found.type}",))


def _seconds(work: Workload) -> Decimal:
    return MONTH_SECONDS * work.hours_a_day / 24


def _tasks(work: Workload, *, is_spot: bool = False) -> Bill | None:
    size = work.fargate_size
    if size is None:
        return None
    task = TaskUsage(
        _seconds(work),
        size.cpu,
        size.memory,
        architecture="X86_64" if work.windows else work.architecture,
        windows=work.windows,
        purchase="spot" if is_spot else "on-demand",
        count=work.mean,
    )
    return price([task])


def _hosts(work: Workload) -> hosts.Hosts | None:
    return hosts.cheapest(
        work.units,
        work.mebibytes,
        work.count,
        hours_a_day=work.hours_a_day,
        gpus=work.gpus,
        architecture=work.architecture,
        one_each=work.daemon,
    )


def _kubernetes(work: Workload) -> tuple[Reason, ...]:
    return (KUBERNETES,) if work.kubernetes else ()


def _too_large(work: Workload) -> tuple[Reason, ...]:
    if work.fargate_size is not None:
        return ()
    return (Reason("limit", f"no size of Fargate has {work.cpu} CPU units and {work.memory} MiB", FARGATE_PRICING),)


def _no_machine(work: Workload) -> tuple[Reason, ...]:
    says = f"none of the {len(MACHINES.value)} instance types that are priced here holds a copy"
    return (Reason("limit", says, MACHINES.source),)


def _unpriced(work: Workload) -> tuple[Reason, ...]:
    """What runs there, but at prices that were not read."""
    if not work.windows:
        return ()
    return (
        Reason("limit", "prices of instances with Windows were not read, so they are not compared", MACHINES.source),
    )


def _care(count: int, care: Decimal) -> Bill:
    line = BillLine("looking after hosts", Decimal(count), "hosts", care, "given", note="your own figure")
    return Bill((line,)) if care else Bill()


def break_even_count(work: Workload, most: int = 1000) -> int | None:
    """From how many steady copies on instances cost less than Fargate; None where they do not up to `most`.

    The number from which on it stays so: an instance more can turn it around again below that.
    """
    size = work.fargate_size
    if size is None:
        return None
    one = price([TaskUsage(MONTH_SECONDS, size.cpu, size.memory, architecture=work.architecture)]).cost
    last: int | None = None
    for count in range(most, 0, -1):
        found = hosts.cheapest(work.units, work.mebibytes, count, architecture=work.architecture, gpus=work.gpus)
        if found is None or found.bill.cost >= one * count:
            break
        last = count
    return last
