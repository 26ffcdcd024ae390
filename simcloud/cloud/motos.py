"""moto's answers with the same bytes, sooner: what it works out anew for every value of every answer, worked out once.

More than half of a call to moto is spent on three things. To find a value it goes through all names that the value's
attribute might have, for each value anew; which names these are depends on the kind of the thing and on the shape
alone. Its XML goes through a general writer with six checks of every element's name. And to find who answers, it holds
a request's address against the patterns of all services. The first call waits for a fourth: what would check the
caller's rights, which moto is not asked to do.
"""

from __future__ import annotations

import functools
import io
import re
import sys
from typing import Any
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

HOST = re.compile(r"https://[a-z0-9.-]+\.amazonaws\.com")
_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
_ATTRIBUTE = {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}


def install() -> None:
    """Put the quicker ways in place, once a process. moto is imported by now."""
    from moto.core import authorization, botocore_stubber, responses, serialize

    listing: Any = responses
    listing.method_names_from_class = functools.cache(listing.method_names_from_class)
    _find_values_by_known_names(serialize)
    serialize.xmltodict = _Writer(serialize.xmltodict)  # type: ignore[attr-defined]
    _know_who_answers(botocore_stubber)
    _ask_no_authority(authorization)


def _ask_no_authority(authorization: Any) -> None:
    """While moto checks nobody's rights, do not import what would (S3, STS, and the rooms of ours that they lead to).
    Whether a caller may is decided at our own door."""
    mixin, settings = authorization.ActionAuthenticatorMixin, authorization.settings
    ask = mixin._authenticate_and_authorize_normal_action

    def authorize(self: Any, resource: str = "*") -> None:
        if mixin.request_count < settings.INITIAL_NO_AUTH_ACTION_COUNT:
            mixin.request_count += 1
        else:
            ask(self, resource)

    mixin._authenticate_and_authorize_normal_action = authorize


def _know_who_answers(stubber: Any) -> None:
    """Remember by host who answers, for the services that have one address for everything."""
    from moto import backends, core
    from werkzeug.exceptions import HTTPException

    whole = stubber.BotocoreStubber.process_request
    known: dict[str, tuple[Any, Any] | None] = {}

    def usual(held: Any) -> Any:
        """The backend that moto asks for its addresses, and so makes, whatever account and region are called."""
        account = held[core.DEFAULT_ACCOUNT_ID]  # type: ignore[attr-defined]
        return account["us-east-1" if "us-east-1" in account else "aws"]

    def found(address: str) -> tuple[Any, Any] | None:
        """The service's backends, and who answers there; None where moto has to look itself."""
        service = next((name for name, one in stubber.backend_index.backend_url_patterns if one.match(address)), None)
        held = backends.get_backend(service) if service else None
        if not isinstance(held, stubber.BackendDict):
            return None
        return next(((held, who) for url, who in usual(held).urls.items() if re.match(url, address)), None)

    def process_request(self: Any, request: Any) -> Any:
        parts = urlsplit(request.url)
        host = f"{parts.scheme}://{parts.netloc}"
        if parts.path not in ("", "/") or not HOST.fullmatch(host):
            return whole(self, request)
        if host not in known:
            known[host] = found(f"{host}/")
        answers = known[host]
        if answers is None:
            return whole(self, request)
        usual(answers[0])
        asked = stubber.normalize_request(request) if parts.query else _request(request, parts.netloc)
        plain = asked.raw_path == "/" and asked.environ["HTTP_HOST"] == parts.netloc
        try:
            return answers[1](asked, f"{host}/" if plain else asked.raw_url, asked.headers)
        except HTTPException as refused:
            return refused.code, refused.get_headers(), refused.get_body()

    stubber.BotocoreStubber.process_request = process_request


def _request(request: Any, host: str) -> Any:
    """A request to the root of a host as moto reads it. werkzeug would make it for any address, which takes longer."""
    from moto.core.request import PRESERVED_HEADER_NAMES_ENVIRON_KEY, Request

    body = request.body or b""
    content = body.encode() if isinstance(body, str) else body
    headers = {name: one.decode() if isinstance(one, bytes) else one for name, one in request.headers.items()}
    if not isinstance(content, bytes) or any(_is_odd(*header) for header in headers.items()):
        return Request.from_primitives(request.method, request.url, request.headers, body)
    told = {name.upper().replace("-", "_"): value for name, value in headers.items()}
    described = {name: told.pop(name) for name in ("CONTENT_TYPE", "CONTENT_LENGTH") if name in told}
    if content:
        described["CONTENT_LENGTH"] = str(len(content))  # whatever the header says
    environ = {
        **_ENVIRON,
        "REQUEST_METHOD": request.method,
        "SERVER_NAME": host,
        "HTTP_HOST": host,
        "wsgi.input": io.BytesIO(content),
        "wsgi.errors": sys.stderr,
        PRESERVED_HEADER_NAMES_ENVIRON_KEY: {},
        **described,
        **{f"HTTP_{name}": value for name, value in told.items()},
    }
    if not content:
        environ["CONTENT_LENGTH"] = "0"
    return Request(environ)


