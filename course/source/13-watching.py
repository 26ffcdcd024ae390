# %% [markdown] id="see-title"
# # 13 · Logs, metrics, traces
#
# **A customer waits eleven seconds for a ticket. You have no server to log in to. How do you find out why?**
#
# After this lesson you can
#
# - say where the lines, the figures and the traces of a task go, and what each of them needs on the way,
# - tell what Container Insights adds, and what is there without it,
# - let an alarm tell you before the customer does.
#
# About 45 minutes. You need lessons [03](03-networking.ipynb), [04](04-two-roles.ipynb) and [07](07-services.ipynb).

# %% [markdown] id="see-story"
# On the old server Jon looked for trouble with `tail -f`. On Fargate there is no server to sit on, no agent to install, and a task that
# died an hour ago has left nothing behind but what it *sent away*. So sending has to be right before the trouble starts.

# %% id="see-open"
import json
import textwrap
from datetime import timedelta

import boto3

from simcloud import Cloud, views

cloud = Cloud(seed=13).open()
ecs, ec2, iam, logs, watch, xray = (boto3.client(name)
                                    for name in ("ecs", "ec2", "iam", "logs", "cloudwatch", "xray"))
ecs.create_cluster(clusterName="ferryline")
subnets = ec2.describe_subnets(Filters=[{"Name": "default-for-az", "Values": ["true"]}])["Subnets"]
places = sorted(each["SubnetId"] for each in subnets)[:2]
network = {"awsvpcConfiguration": {"subnets": places, "assignPublicIp": "ENABLED"}}


def document(*statements):
    """A policy document as JSON."""
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def make_role(name, policy=""):
    """A role that tasks may take on; its ARN."""
    trust = {"Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"},
             "Action": "sts:AssumeRole"}
    role = iam.create_role(RoleName=name, AssumeRolePolicyDocument=document(trust))["Role"]["Arn"]
    if policy:
        iam.attach_role_policy(RoleName=name,
                               PolicyArn=f"arn:aws:iam::aws:policy/service-role/{policy}")
    return role


execution, task_role = make_role("execution", "AmazonECSTaskExecutionRolePolicy"), make_role("task")
image = cloud.push_image("tickets", ports=[8080], log_lines=["listening on 8080", "first ticket sold"],
                         latency_seconds=0.2)

# %% [markdown] id="see-logs-text"
# ## Lines: the awslogs driver
#
# What a container writes to *stdout* and *stderr* can go to CloudWatch Logs. The definition says where: group, region and a prefix. On
# Fargate all three are required. **Guess:** what does AWS do if the group does not exist?

# %% id="see-logs" rows=["P04"]
def awslogs(group, **more):
    """A log configuration for CloudWatch Logs."""
    options = {"awslogs-group": group, "awslogs-region": "us-east-1", "awslogs-stream-prefix": "app"}
    return {"logDriver": "awslogs", "options": options | more}


def define(*containers, family="tickets"):
    """Register these containers; family:revision."""
    made = ecs.register_task_definition(
        family=family, requiresCompatibilities=["FARGATE"], networkMode="awsvpc", cpu="256",
        memory="512",
        executionRoleArn=execution, taskRoleArn=task_role,
        containerDefinitions=list(containers))["taskDefinition"]
    return f"{made['family']}:{made['revision']}"


def run(definition, minutes=2):
    """Run one task, let time pass, print how it got on; what we know of it."""
    task = ecs.run_task(cluster="ferryline", taskDefinition=definition, launchType="FARGATE",
                        networkConfiguration=network)["tasks"][0]["taskArn"]
    cloud.advance(minutes=minutes)
    seen = cloud.task(task)
    print(seen.status, textwrap.fill(seen.stopped_reason, 110, break_on_hyphens=False))
    return seen


app = {"name": "app", "image": image, "logConfiguration": awslogs("/ferryline/tickets")}
_ = run(define(app))

# %% [markdown] id="see-logs-seen"
# The task does not start at all. A log that cannot be opened stops it. `awslogs-create-group` would make the group, and needs one more
# permission in the execution role. **Guess** which, then read it.

# %% id="see-create" rows=["P04"]
creating = {"name": "app", "image": image,
            "logConfiguration": awslogs("/ferryline/tickets", **{"awslogs-create-group": "true"})}
_ = run(define(creating))

# %% id="see-group" rows=["P04"]
logs.create_log_group(logGroupName="/ferryline/tickets")
logs.put_retention_policy(logGroupName="/ferryline/tickets", retentionInDays=30)
seen = run(define(app))


