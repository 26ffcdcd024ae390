"""Without its managed policies moto says that AmazonECSTaskExecutionRolePolicy does not exist; loading all 1,582 costs
0.8 s. The ones that a Fargate account uses are loaded, from moto's own copy of them."""

from __future__ import annotations

import functools
import json
import re
from types import ModuleType
from typing import Any

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


def mend(module: ModuleType) -> None:
    """Give each account these policies, as `AWSManagedPolicy.from_data` makes them; their texts are written once."""

    @functools.cache
    def known() -> list[tuple[str, dict[str, Any]]]:
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

    def init(self: Any) -> list[Any]:
        return [
            module.AWSManagedPolicy(name, account_id=self.account_id, region=self.region_name, **data)
            for name, data in known()
        ]

    module.IAMBackend._init_aws_policies = init
