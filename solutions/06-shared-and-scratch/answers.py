"""Lab 06: right answers by more than one way, plausible wrong ones with what each must be told, and the untouched stub.

Every text is an answer cell. It may use the names that the solutions of the questions before it have left: `files`,
`subnets`, `mine`, `place`, `define`, `serve`.
"""

from collections.abc import Mapping
from typing import Any

from autograder.author.worked import SOLUTION, Answer, untouched
from autograder.checks.labs.shared_and_scratch.plan import plan_of

WAITS = "judged once the check before it"

# --- 1. share it

TOOLS = """
held = [one for one in efs.describe_file_systems()["FileSystems"] if one.get("Name") == desk.files][0]
files, every = held["FileSystemId"], ec2.describe_subnets()["Subnets"]
subnets = {each["AvailabilityZone"]: each for each in every if each["AvailabilityZone"] in desk.zones}
vpc = every[0]["VpcId"]
target = efs.describe_mount_targets(FileSystemId=files)["MountTargets"][0]
stands = target["AvailabilityZoneName"]
lacks = next(zone for zone in desk.zones if zone != stands)


def group(name):
    return ec2.create_security_group(GroupName=name, Description=name, VpcId=vpc)["GroupId"]


mine, door = group("mine"), group("door")


def let_in(into, port=2049, **who):
    who = who or {"UserIdGroupPairs": [{"GroupId": mine}]}
    rule = {"IpProtocol": "tcp", "FromPort": port, "ToPort": port, **who}
    ec2.authorize_security_group_ingress(GroupId=into, IpPermissions=[rule])


def doors(*groups):
    efs.modify_mount_target_security_groups(MountTargetId=target["MountTargetId"], SecurityGroups=list(groups))
    efs.create_mount_target(FileSystemId=files, SubnetId=subnets[lacks]["SubnetId"], SecurityGroups=list(groups))


def may(*actions, role=None, resource=None):
    statement = {
        "Effect": "Allow",
        "Action": ["elasticfilesystem:" + action for action in actions or ("ClientMount", "ClientWrite")],
        "Resource": resource or held["FileSystemArn"],
    }
    text = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    role = (role or desk.task_role).split("/")[-1]
    iam.put_role_policy(RoleName=role, PolicyName="files", PolicyDocument=text)


def define(family, image, volume, path, **members):
    mount = {"sourceVolume": volume["name"], "containerPath": path, **members.pop("mount", {})}
    ecs.register_task_definition(**{
        "family": family, "requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc", "cpu": "512", "memory": "1024",
        "executionRoleArn": desk.role, "volumes": [volume],
        "containerDefinitions": [{"name": "app", "image": image, "mountPoints": [mount] if path else []}],
        **members,
    })


place = {
    "subnets": [subnets[zone]["SubnetId"] for zone in desk.zones], "securityGroups": [mine], "assignPublicIp": "ENABLED"
}


def serve(name, count, **more):
    more = {"launchType": "FARGATE", **more}
    ecs.create_service(
        cluster=desk.cluster, serviceName=name, taskDefinition=name, desiredCount=count,
        networkConfiguration={"awsvpcConfiguration": place}, **more,
    )
    desk.cloud.advance(minutes=10)


def shared(**changes):
    given = {"fileSystemId": files, "transitEncryption": "ENABLED", "authorizationConfig": {"iam": "ENABLED"}, **changes}
    return {"name": "pictures", "efsVolumeConfiguration": {key: value for key, value in given.items() if value}}


def all_of_it(volume=None, path=None, **members):
    define(desk.service, desk.image, volume or shared(), desk.path if path is None else path,
           **{"taskRoleArn": desk.task_role, **members})
    serve(desk.service, desk.count)


"""
NOT_BOTH = {"one-file": WAITS, "door": WAITS, "outlives": WAITS, "by-role": WAITS, "other-zone": WAITS}
NOT_ONE = {"outlives": WAITS, "by-role": WAITS, "other-zone": WAITS}
SHARE_IT = (
    Answer("as in the solution", SOLUTION),
    Answer("a new door for both mount targets", TOOLS + "let_in(door)\ndoors(door)\nmay()\nall_of_it()"),
    Answer(
        "by an access point, made again from the beginning",
        TOOLS
        + """
let_in(door)
efs.delete_mount_target(MountTargetId=target["MountTargetId"])
desk.cloud.advance(minutes=3)
for zone in desk.zones:
    efs.create_mount_target(FileSystemId=files, SubnetId=subnets[zone]["SubnetId"], SecurityGroups=[door])
point = efs.create_access_point(
    FileSystemId=files,
    PosixUser={"Uid": 1000, "Gid": 1000},
    RootDirectory={"Path": "/pictures", "CreationInfo": {"OwnerUid": 1000, "OwnerGid": 1000, "Permissions": "755"}},
)["AccessPointId"]
desk.cloud.advance(minutes=3)
may("ClientMount", "ClientWrite", resource=held["FileSystemArn"])
all_of_it(shared(authorizationConfig={"iam": "ENABLED", "accessPointId": point}))
""",
    ),
    Answer(
        "the mount target as it was found",
        TOOLS + "let_in(door)\nmay()\nall_of_it()",
        misses={"in-both-zones": "tasks of", **NOT_BOTH},
    ),
    Answer(
        "open to the whole VPC",
        TOOLS + 'let_in(door, IpRanges=[{"CidrIp": "172.31.0.0/16"}])\ndoors(door)\nmay()\nall_of_it()',
        misses={"door": "a till of the VPC does"},
    ),
    Answer(
        "open to everybody, for encryption is on",
        TOOLS + 'let_in(door, IpRanges=[{"CidrIp": "0.0.0.0/0"}])\ndoors(door)\nmay()\nall_of_it()',
        misses={"door": "somebody on the internet does"},
    ),
    Answer(
        "the permission for the execution role",
        TOOLS + "let_in(door)\ndoors(door)\nmay(role=desk.role)\nall_of_it()",
        misses={"in-both-zones": "tasks of", **NOT_BOTH},
    ),
    Answer(
        "mount without write",
        TOOLS + "let_in(door)\ndoors(door)\nmay('ClientMount')\nall_of_it()",
        misses={"one-file": "ClientWrite for the task role", **NOT_ONE},
    ),
    Answer(
        "nobody is asked",
        TOOLS + "let_in(door)\ndoors(door)\nall_of_it(shared(authorizationConfig=None))",
        misses={"by-role": "iam ENABLED"},
    ),
    Answer(
        "mounted elsewhere",
        TOOLS + "let_in(door)\ndoors(door)\nmay()\nall_of_it(path='/mnt/efs')",
        misses={"one-file": "mountPoints of the container", **NOT_ONE},
    ),
    Answer(
        "a volume that nothing mounts",
        TOOLS + "let_in(door)\ndoors(door)\nmay()\nall_of_it(path='')",
        misses={"one-file": "mountPoints of the container", **NOT_ONE},
    ),
    Answer(
        "read-only",
        TOOLS + "let_in(door)\ndoors(door)\nmay()\nall_of_it(mount={'readOnly': True})",
        misses={"one-file": "its mount point is read-only", **NOT_ONE},
    ),
    Answer(
        "the folder of the task in place of a file system",
        TOOLS + "let_in(door)\ndoors(door)\nmay()\nall_of_it({'name': 'pictures'})",
        misses={"one-file": "lies in the file system", **NOT_ONE},
    ),
    Answer(
        "one zone for all",
        TOOLS
        + """
let_in(door)
doors(door)
may()
place["subnets"] = [subnets[stands]["SubnetId"]]
all_of_it()
""",
        misses={"in-both-zones": "two subnets", **NOT_BOTH},
    ),
    Answer(
        "IAM without encryption",
        TOOLS + "let_in(door)\ndoors(door)\nmay()\nall_of_it(shared(transitEncryption='DISABLED'))",
        raises="ClientError",
        attempted=False,
    ),
    untouched(),
)

