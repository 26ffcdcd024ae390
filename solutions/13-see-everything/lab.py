# %% [markdown] id="lab13-title"
# # Lab 13: See everything
#
# **45 to 60 minutes, 20 points, and a question for 2 more.** You need lesson 13; lesson 04 helps.
#
# On Tuesday a customer waited eleven seconds. When Mara heard of it, the tasks of that hour were gone, and with them all that they knew.
# Two of Ferryline's services tell nobody anything. You will make them send what is needed, in time: lines, figures and traces, and an alarm
# that calls somebody before the customer does.

# %% [markdown] id="lab13-rules"
# **How you are judged.** By what your code leaves behind, and by its future: on a copy of your world tasks are killed, a sidecar dies, the
# load grows. Then we read what was sent: log streams, the bucket, X-Ray, CloudWatch, and the queue behind the topic. Any right way counts.
#
# - `lab.check(...)` under each task tells you at once what holds and what does not. Run it as often as you like.
# - Some checks run only after submission. They ask for the same things: of later tasks, in other minutes.
# - Names of containers, streams and alarms do not matter. The services, their counts, images and roles stay; you may add to the roles.
# - `lab.hint("lines")` gives the next hint for a question. There are three each, and they cost nothing.
# - After a restart of the kernel run the cells from the top; progress is kept. `lab.reset()` begins again in a fresh world, and
#   `lab.work("lines")` shows your answer as it was at its last check.

# %% id="lab13-setup" role="setup"
import json

import boto3

from autograder import lab

desk = lab.begin("13-see-everything")
ecs, iam, logs, cloudwatch = (boto3.client(name) for name in ("ecs", "iam", "logs", "cloudwatch"))

# %% [markdown] id="lab13-desk"
# That is your ticket. `desk.service` and `desk.ledger` run in the cluster `desk.cluster`. The execution role of both is
# `ferryline-execution`; the task role of each is `ferryline-` and the service's name, and may do nothing yet.
# `desk.cloud.advance(minutes=10)` lets time pass.

# %% [markdown] id="lab13-q1"
# ## 1. Keep the lines (5 points)
#
# What `desk.service` writes must be in CloudWatch Logs: in the log group `desk.group`, each task in a stream of its own, kept
# for `desk.days` days. That goes for every task that ever runs. (By the driver `awslogs`, without a change to the program.) Your cell ends
# when the lines of every running task stand there: what is still being rolled out does not work yet.

# %% id="lab13-a1" role="answer" question="lines"
### BEGIN SOLUTION
region = ecs.meta.region_name
logs.create_log_group(logGroupName=desk.group)
logs.put_retention_policy(logGroupName=desk.group, retentionInDays=desk.days)


def revise(service, change):
    """Register the service's definition with changed containers, and let the service run it."""
    old = ecs.describe_task_definition(taskDefinition=service)["taskDefinition"]
    kept = ("family", "requiresCompatibilities", "networkMode", "cpu", "memory", "executionRoleArn", "taskRoleArn")
    new = ecs.register_task_definition(
        containerDefinitions=change(old["containerDefinitions"]), **{name: old[name] for name in kept}
    )["taskDefinition"]["taskDefinitionArn"]
    ecs.update_service(cluster=desk.cluster, service=service, taskDefinition=new)
    ecs.get_waiter("services_stable").wait(cluster=desk.cluster, services=[service])


to_logs = {
    "logDriver": "awslogs",
    "options": {
        "awslogs-group": desk.group,
        "awslogs-region": region,
        "awslogs-stream-prefix": desk.service,
    },
}
revise(desk.service, lambda containers: [{**containers[0], "logConfiguration": to_logs}])
### END SOLUTION

# %% id="lab13-c1" role="check" question="lines" points=5 rows=["P04"] tags=["raises-exception"]
lab.check("lines")

# %% [markdown] id="lab13-q2"
# ## 2. Route the lines (5 points)
#
# The lines of `desk.ledger` are for the auditors: they belong into the bucket `desk.bucket`, within ten minutes. Put a log router
# (FireLens with Fluent Bit) beside the program. It may write into that bucket.

# %% id="lab13-a2" role="answer" question="routes"
### BEGIN SOLUTION
router = {
    "name": f"{desk.ledger}-router",
    "image": "public.ecr.aws/aws-observability/aws-for-fluent-bit:stable",
    "firelensConfiguration": {"type": "fluentbit"},
}
to_bucket = {
    "logDriver": "awsfirelens",
    "options": {
        "Name": "s3",
        "region": region,
        "bucket": desk.bucket,
        "total_file_size": "1M",
        "upload_timeout": "1m",
        "use_put_object": "On",
    },
}


