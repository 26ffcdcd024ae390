"""Elastic Load Balancing: what the real service refuses with its own words, and what it takes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from neighbours_as_built import Built, Params, accepted, built, refused
from neighbours_asked import is_accepted, is_refused

from simcloud import Cloud

INVALID = "ValidationError"
CONFIGURATION = "InvalidConfigurationRequest"
ACTION = "InvalidLoadBalancerAction"
NAME_33 = "a" * 33
UNKNOWN_GROUP = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/none/0123456789abcdef"


def group(**changes: Any) -> Params:
    def params(w: Built) -> dict[str, Any]:
        asked = {"Name": "new", "Protocol": "HTTP", "Port": 80, "VpcId": w.vpc, "TargetType": "ip"}
        asked |= {key: getattr(w, value[1:]) if _is_name(value) else value for key, value in changes.items()}
        return {key: value for key, value in asked.items() if value is not None}

    return params


def _is_name(value: Any) -> bool:
    """`@vpc` stands for the id of vpc."""
    return isinstance(value, str) and value.startswith("@")


def balancer(*subnets: str, **changes: Any) -> Params:
    def params(w: Built) -> dict[str, Any]:
        return {"Name": "new", "Subnets": [getattr(w, one) for one in subnets], **changes}

    return params


def guarded(*groups: str) -> Params:
    return lambda w: {"Name": "new", "Subnets": [w.a, w.b], "SecurityGroups": [w.names.get(one, one) for one in groups]}


def listener(balancer: str = "alb", group: str = "free_group", **changes: Any) -> Params:
    def params(w: Built) -> dict[str, Any]:
        forward = [{"Type": "forward", "TargetGroupArn": w.names.get(group, group)}]
        asked = {"LoadBalancerArn": w.names[balancer], "Protocol": "HTTP", "Port": 8080, "DefaultActions": forward}
        return {key: value for key, value in {**asked, **changes}.items() if value is not None}

    return params


def weighted(*shares: tuple[str, int | None]) -> Params:
    def params(w: Built) -> dict[str, Any]:
        groups = [
            {"TargetGroupArn": w.names[name], **({} if weight is None else {"Weight": weight})}
            for name, weight in shares
        ]
        return listener(DefaultActions=[{"Type": "forward", "ForwardConfig": {"TargetGroups": groups}}])(w)

    return params


def acting(*actions: dict[str, Any], **changes: Any) -> Params:
    return listener(DefaultActions=list(actions), **changes)


def rule(**changes: Any) -> Params:
    def params(w: Built) -> dict[str, Any]:
        asked: dict[str, Any] = {
            "ListenerArn": w.listener,
            "Priority": 20,
            "Conditions": [{"Field": "path-pattern", "Values": ["/new"]}],
            "Actions": [{"Type": "forward", "TargetGroupArn": w.web_group}],
        }
        return asked | changes

    return params


def targets(group: str, *each: dict[str, Any]) -> Params:
    return lambda w: {"TargetGroupArn": w.names[group], "Targets": list(each)}


def attributes(of: str, *pairs: tuple[str, str]) -> Params:
    member = "TargetGroupArn" if of.endswith("group") else "LoadBalancerArn"
    return lambda w: {member: w.names[of], "Attributes": [{"Key": key, "Value": value} for key, value in pairs]}


CREATE = "elbv2.create_target_group"
MODIFY = "elbv2.modify_target_group"
REGISTER = "elbv2.register_targets"
BALANCER = "elbv2.create_load_balancer"
LISTENER = "elbv2.create_listener"
RULE = "elbv2.create_rule"
GROUP_ATTRIBUTES = "elbv2.modify_target_group_attributes"
BALANCER_ATTRIBUTES = "elbv2.modify_load_balancer_attributes"
FIXED = {"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "404", "ContentType": "text/plain"}}
BY_HEADER = {"Field": "http-header", "HttpHeaderConfig": {"HttpHeaderName": "X", "Values": ["1"]}}
FIVE_PATHS = {"Field": "path-pattern", "PathPatternConfig": {"Values": [f"/{n}" for n in range(5)]}}
TO_HTTPS = {"Type": "redirect", "RedirectConfig": {"Protocol": "HTTPS", "Port": "443", "StatusCode": "HTTP_301"}}

TARGET_GROUPS = [
    refused(
        "33 characters",
        CREATE,
        group(Name=NAME_33),
        INVALID,
        f"Target group name '{NAME_33}' cannot be longer than '32' characters",
        "pf-elbv2-tg-name",
    ),
    refused(
        "an underscore",
        CREATE,
        group(Name="under_score"),
        INVALID,
        "1 validation error detected: Value 'under_score' at 'targetGroupName' failed to satisfy constraint: "
        "Member must "
        "satisfy regular expression pattern: (?!^-)(?!.*-$)^[A-Za-z0-9-]+$",
        "pf-elbv2-tg-name",
    ),
    refused(
        "a hyphen at the end",
        CREATE,
        group(Name="web-"),
        INVALID,
        "1 validation error detected: Value 'web-' at 'targetGroupName' failed to satisfy constraint: Member "
        "must satisfy "
        "regular expression pattern: (?!^-)(?!.*-$)^[A-Za-z0-9-]+$",
        "pf-elbv2-tg-name",
    ),
    refused(
        "no protocol",
        CREATE,
        group(Protocol=None),
        INVALID,
        "A protocol must be specified",
        "pf-elbv2-tg-protocol-required-non-lambda",
    ),
    refused("no port", CREATE, group(Port=None), INVALID, "A port must be specified", "assumed"),
    refused(
        "no VPC, type left out",
        CREATE,
        group(VpcId=None, TargetType=None),
        INVALID,
        "A VPC ID must be specified",
        "pf-elbv2-tg-vpc-required-non-lambda",
    ),
    refused(
        "a VPC that is not there, and a bad check",
        CREATE,
        group(VpcId="vpc-11112222", HealthCheckIntervalSeconds=5, HealthCheckTimeoutSeconds=5),
        INVALID,
        "The VPC ID 'vpc-11112222' is not found",
        "pf-elbv2-hc-timeout-interval",
    ),
    refused(
        "a Lambda function with a protocol",
        CREATE,
        group(TargetType="lambda", Port=None, VpcId=None),
        INVALID,
        "Protocol cannot be specified for target groups with target type 'lambda'",
        "pf-elbv2-lambda-target-protocol",
    ),
    refused(
        "a Lambda function with a port",
        CREATE,
        group(TargetType="lambda", Protocol=None, VpcId=None),
        INVALID,
        "Port cannot be specified for target groups with target type 'lambda'",
        "pf-elbv2-tg-lambda-no-port",
    ),
    refused(
        "an Application Load Balancer by HTTP",
        CREATE,
        group(TargetType="alb"),
        INVALID,
        "Target type 'alb' is not supported for target groups with HTTP protocol",
        "pf-elbv2-tg-alb-target-type-protocol",
    ),
    refused(
        "HTTP/2",
        CREATE,
        group(ProtocolVersion="HTTP/2"),
        INVALID,
        "Target group protocol version 'HTTP/2' must be one of '[HTTP2, HTTP1, GRPC]'",
        "pf-elbv2-tg-protocol-version-values",
    ),
    refused(
        "HTTP2 over TCP",
        CREATE,
        group(Protocol="TCP", ProtocolVersion="HTTP2"),
        INVALID,
        "You cannot specify the protocol version for a target group with the 'TCP' protocol",
        "pf-elbv2-tg-protocol-version-http-only",
    ),
    refused(
        "a check by UDP",
        CREATE,
        group(Protocol="UDP", HealthCheckProtocol="UDP"),
        INVALID,
        "Health check protocol 'UDP' must be one of 'HTTP, HTTPS, TCP'",
        "pf-elbv2-tg-hc-protocol-unsupported",
    ),
    refused(
        "a check by TCP for HTTP",
        CREATE,
        group(HealthCheckProtocol="TCP"),
        INVALID,
        "Health check protocol 'TCP' must be one of 'HTTP, HTTPS'",
        "pf-elbv2-tg-hc-tcp-for-http-tg",
    ),
    refused(
        "a path for a TCP check that is the default",
        CREATE,
        group(Protocol="TCP", HealthCheckPath="/health"),
        INVALID,
        "Health check paths are not supported for TCP health checks",
        "pf-elbv2-tcp-health-check-path",
    ),
    refused(
        "a path without slash",
        CREATE,
        group(HealthCheckPath="health"),
        INVALID,
        "Health check path 'health' must begin with '/'.",
        "command-line answer quoted in public",
    ),
    refused(
        "timeout as long as the interval",
        CREATE,
        group(HealthCheckIntervalSeconds=5, HealthCheckTimeoutSeconds=5),
        INVALID,
        "Health check timeout '5' must be smaller than the interval '5'",
        "pf-elbv2-hc-timeout-interval",
    ),
    refused(
        "an interval as short as the default timeout",
        CREATE,
        group(HealthCheckIntervalSeconds=5),
        INVALID,
        "Health check timeout '5' must be smaller than the interval '5'",
        "https://github.com/terraform-linters/tflint-ruleset-aws/issues/404",
    ),
    refused(
        "an interval of ten minutes",
        CREATE,
        group(HealthCheckIntervalSeconds=600),
        INVALID,
        "1 validation error detected: Value '600' at 'healthCheckIntervalSeconds' failed to satisfy constraint: Member "
        "must have value less than or equal to 300",
        "https://github.com/aws-cloudformation/cfn-lint/pull/807",
    ),
    refused(
        "success code 599",
        CREATE,
        group(Matcher={"HttpCode": "599"}),
        INVALID,
        "Health check matcher HTTP code '599' must be within '200-499' inclusive",
        "pf-elbv2-tg-matcher-range-alb",
    ),
    refused(
        "success codes up to 599",
        CREATE,
        group(Matcher={"HttpCode": "200-599"}),
        INVALID,
        "Health check matcher HTTP code '599' must be within '200-499' inclusive",
        "pf-elbv2-tg-matcher-range-alb",
    ),
    refused(
        "gRPC code 120",
        CREATE,
        group(ProtocolVersion="GRPC", Matcher={"GrpcCode": "120"}),
        INVALID,
        "Health check matcher GRPC code '120' must be within '0-99' inclusive",
        "pf-elbv2-tg-matcher-grpc-range",
    ),
    refused(
        "a gRPC code for HTTP1",
        CREATE,
        group(Matcher={"GrpcCode": "0"}),
        INVALID,
        "Health check matcher HTTP code cannot be empty",
        "pf-elbv2-tg-matcher-grpc-requires-grpc",
    ),
    refused(
        "no check of machines",
        CREATE,
        group(TargetType="instance", HealthCheckEnabled=False),
        INVALID,
        "Health check enabled must be true for target groups with target type 'instance'",
        "pf-elbv2-tg-hc-enabled-required",
    ),
    refused(
        "port 65536",
        CREATE,
        group(HealthCheckPort="65536"),
        INVALID,
        "Health check port '65536' must be within '1-65535' or 'traffic-port'",
        "pf-elbv2-tg-hc-port-format",
    ),
    refused(
        "traffic_port",
        CREATE,
        group(HealthCheckPort="traffic_port"),
        INVALID,
        "Health check port 'traffic_port' must be within '1-65535' or 'traffic-port'",
        "pf-elbv2-tg-hc-port-format",
    ),
    refused(
        "a name that is taken",
        CREATE,
        group(Name="web", Port=8080),
        "DuplicateTargetGroupName",
        "A target group with the same name 'web' exists, but with different settings",
        "https://github.com/hashicorp/terraform-provider-aws/issues/636",
    ),
    refused(
        "a timeout longer than the interval that it has",
        MODIFY,
        lambda w: {"TargetGroupArn": w.web_group, "HealthCheckTimeoutSeconds": 40},
        INVALID,
        "Health check timeout '40' must be smaller than the interval '30'",
        "pf-elbv2-hc-timeout-interval",
    ),
    refused(
        "in use",
        "elbv2.delete_target_group",
        lambda w: {"TargetGroupArn": w.web_group},
        "ResourceInUse",
        "Target group '<web_group>' is currently in use by a listener or a rule",
        "https://github.com/cloudposse/terraform-aws-alb-ingress/issues/24",
    ),
]

TARGETS = [
    refused(
        "an instance in a group of addresses",
        REGISTER,
        targets("web_group", {"Id": "i-09fc080c289280529"}),
        INVALID,
        "The IP address 'i-09fc080c289280529' is not a valid IPv4 address",
        "command-line answer quoted in public",
    ),
    refused(
        "an address in a group of instances",
        REGISTER,
        targets("machines_group", {"Id": "10.0.1.10"}),
        INVALID,
        "Instance ID '10.0.1.10' is not valid",
        "assumed",
    ),
    refused(
        "an address of the internet",
        REGISTER,
        targets("web_group", {"Id": "8.8.8.8"}),
        INVALID,
        "The IP address '8.8.8.8' is not allowed, as it must be an address from a VPC subnet, RFC1918, or RFC6598",
        "pf-elbv2-tg-target-ip-not-public",
    ),
    refused(
        "a private address outside the VPC",
        REGISTER,
        targets("web_group", {"Id": "192.168.1.5"}),
        INVALID,
        "You must specify a valid Availability Zone or select 'all' for all enabled Availability zones, since the IP "
        "address '192.168.1.5' is outside the VPC",
        "https://github.com/radkawar/stackd, testdata/aws/elbv2/target_group_native.json",
    ),
    refused(
        "an address of the VPC in none of its subnets",
        REGISTER,
        targets("web_group", {"Id": "10.0.254.254", "Port": 8080}),
        INVALID,
        "The IP address '10.0.254.254' is within the VPC, but is not within a VPC subnet so it can't be registered",
        "https://github.com/radkawar/stackd, testdata/aws/elbv2/target_group_native.json",
    ),
]

BALANCERS = [
    refused(
        "33 characters",
        BALANCER,
        balancer("a", "b", Name=NAME_33),
        INVALID,
        f"The load balancer name '{NAME_33}' cannot be longer than '32' characters",
        "pf-elbv2-lb-name",
    ),
    refused(
        "internal-",
        BALANCER,
        balancer("a", "b", Name="internal-web"),
        INVALID,
        "The load balancer name 'internal-web' cannot begin with 'internal-'",
        "pf-elbv2-lb-name",
    ),
    refused(
        "an underscore",
        BALANCER,
        balancer("a", "b", Name="a_b"),
        INVALID,
        "The load balancer name 'a_b' can only contain characters that are alphanumeric characters and hyphens(-)",
        "pf-elbv2-lb-name",
    ),
    refused(
        "one subnet",
        BALANCER,
        balancer("a"),
        INVALID,
        "At least two subnets in two different Availability Zones must be specified",
        "pf-elbv2-alb-subnet-count",
    ),
    refused(
        "two subnets of one zone",
        BALANCER,
        balancer("a", "a_too"),
        CONFIGURATION,
        "A load balancer cannot be attached to multiple subnets in the same Availability Zone",
        "pf-elbv2-lb-one-subnet-per-az",
    ),
    refused(
        "two subnets of one zone, by mapping, on a Network Load Balancer",
        BALANCER,
        lambda w: {
            "Name": "new",
            "Type": "network",
            "SubnetMappings": [{"SubnetId": w.a}, {"SubnetId": w.a_too}],
        },
        CONFIGURATION,
        "A load balancer cannot be attached to multiple subnets in the same Availability Zone",
        "pf-elbv2-lb-one-subnet-per-az",
    ),
    refused(
        "a subnet that is not there",
        BALANCER,
        lambda w: {"Name": "new", "Subnets": [w.a, "subnet-12345678"]},
        "InvalidSubnet",
        "The subnet ID 'subnet-12345678' is not valid",
        "command-line answer quoted in public",
    ),
    refused(
        "subnets of two VPCs",
        BALANCER,
        lambda w: {"Name": "new", "Subnets": [w.a, w.other_b], "Scheme": "internal"},
        CONFIGURATION,
        "<vpcs>",
        "assumed",
    ),
    refused(
        "a security group of another VPC",
        BALANCER,
        guarded("other_group"),
        CONFIGURATION,
        "One or more security groups are invalid",
        "pf-elbv2-lb-sg-vpc-match",
    ),
    refused(
        "a security group that is not there",
        BALANCER,
        guarded("sg-07a03565"),
        CONFIGURATION,
        "One or more security groups are invalid",
        "command-line answer quoted in public",
    ),
    refused(
        "for the internet, without a gateway",
        BALANCER,
        balancer("other_a", "other_b"),
        "InvalidSubnet",
        "VPC <other_vpc> has no internet gateway",
        "https://github.com/hashicorp/terraform-provider-aws/issues/7157",
    ),
    refused(
        "seven free addresses",
        BALANCER,
        balancer("a", "narrow"),
        "InvalidSubnet",
        "Not enough IP space available in <narrow>. ELB requires at least 8 free IP addresses in each subnet.",
        "user guide of Application Load Balancers",
    ),
    refused(
        "a scheme that is none",
        BALANCER,
        balancer("a", "b", Scheme="public"),
        INVALID,
        "1 validation error detected: Value 'public' at 'scheme' failed to satisfy constraint: Member must "
        "satisfy enum "
        "value set: [internet-facing, internal]",
        "pf-elbv2-action-redirect-status-code",
    ),
    refused(
        "a name that is taken",
        BALANCER,
        balancer("a", "b", Name="web", Scheme="internal"),
        "DuplicateLoadBalancerName",
        "A load balancer with the same name 'web' exists, but with different settings",
        "https://github.com/hashicorp/terraform-provider-aws/issues/1063",
    ),
    refused(
        "down to one subnet",
        "elbv2.set_subnets",
        lambda w: {"LoadBalancerArn": w.alb, "Subnets": [w.a]},
        INVALID,
        "At least two subnets in two different Availability Zones must be specified",
        "pf-elbv2-alb-subnet-count",
    ),
    refused(
        "a group of another VPC, later",
        "elbv2.set_security_groups",
        lambda w: {"LoadBalancerArn": w.alb, "SecurityGroups": [w.other_group]},
        CONFIGURATION,
        "One or more security groups are invalid",
        "pf-elbv2-lb-sg-vpc-match",
    ),
]

LISTENERS = [
    refused(
        "TCP on an Application Load Balancer",
        LISTENER,
        listener(Protocol="TCP"),
        INVALID,
        "Listener protocol 'TCP' must be one of 'HTTP, HTTPS'",
        "pf-elbv2-listener-protocol-lb-type",
    ),
    refused(
        "HTTP on a Network Load Balancer",
        LISTENER,
        listener("nlb"),
        INVALID,
        "Listener protocol 'HTTP' must be one of 'TCP, QUIC, TCP_QUIC, UDP, TCP_UDP, TLS'",
        "pf-elbv2-listener-protocol-lb-type",
    ),
    refused(
        "no port",
        LISTENER,
        listener(Port=None),
        INVALID,
        "A listener port must be specified",
        "pf-elbv2-listener-port-required",
    ),
    refused(
        "port 80 again",
        LISTENER,
        listener(Port=80),
        "DuplicateListener",
        "A listener already exists on this port for this load balancer '<alb>'",
        "https://github.com/hashicorp/terraform/issues/26407",
    ),
    refused(
        "HTTPS without certificate",
        LISTENER,
        listener(Protocol="HTTPS", Port=443),
        INVALID,
        "A certificate must be specified for HTTPS listeners",
        "command-line answer quoted in public",
    ),
    refused(
        "HTTP with certificate",
        LISTENER,
        listener(Certificates=[{"CertificateArn": "arn:aws:iam::123456789012:server-certificate/web"}]),
        INVALID,
        "A certificate cannot be specified for HTTP listeners",
        "pf-elbv2-listener-cert-insecure-protocol",
    ),
    refused(
        "HTTP with an SSL policy",
        LISTENER,
        listener(SslPolicy="ELBSecurityPolicy-TLS13-1-2-2021-06"),
        INVALID,
        "An SSL policy cannot be specifed for HTTP listeners",
        "pf-elbv2-listener-sslpolicy-secure-only",
    ),
    refused(
        "a target group that is not there",
        LISTENER,
        listener(group=UNKNOWN_GROUP),
        "TargetGroupNotFound",
        f"Target groups '{UNKNOWN_GROUP}' not found",
        "assumed",
    ),
    refused(
        "a target group of another VPC",
        LISTENER,
        listener(group="elsewhere_group"),
        CONFIGURATION,
        "The following target groups are in a different VPC than load balancer '<alb>': <elsewhere_group>",
        "pf-elbv2-listener-tg-vpc-match",
    ),
    refused(
        "HTTP to TCP",
        LISTENER,
        listener(group="tcp_group"),
        "IncompatibleProtocols",
        "The listener and the following target groups have incompatible protocols: <tcp_group>",
        "pf-elbv2-listener-tg-protocol-match",
    ),
    refused(
        "TCP to HTTP",
        LISTENER,
        listener("nlb", Protocol="TCP", Port=80),
        "IncompatibleProtocols",
        "The listener and the following target groups have incompatible protocols: <free_group>",
        "pf-elbv2-listener-tg-protocol-match",
    ),
    refused(
        "gRPC over HTTP",
        LISTENER,
        listener(group="grpc_group"),
        ACTION,
        "Listener protocol 'HTTP' is not supported with a target group with the protocol-version 'GRPC'",
        "controllers' logs quoted in public",
    ),
    refused(
        "a target group of another load balancer",
        LISTENER,
        listener(group="behind_second_group"),
        "TargetGroupAssociationLimit",
        "The following target groups cannot be associated with more than one load balancer: <behind_second_group>",
        "pf-elbv2-tg-single-load-balancer",
    ),
    refused(
        "a rule to a target group of another load balancer",
        RULE,
        lambda w: rule(Actions=[{"Type": "forward", "TargetGroupArn": w.behind_second_group}])(w),
        "TargetGroupAssociationLimit",
        "The following target groups cannot be associated with more than one load balancer: <behind_second_group>",
        "pf-elbv2-tg-single-load-balancer",
    ),
    refused(
        "the other way round, later",
        "elbv2.modify_listener",
        lambda w: {
            "ListenerArn": w.listener,
            "DefaultActions": [{"Type": "forward", "TargetGroupArn": w.tcp_group}],
        },
        "IncompatibleProtocols",
        "The listener and the following target groups have incompatible protocols: <tcp_group>",
        "pf-elbv2-listener-tg-protocol-match",
    ),
]

ACTIONS = [
    refused(
        "a fixed response without its configuration",
        LISTENER,
        acting({"Type": "fixed-response"}),
        ACTION,
        "For actions of type 'fixed-response', you must specify the following fields: 'FixedResponseConfig'",
        "pf-elbv2-listener-action-config-type-match",
    ),
    refused(
        "forward to nowhere",
        LISTENER,
        acting({"Type": "forward"}),
        INVALID,
        "A target group ARN must be specified",
        "assumed",
    ),
    refused(
        "a content type of its own",
        LISTENER,
        acting({"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "200", "ContentType": "text/xml"}}),
        ACTION,
        "The ContentType must be one of:'text/html', 'application/json', 'application/javascript', 'text/css', "
        "'text/plain'.",
        "pf-elbv2-action-fixed-response-content-type",
    ),
    refused(
        "a fixed response of a Network Load Balancer",
        LISTENER,
        listener("nlb", Protocol="TCP", DefaultActions=[FIXED]),
        ACTION,
        "The action type 'fixed-response' is not valid with network load balancer",
        "pf-elbv2-listener-nlb-action-forward-only",
    ),
    refused(
        "two that end the matter",
        LISTENER,
        acting({**TO_HTTPS, "Order": 1}, {**FIXED, "Order": 2}),
        ACTION,
        "Action types 'redirect,fixed-response' cannot be specified together",
        "pf-elbv2-rule-actions-exactly-one-routing",
    ),
    refused(
        "a redirect to itself",
        LISTENER,
        acting({"Type": "redirect", "RedirectConfig": {"StatusCode": "HTTP_301"}}),
        ACTION,
        "The redirect configuration is not valid because it creates a loop.",
        "pf-elbv2-action-redirect-no-change",
    ),
    refused(
        "status 307",
        LISTENER,
        acting({"Type": "redirect", "RedirectConfig": {"Protocol": "HTTPS", "StatusCode": "HTTP_307"}}),
        INVALID,
        "1 validation error detected: Value 'HTTP_307' at 'defaultActions.1.member.redirectConfig.statusCode' "
        "failed to "
        "satisfy constraint: Member must satisfy enum value set: [HTTP_301, HTTP_302]",
        "pf-elbv2-action-redirect-status-code",
    ),
    refused(
        "two target groups, one weight",
        LISTENER,
        weighted(("free_group", 1), ("green_group", None)),
        INVALID,
        "The weight for each target group must be between 0 and 999, inclusive",
        "pf-elbv2-action-forward-weight-required-multi",
    ),
    refused(
        "weight 1000",
        LISTENER,
        weighted(("free_group", 1000)),
        INVALID,
        "The weight for the target group must be between 1 and 999, inclusive",
        "pf-elbv2-action-forward-weight-range",
    ),
    refused(
        "no condition",
        RULE,
        rule(Conditions=[]),
        INVALID,
        "A condition must be specified",
        "pf-elbv2-rule-conditions-required",
    ),
    refused(
        "a field that is none",
        RULE,
        rule(Conditions=[{"Field": "header", "Values": ["x"]}]),
        INVALID,
        "Condition field 'header' must be one of "
        "'http-header,http-request-method,host-header,query-string,path-pattern,"
        "source-ip'",
        "pf-elbv2-rule-condition-field-values",
    ),
    refused(
        "two hosts",
        RULE,
        rule(Conditions=[{"Field": "host-header", "Values": [one]} for one in ("a.example.com", "b.example.com")]),
        INVALID,
        "A rule can only have one 'host-header' condition",
        "pf-elbv2-rule-condition-duplicate-field",
    ),
    refused(
        "six values",
        RULE,
        rule(
            Conditions=[
                {"Field": "path-pattern", "PathPatternConfig": {"Values": ["/a", "/b", "/c"]}},
                {
                    "Field": "host-header",
                    "HostHeaderConfig": {"Values": ["a.example.com", "b.example.com", "c.example.com"]},
                },
            ]
        ),
        INVALID,
        "A rule can only have '5' condition values and regex values",
        "pf-elbv2-rule-condition-values-max",
    ),
    refused(
        "a priority that is taken",
        RULE,
        rule(Priority=10),
        "PriorityInUse",
        "Priority '10' is currently in use",
        "pf-elbv2-rule-priority-unique",
    ),
]

ATTRIBUTES = [
    refused(
        "a key that is none",
        GROUP_ATTRIBUTES,
        attributes("web_group", ("stickiness.duration_seconds", "1")),
        INVALID,
        "Target group attribute key 'stickiness.duration_seconds' is not recognized",
        "pf-elbv2-tg-attr-key-known",
    ),
    refused(
        "the same key twice",
        GROUP_ATTRIBUTES,
        attributes("web_group", *[("load_balancing.algorithm.type", "round_robin")] * 2),
        INVALID,
        "Target group attribute keys must be unique: '[load_balancing.algorithm.type]'",
        "pf-elbv2-tg-attr-duplicate-key",
    ),
    refused(
        "a delay of more than an hour",
        GROUP_ATTRIBUTES,
        attributes("web_group", ("deregistration_delay.timeout_seconds", "3601")),
        INVALID,
        "'deregistration_delay.timeout_seconds' value '3601' must be between '0-3600' inclusive",
        "pf-elbv2-tg-deregistration-delay-range",
    ),
    refused(
        "a slow start of 29 seconds",
        GROUP_ATTRIBUTES,
        attributes("web_group", ("slow_start.duration_seconds", "29")),
        INVALID,
        "'slow_start.duration_seconds' value '29' must be between '30-900' inclusive",
        "pf-elbv2-tg-slow-start-range",
    ),
    refused(
        "neither true nor false",
        GROUP_ATTRIBUTES,
        attributes("web_group", ("stickiness.enabled", "1")),
        INVALID,
        "The value of 'stickiness.enabled' must be 'true' or 'false', but was '1'",
        "pf-elbv2-tg-attr-boolean-value",
    ),
    refused(
        "an algorithm that is none",
        GROUP_ATTRIBUTES,
        attributes("web_group", ("load_balancing.algorithm.type", "fastest")),
        INVALID,
        "'Load balancer algorithm' must be one of [round_robin, weighted_random, least_outstanding_requests]",
        "pf-elbv2-tg-attr-algorithm-type",
    ),
    refused(
        "client addresses behind HTTP",
        GROUP_ATTRIBUTES,
        attributes("web_group", ("preserve_client_ip.enabled", "true")),
        CONFIGURATION,
        "A target group with HTTP protocol does not support the attribute preserve_client_ip.enabled",
        "pf-elbv2-tg-attr-key-protocol-scope",
    ),
    refused(
        "slow start for TCP",
        GROUP_ATTRIBUTES,
        attributes("tcp_group", ("slow_start.duration_seconds", "60")),
        CONFIGURATION,
        "A target group with TCP protocol does not support the attribute slow_start.duration_seconds",
        "pf-elbv2-tg-attr-slow-start-scope",
    ),
    refused(
        "cookies for TCP",
        GROUP_ATTRIBUTES,
        attributes("tcp_group", ("stickiness.type", "lb_cookie")),
        CONFIGURATION,
        "Stickiness type 'lb_cookie' is not supported for target groups with the TCP protocol",
        "pf-elbv2-stickiness-type-protocol",
    ),
    refused(
        "a cookie without a name",
        GROUP_ATTRIBUTES,
        attributes("web_group", ("stickiness.enabled", "true"), ("stickiness.type", "app_cookie")),
        CONFIGURATION,
        "You must set an application cookie name to enable stickiness of type 'app_cookie'",
        "pf-elbv2-app-cookie-name",
    ),
    refused(
        "a key that is none",
        BALANCER_ATTRIBUTES,
        attributes("alb", ("routing.http.idle_timeout.seconds", "60")),
        INVALID,
        "Load balancer attribute key 'routing.http.idle_timeout.seconds' is not recognized",
        "pf-elbv2-lb-attr-key-known",
    ),
    refused(
        "an idle timeout of a Network Load Balancer",
        BALANCER_ATTRIBUTES,
        attributes("nlb", ("idle_timeout.timeout_seconds", "60")),
        INVALID,
        "Load balancer attribute key 'idle_timeout.timeout_seconds' is not recognized",
        "pf-elbv2-lb-attr-key-lb-type",
    ),
    refused(
        "more than 4000 seconds",
        BALANCER_ATTRIBUTES,
        attributes("alb", ("idle_timeout.timeout_seconds", "4001")),
        INVALID,
        "The value of 'idle_timeout.timeout_seconds' cannot be greater than 4000 characters",
        "pf-elbv2-lb-idle-timeout-range",
    ),
    refused(
        "yes",
        BALANCER_ATTRIBUTES,
        attributes("alb", ("deletion_protection.enabled", "yes")),
        INVALID,
        "The value of 'deletion_protection.enabled' must be 'true' or 'false', but was 'yes'",
        "pf-elbv2-lb-attr-boolean-value",
    ),
    refused(
        "logs without a bucket",
        BALANCER_ATTRIBUTES,
        attributes("alb", ("access_logs.s3.enabled", "true")),
        INVALID,
        "The key 'access_logs.s3.bucket' must set in order to enable access logs",
        "pf-elbv2-lb-attr-access-logs-bucket-required",
    ),
]

REFUSED = TARGET_GROUPS + TARGETS + BALANCERS + LISTENERS + ACTIONS + ATTRIBUTES

ACCEPTED = [
    accepted("the group that Fargate needs", CREATE, group()),
    accepted("two hyphens in the middle", CREATE, group(Name="a--b")),
    accepted("32 characters", CREATE, group(Name="a" * 32)),
    accepted("TCP with the defaults of a Network Load Balancer", CREATE, group(Protocol="TCP")),
    accepted("TCP, checked by HTTP", CREATE, group(Protocol="TCP", HealthCheckProtocol="HTTP", HealthCheckPath="/up")),
    accepted(
        "TCP, checked as long as the interval",
        CREATE,
        group(Protocol="TCP", HealthCheckIntervalSeconds=10, HealthCheckTimeoutSeconds=10),
    ),
    accepted("success codes 200-299,301", CREATE, group(Matcher={"HttpCode": "200-299,301"})),
    accepted("gRPC", CREATE, group(ProtocolVersion="GRPC", Matcher={"GrpcCode": "0-12"})),
    accepted("a port of its own for the check", CREATE, group(HealthCheckPort="9000")),
    accepted("the same settings again", CREATE, group(Name="web")),
    accepted("a Lambda function", CREATE, group(TargetType="lambda", Protocol=None, Port=None, VpcId=None)),
    accepted("a shorter check", MODIFY, lambda w: {"TargetGroupArn": w.web_group, "HealthCheckIntervalSeconds": 15}),
    accepted("an address of the VPC", REGISTER, targets("web_group", {"Id": "10.0.1.77", "Port": 8080})),
    accepted(
        "an address at the other end of a tunnel",
        REGISTER,
        targets("web_group", {"Id": "192.168.1.5", "AvailabilityZone": "all"}),
    ),
    accepted("three zones", BALANCER, balancer("a", "b", "c")),
    accepted("internal, where there is no gateway", BALANCER, balancer("other_a", "other_b", Scheme="internal")),
    accepted("a Network Load Balancer in one zone", BALANCER, balancer("a", Type="network")),
    accepted("its own groups", BALANCER, guarded("group", "peer")),
    accepted(
        "the same settings again",
        BALANCER,
        lambda w: {"Name": "web", "Subnets": [w.b, w.a], "SecurityGroups": [w.group]},
    ),
    accepted("a second port", LISTENER, listener()),
    accepted("two listeners to one group", LISTENER, listener(group="web_group")),
    accepted("TCP to TCP", LISTENER, listener("nlb", "tcp_group", Protocol="TCP", Port=80)),
    accepted("to HTTPS", LISTENER, acting(TO_HTTPS)),
    accepted("a fixed answer", LISTENER, acting(FIXED)),
    accepted("weights of blue and green", LISTENER, weighted(("free_group", 90), ("green_group", 10))),
    accepted("all to blue", LISTENER, weighted(("free_group", 1), ("green_group", 0))),
    accepted("a rule by header", RULE, rule(Conditions=[BY_HEADER])),
    accepted("five values", RULE, rule(Conditions=[FIVE_PATHS])),
    accepted("no delay", GROUP_ATTRIBUTES, attributes("web_group", ("deregistration_delay.timeout_seconds", "0"))),
    accepted("no slow start", GROUP_ATTRIBUTES, attributes("web_group", ("slow_start.duration_seconds", "0"))),
    accepted(
        "a cookie with its name",
        GROUP_ATTRIBUTES,
        attributes(
            "web_group",
            ("stickiness.enabled", "true"),
            ("stickiness.type", "app_cookie"),
            ("stickiness.app_cookie.cookie_name", "session"),
        ),
    ),
    accepted("stickiness by source", GROUP_ATTRIBUTES, attributes("tcp_group", ("stickiness.type", "source_ip"))),
    accepted("a minute", BALANCER_ATTRIBUTES, attributes("alb", ("idle_timeout.timeout_seconds", "60"))),
    accepted("a free group", "elbv2.delete_target_group", lambda w: {"TargetGroupArn": w.free_group}),
]


@pytest.fixture(scope="module")
def there() -> Iterator[tuple[Cloud, Built]]:
    with built(41) as pair:
        pair[1].names["vpcs"] = "All subnets must belong to the same VPC: '{}'".format(
            ",".join(sorted([pair[1].vpc, pair[1].other_vpc]))
        )
        yield pair


@pytest.mark.parametrize(("operation", "params", "code", "text"), REFUSED)
def test_the_request_is_refused_in_awss_words(
    there: tuple[Cloud, Built], operation: str, params: Params, code: str, text: str
) -> None:
    is_refused(*there, operation, params, code, text)


@pytest.mark.parametrize(("operation", "params"), ACCEPTED)
def test_the_request_is_accepted(there: tuple[Cloud, Built], operation: str, params: Params) -> None:
    is_accepted(*there, operation, params)


def test_a_protected_load_balancer_is_not_deleted(there: tuple[Cloud, Built]) -> None:
    from neighbours_as_built import call

    cloud, world = there
    with cloud.copy():
        call(BALANCER_ATTRIBUTES, attributes("alb", ("deletion_protection.enabled", "true"))(world))
        with pytest.raises(Exception, match="cannot be deleted because deletion protection is enabled"):
            call("elbv2.delete_load_balancer", {"LoadBalancerArn": world.alb})
        call(BALANCER_ATTRIBUTES, attributes("alb", ("deletion_protection.enabled", "false"))(world))
        call("elbv2.delete_load_balancer", {"LoadBalancerArn": world.alb})
