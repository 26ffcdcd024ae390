# %% [markdown] id="sto-title"
# # 06 · Storage
#
# **The task died at night, and in the morning its files were gone. Which disk keeps what?**
#
# After this lesson you can
#
# - choose between ephemeral storage, EFS and EBS by what must outlive what,
# - mount a file system in two zones, and read the four ways in which a mount fails,
# - say what a service's volumes do when a task is replaced.
#
# About 45 minutes. You need lessons [03](03-networking.ipynb) and [04](04-two-roles.ipynb).

# %% [markdown] id="sto-story"
# Passengers may upload a photograph for their season ticket. `tickets` writes it to `/data`, and it worked for weeks.
# On Tuesday night a task was replaced. On Wednesday forty season tickets had no face.

# %% id="sto-open"
import json
import textwrap

import boto3

from simcloud import Cloud, views

cloud = Cloud(seed=6).open()
ecs, ec2, efs, iam, logs = (boto3.client(name) for name in ("ecs", "ec2", "efs", "iam", "logs"))
ecs.create_cluster(clusterName="ferryline")
logs.create_log_group(logGroupName="/ferryline/tickets")
subnets = ec2.describe_subnets(Filters=[{"Name": "default-for-az", "Values": ["true"]}])["Subnets"]
zone_a, zone_b = sorted(subnets, key=lambda each: each["AvailabilityZone"])[:2]
vpc = zone_a["VpcId"]


