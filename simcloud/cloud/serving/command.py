"""`fargate-course serve`: the simulated AWS for clients outside this course, until Ctrl+C."""

from __future__ import annotations

import signal
from typing import NoReturn

from simcloud.cloud.places import regions
from simcloud.cloud.serving.account import Settings
from simcloud.cloud.serving.server import Server

PORT = 4577
FASTEST = 100_000.0
"""Simulated seconds in a real one: more than a day a second serves nobody."""

_SAYS = """\
The simulated AWS listens on {url} (this machine alone). Ctrl+C ends it, and what it holds is gone.

  export AWS_ENDPOINT_URL={url} AWS_ACCESS_KEY_ID=testing AWS_SECRET_ACCESS_KEY=simulated AWS_REGION={region}
  aws ecs create-cluster --cluster-name demo

One real second is {speed:g} simulated. {url}/_simcloud/time tells the time; /_simcloud/advance moves it:
  curl -H 'Content-Type: application/json' -d '{{"minutes": 5}}' {url}/_simcloud/advance
For several learners give each an address of their own: {url}/@maria, {url}/@chen, ..."""


class BadSettings(ValueError):
    """The server cannot begin like this; `str()` is one line that says what to do."""


def serve(*, port: int = PORT, speed: float = 1.0, seed: int = 0, region: str = "us-east-1") -> int:
    """Serve until Ctrl+C or a request to end; the exit status. Raises BadSettings."""
    _check(port, speed, region)
    try:
        server = Server(Settings(seed=seed, region=region, speed=speed), port)
    except (OSError, SystemExit) as taken:
        raise BadSettings(f"port {port} cannot be used ({taken}); name another with --port") from None
    signal.signal(signal.SIGTERM, _end)
    with server:
        print(_SAYS.format(url=server.url, region=region, speed=speed), flush=True)  # noqa: T201
        try:
            server.wait()
        except KeyboardInterrupt:
            print("Ended.", flush=True)  # noqa: T201
    return 0


def _end(*_: object) -> NoReturn:
    raise KeyboardInterrupt


def _check(port: int, speed: float, region: str) -> None:
    if not 0 <= port <= 65535:
        raise BadSettings(f"--port is a number from 0 (any that is free) to 65535, not {port}")
    if not 0 <= speed <= FASTEST:
        raise BadSettings(f"--speed is a number from 0 (time stands still) to {FASTEST:g}, not {speed:g}")
    if region not in regions():
        raise BadSettings(f"--region: there is no region {region}; one is us-east-1")
