"""An image reference, taken apart as a container runtime does it."""

from __future__ import annotations

import re
from dataclasses import dataclass

PRIVATE_ECR = re.compile(r"^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com$")
DOCKER_HUB = "docker.io"


@dataclass(frozen=True, slots=True)
class Reference:
    """registry/repository:tag or registry/repository@digest; Docker Hub where no registry is named."""

    text: str
    registry: str
    repository: str
    tag: str
    digest: str = ""

    @property
    def is_private_ecr(self) -> bool:
        """Does it name a repository of a private ECR registry?"""
        return PRIVATE_ECR.match(self.registry) is not None

    @property
    def account(self) -> str:
        """The account of a private ECR registry; '' for any other."""
        found = PRIVATE_ECR.match(self.registry)
        return found[1] if found else ""

    @property
    def region(self) -> str:
        """The region of a private ECR registry; '' for any other."""
        found = PRIVATE_ECR.match(self.registry)
        return found[2] if found else ""

    @property
    def host(self) -> str:
        """The host that answers for the registry."""
        return "registry-1.docker.io" if self.registry == DOCKER_HUB else self.registry

    @property
    def name(self) -> str:
        """registry/repository, without tag and digest."""
        return f"{self.registry}/{self.repository}"

    @property
    def version(self) -> str:
        """What stands in the manifest's address: the digest, else the tag."""
        return self.digest or self.tag

    @property
    def full(self) -> str:
        """The reference with nothing left out, as the runtime prints it."""
        return f"{self.name}@{self.digest}" if self.digest else f"{self.name}:{self.tag}"


def parse(text: str) -> Reference:
    """Take a reference apart. Never raises: what makes no sense will simply not be found."""
    rest, _, digest = text.partition("@")
    first, slash, tail = rest.partition("/")
    if slash and ("." in first or ":" in first or first == "localhost"):
        registry, path = first, tail
    else:
        registry, path = DOCKER_HUB, rest
    repository, _, tag = path.partition(":")
    if registry == DOCKER_HUB and "/" not in repository:
        repository = f"library/{repository}"
    return Reference(text, registry, repository, tag or "latest", digest)
