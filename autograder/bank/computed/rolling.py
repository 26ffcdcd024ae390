"""What a rolling deployment may do, what it does, and when the circuit breaker ends it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

from autograder.bank.computed.building import Built, Draw, Right, Wrong, computed
from autograder.bank.computed.figures import GUIDE, counted
from simcloud.sim import events as e
from simcloud.sim.bare import IMAGE, Around, Bare
from simcloud.sim.breaker import threshold
from simcloud.sim.image import Image

ROLLING = GUIDE + "deployment-type-ecs.html"
BREAKER = GUIDE + "deployment-circuit-breaker.html"
LONGEST = 1200
"""Seconds after which a deployment that goes no further is taken to be stuck."""
STARTING = ("PROVISIONING", "PENDING", "ACTIVATING", "RUNNING")


class Rolled(NamedTuple):
    """A rolling deployment that was let live."""

    least: int
    """Tasks that ran at its emptiest moment."""
    most: int
    """Tasks that ran or started at its fullest."""
    done: bool


def service(desired: int, minimum: int, maximum: int, **more: Any) -> Bare:
    """A world with a service that has its tasks."""
    percents = {"minimumHealthyPercent": minimum, "maximumPercent": maximum, **more}
    bare = Bare(desired, launchType="FARGATE", deploymentConfiguration=percents)
    bare.wait(300)
    return bare


def deploy(bare: Bare) -> None:
    """Update the service to a second revision, with the image 2.0."""
    stored = bare.world.definitions[bare.service.primary.definition]
    arn = str(stored["taskDefinitionArn"])[:-1] + "2"
    containers = [{**stored["containerDefinitions"][0], "image": IMAGE.replace("1.0", "2.0")}]
    second = {**stored, "taskDefinitionArn": arn, "revision": 2, "containerDefinitions": containers}
    bare.happen(e.DefinitionRegistered(second))
    bare.happen(e.ServiceUpdated(bare.service.arn, {"taskDefinition": arn}, deploys=True))


def rolled(desired: int, minimum: int, maximum: int) -> Rolled:
    """Deploy a second revision, and look every second."""
    bare = service(desired, minimum, maximum)
    deploy(bare)
    least, most = desired, 0
    for _ in range(LONGEST):
        bare.wait(1)
        states = [task.status for task in bare.world.tasks.values()]
        least = min(least, states.count("RUNNING"))
        most = max(most, sum(state in STARTING for state in states))
        if len(bare.service.deployments) == 1 and bare.service.primary.rollout == "COMPLETED":
            return Rolled(least, most, True)
    return Rolled(least, most, False)


def bounds(desired: int, minimum: int, maximum: int) -> tuple[int, int]:
    """The fewest healthy tasks, and the most that run or start, that the percentages allow."""
    held = service(desired, minimum, maximum).service
    return held.least, held.most


@computed(
    "most-tasks-in-a-deployment", rows="P01", exams=["SAA-C03 2.2", "DOP-C02 1.4"], source=ROLLING, enemies="percents"
)
def most_tasks(draw: Draw) -> Built:
    """The upper bound that the scheduler keeps to, and that a deployment is seen to keep to."""
    desired, maximum = draw.one([(3, 150), (5, 150), (5, 130), (7, 150), (7, 120), (9, 125), (11, 150), (6, 140)])
    _, most = bounds(desired, 100, maximum)
    seen = rolled(desired, 100, maximum)
    assert seen.done
    assert seen.most == most, seen
    exact = desired * maximum / 100
    return Built(
        f"An ECS service on AWS Fargate has a desired count of {desired}, minimumHealthyPercent 100 and maximumPercent "
        f"{maximum}. It is updated to a new revision by a rolling deployment. How many of its "
        "tasks run or start at the "
        "same time at most?",
        Right(counted(most), f"{maximum} % of {desired} is {exact:g}, and the maximum is rounded down."),
        [
            Wrong(
                counted(-(-desired * maximum // 100)),
                f"The maximum of {exact:g} is rounded down, not up.",
                "M37",
                "R-200",
            ),
            Wrong(counted(desired * 2), "Twice the count is what maximumPercent 200 would allow.", "M37", "R-200"),
            Wrong(counted(desired), "With a minimum of 100 % no task could then be replaced.", "M37", "R-200"),
            Wrong(counted(desired + 1), "The number follows from the percentage.", "M37", "R-200"),
        ],
        f"floor({desired} x {maximum} / 100) = {most}. In the simulated deployment {most} "
        "were seen at the fullest moment.",
    )


@computed(
    "fewest-tasks-in-a-deployment", rows="P01", exams=["SAA-C03 2.2", "DOP-C02 1.4"], source=ROLLING, enemies="percents"
)
def fewest_tasks(draw: Draw) -> Built:
    """The lower bound that the scheduler keeps to, and that a deployment is seen to keep to."""
    desired, minimum = draw.one([(5, 50), (7, 50), (5, 70), (9, 50), (9, 75), (11, 60), (6, 75), (10, 75)])
    least, _ = bounds(desired, minimum, 100)
    seen = rolled(desired, minimum, 100)
    assert seen.done
    assert seen.least == least, seen
    exact = desired * minimum / 100
    return Built(
        f"A licence allows a company no more than {desired} tasks of a service at any time. "
        "The service on AWS Fargate has "
        f"a desired count of {desired}, minimumHealthyPercent {minimum} and maximumPercent "
        "100. How many of its tasks stay "
        "running through a rolling deployment, at the fewest?",
        Right(counted(least), f"{minimum} % of {desired} is {exact:g}, and the minimum is rounded up."),
        [
            Wrong(counted(int(exact)), f"The minimum of {exact:g} is rounded up, not down.", "M37", "R-200"),
            Wrong(
                counted(desired - 1), "It is not one after another: as many go as the minimum lets go.", "M83", "R-200"
            ),
            Wrong(counted(desired), "With a maximum of 100 % tasks must go before new ones come.", "M37", "R-200"),
            Wrong(counted(least - 2), "That would be below the minimum.", "M37", "R-200"),
        ],
        f"ceil({desired} x {minimum} / 100) = {least}. In the simulated deployment the "
        f"emptiest moment had {seen.least}.",
    )


@computed(
    "percentages-that-block", rows="P01", exams=["DOP-C02 5.3"], source=ROLLING, difficulty="hard", enemies="percents"
)
def blocked(draw: Draw) -> Built:
    """Four pairs of percentages are let live; one deployment goes no further."""
    desired = draw.one([2, 3, 4])
    tried = {
        pair: rolled(desired, *pair) for pair in ((100, 200), (50, 100), (100, 150), (0, 100), (100, 120), (75, 100))
    }
    stuck = [pair for pair, seen in tried.items() if not seen.done]
    free = [pair for pair, seen in tried.items() if seen.done]
    one = draw.one(stuck)
    room = f"{desired * one[1] // 100} at most and {-(-desired * one[0] // 100)} at the fewest"
    return Built(
        "A rolling deployment of an ECS service on AWS Fargate with a desired count of "
        f"{desired} stands still: no task is "
        "started and none is stopped, and an event says that the service was unable to stop "
        "or start tasks because of its "
        "deployment configuration. Which configuration does the service have?",
        Right(_pair(one), f"With a desired count of {desired} it allows {room}: there is room for nothing."),
        [Wrong(_pair(each), _room(desired, *each), "M37", "R-201") for each in draw.some(free, 3)],
        f"The minimum is rounded up and the maximum down. Of {desired} tasks {_pair(one)} leaves {room}.",
    )


def _pair(pair: tuple[int, int]) -> str:
    return f"Minimum {pair[0]} % and maximum {pair[1]} %"


def _room(desired: int, minimum: int, maximum: int) -> str:
    more, less = desired * maximum // 100 - desired, desired + (-desired * minimum // 100)
    return f"It goes on: {more} may be started in advance, {less} may be stopped first."


@computed(
    "failures-until-the-breaker-trips",
    rows="P01",
    exams=["DOP-C02 1.4"],
    source=BREAKER,
    difficulty="hard",
    enemies="breaker",
)
def breaker(draw: Draw) -> Built:
    """The threshold of the circuit breaker for a desired count."""
    desired = draw.one([1, 2, 4, 5, 9, 15, 25, 31, 500, 800])
    right = threshold(desired, {})
    half = -(-desired // 2)
    return Built(
        f"An ECS service on AWS Fargate with a desired count of {desired} uses rolling "
        "deployments with the deployment circuit "
        "breaker and its default threshold. A new revision is deployed whose tasks stop "
        "before they reach RUNNING. After "
        "how many failed tasks does the circuit breaker mark the deployment as failed?",
        Right(counted(right, "failed task"), "Half of the desired count, rounded up, but from 3 to 200."),
        [
            Wrong(counted(half, "failed task"), "No fewer than 3 and no more than 200 are counted.", "M65", "R-212"),
            Wrong(counted(10, "failed task"), "10 was the least until AWS lowered it to 3.", "M65", "R-213"),
            Wrong(counted(desired, "failed task"), "Half of the count is enough.", "M65", "R-212"),
            Wrong(counted(1, "failed task"), "A single failure may be an accident, and is tolerated.", "M65", "R-212"),
            Wrong(counted(5, "failed task"), "The threshold follows from the desired count.", "M65", "R-212"),
        ],
        f"ceil(0.5 x {desired}) = {half}, held between 3 and 200: {right}.",
    )


@computed(
    "breaker-with-a-threshold", rows="P01", exams=["DOP-C02 1.4"], source=BREAKER, difficulty="hard", enemies="breaker"
)
def breaker_configured(draw: Draw) -> Built:
    """The threshold of a circuit breaker that is configured in one of three ways."""
    desired, percent = draw.one([(4, 25), (5, 40), (10, 20), (8, 25), (20, 5)])
    unbounded = threshold(desired, {"thresholdConfiguration": {"type": "UNBOUNDED_PERCENT", "value": percent}})
    bounded = threshold(desired, {"thresholdConfiguration": {"type": "BOUNDED_PERCENT", "value": percent}})
    count = threshold(desired, {"thresholdConfiguration": {"type": "COUNT", "value": percent}})
    return Built(
        f"A team wants the deployment circuit breaker of a service with {desired} tasks to "
        "react sooner than by default. In its "
        f"thresholdConfiguration it sets type UNBOUNDED_PERCENT and value {percent}. How many "
        "failed tasks fail a deployment "
        "now?",
        Right(
            counted(unbounded, "failed task"), f"{percent} % of {desired}, rounded up, without the bounds of 3 and 200."
        ),
        [
            Wrong(
                counted(bounded, "failed task"), "BOUNDED_PERCENT would hold the number at 3 or more.", "M65", "R-220"
            ),
            Wrong(
                counted(count, "failed task"),
                "With the type COUNT the value would be the number itself.",
                "M65",
                "R-220",
            ),
            Wrong(counted(-(-desired // 2), "failed task"), "Half of the count is the default.", "M65", "R-220"),
            Wrong(counted(10, "failed task"), "10 is no bound any more.", "M65", "R-213"),
        ],
        f"ceil({percent} x {desired} / 100) = {unbounded}. The default type, BOUNDED_PERCENT, would give {bounded}.",
    )


class Second(Around):
    """Its second image ends five seconds after its start."""

    def image(self, reference: str) -> Image | None:
        good = Image(IMAGE, "sha256:" + "0" * 64)
        bad = replace(good, digest="sha256:" + "1" * 64, exit_after=5.0, exit_code=1)
        return bad if "2.0" in reference or bad.digest in reference else good


@computed("failing-release-with-and-without", rows="P01", exams=["DOP-C02 3", "SAP-C02 3.4"], source=BREAKER)
def without_breaker(draw: Draw) -> Built:
    """A service whose new revision's tasks fail, let live for a while without and with the breaker."""
    minutes = draw.one([60, 75, 90])
    desired = draw.one([2, 4])

    def lived(breaker: dict[str, bool]) -> tuple[int, int]:
        bare = Bare(
            desired,
            around=Second(Image(IMAGE, "sha256:" + "0" * 64)),
            launchType="FARGATE",
            deploymentConfiguration={"deploymentCircuitBreaker": breaker},
        )
        bare.wait(300)
        deploy(bare)
        bare.wait(minutes * 60)
        old = [
            task
            for task in bare.world.tasks.values()
            if task.status == "RUNNING" and task.created_at < bare.world.now - minutes * 60
        ]
        return len(old), int(bare.service.primary.definition.rpartition(":")[2])

    serving, revision = lived({"enable": False, "rollback": False})
    _, back = lived({"enable": True, "rollback": True})
    assert (serving, revision, back) == (desired, 2, 1), (serving, revision, back)
    return Built(
        f"An ECS service on AWS Fargate with {desired} tasks, minimumHealthyPercent 100 and "
        "maximumPercent 200 gets a revision "
        "whose container ends with exit code 1 a few seconds after its start. The service "
        "has neither a circuit breaker nor deployment "
        f"alarms. Nobody looks at it for {minutes} minutes. What does the team find then?",
        Right(
            "The old tasks serve, and new ones are still started",
            "Nothing ends the deployment; the minimum keeps the old tasks.",
        ),
        [
            Wrong(
                "The old tasks serve, and the deployment was rolled back",
                "That takes the circuit breaker with rollback.",
                "M38",
                "R-218",
            ),
            Wrong(
                "No task serves, and new ones are still started",
                "At 100 % none of the old tasks may go before a new one is healthy.",
                "M83",
                "R-200",
            ),
            Wrong(
                "No task serves, and the deployment was given up",
                "A deployment does not give up by itself.",
                "M38",
                "R-218",
            ),
        ],
        f"After {minutes} simulated minutes {serving} old tasks run and the deployment is in "
        "progress. With the breaker and rollback "
        "the service was back on its first revision.",
    )