# --- 2. which version

ASK = """
def text(version):
    try:
        ecs.run_task(
            cluster=desk.cluster, taskDefinition=desk.service, launchType="FARGATE", platformVersion=version,
            networkConfiguration={"awsvpcConfiguration": place},
        )
    except ClientError as error:
        return error.response["Error"]["Message"]


def on():
    found = ecs.list_tasks(cluster=desk.cluster, family=desk.service)["taskArns"]
    return [one["platformVersion"] for one in ecs.describe_tasks(cluster=desk.cluster, tasks=found)["tasks"]][-1]


refusal, version = text("1.3.0"), on()
"""
WHICH_VERSION = (
    Answer("as in the solution", SOLUTION),
    Answer("the message alone, and the newest task", ASK),
    Answer("what everybody runs on", ASK + "version = '1.4.0'"),
    Answer("LATEST", ASK + "version = 'LATEST'", misses={"version": "a number, not LATEST"}),
    Answer(
        "the version of the exam book",
        ASK + "version = '1.3.0'",
        misses={"version": "the version of its tasks"},
    ),
    Answer(
        "what the book says of 1.3.0",
        ASK + "refusal = 'EFS needs platform version 1.4.0 or later'",
        misses={"refused": "run_task with platformVersion='1.3.0'"},
    ),
    Answer("a number in place of a text", ASK + "version = 1.4", misses={"version": "the version of its tasks"}),
    Answer("a crash at the end", ASK + "version[9]", raises="IndexError"),
    untouched(),
)

