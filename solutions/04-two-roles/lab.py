# %% [markdown] id="lab04-title"
# # Lab 04: Two roles
#
# **60 to 75 minutes, 20 points, and a question for 2 more.** You need lesson 04; lesson 05 helps.
#
# One of Ferryline's services runs with a single role that may do everything. The payment firm's auditor has sent it back.
# Two other services had their roles split last week by somebody tired: one of them does not start, the other runs and does nothing.
#
# You will find out what each of the two was denied, and mend it with one permission. Then you split the role of your own
# service, so that each half may do what it is used for, and nothing else.

# %% [markdown] id="lab04-rules"
# **How you are judged.** By what your code leaves behind, not by how it looks. Any right way counts.
# Names of roles and policies, and the order of your calls, do not matter; inline and managed policies are the same to us.
#
# - `lab.check(...)` under each task tells you at once what holds and what does not. Run it as often as you like.
# - Some checks run only after submission. They ask for the same things: for other requests, another day, after a rotation.
# - Each check looks at a copy of your world and lets time pass there. Yours stays as it is.
# - **A permission too many costs points.** We ask IAM for things that the role never needs; each must be denied.
# - `lab.hint("read-the-denials")` gives the next hint for a question. There are three each, and they cost nothing.
# - After a restart of the kernel run the cells from the top; progress is kept. `lab.reset()` begins again in a fresh world, and
#   `lab.work("read-the-denials")` shows your answer as it was at its last check.

# %% id="lab04-setup" role="setup"
import json

import boto3

from autograder import lab

desk = lab.begin("04-two-roles")
ecs, iam, logs = boto3.client("ecs"), boto3.client("iam"), boto3.client("logs")

# %% [markdown] id="lab04-desk"
# That is your ticket. `desk.service` is yours, and `desk.program` says what its program does. `desk.sick` are the two others;
# all three run in the cluster `desk.cluster`. Each service logs to the group `/ferryline/<service>`.
# `desk.cloud` is the simulated account; `desk.cloud.advance(minutes=10)` lets time pass.

# %% [markdown] id="lab04-q1"
# ## 1. Read the denials (2 points)
#
# Of the services in `desk.sick` one does not start; the other starts, and its program is denied something. Set `denied` to a
# dict: for each of the two, a list of the *name of the role* that was denied and the *action*, as a policy would write it.

# %% id="lab04-a1" role="answer" question="read-the-denials"
denied = ...
### BEGIN SOLUTION
def texts_of(service):
    """What AWS says of the service's stopped tasks, and what its program logs."""
    for status in ("STOPPED", "RUNNING"):
        pages = ecs.get_paginator("list_tasks").paginate(cluster=desk.cluster, serviceName=service, desiredStatus=status)
        for arns in [page["taskArns"] for page in pages if page["taskArns"]]:  # DescribeTasks takes a page, and never none
            for task in ecs.describe_tasks(cluster=desk.cluster, tasks=arns)["tasks"]:
                if "stoppedReason" in task:
                    yield task["stoppedReason"]
    for page in logs.get_paginator("filter_log_events").paginate(logGroupName=f"/ferryline/{service}"):
        for event in page["events"]:
            yield event["message"]


def denial(service):
    """The role and the action in the first text that tells of a denial."""
    text = next(text for text in texts_of(service) if "is not authorized to perform: " in text)
    print(text)
    role = text.split("assumed-role/")[1].split("/")[0]
    return [role, text.split("is not authorized to perform: ")[1].split(" ")[0]]


denied = {service: denial(service) for service in desk.sick}
### END SOLUTION

# %% id="lab04-c1" role="check" question="read-the-denials" points=2 rows=["T04", "N02"] tags=["raises-exception"]
lab.check("read-the-denials", denied=denied)

