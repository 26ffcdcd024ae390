"""Lab 09: right answers by more than one way, plausible wrong ones with what each must be told, and the untouched stub.

Every text is an answer cell. It may use what the setup cell has left: `target`, `usual_day`, `ecs`, `watch`, `scaling`.
"""

from collections.abc import Mapping
from typing import Any

from autograder.author.worked import SOLUTION, Answer, untouched
from autograder.checks.labs.scale_with_load.plan import plan_of

WAITS = "judged once the check before it"

# --- 1. without a policy

TRY = """
def rush(count):
    with desk.cloud.copy() as future:
        ecs.update_service(cluster=desk.cluster, service=desk.shop, desiredCount=count)
        future.advance(minutes=15)
        future.load(desk.shop, desk.rush, cluster=desk.cluster)
        future.advance(hours=1)
        lost, asked = future.scaling_history(desk.shop, desk.cluster, minutes=60).failed
        slow = max(each.latency for each in future.scaling_history(desk.shop, desk.cluster, minutes=60).readings)
        return len(future.tasks(desk.cluster, service=desk.shop, status="RUNNING")), 100 * lost / asked, slow


stays, lost, _ = rush(2)
enough = 2
while rush(enough)[2] > 0.25:
    enough += 1
"""
NO_POLICY = (
    Answer("as in the solution", SOLUTION),
    Answer("from the history, count by count", TRY),
    Answer("it grows by itself", TRY + "stays = enough", misses={"stays": "who asks for more tasks"}),
    Answer("a share in place of percent", TRY + "lost = lost / 100", misses={"lost": "0 to 100"}),
    Answer("none is lost, it is only slow", TRY + "lost = 0", misses={"lost": "served"}),
    Answer(
        "just as many as answer at all",
        TRY + "enough = -(-desk.rush // (2 * desk.rush * (1 - lost / 100) / 4))",
        misses={"enough": "within 250 ms"},
    ),
    Answer("one too many", TRY + "enough += 1", misses={"enough": "the least number"}),
    Answer("words", "stays, lost, enough = 'two', 'half', None", misses={"stays": "", "lost": "", "enough": ""}),
    Answer("a copy of nothing", "with desk.cloud.copies() as future:\n    pass", raises="TypeError", attempted=False),
    untouched(),
)

# --- 2. follow

TRACK = """
def track(value, *, service=desk.shop, metric="ECSServiceAverageCPUUtilization", out=60, back=120, **more):
    least, most = more.pop("least", desk.bounds[service][0]), more.pop("most", desk.bounds[service][1])
    scaling.register_scalable_target(**target(service), MinCapacity=least, MaxCapacity=most)
    scaling.put_scaling_policy(
        **target(service), PolicyName="track", PolicyType="TargetTrackingScaling",
        TargetTrackingScalingPolicyConfiguration={
            "TargetValue": value, "PredefinedMetricSpecification": {"PredefinedMetricType": metric},
            "ScaleOutCooldown": out, "ScaleInCooldown": back, **more,
        },
    )


"""
FEW = {name: WAITS for name in ("follow-quick", "follow-cheap", "follow-bounds", "follow-full", "follow-full-cheap")}
FOLLOW = (
    Answer("as in the solution", SOLUTION),
    Answer("half busy", TRACK + "track(50.0)"),
    Answer("with one task more at night", TRACK + "track(60.0, least=3)"),
    Answer("as many as it likes", TRACK + "track(55.0, most=60)", misses={"follow-bounds": "at most, whatever comes"}),
    Answer("one task at night", TRACK + "track(55.0, least=1)", misses={"follow-bounds": "in the emptiest hour too"}),
    Answer("slow to save", TRACK + "track(50.0, back=300)", misses={"follow-bounds": "60 and 300"}),
    Answer(
        "nine tenths busy",
        TRACK + "track(90.0)",
        misses={"follow-quick": "250 ms", "follow-full": "at the worst"},
    ),
    Answer(
        "enough for the worst hour, day and night",
        TRACK + "track(55.0, least=desk.bounds[desk.shop][1])",
        misses={"follow-cheap": "cost", "follow-full-cheap": "cost"},
    ),
    Answer(
        "no way down",
        TRACK + "track(30.0, DisableScaleIn=True)",
        misses={"follow-cheap": "cost", "follow-full-cheap": "cost"},
    ),
    Answer(
        "too few at most",
        TRACK + "track(55.0, most=4)",
        misses={"follow-answers": "with 2 to 4 tasks", **FEW},
    ),
    Answer(
        "the memory, which hardly moves",
        TRACK + 'track(80.0, metric="ECSServiceAverageMemoryUtilization")',
        misses={"follow-answers": "are lost", **FEW},
    ),
    Answer(
        "a larger count, and no policy",
        "ecs.update_service(cluster=desk.cluster, service=desk.shop, desiredCount=20)\ndesk.cloud.advance(minutes=5)",
        misses={"follow-answers": "it is not registered", **FEW},
    ),
    Answer(
        "bounds without a policy",
        "scaling.register_scalable_target(**target(desk.shop), MinCapacity=2, MaxCapacity=20)",
        misses={"follow-answers": "are lost", **FEW},
    ),
    Answer(
        "a policy for what is not registered",
        TRACK.replace("    scaling.register", "    pass  # scaling.register") + "track(50.0)",
        raises="ClientError",
        attempted=False,
    ),
    untouched(),
)

