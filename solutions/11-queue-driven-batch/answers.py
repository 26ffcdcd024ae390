"""Lab 11: right answers by more than one way, plausible wrong ones with what each must be told, and the untouched stub.

Every text is an answer cell. It may use the names that the solutions of the questions before it have left: `url`,
`definition`, later `aside_arn`, `cluster`, `places`, `network`, `may_start`, `make_starter`.
"""

from collections.abc import Mapping
from typing import Any

from autograder.author.worked import SOLUTION, Answer, untouched
from autograder.checks.labs.queue_driven_batch.plan import plan_of

WAITS = "judged once the check before it"

# --- 1. end with the work

DEFINE = """
url = sqs.get_queue_url(QueueName=desk.queue)["QueueUrl"]


def hide(seconds):
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": str(seconds)})


def define(version="ends", app=True, role=True, family=None, **environment):
    given = environment or {"QUEUE": url}
    more = {"taskRoleArn": desk.app} if app else {}
    if role:
        more["executionRoleArn"] = desk.role
    return ecs.register_task_definition(
        family=family or desk.family,
        requiresCompatibilities=["FARGATE"], networkMode="awsvpc", cpu="512", memory="1024",
        containerDefinitions=[{
            "name": "work", "image": desk.images[version],
            "environment": [{"name": name, "value": value} for name, value in given.items()],
        }],
        **more,
    )["taskDefinition"]["taskDefinitionArn"]


"""
NOT_ONCE = {"all-gone": WAITS, "many": WAITS}
END_WITH_IT = (
    Answer("as in the solution", SOLUTION),
    Answer("the queue by name, two minutes", DEFINE + "hide(120)\ndefine(QUEUE=desk.queue)"),
    Answer("the definition first, a size larger", DEFINE + 'define("waits")\ndefine()\nhide(2 * desk.seconds)'),
    Answer(
        "half a minute, as it is made",
        DEFINE + "define()",
        misses={"once-each": "for how long is a message hidden", **NOT_ONCE},
    ),
    Answer(
        "not quite long enough",
        DEFINE + "hide(desk.seconds - 10)\ndefine()",
        misses={"once-each": "for how long is a message hidden", **NOT_ONCE},
    ),
    Answer(
        "the version that waits",
        DEFINE + 'hide(150)\ndefine("waits")',
        misses={"all-gone": "one of the two images waits for more", "many": "one of the two images waits for more"},
    ),
    Answer(
        "no task role",
        DEFINE + "hide(150)\ndefine(app=False)",
        misses={"once-each": "sqs:ReceiveMessage: no-credentials", **NOT_ONCE},
    ),
    Answer(
        "the roles changed about",
        DEFINE + "hide(150)\ndesk_app, desk_role = desk.role, desk.app\n"
        "held = ecs.describe_task_definition(taskDefinition=define())['taskDefinition']\n"
        "kept = ('family', 'requiresCompatibilities', 'networkMode', 'cpu', 'memory', 'containerDefinitions')\n"
        "ecs.register_task_definition("
        "**{name: held[name] for name in kept}, taskRoleArn=desk_app, executionRoleArn=desk_role)",
        misses={"once-each": "ecr:GetAuthorizationToken", **NOT_ONCE},
    ),
    Answer(
        "another name in the environment",
        DEFINE + "hide(150)\ndefine(QUEUE_URL=url)",
        misses={"once-each": "QUEUE", **NOT_ONCE},
    ),
    Answer(
        "another family",
        DEFINE + 'hide(150)\ndefine(family="papers")',
        misses={"once-each": "tasks of the family", **NOT_ONCE},
    ),
    Answer(
        "a crash behind half of it",
        DEFINE + "define()\nhide('long')",
        raises="ClientError",
        misses={"once-each": "for how long is a message hidden", **NOT_ONCE},
    ),
    untouched(),
)

# --- 2. lose nothing

