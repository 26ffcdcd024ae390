# %% [markdown] id="lab06-title"
# # Lab 06: Shared and scratch
#
# **45 to 60 minutes, 20 points, and a question for 2 more.** You need lesson 06; lesson 03 helps.
#
# On Tuesday night every task of one of Ferryline's services was replaced, and the passengers' pictures were gone. There *is* a file system;
# somebody began to attach it, and was called away. And the sorters downstairs fill their 20 GiB and die.
#
# You will give the service files that outlive every task, and each sorter a disk that does not have to.

# %% [markdown] id="lab06-rules"
# **How you are judged.** By what your code leaves behind, not by how it looks. Any right way counts.
# Names of groups, volumes, families and policies, and the order of your calls, do not matter.
#
# - `lab.check(...)` under each task tells you at once what holds and what does not. Run it as often as you like.
# - Some checks run only after submission. They ask for the same things: when every task is killed, when a zone is lost.
# - Each check looks at a copy of your world and lets time pass there. Yours stays as it is.
# - `lab.hint("share-it")` gives the next hint for a question. There are three each, and they cost nothing.
# - After a restart of the kernel run the cells from the top; progress is kept. `lab.reset()` begins again in a fresh world, and
#   `lab.work("share-it")` shows your answer as it was at its last check.

# %% id="lab06-setup" role="setup"
import json

import boto3
from botocore.exceptions import ClientError

from autograder import lab

desk = lab.begin("06-shared-and-scratch")
ecs, ec2, efs, iam = boto3.client("ecs"), boto3.client("ec2"), boto3.client("efs"), boto3.client("iam")

# %% [markdown] id="lab06-desk"
# That is your ticket. Everything runs in the cluster `desk.cluster`, in the default VPC; its subnets are public, so give tasks a public IP.
# `desk.role` is the execution role for all. `desk.cloud` is the simulated account; `desk.cloud.advance(minutes=10)` lets time pass.

# %% [markdown] id="lab06-q1"
# ## 1. Share the files (8 points)
#
# Make the service `desk.service`: `desk.count` tasks of `desk.image` in both of `desk.zones`, with the task role `desk.task_role`. Each finds the file system
# that is called `desk.files` at `desk.path`, and may write there.
#
# - Someone has made a mount target already, with a security group. Look at both before you trust them.
# - At port 2049 nobody reaches the files but the service's own tasks: no other machine of the VPC, and nobody on the internet.
# - Who mounts is asked for a permission (`iam`): the task role needs one, and a role without it gets nothing.
#
# After submission all tasks are killed, and a zone is lost.

# %% id="lab06-a1" role="answer" question="share-it"
### BEGIN SOLUTION
held = next(one for one in efs.describe_file_systems()["FileSystems"] if one.get("Name") == desk.files)
files = held["FileSystemId"]
subnets = {
    each["AvailabilityZone"]: each
    for each in ec2.describe_subnets(Filters=[{"Name": "default-for-az", "Values": ["true"]}])["Subnets"]
    if each["AvailabilityZone"] in desk.zones
}
mine = ec2.create_security_group(GroupName=desk.service, Description=desk.service)["GroupId"]

target = efs.describe_mount_targets(FileSystemId=files)["MountTargets"][0]
door = efs.describe_mount_target_security_groups(MountTargetId=target["MountTargetId"])["SecurityGroups"][0]
open_now = ec2.describe_security_groups(GroupIds=[door])["SecurityGroups"][0]["IpPermissions"]
if open_now:
    ec2.revoke_security_group_ingress(GroupId=door, IpPermissions=open_now)
nfs = {"IpProtocol": "tcp", "FromPort": 2049, "ToPort": 2049, "UserIdGroupPairs": [{"GroupId": mine}]}
ec2.authorize_security_group_ingress(GroupId=door, IpPermissions=[nfs])
for zone, subnet in subnets.items():
    if zone != target["AvailabilityZoneName"]:
        efs.create_mount_target(FileSystemId=files, SubnetId=subnet["SubnetId"], SecurityGroups=[door])

