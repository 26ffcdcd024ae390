"""What a policy allows, with AWS's own words where it does not."""

from __future__ import annotations

from typing import Any

import pytest

from simcloud.facts.managed_policies import MANAGED_POLICIES
from simcloud.reason.iam import Policies, decide, may_pass, trusted
from simcloud.reason.policy import Policy, Request

ACCOUNT = "123456789012"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/web-execution"
SESSION = f"arn:aws:sts::{ACCOUNT}:assumed-role/web-execution/0af1"
REPOSITORY = f"arn:aws:ecr:us-east-1:{ACCOUNT}:repository/web"
OBJECT = "arn:aws:s3:::reports/2026/january.csv"
EXECUTION = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"


def policy(*statements: dict[str, Any], name: str = "inline", version: str = "2012-10-17") -> Policy:
    return Policy(name, {"Version": version, "Statement": list(statements)})


def allow(action: Any, resource: Any = "*", **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def deny(action: Any, resource: Any = "*", **more: Any) -> dict[str, Any]:
    return {"Effect": "Deny", "Action": action, "Resource": resource, **more}


def asks(action: str, resource: str = "*", **context: Any) -> Request:
    keys = {name.replace("__", ":"): value for name, value in context.items()}
    return Request(action, resource, SESSION, keys)


def test_the_execution_role_policy_allows_its_six_actions_and_nothing_else() -> None:
    stock = Policies([Policy("AmazonECSTaskExecutionRolePolicy", MANAGED_POLICIES[EXECUTION])])
    actions = MANAGED_POLICIES[EXECUTION]["Statement"][0]["Action"]
    assert len(actions) == 6
    assert all(decide(asks(action, REPOSITORY), stock).allowed for action in actions)
    others = (
        "logs:CreateLogGroup",
        "secretsmanager:GetSecretValue",
        "ssm:GetParameters",
        "kms:Decrypt",
        "s3:GetObject",
    )
    assert not any(decide(asks(action), stock).allowed for action in others)


def test_a_missing_allow_has_awss_tail_and_our_sentence() -> None:
    decision = decide(asks("ecr:BatchGetImage", REPOSITORY), Policies([policy(allow("logs:*"), name="only-logs")]))
    assert decision.because == "because no identity-based policy allows the ecr:BatchGetImage action"
    assert decision.why == (f"no identity-based policy allows ecr:BatchGetImage on {REPOSITORY} (looked at: only-logs)")
    assert decision.statement is None


def test_an_explicit_deny_wins_and_is_named() -> None:
    held = policy(allow("*"), deny("ecr:*", Sid="NoImages"))
    decision = decide(asks("ecr:BatchGetImage", REPOSITORY), Policies([held]))
    assert decision.because == "with an explicit deny in an identity-based policy"
    assert decision.why.startswith("statement NoImages of inline (identity-based policy) denies ecr:BatchGetImage")


MATCHES: list[tuple[dict[str, Any], str, str, bool]] = [
    (allow("ecr:batchgetimage"), "ecr:BatchGetImage", REPOSITORY, True),  # letter case of actions does not matter
    (allow("ecr:*", REPOSITORY), "ecr:BatchGetImage", REPOSITORY, True),
    (allow("ecr:*", REPOSITORY.upper()), "ecr:BatchGetImage", REPOSITORY, False),  # of resources it does
    (allow("ecr:Get*", "*"), "ecr:BatchGetImage", REPOSITORY, False),
    (allow("ecr:?atchGetImage"), "ecr:BatchGetImage", REPOSITORY, True),
    (allow(["s3:GetObject", "ecr:*"], ["arn:aws:s3:::x", "*"]), "ecr:BatchGetImage", REPOSITORY, True),
    (allow("ecr:GetAuthorizationToken", REPOSITORY), "ecr:GetAuthorizationToken", "*", False),
    (allow("ssm:GetParameter"), "ssm:GetParameters", "*", False),
    ({"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}, "s3:GetObject", OBJECT, True),
    ({"Effect": "Allow", "NotAction": "s3:*", "Resource": "*"}, "s3:GetObject", OBJECT, False),
    ({"Effect": "Allow", "Action": "s3:*", "NotResource": "arn:aws:s3:::reports/*"}, "s3:GetObject", OBJECT, False),
    ({"Effect": "Allow", "Action": "s3:*", "NotResource": "arn:aws:s3:::other/*"}, "s3:GetObject", OBJECT, True),
    ({"Effect": "allow", "Action": "s3:*", "Resource": "*"}, "s3:GetObject", OBJECT, False),
]


@pytest.mark.parametrize(("statement", "action", "resource", "allowed"), MATCHES)
def test_actions_and_resources_match_as_in_iam(
    statement: dict[str, Any], action: str, resource: str, allowed: bool
) -> None:
    assert decide(asks(action, resource), Policies([policy(statement)])).allowed is allowed


CONDITIONS: list[tuple[dict[str, Any], dict[str, Any], bool]] = [
    ({"StringEquals": {"aws:RequestedRegion": "us-east-1"}}, {"aws__RequestedRegion": "us-east-1"}, True),
    ({"StringEquals": {"aws:requestedregion": ["a", "us-east-1"]}}, {"aws__RequestedRegion": "us-east-1"}, True),
    ({"StringEquals": {"aws:RequestedRegion": "us-east-1"}}, {}, False),
    ({"StringEqualsIfExists": {"aws:RequestedRegion": "us-east-1"}}, {}, True),
    ({"StringNotEquals": {"aws:RequestedRegion": "us-east-1"}}, {}, True),
    ({"StringNotEquals": {"aws:RequestedRegion": ["a", "b"]}}, {"aws__RequestedRegion": "b"}, False),
    ({"StringLike": {"iam:PassedToService": "ecs-*.amazonaws.com"}},
     {"iam__PassedToService": "ecs-tasks.amazonaws.com"}, True),
    ({"StringNotLike": {"aws:PrincipalArn": "*admin*"}}, {"aws__PrincipalArn": ROLE}, True),
    ({"StringEqualsIgnoreCase": {"x": "ABC"}}, {"x": "abc"}, True),
    ({"ArnLike": {"aws:SourceArn": "arn:aws:ecs:*:123456789012:*"}},
     {"aws__SourceArn": "arn:aws:ecs:us-east-1:123456789012:task/x"}, True),
    ({"ArnLike": {"aws:SourceArn": "arn:aws:ecs:*"}}, {"aws__SourceArn": "arn:aws:ecs:us-east-1:1:task/x"}, False),
    ({"Bool": {"aws:SecureTransport": False}}, {"aws__SecureTransport": "true"}, False),
    ({"Null": {"aws:TokenIssueTime": "true"}}, {}, True),
    ({"Null": {"aws:TokenIssueTime": "false"}}, {}, False),
    ({"IpAddress": {"aws:VpcSourceIp": "10.0.0.0/8"}}, {"aws__VpcSourceIp": "10.0.1.7"}, True),
    ({"NotIpAddress": {"aws:VpcSourceIp": "10.0.0.0/8"}}, {"aws__VpcSourceIp": "10.0.1.7"}, False),
    ({"NumericLessThanEquals": {"n": "10"}}, {"n": "10"}, True),
    ({"NumericGreaterThan": {"n": "10"}}, {"n": "ten"}, False),
    ({"DateGreaterThan": {"aws:CurrentTime": "2026-01-01T00:00:00Z"}},
     {"aws__CurrentTime": "2026-01-05T09:00:00Z"}, True),
    ({"ForAnyValue:StringEquals": {"aws:TagKeys": ["team"]}}, {"aws__TagKeys": ["cost", "team"]}, True),
    ({"ForAnyValue:StringEquals": {"aws:TagKeys": ["team"]}}, {}, False),
    ({"ForAllValues:StringEquals": {"aws:TagKeys": ["team"]}}, {"aws__TagKeys": ["cost", "team"]}, False),
    ({"ForAllValues:StringEquals": {"aws:TagKeys": ["team"]}}, {}, True),
    ({"StringEquals": {"a": "1"}, "Bool": {"b": "true"}}, {"a": "1", "b": "false"}, False),
    ({"NoSuchOperator": {"a": "1"}}, {"a": "1"}, False),
]  # fmt: skip


@pytest.mark.parametrize(("condition", "context", "holds"), CONDITIONS)
def test_conditions_hold_as_in_iam(condition: dict[str, Any], context: dict[str, Any], holds: bool) -> None:
    held = Policies([policy(allow("s3:*", Condition=condition))])
    assert decide(asks("s3:GetObject", OBJECT, **context), held).allowed is holds


def test_policy_variables_are_filled_in_the_new_language_alone() -> None:
    mine = allow("s3:*", "arn:aws:s3:::reports/${aws:PrincipalTag/team, 'none'}/*")
    here = "arn:aws:s3:::reports/red/x"
    request = Request("s3:GetObject", here, SESSION, {"aws:PrincipalTag/team": "red"})
    assert decide(request, Policies([policy(mine)])).allowed
    assert not decide(request, Policies([policy(mine, version="2008-10-17")])).allowed
    nobody = Request("s3:GetObject", "arn:aws:s3:::reports/none/x", SESSION)
    assert decide(nobody, Policies([policy(mine)])).allowed


def test_a_variable_without_a_value_matches_nothing() -> None:
    held = Policies([policy(allow("s3:*", "arn:aws:s3:::home/${aws:username}/*"))])
    assert not decide(asks("s3:GetObject", "arn:aws:s3:::home//x"), held).allowed


def test_a_permissions_boundary_limits_and_grants_nothing() -> None:
    boundary = policy(allow("s3:*"), name="edge")
    limited = decide(asks("ecr:BatchGetImage"), Policies([policy(allow("*"))], boundary=boundary))
    assert limited.because == "because no permissions boundary allows the ecr:BatchGetImage action"
    alone = decide(asks("s3:GetObject", OBJECT), Policies([], boundary=boundary))
    assert alone.because == "because no identity-based policy allows the s3:GetObject action"


def test_a_resource_policy_grants_within_the_account_and_is_needed_from_outside() -> None:
    named = policy(allow("ecr:*", Principal={"AWS": ROLE}), name="the repository's policy")
    assert decide(asks("ecr:BatchGetImage", REPOSITORY), Policies([], resource=named)).allowed
    theirs = REPOSITORY.replace(ACCOUNT, "999999999999")
    lonely = decide(asks("ecr:BatchGetImage", theirs), Policies([policy(allow("ecr:*"))]))
    assert lonely.because == "because no resource-based policy allows the ecr:BatchGetImage action"
    both = Policies([policy(allow("ecr:*"))], resource=named)
    assert decide(asks("ecr:BatchGetImage", theirs), both).allowed


def test_a_resource_policy_that_names_the_account_only_lets_its_policies_decide() -> None:
    root = policy(allow("ecr:*", Principal={"AWS": f"arn:aws:iam::{ACCOUNT}:root"}))
    assert not decide(asks("ecr:BatchGetImage", REPOSITORY), Policies([], resource=root)).allowed


def test_a_deny_in_a_resource_policy_names_its_kind() -> None:
    closed = policy(deny("ecr:*", Principal="*"))
    decision = decide(asks("ecr:BatchGetImage", REPOSITORY), Policies([policy(allow("*"))], resource=closed))
    assert decision.because == "with an explicit deny in a resource-based policy"


def trust(principal: Any, **more: Any) -> Policy:
    return policy(
        {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole", **more}, name="the trust policy"
    )


@pytest.mark.parametrize(("principal", "trusts"), [
    ({"Service": "ecs-tasks.amazonaws.com"}, True),
    ({"Service": ["ec2.amazonaws.com", "ecs-tasks.amazonaws.com"]}, True),
    ({"Service": "ec2.amazonaws.com"}, False),
    ({"Service": "ecs.amazonaws.com"}, False),
    ({"AWS": f"arn:aws:iam::{ACCOUNT}:root"}, False),
])  # fmt: skip
def test_only_a_trust_in_ecs_tasks_lets_ecs_assume_the_role(principal: Any, trusts: bool) -> None:
    decision = trusted(trust(principal), Request("sts:AssumeRole", ROLE, "ecs-tasks.amazonaws.com"))
    assert decision.allowed is trusts
    assert trusts or "not ecs-tasks.amazonaws.com" in decision.why


def test_a_role_is_passed_to_the_service_that_the_policy_names_alone() -> None:
    narrow = allow("iam:PassRole", ROLE, Condition={"StringEquals": {"iam:PassedToService": "ecs-tasks.amazonaws.com"}})
    request = Request("iam:PassRole", ROLE, f"arn:aws:iam::{ACCOUNT}:user/learner")
    assert may_pass(request, Policies([policy(narrow)]), to_service="ecs-tasks.amazonaws.com").allowed
    refused = may_pass(request, Policies([policy(narrow)]), to_service="ec2.amazonaws.com")
    assert refused.because == "because no identity-based policy allows the iam:PassRole action"


NO_POLICIES: list[dict[str, Any]] = [
    {},
    {"Statement": []},
    {"Statement": "nonsense"},
    {"Statement": [1, None]},
    {"Statement": {"Effect": "Allow"}},
    {"Statement": [{"Condition": 3}]},
]


@pytest.mark.parametrize("document", NO_POLICIES)
def test_a_document_that_is_no_policy_allows_nothing_and_breaks_nothing(document: dict[str, Any]) -> None:
    assert not decide(asks("s3:GetObject", OBJECT), Policies([Policy("odd", document)])).allowed
