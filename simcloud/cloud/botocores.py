"""botocore's clock and entropy: waiters, back-off, idempotency tokens, presigned URLs; and errors as we draw them."""

from __future__ import annotations

import datetime
import functools
import random
import time
import uuid
from typing import Any

from simcloud.cloud import clock, entropy, notes, simulated


def install() -> None:
    """Put the stand-ins in place, once a process."""
    import botocore.auth
    import botocore.endpoint
    import botocore.exceptions
    import botocore.handlers
    import botocore.hooks
    import botocore.parsers
    import botocore.retries.standard
    import botocore.retryhandler
    import botocore.useragent
    import botocore.waiter

    botocore.retryhandler.random = simulated.StandIn(random, random=entropy.fraction)
    back_off: Any = botocore.retries.standard.ExponentialBackoff.__init__
    back_off.__defaults__ = tuple(entropy.fraction if one == random.random else one for one in back_off.__defaults__)
    botocore.waiter.time = simulated.CELL_TIME
    botocore.endpoint.time = simulated.CALL_TIME
    botocore.handlers.uuid = simulated.StandIn(uuid, uuid4=entropy.uuid4)
    botocore.auth.get_current_datetime = _current_datetime
    _sign_nothing(botocore.auth.SigV4Auth)
    _say_who_once(botocore.useragent.UserAgentString)
    _read_moments_once(botocore.parsers)
    _name_events_once(botocore.hooks)
    _know_members_of_structures(botocore.parsers.BaseJSONParser)
    for kind in (botocore.exceptions.ClientError, botocore.exceptions.BotoCoreError):
        kind._render_traceback_ = _draw


def _sign_nothing(kind: Any) -> None:
    """Say whose key it is, which is read here, and leave out the signature, which nobody checks (a tenth of a call).

    Presigned URLs, which are shown, and S3, whose signature covers the content, are signed as always.
    """
    sign = kind.add_auth

    def add_auth(self: Any, request: Any) -> None:
        if type(self) is not kind or self.credentials is None:
            sign(self, request)
            return
        request.context["timestamp"] = signed_at(clock.now())
        self._modify_request_before_signing(request)
        scope = self.scope(request)
        request.headers["Authorization"] = f"AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host, Signature=none"

    kind.add_auth = add_auth


def _say_who_once(kind: Any) -> None:
    """Work out a client's User-Agent once, not twice a call: nobody reads what of it changes (a tenth of a call)."""
    make = kind.to_string

    def to_string(self: Any) -> str:
        if "_text" not in vars(self):
            self._text = make(self)
        return str(self._text)

    kind.to_string = to_string


def _name_events_once(hooks: Any) -> None:
    """Share what the clients' events are called, ten a call: each client would work it out for itself."""
    kind = hooks.EventAliaser
    make, usual = kind.__init__, dict(hooks.EVENT_ALIASES)
    known: dict[str, str] = {}

    def init(self: Any, event_emitter: Any, event_aliases: Any = None) -> None:
        make(self, event_emitter, event_aliases)
        if self._event_aliases == usual:
            self._alias_name_cache = known

    kind.__init__ = init


def _read_moments_once(parsers: Any) -> None:
    """Read the same moment once: each answer tells again when a thing was made (a sixth of a DescribeServices)."""
    read: Any = functools.lru_cache(4096)(lambda value, kind, zone: parse(value))
    parse = parsers.DEFAULT_TIMESTAMP_PARSER

    def moment(value: Any) -> Any:
        return read(value, type(value), time.tzname)

    parsers.DEFAULT_TIMESTAMP_PARSER = moment


@functools.lru_cache(64)
def signed_at(moment: float) -> str:
    """A moment as a signature tells it."""
    return datetime.datetime.fromtimestamp(moment, datetime.UTC).strftime("%Y%m%dT%H%M%SZ")


def _know_members_of_structures(kind: Any) -> None:
    """Work out once what a structure's members are called in an answer and how each is read: some have sixty."""
    read = kind._handle_structure

    def handle_structure(self: Any, shape: Any, value: Any) -> Any:
        if value is None or shape.is_document_type or shape.is_tagged_union:
            return read(self, shape, value)
        tables = vars(shape).setdefault("_read_members", {})
        table = tables.get(type(self))
        if table is None:
            table = tables[type(self)] = [
                (name, one.serialization.get("name", name), one, getattr(type(self), f"_handle_{one.type_name}", None))
                for name, one in shape.members.items()
            ]
        found = {}
        for name, spelt, member, handle in table:
            written = value.get(spelt)
            if written is not None:
                found[name] = written if handle is None else handle(self, member, written)
        return found

    kind._handle_structure = handle_structure


def _current_datetime(remove_tzinfo: bool = True) -> datetime.datetime:
    """The moment that signatures carry: presigned URLs are then equal in every run."""
    moment = datetime.datetime.fromtimestamp(clock.now(), datetime.UTC)
    return moment.replace(tzinfo=None) if remove_tzinfo else moment


def _draw(self: Any) -> list[str]:
    return notes.draw(self)
