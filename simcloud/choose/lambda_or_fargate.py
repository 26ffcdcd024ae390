"""Lambda or Fargate: by duration, memory, traffic and start-up needs; both priced for a month, and why.

Three ways: a function; a service of tasks that stand ready; a task for each call, started by RunTask.
"""

from __future__ import annotations

import math
from decimal import Decimal

from simcloud.choose.calls import MONTH_SECONDS, Calls
from simcloud.choose.verdict import Option, Reason, Verdict, decide
from simcloud.choose.workload import Size, fitting
from simcloud.facts import prices_lambda, timings
from simcloud.facts.fact import Fact
from simcloud.facts.sources import FARGATE_PRICING
from simcloud.price.bill import Bill
from simcloud.price.network import capacity_units
from simcloud.price.price import price
from simcloud.price.usage import BalancerUsage, LambdaUsage, TaskUsage, Usage

LAMBDA, SERVICE, TASK_A_CALL = "Lambda", "Fargate service", "Fargate task for each call"
BUSY = Decimal("0.70")
"""Utilisation to which a service is scaled, so that a burst finds room."""
ANY: tuple[tuple[str, Fact[int], str, str], ...] = (
    ("seconds", prices_lambda.LONGEST_SECONDS, "takes {} s", "s"),
    ("memory", prices_lambda.MOST_MEMORY_MIB, "needs {} MiB of memory", "MiB"),
    ("storage", prices_lambda.MOST_STORAGE_MIB, "needs {} MiB in /tmp", "MiB"),
    ("image", prices_lambda.MOST_IMAGE_MIB, "has an image of {} MiB", "MiB"),
)


def choose(calls: Calls, name: str = "the calls") -> Verdict:
    """The cheapest way that keeps within the limits, and what decides."""
    return decide(name, (function(calls), service(calls), task_a_call(calls)), always=(LAMBDA,))


def function(calls: Calls) -> Option:
    """As a function of Lambda."""
    against = []
    for field, most, words, unit in ANY:
        if getattr(calls, field) > most.value:
            says = f"a call {words.format(getattr(calls, field))}; a function has {most.value} {unit} at most"
            against.append(Reason("limit", says, most.source))
    cold = prices_lambda.COLD_START_SECONDS.value + calls.start
    if calls.answer_within is not None and cold > calls.answer_within:
        says = (
            f"the first call waits some {cold:f} s for a cold start, and has {calls.answer_within:f} s; "
            "provisioned concurrency would keep functions warm, and is paid while they wait"
        )
        against.append(Reason("need", says, prices_lambda.COLD_START_SECONDS.source))
    together = calls.peak * calls.seconds
    notes = []
    if together > prices_lambda.CONCURRENCY.value:
        notes.append(
            f"{together:.0f} calls at the same time: the quota of {prices_lambda.CONCURRENCY.value} must be raised"
        )
    return Option(LAMBDA, _function_bill(calls), tuple(against), tuple(notes))


def _function_bill(calls: Calls) -> Bill:
    memory = max(calls.memory, prices_lambda.LEAST_MEMORY_MIB.value)
    milliseconds = calls.seconds * 1000
    return price([LambdaUsage(calls.a_month, milliseconds, memory, calls.storage, calls.architecture)])


def service(calls: Calls) -> Option:
    """As tasks that stand ready, scaled between `least` and what the busiest time needs."""
    size = fitting(256, calls.memory)
    if size is None:
        return Option(SERVICE, None, (_too_large(calls),))
    most = tasks(calls, size, calls.peak)
    average = max(Decimal(calls.least), calls.rate / calls.peak * most if calls.peak else Decimal(0))
    used: list[Usage] = [_task(calls, size, Decimal(MONTH_SECONDS), average)]
    if calls.balancer:
        used.append(BalancerUsage(MONTH_SECONDS, capacity_units(calls.rate)))
    note = f"{average:.1f} tasks of {size.cpu} CPU units and {size.memory} MiB on average, {most} at most"
    return Option(SERVICE, price(used), (), (note,))


def tasks(calls: Calls, size: Size, rate: Decimal) -> int:
    """Tasks that so many calls a second need: for their CPU, and for the calls at the same time."""
    by_cpu = rate * calls.vcpu_seconds / (Decimal(size.cpu) / 1024 * BUSY)
    at_once = rate * calls.seconds / calls.at_once
    return max(calls.least, math.ceil(max(by_cpu, at_once)))


def task_a_call(calls: Calls) -> Option:
    """As a task for each call: paid from its pull to its end, a minute at least."""
    needed = min(Decimal(1024), calls.vcpu_seconds / calls.seconds * 1024)
    cpu = next(each for each in (256, 512, 1024) if each >= needed)
    size = fitting(cpu, calls.memory)
    if size is None:
        return Option(TASK_A_CALL, None, (_too_large(calls),))
    pull = _pull(calls)
    waits = Decimal(str(timings.ENI_SECONDS.value)) + pull + calls.start
    against = []
    if calls.answer_within is not None and waits > calls.answer_within:
        says = f"a task starts in some {waits:.0f} s, and the call has {calls.answer_within:f} s"
        against.append(Reason("need", says, timings.ENI_SECONDS.source))
    bill = price([_task(calls, size, pull + calls.start + calls.seconds, Decimal(calls.a_month))])
    return Option(TASK_A_CALL, bill, tuple(against), (f"each starts in some {waits:.0f} s",))


def _pull(calls: Calls) -> Decimal:
    """Seconds from the beginning of the pull until the process runs (R-105)."""
    speed = Decimal(str(timings.PULL_MIB_PER_SECOND.value))
    fixed = Decimal(str(timings.PULL_LEAST_SECONDS.value)) + Decimal(str(timings.START_SECONDS.value))
    return fixed + calls.image / speed


def _task(calls: Calls, size: Size, seconds: Decimal, count: Decimal) -> TaskUsage:
    gib = max(20, math.ceil(Decimal(calls.storage + 2 * calls.image) / 1024))
    return TaskUsage(seconds, size.cpu, size.memory, gib, calls.architecture, count=count)


def _too_large(calls: Calls) -> Reason:
    return Reason("limit", f"no size of Fargate has {calls.memory} MiB", FARGATE_PRICING)


def break_even(calls: Calls) -> int | None:
    """Calls a month from which on the tasks that stand ready anyway cost less than the function; None where they need
    more of them first."""
    ready = service(calls)
    one = _function_bill(calls).cost / calls.a_month if calls.a_month else None
    if ready.bill is None or not one:
        return None
    size = fitting(256, calls.memory)
    assert size is not None
    idle = price([_task(calls, size, Decimal(MONTH_SECONDS), Decimal(calls.least))])
    if calls.balancer:
        idle = idle + price([BalancerUsage(MONTH_SECONDS)])
    number = math.ceil(idle.cost / one)
    enough = tasks(calls, size, Decimal(number) / MONTH_SECONDS) <= calls.least
    return number if enough else None
