"""What scaling policies make of a number of tasks, and when."""

from __future__ import annotations

import math

from autograder.bank.computed.building import Built, Draw, Right, Wrong, computed
from autograder.bank.computed.figures import GUIDE, counted
from simcloud.cloud import scaling_sketch
from simcloud.facts import scaling
from simcloud.sim.scaling.capacity import Bounds, Wish, by_steps, by_tracking, together

AAS = "https://docs.aws.amazon.com/autoscaling/application/userguide/"
TRACKING = GUIDE + "service-autoscaling-targettracking.html"
STEPS = AAS + "step-scaling-policy-overview.html"


@computed("tasks-for-the-load", rows="F17", exams=["SAA-C03 3.2", "DOP-C02 3"], source=TRACKING, enemies="tracking")
def scale_out(draw: Draw) -> Built:
    """The arithmetic of target tracking, out; the ratio is a whole number."""
    tasks, metric, target = draw.one([(4, 75, 50), (6, 80, 60), (5, 80, 50), (10, 72, 60), (8, 90, 60), (3, 100, 50)])
    limit = 40
    right = by_tracking(target, tasks, metric, Bounds(2, limit))
    return Built(
        "A Fargate service follows a target tracking policy on average CPU utilisation with "
        f"a target of {target} %, between 2 "
        f"and {limit} tasks. Its {tasks} tasks go from {target - 5} % to {metric} % and stay "
        "there for five minutes. To how "
        "many tasks does the policy set the service?",
        Right(counted(right), f"{tasks} x {metric} / {target} brings the mean back to {target} %."),
        [
            Wrong(counted(tasks + 1), "It does not go step by step.", "M51", "R-248"),
            Wrong(counted(tasks * 2), "It is not a doubling: the number follows from the metric.", "M51", "R-248"),
            Wrong(counted(limit), "The maximum is a limit, not an aim.", "M51", "R-248"),
            Wrong(counted(tasks), "The metric was above the target for longer than three minutes.", "M45", "R-246"),
        ],
        f"In proportion: {tasks} x {metric} / {target} = {right}.",
    )


@computed("limit-of-the-policy", rows="F17", exams=["SAA-C03 2.1"], source=TRACKING, enemies="tracking")
def clamped(draw: Draw) -> Built:
    """The same where the maximum capacity is in the way."""
    tasks, metric, target, most = draw.one([(8, 90, 45, 12), (10, 100, 50, 15), (6, 90, 45, 10), (12, 75, 50, 16)])
    right = by_tracking(target, tasks, metric, Bounds(2, most))
    wanted = by_tracking(target, tasks, metric, Bounds(2, 1000))
    return Built(
        "A Fargate service was registered with Application Auto Scaling with MinCapacity 2 "
        f"and MaxCapacity {most}. It tracks "
        f"{target} % of CPU. Its {tasks} tasks stand at {metric} % for several minutes, and "
        "users wait. To how many tasks is "
        "it set?",
        Right(counted(right), "The policy does not go beyond MaxCapacity."),
        [
            Wrong(counted(wanted), "So many are needed, but MaxCapacity stands before that.", "M51", "R-244"),
            Wrong(counted(tasks), "It grows as far as it may.", "M51", "R-244"),
            Wrong(counted(tasks + 1), "It does not go step by step.", "M51", "R-248"),
        ],
        f"{tasks} x {metric} / {target} = {wanted} tasks are wanted, and {most} allowed.",
    )


