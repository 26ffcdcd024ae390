"""Amazon S3: the action and the resource, read from method, path and query.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from simcloud.cloud.access.ask import NO_RESOURCE, Ask

BUCKET = {
    "GET": "ListBucket",
    "HEAD": "ListBucket",
    "PUT": "CreateBucket",
    "DELETE": "DeleteBucket",
    "POST": "DeleteObject",
}
OBJECT = {"GET": "GetObject", "HEAD": "GetObject", "PUT": "PutObject", "POST": "PutObject", "DELETE": "DeleteObject"}
OF_BUCKET = {
    "acl": "BucketAcl",
    "cors": "BucketCORS",
    "encryption": "EncryptionConfiguration",
    "lifecycle": "LifecycleConfiguration",
    "location": "BucketLocation",
    "logging": "BucketLogging",
    "notification": "BucketNotification",
    "ownershipControls": "BucketOwnershipControls",
    "policy": "BucketPolicy",
    "publicAccessBlock": "BucketPublicAccessBlock",
    "replication": "ReplicationConfiguration",
    "requestPayment": "BucketRequestPayment",
    "tagging": "BucketTagging",
    "versioning": "BucketVersioning",
    "website": "BucketWebsite",
}
OF_OBJECT = {
    "acl": "ObjectAcl",
    "retention": "ObjectRetention",
    "tagging": "ObjectTagging",
    "legal-hold": "ObjectLegalHold",
}
_LISTS = {"versions": "ListBucketVersions", "uploads": "ListBucketMultipartUploads"}
_DELETED_BY_NAME = frozenset({"policy", "website"})


def asks(request: Any) -> Iterator[Ask]:
    """The action on the bucket or the object."""
    bucket, key, query = _place(request.url)
    method = request.method.upper()
    if not bucket:
        yield Ask("s3:ListAllMyBuckets", NO_RESOURCE)
        return
    resource = f"arn:aws:s3:::{bucket}" + (f"/{key}" if key else "")
    action = _on_object(method, query) if key else _on_bucket(method, query)
    if action == "DeleteObject" and not key:
        resource += "/*"
    yield Ask(f"s3:{action}", resource, _context(query))
    source = request.headers.get("x-amz-copy-source")
    if key and source:
        named = unquote(source.decode() if isinstance(source, bytes) else str(source)).lstrip("/").partition("?")[0]
        yield Ask("s3:GetObject", f"arn:aws:s3:::{named}")


def _place(url: str) -> tuple[str, str, dict[str, list[str]]]:
    """Bucket, key and query of an address of either style."""
    parts = urlsplit(url)
    host, path = parts.hostname or "", unquote(parts.path).lstrip("/")
    query = parse_qs(parts.query, keep_blank_values=True)
    before = host.split(".s3.")[0] if ".s3." in host else ""
    if before:
        return before, path, query
    bucket, _, key = path.partition("/")
    return bucket, key, query


def _on_bucket(method: str, query: dict[str, list[str]]) -> str:
    for name, action in OF_BUCKET.items():
        if name in query:
            if method == "DELETE":
                return f"Delete{action}" if name in _DELETED_BY_NAME else f"Put{action}"
            return f"{'Get' if method in ('GET', 'HEAD') else 'Put'}{action}"
    return next((action for name, action in _LISTS.items() if name in query), BUCKET.get(method, "ListBucket"))


def _on_object(method: str, query: dict[str, list[str]]) -> str:
    for name, action in OF_OBJECT.items():
        if name in query:
            return f"{ {'GET': 'Get', 'HEAD': 'Get', 'DELETE': 'Delete'}.get(method, 'Put') }{action}"
    if "uploadId" in query and method == "DELETE":
        return "AbortMultipartUpload"
    if "uploadId" in query and method == "GET":
        return "ListMultipartUploadParts"
    action = OBJECT.get(method, "GetObject")
    versioned = "versionId" in query and action in ("GetObject", "DeleteObject")
    return f"{action}Version" if versioned else action


def _context(query: dict[str, list[str]]) -> dict[str, str]:
    spelt = {"prefix": "s3:prefix", "delimiter": "s3:delimiter", "max-keys": "s3:max-keys", "versionId": "s3:VersionId"}
    return {key: query[name][0] for name, key in spelt.items() if name in query}