# %% [markdown] id="lab04-q2"
# ## 2. Mend both (4 points)
#
# Each of the two lacks exactly one permission. Give it to the role that is asked for it: that one action, on the thing that it is
# about. (Of objects in a bucket that is the service's own folder, `<service>/*`; of a log the service's own group.)
#
# When your cell ends both services have their tasks again, and the programs in them do their work. A service that failed often tries
# again late, and a program that was denied something does not try again: let both begin anew.
#
# After submission we also look whether either of its roles may do more than that.

# %% id="lab04-a2" role="answer" question="mend-both"
### BEGIN SOLUTION
def document(*statements):
    """A policy document as JSON."""
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def allow(action, resource):
    """One statement that allows these actions on these resources."""
    return {"Effect": "Allow", "Action": action, "Resource": resource}


sts = boto3.client("sts")
account, region = sts.get_caller_identity()["Account"], ecs.meta.region_name


def definition_of(service):
    """The task definition that the service runs."""
    running = ecs.describe_services(cluster=desk.cluster, services=[service])["services"][0]["taskDefinition"]
    return ecs.describe_task_definition(taskDefinition=running)["taskDefinition"]


def thing(service, action):
    """What the denied action is about, in this service."""
    if action == "logs:CreateLogStream":
        return f"arn:aws:logs:{region}:{account}:log-group:/ferryline/{service}:*"
    text = next(text for text in texts_of(service) if f"is not authorized to perform: {action} on resource: " in text)
    return folder_of(service, text.split("on resource: ")[1].split(" ")[0].strip('"'))


def folder_of(service, resource):
    """A whole folder in place of one object; queues and topics stay as they are."""
    return resource.split(f"/{service}/")[0] + f"/{service}/*" if ":s3:" in resource else resource


for service, (role, action) in denied.items():
    iam.put_role_policy(
        RoleName=role, PolicyName=f"{service}-lacked", PolicyDocument=document(allow(action, thing(service, action)))
    )
    ecs.update_service(cluster=desk.cluster, service=service, forceNewDeployment=True)
ecs.get_waiter("services_stable").wait(cluster=desk.cluster, services=desk.sick)
### END SOLUTION

# %% id="lab04-c2" role="check" question="mend-both" points=4 rows=["T04", "M05", "F15"] tags=["raises-exception"]
lab.check("mend-both")

# %% [markdown] id="lab04-q3"
# ## 3. Split the role (4 points)
#
# Now `desk.service`. Give it two new roles: one for what Fargate does before the program runs, one for what the program does
# (`desk.program`). Make a new revision that names both, and let the service run it. It must start, and every call of its program
# must be allowed; tomorrow too, with other documents in the same folder and with another password.
#
# Everything else in the definition stays as it is.

# %% id="lab04-a3" role="answer" question="split-the-role"
### BEGIN SOLUTION
old = definition_of(desk.service)
container = old["containerDefinitions"][0]
group = container["logConfiguration"]["options"]["awslogs-group"]
password = container["secrets"][0]["valueFrom"]
repository = container["image"].split("/", 1)[1].split(":")[0]

key = None
for_the_start = [allow("ssm:GetParameters", password)]
if ":secretsmanager:" in password:
    for_the_start = [allow("secretsmanager:GetSecretValue", password)]
    key = boto3.client("secretsmanager").describe_secret(SecretId=password).get("KmsKeyId")
if key:
    for_the_start.append(allow("kms:Decrypt", boto3.client("kms").describe_key(KeyId=key)["KeyMetadata"]["Arn"]))

called = {}
for page in logs.get_paginator("filter_log_events").paginate(logGroupName=group, filterPattern="ok"):
    for event in page["events"]:
        name, _, rest = event["message"].partition(" on ")
        called[name] = rest.removesuffix(": ok")
for_the_program = []
for name, resource in called.items():
    service_prefix = resource.split(":")[2]
    whole = resource.split("/")[0] + "/*" if service_prefix == "s3" else resource
    for_the_program.append(allow(f"{service_prefix}:{name}", whole))


