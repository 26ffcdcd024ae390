# %% [markdown] id="lab05-title"
# # Lab 05: Secrets and rotation
#
# **60 to 75 minutes, 20 points, and a question for 2 more.** You need lesson 05; lesson 04 helps.
#
# A contractor's laptop was stolen on the night ferry. On it was a listing of all of Ferryline's task definitions.
# "There are only definitions in it," says the contractor. Mara has asked you what that means, and to change the password that matters.
#
# You will find what lies open, close it, bring up four services that cannot read their passwords, and then rotate one
# password so that every task that uses it has the new one.

# %% [markdown] id="lab05-rules"
# **How you are judged.** By what your code leaves behind, not by how it looks. Any right way counts.
# Names of policies and the order of your calls do not matter; inline and managed policies are the same to us.
#
# - `lab.check(...)` under each task tells you at once what holds and what does not. Run it as often as you like.
# - Some checks run only after submission. They ask for the same things: with other passwords, after another rotation.
# - Each check looks at a copy of your world and lets time pass there. Yours stays as it is.
# - **A permission too many costs a point**, here as in lab 04.
# - `lab.hint("find-them")` gives the next hint for a question. There are three each, and they cost nothing.
# - After a restart of the kernel run the cells from the top; progress is kept. `lab.reset()` begins again in a fresh world, and
#   `lab.work("find-them")` shows your answer as it was at its last check.

# %% id="lab05-setup" role="setup"
import json
import re

import boto3

from autograder import lab

desk = lab.begin("05-secrets-and-rotation")
ecs, iam, ec2 = boto3.client("ecs"), boto3.client("iam"), boto3.client("ec2")
secrets, ssm, kms = boto3.client("secretsmanager"), boto3.client("ssm"), boto3.client("kms")

# %% [markdown] id="lab05-desk"
# That is your ticket. All services run in the cluster `desk.cluster`; yours is `desk.service`. Its program looks for its password in the
# environment variable `desk.variable`, all others in `PASSWORD`. `desk.others` run too; `desk.sick` do not start.
# `desk.cloud` is the simulated account; `desk.cloud.advance(minutes=10)` lets time pass.
# `desk.cloud.service(name, desk.cluster).tasks[0].containers[0].environment` shows what a program finds, which on AWS it alone can see.

# %% [markdown] id="lab05-q1"
# ## 1. Find what lies open (2 points)
#
# Look through every ACTIVE revision of every family. Set `open_secrets` to a list with `["family:revision", "VARIABLE"]` for each
# *credential* that stands in `environment`: a password, token or key with which somebody could log in. It may be part of a value.
# What only sounds like one is none.

# %% id="lab05-a1" role="answer" question="find-them"
open_secrets = ...
### BEGIN SOLUTION
TELLING = re.compile(r"(PASSWORD|TOKEN|_KEY)$")
LOGIN = re.compile(r"://[^/@]*:[^/@]+@")


def revisions():
    """(family:revision, definition) of every ACTIVE revision."""
    for page in ecs.get_paginator("list_task_definitions").paginate():
        for arn in page["taskDefinitionArns"]:
            yield arn.split("/")[-1], ecs.describe_task_definition(taskDefinition=arn)["taskDefinition"]


open_secrets = [
    [revision, variable["name"]]
    for revision, definition in revisions()
    for container in definition["containerDefinitions"]
    for variable in container.get("environment", [])
    if TELLING.search(variable["name"]) or LOGIN.search(variable["value"])
]
### END SOLUTION

# %% id="lab05-c1" role="check" question="find-them" points=2 rows=["P10"] tags=["raises-exception"]
lab.check("find-them", open_secrets=open_secrets)

# %% [markdown] id="lab05-q2"
# ## 2. Close it (6 points)
#
# The password of `desk.service` is in Secrets Manager already: in the secret `desk.secret`, with others, as JSON. Give the service
# a revision that refers to it, and let it run. The program does not change: it looks for the same password in the same variable.
#
# Then no ACTIVE revision of *any* family may hold a credential. Nothing runs with the other families; nobody will miss those revisions.
#
# The role that reads this secret may read this one alone, and the program's own role none.


