"""Lab 13: right answers by more than one way, plausible wrong ones with what each must be told, and the untouched stub.

Every text is an answer cell. It may use the names that the solutions of the questions before it have left: `region`,
`revise`, `to_logs`, later `router`, `to_bucket`, `allow`.
"""

from collections.abc import Mapping
from typing import Any

from autograder.author.worked import SOLUTION, Answer, untouched
from autograder.checks.labs.see_everything.plan import plan_of

WAITS = "judged once the check before it"

# --- 1. keep the lines

LOG = """
region = "us-east-1"


def revise(service, change, minutes=10):
    old = ecs.describe_task_definition(taskDefinition=service)["taskDefinition"]
    kept = ("family", "requiresCompatibilities", "networkMode", "cpu", "memory", "executionRoleArn", "taskRoleArn")
    new = ecs.register_task_definition(
        containerDefinitions=change(old["containerDefinitions"]), **{name: old[name] for name in kept}
    )["taskDefinition"]
    ecs.update_service(
        cluster=desk.cluster, service=service, taskDefinition=f"{new['family']}:{new['revision']}"
    )
    desk.cloud.advance(minutes=minutes)


def logging(group=None, **more):
    options = {"awslogs-group": group or desk.group, "awslogs-region": region, "awslogs-stream-prefix": "lines", **more}
    return {"logDriver": "awslogs", "options": options}


def log(group=None, **more):
    revise(desk.service, lambda containers: [{**containers[0], "logConfiguration": logging(group, **more)}])


def keep(days, group=None):
    logs.create_log_group(logGroupName=group or desk.group)
    if days:
        logs.put_retention_policy(logGroupName=group or desk.group, retentionInDays=days)


to_logs = logging()
"""
NOT_WRITTEN = {"kept": WAITS, "later-lines": WAITS}
LINES = (
    Answer("as in the solution", SOLUTION),
    Answer("another prefix, lines that may be dropped", LOG + 'keep(desk.days)\nlog(mode="non-blocking")'),
    Answer(
        "the group made by the task",
        LOG
        + """
make = {"Effect": "Allow", "Action": "logs:CreateLogGroup", "Resource": "*"}
document = json.dumps({"Version": "2012-10-17", "Statement": [make]})
iam.put_role_policy(RoleName="ferryline-execution", PolicyName="groups", PolicyDocument=document)
log(**{"awslogs-create-group": "true"})
logs.put_retention_policy(logGroupName=desk.group, retentionInDays=desk.days)
""",
    ),
    Answer(
        "no group",
        LOG + "log()",
        misses={"written": "a log group", **NOT_WRITTEN},
    ),
    Answer(
        "the group to be made by the task, which may not",
        LOG + 'log(**{"awslogs-create-group": "true"})',
        misses={"written": "logs:CreateLogGroup", **NOT_WRITTEN},
    ),
    Answer(
        "the group alone",
        LOG + "keep(desk.days)",
        misses={"written": "then a new deployment", **NOT_WRITTEN},
    ),
    Answer(
        "a revision that nobody runs",
        LOG
        + """
keep(desk.days)
old = ecs.describe_task_definition(taskDefinition=desk.service)["taskDefinition"]
kept = ("family", "requiresCompatibilities", "networkMode", "cpu", "memory", "executionRoleArn", "taskRoleArn")
ecs.register_task_definition(
    containerDefinitions=[{**old["containerDefinitions"][0], "logConfiguration": logging()}],
    **{name: old[name] for name in kept},
)
""",
        misses={"written": "then a new deployment", **NOT_WRITTEN},
    ),
    Answer(
        "kept for ever",
        LOG + "keep(0)\nlog()",
        misses={"kept": "for ever"},
    ),
    Answer(
        "kept for a day",
        LOG + "keep(1)\nlog()",
        misses={"kept": "put_retention_policy"},
    ),
    Answer(
        "a group of another name",
        LOG + 'keep(desk.days)\nkeep(desk.days, "/ecs/all")\nlog("/ecs/all")',
        misses={"written": "0 streams", **NOT_WRITTEN},
    ),
    Answer(
        "only half of the options, behind the group",
        LOG
        + """
keep(desk.days)
short = {"logDriver": "awslogs", "options": {"awslogs-group": desk.group}}
revise(desk.service, lambda containers: [{**containers[0], "logConfiguration": short}])
""",
        raises="ClientError",
        misses={"written": "then a new deployment", **NOT_WRITTEN},
    ),
    untouched(),
)

