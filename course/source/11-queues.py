# %% [markdown] id="que-title"
# # 11 · Queues, events and batch
#
# **Four thousand receipts wait to be written. Who starts the tasks, who ends them, and who sees to it that no passenger gets two?**
#
# After this lesson you can
#
# - run work that ends by itself, from a queue, without losing a message,
# - choose a visibility time-out, and say when work is done twice,
# - start tasks by the clock, by an alarm and by an event, with the two permissions which that takes.
#
# About 50 minutes. You need lessons [04](04-two-roles.ipynb) and [09](09-scaling.ipynb).

# %% [markdown] id="que-story"
# When a ferry has left, `tickets` puts one message a passenger into a queue (Amazon SQS keeps it), and `receipts` writes the receipts. Most of the day the
# queue is empty. In the evening it is not. "I do not want to pay for waiting," says Mara, "and I do not want to wait for paying."

# %% id="que-open"
import json

import boto3

from simcloud import Cloud, views

cloud = Cloud(seed=11).open()
ecs, ec2, iam, sqs = (boto3.client(name) for name in ("ecs", "ec2", "iam", "sqs"))
events, scheduler, watch, logs = (boto3.client(name)
                                  for name in ("events", "scheduler", "cloudwatch", "logs"))
cluster = ecs.create_cluster(clusterName="ferryline")["cluster"]["clusterArn"]
subnets = ec2.describe_subnets(Filters=[{"Name": "default-for-az", "Values": ["true"]}])["Subnets"]
places = sorted(each["SubnetId"] for each in subnets)[:2]
network = {"awsvpcConfiguration": {"subnets": places, "assignPublicIp": "ENABLED"}}


def document(*statements):
    """A policy document as JSON."""
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def make_role(name, service, *statements):
    """A role for one of AWS's services, with these statements; its ARN."""
    trust = {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}
    made = iam.create_role(RoleName=name, AssumeRolePolicyDocument=document(trust))["Role"]
    if statements:
        iam.put_role_policy(RoleName=name, PolicyName="own", PolicyDocument=document(*statements))
    return made["Arn"]


execution = make_role("ferryline-execution", "ecs-tasks.amazonaws.com")
managed = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
iam.attach_role_policy(RoleName="ferryline-execution", PolicyArn=managed)
url = sqs.create_queue(QueueName="receipts", Attributes={"VisibilityTimeout": "30"})["QueueUrl"]
queue = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
work = {"Effect": "Allow", "Action": ["sqs:ReceiveMessage", "sqs:DeleteMessage"], "Resource": queue}
task_role = make_role("receipts-app", "ecs-tasks.amazonaws.com", work)


def receipts(**behaviour):
    """Register `receipts`, whose image takes messages and behaves as told; the revision's ARN."""
    image = cloud.push_image("receipts", takes=url, **behaviour)
    made = ecs.register_task_definition(
        family="receipts", requiresCompatibilities=["FARGATE"], networkMode="awsvpc", cpu="256",
        memory="512",
        executionRoleArn=execution, taskRoleArn=task_role,
        containerDefinitions=[{"name": "app", "image": image, "stopTimeout": 60}])
    return made["taskDefinition"]["taskDefinitionArn"]


def send(*bodies):
    """Put messages into the queue."""
    for body in bodies:
        sqs.send_message(QueueUrl=url, MessageBody=body)


receipts(message_seconds=10, until_empty=True)

# %% [markdown] id="que-run-text"
# ## Work that ends
#
# A service keeps tasks running. For work that ends there is **RunTask**: so many tasks, once. The program takes a message, does the
# work, deletes the message, takes the next. When the queue gives nothing more, it ends with exit code 0.

# %% id="que-run" rows=["P06", "F15"]
def run(count):
    """Start so many tasks; their ARNs."""
    made = ecs.run_task(cluster="ferryline", taskDefinition="receipts", count=count,
                        launchType="FARGATE", networkConfiguration=network)
    assert not made["failures"], made["failures"]
    return [task["taskArn"] for task in made["tasks"]]


send(*(f"passenger {number}" for number in range(20)))
writers = run(4)
ecs.get_waiter("tasks_stopped").wait(cluster="ferryline", tasks=writers)
for task in ecs.describe_tasks(cluster="ferryline", tasks=writers)["tasks"]:
    lived = task["stoppedAt"] - task["startedAt"]
    print(task["lastStatus"], "exit code", task["containers"][0]["exitCode"], "after", lived)
