# %% [markdown] id="lab07-title"
# # Lab 07: A service that rolls
#
# **60 to 75 minutes, 20 points, and a question for 2 more.** You need lesson 07.
#
# The summer holidays begin on Saturday. One of Ferryline's services still runs as a single task on somebody's list of things to do.
# You will stand it up behind a load balancer, roll it to the next version while customers buy, and make sure that the version
# after that, which is broken, goes back by itself.

# %% [markdown] id="lab07-rules"
# **How you are judged.** By what your code leaves behind, and by its future: on a copy of your world tasks die, a zone is lost,
# versions are released under load. Any right way counts. Names of load balancers, groups and families do not matter.
#
# - The service is called `desk.service`, in the cluster `desk.cluster`, and runs `desk.count` tasks.
# - **While it rolls** at least `desk.least` tasks serve, and at most `desk.most` tasks are there, those on their way included.
# - `lab.check(...)` under each task tells you at once what holds and what does not. Run it as often as you like.
# - Some checks run only after submission. They ask for the same things: of the next version, of another failure.
# - `lab.hint("stand-up")` gives the next hint for a question. There are three each, and they cost nothing.
# - After a restart of the kernel run the cells from the top; progress is kept. `lab.reset()` begins again in a fresh world, and
#   `lab.work("stand-up")` shows your answer as it was at its last check.

# %% id="lab07-setup" role="setup"
import math

import boto3

from autograder import lab

desk = lab.begin("07-rolling-service")
ecs, ec2, elb = boto3.client("ecs"), boto3.client("ec2"), boto3.client("elbv2")

# %% [markdown] id="lab07-desk"
# That is your ticket. The program listens on `desk.port` and answers 200 at the path `desk.health`; `desk.images` has its versions.
# A task of 0.25 vCPU and 512 MiB is enough. `desk.role` is the execution role. Use the default VPC and its public
# subnets; the other VPC in the account belongs to somebody else.
# `desk.cloud.advance(minutes=10)` lets time pass.

# %% [markdown] id="lab07-q1"
# ## 1. Stand it up (7 points)
#
# Bring version 1.0 up behind an Application Load Balancer that faces the internet.
#
# - `desk.count` tasks, each a healthy target, in two zones at least.
# - Customers come in at the load balancer. The tasks themselves let in nobody but the load balancer, at no port.
# - Your cell ends when the service is stable. Wait for that with the waiter `services_stable`; do not guess how long it takes.
# - After submission a task is killed, and a zone is lost. The service must come back to its count.

# %% id="lab07-a1" role="answer" question="stand-up"
### BEGIN SOLUTION
every = ec2.describe_subnets(Filters=[{"Name": "default-for-az", "Values": ["true"]}])["Subnets"]
vpc, places = every[0]["VpcId"], [each["SubnetId"] for each in every]


def make_group(name, port, **source):
    """A security group that lets one TCP port in from a source."""
    group = ec2.create_security_group(GroupName=name, Description=name, VpcId=vpc)["GroupId"]
    rule = {"IpProtocol": "tcp", "FromPort": port, "ToPort": port, **source}
    ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[rule])
    return group


front = make_group(f"{desk.service}-front", 80, IpRanges=[{"CidrIp": "0.0.0.0/0"}])
inside = make_group(f"{desk.service}-inside", desk.port, UserIdGroupPairs=[{"GroupId": front}])

targets = elb.create_target_group(
    Name=desk.service,
    Protocol="HTTP",
    Port=desk.port,
    VpcId=vpc,
    TargetType="ip",
    HealthCheckPath=desk.health,
    HealthCheckIntervalSeconds=10,
)["TargetGroups"][0]["TargetGroupArn"]
balancer = elb.create_load_balancer(Name=desk.service, Subnets=places, SecurityGroups=[front])["LoadBalancers"][0]
forward = [{"Type": "forward", "TargetGroupArn": targets}]
elb.create_listener(LoadBalancerArn=balancer["LoadBalancerArn"], Protocol="HTTP", Port=80, DefaultActions=forward)


def revision(version):
    """Register the definition with the image of a version; its ARN."""
    container = {"name": "web", "image": desk.images[version], "portMappings": [{"containerPort": desk.port}]}
    made = ecs.register_task_definition(
        family=desk.service,
        requiresCompatibilities=["FARGATE"],
        networkMode="awsvpc",
        cpu="256",
        memory="512",
        executionRoleArn=desk.role,
        containerDefinitions=[container],
    )
    return made["taskDefinition"]["taskDefinitionArn"]


network = {"subnets": places, "securityGroups": [inside], "assignPublicIp": "ENABLED"}
ecs.create_service(
    cluster=desk.cluster,
    serviceName=desk.service,
    taskDefinition=revision("1.0"),
    desiredCount=desk.count,
    launchType="FARGATE",
    networkConfiguration={"awsvpcConfiguration": network},
    loadBalancers=[{"targetGroupArn": targets, "containerName": "web", "containerPort": desk.port}],
)
stable = ecs.get_waiter("services_stable")
stable.wait(cluster=desk.cluster, services=[desk.service])
### END SOLUTION

# %% id="lab07-c1" role="check" question="stand-up" points=7 rows=["P01", "F12"] tags=["raises-exception"]
lab.check("stand-up")

