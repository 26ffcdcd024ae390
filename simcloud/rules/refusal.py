"""What a law says when it refuses: AWS's words and ours, kept apart."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Refusal:
    """One broken law in one request."""

    at: str
    """Where in the request, as a path: `memory`, `containerDefinitions[0].portMappings[1].hostPort`."""
    aws: str
    """AWS's own message, whole."""
    because: str
    """The reason in plain words, for the learner."""
    code: str = "ClientException"
    """AWS's error code."""
    rule: str = field(default="", compare=False)
    """The id of the law (FG102); filled in by the engine."""
    law: str = field(default="", compare=False)
    """The law in one sentence (the rule's docstring); filled in by the engine."""
    topic: str = field(default="", compare=False)
    """The file of laws that it stands in (sizes, scaling.targets), by which a course finds its lesson; filled in."""
    source: str = field(default="", compare=False)
    """Where the law is documented: a public address or an R-number; filled in by the engine."""
    status: str = field(default="documented", compare=False)
    """documented, observed or assumed."""