def make_role(name, trusts, *policies):
    """A role that this service may take on, with these managed policies; its ARN."""
    trust = {"Effect": "Allow", "Principal": {"Service": trusts}, "Action": "sts:AssumeRole"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
    made = iam.create_role(RoleName=name, AssumeRolePolicyDocument=document)
    for policy in policies:
        iam.attach_role_policy(RoleName=name,
                               PolicyArn=f"arn:aws:iam::aws:policy/service-role/{policy}")
    return made["Role"]["Arn"]


execution = make_role("tickets-execution", "ecs-tasks.amazonaws.com",
                      "AmazonECSTaskExecutionRolePolicy")
task_role = make_role("tickets-task", "ecs-tasks.amazonaws.com")

# %% [markdown] id="sto-images-text"
# Two simulated images: one writes a photograph to `/data` when it starts, the other reads it. Both say in their log what
# came of it. `start` runs a task in one of the two zones and prints how it got on.

# %% id="sto-images"
writer = cloud.push_image("tickets", tag="writer", writes=[("/data/4711.jpg", "a face")])
reader = cloud.push_image("tickets", tag="reader", reads=["/data/4711.jpg"])
tasks_group = ec2.create_security_group(GroupName="tickets", Description="tasks of tickets",
                                        VpcId=vpc)["GroupId"]


def tickets(image, *volumes, **members):
    """Register `tickets` with the image, its log, and these volumes mounted at /data."""
    options = {"awslogs-group": "/ferryline/tickets", "awslogs-region": "us-east-1",
               "awslogs-stream-prefix": "app"}
    container = {"name": "app", "image": image,
                 "logConfiguration": {"logDriver": "awslogs", "options": options},
                 "mountPoints": [{"sourceVolume": one["name"], "containerPath": "/data"}
                                 for one in volumes]}
    ecs.register_task_definition(
        family="tickets", requiresCompatibilities=["FARGATE"], networkMode="awsvpc", cpu="256",
        memory="512",
        executionRoleArn=execution, taskRoleArn=task_role, containerDefinitions=[container],
        volumes=list(volumes), **members,
    )


def start(zone, minutes=3, **more):
    """Run one task in a zone, let time pass, print its state, its reason and its log; its ARN."""
    place = {"subnets": [zone["SubnetId"]], "securityGroups": [tasks_group],
             "assignPublicIp": "ENABLED"}
    task = ecs.run_task(cluster="ferryline", taskDefinition="tickets", launchType="FARGATE",
                        networkConfiguration={"awsvpcConfiguration": place},
                        **more)["tasks"][0]["taskArn"]
    cloud.advance(minutes=minutes)
    seen = cloud.task(task)
    print(seen.status, "in", seen.zone)
    print(textwrap.fill(seen.stopped_reason, 110, break_on_hyphens=False))
    streams = logs.describe_log_streams(logGroupName="/ferryline/tickets",
                                        logStreamNamePrefix=f"app/app/{seen.id}")["logStreams"]
    for stream in streams:
        name = stream["logStreamName"]
        for event in logs.get_log_events(logGroupName="/ferryline/tickets", logStreamName=name,
                                         startFromHead=True)["events"]:
            print("  log:", event["message"])
    return task


# %% [markdown] id="sto-ephemeral-text"
# ## What is gone with the task
#
# Without a volume, `/data` lies on the task's own *ephemeral storage*. One task writes the photograph and is stopped. Then
# another task, of the same family, reads it. **Write down your guess.**

# %% id="sto-ephemeral" rows=["F18"]
tickets(writer)
wrote = start(zone_a)
ecs.stop_task(cluster="ferryline", task=wrote, reason="replaced on Tuesday night")
tickets(reader)
_ = start(zone_a)

# %% [markdown] id="sto-ephemeral-seen"
# Gone. Ephemeral storage belongs to one task, and ends with it. It is right for scratch files; lesson 02 has its sizes.
#
# ## EFS: one file system for many tasks
#
# *Amazon EFS* is a file system that outlives tasks, and that many of them mount at once. A task reaches it through a **mount
# target**: an interface in a subnet, one a zone. We make the file system, and at first forget the rest. (`transitEncryption` encrypts
# what goes over the network.)

# %% id="sto-efs" rows=["F05"]
files = efs.create_file_system(CreationToken="photographs", Encrypted=True,
                               Tags=[{"Key": "Name", "Value": "photographs"}])["FileSystemId"]
photographs = {"name": "photographs",
               "efsVolumeConfiguration": {"fileSystemId": files, "transitEncryption": "ENABLED"}}
tickets(writer, photographs)
_ = start(zone_a)

# %% [markdown] id="sto-efs-seen"
# No mount target, so no address behind the name. The task stopped before the program ran.
#
# Now a mount target in zone A. It needs a security group, and Mara takes the tasks' own. **Write down your guess:** is that
# enough? (That group lets everything out, and nothing in.)

# %% id="sto-closed" rows=["F05"]
target_a = efs.create_mount_target(FileSystemId=files, SubnetId=zone_a["SubnetId"],
                                   SecurityGroups=[tasks_group])["MountTargetId"]
_ = start(zone_a, minutes=4)

# %% [markdown] id="sto-closed-seen"
# A time-out: the name has an address, and nobody answers on it. EFS speaks NFS, the usual language of network file systems, on **TCP 2049**.
# The mount target's group must let that in from the tasks. It gets a group of its own.

# %% id="sto-open-2049" rows=["F05", "P07"]
files_group = ec2.create_security_group(GroupName="photographs", Description="NFS from tickets",
                                        VpcId=vpc)["GroupId"]
nfs = {"IpProtocol": "tcp", "FromPort": 2049, "ToPort": 2049,
       "UserIdGroupPairs": [{"GroupId": tasks_group}]}
ec2.authorize_security_group_ingress(GroupId=files_group, IpPermissions=[nfs])
efs.modify_mount_target_security_groups(MountTargetId=target_a, SecurityGroups=[files_group])
wrote = start(zone_a)

# %% [markdown] id="sto-zone-text"
# ## Another zone
#
# The photograph is written. Can a task in zone B read it? There is no mount target there yet.

# %% id="sto-zone-b" rows=["F05"]
tickets(reader, photographs)
_ = start(zone_b)

# %% id="sto-zone-b-right" rows=["F05", "P07"]
efs.create_mount_target(FileSystemId=files, SubnetId=zone_b["SubnetId"], SecurityGroups=[files_group])
_ = start(zone_b)

# %% [markdown] id="sto-zone-seen"
# **Two tasks in two zones see one file.** A mount target in each zone that has tasks: that is the rule. And now the Tuesday
# night again: every task dies, and a new one looks for the photograph.

# %% id="sto-outlives" rows=["P07", "F05"]
for task in cloud.tasks("ferryline", status="RUNNING"):
    ecs.stop_task(cluster="ferryline", task=task.arn, reason="Tuesday night")
cloud.advance(minutes=5)
print("running:", len(cloud.tasks("ferryline", status="RUNNING")))
_ = start(zone_a)

# %% [markdown] id="sto-version-text"
# ## "1.4.0 or later"
#
# EFS came to Fargate with platform version 1.4.0, and exams like that number: **one-point-four opens EFS.** Today an
# older version can no longer be asked for. That is what AWS says to `1.3.0` now:

# %% id="sto-version" rows=["T02", "F05", "N03"] tags=["raises-exception"]
start(zone_a, platformVersion="1.3.0")

# %% [markdown] id="sto-version-seen"
# **In an exam** the sentence "the service runs on platform version 1.3.0 and cannot mount EFS" still has the answer "use 1.4.0 or
# LATEST". At work you will not meet it again.
# ([AWS: platform versions](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/platform-fargate.html))
#
# ## Who may mount it?
#
# So far everybody who reaches port 2049. With `iam: ENABLED` the **task role** is asked as well. It may do nothing yet.

# %% id="sto-iam" rows=["F05"]
by_role = {"fileSystemId": files, "transitEncryption": "ENABLED",
           "authorizationConfig": {"iam": "ENABLED"}}
tickets(reader, {"name": "photographs", "efsVolumeConfiguration": by_role})
_ = start(zone_a)

# %% id="sto-iam-right" rows=["F05"]
where = f"arn:aws:elasticfilesystem:us-east-1:{cloud.account}:file-system/{files}"
mount = {"Effect": "Allow",
         "Action": ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
         "Resource": where}
iam.put_role_policy(RoleName="tickets-task", PolicyName="photographs",
                    PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [mount]}))