# --- 2. route the lines

ROUTE = """
IMAGE = "public.ecr.aws/aws-observability/aws-for-fluent-bit:stable"


def allow(role, name, actions, resource):
    statement = {"Effect": "Allow", "Action": actions, "Resource": resource}
    document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    iam.put_role_policy(RoleName=role, PolicyName=name, PolicyDocument=document)


def may(role=None, bucket=None, action="s3:PutObject", what="/*"):
    allow(role or f"ferryline-{desk.ledger}", "writes", action, f"arn:aws:s3:::{bucket or desk.bucket}{what}")


def route(bucket=None, with_router=True, **more):
    options = {"Name": "s3", "region": "us-east-1", "bucket": bucket or desk.bucket, "total_file_size": "1M"}
    options |= {"upload_timeout": "1m", "use_put_object": "On", **more}
    beside = {"name": "log_router", "image": IMAGE, "firelensConfiguration": {"type": "fluentbit"}}

    def change(containers):
        app = {**containers[-1], "logConfiguration": {"logDriver": "awsfirelens", "options": options}}
        return [app, beside] if with_router else [app]

    revise(desk.ledger, change)


"""
NOT_ROUTED = {"routed-again": WAITS}
ROUTES = (
    Answer("as in the solution", SOLUTION),
    Answer("the role first, the router behind", ROUTE + "may()\nroute()"),
    Answer(
        "the role afterwards, every object action",
        ROUTE + 'route(s3_key_format="/$TAG/%Y/%m/%d/%H-%M-%S")\nmay(action="s3:*")',
    ),
    Answer(
        "no permission",
        ROUTE + "route()",
        misses={"routed": "s3:PutObject", **NOT_ROUTED},
    ),
    Answer(
        "the permission in the execution role",
        ROUTE + 'may("ferryline-execution")\nroute()',
        misses={"routed": "s3:PutObject", **NOT_ROUTED},
    ),
    Answer(
        "permission for the bucket, and not for what is in it",
        ROUTE + 'may(what="")\nroute()',
        misses={"routed": "s3:PutObject", **NOT_ROUTED},
    ),
    Answer(
        "permission to read",
        ROUTE + 'may(action="s3:GetObject")\nroute()',
        misses={"routed": "s3:PutObject", **NOT_ROUTED},
    ),
    Answer(
        "another bucket",
        ROUTE
        + """
boto3.client("s3").create_bucket(Bucket="lines-of-" + desk.ledger)
may(bucket="lines-of-" + desk.ledger)
route("lines-of-" + desk.ledger)
""",
        misses={"routed": "bytes, 0 of them there before", **NOT_ROUTED},
    ),
    Answer(
        "to CloudWatch Logs",
        ROUTE
        + """
may()
revise(desk.ledger, lambda containers: [{**containers[0], "logConfiguration": to_logs}])
""",
        misses={"routed": "no container of the task is a log router", **NOT_ROUTED},
    ),
    Answer(
        "a router that nobody hands lines to, then none at all",
        ROUTE
        + """
may()
beside = {"name": "log_router", "image": IMAGE, "firelensConfiguration": {"type": "fluentbit"}}
revise(desk.ledger, lambda containers: [containers[0], beside])
route(with_router=False)
""",
        raises="ClientError",
        misses={"routed": "no container of the task is a log router", **NOT_ROUTED},
    ),
    untouched(),
)

# --- 3. follow a request

