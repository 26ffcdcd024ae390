"""Laws that hold for whatever policies there are."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from simcloud.reason.iam import Policies, decide
from simcloud.reason.policy import Policy, Request

ACTIONS = ["s3:GetObject", "s3:PutObject", "ecr:BatchGetImage", "s3:*", "*", "ecr:Get*"]
RESOURCES = ["*", "arn:aws:s3:::a/*", "arn:aws:s3:::a/b", "arn:aws:s3:::${aws:username}/*"]
CONDITIONS = [
    {"StringEquals": {"aws:username": "kim"}},
    {"StringNotLike": {"aws:username": "k*"}},
    {"Null": {"aws:username": "true"}},
    {"ForAllValues:StringLike": {"aws:TagKeys": ["a*", "b"]}},
]

elements = st.fixed_dictionaries(
    {"Effect": st.sampled_from(["Allow", "Deny"])},
    optional={"Condition": st.sampled_from(CONDITIONS), "Sid": st.just("S")},
).flatmap(
    lambda base: st.tuples(
        st.sampled_from(["Action", "NotAction"]), st.lists(st.sampled_from(ACTIONS), min_size=1, max_size=2),
        st.sampled_from(["Resource", "NotResource"]), st.lists(st.sampled_from(RESOURCES), min_size=1, max_size=2),
    ).map(lambda parts: {**base, parts[0]: parts[1], parts[2]: parts[3]})
)  # fmt: skip
policies = st.lists(elements, max_size=4).map(lambda found: Policy("p", {"Version": "2012-10-17", "Statement": found}))
requests = st.builds(
    Request,
    st.sampled_from(ACTIONS[:3]),
    st.sampled_from(["arn:aws:s3:::a/b", "arn:aws:s3:::kim/x", "*"]),
    st.just("arn:aws:iam::123456789012:user/kim"),
    st.sampled_from([{}, {"aws:username": "kim"}, {"aws:username": "lee", "aws:TagKeys": ["a1", "c"]}]),
)


def with_statement(policy: Policy, element: dict[str, Any]) -> Policy:
    return Policy("p", {**policy.document, "Statement": [*policy.document["Statement"], element]})


@given(policies, policies, requests)
def test_deny_always_wins(held: Policy, boundary: Policy, request: Request) -> None:
    denied = with_statement(held, {"Effect": "Deny", "Action": request.action, "Resource": "*"})
    decision = decide(request, Policies([denied], boundary=boundary))
    assert not decision.allowed
    assert decision.because == "with an explicit deny in an identity-based policy"


@given(policies, elements, requests)
def test_one_more_allow_never_takes_a_permission_away(held: Policy, element: dict[str, Any], request: Request) -> None:
    more = with_statement(held, {**element, "Effect": "Allow"})
    assert decide(request, Policies([held])).allowed <= decide(request, Policies([more])).allowed


@given(policies, elements, requests)
def test_one_more_deny_never_gives_a_permission(held: Policy, element: dict[str, Any], request: Request) -> None:
    more = with_statement(held, {**element, "Effect": "Deny"})
    assert decide(request, Policies([more])).allowed <= decide(request, Policies([held])).allowed


@given(policies, policies, requests)
def test_a_boundary_or_an_endpoint_policy_never_gives_a_permission(
    held: Policy, edge: Policy, request: Request
) -> None:
    plain = decide(request, Policies([held])).allowed
    assert decide(request, Policies([held], boundary=edge)).allowed <= plain
    assert decide(request, Policies([held], endpoint=edge)).allowed <= plain


@given(policies, policies, requests)
def test_the_order_of_policies_does_not_change_the_answer(one: Policy, other: Policy, request: Request) -> None:
    assert decide(request, Policies([one, other])).allowed == decide(request, Policies([other, one])).allowed


@given(policies, requests)
def test_a_refusal_always_carries_a_tail_and_a_reason_and_a_grant_its_statement(held: Policy, request: Request) -> None:
    decision = decide(request, Policies([held]))
    assert bool(decision.because) is not decision.allowed
    assert decision.why
    assert (decision.statement is not None) >= decision.allowed