# --- 3. jump

JUMP_PARTS = (
    TRACK
    + """
def clock(before, count, *, after=65, less=2, most=None):
    hour, minute = (int(part) for part in desk.opens.split(":")) if ":" in desk.opens else (8, 0)
    scaling.register_scalable_target(**target(desk.gate), MinCapacity=less, MaxCapacity=less)
    for name, moment, wanted in (("open", -before, count), ("shut", after, less)):
        at = (60 * hour + minute + moment) % 1440
        scaling.put_scheduled_action(
            **target(desk.gate), ScheduledActionName=name, Schedule=f"cron({at % 60} {at // 60} ? * * *)",
            ScalableTargetAction={"MinCapacity": wanted, "MaxCapacity": most or wanted},
        )


def steps(add, *, minutes=1, down=True, above=70, least=2):
    scaling.register_scalable_target(**target(desk.gate), MinCapacity=least, MaxCapacity=8)
    cpu = {
        "Namespace": "AWS/ECS", "MetricName": "CPUUtilization", "Statistic": "Average", "Period": 60,
        "Dimensions": [{"Name": "ClusterName", "Value": desk.cluster}, {"Name": "ServiceName", "Value": desk.gate}],
    }
    ways = [("more", add, "GreaterThanThreshold", above, minutes, {"MetricIntervalLowerBound": 0.0})]
    if down:
        ways.append(("less", -1, "LessThanThreshold", 30, 3, {"MetricIntervalUpperBound": 0.0}))
    for name, change, comparison, threshold, periods, bound in ways:
        policy = scaling.put_scaling_policy(
            **target(desk.gate), PolicyName=name, PolicyType="StepScaling",
            StepScalingPolicyConfiguration={
                "AdjustmentType": "ChangeInCapacity", "Cooldown": 60, "MetricAggregationType": "Average",
                "StepAdjustments": [{**bound, "ScalingAdjustment": change}],
            },
        )["PolicyARN"]
        watch.put_metric_alarm(
            AlarmName=name, EvaluationPeriods=periods, Threshold=threshold, ComparisonOperator=comparison,
            AlarmActions=[policy], **cpu,
        )


known = ":" in desk.opens
"""
)
GATE_REST = {"jump-cheap": WAITS, "jump-bounds": WAITS, "jump-crowd": WAITS}
JUMP = (
    Answer("as in the solution", SOLUTION),
    Answer("a later bell, or a greater step", JUMP_PARTS + "clock(6, 8) if known else steps(8)"),
    Answer(
        "by the clock with a policy beside it, or steps of five",
        JUMP_PARTS
        + """
if known:
    clock(10, 8, after=60)
    track(60.0, service=desk.gate, most=2)
else:
    steps(5)
""",
    ),
    Answer(
        "target tracking",
        JUMP_PARTS + "track(50.0, service=desk.gate)",
        misses={"jump-answers": "are lost", **GATE_REST},
    ),
    Answer(
        "tasks for the crowd all day",
        JUMP_PARTS + "track(90.0, service=desk.gate, least=9, most=9)",
        misses={"jump-cheap": "cost", "jump-bounds": "8 tasks of", "jump-crowd": "cost"},
    ),
    Answer(
        "too late, or too slow an alarm",
        JUMP_PARTS + "clock(-5, 8) if known else steps(6, minutes=5)",
        misses={"jump-answers": "are lost", **GATE_REST},
    ),
    Answer(
        "too few",
        JUMP_PARTS + "clock(10, 4) if known else track(70.0, service=desk.gate, most=4)",
        misses={"jump-answers": "are lost", **GATE_REST},
    ),
    Answer(
        "no way down",
        JUMP_PARTS
        + """
if known:
    clock(10, 8, less=8)
else:
    steps(9, down=False)
    scaling.register_scalable_target(**target(desk.gate), MinCapacity=2, MaxCapacity=9)
""",
        misses={"jump-cheap": "cost", "jump-bounds": "tasks of", "jump-crowd": "cost"},
    ),
    Answer(
        "half an hour too long, or a task too few",
        JUMP_PARTS + "clock(10, 8, after=90) if known else steps(6, least=1)",
        misses={"jump-bounds": "tasks of"},
    ),
    Answer(
        "half an hour too soon, or ten tasks",
        JUMP_PARTS
        + """
if known:
    clock(30, 8)
else:
    steps(8)
    scaling.register_scalable_target(**target(desk.gate), MinCapacity=2, MaxCapacity=10)
""",
        misses={"jump-bounds": "tasks of"},
    ),
    Answer(
        "nothing but bounds",
        "scaling.register_scalable_target(**target(desk.gate), MinCapacity=1, MaxCapacity=10)",
        misses={"jump-answers": "are lost", **GATE_REST},
    ),
    Answer(
        "a bell that rings at no hour",
        """
scaling.register_scalable_target(**target(desk.gate), MinCapacity=2, MaxCapacity=10)
scaling.put_scheduled_action(
    **target(desk.gate), ScheduledActionName="x", Schedule="cron(0 25 * * ? *)",
    ScalableTargetAction={"MinCapacity": 8, "MaxCapacity": 8},
)
""",
        raises="ClientError",
        misses={"jump-answers": "are lost", **GATE_REST},
    ),
    untouched(),
)