# --- 3. scratch

DISK = """
def maker(service="ecs.amazonaws.com", ready="service-role/AmazonECSInfrastructureRolePolicyForVolumes"):
    trust = {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}
    text = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
    arn = iam.create_role(RoleName="maker", AssumeRolePolicyDocument=text)["Role"]["Arn"]
    iam.attach_role_policy(RoleName="maker", PolicyArn="arn:aws:iam::aws:policy/" + ready)
    return arn


later = {"name": "own", "configuredAtLaunch": True}


def sorted_on(role, path=None, count=None, **changes):
    define(desk.sorter, desk.sorter_image, later, path or desk.scratch)
    asked = {"sizeInGiB": desk.size, "volumeType": "gp3", "roleArn": role, **changes}
    ecs.create_service(
        cluster=desk.cluster, serviceName=desk.sorter, taskDefinition=desk.sorter, desiredCount=count or desk.sorters,
        launchType="FARGATE", networkConfiguration={"awsvpcConfiguration": place},
        volumeConfigurations=[{"name": "own", "managedEBSVolume": asked}],
    )
    desk.cloud.advance(minutes=10)


def two(**changes):
    other = {**later, "name": "other", **changes}
    try:
        ecs.register_task_definition(
            family="both", requiresCompatibilities=["FARGATE"], networkMode="awsvpc", cpu="1024", memory="2048",
            volumes=[later, other], containerDefinitions=[{"name": "app", "image": desk.sorter_image}],
        )
    except ClientError as error:
        return str(error)


second = two()
"""
SCRATCH = (
    Answer("as in the solution", SOLUTION),
    Answer(
        "encrypted, faster, deleted by its own word",
        DISK + "sorted_on(maker(), encrypted=True, throughput=250, iops=4000)",
    ),
    Answer(
        "the service told later of its disks",
        DISK
        + """
define(desk.sorter, desk.sorter_image, later, desk.scratch)
asked = {"sizeInGiB": desk.size, "volumeType": "gp3", "roleArn": maker(), "filesystemType": "ext4"}
serve(desk.sorter, desk.sorters, volumeConfigurations=[{"name": "own", "managedEBSVolume": asked}])
""",
    ),
    Answer(
        "ephemeral storage made larger",
        DISK
        + """
define(desk.sorter, desk.sorter_image, {"name": "own"}, desk.scratch, ephemeralStorage={"sizeInGiB": 60})
serve(desk.sorter, desk.sorters)
""",
        misses={"one-each": "configuredAtLaunch in the definition", "gone": WAITS},
    ),
    Answer(
        "the shared files for scratch",
        DISK
        + """
given = {"fileSystemId": files, "transitEncryption": "ENABLED", "authorizationConfig": {"iam": "ENABLED"}}
volume = {"name": "own", "efsVolumeConfiguration": given}
define(desk.sorter, desk.sorter_image, volume, desk.scratch, taskRoleArn=desk.task_role)
serve(desk.sorter, desk.sorters)
""",
        misses={"one-each": "0 volumes", "gone": WAITS},
    ),
    Answer(
        "a role that tasks may take on, not ECS",
        DISK + 'sorted_on(maker("ecs-tasks.amazonaws.com"))',
        misses={"one-each": "tasks of", "gone": WAITS},
    ),
    Answer(
        "another size",
        DISK + "sorted_on(maker(), sizeInGiB=desk.size + 1)",
        misses={"one-each": " GiB, gp3", "gone": WAITS},
    ),
    Answer(
        "another kind",
        DISK + "sorted_on(maker(), volumeType='gp2')",
        misses={"one-each": " GiB, gp2", "gone": WAITS},
    ),
    Answer(
        "mounted elsewhere",
        DISK + "sorted_on(maker(), path='/mnt')",
        misses={"one-each": "it is not mounted there", "gone": WAITS},
    ),
    Answer(
        "one task too few",
        DISK + "sorted_on(maker(), count=desk.sorters - 1)",
        misses={"one-each": "tasks of", "gone": WAITS},
    ),
    Answer(
        "the refusal of something else",
        DISK + "sorted_on(maker())\nsecond = two(name='own')",
        misses={"second": "two volumes that are configuredAtLaunch"},
    ),
    Answer(
        "no refusal kept",
        DISK + "sorted_on(maker())\nsecond = 'one volume a task'\nsecond.two",
        raises="AttributeError",
        misses={"second": "keep str(error)"},
    ),
    Answer(
        "and a snapshot of one of them",
        DISK
        + """
define(desk.sorter, desk.sorter_image, later, desk.scratch)
asked = {"sizeInGiB": desk.size, "volumeType": "gp3", "roleArn": maker()}
serve(desk.sorter, desk.sorters, volumeConfigurations=[{"name": "own", "managedEBSVolume": asked}])
ec2.create_snapshot(VolumeId=ec2.describe_volumes()["Volumes"][0]["VolumeId"])
""",
    ),
    untouched(),
)

