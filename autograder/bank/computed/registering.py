"""What RegisterTaskDefinition, CreateService and RunTask accept, and what they answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from autograder.bank.computed.building import Built, Draw, Right, Wrong, computed
from autograder.bank.computed.figures import GUIDE
from simcloud.rules.engine import judge
from simcloud.rules.refusal import Refusal
from simcloud.rules.seen import Seen, Subnet

API = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/"
ROLE = "arn:aws:iam::123456789012:role/execution"
ECR = "123456789012.dkr.ecr.us-east-1.amazonaws.com/shop/web:1"
PUBLIC = "public.ecr.aws/docker/library/busybox:1"
SECRET = "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf"
SEEN = Seen(
    clusters={"shop": ("FARGATE",), "mixed": ("FARGATE", "FARGATE_SPOT", "ec2-group")},
    subnets={"subnet-1": Subnet("vpc-1", "us-east-1a")},
)


def container(**members: Any) -> dict[str, Any]:
    """A container definition."""
    return {"name": "app", "image": PUBLIC, "essential": True, **members}


def definition(*containers: Mapping[str, Any], **members: Any) -> dict[str, Any]:
    """A request that is accepted, with these members in the place of its own."""
    return {
        "family": "app",
        "requiresCompatibilities": ["FARGATE"],
        "networkMode": "awsvpc",
        "cpu": "512",
        "memory": "1024",
        "containerDefinitions": list(containers or (container(),)),
        **members,
    }


def registered(asked: Mapping[str, Any]) -> Refusal | None:
    """The first refusal of a RegisterTaskDefinition; None where it is accepted."""
    return next(iter(judge("RegisterTaskDefinition", asked, SEEN)), None)


def created(cluster: str = "shop", stored: Mapping[str, Any] | None = None, **members: Any) -> Refusal | None:
    """The first refusal of a CreateService; None where it is accepted."""
    held = {**definition(), "status": "ACTIVE", "compatibilities": ["EC2", "FARGATE"], **(stored or {})}
    network = {"awsvpcConfiguration": {"subnets": ["subnet-1"]}}
    asked = {
        "cluster": cluster,
        "serviceName": "web",
        "taskDefinition": "app",
        "desiredCount": 2,
        "networkConfiguration": network,
        **members,
    }
    if members.get("schedulingStrategy") == "DAEMON":
        del asked["desiredCount"]
    seen = Seen(clusters=SEEN.clusters, subnets=SEEN.subnets, definition=held)
    return next(iter(judge("CreateService", asked, seen)), None)


def said(refusal: Refusal | None) -> str:
    """AWS's text. Raises ValueError where the simulator accepts what a builder takes for refused."""
    if refusal is None:
        raise ValueError("the simulator accepts what this item says is refused")
    return refusal.aws


def accepted(refusal: Refusal | None) -> None:
    """Raises ValueError where the simulator refuses what a builder takes for accepted."""
    if refusal is not None:
        raise ValueError(f"the simulator refuses what this item says is accepted: {refusal.aws}")


LIFTED: dict[str, tuple[dict[str, Any], str, str, str]] = {
    "a container with privileged set to true": (
        {"privileged": True},
        "No container on Fargate is privileged.",
        "M27",
        "R-022",
    ),
    "a container that asks for one GPU": (
        {"resourceRequirements": [{"type": "GPU", "value": "1"}]},
        "Fargate has no GPUs.",
        "M27",
        "R-023",
    ),
    "a container with the NET_ADMIN capability": (
        {"linuxParameters": {"capabilities": {"add": ["NET_ADMIN"]}}},
        "On Fargate SYS_PTRACE alone may be added.",
        "M27",
        "R-032",
    ),
    "a container with a device of the host": (
        {"linuxParameters": {"devices": [{"hostPath": "/dev/fuse"}]}},
        "A task on Fargate has no host of yours, nor its devices.",
        "M12",
        "R-025",
    ),
}
ALLOWED: dict[str, dict[str, Any]] = {
    "a container whose files are read-only": {"readonlyRootFilesystem": True},
    "a container that runs as user 1000": {"user": "1000"},
    "a container with the capability SYS_PTRACE": {"linuxParameters": {"capabilities": {"add": ["SYS_PTRACE"]}}},
    "a container with an init process": {"linuxParameters": {"initProcessEnabled": True}},
}


