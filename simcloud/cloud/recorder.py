"""The transcript of a cloud: what was called, what was answered, and how time was moved, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


class Recorder:
    """Keeps entries (JSON objects) and tells listeners of each."""

    def __init__(self, *, on: bool = True) -> None:
        self.entries: list[dict[str, Any]] = []
        self.listeners: list[Callable[[dict[str, Any]], None]] = []
        self.stirred = 0
        """How often the world may have changed since this recorder began, also where nothing is kept."""
        self._on = on

    @property
    def on(self) -> bool:
        """False inside `paused` and in a copy of the world."""
        return self._on

    def add(self, entry: dict[str, Any]) -> None:
        """Keep the entry, unless recording is paused."""
        self.stirred += 1
        if not self._on:
            return
        self.entries.append(entry)
        for listener in list(self.listeners):
            listener(entry)

    @contextmanager
    def paused(self) -> Iterator[None]:
        """What happens inside belongs to one entry that was or will be recorded as a whole."""
        before, self._on = self._on, False
        try:
            yield
        finally:
            self._on = before

    def __reduce__(self) -> tuple[Callable[[], Recorder], tuple[()]]:
        return silent, ()


def silent() -> Recorder:
    """A recorder that records nothing: what a copied world gets, since its calls never happened in the original."""
    return Recorder(on=False)
