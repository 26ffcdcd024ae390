# %% [markdown] id="lab15-title"
# # Lab 15: Incidents
#
# **60 to 75 minutes, 20 points, and a question for 2 more.** You need lessons 03, 04 and 15.
#
# Jon has tidied up again. Six of Ferryline's services are down or do nothing, each in its own environment and each for another
# reason. Mara wants three things from you: what is said of each, what is wrong with it, and *one* change for each that mends it.
# "Not the big hammer," she says. "Whatever you open tonight nobody will close tomorrow."

# %% [markdown] id="lab15-rules"
# **How you are judged.** By what your code leaves behind, and by how it lives on. Names of policies and of new things, and the
# order of your calls, do not matter.
#
# - **In each environment one thing is wrong. The least change sets that right and leaves everything else as you found it.**
#   After submission we hold each environment against the same one without its fault: the definition, member by member; what
#   the roles may do and who may take them on; who comes in and who gets out, at which ports; routes and endpoints; count,
#   subnets, groups and public IP; health checks as strict as they were.
# - Judged from your calls too: no service, role, secret, log group or load balancer that you found is deleted or made anew.
#   Trying something out and taking it back costs nothing.
# - Looking costs nothing, and nothing else is to be changed while you look.
# - `lab.check(...)` tells you at once what holds. It deploys each service on a copy and lets ten minutes pass there.
# - `lab.hint("quote-the-evidence")` gives the next hint for a question. There are three each, and they cost nothing.
# - After a restart of the kernel run the cells from the top; progress is kept. `lab.reset()` begins again in a fresh world, and
#   `lab.work("quote-the-evidence")` shows your answer as it was at its last check.

# %% id="lab15-setup" role="setup"
import json

import boto3
from botocore.exceptions import ClientError

from autograder import lab

desk = lab.begin("15-incidents")
names = ("ecs", "ec2", "iam", "logs", "elbv2", "secretsmanager")
ecs, ec2, iam, logs, elb, secrets = (boto3.client(name) for name in names)

# %% [markdown] id="lab15-desk"
# That is your ticket. `desk.services` are the six, in the cluster `desk.cluster`. They are built alike: one task of 0.25 vCPU and 512 MiB;
# the image `ferryline/<service>:1.4`, which runs well; the log group `/ferryline/<service>`; the password in the secret `<service>-db`
# under the key `password`; the roles `<service>-execution` and `<service>-task`; a file that the program puts below `<service>/`
# in the bucket `desk.bucket`.
#
# Those in `desk.private` have a VPC of their own without a way to the internet. That is meant so, and it stays so: they reach AWS by
# interface endpoints for `ecr.api`, `ecr.dkr`, `logs` and `secretsmanager`, and the free gateway endpoint for S3. The others run in the
# public subnets of the default VPC. Some have a health check, in the container or at a load balancer, which grants two minutes of
# grace. The load balancer `accounts` is another team's, and in order. `desk.cloud.advance(minutes=10)` lets time pass.

# %% [markdown] id="lab15-q1"
# ## 1. Quote the evidence (2 points)
#
# Set `evidence` to a dict: for each of `desk.services` the text in which AWS, or the service's own program, says what is wrong. Quote it as the
# API gives it, or the part that decides. A text that only says *that* something ended is not it.

# %% id="lab15-a1" role="answer" question="quote-the-evidence"
evidence = ...


### BEGIN SOLUTION
def described(service):
    """The service, as it is now."""
    return ecs.describe_services(cluster=desk.cluster, services=[service])["services"][0]


def texts_of(service):
    """Five places, one after the other: stopped tasks and their containers, targets, events, log."""
    for status in ("STOPPED", "RUNNING"):
        pages = ecs.get_paginator("list_tasks").paginate(
            cluster=desk.cluster, serviceName=service, desiredStatus=status
        )
        arns = [arn for page in pages for arn in page["taskArns"]][:100]
        for task in ecs.describe_tasks(cluster=desk.cluster, tasks=arns)["tasks"] if arns else []:
            yield task.get("stoppedReason", "")
            yield from (container.get("reason", "") for container in task["containers"])
    for front in described(service)["loadBalancers"]:
        for target in elb.describe_target_health(TargetGroupArn=front["targetGroupArn"])["TargetHealthDescriptions"]:
            yield target["TargetHealth"].get("Description", "")
    yield from (event["message"] for event in described(service)["events"])
    try:
        for page in logs.get_paginator("filter_log_events").paginate(logGroupName=f"/ferryline/{service}"):
            yield from (event["message"] for event in page["events"])
    except ClientError as error:
        print(service, "has no log:", error)