# %% id="lab05-a2" role="answer" question="close-it"
### BEGIN SOLUTION
def allow(role_arn, name, action, resource):
    """Give a role one more permission, as an inline policy of this name."""
    statement = {"Effect": "Allow", "Action": action, "Resource": resource}
    iam.put_role_policy(
        RoleName=role_arn.split("/")[-1],
        PolicyName=name,
        PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [statement]}),
    )


def definition_of(service):
    """The task definition that the service runs."""
    running = ecs.describe_services(cluster=desk.cluster, services=[service])["services"][0]["taskDefinition"]
    return ecs.describe_task_definition(taskDefinition=running)["taskDefinition"]


def run_with(service, **container):
    """A new revision of the service's definition with these members of its container; the service runs it."""
    old = definition_of(service)
    kept = ("family", "requiresCompatibilities", "networkMode", "cpu", "memory", "executionRoleArn", "taskRoleArn")
    new = ecs.register_task_definition(
        **{member: old[member] for member in kept},
        containerDefinitions=[{**old["containerDefinitions"][0], **container}],
    )["taskDefinition"]["taskDefinitionArn"]
    ecs.update_service(cluster=desk.cluster, service=service, taskDefinition=new)


old = definition_of(desk.service)
settings = {one["name"]: one["value"] for one in old["containerDefinitions"][0]["environment"]}
password = settings.pop(desk.variable)
secret = secrets.describe_secret(SecretId=desk.secret)
held = json.loads(secrets.get_secret_value(SecretId=desk.secret)["SecretString"])
key = next(name for name, value in held.items() if value == password)

allow(old["executionRoleArn"], "password", "secretsmanager:GetSecretValue", secret["ARN"])
if "KmsKeyId" in secret:
    its_key = kms.describe_key(KeyId=secret["KmsKeyId"])["KeyMetadata"]["Arn"]
    allow(old["executionRoleArn"], "key", "kms:Decrypt", its_key)
run_with(
    desk.service,
    environment=[{"name": name, "value": value} for name, value in settings.items()],
    secrets=[{"name": desk.variable, "valueFrom": f"{secret['ARN']}:{key}::"}],
)
ecs.get_waiter("services_stable").wait(cluster=desk.cluster, services=[desk.service])
for revision in sorted({revision for revision, _ in open_secrets}):
    ecs.deregister_task_definition(taskDefinition=revision)
### END SOLUTION

# %% id="lab05-c2" role="check" question="close-it" points=6 rows=["P10", "F16", "T04"] tags=["raises-exception"]
lab.check("close-it")

# %% [markdown] id="lab05-q3"
# ## 3. Tell four causes apart (2 points)
#
# The services in `desk.sick` do not start, each for another cause. Set `causes` to a dict: each service and one word of `desk.causes`,
# which says what each word means.

# %% id="lab05-a3" role="answer" question="tell-apart"
causes = ...


### BEGIN SOLUTION
def last_words(service):
    """Why its newest stopped task stopped."""
    arns = ecs.list_tasks(cluster=desk.cluster, serviceName=service, desiredStatus="STOPPED")["taskArns"]
    return ecs.describe_tasks(cluster=desk.cluster, tasks=arns)["tasks"][-1]["stoppedReason"]


def cause(reason):
    """The word for what AWS says."""
    if "kms:Decrypt" in reason:
        return "key"
    if "is not authorized to perform" in reason:
        return "permission"
    return "way" if "connection issue" in reason else "name"


causes = {service: cause(last_words(service)) for service in desk.sick}
### END SOLUTION

# %% id="lab05-c3" role="check" question="tell-apart" points=2 rows=["T04", "F16"] tags=["raises-exception"]
lab.check("tell-apart", causes=causes)

# %% [markdown] id="lab05-q4"
# ## 4. Mend all four (4 points)
#
# Bring up all four, each with the least change: the one permission, for the right role; the one way; the one name.
# The password of each still comes by reference, in the variable `PASSWORD`. Each has it in a secret or parameter called
# `<service>-password`.
#
# After submission each password is changed where it is kept: a task that is started then must have the new one.


# %% id="lab05-a4" role="answer" question="mend-them"
### BEGIN SOLUTION
def reference_of(service):
    """What its definition names."""
    return definition_of(service)["containerDefinitions"][0]["secrets"][0]["valueFrom"]


