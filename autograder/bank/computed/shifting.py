"""Blue/green, canary and linear: who is served by which version, when, and at what price."""

from __future__ import annotations

from autograder.bank.computed.building import Built, Draw, Right, Wrong, computed
from autograder.bank.computed.figures import GUIDE, HOUR, cost, counted, dollars, exact, task
from simcloud.cloud import rollout_sketch
from simcloud.facts import codedeploy

NATIVE = GUIDE + "canary-deployment.html"
BLUE_GREEN = GUIDE + "deployment-type-blue-green.html"
CONFIGURATIONS = "https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations.html"


@computed("tasks-while-both-run", rows="P09", exams=["SAP-C02 2.1", "DOP-C02 1.4"], source=BLUE_GREEN)
def both_run(draw: Draw) -> Built:
    """A canary of ECS's own is let live; the tasks that run in its bake time are counted."""
    percent, minutes = draw.one([(10, 5), (20, 10), (25, 5)])
    seen = rollout_sketch.run(rollout_sketch.Sketch(percent, minutes, fault=False, alarm=False))
    right = max(sum(part.running for part in level.parts) for level in seen.levels)
    tasks = rollout_sketch.TASKS
    return Built(
        f"An ECS service of {tasks} Fargate tasks behind an Application Load Balancer is "
        "deployed with ECS's own canary strategy: "
        f"{percent} % of the traffic for {minutes} minutes, then all of it, and a bake time "
        "afterwards. How many tasks of the "
        "service are RUNNING while the canary has its share?",
        Right(counted(right), "Old and new version both run with their full count."),
        [
            Wrong(counted(tasks), "The traffic is shared out, not the tasks.", "M75", "R-230"),
            Wrong(counted(tasks + 1), "The new version gets its full count before it gets traffic.", "M41", "R-230"),
            Wrong(
                counted(tasks + tasks // 2),
                "The new version gets its full count before it gets traffic.",
                "M41",
                "R-230",
            ),
        ],
        f"In the simulated deployment {right} tasks run from the scale-up to the end of the "
        "bake time. They are paid for, too.",
    )


@computed(
    "requests-that-meet-the-canary",
    rows="P09",
    exams=["DOP-C02 1.4"],
    source=NATIVE,
    difficulty="hard",
)
def exposed(draw: Draw) -> Built:
    """The same with a faulty version and no alarm: requests that it answers while it is a canary."""
    percent, minutes, rate = draw.one([(10, 10, 600), (5, 20, 1200), (20, 5, 900), (10, 5, 3000)])
    seen = rollout_sketch.run(rollout_sketch.Sketch(percent, minutes, fault=False, alarm=False))
    share = [(level.at, part.share) for level in seen.levels for part in level.parts if part.revision.endswith(":2")]
    begin = next(at for at, each in share if each == percent)
    end = next(at for at, each in share if each == 100)
    right = round(rate * (end - begin) / 60 * percent / 100)
    return Built(
        f"A service gets {rate:,} requests a minute, evenly. A new version is deployed by a "
        f"canary with {percent} % of the traffic "
        f"for {minutes} minutes; then all of it is shifted. How many requests does the new "
        "version answer before the rest is "
        "shifted to it?",
        Right(f"{right:,} requests", f"{percent} % of the requests of {minutes} minutes."),
        [
            Wrong(f"{rate * minutes:,} requests", "The old version answers the others.", "M41", "R-231"),
            Wrong(f"{rate * percent // 100:,} requests", "That is one minute of the canary.", "M41", "R-231"),
            Wrong(f"{right // 2:,} requests", "The share is there from the first minute on.", "M41", "R-231"),
            Wrong("0 requests", "A canary is real traffic.", "M41", "R-231"),
        ],
        f"{rate:,} x {minutes} x {percent} % = {right:,}. In the simulation the share lasted "
        f"{(end - begin) / 60:g} minutes.",
    )


@computed(
    "minutes-of-a-linear-shift",
    rows="P09",
    exams=["DOP-C02 1.4"],
    source=CONFIGURATIONS,
    difficulty="hard",
    enemies="predefined",
)
def linear(draw: Draw) -> Built:
    """The minutes from the first to the last step of a predefined linear configuration."""
    interval = draw.one([1, 3])
    name = f"CodeDeployDefault.ECSLinear10PercentEvery{interval}Minutes"
    block = codedeploy.PREDEFINED.value[name]["trafficRoutingConfig"]["timeBasedLinear"]
    steps = 100 // block["linearPercentage"]
    right = (steps - 1) * block["linearInterval"]
    return Built(
        f"A Fargate service is deployed by AWS CodeDeploy with {name}. At 14:00 the first "
        "traffic is shifted. At which time does "
        "the new version have all of the traffic, if nothing fails?",
        Right(f"14:{right:02}", f"{steps} steps, the first of which is taken at once."),
        [
            Wrong(
                f"14:{right + interval:02}",
                "The first step comes at the beginning, so there are nine waits.",
                "M41",
                "R-237",
            ),
            Wrong(f"14:{interval:02}", "That is the second step.", "M41", "R-236"),
            Wrong(f"14:{right // 2:02}", "Each step is a tenth.", "M41", "R-236"),
        ],
        f"(100 / {block['linearPercentage']} - 1) x {block['linearInterval']} = {right} minutes.",
    )


@computed(
    "second-step-of-a-canary",
    rows="P09",
    exams=["DOP-C02 1.4", "SAA-C03 2.2"],
    source=CONFIGURATIONS,
    difficulty="hard",
    enemies="predefined",
    version=2,
)
def canary(draw: Draw) -> Built:
    """The shares at one moment under a predefined canary and under a predefined linear configuration."""
    wait, interval, at = draw.one([(15, 1, 3), (15, 3, 7), (15, 1, 4), (5, 1, 3), (15, 3, 10)])
    names = (
        f"CodeDeployDefault.ECSCanary10Percent{wait}Minutes",
        f"CodeDeployDefault.ECSLinear10PercentEvery{interval}Minutes",
    )
    one, other = (codedeploy.PREDEFINED.value[name]["trafficRoutingConfig"] for name in names)
    first, then = one["timeBasedCanary"], other["timeBasedLinear"]
    canary_share = first["canaryPercentage"] if at < first["canaryInterval"] else 100
    linear_share = min(100, then["linearPercentage"] * (1 + at // then["linearInterval"]))
    return Built(
        f"AWS CodeDeploy brings new versions to two Fargate services: to web with {names[0]}, to api with {names[1]}. "
        f"At 14:00 both shift their first traffic, and nothing fails. Which share of the traffic does the new version "
        f"of web have at 14:{at:02}:30, and which that of api?",
        Right(
            f"web {canary_share} %, api {linear_share} %",
            f"The canary waits {wait} minutes with its one small step; the linear shift began with a tenth and has "
            "added one after each interval.",
        ),
        [
            Wrong(
                f"web {linear_share} %, api {linear_share} %",
                "A canary does not go in equal steps: after the first one all the rest follows.",
                "M41",
                "R-236",
            ),
            Wrong(
                f"web {canary_share} %, api {linear_share - 10} %",
                "The first step of a linear shift is taken at once, not after an interval.",
                "M41",
                "R-237",
            ),
            Wrong(
                f"web {canary_share} %, api {canary_share} %",
                "A linear shift goes on after each interval.",
                "M41",
                "R-236",
            ),
        ],
        f"{names[0]}: {canary_share} % for {wait} minutes, then 100 %. {names[1]}: a tenth at 14:00 and one more "
        f"every {interval} min, {linear_share} % at that moment.",
    )


@computed(
    "price-of-the-second-version",
    rows="P09",
    exams=["SAP-C02 3.5", "SAA-C03 4.2"],
    source=BLUE_GREEN,
    difficulty="hard",
)
def second_version(draw: Draw) -> Built:
    """What the tasks of the old version cost while they wait for a rollback."""
    count, cpu, memory, minutes, deployments = draw.one(
        [(10, 1024, 2048, 60, 40), (20, 2048, 4096, 60, 30), (8, 2048, 8192, 120, 50)]
    )
    each = cost(task(cpu, memory, minutes * 60, count))
    right = each * deployments
    return Built(
        f"A service of {count} Fargate tasks (Linux x86, {cpu / 1024:g} vCPU and "
        f"{memory // 1024} GB, us-east-1) is deployed blue/green "
        f"{deployments} times a month. After each shift the old tasks are kept for {minutes} "
        "minutes, so that a rollback is "
        "quick. An hour of one task costs "
        f"{exact(cost(task(cpu, memory, HOUR)))}. What do the kept tasks add to the monthly bill?",
        Right(dollars(right), "Both versions run meanwhile, and both are paid."),
        [
            Wrong(dollars(right * 0), "Tasks without traffic are paid all the same.", "M75", "R-308"),
            Wrong(dollars(each), "That is one deployment.", "M75", "R-308"),
            Wrong(dollars(right / count), "All tasks of the old version are kept.", "M75", "R-308"),
            Wrong(dollars(right * 2), "The new tasks are on the bill anyway.", "M75", "R-308"),
        ],
        f"{deployments} x {count} tasks x {minutes} minutes: {dollars(right)}.",
    )