def make_role(name, statements):
    """A role for ECS tasks alone; its ARN."""
    trust = {"Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"}, "Action": "sts:AssumeRole"}
    made = iam.create_role(RoleName=name, AssumeRolePolicyDocument=document(trust))["Role"]
    iam.put_role_policy(RoleName=name, PolicyName=name, PolicyDocument=document(*statements))
    return made["Arn"]


execution = make_role(f"{desk.service}-execution", for_the_start)
ready = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
iam.attach_role_policy(RoleName=f"{desk.service}-execution", PolicyArn=ready)  # to begin with; the next question narrows it
task_role = make_role(f"{desk.service}-task", for_the_program)

kept = ("family", "requiresCompatibilities", "networkMode", "cpu", "memory", "containerDefinitions")
new = ecs.register_task_definition(
    executionRoleArn=execution, taskRoleArn=task_role, **{member: old[member] for member in kept}
)["taskDefinition"]["taskDefinitionArn"]
ecs.update_service(cluster=desk.cluster, service=desk.service, taskDefinition=new)
ecs.get_waiter("services_stable").wait(cluster=desk.cluster, services=[desk.service])
### END SOLUTION

# %% id="lab04-c3" role="check" question="split-the-role" points=4 rows=["F15", "M05", "N02"] tags=["raises-exception"]
lab.check("split-the-role")

# %% [markdown] id="lab04-q4"
# ## 4. Keep it narrow (5 points)
#
# Now read your two policies with the auditor's eyes.
#
# - The execution role pulls this service's image, writes to this service's log, reads this one password. AWS's ready policy
#   allows the pull of every repository and the log of every service: too wide here.
# - The task role does what `desk.program` says. No other action, no other folder, bucket, queue or topic.
# - The account has neighbours whose names begin alike. They are none of the service's business.
# - ECS tasks can assume the two roles. Nobody else can, neither a service nor a person.

# %% id="lab04-a4" role="answer" question="keep-it-narrow"
### BEGIN SOLUTION
pulls_and_logs = [
    allow("ecr:GetAuthorizationToken", "*"),
    allow(["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"], f"arn:aws:ecr:{region}:{account}:repository/{repository}"),
    allow(["logs:CreateLogStream", "logs:PutLogEvents"], f"arn:aws:logs:{region}:{account}:log-group:{group}:*"),
]
narrow = document(*for_the_start, *pulls_and_logs)
iam.put_role_policy(RoleName=f"{desk.service}-execution", PolicyName=f"{desk.service}-execution", PolicyDocument=narrow)
iam.detach_role_policy(RoleName=f"{desk.service}-execution", PolicyArn=ready)

folders = []
for name, resource in called.items():
    service_prefix = resource.split(":")[2]
    folder = "/".join(resource.split("/")[:2]) + "/*" if service_prefix == "s3" else resource
    folders.append(allow(f"{service_prefix}:{name}", folder))
iam.put_role_policy(RoleName=f"{desk.service}-task", PolicyName=f"{desk.service}-task", PolicyDocument=document(*folders))
print(f"{desk.service}: {len(called)} calls allowed, each in its own place")
### END SOLUTION

# %% id="lab04-c4" role="check" question="keep-it-narrow" points=5 rows=["F15", "F22", "M05"] tags=["raises-exception"]
lab.check("keep-it-narrow")

# %% [markdown] id="lab04-q5"
# ## 5. Let the colleague deploy (3 points)
#
# The IAM user `desk.deployer` rolls out new versions of `desk.service`. Today this user may do everything in ECS and hand out every role.
#
# Let the user register task definitions, update this one service and see how it fares (`ecs:DescribeServices`); more looking is
# fine. Of roles the user may hand out the service's two, to ECS tasks alone. Nothing else.

