"""The way of a call to the door without what HTTP wants: a quarter of a call, since nothing is ever sent.

Between the request as botocore has serialised it and the door lie events to sign and to count, an object of each half
of HTTP, and a look at whether the answer was a reason to try again. Where all of that is as botocore makes it, the
request goes to the door at once, and its answer to the parser. Whoever listens to one of these events, logs what is
sent, or calls S3, which has its own ways, is served by botocore itself; so is an error, which may be tried again.
"""

from __future__ import annotations

import logging
import pkgutil
import sys
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from simcloud.cloud import clock, door
from simcloud.cloud.botocores import signed_at

EVENTS = {
    "request-created": (
        "RequestSigner.handler",
        "MaxAttemptsSeeder.seed_max_attempts",
        "UserAgentString.rebuild_and_replace_user_agent_handler",
        "add_retry_headers",
    ),
    "choose-signer": ("set_operation_specific_signer", "_set_auth_scheme_preference_signer"),
    "before-sign": (),
    "before-send": ("before_send",),
    "before-parse": (),
    "response-received": (),
    "needs-retry": ("RetryHandler.needs_retry",),
}
"""Between the two ends: the events, and who is told of them in a client as botocore makes it, with our own door."""
AROUND = ("before-call", "after-call", "after-call-error")
"""Events that are told of the request, its context or the response, which have more in them the long way."""
_SAYING = ("endpoint", "hooks", "auth", "awsrequest", "retryhandler", "retries.standard", "retries.adaptive")
LOGGERS = tuple(logging.getLogger(f"botocore.{name}") for name in _SAYING)
"""Of what is left out."""
STEPS = {
    "botocore.endpoint": ("convert_to_response_dict",),
    "botocore.endpoint.Endpoint": (
        *("make_request", "create_request", "prepare_request", "_update_retries_context"),
        *("_send_request", "_get_response", "_do_get_response", "_send"),
    ),
    "botocore.signers.RequestSigner": ("handler", "sign", "get_auth_instance"),
    "botocore.auth.SigV4Auth": ("add_auth",),
}
"""What is left out. Who puts something else in the place of one of these is served the long way."""

_usual: Any = None
_steps: tuple[tuple[Any, str, Any], ...] = ()


def install() -> None:
    """Put the shorter way in place, once a process."""
    global _usual, _steps
    from botocore.client import BaseClient
    from botocore.regions import EndpointRulesetResolver

    if _usual is None:
        _usual = BaseClient._make_request
        BaseClient._make_request = make_request
        kinds = {pkgutil.resolve_name(name): steps for name, steps in STEPS.items()}
        _steps = tuple((kind, step, vars(kind)[step]) for kind, steps in kinds.items() for step in steps)
        _find_each_endpoint_once(EndpointRulesetResolver)


def make_request(client: Any, operation: Any, request: dict[str, Any], context: dict[str, Any]) -> Any:
    """Botocore's own method, for a client as botocore makes it: the response and what it says. Raises door.Stopped."""
    if not _is_plain(client, operation, context):
        return _usual(client, operation, request, context)
    try:
        return _answered(client, operation, request)
    except Exception as error:
        name = f"after-call-error.{operation.service_model.service_id.hyphenize()}.{operation.name}"
        client.meta.events.emit(name, exception=error, context=context)
        raise


def _is_plain(client: Any, operation: Any, context: dict[str, Any]) -> bool:
    """Is all that botocore would do between serialising and parsing what it does of itself, and seen by nobody?"""
    from botocore.endpoint import history_recorder

    try:
        signer = client._request_signer
        return (
            context["auth_type"] in (None, "v4")
            and signer._signature_version == "v4"
            and _can_be_told(signer._credentials)
            and "request_credentials" not in context.get("signing", ())
            and not operation.has_streaming_input
            and not (operation.has_streaming_output or operation.has_event_stream_output)
            and not history_recorder._enabled
            and not any(logger.isEnabledFor(logging.DEBUG) for logger in LOGGERS)
            and all(vars(kind)[step] is usual for kind, step, usual in _steps)
            and not ((moto := _moto()) and moto.enabled)
            and _nobody_listens(client.meta.events._emitter, operation)
        )
    except (AttributeError, KeyError):  # another botocore, which has other names for these
        return False


def _can_be_told(credentials: Any) -> bool:
    """Can a header say whose key it is?"""
    if credentials is None:
        return False
    key = credentials.get_frozen_credentials()
    said = (key.access_key, key.token or "")
    return all(isinstance(one, str) and one.isascii() and one.isprintable() for one in said) and bool(key.secret_key)


def _find_each_endpoint_once(resolver: Any) -> None:
    """Work out once for a client where its operation goes, where neither a parameter nor anybody else decides that."""
    find, logger = resolver.construct_endpoint, logging.getLogger("botocore.regions")

    def construct_endpoint(self: Any, operation_model: Any, call_args: Any, request_context: Any) -> Any:
        name = operation_model.name
        ours = vars(self).setdefault("_simcloud_places", {})
        known = ours.get(name)
        changed = known is None or self._event_emitter._emitter._lookup_cache is not known[0]
        if changed or logger.isEnabledFor(logging.DEBUG):
            found = find(self, operation_model, call_args, request_context)
            if not _always_there(self, operation_model):
                return found
            known = ours[name] = (self._event_emitter._emitter._lookup_cache, found)
        return known[1]._replace(headers=dict(known[1].headers), properties=dict(known[1].properties))

    resolver.construct_endpoint = construct_endpoint


