"""What tasks cost, by size, time, processor and the way of paying."""

from __future__ import annotations

import math
from decimal import Decimal

from autograder.bank.computed.building import Built, Draw, Right, Wrong, computed
from autograder.bank.computed.figures import HOUR, MONTH, PRICING, cost, dollars, exact, hourly, pairs, task
from simcloud.facts import prices
from simcloud.price.plan import SavingsPlan, apply
from simcloud.price.price import price
from simcloud.price.usage import TaskUsage

PLANS = "https://docs.aws.amazon.com/savingsplans/latest/userguide/what-is-savings-plans.html"
RATES = (
    f"(us-east-1, Linux x86: {hourly(prices.LINUX_X86_VCPU.value)} for a vCPU and "
    f"{hourly(prices.LINUX_X86_GB.value)} for a GB, by the hour)"
)

CPU_AT_PEAK, MEMORY_AT_PEAK = 38, 35
"""Percent of a size that is to be halved: half of it holds them, a quarter does not."""


@computed("month-of-a-service", rows="F21", exams=["SAA-C03 4.2"], source=PRICING)
def month(draw: Draw) -> Built:
    """The price list: a service around the clock."""
    cpu, memory = draw.one([(512, 1024), (1024, 2048), (1024, 4096), (2048, 4096), (256, 512)])
    count, busy = draw.between(3, 12), draw.one([10, 20, 25, 40])
    right = cost(task(cpu, memory, count=count))
    return Built(
        f"A service keeps {count} Fargate tasks of {cpu / 1024:g} vCPU and {memory / 1024:g} "
        f"GB running around the clock {RATES}. "
        f"Their CPU is used to {busy} % on average. What do the tasks cost in 730 hours?",
        Right(dollars(right), "vCPU and memory are paid as the definition asks for them, for every second."),
        [
            Wrong(dollars(right * busy / 100), "What is used does not enter the bill.", "M26", "R-308"),
            Wrong(dollars(right / count), "That is the price of one task.", "M26", "R-308"),
            Wrong(dollars(cost(task(cpu, 0, count=count))), "Memory is paid as well.", "M26", "R-308"),
            Wrong(dollars(right * 2), "There is no further fee for the cluster.", "M76", "R-316"),
        ],
        f"{count} x 730 h x ({cpu / 1024:g} x vCPU rate + {memory / 1024:g} x GB rate) = {dollars(right)}.",
    )


@computed("idle-and-busy-alike", rows="F21 T10", exams=["CLF-C02 4.1"], source=PRICING, difficulty="easy")
def idle(draw: Draw) -> Built:
    """Two tasks of one size, one idle: their bills."""
    busy, idle_ = draw.one([(90, 5), (80, 10), (95, 2)])
    hour = cost(task(1024, 2048, HOUR))
    assert hour == cost(task(1024, 2048, HOUR))
    return Built(
        f"Two AWS Fargate tasks have the same size and run for the same time. One uses {busy} "
        "% of its CPU and the other "
        f"{idle_} %. How do their costs compare?",
        Right("Both cost just the same", "The size and the time are paid, not the use."),
        [
            Wrong("The idle one is for free", "A task is paid as long as it runs.", "M26", "R-308"),
            Wrong("The idle one costs less", "What is not used is paid all the same.", "M26", "R-308"),
            Wrong(
                "The busy one costs more",
                "Its price follows from its size, and does not depend on its use.",
                "M26",
                "R-308",
            ),
        ],
        f"An hour of 1 vCPU and 2 GB costs {hour:.5f} US dollars, idle or busy.",
    )