_ = start(zone_a)

# %% [markdown] id="sto-iam-seen"
# The task role, not the execution role: the mount is for your code. IAM needs `transitEncryption`, and so does an *access
# point*, which gives each application a directory and a user of its own in one file system.
# ([AWS: EFS volumes](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/efs-volumes.html))
#
# ## Try it yourself
#
# Each switch runs a real start in a copy of this cloud. Which switches does a task in zone B need?

# %% id="sto-try" rows=["F05", "T02"]
views.try_efs(cloud)

# %% [markdown] id="sto-ebs-text"
# ## EBS: a disk for one task
#
# Some programs want a fast disk of their own. *Amazon EBS* rents out disks, the usual kind is `gp3`. Since 2024 ECS can attach **one EBS
# volume to a task**, when it is launched. The definition says only *that* there will be one (`configuredAtLaunch`); size and kind are told at
# the launch.
#
# ECS makes the volume for you, with an *infrastructure role*. It trusts `ecs.amazonaws.com`: a third kind of role.

# %% id="sto-ebs" rows=["F06", "M06", "T09"]
disk = {"name": "disk", "configuredAtLaunch": True}
tickets(writer, disk)
infrastructure = make_role("ferryline-volumes", "ecs.amazonaws.com",
                           "AmazonECSInfrastructureRolePolicyForVolumes")
fast = [{"name": "disk",
         "managedEBSVolume": {"sizeInGiB": 50, "volumeType": "gp3", "roleArn": infrastructure}}]
place = {"subnets": [zone_a["SubnetId"], zone_b["SubnetId"]], "securityGroups": [tasks_group],
         "assignPublicIp": "ENABLED"}
ecs.create_service(cluster="ferryline", serviceName="tickets", taskDefinition="tickets", desiredCount=2,
                   launchType="FARGATE",
                   networkConfiguration={"awsvpcConfiguration": place}, volumeConfigurations=fast)
ecs.get_waiter("services_stable").wait(cluster="ferryline", services=["tickets"])