TRACE = """
ADOT = "public.ecr.aws/aws-observability/aws-otel-collector:latest"
DAEMON = "public.ecr.aws/xray/aws-xray-daemon:latest"


def beside(image=ADOT, essential=False, keep_logs=True, **more):
    taker = {"name": "traces", "image": image, "essential": essential, **more}
    revise(
        desk.service,
        lambda containers: [
            containers[0] if keep_logs else {**containers[0], "logConfiguration": {"logDriver": "none"}}, taker
        ],
    )


def send(role=None, actions="xray:Put*"):
    statement = {"Effect": "Allow", "Action": actions, "Resource": "*"}
    iam.put_role_policy(
        RoleName=role or f"ferryline-{desk.service}",
        PolicyName="sends",
        PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [statement]}),
    )


"""
NOT_TRACED = {"still-written": WAITS, "sidecar-dies": WAITS}
TRACES = (
    Answer("as in the solution", SOLUTION),
    Answer("every Put of X-Ray, a collector without a log", TRACE + "beside()\nsend()"),
    Answer(
        "the daemon where it will do",
        TRACE
        + """
ready = "arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess"
iam.attach_role_policy(RoleName=f"ferryline-{desk.service}", PolicyArn=ready)
beside(DAEMON if desk.traces == "xray" else ADOT, memoryReservation=64)
""",
    ),
    Answer(
        "permission, and nobody who takes the traces",
        TRACE + "send()",
        misses={"traced": "no container of the task takes traces", **NOT_TRACED},
    ),
    Answer(
        "a sidecar that may not send",
        TRACE + "beside()",
        misses={"traced": "xray:PutTraceSegments", **NOT_TRACED},
    ),
    Answer(
        "permission in the execution role",
        TRACE + 'beside()\nsend("ferryline-execution")',
        misses={"traced": "xray:PutTraceSegments", **NOT_TRACED},
    ),
    Answer(
        "a log router for traces",
        TRACE + 'send()\nbeside("public.ecr.aws/aws-observability/aws-for-fluent-bit:stable")',
        misses={"traced": "no container of the task takes traces", **NOT_TRACED},
    ),
    Answer(
        "a task of its own for the collector",
        TRACE
        + """
send()
old = ecs.describe_task_definition(taskDefinition=desk.service)["taskDefinition"]
kept = ("requiresCompatibilities", "networkMode", "cpu", "memory", "executionRoleArn", "taskRoleArn")
ecs.register_task_definition(
    family="traces", containerDefinitions=[{"name": "traces", "image": ADOT}], **{name: old[name] for name in kept}
)
where = ecs.describe_services(cluster=desk.cluster, services=[desk.service])["services"][0]["networkConfiguration"]
ecs.create_service(
    cluster=desk.cluster, serviceName="traces", taskDefinition="traces", desiredCount=1, launchType="FARGATE",
    networkConfiguration=where,
)
desk.cloud.advance(minutes=5)
""",
        misses={"traced": "no container of the task takes traces", **NOT_TRACED},
    ),
    Answer(
        "essential, as it is unless told otherwise",
        TRACE + "send()\nbeside(essential=True)",
        misses={"sidecar-dies": "a task ends with any of its essential containers"},
    ),
    Answer(
        "the lines given up for it",
        TRACE
        + """
send()
taker = {"name": "traces", "image": ADOT, "essential": False}
revise(desk.service, lambda containers: [
    {name: value for name, value in containers[0].items() if name != "logConfiguration"}, taker
])
""",
        misses={"still-written": "logConfiguration of the container"},
    ),
    Answer(
        "two containers of one name, behind the permission",
        TRACE + 'send()\nrevise(desk.service, lambda containers: [containers[0], containers[0]])',
        raises="ClientError",
        misses={"traced": "no container of the task takes traces", **NOT_TRACED},
    ),
    untouched(),
)

# --- 4. figures, and an alarm