@computed("seconds-that-are-billed", rows="F21", exams=["SAA-C03 4.2", "CLF-C02 4.1"], source=PRICING)
def seconds(draw: Draw) -> Built:
    """The billed seconds of a short task: from the pull to the end, one minute at least."""
    pull, run = draw.one([(14, 20), (10, 31), (8, 25), (20, 15), (12, 18)])
    right = TaskUsage(pull + run, 1024, 2048).billed_seconds
    return Built(
        f"A Linux task on AWS Fargate pulls its image for {pull} seconds, then runs for {run} "
        "seconds and ends. For how many "
        "seconds are its vCPU and memory billed?",
        Right(f"{right} seconds", "A minute is the least on Linux."),
        [
            Wrong(f"{run} seconds", "The pull is billed as well, and a minute at least.", "M64", "R-307"),
            Wrong(f"{pull + run} seconds", "A minute is the least.", "M64", "R-307"),
            Wrong("3600 seconds", "Fargate is billed by the second, not by hours.", "M64", "R-307"),
            Wrong("300 seconds", "Five minutes are the least on Windows.", "M60", "R-307"),
        ],
        f"{pull} + {run} = {pull + run} seconds from the pull to the end; at least 60 are billed.",
    )


@computed("pull-is-on-the-bill", rows="F21", exams=["SAA-C03 4.2", "DOP-C02 4"], source=PRICING)
def pull(draw: Draw) -> Built:
    """The billed seconds of a longer task with a large image."""
    pulled, run = draw.one([(95, 240), (120, 300), (80, 190), (150, 400)])
    right = TaskUsage(pulled + run, 1024, 2048).billed_seconds
    return Built(
        "A batch task on AWS Fargate has an image of several gigabytes. Its network "
        "interface is ready after 12 seconds; then "
        f"the image is pulled for {pulled} seconds. Right after that the task is RUNNING for {run} seconds, and "
        "then it is gone. For how many seconds is it billed?",
        Right(f"{right} seconds", "The bill begins with the pull and ends with the task."),
        [
            Wrong(f"{run} seconds", "The pull is billed as well.", "M64", "R-307"),
            Wrong(f"{right + 12} seconds", "Until the pull begins nothing is billed.", "M64", "R-307"),
            Wrong(
                f"{math.ceil(right / 60) * 60} seconds", "Beyond the first minute it is by the second.", "M64", "R-307"
            ),
            Wrong("3600 seconds", "Hours are not rounded up.", "M64", "R-307"),
        ],
        f"{pulled} + {run} = {right} seconds. A smaller image shortens the bill of every start.",
    )


@computed("many-short-tasks", rows="F21 P05", exams=["SAP-C02 3.5", "SAA-C03 4.2"], source=PRICING, difficulty="hard")
def short(draw: Draw) -> Built:
    """The bill of many tasks far shorter than a minute, one for each event."""
    events, length = draw.one([(200_000, 12), (500_000, 15), (100_000, 20), (300_000, 10)])
    right = cost(task(256, 512, length, count=events))
    plain = right * length / 60
    return Built(
        f"For each of {events:,} files a month a company starts a Fargate task of 0.25 vCPU and 0.5 GB on Linux x86 in "
        f"us-east-1. From the start of the pull to its end a task takes {length} seconds. An "
        "estimate that multiplies the "
        f"seconds with the rates gives {dollars(plain)} a month. What will the tasks cost?",
        Right(dollars(right), "Each task is billed for a minute."),
        [
            Wrong(dollars(plain), "The estimate leaves out the minimum of a minute.", "M64", "R-307"),
            Wrong(dollars(right * 5), "Five minutes are the least on Windows.", "M60", "R-307"),
            Wrong(dollars(plain * HOUR / length), "Hours are not rounded up.", "M64", "R-307"),
        ],
        f"{events:,} x 60 s instead of {length} s: {dollars(right)}. Work in such short "
        "pieces is better collected into fewer "
        "tasks, or given to AWS Lambda.",
    )


