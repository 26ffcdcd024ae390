"""Images of the simulated cloud: pushed into moto's ECR with a manifest, looked up there, or known from public ones."""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import fields
from typing import Any
from urllib.parse import urlsplit

from simcloud.cloud.live import Live
from simcloud.facts.images import PUBLIC_IMAGES, PublicImage
from simcloud.facts.words.tracing import PORTS
from simcloud.sim.events import ImagePushed
from simcloud.sim.image import Image
from simcloud.sim.reference import DOCKER_HUB, Reference, parse

MANIFEST = "application/vnd.oci.image.manifest.v1+json"
INDEX = "application/vnd.oci.image.index.v1+json"
CONFIG = "application/vnd.oci.image.config.v1+json"
LAYER = "application/vnd.oci.image.layer.v1.tar+gzip"
MIRROR = "public.ecr.aws/docker/library/"
"""Where ECR Public carries the official images of Docker Hub."""
MIB = 1024 * 1024
ARCHITECTURES = {"amd64": "X86_64", "arm64": "ARM64"}


def push_image(live: Live, repository: str, tag: str = "latest", **behaviour: Any) -> str:
    """Push an image that behaves as told into ECR; makes the repository where it is missing. A repository that names
    another registry (`registry.example.com/shop/web`) is there, on the internet.

    Returns the reference for a container definition. Raises TypeError for a behaviour that `Image` does not know, and
    ValueError for one that cannot be.
    """
    known = {each.name for each in fields(Image)} - {"reference", "digest"}
    if unknown := set(behaviour) - known:
        raise TypeError(f"an image has no {', '.join(sorted(unknown))}; it has {', '.join(sorted(known))}")
    _demand_sense(behaviour)
    if parse(repository).registry != DOCKER_HUB:
        return _push_elsewhere(live, f"{repository}:{tag}", behaviour)
    ecr = _backend(live.account, live.region)
    if repository not in ecr.repositories:
        ecr.create_repository(repository, None, {"encryptionType": "AES256"}, {"scanOnPush": False}, "MUTABLE", [])
    name = f"{live.account}.dkr.ecr.{live.region}.amazonaws.com/{repository}"
    given: dict[str, Any] = {key: _frozen(value) for key, value in behaviour.items()}
    manifest = _manifest(name, tag, given)
    digest = "sha256:" + hashlib.sha256(manifest.encode()).hexdigest()
    if not _has(ecr, repository, tag, digest):
        ecr.put_image(repository, manifest, tag, json.loads(manifest)["mediaType"], digest)
    image = Image(reference=f"{name}:{tag}", digest=digest, **given)
    live.world.handle(ImagePushed(f"{name}@{digest}", image))
    return image.reference


def _demand_sense(behaviour: dict[str, Any]) -> None:
    """What the code of an image does must be possible before a task does it. Raises ValueError."""
    if behaviour.get("traces", "") not in ("", *PORTS.value):
        raise ValueError(f"an image sends its traces by {' or '.join(PORTS.value)}, not by {behaviour['traces']!r}")
    for name, least in (("message_seconds", 0.0), ("asks_again", 1.0)):
        given = behaviour.get(name)
        if given is not None and not least <= float(given) < math.inf:
            raise ValueError(f"{name} is a number of seconds from {least:g} on, not {given!r}")
    for url in behaviour.get("asks", ()):
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.port == 0:
            raise ValueError(f"an image asks for URLs such as http://orders:8080/, not {url!r}")


def _push_elsewhere(live: Live, reference: str, behaviour: dict[str, Any]) -> str:
    given = {key: _frozen(value) for key, value in behaviour.items()}
    image = Image(reference=reference, digest=_digest(reference, sorted(given.items())), **given)
    for known in (reference, f"{parse(reference).name}@{image.digest}"):
        live.world.handle(ImagePushed(known, image))
    return reference


def look_up(live: Live, text: str) -> Image | None:
    """The image that a reference names; None where registry, repository, tag or digest does not exist."""
    reference = parse(text)
    return _private(live, reference) if reference.is_private_ecr else _public(live, reference)


