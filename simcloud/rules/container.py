"""One container definition, read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from simcloud.rules import reading


@dataclass(frozen=True, slots=True)
class Container:
    """What a container definition says, with the defaults that decide a law filled in."""

    index: int
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

    @property
    def at(self) -> str:
        """Where it stands in the request."""
        return f"containerDefinitions[{self.index}]"

    @property
    def called(self) -> str:
        """How a sentence for the learner names it."""
        return f"container '{self.name}'" if self.name else f"container number {self.index + 1}"

    @property
    def reserved(self) -> int:
        """MiB that it takes from the task: the soft limit, else the hard one, else nothing."""
        return self.reservation if self.reservation is not None else self.memory or 0

    @property
    def linux(self) -> Mapping[str, Any]:
        return reading.mapping(self.raw, "linuxParameters")

    @property
    def ports(self) -> tuple[Mapping[str, Any], ...]:
        return reading.structures(self.raw, "portMappings")

    @property
    def secrets(self) -> tuple[tuple[str, Mapping[str, Any]], ...]:
        """Every secret with where it stands: those of the environment, then those of the log driver."""
        log = reading.mapping(self.raw, "logConfiguration")
        own = [
            (f"{self.at}.secrets[{index}]", secret)
            for index, secret in enumerate(reading.structures(self.raw, "secrets"))
        ]
        of_log = [
            (f"{self.at}.logConfiguration.secretOptions[{index}]", secret)
            for index, secret in enumerate(reading.structures(log, "secretOptions"))
        ]
        return (*own, *of_log)


def read_container(index: int, raw: Mapping[str, Any]) -> Container:
    """A container definition as the API spells it."""
    log = reading.mapping(raw, "logConfiguration")
    options = reading.mapping(log, "options")
    return Container(
        index=index,
        raw=raw,
        name=reading.text(raw, "name"),
        image=reading.text(raw, "image"),
        cpu=reading.number(raw, "cpu") or 0,
        memory=reading.number(raw, "memory"),
        reservation=reading.number(raw, "memoryReservation"),
        essential=reading.switch(raw, "essential", default=True),
        log_driver=reading.text(log, "logDriver"),
        log_options={key: value for key, value in options.items() if isinstance(value, str)},
    )
