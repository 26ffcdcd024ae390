"""Does the network let a task start, and with which text does it end where it does not?"""

from __future__ import annotations

from dataclasses import replace

from autograder.bank.computed.building import Built, Draw, Right, Wrong, computed
from autograder.bank.computed.figures import GUIDE
from simcloud.reason.sketch import TASK, Choices, sketch
from simcloud.reason.start import THREE_KEYS, Start, start

ENDPOINTS = "https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html"
ERRORS = GUIDE + "stopped-task-error-codes.html"
NETWORKING = GUIDE + "fargate-task-networking.html"
KEYS = frozenset(THREE_KEYS)


def tried(choices: Choices, *, logs: bool = False, secret: bool = False) -> Start:
    """Walk the connections of a start through the VPC of these choices."""
    return start(sketch(choices), TASK, logs=logs, secret=secret)


def must(expected: bool, choices: Choices, *, logs: bool = False, secret: bool = False) -> Start:
    """The same; raises ValueError where the simulator disagrees with the item."""
    found = tried(choices, logs=logs, secret=secret)
    if found.starts is not expected:
        raise ValueError(f"{choices} {'starts' if found.starts else 'does not start'}")
    return found


@computed(
    "one-subnet-of-four-starts",
    rows="M04 T05",
    exams=["SAA-C03 1.2", "DOP-C02 5.3"],
    source=NETWORKING,
)
def ways_out(draw: Draw) -> Built:
    """Four subnets without endpoints; the path from one of them reaches ECR."""
    good, why = draw.one(
        [
            (
                "Default route to an internet gateway, public IP enabled",
                "A public address and the route together lead out.",
            ),
            ("Default route to a NAT gateway, public IP disabled", "The NAT gateway has the public address."),
        ]
    )
    public = "internet" in good
    must(True, Choices(public_subnet=public, public_ip=public, nat=not public))
    must(False, Choices(public_subnet=True))
    must(False, Choices(public_ip=True))
    must(False, Choices())
    return Built(
        "Tasks on AWS Fargate, Linux platform version 1.4.0, pull an image from Amazon ECR. "
        "The VPC has no endpoints, and the "
        "security group of the tasks lets all traffic out. In which subnet and with which setting do they start?",
        Right(good, why),
        [
            Wrong(
                "Default route to an internet gateway, public IP disabled",
                "Without a public address no answer finds back.",
                "M04",
                "R-145",
            ),
            Wrong(
                "The local route and no default route, public IP enabled",
                "The address is of no use without the route.",
                "M21",
                "R-145",
            ),
            Wrong(
                "The local route and no default route, public IP disabled",
                "A task in a VPC has no internet access as such.",
                "M04",
                "R-119",
            ),
        ],
        "The simulator walks from the task's interface to api.ecr: two of the three others "
        "have no route, and one has no public "
        "address.",
    )


@computed(
    "endpoint-that-is-missing",
    rows="F20 N05 T05",
    exams=["SAA-C03 1.2", "DOP-C02 5.3"],
    source=ENDPOINTS,
    difficulty="hard",
    enemies="missing-endpoint",
)
def missing(draw: Draw) -> Built:
    """One of the three keys is taken away; the text of the failure tells which."""
    lost = draw.one(["ecr.api", "ecr.dkr", "s3"])
    text = must(False, Choices(endpoints=KEYS - {lost})).message
    must(True, Choices(endpoints=KEYS))
    names = {"ecr.api": "The endpoint ecr.api", "ecr.dkr": "The endpoint ecr.dkr", "s3": "The S3 gateway endpoint"}
    why = {
        "ecr.api": "The token comes from ecr.api; a failure there speaks of registry auth.",
        "ecr.dkr": "The manifest comes from ecr.dkr; a failure there speaks of the reference.",
        "s3": "The layers come from S3; a failure there speaks of the copy, after the manifest was read.",
    }
    return Built(
        "Tasks on AWS Fargate run in private subnets without a NAT gateway and have no log "
        "driver. Of the endpoints for Amazon "
        "ECR and Amazon S3 one does not exist in the VPC. The tasks stop with this text: "
        f'"{text}" Which one is missing?',
        Right(names[lost], why[lost]),
        [
            Wrong(names[each], why[each], "M19" if each == "s3" else "M18", "R-141")
            for each in THREE_KEYS
            if each != lost
        ]
        + [Wrong("The endpoint ecs-agent", "A Fargate task needs no endpoint of ECS itself.", "M18", "R-141")],
        f"{why[lost]} With all three keys the same task starts.",
    )


