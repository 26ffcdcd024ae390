"""Elastic Load Balancing: where listeners and rules may send requests, and on which conditions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from neighbours_as_built import Built, Params, accepted, built, call, refused
from neighbours_asked import is_accepted, is_refused
from test_neighbours_balancing import ACTION, BALANCER, CONFIGURATION, INVALID, LISTENER, RULE, acting, listener, rule

from simcloud import Cloud

PORT = "The Port parameter must be either an integer between 1 and 65535 or '#{port}'."
PATH = (
    "The Path parameter must be a valid path, should start with a '/', and may contain up to one of each of these "
    "placeholders: '#{path}', '#{host}', '#{port}'."
)
HEADER_41 = "X-" + "a" * 39


def forwarding(top: str | None = None, *, to: tuple[str, ...] = ("free_group",), **sticky: Any) -> Params:
    def params(w: Built) -> dict[str, Any]:
        config: dict[str, Any] = {"TargetGroups": [{"TargetGroupArn": w.names[one], "Weight": 1} for one in to]}
        config |= {"TargetGroupStickinessConfig": sticky} if sticky else {}
        action = {"Type": "forward", "ForwardConfig": config} | ({"TargetGroupArn": w.names[top]} if top else {})
        return listener(DefaultActions=[action])(w)

    return params


def redirect(**to: str) -> Params:
    return acting({"Type": "redirect", "RedirectConfig": {"StatusCode": "HTTP_301", **to}})


def condition(field: str | None, **members: Any) -> Params:
    return rule(Conditions=[({"Field": field} if field else {}) | members])


def fields(kind: str, said: str, params: Params, source: str) -> Any:
    text = f"For conditions of type '{kind}', you must specify the following fields: '{said}'"
    return refused(f"{kind} unsaid", RULE, params, INVALID, text, source)


def mapped(**changes: Any) -> Params:
    def params(w: Built) -> dict[str, Any]:
        mappings = [{"SubnetId": one, "AllocationId": "eipalloc-0123456789abcdef0"} for one in (w.a, w.b)]
        return {"Name": "new", "SubnetMappings": mappings, **changes}

    return params


REFUSED = [
    refused(
        "another group at the top than in the list",
        LISTENER,
        forwarding("green_group"),
        ACTION,
        "You can specify both a target group list and a top-level target group ARN only if the ARNs match",
        "pf-elbv2-action-forward-tgarn-conflict",
    ),
    refused(
        "sticky for nobody knows how long",
        LISTENER,
        forwarding(Enabled=True),
        INVALID,
        "You must provide a duration when enabling target group stickiness",
        "pf-elbv2-action-forward-stickiness-duration-required",
    ),
    *(
        refused(
            f"sticky for {seconds} seconds",
            LISTENER,
            forwarding(Enabled=True, DurationSeconds=seconds),
            INVALID,
            "Target group stickiness duration must be between 1 and 604800 seconds",
            "pf-elbv2-action-forward-stickiness-duration-range",
        )
        for seconds in (0, 604801)
    ),
    *(
        refused(f"port {port}", LISTENER, redirect(Port=port), ACTION, PORT, "pf-elbv2-action-redirect-port-value")
        for port in ("0", "65536", "https", "#{path}")
    ),
    *(
        refused(
            f"path {path}", LISTENER, redirect(Path=path), ACTION, PATH, "pf-elbv2-action-redirect-path-leading-slash"
        )
        for path in ("login", "/#{path}/#{path}")
    ),
    fields(
        "path-pattern",
        "Values or RegexValues or PathPatternConfig",
        condition("path-pattern", HostHeaderConfig={"Values": ["a.example.com"]}),
        "pf-elbv2-rule-condition-field-config-match",
    ),
    fields("http-header", "HttpHeaderConfig", condition("http-header", Values=["x"]), "assumed: the others' text"),
    fields("source-ip", "SourceIpConfig", condition("source-ip"), "assumed: the others' text"),
    refused(
        "a header without values",
        RULE,
        condition("http-header", HttpHeaderConfig={"HttpHeaderName": "X"}),
        INVALID,
        "A condition value must be specified",
        "assumed",
    ),
    refused(
        "a condition on nothing",
        RULE,
        condition(None, Values=["/a"]),
        INVALID,
        "A condition field must be specified",
        "assumed",
    ),
    *(
        refused(
            f"host {host}",
            RULE,
            condition("host-header", HostHeaderConfig={"Values": [host]}),
            INVALID,
            f"Condition value '{host}' contains a character that is not valid",
            "pf-elbv2-rule-host-header-format",
        )
        for host in ("localhost", "a_b.example.com", "https://example.com")
    ),
    refused(
        "a header of 41 characters",
        RULE,
        condition("http-header", HttpHeaderConfig={"HttpHeaderName": HEADER_41, "Values": ["1"]}),
        INVALID,
        "Condition value for 'http-header' cannot contain more than 40 characters",
        "pf-elbv2-rule-http-header-name-length",
    ),
    refused(
        "a header without a name",
        RULE,
        condition("http-header", HttpHeaderConfig={"Values": ["1"]}),
        INVALID,
        "A header name must be specified",
        "assumed",
    ),
    refused(
        "an Application Load Balancer at Elastic IPs",
        BALANCER,
        mapped(),
        CONFIGURATION,
        "Elastic IPs are not supported for load balancers with type 'application'",
        "pf-elbv2-lb-eip-nlb-only",
    ),
    refused(
        "an internal Network Load Balancer at Elastic IPs",
        BALANCER,
        mapped(Type="network", Scheme="internal"),
        CONFIGURATION,
        "Elastic IPs are not supported for load balancers with scheme 'internal'",
        "quoted in public Terraform modules",
    ),
    refused(
        "a listener's own rule",
        "elbv2.delete_rule",
        lambda w: {"RuleArn": w.default_rule},
        "OperationNotPermitted",
        "Default rule '<default_rule>' cannot be deleted",
        "https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/37",
    ),
    refused(
        "a listener's own rule",
        "elbv2.modify_rule",
        lambda w: {
            "RuleArn": w.default_rule,
            "Actions": [{"Type": "forward", "TargetGroupArn": w.behind_second_group}],
        },
        "OperationNotPermitted",
        "Default rule '<default_rule>' cannot be modified",
        "https://github.com/FeLvi-zzz/tentez/pull/32",
    ),
]
BY_EXPRESSION = condition("path-pattern", PathPatternConfig={"RegexValues": ["^/v[12]/.*$"]})

ACCEPTED = [
    accepted("the same group at both places", LISTENER, forwarding("free_group")),
    accepted("sticky for a week", LISTENER, forwarding(Enabled=True, DurationSeconds=604800)),
    accepted("not sticky", LISTENER, forwarding(Enabled=False)),
    accepted(
        "two groups, sticky", LISTENER, forwarding(to=("free_group", "green_group"), Enabled=True, DurationSeconds=1)
    ),
    accepted("to the highest port", LISTENER, redirect(Port="65535")),
    accepted("to the same port elsewhere", LISTENER, redirect(Port="#{port}", Host="example.com")),
    accepted("to a path within", LISTENER, redirect(Path="/new/#{path}")),
    accepted("a host by wildcard", RULE, condition("host-header", Values=["*.example.com"])),
    accepted(
        "a header of 40 characters",
        RULE,
        rule(Conditions=[{"Field": "http-header", "HttpHeaderConfig": {"HttpHeaderName": "a" * 40, "Values": ["1"]}}]),
    ),
    accepted("a method", RULE, condition("http-request-method", HttpRequestMethodConfig={"Values": ["GET", "HEAD"]})),
    accepted("a source", RULE, condition("source-ip", SourceIpConfig={"Values": ["192.0.2.0/24"]})),
    accepted("a query", RULE, condition("query-string", QueryStringConfig={"Values": [{"Key": "v", "Value": "2"}]})),
    accepted("a path by expression", RULE, BY_EXPRESSION),
    accepted("a Network Load Balancer at Elastic IPs", BALANCER, mapped(Type="network")),
]


@pytest.fixture(scope="module")
def there() -> Iterator[tuple[Cloud, Built]]:
    with built(48) as pair:
        yield pair


@pytest.mark.parametrize(("operation", "params", "code", "text"), REFUSED)
def test_the_request_is_refused_in_awss_words(
    there: tuple[Cloud, Built], operation: str, params: Params, code: str, text: str
) -> None:
    is_refused(*there, operation, params, code, text)


@pytest.mark.parametrize(("operation", "params"), ACCEPTED)
def test_the_request_is_accepted(there: tuple[Cloud, Built], operation: str, params: Params) -> None:
    is_accepted(*there, operation, params)


def test_a_condition_by_expression_is_shown_as_it_was_asked(there: tuple[Cloud, Built]) -> None:
    cloud, world = there
    with cloud.copy():
        (made,) = call(RULE, BY_EXPRESSION(world))["Rules"]
    (shown,) = made["Conditions"]
    assert (shown["Field"], shown["PathPatternConfig"]["RegexValues"]) == ("path-pattern", ["^/v[12]/.*$"])