def allow(service, actions, resource):
    """Give the task role of a service one statement."""
    statement = {"Effect": "Allow", "Action": actions, "Resource": resource}
    document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    iam.put_role_policy(RoleName=f"ferryline-{service}", PolicyName=service, PolicyDocument=document)


allow(desk.ledger, "s3:PutObject", f"arn:aws:s3:::{desk.bucket}/*")
revise(desk.ledger, lambda containers: [router, {**containers[0], "logConfiguration": to_bucket}])
### END SOLUTION

# %% id="lab13-c2" role="check" question="routes" points=5 rows=["P04"] tags=["raises-exception"]
lab.check("routes")

# %% [markdown] id="lab13-q3"
# ## 3. Follow a request (4 points)
#
# The program of `desk.service` makes traces and hands them to `localhost`: as `desk.traces` says, by UDP as for X-Ray's daemon
# (`xray`), or by OpenTelemetry (`otlp`). Nobody takes them. Let every task's traces reach X-Ray.
#
# Its lines stay where they are. And whatever happens to the container that takes the traces, the program must run on.

# %% id="lab13-a3" role="answer" question="traces"
### BEGIN SOLUTION
collector = {
    "name": f"{desk.service}-collector",
    "image": "public.ecr.aws/aws-observability/aws-otel-collector:latest",
    "essential": False,
    "logConfiguration": to_logs,
}
sends = ["xray:PutTraceSegments", "xray:PutTelemetryRecords"]
allow(desk.service, sends, "*")
revise(desk.service, lambda containers: [containers[0], collector])
### END SOLUTION

# %% id="lab13-c3" role="check" question="traces" points=4 rows=["F14", "P04"] tags=["raises-exception"]
lab.check("traces")

# %% [markdown] id="lab13-q4"
# ## 4. Figures, and an alarm that fires (6 points)
#
# - CloudWatch must have the figures of Container Insights for `desk.service`, its number of running tasks among them.
# - When the CPU of `desk.service` has been busier than `desk.limit` per cent for `desk.minutes` minutes in a row, the topic `desk.topic` must be
#   told, at most four minutes later, and once. (A queue hears the topic; the checks read there.)
# - Less than that calls nobody, however long it lasts, and neither does a peak that is over sooner.

# %% id="lab13-a4" role="answer" question="figures"
### BEGIN SOLUTION
insights = [{"name": "containerInsights", "value": "enabled"}]
ecs.update_cluster_settings(cluster=desk.cluster, settings=insights)
cloudwatch.put_metric_alarm(
    AlarmName=f"{desk.service}-busy",
    Namespace="AWS/ECS",
    MetricName="CPUUtilization",
    Dimensions=[
        {"Name": "ClusterName", "Value": desk.cluster},
        {"Name": "ServiceName", "Value": desk.service},
    ],
    Statistic="Average",
    Period=60,
    EvaluationPeriods=desk.minutes,
    Threshold=desk.limit,
    ComparisonOperator="GreaterThanThreshold",
    AlarmActions=[desk.topic],
)
### END SOLUTION

# %% id="lab13-c4" role="check" question="figures" points=6 rows=["F13"] tags=["raises-exception"]
lab.check("figures")

# %% [markdown] id="lab13-reflect" role="reflect" question="explain-it" points=2
# ## 5. Explain it (2 points, read by a person)
#
# On Thursday a customer waits eleven seconds again, and the alarm says nothing. Jon: *"Then we take 30 per cent as the limit."* Answer in
# four to eight sentences: why can a customer wait while the CPU is idle? In which order would you look at what the services send now,
# and what does each of them tell you? Which alarm would have called you on Thursday?
#
# === BEGIN MARK SCHEME ===
# One point for why and where: the CPU of one service says nothing of what it waits for (another service, a database, a lock, a name); the
# figure says since when and how many, the trace in which part the seconds went, the line what happened there. Half of it where the
# order is a list without what each of them tells.
#
# One point for an alarm on what the customer feels: response time at the load balancer as a percentile, or the share of errors, with a
# limit and a number of minutes; and a reason why a lower limit on the CPU only calls more often. No point for "more metrics".
# === END MARK SCHEME ===

# %% [markdown] id="lab13-reflect-answer" role="reflect" question="explain-it"
# *Write your answer here.*

# %% [markdown] id="lab13-end"
# ## Hand it in
#
# Save the notebook (Ctrl+S), run the next cell and press the button. `fargate-course submit 13-see-everything` in a terminal
# does the same. `lab.progress()` shows where you stand.
# `lab.solution("lines")` shows the worked solution of a question that you have passed, where your copy has it.

# %% id="lab13-submit" role="setup" tags=["nbval-ignore-output"]
lab.submit_button()
