"""The one door: every request of every boto3 client ends here, or is refused here.

Our own services are answered by wire.py. For moto's services moto is imported at the first such call, and its stubber
is called as a function: `mock_aws` is never started, so there is never a second handler that answers.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Iterator
from typing import Any

from simcloud.cloud import align, callers, metering, places, wire
from simcloud.cloud.errors import NotSimulated, Refused
from simcloud.cloud.leftout import left_out
from simcloud.cloud.live import Call, Live, maybe_live
from simcloud.sim.events import SurroundingsChanged


class Stopped(Exception):
    """The request was not answered by a service: `refused` becomes a client error in the caller's hands."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(str(refused))
        self.refused = refused


class Raw(io.BytesIO):
    """The body of an answer, as botocore's HTTP layer hands it over."""

    def stream(self, amt: int = 65536, **_: Any) -> Iterator[bytes]:
        while content := self.read(amt):
            yield content


def before_send(event_name: str, request: Any, **_: Any) -> Any:
    """Botocore's `before-send` handler: the answer, so that nothing is sent. Raises Stopped."""
    from botocore.awsrequest import AWSResponse

    operation = event_name.rpartition(".")[2]
    status, headers, body = answer(request, operation)
    return AWSResponse(request.url, status, headers, Raw(body))


def answer(request: Any, operation: str) -> wire.Answer:
    """Answer a prepared request, in this process or from a server. Raises Stopped."""
    live = maybe_live()
    try:
        place = places.place(request.url)
    except places.Elsewhere as elsewhere:
        raise Stopped(Refused("NotSimulated", f"{operation} was not sent: {elsewhere}.")) from None
    if live is None:
        raise Stopped(Refused("NotSimulated", f"{operation} was not sent: no simulated cloud is open.")) from None
    if live.world.faults.throttled and (refused := _throttled(live, place.service, operation, request)):
        return refused
    if place.service in wire.HANDLERS:
        who = callers.caller(callers.key_of(request.headers), live)
        call = Call(live, account=who.account, region=place.region or live.region, caller=who.arn, key=who.key)
        return wire.answer(place.service, request.method, request.url, request.headers, _bytes(request.body), call)
    return _ask_moto(request, place.service, operation, live, place.region)


def _throttled(live: Live, service: str, operation: str, request: Any) -> wire.Answer | None:
    """What AWS answers to a call while a lesson lets it refuse those; None where it does not."""
    from simcloud.cloud import throttling

    if throttling.throttled(live, service, operation):
        return throttling.answer(service, operation, request)
    return None


def _ask_moto(request: Any, service: str, operation: str, live: Live, region: str) -> wire.Answer:
    if instead := left_out(service, operation):
        raise Stopped(NotSimulated(service, operation, instead))
    from simcloud.cloud import neighbours

    stubber = _stubber()
    who = callers.caller(callers.key_of(request.headers, request.url), live)
    request.headers["x-moto-account-id"] = who.account
    call = Call(live, account=who.account, region=region or live.region, caller=who.arn, key=who.key)
    try:
        if refused := _denied(service, operation, request, call):
            return refused
        if refused := neighbours.refused(service, operation, request, call):
            return refused
        with metering.around(live, service, operation):
            found = stubber.process_request(request)
    except Exception as stopped:
        raise Stopped(_refusal(service, operation, stopped)) from None
    if found is None or (found[0] == 404 and found[2] == "Not yet implemented"):
        raise Stopped(NotSimulated(service, operation))
    status, headers, body = found
    content = body.encode() if isinstance(body, str) else bytes(body or b"")
    if status >= 500:
        inside = RuntimeError(content.decode("utf-8", "replace")[:300])
        raise Stopped(wire.simulator_fault(service, operation, inside))
    if service in SURROUNDINGS and status < 400 and not operation.startswith("Describe"):
        _tell_targets(live)
    return status, headers, content


SURROUNDINGS = ("ec2", "elbv2", "elasticloadbalancing")
"""Services whose changes may open or close the way of a health check."""


def _tell_targets(live: Live) -> None:
    """Tasks behind a load balancer are looked at again."""
    if any(task.registered for task in live.world.tasks.values()):
        live.world.post(SurroundingsChanged())


def _denied(service: str, operation: str, request: Any, call: Call) -> wire.Answer | None:
    """What IAM answers to a caller who may not; None for one who may, and for the learner, who may do everything."""
    asks_for_a_role = (service, operation) == ("sts", "AssumeRole")
    if not call.key and not asks_for_a_role:
        return None
    from simcloud.cloud import access

    return access.refused(service, operation, request, call) if call.key else access.untrusted(request, call)


def _refusal(service: str, operation: str, stopped: Exception) -> Refused:
    """What the caller is told of an exception that came out of moto."""
    if isinstance(stopped, Refused):
        return stopped
    if isinstance(stopped, NotImplementedError):
        return NotSimulated(service, operation)
    return wire.simulator_fault(service, operation, stopped)


@functools.cache
def _stubber() -> Any:
    """moto's dispatcher, imported now (about half a second, once a process)."""
    align.install()
    from moto.core import models

    from simcloud.cloud import motos

    motos.install()
    return models.botocore_stubber


def _bytes(body: Any) -> bytes:
    if body is None:
        return b""
    if isinstance(body, str):
        return body.encode()
    return body if isinstance(body, bytes) else bytes(body.read())
