"""IAM: what the real service refuses with its own words, and what it takes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from neighbours_as_built import ALLOW, TRUST, Built, Params, accepted, built, refused
from neighbours_asked import is_accepted, is_refused

from simcloud import Cloud

MALFORMED = "MalformedPolicyDocument"
SYNTAX = "Syntax errors in policy."


def policy(base: dict[str, Any], without: str = "", top: dict[str, Any] | None = None, **changes: Any) -> str:
    """The document with its statement changed."""
    statement = {**base["Statement"][0], **changes}
    statement.pop(without, None)
    return json.dumps({**base, "Statement": [statement], **(top or {})})


def trusting(without: str = "", top: dict[str, Any] | None = None, **changes: Any) -> Params:
    return lambda _: {"RoleName": "new", "AssumeRolePolicyDocument": policy(TRUST, without, top, **changes)}


def role(document: str = policy(TRUST), **changes: Any) -> Params:
    return lambda _: {"RoleName": "new", "AssumeRolePolicyDocument": document, **changes}


def inline(without: str = "", top: dict[str, Any] | None = None, **changes: Any) -> Params:
    return lambda _: {"RoleName": "task", "PolicyName": "new", "PolicyDocument": policy(ALLOW, without, top, **changes)}


def managed(**changes: Any) -> Params:
    return lambda _: {"PolicyName": "new", "PolicyDocument": policy(ALLOW, **changes)}


def buckets(count: int) -> list[str]:
    return [f"arn:aws:s3:::{'b' * 50}{place:04}" for place in range(count)]


CONFLICT = "DeleteConflict"
CREATE = "iam.create_role"
PUT = "iam.put_role_policy"
POLICY = "iam.create_policy"
STS = "AssumeRole policy may only specify STS AssumeRole actions."

REFUSED = [
    refused("no JSON", CREATE, role("trust"), MALFORMED, "This policy contains invalid Json", "command-line answer"),
    refused(
        "no statement", CREATE, role('{"Version": "2012-10-17"}'), MALFORMED, SYNTAX, "pf-iam-policy-statement-required"
    ),
    refused(
        "a version of 2012-10-18",
        CREATE,
        trusting(top={"Version": "2012-10-18"}),
        MALFORMED,
        SYNTAX,
        "pf-iam-policy-version",
    ),
    refused(
        "an element of its own",
        CREATE,
        trusting(Effects="Allow"),
        MALFORMED,
        SYNTAX,
        "pf-iam-policy-statement-unknown-field",
    ),
    refused(
        "a comment", CREATE, trusting(top={"Comment": "web"}), MALFORMED, SYNTAX, "pf-iam-policy-unknown-toplevel-field"
    ),
    refused("no effect", CREATE, trusting("Effect"), MALFORMED, SYNTAX, "pf-iam-policy-effect-required"),
    refused(
        "allow",
        CREATE,
        trusting(Effect="allow"),
        MALFORMED,
        "The policy failed legacy parsing",
        "pf-iam-policy-effect-case",
    ),
    refused(
        "no action",
        CREATE,
        trusting("Action"),
        MALFORMED,
        "Policy statement must contain actions.",
        "pf-iam-policy-action-required",
    ),
    refused(
        "an operator that is none",
        CREATE,
        trusting(Condition={"StringEqualz": {"aws:SourceAccount": "1"}}),
        MALFORMED,
        SYNTAX,
        "pf-iam-policy-condition-operator",
    ),
    refused(
        "NullIfExists",
        CREATE,
        trusting(Condition={"NullIfExists": {"aws:TokenIssueTime": "true"}}),
        MALFORMED,
        SYNTAX,
        "pf-iam-policy-condition-null-ifexists",
    ),
    refused(
        "a Sid with a space",
        CREATE,
        trusting(Sid="let tasks"),
        MALFORMED,
        "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression "
        "[0-9A-Za-z]*",
        "pf-iam-policy-sid-format",
    ),
    refused(
        "a resource",
        CREATE,
        trusting(Resource="*"),
        MALFORMED,
        "Has prohibited field Resource",
        "pf-iam-trust-policy-no-resource",
    ),
    refused("nobody", CREATE, trusting("Principal"), MALFORMED, "Missing required field Principal", "assumed"),
    refused(
        "anybody, as a star",
        CREATE,
        trusting(Principal="*"),
        MALFORMED,
        'AssumeRolepolicy contained an invalid principal: "STAR":"*"',
        "pf-iam-trust-policy-principal-star-string",
    ),
    refused(
        "a service of another domain",
        CREATE,
        trusting(Principal={"Service": "lambda.example.com"}),
        MALFORMED,
        'Invalid principal in policy: "SERVICE":"lambda.example.com"',
        "pf-iam-trust-policy-service-principal",
    ),
    refused(
        "any service",
        CREATE,
        trusting(Principal={"Service": "*"}),
        MALFORMED,
        'Invalid principal in policy: "SERVICE":"*"',
        "pf-iam-trust-policy-service-wildcard",
    ),
    refused(
        "a service without domain",
        CREATE,
        trusting(Principal={"Service": ["ecs-tasks.amazonaws.com", "ecs-tasks"]}),
        MALFORMED,
        'Invalid principal in policy: "SERVICE":"ecs-tasks"',
        "pf-iam-trust-policy-service-principal",
    ),
    refused(
        "five digits",
        CREATE,
        trusting(Principal={"AWS": "12345"}),
        MALFORMED,
        'Invalid principal in policy: "AWS":"12345"',
        "pf-iam-trust-policy-aws-principal-format",
    ),
    refused(
        "a role that is not there",
        CREATE,
        trusting(Principal={"AWS": "arn:aws:iam::123456789012:role/gone"}),
        MALFORMED,
        'Invalid principal in policy: "AWS":"arn:aws:iam::123456789012:role/gone"',
        "pf-iam-trust-policy-aws-principal-format",
    ),
    refused(
        "an action of S3",
        CREATE,
        trusting(Action="s3:GetObject"),
        MALFORMED,
        STS,
        "pf-iam-trust-policy-action-sts-only",
    ),
    refused(
        "small letters",
        CREATE,
        trusting(Action="sts:assumerole"),
        MALFORMED,
        STS,
        "pf-iam-trust-policy-action-sts-only",
    ),
    refused("every action", CREATE, trusting(Action=["sts:AssumeRole", "sts:*"]), MALFORMED, STS, "as above"),
    refused(
        "later",
        "iam.update_assume_role_policy",
        lambda _: {"RoleName": "task", "PolicyDocument": policy(TRUST, Resource="*")},
        MALFORMED,
        "Has prohibited field Resource",
        "pf-iam-trust-policy-no-resource",
    ),
    refused(
        "a space in the name",
        CREATE,
        role(RoleName="my role"),
        "ValidationError",
        "The specified value for roleName is invalid. It must contain only alphanumeric characters and/or the "
        "following: "
        "+=,.@_-",
        "pf-iam-name-format",
    ),
    refused(
        "65 characters",
        CREATE,
        role(RoleName="a" * 65),
        "ValidationError",
        f"1 validation error detected: Value '{'a' * 65}' at 'roleName' failed to satisfy constraint: Member must have "
        "length less than or equal to 64",
        "form of the text: pf-cloudwatch-alarm-actions-max",
    ),
    refused(
        "a path of AWS's own",
        CREATE,
        role(Path="/aws-service-role/ecs.amazonaws.com/"),
        "InvalidInput",
        "Paths beginning with '/aws-service-role' are reserved for AWS Service Linked Roles",
        "pf-iam-path-service-role-reserved",
    ),
    refused(
        "a role as boundary",
        CREATE,
        role(PermissionsBoundary="arn:aws:iam::123456789012:role/task"),
        "InvalidInput",
        "ARN arn:aws:iam::123456789012:role/task is not valid.",
        "pf-iam-permissions-boundary-policy-arn",
    ),
    refused(
        "a principal",
        PUT,
        inline(Principal="*"),
        MALFORMED,
        "Policy document should not specify a principal.",
        "pf-iam-identity-policy-no-principal",
    ),
    refused(
        "a principal, managed",
        POLICY,
        managed(Principal={"Service": "ecs-tasks.amazonaws.com"}),
        MALFORMED,
        "Policy document should not specify a principal.",
        "pf-iam-identity-policy-no-principal",
    ),
    refused(
        "any service's action",
        PUT,
        inline(Action="*:GetObject"),
        MALFORMED,
        "Action vendors (e.g., aws, ec2, etc.) must not contain wildcards.",
        "pf-iam-policy-action-vendor-wildcard",
    ),
    refused(
        "another partition",
        PUT,
        inline(Resource="arn:aws-cn:s3:::b"),
        MALFORMED,
        'Partition "aws-cn" is not valid for resource "arn:aws-cn:s3:::b".',
        "pf-iam-policy-resource-partition",
    ),
    refused(
        "any service's resource",
        PUT,
        inline(Resource="arn:aws:*:::b"),
        MALFORMED,
        "Resource vendor must be fully qualified and cannot contain regexes.",
        "pf-iam-policy-resource-service-wildcard",
    ),
    refused(
        "a Sid with hyphens",
        PUT,
        inline(Sid="allow-s3-read"),
        MALFORMED,
        "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression "
        "[0-9A-Za-z]*",
        "pf-iam-policy-sid-format",
    ),
    refused(
        "too long a policy",
        PUT,
        inline(Resource=buckets(160)),
        "LimitExceeded",
        "Maximum policy size of 10240 bytes exceeded for role task",
        "pf-iam-inline-policy-size",
    ),
    refused(
        "too long a policy",
        POLICY,
        managed(Resource=buckets(100)),
        "LimitExceeded",
        "Cannot exceed quota for PolicySize: 6144",
        "pf-iam-managed-policy-size",
    ),
    refused(
        "the 21st",
        "iam.attach_role_policy",
        lambda w: {"RoleName": "crowded", "PolicyArn": w.policy_20},
        "LimitExceeded",
        "Cannot exceed quota for PoliciesPerRole: 20",
        "pf-iam-managed-policy-count",
    ),
    refused(
        "a policy in use",
        "iam.delete_policy",
        lambda w: {"PolicyArn": w.policy_0},
        CONFLICT,
        "Cannot delete a policy attached to entities.",
        "https://github.com/hashicorp/terraform-provider-aws/issues/32906",
    ),
    refused(
        "a policy of two versions",
        "iam.delete_policy",
        lambda w: {"PolicyArn": w.policy_20},
        CONFLICT,
        "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. "
        "The default version is deleted with the policy.",
        "assumed",
    ),
    *(
        refused(
            f"a {thing} that has something",
            f"iam.delete_{thing}",
            lambda _, member=member, name=name: {member: name},
            CONFLICT,
            f"Cannot delete entity, must {what} first.",
            "quoted in public repositories",
        )
        for thing, member, name, what in (
            ("user", "UserName", "with_key", "delete access keys"),
            ("user", "UserName", "with_password", "delete login profile"),
            ("user", "UserName", "in_circle", "remove users from group"),
            ("group", "GroupName", "circle", "remove users from group"),
            ("group", "GroupName", "allowed", "detach all policies"),
            ("group", "GroupName", "allowing", "delete policies"),
        )
    ),
]

BY_MOTO = [
    ("Action", {"Action": "GetObject"}, "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."),
    ("colons", {"Action": "s3:Get:Object"}, "Actions/Condition can contain only one colon."),
    ("Resource", {"Resource": "bucket"}, 'Resource bucket must be in ARN format or "*".'),
    (
        "region",
        {"Resource": "arn:aws:s3:us-east-1::b"},
        "Resource arn:aws:s3:us-east-1::b can not contain region information.",
    ),
    ("Effect", {"Effect": "allow"}, "The policy failed legacy parsing"),
]
"""What moto has right: the texts of pf-iam-policy-action-format, -action-single-colon, -resource-format,
-resource-global-service-arn and -effect-case."""

ACCEPTED = [
    accepted("a policy of nobody", "iam.delete_policy", lambda w: {"PolicyArn": w.free_policy}),
    accepted("a user with nothing", "iam.delete_user", lambda _: {"UserName": "lonely"}),
    accepted("a group of nobody", "iam.delete_group", lambda _: {"GroupName": "empty"}),
    accepted("a task's role", CREATE, role()),
    accepted("one statement without list", CREATE, role(json.dumps({**TRUST, "Statement": TRUST["Statement"][0]}))),
    accepted("the older version", CREATE, trusting(top={"Version": "2008-10-17"})),
    accepted("an Id", CREATE, trusting(top={"Id": "web"})),
    accepted(
        "against the confused deputy",
        CREATE,
        trusting(
            Condition={
                "ArnLike": {"aws:SourceArn": "arn:aws:ecs:us-east-1:123456789012:*"},
                "StringEquals": {"aws:SourceAccount": "123456789012"},
            }
        ),
    ),
    accepted(
        "ForAllValues:StringLikeIfExists",
        CREATE,
        trusting(Condition={"ForAllValues:StringLikeIfExists": {"a:b": ["c"]}}),
    ),
    accepted("two services", CREATE, trusting(Principal={"Service": ["ecs-tasks.amazonaws.com", "ecs.amazonaws.com"]})),
    accepted("an account", CREATE, trusting(Principal={"AWS": "111122223333"})),
    accepted("an account's root", CREATE, trusting(Principal={"AWS": "arn:aws:iam::111122223333:root"})),
    accepted("a role that is there", CREATE, trusting(Principal={"AWS": "arn:aws:iam::123456789012:role/task"})),
    accepted("anybody, by kind", CREATE, trusting(Principal={"AWS": "*"})),
    accepted("a session's tags", CREATE, trusting(Action=["sts:AssumeRole", "sts:TagSession"])),
    accepted(
        "by a web identity",
        CREATE,
        trusting(Action="sts:AssumeRoleWithWebIdentity", Principal={"Federated": "accounts.google.com"}),
    ),
    accepted("64 characters", CREATE, role(RoleName="a" * 64)),
    accepted("+=,.@_-", CREATE, role(RoleName="a+=,.@_-b")),
    accepted("a boundary", CREATE, lambda w: role(PermissionsBoundary=w.policy_0)(w)),
    accepted("inline", PUT, inline()),
    accepted(
        "inline, without version",
        PUT,
        lambda _: {
            "RoleName": "task",
            "PolicyName": "new",
            "PolicyDocument": json.dumps({"Statement": ALLOW["Statement"]}),
        },
    ),
    accepted("inline, of the older version", PUT, inline(top={"Version": "2008-10-17"})),
    accepted("all actions of a service", PUT, inline(Action="s3:*")),
    accepted("everything", PUT, inline(Action="*")),
    accepted("a long inline policy", PUT, inline(Resource=buckets(100))),
    accepted("managed", POLICY, managed(Resource=["arn:aws:s3:::b", "arn:aws:s3:::b/*"])),
    accepted("in any partition", POLICY, managed(Resource="arn:*:s3:::b")),
    accepted("the 20th again", "iam.attach_role_policy", lambda w: {"RoleName": "crowded", "PolicyArn": w.policy_19}),
]


@pytest.fixture(scope="module")
def there() -> Iterator[tuple[Cloud, Built]]:
    with built(44) as pair:
        yield pair


@pytest.mark.parametrize(("operation", "params", "code", "text"), REFUSED)
def test_the_request_is_refused_in_awss_words(
    there: tuple[Cloud, Built], operation: str, params: Params, code: str, text: str
) -> None:
    is_refused(*there, operation, params, code, text)


@pytest.mark.parametrize(("operation", "params"), ACCEPTED)
def test_the_request_is_accepted(there: tuple[Cloud, Built], operation: str, params: Params) -> None:
    is_accepted(*there, operation, params)


@pytest.mark.parametrize(("name", "changes", "text"), BY_MOTO, ids=[each[0] for each in BY_MOTO])
def test_what_moto_refuses_it_refuses_in_awss_words(
    there: tuple[Cloud, Built], name: str, changes: dict[str, Any], text: str
) -> None:
    iam = boto3.client("iam")
    with pytest.raises(iam.exceptions.MalformedPolicyDocumentException) as refusal:
        iam.put_role_policy(**inline(**changes)(there[1]))
    assert refusal.value.response["Error"]["Message"] == text


def test_an_inline_policy_is_kept_as_it_was_sent(there: tuple[Cloud, Built]) -> None:
    cloud, _ = there
    iam = boto3.client("iam")
    with cloud.copy():
        iam.put_role_policy(
            RoleName="task", PolicyName="old", PolicyDocument=json.dumps({"Statement": ALLOW["Statement"]})
        )
        held = iam.get_role_policy(RoleName="task", PolicyName="old")["PolicyDocument"]
    assert held == {"Statement": ALLOW["Statement"]}