mount = {
    "Effect": "Allow",
    "Action": ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
    "Resource": held["FileSystemArn"],
}
iam.put_role_policy(
    RoleName=desk.task_role.split("/")[-1],
    PolicyName=desk.files,
    PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [mount]}),
)


def define(family, image, volume, path, **members):
    """Register a definition of one container that mounts one volume."""
    mounts = [{"sourceVolume": volume["name"], "containerPath": path}]
    ecs.register_task_definition(
        family=family,
        requiresCompatibilities=["FARGATE"],
        networkMode="awsvpc",
        cpu="256",
        memory="512",
        executionRoleArn=desk.role,
        containerDefinitions=[{"name": family, "image": image, "mountPoints": mounts}],
        volumes=[volume],
        **members,
    )


place = {
    "subnets": [subnets[zone]["SubnetId"] for zone in desk.zones],
    "securityGroups": [mine],
    "assignPublicIp": "ENABLED",
}


def serve(name, count, **more):
    """Make a service of the definition of its name, and wait until it is stable."""
    ecs.create_service(
        cluster=desk.cluster,
        serviceName=name,
        taskDefinition=name,
        desiredCount=count,
        launchType="FARGATE",
        networkConfiguration={"awsvpcConfiguration": place},
        **more,
    )
    ecs.get_waiter("services_stable").wait(cluster=desk.cluster, services=[name])


shared = {"fileSystemId": files, "transitEncryption": "ENABLED", "authorizationConfig": {"iam": "ENABLED"}}
volume = {"name": desk.files, "efsVolumeConfiguration": shared}
define(desk.service, desk.image, volume, desk.path, taskRoleArn=desk.task_role)
serve(desk.service, desk.count)
### END SOLUTION

# %% id="lab06-c1" role="check" question="share-it" points=8 rows=["F05", "P07"] tags=["raises-exception"]
lab.check("share-it")

# %% [markdown] id="lab06-q2"
# ## 2. Which platform version (2 points)
#
# Mara's exam book says: "The service runs on platform version 1.3.0 and cannot mount EFS." She wants to know what happens today.
#
# - `refusal`: the text with which AWS answers when you ask for a task of your service on `1.3.0`.
# - `version`: the platform version (its number) on which the tasks of your service do run.

# %% id="lab06-a2" role="answer" question="which-version"
refusal = ...
version = ...
### BEGIN SOLUTION
try:
    ecs.run_task(
        cluster=desk.cluster,
        taskDefinition=desk.service,
        launchType="FARGATE",
        platformVersion="1.3.0",
        networkConfiguration={"awsvpcConfiguration": place},
    )
except ClientError as error:
    refusal = str(error)
arns = ecs.list_tasks(cluster=desk.cluster, serviceName=desk.service)["taskArns"]
version = ecs.describe_tasks(cluster=desk.cluster, tasks=arns)["tasks"][0]["platformVersion"]
### END SOLUTION

# %% id="lab06-c2" role="check" question="which-version" points=2 rows=["T02"] tags=["raises-exception"]
lab.check("which-version", refusal=refusal, version=version)

# %% [markdown] id="lab06-q3"
# ## 3. A disk for each task (5 points)
#
# Make the service `desk.sorter`: `desk.sorters` tasks of `desk.sorter_image`, each with an EBS volume of its own, `gp3`, `desk.size` GiB, mounted at `desk.scratch`.
# When a task ends, its disk is thrown away with it.
#
# One of the sorters' people wants a second disk. Set `second` to the text with which AWS refuses a definition with two.

