"""Who may do what: the policies of roles, judged as IAM judges them."""

from __future__ import annotations

from typing import Any

from autograder.bank.computed.building import Built, Draw, Right, Wrong, computed
from autograder.bank.computed.figures import GUIDE
from simcloud.facts import managed_policies
from simcloud.reason.iam import Policies, decide, trusted
from simcloud.reason.policy import Policy, Request

IAM = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html"
EXECUTION = GUIDE + "task_execution_IAM_role.html"
TASK_ROLE = GUIDE + "task-iam-roles.html"
ACCOUNT = "123456789012"
ROLE = f"arn:aws:sts::{ACCOUNT}:assumed-role/app/task"


def statement(effect: str, action: str | list[str], resource: str, **more: Any) -> dict[str, Any]:
    """A statement of a policy."""
    return {"Effect": effect, "Action": action, "Resource": resource, **more}


def policy(name: str, *statements: dict[str, Any]) -> Policy:
    """A policy document with a name."""
    return Policy(name, {"Version": "2012-10-17", "Statement": list(statements)})


def allowed(action: str, resource: str, *identity: Policy, **more: Any) -> bool:
    """Does IAM allow the task role this?"""
    request = Request(action, resource, ROLE, {"aws:PrincipalArn": f"arn:aws:iam::{ACCOUNT}:role/app"})
    return decide(request, Policies(identity=identity, **more)).allowed


@computed("one-deny-among-allows", rows="F15", exams=["SAA-C03 1.1", "DOP-C02 6.1"], source=IAM)
def deny_wins(draw: Draw) -> Built:
    """A role with a broad Allow and a narrow Deny asks for four objects."""
    bucket = draw.one(["orders", "invoices", "archive"])
    everything = policy("all", statement("Allow", "s3:*", f"arn:aws:s3:::{bucket}/*"))
    shut = policy("shut", statement("Deny", "s3:DeleteObject", f"arn:aws:s3:::{bucket}/2026/*"))
    asks = {
        f"Delete the object 2026/01.csv of {bucket}": ("s3:DeleteObject", f"arn:aws:s3:::{bucket}/2026/01.csv"),
        f"Delete the object 2025/12.csv of {bucket}": ("s3:DeleteObject", f"arn:aws:s3:::{bucket}/2025/12.csv"),
        f"Write the object 2026/01.csv of {bucket}": ("s3:PutObject", f"arn:aws:s3:::{bucket}/2026/01.csv"),
        f"Read the object 2026/01.csv of {bucket}": ("s3:GetObject", f"arn:aws:s3:::{bucket}/2026/01.csv"),
    }
    found = {name: allowed(*ask, everything, shut) for name, ask in asks.items()}
    (right,) = (name for name, may in found.items() if not may)
    return Built(
        "The task role of a Fargate service has two policies. One allows s3:* on all objects "
        f"of the bucket {bucket}. The other "
        f"denies s3:DeleteObject on its objects under 2026/. Which call of the application gets AccessDenied?",
        Right(right, "The Deny speaks of this action and object, and wins over the Allow."),
        [
            Wrong(name, "The Allow covers it, and the Deny does not speak of it.", "M74", IAM)
            for name, may in found.items()
            if may
        ],
        "A Deny wins over every Allow, whatever is broader or nearer. It concerns what its "
        "own elements name, and nothing else.",
    )


@computed(
    "role-of-the-running-code",
    rows="F15 M05 T04",
    exams=["CLF-C02 2.3", "SAA-C03 1.1"],
    source=TASK_ROLE,
)
def which_role(draw: Draw) -> Built:
    """The application's call is judged with each of the roles that carry the permission."""
    table = draw.one(["orders", "players", "seats"])
    arn = f"arn:aws:dynamodb:us-east-1:{ACCOUNT}:table/{table}"
    grant = policy("table", statement("Allow", "dynamodb:PutItem", arn))
    assert allowed("dynamodb:PutItem", arn, grant)
    assert not allowed("dynamodb:PutItem", arn)
    return Built(
        "An application in a container on AWS Fargate writes to the Amazon DynamoDB table "
        f"{table}. Its calls are denied. To which "
        "role should the permission be added?",
        Right("The task role of its task definition", "The code in the container acts with the task role."),
        [
            Wrong(
                "The execution role of its definition",
                "That role serves the platform before the code runs.",
                "M05",
                "R-150",
            ),
            Wrong(
                "The instance role of the cluster's hosts",
                "There are no instances of yours on Fargate.",
                "M12",
                "R-156",
            ),
            Wrong(
                "The service-linked role of Amazon ECS",
                "That role serves ECS for interfaces and load balancers.",
                "M05",
                "R-167",
            ),
        ],
        "With the permission in the task role the simulator allows the call, and without it the answer is no.",
    )