ASIDE = """
def attributes(**given):
    sqs.set_queue_attributes(QueueUrl=url, Attributes=given)


def set_aside(tries, name="bad-ones", **more):
    made = sqs.create_queue(QueueName=name, Attributes=more)["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=made, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    attributes(RedrivePolicy=json.dumps({"deadLetterTargetArn": arn, "maxReceiveCount": tries}))


"""
LOSE_NOTHING = (
    Answer("as in the solution", SOLUTION),
    Answer(
        "the count as text, kept for two weeks",
        ASIDE + 'set_aside(str(desk.tries), MessageRetentionPeriod="1209600")',
    ),
    Answer(
        "hidden as long as is allowed",
        ASIDE + "set_aside(desk.tries)\nattributes(VisibilityTimeout=str(60 * desk.patience))",
    ),
    Answer(
        "an hour, to be safe",
        ASIDE + "set_aside(desk.tries)\nattributes(VisibilityTimeout='3600')",
        misses={"killed": "are not", "set-aside": "is still in the queue", "not-too-soon": WAITS},
    ),
    Answer(
        "the queue for bad ones, and nothing that fills it",
        ASIDE + 'sqs.create_queue(QueueName="bad-ones")',
        misses={"set-aside": "deadLetterTargetArn and maxReceiveCount"},
    ),
    Answer(
        "set aside at the first failure",
        ASIDE + "set_aside(1)",
        misses={"killed": "set aside", "set-aside": "maxReceiveCount counts", "not-too-soon": WAITS},
    ),
    Answer(
        "one try more",
        ASIDE + "set_aside(desk.tries + 1)",
        misses={"set-aside": "maxReceiveCount counts"},
    ),
    Answer(
        "messages that are forgotten in a minute",
        ASIDE + "set_aside(desk.tries)\nattributes(MessageRetentionPeriod='60')",
        misses={"killed": "are not", "set-aside": "in another queue in the end", "not-too-soon": WAITS},
    ),
    Answer(
        "a queue that is not there, behind one for every try",
        ASIDE + "set_aside(50)\nattributes(RedrivePolicy=json.dumps({'deadLetterTargetArn': 'bad-ones'}))",
        raises="ClientError",
        misses={"set-aside": "deadLetterTargetArn and maxReceiveCount"},
    ),
    untouched(),
)

# --- 3. meet the rush

