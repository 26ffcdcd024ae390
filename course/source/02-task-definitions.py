# %% [markdown] id="def-title"
# # 02 · Task definitions
#
# **AWS took the definition, and the task still does not run. What did the definition promise that nobody kept?**
#
# After this lesson you can
#
# - choose a size that Fargate sells, and say what it costs before you run it,
# - tell what a definition is checked for at registration from what shows only at the start,
# - name what Fargate never runs, and where that work belongs.
#
# About 45 minutes. You need lesson [00](00-start-here.ipynb).

# %% [markdown] id="def-story"
# Ferryline's timetable is worked out each night by a program on a server in a cupboard. The server is nine years old.
# Mara wants the job in a container, and asks: how large, on which processor, with how much disk?
# All three are answered in one document, the *task definition*. Everything else in it is detail.

# %% id="def-open"
import json
import textwrap

import boto3
from botocore.exceptions import ClientError

from simcloud import Cloud, views

cloud = Cloud(seed=2).open()
ecs, ec2, iam = boto3.client("ecs"), boto3.client("ec2"), boto3.client("iam")
ecs.create_cluster(clusterName="ferryline")
subnets = ec2.describe_subnets(Filters=[{"Name": "default-for-az", "Values": ["true"]}])["Subnets"]
subnet = min(subnets, key=lambda each: each["AvailabilityZone"])["SubnetId"]

# %% [markdown] id="def-sizes-text"
# ## Size is chosen in pairs
#
# CPU and memory are set for the whole task. Fargate does not sell every pair: for each CPU value there is a row of memory
# values. `register` below prints AWS's answer to a size, in one line.
#
# **Before you run it, write down your guess:** which of the six are sold?

# %% id="def-sizes" rows=["F21"]
def timetable(**changes):
    """The arguments of a small, valid definition, with changes."""
    container = {"name": "job", "image": "public.ecr.aws/docker/library/python:3.13-slim"}
    return {"family": "timetable", "requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc",
            "cpu": "256", "memory": "512", "containerDefinitions": [container], **changes}


def register(**changes):
    """Register a definition; print what AWS says."""
    try:
        made = ecs.register_task_definition(**timetable(**changes))["taskDefinition"]
        name = f"{made['family']}:{made['revision']}"
        print(f"taken    {name}  cpu {made['cpu']}  memory {made['memory']}")
    except ClientError as error:
        said = f"refused  {error.response['Error']['Message']}"
        print(textwrap.fill(said, 110, subsequent_indent=" " * 9, break_on_hyphens=False))


for cpu, memory in [("256", "512"), ("256", "4096"), ("1 vCPU", "2GB"), (".5 vCPU", "1 GB"),
                    ("4096", "6144"), ("32768", "249856")]:
    register(cpu=cpu, memory=memory)

# %% [markdown] id="def-sizes-seen"
# Four are sold. `"1 vCPU"` and `"2GB"` are fine; AWS keeps them as 1024 units and 2048 MiB.
#
# | vCPU | memory |
# |---|---|
# | 0.25 | 0.5, 1, 2 GB |
# | 0.5, 1, 2, 4 | from 1, 2, 4, 8 GB to 4, 8, 16, 30 GB, in steps of 1 GB |
# | 8, 16 | from 16, 32 GB to 60, 120 GB, in steps of 4, 8 GB |
# | 32 | 60, 120, 244 GB |
#
# **Older texts and exams** end at 16 vCPU and 120 GB. The row of 32 vCPU came in 2026, for Linux alone.
# ([AWS: what Fargate sells](https://aws.amazon.com/fargate/pricing/))

# %% [markdown] id="def-try-text"
# ## Size is what you pay for
#
# Not what the program uses: what you ask for. Choose a size and see AWS's verdict and the price. Look for three things:
# what twice the CPU costs, what ARM64 saves, and what a month of a forgotten 16 vCPU task would have cost.

# %% id="def-try" rows=["F21", "F07", "F11", "F18"]
views.try_size()