def lines(group, task, container="app"):
    """Print what a container of a task wrote."""
    stream = f"app/{container}/{task.id}"
    for event in logs.get_log_events(logGroupName=group, logStreamName=stream,
                                     startFromHead=True)["events"]:
        print("  ", event["message"])


lines("/ferryline/tickets", seen)

# %% [markdown] id="see-group-seen"
# The stream's name is always *prefix / container / task id*: who has the task id has the log. And set a retention, or you keep and
# pay for every line forever.
#
# **And when the log is slow?** The driver either waits, and the program with it (`blocking`), or keeps lines in a buffer and drops what
# does not fit (`non-blocking`). Older texts say that it waits. **Guess** what an account gets today that has chosen nothing.

# %% id="see-mode" rows=["P04"]
chosen = ecs.list_account_settings(name="defaultLogDriverMode", effectiveSettings=True)["settings"][0]
print(chosen["name"], chosen["value"])
waits = {"name": "app", "image": image, "logConfiguration": awslogs("/ferryline/tickets", mode="blocking")}
_ = run(define(waits))

# %% [markdown] id="see-mode-seen"
# Since June 2025 the default is `non-blocking`: no program hangs for its log, and lines can be lost. Where each line counts, the definition
# says `mode: blocking`. ([AWS: account settings](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-account-settings.html))
#
# **Where the log is silent:** a task that never started wrote nothing. Its reason stands in `stoppedReason`, not in a log.
# ([AWS: awslogs](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html))
#
# ## Lines: FireLens
#
# To send lines elsewhere (S3; Firehose, which carries streams of data; others) ECS has *FireLens*: a *log router* runs beside the
# application, the program Fluent Bit as a sidecar. The application's
# driver is `awsfirelens`, and its options are the router's.

# %% id="see-router" rows=["P04"]
s3 = boto3.client("s3")
s3.create_bucket(Bucket="ferryline-lines")
router = {
    "name": "router", "image": "public.ecr.aws/aws-observability/aws-for-fluent-bit:stable",
    "essential": True,
    "firelensConfiguration": {"type": "fluentbit"}, "memoryReservation": 50,
}
to_s3 = {"logDriver": "awsfirelens", "options": {
    "Name": "s3", "region": "us-east-1", "bucket": "ferryline-lines", "total_file_size": "1M",
    "upload_timeout": "1m", "use_put_object": "On"}}
routed = define(router, {"name": "app", "image": image, "logConfiguration": to_s3}, family="routed")
_ = run(routed, minutes=5)
print("objects:",
      [one["Key"] for one in s3.list_objects_v2(Bucket="ferryline-lines").get("Contents", [])])

# %% [markdown] id="see-router-seen"
# The task runs, and nothing arrives. **Whose** permission is missing? The router is *your code*, in a container of your task.

# %% id="see-router-right" rows=["P04"]
write = {"Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::ferryline-lines/*"}
iam.put_role_policy(RoleName="task", PolicyName="lines", PolicyDocument=document(write))
_ = run(routed, minutes=5)
for one in s3.list_objects_v2(Bucket="ferryline-lines").get("Contents", []):
    print(one["Key"], one["Size"], "bytes")

# %% [markdown] id="see-router-why"
# The *task role*, as lesson 04 would have it. With `awslogs` it is the execution role: there Fargate sends the lines.
# ([AWS: FireLens](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_firelens.html))
#
# ## Figures: what is there for nothing
#
# Each service has two metrics without any setting: CPU and memory utilisation, by the minute. We run two tasks under load.

# %% id="see-free" rows=["F13"]
ecs.create_service(cluster="ferryline", serviceName="tickets", taskDefinition="tickets", desiredCount=2,
                   launchType="FARGATE",
                   networkConfiguration=network)
ecs.get_waiter("services_stable").wait(cluster="ferryline", services=["tickets"])
cloud.load("tickets", 40, cluster="ferryline")
cloud.advance(minutes=15)


def metrics(namespace):
    """The names of the metrics in a namespace."""
    found = {one["MetricName"]
             for page in watch.get_paginator("list_metrics").paginate(Namespace=namespace)
             for one in page["Metrics"]}
    return sorted(found)


print("AWS/ECS:", *metrics("AWS/ECS"))
print("ECS/ContainerInsights:", *metrics("ECS/ContainerInsights"))