print("done and deleted:",
      sum(message.done == 1 and message.deleted for message in cloud.messages("receipts")), "of 20")

# %% [markdown] id="que-run-seen"
# Twenty messages, each done once, four tasks, and nothing is running any more: nothing more is billed. How many messages each task
# took was nobody's decision. They share a queue, that is all. (`cloud.messages` shows what only the simulation can: what became of each.)
#
# RunTask starts at most 10 tasks a call, and it may start *fewer than you asked for* without an error: read `failures`, as
# the function does. ([AWS: RunTask](https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html))

# %% [markdown] id="que-hidden-text"
# ## A message is only hidden
#
# In summer messages come all day. Then `receipts` is a *service*: two workers that wait for more when the queue is empty.
#
# Taking a message does not remove it. It is *hidden* for the **visibility time-out**, here 30 seconds, and comes back if it was not
# deleted by then. Tonight a receipt takes 45 seconds. **Write down your guess:** what happens to one message with two workers?

# %% id="que-twice" rows=["P06"]
receipts(message_seconds=45)
ecs.create_service(cluster="ferryline", serviceName="receipts", taskDefinition="receipts",
                   desiredCount=2, launchType="FARGATE",
                   networkConfiguration=network)
ecs.get_waiter("services_stable").wait(cluster="ferryline", services=["receipts"])


def last(count=1):
    """What became of the last messages."""
    for message in cloud.messages("receipts")[-count:]:
        print(f"{message.body}: taken {message.taken}, done {message.done}, deleted {message.deleted}, "
              f"set aside {bool(message.moved_to)}")


send("slow 1")
cloud.advance(minutes=6)
last()

# %% [markdown] id="que-twice-seen"
# The passenger gets one receipt after the other. And the message does not even go away: to delete it a worker needs the *handle*
# that it got with it, and whoever takes it next makes that handle void. Nothing is broken. SQS promises *at least once*, and the time-out was shorter than the work.
#
# Two cures, and one needs both. **Longer:** a visibility time-out well above the longest work (or the program prolongs
# it as it goes, by `ChangeMessageVisibility`). **Idempotent:** the program looks whether this receipt is written already, for once in a while a
# message is delivered twice anyhow. ([AWS: visibility timeout](https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html))

# %% id="que-longer" rows=["P06"]
sqs.purge_queue(QueueUrl=url)
sqs.set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": "180"})
cloud.advance(minutes=2)
send("slow 2")
cloud.advance(minutes=6)
last()

# %% [markdown] id="que-kill-text"
# ## A task dies with a message in its hand
#
# Now we kill the worker that has a message, in the middle of its work. **Guess:** is the message lost?

# %% id="que-kill" rows=["P06"]
send("slow 3")
cloud.advance(seconds=20)
cloud.kill_task(cloud.messages("receipts")[-1].tasks[-1])
cloud.advance(minutes=2)
last()
cloud.advance(minutes=4)
last()

# %% [markdown] id="que-kill-seen"
# Not lost: only late. It came back when its time-out was over, and another worker did it. That is why one deletes **after** the work
# and not before.
#
# The passenger had to wait for it. Had the time-out been an hour, the wait had been an hour too. Too short is done twice, too long is late.
#
# ## The message that kills
#
# One booking has a name that the program cannot read. Each worker that takes it dies, and the service replaces it. **Guess** how
# many tasks that costs in a quarter of an hour.

# %% id="que-poison" rows=["P06"]
receipts(message_seconds=2, dies_of="unreadable")
sqs.set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": "30"})
ecs.update_service(cluster="ferryline", service="receipts", taskDefinition="receipts")
ecs.get_waiter("services_stable").wait(cluster="ferryline", services=["receipts"])
before = len(cloud.tasks("ferryline"))
with cloud.copy() as future:
    send("unreadable")
    future.advance(minutes=15)
    print("new tasks:", len(future.tasks("ferryline")) - before, "| the message was taken",
          future.messages("receipts")[-1].taken, "times")

