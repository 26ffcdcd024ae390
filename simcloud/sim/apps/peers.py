"""One service asks another: by an alias of Service Connect, by a name of a load balancer or Cloud Map, by address."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from simcloud.sim import events as e
from simcloud.sim.after import after
from simcloud.sim.apps import events as ae
from simcloud.sim.apps.state import apps
from simcloud.sim.asks import Asks
from simcloud.sim.discovery.endpoints import Endpoint, container_port
from simcloud.sim.effects import After, AskApp, Effect
from simcloud.sim.health import HTTP_OK, NOT_FOUND
from simcloud.sim.running import write
from simcloud.sim.task import RUNNING, Container, Task

if TYPE_CHECKING:
    from simcloud.sim.world import World

PORTS = {"http": 80, "https": 443}
NO_NAME, TIMED_OUT, REFUSED = "Name or service not known", "Connection timed out", "Connection refused"
"""As the C library words them."""
CONNECTED = "connected"
"""To somebody of whom the simulation knows no more."""
BALANCER = ".elb.amazonaws.com"
NO_TARGET, BROKEN_OFF, NO_WORD = "503 Service Temporarily Unavailable", "502 Bad Gateway", "504 Gateway Time-out"
"""What a load balancer answers itself: nobody to send to, nobody who listens there, nobody who answers
(https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html)."""
ANSWERING = ("healthy", "initial", "unhealthy")
"""States of targets to which a load balancer may send; those that are draining get nothing new."""
UNAVAILABLE = "503 Service Unavailable"
"""What the caller's own proxy answers when it has nobody to send to."""


def begin(task: Task, container: Container) -> Iterator[Effect]:
    """The code asks once it is up."""
    assert container.behaviour is not None
    yield After(container.behaviour.start_seconds, ae.RequestsDue(task.arn, container.name, container.runs))


@after(ae.RequestsDue)
def send(world: World, event: ae.RequestsDue) -> Iterator[Effect]:
    """Ask, unless the process has ended."""
    task = world.tasks[event.task]
    container = task.containers[event.container]
    if task.wanted and not task.lost and container.status == RUNNING and container.runs == event.run:
        yield AskApp(event.task, event)


@after(ae.RequestsAnswered)
def log(world: World, event: ae.RequestsAnswered) -> Iterator[Effect]:
    """The code logs its answers; the story tells them when they are others than the last time."""
    task = world.tasks[event.task]
    container, before = task.containers[event.container], apps(world).answers.get((event.task, event.container), {})
    said = {each.url: each.said for each in event.answers}
    for each in event.answers:
        container.count("GET", each.url, each.said)
        if before.get(each.url) != each.said:
            whom = f", by task {_short(each.by)}" if each.by else ""
            verb = "gets an answer from" if not each.why else "gets no answer from"
            world.tell(task, f"container {container.name} {verb} {each.url}: {each.said}{whom}", each.why)
    yield from write(task, container.name, tuple(f"GET {each.url}: {each.said}" for each in event.answers), world.now)
    apps(world).answers[event.task, event.container] = said
    if container.behaviour is not None and container.behaviour.asks_again is not None:
        due = ae.RequestsDue(task.arn, container.name, event.run, event.turn + 1)
        yield After(container.behaviour.asks_again, due)


@after(e.ContainerExited)
def forget(world: World, event: e.ContainerExited) -> Iterator[Effect]:
    """A process that is started again begins anew."""
    if world.apps is not None:
        world.apps.answers.pop((event.task, event.container), None)
    yield from ()


def _short(task: str) -> str:
    return task.rsplit("/", 1)[-1][:8]


def judge(world: World, asked: ae.RequestsDue, asks: Asks) -> ae.RequestsAnswered:
    """What comes of each request."""
    task = world.tasks[asked.task]
    behaviour = task.containers[asked.container].behaviour
    urls = behaviour.asks if behaviour else ()
    answers = tuple(ask(world, task, url, asked.turn, asks) for url in urls)
    return ae.RequestsAnswered(task.arn, asked.container, asked.run, asked.turn, answers)


def ask(world: World, task: Task, url: str, turn: int, asks: Asks) -> ae.Answer:
    """One request from a task. `turn`: how many it has made before; a proxy takes the tasks of a service in turn."""
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or PORTS.get(parts.scheme, 80)
    names = {each.name for each in endpoints_of(world, task)}
    if host in names:
        return _by_proxy(world, task, url, port, turn, asks)
    route = asks.route(task.interface.id, host, port)
    if not route.open:
        said = NO_NAME if route.kind == "no-name" else TIMED_OUT
        return ae.Answer(url, said, why=route.why)
    if host.endswith(BALANCER):
        return _by_balancer(world, url, host, port, turn, asks)
    other = next((each for each in world.tasks.values() if _at(each, route.address)), None)
    if other is None:
        return ae.Answer(url, CONNECTED)
    if other.lost:
        return ae.Answer(url, TIMED_OUT, why=f"the host of task {other.short} does not answer any more")
    return _answer(other, url, port, world.now)