@computed(
    "trust-of-a-task-role", rows="F15 T04", exams=["DOP-C02 6.1", "SAA-C03 1.1"], source=TASK_ROLE, difficulty="hard"
)
def trust(draw: Draw) -> Built:
    """Four trust policies; one lets ECS take the role for tasks."""
    services = ["ecs-tasks.amazonaws.com", "ecs.amazonaws.com", "ec2.amazonaws.com", "fargate.amazonaws.com"]

    def lets(service: str) -> bool:
        document = policy("trust", {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"})
        return trusted(document, Request("sts:AssumeRole", "*", "ecs-tasks.amazonaws.com")).allowed

    assert [lets(service) for service in services] == [True, False, False, False]
    kind = draw.one(["an execution role", "a task role"])
    why = {
        "ecs.amazonaws.com": "That principal takes infrastructure roles, such as the one for EBS volumes.",
        "ec2.amazonaws.com": "That principal is for instance profiles.",
        "fargate.amazonaws.com": "Tasks of ECS are not started under that name.",
    }
    return Built(
        f"A template makes {kind} for Fargate tasks. RunTask answers that ECS was unable to "
        "assume the role. Which service must "
        "be the principal of its trust policy?",
        Right("ecs-tasks.amazonaws.com", "It is the principal for both roles of a task."),
        [Wrong(service, why[service], "M31", "R-149") for service in services[1:]],
        "Execution role and task role are taken on by ecs-tasks.amazonaws.com. The simulator refuses the three others.",
    )


@computed(
    "what-the-managed-policy-lacks",
    rows="T04 M05 N02",
    exams=["DOP-C02 6.1", "SAA-C03 1.1"],
    source=EXECUTION,
    difficulty="hard",
)
def managed(draw: Draw) -> Built:
    """Four actions put to AmazonECSTaskExecutionRolePolicy."""
    arn = next(name for name in managed_policies.MANAGED_POLICIES if name.endswith("AmazonECSTaskExecutionRolePolicy"))
    held = Policy("AmazonECSTaskExecutionRolePolicy", managed_policies.MANAGED_POLICIES[arn])
    longest = "ecr:BatchCheckLayerAvailability"
    within = [
        "ecr:GetAuthorizationToken",
        "ecr:BatchGetImage",
        "logs:CreateLogStream",
        "logs:PutLogEvents",
        "ecr:GetDownloadUrlForLayer",
        longest,
    ]
    beyond = ["secretsmanager:GetSecretValue", "ssm:GetParameters", "logs:CreateLogGroup"]
    assert all(allowed(action, "*", held) for action in within)
    assert not any(allowed(action, "*", held) for action in beyond)
    needs = {
        "secretsmanager:GetSecretValue": "takes a password from AWS Secrets Manager",
        "ssm:GetParameters": "takes a value from AWS Systems Manager Parameter Store",
        "logs:CreateLogGroup": "sets awslogs-create-group to true",
    }
    right = draw.one(beyond)
    return Built(
        "The execution role of a Fargate task has the managed policy "
        "AmazonECSTaskExecutionRolePolicy and nothing else. Its "
        f"container has an image in Amazon ECR, writes by awslogs, and {needs[right]}. Which "
        "permission must be added to the "
        "execution role?",
        Right(right, "The managed policy pulls images and writes to log groups that exist, and no more."),
        [
            Wrong(action, "The managed policy has it already.", "M05", "R-148")
            for action in (longest, *draw.some(within[:-1], 2))
        ],
        f"Put to the policy, {right} is not allowed; the others are.",
    )


@computed(
    "plural-of-get-parameter",
    rows="F16 T04",
    exams=["DOP-C02 5.3", "SAA-C03 1.1"],
    source=GUIDE + "secrets-envvar-ssm-paramstore.html",
    difficulty="hard",
)
def plural(draw: Draw) -> Built:
    """Four statements put to the call that Fargate makes for a parameter."""
    name = draw.one(["shop/db", "web/key", "api/token"])
    arn = f"arn:aws:ssm:us-east-1:{ACCOUNT}:parameter/{name}"
    other = f"arn:aws:ssm:us-east-1:{ACCOUNT}:parameter/other/*"
    grants = {
        "ssm:GetParameters on that parameter": statement("Allow", "ssm:GetParameters", arn),
        "ssm:GetParameter on that parameter": statement("Allow", "ssm:GetParameter", arn),
        "ssm:DescribeParameters on everything": statement("Allow", "ssm:DescribeParameters", "*"),
        "ssm:GetParameters on other parameters": statement("Allow", "ssm:GetParameters", other),
    }
    found = {text: allowed("ssm:GetParameters", arn, policy("own", one)) for text, one in grants.items()}
    assert list(found.values()) == [True, False, False, False], found
    texts = list(grants)
    return Built(
        f"A container on AWS Fargate gets the parameter /{name} of AWS Systems Manager by the "
        "secrets member of its definition. Which "
        "statement does the execution role need?",
        Right(texts[0], "The platform reads parameters with the plural action."),
        [
            Wrong(texts[1], "The singular is another action; the call is refused.", "M05", "R-152"),
            Wrong(texts[2], "It lists parameters and reads no value.", "M30", "R-151"),
            Wrong(texts[3], "The resource does not match the parameter.", "M74", "R-151"),
        ],
        "The platform calls ssm:GetParameters. The refusal of a role with the singular names the plural.",
    )


@computed(
    "boundary-of-the-team",
    rows="F15",
    exams=["SAP-C02 1.2", "DOP-C02 6.1"],
    source=IAM,
    difficulty="hard",
)
def boundary(draw: Draw) -> Built:
    """A task role with a policy and a permissions boundary asks for four things."""
    bucket = draw.one(["media", "claims", "scans"])
    queue = f"arn:aws:sqs:us-east-1:{ACCOUNT}:{bucket}"
    files = f"arn:aws:s3:::{bucket}/1"
    own = policy("own", statement("Allow", ["s3:GetObject", "s3:PutObject", "sqs:SendMessage"], "*"))
    limit = policy("limit", statement("Allow", ["s3:GetObject", "sqs:*"], "*"))
    asks = {
        f"Read an object of the bucket {bucket}": ("s3:GetObject", files),
        f"Write an object to the bucket {bucket}": ("s3:PutObject", files),
        f"Receive a message of the queue {bucket}": ("sqs:ReceiveMessage", queue),
        f"Delete an object of the bucket {bucket}": ("s3:DeleteObject", files),
    }
    found = {name: allowed(*ask, own, boundary=limit) for name, ask in asks.items()}
    (right,) = (name for name, may in found.items() if may)
    why = [
        "The boundary does not let it through.",
        "The boundary allows it, but a boundary grants nothing; the role's policy does not allow it.",
        "Neither of the two allows it.",
    ]
    return Built(
        "In a company of many accounts teams make task roles for their Fargate services "
        "themselves, under a permissions boundary "
        "of the platform team. The boundary allows s3:GetObject and sqs:*. The policy of one "
        "task role allows s3:GetObject, "
        "s3:PutObject and sqs:SendMessage. There are no resource policies and no service "
        "control policies in the way. Which "
        "call of the application succeeds?",
        Right(right, "Both the policy and the boundary allow it."),
        [
            Wrong(name, reason, "M74", IAM)
            for (name, may), reason in zip([each for each in found.items() if not each[1]], why, strict=True)
        ],
        "What a role may do is what its policies and its boundary both allow.",
    )
