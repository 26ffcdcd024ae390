"""One container definition, read once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from simcloud.rules import reading


@dataclass(frozen=True, slots=True)
class Container:
    """What a container definition says, with the defaults that decide a law filled in."""

    index: int
    at: str
    """Where it stands in the request."""
    raw: Mapping[str, Any]
    name: str
    image: str
    cpu: int
    """CPU units; 0 where it is not given."""
    memory: int | None
    """Hard limit, MiB."""
    reservation: int | None
    """Soft limit, MiB."""
    essential: bool
    log_driver: str
    log_options: Mapping[str, str]
    linux: Mapping[str, Any]
    ports: tuple[Mapping[str, Any], ...]
    secrets: tuple[tuple[str, Mapping[str, Any]], ...]
    """Every secret with where it stands: those of the environment, then those of the log driver."""

    @property
    def called(self) -> str:
        """How a sentence for the learner names it."""
        return f"container '{self.name}'" if self.name else f"container number {self.index + 1}"

    @property
    def reserved(self) -> int:
        """MiB that it takes from the task: the soft limit, else the hard one, else nothing."""
        return self.reservation if self.reservation is not None else self.memory or 0


def read_container(index: int, raw: Mapping[str, Any]) -> Container:
    """A container definition as the API spells it."""
    log = reading.mapping(raw, "logConfiguration")
    options = reading.mapping(log, "options")
    at = f"containerDefinitions[{index}]"
    return Container(
        index=index,
        at=at,
        raw=raw,
        name=reading.text(raw, "name"),
        image=reading.text(raw, "image"),
        cpu=reading.number(raw, "cpu") or 0,
        memory=reading.number(raw, "memory"),
        reservation=reading.number(raw, "memoryReservation"),
        essential=reading.switch(raw, "essential", default=True),
        log_driver=reading.text(log, "logDriver"),
        log_options={key: value for key, value in options.items() if isinstance(value, str)},
        linux=reading.mapping(raw, "linuxParameters"),
        ports=reading.structures(raw, "portMappings"),
        secrets=(*_placed(raw, "secrets", at), *_placed(log, "secretOptions", f"{at}.logConfiguration")),
    )


def _placed(holder: Mapping[str, Any], key: str, at: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The structures under a key, each with where it stands."""
    for index, structure in enumerate(reading.structures(holder, key)):
        yield f"{at}.{key}[{index}]", structure