def _at(task: Task, address: str) -> bool:
    return bool(address) and task.interface.address == address and task.interface.status == "ATTACHED"


def endpoints_of(world: World, task: Task) -> tuple[Endpoint, ...]:
    """Those of Service Connect that the task knows."""
    service = world.services.get(task.service)
    release = service.release(task.deployment) if service else None
    return (release.endpoints or ()) if release else ()


def _by_proxy(world: World, task: Task, url: str, port: int, turn: int, asks: Asks) -> ae.Answer:
    """By the task's own proxy to that of a task of the service behind the alias."""
    host = urlsplit(url).hostname
    endpoint = next((each for each in endpoints_of(world, task) if (each.name, each.port) == (host, port)), None)
    if endpoint is None:
        ports = sorted(each.port for each in endpoints_of(world, task) if each.name == host)
        return ae.Answer(url, REFUSED, why=f"the alias {host} has port {', '.join(map(str, ports))}, not {port}")
    others = [
        each
        for each in world.tasks.values()
        if each.service == endpoint.service
        and each.wanted
        and each.status == RUNNING
        and each.health != "UNHEALTHY"
        and not each.lost
    ]
    if not others:
        name = endpoint.service.rsplit("/", 1)[-1]
        return ae.Answer(url, UNAVAILABLE, why=f"no healthy task of service {name} runs")
    other = others[turn % len(others)]
    inner = container_port(world, other.definition.arn, endpoint)
    route = asks.route(task.interface.id, other.interface.address, inner)
    if not route.open:
        return ae.Answer(url, UNAVAILABLE, why=route.why)
    found = _answer(other, url, inner, world.now)
    return ae.Answer(url, UNAVAILABLE, why=found.why) if found.said == REFUSED else found


def _by_balancer(world: World, url: str, host: str, port: int, turn: int, asks: Asks) -> ae.Answer:
    """By a load balancer: to the healthy tasks of a target group in turn; to all of them where none is healthy."""
    found = asks.forward(host, port, urlsplit(url).path or "/")
    if found is None:
        return ae.Answer(url, TIMED_OUT, why=f"{host} does not listen on port {port}")
    if found.status:
        return ae.Answer(url, found.status)
    group = _drawn(found.groups, turn)
    there = [(each, each.target_health[group]) for each in world.tasks.values() if group in each.target_health]
    there = [(each, target) for each, target in there if target.health.state in ANSWERING]
    targets = [pair for pair in there if pair[1].health.state == "healthy"] or there
    if not targets:
        name = group.rpartition(":")[2] or "it"
        return ae.Answer(url, NO_TARGET, why=f"no task is registered in {name}")
    other, target = targets[turn % len(targets)]
    if other.lost:
        return ae.Answer(url, NO_WORD, why=f"the host of task {other.short} does not answer any more")
    answer = _answer(other, url, target.port, world.now)
    return ae.Answer(url, BROKEN_OFF, why=answer.why) if answer.said == REFUSED else answer


def _drawn(groups: tuple[tuple[str, float], ...], turn: int) -> str:
    """The target group of a request: of each hundred as many as its weight says, evenly strewn."""
    total = sum(weight for _, weight in groups)
    if not total:
        return ""
    served = dict.fromkeys((group for group, _ in groups), 0)
    for _ in range(turn % 100 + 1):
        group = min((each for each in groups if each[1]), key=lambda each: (served[each[0]] + 1) / each[1])[0]
        served[group] += 1
    return group


def _answer(other: Task, url: str, port: int, now: float) -> ae.Answer:
    """What the process behind the port answers."""
    for container in other.containers.values():
        image = container.behaviour
        up = container.started_at is not None and image and container.started_at + image.start_seconds <= now
        if image and up and container.status == RUNNING and (port in image.ports or not image.ports):
            paths = dict(image.paths)
            status = paths.get(urlsplit(url).path or "/", NOT_FOUND) if paths else HTTP_OK
            return ae.Answer(url, str(status), other.arn)
    return ae.Answer(url, REFUSED, why=f"nothing in task {other.short} listens on port {port}")
