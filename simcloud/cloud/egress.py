"""Nothing leaves the machine, and nothing that is really yours comes in.

The door (door.py) answers or refuses every API call. Below it stand two backstops, put in place when the first cloud of
a process is opened and never taken away: botocore's own HTTP session refuses to send (instance metadata, container
credentials, single sign-on), and an audit hook refuses sockets to any address that is not this machine.
"""

from __future__ import annotations

import ipaddress
import os
import sys
import time
from typing import Any

from simcloud.cloud import notes

ACCESS_KEY = "testing"
"""The learner's access key in every simulated account. No key of AWS reads like this one."""

_LOCAL_NAMES = frozenset({"", "localhost", "localhost.localdomain", "ip6-localhost"})


class NothingLeaves(PermissionError):
    """Code tried to reach another machine."""

    def _render_traceback_(self) -> list[str]:
        return notes.draw(self)


def clean_environment(region: str) -> None:
    """Forget every AWS_* and MOTO_* variable, then set what boto3 needs to find: nothing that is real."""
    for name in [name for name in os.environ if name.upper().startswith(("AWS_", "MOTO_"))]:
        del os.environ[name]
    os.environ.update(
        AWS_ACCESS_KEY_ID=ACCESS_KEY,
        AWS_SECRET_ACCESS_KEY="simulated",
        AWS_DEFAULT_REGION=region,
        AWS_REGION=region,
        AWS_EC2_METADATA_DISABLED="true",
        AWS_SHARED_CREDENTIALS_FILE=os.devnull,
        AWS_CONFIG_FILE=os.devnull,
        MOTO_EC2_LOAD_DEFAULT_AMIS="false",
        TZ="UTC",
    )
    if hasattr(time, "tzset"):
        time.tzset()


def install() -> None:
    """Put the backstops in place, once a process."""
    import botocore.httpsession

    if botocore.httpsession.URLLib3Session.send is not _refuse_to_send:
        botocore.httpsession.URLLib3Session.send = _refuse_to_send
        _forget_sessions()
        sys.addaudithook(_audit)


def _forget_sessions() -> None:
    """A default session made earlier may hold real credentials."""
    import boto3

    boto3.DEFAULT_SESSION = None


def _refuse_to_send(self: Any, request: Any) -> Any:
    address = request.url.split("?")[0]
    raise NothingLeaves(f"this course runs on a simulated AWS and sends nothing: {address} was not asked")


def is_local(host: object) -> bool:
    """Is this the machine itself?"""
    if host is None:
        return True
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
    if name.lower() in _LOCAL_NAMES:
        return True
    try:
        address = ipaddress.ip_address(name.split("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _audit(event: str, args: tuple[Any, ...]) -> None:
    if not event.startswith("socket."):
        return
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = args[1]
        host = address[0] if isinstance(address, tuple) and address else None
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        host = args[0]
    else:
        return
    if not is_local(host):
        raise NothingLeaves(f"this course runs on a simulated AWS and opens no connection: {host!r} was not asked")


def point_at(region: str) -> None:
    """The region of the cloud that is live, for clients that name none."""
    os.environ.update(AWS_DEFAULT_REGION=region, AWS_REGION=region)
