"""From a request over HTTP to the door that boto3's requests end at."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs

from simcloud.cloud import door, entropy, notes, routes
from simcloud.cloud.live import LOCK
from simcloud.cloud.serving.account import Account
from simcloud.cloud.serving.asked import Asked, Scope, scope, url
from simcloud.cloud.serving.failures import failure
from simcloud.cloud.wire import Answer


def answer(account: Account, asked: Asked) -> Answer:
    """What the service says. `asked` is signed: the server has looked."""
    from botocore.awsrequest import AWSPreparedRequest, HeadersDict

    where = scope(asked)
    operation = _operation(asked, where)
    live = account.cloud._live
    key = (where.service, operation)
    with LOCK:
        notes.explain(())
        entropy.seed(live.seed, *key, live.accepted.get(key, 0), live.account, where.region)
        request = AWSPreparedRequest(asked.method, url(asked, where), HeadersDict(asked.headers), asked.body, False)
        try:
            status, headers, body = door.answer(request, operation)
        except door.Stopped as stopped:
            notes.explain(stopped.refused.explained)
            account.why = [str(stopped.refused), *notes.told()]
            refused = stopped.refused
            return failure(asked, where.service, refused.code, refused.message, request_id=str(entropy.uuid4()))
        if status < 400:
            live.accept(*key)
        else:
            account.why = notes.told()
    return status, {name: str(value) for name, value in headers.items()}, body


def _operation(asked: Asked, where: Scope) -> str:
    """The operation's name where the request tells it, else method and path: ids are drawn from it."""
    if target := asked.header("X-Amz-Target"):
        return target.rpartition(".")[2]
    if match := re.fullmatch(r"/service/[^/]+/operation/(\w+)", asked.path):
        return match[1]
    form: dict[str, Any] = parse_qs(asked.query)
    if "x-www-form-urlencoded" in asked.header("Content-Type"):
        form |= parse_qs(asked.body.decode("utf-8", "replace"))
    if action := form.get("Action"):
        return str(action[0])
    try:
        return str(routes.understand(where.service, asked.method, url(asked, where), asked.headers, b"").operation.name)
    except Exception:  # a service of moto's in REST form, or a body that is missing: the path will do
        return f"{asked.method} {asked.path}"
