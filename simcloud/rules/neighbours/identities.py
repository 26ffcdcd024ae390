"""Laws on taking identities and policies away: what hangs on them goes first. Of roles moto says it in IAM's words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts.words import identity as words
from simcloud.facts.words.neighbours import IAM_API
from simcloud.rules.engine import rule
from simcloud.rules.neighbours.seen import Neighbours
from simcloud.rules.reading import text
from simcloud.rules.refusal import Refusal

CONFLICT = "DeleteConflict"


@rule("FG1585", on="iam:DeletePolicy", source=IAM_API + "API_DeletePolicy.html", status="observed")
def a_policy_in_use_is_not_deleted(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """A managed policy is deleted when it is attached to nobody and has its default version alone."""
    held = seen.policies.get(text(request, "PolicyArn"))
    if held and held.attachments:
        why = f"it is attached {held.attachments} times: detach it first"
        yield Refusal("PolicyArn", words.POLICY_ATTACHED, why, CONFLICT)
    elif held and held.versions > 1:
        why = f"it has {held.versions} versions: delete_policy_version for all but the default one"
        yield Refusal("PolicyArn", words.POLICY_VERSIONS, why, CONFLICT)


@rule("FG1586", on="iam:DeleteUser", source=IAM_API + "API_DeleteUser.html", status="observed")
def a_user_is_deleted_last(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """A user is deleted when its access keys, its password and its devices are, and when it is in no group."""
    held = seen.users.get(text(request, "UserName"))
    if held is None:
        return
    if held.keys:
        yield Refusal("UserName", words.KEYS_FIRST, f"it has {held.keys} access keys", CONFLICT)
    if held.password:
        yield Refusal("UserName", words.PASSWORD_FIRST, "it has a login profile", CONFLICT)
    if held.devices:
        yield Refusal("UserName", words.DEVICES_FIRST, f"it has {held.devices} MFA devices", CONFLICT)
    if held.circles:
        yield Refusal("UserName", words.USERS_FIRST, f"it is in {', '.join(held.circles)}", CONFLICT)


@rule("FG1587", on="iam:DeleteGroup", source=IAM_API + "API_DeleteGroup.html", status="observed")
def a_group_of_users_is_deleted_last(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """A group in IAM is deleted when it has neither users nor policies."""
    held = seen.circles.get(text(request, "GroupName"))
    if held and held.users:
        yield Refusal("GroupName", words.USERS_FIRST, f"{', '.join(held.users)} is in it", CONFLICT)
    if held and held.attached:
        yield Refusal("GroupName", words.DETACH_FIRST, f"{', '.join(held.attached)} is attached", CONFLICT)
    if held and held.inline:
        yield Refusal("GroupName", words.POLICIES_FIRST, f"it has the policies {', '.join(held.inline)}", CONFLICT)
