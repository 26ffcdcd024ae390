"""Containers that work off a queue of SQS: receive one message, work on it, delete it, and again.

Every receive and every deletion is a call under the task role, over the task's own network interface. A call that fails
ends the process with code 1, as an SDK's exception does that nobody catches. A message that is not deleted becomes
visible again: SQS delivers at least once (docs/decisions/0029-workers-and-queues.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simcloud.facts.words import apps as words
from simcloud.sim import events as e
from simcloud.sim.after import after
from simcloud.sim.apps import events as ae
from simcloud.sim.apps.effects import DeleteMessage, TakeMessage
from simcloud.sim.apps.state import Message, Worker, apps
from simcloud.sim.effects import After, AskApp, Effect
from simcloud.sim.running import write
from simcloud.sim.steps.calls import Reply
from simcloud.sim.task import RUNNING, Container, Task

if TYPE_CHECKING:
    from simcloud.sim.world import World

FAILED = 1
"""Exit code of an SDK's exception that nobody catches."""


def begin(task: Task, container: Container) -> Iterator[Effect]:
    """The process asks for its first message once it is up."""
    assert container.behaviour is not None
    yield After(container.behaviour.start_seconds, ae.WorkDue(task.arn, container.name, container.runs))


def _held(world: World, event: e.TaskEvent, name: str, run: int) -> tuple[Task, Container] | None:
    """Task and container, where that start of its process still runs."""
    task = world.tasks.get(event.task)
    container = task.containers[name] if task else None
    if task is None or container is None or container.status != RUNNING or container.runs != run or task.lost:
        return None
    return task, container


@after(ae.WorkDue)
def ask(world: World, event: ae.WorkDue) -> Iterator[Effect]:
    """Ask for a message, unless SIGTERM has come: then the process takes no more."""
    held = _held(world, event, event.container, event.run)
    if held and held[0].wanted:
        yield AskApp(event.task, event)


@after(ae.ReceiveJudged)
def receive(world: World, event: ae.ReceiveJudged) -> Iterator[Effect]:
    """The call gets through, is tried again, or ends the process."""
    task, container = world.tasks[event.task], world.tasks[event.task].containers[event.container]
    name = event.queue.rsplit(":", 1)[-1]
    key = (event.task, event.container)
    worker = apps(world).workers.get(key)
    if worker is None or worker.run != event.run:
        worker = apps(world).workers[key] = Worker(name, event.run)
        world.tell(task, f"container {container.name} works off queue {name or 'without a name'}")
    worker.polls += 1
    if event.reply.kind == "timeout" and event.attempt <= words.ATTEMPTS.value:
        yield from _again(world, task, event.reply, event.attempt)
        yield After(words.CONNECT_SECONDS.value, ae.WorkDue(task.arn, container.name, event.run, event.attempt + 1))
        return
    if event.reply.kind != "ok":
        yield from _fail(world, task, container, event.reply)
        return
    yield TakeMessage(task.arn, container.name, event.run, event.queue)


def _again(world: World, task: Task, reply: Reply, attempt: int) -> Iterator[Effect]:
    if attempt == 1:
        world.tell(task, f"{reply.action} gets no connection and is tried again", reply.why)
    yield from ()


def _fail(world: World, task: Task, container: Container, reply: Reply) -> Iterator[Effect]:
    """Log the exception; the process ends with it."""
    container.count(reply.action, reply.resource, reply.kind)
    world.tell(task, f"{reply.action} fails in container {container.name}", reply.why)
    yield from write(task, container.name, (reply.line,), world.now)
    why = f"{reply.action} failed and the code does not catch it"
    yield After(0.0, e.ContainerExited(task.arn, container.name, FAILED, "", why, container.runs))


@after(ae.MessageTaken)
def work(world: World, event: ae.MessageTaken) -> Iterator[Effect]:
    """A message: work on it takes its time, and may be what the code dies of."""
    task, container = world.tasks[event.task], world.tasks[event.task].containers[event.container]
    image, held = container.behaviour, apps(world)
    assert image is not None
    container.count("sqs:ReceiveMessage", _arn(task, event.queue), "ok")
    known = held.work.setdefault(event.queue, {})  # a queue of another region or account is not mirrored
    message = known.setdefault(event.message, Message(event.message, event.body, world.now))
    worker = held.workers[event.task, event.container]
    worker.message, worker.shows_at = event.message, event.shows_at
    message.tasks.append(task.arn)
    times = len(message.tasks)
    again = f", for the {times}{_ordinal(times)} time" if times > 1 else ""
    world.tell(task, f"takes message {event.message[:8]} of queue {event.queue}{again}")
    if image.dies_of and image.dies_of in event.body:
        why = f"message {event.message[:8]} holds '{image.dies_of}', which the code cannot take"
        died = e.ContainerExited(task.arn, container.name, FAILED, "", why, event.run)
        yield After(image.message_seconds, died)
        return
    yield After(image.message_seconds, ae.MessageWorked(task.arn, container.name, event.run, event))