def disks():
    """The EBS volumes of the account."""
    for page in ec2.get_paginator("describe_volumes").paginate():
        for one in page["Volumes"]:
            print(one["VolumeId"], one["Size"], "GiB", one["VolumeType"], one["State"],
                  one["AvailabilityZone"])


disks()

# %% [markdown] id="sto-ebs-seen"
# One volume a task, in the task's zone. **Write down your guess:** a task of the service dies. What becomes of its disk, and
# what does the replacement find on its own?

# %% id="sto-ebs-gone" rows=["F06", "M06"]
cloud.kill_task(cloud.service("tickets", "ferryline").tasks[0].arn)
cloud.advance(minutes=5)
disks()

# %% [markdown] id="sto-ebs-gone-seen"
# The disk was deleted with its task, and the new task has a new, empty one (or one made from a snapshot, a saved copy of a disk, if you name one).
# A volume is *not* handed on, not shared, and not added to a task that runs. Who expects EBS to be as on EC2 is in for a
# Tuesday night. And a task has one:

# %% id="sto-ebs-two" rows=["M06"] tags=["raises-exception"]
tickets(writer, disk, {"name": "second", "configuredAtLaunch": True})

# %% [markdown] id="sto-eks-text"
# ## And on EKS?
#
# A pod, the task of Kubernetes, can mount EFS on EKS Fargate. It cannot have an EBS volume: there is no node, no server, to attach it to.
# A pod asks for a disk with a claim (`PersistentVolumeClaim`, PVC for short). We ask for one, in a namespace, a group of pods, that a
# Fargate profile sends to Fargate. The first cell builds all that; lesson 14 explains it.

# %% id="sto-eks" rows=["T09", "F06"]
eks = boto3.client("eks")
private = ec2.create_subnet(VpcId=vpc, CidrBlock="172.31.240.0/24",
                            AvailabilityZone="us-east-1a")["Subnet"]["SubnetId"]
other = ec2.create_subnet(VpcId=vpc, CidrBlock="172.31.241.0/24",
                          AvailabilityZone="us-east-1b")["Subnet"]["SubnetId"]
for subnet in (private, other):
    table = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]  # no way out: private
    ec2.associate_route_table(RouteTableId=table, SubnetId=subnet)
eks_role = make_role("ferryline-eks", "eks.amazonaws.com")
iam.attach_role_policy(RoleName="ferryline-eks",
                       PolicyArn="arn:aws:iam::aws:policy/AmazonEKSClusterPolicy")
pods = make_role("ferryline-pods", "eks-fargate-pods.amazonaws.com")
iam.attach_role_policy(RoleName="ferryline-pods",
                       PolicyArn="arn:aws:iam::aws:policy/AmazonEKSFargatePodExecutionRolePolicy")
eks.create_cluster(name="islands", roleArn=eks_role, resourcesVpcConfig={"subnetIds": [private, other]})
eks.get_waiter("cluster_active").wait(name="islands")
eks.create_fargate_profile(clusterName="islands", fargateProfileName="web", podExecutionRoleArn=pods,
                           subnets=[private, other], selectors=[{"namespace": "default"}])
eks.get_waiter("fargate_profile_active").wait(clusterName="islands", fargateProfileName="web")

# %% id="sto-eks-pod" rows=["T09", "F06"]
kubernetes = cloud.kubernetes("islands")
kubernetes.apply("""
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: photographs}
spec: {accessModes: [ReadWriteOnce], storageClassName: gp3, resources: {requests: {storage: 50Gi}}}
---
apiVersion: v1
kind: Pod
metadata: {name: tickets}
spec:
  containers:
    - name: app
      image: public.ecr.aws/nginx/nginx:1.27
      volumeMounts: [{name: disk, mountPath: /data}]
  volumes: [{name: disk, persistentVolumeClaim: {claimName: photographs}}]
""")
cloud.advance(minutes=5)
print(kubernetes.describe("pod", "tickets"))

