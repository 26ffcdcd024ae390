"""Lab 10: right answers by more than one way, plausible wrong ones with what each must be told, and the untouched stub.

Every text is an answer cell. It may use the names that the solutions of the questions before it have left: `split`,
later `files`, `version`, `container`, `job`, `targets`, `group`, `cluster_arn`, `taken_back`, `start`.
"""

from collections.abc import Mapping
from typing import Any

from autograder.author.worked import SOLUTION, Answer, untouched
from autograder.checks.labs.spot_without_tears.plan import plan_of

WAITS = "judged once the check before it"
SETTLE = "\ndesk.cloud.advance(minutes=10)\n"

# --- 1. split it

MOVE = """
def move(*strategy, wait=10, **more):
    ecs.put_cluster_capacity_providers(
        cluster=desk.cluster, capacityProviders=["FARGATE", "FARGATE_SPOT"], defaultCapacityProviderStrategy=[]
    )
    parts = [{"capacityProvider": name, "base": base, "weight": weight} for name, base, weight in strategy]
    ecs.update_service(
        cluster=desk.cluster, service=desk.service, capacityProviderStrategy=parts, forceNewDeployment=True, **more
    )
    desk.cloud.advance(minutes=wait)


"""
NOT_SPLIT = {"settled": WAITS, "base-holds": WAITS, "any-count": WAITS, "storm": WAITS}
SPLIT_IT = (
    Answer("as in the solution", SOLUTION),
    Answer(
        "twice the weights, Spot named first",
        MOVE + 'move(("FARGATE_SPOT", 0, 2 * (desk.of - 1)), ("FARGATE", desk.base, 2))',
    ),
    Answer(
        "as the default of the cluster, the service made anew",
        """
parts = [
    {"capacityProvider": "FARGATE", "base": desk.base, "weight": 1},
    {"capacityProvider": "FARGATE_SPOT", "weight": desk.of - 1},
]
ecs.put_cluster_capacity_providers(
    cluster=desk.cluster, capacityProviders=["FARGATE_SPOT", "FARGATE"], defaultCapacityProviderStrategy=parts
)
old = ecs.describe_services(cluster=desk.cluster, services=[desk.service])["services"][0]
ecs.delete_service(cluster=desk.cluster, service=desk.service, force=True)
desk.cloud.advance(minutes=5)
ecs.create_service(
    cluster=desk.cluster,
    serviceName=desk.service,
    taskDefinition=old["taskDefinition"],
    desiredCount=desk.count,
    networkConfiguration=old["networkConfiguration"],
)
"""
        + SETTLE,
    ),
    Answer(
        "right, and gone before a task has moved",
        MOVE + 'move(("FARGATE", desk.base, 1), ("FARGATE_SPOT", 0, desk.of - 1), wait=0)',
        misses={"settled": "end the cell with the waiter services_stable"},
    ),
    Answer(
        "all on Spot",
        MOVE + 'move(("FARGATE_SPOT", 0, 1))',
        misses={"split": "0 on demand", **NOT_SPLIT},
    ),
    Answer(
        "all on Spot, a few tasks more",
        MOVE + 'move(("FARGATE_SPOT", 0, 1), desiredCount=2 * desk.count)',
        misses={"split": "0 on demand", **NOT_SPLIT},
    ),
    Answer(
        "the base alone, all others on Spot",
        MOVE + 'move(("FARGATE", desk.base, 0), ("FARGATE_SPOT", 0, 1))',
        misses={"split": "weight 0", **NOT_SPLIT},
    ),
    Answer(
        "the weights of the whole, one to of",
        MOVE + 'move(("FARGATE", desk.base, 1), ("FARGATE_SPOT", 0, 10 * desk.of))',
        misses={"split": "on Spot", **NOT_SPLIT},
    ),
    Answer(
        "right today, by a larger base",
        MOVE
        + """
today = desk.base + (desk.count - desk.base) // desk.of
move(("FARGATE", today, 0), ("FARGATE_SPOT", 0, 1))
""",
        misses={"any-count": "weight 0"},
    ),
    Answer(
        "the strategy, and no new deployment",
        """
ecs.put_cluster_capacity_providers(
    cluster=desk.cluster, capacityProviders=["FARGATE", "FARGATE_SPOT"], defaultCapacityProviderStrategy=[]
)
ecs.update_service(
    cluster=desk.cluster,
    service=desk.service,
    capacityProviderStrategy=[
        {"capacityProvider": "FARGATE", "base": desk.base, "weight": 1},
        {"capacityProvider": "FARGATE_SPOT", "weight": desk.of - 1},
    ],
)
""",
        raises="ClientError",
        misses={"split": "it has a launch type and no strategy", **NOT_SPLIT},
    ),
    Answer(
        "on servers of its own beside Fargate",
        """
arn = "arn:aws:autoscaling:us-east-1:123456789012:autoScalingGroup:5f0c2f1e:autoScalingGroupName/servers"
ecs.create_capacity_provider(name="servers", autoScalingGroupProvider={"autoScalingGroupArn": arn})
ecs.put_cluster_capacity_providers(
    cluster=desk.cluster, capacityProviders=["FARGATE", "servers"], defaultCapacityProviderStrategy=[]
)
mixed = [{"capacityProvider": name, "weight": 1} for name in ("FARGATE", "servers")]
ecs.update_service(cluster=desk.cluster, service=desk.service, capacityProviderStrategy=mixed, forceNewDeployment=True)
""",
        raises="ClientError",
        misses={"split": "it has a launch type and no strategy", **NOT_SPLIT},
    ),
    Answer(
        "a cluster that was not given the providers",
        """
blend = [{"capacityProvider": "FARGATE", "weight": 1}, {"capacityProvider": "FARGATE_SPOT", "weight": 3}]
ecs.update_service(cluster=desk.cluster, service=desk.service, capacityProviderStrategy=blend, forceNewDeployment=True)
""",
        raises="ClientError",
        attempted=False,
    ),
    untouched(),
)