@computed("log-driver-without-a-path", rows="F20 P04", exams=["DOP-C02 5.3"], source=ERRORS)
def logs(draw: Draw) -> Built:
    """The three keys are there; the log driver's path is not."""
    text = must(False, Choices(endpoints=KEYS), logs=True).message
    must(True, Choices(endpoints=KEYS), logs=False)
    must(True, Choices(endpoints=KEYS | {"logs"}), logs=True)
    team = draw.one(["A payments team", "A booking team", "A search team"])
    return Built(
        f"{team} adds the awslogs driver to a Fargate task definition and changes nothing "
        "else. The subnets are private, with the "
        "endpoints ecr.api, ecr.dkr and S3, and have no NAT gateway. The execution role has "
        "the managed policy for task "
        f'execution, and the log group exists. New tasks stop with "{text}" Which change lets them start?',
        Right(
            "Add an interface endpoint for CloudWatch Logs",
            "The driver opens its stream over the task's own interface.",
        ),
        [
            Wrong(
                "Add logs:CreateLogGroup to the execution role",
                "The group exists, and a missing permission would say AccessDenied.",
                "M14",
                "R-127",
            ),
            Wrong(
                "Add an interface endpoint for CloudWatch metrics",
                "The driver writes to CloudWatch Logs.",
                "M18",
                "R-141",
            ),
            Wrong(
                "Add logs:PutLogEvents to the role of the task",
                "The driver works with the execution role.",
                "M05",
                "R-150",
            ),
        ],
        "The image was reached, the log service was not. With the endpoint logs the simulator lets the task start.",
    )


@computed(
    "secret-without-a-path",
    rows="F20 F16 T05",
    exams=["SAA-C03 1.2", "DOP-C02 5.3"],
    source=ERRORS,
)
def secret(draw: Draw) -> Built:
    """The three keys are there; Secrets Manager is not reached."""
    text = must(False, Choices(endpoints=KEYS), secret=True).message
    must(True, Choices(endpoints=KEYS | {"secretsmanager"}), secret=True)
    what = draw.one(["a database password", "an API key", "a signing key"])
    return Built(
        f"A Fargate service in private subnets gets {what} from AWS Secrets Manager as an "
        "environment variable. The VPC has the "
        "endpoints ecr.api, ecr.dkr and S3, and no NAT gateway, and the task no log driver. Before the secret "
        "was added "
        "the tasks started. Now they "
        f'stop with a text that ends with "{text[text.index("dial tcp") :]}". Traffic must '
        "stay on private addresses. Which change is needed?",
        Right(
            "An interface endpoint for Secrets Manager",
            "It was not reached, and the endpoint gives it an address in the VPC.",
        ),
        [
            Wrong(
                "An interface endpoint for AWS KMS as well",
                "The service decrypts by itself; the secret was not reached.",
                "M34",
                "R-141",
            ),
            Wrong(
                "A NAT gateway in one of the public subnets",
                "The tasks would start, but by way of public addresses.",
                "M20",
                "R-141",
            ),
            Wrong(
                "The task role's right to read that secret",
                "A time-out speaks of the path, and start-up uses the execution role.",
                "M14",
                "R-150",
            ),
        ],
        "A time-out is a matter of the path. With the endpoint secretsmanager the simulator lets the task start.",
    )