@computed("disk-on-the-bill", rows="F18", exams=["SAA-C03 4.1"], source=PRICING, difficulty="hard")
def disk(draw: Draw) -> Built:
    """The price of ephemeral storage beyond what is included."""
    size, count = draw.one([(50, 20), (100, 10), (120, 30), (200, 8), (70, 40)])
    with_disk = cost(task(1024, 2048, count=count, storage=size))
    plain = cost(task(1024, 2048, count=count))
    right = with_disk - plain
    return Built(
        f"{count} Fargate tasks on Linux that run around the clock get ephemeral storage of "
        f"{size} GiB each. A GB of it costs "
        f"{hourly(prices.STORAGE_GB.value)} an hour in us-east-1. By how much does the bill of 730 hours rise?",
        Right(dollars(right), f"20 GiB are included, so {size - 20} GiB of each task are paid."),
        [
            Wrong(dollars(right * size / (size - 20)), "The first 20 GiB are included.", "M61", "R-305"),
            Wrong(dollars(Decimal(0)), "Only 20 GiB are included.", "M61", "R-305"),
            Wrong(dollars(right / count), "That is the storage of one task.", "M61", "R-305"),
            Wrong(
                dollars(right / 10),
                "It is paid for whatever is asked for, however little of it is filled.",
                "M26",
                "R-305",
            ),
        ],
        f"{count} x {size - 20} GB x 730 h x rate = {dollars(right)}.",
    )