# --- 2. leave in time

ANEW = """
def anew(version, stop_timeout=None, wait=10, **more):
    one = {"name": "app", "image": desk.images[version], **more}
    if stop_timeout:
        one["stopTimeout"] = stop_timeout
    made = ecs.register_task_definition(
        family=desk.service, requiresCompatibilities=["FARGATE"], networkMode="awsvpc", cpu="256", memory="512",
        executionRoleArn=desk.role, containerDefinitions=[one],
    )["taskDefinition"]["taskDefinitionArn"]
    ecs.update_service(cluster=desk.cluster, service=desk.service, taskDefinition=made)
    desk.cloud.advance(minutes=wait)


"""
NOT_DRAINED = {"released": WAITS, "replaced": WAITS, "drains-again": WAITS}
LEAVE_IN_TIME = (
    Answer("as in the solution", SOLUTION),
    Answer("a little more than it needs", ANEW + 'anew("direct", desk.drain + 5)'),
    Answer(
        "another family, the old definition with two changes",
        """
now = ecs.describe_services(cluster=desk.cluster, services=[desk.service])["services"][0]["taskDefinition"]
held = ecs.describe_task_definition(taskDefinition=now)["taskDefinition"]
one = {**held["containerDefinitions"][0], "image": desk.images["direct"], "stopTimeout": 110}
kept = {name: held[name] for name in ("requiresCompatibilities", "networkMode", "cpu", "memory", "executionRoleArn")}
made = ecs.register_task_definition(family="drains", containerDefinitions=[one], **kept)["taskDefinition"]
ecs.update_service(cluster=desk.cluster, service=desk.service, taskDefinition=made["taskDefinitionArn"])
"""
        + SETTLE,
    ),
    Answer(
        "right, and the old tasks left to themselves",
        ANEW + 'anew("direct", 120, wait=0)',
        misses={"released": "one deployment is left"},
    ),
    Answer(
        "more time for the shell",
        ANEW + 'anew("shell", 120)',
        misses={"drains": "process number 1 of this image is a shell", **NOT_DRAINED},
    ),
    Answer(
        "the program itself, with the usual half minute",
        ANEW + 'anew("direct")',
        misses={"drains": "stopTimeout gives it 30", **NOT_DRAINED},
    ),
    Answer(
        "not quite enough",
        ANEW + 'anew("direct", desk.drain - 10)',
        misses={"drains": "seconds, and stopTimeout gives it", **NOT_DRAINED},
    ),
    Answer(
        "an init process in front of the shell",
        ANEW + 'anew("shell", 120, linuxParameters={"initProcessEnabled": True})',
        misses={"drains": "process number 1 of this image is a shell", **NOT_DRAINED},
    ),
    Answer(
        "everything right, and no task on Spot any more",
        ANEW
        + """
anew("direct", 120)
everything = [{"capacityProvider": "FARGATE", "weight": 1}]
ecs.update_service(
    cluster=desk.cluster, service=desk.service, capacityProviderStrategy=everything, forceNewDeployment=True
)
desk.cloud.advance(minutes=10)
""",
        misses={"drains": "the strategy sends all tasks to FARGATE", **NOT_DRAINED},
    ),
    Answer(
        "everything right, and nothing on demand any more",
        ANEW
        + """
anew("direct", 120)
everything = [{"capacityProvider": "FARGATE_SPOT", "weight": 1}]
ecs.update_service(
    cluster=desk.cluster, service=desk.service, capacityProviderStrategy=everything, forceNewDeployment=True
)
desk.cloud.advance(minutes=10)
""",
        misses={"replaced": "on Spot", "drains-again": "belongs into the base"},
    ),
    Answer(
        "five minutes, behind a revision that changes nothing",
        ANEW + 'anew("shell")\nanew("direct", 300)',
        raises="ClientError",
        misses={"drains": "process number 1 of this image is a shell", **NOT_DRAINED},
    ),
    untouched(),
)