decides = (
    "is not authorized to perform",
    "unable to assume the role",
    "i/o timeout",
    "connection issue",
    "not found",
    "can't find",
    "did not contain json key",
    "marked for deletion",
    "does not exist",
    "matching platform",
    "OutOfMemoryError",
    "failed container health checks",
    "Health checks failed",
    "Request timed out",
    "giving up",
)
evidence = {}
for service in desk.services:
    evidence[service] = next(text for text in texts_of(service) if any(words in text for words in decides))
    print(f"{service}: ... {evidence[service][-150:]}")
### END SOLUTION

# %% id="lab15-c1" role="check" question="quote-the-evidence" points=2 rows=["T04", "M05"] tags=["raises-exception"]
lab.check("quote-the-evidence", evidence=evidence)

# %% [markdown] id="lab15-list"
# What can be wrong: the key, and what it means. The first word of a key is its family. Two of your six are in the family `way`, and one in
# each of the others.

# %% id="lab15-causes" role="setup"
for key, meaning in desk.causes.items():
    print(f"{key:<26} {meaning}")

# %% [markdown] id="lab15-q2"
# ## 2. Name the causes (6 points)
#
# Set `causes` to a dict: for each of `desk.services` a key of `desk.causes`. The text alone does not always decide: then ask what the
# definition, the service, the endpoints, the groups and the target group say, and compare.

# %% id="lab15-a2" role="answer" question="name-the-causes"
causes = ...


### BEGIN SOLUTION
def definition_of(service):
    """The definition that the service runs, and its only container."""
    found = ecs.describe_task_definition(taskDefinition=described(service)["taskDefinition"])["taskDefinition"]
    return found, found["containerDefinitions"][0]


def place_of(service):
    """Subnets, groups and public IP."""
    return described(service)["networkConfiguration"]["awsvpcConfiguration"]


