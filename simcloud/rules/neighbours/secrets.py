"""Laws on secrets that are to be deleted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts.words import operating as words
from simcloud.facts.words.neighbours import SECRETS
from simcloud.rules.engine import rule
from simcloud.rules.neighbours.seen import Neighbours
from simcloud.rules.reading import switch, text
from simcloud.rules.refusal import Refusal

CHANGED = ("PutSecretValue", "RotateSecret", "UpdateSecret", "UpdateSecretVersionStage", "DeleteSecret")
INVALID = "InvalidRequestException"


@rule(
    "FG1588",
    on=tuple(f"secretsmanager:{name}" for name in CHANGED),
    source=SECRETS + "API_DeleteSecret.html",
    status="observed",
)
def a_secret_that_leaves_is_not_changed(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """A secret that is to be deleted has no value to read, change or rotate until it is restored; it can only be
    deleted at once."""
    name = text(request, "SecretId")
    if seen.leaving.get(name) and not switch(request, "ForceDeleteWithoutRecovery"):
        why = "restore_secret brings it back while its recovery window lasts"
        yield Refusal("SecretId", words.MARKED, why, INVALID)


@rule("FG1589", on="secretsmanager:CreateSecret", source=SECRETS + "API_DeleteSecret.html", status="observed")
def a_leaving_secret_keeps_its_name(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """A new secret cannot have the name of one that is to be deleted."""
    name = text(request, "Name")
    if seen.leaving.get(name):
        why = f"{name} is to be deleted and can still be restored: restore_secret, or another name"
        yield Refusal("Name", words.NAME_LEAVING, why, INVALID)