# --- 3. keep the work

KEEP = """
def keep(version, stop_timeout=120, path="/kept", volume=True, read_only=False, **more):
    files = efs.describe_file_systems(CreationToken=desk.job)["FileSystems"][0]["FileSystemId"]
    mount = {"sourceVolume": "work", "containerPath": path, "readOnly": read_only}
    one = {"name": "job", "image": desk.jobs[version], "mountPoints": [mount]}
    if stop_timeout:
        one["stopTimeout"] = stop_timeout
    kept = {"efsVolumeConfiguration": {"fileSystemId": files, **more}} if volume else {}
    return ecs.register_task_definition(
        family=desk.job, requiresCompatibilities=["FARGATE"], networkMode="awsvpc", cpu="512", memory="1024",
        executionRoleArn=desk.role, containerDefinitions=[one], volumes=[{"name": "work", **kept}],
    )["taskDefinition"]["taskDefinitionArn"]


good, bad = ("steady", "parting") if desk.every <= desk.may_lose else ("parting", "steady")
"""
NOT_KEPT = {"keeps-again": WAITS}
KEEP_THE_WORK = (
    Answer("as in the solution", SOLUTION),
    Answer("larger, encrypted on the way", KEEP + 'keep(good, transitEncryption="ENABLED")'),
    Answer("a folder of the file system, on a second try", KEEP + "keep(bad)\nkeep(good, stop_timeout=115)"),
    Answer(
        "the other version",
        KEEP + "keep(bad)",
        misses={"keeps": "this version", **NOT_KEPT},
    ),
    Answer(
        "on the disk of the task",
        KEEP + "keep(good, volume=False)",
        misses={"keeps": "a task's own storage ends with the task", **NOT_KEPT},
    ),
    Answer(
        "the volume in another place",
        KEEP + 'keep(good, path="/data")',
        misses={"keeps": "is that on the volume, and may it write there", **NOT_KEPT},
    ),
    Answer(
        "the volume to be read only",
        KEEP + "keep(good, read_only=True)",
        misses={"keeps": "is that on the volume, and may it write there", **NOT_KEPT},
    ),
    Answer(
        "no volume at all",
        """
ecs.register_task_definition(
    family=desk.job, requiresCompatibilities=["FARGATE"], networkMode="awsvpc", cpu="256", memory="512",
    executionRoleArn=desk.role,
    containerDefinitions=[{"name": "job", "image": desk.jobs["steady"], "stopTimeout": 120}],
)
""",
        misses={"keeps": "a task's own storage ends with the task", **NOT_KEPT},
    ),
    Answer(
        "the service's image by mistake",
        KEEP.replace("desk.jobs[version]", 'desk.images["direct"]') + "keep(good)",
        misses={"keeps": "run one of the images in desk.jobs", **NOT_KEPT},
    ),
    Answer(
        "more minutes than there are, behind another family",
        KEEP.replace("family=desk.job", 'family="elsewhere"') + "keep(good)\nkeep(good, stop_timeout=600)",
        raises="ClientError",
        misses={"keeps": "a task definition", **NOT_KEPT},
    ),
    untouched(),
)

# --- 4. go on by itself

