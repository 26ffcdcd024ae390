# %% [markdown] id="tro-title"
# # 15 · Troubleshooting: from symptom to cause
#
# **The service wants two tasks and has none. Where do you look first, and what do you leave alone?**
#
# After this lesson you can
#
# - read a stopped reason by two questions,
# - tell apart what happens before the program runs, while it runs, and while somebody asks for its health,
# - make the smallest change that mends it, and prove that it did.
#
# About 50 minutes. You need lessons [03](03-networking.ipynb), [04](04-two-roles.ipynb) and [07](07-services.ipynb).

# %% [markdown] id="tro-story"
# It is Saturday, and Mara is on a ferry without a signal. Jon has "tidied up a few things" on Friday. Now seven services of Ferryline
# are down, each in its own manner, and the only engineer ashore is you.

# %% id="tro-open"
import json
import textwrap

import boto3

from simcloud import Cloud, views

cloud = Cloud(seed=15).open()
ecs, ec2, iam, logs, elb = (boto3.client(name) for name in ("ecs", "ec2", "iam", "logs", "elbv2"))
ecs.create_cluster(clusterName="ferryline")
logs.create_log_group(logGroupName="/ferryline/all")
subnets = ec2.describe_subnets(Filters=[{"Name": "default-for-az", "Values": ["true"]}])["Subnets"]
places = [each["SubnetId"] for each in sorted(subnets, key=lambda each: each["AvailabilityZone"])[:2]]
vpc = subnets[0]["VpcId"]
groups = ec2.describe_security_groups(Filters=[{"Name": "vpc-id", "Values": [vpc]},
                                               {"Name": "group-name", "Values": ["default"]}])
default_group = groups["SecurityGroups"][0]["GroupId"]


