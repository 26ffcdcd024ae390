"""The lives of services and jobs whose capacity is taken away, whose stories are kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from scenarios_of_load import BALANCED, load
from stand_in import WEB, Bench, container, definition

from simcloud.sim.asks import FileSystem
from simcloud.sim.service import Service
from simcloud.sim.spot import SpotWave
from simcloud.sim.supply import DroughtBegun, SupplyChanged
from simcloud.sim.task import Task
from simcloud.sim.zones import ZoneLost, ZoneRestored

BLEND = [
    {"capacityProvider": "FARGATE", "base": 2, "weight": 1},
    {"capacityProvider": "FARGATE_SPOT", "weight": 3},
]
SPOT = BLEND[1:]


def blended(bench: Bench, desired: int, **asked: Any) -> Service:
    """A service `web` on a capacity provider strategy, steady."""
    service = bench.create_service(desired, **{"launchType": "", "capacityProviderStrategy": BLEND, **asked})
    bench.until(lambda: service.steady)
    return service


def a_spot_wave_over_a_blended_service() -> Bench:
    """Base 2, weights 1 to 3: the on-demand tasks serve on, and the service replaces the others on Spot."""
    bench = Bench()
    service = blended(bench, 6)
    load(bench, service, 100)
    bench.happen(SpotWave(0.5, "1"))
    bench.wait(120)
    return bench


def a_spot_task_behind_a_load_balancer() -> Bench:
    """A deregistration delay of 300 seconds is more than Spot waits; the process ends with its stopTimeout."""
    bench = Bench()
    bench.around.check = {"interval": 10.0}
    bench.around.images[WEB] = replace(bench.around.images[WEB], stop_seconds=None)
    blended(bench, 1, capacityProviderStrategy=SPOT, loadBalancers=BALANCED)
    bench.happen(SpotWave(1.0))
    bench.wait(180)
    return bench


def a_drought_of_spot() -> Bench:
    """No fall-back to on-demand: the service stays short until a try finds capacity again."""
    bench = Bench()
    blended(bench, 4)
    bench.happen(SpotWave(1.0, drought=600.0))
    bench.wait(1200)
    return bench


def a_quota_of_one_vcpu() -> Bench:
    """Four tasks of a quarter of a vCPU fit, the fifth does not, until the quota is raised."""
    bench = Bench()
    bench.happen(SupplyChanged(vcpu={"FARGATE": 1.0}))
    bench.create_service(5)
    bench.wait(90)
    bench.happen(SupplyChanged(vcpu={"FARGATE": 6.0}))
    bench.wait(200)
    return bench


def a_zone_is_lost_and_rebalanced() -> Bench:
    """The tasks there die, others are started where there is a zone, and moved when it is back."""
    bench = Bench()
    bench.around.check = {"interval": 30.0}
    service = bench.create_service(2, loadBalancers=BALANCED, availabilityZoneRebalancing="ENABLED")
    bench.until(lambda: service.steady)
    bench.happen(ZoneLost("us-east-1a", frozenset({"subnet-a"})))
    bench.wait(300)
    bench.happen(ZoneRestored("us-east-1a"))
    bench.wait(400)
    return bench


def _job(bench: Bench, **behaviour: Any) -> Callable[[], Task]:
    """How to start a job of half an hour on Spot, with an EFS volume at /mnt/work."""
    bench.around.file_systems["fs-1"] = FileSystem(arn="arn:aws:elasticfilesystem:::fs-1", address="10.0.1.200")
    bench.around.images[WEB] = replace(bench.around.images[WEB], work_seconds=1800.0, stop_code=143, **behaviour)
    mounts = [{"sourceVolume": "work", "containerPath": "/mnt/work"}]
    volumes = [{"name": "work", "efsVolumeConfiguration": {"fileSystemId": "fs-1"}}]
    stored = definition(container(stopTimeout=120, mountPoints=mounts), volumes=volumes)
    return lambda: bench.run_task(stored, provider="FARGATE_SPOT")


def _interrupted(bench: Bench, start: Callable[[], Task]) -> Bench:
    start()
    bench.wait(1000)
    bench.happen(SpotWave(1.0))
    bench.wait(60)
    start()
    bench.wait(1900)
    return bench


def a_job_without_checkpoints_begins_anew() -> Bench:
    """Everything that was done is lost."""
    bench = Bench()
    return _interrupted(bench, _job(bench))


def a_job_with_checkpoints_goes_on() -> Bench:
    """What was done since the last checkpoint is lost."""
    bench = Bench()
    return _interrupted(bench, _job(bench, checkpoint_path="/mnt/work/progress", checkpoint_seconds=300.0))


def a_drought_in_one_zone() -> Bench:
    """Tasks go where there is capacity."""
    bench = Bench()
    bench.happen(DroughtBegun("us-east-1a"))
    bench.create_service(2)
    bench.wait(90)
    return bench


SCENARIOS_OF_CAPACITY: dict[str, Callable[[], Bench]] = {
    function.__name__: function
    for function in (
        a_spot_wave_over_a_blended_service,
        a_spot_task_behind_a_load_balancer,
        a_drought_of_spot,
        a_drought_in_one_zone,
        a_quota_of_one_vcpu,
        a_zone_is_lost_and_rebalanced,
        a_job_without_checkpoints_begins_anew,
        a_job_with_checkpoints_goes_on,
    )
}