# --- 4. backlog

BACKLOG_PARTS = (
    TRACK
    + """
def follow_the_queue(value, *, expression="waiting / tasks", least=1, most=20, service=None, **more):
    service = service or desk.worker

    def one(name, space, metric, **named):
        found = {"Namespace": space, "MetricName": metric}
        found["Dimensions"] = [{"Name": key, "Value": held} for key, held in named.items()]
        return {"Id": name, "ReturnData": False, "MetricStat": {"Stat": "Average", "Metric": found}}


    scaling.register_scalable_target(**target(service), MinCapacity=least, MaxCapacity=most)
    scaling.put_scaling_policy(
        **target(service), PolicyName="queue", PolicyType="TargetTrackingScaling",
        TargetTrackingScalingPolicyConfiguration={
            "TargetValue": value, "ScaleOutCooldown": 60, "ScaleInCooldown": 120, **more,
            "CustomizedMetricSpecification": {"Metrics": [
                one("waiting", "AWS/SQS", "ApproximateNumberOfMessagesVisible", QueueName=desk.queue),
                one("tasks", "ECS/ContainerInsights", "RunningTaskCount", ClusterName=desk.cluster, ServiceName=desk.worker),
                {"Id": "each", "Expression": expression, "ReturnData": True},
            ]},
        },
    )


"""
)
QUEUE_REST = {"backlog-cheap": WAITS, "backlog-bounds": WAITS, "backlog-full": WAITS}
BACKLOG = (
    Answer("as in the solution", SOLUTION),
    Answer("three minutes of work for each task", BACKLOG_PARTS + "follow_the_queue(3.0 * desk.messages)"),
    Answer(
        "minutes of waiting, worked out in the expression",
        BACKLOG_PARTS + "follow_the_queue(4.0, expression=f'waiting / tasks / {desk.messages}')",
    ),
    Answer(
        "as long as the wait may be, and longer",
        BACKLOG_PARTS + "follow_the_queue(2.0 * desk.wait * desk.messages)",
        misses={"backlog-waits": "minutes, with", **QUEUE_REST},
    ),
    Answer(
        "the CPU",
        BACKLOG_PARTS + "track(50.0, service=desk.worker)",
        misses={"backlog-cheap": "cost"},
    ),
    Answer(
        "as many as it likes",
        BACKLOG_PARTS + "follow_the_queue(2.0 * desk.messages, most=60)",
        misses={"backlog-bounds": "at most, whatever comes"},
    ),
    Answer(
        "other cooldowns",
        BACKLOG_PARTS + "follow_the_queue(3.0 * desk.messages, ScaleInCooldown=60)",
        misses={"backlog-bounds": "60 and 60"},
    ),
    Answer(
        "bounds without a policy",
        "scaling.register_scalable_target(**target(desk.worker), MinCapacity=1, MaxCapacity=12)",
        misses={"backlog-waits": "minutes, with", **QUEUE_REST},
    ),
    Answer(
        "tasks for a ship all day",
        BACKLOG_PARTS + "follow_the_queue(3.0 * desk.messages, least=6)",
        misses={"backlog-cheap": "cost", "backlog-full": "at most after five quiet hours"},
    ),
    Answer(
        "no way down",
        BACKLOG_PARTS + "follow_the_queue(2.0 * desk.messages, DisableScaleIn=True)",
        misses={"backlog-cheap": "cost", "backlog-full": "at most after five quiet hours"},
    ),
    Answer(
        "at most two",
        BACKLOG_PARTS + "follow_the_queue(3.0 * desk.messages, most=2)",
        misses={"backlog-waits": "with 1 to 2 tasks", **QUEUE_REST},
    ),
    Answer(
        "a policy for the wrong service",
        BACKLOG_PARTS + "follow_the_queue(3.0 * desk.messages, service=desk.shop)",
        misses={"backlog-waits": "it is not registered", **QUEUE_REST},
    ),
    Answer(
        "an expression of what there is not",
        BACKLOG_PARTS + "follow_the_queue(-1.0, expression='waiting / nothing')",
        raises="ClientError",
        misses={"backlog-waits": "minutes, with", **QUEUE_REST},
    ),
    untouched(),
)