@computed(
    "one-draft-without-the-host",
    rows="F09 F08 T03",
    exams=["SAA-C03 2.1", "DOP-C02 2.1"],
    source=GUIDE + "fargate-tasks-services.html",
)
def one_that_registers(draw: Draw) -> Built:
    """RegisterTaskDefinition with four containers; one needs nothing of a host."""
    good = draw.one(ALLOWED)
    accepted(registered(definition(container(**ALLOWED[good]))))
    refused = {name: said(registered(definition(container(**LIFTED[name][0])))) for name in LIFTED}
    chosen = [*list(LIFTED)[:2], draw.one(list(LIFTED)[2:])]
    return Built(
        "A team that has run its containers on EC2 instances wants to move them to AWS "
        "Fargate. Its four task definitions "
        "differ in one container each. Which definition can be registered with FARGATE as its compatibility?",
        Right(f"The one with {good}", "It asks for nothing that belongs to a host."),
        [Wrong(f"The one with {name}", LIFTED[name][1], *LIFTED[name][2:]) for name in chosen],
        "GPU, privileged mode and all capabilities but one rule Fargate out. The refusals read: "
        + " / ".join(refused[name] for name in chosen),
    )


@computed("gpu-in-the-definition", rows="F08 T03", exams=["DOP-C02 2.1"], source=GUIDE + "ecs-gpu.html")
def gpu_refused(draw: Draw) -> Built:
    """RegisterTaskDefinition of a definition with GPUs for Fargate and the same for EC2."""
    count = draw.between(1, 4)
    gpus = container(resourceRequirements=[{"type": "GPU", "value": str(count)}])
    text = said(registered(definition(gpus)))
    return Built(
        "A pipeline registers a task definition with requiresCompatibilities FARGATE. One "
        f"container of it asks for {count} "
        "GPU in resourceRequirements. The account has a large enough quota for GPU instances. What happens?",
        Right("The registration is refused, as Fargate tasks get no GPU", f"The answer is: {text}"),
        [
            Wrong(
                "The registration succeeds, and the service waits for a GPU",
                "It is not registered at all.",
                "M27",
                "R-023",
            ),
            Wrong(
                "The registration succeeds, and the task runs without its GPU",
                "ECS does not leave out what a definition asks for.",
                "M27",
                "R-023",
            ),
            Wrong(
                "The registration succeeds, and the task is put on an instance",
                "FARGATE is a promise that each member fits Fargate. Nothing is moved to EC2.",
                "M27",
                "R-012",
            ),
        ],
        f"RegisterTaskDefinition answers: {text}. GPU work needs EC2 instances, in the same cluster if wanted.",
    )


@computed(
    "refused-for-want-of-a-role", rows="T04 M05", exams=["DOP-C02 5.3"], source=GUIDE + "task_execution_IAM_role.html"
)
def without_execution_role(draw: Draw) -> Built:
    """Definitions without an execution role: which members the laws accept without one."""
    logs = {
        "logDriver": "awslogs",
        "options": {"awslogs-group": "/ecs/app", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "app"},
    }
    needing = {
        "Its image is in a private Amazon ECR repository": definition(container(image=ECR)),
        "Its log driver is awslogs for CloudWatch Logs": definition(container(logConfiguration=logs)),
        "It has a secret of AWS Secrets Manager as variable": definition(
            container(secrets=[{"name": "PASSWORD", "valueFrom": SECRET}])
        ),
    }
    texts = {name: said(registered(asked)) for name, asked in needing.items()}
    accepted(registered(definition(container(image=PUBLIC), taskRoleArn=ROLE)))
    calls = draw.one(["calls Amazon S3", "writes to Amazon DynamoDB", "sends to Amazon SQS"])
    return Built(
        "Four task definitions for AWS Fargate name a task role and no executionRoleArn. "
        "They come from one draft, with an image in a public registry, no log driver and no secret, and each "
        "was changed "
        "in one point. Which one can be registered?",
        Right(f"Its code {calls} with the task role", "The task role is all that running code needs."),
        [Wrong(name, f"The answer is: {text}", "M05", _role_rule(name)) for name, text in texts.items()],
        "A private ECR image, awslogs and secrets are work of the platform before the code "
        "runs; each needs the execution "
        "role, and a definition without one is refused.",
    )