# --- 4. which storage

CHOOSE = """
RIGHT = {
    "photographs": "EFS", "charts": "ephemeral storage", "150 GiB": "ephemeral storage", "700 GiB": "EBS",
    "pilots": "EFS", "StatefulSet": "not on Fargate", "30 GiB": "EFS", "two EBS": "not on Fargate",
    "three tasks": "not on Fargate", "snapshot": "EBS",
}
storage = {name: next(RIGHT[word] for word in RIGHT if word in text) for name, text in desk.cases.items()}
kubernetes = desk.cloud.kubernetes(desk.pods)
waits = kubernetes.describe("pod", kubernetes.get("pods")[0]["metadata"]["name"])
"""
PENDING = (
    "Pod not supported on Fargate: volumes not supported: disk not supported because: PVC disk-documents-0 not bound"
)
NOTHING = {"first-cases": "the storage for", "other-cases": "the storage for"}
WHICH_STORAGE = (
    Answer("as in the solution", SOLUTION),
    Answer("by a table of words, all that is told of the pod", CHOOSE),
    Answer("the part of the event that decides", CHOOSE + "waits = 'PVC disk-documents-0 not bound'"),
    Answer(
        "the phase in place of the reason",
        CHOOSE + "waits = kubernetes.get('pods')[0]['status']['phase']",
        misses={"pod-waits": "shows its events"},
    ),
    Answer(
        "what a cluster without nodes says",
        CHOOSE + "waits = 'no nodes available to schedule pods'",
        misses={"pod-waits": "kubernetes.describe"},
    ),
    Answer(
        "instance store for one of them",
        CHOOSE + "storage['s3'] = 'instance store'",
        misses={"other-cases": "the storage for s3"},
    ),
    Answer(
        "names in small letters", CHOOSE + "storage = {n: w.lower() + '.' for n, w in storage.items()}", misses=NOTHING
    ),
    Answer(
        "the first two alone",
        CHOOSE + "storage = {name: storage[name] for name in ('s1', 's2')}",
        misses={"other-cases": "nothing about it"},
    ),
    Answer("a list", CHOOSE + "storage = list(storage)", misses={"first-cases": "a dict", "other-cases": "a dict"}),
    Answer(
        "turned round",
        CHOOSE + "storage = dict(zip(storage, [{'EFS': 'EBS', 'EBS': 'EFS'}.get(w, 'S3') for w in storage.values()]))",
        misses=NOTHING,
    ),
    Answer("a crash at the end", CHOOSE + "storage['s9']", raises="KeyError"),
    untouched(),
)

