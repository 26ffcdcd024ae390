"""The judgement: whose key it is, and whether policies allow each thing that the request asks for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from simcloud.cloud.access import keys
from simcloud.cloud.access.ask import Ask
from simcloud.cloud.access.forms import EXPIRED, UNKNOWN, Said, denied, stranger
from simcloud.cloud.access.principals import Principal, everywhere, principal
from simcloud.cloud.access.resource_policies import has_only_word, policy_of
from simcloud.cloud.live import Call
from simcloud.facts.words.access import COMMON, DENIED
from simcloud.reason.iam import Decision, Policies, decide, trusted
from simcloud.reason.policy import Policy, Request, account_of
from simcloud.rules.refusal import Refusal

MAY = "Whoever calls may do what one of its policies allows and none of them denies."
PASS = "Whoever hands a role over to a service needs iam:PassRole on that role."
TRUST = "A role is assumed by those whom its trust policy names."
KEY = "A key in the form of AWS's own belongs to a user or to a session of the simulated IAM."
_LEARNER = "Any other text as the key, such as `testing`, is the learner's own identity"


class Denial(NamedTuple):
    """What AWS says, and what the learner is told beside it."""

    said: Said
    refusal: Refusal


def judged(service: str, asks: Iterable[Ask], call: Call) -> Denial | None:
    """The first refusal of what a call asks for; None where its caller may do all of it."""
    held = keys.find(call.key)
    if held is None or not held.active or (service == "iam" and held.user is not None and held.session is not None):
        return _stranger(service, UNKNOWN, call.key, "nobody has it" if held is None else "it is not valid here")
    if held.expired:
        return _stranger(
            service, EXPIRED, call.key, f"its session ended at {held.session.expiration:%Y-%m-%d %H:%M:%S} UTC"
        )
    who = principal(held, call, service)
    for ask in asks:
        found = decision(ask, who, call)
        if not found.allowed:
            return _denial(service, ask, who.arn, found)
    return None


def decision(ask: Ask, who: Principal, call: Call) -> Decision:
    """May the principal do this one thing?"""
    request = _request(ask, who, call)
    resource = policy_of(ask.resource, ask.action, call)
    if has_only_word(ask.action, resource):
        found = _trusted(request, resource)
        if not found.allowed:
            return found
    return decide(request, replace(who.policies, resource=resource))


def trust(ask: Ask, call: Call) -> Denial | None:
    """The refusal of a caller who may do everything by a role that does not let it in."""
    who = Principal(call.caller, {**everywhere(call, "sts"), "aws:PrincipalArn": call.caller}, Policies())
    found = _trusted(_request(ask, who, call), policy_of(ask.resource, ask.action, call))
    return None if found.allowed else _denial("sts", ask, call.caller, found)


def _request(ask: Ask, who: Principal, call: Call) -> Request:
    owner = account_of(ask.resource) or call.account
    return Request(ask.action, ask.resource, who.arn, {**who.context, "aws:ResourceAccount": owner, **ask.context})


def _trusted(request: Request, policy: Policy | None) -> Decision:
    if policy is not None:
        return trusted(policy, request)
    tail = f"because no resource-based policy allows the {request.action} action"
    return Decision(False, tail, f"there is no role {request.resource}")


def _denial(service: str, ask: Ask, caller: str, found: Decision) -> Denial:
    said = denied(service, ask, caller, found.because)
    law = {"iam:PassRole": PASS, "sts:AssumeRole": TRUST}.get(ask.action, MAY)
    return Denial(said, Refusal("", said.text, found.why, said.code, law=law, topic="iam", source=DENIED))


def _stranger(service: str, what: str, key: str, why: str) -> Denial:
    said = stranger(service, what)
    because = f"{key}: {why}. {_LEARNER}"
    return Denial(said, Refusal("", said.text, because, said.code, law=KEY, topic="iam", source=COMMON))