def mend(service, cause):
    """Take away what keeps it from starting."""
    role = definition_of(service)["executionRoleArn"]
    if cause == "permission":
        action = "ssm:GetParameters" if ":ssm:" in reference_of(service) else "secretsmanager:GetSecretValue"
        allow(role, "was-missing", action, reference_of(service))
    elif cause == "key":
        its_key = secrets.describe_secret(SecretId=reference_of(service))["KmsKeyId"]
        allow(role, "was-missing", "kms:Decrypt", kms.describe_key(KeyId=its_key)["KeyMetadata"]["Arn"])
    elif cause == "way":
        network = ecs.describe_services(cluster=desk.cluster, services=[service])["services"][0]["networkConfiguration"]
        https = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}
        group = network["awsvpcConfiguration"]["securityGroups"][0]
        ec2.authorize_security_group_egress(GroupId=group, IpPermissions=[https])
    else:
        there = secrets.get_secret_value(SecretId=f"{service}-password")
        name = there["ARN"]
        if there["SecretString"].startswith("{"):
            name += f":{next(iter(json.loads(there['SecretString'])))}::"
        run_with(service, secrets=[{"name": "PASSWORD", "valueFrom": name}])


for service, word in causes.items():
    mend(service, word)
### END SOLUTION

# %% id="lab05-c4" role="check" question="mend-them" points=4 rows=["T04", "F16"] tags=["raises-exception"]
lab.check("mend-them")

# %% [markdown] id="lab05-q5"
# ## 5. Rotate (6 points)
#
# The password of `desk.service` was on that laptop. Put a new one in its place, in `desk.secret`: a text of twelve characters or more. The secret's
# other keys stay as they are.
#
# Then every running task that uses this password must have the new one: those of your service, and those of other services that
# read it. Find out which those are. Who reads another secret is left alone: its tasks go on.
#
# From the moment of the rotation no service that uses the password may have fewer running tasks than its count. And the next rotation must
# need nothing but a forced deployment.

# %% id="lab05-a5" role="answer" question="rotate"
### BEGIN SOLUTION
held[key] = secrets.get_random_password()["RandomPassword"]
secrets.put_secret_value(SecretId=desk.secret, SecretString=json.dumps(held))

users = [service for service in [desk.service, *desk.others] if reference_of(service).startswith(secret["ARN"] + ":")]
for service in users:
    always_newest = f"{secret['ARN']}:{key}::"
    if reference_of(service) == always_newest:
        ecs.update_service(cluster=desk.cluster, service=service, forceNewDeployment=True)
    else:
        run_with(service, secrets=[{"name": "PASSWORD", "valueFrom": always_newest}])
ecs.get_waiter("services_stable").wait(cluster=desk.cluster, services=users)
### END SOLUTION

# %% id="lab05-c5" role="check" question="rotate" points=6 rows=["F16", "P10"] tags=["raises-exception"]
lab.check("rotate")

# %% [markdown] id="lab05-reflect" role="reflect" question="explain-it" points=2
# ## 6. Explain it (2 points, read by a person)
#
# Mara asks: *"Then let us rotate every night. A function changes the password in the database and in the secret at three, and all is safer,
# isn't it?"*
# Answer her in four to eight sentences: what would happen at three to tasks that run, when it would be noticed, and what the nightly
# rotation needs so that nobody notices.
#
# === BEGIN MARK SCHEME ===
# One point for what happens: running tasks keep the old value, which they read at their start; what has an open connection goes on, what logs in
# anew is refused; tasks that are replaced or added later work, so the service differs from itself. Half of it for "tasks must be restarted" with
# no word on when or why the fault shows.
#
# One point for what it needs, with a reason: a deployment after the rotation (an event on the rotation that forces one) AND a time in which both
# passwords are valid (two users in turn, or the old one kept until the deployment has ended), or a program that reads the secret itself by the
# API when a login is refused. Half of it where only one of deployment and overlap is named. No point for "do it when nobody is on board".
# === END MARK SCHEME ===

# %% [markdown] id="lab05-reflect-answer" role="reflect" question="explain-it"
# *Write your answer here.*

# %% [markdown] id="lab05-end"
# ## Hand it in
#
# Save the notebook (Ctrl+S), run the next cell and press the button. `fargate-course submit 05-secrets-and-rotation` in a terminal
# does the same. `lab.progress()` shows where you stand.
# `lab.solution("find-them")` shows the worked solution of a question that you have passed, where your copy has it.

# %% id="lab05-submit" role="setup" tags=["nbval-ignore-output"]
lab.submit_button()
