"""Application revisions."""

from __future__ import annotations

import hashlib
from typing import Any

from simcloud.cloud.codedeploy import finding
from simcloud.cloud.live import Call
from simcloud.cloud.paging import page
from simcloud.cloud.submitting import submit
from simcloud.rules.codedeploy.revisions import LOCATIONS, same_revision
from simcloud.sim.codedeploy.events import RevisionRegistered
from simcloud.sim.codedeploy.state import Application, Revision

TIMES = {
    "registerTime": "registered_at",
    "firstUsedTime": "first_used_at",
    "lastUsedTime": "last_used_at",
}


def register(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """RegisterApplicationRevision: the same again is the same revision."""
    keep(call, finding.application(call, request), request["revision"], request.get("description", ""))
    return {}


def keep(call: Call, application: Application, asked: dict[str, Any], description: str = "") -> dict[str, Any]:
    """Register a revision unless it is known; its complete location."""
    known = find(application, asked)
    location = known.location if known is not None else complete(asked)
    if known is None or description:
        submit(call, RevisionRegistered(application.name, Revision(location, call.world.now, description)))
    return location


def find(application: Application, asked: dict[str, Any]) -> Revision | None:
    """The registered revision that a location names."""
    return next((each for each in application.revisions if same_revision(asked, each.location)), None)


def complete(asked: dict[str, Any]) -> dict[str, Any]:
    """A location with the hash of its content."""
    kind = asked["revisionType"]
    member = LOCATIONS[kind][0]
    location = dict(asked[member])
    if "content" in location:
        location["sha256"] = hashlib.sha256(location["content"].encode()).hexdigest()
    return {"revisionType": kind, member: location}


def without_content(location: dict[str, Any]) -> dict[str, Any]:
    """As GetDeployment and the lists give it: the content is left out, its hash names it."""
    return {
        member: {name: one for name, one in value.items() if name != "content"} if isinstance(value, dict) else value
        for member, value in location.items()
    }


def get(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """GetApplicationRevision: with the content."""
    application = finding.application(call, request)
    found = find(application, request["revision"])
    assert found is not None, "the laws refuse a revision that was not registered"
    return {
        "applicationName": application.name,
        "revision": found.location,
        "revisionInfo": _info(application, found),
    }


def batch_get(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """BatchGetApplicationRevisions: those that are known; a sentence tells of the others."""
    application = finding.application(call, request)
    found = [find(application, asked) for asked in request["revisions"]]
    answer: dict[str, Any] = {
        "applicationName": application.name,
        "revisions": [
            {"revisionLocation": each.location, "genericRevisionInfo": _info(application, each)}
            for each in found
            if each is not None
        ],
    }
    if None in found:
        answer["errorMessage"] = f"{found.count(None)} of the revisions could not be found"
    return answer


def list_revisions(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """ListApplicationRevisions, in the order asked for; of one bucket, if it names one."""
    application = finding.application(call, request)
    time = TIMES[request.get("sortBy") or "registerTime"]
    found = [each for each in application.revisions if _is_asked(application, each, request)]
    found.sort(key=lambda each: getattr(each, time) or 0.0, reverse=request.get("sortOrder") == "descending")
    locations = [without_content(each.location) for each in found]
    return page("revisions", locations, request, code="InvalidNextTokenException")


def _is_asked(application: Application, revision: Revision, request: dict[str, Any]) -> bool:
    place = revision.location.get("s3Location") or {}
    if "s3Bucket" in request and place.get("bucket") != request["s3Bucket"]:
        return False
    if "s3KeyPrefix" in request and not str(place.get("key", "")).startswith(request["s3KeyPrefix"]):
        return False
    is_target = bool(_targets(application, revision))
    return {"include": is_target, "exclude": not is_target}.get(request.get("deployed", "ignore"), True)


def _targets(application: Application, revision: Revision) -> list[str]:
    """The deployment groups whose target revision it is."""
    return [group.name for group in application.groups.values() if group.target == revision.location]


def _info(application: Application, held: Revision) -> dict[str, Any]:
    info = {
        "description": held.description or "Application revision registered by Deployment ID",
        "deploymentGroups": _targets(application, held),
        "firstUsedTime": held.first_used_at,
        "lastUsedTime": held.last_used_at,
        "registerTime": held.registered_at,
    }
    if not held.description:
        del info["description"]
    return info
