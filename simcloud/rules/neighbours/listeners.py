"""Laws on listeners: port, protocol, certificate, and the target groups behind them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts.words import listening as words
from simcloud.facts.words.neighbours import ELB
from simcloud.rules.engine import rule
from simcloud.rules.neighbours.forwarding import LISTENERS, RULES, balancer, forwarded, listener, protocol
from simcloud.rules.neighbours.seen import Neighbours
from simcloud.rules.reading import number, structures, text
from simcloud.rules.refusal import Refusal

CREATE = "elasticloadbalancing:CreateListener"
API = ELB + "API_CreateListener.html"
INVALID = "ValidationError"
PROTOCOLS = {
    "application": ("HTTP", "HTTPS"),
    "network": ("TCP", "QUIC", "TCP_QUIC", "UDP", "TCP_UDP", "TLS"),
}
"""Of a listener, by the kind of its load balancer, in AWS's order."""
SECURE = ("HTTPS", "TLS")
BEHIND = {
    "HTTP": ("HTTP", "HTTPS"),
    "HTTPS": ("HTTP", "HTTPS"),
    "TCP": ("TCP", "TCP_UDP"),
    "TLS": ("TCP", "TLS"),
    "UDP": ("UDP", "TCP_UDP"),
    "TCP_UDP": ("TCP_UDP",),
    "QUIC": ("QUIC", "TCP_QUIC"),
    "TCP_QUIC": ("TCP_QUIC",),
}
"""Protocols of target groups by the protocol of the listener: the table in
https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-listeners.html"""


@rule("FG425", on=LISTENERS, source=API, status="observed")
def a_listener_has_port_and_protocol_of_its_balancer(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """A listener has a port and a protocol: HTTP or HTTPS on an Application Load Balancer, one of the transport's on a
    Network Load Balancer."""
    _, held = balancer(request, seen)
    if held is None or held.kind not in PROTOCOLS:
        return
    if listener(request, seen) is None:
        if request.get("Port") is None:
            yield Refusal("Port", words.LISTENER_PORT, "no port is named", INVALID)
        if not text(request, "Protocol"):
            yield Refusal("Protocol", words.LISTENER_PROTOCOL, "no protocol is named", INVALID)
    asked = text(request, "Protocol")
    if asked and asked not in PROTOCOLS[held.kind]:
        aws = words.PROTOCOL_OF_KIND.format(protocol=asked, allowed=", ".join(PROTOCOLS[held.kind]))
        yield Refusal("Protocol", aws, f"{held.name} is a load balancer of type {held.kind}", INVALID)


@rule("FG426", on=LISTENERS, source=API)
def a_port_has_one_listener(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """A load balancer has one listener a port."""
    arn, held = balancer(request, seen)
    port = number(request, "Port")
    taken = held.ports.get(port, "") if held is not None and port is not None else ""
    if taken and taken != text(request, "ListenerArn"):
        aws = words.PORT_TAKEN.format(balancer=arn)
        yield Refusal("Port", aws, f"a listener on port {port} exists already", "DuplicateListener")


@rule("FG427", on=LISTENERS, source=API, status="observed")
def a_secure_listener_has_one_certificate(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """An HTTPS or TLS listener has exactly one default certificate; any other has neither certificate nor SSL
    policy."""
    asked = protocol(request, seen)
    _, held = balancer(request, seen)
    if held is None or asked not in PROTOCOLS.get(held.kind, ()):
        return
    certificates = structures(request, "Certificates")
    if asked not in SECURE:
        if certificates:
            aws = words.CERTIFICATE_ON_PLAIN.format(protocol=asked)
            yield Refusal("Certificates", aws, f"a listener of protocol {asked} encrypts nothing", INVALID)
        if text(request, "SslPolicy"):
            aws = words.POLICY_ON_PLAIN.format(protocol=asked)
            yield Refusal("SslPolicy", aws, f"a listener of protocol {asked} encrypts nothing", INVALID)
        return
    before = listener(request, seen)
    if not certificates and (before is None or before.protocol not in SECURE):
        aws = words.NO_CERTIFICATE.format(protocol=asked)
        yield Refusal("Certificates", aws, f"a listener of protocol {asked} proves who it is", INVALID)
    elif len(certificates) > 1:
        aws = words.ONE_CERTIFICATE.format(count=len(certificates))
        yield Refusal("Certificates", aws, "further ones are added by AddListenerCertificates", "TooManyCertificates")


@rule("FG428", on=(*LISTENERS, *RULES), source=API)
def a_listeners_target_groups_exist(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """Every target group that a listener or a rule forwards to exists."""
    unknown = [arn for arn in forwarded(request) if arn not in seen.target_groups]
    if unknown and balancer(request, seen)[1] is not None:
        aws = words.GROUPS_NOT_FOUND.format(arns=", ".join(unknown))
        yield Refusal("DefaultActions", aws, f"there is no target group {unknown[0]}", "TargetGroupNotFound")


@rule("FG429", on=(*LISTENERS, *RULES), source=API, status="observed")
def a_listeners_target_groups_are_in_its_vpc(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """A listener forwards to target groups of the VPC of its load balancer."""
    arn, held = balancer(request, seen)
    if held is None:
        return
    known = {one: seen.target_groups[one] for one in forwarded(request) if one in seen.target_groups}
    wrong = {one: group.vpc for one, group in known.items() if group.vpc and group.vpc != held.vpc}
    if wrong:
        aws = words.OTHER_VPC.format(balancer=arn, arns=", ".join(wrong))
        why = f"{held.name} stands in {held.vpc}, the target group is of {next(iter(wrong.values()))}"
        yield Refusal("DefaultActions", aws, why, "InvalidConfigurationRequest")


@rule("FG430", on=(*LISTENERS, *RULES), source=API, status="observed")
def a_listeners_target_groups_speak_its_protocol(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """A listener forwards to target groups of a protocol that goes with its own: HTTP and HTTPS with each other, TCP
    with TCP, and gRPC behind HTTPS alone."""
    asked = protocol(request, seen)
    known = {arn: seen.target_groups[arn] for arn in forwarded(request) if arn in seen.target_groups}
    allowed = BEHIND.get(asked, ())
    wrong = {arn: group for arn, group in known.items() if allowed and group.protocol and group.protocol not in allowed}
    if wrong:
        aws = words.INCOMPATIBLE.format(arns=", ".join(wrong))
        first = next(iter(wrong.values()))
        why = f"the listener speaks {asked}, {first.name} speaks {first.protocol}"
        yield Refusal("DefaultActions", aws, why, "IncompatibleProtocols")
    elif asked == "HTTP" and any(group.version == "GRPC" for group in known.values()):
        why = "gRPC needs HTTP/2, which a load balancer speaks over TLS alone"
        yield Refusal("Protocol", words.GRPC_ON_HTTP, why, "InvalidLoadBalancerAction")


@rule("FG431", on=(*LISTENERS, *RULES), source=API, status="observed")
def a_target_group_is_behind_one_load_balancer(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """A target group is behind one load balancer; several listeners of that one can forward to it."""
    arn, held = balancer(request, seen)
    if held is None:
        return
    known = {one: seen.target_groups[one] for one in forwarded(request) if one in seen.target_groups}
    taken = [one for one, group in known.items() if any(other != arn for other in group.balancers)]
    if taken:
        aws = words.TWO_BALANCERS.format(arns=", ".join(taken))
        why = f"{known[taken[0]].name} is behind another load balancer already"
        yield Refusal("DefaultActions", aws, why, "TargetGroupAssociationLimit")
