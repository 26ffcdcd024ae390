"""Capacity comes and goes in any order; services live, and reach their counts when it stays."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from stand_in import WEB, Bench

from simcloud.sim import events as e
from simcloud.sim.spot import SpotWave
from simcloud.sim.spot_market import Market, MarketSet
from simcloud.sim.supply import DroughtBegun, DroughtEnded, SupplyChanged, vcpu_in_use
from simcloud.sim.task import RUNNING
from simcloud.sim.zones import ZoneLost, ZoneRestored

GROUP = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0123456789abcdef"
BALANCED = [{"targetGroupArn": GROUP, "containerName": "web", "containerPort": 80}]
STRATEGY = [
    {"capacityProvider": "FARGATE", "base": 1, "weight": 1},
    {"capacityProvider": "FARGATE_SPOT", "weight": 2},
]
WHERE = ["FARGATE", "FARGATE_SPOT", "us-east-1a", "FARGATE_SPOT/us-east-1b"]
ZONES = ["a", "b"]


class Capacity(RuleBasedStateMachine):
    """Anything may happen to capacity in any order; `Bench` checks the invariants after each step."""

    def __init__(self) -> None:
        super().__init__()
        self.bench = Bench()
        self.bench.around.check = {"interval": 10.0}
        self.quota: float | None = None
        self.service = self.bench.create_service(
            3,
            launchType="",
            capacityProviderStrategy=STRATEGY,
            loadBalancers=BALANCED,
            availabilityZoneRebalancing="ENABLED",
        )

    @rule(fraction=st.sampled_from([0.0, 0.3, 1.0]), drought=st.sampled_from([0.0, 90.0]))
    def reclaim(self, fraction: float, drought: float) -> None:
        self.bench.happen(SpotWave(fraction, drought=drought))

    @rule(every=st.sampled_from([120.0, 1800.0]))
    def market(self, every: float) -> None:
        self.bench.happen(MarketSet(Market(every=every, fractions=(0.1, 0.9))))

    @rule(what=st.sampled_from(WHERE), seconds=st.sampled_from([None, 45.0]))
    def dry(self, what: str, seconds: float | None) -> None:
        self.bench.happen(DroughtBegun(what, seconds))

    @rule(what=st.sampled_from(WHERE))
    def rain(self, what: str) -> None:
        self.bench.happen(DroughtEnded(what))

    @rule(vcpu=st.sampled_from([None, 0.0, 0.5]))
    def limit(self, vcpu: float | None) -> None:
        over = vcpu is not None and vcpu_in_use(self.bench.world, "FARGATE") > vcpu
        self.quota = None if over else vcpu
        self.bench.happen(SupplyChanged(vcpu={} if vcpu is None else {"FARGATE": vcpu}))

    @rule(zone=st.sampled_from(ZONES))
    def lose(self, zone: str) -> None:
        self.bench.happen(ZoneLost(f"us-east-1{zone}", frozenset({f"subnet-{zone}"})))

    @rule(zone=st.sampled_from(ZONES))
    def restore(self, zone: str) -> None:
        self.bench.happen(ZoneRestored(f"us-east-1{zone}"))

    @rule(stop=st.sampled_from([None, 1.0, 50.0]), work=st.sampled_from([None, 100.0]))
    def push(self, stop: float | None, work: float | None) -> None:
        held = self.bench.around.images[WEB]
        self.bench.around.images[WEB] = replace(held, stop_seconds=stop, work_seconds=work, checkpoint_path="/tmp/p")

    @rule(desired=st.integers(0, 5))
    def scale(self, desired: int) -> None:
        self.bench.happen(e.ServiceUpdated(self.service.arn, {"desiredCount": desired}))

    @rule()
    def deploy(self) -> None:
        self.bench.happen(e.ServiceUpdated(self.service.arn, {}, deploys=True))

    @rule()
    def run_task(self) -> None:
        self.bench.run_task(provider="FARGATE_SPOT")

    @rule()
    def stop_one(self) -> None:
        for task in self.bench.tasks(RUNNING)[:1]:
            self.bench.stop(task)

    @rule(seconds=st.sampled_from([0.0, 1.0, 13.0, 60.0, 400.0, 4000.0]))
    def wait(self, seconds: float) -> None:
        self.bench.wait(seconds)

    @invariant()
    def nobody_takes_what_is_not_there(self) -> None:
        world = self.bench.world
        if self.quota is not None:
            assert vcpu_in_use(world, "FARGATE") <= self.quota
        for task in world.tasks.values():
            if task.service and task.wanted and task.created_at == world.now and not task.lost:
                assert world.zones[task.interface.subnet] not in world.supply.lost

    @invariant()
    def only_its_own_tasks_move(self) -> None:
        tasks = [self.bench.world.tasks[arn] for arn in self.service.moving if arn in self.bench.world.tasks]
        assert {task.service for task in tasks} <= {self.service.arn}

    def teardown(self) -> None:
        """With capacity everywhere the service reaches its count, split by its strategy and spread over its zones."""
        self.bench.happen(MarketSet(None))
        self.bench.happen(SupplyChanged(vcpu={}, short=frozenset()))
        for zone in ZONES:
            self.bench.happen(ZoneRestored(f"us-east-1{zone}"))
        self.bench.around.images[WEB] = replace(self.bench.around.images[WEB], stop_seconds=1.0, work_seconds=None)
        self.bench.wait(2 * 3600)
        held = [task for task in self.bench.tasks(RUNNING) if task.service]
        assert len(held) == self.service.desired, str(self.bench.world.story)
        zones = [sum(task.interface.subnet == f"subnet-{zone}" for task in held) for zone in ZONES]
        assert abs(zones[0] - zones[1]) <= 1, str(self.bench.world.story)
        assert self.service.moving == ()


Capacity.TestCase.settings = settings(
    max_examples=12, stateful_step_count=20, deadline=None, derandomize=True, database=None
)
TestAnyCapacity = Capacity.TestCase
