# %% [markdown] id="lab16-title"
# # Lab 16: Lock it down
#
# **60 to 75 minutes, 20 points, and a question for 2 more.** You need lesson 16; lessons 03 to 05 help.
#
# A library in the image of one of Ferryline's services had a hole, and for an hour somebody else's code ran in one of its tasks. It did
# nothing, this time. Mara wants to know what it *could* have done; and by tonight it shall be able to do only what the program
# itself does.

# %% [markdown] id="lab16-rules"
# **How you are judged.** By what somebody inside a task reaches and may call, in a copy of your world: now, from new tasks, from strangers, after
# the password was changed. Any right way counts. Names of policies, secrets and groups do not matter.
#
# - The service `desk.front` serves customers at port 8080; two tasks, its own image, its own subnets. That stays.
# - Its program does `desk.program` in its folder `desk.folder`, and asks the service `desk.database` at `desk.port`. Nothing else.
# - The service `payroll` is none of its business.
# - `lab.check(...)` under each task tells you at once what holds and what does not. Run it as often as you like.
# - `lab.hint("see-the-reach")` gives the next hint for a question. There are three each, and they cost nothing.
# - After a restart of the kernel run the cells from the top; progress is kept. `lab.reset()` begins again in a fresh world, and
#   `lab.work("see-the-reach")` shows your answer as it was at its last check.

# %% id="lab16-setup" role="setup"
import json

import boto3

from autograder import lab

desk = lab.begin("16-lock-it-down")
ecs, ec2, iam = boto3.client("ecs"), boto3.client("ec2"), boto3.client("iam")

# %% [markdown] id="lab16-desk"
# That is your ticket. All three services run in the cluster `desk.cluster`. `desk.cloud.inside(task)` is somebody inside a task, by its ARN:
# `.call(action, resource).allowed` tries an AWS call, `.reach(host, port).open` a connection, `.environment` reads the environment.
# `desk.cloud.advance(minutes=10)` lets time pass.

# %% [markdown] id="lab16-q1"
# ## 1. See the reach (3 points)
#
# - `reach`: a dict. For each name in `desk.targets`: does it work from inside a task of `desk.front`, as you find it? A target is a call
#   (action and resource) or a connection (host and port); where the host is the name of a service, one of its tasks is meant.
# - `interfaces`: a list of the network interface ids of the front's tasks.

# %% id="lab16-a1" role="answer" question="see-the-reach"
reach = ...
interfaces = ...
### BEGIN SOLUTION
def tasks_of(service):
    """The running tasks of a service, as AWS describes them."""
    arns = ecs.list_tasks(cluster=desk.cluster, serviceName=service)["taskArns"]
    return ecs.describe_tasks(cluster=desk.cluster, tasks=arns)["tasks"]


def detail(task, name):
    """One of the details of the task's network interface."""
    return next(each["value"] for each in task["attachments"][0]["details"] if each["name"] == name)


front = tasks_of(desk.front)
inside = desk.cloud.inside(front[0]["taskArn"])
reach = {}
for name, (what, where) in desk.targets.items():
    if isinstance(where, str):
        reach[name] = inside.call(what, where).allowed
    else:
        host = what if "." in what else detail(tasks_of(what)[0], "privateIPv4Address")
        reach[name] = inside.reach(host, where).open
    print(f"{name:<16}", "works" if reach[name] else "stopped")
interfaces = [detail(task, "networkInterfaceId") for task in front]
### END SOLUTION

# %% id="lab16-c1" role="check" question="see-the-reach" points=3 rows=["F22", "T01"] tags=["raises-exception"]
lab.check("see-the-reach", reach=reach, interfaces=interfaces)

# %% [markdown] id="lab16-q2"
# ## 2. Least privilege (5 points)
#
# The task role of `desk.front` may do `desk.program`, for every document of the folder `desk.folder`; and nothing else. Other folders and buckets,
# also such whose names begin alike, secrets, images, and other actions on its own things are denied.

# %% id="lab16-a2" role="answer" question="least-privilege"
### BEGIN SOLUTION
def document(*statements):
    """A policy document as JSON."""
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def allow(action, resource):
    """One statement."""
    return {"Effect": "Allow", "Action": action, "Resource": resource}


