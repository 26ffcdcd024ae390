"""Laws on ECR repositories and what is pushed into them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts.words import storing as words
from simcloud.facts.words.neighbours import ECR
from simcloud.rules.engine import rule
from simcloud.rules.reading import mapping, text
from simcloud.rules.refusal import Refusal

INVALID = "InvalidParameterException"
_NAME = re.compile(r"[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*")
LONGEST = 256


@rule("FG467", on="ecr:CreateRepository", source=ECR + "API_CreateRepository.html", status="observed")
def a_repository_is_named_in_small_letters(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """A repository's name has at most 256 small letters and digits, with . _ __ or hyphens between them, in parts
    divided by slashes."""
    name = text(request, "repositoryName")
    if len(name) > LONGEST:
        yield Refusal("repositoryName", words.REPOSITORY_LENGTH, f"the name has {len(name)} characters", INVALID)
    elif not _NAME.fullmatch(name):
        yield Refusal("repositoryName", words.REPOSITORY_NAME.format(), f"{name!r} holds other characters", INVALID)


@rule("FG468", on="ecr:CreateRepository", source=ECR + "API_CreateRepository.html", status="observed")
def a_repositorys_settings_go_together(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """A key is for KMS encryption alone, and filters that leave tags out are for the settings that say so."""
    encryption = mapping(request, "encryptionConfiguration")
    if text(encryption, "encryptionType") == "AES256" and text(encryption, "kmsKey"):
        yield Refusal("encryptionConfiguration.kmsKey", words.ENCRYPTION, "AES256 uses a key of ECR's own", INVALID)
    mutability = text(request, "imageTagMutability") or "MUTABLE"
    if request.get("imageTagMutabilityExclusionFilters") and mutability in ("MUTABLE", "IMMUTABLE"):
        aws = words.EXCLUSION.format(mutability=mutability)
        why = f"{mutability} holds for every tag; {mutability}_WITH_EXCLUSION leaves some out"
        yield Refusal("imageTagMutabilityExclusionFilters", aws, why, INVALID)


@rule("FG469", on="ecr:PutImage", source=ECR + "API_PutImage.html", status="observed")
def a_manifest_is_json(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """The manifest of an image is a JSON object."""
    try:
        manifest = json.loads(text(request, "imageManifest"))
    except ValueError:
        manifest = None
    if not isinstance(manifest, dict):
        yield Refusal("imageManifest", words.MANIFEST, "it is no JSON object", INVALID)