# %% [markdown] id="lab07-q2"
# ## 2. Roll it (6 points)
#
# Bring the service to version 1.1. It loads all timetables first, and answers nobody for `desk.slow` seconds.
#
# The service must be set up so that *every* release keeps the two rules: at least `desk.least` tasks serve, at most `desk.most` tasks
# are there. The checks release a version once more, under load, and watch.
#
# Your cell ends when the release is over and the service stable again. One task at a time takes longer than the ten minutes that
# a waiter has: its `WaiterConfig` gives it more.

# %% id="lab07-a2" role="answer" question="roll-it"
### BEGIN SOLUTION
rules = {
    "minimumHealthyPercent": 100 * desk.least // desk.count,
    "maximumPercent": math.ceil(100 * desk.most / desk.count),
}
more = {}
if desk.most == desk.count:
    more["availabilityZoneRebalancing"] = "DISABLED"  # AWS refuses a maximum of 100 with it
ecs.update_service(
    cluster=desk.cluster,
    service=desk.service,
    taskDefinition=revision("1.1"),
    healthCheckGracePeriodSeconds=desk.slow + 60,
    deploymentConfiguration=rules,
    **more,
)
patience = {"MaxAttempts": 400}  # one task at a time takes long: each old one drains for five minutes
stable.wait(cluster=desk.cluster, services=[desk.service], WaiterConfig=patience)
### END SOLUTION

# %% id="lab07-c2" role="check" question="roll-it" points=6 rows=["P01"] tags=["raises-exception"]
lab.check("roll-it")

# %% [markdown] id="lab07-q3"
# ## 3. Let it go back by itself (4 points)
#
# Version 1.2 is broken, and it will be released on a Sunday night. Set the service up so that it goes back to the version before
# by itself, and no customer notices. Do not release 1.2 yet: the checks do it on a copy.

# %% id="lab07-a3" role="answer" question="go-back"
### BEGIN SOLUTION
ecs.update_service(
    cluster=desk.cluster,
    service=desk.service,
    deploymentConfiguration={**rules, "deploymentCircuitBreaker": {"enable": True, "rollback": True}},
)
print(f"{desk.service} goes back by itself")
### END SOLUTION

# %% id="lab07-c3" role="check" question="go-back" points=4 rows=["P01"] tags=["raises-exception"]
lab.check("go-back")

# %% [markdown] id="lab07-q4"
# ## 4. Read the failure (3 points)
#
# Now release version 1.2, and let it go back. Then find out what happened.
#
# - `event`: the message of the service's event that says that the deployment failed.
# - `threshold`: how many tasks must fail before the circuit breaker of a service with your count gives up.
# - `cause`: why tasks of version 1.2 end. `'health'`: the load balancer finds them unhealthy. `'exit'`: the program ends by
#   itself. `'memory'`: it is killed for its memory.

# %% id="lab07-a4" role="answer" question="read-the-failure"
event = ...
threshold = ...
cause = ...
### BEGIN SOLUTION
broken = revision("1.2")
ecs.update_service(cluster=desk.cluster, service=desk.service, taskDefinition=broken)
stable.wait(cluster=desk.cluster, services=[desk.service], WaiterConfig=patience)
service = ecs.describe_services(cluster=desk.cluster, services=[desk.service])["services"][0]
event = next(each["message"] for each in service["events"] if "deployment failed" in each["message"])
threshold = max(3, math.ceil(desk.count / 2))

arns = ecs.list_tasks(cluster=desk.cluster, serviceName=desk.service, desiredStatus="STOPPED")["taskArns"]
tasks = ecs.describe_tasks(cluster=desk.cluster, tasks=arns)["tasks"]
ended = [task for task in tasks if task["taskDefinitionArn"] == broken]
reasons = {task["containers"][0].get("reason", task["stoppedReason"]) for task in ended}  # the container's own, if it has one
print(*sorted(reasons), sep="\n")
if any("ELB health checks" in reason for reason in reasons):
    cause = "health"
elif any("OutOfMemory" in reason for reason in reasons):
    cause = "memory"
else:
    cause = "exit"
### END SOLUTION

# %% id="lab07-c4" role="check" question="read-the-failure" points=3 rows=["P01"] tags=["raises-exception"]
lab.check("read-the-failure", event=event, threshold=threshold, cause=cause)

# %% [markdown] id="lab07-reflect" role="reflect" question="explain-it" points=2
# ## 5. Explain it (2 points, read by a person)
#
# Mara reads: *"With these percentages a release takes how long? And what do I pay for while it lasts? Would the other two settings
# not be better for us?"* Compare, in four to eight sentences, a release that may double the tasks, one with a single task more, and
# one that never has more than the count: time, cost, and what customers notice on the first day of the holidays.
#
# === BEGIN MARK SCHEME ===
# One point for time and cost: doubling is one round and costs up to twice for some minutes; one more goes task by task (count times the start
# and drain) and costs one task more for long; in place costs nothing more and takes at least two rounds. Half of it where one of the
# three is missing.
#
# One point for what customers notice: with a minimum below 100 fewer tasks carry the load, so latency or errors at the peak; a
# decision for the holiday that follows from it. No point for "best practice" without the load.
# === END MARK SCHEME ===

# %% [markdown] id="lab07-reflect-answer" role="reflect" question="explain-it"
# *Write your answer here.*

# %% [markdown] id="lab07-end"
# ## Hand it in
#
# Save the notebook (Ctrl+S), run the next cell and press the button. `fargate-course submit 07-rolling-service` in a terminal
# does the same. `lab.progress()` shows where you stand.
# `lab.solution("stand-up")` shows the worked solution of a question that you have passed, where your copy has it.

# %% id="lab07-submit" role="setup" tags=["nbval-ignore-output"]
lab.submit_button()