def _role_rule(name: str) -> str:
    return "R-039" if "ECR" in name else "R-038" if "awslogs" in name else "R-040"


@computed(
    "network-mode-of-a-move",
    rows="F12",
    exams=["SAA-C03 1.2", "DOP-C02 2.1"],
    source=GUIDE + "fargate-task-networking.html",
)
def network_mode(draw: Draw) -> Built:
    """RegisterTaskDefinition with each network mode; one is accepted."""
    port = draw.one([3000, 8080, 9000])
    modes = ["bridge", "host", "none"]
    texts = {mode: said(registered(definition(networkMode=mode))) for mode in modes}
    accepted(registered(definition()))
    why = "It has no network of a host to join. The answer is: " + texts["host"]
    return Built(
        f"A service listens on port {port} and runs on EC2 container instances today, in the "
        "bridge network mode. It is to run "
        "on AWS Fargate with the same image. Which networkMode can its new task definition name?",
        Right("awsvpc, with an interface of its own for each task", "It is the network mode of every Fargate task."),
        [
            Wrong("bridge, with a host port that is chosen by Docker", why, "M12", "R-013"),
            Wrong("host, with the ports of the host that Fargate has", why, "M12", "R-013"),
            Wrong("none, with the interface added by the service later", why, "M12", "R-013"),
        ],
        f"The laws accept awsvpc alone. For the others the answer is: {texts['bridge']}",
    )


@computed(
    "port-that-fits",
    rows="F12",
    exams=["DOP-C02 2.1"],
    source=GUIDE + "fargate-task-networking.html",
    difficulty="hard",
)
def host_port(draw: Draw) -> Built:
    """RegisterTaskDefinition with port mappings; the one whose host port differs is refused."""
    port = draw.one([3000, 8080, 9090])
    text = said(registered(definition(container(portMappings=[{"containerPort": port, "hostPort": 80}]))))
    for good in ({"containerPort": port}, {"containerPort": port, "hostPort": port}):
        accepted(registered(definition(container(portMappings=[good]))))
    return Built(
        f"On an EC2 instance a container that listens on {port} was reached on port 80 of the host, by the mapping "
        f"containerPort {port} and hostPort 80. Its definition is changed to awsvpc and "
        "FARGATE, with this mapping. What must "
        "the team know?",
        Right("The mapping is refused, as both ports must be the same", f"The answer is: {text}"),
        [
            Wrong(
                "The mapping works, as the interface translates the port",
                "Nothing translates ports there.",
                "M12",
                "R-030",
            ),
            Wrong(
                "The mapping is ignored, and port 80 of the task is closed",
                "It is refused, not ignored.",
                "M12",
                "R-030",
            ),
            Wrong(
                "The mapping works while one such task runs on each host",
                "A task has no host of yours.",
                "M12",
                "R-030",
            ),
        ],
        "In awsvpc the task's own interface has the container's port. A load balancer may "
        f"listen on 80 and send to {port}.",
    )