@computed("halving-the-size", rows="T10 F21", exams=["SAA-C03 4.2", "SAP-C02 3.5"], source=PRICING, version=2)
def halved(draw: Draw) -> Built:
    """The bills of a service before and after right-sizing, and of the alternatives; the least that its peak allows."""
    cpu, memory, count = draw.one([(2048, 8192, 10), (4096, 16384, 6), (4096, 8192, 12), (2048, 4096, 20)])
    before = cost(task(cpu, memory, count=count))
    after = cost(task(cpu // 2, memory // 2, count=count))
    arm = cost(task(cpu, memory, count=count, architecture="ARM64"))
    least = min(
        cost(task(*size, count=count))
        for size in pairs()
        if size[0] * 100 >= cpu * CPU_AT_PEAK and size[1] * 100 >= memory * MEMORY_AT_PEAK
    )
    if not before * MEMORY_AT_PEAK / 100 < least <= after:
        raise ValueError("a bill of another belief can be reached, too")
    return Built(
        f"{count} tasks of {cpu / 1024:g} vCPU and {memory // 1024} GB run around the clock "
        f"on AWS Fargate, at {CPU_AT_PEAK} % of their CPU and {MEMORY_AT_PEAK} % of their memory at the peak. "
        f"They cost {dollars(before)} in 730 hours. The company "
        "does not want to commit itself or to build images anew, the tasks must not be interrupted, and "
        "their number has to stay. Which of these bills can it reach?",
        Right(dollars(after), "Half the size holds the peak with room to spare, and halves the bill."),
        [
            Wrong(dollars(arm), "ARM64 needs images that are built for it.", "M63", "R-304"),
            Wrong(dollars(before * 3 / 10), "70 % off is for Spot, which interrupts tasks.", "M07", "R-314"),
            Wrong(
                dollars(before * MEMORY_AT_PEAK / 100),
                "What is not used is paid all the same as long as it is asked for.",
                "M26",
                "R-308",
            ),
            Wrong(dollars(before * 4 / 5), "A Savings Plan is a commitment.", "M47", "R-314"),
        ],
        f"{cpu // 2} CPU units and {memory // 2} MiB cost {dollars(after)}: what is asked for is what is paid.",
    )


@computed("nights-switched-off", rows="F21 T10", exams=["SAA-C03 4.2", "CLF-C02 4.1"], source=PRICING)
def nights(draw: Draw) -> Built:
    """The bill of test services that run in working hours alone."""
    count, hours = draw.one([(8, 10), (12, 12), (20, 9), (6, 11)])
    hour = exact(cost(task(1024, 2048, HOUR)))
    whole = cost(task(1024, 2048, 30 * 24 * HOUR, count=count))
    right = cost(task(1024, 2048, 22 * hours * HOUR, count=count))
    return Built(
        f"A test environment of {count} Fargate tasks (1 vCPU and 2 GB, {hour} an hour for one) "
        "runs around the clock and costs "
        f"{dollars(whole)} in a month of 30 days. Scheduled scaling now sets the services to "
        f"zero outside of {hours} hours on "
        "each of 22 working days. What do the tasks cost in such a month?",
        Right(dollars(right), "Nothing is paid while no task runs."),
        [
            Wrong(dollars(whole), "A task that does not run is not paid.", "M64", "R-307"),
            Wrong(dollars(whole * 22 / 30), "The nights of the working days are free, too.", "M64", "R-307"),
            Wrong(dollars(whole * hours / 24), "The weekends are free, too.", "M64", "R-307"),
        ],
        f"{22 * hours} instead of 720 hours: {dollars(right)}.",
    )


@computed("licence-of-windows", rows="F11", exams=["SAP-C02 3.5"], source=PRICING, difficulty="hard")
def windows(draw: Draw) -> Built:
    """The bill of Windows tasks: vCPU and memory at their own rates, and the licence."""
    cpu, memory, count = draw.one([(1024, 2048, 4), (2048, 4096, 3), (1024, 4096, 6), (2048, 8192, 5)])
    right = cost(task(cpu, memory, count=count, windows=True))
    linux = cost(task(cpu, memory, count=count))
    licence = count * MONTH * Decimal(cpu) / 1024 * prices.WINDOWS_LICENCE.value
    return Built(
        f"A company estimates {count} tasks of {cpu / 1024:g} vCPU and {memory // 1024} GB on "
        "AWS Fargate around the clock in "
        f"us-east-1. On Linux x86 they would cost {dollars(linux)} in 730 hours. The "
        "container needs Windows Server. What do "
        "the tasks cost there, if a Windows vCPU costs $0.0915, a GB $0.01 and the licence "
        "$0.046 for a vCPU, by the hour?",
        Right(dollars(right), "Windows has rates of its own, and the licence is paid for each vCPU."),
        [
            Wrong(dollars(right - licence), "The licence comes on top of vCPU and memory.", "M60", "R-306"),
            Wrong(dollars(linux + licence), "vCPU and memory have other rates on Windows.", "M60", "R-306"),
            Wrong(dollars(linux), "That is the price of Linux.", "M60", "R-306"),
        ],
        f"vCPU, memory and {dollars(licence)} of licences: {dollars(right)}.",
    )


@computed(
    "plan-that-is-too-large",
    rows="T08",
    exams=["SAP-C02 3.5", "SAA-C03 4.2"],
    source=PLANS,
    difficulty="hard",
)
def too_large(draw: Draw) -> Built:
    """A commitment beyond the use of most hours: what is lost of it, by the rules that apply a plan."""
    discount, used = draw.one([20, 25, 40]), draw.one([8, 10, 12])
    commitment = Decimal(used)
    at_night = Decimal(draw.one([4, 5, 6]))
    plan = SavingsPlan(commitment, discounts={"fargate": Decimal(discount) / 100})
    rate = prices.LINUX_X86_VCPU.value * HOUR
    bill = price([task(1024, 2048, HOUR, count=at_night / cost(task(1024, 2048, HOUR)))])
    applied = apply(commitment, plan.eligible(bill))
    lost = commitment - applied.used
    hours = draw.one([10, 12, 14])
    right = lost * hours * 30
    assert rate
    return Built(
        f"A company has a Compute Savings Plan with a commitment of ${used} an hour; it takes "
        f"{discount} % off AWS Fargate. By "
        f"day the plan is used up. For {hours} hours of each night only ${at_night} an hour "
        "of Fargate use, at on-demand "
        "prices, is left, and nothing else that the plan covers. How much of the commitment is lost in 30 days?",
        Right(dollars(right), "What is not used up in an hour is paid and gone."),
        [
            Wrong(dollars(Decimal(0)), "Nothing is carried over into other hours.", "M81", "R-314"),
            Wrong(
                dollars((commitment - at_night) * hours * 30),
                "The use is counted at the plan's lower rates.",
                "M81",
                "R-314",
            ),
            Wrong(dollars(commitment * hours * 30), "A part of it is used by night.", "M81", "R-314"),
            Wrong(dollars(right / 30), "That is the loss of a night.", "M81", "R-314"),
        ],
        f"${at_night} on demand take {applied.used:.2f} of the commitment at the plan's "
        f"rates; {lost:.2f} an hour are lost: "
        f"{dollars(right)} in {hours * 30} hours.",
    )


@computed("what-the-plan-leaves", rows="T08", exams=["SAA-C03 4.2", "CLF-C02 4.1"], source=PLANS)
def spot_is_not_covered(draw: Draw) -> Built:
    """An hour with tasks on demand and on Spot, to which a plan is applied."""
    demand, spot = draw.one([(10, 30), (20, 20), (8, 24), (12, 36)])
    on_demand = cost(task(1024, 2048, HOUR, count=demand))
    on_spot = cost(task(1024, 2048, HOUR, count=spot, purchase="spot"))
    plan = SavingsPlan(Decimal(100), discounts={"fargate": Decimal("0.20")})
    bill = price([task(1024, 2048, HOUR, count=demand), task(1024, 2048, HOUR, count=spot, purchase="spot")])
    covered = apply(Decimal(100), plan.eligible(bill)).replaced
    assert abs(covered - on_demand) < Decimal("0.000001"), (covered, on_demand)
    return Built(
        f"A company runs {demand} Fargate tasks on demand and {spot} on Fargate Spot, all of "
        "1 vCPU and 2 GB. In an hour they cost "
        f"{dollars(on_demand)} and {dollars(on_spot)}. It buys a Compute Savings Plan that "
        "takes 20 % off, with a commitment "
        "far above this use. On which part of this hour does the plan take its 20 % off?",
        Right(f"{dollars(on_demand)} of tasks on demand", "A plan covers what is on demand."),
        [
            Wrong(
                f"{dollars(on_spot)} of tasks on Spot", "Spot has its own price, and no plan applies.", "M47", "R-314"
            ),
            Wrong(f"{dollars(on_demand + on_spot)} of all the tasks", "Spot is not covered.", "M47", "R-314"),
            Wrong(
                "$0.00, as plans are for EC2 alone",
                "Compute Savings Plans cover Fargate and Lambda, too.",
                "M47",
                "R-314",
            ),
        ],
        f"Of the hour {dollars(covered)} are covered.",
    )


@computed("cheapest-way-to-pay", rows="T08 F04", exams=["SAA-C03 4.2", "SAP-C02 2.6"], source=PLANS)
def way_to_pay(draw: Draw) -> Built:
    """A steady service under four ways of paying."""
    count = draw.one([20, 30, 40])
    cpu, memory = draw.one([(1024, 2048), (2048, 4096)])
    demand = cost(task(cpu, memory, count=count))
    plan = demand * Decimal("0.80")
    return Built(
        f"{count} Fargate tasks of {cpu / 1024:g} vCPU and {memory // 1024} GB serve a "
        "payment API around the clock, and will do so "
        f"for at least a year. On demand they cost {dollars(demand)} in 730 hours. They are "
        "of the right size, cannot be "
        "interrupted and have images for x86 alone. A Compute Savings Plan of one year "
        "without upfront payment takes 20 % "
        "off. What is the lowest bill of 730 hours that the company can reach without another change?",
        Right(dollars(plan), "A Compute Savings Plan covers Fargate, and the load is steady."),
        [
            Wrong(dollars(demand * 3 / 10), "Spot would interrupt the tasks.", "M07", "R-314"),
            Wrong(dollars(demand), "On demand gives away what the steady load allows.", "M47", "R-314"),
            Wrong(dollars(demand * Decimal("0.28")), "Reserved Instances do not cover Fargate.", "M47", "R-314"),
            Wrong(dollars(demand * Decimal("0.60")), "A plan of 20 % is not added to another one.", "M47", "R-314"),
        ],
        f"80 % of {dollars(demand)} are {dollars(plan)}.",
    )