# %% [markdown] id="que-poison-seen"
# Every 30 seconds it came back, and killed whoever took it. It would go on like this for days, until SQS drops the message at the end of its retention (4 days unless you say otherwise).
#
# A **dead-letter queue** ends it: taken so many times in vain (`maxReceiveCount`), the message is set aside, and somebody may look at it.

# %% id="que-dead" rows=["P06"]
aside = sqs.create_queue(QueueName="receipts-unreadable")["QueueUrl"]
aside_arn = sqs.get_queue_attributes(QueueUrl=aside,
                                     AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
redrive = json.dumps({"deadLetterTargetArn": aside_arn, "maxReceiveCount": 3})
sqs.set_queue_attributes(QueueUrl=url, Attributes={"RedrivePolicy": redrive})
send("unreadable", "passenger 21", "passenger 22")
cloud.advance(minutes=15)
last(3)
print("new tasks:", len(cloud.tasks("ferryline")) - before)

# %% [markdown] id="que-clock-text"
# ## Started by the clock
#
# *EventBridge* starts something when something has happened, or when it is time. Who calls RunTask at half past two in the night?
# **EventBridge Scheduler** can, and an EventBridge *rule* with a schedule too. (`cron(30 2 ...)`: the minute stands first, then the hour.) Either needs a
# role. Jon gives it the permission that one thinks of first, `ecs:RunTask`, and a queue for what could not be delivered.

# %% id="que-clock" rows=["P06"]
ecs.update_service(cluster="ferryline", service="receipts", desiredCount=0)
batch = receipts(message_seconds=4, until_empty=True)
undelivered = sqs.create_queue(QueueName="undelivered")["QueueUrl"]
undelivered_arn = sqs.get_queue_attributes(QueueUrl=undelivered,
                                           AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
start_it = {"Effect": "Allow", "Action": "ecs:RunTask", "Resource": batch}
starter = make_role("nightly-starter", "scheduler.amazonaws.com", start_it,
                    {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": undelivered_arn})
scheduler.create_schedule(
    Name="nightly", ScheduleExpression="cron(30 2 * * ? *)", ScheduleExpressionTimezone="Europe/Athens",
    FlexibleTimeWindow={"Mode": "OFF"},
    Target={"Arn": cluster, "RoleArn": starter, "DeadLetterConfig": {"Arn": undelivered_arn},
            "RetryPolicy": {"MaximumRetryAttempts": 0},
            "EcsParameters": {"TaskDefinitionArn": batch, "LaunchType": "FARGATE", "NetworkConfiguration": {
                "awsvpcConfiguration": {"Subnets": places, "AssignPublicIp": "ENABLED"}}}})
cloud.advance(hours=24)
told = sqs.receive_message(QueueUrl=undelivered,
                           MessageAttributeNames=["All"])["Messages"][0]["MessageAttributes"]
print({name: value["StringValue"] for name,
       value in told.items() if name in ("ERROR_CODE", "ERROR_MESSAGE")})

# %% [markdown] id="que-clock-seen"
# No task ran, and nothing turned red: without the dead-letter queue nobody would know. Who starts a task hands it two roles, and handing
# over a role takes a permission of its own: **`iam:PassRole`**, on exactly the task's roles.
# ([AWS: scheduled tasks](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/tasks-scheduled-eventbridge-scheduler.html))

# %% id="que-pass" rows=["P06"]
hand_over = {"Effect": "Allow", "Action": "iam:PassRole", "Resource": [execution, task_role],
             "Condition": {"StringEquals": {"iam:PassedToService": "ecs-tasks.amazonaws.com"}}}
iam.put_role_policy(RoleName="nightly-starter", PolicyName="hand-over",
                    PolicyDocument=document(hand_over))
cloud.advance(hours=24)
print([line for line in cloud.story if "nightly" in line.who][-1])

# %% [markdown] id="que-pass-seen"
# Half past two in Athens is half past midnight here: Scheduler knows time zones. A rule's `cron(...)` is always UTC.
#
# ## Started by the queue
#
# "And if there are four thousand at noon?" Mara looks for the event "the queue is long" in the list of events. **Guess:** what is it called?

# %% [markdown] id="que-depth-text"
# There is none. **No rule watches how long a queue is.** What does is an *alarm* on the queue's metric, and that an alarm has changed its
# state is an event. So: alarm, rule, RunTask.

# %% id="que-depth" rows=["P06"]
watch.put_metric_alarm(
    AlarmName="receipts-wait", Namespace="AWS/SQS", MetricName="ApproximateNumberOfMessagesVisible",
    Dimensions=[{"Name": "QueueName", "Value": "receipts"}], Statistic="Maximum", Period=60,
    EvaluationPeriods=1,
    Threshold=100, ComparisonOperator="GreaterThanThreshold", TreatMissingData="notBreaching")
rings = {"source": ["aws.cloudwatch"], "detail-type": ["CloudWatch Alarm State Change"],
         "detail": {"alarmName": ["receipts-wait"], "state": {"value": ["ALARM"]}}}
ringer = make_role("rush-starter", "events.amazonaws.com", start_it, hand_over)
events.put_rule(Name="rush", EventPattern=json.dumps(rings))
target = {"Id": "writers", "Arn": cluster, "RoleArn": ringer, "EcsParameters": {
    "TaskDefinitionArn": batch, "LaunchType": "FARGATE", "TaskCount": 5,
    "NetworkConfiguration": {"awsvpcConfiguration": {"Subnets": places, "AssignPublicIp": "ENABLED"}}}}
assert events.put_targets(Rule="rush", Targets=[target])["FailedEntryCount"] == 0
send(*(f"evening {number}" for number in range(150)))
for _ in range(6):
    cloud.advance(minutes=1)
    waiting = sum(message.body.startswith("evening") and not message.done
                  for message in cloud.messages("receipts"))
    state = watch.describe_alarms(AlarmNames=["receipts-wait"])["MetricAlarms"][0]["StateValue"]
    print(cloud.now.strftime("%H:%M"),
          f"{state:<17} waiting {waiting:>3}  tasks {len(cloud.tasks('ferryline', status='RUNNING'))}")

# %% [markdown] id="que-depth-seen"
# The alarm rang once, five tasks came, did the work and went. The event is the *change*: while the alarm goes on ringing, no more tasks
# are started. For a queue that stays long, a service that scales on the backlog per task is the better form
# (lesson [09](09-scaling.ipynb)). The forms that are asked for:
#
# | what starts the work | good for | mind |
# |---|---|---|
# | Scheduler, or a rule with a schedule | every night at half past two | `iam:PassRole` |
# | alarm on the depth, rule, RunTask | rare rushes, nothing runs between them | fires on the change only |
# | EventBridge Pipe, which looks into the queue for you and calls RunTask | a task for a message or a small batch | a task takes half a minute to start (told, not simulated here) |
# | Lambda function that polls the queue and calls RunTask | a decision in code for each message | one more thing to run (told, not simulated here) |
# | service, scaled on backlog per task | a steady stream with hills | at least one worker, or a way up from zero |

# %% [markdown] id="que-end-text"
# ## Hear that it failed
#
# A task that ends tells an event. The rule below asks for tasks of the cluster that ended with **another exit code than 0**, and sends
# them to a queue. (For mail it would be a topic of SNS, AWS's service for notices.) To send there, EventBridge must be let in by the *queue's own policy*.

# %% id="que-end" rows=["P06"]
failed = sqs.create_queue(QueueName="failed")["QueueUrl"]
failed_arn = sqs.get_queue_attributes(QueueUrl=failed,
                                      AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
let_in = {"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"},
          "Action": "sqs:SendMessage", "Resource": failed_arn}
sqs.set_queue_attributes(QueueUrl=failed, Attributes={"Policy": document(let_in)})
ended = {"source": ["aws.ecs"], "detail-type": ["ECS Task State Change"],
         "detail": {"clusterArn": [cluster], "lastStatus": ["STOPPED"],
                    "containers": {"exitCode": [{"anything-but": 0}]}}}
events.put_rule(Name="failed", EventPattern=json.dumps(ended))
events.put_targets(Rule="failed", Targets=[{"Id": "queue", "Arn": failed_arn}])
receipts(message_seconds=4, until_empty=True, dies_of="unreadable")
send("passenger 400")
run(1)
cloud.advance(minutes=3)
send("unreadable")
run(1)
cloud.advance(minutes=3)
for message in sqs.receive_message(QueueUrl=failed, MaxNumberOfMessages=10)["Messages"]:
    detail = json.loads(message["Body"])["detail"]
    print(detail["stopCode"], "|", detail["stoppedReason"], "|", detail["containers"][0]["exitCode"],
          "| version", detail["version"])

# %% [markdown] id="que-end-seen"
# One of the two runs failed, and one message came. On a real account events may come twice or in the wrong order: keep the one with the highest
# `version`. ([AWS: task events](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_task_events.html))
#
# ## Try it yourself
#
# Twelve messages. Find settings with which nothing is done twice and nothing stays, whatever goes wrong.

# %% id="que-try" rows=["P06"]
views.try_queue(cloud)

# %% [markdown] id="que-exam" rows=["P06", "N06"] rests=["P06", "N06", "P05", "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html", "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html", "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/CWE_IAM_role.html"]
# ## Exam notes (SAA-C03, SAP-C02 and DOP-C02)
#
# - **Done twice.** *Asked as:* "some orders are processed two times". *Decides:* visibility time-out above the longest work; idempotent code.
# - **Never done.** *Asked as:* "one message is retried without end". *Decides:* dead-letter queue with `maxReceiveCount`.
# - **Scheduled task does not run.** *Asked as:* "the rule fires, no task starts". *Decides:* the rule's role lacks `ecs:RunTask` or `iam:PassRole`.
# - **On depth.** *Asked as:* "start tasks when messages wait". *Decides:* an alarm (then a rule), a Pipe, or scaling on backlog; no rule sees the depth.
# - **Long jobs.** *Asked as:* "each item takes 40 minutes". *Decides:* Fargate, not Lambda, whose functions end after 15.
# - **Cheapest.** *Asked as:* "may be interrupted, must not be lost". *Decides:* a queue and Fargate **Spot**: what is interrupted comes back. Remember it as: *Spot suits the batch and not the API.*
#
# **Four questions.** Choose, press *Answer*, and read why each option is right or wrong.

# %% id="que-question-twice"
from autograder.exam.question import question

question("invoices-sent-twice")

# %% id="que-question-nightly"
question("nightly-rule-starts-nothing")

# %% id="que-question-depth"
question("tasks-when-messages-wait")

# %% id="que-question-poison"
question("one-message-keeps-workers-dying")

# %% [markdown] id="que-real"
# ## On a real account
#
# ```bash
# aws sqs create-queue --queue-name receipts --attributes VisibilityTimeout=180
# aws ecs run-task --cluster ferryline --task-definition receipts --count 4 --launch-type FARGATE --network-configuration file://network.json
# aws ecs wait tasks-stopped --cluster ferryline --tasks $TASKS
# ```
#
# ```yaml
# Nightly:
#   Type: AWS::Scheduler::Schedule
#   Properties:
#     ScheduleExpression: cron(30 2 * * ? *)
#     ScheduleExpressionTimezone: Europe/Athens
#     FlexibleTimeWindow: {Mode: "OFF"}
#     Target:
#       Arn: !GetAtt Cluster.Arn
#       RoleArn: !GetAtt Starter.Arn
#       EcsParameters: {TaskDefinitionArn: !Ref Receipts, LaunchType: FARGATE, NetworkConfiguration: {AwsvpcConfiguration: {Subnets: !Ref Subnets}}}
# ```
#
# **It would cost** about a cent for all tasks of this lesson; the first million requests to SQS each month are free. **Clean up:** delete the schedule
# first, or it goes on starting tasks; then rules (targets before rules), alarm, queues, service and cluster.
#
# **The simulator leaves out** Pipes, Lambda and Step Functions, duplicate and late events, and messages that SQS delivers twice by itself.

# %% [markdown] id="que-answer"
# ## So who starts them, who ends them, and who prevents a second receipt?
#
# A **clock, an alarm or a scaling policy** starts the tasks, with a role that may run them *and hand over their roles*. The **program**
# ends them: it stops when the queue gives nothing more. And nobody prevents the second receipt **but you**: a time-out longer than the
# work makes it rare, a program that checks first makes it harmless.
#
# <!-- go on -->
#
# **Practise:** lab [11 · Queue-driven batch](../labs/11-queue-driven-batch/11-queue-driven-batch.ipynb). **Go on:** lesson [12 · Cost](12-cost.ipynb).
#
# <!-- end of go on -->