@computed(
    "daemon-on-fargate",
    rows="F10 N04 T03",
    exams=["DOP-C02 2", "SAP-C02 4.3"],
    source=GUIDE + "service_definition_parameters.html",
)
def daemon(draw: Draw) -> Built:
    """CreateService with the scheduling strategy DAEMON on Fargate."""
    what = draw.one(["log agent", "security agent", "metrics agent"])
    refusal = created(launchType="FARGATE", schedulingStrategy="DAEMON")
    text = said(refusal)
    return Built(
        f"On its EC2 container instances a company runs a {what} once on every instance, as an ECS service with the "
        "scheduling strategy DAEMON. The other services of the cluster have moved to AWS "
        "Fargate, and their tasks are to be "
        "watched by the same agent. The company wants to manage no servers. What should it do with the agent?",
        Right("Run it as a further container in each of the task definitions", "A sidecar goes where its task goes."),
        [
            Wrong(
                "Create the daemon service again with the launch type FARGATE", f"The answer is: {text}", "M27", "R-083"
            ),
            Wrong(
                "Keep one instance with the daemon service beside the Fargate tasks",
                "The daemon sees its own instance, and no Fargate task.",
                "M12",
                "R-083",
            ),
            Wrong(
                "Run it as a service of its own, with one task for each of the others",
                "Its tasks are tasks of their own, and see nothing of the others.",
                "M77",
                "R-083",
            ),
        ],
        f"A daemon has no host to sit on. CreateService with DAEMON and FARGATE gives: {text}",
    )


@computed(
    "provider-that-was-not-associated",
    rows="F19",
    exams=["DOP-C02 5.3"],
    source=GUIDE + "fargate-capacity-providers.html",
)
def not_associated(draw: Draw) -> Built:
    """CreateService with FARGATE_SPOT in a cluster that has only FARGATE."""
    weight = draw.between(1, 4)
    strategy = [
        {"capacityProvider": "FARGATE", "base": 1, "weight": 1},
        {"capacityProvider": "FARGATE_SPOT", "weight": weight},
    ]
    text = said(created(capacityProviderStrategy=strategy))
    accepted(created("mixed", capacityProviderStrategy=strategy))
    return Built(
        "The services of a cluster have FARGATE as their capacity provider. For one more, CreateService names "
        "FARGATE with base 1 and weight 1, and FARGATE_SPOT with weight "
        f"{weight}. It is refused with the "
        f'words "{text}" Which change lets the same request succeed?',
        Right(
            "Associate FARGATE_SPOT with this cluster", "Providers exist in each account, and are used once associated."
        ),
        [
            Wrong(
                "Create a provider named FARGATE_SPOT",
                "It exists already; such a name cannot be created.",
                "M95",
                "R-069",
            ),
            Wrong(
                "Ask AWS for a quota of Spot tasks",
                "A quota shows as a lack of capacity, in another text.",
                "M28",
                "R-069",
            ),
            Wrong("Add launch type FARGATE to the request", "Both together are refused, too.", "M09", "R-066"),
        ],
        "The two Fargate providers are there in every account, but a cluster uses those that "
        "it was associated with, by "
        "CreateCluster or PutClusterCapacityProviders.",
    )


