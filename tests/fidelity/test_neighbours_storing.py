"""ECR and EFS: what the real services refuse with their own words, and what they take."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from neighbours_as_built import MANIFEST, Built, Params, accepted, built, refused
from neighbours_asked import is_accepted, is_refused

from simcloud import Cloud

INVALID = "InvalidParameterException"
POLICY = "Invalid parameter at 'LifecyclePolicyText' failed to satisfy constraint: "
FAILURE = POLICY + "'Lifecycle policy validation failure: "
PATTERN = (
    "Invalid parameter at 'repositoryName' failed to satisfy constraint: 'must satisfy regular expression "
    "'[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(\\/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*''"
)


def repository(name: str = "new", **changes: Any) -> Params:
    return lambda _: {"repositoryName": name, **changes}


def rule(priority: int = 1, action: str = "expire", **selection: Any) -> dict[str, Any]:
    chosen = {"tagStatus": "untagged", "countType": "imageCountMoreThan", "countNumber": 5, **selection}
    return {"rulePriority": priority, "selection": chosen, "action": {"type": action}}


def lifecycle(*rules: dict[str, Any], text: str = "") -> Params:
    return lambda _: {"repositoryName": "web", "lifecyclePolicyText": text or json.dumps({"rules": list(rules)})}


def files(**changes: Any) -> Params:
    return lambda _: {"CreationToken": "new", **changes}


def mounted(system: str = "files", subnet: str = "b", groups: tuple[str, ...] = ("group",), **changes: Any) -> Params:
    def params(w: Built) -> dict[str, Any]:
        named = [w.names[one] for one in groups]
        return {"FileSystemId": w.names[system], "SubnetId": w.names[subnet], "SecurityGroups": named, **changes}

    return params


def access(system: str = "files", **changes: Any) -> Params:
    return lambda w: {"ClientToken": "t", "FileSystemId": w.names.get(system, system), **changes}


CREATE = "ecr.create_repository"
PUT = "ecr.put_lifecycle_policy"
FILES = "efs.create_file_system"
MOUNT = "efs.create_mount_target"
POINT = "efs.create_access_point"
TAGGED = {"tagStatus": "tagged", "tagPatternList": ["prod*"]}

REFUSED = [
    refused(
        "capitals", CREATE, repository("Web"), INVALID, PATTERN, "API model; form of the text: aws-cdk/issues/10300"
    ),
    refused("a hyphen at the end", CREATE, repository("web-"), INVALID, PATTERN, "as above"),
    refused(
        "257 characters",
        CREATE,
        repository("a" * 257),
        INVALID,
        "Invalid parameter at 'repositoryName' failed to satisfy constraint: 'must have length less than or "
        "equal to 256'",
        "assumed",
    ),
    refused(
        "a key for AES256",
        CREATE,
        repository(encryptionConfiguration={"encryptionType": "AES256", "kmsKey": "alias/mine"}),
        INVALID,
        "Invalid parameter at 'encryptionConfiguration' failed to satisfy constraint: 'Invalid encryption "
        "configuration: "
        "Encryption key should not be set for AES256 encryption.'",
        "pf-ecr-encryption-configuration",
    ),
    refused(
        "exclusions without saying so",
        CREATE,
        repository(
            imageTagMutability="IMMUTABLE",
            imageTagMutabilityExclusionFilters=[{"filterType": "WILDCARD", "filter": "dev*"}],
        ),
        INVALID,
        "Invalid parameter at 'imageTagMutabilityExclusionFilters' failed to satisfy constraint: "
        "'ImageTagMutabilityExclusionFilters are not allowed when imageTagMutability is set as IMMUTABLE'",
        "pf-ecr-image-tag-mutability-filters",
    ),
    refused(
        "a manifest that is no JSON",
        "ecr.put_image",
        lambda _: {"repositoryName": "web", "imageManifest": "hello", "imageTag": "2"},
        INVALID,
        "Invalid parameter at 'ImageManifest' failed to satisfy constraint: 'Invalid JSON syntax'",
        "https://github.com/moby/buildkit/issues/3106",
    ),
    refused(
        "no JSON",
        PUT,
        lifecycle(text="keep the last five images, and nothing else " * 3),
        INVALID,
        POLICY + "'Lifecycle policy parsing failure: Could not map policyString into LifecyclePolicy.'",
        "pf-ecr-lifecycle-action",
    ),
    refused(
        "an action that is none",
        PUT,
        lifecycle(rule(action="delete")),
        INVALID,
        POLICY + "'Lifecycle policy parsing failure: Could not map policyString into LifecyclePolicy.'",
        "pf-ecr-lifecycle-action",
    ),
    refused(
        "a rule without selection",
        PUT,
        lifecycle({"rulePriority": 1, "action": {"type": "expire"}, "description": "x" * 100}),
        INVALID,
        FAILURE + 'object has missing required properties (["selection"])\'',
        "assumed",
    ),
    refused(
        "51 rules",
        PUT,
        lifecycle(*[rule(n, tagStatus="tagged", tagPatternList=[f"v{n}*"]) for n in range(1, 52)]),
        INVALID,
        FAILURE + "array is too long: must have at most 50 elements but instance has 51 elements'",
        "pf-ecr-lifecycle-policy-syntax",
    ),
    refused(
        "one priority for two",
        PUT,
        lifecycle(rule(1), rule(1, **TAGGED)),
        INVALID,
        FAILURE + "Duplicate priority in multiple rules'",
        "pf-ecr-lifecycle-rule-priority",
    ),
    refused(
        "untagged images twice",
        PUT,
        lifecycle(rule(1), rule(2)),
        INVALID,
        FAILURE + "Only one rule can select Untagged images.'",
        "command-line answer quoted in public",
    ),
    refused(
        "any before another",
        PUT,
        lifecycle(rule(1, tagStatus="any"), rule(2)),
        INVALID,
        FAILURE + "The rule that selects any images must have the lowest precedence.'",
        "assumed",
    ),
    refused(
        "tagged with what",
        PUT,
        lifecycle(rule(tagStatus="tagged")),
        INVALID,
        FAILURE + "Must specify tagPrefixList or tagPatternList when tagStatus=TAGGED.'",
        "pf-ecr-lifecycle-tag-status",
    ),
    refused(
        "five wildcards",
        PUT,
        lifecycle(rule(tagStatus="tagged", tagPatternList=["*a*b*c*d*"])),
        INVALID,
        FAILURE + "Invalid tag pattern provided. Total number of * must not exceed 4'",
        "pf-ecr-lifecycle-tag-status",
    ),
    refused(
        "a unit for a count",
        PUT,
        lifecycle(rule(countUnit="days")),
        INVALID,
        FAILURE + "instance failed to match exactly one schema (matched 0 out of 4)",
        "pf-ecr-lifecycle-count",
    ),
    refused(
        "provisioned, but how much",
        FILES,
        files(ThroughputMode="provisioned"),
        "BadRequest",
        "Provisioned throughput must be set for file systems that use provisioned throughput mode.",
        "pf-efs-throughput-mode",
    ),
    refused(
        "a throughput for the mode bursting",
        FILES,
        files(ProvisionedThroughputInMibps=10.0),
        "BadRequest",
        "Provisioned throughput can only be set for file systems that use provisioned throughput mode.",
        "assumed",
    ),
    refused(
        "a key without encryption",
        FILES,
        files(KmsKeyId="alias/mine"),
        "BadRequest",
        "The encrypted parameter must be set to true to create an encrypted file system.",
        "pf-efs-kms-key",
    ),
    refused(
        "a zone that is none",
        FILES,
        files(AvailabilityZoneName="us-east-1z"),
        "BadRequest",
        "Invalid Availability Zone Name provided.",
        "pf-efs-availability-zone-region",
    ),
    refused(
        "maxIO with elastic throughput",
        FILES,
        files(PerformanceMode="maxIO", ThroughputMode="elastic"),
        "BadRequest",
        "Unsupported performance mode provided.",
        "pf-efs-performance-mode",
    ),
    refused(
        "a mode that is none",
        FILES,
        files(ThroughputMode="fast"),
        "ValidationException",
        "1 validation error detected: Value 'fast' at 'throughputMode' failed to satisfy constraint: Member must "
        "satisfy "
        "enum value set: [bursting, provisioned, elastic]",
        "form of the text: EFS CSI driver's log quoted in public",
    ),
    refused(
        "a second one in the zone",
        MOUNT,
        mounted(subnet="a_too"),
        "MountTargetConflict",
        "mount target already exists in this AZ",
        "https://github.com/hashicorp/terraform-provider-aws/issues/2525",
    ),
    refused(
        "in another VPC",
        MOUNT,
        mounted(subnet="other_b", groups=("other_group",)),
        "MountTargetConflict",
        "requested subnet for new mount target is not in the same VPC as existing mount targets",
        "https://github.com/awslabs/deeplearning-cfn/issues/19",
    ),
    refused(
        "One Zone, another zone",
        MOUNT,
        mounted("one_zone", "c"),
        "AvailabilityZonesMismatch",
        "File System Availability Zone does not match.",
        "pf-efs-mount-target-availability-zone",
    ),
    refused(
        "six groups",
        MOUNT,
        mounted(groups=("group",) * 6),
        "SecurityGroupLimitExceeded",
        "The maximum number of security groups per interface has been reached.",
        "pf-efs-mount-target-network",
    ),
    refused(
        "a group of another VPC",
        MOUNT,
        mounted(groups=("other_group",)),
        "SecurityGroupNotFound",
        "One or more security groups specified are not found in the VPC of the subnet.",
        "assumed",
    ),
    refused(
        "an address elsewhere",
        MOUNT,
        mounted(IpAddress="10.0.9.9"),
        "BadRequest",
        "Address does not fall within the subnet's address range",
        "pf-efs-mount-target-ip-address",
    ),
    refused(
        "an address in use",
        MOUNT,
        lambda w: {**mounted(subnet="narrow")(w), "IpAddress": "10.0.6.5"},
        "IpAddressInUse",
        "IP address 10.0.6.5 is already in use.",
        "assumed",
    ),
    refused(
        "of no file system",
        POINT,
        access("fs-12345678"),
        "FileSystemNotFound",
        "File system 'fs-12345678' does not exist.",
        "https://github.com/hashicorp/terraform-provider-aws/issues/2525",
    ),
    refused(
        "permissions that are none",
        POINT,
        access(RootDirectory={"Path": "/a", "CreationInfo": {"OwnerUid": 1, "OwnerGid": 1, "Permissions": "999"}}),
        "ValidationException",
        "1 validation error detected: Value '999' at 'rootDirectory.creationInfo.permissions' failed to satisfy "
        "constraint: Member must satisfy regular expression pattern: ^[0-7]{3,4}$",
        "form of the text: EFS CSI driver's log quoted in public",
    ),
    refused(
        "two transitions in one",
        "efs.put_lifecycle_configuration",
        lambda w: {
            "FileSystemId": w.files,
            "LifecyclePolicies": [
                {"TransitionToIA": "AFTER_30_DAYS", "TransitionToPrimaryStorageClass": "AFTER_1_ACCESS"}
            ],
        },
        "BadRequest",
        "One or more LifecyclePolicy objects specified are malformed.",
        "pf-efs-lifecycle-policy",
    ),
    refused(
        "an encryption that is none",
        "ecr.create_repository",
        lambda _: {"repositoryName": "new", "encryptionConfiguration": {"encryptionType": "AES"}},
        "InvalidParameterException",
        "Invalid parameter at 'encryptionConfiguration.encryptionType' failed to satisfy constraint: 'must satisfy "
        "enum value set: [AES256, KMS, KMS_DSSE]'",
        "assumed",
    ),
]

ACCEPTED = [
    accepted("two underscores, two hyphens", CREATE, repository("my__team/web--api.v2")),
    accepted("a digit first", CREATE, repository("9digitstart")),
    accepted(
        "a key for KMS", CREATE, repository(encryptionConfiguration={"encryptionType": "KMS", "kmsKey": "alias/mine"})
    ),
    accepted(
        "exclusions that say so",
        CREATE,
        repository(
            imageTagMutability="IMMUTABLE_WITH_EXCLUSION",
            imageTagMutabilityExclusionFilters=[{"filterType": "WILDCARD", "filter": "dev*"}],
        ),
    ),
    accepted(
        "another tag for the same image",
        "ecr.put_image",
        lambda _: {"repositoryName": "web", "imageManifest": MANIFEST, "imageTag": "2"},
    ),
    accepted("the last five", PUT, lifecycle(rule())),
    accepted("14 days, then any", PUT, lifecycle(rule(1, **TAGGED), rule(9, tagStatus="any"))),
    accepted("days since the push", PUT, lifecycle(rule(countType="sinceImagePushed", countUnit="days"))),
    accepted("days since the last pull", PUT, lifecycle(rule(countType="sinceImagePulled", countUnit="days"))),
    accepted("four wildcards", PUT, lifecycle(rule(tagStatus="tagged", tagPatternList=["*a*b*c*d"]))),
    accepted(
        "50 rules", PUT, lifecycle(*[rule(n, tagStatus="tagged", tagPatternList=[f"v{n}*"]) for n in range(1, 51)])
    ),
    accepted("a plain one", FILES, files()),
    accepted("provisioned", FILES, files(ThroughputMode="provisioned", ProvisionedThroughputInMibps=10.0)),
    accepted("encrypted with a key", FILES, files(Encrypted=True, KmsKeyId="alias/mine")),
    accepted("in one zone", FILES, files(AvailabilityZoneName="us-east-1a")),
    accepted("in the next zone", MOUNT, mounted()),
    accepted("One Zone, its zone", MOUNT, mounted("one_zone", "b")),
    accepted("the first, in another VPC", MOUNT, mounted("unmounted", "other_a", ("other_group",))),
    accepted("an address of the subnet", MOUNT, mounted(IpAddress="10.0.2.99")),
    accepted(
        "what a task mounts",
        POINT,
        access(
            PosixUser={"Uid": 1000, "Gid": 1000},
            RootDirectory={"Path": "/a/b", "CreationInfo": {"OwnerUid": 1000, "OwnerGid": 1000, "Permissions": "0755"}},
        ),
    ),
    accepted(
        "two transitions",
        "efs.put_lifecycle_configuration",
        lambda w: {
            "FileSystemId": w.files,
            "LifecyclePolicies": [
                {"TransitionToIA": "AFTER_30_DAYS"},
                {"TransitionToPrimaryStorageClass": "AFTER_1_ACCESS"},
            ],
        },
    ),
    accepted("without mount targets", "efs.delete_file_system", lambda w: {"FileSystemId": w.unmounted}),
]


@pytest.fixture(scope="module")
def there() -> Iterator[tuple[Cloud, Built]]:
    with built(43) as pair:
        yield pair


@pytest.mark.parametrize(("operation", "params", "code", "text"), REFUSED)
def test_the_request_is_refused_in_awss_words(
    there: tuple[Cloud, Built], operation: str, params: Params, code: str, text: str
) -> None:
    is_refused(*there, operation, params, code, text)


@pytest.mark.parametrize(("operation", "params"), ACCEPTED)
def test_the_request_is_accepted(there: tuple[Cloud, Built], operation: str, params: Params) -> None:
    is_accepted(*there, operation, params)


def test_efs_repeats_the_code_in_a_member(there: tuple[Cloud, Built]) -> None:
    efs = boto3.client("efs")
    with pytest.raises(efs.exceptions.MountTargetConflict) as refusal:
        efs.create_mount_target(FileSystemId=there[1].files, SubnetId=there[1].a_too)
    assert refusal.value.response["ErrorCode"] == "MountTargetConflict"
    assert refusal.value.response["ResponseMetadata"]["HTTPStatusCode"] == 409