def endpoints_of(service):
    """The endpoints of its VPC by the last part of their names."""
    vpc = ec2.describe_subnets(SubnetIds=place_of(service)["subnets"])["Subnets"][0]["VpcId"]
    found = ec2.describe_vpc_endpoints(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["VpcEndpoints"]
    return vpc, {each["ServiceName"].split(".", 3)[-1]: each for each in found}


def group_of(service):
    """The tasks' security group."""
    return ec2.describe_security_groups(GroupIds=place_of(service)["securityGroups"])["SecurityGroups"][0]


def targets_of(service):
    """The target group."""
    return elb.describe_target_groups(TargetGroupArns=[described(service)["loadBalancers"][0]["targetGroupArn"]])[
        "TargetGroups"
    ][0]


reads = {
    "perform: ecr:GetAuthorizationToken": "role-no-login",
    "perform: ecr:BatchGetImage": "role-no-pull",
    "perform: secretsmanager:GetSecretValue": "role-no-secret",
    "perform: kms:Decrypt": "role-no-key",
    "perform: logs:CreateLogStream": "role-no-log-stream",
    "-execution' that was provided": "role-execution-trust",
    "-task' that was provided": "role-task-trust",
    "can't find the specified secret": "thing-no-secret",
    "did not contain json key": "thing-no-json-key",
    "marked for deletion": "thing-secret-deleted",
    "log group does not exist": "thing-no-log-group",
    "matching platform": "thing-other-architecture",
    "perform: s3:PutObject": "program-denied",
    "OutOfMemoryError": "program-memory",
    "giving up": "program-ends",
    "codes: [404]": "front-path",
}


def way_of(service, text):
    """Which key to AWS is missing."""
    if service not in desk.private:
        return "way-no-public-ip"
    _, there = endpoints_of(service)
    if "layer-bucket" in text:
        return "way-s3-other-table" if "s3" in there else "way-no-s3-endpoint"
    for short, key in {"secretsmanager": "secrets", "ecr.dkr": "dkr", "logs": "logs", "ecr.api": "api"}.items():
        if short not in there:
            return f"way-no-{key}-endpoint"
    if not there["ecr.api"]["PrivateDnsEnabled"]:
        return "way-private-dns-off"
    out = [rule.get("FromPort") for rule in group_of(service)["IpPermissionsEgress"]]
    return "way-endpoints-shut" if 443 in out else "way-tasks-locked-in"


def cause_of(service):
    """The key of the cause: by the text, and by a look where the text is shared."""
    text = evidence[service]
    if "timeout" in text or "connection issue" in text:
        return way_of(service, text)
    for words, key in reads.items():
        if words in text:
            return key
    _, container = definition_of(service)
    if "not found" in text:
        return "thing-no-tag" if f"/{service}:" in container["image"] else "thing-no-repository"
    if "container health checks" in text:
        asks = " ".join(container["healthCheck"]["command"])
        port = container["portMappings"][0]["containerPort"]
        return "program-check-path" if f":{port}/" in asks else "program-check-port"
    if "timed out" in text:
        return "front-locked-in" if group_of(service)["IpPermissions"] else "front-shut-out"
    return "front-too-soon" if targets_of(service)["HealthCheckPort"] == "traffic-port" else "front-port"


causes = {service: cause_of(service) for service in desk.services}
print(causes)
### END SOLUTION

# %% id="lab15-c2" role="check" question="name-the-causes" points=6 rows=["F16", "F20", "M05", "T04", "T05"] tags=["raises-exception"]
lab.check("name-the-causes", causes=causes)

# %% [markdown] id="lab15-q3"
# ## 3. Open the way (4 points)
#
# Mend the two services of the family `way`. A private environment stays private: an endpoint or a rule, not a way to the internet.
# Of ports TCP 443 is all that is needed, from the tasks to the endpoints and to S3.
#
# After submission the passwords are rotated and a task is killed: each must start again.

# %% id="lab15-a3" role="answer" question="open-the-way"
### BEGIN SOLUTION
https = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443}
region = ecs.meta.region_name


