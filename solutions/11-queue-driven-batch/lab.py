# %% [markdown] id="lab11-title"
# # Lab 11: Queue-driven batch
#
# **60 to 75 minutes, 20 points, and a question for 2 more.** You need lesson 11; lesson 04 helps.
#
# When a ferry has left, one message a passenger lies in a queue, and a program writes a paper for each. It runs on a
# server under Mara's desk, all day long, for an hour of work. Last Saturday it stopped at a booking that it could not read;
# the passengers behind it are still waiting.
#
# You will put it on Fargate: tasks come when there is work and go when there is none. Nothing is lost, nothing is left running.

# %% [markdown] id="lab11-rules"
# **How you are judged.** By what your code leaves behind, and by its future: on a copy of your world messages come, workers are killed,
# nights pass. Messages are counted: each is worked off once. Tasks are counted: none is left. Any right way counts.
#
# - `lab.check(...)` under each task tells you at once what holds and what does not. Run it as often as you like.
# - Some checks run only after submission. They ask for the same things: with other messages, on other nights.
# - Each copy begins with empty queues and no running tasks. Names of rules, alarms and roles do not matter. No service, please:
#   it would start what has ended.
# - `lab.hint("end-with-it")` gives the next hint for a question. There are three each, and they cost nothing.
# - After a restart of the kernel run the cells from the top; progress is kept. `lab.reset()` begins again in a fresh world, and
#   `lab.work("end-with-it")` shows your answer as it was at its last check.

# %% id="lab11-setup" role="setup"
import json

import boto3

from autograder import lab

desk = lab.begin("11-queue-driven-batch")
ecs, ec2, sqs, iam = (boto3.client(name) for name in ("ecs", "ec2", "sqs", "iam"))
events, scheduler, cloudwatch = (boto3.client(name) for name in ("events", "scheduler", "cloudwatch"))

# %% [markdown] id="lab11-desk"
# That is your ticket. The cluster is `desk.cluster`, the queue of messages `desk.queue`. `desk.role` is the execution role, `desk.app`
# the task role; it may work off the queue. Use the default VPC and its public subnets, with public addresses.
# `desk.cloud.messages(desk.queue)` shows what became of each message; `desk.cloud.advance(minutes=10)` lets time pass.

# %% [markdown] id="lab11-q1"
# ## 1. End with the work (5 points)
#
# Register a task definition of the family `desk.family`. A quarter of a vCPU is enough. The program reads the URL of its queue from the
# environment, as `QUEUE`. `desk.images` has it twice: one version waits for more when the queue is empty, one ends.
#
# Work on a message takes `desk.seconds` seconds. Each must be worked off once, also when tasks come one after the other or five at a
# time; and when the work is done no task is left. The checks start the tasks.

# %% id="lab11-a1" role="answer" question="end-with-it"
### BEGIN SOLUTION
url = sqs.get_queue_url(QueueName=desk.queue)["QueueUrl"]
sqs.set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": str(desk.seconds + 30)})
program = {
    "name": "app",
    "image": desk.images["ends"],
    "environment": [{"name": "QUEUE", "value": url}],
}
definition = ecs.register_task_definition(
    family=desk.family,
    requiresCompatibilities=["FARGATE"],
    networkMode="awsvpc",
    cpu="256",
    memory="512",
    executionRoleArn=desk.role,
    taskRoleArn=desk.app,
    containerDefinitions=[program],
)["taskDefinition"]["taskDefinitionArn"]
### END SOLUTION

# %% id="lab11-c1" role="check" question="end-with-it" points=5 rows=["P06"] tags=["raises-exception"]
lab.check("end-with-it")

# %% [markdown] id="lab11-q2"
# ## 2. Lose nothing (5 points)
#
# - A worker may be killed at any moment. `desk.patience` minutes later the next one must get its message.
# - A message that holds the word `desk.unreadable` ends every worker that takes it. When `desk.tries` workers have tried it, it is
#   set aside in another queue, and does not come back. A good message has as many tries.