def _private(live: Live, reference: Reference) -> Image | None:
    ecr = _backend(reference.account, reference.region)
    repository = ecr.repositories.get(reference.repository) if ecr else None
    if repository is None:
        return None
    wanted = reference.digest
    found = next(
        (
            each
            for each in repository.images
            if (each.get_image_digest() == wanted if wanted else reference.tag in each.image_tags)
        ),
        None,
    )
    if found is None:
        return None
    digest = found.get_image_digest()
    return live.world.images.get(f"{reference.name}@{digest}") or _from_manifest(reference, found, digest)


def _from_manifest(reference: Reference, found: Any, digest: str) -> Image:
    """An image that the learner pushed with PutImage: what its manifest tells, and a server that runs on."""
    manifest = json.loads(found.image_manifest)
    platforms = [each.get("platform", {}).get("architecture", "") for each in manifest.get("manifests", ())]
    architectures = tuple(ARCHITECTURES[each] for each in platforms if each in ARCHITECTURES)
    size = sum(int(layer.get("size", 0)) for layer in manifest.get("layers", ()))
    return Image(
        reference=reference.full,
        digest=digest,
        size_mib=max(size // MIB, 1) if size else 120,
        architectures=architectures or ("X86_64",),
        index=bool(architectures),
    )


def _public(live: Live, reference: Reference) -> Image | None:
    name = reference.name
    if name.startswith(MIRROR):
        name = f"docker.io/library/{name.removeprefix(MIRROR)}"
    known: PublicImage | None = PUBLIC_IMAGES.value.get(name)
    if known is None:
        return live.world.images.get(reference.full)
    digest = reference.digest or "sha256:" + hashlib.sha256(reference.full.encode()).hexdigest()
    return Image(
        reference=reference.full,
        digest=digest,
        size_mib=known.size_mib,
        architectures=("X86_64", "ARM64"),
        ports=known.ports,
        memory_mib=known.memory_mib,
        exit_after=known.exit_after,
        stop_code=known.stop_code,
        log_lines=known.log_lines,
        collects=known.collects,
    )


def _manifest(name: str, tag: str, behaviour: dict[str, Any]) -> str:
    """The manifest of an image of one architecture, or an index of several. Its digests come from what it is."""
    architectures = behaviour.get("architectures", ("X86_64",))
    body: dict[str, Any] = {"schemaVersion": 2}
    if behaviour.get("index", True):
        body["mediaType"] = INDEX
        body["manifests"] = [
            {
                "mediaType": MANIFEST,
                "size": 1024,
                "digest": _digest(name, tag, architecture, behaviour),
                "platform": {"os": "linux", "architecture": _machine(architecture)},
            }
            for architecture in architectures
        ]
    else:
        size = int(behaviour.get("size_mib", 120)) * MIB
        body["mediaType"] = MANIFEST
        body["config"] = {"mediaType": CONFIG, "size": size, "digest": _digest(name, tag, "config", behaviour)}
        body["layers"] = [{"mediaType": LAYER, "size": size, "digest": _digest(name, tag, "layer", behaviour)}]
    return json.dumps(body, separators=(",", ":"))


def _machine(architecture: str) -> str:
    return next(machine for machine, name in ARCHITECTURES.items() if name == architecture)


def _digest(*parts: Any) -> str:
    return "sha256:" + hashlib.sha256(repr(parts).encode()).hexdigest()


def _has(ecr: Any, repository: str, tag: str, digest: str) -> bool:
    return any(
        tag in each.image_tags and each.get_image_digest() == digest for each in ecr.repositories[repository].images
    )


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list | tuple) else value


def _backend(account: str, region: str) -> Any:
    """moto's registry of the account in the region; None for a region that does not exist."""
    from moto.ecr.models import ecr_backends

    registries = ecr_backends[account]
    if region not in registries:  # `get` would not make the registry of a region that was not used yet
        return None
    return registries[region]
