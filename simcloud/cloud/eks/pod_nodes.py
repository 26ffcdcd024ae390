"""Fargate's nodes for pods, and their kubelets' pulls, in the rest of the simulated AWS."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simcloud.cloud import identity
from simcloud.cloud.asking import Asking
from simcloud.cloud.live import Live
from simcloud.cloud.performing import _free_address as free_address
from simcloud.facts.words import pod as pod_words
from simcloud.rules.eks.trust import FARGATE_PODS
from simcloud.sim.asks import Route
from simcloud.sim.eks.effects import MakePodNode, PullImages
from simcloud.sim.eks.lives import holdings
from simcloud.sim.eks.pod_events import PodNotPlaced, PodPlaced, Pulled, PullsJudged
from simcloud.sim.eks.resource import CLUSTER, NODEGROUP, PROFILE, Resource
from simcloud.sim.events import Event
from simcloud.sim.reference import Reference, parse
from simcloud.sim.steps.pull import layer_host, pull_seconds, repository_arn
from simcloud.sim.supply import ON_DEMAND, UNITS_PER_VCPU, room

HTTPS = 443
MIB = 1024 * 1024
AGAIN_SECONDS = 900.0
"""From a node that did not join to the next one."""
ACTIONS = ("ecr:GetAuthorizationToken", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer")
REQUESTER = "eks-fargate"


def make_node(live: Live, effect: MakePodNode) -> Event:
    """An interface in one of the profile's subnets, behind the cluster's group; then the node has to join."""
    held = holdings(live.world).resources
    cluster = held[CLUSTER, effect.cluster, effect.cluster]
    profile = held.get((PROFILE, effect.cluster, effect.profile))
    pod = (effect.cluster, effect.pod, effect.turn)
    if profile is None:
        said = pod_words.PROFILE_GONE.format(profile=effect.profile)
        return PodNotPlaced(*pod, said, "the profile was deleted")
    role = profile.body["podExecutionRoleArn"]
    trusted = identity.assumable(role, FARGATE_PODS, live.account, region=live.region, source=profile.arn)
    if not trusted.allowed:
        said = pod_words.ROLE_NOT_ASSUMED.format(profile=profile.name)
        return PodNotPlaced(*pod, said, trusted.why)
    zones = {each: Asking(live).zone(each) for each in profile.body["subnets"]}
    size = holdings(live.world).kubernetes[effect.cluster].pods[effect.pod].size
    vcpu = size.cpu / UNITS_PER_VCPU if size else 0.0
    subnets, refusal = room(live.world, ON_DEMAND, vcpu, list(zones), zones=zones)
    if refusal is not None:
        return PodNotPlaced(*pod, str(pod_words.CAPACITY), refusal.why, AGAIN_SECONDS)
    placed = _attach(live, effect, subnets, cluster)
    if placed is None:
        said = pod_words.SUBNET_FULL.format(subnet=", ".join(profile.body["subnets"]))
        return PodNotPlaced(*pod, said, "no subnet of the profile has a free address", AGAIN_SECONDS)
    address = placed.private_ip_address
    if why := _unreachable(live, effect.interface, cluster):
        remove_interface(live, effect.interface)
        said = pod_words.TIMED_OUT.format(namespace=effect.pod[0], pod=effect.pod[1])
        return PodNotPlaced(*pod, said, why, AGAIN_SECONDS)
    return PodPlaced(*pod, _name(address, live.region), address, effect.interface, placed.subnet.availability_zone)


def _attach(live: Live, effect: MakePodNode, subnets: list[str], cluster: Resource) -> Any:
    """moto's interface, in the subnet with the most free addresses left; None where none has any."""
    ec2 = _ec2(live)
    known = {one.id: one for zone in ec2.subnets.values() for one in zone.values()}
    turns = sorted((each for each in subnets if each in known), key=lambda each: _taken(ec2, each))
    group = cluster.body["resourcesVpcConfig"].get("clusterSecurityGroupId")
    for each in turns:
        address = free_address(ec2, known[each])
        if address is None:
            continue
        eni = ec2.create_network_interface(known[each], address, group_ids=[group] if group else None)
        ec2.enis[effect.interface] = ec2.enis.pop(eni.id)
        eni.id, eni.status, eni.description = effect.interface, "in-use", "Amazon EKS Fargate pod"
        eni.requester_managed, eni.requester_id = True, REQUESTER
        return eni
    return None


def _taken(ec2: Any, subnet: str) -> int:
    return sum(each.subnet.id == subnet for each in ec2.enis.values())


def _unreachable(live: Live, interface: str, cluster: Resource) -> str:
    """Why the node cannot reach the API server; '' where it can. The private endpoint is inside the VPC."""
    network = cluster.body["resourcesVpcConfig"]
    if network["endpointPrivateAccess"]:
        return ""
    host = cluster.body["endpoint"].removeprefix("https://")
    route = Asking(live).route(interface, host, HTTPS)
    return "" if route.open else f"its node cannot reach the API server: {route.why}"


def _name(address: str, region: str) -> str:
    """fargate-ip-10-0-1-4.ec2.internal (R-275)"""
    domain = "ec2.internal" if region == "us-east-1" else f"{region}.compute.internal"
    return f"fargate-ip-{address.replace('.', '-')}.{domain}"