# %% id="lab11-a2" role="answer" question="lose-nothing"
### BEGIN SOLUTION
aside = sqs.create_queue(QueueName=f"{desk.queue}-aside")["QueueUrl"]
aside_arn = sqs.get_queue_attributes(QueueUrl=aside, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
redrive = json.dumps({"deadLetterTargetArn": aside_arn, "maxReceiveCount": desk.tries})
sqs.set_queue_attributes(QueueUrl=url, Attributes={"RedrivePolicy": redrive})
### END SOLUTION

# %% id="lab11-c2" role="check" question="lose-nothing" points=5 rows=["P06"] tags=["raises-exception"]
lab.check("lose-nothing")

# %% [markdown] id="lab11-q3"
# ## 3. Meet the rush (4 points)
#
# On Saturdays more than `desk.depth` messages wait at once. Then `desk.rush` tasks of your definition must be started by themselves,
# within ten minutes, once for each rush. `desk.depth` messages or fewer start nothing.
#
# Who starts tasks for you needs a role that you make. It may start this program's tasks and hand over their two roles.

# %% id="lab11-a3" role="answer" question="meet-the-rush"
### BEGIN SOLUTION
cluster = ecs.describe_clusters(clusters=[desk.cluster])["clusters"][0]["clusterArn"]
subnets = ec2.describe_subnets(Filters=[{"Name": "default-for-az", "Values": ["true"]}])["Subnets"]
places = [each["SubnetId"] for each in subnets]
network = {"awsvpcConfiguration": {"Subnets": places, "AssignPublicIp": "ENABLED"}}
may_start = [
    {"Effect": "Allow", "Action": "ecs:RunTask", "Resource": definition},
    {"Effect": "Allow", "Action": "iam:PassRole", "Resource": [desk.role, desk.app]},
]


def make_starter(name, service):
    """A role with which a service of AWS may start the program's tasks; its ARN."""
    trust = {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
    made = iam.create_role(RoleName=name, AssumeRolePolicyDocument=document)["Role"]["Arn"]
    policy = json.dumps({"Version": "2012-10-17", "Statement": may_start})
    iam.put_role_policy(RoleName=name, PolicyName="starts", PolicyDocument=policy)
    return made


cloudwatch.put_metric_alarm(
    AlarmName="rush",
    Namespace="AWS/SQS",
    MetricName="ApproximateNumberOfMessagesVisible",
    Dimensions=[{"Name": "QueueName", "Value": desk.queue}],
    Statistic="Maximum",
    Period=60,
    EvaluationPeriods=1,
    Threshold=desk.depth,
    ComparisonOperator="GreaterThanThreshold",
    TreatMissingData="notBreaching",
)
rings = {
    "source": ["aws.cloudwatch"],
    "detail-type": ["CloudWatch Alarm State Change"],
    "detail": {"alarmName": ["rush"], "state": {"value": ["ALARM"]}},
}
events.put_rule(Name="rush", EventPattern=json.dumps(rings))
many = {
    "TaskDefinitionArn": definition,
    "TaskCount": desk.rush,
    "LaunchType": "FARGATE",
    "NetworkConfiguration": network,
}
starter = make_starter("rush-starter", "events.amazonaws.com")
events.put_targets(
    Rule="rush", Targets=[{"Id": "tasks", "Arn": cluster, "RoleArn": starter, "EcsParameters": many}]
)
### END SOLUTION

# %% id="lab11-c3" role="check" question="meet-the-rush" points=4 rows=["P06"] tags=["raises-exception"]
lab.check("meet-the-rush")

# %% [markdown] id="lab11-q4"
# ## 4. Every night (3 points)
#
# What came in small numbers waits for the night. Every night at `desk.hour` in the time zone `desk.zone` one task of your definition must
# be started, and none at any other time.

# %% id="lab11-a4" role="answer" question="every-night"
### BEGIN SOLUTION
hour, minute = desk.hour.split(":")
one = {
    "TaskDefinitionArn": definition,
    "LaunchType": "FARGATE",
    "NetworkConfiguration": {"awsvpcConfiguration": {"Subnets": places, "AssignPublicIp": "ENABLED"}},
}
scheduler.create_schedule(
    Name="nightly",
    ScheduleExpression=f"cron({int(minute)} {int(hour)} * * ? *)",
    ScheduleExpressionTimezone=desk.zone,
    FlexibleTimeWindow={"Mode": "OFF"},
    Target={
        "Arn": cluster,
        "RoleArn": make_starter("night-starter", "scheduler.amazonaws.com"),
        "EcsParameters": one,
    },
)
### END SOLUTION

# %% id="lab11-c4" role="check" question="every-night" points=3 rows=["P06"] tags=["raises-exception"]
lab.check("every-night")

# %% [markdown] id="lab11-q5"
# ## 5. Hear of it (3 points)
#
# Nobody looks at tasks that have ended. There is a queue `desk.failed` for bad news. For each task of the cluster that ends with another
# exit code than 0 one message must come into it that names the task. Tasks that end with 0 are no news, whoever ended them.

# %% id="lab11-a5" role="answer" question="hear-of-it"
### BEGIN SOLUTION
bad_news = sqs.get_queue_url(QueueName=desk.failed)["QueueUrl"]
bad_news_arn = sqs.get_queue_attributes(QueueUrl=bad_news, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
let_in = {
    "Effect": "Allow",
    "Principal": {"Service": "events.amazonaws.com"},
    "Action": "sqs:SendMessage",
    "Resource": bad_news_arn,
}
policy = json.dumps({"Version": "2012-10-17", "Statement": [let_in]})
sqs.set_queue_attributes(QueueUrl=bad_news, Attributes={"Policy": policy})
ended_badly = {
    "source": ["aws.ecs"],
    "detail-type": ["ECS Task State Change"],
    "detail": {
        "clusterArn": [cluster],
        "lastStatus": ["STOPPED"],
        "containers": {"exitCode": [{"anything-but": 0}]},
    },
}
events.put_rule(Name="failed", EventPattern=json.dumps(ended_badly))
events.put_targets(Rule="failed", Targets=[{"Id": "queue", "Arn": bad_news_arn}])
### END SOLUTION

# %% id="lab11-c5" role="check" question="hear-of-it" points=3 rows=["P06"] tags=["raises-exception"]
lab.check("hear-of-it")

# %% [markdown] id="lab11-reflect" role="reflect" question="explain-it" points=2
# ## 6. Explain it (2 points, read by a person)
#
# Mara reads: *"At least once, says the book. So in ten years some passenger gets two papers, and we pay a refund twice. Make it exactly
# once."* Answer her in four to eight sentences: in which ways can a message still be worked off twice in what you built, what can
# the queue do about it, and what has to be done in the program?
#
# === BEGIN MARK SCHEME ===
# One point for the ways: a worker that takes longer than the visibility time-out; a worker that dies after the work and before the
# deletion; SQS that delivers a message twice by itself; the sender that sends twice. Two of them, told as a sequence of events; half for one.
#
# One point for the cure: the program must be idempotent, with a key of the business (booking number) that is written together with the
# effect or checked before it; a longer time-out makes it rarer and recovery slower; a FIFO queue removes duplicates of sending within five
# minutes and is no cure for a worker that dies. No point for "use FIFO" alone.
# === END MARK SCHEME ===

# %% [markdown] id="lab11-reflect-answer" role="reflect" question="explain-it"
# *Write your answer here.*

# %% [markdown] id="lab11-end"
# ## Hand it in
#
# Save the notebook (Ctrl+S), run the next cell and press the button. `fargate-course submit 11-queue-driven-batch` in a terminal
# does the same. `lab.progress()` shows where you stand.
# `lab.solution("end-with-it")` shows the worked solution of a question that you have passed, where your copy has it.

# %% id="lab11-submit" role="setup" tags=["nbval-ignore-output"]
lab.submit_button()