@computed(
    "groups-and-fargate-in-one-strategy",
    rows="P08",
    exams=["SAP-C02 2", "DOP-C02 3"],
    source=GUIDE + "fargate-capacity-providers.html",
    difficulty="hard",
)
def mixed_strategy(draw: Draw) -> Built:
    """CreateService with a strategy of an Auto Scaling group provider and Fargate's."""
    base = draw.between(2, 6)
    strategy = [
        {"capacityProvider": "ec2-group", "base": base, "weight": 1},
        {"capacityProvider": "FARGATE_SPOT", "weight": 2},
    ]
    text = said(created("mixed", capacityProviderStrategy=strategy))
    good = [
        {"capacityProvider": "FARGATE", "base": base, "weight": 0},
        {"capacityProvider": "FARGATE_SPOT", "weight": 2},
    ]
    accepted(created("mixed", capacityProviderStrategy=good))
    return Built(
        "A cluster is associated with the capacity providers FARGATE and FARGATE_SPOT and "
        "with one of an EC2 Auto Scaling "
        f"group. A web service needs {base} tasks that are not interrupted, and further tasks "
        "at the lowest price, which may "
        "be interrupted. The team drafts four strategies for the service. Which draft is accepted and meets the need?",
        Right(
            f"FARGATE with base {base} and weight 0, and FARGATE_SPOT with weight 2",
            "Both are Fargate's, the base is not interrupted, and all beyond it is on Spot.",
        ),
        [
            Wrong(
                f"The group with base {base} and weight 0, and FARGATE_SPOT with weight 2",
                f"The answer is: {text}",
                "M86",
                "R-070",
            ),
            Wrong(
                "FARGATE with weight 2 and without a base, and FARGATE_SPOT with weight 1",
                "Without a base a share of the tasks is on Spot at every count, and the number on "
                "demand depends on it.",
                "M39",
                "R-071",
            ),
            Wrong(
                f"The group with weight 1, and FARGATE with base {base} and weight 0",
                "Groups and Fargate are not mixed in one strategy.",
                "M86",
                "R-070",
            ),
        ],
        "A cluster may hold both kinds of provider. One strategy may not: the service is refused.",
    )


@computed("two-bases", rows="F19", exams=["DOP-C02 2.1"], source=API + "API_CapacityProviderStrategyItem.html")
def two_bases(draw: Draw) -> Built:
    """CreateService with four strategies; one base and one weight above zero are accepted."""
    base = draw.between(1, 5)

    def strategy(*items: tuple[str, int, int]) -> list[dict[str, Any]]:
        return [{"capacityProvider": name, "base": low, "weight": weight} for name, low, weight in items]

    def words(*items: tuple[str, int, int]) -> str:
        return " and ".join(f"{name} base {low} weight {weight}" for name, low, weight in items)

    good = (("FARGATE", base, 0), ("FARGATE_SPOT", 0, 1))
    both = (("FARGATE", base, 1), ("FARGATE_SPOT", 1, 3))
    none = (("FARGATE", base, 0), ("FARGATE_SPOT", 0, 0))
    accepted(created("mixed", capacityProviderStrategy=strategy(*good)))
    texts = [said(created("mixed", capacityProviderStrategy=strategy(*each))) for each in (both, none)]
    return Built(
        "A pipeline creates a service with a capacity provider strategy. Both Fargate "
        "providers are associated with the "
        "cluster. Which strategy is accepted?",
        Right(words(*good), "One base and one weight above zero are there. Beyond the base all tasks go to Spot."),
        [
            Wrong(words(*both), f"The answer is: {texts[0]}", "M39", "R-068"),
            Wrong(words(*none), f"The answer is: {texts[1]}", "M39", "R-068"),
        ],
        "Of the items one may have a base, and at least one has a weight above zero.",
        options=3,
    )


@computed(
    "efs-with-iam-and-in-the-clear",
    rows="F05",
    exams=["SAA-C03 1.3", "DOP-C02 6.2"],
    source=GUIDE + "efs-best-practices.html",
    difficulty="hard",
)
def efs_iam(draw: Draw) -> Built:
    """RegisterTaskDefinition with EFS and IAM authorization, with and without encryption in transit."""
    files = draw.one(["fs-0a1b2c3d", "fs-09f8e7d6", "fs-055aa55a"])
    config: dict[str, Any] = {"fileSystemId": files, "authorizationConfig": {"iam": "ENABLED"}}
    mounted = container(mountPoints=[{"sourceVolume": "data", "containerPath": "/data"}])

    def asked(**more: Any) -> dict[str, Any]:
        return definition(mounted, volumes=[{"name": "data", "efsVolumeConfiguration": {**config, **more}}])

    text = said(registered(asked()))
    accepted(registered(asked(transitEncryption="ENABLED")))
    return Built(
        f"A task definition for AWS Fargate mounts the Amazon EFS file system {files} and sets iam to ENABLED in its "
        "authorizationConfig. The registration is refused. Without authorizationConfig the same definition is "
        "accepted. "
        "Which change lets it be registered with IAM authorization?",
        Right("Set transitEncryption of the volume to ENABLED", "With it the same definition is accepted."),
        [
            Wrong(
                "Encrypt the file system itself with a KMS key",
                "That is encryption at rest, which is another matter.",
                "M93",
                "R-050",
            ),
            Wrong(
                "Allow ClientMount in the execution role of the task",
                "The mount is authorised by the task role, and later.",
                "M05",
                "R-178",
            ),
            Wrong(
                "Open port 2049 in the group of the mount target",
                "Nothing has been mounted yet. The definition is refused.",
                "M14",
                "R-179",
            ),
        ],
        f"The answer is: {text} IAM authorization signs the mount with the task role, inside TLS. Encryption in "
        "transit is "
        "off unless it is set.",
    )


