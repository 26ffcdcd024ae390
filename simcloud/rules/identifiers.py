"""Laws on the names and ARNs by which requests of ECS call clusters, services, tasks and definitions.

They are asked before all others: what a name stands for is looked up by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from simcloud.facts.sources import issue
from simcloud.facts.words import naming as said
from simcloud.rules import reading
from simcloud.rules.as_written import as_written
from simcloud.rules.engine import LAWS, rule
from simcloud.rules.launch import LAUNCHES, last_part
from simcloud.rules.refusal import Refusal
from simcloud.rules.seen import Seen

INVALID = "InvalidParameterException"
OF_TASKS = ("DescribeTasks", "StopTask", "ExecuteCommand", "GetTaskProtection", "UpdateTaskProtection")
OF_TASK_SETS = ("DescribeTaskSets", "UpdateTaskSet", "DeleteTaskSet", "UpdateServicePrimaryTaskSet")
OF_SERVICES = ("UpdateService", "DeleteService", "DescribeServices", "ListServiceDeployments", *OF_TASK_SETS)
OF_CLUSTERS = ("DeleteCluster", "UpdateCluster", "UpdateClusterSettings", "PutClusterCapacityProviders")
OF_INSTANCES = ("ListContainerInstances", "DescribeContainerInstances", "UpdateContainerInstancesState")
IN_A_CLUSTER = (
    *LAUNCHES,
    *OF_TASKS,
    *(name for name in OF_SERVICES if name != "UpdateService"),
    *OF_CLUSTERS,
    *OF_INSTANCES,
    "ListTasks",
    "ListServices",
)
"""Operations with a member `cluster`."""
KINDS = {
    "cluster": "cluster",
    "taskDefinition": "task-definition",
    "service": "service",
    "services": "service",
    "task": "task",
    "tasks": "task",
}
"""What the members of a request name."""
SPOKEN = {"service": "Service", "task": "Task"}
"""What AWS's messages call them."""
PLAIN = re.compile(r"[a-zA-Z0-9\-_]{1,255}")
ARN = re.compile(r"arn:aws[a-z-]*:ecs:([a-z0-9-]+):(\d{12}):([a-z-]+)/(.+)", re.DOTALL)
TASK_SET_ID = re.compile(r"(?:arn:[^/]+:task-set/[^/]+/[^/]+/)?ecs-svc/\d+")


class Named(NamedTuple):
    """Something that a request calls by its ARN."""

    at: str
    kind: str
    """What it is to be: cluster, service, task, task-definition."""
    arn: str
    region: str
    account: str
    resource: str
    """What follows the resource type: shop/web of a service's ARN."""


def refusals(operation: str, request: Mapping[str, Any], seen: Seen) -> list[Refusal]:
    """Every refusal by the laws of this file."""
    ours = [law for law in LAWS.values() if law.check.__module__ == __name__ and operation in law.operations]
    return [refusal for law in ours for refusal in law.broken_by(request, seen)]


def texts(request: Mapping[str, Any], member: str) -> Iterator[tuple[str, str]]:
    """Where it stands, and the text, of a member that is a text or a list of them."""
    if isinstance(request.get(member), str):
        yield member, reading.text(request, member)
    for index, text in enumerate(reading.texts(request, member)):
        yield f"{member}[{index}]", text


def _arns(request: Any, seen: Any, *kinds: str) -> Iterator[Named]:
    """What the request names by ARN. Nothing where these laws are asked among others, which look at something else:
    the request has then been asked already."""
    written = as_written(request)
    for member, kind in KINDS.items() if isinstance(seen, Seen) else ():
        for at, text in texts(written, member) if kind in kinds else ():
            if (match := ARN.fullmatch(text)) and match[3] == kind:
                yield Named(at, kind, text, match[1], match[2], match[4])