@computed("when-it-scales-in", rows="F17", exams=["DOP-C02 3"], source=TRACKING, difficulty="hard", version=2)
def low_alarm(draw: Draw) -> Built:
    """When the load goes down in two steps: the minute of the low alarm that a target tracking policy makes."""
    target = draw.one([40, 50, 60, 70, 80])
    share, periods = scaling.LOW_SHARE.value, scaling.LOW_PERIODS.value
    right = round(target * share)
    high = scaling.HIGH_PERIODS.value
    between, deep = round(target * (1 + share) / 2), round(target * 0.8)
    falls = draw.one([20, 30])
    return Built(
        f"A target tracking policy keeps a Fargate service at a CPU utilisation of {target} %. CloudWatch shows "
        "the two "
        f"alarms that it made: above {target} % for {high} datapoints of a minute, and below {right} % for {periods}. "
        f"The service runs at {target} %. At 14:00 its load falls, and utilisation is {between} %; at "
        f"14:{falls} it falls "
        f"again, to {deep} %, and stays there. At about which time does the policy take tasks away?",
        Right(
            f"14:{falls + periods}",
            f"{between} % is below the target and above the low alarm. That one begins to count at 14:{falls}, and "
            "needs all of "
            "its datapoints.",
        ),
        [
            Wrong(
                f"14:{high:02}",
                "Three minutes are for the way out, and what is below the target alone is left.",
                "M69",
                "R-246",
            ),
            Wrong(f"14:{periods}", f"{between} % is below the target, and not below {right} %.", "M69", "R-246"),
            Wrong(
                f"14:{falls + high}",
                f"Three datapoints are for the way out. The way in takes {periods}.",
                "M69",
                "R-246",
            ),
        ],
        f"The low alarm stands at nine tenths of the target, {target} x {share} = {right} %, and waits for "
        f"{periods} datapoints, "
        "so that a service does not swing. AWS promises the caution and not these numbers: read them in the alarms.",
    )


@computed(
    "two-policies-at-odds",
    rows="F17",
    exams=["DOP-C02 3"],
    source=AAS + "application-auto-scaling-target-tracking.html",
    difficulty="hard",
    enemies="several-policies",
)
def two_policies(draw: Draw) -> Built:
    """Two tracking policies, one of which wants out and one in."""
    tasks, cpu, memory = draw.one([(10, 8, 14), (6, 4, 9), (12, 9, 15), (8, 6, 10)])
    right = together(tasks, [Wish(cpu, True), Wish(memory, True)])
    return Built(
        f"A Fargate service of {tasks} tasks has two target tracking policies. The one on CPU "
        f"would go down to {cpu} tasks. The "
        f"one on memory would go up to {memory}. Both alarms are on, and no cooldown runs. "
        "How many tasks does the service "
        "get?",
        Right(counted(right), "As soon as one policy wants out, the service goes out."),
        [
            Wrong(counted(cpu), "It would go in if both wanted in.", "M78", "R-250"),
            Wrong(counted(math.ceil((cpu + memory) / 2)), "No mean of the wishes is taken.", "M78", "R-250"),
            Wrong(counted(tasks), "The policies do not block each other on the way out.", "M78", "R-250"),
            Wrong(counted(memory + tasks - cpu), "The wishes are not set off against each other.", "M78", "R-250"),
        ],
        f"Availability first: the larger wish, {right} tasks, wins.",
    )