# %% [markdown] id="see-free-seen"
# Two names, and the second namespace is empty: it belongs to **Container Insights**, a setting of the cluster. `enabled` adds counts, network
# and storage by cluster and service, `enhanced` also by task and container. It costs by the metric.

# %% id="see-insights" rows=["F13"]
ecs.update_cluster_settings(cluster="ferryline",
                            settings=[{"name": "containerInsights", "value": "enhanced"}])
cloud.advance(minutes=15)
names = metrics("ECS/ContainerInsights")
print(len(names), "names, such as", *names[:6])

# %% id="see-chart" rows=["F13"]
def by_minute(name, namespace, statistic="Average", minutes=6):
    """The last minutes of a metric of the service."""
    answer = watch.get_metric_statistics(
        Namespace=namespace, MetricName=name, Statistics=[statistic], Period=60,
        StartTime=cloud.now - timedelta(minutes=minutes), EndTime=cloud.now,
        Dimensions=[{"Name": "ClusterName", "Value": "ferryline"},
                    {"Name": "ServiceName", "Value": "tickets"}])["Datapoints"]
    return {one["Timestamp"].strftime("%H:%M"): round(one[statistic], 1)
            for one in sorted(answer, key=lambda one: one["Timestamp"])}


print("CPU %      ", by_minute("CPUUtilization", "AWS/ECS"))
print("tasks      ", by_minute("RunningTaskCount", "ECS/ContainerInsights"))
for minute, used in by_minute("CpuUtilized", "ECS/ContainerInsights").items():
    print(minute, "█" * round(used / 8), used, "CPU units")

# %% id="see-picture" rows=["F13"]
views.scaling_chart(cloud, "tickets", "ferryline", minutes=20)

# %% [markdown] id="see-insights-seen"
# The same as a picture: load, tasks, utilisation and answers on one axis of time.
# ([AWS: Container Insights](https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/ContainerInsights.html))
#
# ## An alarm that fires
#
# A figure that nobody looks at is no help. An *alarm* looks at it every minute, and tells a topic, or scales, or rolls back (lesson 08). Here
# it watches the CPU, and the load more than doubles when the ship rings its bell. **Guess:** after how many minutes does it fire, with two of two points needed?

# %% id="see-alarm" rows=["F13"]
watch.put_metric_alarm(
    AlarmName="tickets-busy", Namespace="AWS/ECS", MetricName="CPUUtilization", Statistic="Average",
    Period=60, EvaluationPeriods=2,
    Threshold=80, ComparisonOperator="GreaterThanThreshold",
    Dimensions=[{"Name": "ClusterName", "Value": "ferryline"},
                {"Name": "ServiceName", "Value": "tickets"}])
cloud.advance(minutes=3)
cloud.load("tickets", 90, cluster="ferryline")
began = cloud.now
alarm = {"StateValue": "OK"}
while alarm["StateValue"] != "ALARM":
    cloud.advance(seconds=10)
    alarm = watch.describe_alarms(AlarmNames=["tickets-busy"])["MetricAlarms"][0]
print("after", (cloud.now - began).total_seconds() / 60, "minutes:", alarm["StateReason"])

# %% [markdown] id="see-trace-text"
# One and a half minutes: the minute that had begun was the first of the two points.
#
# ## Traces: where the eleven seconds went
#
# A *trace* follows one request through all services; *X-Ray* is AWS's service for them. The application does not send it to AWS itself: it hands it to a **sidecar** on
# `localhost`, which all containers of a task share, and the sidecar sends it on. First without one.

# %% id="see-trace-alone" rows=["F14"]
traced_image = cloud.push_image("traced", traces="otlp", log_lines=["one ticket, 11.2 s"])
traced = {"name": "app", "image": traced_image, "logConfiguration": awslogs("/ferryline/tickets")}


def traces():
    """How many traces X-Ray has of the last hour."""
    return len(xray.get_trace_summaries(StartTime=cloud.now - timedelta(hours=1),
                                        EndTime=cloud.now)["TraceSummaries"])


seen = run(define(traced, family="traced"))
lines("/ferryline/tickets", seen)
print("traces in X-Ray:", traces())

# %% id="see-trace-sidecar" rows=["F14"]
collector = {"name": "collector", "essential": False,
             "image": "public.ecr.aws/aws-observability/aws-otel-collector:latest",
             "logConfiguration": awslogs("/ferryline/tickets")}
beside = define(traced, collector, family="traced")
seen = run(beside)
lines("/ferryline/tickets", seen, "collector")
print("traces in X-Ray:", traces())