def make_role(name, *statements, trusts="ecs-tasks.amazonaws.com"):
    """A role that a service may take on; its ARN."""
    trust = {"Effect": "Allow", "Principal": {"Service": trusts}, "Action": "sts:AssumeRole"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
    made = iam.create_role(RoleName=name, AssumeRolePolicyDocument=policy)["Role"]
    if statements:
        document = json.dumps({"Version": "2012-10-17", "Statement": list(statements)})
        iam.put_role_policy(RoleName=name, PolicyName="own", PolicyDocument=document)
    return made["Arn"]


execution = make_role("ferryline-execution")
managed = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
iam.attach_role_policy(RoleName="ferryline-execution", PolicyArn=managed)
options = {"awslogs-group": "/ferryline/all", "awslogs-region": "us-east-1",
           "awslogs-stream-prefix": "app"}


def deploy(name, image, *, public="ENABLED", security=(), container=None, service=None, **definition):
    """Register a definition and make a service of two tasks of it, as Jon would."""
    written = {"name": "app", "image": image,
               "logConfiguration": {"logDriver": "awslogs", "options": options}, **(container or {})}
    asked = {"executionRoleArn": execution, **definition}
    ecs.register_task_definition(family=name, requiresCompatibilities=["FARGATE"], networkMode="awsvpc",
                                 cpu="256", memory="512",
                                 containerDefinitions=[written], **asked)
    place = {"subnets": places, "assignPublicIp": public,
             "securityGroups": list(security) or [default_group]}
    ecs.create_service(cluster="ferryline", serviceName=name, taskDefinition=name, desiredCount=2,
                       launchType="FARGATE",
                       networkConfiguration={"awsvpcConfiguration": place}, **(service or {}))


# %% [markdown] id="tro-where"
# ## Five places, in this order
#
# 1. **The service:** desired, running, pending; its *events*. Does it try at all?
# 2. **The stopped tasks:** `stopCode` and `stoppedReason`. How far do they come?
# 3. **The containers:** exit code and `reason`. Who ended it?
# 4. **The log:** what did the program say last?
# 5. **The targets:** is a task that runs also found healthy?
#
# Each place answers one question, and sends you to the next. `first_look` reads the first three.

# %% id="tro-look"
def first_look(service):
    """The service's counts and newest event, and how its last stopped task ended."""
    seen = ecs.describe_services(cluster="ferryline", services=[service])["services"][0]
    wants, runs, pending = seen["desiredCount"], seen["runningCount"], seen["pendingCount"]
    print(f"{service}: wants {wants}, runs {runs}, pending {pending}")
    print("event:", textwrap.shorten(seen["events"][0]["message"] if seen["events"] else "none", 150))
    pages = ecs.get_paginator("list_tasks").paginate(cluster="ferryline", serviceName=service,
                                                     desiredStatus="STOPPED")
    arns = [arn for page in pages for arn in page["taskArns"]]
    tasks = ecs.describe_tasks(cluster="ferryline", tasks=arns)["tasks"] if arns else []
    if ended := [task for task in tasks if "stoppedAt" in task]:
        last = max(ended, key=lambda task: task["stoppedAt"])
        print("stop code:", last["stopCode"])
        print(textwrap.fill(last["stoppedReason"], 120, break_on_hyphens=False))
        for container in last["containers"]:
            print("container:", container["name"], "exit code", container.get("exitCode"),
                  container.get("reason", ""))
        return last["stoppedReason"]


# %% [markdown] id="tro-two-text"
# ## Two questions to a stopped reason
#
# AWS's texts are long, and all built alike. **The beginning says what Fargate was doing. The end says what stopped it.** Between them lie
# retries and request numbers. Four services that do not start; four causes. **Before you read on**, guess from each text which piece
# Jon has touched.

# %% id="tro-four" rows=["T04", "T05", "M05"]
good = cloud.push_image("tickets", size_mib=120, log_lines=["tickets is up"])
deploy("tickets", good, public="DISABLED")

weak = make_role("crew-execution", {"Effect": "Allow", "Action": ["ecr:*", "logs:*"], "Resource": "*"})
secret = boto3.client("secretsmanager").create_secret(Name="crew", SecretString="not-shown")["ARN"]
deploy("crew", good, executionRoleArn=weak,
       container={"secrets": [{"name": "PASSWORD", "valueFrom": secret}]})

deploy("timetable", good.replace(":latest", ":2.0"))

elsewhere = {"logConfiguration": {"logDriver": "awslogs",
                                  "options": {**options, "awslogs-group": "/ferryline/prices"}}}
deploy("prices", good, container=elsewhere)

cloud.advance(minutes=12)
reasons = {}
for name in ("tickets", "crew", "timetable", "prices"):
    reasons[name] = first_look(name)
    print()

# %% [markdown] id="tro-four-text"
# `views.symptom` asks the two questions of a text, and tells which words answered.

# %% id="tro-read" rows=["T04", "T05", "M05", "N02"]
for name, reason in reasons.items():
    print(name)
    print(views.symptom(reason), "\n")

# %% [markdown] id="tro-read-seen"
# - `tickets`: a **time-out** at the registry. No role in the world mends that. The tasks have no public IP in a public subnet.
# - `crew`: **not authorized**, while reading a secret. The program does not run yet, so it is the *execution* role.
# - `timetable`: **not found**, at the image. The tag was never pushed.
# - `prices`: **does not exist**, at the log. A log group of that name is not there.
#
# All four are `TaskFailedToStart`, and the service's event repeats the same text. The code sorts; the text tells.
# ([AWS: stopped task errors](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html))
#
# ## The least change
#
# For each there is a large hammer: administrator rights, all ports open, everything public. Then it works, and the auditor comes. We change
# **one thing each**, and look whether it was enough.

# %% id="tro-mend" rows=["T04", "T05"]
network = ecs.describe_services(cluster="ferryline",
                                services=["tickets"])["services"][0]["networkConfiguration"]
network["awsvpcConfiguration"]["assignPublicIp"] = "ENABLED"
ecs.update_service(cluster="ferryline", service="tickets", networkConfiguration=network)

read_it = {"Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": secret}
iam.put_role_policy(RoleName="crew-execution", PolicyName="secret",
                    PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [read_it]}))

cloud.push_image("tickets", tag="2.0", size_mib=120)

logs.create_log_group(logGroupName="/ferryline/prices")

cloud.advance(minutes=30)
for name in reasons:
    seen = cloud.service(name, "ferryline")
    print(f"{name:<10} runs {seen.running} of {seen.desired}")

# %% [markdown] id="tro-mend-seen"
# Three were mended **without touching the service**: it goes on trying, and the next task finds what was missing. It tries at longer and
# longer intervals, so with a service that has failed for long you may want to force a new deployment.
#
# ## It starts, and ends again
#
# Two more. Here the program does run. The stopped reason is the same for both, and says nothing. **Guess** where the next clue is.

# %% id="tro-exits" rows=["T04", "M05", "F15"]
hungry = cloud.push_image("receipts", memory_mib=700, log_lines=["receipts is up"])
deploy("receipts", hungry, taskRoleArn=make_role("receipts-app"))
bucket = "arn:aws:s3:::ferryline-photos/index.json"
photos = cloud.push_image("photos", log_lines=["photos is up"], calls=[("s3:GetObject", bucket)],
                          exit_after=20, exit_code=1)
deploy("photos", photos, taskRoleArn=make_role("photos-app"))
cloud.advance(minutes=6)
for name in ("receipts", "photos"):
    first_look(name)
    print()