RULE = """
def rule(detail, name="again", provider="FARGATE_SPOT", count=1, role=None, network=True, **more):
    arn = ecs.describe_clusters(clusters=[desk.cluster])["clusters"][0]["clusterArn"]
    pattern = {"source": ["aws.ecs"], "detail-type": ["ECS Task State Change"], "detail": detail}
    events.put_rule(Name=name, EventPattern=json.dumps(pattern))
    held = efs.describe_mount_targets(FileSystemId=files)["MountTargets"]
    beside = ec2.describe_security_groups(Filters=[{"Name": "group-name", "Values": [desk.job]}])["SecurityGroups"][0]
    where = {"Subnets": [one["SubnetId"] for one in held], "AssignPublicIp": "ENABLED"}
    if network:
        where["SecurityGroups"] = [beside["GroupId"]]
    given = {
        "TaskDefinitionArn": job.rsplit(":", 1)[0],
        "TaskCount": count,
        "NetworkConfiguration": {"awsvpcConfiguration": where},
    }
    if provider == "FARGATE":
        given["LaunchType"] = "FARGATE"
    else:
        given["CapacityProviderStrategy"] = [{"capacityProvider": provider, "weight": 1}]
    events.put_targets(
        Rule=name, Targets=[{"Id": "one", "Arn": arn, "RoleArn": role or desk.starter, "EcsParameters": given, **more}]
    )


OVER = {"lastStatus": ["STOPPED"], "stopCode": ["SpotInterruption"], "group": ["family:" + desk.job]}


def but(*gone, **more):
    return {name: value for name, value in {**OVER, **more}.items() if name not in gone}


"""
NOT_AGAIN = {"leaves-off": WAITS, "goes-on-again": WAITS}
GO_ON = (
    Answer("as in the solution", SOLUTION),
    Answer(
        "by AWS's words and the family of the definition",
        RULE
        + """
told = [{"prefix": "Your Spot Task was interrupted"}]
family = [{"prefix": job.rsplit(":", 1)[0] + ":"}]
rule({"lastStatus": ["STOPPED"], "stoppedReason": told, "taskDefinitionArn": family}, "by-words")
""",
    ),
    Answer("with the family in place of a revision", RULE + "rule(OVER)"),
    Answer(
        "at the warning",
        RULE + 'rule(but("lastStatus"))',
        misses={"goes-on": "an interruption is told more than once", **NOT_AGAIN},
    ),
    Answer(
        "while the old one still runs",
        RULE + 'rule(but(lastStatus=["RUNNING"]))',
        misses={"goes-on": "wait for lastStatus STOPPED", **NOT_AGAIN},
    ),
    Answer(
        "whatever ended it",
        RULE + 'rule(but("stopCode"))',
        misses={"leaves-off": "the rule's pattern asks for too little"},
    ),
    Answer(
        "whoever was taken back",
        RULE + 'rule(but("group"))',
        misses={"goes-on": "one task of", **NOT_AGAIN},
    ),
    Answer(
        "the second try on demand",
        RULE + 'rule(OVER, provider="FARGATE")',
        misses={"goes-on": "it runs on Spot again", **NOT_AGAIN},
    ),
    Answer(
        "two at once, to be sure",
        RULE + "rule(OVER, count=2)",
        misses={"goes-on": "one at a time", **NOT_AGAIN},
    ),
    Answer(
        "by a role that EventBridge cannot take on",
        RULE + "rule(OVER, role=desk.role)",
        raises="ClientError",
        misses={"goes-on": "a task of", **NOT_AGAIN},
    ),
    Answer(
        "in a security group that the files do not let in",
        RULE + "rule(OVER, network=False)",
        misses={"goes-on": "a task of", **NOT_AGAIN},
    ),
    Answer(
        "a rule without a target",
        RULE
        + """
events.put_rule(
    Name="again", EventPattern=json.dumps({"source": ["aws.ecs"], "detail": {"stopCode": ["SpotInterruption"]}})
)
""",
        misses={"goes-on": "no rule started it", **NOT_AGAIN},
    ),
    Answer(
        "as a service that keeps one",
        """
beside = ec2.describe_security_groups(Filters=[{"Name": "group-name", "Values": [desk.job]}])["SecurityGroups"][0]
ecs.create_service(
    cluster=desk.cluster, serviceName=desk.job, taskDefinition=job, desiredCount=1,
    capacityProviderStrategy=[{"capacityProvider": "FARGATE_SPOT", "weight": 1}],
    networkConfiguration={"awsvpcConfiguration": {
        "subnets": [one["SubnetId"] for one in efs.describe_mount_targets(FileSystemId=files)["MountTargets"]],
        "securityGroups": [beside["GroupId"]],
        "assignPublicIp": "ENABLED",
    }},
)
desk.cloud.advance(minutes=5)
""",
        misses={"goes-on": "a service of tasks that end starts them without end", **NOT_AGAIN},
    ),
    Answer(
        "a pattern that is none, behind a rule without a target",
        """
events.put_rule(Name="again", EventPattern=json.dumps({"source": ["aws.ecs"]}))
events.put_rule(Name="again", EventPattern=json.dumps({"detail": "SpotInterruption"}))
""",
        raises="ClientError",
        misses={"goes-on": "no rule started it", **NOT_AGAIN},
    ),
    untouched(),
)

