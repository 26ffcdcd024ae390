"""Application revisions: where the AppSpec lies. What it says is read when the deployment starts, not before."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from simcloud.facts.codedeploy import DESCRIPTION_LENGTH
from simcloud.facts.sources import CODEDEPLOY_GUIDE, CODEDEPLOY_MODEL, PREFLIGHT, issue
from simcloud.facts.words import deployment as words
from simcloud.rules.codedeploy.reading import DEPLOYS, Request, platform
from simcloud.rules.codedeploy.seen import CodeDeploySeen
from simcloud.rules.engine import rule
from simcloud.rules.reading import mapping, text
from simcloud.rules.refusal import Refusal

REGISTERS, GETS = "codedeploy:RegisterApplicationRevision", "codedeploy:GetApplicationRevision"
WITH_REVISION = (DEPLOYS, REGISTERS, GETS)
LISTS = "codedeploy:ListApplicationRevisions"
CODE = "InvalidRevisionException"
LOCATIONS = {
    "S3": ("s3Location", ("bucket", "key")),
    "GitHub": ("gitHubLocation", ("repository", "commitId")),
    "String": ("string", ("content",)),
    "AppSpecContent": ("appSpecContent", ("content",)),
}
"""By revision type the member with its location, and what that must say."""
ARCHIVES, PLAIN = ("tar", "tgz", "zip"), ("YAML", "JSON")
_SORTED_BY = ("registerTime", "firstUsedTime", "lastUsedTime")


@rule("FG672", on=DEPLOYS, source=issue("aws/aws-cli", 4256), status="observed")
def a_deployment_brings_a_revision(request: Request) -> Iterator[Refusal]:
    """CreateDeployment says which revision it deploys."""
    if not mapping(request, "revision"):
        yield Refusal("revision", words.REVISION_MISSING, "revision is missing", "RevisionRequiredException")


@rule("FG673", on=WITH_REVISION, source=CODEDEPLOY_MODEL, status="assumed")
def a_revision_is_of_a_known_type(request: Request) -> Iterator[Refusal]:
    """A revision is of type S3, GitHub, String or AppSpecContent."""
    revision = mapping(request, "revision")
    kind = text(revision, "revisionType")
    if revision and kind not in LOCATIONS:
        why = f"'{kind}' is none of {', '.join(LOCATIONS)}"
        yield Refusal("revision.revisionType", words.REVISION_TYPE.format(kind=kind), why, CODE)


@rule("FG674", on=WITH_REVISION, source=CODEDEPLOY_MODEL, status="assumed")
def a_revision_says_where_it_lies(request: Request) -> Iterator[Refusal]:
    """A revision has the location that its type demands, complete."""
    revision = mapping(request, "revision")
    kind = text(revision, "revisionType")
    member, needed = LOCATIONS.get(kind, ("", ()))
    location = mapping(revision, member)
    missing = [each for each in needed if not text(location, each)]
    if missing == ["content"] and text(location, "sha256"):
        return
    if member and missing:
        spoken = f"{member}.{missing[0]}" if location else member
        text_ = words.REVISION_LOCATION.format(member=spoken, kind=kind)
        yield Refusal(f"revision.{spoken}", text_, f"{spoken} is missing", CODE)


@rule(
    "FG675",
    on=(DEPLOYS, REGISTERS),
    source=f"{PREFLIGHT} (pf-codedeploy-dg-revision-github-server-only)",
    status="observed",
)
def only_servers_are_deployed_from_github(request: Request, seen: CodeDeploySeen) -> Iterator[Refusal]:
    """A revision in GitHub is for servers; ECS and Lambda take an AppSpec from S3 or from the request."""
    kind, here = text(mapping(request, "revision"), "revisionType"), platform(request, seen)
    if kind == "GitHub" and here in ("ECS", "Lambda"):
        text_ = words.REVISION_PLATFORM.format(kind=kind, platform=here.upper())
        yield Refusal("revision.revisionType", text_, "use AppSpecContent or S3", CODE)


@rule("FG676", on=(DEPLOYS, REGISTERS), source=issue("awslabs/aws-codedeploy-plugin", 89), status="observed")
def an_appspec_in_s3_is_plain(request: Request, seen: CodeDeploySeen) -> Iterator[Refusal]:
    """For ECS and Lambda the object in S3 is the AppSpec itself: its bundle type is YAML or JSON."""
    bundle = _bundle(request)
    if bundle is not None and platform(request, seen) in ("ECS", "Lambda") and bundle not in PLAIN:
        why = f"bundleType is {bundle or 'missing'}"
        yield Refusal("revision.s3Location.bundleType", words.BUNDLE_TYPE, why, CODE)


@rule(
    "FG677",
    on=(DEPLOYS, REGISTERS),
    source=f"{PREFLIGHT} (pf-codedeploy-dg-revision-bundle-type-server)",
    status="observed",
)
def a_bundle_for_servers_is_an_archive(request: Request, seen: CodeDeploySeen) -> Iterator[Refusal]:
    """For servers the object in S3 is an archive: its bundle type is tar, tgz or zip."""
    bundle = _bundle(request)
    if bundle is not None and platform(request, seen) == "Server" and bundle not in ARCHIVES:
        why = f"bundleType is {bundle or 'missing'}"
        yield Refusal("revision.s3Location.bundleType", words.BUNDLE_TYPE_SERVER, why, CODE)


def _bundle(request: Request) -> str | None:
    """The bundle type of a revision in S3; None for another one."""
    revision = mapping(request, "revision")
    if text(revision, "revisionType") != "S3" or not mapping(revision, "s3Location"):
        return None
    return text(mapping(revision, "s3Location"), "bundleType")


@rule("FG678", on=(DEPLOYS, REGISTERS), source=CODEDEPLOY_MODEL, status="assumed")
def a_hash_is_the_contents_own(request: Request) -> Iterator[Refusal]:
    """A sha256 that is given with a content is the content's."""
    revision = mapping(request, "revision")
    member = LOCATIONS.get(text(revision, "revisionType"), ("", ()))[0]
    location = mapping(revision, member)
    content, given = text(location, "content"), text(location, "sha256")
    if content and given and hashlib.sha256(content.encode()).hexdigest() != given.lower():
        yield Refusal(f"revision.{member}.sha256", words.REVISION_HASH, "the hash is another content's", CODE)