@computed(
    "launch-type-and-strategy",
    rows="F02",
    exams=["DOP-C02 2.1"],
    source=API + "API_CreateService.html",
)
def either_or(draw: Draw) -> Built:
    """CreateService with each combination; the law refuses both together."""
    weight = draw.between(1, 9)
    strategy = [{"capacityProvider": "FARGATE_SPOT", "weight": weight}]
    text = said(created("mixed", launchType="FARGATE", capacityProviderStrategy=strategy))
    accepted(created("mixed", launchType="FARGATE"))
    accepted(created("mixed", capacityProviderStrategy=strategy))
    assert created("mixed", launchType="FARGATE_SPOT") is not None
    return Built(
        "A service runs on AWS Fargate with the launch type FARGATE. A new service of the "
        "same team shall run on spare capacity "
        "at a lower price. Which members of CreateService express that?",
        Right(
            "A capacityProviderStrategy with FARGATE_SPOT, and no launchType", "Spare capacity is a capacity provider."
        ),
        [
            Wrong(
                "The launchType FARGATE_SPOT, and no capacityProviderStrategy",
                "There is no launch type of that name.",
                "M09",
                "R-067",
            ),
            Wrong(
                "A capacityProviderStrategy with FARGATE_SPOT, and launchType FARGATE",
                f"The answer is: {text}",
                "M09",
                "R-066",
            ),
            Wrong(
                "The launchType SPOT, and a capacityProviderStrategy with FARGATE",
                "There is no such launch type, and both together are refused.",
                "M09",
                "R-067",
            ),
        ],
        "Fargate Spot is reached by its capacity provider, and then no launch type is given.",
    )


@computed(
    "platform-version-of-files",
    rows="T02 N03 F05",
    exams=["SAA-C03 3"],
    source=GUIDE + "platform-linux-fargate.html",
    enemies="platform-version",
    version=2,
)
def platform_version(draw: Draw) -> Built:
    """RunTask of a definition with EFS on each platform version."""
    volumes = [{"name": "data", "efsVolumeConfiguration": {"fileSystemId": "fs-0a1b2c3d"}}]
    mounted = container(mountPoints=[{"sourceVolume": "data", "containerPath": "/data"}])
    held = definition(mounted, volumes=volumes)
    results = {
        version: created(stored=held, launchType="FARGATE", platformVersion=version)
        for version in ("1.0.0", "1.3.0", "1.4.0", "LATEST")
    }
    accepted(results["1.4.0"])
    accepted(results["LATEST"])
    assert results["1.0.0"] is not None
    assert results["1.3.0"] is not None
    what = draw.one(["pictures", "invoices", "maps"])
    return Built(
        f"The Linux tasks of a new service on AWS Fargate share {what} by an Amazon EFS volume in the task "
        "definition. A "
        "company rule says that each template names its platform version. Which one should this template name?",
        Right("1.4.0, the one that LATEST stands for on Linux", "EFS volumes began with it, and it is in force."),
        [
            Wrong(
                "1.3.0, the one that most older templates name",
                "It knew no EFS volumes, and has been retired.",
                "M70",
                "R-338",
            ),
            Wrong(
                "1.0.0, the one that LATEST stands for on Windows",
                "On Linux it has been gone for years, and knew no volumes of EFS.",
                "M70",
                "R-079",
            ),
            Wrong(
                "Any of the three, as volumes belong to the task",
                "The platform mounts the volume before the container starts.",
                "M70",
                "R-176",
            ),
        ],
        "1.4.0 opens EFS; the simulator accepts 1.4.0 and LATEST and refuses the others. "
        "Older exam texts contrast 1.4.0 with "
        "1.3.0, which was retired in June 2026.",
    )


