"""Pushing another image under a tag of an immutable repository gives moto's ImageAlreadyExistsException; AWS's is
ImageTagAlreadyExistsException. Text: https://github.com/aws/containers-roadmap/issues/862 (read 2026-11-22)."""

from __future__ import annotations

from types import ModuleType
from typing import Any


def mend(module: ModuleType) -> None:
    """Refuse the tag, not the image."""
    from moto.core.exceptions import ServiceException

    class ImageTagAlreadyExistsException(ServiceException):
        code = "ImageTagAlreadyExistsException"

    # moto finds the service of an exception by its module's name
    ImageTagAlreadyExistsException.__module__ = "moto.ecr.exceptions"
    backend: Any = module.ECRBackend
    put = backend.put_image

    def put_image(self: Any, repository_name: str, image_manifest: str, image_tag: str, *args: Any, **kw: Any) -> Any:
        repository = self.repositories.get(repository_name)
        if repository is not None and image_tag and repository.is_tag_immutable():
            for image in repository.images:
                if image_tag in image.image_tags and image.image_manifest != image_manifest:
                    raise ImageTagAlreadyExistsException(
                        f"The image tag '{image_tag}' already exists in the '{repository_name}' repository and cannot"
                        " be overwritten because the repository is immutable."
                    )
        return put(self, repository_name, image_manifest, image_tag, *args, **kw)

    backend.put_image = put_image