def _ordinal(number: int) -> str:
    return "th" if 10 < number % 100 < 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


@after(ae.NothingTaken)
def wait(world: World, event: ae.NothingTaken) -> Iterator[Effect]:
    """Nothing is there: wait for a message. A worker that ends with its queue waits for one long poll."""
    task, container = world.tasks[event.task], world.tasks[event.task].containers[event.container]
    held, key = apps(world), (event.task, event.container)
    worker = held.workers[key]
    container.count("sqs:ReceiveMessage", _arn(task, event.queue), "ok")
    worker.message = ""
    held.queue(event.queue).waiting[key] = event.run
    if container.behaviour and container.behaviour.until_empty:
        yield After(words.POLL_SECONDS.value, ae.PollEnded(task.arn, container.name, event.run, worker.polls))


@after(ae.PollEnded)
def end(world: World, event: ae.PollEnded) -> Iterator[Effect]:
    """Nothing came: the work is done."""
    held, key = _held(world, event, event.container, event.run), (event.task, event.container)
    worker = apps(world).workers.get(key)
    if held is None or worker is None or worker.polls != event.poll:
        return
    task, container = held
    assert container.behaviour is not None
    apps(world).queue(worker.queue).waiting.pop(key, None)
    why = f"queue {worker.queue} gave no message for {words.POLL_SECONDS.value:g} s"
    code = container.behaviour.exit_code
    yield After(0.0, e.ContainerExited(task.arn, container.name, code, "", why, event.run))


@after(ae.MessageWorked, ae.DeleteDue)
def finish(world: World, event: ae.MessageWorked | ae.DeleteDue) -> Iterator[Effect]:
    """The work on the message is done: delete it, where the code does so."""
    held = _held(world, event, event.container, event.run)
    if held is None:
        return
    task, container = held
    message = apps(world).work[event.taken.queue][event.taken.message]
    if isinstance(event, ae.MessageWorked):
        message.done += 1
        if message.done > 1:
            world.tell(
                task, f"has worked on message {message.id[:8]}, which was done {_times(message.done - 1)} before"
            )
    assert container.behaviour is not None
    if container.behaviour.deletes:
        yield AskApp(event.task, event)
        return
    world.tell(task, f"does not delete message {message.id[:8]}: it comes back")
    yield After(0.0, ae.WorkDue(task.arn, container.name, event.run))


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"


@after(ae.DeleteJudged)
def delete(world: World, event: ae.DeleteJudged) -> Iterator[Effect]:
    """The deletion gets through, is tried again, or ends the process; then the message comes back."""
    task, container = world.tasks[event.task], world.tasks[event.task].containers[event.container]
    if event.reply.kind == "ok":
        yield DeleteMessage(task.arn, container.name, event.run, event.taken, event.reply.resource)
    elif event.reply.kind == "timeout" and event.attempt <= words.ATTEMPTS.value:
        yield from _again(world, task, event.reply, event.attempt)
        due = ae.DeleteDue(task.arn, container.name, event.run, event.taken, event.attempt + 1)
        yield After(words.CONNECT_SECONDS.value, due)
    else:
        yield from _fail(world, task, container, event.reply)


@after(ae.DeleteAnswered)
def go_on(world: World, event: ae.DeleteAnswered) -> Iterator[Effect]:
    """The message is gone, unless somebody else has it by now; the next one."""
    task, container = world.tasks[event.task], world.tasks[event.task].containers[event.container]
    apps(world).workers[event.task, event.container].message = ""
    container.count("sqs:DeleteMessage", _arn(task, event.taken.queue), "ok")
    message = event.taken.message[:8]
    if event.gone:
        world.tell(task, f"is done with message {message} and deletes it")
    else:
        why = "it took longer than the queue's visibility time-out, and its receipt is no longer the newest"
        if event.taken.message not in apps(world).queue(event.taken.queue).messages:
            why = "somebody deleted it in the meantime"
        world.tell(task, f"is done with message {message}, which it does not hold any more", why)
    yield After(0.0, ae.WorkDue(task.arn, container.name, event.run))


@after(e.ContainerExited)
def drop(world: World, event: e.ContainerExited) -> Iterator[Effect]:
    """A process that ends leaves the message in its hand undone."""
    if world.apps is None:
        return
    key = (event.task, event.container)
    worker, task = world.apps.workers.get(key), world.tasks[event.task]
    if worker is None or task.containers[event.container].status == RUNNING or event.run not in (0, worker.run):
        return
    del world.apps.workers[key]
    world.apps.queue(worker.queue).waiting.pop(key, None)
    message = world.apps.work.get(worker.queue, {}).get(worker.message)
    if message is not None and not message.deleted:
        wait = max(0.0, worker.shows_at - world.now)
        when = f"becomes visible again in {wait:.0f} s" if wait else "has become visible again"
        world.tell(task, f"leaves message {message.id[:8]} of queue {worker.queue} undone: it {when}")
    yield from ()


def _arn(task: Task, queue: str) -> str:
    return f"arn:aws:sqs:{task.region}:{task.account}:{queue}"