@rule(
    "FG1540",
    on=(*IN_A_CLUSTER, "DescribeTaskDefinition", "DeregisterTaskDefinition"),
    source=issue("aws/amazon-ecs-cli", 821),
    status="observed",
)
def an_arn_is_of_this_region(request: Any, seen: Any) -> Iterator[Refusal]:
    """What is named by its ARN is in the Region that is asked."""
    for named in _arns(request, seen, *KINDS.values()):
        if named.region != seen.region:
            got = f"{named.arn} is in {named.region}, and {seen.region} was asked"
            yield Refusal(named.at, said.REGION_OF_ARN, got, code=INVALID)


@rule(
    "FG1541",
    on=(*OF_TASKS, *OF_SERVICES),
    source=issue("aws-actions/amazon-ecs-deploy-task-definition", 261),
    status="observed",
)
def an_arn_is_of_this_account(request: Any, seen: Any) -> Iterator[Refusal]:
    """A task or a service that is named by its ARN is of the account of the caller."""
    for named in _arns(request, seen, "task", "service"):
        if named.account != seen.account:
            text = said.ACCOUNT_OF_IDENTIFIER.format(other=named.account, own=seen.account)
            yield Refusal(named.at, text, f"it is of account {named.account}", code=INVALID)


@rule("FG1542", on=IN_A_CLUSTER, source=str(said.ACCOUNTS_MISMATCH.source), status="observed")
def accounts_are_one(request: Any, seen: Any) -> Iterator[Refusal]:
    """A cluster, and the definition of a launch, that is named by its ARN is of the account of the caller."""
    for named in _arns(request, seen, "cluster", "task-definition"):
        if named.account != seen.account:
            yield Refusal(named.at, said.ACCOUNTS_MISMATCH, f"it is of account {named.account}", code=INVALID)


@rule("FG1543", on=(*OF_TASKS, *OF_SERVICES), source=issue("asynkron/protoactor-dotnet", 2055), status="observed")
def an_arn_is_of_the_cluster(request: Any, seen: Any) -> Iterator[Refusal]:
    """A task or a service whose ARN names its cluster is looked for in that cluster: without a cluster in the request
    that is the one called default."""
    own = last_part(reading.text(as_written(request), "cluster")) or "default"
    for named in _arns(request, seen, "task", "service"):
        other, slash, _ = named.resource.partition("/")
        if slash and other != own:
            text = said.CLUSTER_OF_IDENTIFIER.format(other=other, own=own)
            yield Refusal(named.at, text, f"its ARN says {other}, the request {own}", code=INVALID)


@rule("FG1544", on=IN_A_CLUSTER, source=issue("awslabs/amazon-ecs-nodejs-microservices", 18), status="observed")
def a_cluster_is_named_plainly(request: Any) -> Iterator[Refusal]:
    """A cluster is named by its ARN, or by 1 to 255 letters, digits, hyphens and underscores."""
    written = reading.text(as_written(request), "cluster")
    match = ARN.fullmatch(written)
    kind, name = (match[3], match[4]) if match else ("cluster", written)
    if not written or (kind == "cluster" and PLAIN.fullmatch(name)):
        return
    if ":" in written:
        kind = written.rpartition(":")[2].partition("/")[0]
        yield Refusal("cluster", said.RESOURCE_TYPE.format(kind=kind), f"{written} is no cluster's ARN", code=INVALID)
    else:
        yield Refusal("cluster", said.CLUSTER_FORM.format(name=written), f"'{written}' is no name", code=INVALID)


def _definition(request: Any) -> tuple[str, str, str]:
    """Family, colon and revision as a request writes them, by name or ARN; the family is '' where it is neither."""
    written = reading.text(as_written(request), "taskDefinition")
    match = ARN.fullmatch(written)
    if match:
        written = match[4] if match[3] == "task-definition" else ""
    return ("", "", "") if written.startswith("arn:") else written.partition(":")


@rule("FG1545", on=LAUNCHES, source=issue("aws/aws-cli", 6774), status="observed")
def a_family_is_named_plainly(request: Any) -> Iterator[Refusal]:
    """The family of a launch's task definition is named by letters, digits, hyphens and underscores: an image is no
    definition."""
    family, _, _ = _definition(request)
    if family and re.search(r"[^a-zA-Z0-9\-_]", family):
        yield Refusal("taskDefinition", said.FAMILY_FORM, f"'{family}' holds others")