@computed(
    "nothing-left-but-endpoints",
    rows="P03 F20 N05",
    exams=["SAP-C02 1.1", "SAA-C03 1.2"],
    source=ENDPOINTS,
)
def set_of_endpoints(draw: Draw) -> Built:
    """Four sets of endpoints; one of them lets a task with logs and a secret start."""
    needs_secret = draw.one([True, False])
    full = [*THREE_KEYS, "logs", *(["secretsmanager"] if needs_secret else [])]

    def words(names: list[str]) -> str:
        return ", ".join(
            "S3 gateway" if name == "s3" else name for name in sorted(names, key=lambda each: each == "s3")
        )

    must(True, Choices(endpoints=frozenset(full)), logs=True, secret=needs_secret)
    lacking = []
    for lost in draw.some(full, 3):
        rest = [name for name in full if name != lost]
        found = must(False, Choices(endpoints=frozenset(rest)), logs=True, secret=needs_secret)
        lacking.append((lost, rest, found.last[0].does))
    used = "write to CloudWatch Logs by awslogs" + (
        " and read a secret of AWS Secrets Manager at their start" if needs_secret else ""
    )
    return Built(
        "A bank lets no task reach the internet: its VPC has neither an internet gateway nor "
        "a NAT gateway. Services on AWS "
        "Fargate, Linux platform version 1.4.0, pull from a private Amazon ECR repository, "
        f"{used}. Other traffic stays "
        "inside the VPC. Private DNS is on, and the groups of the endpoints let the tasks "
        "in. With which set of endpoints do "
        "the tasks start?",
        Right(words(full), "Each service that the start talks to has its endpoint."),
        [
            Wrong(
                words([*rest, draw.one(["ecs-agent", "ecs-telemetry", "sts"])]),
                f"{lost} is missing: the platform never {does}.",
                "M18" if lost != "s3" else "M19",
                "R-141",
            )
            for lost, rest, does in lacking
        ],
        "ECR needs ecr.api, ecr.dkr and, for the layers, the S3 gateway. Logs and secrets "
        "have endpoints of their own; ECS "
        "itself needs none on Fargate.",
    )


@computed(
    "names-that-lead-outside",
    rows="F20",
    exams=["DOP-C02 5.3", "SAP-C02 1.1"],
    source=ENDPOINTS,
    difficulty="hard",
)
def private_dns(draw: Draw) -> Built:
    """All endpoints stand there, and private DNS is off."""
    everything = frozenset(full for full in (*THREE_KEYS, "logs"))
    text = must(False, Choices(endpoints=everything, private_dns=False), logs=True).message
    must(True, Choices(endpoints=everything), logs=True)
    zones = draw.one([2, 3])
    return Built(
        "A VPC without a NAT gateway and without an internet gateway has interface endpoints for ecr.api, "
        "ecr.dkr and logs "
        f"in {zones} zones and an S3 gateway "
        "endpoint in all route tables. The security group of the endpoints lets the tasks in on port 443. Each Fargate "
        "task stops with "
        f'"{text[:110]}..." A lookup in the VPC shows that api.ecr.us-east-1.amazonaws.com resolves to public '
        "addresses. What should be changed?",
        Right(
            "Enable private DNS on all the interface endpoints", "Then the names of the services lead to the endpoints."
        ),
        [
            Wrong(
                "Add routes to the interface endpoints in all tables",
                "They stand in the subnets, and need no route.",
                "M17",
                "R-144",
            ),
            Wrong(
                "Enable public IP addresses for the tasks in question",
                "There is no internet gateway that their subnets could have a route to.",
                "M21",
                "R-145",
            ),
            Wrong(
                "Let port 443 in on the security group of the tasks",
                "The task opens the connection itself.",
                "M15",
                "R-144",
            ),
        ],
        "The task asks for api.ecr by its public name. Without private DNS that name leads "
        "out of the VPC, where there is no way.",
    )


@computed(
    "group-that-keeps-tasks-out",
    rows="F20 T01",
    exams=["SAA-C03 1.2", "DOP-C02 5.3"],
    source=ENDPOINTS,
)
def closed_group(draw: Draw) -> Built:
    """Endpoints whose group is closed, or a task whose group lets nothing out."""
    endpoint_closed = draw.one([True, False])
    base = Choices(endpoints=KEYS)
    must(True, base)
    closed = replace(base, endpoints_let_in=False) if endpoint_closed else replace(base, lets_out=False)
    must(False, closed)
    said = (
        "The security group of the interface endpoints has no inbound rule; that of the "
        "tasks allows all outbound traffic."
        if endpoint_closed
        else "The security group of the tasks has neither inbound nor outbound rules; that of the "
        "endpoints allows TCP 443 from the VPC."
    )
    right = (
        "An inbound rule for TCP 443 on the endpoints' group"
        if endpoint_closed
        else "An outbound rule for TCP 443 on the tasks' group"
    )
    other = (
        "An outbound rule for TCP 443 on the endpoints' group"
        if endpoint_closed
        else "An inbound rule for TCP 443 on the tasks' group"
    )
    third, why = (
        ("An inbound rule for TCP 443 on the tasks' group", "The task opens the connection itself.")
        if endpoint_closed
        else ("An outbound rule for TCP 443 on the endpoints' group", "The endpoints only answer; they open nothing.")
    )
    return Built(
        "The VPC of Fargate tasks in private subnets has the interface endpoints ecr.api and ecr.dkr, with "
        "private DNS, and a gateway endpoint for S3. The tasks pull no image: each "
        f"start ends with ResourceInitializationError and i/o timeout. {said} Which single change lets the "
        "tasks start?",
        Right(right, "It opens the one place of the path that is shut."),
        [
            Wrong(other, "Answers pass without a rule, since groups keep track of connections.", "M15", "R-144"),
            Wrong(third, why, "M15", "R-144"),
            Wrong(
                "A route to the endpoints in the table of the subnets",
                "Interface endpoints have addresses in the subnets, which the local route reaches.",
                "M17",
                "R-144",
            ),
        ],
        "The simulator finds the group shut on the way to api.ecr. The S3 gateway endpoint has no group at all.",
    )