# %% id="lab04-a5" role="answer" question="hand-over"
### BEGIN SOLUTION
service_arn = ecs.describe_services(cluster=desk.cluster, services=[desk.service])["services"][0]["serviceArn"]
handing = allow("iam:PassRole", [execution, task_role])
handing["Condition"] = {"StringEquals": {"iam:PassedToService": "ecs-tasks.amazonaws.com"}}
for policy in iam.list_user_policies(UserName=desk.deployer)["PolicyNames"]:
    iam.delete_user_policy(UserName=desk.deployer, PolicyName=policy)
iam.put_user_policy(
    UserName=desk.deployer,
    PolicyName=f"deploys-{desk.service}",
    PolicyDocument=document(
        allow("ecs:RegisterTaskDefinition", "*"),
        allow(["ecs:UpdateService", "ecs:DescribeServices"], service_arn),
        handing,
    ),
)
print(f"{desk.deployer} deploys {desk.service}, and nothing else")
### END SOLUTION

# %% id="lab04-c5" role="check" question="hand-over" points=3 rows=["T04"] tags=["raises-exception"]
lab.check("hand-over")

# %% [markdown] id="lab04-q6"
# ## 6. Retire the old role (2 points)
#
# A role that nobody needs is a key under the mat. Nothing may use the old one any more: no ACTIVE revision of a task definition
# names it, no task runs with it, and it is deleted, or may do nothing.
#
# After submission a task is killed, and the service must come back to its count.

# %% id="lab04-a6" role="answer" question="retire-it"
### BEGIN SOLUTION
old_role = old["executionRoleArn"]
for page in ecs.get_paginator("list_task_definitions").paginate():
    for arn in page["taskDefinitionArns"]:
        held = ecs.describe_task_definition(taskDefinition=arn)["taskDefinition"]
        if old_role in (held.get("executionRoleArn"), held.get("taskRoleArn")):
            ecs.deregister_task_definition(taskDefinition=arn)

name = old_role.split("/")[-1]
for policy in iam.list_role_policies(RoleName=name)["PolicyNames"]:
    iam.delete_role_policy(RoleName=name, PolicyName=policy)
iam.delete_role(RoleName=name)
print(f"{name} is gone")
### END SOLUTION

# %% id="lab04-c6" role="check" question="retire-it" points=2 rows=["F15", "F22"] tags=["raises-exception"]
lab.check("retire-it")

# %% [markdown] id="lab04-reflect" role="reflect" question="explain-it" points=2
# ## 7. Explain it (2 points, read by a person)
#
# Mara asks: *"Now I have twelve roles for six services. Could the six not share one execution role, with AWS's ready policy and
# a star for the secrets? Fargate uses it, not our code."*
# Answer her in four to eight sentences: who could do what with such a role, how that could happen although our code never gets
# its keys, and where sharing one role would be all right with you.
#
# === BEGIN MARK SCHEME ===
# One point for who and how: whoever may register a definition with that role (PassRole) can name any secret of the account under
# `secrets` and read it in the container's environment, or pull any image; so one deployer of one service reads the
# passwords of all. That the program never gets the execution role's keys is no protection, since its secrets arrive anyway.
# Half of it where only "least privilege" or "blast radius" is named without a way in which it happens.
#
# One point for a limit that is reasoned: services of one team with the same secrets and deployers, or a role with the pull and the logs alone,
# secrets apart. No point for "in development", unless the answer says why no secret of value is in reach there.
# === END MARK SCHEME ===

# %% [markdown] id="lab04-reflect-answer" role="reflect" question="explain-it"
# *Write your answer here.*

# %% [markdown] id="lab04-end"
# ## Hand it in
#
# Save the notebook (Ctrl+S), run the next cell and press the button. `fargate-course submit 04-two-roles` in a terminal
# does the same. `lab.progress()` shows where you stand.
# `lab.solution("read-the-denials")` shows the worked solution of a question that you have passed, where your copy has it.

# %% id="lab04-submit" role="setup" tags=["nbval-ignore-output"]
lab.submit_button()
