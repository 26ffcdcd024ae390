"""Containers that run: how they start, wait for each other, write logs, call AWS, run out of memory and end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simcloud.facts import attempts, timings, words
from simcloud.facts.words import apps as app_words
from simcloud.sim import events as e
from simcloud.sim import files, memory, work
from simcloud.sim.after import after
from simcloud.sim.command import Command
from simcloud.sim.command import read as read_command
from simcloud.sim.container_health import begin_checks
from simcloud.sim.container_plan import ContainerPlan
from simcloud.sim.dependencies import give_up_waiting, limit_waiting, start_dependents
from simcloud.sim.effects import After, AskCalls, AskConnections, AskRouting, Effect, WriteLog
from simcloud.sim.image import Image
from simcloud.sim.memory import KILLED
from simcloud.sim.steps.logs import stream_name
from simcloud.sim.steps.step import role_name
from simcloud.sim.task import PENDING, RUNNING, STOPPED, Container, Task

if TYPE_CHECKING:
    from simcloud.sim.world import World

WRONG_FORMAT = 1
RUNTIME_ID_DIGITS = 10


@after(e.ContainerStarted)
def run(world: World, event: e.ContainerStarted) -> Iterator[Effect]:
    """The process runs; what will become of it is known from its image."""
    task = world.tasks[event.task]
    container, plan = task.containers[event.container], task.definition.container(event.container)
    if not task.wanted or container.status == RUNNING:
        return
    image = container.behaviour
    assert image is not None, f"container {event.container} of task {task.id} started without an image"
    container.status, container.exit_code, container.reason, container.health = RUNNING, None, "", "UNKNOWN"
    container.runs, container.started_at = container.runs + 1, world.now
    container.exec_agent = container.exec_agent and (PENDING if task.exec_agent_at is None else _agent(plan))
    number = int(world.fresh("runtime", 15), 16) % 10**RUNTIME_ID_DIGITS
    container.runtime_id = f"{task.id}-{number:0{RUNTIME_ID_DIGITS}d}"
    task.version += 1
    command = read_command(plan.command)
    world.tell(task, f"container {container.name} runs")
    fit = not _wrong_architecture(task, image)
    lines = (*_first_lines(task, image, command), *(files.work(world, task, container.name) if fit else ()))
    yield from write(task, container.name, lines, world.now)
    yield from _fate(world, task, container, plan, image, command)
    yield from limit_waiting(task, container)
    yield from start_dependents(task)
    if task.status == PENDING and all(each.runtime_id for each in task.containers.values()):
        yield After(0.0, e.ContainersStarted(task.arn), task.turn)


def write(task: Task, container: str, lines: tuple[str, ...], at: float) -> Iterator[Effect]:
    """Write lines to the container's log stream, or hand them to the task's log router, where it has one."""
    plan = task.definition.container(container)
    if lines and plan.log_driver == "awsfirelens":
        yield AskRouting(task.arn, container, lines, at)
    if lines and plan.log_driver == "awslogs" and not task.containers[container].mute:
        region = plan.log_option("awslogs-region", task.region)
        yield WriteLog(region, plan.log_option("awslogs-group"), stream_name(task, container), lines, at)


def _wrong_architecture(task: Task, image: Image) -> bool:
    return task.definition.architecture not in image.architectures


def _first_lines(task: Task, image: Image, command: Command) -> tuple[str, ...]:
    if _wrong_architecture(task, image):
        return (words.EXEC_FORMAT.format(command=command.entry),)
    return image.log_lines + command.lines


def _fate(
    world: World, task: Task, container: Container, plan: ContainerPlan, image: Image, command: Command
) -> Iterator[Effect]:
    """What will become of the process, if nothing comes between."""

    def ends(seconds: float, code: int, reason: str = "", why: str = "") -> After:
        return After(seconds, e.ContainerExited(task.arn, container.name, code, reason, why, container.runs))

    if _wrong_architecture(task, image):
        built = ", ".join(image.architectures)
        why = f"its program is built for {built}, the task runs on {task.definition.architecture}"
        yield ends(0.5, WRONG_FORMAT, "", why)
        return
    limit = memory.limit(task, plan)
    if image.memory_mib > limit:
        yield ends(
            image.start_seconds,
            KILLED,
            str(words.OUT_OF_MEMORY),
            f"it needs {image.memory_mib} MiB and may use {limit} MiB",
        )
        return
    yield from memory.fill(task, container)
    if plan.router:
        from simcloud.sim.steps import fluent_bit  # here, since few tasks have a router

        if said := fluent_bit.wrong(task, plan):
            yield from write(task, container.name, said, world.now)
            yield ends(0.5, fluent_bit.EXIT_CODE, "", f"its log router cannot read its configuration: {said[0]}")
            return
    yield from begin_checks(task, container, image)
    if image.calls:
        yield AskCalls(task.arn, container.name, container.runs)
    if image.takes or image.traces or image.asks:
        from simcloud.sim.apps import laws  # here, so that a world in which nothing does any of it does without

        yield from laws.begin(task, container)
    if image.connects or image.downloads:
        yield AskConnections(task.arn, container.name)
    seconds = image.exit_after if command.seconds is None else command.seconds
    if image.work_seconds is not None and command.seconds is None and not command.forever:
        seconds = work.begin(world, task, container, image)
    if seconds is not None and not command.forever:
        yield ends(seconds, image.exit_code if command.code is None else command.code)


@after(e.CallsJudged)
def log_calls(world: World, event: e.CallsJudged) -> Iterator[Effect]:
    """The code wrote what came of its AWS calls."""
    task = world.tasks[event.task]
    role = task.definition.task_role
    who = f"as task role {role_name(role)}" if role else "with no role"
    container = task.containers[event.container]
    kinds = {reply.kind for reply in event.replies}
    for reply in event.replies:
        container.count(reply.action, reply.resource, reply.kind)
    if event.again and event.attempt == 1:
        world.tell(task, f"an AWS call of the code in container {container.name} gets no connection", event.why)
    elif kinds & {"denied", "no-credentials"}:
        world.tell(task, f"the code in container {container.name} was denied an AWS call, {who}", event.why)
    elif kinds - {"ok"}:
        world.tell(task, f"an AWS call of the code in container {container.name} fails, {who}", event.why)
    elif kinds:
        world.tell(task, f"container {container.name} calls AWS, {who}")
    yield from write(task, event.container, event.lines, world.now)
    if event.again:
        due = e.CallsDue(task.arn, container.name, event.run, event.again, event.attempt + 1)
        yield After(app_words.CONNECT_SECONDS.value, due)


@after(e.CallsDue)
def call_again(world: World, event: e.CallsDue) -> Iterator[Effect]:
    """Calls for which no connection opened, unless the process has ended."""
    container = world.tasks[event.task].containers[event.container]
    if container.status == RUNNING and container.runs == event.run:
        yield AskCalls(event.task, event.container, event.run, event.again, event.attempt)


@after(e.ConnectionsTried)
def log_connections(world: World, event: e.ConnectionsTried) -> Iterator[Effect]:
    """The code wrote what came of its connections."""
    task = world.tasks[event.task]
    if event.why:
        world.tell(task, f"the code in container {event.container} cannot open a connection", event.why)
    yield from write(task, event.container, event.lines, world.now)


@after(e.ContainersStarted)
def activate(world: World, event: e.ContainersStarted) -> Iterator[Effect]:
    """All containers have started: ACTIVATING."""
    task = world.tasks[event.task]
    task.move("ContainersStarted", world.story)
    world.tell(task, "ACTIVATING: all its containers have started")
    yield After(timings.ACTIVATING_SECONDS.value, e.Activated(task.arn), task.turn)
    yield from _end_with_what_ended(task)


def _end_with_what_ended(task: Task) -> Iterator[Effect]:
    """An essential container that ended in the very moment of a move: its timer was set for the status before it."""
    for container in task.containers.values():
        if container.essential and container.status == STOPPED and task.wanted:
            yield After(0.0, e.EssentialContainerExited(task.arn, container.name), task.turn)
            return


@after(e.Activated)
def reach_running(world: World, event: e.Activated) -> Iterator[Effect]:
    """RUNNING."""
    task = world.tasks[event.task]
    task.move("Activated", world.story)
    task.started_at, task.ever_ran = world.now, True
    world.tell(task, "RUNNING")
    if task.exec_enabled:
        yield After(attempts.EXEC_AGENT_SECONDS.value, e.ExecAgentStarted(task.arn), task.turn)
    yield from _end_with_what_ended(task)


@after(e.ExecAgentStarted)
def start_exec_agent(world: World, event: e.ExecAgentStarted) -> Iterator[Effect]:
    """ECS Exec can be used from now on."""
    task = world.tasks[event.task]
    for name, container in task.containers.items():
        container.exec_agent = _agent(task.definition.container(name))
        if container.exec_agent == STOPPED:
            why = "it has to write into the container's root file system, which is read-only"
            world.tell(task, f"the agent of ECS Exec cannot start in container {name}", why)
    task.exec_agent_at = world.now
    task.version += 1
    yield from ()


def _agent(plan: ContainerPlan) -> str:
    """What becomes of the agent of ECS Exec in a container that runs (R-159)."""
    return STOPPED if plan.read_only_root else RUNNING


@after(e.ContainerExited)
def end_container(world: World, event: e.ContainerExited) -> Iterator[Effect]:
    """A process ended. It is started again where its restart policy says so; else, if the container is essential, the
    task ends with it."""
    task = world.tasks[event.task]
    container = task.containers[event.container]
    if container.status != RUNNING or (event.run and event.run != container.runs):
        return
    work.interrupt(world, task, container, event.why or f"it ended with exit code {event.code}")
    container.status, container.exit_code, container.reason = STOPPED, event.code, event.reason
    container.exec_agent = container.exec_agent and STOPPED
    task.version += 1
    world.tell(task, f"container {container.name} ended with exit code {event.code}", event.why)
    if task.wanted and _is_restarted(world, task, container):
        yield After(attempts.RESTART_SECONDS.value, e.ContainerStarted(task.arn, container.name))
    elif task.wanted and container.essential:
        task.why = event.why or f"its essential container {container.name} ended with exit code {event.code}"
        yield After(0.0, e.EssentialContainerExited(task.arn, container.name), task.turn)
    elif task.wanted:
        yield from start_dependents(task)
        yield from give_up_waiting(task, container)


def _is_restarted(world: World, task: Task, container: Container) -> bool:
    """Does the restart policy start the process again, in the same task (R-054)? Only after it ran long enough."""
    policy = task.definition.container(container.name).restart
    if policy is None or container.exit_code in policy.ignored:
        return False
    ran = world.now - (world.now if container.started_at is None else container.started_at)
    if ran < policy.period:
        why = f"it ran {ran:g} s, and its restart policy asks for {policy.period:g} s"
        world.tell(task, f"container {container.name} is not restarted", why)
        return False
    world.tell(task, f"container {container.name} is restarted in place", "its restart policy is on")
    return True