@rule("FG679", on=(DEPLOYS, REGISTERS), source=CODEDEPLOY_GUIDE + "limits.html")
def descriptions_are_short(request: Request) -> Iterator[Refusal]:
    """A description has at most 256 characters."""
    length = len(text(request, "description"))
    if length > DESCRIPTION_LENGTH.value:
        why = f"it has {length} characters"
        yield Refusal("description", words.DESCRIPTION, why, "DescriptionTooLongException")


@rule("FG680", on=(GETS, DEPLOYS), source=CODEDEPLOY_MODEL)
def the_revision_was_registered(request: Request, seen: CodeDeploySeen) -> Iterator[Refusal]:
    """A revision that is asked for, or named by the hash of its content alone, was registered in its application."""
    revision, name = mapping(request, "revision"), text(request, "applicationName")
    kind = text(revision, "revisionType")
    member, needed = LOCATIONS.get(kind, ("", ()))
    location = mapping(revision, member)
    if not location or name not in seen.applications:
        return
    brings_it = needed != ("content",) or text(location, "content")
    if "deploymentGroupName" in request and (brings_it or not text(location, "sha256")):
        return
    if not any(same_revision(revision, held) for held in seen.revisions.get(name, ())):
        text_ = words.NO_REVISION.format(name=name)
        yield Refusal("revision", text_, f"{name} has no such revision", "RevisionDoesNotExistException")


def same_revision(asked: Request, held: Request) -> bool:
    """Does what is asked for name the revision that is held? A content may be named by its hash alone."""
    kind = text(asked, "revisionType")
    if kind != text(held, "revisionType") or kind not in LOCATIONS:
        return False
    member, needed = LOCATIONS[kind]
    mine, there = mapping(asked, member), mapping(held, member)
    if needed == ("content",):
        content = text(mine, "content")
        named = hashlib.sha256(content.encode()).hexdigest() if content else text(mine, "sha256")
        return named == text(there, "sha256")
    given = [each for each in (*needed, "bundleType", "version", "eTag") if each in mine]
    return all(mine[each] == there.get(each) for each in given)


@rule("FG681", on=LISTS, source=CODEDEPLOY_MODEL)
def revisions_are_sorted_by_a_time(request: Request) -> Iterator[Refusal]:
    """Revisions are sorted by the time at which they were registered, first used or last used."""
    value = request.get("sortBy")
    if value is not None and value not in _SORTED_BY:
        why = f"{value} is none of {', '.join(_SORTED_BY)}"
        yield Refusal("sortBy", words.SORT_BY.format(value=value), why, "InvalidSortByException")
    order = request.get("sortOrder")
    if order not in (None, "ascending", "descending"):
        text_ = words.SORT_ORDER.format(value=order)
        yield Refusal("sortOrder", text_, f"{order} is no order", "InvalidSortOrderException")


@rule("FG682", on=LISTS, source=CODEDEPLOY_MODEL)
def revisions_are_filtered_by_what_they_have(request: Request) -> Iterator[Refusal]:
    """Revisions are filtered by bucket, then by key, and by whether they are some group's target."""
    deployed = request.get("deployed")
    if deployed not in (None, "include", "exclude", "ignore"):
        text_ = words.DEPLOYED.format(value=deployed)
        yield Refusal("deployed", text_, f"{deployed} is no filter", "InvalidDeployedStateFilterException")
    if "s3KeyPrefix" in request and "s3Bucket" not in request:
        why = "a key prefix needs its bucket"
        yield Refusal("s3Bucket", words.BUCKET_MISSING, why, "BucketNameFilterRequiredException")
