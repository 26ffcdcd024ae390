"""The world as a whole: repeatable, picklable, and sound whatever happens to it."""

from __future__ import annotations

import pickle
from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule
from stand_in import WEB, Bench, container, definition

from simcloud.sim import events as e
from simcloud.sim.asks import FileSystem
from simcloud.sim.faults import HostBroken, PullsSlowed
from simcloud.sim.retirement import RetirementAnnounced
from simcloud.sim.task import RUNNING


def lived(seed: int) -> str:
    """The story of a service that fails, recovers and is scaled."""
    bench = Bench(seed)
    bench.around.closed["api.ecr."] = "timeout"
    service = bench.create_service(2)
    bench.wait(400)
    bench.around.closed.clear()
    bench.wait(300)
    bench.happen(e.ServiceUpdated(service.arn, {"desiredCount": 1}))
    bench.wait(100)
    return str(bench.world.story)


def test_the_same_seed_tells_the_same_story() -> None:
    assert lived(5) == lived(5)
    assert lived(5) != lived(6)


def test_one_long_wait_is_the_same_as_many_short_ones() -> None:
    whole, parts = Bench(), Bench()
    for bench in (whole, parts):
        bench.around.images.clear()
        bench.create_service(2)
    whole.wait(1000)
    for _ in range(400):
        parts.wait(2.5)
    assert str(whole.world.story) == str(parts.world.story)


def test_a_world_taken_apart_and_put_together_in_mid_life_lives_the_same_life() -> None:
    kept, copied = Bench(), Bench()
    for bench in (kept, copied):
        bench.create_service(2)
        bench.wait(13)
    copied.world = pickle.loads(pickle.dumps(copied.world))
    for bench in (kept, copied):
        bench.wait(300)
    assert str(kept.world.story) == str(copied.world.story)


def test_an_id_is_drawn_once() -> None:
    world = Bench().world
    drawn = {world.fresh("task", 32) for _ in range(1000)}
    assert len(drawn) == 1000
    assert all(len(each) == 32 and set(each) <= set("0123456789abcdef") for each in drawn)


def test_looking_at_what_is_due_changes_nothing(bench: Bench) -> None:
    bench.run_task()
    before = pickle.dumps(bench.world)
    assert bench.world.due()
    assert pickle.dumps(bench.world) == before


class Life(RuleBasedStateMachine):
    """Anything may happen in any order; `Bench` checks the invariants after each step."""

    tasks = Bundle("tasks")

    def __init__(self) -> None:
        super().__init__()
        self.bench = Bench()
        self.bench.around.file_systems["fs-1"] = FileSystem("arn:aws:elasticfilesystem:::fs-1", "10.0.1.200")
        self.service = self.bench.create_service(1)

    @rule(target=tasks, ends=st.sampled_from([None, 3, 40]))
    def run_task(self, ends: int | None):  # type: ignore[no-untyped-def]
        command = ["sleep", str(ends)] if ends else []
        return self.bench.run_task(definition(container(command=command)))

    @rule(
        target=tasks,
        restarts=st.booleans(),
        checked=st.booleans(),
        volume=st.sampled_from(["", "ebs", "efs"]),
        waits=st.booleans(),
    )
    def run_equipped_task(self, restarts: bool, checked: bool, volume: str, waits: bool):  # type: ignore[no-untyped-def]
        """With what few tasks have."""
        check = {"healthCheck": {"command": ["CMD-SHELL", "curl localhost"], "interval": 5, "retries": 2}}
        policy = {"restartPolicy": {"enabled": True, "restartAttemptPeriod": 60}}
        web = container(**(check if checked else {}), **(policy if restarts else {}))
        condition = "HEALTHY" if checked else "START"
        side = container("side", essential=False, dependsOn=[{"containerName": "web", "condition": condition}])
        role = "arn:aws:iam::123456789012:role/ebs"
        ebs = [{"name": "data", "managedEBSVolume": {"sizeInGiB": 1, "roleArn": role}}] if volume == "ebs" else []
        efs = [{"name": "data", "efsVolumeConfiguration": {"fileSystemId": "fs-1"}}] if volume == "efs" else []
        return self.bench.run_task(definition(web, *([side] if waits else []), volumes=efs), volumes=ebs)

    @rule(exits=st.sampled_from([None, 2.0, 70.0]), ill=st.sampled_from([None, 0.0, 90.0]), writes=st.booleans())
    def push(self, exits: float | None, ill: float | None, writes: bool) -> None:
        """The image behaves otherwise from now on."""
        files = (("/data/a", "x"), ("/tmp/b", "y")) if writes else ()
        held = self.bench.around.images[WEB]
        self.bench.around.images[WEB] = replace(held, exit_after=exits, unhealthy_after=ill, writes=files)

    @rule(task=tasks, code=st.sampled_from([0, 1, 137]))
    def kill(self, task, code: int) -> None:  # type: ignore[no-untyped-def]
        if task.arn in self.bench.world.tasks:
            self.bench.happen(e.ContainerExited(task.arn, "web", code))

    @rule(task=tasks)
    def retire(self, task) -> None:  # type: ignore[no-untyped-def]
        if task.wanted:
            self.bench.happen(RetirementAnnounced(task.arn))

    @rule(factor=st.sampled_from([1.0, 20.0]), host=st.sampled_from(["internet", "api.ecr.us-east-1.amazonaws.com"]))
    def break_things(self, factor: float, host: str) -> None:
        self.bench.happen(PullsSlowed("", factor))
        self.bench.happen(HostBroken(host))

    @rule(task=tasks)
    def stop_task(self, task) -> None:  # type: ignore[no-untyped-def]
        if task.arn in self.bench.world.tasks:
            self.bench.stop(task)

    @rule(host=st.sampled_from(["api.ecr.", "prod-", "logs."]), kind=st.sampled_from(["timeout", "no-name", "denied"]))
    def close(self, host: str, kind: str) -> None:
        self.bench.around.closed[host] = kind

    @rule()
    def open_all(self) -> None:
        self.bench.around.closed.clear()

    @rule(seconds=st.sampled_from([0.0, 0.5, 1.0, 7.0, 60.0, 400.0, 4000.0]))
    def wait(self, seconds: float) -> None:
        self.bench.wait(seconds)

    @rule(desired=st.integers(0, 4))
    def scale(self, desired: int) -> None:
        self.bench.happen(e.ServiceUpdated(self.service.arn, {"desiredCount": desired}))

    @rule()
    def deploy(self) -> None:
        self.bench.happen(e.ServiceUpdated(self.service.arn, {}, deploys=True))

    @rule()
    def replace_one(self) -> None:
        for task in self.bench.tasks(RUNNING)[:1]:
            self.bench.stop(task)

    @invariant()
    def makes_sense(self) -> None:
        self.bench.world.check()

    def teardown(self) -> None:
        """Left alone with everything open, the service reaches its count."""
        self.bench.around.closed.clear()
        self.bench.world.faults.hosts.clear()
        self.bench.world.faults.slow.clear()
        held = self.bench.around.images[WEB]
        self.bench.around.images[WEB] = replace(held, exit_after=None, unhealthy_after=None)
        self.bench.wait(3000)
        held = [task for task in self.bench.tasks(RUNNING) if task.service]
        assert len(held) == self.service.desired, str(self.bench.world.story)


Life.TestCase.settings = settings(
    max_examples=25, stateful_step_count=15, deadline=None, derandomize=True, database=None
)
TestAnyLife = Life.TestCase
