"""Without its managed policies moto says that AmazonECSTaskExecutionRolePolicy does not exist; loading all 1,582 costs
0.8 s. The ones that a Fargate account uses are loaded, from moto's own copy of them."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator, Sequence
from types import ModuleType
from typing import Any

from simcloud.cloud import entropy
from simcloud.cloud.shelf import Shelf

_PREFIXES = (
    "AmazonECS",
    "AmazonEC2Container",
    "AmazonVPC",
    "AWSCodeDeploy",
    "AmazonEKS",
    "AmazonElasticFileSystem",
    "AWSAppMesh",
    "AWSCloudFormation",
    "AWSCloudMap",
    "AWSLambda",
    "AWSXRay",
    "AWSXray",
    "AmazonEventBridge",
    "AmazonPrometheus",
    "AmazonSNS",
    "AmazonSQS",
    "AmazonSSM",
    "CloudWatch",
)
_NAMES = frozenset(
    {
        "AdministratorAccess",
        "AmazonEC2FullAccess",
        "AmazonEC2ReadOnlyAccess",
        "ElasticLoadBalancingFullAccess",
        "ElasticLoadBalancingReadOnly",
        "IAMFullAccess",
        "SecurityAudit",
        "ViewOnlyAccess",
        "AWSApplicationAutoscalingECSServicePolicy",
        "AWSKeyManagementServicePowerUser",
        "AmazonDynamoDBFullAccess",
        "AmazonDynamoDBReadOnlyAccess",
        "AmazonKinesisFullAccess",
        "AmazonKinesisFirehoseFullAccess",
        "AmazonOpenSearchServiceFullAccess",
        "AmazonRDSFullAccess",
        "AmazonRDSDataFullAccess",
        "AmazonRDSReadOnlyAccess",
        "AmazonRoute53FullAccess",
        "AmazonBedrockFullAccess",
        "AmazonS3FullAccess",
        "AmazonS3ReadOnlyAccess",
        "IAMReadOnlyAccess",
        "PowerUserAccess",
        "ReadOnlyAccess",
        "SecretsManagerReadWrite",
    }
)

_POLICY = re.compile(r'^ "([^"]+)":', re.MULTILINE)
"""Where a policy begins in moto's text: reading the few that are wanted takes a tenth of reading all."""


@functools.cache
def documents() -> dict[str, str]:
    """The text of each policy, by the policy's name."""
    return {name: json.dumps(data.get("Document")) for name, data in _chosen().items()}


@functools.cache
def _chosen() -> dict[str, Any]:
    from moto.iam.aws_managed_policies import aws_managed_policies_data as text

    found = ((match[1], match.end()) for match in _POLICY.finditer(text))
    return {
        name: json.JSONDecoder().raw_decode(text, begin)[0]
        for name, begin in found
        if name in _NAMES or name.startswith(_PREFIXES)
    }


@functools.cache
def _known(module: ModuleType) -> list[tuple[str, dict[str, Any]]]:
    return [
        (
            name,
            {
                "default_version_id": data.get("DefaultVersionId"),
                "path": data.get("Path"),
                "document": documents()[name],
                "create_date": module.datetime.fromisoformat(data["CreateDate"]),
                "update_date": module.datetime.fromisoformat(data["UpdateDate"]),
            },
        )
        for name, data in _chosen().items()
    ]


def mend(module: ModuleType) -> None:
    """Give each account these policies, as `AWSManagedPolicy.from_data` makes them; their texts are written once."""
    attach, tell = module.ManagedPolicy.attach_to, module.IAMBackend.get_account_authorization_details

    def init(self: Any) -> Shelf:
        shelf = Shelf()
        made = (
            module.AWSManagedPolicy(name, account_id=self.account_id, region=self.region_name, **data)
            for name, data in _known(module)
        )
        shelf.stock((policy.arn, policy) for policy in made)
        return shelf

    def details(self: Any, policy_filter: list[str]) -> Any:
        """The policies that are asked for, in the shelf's order: moto reads AWS's own from a list beside it."""
        found = tell(self, policy_filter)
        wanted = {"AWSManagedPolicy": True, "LocalManagedPolicy": False}
        if policy_filter:
            kinds = [wanted[kind] for kind in policy_filter if kind in wanted]
            held = self.managed_policies.values()
            found["managed_policies"] = [one for one in held if (type(one) is module.AWSManagedPolicy) in kinds]
        return found

    def attach_to(self: Any, holder: Any) -> None:
        """moto has looked through all policies for this one; another world may have it too."""
        attach(self.backend.managed_policies[self.arn], holder)

    module.IAMBackend._init_aws_policies = lambda _: []
    module.IAMBackend._init_managed_policies = init
    module.IAMBackend.get_account_authorization_details = details
    module.ManagedPolicy.attach_to = attach_to


def packed(shelf: Shelf) -> tuple[str, str, list[tuple[str, str]]]:
    """What `unpacked` needs to make AWS's own policies again: whose they are, and by which ids."""
    from moto.iam.models import AWSManagedPolicy

    held = [policy for policy in shelf.values() if type(policy) is AWSManagedPolicy]
    account, partition = (held[0].account_id, held[0].partition) if held else ("", "")
    return account, partition, [(policy.name, policy.id) for policy in held]


def unpacked(account: str, partition: str, ids: Sequence[tuple[str, str]]) -> Shelf:
    """The shelf that another process of this course packed; what that one had for itself is then put in its place."""
    shelf = Shelf()
    shelf.stock((policy.arn, policy) for policy in _again(account, partition, ids))
    return shelf


def _again(account: str, partition: str, ids: Sequence[tuple[str, str]]) -> Iterator[Any]:
    from moto.iam import models

    kind: Any = models.AWSManagedPolicy
    patterns = _patterns(models)
    for name, known_by in ids:
        made = object.__new__(kind)
        made.__dict__ = {**patterns[name], "account_id": account, "partition": partition, "id": known_by}
        yield made


@functools.cache
def _patterns(module: ModuleType) -> dict[str, dict[str, Any]]:
    """The attributes of each policy, as some account has it."""
    with entropy.own_seed("patterns"):
        made = (module.AWSManagedPolicy(name, account_id="", region="aws", **data) for name, data in _known(module))
        return {policy.name: policy.__dict__ for policy in made}