WATCH = """
cluster = ecs.describe_clusters(clusters=[desk.cluster])["clusters"][0]["clusterArn"]
subnets = ec2.describe_subnets(Filters=[{"Name": "default-for-az", "Values": ["true"]}])["Subnets"]
places = sorted(each["SubnetId"] for each in subnets)
newest = ecs.describe_task_definition(taskDefinition=desk.family)["taskDefinition"]["taskDefinitionArn"]
network = {"awsvpcConfiguration": {"Subnets": places, "AssignPublicIp": "ENABLED"}}
RUN = {"Effect": "Allow", "Action": "ecs:RunTask", "Resource": newest.rsplit(":", 1)[0] + ":*"}
PASS = {"Effect": "Allow", "Action": "iam:PassRole", "Resource": [desk.role, desk.app]}


def starter(name, service, *statements):
    trust = {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}
    document = {"Version": "2012-10-17", "Statement": [trust]}
    made = iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(document))["Role"]["Arn"]
    document = {"Version": "2012-10-17", "Statement": list(statements)}
    iam.put_role_policy(RoleName=name, PolicyName="own", PolicyDocument=json.dumps(document))
    return made


def watch(threshold, comparison="GreaterThanThreshold", metric="ApproximateNumberOfMessagesVisible", **more):
    cloudwatch.put_metric_alarm(**{
        "AlarmName": "waiting", "Namespace": "AWS/SQS", "MetricName": metric,
        "Dimensions": [{"Name": "QueueName", "Value": desk.queue}], "Statistic": "Average", "Period": 60,
        "EvaluationPeriods": 2, "Threshold": threshold, "ComparisonOperator": comparison, **more,
    })


def parameters(count, **more):
    given = {"TaskDefinitionArn": newest, "TaskCount": count, "LaunchType": "FARGATE"}
    return {**given, "NetworkConfiguration": network, **more}


def ring(role, count, state=("ALARM",), **more):
    pattern = {"source": ["aws.cloudwatch"], "detail-type": ["CloudWatch Alarm State Change"]}
    pattern["detail"] = {"alarmName": ["waiting"], "state": {"value": list(state)}}
    events.put_rule(Name="waiting", EventPattern=json.dumps(pattern))
    target = {"Id": "tasks", "Arn": cluster, "EcsParameters": parameters(count, **more)}
    events.put_targets(Rule="waiting", Targets=[{**target, "RoleArn": role} if role else target])


def usual(*statements):
    return starter("rings", "events.amazonaws.com", *(statements or (RUN, PASS)))


make_starter = lambda name, service: starter(name, service, RUN, PASS)
"""
NOT_MET = {"next-rush": WAITS}
MEET_THE_RUSH = (
    Answer("as in the solution", SOLUTION),
    Answer(
        "one more than the depth or above, by the revision of the day",
        WATCH + 'watch(desk.depth + 1, "GreaterThanOrEqualToThreshold")\nring(usual(), desk.rush)',
    ),
    Answer(
        "by the alarm's ARN, and a wider role",
        WATCH
        + """
watch(desk.depth + 0.5, EvaluationPeriods=1, Statistic="Maximum")
arn = cloudwatch.describe_alarms(AlarmNames=["waiting"])["MetricAlarms"][0]["AlarmArn"]
events.put_rule(Name="by-arn", EventPattern=json.dumps(
    {"source": ["aws.cloudwatch"], "resources": [arn], "detail": {"state": {"value": ["ALARM"]}}}
))
wide = {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*",
        "Condition": {"StringEquals": {"iam:PassedToService": "ecs-tasks.amazonaws.com"}}}
target = {"Id": "one", "Arn": cluster, "RoleArn": usual(RUN, wide), "EcsParameters": parameters(desk.rush)}
events.put_targets(Rule="by-arn", Targets=[target])
""",
    ),
    Answer(
        "RunTask alone",
        WATCH + "watch(desk.depth)\nring(usual(RUN), desk.rush)",
        misses={"rush": "iam:PassRole", **NOT_MET},
    ),
    Answer(
        "the execution role alone handed over",
        WATCH + "watch(desk.depth)\nring(usual(RUN, {**PASS, 'Resource': desk.role}), desk.rush)",
        misses={"rush": "iam:PassRole", **NOT_MET},
    ),
    Answer(
        "a rule that watches the queue by itself",
        WATCH
        + """
pattern = {"source": ["aws.sqs"], "detail-type": ["Queue Depth"], "detail": {"queue": [desk.queue]}}
events.put_rule(Name="depth", EventPattern=json.dumps(pattern))
target = {"Id": "one", "Arn": cluster, "RoleArn": usual(), "EcsParameters": parameters(desk.rush)}
events.put_targets(Rule="depth", Targets=[target])
""",
        misses={"rush": "as many tasks", **NOT_MET},
    ),
    Answer(
        "one task for every rush",
        WATCH + "watch(desk.depth)\nring(usual(), 1)",
        misses={"rush": "as many tasks", **NOT_MET},
    ),
    Answer(
        "when it is over, too",
        WATCH + 'watch(desk.depth)\nring(usual(), desk.rush, ("ALARM", "OK"))',
        misses={"rush": "as many tasks", **NOT_MET},
    ),
    Answer(
        "at the depth itself",
        WATCH + 'watch(desk.depth, "GreaterThanOrEqualToThreshold")\nring(usual(), desk.rush)',
        misses={"calm": "messages waiting"},
    ),
    Answer(
        "messages in work in place of those that wait",
        WATCH + 'watch(desk.depth, metric="ApproximateNumberOfMessagesNotVisible")\nring(usual(), desk.rush)',
        misses={"rush": "as many tasks", **NOT_MET},
    ),
    Answer(
        "another queue's alarm",
        WATCH + 'watch(desk.depth, Dimensions=[{"Name": "QueueName", "Value": desk.failed}])\nring(usual(), desk.rush)',
        misses={"rush": "as many tasks", **NOT_MET},
    ),
    Answer(
        "no public address",
        WATCH
        + """
watch(desk.depth)
network["awsvpcConfiguration"]["AssignPublicIp"] = "DISABLED"
ring(usual(), desk.rush)
""",
        misses={"rush": "as many tasks", **NOT_MET},
    ),
    Answer(
        "the alarm, and a crash in the middle of the rule",
        WATCH + "watch(desk.depth)\nring(usual(), 100)",
        raises="ClientError",
        misses={"rush": "as many tasks", **NOT_MET},
    ),
    untouched(),
)

# --- 4. every night