# --- 5. add it up

SUMS = """
left = desk.base + (desk.season - desk.base) / desk.of
saving = round(70 * (1 - left / desk.season), 1)
loses = 0 if desk.every > desk.may_lose else desk.every
"""
ADD_IT_UP = (
    Answer("as in the solution", SOLUTION),
    Answer("by another way, rounded", SUMS),
    Answer("rounded to whole per cent, as text", SUMS + "saving = str(round(saving))"),
    Answer(
        "the base alone",
        SUMS + "left = desk.base",
        misses={"left": "of the base, and one of"},
    ),
    Answer(
        "today's count",
        SUMS + "left = desk.base + (desk.count - desk.base) // desk.of",
        misses={"left": "of the base, and one of"},
    ),
    Answer(
        "70 per cent of everything",
        SUMS + "saving = 70",
        misses={"saving": "and nothing on the others"},
    ),
    Answer(
        "a share in place of per cent",
        SUMS + "saving = saving / 100",
        misses={"saving": "as per cent"},
    ),
    Answer(
        "all the hours",
        SUMS + "loses = 60 * desk.hours",
        misses={"loses": "writes every so often"},
    ),
    Answer(
        "two minutes, as the warning says",
        SUMS + "loses = 2.5",
        misses={"loses": "writes every so often"},
    ),
    Answer(
        "a word, and a crash behind it",
        SUMS + 'left = "some"\nprint(desk.winter)',
        raises="NotGiven",
        misses={"left": "of the base, and one of"},
    ),
    untouched(),
)

ANSWERS = {
    "split-it": SPLIT_IT,
    "leave-in-time": LEAVE_IN_TIME,
    "keep-the-work": KEEP_THE_WORK,
    "go-on": GO_ON,
    "add-it-up": ADD_IT_UP,
}

# --- one variant's decisions


def decided(variant: Mapping[str, Any]) -> dict[str, str]:
    """What a learner writes who knows this variant: its base and weights, its time to drain, its version of the job."""
    plan = plan_of(variant["ticket"])
    left = plan.on_demand(plan.season)
    return {
        "split-it": MOVE + f'move(("FARGATE", {plan.base}, 1), ("FARGATE_SPOT", 0, {plan.of - 1}))',
        "leave-in-time": ANEW + f'anew("direct", {plan.drain + 5})',
        "keep-the-work": KEEP
        + f'job = keep("{plan.keeper}")\n'
        + 'files = efs.describe_file_systems(CreationToken=desk.job)["FileSystems"][0]["FileSystemId"]',
        "go-on": RULE + "rule(OVER)",
        "add-it-up": f"left, saving, loses = {left}, {plan.saving:.1f}, {plan.longest_loss}",
    }


# --- ways to break the world

WRECKS = {
    "the service deleted": "ecs.delete_service(cluster=desk.cluster, service=desk.service, force=True)",
    "the service deleted long ago": """
ecs.delete_service(cluster=desk.cluster, service=desk.service, force=True)
desk.cloud.advance(hours=3)
""",
    "a count of none": "ecs.update_service(cluster=desk.cluster, service=desk.service, desiredCount=0)",
    "no mount target": """
for one in efs.describe_mount_targets(FileSystemId=files)["MountTargets"]:
    efs.delete_mount_target(MountTargetId=one["MountTargetId"])
""",
    "no file system": """
for one in efs.describe_mount_targets(FileSystemId=files)["MountTargets"]:
    efs.delete_mount_target(MountTargetId=one["MountTargetId"])
efs.delete_file_system(FileSystemId=files)
""",
    "no definition of the job": "ecs.deregister_task_definition(taskDefinition=job)",
    "no rule in the group": """
for one in ec2.describe_security_groups(Filters=[{"Name": "group-name", "Values": [desk.job]}])["SecurityGroups"]:
    ec2.revoke_security_group_ingress(GroupId=one["GroupId"], IpPermissions=one["IpPermissions"])
""",
    "no capacity on Spot": "desk.cloud.drought(minutes=2000)",
    "the repositories deleted": """
for name in (desk.service, desk.job):
    boto3.client("ecr").delete_repository(repositoryName="ferryline/" + name, force=True)
""",
}