# %% [markdown] id="tro-exits-seen"
# *Essential container in task exited* means only: look at the container. There stand two different endings:
#
# | exit code | usually |
# |---|---|
# | 0 | it was done; a service needs a program that stays |
# | 1 | the program gave up: read its log |
# | 137 | killed: no memory left, or still there when `stopTimeout` was over |
# | 139 | it touched memory that is not its own |
# | 143 | it ended after SIGTERM, in good order |
#
# `receipts` was killed, and the container's `reason` says for what: memory. `photos` gave up. So, its log.

# %% id="tro-log" rows=["T04", "M05", "F15"]
streams = logs.describe_log_streams(logGroupName="/ferryline/all", orderBy="LastEventTime",
                                    descending=True)["logStreams"]
for stream in streams:
    lines = [event["message"]
             for event in logs.get_log_events(logGroupName="/ferryline/all",
                                              logStreamName=stream["logStreamName"])["events"]]
    if any("AccessDenied" in line for line in lines):
        print(stream["logStreamName"][:16], "...")
        print(textwrap.fill(lines[-1], 120, break_on_hyphens=False))
        break

# %% [markdown] id="tro-log-seen"
# An AccessDenied again. But this one stands in the **log**, written by the program: so it is the *task* role. The one of `crew` stood in the
# *stopped reason*, written by Fargate: the execution role. The place decides before you have read a word of it.
#
# | where it says AccessDenied | which role |
# |---|---|
# | stopped reason, the task never ran | execution role |
# | log of the program | task role |
# | answer to your own call (`iam:PassRole`) | yours, or the pipeline's |
#
# ## It runs, and is stopped all the same
#
# The last one. The program runs, says so, and yet the service stops it after a while, again and again.

