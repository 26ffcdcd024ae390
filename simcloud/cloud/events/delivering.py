"""A delivery: who delivers what to whom, and whether that is allowed.

EventBridge writes to queues, topics and log groups under their own policies, as the service events.amazonaws.com, and
under the target's role where it has one; it runs tasks under the role alone. Scheduler always has a role.
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from simcloud.cloud import identity
from simcloud.cloud.access.ask import Ask
from simcloud.cloud.access.forms import denied
from simcloud.cloud.access.resource_policies import has_only_word, policy_of
from simcloud.cloud.live import Call, Live
from simcloud.facts.words import bus as words
from simcloud.reason.iam import Decision, trusted
from simcloud.reason.policy import Policy, Request
from simcloud.sim.bus.envelope import seconds
from simcloud.sim.bus.state import Invocation, Outcome

EVENTS, SCHEDULER = "events.amazonaws.com", "scheduler.amazonaws.com"


@dataclass(frozen=True)
class Delivery:
    """One attempt to invoke a target."""

    live: Live
    invocation: Invocation

    @property
    def target(self) -> Mapping[str, Any]:
        """In the API's spelling."""
        return self.invocation.target

    @property
    def arn(self) -> str:
        """Of the target."""
        return str(self.target["Arn"])

    @property
    def service(self) -> str:
        """In the target's ARN."""
        return self.arn.split(":")[2]

    @property
    def region(self) -> str:
        """In the target's ARN."""
        return self.arn.split(":")[3]

    @property
    def account(self) -> str:
        """In the target's ARN."""
        return self.arn.split(":")[4]

    @property
    def kind(self) -> str:
        """cluster of arn:aws:ecs:...:cluster/shop; '' where the ARN names no kind."""
        rest = self.arn.split(":", 5)[-1]
        if self.service in ("sqs", "sns", "events"):
            return rest.split("/")[0] if "/" in rest else ""
        return rest.replace("/", ":").split(":")[0]

    @property
    def name(self) -> str:
        """The last part of the ARN."""
        return self.arn.removesuffix(":*").replace("/", ":").rpartition(":")[2]

    @property
    def role(self) -> str:
        """ARN of the role that delivers; '' for none."""
        return str(self.target.get("RoleArn") or "")

    @property
    def principal(self) -> str:
        """The service that delivers."""
        return SCHEDULER if self.invocation.scheduled else EVENTS

    @property
    def session(self) -> str:
        """Of the role."""
        return self.invocation.id.replace("-", "")

    @property
    def caller(self) -> str:
        """ARN of the role's session."""
        return f"arn:aws:sts::{self.live.account}:assumed-role/{self.role.rpartition('/')[2]}/{self.session}"

    @property
    def call(self) -> Call:
        """The context of a call that the role makes."""
        return Call(self.live, self.live.account, self.live.region, self.caller)


def failed(delivery: Delivery, says: str, code: str, message: str, why: str = "") -> Outcome:
    """It cannot be delivered, now or later."""
    return Outcome(False, says, why or message, str(code), message)


def unreachable(delivery: Delivery) -> Outcome | None:
    """The service of the target is out of reach (a fault that was commanded): it may answer later."""
    host = f"{delivery.service}.{delivery.region or delivery.live.region}.amazonaws.com"
    if not delivery.live.world.faults.breaks(host):
        return None
    why = f"{host} does not answer anybody: a fault that was commanded"
    return Outcome(False, f"cannot reach {delivery.name}", why, str(words.TIMEOUT), f"{host} timed out", again=True)


def not_assumed(delivery: Delivery) -> Outcome | None:
    """The refusal of a role that the service cannot assume; None where it can."""
    found = identity.assumable(
        delivery.role,
        delivery.principal,
        delivery.live.account,
        region=delivery.live.region,
        source=_source(delivery),
    )
    if found.allowed:
        return None
    message = f"{delivery.principal} is not authorized to perform: sts:AssumeRole on resource: {delivery.role}"
    says = f"cannot assume role {delivery.role.rpartition('/')[2]}"
    return failed(delivery, says, words.NO_PERMISSIONS, message, found.why)


def _source(delivery: Delivery) -> str:
    """aws:SourceArn: the rule; of a schedule its group
    (https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html)."""
    source = delivery.invocation.source
    if not delivery.invocation.scheduled:
        return source
    return source.replace(":schedule/", ":schedule-group/").rpartition("/")[0]


def by_role(delivery: Delivery, service: str, asks: Any, says: str) -> Outcome | None:
    """The first refusal of what the role asks for; None where it may do all of it."""
    for ask in asks:
        found = _role_may(delivery, ask)
        if not found.allowed:
            message = denied(service, ask, delivery.caller, found.because).text
            return failed(delivery, says, words.NO_PERMISSIONS, message, found.why)
    return None


def _role_may(delivery: Delivery, ask: Ask) -> Decision:
    live = delivery.live
    resource = policy_of(ask.resource, ask.action, delivery.call) if ask.resource.startswith("arn:") else None
    known: dict[str, str | Sequence[str]] = {**_moment(live), **ask.context}
    return identity.may(
        delivery.role,
        delivery.session,
        ask.action,
        ask.resource,
        known,
        live.account,
        own=resource,
        alone=has_only_word(ask.action, resource),
    )


def _moment(live: Live) -> dict[str, str]:
    return {
        "aws:RequestedRegion": live.region,
        "aws:CurrentTime": seconds(live.world.now),
        "aws:EpochTime": str(int(live.world.now)),
        "aws:ViaAWSService": "false",
    }


def allowed(delivery: Delivery, action: str, says: str, policy: Policy | None = None) -> Outcome | None:
    """May the service, or the target's role, do this to the target? None where it may, else the refusal."""
    if delivery.role:
        return not_assumed(delivery) or by_role(delivery, action.partition(":")[0], (Ask(action, delivery.arn),), says)
    found = service_may(delivery, action, delivery.arn, policy)
    if found.allowed:
        return None
    message = f"{EVENTS} is not authorized to perform: {action} on resource: {delivery.arn} {found.because}"
    return failed(delivery, says, words.NO_PERMISSIONS, message, found.why)


def service_may(delivery: Delivery, action: str, arn: str, policy: Policy | None = None) -> Decision:
    """Does the resource's own policy let EventBridge do it for this rule?"""
    policy = policy or policy_of(arn, action, delivery.call)
    known = {
        **_moment(delivery.live),
        "aws:SourceArn": delivery.invocation.source,
        "aws:SourceAccount": delivery.live.account,
        "aws:PrincipalIsAWSService": "true",
        "aws:PrincipalServiceName": EVENTS,
        "aws:SecureTransport": "true",
    }
    if policy is None:
        because = f"because no resource-based policy allows the {action} action"
        return Decision(False, because, f"{arn.rpartition(':')[2]} has no policy that lets {EVENTS} do {action}")
    return trusted(policy, Request(action, arn, EVENTS, known))


def towards(delivery: Delivery, arn: str) -> Delivery:
    """The same, to another place: the dead-letter queue."""
    made = delivery.invocation
    return replace(delivery, invocation=replace(made, target={**made.target, "Arn": arn}))