# %% [markdown] id="def-memory-text"
# ## Registration knows nothing of your program
#
# AWS compared numbers. It never looked into the image. The timetable program needs 700 MiB at its peak, and we gave the
# task 512. (`push_image` puts a simulated image into your registry. It says how the program inside behaves.)
#
# A role is a set of permissions under a name. To fetch an image from your private registry (a store of images; AWS's is called ECR)
# Fargate needs one, the *execution role*. The cell makes it as everybody does; lesson 04 takes it apart.

# %% id="def-role"
trust = {"Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"},
         "Action": "sts:AssumeRole"}
policy = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
role = iam.create_role(RoleName="ferryline-execution", AssumeRolePolicyDocument=policy)["Role"]["Arn"]
managed = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
iam.attach_role_policy(RoleName="ferryline-execution", PolicyArn=managed)

image = cloud.push_image("timetable", size_mib=300, memory_mib=700, exit_after=240)


def container(image, **changes):
    """One container, in the list that a definition wants."""
    return [{"name": "job", "image": image, **changes}]


register(executionRoleArn=role, containerDefinitions=container(image))

# %% id="def-run"
def run(definition="timetable", minutes=10, **network):
    """Run one task, let time pass, and print how each of its containers ended; the task's ARN."""
    place = {"subnets": [subnet], "assignPublicIp": "ENABLED"}
    task = ecs.run_task(
        cluster="ferryline", taskDefinition=definition, launchType="FARGATE",
        networkConfiguration={"awsvpcConfiguration": place},
    )["tasks"][0]["taskArn"]
    cloud.advance(minutes=minutes)
    found = ecs.describe_tasks(cluster="ferryline", tasks=[task])["tasks"][0]
    print(found["lastStatus"], "|", found.get("stopCode", "-"), "|", found.get("stoppedReason", "-"))
    for one in found["containers"]:
        reason = one.get("reason", "no reason given")
        print(f"  {one['name']}: exit code {one.get('exitCode', '-')}, {reason}")
    return task


killed = run()

# %% [markdown] id="def-memory-seen"
# Exit code **137** is 128 + 9: the process was killed (signal 9) because it went over its memory. AWS gives the reason
# on the *container*, not on the task, so look there. The task ended since it was an *essential container*, as each is unless you say
# otherwise. ([AWS: stopped task error codes](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html))
#
# 700 MiB do not fit into 512. The next value in the row is 1024 MiB, and the CPU may stay. Again, with that:

# %% id="def-memory-cured"
register(memory="1024", executionRoleArn=role, containerDefinitions=container(image))
done = run()
views.timeline(cloud, done)

# %% [markdown] id="def-containers-text"
# ## Sharing the task's memory
#
# A task may hold up to ten containers. They share its size. A container may have limits of its own: `memory` is a wall
# at which it is killed, `memoryReservation` is what it is promised. No wall may be higher than the task itself.

# %% id="def-containers"
register(memory="1024", containerDefinitions=container(image, memory=2048))
register(memory="1024", cpu="256", containerDefinitions=container(image, cpu=512))
register(memory="1024", executionRoleArn=role,
         containerDefinitions=container(image, memory=1024, memoryReservation=768))

# %% [markdown] id="def-revisions-text"
# ## A definition never changes
#
# Each registration made a new *revision*. Old ones stay as they were: `timetable:1` still says 512 MiB. That is
# how you go back after a bad release. A name without a number means the newest ACTIVE revision.
#
# To change one thing, take what `describe` gives, change it, and register it again.

# %% id="def-revisions"
described = ecs.describe_task_definition(taskDefinition="timetable")["taskDefinition"]
answered = {"taskDefinitionArn", "revision", "status", "requiresAttributes", "compatibilities",
            "registeredAt", "registeredBy"}
same = {key: value for key, value in described.items() if key not in answered}
again = ecs.register_task_definition(**same | {"cpu": "512"},
                                     tags=[{"key": "team", "value": "crossings"}])
again["taskDefinition"]["revision"]

# %% id="def-revisions-list"
paginator = ecs.get_paginator("list_task_definitions")
for page in paginator.paginate(familyPrefix="timetable"):
    for arn in page["taskDefinitionArns"]:
        one = ecs.describe_task_definition(taskDefinition=arn)["taskDefinition"]
        name = arn.rsplit("/", 1)[-1]
        print(f"{name:<14} {one['status']:<8} cpu {one['cpu']:>5}  memory {one['memory']:>6}")