ANSWERS = {"no-policy": NO_POLICY, "follow": FOLLOW, "jump": JUMP, "backlog": BACKLOG}

# --- one variant's decisions


def decided(variant: Mapping[str, Any]) -> dict[str, str]:
    """What a learner writes who knows this variant: the figures of the rush, the hour or the step, the backlog."""
    plan = plan_of(variant["ticket"])
    enough = -(-plan.rush // (plan.each * 0.8))
    jump = "clock(10, 8)" if plan.jump == "by the clock" else "steps(6)"
    parts = JUMP_PARTS.replace("desk.opens.split", f"{variant['opens']!r}.split").replace(
        'if ":" in desk.opens', f'if ":" in {variant["opens"]!r}'
    )
    return {
        "no-policy": f"stays, lost, enough = 2, {100 * (1 - 2 * plan.each / plan.rush)}, {enough}",
        "follow": TRACK + "track(55.0)",
        "jump": parts + jump,
        "backlog": BACKLOG_PARTS + f"follow_the_queue({0.4 * plan.wait * plan.a_minute})",
    }


# --- ways to break the world

WRECKS = {
    "the services deleted": """
for name in (desk.shop, desk.gate, desk.worker):
    ecs.delete_service(cluster=desk.cluster, service=name, force=True)
""",
    "the queue deleted": """
sqs = boto3.client("sqs")
sqs.delete_queue(QueueUrl=sqs.get_queue_url(QueueName=desk.queue)["QueueUrl"])
""",
    "nothing registered": """
for name in (desk.shop, desk.gate):
    scaling.deregister_scalable_target(**target(name))
""",
    "a count of none": """
for name in (desk.shop, desk.gate, desk.worker):
    ecs.update_service(cluster=desk.cluster, service=name, desiredCount=0)
""",
    "bounds of none": "scaling.register_scalable_target(**target(desk.shop), MinCapacity=0, MaxCapacity=0)",
    "insights off": """
ecs.update_cluster_settings(cluster=desk.cluster, settings=[{"name": "containerInsights", "value": "disabled"}])
""",
    "the role deleted": """
iam = boto3.client("iam")
for policy in iam.list_attached_role_policies(RoleName="ferryline-execution")["AttachedPolicies"]:
    iam.detach_role_policy(RoleName="ferryline-execution", PolicyArn=policy["PolicyArn"])
iam.delete_role(RoleName="ferryline-execution")
""",
    "an endless load": "desk.cloud.load(desk.gate, 5000, cluster=desk.cluster)",
}