@computed(
    "replacement-of-a-lost-task",
    rows="P01",
    exams=["CLF-C02 3.3", "SAA-C03 2.2"],
    source=GUIDE + "ecs_services.html",
    difficulty="easy",
)
def lost_task(draw: Draw) -> Built:
    """A task of a service is stopped by hand; five minutes later the running tasks are counted."""
    desired, lost = draw.one([(4, 1), (6, 2), (5, 2), (8, 3)])
    bare = service(desired, 100, 200)
    for task in list(bare.world.tasks.values())[:lost]:
        bare.happen(e.StopAsked(task.id, "UserInitiated", "stopped by hand"))
    bare.wait(300)
    running = sum(task.status == "RUNNING" for task in bare.world.tasks.values())
    assert running == desired
    return Built(
        f"A service of Amazon ECS on AWS Fargate has a desired count of {desired}. It has no "
        f"scaling policy. {counted(lost)} "
        f"{'fails' if lost == 1 else 'fail'} and {'stops' if lost == 1 else 'stop'}. How many "
        "tasks run some minutes later?",
        Right(counted(running), "The service starts a task in the place of each one that it lost."),
        [
            Wrong(counted(desired - lost), "That would be so for tasks without a service.", "M71", "R-146"),
            Wrong(counted(desired + lost), "As many are started as are missing, and no more.", "M45", "R-242"),
            Wrong(counted(desired - lost + 1), "Each lost task is replaced, not one alone.", "M71", "R-146"),
            Wrong(counted(desired * 2), "Twice the count is a limit for deployments.", "M37", "R-200"),
        ],
        f"The service keeps its desired count. In the simulation {running} tasks run five minutes later.",
    )
