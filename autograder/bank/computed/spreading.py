"""How a capacity provider strategy spreads tasks, and what a Spot wave leaves of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from autograder.bank.computed.building import Built, Draw, Right, Wrong, computed
from autograder.bank.computed.figures import GUIDE, PRICING, cost, counted, dollars, task
from simcloud.cloud import spot_sketch
from simcloud.price.usage import TaskUsage
from simcloud.sim.strategy import next_provider

PROVIDERS = GUIDE + "fargate-capacity-providers.html"
ITEM = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html"
SPOT, DEMAND = "FARGATE_SPOT", "FARGATE"


def strategy(base: int, weight: int, spot_weight: int) -> list[dict[str, Any]]:
    """On demand with a base, and Spot."""
    return [
        {"capacityProvider": DEMAND, "base": base, "weight": weight},
        {"capacityProvider": SPOT, "base": 0, "weight": spot_weight},
    ]


def spread(items: Sequence[Mapping[str, Any]], count: int) -> dict[str, int]:
    """So many tasks, placed one after the other."""
    placed: dict[str, int] = {DEMAND: 0, SPOT: 0}
    for _ in range(count):
        placed[next_provider(items, placed)] += 1
    return placed


def even(draw: Draw) -> tuple[int, int, int, int]:
    """Base, two weights, and a count whose rest the weights divide without a remainder."""
    base, weight, spot_weight = draw.one([(1, 1, 3), (2, 1, 4), (3, 1, 2), (4, 2, 3), (2, 3, 1), (1, 1, 4), (3, 1, 5)])
    return base, weight, spot_weight, base + (weight + spot_weight) * draw.between(2, 4)


@computed(
    "spot-share-beyond-a-base",
    rows="F19 P08",
    exams=["SAA-C03 4.2", "DOP-C02 3"],
    source=ITEM,
)
def spot_share(draw: Draw) -> Built:
    """The strategy places a service's tasks one by one; those on Spot are counted."""
    base, weight, spot_weight, count = even(draw)
    right = spread(strategy(base, weight, spot_weight), count)[SPOT]
    total = weight + spot_weight
    whole = count * spot_weight // total
    return Built(
        f"The capacity provider strategy of an ECS service names FARGATE with base {base} and "
        f"weight {weight}, and FARGATE_SPOT "
        f"with weight {spot_weight}. Its desired count is {count}, and there is room for all "
        "on both. How many of its tasks run "
        "on FARGATE_SPOT?",
        Right(
            counted(right),
            f"After the base {count - base} tasks are left, and {spot_weight} of {total} parts of them go to Spot.",
        ),
        [
            Wrong(counted(whole), "The base is placed first, and the weights share out what is left.", "M39", "R-071"),
            Wrong(counted(count - base), "Beyond the base FARGATE has a share by its weight, too.", "M39", "R-071"),
            Wrong(counted((count - base) * weight // total), "That is the share of FARGATE.", "M39", "R-071"),
            Wrong(counted(spot_weight), "A weight is a proportion, not a number of tasks.", "M39", "R-068"),
            Wrong(counted(right + 1), "The weights divide the rest without a remainder.", "M39", "R-071"),
        ],
        f"{base} tasks fill the base. Of the other {count - base} the share {spot_weight}/{total} is {right}.",
    )


@computed("on-demand-after-growth", rows="F19 P08", exams=["DOP-C02 3"], source=ITEM)
def after_growth(draw: Draw) -> Built:
    """A service grows; the strategy places the further tasks beside those that are there."""
    base, weight, spot_weight, _ = even(draw)
    total = weight + spot_weight
    small, large = base + total, base + total * 3
    items = strategy(base, weight, spot_weight)
    before, after = spread(items, small)[DEMAND], spread(items, large)[DEMAND]
    return Built(
        f"A service has {small} tasks under a strategy of FARGATE with base {base} and weight "
        f"{weight}, and FARGATE_SPOT with "
        f"weight {spot_weight}; {before} of them are on demand. Service auto scaling raises "
        f"the desired count to {large}. "
        "How many tasks of the service are on demand then?",
        Right(counted(after), "The base stays as it was; the weights share out all beyond it."),
        [
            Wrong(counted(before), "FARGATE has a weight as well, so it takes part in the growth.", "M39", "R-071"),
            Wrong(counted(before * large // small), "The base does not grow with the count.", "M39", "R-071"),
            Wrong(counted(before + large - small), "The growth is shared out by the weights.", "M39", "R-071"),
            Wrong(counted(base), "Beyond the base FARGATE gets its share by weight.", "M39", "R-071"),
            Wrong(counted(after + 1), "The proportion of the weights is kept to.", "M39", "R-071"),
        ],
        f"{base} + {weight}/{total} x ({large} - {base}) = {after}.",
    )


@computed("count-within-the-base", rows="F19", exams=["SAA-C03 2.2"], source=ITEM)
def within_base(draw: Draw) -> Built:
    """A count below the base: the strategy places all of it on the provider of the base."""
    base = draw.between(4, 8)
    count = base - draw.between(1, 2)
    right = spread(strategy(base, 1, 3), count)[SPOT]
    return Built(
        f"A service has the strategy FARGATE with base {base} and weight 1, FARGATE_SPOT with "
        "weight 3. At night service auto "
        f"scaling lowers its desired count to {count}. How many of these tasks does the "
        "strategy place on FARGATE_SPOT when "
        "they are started?",
        Right(counted(right), "The base is filled first, and it is not full yet."),
        [
            Wrong(counted(count * 3 // 4), "Weights share out what is beyond the base.", "M39", "R-071"),
            Wrong(counted(count), "The cheaper provider is not preferred; the base comes first.", "M39", "R-071"),
            Wrong(counted(1), "No task is beyond the base.", "M39", "R-071"),
        ],
        f"With {count} tasks and a base of {base} all of them are placed on FARGATE.",
    )


@computed("bill-of-a-blend", rows="P08 F04", exams=["SAA-C03 4.2", "SAP-C02 3.5"], source=PRICING, difficulty="hard")
def blend_bill(draw: Draw) -> Built:
    """The bill of a blended service, with Spot at the most that AWS takes off."""
    base, weight, spot_weight, count = even(draw)
    cpu, memory = draw.one([(1024, 2048), (2048, 4096), (512, 1024)])
    placed = spread(strategy(base, weight, spot_weight), count)

    def bill(demand: int, spot: int) -> str:
        return dollars(
            cost(task(cpu, memory, count=demand), TaskUsage(2628000, cpu, memory, purchase="spot", count=spot))
        )

    right = bill(placed[DEMAND], placed[SPOT])
    plain = count * spot_weight // (weight + spot_weight)
    return Built(
        f"In us-east-1 a Linux x86 service of {count} tasks with {cpu / 1024:g} vCPU and "
        f"{memory // 1024} GB runs around the "
        f"clock. On demand it costs {bill(count, 0)} in 730 hours. The company moves it to "
        "the strategy FARGATE with base "
        f"{base} and weight {weight}, FARGATE_SPOT with weight {spot_weight}, and reckons with 70 % off on Spot and no "
        "interruptions. What does it reckon with for the tasks in 730 hours?",
        Right(right, f"{placed[DEMAND]} tasks are on demand and {placed[SPOT]} on Spot."),
        [
            Wrong(bill(0, count), "Only the tasks on Spot get the price of Spot.", "M07", "R-314"),
            Wrong(bill(count - plain, plain), "The base comes before the weights.", "M39", "R-071"),
            Wrong(bill(base, count - base), "FARGATE has a share beyond its base.", "M39", "R-071"),
            Wrong(bill(count, 0), "That is the price on demand.", "M39", "R-314"),
        ],
        f"{placed[DEMAND]} tasks at the full price and {placed[SPOT]} at 30 % of it: {right}.",
    )


@computed(
    "what-a-wave-leaves", rows="F04 P08 T07", exams=["SAP-C02 2.4", "DOP-C02 3"], source=PROVIDERS, difficulty="hard"
)
def wave(draw: Draw) -> Built:
    """A Spot wave takes every Spot task, and Spot has no room for half an hour; the fewest that run are counted."""
    base, weight, spot_weight, count = even(draw)
    tried = spot_sketch.Sketch(
        desired=count,
        base=base,
        on_demand_weight=weight,
        spot_weight=spot_weight,
        percent_reclaimed=100,
        drought_minutes=30,
    )
    right = spot_sketch.run(tried).served.least_serving
    placed = spread(strategy(base, weight, spot_weight), count)
    if right != placed[DEMAND]:
        raise ValueError(f"the wave leaves {right}, not the {placed[DEMAND]} on demand")
    return Built(
        f"A web service of {count} tasks runs under the strategy FARGATE with base {base} and "
        f"weight {weight}, FARGATE_SPOT with "
        f"weight {spot_weight}. In one evening AWS reclaims all Fargate Spot capacity that "
        "the service has, and there is "
        "none for half an hour. No one intervenes, and the desired count stays. How many "
        "tasks serve in that half hour, "
        "once the two minutes are over?",
        Right(counted(right), "What was placed on demand stays, and ECS does not replace Spot by on demand."),
        [
            Wrong(counted(count), "ECS waits for Spot; it does not turn to on demand by itself.", "M40", "R-194"),
            Wrong(counted(base), "Beyond the base FARGATE has its share of the tasks by weight.", "M39", "R-071"),
            Wrong(counted(0), "The tasks on demand are not reclaimed.", "M40", "R-191"),
            Wrong(counted(count // 2 + 1), "The number on demand follows from base and weights.", "M39", "R-071"),
        ],
        f"{placed[DEMAND]} of {count} tasks were on demand. In the simulated wave {right} served at the worst moment.",
    )


@computed("time-to-finish-on-spot", rows="F04 T07", exams=["SAA-C03 2.2", "DOP-C02 3"], source=PROVIDERS)
def time_to_finish(draw: Draw) -> Built:
    """A Spot task is reclaimed; the seconds between SIGTERM and SIGKILL are read from its story."""
    from simcloud.sim.bare import IMAGE, Bare
    from simcloud.sim.image import Image
    from simcloud.sim.spot import SpotWave

    seconds = draw.one([20, 30, 45, 60, 90])
    deaf = Image(IMAGE, "sha256:" + "0" * 64, stop_seconds=None)
    bare = Bare(1, image=deaf, stop_timeout=seconds, capacityProviderStrategy=[{"capacityProvider": SPOT, "weight": 1}])
    bare.wait(120)
    (held,) = bare.world.tasks.values()
    bare.happen(SpotWave(1.0, drought=3600.0))
    bare.wait(300)
    right = round((held.execution_stopped_at or 0) - (held.stopping_at or 0))
    if right != seconds:
        raise ValueError(f"killed after {right} s, not {seconds}")
    return Built(
        f"A task on FARGATE_SPOT has one container, with stopTimeout {seconds}. AWS reclaims "
        "the capacity and sends the "
        "interruption notice. The process gets SIGTERM and goes on to work until it is "
        "killed. How long can it work after "
        "SIGTERM?",
        Right(f"{seconds} seconds", "SIGKILL follows when stopTimeout is over."),
        [
            Wrong("120 seconds", "Two minutes is the most, and takes a stopTimeout of 120.", "M72", "R-191"),
            Wrong("30 seconds", "30 seconds is the default where no stopTimeout is given.", "M72", "R-052"),
            Wrong("300 seconds", "A deregistration delay is about connections, not about processes.", "M72", "R-196"),
            Wrong("0 seconds", "SIGTERM comes before SIGKILL.", "M72", "R-191"),
        ],
        f"In the simulation SIGKILL came {right} seconds after SIGTERM. A stopTimeout of 120 "
        "would use all of the notice.",
    )