# %% id="tro-health" rows=["P01", "T01"]
front = ec2.create_security_group(GroupName="front", Description="load balancer", VpcId=vpc)["GroupId"]
inside = ec2.create_security_group(GroupName="search", Description="tasks", VpcId=vpc)["GroupId"]
ec2.authorize_security_group_ingress(GroupId=front, IpPermissions=[
    {"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}])
balancer = elb.create_load_balancer(Name="front", Subnets=places,
                                    SecurityGroups=[front])["LoadBalancers"][0]["LoadBalancerArn"]
group = elb.create_target_group(Name="search", Protocol="HTTP", Port=8080, VpcId=vpc, TargetType="ip",
                                HealthCheckPath="/health",
                                HealthCheckIntervalSeconds=10,
                                HealthCheckTimeoutSeconds=5)["TargetGroups"][0]["TargetGroupArn"]
elb.create_listener(LoadBalancerArn=balancer, Protocol="HTTP", Port=80,
                    DefaultActions=[{"Type": "forward", "TargetGroupArn": group}])
search = cloud.push_image("search", ports=[8080], paths=[("/health", 200)],
                          log_lines=["search listens on 8080"])
deploy("search", search, security=[inside], container={"portMappings": [{"containerPort": 8080}]},
       service={"loadBalancers": [{"targetGroupArn": group, "containerName": "app",
                                   "containerPort": 8080}]})


def targets(state):
    """What the load balancer says of the targets in that state."""
    found = elb.describe_target_health(TargetGroupArn=group)["TargetHealthDescriptions"]
    return [target["TargetHealth"] for target in found if target["TargetHealth"]["State"] == state]


cloud.advance(minutes=12)
first_look("search")
print()
print([event for event in cloud.service("search", "ferryline").events if "unhealthy" in event][-1])

# %% [markdown] id="tro-health-seen"
# *Request timed out*: nobody answered. Not a wrong code (that would be a wrong path, or a program in trouble), and not a refusal (a wrong
# port). A time-out is a **closed door**: the tasks' security group does not let the load balancer in. The event comes once and is not
# repeated for hours, while the tasks go on being replaced; so read further down than the first line.
#
# One rule, from group to group:

# %% id="tro-health-mend" rows=["P01", "T01"]
let_in = {"IpProtocol": "tcp", "FromPort": 8080, "ToPort": 8080,
          "UserIdGroupPairs": [{"GroupId": front}]}
ec2.authorize_security_group_ingress(GroupId=inside, IpPermissions=[let_in])
ecs.get_waiter("services_stable").wait(cluster="ferryline", services=["search"])
print("healthy targets when the waiter is content:", len(targets("healthy")))
cloud.advance(minutes=2)
print("healthy targets two minutes later:", len(targets("healthy")))

# %% [markdown] id="tro-waiter-seen"
# Mind the waiter: `services_stable` asks whether two tasks *run*, and they did all the time. Whether they are *well*, the targets tell.

# %% [markdown] id="tro-gone-text"
# ## The evidence disappears
#
# Mara calls in the evening: why had `crew` been down? **Guess:** what do you still find of its stopped tasks?

# %% id="tro-gone"
def stopped(service):
    """How many stopped tasks of a service ECS still shows."""
    pages = ecs.get_paginator("list_tasks").paginate(cluster="ferryline", serviceName=service,
                                                     desiredStatus="STOPPED")
    return sum(len(page["taskArns"]) for page in pages)


print("now:", stopped("crew"))
cloud.advance(hours=8)
print("in the evening:", stopped("crew"))

# %% [markdown] id="tro-gone-seen"
# ECS keeps stopped tasks for about an hour. Whoever wants to know later must have kept the events: a rule on `ECS Task State Change`
# to a log group or a queue (lesson [11](11-queues.ipynb)). Make it **before** you need it.
# ([AWS: view stopped tasks](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-errors.html))
#
# ## Try it yourself: the tree
#
# All texts about stopped tasks that the course's rules know, sorted by the two questions: how many there are of each. The explorer below
# shows them.

# %% id="tro-tree" rows=["T04"]
views.symptoms()

# %% id="tro-try" rows=["T04", "T05"]
views.try_symptom()

# %% [markdown] id="tro-exam" rests=["https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html says 443", "T04", "T05", "M05", "F15", "P01", "words.stop.OUT_OF_MEMORY", "words.health.TIMED_OUT", "timings.STOPPED_TASK_VISIBLE_SECONDS"]
# ## Exam notes (SAA-C03, SAP-C02 and DOP-C02)
#
# - **Time-out before the start.** *Asked as:* "ResourceInitializationError ... i/o timeout". *Decides:* the network: route, public IP, endpoint, port 443.
# - **Denied before the start.** *Asked as:* "AccessDeniedException, unable to pull secrets". *Decides:* the execution role.
# - **Denied while it runs.** *Asked as:* "the application logs AccessDenied". *Decides:* the task role.
# - **137.** *Asked as:* "exit code 137, OutOfMemoryError". *Decides:* more memory, or a program that needs less; no role, no port.
# - **Healthy in the log, stopped by the service.** *Asked as:* "failed ELB health checks, request timed out". *Decides:* the security group; with a slow start the grace period.
# - **Gone.** *Asked as:* "the reason of tasks that stopped yesterday". *Decides:* EventBridge rule to CloudWatch Logs.
#
# **Four questions.** Choose, press *Answer*, and read why each option is right or wrong.

# %% id="tro-question-first"
from autograder.exam.question import question

question("where-to-look-after-a-night-of-restarts")

# %% id="tro-question-137"
question("exit-code-137-under-load")

# %% id="tro-question-timeout"
question("targets-time-out-and-log-is-fine")

# %% id="tro-question-two"
question("same-error-code-two-places")

# %% [markdown] id="tro-real"
# ## On a real account
#
# ```bash
# aws ecs describe-services --cluster ferryline --services crew --query 'services[0].events[:5].message'
# aws ecs list-tasks --cluster ferryline --service-name crew --desired-status STOPPED
# aws ecs describe-tasks --cluster ferryline --tasks $TASK --query 'tasks[0].[stopCode,stoppedReason,containers[].[name,exitCode,reason]]'
# aws logs tail /ferryline/all --since 1h --filter-pattern AccessDenied
# aws elbv2 describe-target-health --target-group-arn $GROUP
# ```
#
# ```yaml
# StoppedTasks:
#   Type: AWS::Events::Rule
#   Properties:
#     EventPattern: {source: [aws.ecs], detail-type: [ECS Task State Change], detail: {lastStatus: [STOPPED]}}
#     Targets: [{Id: log, Arn: !GetAtt EvidenceLogGroup.Arn}]      # the group's resource policy lets events.amazonaws.com write
# ```
#
# **It would cost** next to nothing to look. The tasks that start and die cost, each from its pull on, a minute at least. **Clean up:** the rule
# and its log group, if they were for one night only.
#
# **The simulator leaves out** the wording of the same failures on the older platform version 1.3.0, texts that AWS cuts off in the middle,
# and CloudTrail, which tells who changed what on Friday.

# %% [markdown] id="tro-answer"
# ## So where do you look first?
#
# At the **stopped task**, and there at the two ends of its reason: what was Fargate doing, and what stopped it. If the program ran, at the
# **exit code**, then its **log**; if it ran well and was stopped, at the **targets**. And leave alone whatever the text does not name.
#
# <!-- go on -->
#
# **Practise:** lab [15 · Incidents](../labs/15-incidents/15-incidents.ipynb). **Go on:** lesson [16 · Security and isolation](16-security.ipynb).
#
# <!-- end of go on -->