running = ecs.describe_services(cluster=desk.cluster, services=[desk.front])["services"][0]["taskDefinition"]
held = ecs.describe_task_definition(taskDefinition=running)["taskDefinition"]
task_role, execution_role = held["taskRoleArn"].split("/")[-1], held["executionRoleArn"].split("/")[-1]
program = [
    allow(action, f"arn:aws:s3:::{desk.folder}*" if action.startswith("s3:") else thing) for action, thing in desk.program
]
for name in iam.list_role_policies(RoleName=task_role)["PolicyNames"]:
    iam.delete_role_policy(RoleName=task_role, PolicyName=name)
iam.put_role_policy(RoleName=task_role, PolicyName="program", PolicyDocument=document(*program))
print(task_role, [each["Action"] for each in program])
### END SOLUTION

# %% id="lab16-c2" role="check" question="least-privilege" points=5 rows=["F22"] tags=["raises-exception"]
lab.check("least-privilege")

# %% [markdown] id="lab16-q3"
# ## 3. Close the network (5 points)
#
# - Each task of `desk.front` reaches the database at its port.
# - From there nobody reaches the payroll, nor a host on the internet at another port than 443. (Images and AWS's services come by 443.)
# - The database lets in the front's tasks, and nobody else: neither the payroll nor, after submission, a task of the front's own
#   definition that stands in another security group.
# - After submission the front's tasks are killed. Those that come in their place must start, and have the same ways.

# %% id="lab16-a3" role="answer" question="close-the-network"
### BEGIN SOLUTION
def group_of(service):
    """The security group of a service's tasks."""
    found = ecs.describe_services(cluster=desk.cluster, services=[service])["services"][0]
    return found["networkConfiguration"]["awsvpcConfiguration"]["securityGroups"][0]


def rule(port, **other):
    """A rule for one TCP port."""
    return {"IpProtocol": "tcp", "FromPort": port, "ToPort": port, **other}


mine, database, payroll = (group_of(name) for name in (desk.front, desk.database, "payroll"))
for group in ec2.describe_security_groups(GroupIds=[database, payroll])["SecurityGroups"]:
    if group["IpPermissions"]:
        ec2.revoke_security_group_ingress(GroupId=group["GroupId"], IpPermissions=group["IpPermissions"])
from_front = rule(desk.port, UserIdGroupPairs=[{"GroupId": mine}])
ec2.authorize_security_group_ingress(GroupId=database, IpPermissions=[from_front])

way_out = ec2.describe_security_groups(GroupIds=[mine])["SecurityGroups"][0]["IpPermissionsEgress"]
ec2.revoke_security_group_egress(GroupId=mine, IpPermissions=way_out)
to_database = rule(desk.port, UserIdGroupPairs=[{"GroupId": database}])
to_aws = rule(443, IpRanges=[{"CidrIp": "0.0.0.0/0"}])
ec2.authorize_security_group_egress(GroupId=mine, IpPermissions=[to_database, to_aws])
### END SOLUTION

# %% id="lab16-c3" role="check" question="close-the-network" points=5 rows=["T01", "F22"] tags=["raises-exception"]
lab.check("close-the-network")

# %% [markdown] id="lab16-q4"
# ## 4. No plain secret (4 points)
#
# Whoever may describe the front's task definition reads the database's password in it.
#
# - No ACTIVE task definition holds the password. The program still finds it in the variable `desk.variable`.
# - The front's task role cannot read it where it is kept now; the execution role reads it, and no other secret.
# - After submission it is changed where it is kept. A task that starts then must find the new one.

# %% id="lab16-a4" role="answer" question="no-plain-secret"
### BEGIN SOLUTION
container = held["containerDefinitions"][0]
password = next(each["value"] for each in container["environment"] if each["name"] == desk.variable)
secret = boto3.client("secretsmanager").create_secret(Name=f"{desk.front}-database", SecretString=password)["ARN"]
read = document(allow("secretsmanager:GetSecretValue", secret))
iam.put_role_policy(RoleName=execution_role, PolicyName="password", PolicyDocument=read)