RING = """
def insights(value="enabled"):
    ecs.update_cluster_settings(cluster=desk.cluster, settings=[{"name": "containerInsights", "value": value}])


def alarm(**more):
    named = {"ClusterName": desk.cluster, "ServiceName": desk.service}
    given = {
        "AlarmName": "busy", "Namespace": "AWS/ECS", "MetricName": "CPUUtilization", "Statistic": "Average",
        "Period": 60, "Dimensions": [{"Name": name, "Value": value} for name, value in named.items()],
        "Threshold": desk.limit,
        "EvaluationPeriods": desk.minutes, "ComparisonOperator": "GreaterThanThreshold", "AlarmActions": [desk.topic],
    }
    cloudwatch.put_metric_alarm(**given | more)


"""
NOT_FIRED = {"calm": WAITS, "short-peak": WAITS}
FIGURES = (
    Answer("as in the solution", SOLUTION),
    Answer(
        "enhanced, the highest value, a limit a little above",
        RING + 'insights("enhanced")\nalarm(Statistic="Maximum", Threshold=desk.limit + 2)',
    ),
    Answer(
        "so many of so many points, and a word when it is over",
        RING + "insights()\nalarm(DatapointsToAlarm=desk.minutes, OKActions=[desk.topic], TreatMissingData='missing')",
    ),
    Answer(
        "no Container Insights",
        RING + "alarm()",
        misses={"counted": "containerInsights is a setting of the cluster"},
    ),
    Answer(
        "an alarm that tells nobody",
        RING + "insights()\nalarm(AlarmActions=[])",
        misses={"fires": "has no AlarmActions", **NOT_FIRED},
    ),
    Answer(
        "a word when it is over, and none before",
        RING + "insights()\nalarm(AlarmActions=[], OKActions=[desk.topic])",
        misses={"fires": "nobody was", **NOT_FIRED},
    ),
    Answer(
        "no alarm",
        RING + "insights()",
        misses={"fires": "there is no alarm", **NOT_FIRED},
    ),
    Answer(
        "a metric without its service",
        RING + 'insights()\nalarm(Dimensions=[{"Name": "ServiceName", "Value": desk.service}])',
        misses={"fires": "INSUFFICIENT_DATA", **NOT_FIRED},
    ),
    Answer(
        "the wrong way round",
        RING + 'insights()\nalarm(ComparisonOperator="LessThanThreshold")',
        misses={"fires": "nobody was", **NOT_FIRED},
    ),
    Answer(
        "a limit that is reached every day",
        RING + "insights()\nalarm(Threshold=desk.limit - 20)",
        misses={"calm": "calls", "short-peak": "one call for a peak that stays"},
    ),
    Answer(
        "a limit that is never reached",
        RING + "insights()\nalarm(Threshold=desk.limit + 40)",
        misses={"fires": "busy is OK", **NOT_FIRED},
    ),
    Answer(
        "at the first point",
        RING + "insights()\nalarm(EvaluationPeriods=1)",
        misses={"short-peak": "nobody is called for a peak"},
    ),
    Answer(
        "after half an hour",
        RING + "insights()\nalarm(EvaluationPeriods=30)",
        misses={"fires": "busy is OK", **NOT_FIRED},
    ),
    Answer(
        "a period that does not exist, behind the setting",
        RING + "insights()\nalarm(Period=45)",
        raises="ClientError",
        misses={"fires": "there is no alarm", **NOT_FIRED},
    ),
    untouched(),
)

ANSWERS = {"lines": LINES, "routes": ROUTES, "traces": TRACES, "figures": FIGURES}

# --- one variant's decisions


def decided(variant: Mapping[str, Any]) -> dict[str, str]:
    """What a learner writes who knows this variant: its days, its bucket, its sidecar, its limit and minutes."""
    plan = plan_of(variant["ticket"])
    taker = "DAEMON" if plan.traces == "xray" else "ADOT"
    return {
        "lines": LOG + f"keep({plan.days})\nlog()",
        "routes": ROUTE + f"may(bucket={plan.bucket!r})\nroute({plan.bucket!r})",
        "traces": TRACE + f"send()\nbeside({taker})",
        "figures": RING + f"insights()\nalarm(Threshold={plan.limit}, EvaluationPeriods={plan.minutes})",
    }


# --- ways to break the world

WRECKS = {
    "the service deleted": "ecs.delete_service(cluster=desk.cluster, service=desk.service, force=True)",
    "both services at a count of none": """
for name in (desk.service, desk.ledger):
    ecs.update_service(cluster=desk.cluster, service=name, desiredCount=0)
""",
    "the log group deleted": "logs.delete_log_group(logGroupName=desk.group)",
    "the bucket emptied and deleted": """
s3 = boto3.client("s3")
for one in s3.list_objects_v2(Bucket=desk.bucket).get("Contents", []):
    s3.delete_object(Bucket=desk.bucket, Key=one["Key"])
s3.delete_bucket(Bucket=desk.bucket)
""",
    "the pager deleted": """
sqs = boto3.client("sqs")
sqs.delete_queue(QueueUrl=sqs.get_queue_url(QueueName="pager")["QueueUrl"])
""",
    "the topic deleted": 'boto3.client("sns").delete_topic(TopicArn=desk.topic)',
    "the cluster with nothing in it": """
for name in (desk.service, desk.ledger):
    ecs.delete_service(cluster=desk.cluster, service=name, force=True)
desk.cloud.advance(hours=2)
""",
    "other things on the topic": """
boto3.client("sns").publish(TopicArn=desk.topic, Message="[1, 2]")
boto3.client("sns").publish(TopicArn=desk.topic, Message="hello")
""",
    "the repository deleted": """
boto3.client("ecr").delete_repository(repositoryName="ferryline/" + desk.service, force=True)
for task in ecs.list_tasks(cluster=desk.cluster, serviceName=desk.service)["taskArns"]:
    ecs.stop_task(cluster=desk.cluster, task=task)
""",
}
