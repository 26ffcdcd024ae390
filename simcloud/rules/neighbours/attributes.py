"""Laws on the attributes of target groups and load balancers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts.words import listening as words
from simcloud.facts.words.neighbours import ELB
from simcloud.rules.engine import rule
from simcloud.rules.neighbours.seen import Neighbours
from simcloud.rules.reading import structures, text
from simcloud.rules.refusal import Refusal

OF_GROUP = "elasticloadbalancing:ModifyTargetGroupAttributes"
OF_BALANCER = "elasticloadbalancing:ModifyLoadBalancerAttributes"
GROUP_API = ELB + "API_TargetGroupAttribute.html"
BALANCER_API = ELB + "API_LoadBalancerAttribute.html"
INVALID = "ValidationError"
CONFIGURATION = "InvalidConfigurationRequest"
HTTP = frozenset({"HTTP", "HTTPS"})
HTTP_ONLY = frozenset(
    {
        "load_balancing.algorithm.type",
        "load_balancing.algorithm.anomaly_mitigation",
        "slow_start.duration_seconds",
        "stickiness.app_cookie.cookie_name",
        "stickiness.app_cookie.duration_seconds",
        "stickiness.lb_cookie.duration_seconds",
    }
)
TRANSPORT_ONLY = frozenset(
    {
        "deregistration_delay.connection_termination.enabled",
        "preserve_client_ip.enabled",
        "proxy_protocol_v2.enabled",
        "target_health_state.unhealthy.connection_termination.enabled",
        "target_health_state.unhealthy.draining_interval_seconds",
    }
)
OF_ALL = frozenset(
    {
        "deregistration_delay.timeout_seconds",
        "stickiness.enabled",
        "stickiness.type",
        "load_balancing.cross_zone.enabled",
        "target_group_health.dns_failover.minimum_healthy_targets.count",
        "target_group_health.dns_failover.minimum_healthy_targets.percentage",
        "target_group_health.unhealthy_state_routing.minimum_healthy_targets.count",
        "target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage",
        "lambda.multi_value_headers.enabled",
        "target_failover.on_deregistration",
        "target_failover.on_unhealthy",
    }
)
SWITCHES = frozenset({"stickiness.enabled", *(key for key in TRANSPORT_ONLY if key.endswith(".enabled"))})
ALGORITHMS = ("round_robin", "weighted_random", "least_outstanding_requests")
COMMON = frozenset(
    {
        "deletion_protection.enabled",
        "load_balancing.cross_zone.enabled",
        "access_logs.s3.enabled",
        "access_logs.s3.bucket",
        "access_logs.s3.prefix",
        "ipv6.deny_all_igw_traffic",
        "zonal_shift.config.enabled",
    }
)
OF_KIND = {
    "application": frozenset(
        {
            "idle_timeout.timeout_seconds",
            "client_keep_alive.seconds",
            "connection_logs.s3.enabled",
            "connection_logs.s3.bucket",
            "connection_logs.s3.prefix",
            "health_check_logs.s3.enabled",
            "health_check_logs.s3.bucket",
            "health_check_logs.s3.prefix",
            "routing.http.desync_mitigation_mode",
            "routing.http.drop_invalid_header_fields.enabled",
            "routing.http.preserve_host_header.enabled",
            "routing.http.x_amzn_tls_version_and_cipher_suite.enabled",
            "routing.http.xff_client_port.enabled",
            "routing.http.xff_header_processing.mode",
            "routing.http2.enabled",
            "waf.fail_open.enabled",
        }
    ),
    "network": frozenset({"dns_record.client_routing_policy", "secondary_ips.auto_assigned.per_subnet"}),
    "gateway": frozenset(),
}
"""Further keys by the kind of load balancer."""


def _pairs(request: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple((text(one, "Key"), text(one, "Value")) for one in structures(request, "Attributes"))


@rule("FG439", on=OF_GROUP, source=GROUP_API, status="observed")
def a_target_group_attribute_is_known(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """An attribute of a target group is one that ELB knows, and is named once."""
    pairs = _pairs(request)
    for key, count in Counter(key for key, _ in pairs).items():
        if key not in HTTP_ONLY | TRANSPORT_ONLY | OF_ALL:
            yield Refusal("Attributes", words.GROUP_KEY.format(key=key), f"there is no attribute {key!r}", INVALID)
        elif count > 1:
            yield Refusal("Attributes", words.GROUP_KEY_TWICE.format(key=key), f"{key} is named {count} times", INVALID)


@rule("FG440", on=OF_GROUP, source=GROUP_API, status="observed")
def a_target_group_attribute_is_in_range(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """A deregistration delay lasts 0 to 3600 seconds, a slow start 30 to 900 or none, a sticky cookie 1 to 604800; a
    switch is true or false."""
    for key, value in _pairs(request):
        if key in words.RANGES.value:
            least, most = words.RANGES.value[key]
            none = key == "slow_start.duration_seconds" and value == "0"
            if not none and not (value.lstrip("-").isdigit() and least <= int(value) <= most):
                aws = words.BETWEEN.format(key=key, value=value, least=least, most=most)
                yield Refusal("Attributes", aws, f"{key} is {value}", INVALID)
        elif key in SWITCHES and value not in ("true", "false"):
            aws = words.TRUE_OR_FALSE.format(key=key, value=value)
            yield Refusal("Attributes", aws, f"{value!r} is neither", INVALID)
        elif key == "load_balancing.algorithm.type" and value not in ALGORITHMS:
            yield Refusal("Attributes", words.ALGORITHM, f"{value!r} is none of them", INVALID)


@rule("FG441", on=OF_GROUP, source=GROUP_API, status="observed")
def a_target_group_attribute_goes_with_its_protocol(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """Cookies, algorithms and slow start belong to target groups that speak HTTP or HTTPS; client addresses and proxy
    protocol to the others; source_ip stickiness is not for HTTP, and cookies are for nothing else."""
    group = seen.target_groups.get(text(request, "TargetGroupArn"))
    if group is None or not group.protocol:
        return
    for key, value in _pairs(request):
        wrong = key in (TRANSPORT_ONLY if group.protocol in HTTP else HTTP_ONLY)
        if wrong:
            aws = words.KEY_OF_PROTOCOL.format(protocol=group.protocol, key=key)
            yield Refusal("Attributes", aws, f"{group.name} speaks {group.protocol}", CONFIGURATION)
        elif key == "stickiness.type" and _mismatched(value, group.protocol):
            aws = words.STICKINESS.format(kind=value, protocol=group.protocol)
            yield Refusal("Attributes", aws, f"{group.name} speaks {group.protocol}", CONFIGURATION)


def _mismatched(kind: str, protocol: str) -> bool:
    if protocol in HTTP:
        return kind == "source_ip"
    return kind in ("lb_cookie", "app_cookie")


@rule("FG442", on=OF_GROUP, source=GROUP_API, status="observed")
def a_sticky_application_cookie_has_a_name(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """Stickiness by a cookie of the application needs the cookie's name."""
    group = seen.target_groups.get(text(request, "TargetGroupArn"))
    after = {**(group.attributes if group else {}), **dict(_pairs(request))}
    wanted = after.get("stickiness.type") == "app_cookie" and after.get("stickiness.enabled") == "true"
    if wanted and not after.get("stickiness.app_cookie.cookie_name"):
        why = "set stickiness.app_cookie.cookie_name in the same call"
        yield Refusal("Attributes", words.COOKIE_NAME, why, CONFIGURATION)