CLOCK = """
target = {"TaskDefinitionArn": definition, "LaunchType": "FARGATE", "NetworkConfiguration": network}
HOUR, MINUTE = map(int, desk.hour.split(":"))


def nightly(expression, zone=None, role=None, **more):
    more["ScheduleExpressionTimezone"] = zone or desk.zone
    scheduler.create_schedule(
        Name="papers", ScheduleExpression=expression, FlexibleTimeWindow={"Mode": "OFF"},
        Target={
            "Arn": cluster, "EcsParameters": target,
            "RoleArn": role or make_starter("clock", "scheduler.amazonaws.com"),
        },
        **more,
    )


"""
NOT_TONIGHT = {"each-night": WAITS}
EVERY_NIGHT = (
    Answer("as in the solution", SOLUTION),
    Answer(
        "a rule, its cron in UTC",
        CLOCK
        + """
from datetime import datetime
from zoneinfo import ZoneInfo

here = desk.cloud.now.astimezone(ZoneInfo(desk.zone)).replace(hour=HOUR, minute=MINUTE)
there = here.astimezone(ZoneInfo("UTC"))
events.put_rule(Name="night", ScheduleExpression=f"cron({there.minute} {there.hour} * * ? *)")
night = {"Id": "one", "Arn": cluster, "RoleArn": make_starter("clock", "events.amazonaws.com"), "EcsParameters": target}
events.put_targets(Rule="night", Targets=[night])
""",
    ),
    Answer(
        "every weekday named",
        CLOCK + 'nightly(f"cron({MINUTE} {HOUR} ? * MON-SUN *)")',
    ),
    Answer(
        "by the hour in UTC",
        CLOCK + 'nightly(f"cron({MINUTE} {HOUR} * * ? *)", "UTC")',
        misses={"tonight": "in", **NOT_TONIGHT},
    ),
    Answer(
        "a rule with the hour as it was told",
        CLOCK
        + """
events.put_rule(Name="night", ScheduleExpression=f"cron({MINUTE} {HOUR} * * ? *)")
night = {"Id": "one", "Arn": cluster, "RoleArn": make_starter("clock", "events.amazonaws.com"), "EcsParameters": target}
events.put_targets(Rule="night", Targets=[night])
""",
        misses={"tonight": "in", **NOT_TONIGHT},
    ),
    Answer(
        "each day at noon",
        CLOCK + 'nightly("cron(0 12 * * ? *)")',
        misses={"tonight": "in", **NOT_TONIGHT},
    ),
    Answer(
        "once a month",
        CLOCK + 'nightly(f"cron({MINUTE} {HOUR} 28 * ? *)")',
        misses={"tonight": "two minutes after", **NOT_TONIGHT},
    ),
    Answer(
        "by a role that cannot hand over the task's roles",
        CLOCK
        + """
role = make_starter("clock", "scheduler.amazonaws.com")
run = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "ecs:RunTask", "Resource": "*"}]}
iam.put_role_policy(RoleName="clock", PolicyName="starts", PolicyDocument=json.dumps(run))
iam.put_role_policy(RoleName="clock", PolicyName="own", PolicyDocument=json.dumps(run))
nightly(f"cron({MINUTE} {HOUR} * * ? *)", role=role)
""",
        misses={"tonight": "iam:PassRole", **NOT_TONIGHT},
    ),
    Answer(
        "made, and switched off",
        CLOCK + 'nightly(f"cron({MINUTE} {HOUR} * * ? *)", State="DISABLED")',
        misses={"tonight": "two minutes after", **NOT_TONIGHT},
    ),
    Answer(
        "a cron of five fields, behind a role",
        CLOCK + 'make_starter("other", "scheduler.amazonaws.com")\nnightly(f"cron({MINUTE} {HOUR} * * *)")',
        raises="ClientError",
        misses={"tonight": "two minutes after", **NOT_TONIGHT},
    ),
    untouched(),
)

# --- 5. hear of it

