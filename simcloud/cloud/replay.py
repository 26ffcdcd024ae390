"""Build a world again from its transcript: re-issue each call, move time as it was moved, stop where a mark stands.

Runs in a process that no learner's code enters. A transcript may be forged: each entry is checked, only services that
the lab names are called, and whatever goes wrong is a divergence, never an exception.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from simcloud.cloud import codec
from simcloud.cloud.cloud import Cloud
from simcloud.cloud.commands import command
from simcloud.cloud.places import SERVICES

Mark = Callable[[dict[str, Any]], None]


@dataclass(frozen=True)
class Divergence:
    """An entry whose replay was not what the transcript says."""

    index: int
    entry: Mapping[str, Any]
    what: str
    """One sentence."""


def replay(
    cloud: Cloud,
    records: Iterable[Mapping[str, Any]],
    *,
    on_mark: Mark | None = None,
    services: Collection[str] | None = None,
) -> list[Divergence]:
    """Replay into the open cloud. `on_mark` gets each begin, cell and check entry, at its place.

    `services`: boto3's names of the services that may be called; None for all that are simulated. Returns what
    differed. Exceptions of `on_mark` are the caller's own and pass through.
    """
    run = _Run(cloud, SERVICES if services is None else frozenset(services) & SERVICES)
    for index, entry in enumerate(records):
        if not isinstance(entry, Mapping):
            run.diverge(index, {}, "the entry is not a JSON object")
        elif entry.get("kind") in ("call", "advance", "push", "kubernetes", "command"):
            run.step(index, entry)
        elif on_mark is not None:
            on_mark(dict(entry))
    return run.divergences


class _Run:
    """One replay: its clients and what it found."""

    def __init__(self, cloud: Cloud, services: Collection[str]) -> None:
        self.cloud = cloud
        self.services = services
        self.divergences: list[Divergence] = []
        self._clients: dict[tuple[str, str, str], Any] = {}

    def diverge(self, index: int, entry: Mapping[str, Any], what: str) -> None:
        self.divergences.append(Divergence(index, entry, what))

    def step(self, index: int, entry: Mapping[str, Any]) -> None:
        """Do what the entry says; note where it cannot be done or came out differently."""
        try:
            match entry["kind"]:
                case "call":
                    what = self._call(entry)
                case "advance":
                    self.cloud.advance(seconds=float(entry["seconds"]))
                    what = ""
                case "kubernetes":
                    what = self._kubernetes(entry)
                case "command":
                    command(self.cloud, str(entry["do"]), codec.decode(entry["given"]))
                    what = ""
                case _:
                    behaviour = codec.decode(entry["behaviour"])
                    self.cloud.push_image(str(entry["repository"]), str(entry["tag"]), **behaviour)
                    what = ""
        except Exception as trouble:
            what = f"could not be replayed ({type(trouble).__name__}: {trouble})"
        if what:
            self.diverge(index, entry, what)

    def _kubernetes(self, entry: Mapping[str, Any]) -> str:
        """A call of a cluster's API server, as `cloud.kubernetes(...)` made it."""
        from simcloud.cloud.eks.kubernetes import again

        if "eks" not in self.services:
            return "eks is not a service of this lab"
        came = again(self.cloud, str(entry["cluster"]), str(entry["do"]), codec.decode(entry["given"]))
        if came != {name: entry[name] for name in ("answer", "error") if name in entry}:
            return f"kubernetes:{entry['do']} answered otherwise"
        return ""

    def _call(self, entry: Mapping[str, Any]) -> str:
        service, operation = str(entry["service"]), str(entry["op"])
        if service not in self.services:
            return f"{service} is not a service of this lab"
        client = self._client(service, str(entry["region"]), str(entry["key"]))
        if operation not in client.meta.service_model.operation_names:
            return f"{service} has no operation {operation}"
        came = self._answered(client, operation, codec.decode(entry["params"]))
        if came.get("error") != entry.get("error") or came.get("response") != entry.get("response"):
            return f"{service}:{operation} answered otherwise"
        return ""

    def _answered(self, client: Any, operation: str, params: dict[str, Any]) -> Mapping[str, Any]:
        from botocore.exceptions import ClientError

        heard: list[dict[str, Any]] = []
        self.cloud.on_record.append(heard.append)
        try:
            client._make_api_call(operation, params)
        except ClientError:
            pass
        finally:
            self.cloud.on_record.remove(heard.append)
        return heard[-1]

    def _client(self, service: str, region: str, key: str) -> Any:
        if (service, region, key) not in self._clients:
            self._clients[service, region, key] = client(service, region, key)
        return self._clients[service, region, key]


def client(service: str, region: str, key: str) -> Any:
    """The client that a call of this key is made again with."""
    import boto3

    return boto3.client(service, region_name=region, aws_access_key_id=key, aws_secret_access_key="simulated")