def _is_odd(name: str, value: Any) -> bool:
    """Is it a header that werkzeug reads in its own way, or refuses?"""
    return "_" in name or name.lower() == "transfer-encoding" or not isinstance(value, str) or not value.isprintable()


_ENVIRON: dict[str, Any] = {
    "SCRIPT_NAME": "",
    "PATH_INFO": "/",
    "QUERY_STRING": "",
    "REQUEST_URI": "/",
    "RAW_URI": "/",
    "SERVER_PORT": "443",
    "SERVER_PROTOCOL": "HTTP/1.1",
    "wsgi.version": (1, 0),
    "wsgi.url_scheme": "https",
    "wsgi.multithread": False,
    "wsgi.multiprocess": False,
    "wsgi.run_once": False,
}


def _find_values_by_known_names(serialize: Any) -> None:
    kind, usual, missing, get = (
        serialize.ResponseSerializer,
        serialize.XFormedAttributePicker,
        serialize.MISSING,
        serialize.get_value,
    )
    find = kind.get_value

    def names(self: Any, value: Any, key: str, shape: Any) -> list[str]:
        """The names under which the value may be, most specific first, each once."""
        known = shape.__dict__.setdefault("_names", {})
        asked = (type(value), key, getattr(shape, "parent", None) and shape.parent.name)
        if asked not in known:
            context = serialize.AttributePickerContext(obj=value, key=key, shape=shape)
            known[asked] = list(dict.fromkeys(self._value_picker.get_possible_keys(context)))
        found: list[str] = known[asked]
        return found

    @functools.cache
    def paths(key: str, of: tuple[str, ...]) -> list[str]:
        """Of the paths at which an answer's values are changed, those that may end in this name."""
        return [path for path in of if key.endswith(path) or path.endswith(f".{key}")]

    def get_value(self: Any, value: Any, key: str, shape: Any) -> Any:
        picker = self._value_picker
        if type(picker) is not usual or picker.alias_providers is not serialize.DEFAULT_ALIAS_PROVIDERS:
            return find(self, value, key, shape)
        found = None
        for name in names(self, value, key, shape):
            one = get(value, name, missing)
            if one is not missing:
                found = one
                break
        changed = picker.response_transformers
        for path in paths(key, tuple(changed)) if changed else ():
            if ".".join([*self.path, key]).endswith(path):
                return changed[path](found)
        return found

    kind.get_value = get_value


class _Writer:
    """xmltodict, with a writer of its own for the documents that moto writes."""

    def __init__(self, module: Any) -> None:
        self._module = module

    def __getattr__(self, name: str) -> Any:
        return getattr(self._module, name)

    def unparse(self, document: Any, **how: Any) -> Any:
        """The document as text. What is not plain is left to xmltodict."""
        full, short, pretty = (how.pop(name, default) for name, default in _DEFAULTS)
        if how or pretty or len(document) != 1:
            options = {**how, "full_document": full, "short_empty_elements": short, "pretty": pretty}
            return self._module.unparse(document, **options)
        parts = [_HEAD] if full else []
        try:
            for key, value in document.items():
                _write(parts, key, value, short)
        except _NotPlain:
            return self._module.unparse(document, full_document=full, short_empty_elements=short)
        return "".join(parts)


_DEFAULTS = (("full_document", True), ("short_empty_elements", False), ("pretty", False))


class _NotPlain(Exception):
    """Something that the quick writer does not write."""


def _write(parts: list[str], key: str, value: Any, short: bool) -> None:
    """An element, or one for each member of a list."""
    if not _is_name(key):
        raise _NotPlain
    for one in value if type(value) is list else (value,):
        kind = type(one)
        if kind is dict:
            _element(parts, key, one, short)
        elif one is None:
            parts.append(f"<{key}/>" if short else f"<{key}></{key}>")
        else:
            text = _text(one, kind)
            if short and not text:
                parts.append(f"<{key}/>")
            else:
                parts.append(f"<{key}>{escape(text)}</{key}>")


def _element(parts: list[str], key: str, held: dict[str, Any], short: bool) -> None:
    attributes, last = "", ""
    inner: list[str] = []
    for name, value in held.items():
        if name == "#text":
            last = "" if value is None else escape(_text(value, type(value)))
        elif name == "#comment":
            raise _NotPlain
        elif name.startswith("@"):
            if not _is_name(name[1:]) or type(value) is not str:
                raise _NotPlain
            attributes += f" {name[1:]}={_quoted(value)}"
        elif type(value) is not list or value:
            _write(inner, name, value, short)
    content = "".join(inner) + last
    if short and not content:
        parts.append(f"<{key}{attributes}/>")
    else:
        parts.append(f"<{key}{attributes}>{content}</{key}>")


def _text(value: Any, kind: type) -> str:
    if kind is str:
        return str(value)
    if kind is bool:
        return "true" if value else "false"
    if kind is int or kind is float:
        return str(value)
    raise _NotPlain


def _quoted(value: str) -> str:
    if '"' in value:
        raise _NotPlain
    return f'"{escape(value, _ATTRIBUTE)}"'


@functools.cache
def _is_name(name: Any) -> bool:
    """A name that the general writer takes as it is: without a namespace's colon, which it treats apart."""
    return isinstance(name, str) and name.replace("-", "").replace("_", "").replace(".", "").isalnum()