HEAR = """
news = sqs.get_queue_url(QueueName=desk.failed)["QueueUrl"]
news_arn = sqs.get_queue_attributes(QueueUrl=news, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]


def let_in(principal="events.amazonaws.com"):
    allow = {"Effect": "Allow", "Principal": {"Service": principal}, "Action": "sqs:SendMessage", "Resource": news_arn}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [allow]})
    sqs.set_queue_attributes(QueueUrl=news, Attributes={"Policy": policy})


def tell(detail, **more):
    pattern = {"source": ["aws.ecs"], "detail-type": ["ECS Task State Change"], "detail": detail}
    events.put_rule(Name="bad", EventPattern=json.dumps(pattern))
    events.put_targets(Rule="bad", Targets=[{"Id": "news", "Arn": news_arn, **more}])


"""
BAD = '"containers": {"exitCode": [{"anything-but": 0}]}'
NOT_HEARD = {"heard-again": WAITS}
HEAR_OF_IT = (
    Answer("as in the solution", SOLUTION),
    Answer(
        "codes above nought, the event whole",
        HEAR + "let_in()\ntell({'lastStatus': ['STOPPED'], 'containers': {'exitCode': [{'numeric': ['>', 0]}]}})",
    ),
    Answer(
        "a sentence in place of the event",
        HEAR
        + """
let_in()
shaped = {"InputPathsMap": {"task": "$.detail.taskArn"}, "InputTemplate": '"<task> has failed"'}
tell({"lastStatus": ["STOPPED"], "containers": {"exitCode": [{"anything-but": [0]}]}}, InputTransformer=shaped)
""",
    ),
    Answer(
        "the queue closed to EventBridge",
        HEAR + "tell({'lastStatus': ['STOPPED'], " + BAD + "})",
        misses={"heard": "0 messages", **NOT_HEARD},
    ),
    Answer(
        "the queue open to tasks alone",
        HEAR + "let_in('ecs-tasks.amazonaws.com')\ntell({'lastStatus': ['STOPPED'], " + BAD + "})",
        misses={"heard": "0 messages", **NOT_HEARD},
    ),
    Answer(
        "every task that stops",
        HEAR + "let_in()\ntell({'lastStatus': ['STOPPED']})",
        misses={"heard": "ask for its exit code", **NOT_HEARD},
    ),
    Answer(
        "every essential container that exits",
        HEAR + "let_in()\ntell({'lastStatus': ['STOPPED'], 'stopCode': ['EssentialContainerExited']})",
        misses={"heard": "ask for its exit code", **NOT_HEARD},
    ),
    Answer(
        "tasks that a person stopped",
        HEAR + "let_in()\ntell({'lastStatus': ['STOPPED'], 'stopCode': ['UserInitiated']})",
        misses={"heard": "0 messages", **NOT_HEARD},
    ),
    Answer(
        "all changes of a task that has failed",
        HEAR + "let_in()\ntell({" + BAD + "})",
        misses={"heard": "one message in", **NOT_HEARD},
    ),
    Answer(
        "a pattern that is none, behind a queue that is open",
        HEAR + "let_in()\ntell('exitCode')",
        raises="ClientError",
        misses={"heard": "0 messages", **NOT_HEARD},
    ),
    untouched(),
)

ANSWERS = {
    "end-with-it": END_WITH_IT,
    "lose-nothing": LOSE_NOTHING,
    "meet-the-rush": MEET_THE_RUSH,
    "every-night": EVERY_NIGHT,
    "hear-of-it": HEAR_OF_IT,
}

# --- one variant's decisions


def decided(variant: Mapping[str, Any]) -> dict[str, str]:
    """What a learner writes who knows this variant: its time-out, tries, depth, tasks and night."""
    plan = plan_of(variant["ticket"])
    hour, minute = map(int, plan.hour.split(":"))
    return {
        "end-with-it": DEFINE + f"definition = define()\nhide({plan.seconds + 20})",
        "lose-nothing": ASIDE + f"set_aside({plan.tries})",
        "meet-the-rush": WATCH + f"watch({plan.depth})\nring(usual(), {plan.rush})",
        "every-night": CLOCK + f'nightly("cron({minute} {hour} * * ? *)", "{plan.zone}")',
        "hear-of-it": HEAR + "let_in()\ntell({'lastStatus': ['STOPPED'], " + BAD + "})",
    }


# --- ways to break the world

WRECKS = {
    "the queue deleted": "sqs.delete_queue(QueueUrl=url)",
    "the queue for bad news deleted": "sqs.delete_queue(QueueUrl=sqs.get_queue_url(QueueName=desk.failed)['QueueUrl'])",
    "the cluster deleted": """
for task in ecs.list_tasks(cluster=desk.cluster)["taskArns"]:
    ecs.stop_task(cluster=desk.cluster, task=task)
desk.cloud.advance(minutes=5)
ecs.delete_cluster(cluster=desk.cluster)
""",
    "no definition": "ecs.deregister_task_definition(taskDefinition=definition)",
    "the task role deleted": """
name = desk.app.split("/")[-1]
for policy in iam.list_role_policies(RoleName=name)["PolicyNames"]:
    iam.delete_role_policy(RoleName=name, PolicyName=policy)
iam.delete_role(RoleName=name)
""",
    "the repository deleted": """
boto3.client("ecr").delete_repository(repositoryName="ferryline/" + desk.family, force=True)
""",
    "no alarm": "cloudwatch.delete_alarms(AlarmNames=['rush'])",
    "a service beside": """
ecs.create_service(
    cluster=desk.cluster, serviceName="beside", taskDefinition=definition, desiredCount=1, launchType="FARGATE",
    networkConfiguration={"awsvpcConfiguration": {"subnets": places, "assignPublicIp": "ENABLED"}},
)
""",
    "messages on top": "for number in range(30):\n    sqs.send_message(QueueUrl=url, MessageBody=str(number))",
}
