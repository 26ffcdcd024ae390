"""What the laws of EKS may see of the world, gathered for one request. Values only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.cloud import identity
from simcloud.cloud.eks import finding
from simcloud.cloud.live import Call
from simcloud.facts import eks
from simcloud.rules.eks.reading import named_cluster, role_account
from simcloud.rules.eks.roles import MEMBERS
from simcloud.rules.eks.seen import Cluster, EksSeen, Subnet
from simcloud.rules.eks.trust import CONTROL_PLANE, FARGATE_PODS, NODES, PODS
from simcloud.sim.eks.lives import holdings
from simcloud.sim.eks.resource import ADDON, CLUSTER, ENTRY, IDENTITY, NODEGROUP, PROFILE, PROVIDER, Resource

DAY = 86_400.0
ASSUMED_ROLE = re.compile(r"arn:aws:sts::(\d{12}):assumed-role/([^/]+)/.+")


def seen(call: Call, request: Mapping[str, Any]) -> EksSeen:
    """A view for a request that makes or changes something."""
    from simcloud.cloud.network import picture

    held, name = holdings(call.world), named_cluster(request)
    cluster = finding.maybe_cluster(call, name)
    network = picture(call.region, call.account)
    return EksSeen(
        account=call.account,
        region=call.region,
        cluster=_cluster(call, cluster) if cluster else None,
        taken=frozenset(each.name for each in held.of(CLUSTER)),
        things={kind: _things(call, kind, name) for kind in (PROFILE, NODEGROUP, ADDON, ENTRY, PROVIDER)},
        node_versions={each.name: each.body["version"] for each in held.of(NODEGROUP, name) if cluster},
        subnets=_subnets(call, network),
        groups={each.id: each.vpc for each in network.groups.values()},
        vpcs={each.id: each.cidrs for each in network.vpcs.values()},
        principals=frozenset(_principals(call)),
        trusts=dict(_trusts(call, request)),
        associations={
            (each.body["namespace"], each.body["serviceAccount"]): each.name for each in held.of(IDENTITY, name)
        },
    )


def _things(call: Call, kind: str, cluster: str) -> dict[str, str]:
    """Names to statuses; of access entries to their types."""
    found = holdings(call.world).of(kind, cluster) if cluster else []
    return {each.name: each.body["type"] if kind == ENTRY else each.status for each in found}


def _cluster(call: Call, thing: Resource) -> Cluster:
    body = thing.body
    vpc = body["resourcesVpcConfig"]
    upgraded = body.get("upgradedFrom") or {}
    recent = upgraded and call.world.now <= upgraded["at"] + eks.ROLLBACK_DAYS.value * DAY
    return Cluster(
        name=thing.name,
        status=thing.status,
        version=body["version"],
        vpc=vpc["vpcId"],
        authentication=body["accessConfig"]["authenticationMode"],
        public=vpc["endpointPublicAccess"],
        private=vpc["endpointPrivateAccess"],
        public_cidrs=tuple(vpc["publicAccessCidrs"]),
        subnets=tuple(vpc["subnetIds"]),
        groups=tuple(vpc["securityGroupIds"]),
        logged=tuple(
            kind for setup in body["logging"]["clusterLogging"] if setup["enabled"] for kind in setup["types"]
        ),
        support=body["upgradePolicy"]["supportType"],
        protected=body["deletionProtection"],
        service_cidr=body["kubernetesNetworkConfig"].get("serviceIpv4Cidr", ""),
        came_from=upgraded["version"] if recent else "",
    )


def _subnets(call: Call, network: Any) -> dict[str, Subnet]:
    """A subnet is private where no route of its table (or of its VPC's main one) leads to an internet gateway."""
    from moto.ec2.models import ec2_backends

    zones = ec2_backends[call.account][call.region].subnets.values()
    zone_ids = {each.id: each.availability_zone_id for zone in zones for each in zone.values()}
    found = {}
    for each in network.subnets.values():
        table = network.route_table_of(each.id)
        public = table is not None and any(route.via.startswith("igw-") for route in table.routes)
        found[each.id] = Subnet(each.vpc, each.zone, zone_ids.get(each.id) or "", not public)
    return found


def _principals(call: Call) -> Iterator[str]:
    """Who can have an access entry: the account's root user, its users and roles, and whoever calls."""
    from moto.iam.models import iam_backends

    iam = iam_backends[call.account]["aws"]
    yield f"arn:aws:iam::{call.account}:root"
    yield from (each.arn for each in iam.roles.values())
    yield from (each.arn for each in iam.users.values())
    yield principal(call.caller)


def principal(caller: str) -> str:
    """The user or role behind a caller's ARN."""
    found = ASSUMED_ROLE.fullmatch(caller)
    return f"arn:aws:iam::{found[1]}:role/{found[2]}" if found else caller


def _trusts(call: Call, request: Mapping[str, Any]) -> Iterator[tuple[str, frozenset[str]]]:
    """Whom the roles trust that the request names."""
    profile = request.get("fargateProfileName") or "*"
    source = finding.arn(call, "fargateprofile", named_cluster(request), str(profile))
    for member in MEMBERS:
        role = request.get(member)
        if not isinstance(role, str) or role_account(role) != call.account:
            continue
        yield (
            role,
            frozenset(
                service
                for service, of in (
                    (CONTROL_PLANE, finding.arn(call, "cluster", named_cluster(request))),
                    (FARGATE_PODS, source),
                    (NODES, ""),
                    (PODS, finding.arn(call, "cluster", named_cluster(request))),
                )
                if _is_trusting(role, service, of, call)
            ),
        )


def _is_trusting(role: str, service: str, source: str, call: Call) -> bool:
    actions = ("", "sts:TagSession") if service == PODS else ("",)
    return all(
        identity.assumable(role, service, call.account, region=call.region, source=source, action=each).allowed
        for each in actions
    )