def remove_interface(live: Live, interface: str) -> None:
    """Delete an interface, where it still is."""
    ec2 = _ec2(live)
    if interface in ec2.enis:
        ec2.delete_network_interface(interface)


def _ec2(live: Live) -> Any:
    from moto.ec2.models import ec2_backends

    return ec2_backends[live.account][live.region]


def pull_images(live: Live, effect: PullImages) -> Event:
    """One container after the other, up to the first whose image cannot be pulled."""
    held = holdings(live.world)
    state = held.kubernetes[effect.cluster].pods[effect.pod]
    if state.machine:
        return PullsJudged(effect.cluster, effect.pod, effect.turn, tuple(_pulls_on_a_machine(live, effect)))
    role = held.resources[PROFILE, effect.cluster, state.profile].body["podExecutionRoleArn"]
    pulls: list[Pulled] = []
    have: dict[str, Pulled] = {}
    for container in state.pod.every_container:
        before = have.get(container.image)
        one = _pull(live, container.name, container.image, state.interface, role)
        if before is not None and not one.failure:
            one = Pulled(container.name, container.image, 0.0, one.size, behaviour=one.behaviour)
        have[container.image] = one
        pulls.append(one)
        if one.failure:
            break
    return PullsJudged(effect.cluster, effect.pod, effect.turn, tuple(pulls))


def _pulls_on_a_machine(live: Live, effect: PullImages) -> Iterator[Pulled]:
    """The same on a node of a node group, as its role. The way of a node to the registry is not acted out."""
    held = holdings(live.world)
    kube = held.kubernetes[effect.cluster]
    machine = kube.machines[kube.pods[effect.pod].machine]
    role = held.resources[NODEGROUP, effect.cluster, machine.group].body["nodeRole"]
    asks = Asking(live)
    for container in kube.pods[effect.pod].pod.every_container:
        reference, image = parse(container.image), asks.image(container.image)
        denied = _denied(asks, role, reference) if reference.is_private_ecr else None
        if denied is not None:
            failure = pod_words.DENIED_IMAGE.format(image=reference.full)
            yield Pulled(container.name, container.image, failure=failure, why=denied)
        elif image is None:
            why = f"{reference.registry} has no {reference.repository}:{reference.version}"
            failure = pod_words.NOT_FOUND_IMAGE.format(image=reference.full)
            yield Pulled(container.name, container.image, failure=failure, why=why)
        elif image.index and machine.architecture not in image.architectures:
            why = f"the image is built for {', '.join(image.architectures)}, the node is {machine.architecture}"
            failure = pod_words.PLATFORM_IMAGE.format(image=reference.full)
            yield Pulled(container.name, container.image, failure=failure, why=why)
        else:
            size = image.size_mib * MIB
            yield Pulled(container.name, container.image, pull_seconds(image), size, behaviour=image)
            continue
        return


def _denied(asks: Asking, role: str, reference: Reference) -> str | None:
    """Why the role may not pull from the repository; None where it may."""
    for action in ACTIONS:
        permission = asks.may(role, "node", action, "*" if action == ACTIONS[0] else repository_arn(reference))
        if not permission.allowed:
            return permission.why
    return None


def _pull(live: Live, container: str, text: str, interface: str, role: str) -> Pulled:
    """A pull as the pod execution role: path, permission, existence, platform, layers."""
    asks, reference = Asking(live), parse(text)
    route = asks.route(interface, reference.host, HTTPS)
    if not route.open:
        return Pulled(container, text, failure=_no_registry(reference, route), why=route.why)
    if reference.is_private_ecr:
        for action in ACTIONS:
            resource = "*" if action == ACTIONS[0] else repository_arn(reference)
            permission = asks.may(role, "fargate", action, resource)
            if not permission.allowed:
                failure = pod_words.DENIED_IMAGE.format(image=reference.full)
                return Pulled(container, text, failure=failure, why=permission.why)
    image = asks.image(text)
    if image is None:
        why = f"{reference.registry} has no {reference.repository}:{reference.version}"
        return Pulled(container, text, failure=pod_words.NOT_FOUND_IMAGE.format(image=reference.full), why=why)
    if image.index and "X86_64" not in image.architectures:
        why = f"the image is built for {', '.join(image.architectures)}, EKS on Fargate runs on X86_64"
        return Pulled(container, text, failure=pod_words.PLATFORM_IMAGE.format(image=reference.full), why=why)
    if reference.is_private_ecr:
        layers = asks.route(interface, layer_host(reference), HTTPS)
        if not layers.open:
            return Pulled(container, text, failure=_no_registry(reference, layers), why=layers.why)
        route = layers
    size, private = image.size_mib * MIB, reference.is_private_ecr
    return Pulled(container, text, pull_seconds(image), size, behaviour=image, by=route.by, private=private)


def _no_registry(reference: Reference, route: Route) -> str:
    words = pod_words.NO_NAME_IMAGE if route.kind == "no-name" else pod_words.TIMEOUT_IMAGE
    return words.format(
        image=reference.full,
        host=reference.host,
        repository=reference.repository,
        tag=reference.version,
        address=route.address,
    )
