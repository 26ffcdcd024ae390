"""Pulling an image: the manifest from the registry, the layers from where the registry keeps them."""

from __future__ import annotations

from dataclasses import replace

from simcloud.facts import attempts, timings, words
from simcloud.facts.words import start as start_words
from simcloud.facts.words import stop_codes as stop_words
from simcloud.sim.asks import Asks, Permission, Route
from simcloud.sim.image import Image
from simcloud.sim.outcome import Download, Failed, Outcome, Passed
from simcloud.sim.reference import Reference
from simcloud.sim.steps.login import login
from simcloud.sim.steps.step import HTTPS, Step, role_name, session_arn, unreachable
from simcloud.sim.task import Task

MIB_A_GIB = 1024
PLATFORMS = {"X86_64": "linux/amd64", "ARM64": "linux/arm64"}


def attempt(task: Task, step: Step, asks: Asks) -> Outcome:
    """The image of one container: path to the registry, permission, existence, platform, layers, room."""
    plan = task.definition.container(step.container)
    reference = _pinned(plan.image, task.containers[step.container].pinned)
    route = asks.route(task.interface.id, reference.host, HTTPS)
    if not route.open and not route.refusal:
        return _no_registry(step, reference, route)
    if reference.is_private_ecr:
        for action in ("ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"):
            role = task.definition.execution_role
            permission = route.refusal or asks.may(role, task.id, action, repository_arn(reference))
            if not permission.allowed:
                return _denied(task, step, reference, action, permission)
    image = asks.image(reference.full)
    if image is None:
        text = words.IMAGE_NOT_FOUND.format(image=reference.full)
        return Failed(
            text,
            f"{reference.registry} has no {reference.repository}:{reference.version}",
            timings.IMAGE_MISSING_SECONDS.value,
            step.container,
        )
    if image.login is not None and not (plan.credentials and login(asks.secret(plan.credentials)) == image.login):
        why = f"{reference.registry} asks for {'other' if plan.credentials else 'a user name and'} credentials"
        text = start_words.NO_LOGIN.format(image=reference.full)
        return Failed(text, why, timings.PULL_RETRY_SECONDS.value, step.container)
    if any(each.digest == image.digest for each in task.containers.values() if each.behaviour is not None):
        says = f"has {reference.full} already: another container of the task has the same image"
        return Passed(0.0, says, image=image)
    return _fits(task, step, image) or _layers(task, step, reference, image, route, asks)


def _pinned(reference: Reference, digest: str) -> Reference:
    """The reference by the digest that the service's deployment keeps to (R-059)."""
    return replace(reference, digest=digest) if digest else reference


def repository_arn(reference: Reference) -> str:
    """The ARN of a private ECR repository."""
    return f"arn:aws:ecr:{reference.region}:{reference.account}:repository/{reference.repository}"


def pull_seconds(image: Image) -> float:
    """How long the pull of an image takes (R-105)."""
    return float(timings.PULL_LEAST_SECONDS.value + image.size_mib / timings.PULL_MIB_PER_SECOND.value)


def snapshotter(task: Task, container: str) -> str:
    """How the container got its image: soci where an index lets it be loaded lazily, else overlayfs (R-340)."""
    image, plan = task.containers[container].behaviour, task.definition.container(container)
    lazy = image is not None and image.soci and plan.image.is_private_ecr and task.definition.system == "LINUX"
    return "soci" if lazy else "overlayfs"


def layer_host(reference: Reference) -> str:
    """Where ECR keeps layers: a bucket of AWS's in the registry's region (R-128)."""
    return f"prod-{reference.region}-starport-layer-bucket.s3.{reference.region}.amazonaws.com"


def _no_registry(step: Step, reference: Reference, route: Route) -> Failed:
    text = words.MANIFEST_UNREACHABLE.format(
        image=reference.full,
        registry=reference.host,
        repository=reference.repository,
        tag=reference.version,
        address=route.address,
    )
    return Failed(unreachable(text, reference.host, route), route.why, timings.NETWORK_GIVE_UP.value, step.container)


def _denied(task: Task, step: Step, reference: Reference, action: str, permission: Permission) -> Failed:
    text = words.PULL_DENIED.format(
        image=reference.full,
        session=session_arn(task.definition.execution_role, task),
        action=action,
        resource=repository_arn(reference),
        because=permission.because,
    )
    return Failed(text, permission.why, timings.PULL_RETRY_SECONDS.value, step.container)


def _fits(task: Task, step: Step, image: Image) -> Failed | None:
    architecture = task.definition.architecture
    if image.index and architecture not in image.architectures:
        text = words.NO_SUCH_PLATFORM.format(platform=PLATFORMS[architecture])
        why = f"the image is built for {', '.join(image.architectures)}, the task runs on {architecture}"
        return Failed(text, why, timings.PULL_RETRY_SECONDS.value, step.container)
    pulled = {each.digest: each.behaviour.size_mib for each in task.containers.values() if each.behaviour is not None}
    needed = attempts.LAYER_SPACE.value * sum((pulled | {image.digest: image.size_mib}).values())
    if needed > task.definition.ephemeral_gib * MIB_A_GIB:
        text = words.NO_SPACE.format(path="/var/lib/containerd")
        why = (
            f"the image has {image.size_mib} MiB; compressed and unpacked the task's images need {needed:.0f} MiB of "
            f"its {task.definition.ephemeral_gib} GiB of ephemeral storage"
        )
        return Failed(text, why, timings.PULL_RETRY_SECONDS.value, step.container)
    return None


def _layers(task: Task, step: Step, reference: Reference, image: Image, route: Route, asks: Asks) -> Outcome:
    why = ""
    if reference.is_private_ecr:
        host = layer_host(reference)
        route = asks.route(task.interface.id, host, HTTPS)
        if route.refusal:
            text = stop_words.LAYERS_FORBIDDEN.format(host=host)
            return Failed(text, route.why, timings.PULL_RETRY_SECONDS.value, step.container)
        if not route.open:
            text = words.LAYERS_UNREACHABLE.format(
                image=reference.full, repository=reference.name, host=host, address=route.address
            )
            return Failed(unreachable(text, host, route), route.why, timings.NETWORK_GIVE_UP.value, step.container)
        why = route.why
    download = Download(image.size_mib, route.by, "s3" if reference.is_private_ecr else "internet")
    role = task.definition.execution_role
    who = f"as execution role {role_name(role)}" if reference.is_private_ecr else "with no role"
    if image.soci and reference.is_private_ecr and task.definition.system == "LINUX":
        share = attempts.SOCI_SHARE.value
        seconds = pull_seconds(replace(image, size_mib=round(image.size_mib * share)))
        says = f"pulls {share:.0%} of {reference.full} ({image.size_mib} MiB, the rest by its SOCI index), {who}"
        return Passed(seconds, says, why, image=image, download=download)
    says = f"pulls {reference.full} ({image.size_mib} MiB), {who}"
    return Passed(pull_seconds(image), says, why, image=image, download=download)