@computed(
    "two-policies-that-want-in",
    rows="F17",
    exams=["DOP-C02 3"],
    source=AAS + "application-auto-scaling-target-tracking.html",
    difficulty="hard",
    enemies="several-policies",
)
def both_in(draw: Draw) -> Built:
    """Three tracking policies, of which one is content: nothing goes in."""
    tasks, low = draw.one([(12, 6), (10, 5), (9, 4), (14, 8)])
    right = together(tasks, [Wish(low, True), Wish(low + 2, True), Wish(tasks, True)])
    agreed = together(tasks, [Wish(low, True), Wish(low + 2, True)])
    return Built(
        f"A Fargate service of {tasks} tasks has three target tracking policies, all allowed "
        "to scale in. The first would go down "
        f"to {low} tasks and the second to {low + 2}. The metric of the third stays at its "
        "target, and its low alarm is off. How many tasks does the "
        "service have afterwards?",
        Right(counted(right), "A service goes in when all of its target tracking policies are ready to."),
        [
            Wrong(counted(agreed), "That would be so without the third policy.", "M78", "R-250"),
            Wrong(counted(low), "The smallest wish does not win.", "M78", "R-250"),
            Wrong(counted(tasks - 1), "While one policy holds it back it does not go in at all.", "M78", "R-250"),
            Wrong(counted((low + low + 2 + tasks) // 3), "No mean of the wishes is taken.", "M78", "R-250"),
        ],
        f"The third does not agree, so the service keeps {right} tasks. Without it, {agreed} would be left.",
    )


@computed("step-for-the-breach", rows="F17", exams=["SAA-C03 3.2", "DOP-C02 3"], source=STEPS)
def step(draw: Draw) -> Built:
    """A step scaling policy, whose bounds count from the threshold of the alarm."""
    threshold, metric, tasks = draw.one([(60, 85, 4), (50, 75, 6), (70, 95, 5), (60, 75, 4), (50, 65, 8)])
    small, large = draw.one([(1, 3), (2, 5), (1, 4)])
    edge = 20
    steps = [
        {"MetricIntervalLowerBound": 0, "MetricIntervalUpperBound": edge, "ScalingAdjustment": small},
        {"MetricIntervalLowerBound": edge, "ScalingAdjustment": large},
    ]
    right = by_steps(
        {"AdjustmentType": "ChangeInCapacity", "StepAdjustments": steps}, tasks, metric - threshold, Bounds(1, 50)
    )
    other = tasks + small + large - (right - tasks)
    return Built(
        f"An alarm on CPU utilisation with a threshold of {threshold} % calls a step scaling "
        "policy of a Fargate service with "
        f"ChangeInCapacity: MetricIntervalLowerBound 0 and MetricIntervalUpperBound {edge} add {small} tasks, "
        f"MetricIntervalLowerBound {edge} adds {large}. "
        f"The service has {tasks} tasks, "
        f"and the metric is {metric} %. How many tasks does it get?",
        Right(counted(right), f"The bounds count from the threshold: {metric} is {metric - threshold} above it."),
        [
            Wrong(counted(other), "The other step holds that value.", "M87", "R-254"),
            Wrong(counted(tasks + small + large), "One step is taken, not the sum.", "M87", "R-254"),
            Wrong(counted(right - tasks), "ChangeInCapacity adds; ExactCapacity would set.", "M87", "R-255"),
        ],
        f"{metric} - {threshold} = {metric - threshold}. {tasks} + {right - tasks} = {right}.",
    )


@computed("percent-step-rounded", rows="F17", exams=["DOP-C02 3"], source=STEPS, difficulty="hard")
def percent_step(draw: Draw) -> Built:
    """A step by percent, rounded toward zero beyond one task."""
    tasks, percent = draw.one([(10, 25), (14, 25), (11, 30), (13, 20), (9, 50), (7, 40)])
    steps = [{"MetricIntervalLowerBound": 0, "ScalingAdjustment": percent}]
    right = by_steps({"AdjustmentType": "PercentChangeInCapacity", "StepAdjustments": steps}, tasks, 5, Bounds(1, 99))
    exact = tasks * percent / 100
    return Built(
        "A step scaling policy of a Fargate service has the adjustment type "
        "PercentChangeInCapacity and a single step of "
        f"{percent} %. The service has {tasks} tasks, and no minimum magnitude is set. How "
        "many tasks does it have after one "
        "activity?",
        Right(counted(right), f"{percent} % of {tasks} is {exact:g}, and beyond 1 the fraction is dropped."),
        [
            Wrong(
                counted(tasks + math.ceil(exact)),
                "Beyond one task the fraction is dropped, not rounded up.",
                "M87",
                "R-255",
            ),
            Wrong(counted(tasks + percent), "The adjustment is a percentage, not a number of tasks.", "M87", "R-255"),
            Wrong(counted(tasks + 1), "It is not one task at a time.", "M87", "R-255"),
            Wrong(counted(tasks), "The change is more than one task, so it is made.", "M87", "R-255"),
        ],
        f"{exact:g} becomes {right - tasks}: {tasks} + {right - tasks} = {right}.",
    )


@computed("at-least-so-many", rows="F17", exams=["DOP-C02 3"], source=STEPS, difficulty="hard")
def least_magnitude(draw: Draw) -> Built:
    """A step by percent with a minimum magnitude."""
    tasks, percent, least = draw.one([(4, 25, 3), (5, 20, 2), (4, 50, 3), (8, 10, 2), (6, 25, 3)])
    steps = [{"MetricIntervalLowerBound": 0, "ScalingAdjustment": percent}]
    kind = {"AdjustmentType": "PercentChangeInCapacity", "StepAdjustments": steps}
    right = by_steps({**kind, "MinAdjustmentMagnitude": least}, tasks, 5, Bounds(1, 99))
    without = by_steps(kind, tasks, 5, Bounds(1, 99))
    return Built(
        f"A service of {tasks} Fargate tasks scales by steps: PercentChangeInCapacity, "
        f"{percent} % for any breach, with "
        f"MinAdjustmentMagnitude {least}. The alarm goes off. How many tasks does the service "
        "have after that activity?",
        Right(counted(right), f"At least {least} tasks are added, as the percentage alone gives {without - tasks}."),
        [
            Wrong(counted(without), "The minimum magnitude is larger than the percentage here.", "M87", "R-256"),
            Wrong(counted(without + least), "The larger of the two counts, not the sum.", "M87", "R-256"),
            Wrong(counted(least), "The magnitude is a change, not a count.", "M87", "R-256"),
            Wrong(counted(tasks), "The alarm is on, so a change is made.", "M87", "R-256"),
        ],
        f"{percent} % of {tasks} is {tasks * percent / 100:g}; the change is at least {least}: {right} tasks.",
    )


@computed(
    "backlog-of-one-task",
    rows="P06 F17",
    exams=["SAA-C03 2.1", "DOP-C02 3"],
    source="https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-using-sqs-queue.html",
    difficulty="hard",
)
def backlog(draw: Draw) -> Built:
    """Target tracking on messages per task: the target from latency, the count from the queue."""
    work, latency, tasks = draw.one([(2, 60, 5), (3, 90, 4), (1, 30, 6), (6, 300, 3), (2, 120, 2)])
    target = latency // work
    waiting = target * tasks * 2
    right = by_tracking(target, tasks, waiting / tasks, Bounds(1, 100))
    return Built(
        f"Workers on AWS Fargate need {work} s for a message of an Amazon SQS queue, and a "
        f"message may wait {latency} s. The "
        "service tracks the number of visible messages divided by its running tasks, with "
        "the target that follows from "
        f"this. {tasks} tasks run and {waiting} messages wait. To how many tasks does the "
        "policy go, if its maximum allows?",
        Right(counted(right), f"A task works off {target} messages in time; {waiting} need {right} tasks."),
        [
            Wrong(counted(waiting // work), "Messages are not worked off at the same moment.", "M50", "R-263"),
            Wrong(counted(tasks + 1), "It does not go step by step.", "M51", "R-248"),
            Wrong(counted(math.ceil(waiting / latency)), "The time for a message belongs in the sum.", "M50", "R-263"),
            Wrong(counted(tasks), "The backlog of each task is twice what it may be.", "M50", "R-263"),
        ],
        f"Target: {latency} / {work} = {target} messages a task. {waiting} / {target} = {right}.",
    )


@computed(
    "target-of-a-backlog",
    rows="P06",
    exams=["SAA-C03 2.1"],
    source="https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-using-sqs-queue.html",
)
def backlog_target(draw: Draw) -> Built:
    """The target value of a backlog per task: how many messages the simulated worker takes in the time allowed."""
    work, latency = draw.one([(2, 60), (4, 120), (5, 200), (3, 60), (8, 240), (6, 90)])
    right = latency // work
    return Built(
        f"A fleet of Fargate tasks works off an Amazon SQS queue. A message takes {work} "
        "seconds of work, and the business accepts "
        f"that it waits up to {latency} seconds. The service is to follow the backlog per "
        "task by target tracking. Which target "
        "value fits?",
        Right(f"{right} messages per task", "So many messages are worked off in the time that the last may wait."),
        [
            Wrong(
                f"{latency} messages per task",
                f"Each takes {work} s, so the last would wait {latency * work} s.",
                "M50",
                "R-263",
            ),
            Wrong(
                f"{work} messages per task", "The tasks would be far more than the business asks for.", "M50", "R-263"
            ),
            Wrong(
                f"{latency * work} messages per task",
                "The time is divided by the work, not multiplied.",
                "M50",
                "R-263",
            ),
            Wrong("1 message per task", "No message would wait, at a high price.", "M50", "R-263"),
        ],
        f"Acceptable latency / mean time of a message = {latency} / {work} = {right}.",
    )


@computed(
    "load-without-a-policy",
    rows="F23",
    exams=["CLF-C02 1.1", "SAA-C03 2.1"],
    source=GUIDE + "service-auto-scaling.html",
    difficulty="easy",
    enemies="no-policy",
)
def no_policy(draw: Draw) -> Built:
    """A service without a policy under a hill of load: its count is read at the top."""
    peak = draw.one([300, 400, 500])
    seen = scaling_sketch.run(scaling_sketch.Sketch(peak=peak, scales=False))
    right = max(running for _, _, running in ((each.at, each.desired, each.running) for each in seen.counts))
    return Built(
        f"A service of Amazon ECS on AWS Fargate has a desired count of {right} and no "
        "scaling policy. The number of its users "
        f"rises to {peak // 20} times the usual for half an hour. How many tasks of the "
        "service run at the end of that time?",
        Right(counted(right), "Nobody changed the desired count."),
        [
            Wrong(counted(right * peak // 20), "Fargate does not add tasks for load by itself.", "M45", "R-242"),
            Wrong(counted(right * 2), "200 % is a limit of deployments, not of load.", "M45", "R-242"),
            Wrong(counted(right + 1), "Without a policy not a single task is added.", "M45", "R-242"),
        ],
        f"In the simulation {right} tasks ran all the time, and requests went unanswered.",
    )


@computed(
    "range-moved-by-the-clock",
    rows="F17",
    exams=["SAA-C03 3.2", "DOP-C02 3"],
    source=AAS + "application-auto-scaling-scheduled-scaling.html",
)
def scheduled(draw: Draw) -> Built:
    """A scheduled action moves the range, and the capacity into it."""
    tasks, least, most = draw.one([(3, 6, 20), (2, 8, 30), (4, 10, 25), (5, 12, 40)])
    right = Bounds(least, most).clamp(tasks)
    return Built(
        f"A Fargate service tracks CPU utilisation between 2 and {most} tasks. A scheduled "
        f"action sets MinCapacity {least} and "
        f"MaxCapacity {most} at 07:30. At 07:29 the service has {tasks} tasks, and CPU is at "
        "its target. How many tasks does "
        "it have at 07:35?",
        Right(counted(right), "The count is moved into the new range at once."),
        [
            Wrong(counted(tasks), "The count is outside the new range, and moved.", "M88", "R-253"),
            Wrong(counted(most), "It is moved to the nearer end of the range.", "M88", "R-253"),
            Wrong(counted(least + tasks), "The minimum is a bound, not an addition.", "M88", "R-253"),
        ],
        f"The new range is {least} to {most}; {tasks} lies below it, so {right}. Target "
        "tracking goes on within the range.",
    )


@computed(
    "count-set-by-hand",
    rows="F17 F23",
    exams=["DOP-C02 2"],
    source="https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html",
    difficulty="hard",
)
def by_hand(draw: Draw) -> Built:
    """RegisterScalableTarget over a service whose count is outside the range."""
    tasks, least, most = draw.one([(12, 2, 8), (15, 3, 10), (20, 4, 16)])
    right = Bounds(least, most).clamp(tasks)
    return Built(
        f"A Fargate service runs with a desired count of {tasks}, set by hand in a test of load. A stack then calls "
        f"RegisterScalableTarget for it, with MinCapacity {least} and MaxCapacity {most}, and "
        "has no policy yet. What is the "
        "desired count of the service afterwards?",
        Right(str(right), "Registering moves a count outside the range to the nearer bound."),
        [
            Wrong(str(tasks), "The current count is read and moved into the range.", "M88", "R-244"),
            Wrong(str(least), "It is moved to the nearer bound, which is the upper one.", "M88", "R-244"),
            Wrong(str((least + most) // 2), "No middle of the range is taken.", "M88", "R-244"),
        ],
        f"{tasks} is above {most}, so the count becomes {right}: to register a target changes its current "
        "capacity to a "
        "value inside of the range, with or without a policy.",
    )