def open_the_way(service, cause):
    """The one change that lets its tasks reach AWS."""
    place = place_of(service)
    vpc, there = endpoints_of(service)
    mine = place["securityGroups"][0]
    named = [{"Name": "association.subnet-id", "Values": place["subnets"]}]
    tables = [table["RouteTableId"] for table in ec2.describe_route_tables(Filters=named)["RouteTables"]]
    if cause == "way-no-public-ip":
        public = {"awsvpcConfiguration": {**place, "assignPublicIp": "ENABLED"}}
        ecs.update_service(cluster=desk.cluster, service=service, networkConfiguration=public)
    elif cause == "way-no-s3-endpoint":
        ec2.create_vpc_endpoint(
            VpcEndpointType="Gateway", VpcId=vpc, ServiceName=f"com.amazonaws.{region}.s3", RouteTableIds=tables
        )
    elif cause == "way-s3-other-table":
        ec2.modify_vpc_endpoint(VpcEndpointId=there["s3"]["VpcEndpointId"], AddRouteTableIds=tables)
    elif cause == "way-private-dns-off":
        ec2.modify_vpc_endpoint(VpcEndpointId=there["ecr.api"]["VpcEndpointId"], PrivateDnsEnabled=True)
    elif cause == "way-endpoints-shut":
        door = there["ecr.api"]["Groups"][0]["GroupId"]
        ec2.authorize_security_group_ingress(
            GroupId=door, IpPermissions=[{**https, "UserIdGroupPairs": [{"GroupId": mine}]}]
        )
    elif cause == "way-tasks-locked-in":
        ec2.authorize_security_group_egress(
            GroupId=mine, IpPermissions=[{**https, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]
        )
    else:
        short = {"secrets": "secretsmanager", "api": "ecr.api", "dkr": "ecr.dkr", "logs": "logs"}[cause.split("-")[2]]
        door = next(group["GroupId"] for each in there.values() for group in each.get("Groups", []))
        ec2.create_vpc_endpoint(
            VpcEndpointType="Interface",
            VpcId=vpc,
            ServiceName=f"com.amazonaws.{region}.{short}",
            SubnetIds=place["subnets"],
            SecurityGroupIds=[door],
            PrivateDnsEnabled=True,
        )


for service, cause in causes.items():
    if cause.startswith("way-"):
        open_the_way(service, cause)
### END SOLUTION

# %% id="lab15-c3" role="check" question="open-the-way" points=4 rows=["F20", "T05", "F16"] tags=["raises-exception"]
lab.check("open-the-way")

# %% [markdown] id="lab15-q4"
# ## 4. Let it start (4 points)
#
# Mend the service of the family `role` and that of the family `thing`. A role gets the one action on the one thing that it was denied, or a trust
# policy for ECS tasks alone. What a definition names wrongly is named rightly; what has gone is brought back.


# %% id="lab15-a4" role="answer" question="let-it-start"
### BEGIN SOLUTION
def document(action, resource=None, **more):
    """A policy of one statement, as JSON."""
    statement = {"Effect": "Allow", "Action": action, **({"Resource": resource} if resource else {}), **more}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def grant(service, role):
    """Give the role what the evidence says that it was denied."""
    action, rest = evidence[service].split("not authorized to perform: ")[1].split(" on resource: ")
    resource = rest.split(" because")[0].strip('"')
    resource = resource.split(":log-stream:")[0] + ":*" if ":log-stream:" in resource else resource
    iam.put_role_policy(RoleName=role, PolicyName="was-missing", PolicyDocument=document(action, resource))


said_by_aws = (
    "taskDefinitionArn",
    "revision",
    "status",
    "requiresAttributes",
    "compatibilities",
    "registeredAt",
    "registeredBy",
)


def revise(service, in_container=(), **changes):
    """A new revision: as the old one but for these members. And the service on it."""
    old, container = definition_of(service)
    new = {name: value for name, value in old.items() if name not in said_by_aws}
    new |= {"containerDefinitions": [{**container, **dict(in_container)}], **changes}
    arn = ecs.register_task_definition(**new)["taskDefinition"]["taskDefinitionArn"]
    ecs.update_service(cluster=desk.cluster, service=service, taskDefinition=arn)


def let_it_start(service, cause):
    """The one change that lets it start."""
    _, container = definition_of(service)
    image = container["image"].rsplit("/", 1)[0] + f"/{service}:1.4"
    if cause in ("role-execution-trust", "role-task-trust"):
        who = document("sts:AssumeRole", Principal={"Service": "ecs-tasks.amazonaws.com"})
        iam.update_assume_role_policy(RoleName=f"{service}-{cause.split('-')[1]}", PolicyDocument=who)
    elif cause.startswith("role-"):
        grant(service, f"{service}-execution")
    elif cause in ("thing-no-tag", "thing-no-repository"):
        revise(service, {"image": image})
    elif cause in ("thing-no-secret", "thing-no-json-key"):
        arn = secrets.describe_secret(SecretId=f"{service}-db")["ARN"]
        revise(service, {"secrets": [{**container["secrets"][0], "valueFrom": f"{arn}:password::"}]})
    elif cause == "thing-secret-deleted":
        secrets.restore_secret(SecretId=f"{service}-db")
    elif cause == "thing-no-log-group":
        logs.create_log_group(logGroupName=f"/ferryline/{service}")
    else:
        revise(service, runtimePlatform={"cpuArchitecture": "X86_64", "operatingSystemFamily": "LINUX"})


for service, cause in causes.items():
    if cause.startswith(("role-", "thing-")):
        let_it_start(service, cause)
### END SOLUTION

# %% id="lab15-c4" role="check" question="let-it-start" points=4 rows=["T04", "M05", "F16"] tags=["raises-exception"]
lab.check("let-it-start")

# %% [markdown] id="lab15-q5"
# ## 5. Keep it running (4 points)
#
# Mend the service of the family `program` and that of the family `front`. No health check is made laxer or taken away: same path and codes as
# the program answers, same interval and count; in a container a command behind `CMD` or `CMD-SHELL`. More memory is the next size, not the
# largest. A grace period is as long as the program needs, fifteen minutes at most.


# %% id="lab15-a5" role="answer" question="keep-it-running"
### BEGIN SOLUTION
def first_line_of(service):
    """What the program says first: where it answers."""
    lines = [text for text in texts_of(service) if "answers on port" in text]
    return int(lines[0].split("port ")[1].split(":")[0]), lines[0].split(": ")[1].split(",")[0]


def keep_it_running(service, cause):
    """The one change that keeps it running."""
    _, container = definition_of(service)
    if cause == "program-denied":
        grant(service, f"{service}-task")
    elif cause == "program-memory":
        revise(service, memory="1024")
    elif cause == "program-ends":
        revise(service, {"image": container["image"].rsplit(":", 1)[0] + ":1.4"})
    elif cause.startswith("program-check-"):
        port, path = first_line_of(service)
        command = ["CMD-SHELL", f"curl -f http://localhost:{port}{path} || exit 1"]
        revise(service, {"healthCheck": {**container["healthCheck"], "command": command}})
    elif cause in ("front-path", "front-port"):
        _, path = first_line_of(service)
        elb.modify_target_group(
            TargetGroupArn=targets_of(service)["TargetGroupArn"], HealthCheckPath=path, HealthCheckPort="traffic-port"
        )
    elif cause == "front-too-soon":
        ecs.update_service(cluster=desk.cluster, service=service, healthCheckGracePeriodSeconds=600)
    else:
        port, _ = first_line_of(service)
        arn = targets_of(service)["LoadBalancerArns"][0]
        front = elb.describe_load_balancers(LoadBalancerArns=[arn])["LoadBalancers"][0]["SecurityGroups"][0]
        mine = place_of(service)["securityGroups"][0]
        rule = {"IpProtocol": "tcp", "FromPort": port, "ToPort": port}
        if cause == "front-shut-out":
            ec2.authorize_security_group_ingress(
                GroupId=mine, IpPermissions=[{**rule, "UserIdGroupPairs": [{"GroupId": front}]}]
            )
        else:
            ec2.authorize_security_group_egress(
                GroupId=front, IpPermissions=[{**rule, "UserIdGroupPairs": [{"GroupId": mine}]}]
            )


for service, cause in causes.items():
    if cause.startswith(("program-", "front-")):
        keep_it_running(service, cause)
### END SOLUTION

# %% id="lab15-c5" role="check" question="keep-it-running" points=4 rows=["T04", "F16"] tags=["raises-exception"]
lab.check("keep-it-running")

# %% [markdown] id="lab15-reflect" role="reflect" question="explain-it" points=2
# ## 6. Explain it (2 points, read by a person)
#
# Mara asks: *"By Monday I want to know why each of the six was down. And next time I do not want to need you for it. What do we have
# to set up now, and what would it have told us?"* Answer her in four to eight sentences, with two of tonight's causes as examples.
#
# === BEGIN MARK SCHEME ===
# One point for evidence that is kept: stopped tasks are shown for about an hour and a service keeps its last hundred events, so a rule on ECS
# Task State Change (lastStatus STOPPED) to a log group or a queue, made before it is needed; and what its stoppedReason, exit code
# or container reason would have said in one of the learner's own cases. Half of it where only "logs" or "monitoring" is named.
#
# One point for a case in which that is not enough, with what is: a program that is denied while it runs stops no task (a metric filter
# on AccessDenied in its log); a task that is found ill by the load balancer ends with a reason that says nothing (the service's
# event, UnHealthyHostCount); or a release that stops at the first failing tasks (the deployment circuit breaker).
# === END MARK SCHEME ===

# %% [markdown] id="lab15-reflect-answer" role="reflect" question="explain-it"
# *Write your answer here.*

# %% [markdown] id="lab15-end"
# ## Hand it in
#
# Save the notebook (Ctrl+S), run the next cell and press the button. `fargate-course submit 15-incidents` in a terminal
# does the same. `lab.progress()` shows where you stand.
# `lab.solution("quote-the-evidence")` shows the worked solution of a question that you have passed, where your copy has it.

# %% id="lab15-submit" role="setup" tags=["nbval-ignore-output"]
lab.submit_button()
