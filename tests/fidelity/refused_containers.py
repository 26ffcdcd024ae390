"""Families, containers, images and their shares that AWS refuses, with its own words.

stackd: a recorded answer in https://github.com/radkawar/stackd (testdata/aws/ecs/controls.json).
pf-...: the case of that name in https://github.com/badmintoncryer/cdk-preflight (rules/ecs), deployed to the real AWS.
"""

from __future__ import annotations

from refusing import C0, C1, case
from requests_as_written import app, ec2, fargate, sidecar

CONTAINERS = [
    case(
        "R-014-no-containers",
        fargate(containerDefinitions=[]),
        "FG150",
        "containerDefinitions",
        "Container list cannot be empty.",
    ),
    case(
        "R-015-names-twice",
        fargate(app(), app()),
        "FG152",
        "containerDefinitions",
        "Container names must be unique within a task definition",
    ),
    case(
        "R-016-none-essential",
        fargate(app(essential=False), sidecar()),
        "FG153",
        "containerDefinitions",
        "Task definition doesn't have any essential container",
    ),
    case(
        "R-017-eleven-containers",
        fargate(*(app(name=f"c{index}") for index in range(11))),
        "FG151",
        "containerDefinitions",
        "Too many containers",
    ),
    case(
        "R-018-cpu-sum",
        fargate(app(cpu=200), sidecar(cpu=57)),
        "FG154",
        "cpu",
        "The sum of all container 'cpu' values cannot be greater than the value of the task 'cpu'.",
    ),
    case(
        "R-019-memory-over-task",
        fargate(app(memory=513)),
        "FG155",
        f"{C0}.memory",
        "The 'memory' setting for container 'app' is greater than for the task.",
    ),
    case(
        "R-020-reservations-over-task",
        fargate(app(memoryReservation=300), sidecar(memoryReservation=300)),
        "FG156",
        "memory",
        "The sum of all container 'memory' values cannot be greater than the value of the task 'memory'.",
    ),
    case(
        "R-021-no-memory-anywhere",
        ec2(app()),
        "FG157",
        C0,
        "Invalid setting for container 'app'. At least one of 'memory' or 'memoryReservation' must be specified.",
    ),
    case(
        "R-021-soft-over-hard",
        fargate(app(memory=128, memoryReservation=256)),
        "FG158",
        f"{C0}.memoryReservation",
        "Invalid setting for container 'app'. 'memory' must be greater than or equal to 'memoryReservation'.",
    ),
    case(
        "R-021-memory-of-five",
        fargate(app(memory=5)),
        "FG159",
        f"{C0}.memory",
        "Invalid setting for container 'app'. Minimum 'memory' is 6 MiB.",
    ),
    case(
        "R-058-image-empty",
        fargate(app(image="")),
        "FG142",
        f"{C0}.image",
        "Container.image should not be null or empty.",
    ),
    case(
        "R-058-image-a-placeholder",
        fargate(app(image="$IMAGE_NAME:$IMAGE_TAG")),
        "FG143",
        f"{C0}.image",
        "Container.image contains invalid characters.",
    ),
    case(
        "R-058-name-empty", fargate(app(name="")), "FG141", f"{C0}.name", "Container.name should not be null or empty."
    ),
    case(
        "R-058-name-with-a-space",
        fargate(app(name="my app")),
        "FG141",
        f"{C0}.name",
        "Container.name contains invalid characters.",
    ),
    case(
        "R-058-family-with-a-space", fargate(family="my web"), "FG140", "family", "Family contains invalid characters."
    ),
    case(
        "R-058-family-with-a-revision",
        fargate(family="web:1"),
        "FG140",
        "family",
        "Family contains invalid characters.",
    ),
    case("R-058-family-empty", fargate(family=""), "FG140", "family", "Family should not be null or empty."),
    case(
        "R-058-family-of-256",
        fargate(family="w" * 256),
        "FG140",
        "family",
        "Family length should be between 1 and 255.",
    ),
    *(
        case(
            f"R-058-family-{family[:8]}",
            fargate(family=family),
            "FG140",
            "family",
            "Family contains invalid characters.",
        )
        for family in ("web.app", "web/app", "wéb", "${family}", " web")
    ),
    case(
        "R-058-name-of-256",
        fargate(app(name="a" * 256)),
        "FG141",
        f"{C0}.name",
        "Container.name contains invalid characters.",
    ),
    case(
        "R-058-no-name",
        fargate({"image": "nginx"}),
        "FG141",
        f"{C0}.name",
        "Container.name should not be null or empty.",
    ),
    case(
        "R-058-no-image",
        fargate({"name": "app"}),
        "FG142",
        f"{C0}.image",
        "Container.image should not be null or empty.",
    ),
    *(
        case(
            f"R-058-image-{number}",
            fargate(app(image=image)),
            "FG143",
            f"{C0}.image",
            "Container.image contains invalid characters.",
        )
        for number, image in enumerate((" nginx", "nginx:latest ", "<image>", "{{image}}", "nginx:1,27", "nginx:1+2"))
    ),
    case(
        "R-058-image-of-256",
        fargate(app(image="i" * 251 + ":1.27")),
        "FG380",
        f"{C0}.image",
        "Container.image length should be between 1 and 255.",
    ),
    case(
        "R-058-image-of-256-before-the-digest",
        fargate(app(image="i" * 256 + "@sha256:" + "0" * 64)),
        "FG380",
        f"{C0}.image",
        "Container.image length should be between 1 and 255.",
    ),
    case(
        "R-015-three-containers-two-names",
        fargate(app(), sidecar(), app(image="redis")),
        "FG152",
        "containerDefinitions",
        "Container names must be unique within a task definition",
    ),
    case(
        "stackd-one-container-not-essential",
        fargate(app(essential=False)),
        "FG153",
        "containerDefinitions",
        "Task definition doesn't have any essential container.",
    ),
    case(
        "R-018-one-container-over-the-task",
        fargate(app(cpu=512)),
        "FG154",
        "cpu",
        "The sum of all container 'cpu' values cannot be greater than the value of the task 'cpu'.",
    ),
    case(
        "R-018-cpu-sum-on-ec2",
        ec2(app(memory=64, cpu=256), sidecar(memory=64, cpu=256), cpu="256", memory="512"),
        "FG154",
        "cpu",
        "The sum of all container 'cpu' values cannot be greater than the value of the task 'cpu'.",
    ),
    case(
        "R-018-negative-cpu",
        fargate(app(cpu=-1)),
        "FG381",
        f"{C0}.cpu",
        "Invalid 'cpu' setting for container 'app'.",
    ),
    case(
        "R-019-second-container-over-task",
        fargate(app(), sidecar(memory=1024)),
        "FG155",
        f"{C1}.memory",
        "The 'memory' setting for container 'sidecar' is greater than for the task.",
    ),
    case(
        "R-019-on-ec2",
        ec2(app(memory=1024), memory="512"),
        "FG155",
        f"{C0}.memory",
        "The 'memory' setting for container 'app' is greater than for the task.",
    ),
    case(
        "R-020-hard-and-soft-limits-over-task",
        fargate(app(memory=400), sidecar(memoryReservation=200)),
        "FG156",
        "memory",
        "The sum of all container 'memory' values cannot be greater than the value of the task 'memory'.",
    ),
    case(
        "R-021-one-of-two-without-memory",
        ec2(app(memory=128), sidecar()),
        "FG157",
        C1,
        "Invalid setting for container 'sidecar'. At least one of 'memory' or 'memoryReservation' must be specified.",
    ),
    case(
        "R-021-nothing-demanded-no-memory",
        {"family": "web", "containerDefinitions": [app()]},
        "FG157",
        C0,
        "Invalid setting for container 'app'. At least one of 'memory' or 'memoryReservation' must be specified.",
    ),
    case(
        "R-021-memory-of-zero",
        ec2(app(memory=0)),
        "FG159",
        f"{C0}.memory",
        "Invalid setting for container 'app'. Minimum 'memory' is 6 MiB.",
    ),
]
