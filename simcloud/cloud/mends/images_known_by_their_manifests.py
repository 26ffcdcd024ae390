"""moto draws the digest of an image as one of a hundred, or joins the digests of its layers; and it breaks where the
repository of PutImage does not exist. In AWS the digest is the SHA-256 of the manifest as it was pushed
(https://github.com/opencontainers/image-spec/blob/main/descriptor.md#digests), and another `imageDigest` is refused
(https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutImage.html, both read 2026-11-22)."""

from __future__ import annotations

import hashlib
from types import ModuleType
from typing import Any


def mend(module: ModuleType) -> None:
    """Digest the manifest; look for the repository first."""
    from moto.core.exceptions import ServiceException

    class ImageDigestDoesNotMatchException(ServiceException):
        code = "ImageDigestDoesNotMatchException"

    # moto finds the service of an exception by its module's name
    ImageDigestDoesNotMatchException.__module__ = "moto.ecr.exceptions"
    changed: Any = module
    backend = changed.ECRBackend
    put = backend.put_image

    def create_digest(self: Any) -> None:
        self._image_digest = digest_of(self.image_manifest)

    def put_image(
        self: Any, repository_name: str, image_manifest: str, image_tag: str, media_type: Any = None, digest: Any = None
    ) -> Any:
        if repository_name not in self.repositories:
            raise changed.RepositoryNotFoundException(repository_name, self.account_id)
        if digest and digest != digest_of(image_manifest):
            raise ImageDigestDoesNotMatchException(OTHER)
        return put(self, repository_name, image_manifest, image_tag, media_type, digest)

    changed.Image._create_digest = create_digest
    backend.put_image = put_image


def digest_of(manifest: str) -> str:
    """Of a manifest, byte for byte."""
    return "sha256:" + hashlib.sha256(manifest.encode()).hexdigest()


OTHER = "The specified image digest does not match the digest that Amazon ECR calculated for the image."
"""How the API reference describes the exception; AWS's own text was not seen."""