@computed(
    "volumes-of-a-task",
    rows="F06 M06",
    exams=["SAA-C03 3"],
    source=GUIDE + "ebs-volumes.html",
    difficulty="hard",
)
def volumes(draw: Draw) -> Built:
    """Definitions with four kinds of volume; the laws refuse what belongs to a host."""
    mount = container(mountPoints=[{"sourceVolume": "data", "containerPath": "/data"}])

    def asked(*kinds: dict[str, Any]) -> dict[str, Any]:
        named = [{"name": "data" if not number else f"data{number}", **kind} for number, kind in enumerate(kinds)]
        return definition(mount, volumes=named)

    path = draw.one(["/mnt/ebs", "/data/ssd", "/var/store"])
    accepted(registered(asked({"configuredAtLaunch": True})))
    host = said(registered(asked({"host": {"sourcePath": path}})))
    two = said(registered(asked({"configuredAtLaunch": True}, {"configuredAtLaunch": True})))
    docker = said(registered(asked({"dockerVolumeConfiguration": {"driver": "rexray/ebs"}})))
    return Built(
        f"On EC2 a task used block storage that the instance had mounted at {path}. On AWS "
        "Fargate the tasks of the ECS "
        "service shall have block storage of Amazon EBS again. Which volume can the task definition declare?",
        Right("One with configuredAtLaunch, set up when the task is launched", "One such volume may be declared."),
        [
            Wrong(
                f"One whose host sourcePath is {path}, mounted by the platform",
                f"The answer is: {host}",
                "M12",
                "R-048",
            ),
            Wrong(
                "Two with configuredAtLaunch, one of them for the log files", f"The answer is: {two}", "M06", "R-048"
            ),
            Wrong(
                "One of a Docker volume driver that attaches a volume of EBS",
                f"The answer is: {docker}",
                "M06",
                "R-025",
            ),
        ],
        "ECS attaches one EBS volume to a task when it launches it. The definition says "
        "configuredAtLaunch, and CreateService or "
        "RunTask says size, type and role.",
    )


@computed("log-driver-that-is-known", rows="P04", exams=["DOP-C02 4.1"], source=GUIDE + "using_awslogs.html")
def log_driver(draw: Draw) -> Built:
    """RegisterTaskDefinition with four log drivers on Fargate."""
    unknown = draw.some(["syslog", "json-file", "journald", "gelf", "fluentd"], 3)
    texts = {
        name: said(registered(definition(container(logConfiguration={"logDriver": name}), executionRoleArn=ROLE)))
        for name in unknown
    }
    router = container(firelensConfiguration={"type": "fluentbit"})
    sender = {**container(logConfiguration={"logDriver": "awsfirelens"}), "name": "web"}
    accepted(registered(definition(router, sender, executionRoleArn=ROLE)))
    return Built(
        "A company moves services from EC2 container instances to AWS Fargate. Their log "
        "lines shall go to Amazon Data Firehose "
        "by way of Fluent Bit, as before. Which log driver can the containers name on Fargate?",
        Right("awsfirelens, with a router in the task", "FireLens takes the lines to a Fluent Bit sidecar."),
        [
            Wrong(f"{name}, with an agent on the host", f"The answer is: {texts[name]}", "M12", "R-035")
            for name in unknown
        ],
        "On Fargate the drivers are awslogs, splunk and awsfirelens. The last hands the "
        "lines to a log router in the same task.",
    )