@rule("FG443", on=OF_BALANCER, source=BALANCER_API, status="observed")
def a_load_balancer_attribute_is_known(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """An attribute of a load balancer is one that its kind has, and is named once."""
    held = seen.balancers.get(text(request, "LoadBalancerArn"))
    if held is None:
        return
    known = COMMON | OF_KIND.get(held.kind, frozenset())
    for key, count in Counter(key for key, _ in _pairs(request)).items():
        if key not in known:
            why = f"a load balancer of type {held.kind} has no attribute {key!r}"
            yield Refusal("Attributes", words.BALANCER_KEY.format(key=key), why, INVALID)
        elif count > 1:
            aws = words.BALANCER_KEY_TWICE.format(key=key)
            yield Refusal("Attributes", aws, f"{key} is named {count} times", INVALID)


@rule("FG444", on=OF_BALANCER, source=BALANCER_API, status="observed")
def a_load_balancer_attribute_is_in_range(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """An idle timeout lasts 1 to 4000 seconds and a client's connection 60 to 604800; a switch is true or false; logs
    need a bucket."""
    held = seen.balancers.get(text(request, "LoadBalancerArn"))
    for key, value in _pairs(request):
        if key == "idle_timeout.timeout_seconds" and value.lstrip("-").isdigit():
            if int(value) > 4000:
                yield Refusal("Attributes", words.IDLE_MOST, f"{value} seconds are asked", INVALID)
            elif int(value) < 1:
                yield Refusal("Attributes", words.IDLE_LEAST, f"{value} seconds are asked", INVALID)
        elif key == "client_keep_alive.seconds" and not (value.isdigit() and 60 <= int(value) <= 604800):
            yield Refusal("Attributes", words.KEEP_ALIVE, f"{value} is asked", INVALID)
        elif key.endswith(".enabled") and value not in ("true", "false"):
            aws = words.TRUE_OR_FALSE.format(key=key, value=value)
            yield Refusal("Attributes", aws, f"{value!r} is neither", INVALID)
    after = {**(held.attributes if held else {}), **dict(_pairs(request))}
    if after.get("access_logs.s3.enabled") == "true" and not after.get("access_logs.s3.bucket"):
        aws = words.LOGS_BUCKET.format(key="access_logs.s3.bucket")
        yield Refusal("Attributes", aws, "logs go to a bucket, and none is named", INVALID)