# %% [markdown] id="def-arm-text"
# ## ARM64: cheaper, if the image is built for it
#
# `runtimePlatform` names the processor. AWS's own ARM64 processor is called *Graviton*, and costs a fifth less. Our image
# was built on Mara's laptop, for X86_64 alone.
#
# **Write down your guess:** does AWS refuse the definition, or the task?

# %% id="def-arm" rows=["F07"]
arm = {"cpuArchitecture": "ARM64", "operatingSystemFamily": "LINUX"}
register(memory="1024", runtimePlatform=arm, executionRoleArn=role,
         containerDefinitions=container(image))
run()

# %% [markdown] id="def-arm-seen"
# The task. Registration does not look into the image. When Fargate pulls it, the image's index (the list of the processors that it
# is built for) has no entry for `linux/arm64`, and AWS's text says so.
#
# An image *without* an index, with one list of parts (a manifest) alone, can be pulled all the same. Then the program fails at its first
# instruction. Nothing but the log says why, so this container writes one: `awslogs` sends what it prints to CloudWatch Logs.

# %% id="def-arm-single" rows=["F07"]
logs = boto3.client("logs")
logs.create_log_group(logGroupName="/ferryline/timetable")
options = {"awslogs-group": "/ferryline/timetable", "awslogs-region": "us-east-1",
           "awslogs-stream-prefix": "job"}
awslogs = {"logDriver": "awslogs", "options": options}

single = cloud.push_image("timetable-single", size_mib=300, memory_mib=700, exit_after=240, index=False)
register(memory="1024", runtimePlatform=arm, executionRoleArn=role,
         containerDefinitions=container(single, logConfiguration=awslogs))
run()
for page in logs.get_paginator("filter_log_events").paginate(logGroupName="/ferryline/timetable"):
    print(*(event["message"] for event in page["events"]), sep="\n")

# %% [markdown] id="def-arm-cure-text"
# `docker buildx build --platform linux/amd64,linux/arm64` builds for both. Then the same reference starts on either
# processor. We run both, and compare the bills of the two runs, second for second.

# %% id="def-arm-bill" rows=["F07"]
from simcloud.cloud.usage import usage_of
from simcloud.price.price import price

both = cloud.push_image("timetable", tag="both", size_mib=300, memory_mib=700, exit_after=240,
                        architectures=("X86_64", "ARM64"))
for platform in ("X86_64", "ARM64"):
    register(memory="1024", runtimePlatform={"cpuArchitecture": platform}, executionRoleArn=role,
             containerDefinitions=container(both))
    run()
*_, on_x86, on_arm = [used for used in usage_of(cloud.world) if hasattr(used, "cpu")]
costs = [price([used]).cost for used in (on_x86, on_arm)]
print(f"X86_64 {on_x86.billed_seconds} s ${costs[0]:.6f}   ARM64 {on_arm.billed_seconds} s ${costs[1]:.6f}")
print(f"ratio {costs[1] / on_arm.billed_seconds / (costs[0] / on_x86.billed_seconds):.3f}")

# %% [markdown] id="def-windows-text"
# ## Windows: from one vCPU, with a licence
#
# The ticket printer on the quay still speaks only to a Windows program. Fargate runs Windows Server containers, on
# X86_64, with 1, 2 or 4 vCPU. Not with less, and not with more.

# %% id="def-windows" rows=["F11"]
windows = {"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE", "cpuArchitecture": "X86_64"}
printer = cloud.push_image("printer", size_mib=2200, memory_mib=900, start_seconds=40)
register(family="printer", cpu="512", memory="2048", runtimePlatform=windows)
register(family="printer", cpu="8192", memory="16384", runtimePlatform=windows)
register(family="printer", cpu="1024", memory="2048", runtimePlatform=windows, executionRoleArn=role,
         containerDefinitions=container(printer))
printing = run("printer", minutes=30)

# %% id="def-windows-bill" rows=["F11"]
ecs.stop_task(cluster="ferryline", task=printing, reason="printed enough")
*_, used = [used for used in usage_of(cloud.world) if hasattr(used, "cpu")]
views.bill(price([used]), "The Windows task")

