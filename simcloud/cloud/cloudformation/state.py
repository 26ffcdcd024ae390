"""What a stack holds and what it is doing, as values beside moto's Stack."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

COMPLETE = ("CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE", "IMPORT_COMPLETE")
"""Statuses in which a stack's outputs are shown and it can be updated."""
LEFT_FAILED = ("CREATE_FAILED", "UPDATE_FAILED")
"""Statuses of a stack that was not rolled back, because somebody asked for that: an update goes on from there."""


@dataclass
class Held:
    """One resource of a stack."""

    logical: str
    kind: str
    status: str
    at: float
    """When the status changed."""
    reason: str = ""
    thing: Any = None
    """The resource itself, ours or moto's; None where it could not be made."""
    json: dict[str, Any] = field(default_factory=dict)
    """Its part of the template, resolved."""

    @property
    def physical(self) -> str:
        """Its physical id; '' before it has one."""
        return "" if self.thing is None else str(getattr(self.thing, "physical_resource_id", "") or "")

    @property
    def properties(self) -> dict[str, Any]:
        """Resolved."""
        return dict(self.json.get("Properties") or {})


@dataclass
class Step:
    """One thing to do with one resource."""

    verb: str
    """create, update, restore or delete."""
    logical: str
    needs: frozenset[str]
    """Logical ids whose steps must be over first."""
    state: str = "waiting"
    """waiting, running, over or failed."""
    since: float = 0.0
    held: Held | None = None
    """What is to be deleted; what a resource is to be restored to."""


@dataclass
class Touched:
    """A resource that an update changed: what has to be undone where the update fails."""

    logical: str
    how: str
    """created, updated or replaced."""
    before: Held | None


@dataclass
class Work:
    """What a stack is doing: steps that lead from a status to another."""

    aim: str
    """create, rollback, delete, update, cleanup, restore or restore-cleanup."""
    steps: list[Step]
    began: float
    touched: list[Touched] = field(default_factory=list)
    before: Before | None = None
    attempted: dict[str, Any] = field(default_factory=dict)
    """The resources of a template that an update led to and did not reach."""
    leftover: list[Held] = field(default_factory=list)
    """To be deleted when the steps are over."""

    @property
    def failed(self) -> list[str]:
        """Logical ids of the steps that failed."""
        return [step.logical for step in self.steps if step.state == "failed"]

    @property
    def is_over(self) -> bool:
        """Is nothing left to be done?"""
        return all(step.state in ("over", "failed") for step in self.steps)


@dataclass
class Before:
    """A stack as it was before an update."""

    template: Any
    template_dict: dict[str, Any]
    parameters: dict[str, Any]
    tags: dict[str, str]
    resource_map: Any


@dataclass
class Progress:
    """All that simcloud adds to a stack of moto's."""

    resources: dict[str, Held] = field(default_factory=dict)
    work: Work | None = None
    turn: int = 0
    """Counts what the stack has done, so that a look that was planned before is stale."""
    on_failure: str = "ROLLBACK"
    """ROLLBACK, DELETE or DO_NOTHING: where creating fails."""
    stays_failed: bool = False
    """Is an update that fails left as it is?"""
    caller: str = ""
    """The ARN of who asked for what it is doing."""
