"""Numbers of tasks: what a policy was told, what weights make, what steps take away."""

from __future__ import annotations

from typing import Any

from autograder.bank.computed.building import Built, Draw, Right, Wrong, computed
from autograder.bank.computed.figures import GUIDE, counted
from simcloud.sim.scaling.capacity import Bounds, by_steps, by_tracking
from simcloud.sim.strategy import next_provider

TRACKING = GUIDE + "service-autoscaling-targettracking.html"
STEPS = "https://docs.aws.amazon.com/autoscaling/application/userguide/step-scaling-policy-overview.html"
ITEM = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html"
HIGH_METRICS = range(10, 101, 5)


@computed("what-the-policy-saw", rows="F17 F23", exams=["SAA-C03 3", "DOP-C02 4.2"], source=TRACKING, difficulty="hard")
def seen(draw: Draw) -> Built:
    """The arithmetic of target tracking, backwards: which of four means explains the new number."""
    tasks, target, metric = draw.one([(10, 50, 75), (20, 40, 60), (8, 50, 100), (10, 60, 90), (5, 50, 80)])
    bounds = Bounds(2, 100)
    after = by_tracking(target, tasks, metric, bounds)
    others = [value for value in HIGH_METRICS if by_tracking(target, tasks, value, bounds) != after]
    above = [value for value in others if value > target]
    picked = [target, *draw.some([value for value in above if abs(value - metric) >= 10], 3)]
    reasons = {value: by_tracking(target, tasks, value, bounds) for value in picked}
    return Built(
        f"An on-call engineer reads in the scaling activities of a Fargate service that its target tracking policy, "
        f"with a target of {target} % average CPU utilization, took it in one move from {tasks} tasks to {after}. "
        f"The range allows 2 to 100 tasks. Which mean CPU utilization of the {tasks} tasks explains this?",
        Right(f"{metric} %", f"{tasks} x {metric} / {target} = {after}: so many tasks carry this load at the target."),
        [
            Wrong(f"{value} %", f"At {value} % the policy would have wanted {counted(found)}.", "M51", "R-248")
            for value, found in reasons.items()
        ],
        f"In proportion to the target: {after} x {target} / {tasks} = {metric} %.",
    )


@computed("weights-for-a-split", rows="F19 P08", exams=["SAP-C02 2.6", "DOP-C02 3"], source=ITEM)
def weights(draw: Draw) -> Built:
    """Four strategies, each placed one task after the other; one gives the split that is asked for."""
    base, ratio, total = draw.one([(4, (1, 3), 24), (6, (1, 1), 26), (2, (1, 4), 22), (5, (2, 3), 25)])
    demand, spot = _split(base, *ratio, total)
    others = [(0, *ratio), (base, ratio[1], ratio[0]), (base, 1, 9), (base + 2, *ratio), (0, ratio[1], ratio[0])]
    wrong = [one for one in others if _split(*one, total) != (demand, spot)]
    return Built(
        f"A company runs an Amazon ECS service of {total} tasks. Its first {base} tasks must be on FARGATE whatever "
        f"the count is. At {total} tasks, {spot} of them are to be on FARGATE_SPOT, and both providers have capacity. "
        f"A new deployment places all of them again, and the strategy names these two providers alone. Which "
        f"strategy places the {total} tasks so?",
        Right(
            _told(base, *ratio), f"{base} first, and the other {total - base} in the ratio {ratio[0]} to {ratio[1]}."
        ),
        [
            Wrong(
                _told(*one), f"It places {_split(*one, total)[1]} on FARGATE_SPOT or has another floor.", "M39", "R-071"
            )
            for one in wrong
        ],
        f"The base takes {base}; {total - base} are divided {ratio[0]} to {ratio[1]}: {spot} on FARGATE_SPOT.",
    )


@computed("steps-on-the-way-down", rows="F17", exams=["SAA-C03 3.2", "DOP-C02 3"], source=STEPS, difficulty="hard")
def down(draw: Draw) -> Built:
    """A step policy that scales in: bounds below the threshold are negative."""
    tasks, threshold, metric = draw.one([(12, 30, 12), (16, 40, 25), (10, 35, 22), (20, 30, 8)])
    near, far = draw.one([(1, 3), (2, 5), (1, 4)])
    bounds = Bounds(2, 60)
    right = by_steps(_policy(near, far), tasks, metric - threshold, bounds)
    return Built(
        f"A Fargate service of {tasks} tasks scales in by a step scaling policy with ChangeInCapacity, whose alarm has "
        f"a threshold of {threshold} % CPU. From 10 points below the threshold up to it the policy removes "
        f"{counted(near)}; more than 10 points below it removes {far}. The range allows 2 to 60 tasks. CPU falls to "
        f"{metric} %, the alarm goes off, and no cooldown is running. To how many tasks does the policy set the "
        "service?",
        Right(
            counted(right), f"{metric} % is {threshold - metric} points below the threshold: the farther step holds."
        ),
        [
            Wrong(counted(tasks - near), "That step ends 10 points below the threshold.", "M87", "R-254"),
            Wrong(counted(tasks - near - far), "One step is taken, and they are not added up.", "M87", "R-254"),
            Wrong(counted(2), "The minimum is a limit, not an aim.", "M51", "R-244"),
            Wrong(counted(tasks), "A step of the policy holds this value.", "M45", "R-254"),
        ],
        f"{metric} - {threshold} = {metric - threshold}, below -10: {tasks} - {far} = {right}.",
    )


def _policy(near: int, far: int) -> dict[str, Any]:
    steps = [
        {"MetricIntervalLowerBound": -10.0, "MetricIntervalUpperBound": 0.0, "ScalingAdjustment": -near},
        {"MetricIntervalUpperBound": -10.0, "ScalingAdjustment": -far},
    ]
    return {"AdjustmentType": "ChangeInCapacity", "StepAdjustments": steps}


def _split(base: int, demand: int, spot: int, total: int) -> tuple[int, int]:
    items = [
        {"capacityProvider": "FARGATE", "base": base, "weight": demand},
        {"capacityProvider": "FARGATE_SPOT", "base": 0, "weight": spot},
    ]
    placed = {"FARGATE": 0, "FARGATE_SPOT": 0}
    for _ in range(total):
        placed[next_provider(items, placed)] += 1
    return placed["FARGATE"], placed["FARGATE_SPOT"]


def _told(base: int, demand: int, spot: int) -> str:
    return f"FARGATE with base {base} and weight {demand}, FARGATE_SPOT with base 0 and weight {spot}"