# %% [markdown] id="def-windows-seen"
# The licence is a line of its own, and the shortest run is billed as five minutes (one minute on Linux). A Windows task
# cannot mount EFS (AWS's file system for many tasks, lesson 06), and there is no Spot and no ARM64 for it.
# ([AWS: Windows containers on Fargate](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/windows-considerations.html))
#
# ## Disk: 20 GiB are there, more on request
#
# Each task has 20 GiB of *ephemeral storage*: the pulled image lies there, and what the program writes. It is gone with the
# task. You may ask for 21 to 200 GiB. **Guess:** what happens if you ask for exactly 20?

# %% id="def-storage" rows=["F18"]
for size in (20, 21, 200, 201):
    register(family="archive", ephemeralStorage={"sizeInGiB": size})

# %% id="def-storage-bill" rows=["F18"]
register(family="archive", memory="1024", ephemeralStorage={"sizeInGiB": 200}, executionRoleArn=role,
         containerDefinitions=container(image))
run("archive")
*_, used = [used for used in usage_of(cloud.world) if hasattr(used, "cpu")]
for line in price([used]):
    print(f"{line.what:<30} {line.shown:<20} ${line.cost:.6f}")

# %% [markdown] id="def-storage-seen"
# 20 is refused: it is what you get by saying nothing. Only what is above 20 GiB is billed: here 180 of the 200. Files that must outlive the
# task, or be shared, belong on EFS or EBS: lesson 06.
# ([AWS: ephemeral storage](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-storage.html))
#
# ## What Fargate does not run
#
# The host is AWS's, so a container cannot have what would reach into it. (*Privileged* is a container with the rights of the host's own
# administrator.) Four wishes, four refusals:

# %% id="def-refused" rows=["F08", "F09", "T03"]
gpu = [{"type": "GPU", "value": "1"}]
wishes = {
    "a GPU": dict(containerDefinitions=container("jobs", resourceRequirements=gpu)),
    "privileged": dict(containerDefinitions=container("jobs", privileged=True)),
    "a path of the host": dict(volumes=[{"name": "host", "host": {"sourcePath": "/var/run"}}]),
    "the host's network": dict(networkMode="host"),
}
for wish, changes in wishes.items():
    print(wish)
    register(**changes)

# %% [markdown] id="def-daemon-text"
# A fifth wish is not in the definition, but in the service: one task on *every host*, as agents for logs and security
# ask for it. That is the `DAEMON` strategy, on EKS a DaemonSet. There are no hosts here to put one on each.

# %% id="def-daemon" rows=["F10", "T03"] tags=["raises-exception"]
place = {"subnets": [subnet], "assignPublicIp": "ENABLED"}
ecs.create_service(
    cluster="ferryline", serviceName="agent", taskDefinition="timetable", launchType="FARGATE",
    schedulingStrategy="DAEMON", networkConfiguration={"awsvpcConfiguration": place},
)

# %% [markdown] id="def-refused-seen"
# **GPU, privileged or daemon: any one of the three means EC2** (or EKS nodes). An agent can often become a *sidecar*:
# a second container in each task. Everything else about the design may stay as it is.
# ([AWS: definition differences for Fargate](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html))
#
# **Older texts** say that a GPU means the EC2 launch type. ECS *Managed Instances* (2025) have GPUs too, and are EC2 as well: Fargate still
# has none. And they list `tmpfs` (a disk in memory), `pidMode` (containers that see each other's processes) and `systemControls`
# (settings of the kernel) as impossible. These work today:

# %% id="def-today"
register(family="today", pidMode="task", containerDefinitions=container(
    "public.ecr.aws/nginx/nginx:1.27",
    linuxParameters={"tmpfs": [{"containerPath": "/scratch", "size": 64}], "initProcessEnabled": True},
    systemControls=[{"namespace": "net.core.somaxconn", "value": "1024"}],
    restartPolicy={"enabled": True, "restartAttemptPeriod": 60},
))

# %% [markdown] id="def-without-text"
# ## The word FARGATE in `requiresCompatibilities`
#
# It is a wish to be checked. Leave it out, and AWS takes what would run nowhere on Fargate. You learn of it later, at
# `run_task`, perhaps at night. So always say it.