@computed(
    "table-without-the-gateway",
    rows="F20 N05",
    exams=["DOP-C02 5.3"],
    source=ENDPOINTS,
    difficulty="hard",
    enemies="missing-endpoint",
)
def layers(draw: Draw) -> Built:
    """Token and manifest come, the layers do not."""
    found = must(False, Choices(endpoints=KEYS - {"s3"}))
    order = [errand.service for errand, _ in found.done]
    assert order == ["ecr.api", "ecr.dkr", "s3"]
    minutes = draw.one(["some minutes", "a few minutes"])
    return Built(
        "After a new route table was made for the private subnets of a Fargate service, new "
        "tasks get their registry token and "
        f"the manifest of the image, and stop after {minutes} with CannotPullContainerError. "
        "The endpoints for ecr.api and "
        "ecr.dkr were not touched. There is no NAT gateway. What is the most likely cause?",
        Right(
            "The S3 gateway endpoint is not associated with the new table",
            "Layers lie in S3, and the gateway works by route tables.",
        ),
        [
            Wrong(
                "The interface endpoints are not associated with the new table",
                "Interface endpoints stand in subnets, and need no route.",
                "M17",
                "R-144",
            ),
            Wrong(
                "The execution role lost its permission to download any layers",
                "That would say denied or 403, and roles were not changed.",
                "M14",
                "R-131",
            ),
            Wrong(
                "The new table lacks a route to the network of the ECR service",
                "There is no such route.",
                "M17",
                "R-144",
            ),
        ],
        "The simulator reaches ecr.api and ecr.dkr, and then finds no way to the bucket with the layers.",
    )


@computed(
    "nat-and-a-stray-endpoint",
    rows="F20 T05",
    exams=["DOP-C02 5.3", "SAP-C02 1.1"],
    source=ENDPOINTS,
    difficulty="hard",
)
def stray(draw: Draw) -> Built:
    """A NAT gateway serves, until an endpoint with a closed group takes the name over."""
    one = draw.one(["ecr.api", "ecr.dkr"])
    must(True, Choices(nat=True))
    must(True, Choices(nat=True, endpoints=frozenset({one})))
    must(False, Choices(nat=True, endpoints=frozenset({one}), endpoints_let_in=False))
    return Built(
        "Fargate tasks in private subnets pull from Amazon ECR through a NAT gateway. To "
        "save cost an engineer creates an interface "
        f"endpoint for {one} with private DNS, and gives it a security group without inbound rules. "
        "From then on new tasks fail with "
        "i/o timeout, although the NAT gateway and all routes are as before. Why?",
        Right(
            "The name now leads to the endpoint, and its group lets nothing in",
            "Private DNS takes over the name for the whole VPC.",
        ),
        [
            Wrong(
                "The endpoint took the route to the NAT gateway out of the tables",
                "An interface endpoint changes no route.",
                "M17",
                "R-144",
            ),
            Wrong(
                "The tasks need all three endpoints as soon as one is there",
                "What has no endpoint goes on through the NAT gateway.",
                "M18",
                "R-141",
            ),
            Wrong("The NAT gateway does not serve a VPC that has endpoints", "Both work side by side.", "M23", "R-141"),
        ],
        "With an open group the same endpoint works beside the NAT gateway; with one that "
        "lets nothing in the connection times out there.",
    )
