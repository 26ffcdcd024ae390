"""moto deletes an image when its last tag moves to another one. In AWS the image stays, untagged, and is pulled by its
digest until somebody, or a lifecycle policy, deletes it: a service that has pinned the digest goes on starting tasks
(https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html, which expires such images, and
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html, both read 2026-11-23)."""

from __future__ import annotations

from types import ModuleType
from typing import Any


def mend(module: ModuleType) -> None:
    """Take the tag from the image that has it, before moto puts the other one in its place."""
    changed: Any = module
    backend = changed.ECRBackend
    put = backend.put_image

    def put_image(
        self: Any, repository_name: str, image_manifest: str, image_tag: str, media_type: Any = None, digest: Any = None
    ) -> Any:
        repository = self.repositories.get(repository_name)
        if repository is not None and image_tag:
            for image in self._resolve_image_tag_mutability(repository, image_tag):
                if image.image_manifest != image_manifest:
                    _untag(image, image_tag)
        return put(self, repository_name, image_manifest, image_tag, media_type, digest)

    backend.put_image = put_image


def _untag(image: Any, tag: str) -> None:
    image.remove_tag(tag)
    if not image.image_tags:
        image.image_tag = None