# %% id="def-without" rows=["T03"] tags=["raises-exception"]
ecs.register_task_definition(
    family="unchecked",
    containerDefinitions=[{"name": "job", "image": image, "memory": 512, "privileged": True}]
)
run("unchecked")

# %% [markdown] id="def-exam" rests=["F24", "F08", "F09", "F10", "F07", "F11", "F18", "sizes.STORAGE_MOST_GIB", "words.stop.OUT_OF_MEMORY"]
# ## Exam notes (CLF-C02, SAA-C03, SAP-C02 and DOP-C02)
#
# - **Size.** *Asked as:* "needs 0.5 vCPU and 6 GB". *Decides:* the pair is not sold; the next that fits is 1 vCPU with 6 GB.
# - **The largest.** *Asked as:* "a job needs 200 GB of memory". Older questions hold that Fargate ends at 16 vCPU and 120 GB. Today: 32 vCPU, 244 GB.
# - **GPU, privileged, daemon.** *Asked as:* "with the least management", and one of the three words in a half sentence. *Decides:* EC2.
# - **Cheaper without new code.** *Asked as:* "the team can rebuild its images". *Decides:* ARM64, a fifth less; the image must be built for it.
# - **Windows.** *Asked as:* "0.5 vCPU is enough". *Decides:* Windows starts at 1 vCPU.
# - **Scratch disk.** *Asked as:* "150 GB of temporary files". *Decides:* ephemeral storage goes to 200 GiB; nothing else is needed.
# - **137.** *Asked as:* "exit code 137, OutOfMemoryError". *Decides:* memory. Without that word the code says only "killed" (lesson 15).
#
# **Four questions.** Choose, press *Answer*, and read why each option is right or wrong.

# %% id="def-question-size"
from autograder.exam.question import question

question("half-a-vcpu-and-six-gigabytes")

# %% id="def-question-gpu"
question("vision-model-on-fargate")

# %% id="def-question-arm"
question("graviton-pull-fails")

# %% id="def-question-storage"
question("scratch-files-of-a-render")

# %% [markdown] id="def-real"
# ## On a real account
#
# The same definition with the AWS CLI, then as CloudFormation:
#
# ```bash
# aws ecs register-task-definition --family timetable --requires-compatibilities FARGATE --network-mode awsvpc \
#   --cpu 256 --memory 1024 --runtime-platform cpuArchitecture=ARM64,operatingSystemFamily=LINUX \
#   --execution-role-arn $ROLE --container-definitions "name=job,image=$IMAGE"
# ```
#
# ```yaml
# Timetable:
#   Type: AWS::ECS::TaskDefinition
#   Properties:
#     Family: timetable
#     RequiresCompatibilities: [FARGATE]
#     NetworkMode: awsvpc
#     Cpu: "256"
#     Memory: "1024"
#     RuntimePlatform: {CpuArchitecture: ARM64, OperatingSystemFamily: LINUX}
#     ExecutionRoleArn: !GetAtt Execution.Arn
#     ContainerDefinitions:
#       - {Name: job, Image: !Ref Image}
# ```
#
# **It would cost** nothing to register; a run of four minutes of this size about a tenth of a cent (us-east-1, with its public
# address). **Clean up:** `aws ecs deregister-task-definition` makes a revision INACTIVE, `delete-task-definitions` removes it.
#
# **The simulator leaves out** what is in your image: it behaves as `push_image` was told. It does not look up public images,
# so a wrong public name is not noticed here.

# %% [markdown] id="def-answer"
# ## So what did the definition promise that nobody kept?
#
# That the *image* fits it. Registration compares the definition with AWS's tables: pairs of sizes, storage, platforms, and what
# Fargate never runs. Only the start shows whether the image exists, is built for that processor, and whether the program
# lives within its memory. The first kind is refused at once and costs nothing. The second is found by running it.
#
# <!-- go on -->
#
# **Practise:** lab [02 · The right task definition](../labs/02-right-definition/02-right-definition.ipynb). **Go on:** lesson [03 · Networking](03-networking.ipynb).
#
# <!-- end of go on -->