ANSWERS = {
    "share-it": SHARE_IT,
    "which-version": WHICH_VERSION,
    "scratch": SCRATCH,
    "which-storage": WHICH_STORAGE,
}

# --- one variant's decisions


def decided(variant: Mapping[str, Any]) -> dict[str, str]:
    """What a learner writes who knows this variant: where the mount target stands, path, sizes, the cases."""
    plan = plan_of(variant["ticket"])
    lacks = plan.zones[1 - plan.stands]
    known = f"lacks, desk_path = {lacks!r}, {plan.path!r}\nlet_in(door)\ndoors(door)\nmay()\nall_of_it(path=desk_path)"
    return {
        "share-it": TOOLS + known,
        "which-version": ASK,
        "scratch": DISK + f"sorted_on(maker(), path={plan.scratch!r}, sizeInGiB={plan.size})",
        "which-storage": f"storage = { {name: right for name, (_, right) in plan.cases.items()}!r}\nwaits = {PENDING!r}",
    }


# --- ways to break the world

WRECKS = {
    "the pods' cluster without its StatefulSet": """
pods = desk.cloud.kubernetes(desk.pods)
pods.delete("statefulset", "documents")
for pod in pods.get("pods"):
    pods.delete("pod", pod["metadata"]["name"])
""",
    "no cluster for pods": """
eks = boto3.client("eks")
eks.delete_fargate_profile(clusterName=desk.pods, fargateProfileName="everything")
eks.get_waiter("fargate_profile_deleted").wait(clusterName=desk.pods, fargateProfileName="everything")
eks.delete_cluster(name=desk.pods)
""",
    "both services deleted": """
for one in (desk.service, desk.sorter):
    ecs.delete_service(cluster=desk.cluster, service=one, force=True)
""",
    "both services deleted hours ago": """
for one in (desk.service, desk.sorter):
    ecs.delete_service(cluster=desk.cluster, service=one, force=True)
desk.cloud.advance(hours=3)
""",
    "no mount target": """
for one in efs.describe_mount_targets(FileSystemId=files)["MountTargets"]:
    efs.delete_mount_target(MountTargetId=one["MountTargetId"])
""",
    "no file system": """
for one in efs.describe_mount_targets(FileSystemId=files)["MountTargets"]:
    efs.delete_mount_target(MountTargetId=one["MountTargetId"])
desk.cloud.advance(minutes=5)
efs.delete_file_system(FileSystemId=files)
""",
    "counts of none": """
for one in (desk.service, desk.sorter):
    ecs.update_service(cluster=desk.cluster, service=one, desiredCount=0)
""",
    "the roles deleted": """
for one in ("makes-volumes", desk.task_role.split("/")[-1]):
    for policy in iam.list_attached_role_policies(RoleName=one)["AttachedPolicies"]:
        iam.detach_role_policy(RoleName=one, PolicyArn=policy["PolicyArn"])
    for policy in iam.list_role_policies(RoleName=one)["PolicyNames"]:
        iam.delete_role_policy(RoleName=one, PolicyName=policy)
    iam.delete_role(RoleName=one)
""",
    "the repositories deleted": """
for one in boto3.client("ecr").describe_repositories()["repositories"]:
    boto3.client("ecr").delete_repository(repositoryName=one["repositoryName"], force=True)
""",
    "definitions with nothing in them": """
for one in (desk.service, desk.sorter):
    ecs.register_task_definition(
        family="bare", requiresCompatibilities=["FARGATE"], networkMode="awsvpc", cpu="256", memory="512",
        containerDefinitions=[{"name": "app", "image": "public.ecr.aws/nginx/nginx:1.27"}],
    )
ecs.update_service(cluster=desk.cluster, service=desk.service, taskDefinition="bare")
""",
}