@rule(
    "FG1546",
    on=(*LAUNCHES, "DeregisterTaskDefinition"),
    source=issue("hashicorp/terraform", 17746),
    status="observed",
)
def a_revision_is_a_number(request: Any) -> Iterator[Refusal]:
    """The revision of a task definition is a number: latest is the tag of an image."""
    family, colon, revision = _definition(request)
    if PLAIN.fullmatch(family) and colon and not re.fullmatch(r"\d+", revision, re.ASCII):
        text = said.REVISION_NUMBER.format(revision=revision)
        yield Refusal("taskDefinition", text, f"'{revision}' is no number", code=INVALID)


@rule("FG1547", on="ListTasks", source=issue("awslabs/ecs-task-kite", 6), status="observed")
def tasks_are_listed_by_a_family(request: Any) -> Iterator[Refusal]:
    """Tasks are listed by a family, without a revision."""
    family = as_written(request).get("family")
    if isinstance(family, str) and not re.fullmatch(r"[a-zA-Z0-9\-_]+", family):
        yield Refusal("family", said.FAMILY_FILTER, f"it is '{family}'", code=INVALID)


@rule("FG1548", on="DescribeClusters", source=issue("blox/blox", 170), status="observed")
def described_clusters_have_names(request: Any) -> Iterator[Refusal]:
    """No name in a list of clusters is empty."""
    for at, name in texts(as_written(request), "clusters"):
        if not name.strip():
            yield Refusal(at, said.CLUSTERS_BLANK, "it is empty", code=INVALID)


@rule("FG1549", on=OF_TASK_SETS, source=issue("boto/boto3", 3895), status="observed")
def a_task_set_has_an_id(request: Any) -> Iterator[Refusal]:
    """A task set is named by its id, ecs-svc/ and a number, or by its ARN; a task is none."""
    written = as_written(request)
    for member in ("taskSet", "taskSets", "primaryTaskSet"):
        for at, name in texts(written, member):
            if not TASK_SET_ID.fullmatch(name):
                yield Refusal(at, said.TASK_SET, f"'{name}' is no task set", code=INVALID)


def _tasks_and_services(request: Any) -> Iterator[tuple[str, str, str]]:
    """Where it stands, what it is to be, and how a request writes it."""
    written = as_written(request)
    for member, kind in (*KINDS.items(), ("serviceName", "service")):
        for at, text in texts(written, member) if kind in SPOKEN else ():
            yield at, kind, text


@rule("FG1550", on=(*OF_TASKS, *OF_SERVICES, "ListTasks"), source=issue("mightyguava/ecsq", 9), status="observed")
def an_arn_is_of_its_kind(request: Any) -> Iterator[Refusal]:
    """A task is not named by the ARN of a service, nor a service by that of a task."""
    for at, kind, text in _tasks_and_services(request):
        if (match := ARN.fullmatch(text)) and match[3] != kind:
            aws = said.KIND_OF_IDENTIFIER.format(kind=SPOKEN[kind])
            yield Refusal(at, aws, f"{text} is the ARN of a {match[3]}", code=INVALID)


@rule(
    "FG1551",
    on=(*OF_TASKS, *OF_SERVICES),
    source=issue("aws-samples/semantic-search-aws-docs", 5),
    status="observed",
)
def what_is_no_arn_has_few_slashes(request: Any) -> Iterator[Refusal]:
    """What is not the ARN of a task or service, such as an ARN in quotation marks, holds at most one slash."""
    for at, _, text in _tasks_and_services(request):
        if text.count("/") > 1 and not ARN.fullmatch(text):
            yield Refusal(at, said.SEPARATORS, f"{text!r} is no ARN", code=INVALID)


@rule("FG1552", on="DescribeTaskDefinition", source=issue("awslabs/fargatecli", 11), status="observed")
def a_described_definition_has_a_name(request: Any) -> Iterator[Refusal]:
    """The task definition that is to be described is named."""
    if not reading.text(as_written(request), "taskDefinition").strip():
        yield Refusal("taskDefinition", said.DEFINITION_BLANK, "the name is empty", code=INVALID)
