"""Laws on the health check of a target group, when it is made and when it is changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from simcloud.facts.words import balancing as words
from simcloud.facts.words.neighbours import ELB
from simcloud.rules.engine import rule
from simcloud.rules.neighbours.seen import Neighbours
from simcloud.rules.neighbours.target_groups import HTTP, INVALID, kind_of
from simcloud.rules.reading import mapping, number, text
from simcloud.rules.refusal import Refusal

BOTH = ("elasticloadbalancing:CreateTargetGroup", "elasticloadbalancing:ModifyTargetGroup")
API = ELB + "API_CreateTargetGroup.html"
HTTP_CODES = {"HTTP": (200, 499), "HTTPS": (200, 499), "GENEVE": (200, 399)}
OTHER_CODES = (200, 599)
GRPC_CODES = (0, 99)
DEFAULT_TIMEOUT = 5
"""Of a health check of an HTTP or HTTPS target group, in seconds."""
DEFAULT_INTERVAL = 30


@dataclass(frozen=True, slots=True)
class Check:
    """The health check as it would be after the request."""

    kind: str
    group: str
    """Protocol of the target group."""
    version: str
    protocol: str
    interval: int
    timeout: int | None
    """None where AWS chooses one that is not known here."""


def _check(request: Mapping[str, Any], seen: Neighbours) -> Check:
    held = seen.target_groups.get(text(request, "TargetGroupArn"))
    group = held.protocol if held else text(request, "Protocol")
    kind = held.kind if held else kind_of(request)
    protocol = text(request, "HealthCheckProtocol") or (held.check if held else "")
    default = DEFAULT_TIMEOUT if group in HTTP else None
    return Check(
        kind,
        group,
        held.version if held else text(request, "ProtocolVersion"),
        protocol or (group if group in HTTP else "TCP"),
        number(request, "HealthCheckIntervalSeconds") or (held.interval if held else DEFAULT_INTERVAL),
        number(request, "HealthCheckTimeoutSeconds") or (held.timeout if held else default),
    )


@rule("FG410", on=BOTH, source=API, status="observed")
def a_health_check_speaks_a_protocol_of_its_group(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """A target group that speaks HTTP or HTTPS is checked by HTTP or HTTPS, any other by HTTP, HTTPS or TCP; a TCP
    check has no path, and a path begins with a slash."""
    check = _check(request, seen)
    asked = text(request, "HealthCheckProtocol")
    allowed = ("HTTP", "HTTPS") if check.group in HTTP else ("HTTP", "HTTPS", "TCP")
    if asked and asked not in allowed:
        aws = words.CHECK_PROTOCOL.format(protocol=asked, allowed=", ".join(allowed))
        yield Refusal("HealthCheckProtocol", aws, f"the target group speaks {check.group}", INVALID)
    path = text(request, "HealthCheckPath")
    if path and check.protocol == "TCP" and check.kind != "lambda":
        yield Refusal("HealthCheckPath", words.CHECK_PATH_TCP, "a TCP check opens a connection, no page", INVALID)
    elif path and not path.startswith("/"):
        yield Refusal("HealthCheckPath", words.CHECK_PATH.format(path=path), f"{path!r} begins otherwise", INVALID)


@rule("FG411", on=BOTH, source=API, status="observed")
def a_health_check_ends_before_the_next_begins(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """The timeout of a health check is smaller than its interval; for the protocols of a Network Load Balancer the two
    may be equal."""
    if not {"HealthCheckIntervalSeconds", "HealthCheckTimeoutSeconds"} & set(request):
        return
    check = _check(request, seen)
    if check.timeout is None:
        return
    equal_is_right = check.group not in HTTP and check.kind != "lambda"
    if check.timeout > check.interval or (check.timeout == check.interval and not equal_is_right):
        aws = words.CHECK_TIMEOUT.format(timeout=check.timeout, interval=check.interval)
        why = f"a check every {check.interval} s would wait {check.timeout} s for its answer"
        if request.get("HealthCheckTimeoutSeconds") is None:
            why += f"; the timeout is {check.timeout} s unless you set HealthCheckTimeoutSeconds"
        yield Refusal("HealthCheckTimeoutSeconds", aws, why, INVALID)


@rule("FG412", on=BOTH, source=API, status="observed")
def a_health_check_accepts_codes_that_mean_health(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """The success codes of a health check lie between 200 and 499 behind an Application Load Balancer, 200 and 599
    behind a Network Load Balancer, 200 and 399 behind a Gateway Load Balancer, and 0 and 99 for gRPC."""
    matcher = mapping(request, "Matcher")
    if not matcher:
        return
    check = _check(request, seen)
    what, member = ("GRPC", "GrpcCode") if check.version == "GRPC" else ("HTTP", "HttpCode")
    codes = text(matcher, member)
    if not codes:
        aws = words.MATCHER_EMPTY.format(what=what)
        yield Refusal(f"Matcher.{member}", aws, f"the target group speaks {check.version or check.group}", INVALID)
        return
    least, most = GRPC_CODES if what == "GRPC" else HTTP_CODES.get(check.group, OTHER_CODES)
    least, most = (200, 499) if check.kind == "lambda" else (least, most)
    for code in re.split(r"[,-]", codes):
        if not code.strip().isdigit() or not least <= int(code) <= most:
            aws = words.MATCHER.format(what=what, code=code, range=f"{least}-{most}")
            yield Refusal(f"Matcher.{member}", aws, f"{codes!r} is not made of codes from {least} to {most}", INVALID)
            return


@rule("FG413", on=BOTH, source=API, status="observed")
def a_health_check_is_on_and_has_a_port(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """Health checks can be turned off for Lambda targets alone; the port of a check is traffic-port or a number from 1
    to 65535."""
    check = _check(request, seen)
    if request.get("HealthCheckEnabled") is False and check.kind != "lambda":
        aws = words.CHECK_ENABLED.format(kind=check.kind)
        yield Refusal("HealthCheckEnabled", aws, f"the target type is {check.kind}", INVALID)
    port = text(request, "HealthCheckPort")
    if port and port != "traffic-port" and not (port.isdigit() and 1 <= int(port) <= 65535):
        yield Refusal("HealthCheckPort", words.CHECK_PORT.format(port=port), f"{port!r} is neither", INVALID)
