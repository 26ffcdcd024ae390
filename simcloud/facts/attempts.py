"""How the start of a task and the scheduler of a service try again. Seconds, unless the name says otherwise."""

from __future__ import annotations

from simcloud.facts.fact import Fact
from simcloud.facts.sources import FIELD_REPORT, GUIDE

CHOICE = "the course's own choice between few measurements"

RETRY_SECONDS: Fact[float] = Fact(15.0, CHOICE, "assumed", rule="R-108")
"""Between two attempts of one step of the start; each attempt sees the network and the policies as they are then."""
UNSTEADY_ROUNDS: Fact[int] = Fact(3, CHOICE, "assumed", rule="R-210")
"""Rounds of failed starts in a row after which a service says that it cannot consistently start tasks."""
EPHEMERAL_GIB_DEFAULT: Fact[int] = Fact(20, GUIDE + "fargate-task-storage.html", rule="R-046")
"""Ephemeral storage of a task that asks for none, in GiB."""
EXEC_AGENT_SECONDS: Fact[float] = Fact(30.0, FIELD_REPORT, "observed", rule="R-160")
"""From the task's RUNNING to the ECS Exec agent's: 30 to 60 s."""
LAYER_SPACE: Fact[float] = Fact(1.5, CHOICE, "assumed", rule="R-173")
"""MiB of ephemeral storage that a MiB of compressed image takes: layers lie there compressed and unpacked."""
SOCI_SHARE: Fact[float] = Fact(0.1, CHOICE, "assumed", rule="R-340")
"""The part of an image that is pulled before its task starts, where a SOCI index lets the rest be loaded later."""
RESTART_SECONDS: Fact[float] = Fact(1.0, CHOICE, "assumed", rule="R-054")
"""From the end of a process to its restart in place."""
EBS_SECONDS: Fact[float] = Fact(10.0, CHOICE, "assumed", rule="R-103")
"""PROVISIONING: making, attaching and formatting an EBS volume."""
