"""The path from a task's interface to a service: open by every right way, and ended at the right hop by every fault."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from simcloud.reason import names
from simcloud.reason.network import (
    AclEntry,
    GroupRule,
    Interface,
    Network,
    NetworkAcl,
    Route,
    RouteTable,
    Subnet,
    VpcEndpoint,
)
from simcloud.reason.path import Path, find_path
from simcloud.reason.sketch import ANYWHERE, TASK, Choices, sketch
from simcloud.reason.start import start

REGION, ACCOUNT = "us-east-1", "123456789012"
API = names.ecr_api(REGION)
DKR = names.ecr_dkr(REGION, ACCOUNT)
LAYERS = names.layer_bucket(REGION)
LOGS = names.regional("logs", REGION)
ALL_ENDPOINTS = frozenset({"ecr.api", "ecr.dkr", "s3", "logs"})

PRIVATE = sketch(Choices(endpoints=ALL_ENDPOINTS))
NAT = sketch(Choices(nat=True))
PUBLIC = sketch(Choices(public_subnet=True, public_ip=True))
ALONE = sketch(Choices())

Change = Callable[[Network], Network]


def put(network: Network, field: str, **things: Any) -> Network:
    """The network with some things put in, or replaced, by id (underscores stand for hyphens)."""
    held = dict(getattr(network, field)) | {name.replace("_", "-"): thing for name, thing in things.items()}
    return replace(network, **{field: held})


def routed(network: Network, *routes: Route, table: str = "rtb-task") -> Network:
    changed = replace(network.route_tables[table], routes=routes)
    return replace(network, route_tables={**network.route_tables, table: changed})


def endpoint(network: Network, identity: str, **changes: Any) -> Network:
    changed = replace(network.endpoints[identity], **changes)
    return replace(network, endpoints={**network.endpoints, identity: changed})


def acl(network: Network, *entries: AclEntry, subnet: str = "subnet-task") -> Network:
    held = replace(network.subnets[subnet], network_acl="acl-1")
    with_acl = replace(network, acls={"acl-1": NetworkAcl("acl-1", "vpc-1", entries)})
    return replace(with_acl, subnets={**network.subnets, subnet: held})


def test_an_endpoint_nat_or_public_address_each_open_the_path_and_are_named_as_the_way_out() -> None:
    ways = {
        "vpce-ecr-api": find_path(PRIVATE, TASK, API),
        "vpce-s3": find_path(PRIVATE, TASK, LAYERS),
        "nat-1": find_path(NAT, TASK, API),
        "igw-1": find_path(PUBLIC, TASK, API),
    }
    assert {name: (path.open, path.kind, path.decided_by.id) for name, path in ways.items()} == {
        name: (True, "open", name) for name in ways
    }


@pytest.mark.row("F20")
@pytest.mark.row("T05")
@pytest.mark.row("N05")
@pytest.mark.parametrize("missing", sorted(ALL_ENDPOINTS))
def test_each_endpoint_that_is_missing_has_its_own_way_to_fail(missing: str) -> None:
    found = start(sketch(Choices(endpoints=ALL_ENDPOINTS - {missing})), TASK)
    errand, path = found.last
    assert errand.service == missing
    assert path.decided_by.kind == "route-table"
    expected = {
        "ecr.api": f'Post "https://{API}/": dial tcp {path.address}:443: i/o timeout',
        "ecr.dkr": f'Head "https://{DKR}/v2/web/manifests/latest": dial tcp {path.address}:443: i/o timeout',
        "s3": f'Get "https://{LAYERS}/": dial tcp {path.address}:443: i/o timeout',
        "logs": "There is a connection issue between the task and Amazon CloudWatch.",
    }
    assert expected[missing] in found.message


@pytest.mark.row("F20")
@pytest.mark.row("T05")
def test_with_all_endpoints_the_task_starts_without_nat() -> None:
    found = start(PRIVATE, TASK)
    assert found.starts
    assert [path.decided_by.id for _, path in found.done] == ["vpce-ecr-api", "vpce-ecr-dkr", "vpce-s3", "vpce-logs"]


@pytest.mark.row("M04")
def test_a_public_subnet_without_a_public_ip_fails_like_a_private_one() -> None:
    public, private = sketch(Choices(public_subnet=True)), ALONE
    assert start(public, TASK).message == start(private, TASK).message != ""
    assert find_path(public, TASK, API).decided_by.kind == "public-ip"
    assert "has no public IP" in find_path(public, TASK, API).why


def deny_in(network: Network) -> Network:
    return acl(network, AclEntry(100, True, True, ANYWHERE), AclEntry(32767, False, False, ANYWHERE))


def deny_out(network: Network) -> Network:
    return acl(network, AclEntry(100, True, False, ANYWHERE), AclEntry(32767, False, True, ANYWHERE))


def vpc(**changes: bool) -> Change:
    return lambda network: put(network, "vpcs", vpc_1=replace(network.vpcs["vpc-1"], **changes))


def group(name: str, **changes: Any) -> Change:
    return lambda network: put(network, "groups", **{name: replace(network.groups[name.replace("_", "-")], **changes)})


def nat(**changes: Any) -> Change:
    return lambda network: put(network, "nat_gateways", nat_1=replace(network.nat_gateways["nat-1"], **changes))


def nat_in_a_private_subnet(network: Network) -> Network:
    return nat(subnet="subnet-task")(network)


ONLY_OUR_BUCKET = {
    "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::our-bucket/*"}]
}
ONLY_OUR_ACCOUNT = {
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": "*",
            "Action": "*",
            "Resource": "*",
            "Condition": {"StringEquals": {"aws:PrincipalAccount": ACCOUNT}},
        }
    ]
}
NO_IMAGES = {
    "Statement": [
        {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"},
        {"Effect": "Deny", "Principal": "*", "Action": "ecr:BatchGetImage", "Resource": "*"},
    ]
}
PEERING = (Route(ANYWHERE, "pcx-1"),)
TO_S3 = GroupRule("pl-s3", "tcp", (443, 443))
FROM_OTHERS = GroupRule("sg-other", "tcp", (443, 443))

FAULTS: list[tuple[str, Network, str, Change, str, str, str]] = [
    # what, network, host, change, kind of the end, deciding hop, words of the reason
    ("no route", ALONE, API, lambda n: n, "timeout", "rtb-task", "has no route to"),
    ("default route gone", PUBLIC, API, lambda n: routed(n), "timeout", "rtb-task", "has no route to"),
    ("gateway detached", PUBLIC, API,
     lambda n: put(n, "internet_gateways", igw_1=replace(n.internet_gateways["igw-1"], vpc="")),
     "timeout", "igw-1", "is not attached to vpc-1"),
    ("gateway deleted", PUBLIC, API, lambda n: replace(n, internet_gateways={}), "timeout", "rtb-task", "blackhole"),
    ("NAT deleted", NAT, API, nat(available=False), "timeout", "rtb-task", "blackhole"),
    ("NAT without public address", NAT, API, nat(public_address=""), "timeout", "nat-1", "has no public address"),
    ("NAT in a private subnet", NAT, API, nat_in_a_private_subnet, "timeout", "nat-1", "sends 4"),
    ("NAT's subnet without route", NAT, API, lambda n: routed(n, table="rtb-public"), "timeout", "nat-1", "to nowhere"),
    ("egress of the task closed", PRIVATE, API, group("sg_task", egress=()), "timeout", "sg-task", "no egress rule"),
    ("egress to port 80 alone", NAT, API, group("sg_task", egress=(GroupRule(ANYWHERE, "tcp", (80, 80)),)),
     "timeout", "sg-task", "TCP 443 out"),
    ("egress for UDP alone", NAT, API, group("sg_task", egress=(GroupRule(ANYWHERE, "udp"),)),
     "timeout", "sg-task", "TCP 443 out"),
    ("egress to S3's prefix list alone", PRIVATE, API, group("sg_task", egress=(TO_S3,)),
     "timeout", "sg-task", "no egress rule"),
    ("egress to the VPC alone", PRIVATE, LAYERS, group("sg_task", egress=(GroupRule("10.0.0.0/16", "-1"),)),
     "timeout", "sg-task", "no egress rule"),
    ("endpoint group closed", PRIVATE, DKR, group("sg_endpoints", ingress=()), "timeout", "sg-endpoints", "TCP 443 in"),
    ("endpoint group for another group", PRIVATE, DKR,
     group("sg_endpoints", ingress=(FROM_OTHERS,)), "timeout", "sg-endpoints", "TCP 443 in"),
    ("private DNS off", PRIVATE, API, lambda n: endpoint(n, "vpce-ecr-api", private_dns=False),
     "timeout", "rtb-task", "private DNS of vpce-ecr-api is off"),
    ("DNS host names off", PRIVATE, API, vpc(dns_hostnames=False), "timeout", "rtb-task", "DNS host names are off"),
    ("DNS support off", PRIVATE, API, vpc(dns_support=False), "no-name", "vpc-1", "DNS support is off"),
    ("gateway endpoint on another route table", PRIVATE, LAYERS,
     lambda n: endpoint(routed(n), "vpce-s3", route_tables=("rtb-public",)),
     "timeout", "rtb-task", "vpce-s3 for s3 is in rtb-public, not in this one"),
    ("endpoint being deleted", PRIVATE, DKR, lambda n: endpoint(n, "vpce-ecr-dkr", available=False),
     "timeout", "rtb-task", "has no route to"),
    ("ACL closed inwards", NAT, API, deny_in, "timeout", "acl-1", "answers to TCP 32768-60999"),
    ("ACL closed outwards", NAT, API, deny_out, "timeout", "acl-1", "keeps TCP 443"),
    ("S3 policy for our bucket alone", PRIVATE, LAYERS, lambda n: endpoint(n, "vpce-s3", policy=ONLY_OUR_BUCKET),
     "denied", "vpce-s3", "no VPC endpoint policy allows s3:GetObject"),
    ("S3 policy for our account alone", PRIVATE, LAYERS, lambda n: endpoint(n, "vpce-s3", policy=ONLY_OUR_ACCOUNT),
     "denied", "vpce-s3", "no VPC endpoint policy allows s3:GetObject"),
    ("ecr.dkr policy that denies images", PRIVATE, DKR, lambda n: endpoint(n, "vpce-ecr-dkr", policy=NO_IMAGES),
     "denied", "vpce-ecr-dkr", "denies ecr:BatchGetImage"),
    ("peering", ALONE, API, lambda n: routed(n, *PEERING), "timeout", "pcx-1", "does not simulate"),
]  # fmt: skip


@pytest.mark.row("F20")
@pytest.mark.row("T05")
@pytest.mark.parametrize(("network", "host", "change", "kind", "hop", "says"), [each[1:] for each in FAULTS],
                         ids=[each[0] for each in FAULTS])  # fmt: skip
def test_a_fault_ends_the_path_at_the_hop_that_is_wrong(
    network: Network, host: str, change: Change, kind: str, hop: str, says: str
) -> None:
    path = find_path(change(network), TASK, host)
    assert (path.open, path.kind, path.decided_by.id) == (False, kind, hop)
    assert says in path.why
    assert not path.hops[-1].ok
    assert all(earlier.ok for earlier in path.hops[:-1])


def test_an_interface_endpoint_for_s3_does_not_serve_the_layers() -> None:
    standing = Interface("eni-s3", "subnet-task", "10.0.1.99", ("sg-endpoints",))
    s3 = VpcEndpoint("vpce-i", "vpc-1", f"com.amazonaws.{REGION}.s3", "interface", (standing,), private_dns=True)
    network = put(sketch(Choices(endpoints=ALL_ENDPOINTS - {"s3"})), "endpoints", vpce_i=s3)
    path = find_path(network, TASK, LAYERS)
    assert (path.open, path.decided_by.kind) == (False, "route-table")
    assert "vpce-i is an interface endpoint for S3" in path.why
    assert find_path(network, TASK, f"our-bucket.s3.{REGION}.amazonaws.com").open


def test_the_policy_for_our_account_alone_lets_the_registry_through_but_not_the_layers() -> None:
    network = endpoint(PRIVATE, "vpce-ecr-dkr", policy=ONLY_OUR_ACCOUNT)
    assert find_path(network, TASK, DKR).open


def test_a_refusal_by_an_endpoint_policy_carries_the_tail_of_the_message() -> None:
    path = find_path(endpoint(PRIVATE, "vpce-s3", policy=ONLY_OUR_BUCKET), TASK, LAYERS)
    assert path.denied == "because no VPC endpoint policy allows the s3:GetObject action"


def test_a_group_reference_lets_in_the_members_of_that_group() -> None:
    rule = GroupRule("sg-task", "tcp", (443, 443))
    assert find_path(group("sg_endpoints", ingress=(rule,))(PRIVATE), TASK, API).open


def test_egress_narrowed_to_endpoint_group_and_s3_prefix_list_is_enough() -> None:
    rules = (GroupRule("sg-endpoints", "tcp", (443, 443)), GroupRule("pl-s3", "tcp", (443, 443)))
    assert start(group("sg_task", egress=rules)(PRIVATE), TASK).starts


def test_the_longest_prefix_decides() -> None:
    network = routed(NAT, Route(ANYWHERE, "nat-1"), Route("44.0.0.0/8", "igw-1"))
    assert find_path(network, TASK, API).decided_by.kind == "public-ip"
    assert find_path(network, TASK, "example.com").decided_by.id == "nat-1"


def test_the_main_route_table_serves_a_subnet_that_names_none() -> None:
    network = replace(PUBLIC, route_tables={
        "rtb-main": RouteTable("rtb-main", "vpc-1", (Route(ANYWHERE, "igw-1"),), main=True)})  # fmt: skip
    assert find_path(network, TASK, API).open


def test_endpoint_in_another_subnet_needs_both_subnets_acls() -> None:
    standing = Interface("eni-far", "subnet-public", "10.0.0.77", ("sg-endpoints",))
    network = endpoint(PRIVATE, "vpce-ecr-api", interfaces=(standing,))
    assert find_path(network, TASK, API).open
    closed = acl(network, AclEntry(100, True, False, ANYWHERE), subnet="subnet-public")
    path = find_path(closed, TASK, API)
    assert (path.decided_by.kind, path.decided_by.id) == ("nacl", "acl-1")
    assert "subnet-public" in path.why


def test_the_answers_to_a_nat_gateway_need_the_wider_range_of_ports() -> None:
    let_out, narrow = AclEntry(100, True, True, ANYWHERE), AclEntry(110, True, False, ANYWHERE, "6", (32768, 65535))
    https = AclEntry(100, True, False, "10.0.0.0/16", "6", (443, 443))
    public = acl(NAT, let_out, narrow, https, subnet="subnet-public")
    assert find_path(public, TASK, API).decided_by.id == "acl-1"
    task = acl(NAT, let_out, narrow)
    assert find_path(task, TASK, API).open


def test_a_deny_of_one_port_does_not_stop_answers_to_thousands() -> None:
    rules = AclEntry(100, True, True, ANYWHERE), AclEntry(90, False, False, ANYWHERE, "6", (33389, 33389))
    assert find_path(acl(NAT, *rules, AclEntry(100, True, False, ANYWHERE)), TASK, API).open


def test_acl_rules_are_read_by_number_not_by_order() -> None:
    late_allow = AclEntry(200, True, True, ANYWHERE), AclEntry(100, False, True, ANYWHERE)
    assert find_path(acl(NAT, *late_allow, AclEntry(100, True, False, ANYWHERE)), TASK, API).decided_by.kind == "nacl"


def test_a_private_address_that_nobody_has_is_a_timeout_that_says_so() -> None:
    path = find_path(NAT, TASK, "10.0.1.250", 2049)
    assert (path.kind, "nothing in vpc-1 has 10.0.1.250" in path.why) == ("timeout", True)


@pytest.mark.row("F12")
@pytest.mark.row("T01")
def test_two_tasks_in_one_subnet_are_judged_by_their_own_groups() -> None:
    mount = Interface("eni-mount", "subnet-task", "10.0.1.60", ("sg-files",))
    files = replace(NAT.groups["sg-task"], id="sg-files", ingress=(GroupRule("sg-web", "tcp", (2049, 2049)),))
    web = replace(NAT.groups["sg-task"], id="sg-web")
    network = put(put(NAT, "groups", sg_files=files, sg_web=web), "interfaces", eni_mount=mount)
    allowed = Interface("eni-a", "subnet-task", "10.0.1.20", ("sg-web",))
    other = Interface("eni-b", "subnet-task", "10.0.1.21", ("sg-task",))
    assert find_path(network, allowed, "10.0.1.60", 2049).open
    refused = find_path(network, other, "10.0.1.60", 2049)
    assert (refused.open, refused.decided_by.id) == (False, "sg-files")


def test_the_endpoint_address_of_the_tasks_own_zone_is_preferred() -> None:
    far = Interface("eni-far", "subnet-far", "10.0.2.9", ("sg-endpoints",))
    near = PRIVATE.endpoints["vpce-ecr-api"].interfaces[0]
    network = put(PRIVATE, "subnets", subnet_far=Subnet("subnet-far", "vpc-1", "10.0.2.0/24", "us-east-1b"))
    path = find_path(endpoint(network, "vpce-ecr-api", interfaces=(far, near)), TASK, API)
    assert path.address == near.address


def test_the_same_name_has_the_same_public_address_and_s3s_lies_in_its_prefix_list() -> None:
    first, again = find_path(NAT, TASK, API), find_path(sketch(Choices(nat=True)), TASK, API)
    assert first.address == again.address
    assert find_path(NAT, TASK, LAYERS).address.startswith(("52.216.", "52.217."))


def paths() -> list[Path]:
    return [find_path(change(network), TASK, host) for _, network, host, change, *_ in FAULTS]


def test_every_reason_names_the_interface_the_host_and_the_deciding_id() -> None:
    for path in paths():
        assert TASK in path.why
        assert f"{path.host}:443" in path.why
        assert path.decided_by.id in path.why
        assert path.why.endswith(".")