# %% id="lab06-a3" role="answer" question="scratch"
second = ...
### BEGIN SOLUTION
trust = {"Effect": "Allow", "Principal": {"Service": "ecs.amazonaws.com"}, "Action": "sts:AssumeRole"}
maker = iam.create_role(
    RoleName="makes-volumes", AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [trust]})
)["Role"]["Arn"]
ready = "arn:aws:iam::aws:policy/service-role/AmazonECSInfrastructureRolePolicyForVolumes"
iam.attach_role_policy(RoleName="makes-volumes", PolicyArn=ready)
disk = {"name": "disk", "configuredAtLaunch": True}
define(desk.sorter, desk.sorter_image, disk, desk.scratch)
asked = {"sizeInGiB": desk.size, "volumeType": "gp3", "roleArn": maker}
serve(desk.sorter, desk.sorters, volumeConfigurations=[{"name": "disk", "managedEBSVolume": asked}])
try:
    ecs.register_task_definition(
        family=desk.sorter,
        networkMode="awsvpc",
        cpu="256",
        memory="512",
        containerDefinitions=[{"name": desk.sorter, "image": desk.sorter_image}],
        volumes=[disk, {**disk, "name": "journal"}],
    )
except ClientError as error:
    second = str(error)
### END SOLUTION

# %% id="lab06-c3" role="check" question="scratch" points=5 rows=["F06", "M06"] tags=["raises-exception"]
lab.check("scratch", second=second)

# %% [markdown] id="lab06-q4"
# ## 4. Which storage (5 points)
#
# `desk.cases` tells five more. Set `storage` to a dict with one of `desk.options` for each: the one that can do it with the least to set up.
# What no volume on Fargate can do is `'not on Fargate'`. Two are judged at once, the others after submission.
#
# A colleague has tried one: in the EKS cluster `desk.pods`, whose pods all go to Fargate, the StatefulSet `documents` asks for a `gp3` volume.
# Its pod has been Pending since. Set `waits` to the message of the pod's event that says why. (`desk.cloud.kubernetes(desk.pods)` does what
# `kubectl` would: `get`, `describe`.)

# %% id="lab06-a4" role="answer" question="which-storage"
storage = ...
waits = ...


### BEGIN SOLUTION
def which(text):
    """What decides it, half sentence by half sentence."""
    if "StatefulSet" in text or "two EBS volumes" in text or "one and the same" in text:
        return "not on Fargate"
    if "share" in text or "outlive" in text or "replaces it" in text:
        return "EFS"
    return "EBS" if "700 GiB" in text or "snapshot" in text else "ephemeral storage"


storage = {name: which(text) for name, text in desk.cases.items()}
kubernetes = desk.cloud.kubernetes(desk.pods)
pod = kubernetes.get("pods")[0]["metadata"]["name"]
waits = kubernetes.describe("pod", pod).splitlines()[-1]  # it ends with its events
print(waits)
### END SOLUTION

# %% id="lab06-c4" role="check" question="which-storage" points=5 rows=["T09", "M06", "P07"] tags=["raises-exception"]
lab.check("which-storage", storage=storage, waits=waits)

# %% [markdown] id="lab06-reflect" role="reflect" question="explain-it" points=2
# ## 5. Explain it (2 points, read by a person)
#
# Mara asks: *"EBS is faster than EFS, they say. Could the pictures not lie on EBS volumes too, and we make a snapshot each night?"*
# Answer her in four to eight sentences: what a passenger would see by day, what the snapshot would and would not save, and for which of the two
# services you would take it.
#
# === BEGIN MARK SCHEME ===
# One point for the day: each task has a volume of its own, so a picture stored by one task is not there for the others (two zones, load balanced
# requests find it or not); and with a replaced task its volume is deleted. Half of it where only one of sharing and lasting is named.
#
# One point for the snapshot and a choice: it saves the state of one volume at night, all that came after is lost, and each volume has another
# content, so that no snapshot is the whole; good for the sorters, or for tasks that begin with the same data. No point for "EFS is better".
# === END MARK SCHEME ===

# %% [markdown] id="lab06-reflect-answer" role="reflect" question="explain-it"
# *Write your answer here.*

# %% [markdown] id="lab06-end"
# ## Hand it in
#
# Save the notebook (Ctrl+S), run the next cell and press the button. `fargate-course submit 06-shared-and-scratch` in a terminal
# does the same. `lab.progress()` shows where you stand.
# `lab.solution("share-it")` shows the worked solution of a question that you have passed, where your copy has it.

# %% id="lab06-submit" role="setup" tags=["nbval-ignore-output"]
lab.submit_button()
