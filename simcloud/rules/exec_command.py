"""Laws on ExecuteCommand: what can be asked of a task, whatever state it is in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from simcloud.facts.sources import API_MODEL, FIELD_REPORT
from simcloud.facts.words import task as task_words
from simcloud.rules import reading
from simcloud.rules.engine import rule
from simcloud.rules.refusal import Refusal

EXEC = "ExecuteCommand"
INVALID = "InvalidParameterException"


@dataclass(frozen=True, slots=True)
class Entered:
    """The task that a command is to be executed in, as far as it is known."""

    exists: bool
    running: bool = False
    agents: Mapping[str, str] | None = None
    """Status of the agent of ECS Exec by container; '' where exec is off."""
    barred: str = ""
    """Why its agent cannot open the channels to Session Manager, in a sentence; '' where it can."""


@rule("FG1450", on=EXEC, source=API_MODEL)
def exec_is_interactive(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """ECS Exec knows interactive sessions alone."""
    if request.get("interactive") is not True:
        yield Refusal("interactive", str(task_words.EXEC_INTERACTIVE), "interactive is not true", code=INVALID)


@rule("FG1451", on=EXEC, source=API_MODEL)
def a_command_is_given(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """There is a command to execute."""
    if not reading.text(request, "command").strip():
        yield Refusal("command", str(task_words.EXEC_COMMAND), "the command is empty", code=INVALID)


@rule("FG1452", on=EXEC, source=FIELD_REPORT, status="observed")
def the_task_to_enter_exists(request: Mapping[str, Any], entered: Entered) -> Iterator[Refusal]:
    """A command is executed in a task of the cluster."""
    if not entered.exists:
        got = f"the cluster has no task '{request.get('task')}'"
        yield Refusal("task", str(task_words.TASK_NOT_FOUND), got, code=INVALID)


@rule("FG1453", on=EXEC, source=API_MODEL)
def the_container_is_clear(request: Mapping[str, Any], entered: Entered) -> Iterator[Refusal]:
    """A task of several containers is entered by the name of one of them."""
    names, container = tuple(entered.agents or ()), request.get("container")
    if container is None and len(names) > 1:
        got = f"it has {', '.join(names)}"
        yield Refusal("container", str(task_words.EXEC_WHICH_CONTAINER), got, code=INVALID)
    elif container is not None and entered.exists and container not in names:
        text = task_words.EXEC_NO_CONTAINER.format(name=container)
        yield Refusal("container", text, f"it has {', '.join(names)}", code=INVALID)


@rule("FG1454", on=EXEC, source=FIELD_REPORT, status="observed")
def the_exec_agent_runs(request: Mapping[str, Any], entered: Entered) -> Iterator[Refusal]:
    """A command is executed where exec was enabled when the task was run, and its agent runs by now."""
    #
    agents = entered.agents or {}
    name = str(request.get("container") or next(iter(agents), ""))
    agent = agents.get(name)
    if not entered.exists or (agent == "RUNNING" and entered.running) or (agent is None and agents):
        return
    if not entered.running:
        got = "the task does not run"
    else:
        got = (
            f"the agent of container '{name}' is {agent}" if agent else "the task was run without enableExecuteCommand"
        )
    yield Refusal("task", str(task_words.EXEC_NOT_ENABLED), got, code=INVALID)


@rule("FG1455", on=EXEC, source=FIELD_REPORT, status="observed")
def the_channels_can_be_opened(request: Mapping[str, Any], entered: Entered) -> Iterator[Refusal]:
    """The agent opens its channels as the task role, over the task's own network."""
    #
    if entered.barred:
        text = str(task_words.EXEC_INTERNAL)
        yield Refusal("task", text, entered.barred, code="TargetNotConnectedException")
