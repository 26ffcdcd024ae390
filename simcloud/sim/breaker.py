"""The deployment circuit breaker: counts failed tasks, and fails a deployment that has too many (R-212 to R-220)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from simcloud.facts import quotas, words
from simcloud.sim import service_history
from simcloud.sim.bulletin import announce
from simcloud.sim.rollback import roll_back
from simcloud.sim.service import Service
from simcloud.sim.service_tasks import number_of, unproven
from simcloud.sim.story import counted

if TYPE_CHECKING:
    from simcloud.sim.world import World


def settings(service: Service) -> dict[str, Any]:
    """The breaker's configuration with the API's defaults."""
    given = (service.asked.get("deploymentConfiguration") or {}).get("deploymentCircuitBreaker") or {}
    return {"enable": False, "rollback": False, "resetOnHealthyTask": True, **given}


def threshold(desired: int, configuration: Mapping[str, Any]) -> int:
    """So many failures fail a deployment (R-212, R-220): a count, or a percentage of the desired count, rounded up."""
    given = configuration.get("thresholdConfiguration") or {}
    kind, value = given.get("type", "BOUNDED_PERCENT"), int(given.get("value", 100 * quotas.BREAKER_SHARE.value))
    if kind == "COUNT":
        return value
    share = -(-desired * value // 100)
    if kind == "UNBOUNDED_PERCENT":
        return share
    return min(max(share, quotas.BREAKER_LEAST.value), quotas.BREAKER_MOST.value)


def count_failure(world: World, service: Service, identity: str) -> None:
    """A task of this deployment failed. Outside a deployment in progress nothing is counted."""
    release = service.release(identity)
    if release is None:
        return
    release.updated_at = world.now
    if not service.deployments or getattr(release, "rollout", "") == "IN_PROGRESS":
        release.failed_tasks += 1


def watch(world: World, service: Service) -> None:
    """Reset the count where a task has become healthy; fail the deployment where the count is reached."""
    primary, breaker = service.primary, settings(service)
    if primary.rollout != "IN_PROGRESS":
        return
    if breaker["resetOnHealthyTask"] and _any_counts(world, service):
        primary.failed_tasks = 0
    limit = threshold(service.desired, breaker)
    service_history.note_failures(service, primary.failed_tasks, limit)
    if breaker["enable"] and not service_history.is_rollback(service) and primary.failed_tasks >= limit > 0:
        _trip(world, service, limit, bool(breaker["rollback"]))


def _any_counts(world: World, service: Service) -> bool:
    """Is a task of the newest deployment healthy?"""
    waiting = sum(task.deployment == service.primary.id for task in unproven(world, service))
    return number_of(world, service, service.primary) > waiting


def _trip(world: World, service: Service, limit: int, goes_back: bool) -> None:
    primary = service.primary
    primary.rollout, primary.updated_at = "FAILED", world.now
    primary.rollout_reason = str(words.ROLLOUT_FAILED)
    announce(world, service, words.DEPLOYMENT_FAILED, deployment=primary.id)
    world.tell_service(
        service, f"deployment {primary.id} failed", f"the circuit breaker counted {counted(limit, 'failed task')}"
    )
    service_history.note_trip(service)
    if goes_back:
        roll_back(world, service, str(words.ROLLOUT_FAILED), words.ROLLOUT_BACK)
    else:
        service_history.stop(world, service, str(words.ROLLOUT_FAILED))
