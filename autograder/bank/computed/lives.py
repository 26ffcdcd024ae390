"""Small lives in the simulated cloud: real calls of boto3, then time, then a look at what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import boto3

from autograder.bank.computed.building import Built, Draw, Right, Wrong, computed
from autograder.bank.computed.figures import GUIDE, counted
from simcloud import Cloud
from simcloud.cloud.live import maybe_live
from simcloud.cloud.look import TaskView
from simcloud.cloud.trials.common import EXECUTION_POLICY, allow, default_subnets, network, small_task, task_role

NETWORKING = GUIDE + "fargate-task-networking.html"


@contextmanager
def world() -> Iterator[Cloud]:
    """A fresh world. Raises ValueError where another one is live, since that would be closed."""
    if maybe_live() is not None:
        raise ValueError("a world is live: close it before items are computed")
    with Cloud(seed=1) as cloud:
        boto3.client("ecs").create_cluster(clusterName="shop")
        yield cloud


def run(cloud: Cloud, family: str = "app", *, minutes: float = 2, **placed: Any) -> TaskView:
    """Run one task of a family, and look at it some minutes later."""
    where = network(default_subnets(cloud)[0]["SubnetId"])
    asked = {
        "cluster": "shop",
        "taskDefinition": family,
        "networkConfiguration": where,
        "launchType": "FARGATE",
        **placed,
    }
    arn = boto3.client("ecs").run_task(**asked)["tasks"][0]["taskArn"]
    cloud.advance(minutes=minutes)
    return cloud.task(arn)


def register(*containers: dict[str, Any], family: str = "app", **members: Any) -> None:
    """Register a small definition with an execution role."""
    names = boto3.client("iam").list_roles()["Roles"]
    held = next((each["Arn"] for each in names if each["RoleName"] == "execution"), "")
    role = held or task_role("execution", managed=EXECUTION_POLICY)
    asked = {"executionRoleArn": role, **members}
    boto3.client("ecs").register_task_definition(**small_task(family, containerDefinitions=list(containers), **asked))


@computed(
    "interfaces-of-a-service",
    rows="F12 F22",
    exams=["SAA-C03 3"],
    source=NETWORKING,
)
def interfaces(draw: Draw) -> Built:
    """A service of tasks with several containers runs; its interfaces are counted."""
    tasks, containers = draw.one([(4, 2), (5, 3), (3, 3), (6, 2)])
    with world() as cloud:
        image = cloud.push_image("app")
        register(*({"name": f"c{number}", "image": image} for number in range(containers)))
        subnets = [each["SubnetId"] for each in default_subnets(cloud)[:2]]
        boto3.client("ecs").create_service(
            cluster="shop", serviceName="app", taskDefinition="app", desiredCount=tasks, launchType="FARGATE",
            networkConfiguration=network(*subnets),
        )  # fmt: skip
        cloud.advance(minutes=3)
        running = cloud.tasks("shop", status="RUNNING")
        right = len({each.interface for each in running})
        private = len({each.private_ip for each in running})
    if (right, private) != (tasks, tasks):
        raise ValueError(f"{right} interfaces, {private} addresses")
    return Built(
        f"A service on AWS Fargate has a desired count of {tasks}. Each of its tasks consists "
        f"of {containers} containers, and the "
        "service names two subnets. No deployment is going on. How many private IPv4 "
        "addresses of the subnets do its tasks "
        "take?",
        Right(f"{right} addresses", "One interface with one address for each task."),
        [
            Wrong(f"{tasks * containers} addresses", "The containers of a task share its interface.", "M10", "R-096"),
            Wrong("2 addresses", "The interface is the task's, not the subnet's.", "M11", "R-096"),
            Wrong("1 address", "No two tasks share an interface.", "M11", "R-096"),
            Wrong(f"{tasks + containers} addresses", "Only tasks have interfaces.", "M10", "R-096"),
        ],
        f"In the simulated service {tasks} tasks run with {right} interfaces and {private} "
        "addresses. A deployment needs more.",
    )


@computed(
    "secret-rotated-meanwhile",
    rows="F16",
    exams=["SAA-C03 1.2", "DOP-C02 6.1"],
    source=GUIDE + "secrets-envvar-secrets-manager.html",
)
def rotated(draw: Draw) -> Built:
    """A task starts, its secret changes, a second task starts: the value that each has."""
    old, new = draw.one([("blue-7", "green-8"), ("spring", "summer"), ("alpha-1", "beta-2")])
    with world() as cloud:
        manager = boto3.client("secretsmanager")
        arn = manager.create_secret(Name="db", SecretString=old)["ARN"]
        image = cloud.push_image("app")
        role = task_role("reads", managed=EXECUTION_POLICY, statements=(allow("secretsmanager:GetSecretValue", arn),))
        register(
            {"name": "app", "image": image, "secrets": [{"name": "PASSWORD", "valueFrom": arn}]}, executionRoleArn=role
        )
        first = run(cloud)
        manager.put_secret_value(SecretId="db", SecretString=new)
        second = run(cloud, minutes=60)
        first = cloud.task(first.arn)
        values = [each.containers[0].environment["PASSWORD"] for each in (first, second)]
    if values != [old, new]:
        raise ValueError(f"the tasks see {values}")
    return Built(
        "Task A of a Fargate service starts at 09:00 and gets a secret of AWS Secrets "
        "Manager as environment variable; its value is "
        f"{old}. At 10:00 the secret is changed to {new}. At 10:05 the service starts a "
        "second task, B. Which values do the "
        "tasks have at 11:00?",
        Right(f"A has {old}, B has {new}", "The variable is set once, when a task starts."),
        [
            Wrong(f"A has {new}, B has {new}", "Nothing changes a variable of a process that runs.", "M33", "R-155"),
            Wrong(
                f"A has {old}, B has {old}", "B starts after the change, and the current value is read.", "M33", "R-155"
            ),
            Wrong(f"A has {new}, B has {old}", "It is the other way round.", "M33", "R-155"),
        ],
        f"An hour after the change the simulated tasks hold {values[0]} and {values[1]}. A "
        "new deployment would bring both to "
        f"{new}.",
    )


@computed(
    "task-that-ends-alone",
    rows="P06",
    exams=["SAA-C03 2.1", "DOP-C02 3"],
    source=GUIDE + "standalone-task-create.html",
)
def standalone(draw: Draw) -> Built:
    """A task of RunTask ends with code 1; an hour later the tasks are counted."""
    code, seconds = draw.one([(1, 30), (2, 45), (3, 60)])
    with world() as cloud:
        image = cloud.push_image("job", exit_after=float(seconds), exit_code=code)
        register({"name": "app", "image": image})
        run(cloud, minutes=60)
        tasks = cloud.tasks("shop")
        states = [(each.status, each.exit_code) for each in tasks]
    if states != [("STOPPED", code)]:
        raise ValueError(f"the tasks are {states}")
    return Built(
        "An EventBridge rule starts one Fargate task with RunTask when a file arrives. The "
        f"program of the task ends after {seconds} "
        f"seconds with exit code {code}, before its work is done. Nothing else was "
        "configured. What happens to the file?",
        Right("It stays undone, as the task is not started again", "RunTask starts a task; nobody watches over it."),
        [
            Wrong(
                "It is done later, as ECS starts the task again",
                "A service replaces tasks; a task of its own is not replaced.",
                "M71",
                "R-146",
            ),
            Wrong(
                "It is done later, as the rule fires once more",
                "The rule did its work when RunTask was accepted.",
                "M82",
                "R-146",
            ),
            Wrong(
                "It is done later, as Fargate restarts the container",
                "Without a restart policy an essential container ends its task.",
                "M71",
                "R-110",
            ),
        ],
        f"An hour later the simulated cluster holds one task: STOPPED, with exit code {code}. "
        "A queue, a retry in AWS Step "
        "Functions or a restart policy would help.",
    )


@computed(
    "spread-over-zones",
    rows="P01",
    exams=["SAA-C03 2.2", "CLF-C02 3.2"],
    source=GUIDE + "service-rebalancing.html",
)
def zones(draw: Draw) -> Built:
    """A service with subnets in three zones: its tasks by zone."""
    each = draw.one([2, 3, 4])
    with world() as cloud:
        image = cloud.push_image("app")
        register({"name": "app", "image": image})
        subnets = default_subnets(cloud)[:3]
        boto3.client("ecs").create_service(
            cluster="shop", serviceName="app", taskDefinition="app", desiredCount=3 * each, launchType="FARGATE",
            networkConfiguration=network(*(one["SubnetId"] for one in subnets)),
        )  # fmt: skip
        cloud.advance(minutes=3)
        found = sorted(Counter(one.zone for one in cloud.tasks("shop", status="RUNNING")).values())
    if found != [each] * 3:
        raise ValueError(f"the tasks are spread as {found}")
    return Built(
        f"A service of {3 * each} Fargate tasks names three subnets, each in another "
        "Availability Zone. One of the zones fails. "
        "About how many of its tasks go on, before the service starts others in their place?",
        Right(counted(2 * each), "ECS spreads the tasks of a service evenly over the zones of its subnets."),
        [
            Wrong(counted(3 * each), "Those in the failed zone are gone until they are replaced.", "M89", "R-208"),
            Wrong(counted(0), "The subnets lie in three zones, not in one.", "M89", "R-208"),
            Wrong(counted(each), "Two of three zones go on.", "M89", "R-208"),
        ],
        f"In the simulated service each zone has {each} tasks. Two zones keep {2 * each}, and "
        "the service replaces the others.",
    )


@computed(
    "processor-of-the-image",
    rows="F07",
    exams=["DOP-C02 5.3", "SAA-C03 3.2"],
    source=GUIDE + "ecs-arm64.html",
)
def wrong_processor(draw: Draw) -> Built:
    """A definition for one processor with an image index of the other."""
    has, wants = draw.one([("X86_64", "ARM64"), ("ARM64", "X86_64")])
    with world() as cloud:
        image = cloud.push_image("app", architectures=(has,))
        platform = {"cpuArchitecture": wants, "operatingSystemFamily": "LINUX"}
        register({"name": "app", "image": image}, runtimePlatform=platform)
        seen = run(cloud, minutes=10)
        other = cloud.push_image("both", architectures=(has, wants))
        register({"name": "app", "image": other}, runtimePlatform=platform)
        fine = run(cloud)
    if seen.status != "STOPPED" or fine.status != "RUNNING":
        raise ValueError(f"{seen.status} {fine.status}")
    built = {"X86_64": "linux/amd64", "ARM64": "linux/arm64"}
    return Built(
        f"A task definition for AWS Fargate names the cpuArchitecture {wants}. Its image in "
        "Amazon ECR has an index with the one "
        f"platform {built[has]}. The definition is registered and a task is started. What happens?",
        Right("The task stops at the pull of its image", f"The index has nothing for {wants}."),
        [
            Wrong("The task runs, more slowly by emulation", "Fargate emulates no processor.", "M90", "R-133"),
            Wrong(
                f"The task runs, on {has} as the image has it",
                "The definition decides on the processor.",
                "M90",
                "R-147",
            ),
            Wrong("The task is refused before it is started", "RunTask does not look into the image.", "M90", "R-133"),
        ],
        f"The simulated task stops with: {seen.stopped_reason}. With both platforms in the index it runs.",
    )


@computed("groups-of-two-tasks", rows="T01 F22", exams=["SAA-C03 1.2", "CLF-C02 2.4"], source=NETWORKING)
def groups(draw: Draw) -> Built:
    """Two tasks of one definition with different security groups try the same port."""
    port = draw.one([5432, 3306, 6379])
    with world() as cloud:
        ec2 = boto3.client("ec2")
        subnet = default_subnets(cloud)[0]
        made = [
            ec2.create_security_group(GroupName=name, Description=name, VpcId=subnet["VpcId"])["GroupId"]
            for name in ("open", "shut", "database")
        ]
        pair = [{"GroupId": made[0]}]
        rule = {"IpProtocol": "tcp", "FromPort": port, "ToPort": port, "UserIdGroupPairs": pair}
        ec2.authorize_security_group_ingress(GroupId=made[2], IpPermissions=[rule])
        register({"name": "app", "image": cloud.push_image("app")})
        database = run(cloud, networkConfiguration=network(subnet["SubnetId"], groups=(made[2],)))
        reached = []
        for group in made[:2]:
            one = run(cloud, networkConfiguration=network(subnet["SubnetId"], groups=(group,)))
            reached.append(cloud.inside(one.arn).reach(database.private_ip, port).open)
    if reached != [True, False]:
        raise ValueError(f"the database was reached by {reached}")
    return Built(
        "Two Fargate tasks run from the same task definition, in the same subnet and with "
        "the same task role. The first has the "
        f"security group web, the second the group batch. A database lets port {port} in from "
        "the group web. Which of the tasks "
        "reaches the database?",
        Right("The first one, since its own group counts", "A security group sits on each task's interface."),
        [
            Wrong(
                "Both of them, as they share a task definition",
                "The definition names no security group.",
                "M13",
                "R-062",
            ),
            Wrong(
                "Both of them, as they are in the same subnet", "A group does not belong to a subnet.", "M13", "R-062"
            ),
            Wrong(
                "Neither of them, as the role does not allow it",
                "A role is for calls to AWS, not for ports.",
                "M13",
                "R-062",
            ),
        ],
        f"In the simulation the first task connects to port {port}, and the second does not.",
    )
