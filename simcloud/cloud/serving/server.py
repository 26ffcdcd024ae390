"""The HTTP server on loopback.

It takes requests from this machine alone: it listens on 127.0.0.1, refuses a Host that is not this machine (a page in a
browser could otherwise be led here by a name of its own), and answers no request that is not signed.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from simcloud.cloud.egress import is_local
from simcloud.cloud.serving import control
from simcloud.cloud.serving.account import Settings
from simcloud.cloud.serving.asked import Asked, Unsigned, divide, scope
from simcloud.cloud.serving.failures import failure
from simcloud.cloud.serving.learners import Gone, Learners, TooMany
from simcloud.cloud.wire import Answer

if TYPE_CHECKING:
    from werkzeug.serving import BaseWSGIServer
    from werkzeug.wrappers import Request

HOST = "127.0.0.1"
LARGEST = 64 * 1024 * 1024
"""Bytes of a request's body that are read."""


class Server:
    """A server that runs in threads of this process until it is closed. Raises OSError where the port is taken."""

    def __init__(self, settings: Settings, port: int = 0) -> None:
        from werkzeug.serving import make_server

        self._learners = Learners(settings)
        self._http: BaseWSGIServer = make_server(HOST, port, self._application, threaded=True, request_handler=_quiet())
        self._thread = threading.Thread(target=self._http.serve_forever, name="simulated AWS", daemon=True)

    @property
    def url(self) -> str:
        """The address to point clients at."""
        return f"http://{HOST}:{self._http.server_port}"

    def __enter__(self) -> Server:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._thread.join(5)
        self._http.server_close()
        self._learners.close()

    def wait(self) -> None:
        """Until the server is closed, or Ctrl+C."""
        while self._thread.is_alive():
            self._thread.join(1)

    def _application(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        from werkzeug.wrappers import Request, Response

        status, headers, body = self.answer(Request(environ))
        headers = {name: value for name, value in headers.items() if name.lower() != "content-length"}
        return Response(body, status, headers)(environ, start_response)

    def answer(self, request: Request) -> Answer:
        """What a request is answered; an error in the form of the service that it is for."""
        asked = _read(request)
        if not _is_here(request.host):
            return failure(asked, "", "AccessDeniedException", f"{request.host} is not this machine.", status=403)
        service = ""
        try:
            if not control.is_for(asked):
                service = scope(asked).service
            return self._learners.ask(asked)
        except Unsigned:
            words = (
                f"{asked.method} {asked.path}: Missing Authentication Token. Requests to the simulated AWS are signed."
            )
            return failure(asked, "", "MissingAuthenticationTokenException", words, status=403)
        except TooMany:
            words = f"This server takes {self._learners.most} learners, and has as many."
            return failure(asked, service, "LimitExceededException", words)
        except Gone:
            words = "The simulated account ended while it answered, and what it held is lost. Ask again to begin anew."
            return failure(asked, service, "SimulatorFault", words)


def _read(request: Request) -> Asked:
    raw = request.environ.get("RAW_URI") or request.environ.get("REQUEST_URI") or request.full_path
    path, _, query = raw.partition("?")
    learner, path = divide(path)
    request.max_content_length = LARGEST
    return Asked(request.method, path, query, dict(request.headers.items()), request.get_data(), learner)


def _is_here(host: str) -> bool:
    name = host.rpartition(":")[0] if not host.endswith("]") and ":" in host else host
    name = name.strip("[]").lower()
    return is_local(name) or name.endswith(".localhost")


def _quiet() -> Any:
    from werkzeug.serving import WSGIRequestHandler

    class Quiet(WSGIRequestHandler):
        """Keeps connections open between requests, and prints no line a request."""

        protocol_version = "HTTP/1.1"

        def log(self, type: str, message: str, *args: Any) -> None:
            if type == "error":
                super().log(type, message, *args)

    return Quiet