without = {name: value for name, value in container.items() if name != "environment"}
KEPT = ("family", "requiresCompatibilities", "networkMode", "cpu", "memory", "executionRoleArn", "taskRoleArn")
new = ecs.register_task_definition(
    **{name: held[name] for name in KEPT},
    containerDefinitions=[{**without, "secrets": [{"name": desk.variable, "valueFrom": secret}]}],
)["taskDefinition"]["taskDefinitionArn"]
ecs.update_service(cluster=desk.cluster, service=desk.front, taskDefinition=new)
ecs.get_waiter("services_stable").wait(cluster=desk.cluster, services=[desk.front])
ecs.deregister_task_definition(taskDefinition=running)
print(new.split("/")[-1])
### END SOLUTION

# %% id="lab16-c4" role="check" question="no-plain-secret" points=4 rows=["P10"] tags=["raises-exception"]
lab.check("no-plain-secret")

# %% [markdown] id="lab16-q5"
# ## 5. A shell, with care (3 points)
#
# There is no host to log in to. When something is wrong, the IAM user `desk.operator` shall open a shell in a task of `desk.front` by ECS
# Exec.
#
# - The operator can do that, and look, as now. The operator changes nothing, and gets no shell in the payroll.
# - The front's tasks may do what Exec needs, and otherwise no more than before.

# %% id="lab16-a5" role="answer" question="a-shell-with-care"
### BEGIN SOLUTION
channels = [f"ssmmessages:{verb}{kind}Channel" for verb in ("Create", "Open") for kind in ("Control", "Data")]
iam.put_role_policy(RoleName=task_role, PolicyName="shell", PolicyDocument=document(allow(channels, "*")))
ecs.update_service(cluster=desk.cluster, service=desk.front, enableExecuteCommand=True, forceNewDeployment=True)
ecs.get_waiter("services_stable").wait(cluster=desk.cluster, services=[desk.front])

cluster = ecs.describe_clusters(clusters=[desk.cluster])["clusters"][0]["clusterArn"]
places = [cluster, cluster.replace(":cluster/", ":task/") + "/*"]
shells = document(allow("ecs:ExecuteCommand", places))
iam.put_user_policy(UserName=desk.operator, PolicyName="shells", PolicyDocument=shells)
print(f"{desk.operator} opens shells in {desk.front}")
### END SOLUTION

# %% id="lab16-c5" role="check" question="a-shell-with-care" points=3 rows=["F22"] tags=["raises-exception"]
lab.check("a-shell-with-care")

# %% [markdown] id="lab16-reflect" role="reflect" question="explain-it" points=2
# ## 6. Explain it (2 points, read by a person)
#
# Mara asks: *"Each task has its own kernel, you say. So why did we do all this? Nobody can break out."* Answer her in four to eight sentences: what
# the isolation of tasks protects, what it does not, and what whoever takes over a task of the front can *still* do tonight.
#
# === BEGIN MARK SCHEME ===
# One point for the limit of isolation: a kernel, memory and interface of its own keep a task from other tasks, and from a host that nobody
# shares; but what the task is *given* goes with it: keys of its role, ways of its security group, secrets in its environment. Half of
# it for "defence in depth" without a way that stays open.
#
# One point for what is still possible, concretely: write (or read) documents of its folder, talk to the database with the password that the
# program has, send data out by 443; and one thing that would narrow that further (endpoints with policies, a proxy, a user of the
# database with fewer rights, rotation). No point for "nothing".
# === END MARK SCHEME ===

# %% [markdown] id="lab16-reflect-answer" role="reflect" question="explain-it"
# *Write your answer here.*

# %% [markdown] id="lab16-end"
# ## Hand it in
#
# Save the notebook (Ctrl+S), run the next cell and press the button. `fargate-course submit 16-lock-it-down` in a terminal does the
# same. `lab.progress()` shows where you stand.
# `lab.solution("see-the-reach")` shows the worked solution of a question that you have passed, where your copy has it.

# %% id="lab16-submit" role="setup" tags=["nbval-ignore-output"]
lab.submit_button()