# %% [markdown] id="sto-choose"
# Pending forever, with the reason in the pod's events: nothing on Fargate can attach that disk, so the claim is never bound.
#
# ## Which one?
#
# | you need | take |
# |---|---|
# | scratch space, gone with the task | ephemeral storage: 20 GiB, up to 200 |
# | files that outlive tasks, or that many tasks share | EFS |
# | a fast disk of its own for each ECS task | EBS, one a task |
# | files for pods of EKS on Fargate | EFS, with a volume made by hand (static) |
# | large objects, fetched by the program | S3, no volume at all |
#
# Windows tasks cannot mount EFS.
# ([AWS: storage for ECS tasks](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_data_volumes.html))

# %% [markdown] id="sto-exam" rests=["F05", "F06", "T02", "T09", "P07", "FG206", "statuses.LINUX_PLATFORMS", "https://docs.aws.amazon.com/efs/latest/ug/network-access.html says 2049"]
# ## Exam notes (SAA-C03, SAP-C02 and DOP-C02)
#
# - **Shared and lasting.** *Asked as:* "several tasks in two zones read and write the same files". *Decides:* EFS. EBS is for one task.
# - **1.4.0.** *Asked as:* "the mount fails on platform version 1.3.0". *Decides:* 1.4.0 or LATEST.
# - **The zone.** *Asked as:* "tasks in one of three zones fail to start". *Decides:* a mount target in each zone.
# - **The port.** *Asked as:* "mount attempt failed due to timeout". *Decides:* TCP 2049 into the mount target's group.
# - **The role.** *Asked as:* "the mount target answers, and refuses the task". *Decides:* the task role, with `ClientMount`.
# - **EBS on EKS.** *Asked as:* "a StatefulSet (pods that keep their disks) on EKS Fargate with gp3 volumes". *Decides:* not possible; EFS, or nodes.
#
# **Four questions.** Choose, press *Answer*, and read why each option is right or wrong.

# %% id="sto-question-share"
from autograder.exam.question import question

question("uploads-shared-by-tasks-in-two-zones")

# %% id="sto-question-zone"
question("one-of-three-zones-cannot-mount")

# %% id="sto-question-ebs"
question("database-files-after-a-replacement")

# %% id="sto-question-eks"
question("stateful-pods-without-nodes")

# %% [markdown] id="sto-real"
# ## On a real account
#
# ```bash
# aws efs create-mount-target --file-system-id $FS --subnet-id $PRIVATE_A --security-groups $FILES   # one for each zone
# aws ecs run-task ... --volume-configurations file://volume.json                                    # EBS: told at the launch
# ```
#
# ```yaml
# Target:
#   Type: AWS::EFS::MountTarget
#   Properties: {FileSystemId: !Ref Files, SubnetId: !Ref PrivateA, SecurityGroups: [!Ref FilesGroup]}
# Tickets:
#   Type: AWS::ECS::TaskDefinition
#   Properties:
#     Volumes:
#       - Name: photographs
#         EFSVolumeConfiguration:
#           FilesystemId: !Ref Files
#           TransitEncryption: ENABLED
#           AuthorizationConfig: {IAM: ENABLED}
# ```
#
# **It would cost** by the gigabyte and month, EFS several times as much as EBS, and EFS only for what lies in it. **Clean up:** mount
# targets first, then the file system; volumes of a service go by themselves.
#
# **The simulator leaves out** the minutes until a mount target is available, throughput and its limits, snapshots that are really copied,
# and the small helper container that Fargate adds to a task with EFS.

# %% [markdown] id="sto-answer"
# ## So which disk keeps what?
#
# Ephemeral storage keeps nothing beyond the task. EBS keeps nothing beyond the task *of a service*. EFS keeps it until you delete
# it, and shows it to every task that reaches a mount target on port 2049. Ferryline's photographs belong on EFS.
#
# <!-- go on -->
#
# **Practise:** lab [06 · Shared and scratch](../labs/06-shared-and-scratch/06-shared-and-scratch.ipynb). **Go on:** lesson [07 · Services and load balancing](07-services.ipynb).
#
# <!-- end of go on -->