# %% id="see-trace-right" rows=["F14"]
send = {"Effect": "Allow", "Action": ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
        "Resource": "*"}
iam.put_role_policy(RoleName="task", PolicyName="traces", PolicyDocument=document(send))
seen = run(beside)
print("traces in X-Ray:", traces())

# %% [markdown] id="see-trace-seen"
# Three things together: an application that makes traces, a sidecar that takes them on `localhost`, and a **task role** that lets the sidecar
# send them. (X-Ray's actions have no resource, so the star is not laziness.)
#
# **Older texts and exams** run the *X-Ray daemon* as the sidecar, on UDP port 2000. It and the X-Ray SDKs are in maintenance since February
# 2026 and end a year later. The sidecar of today is a collector of OpenTelemetry, an open standard for traces (AWS's build is called ADOT), on ports 4317 and 4318. X-Ray itself stays.
# ([AWS: traces with ADOT](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/trace-data.html))
#
# ## Try it yourself
#
# The explorer of lesson 04 once more, now for the way of a line. Give `logs:CreateLogStream` to the task role alone, and see who is asked
# for it. Then give each role what the whole way takes.

# %% id="see-try" rows=["P04"]
views.try_roles()

# %% [markdown] id="see-exam" rests=["P04", "F13", "F14", "F10", "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-errors.html"]
# ## Exam notes (CLF-C02, SAA-C03, SAP-C02 and DOP-C02)
#
# - **Lines to CloudWatch.** *Asked as:* "no changes to the application". *Decides:* awslogs, and `logs:` permissions in the execution role.
# - **Lines elsewhere.** *Asked as:* "to S3 or Firehose, filtered". *Decides:* FireLens, with permissions in the task role.
# - **No log at all.** *Asked as:* "tasks stop, and the log group is empty". *Decides:* `stoppedReason`; a task that never started wrote nothing.
# - **Counts of tasks in CloudWatch.** *Asked as:* "RunningTaskCount is missing". *Decides:* Container Insights is a cluster setting.
# - **Traces.** *Asked as:* "where is the time spent between services". *Decides:* a sidecar and the task role. A DaemonSet or an agent on the host is no answer.
# - **Lost lines.** *Asked as:* "the application hangs when logs are slow". *Decides:* `mode`: blocking waits, non-blocking may drop. Since June 2025 non-blocking is the default.
#
# **Four questions.** Choose, press *Answer*, and read why each option is right or wrong.

# %% id="see-question-router"
from autograder.exam.question import question

question("router-that-delivers-nothing")

# %% id="see-question-count"
question("running-tasks-on-a-dashboard")

# %% id="see-question-trace"
question("traces-from-tasks")

# %% id="see-question-empty"
question("empty-log-of-a-dead-task")

# %% [markdown] id="see-real"
# ## On a real account
#
# ```bash
# aws logs tail /ferryline/tickets --follow --since 10m
# aws ecs update-cluster-settings --cluster ferryline --settings name=containerInsights,value=enhanced
# aws xray get-trace-summaries --start-time $(date -d -1hour +%s) --end-time $(date +%s)
# ```
#
# ```yaml
# Cluster:
#   Type: AWS::ECS::Cluster
#   Properties: {ClusterSettings: [{Name: containerInsights, Value: enhanced}]}
# Lines:
#   Type: AWS::Logs::LogGroup
#   Properties: {LogGroupName: /ferryline/tickets, RetentionInDays: 30}
# ```
#
# **It would cost** 50 cents for each gigabyte of lines, and more for Container Insights the more tasks there are. **Clean up:** log groups stay
# when their service is gone; delete them, or give them a retention.
#
# **The simulator leaves out** queries of Logs Insights, dashboards, the contents of real traces and their sampling. What an image writes
# is what `push_image` was told.

# %% [markdown] id="see-answer"
# ## So how do you find out?
#
# By what was sent away in time. The **metric** says that it is slow, and since when; the **alarm** said so first. The **trace** says in which
# service the seconds went (what it says inside is left out here). The **line** says what happened there. Each needs a way out and a role: the execution role for what Fargate sends,
# the task role for what your own sidecars send.
#
# <!-- go on -->
#
# **Practise:** lab [13 · See everything](../labs/13-see-everything/13-see-everything.ipynb). **Go on:** lesson [14 · EKS on Fargate](14-eks.ipynb).
#
# <!-- end of go on -->