def _always_there(resolver: Any, operation: Any) -> bool:
    events, service = resolver._event_emitter._emitter, resolver._service_model.service_id.hyphenize()
    asked = (resolver._builtins.get(one.builtin) for one in resolver._param_definitions.values())
    return (
        not operation.context_parameters
        and not operation.operation_context_parameters
        and not any(callable(one) for one in asked)
        and not events._handlers.prefix_search(f"before-endpoint-resolution.{service}")
    )


def _nobody_listens(events: Any, operation: Any) -> bool:
    """Are those who are told of this operation's events the usual ones? Looked up again whenever somebody is added."""
    known = vars(events).get("_simcloud_plain")
    if known is None or known[0] is not events._lookup_cache:  # botocore makes a new one with each who is added
        known = events._simcloud_plain = (events._lookup_cache, {})
    name = operation.name
    if name not in known[1]:
        end = f"{operation.service_model.service_id.hyphenize()}.{name}"
        usual = all(_listeners(events, f"{event}.{end}") == usual for event, usual in EVENTS.items())
        known[1][name] = usual and all(
            _is_botocores(one) for event in AROUND for one in _told(events, f"{event}.{end}")
        )
    return bool(known[1][name])


def _listeners(events: Any, event: str) -> tuple[str, ...]:
    """Their names, without moto's own, which every client has that was made once moto was there."""
    moto = _moto()
    return tuple(getattr(one, "__qualname__", "") for one in _told(events, event) if one is not moto)


def _told(events: Any, event: str) -> Iterable[Any]:
    found: Iterable[Any] = events._handlers.prefix_search(event)
    return found


def _is_botocores(handler: Any) -> bool:
    return str(getattr(handler, "__module__", "")).startswith("botocore.")


def _moto() -> Any:
    """What moto has answer while somebody mocks by it, or None where it was never imported."""
    return getattr(sys.modules.get("moto.core.models"), "botocore_stubber", None)


def _answered(client: Any, operation: Any, request: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
    endpoint, attempts = client._endpoint, 1
    found = _tried(client, operation, request)
    while found[0].status_code >= 300 and endpoint._needs_retry(attempts, operation, request, found):
        attempts += 1
        found = _tried(client, operation, request)
    if "ResponseMetadata" in found[1]:
        found[1]["ResponseMetadata"]["RetryAttempts"] = attempts - 1
    return found


def _tried(client: Any, operation: Any, request: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
    """One attempt."""
    from botocore.awsrequest import AWSPreparedRequest, AWSResponse

    body = request["body"]
    if isinstance(body, dict):
        body = urlencode(body, doseq=True)
    headers = Headers(request["headers"])
    _say_whose_key(client._request_signer, request["context"], headers)
    if request["method"] not in ("GET", "HEAD"):
        headers["Content-Length"] = str(len(body.encode() if isinstance(body, str) else body or b""))
    sent = AWSPreparedRequest(request["method"], request["url"], headers, body or None, False, request["context"])
    status, said, content = door.answer(sent, operation.name)
    response = AWSResponse(sent.url, status, (), door.Raw(content))
    response.headers = Headers(said)
    plain = {
        "headers": response.headers,
        "status_code": status,
        "context": {"operation_name": operation.name},
        "body": content,
    }
    parser = _parser(client._endpoint, operation.service_model.resolved_protocol)
    parsed = parser.parse(plain, operation.output_shape)
    if status >= 300:
        client._endpoint._add_modeled_error_fields(plain, parsed, operation, parser)
    return response, parsed


def _parser(endpoint: Any, protocol: str) -> Any:
    made = vars(endpoint).setdefault("_simcloud_parsers", {})
    if protocol not in made:
        made[protocol] = endpoint._response_parser_factory.create_parser(protocol)
    return made[protocol]


def _say_whose_key(signer: Any, context: dict[str, Any], headers: Headers) -> None:
    """What botocore's signer writes, as `botocores` has it sign."""
    key = signer._credentials.get_frozen_credentials()
    signing = context.get("signing", {})
    moment = signed_at(clock.now())
    region, service = signing.get("region") or signer._region_name, signing.get("signing_name") or signer._signing_name
    scope = f"{key.access_key}/{moment[:8]}/{region}/{service}/aws4_request"
    headers["X-Amz-Date"] = moment
    if key.token:
        headers["X-Amz-Security-Token"] = key.token
    headers["Authorization"] = f"AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host, Signature=none"


class Headers(dict[str, Any]):
    """Headers by their names in small letters, however they are asked for."""

    def __init__(self, given: Any) -> None:
        super().__init__((name.lower(), value) for name, value in given.items())

    def __setitem__(self, name: str, value: Any) -> None:
        super().__setitem__(name.lower(), value)

    def __getitem__(self, name: str) -> Any:
        return super().__getitem__(name.lower())

    def __contains__(self, name: object) -> bool:
        return super().__contains__(str(name).lower())

    def get(self, name: str, default: Any = None) -> Any:
        return super().get(name.lower(), default)
