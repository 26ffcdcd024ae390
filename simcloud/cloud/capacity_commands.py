"""The commands about what AWS gives and takes away, and the questions about what they did. Methods of `Cloud`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simcloud.cloud.served import Served
    from simcloud.cloud.spot_history import SpotHistory
    from simcloud.cloud.work import WorkView

Share = float | tuple[float, float]
Waves = Iterable[tuple[float, float]]


class CapacityCommands:
    """What AWS does to capacity, at a lesson's command."""

    def reclaim_spot(
        self: Any,
        fraction: float = 0.5,
        *,
        seed: int | str = "",
        service: str = "",
        cluster: str = "default",
        zone: str = "",
        drought: float = 0.0,
    ) -> list[str]:
        """Let AWS take this fraction of the Spot capacity back: of all tasks on FARGATE_SPOT, or of those of a service
        or in a zone, rounded up. `seed` decides which ones. For `drought` seconds there is no Spot capacity then.

        Returns the ids of the tasks that are interrupted. Raises LookupError where there is no such service or zone,
        ValueError for a fraction that is not from 0 to 1.
        """
        self._command(
            "reclaim_spot", fraction=fraction, seed=seed, service=service, cluster=cluster, zone=zone, drought=drought
        )
        return [arn.rsplit("/", 1)[-1] for arn in self.world.spot.waves[-1].tasks]

    def spot_market(
        self: Any,
        *,
        every: float = 0.0,
        fraction: Share = 0.5,
        waves: Waves = (),
        drought: float = 0.0,
        seed: int | str = "",
    ) -> None:
        """From now on let AWS take Spot capacity back by itself, in the place of the market before.

        Either a wave every so many seconds on average, over a `fraction` of the tasks or one between two; or `waves`,
        pairs of seconds from now and fraction. After each, for `drought` seconds, there is no Spot capacity. With
        neither, AWS takes nothing back. Raises ValueError for a market that cannot be.
        """
        given = [list(each) for each in waves]
        self._command("spot_market", every=every, fraction=fraction, waves=given, drought=drought, seed=seed)

    def drought(self: Any, provider: str = "FARGATE_SPOT", *, zone: str = "", minutes: float | None = None) -> None:
        """Let Fargate have no capacity of a provider (FARGATE, FARGATE_SPOT), everywhere or in one zone; with `""` as
        the provider, none of any kind in the zone. Until `end_drought`, or for so many minutes.

        Tasks that run keep running. Raises ValueError for a provider, and LookupError for a zone, that does not exist.
        """
        self._command("drought", provider=provider, zone=zone, minutes=minutes)

    def end_drought(self: Any, provider: str = "FARGATE_SPOT", *, zone: str = "") -> None:
        """Let there be capacity again. Services find out at their next try. Raises LookupError where there is none."""
        self._command("end_drought", provider=provider, zone=zone)

    def vcpu_quota(self: Any, provider: str, vcpu: float | None) -> None:
        """Let at most so many vCPU of FARGATE or FARGATE_SPOT run at once in the account; None: no limit, as it is at
        first. AWS gives a new account 6 (R-094). Raises ValueError for a provider, or a quota, that cannot be."""
        self._command("vcpu_quota", provider=provider, vcpu=vcpu)

    def lose_zone(self: Any, zone: str) -> None:
        """Let an Availability Zone go down: the ECS tasks in it are dead, and no new one is placed there. Raises
        LookupError for a zone that does not exist or is lost already."""
        self._command("lose_zone", zone=zone)

    def restore_zone(self: Any, zone: str) -> None:
        """Let a zone that was lost come back. Raises LookupError for one that is not lost."""
        self._command("restore_zone", zone=zone)

    def throttle(self: Any, operation: str, *, minutes: float = 5.0) -> None:
        """Let AWS refuse every call of an operation (`ecs:RunTask`), or of a service (`ecs`), with ThrottlingException
        for so many minutes. boto3 tries again by itself, as it is set up to. Raises LookupError for an operation that
        is not simulated."""
        self._command("throttle", operation=operation, minutes=minutes)

    def rotate_secret(self: Any, secret: str, value: str | None = None) -> None:
        """Let Secrets Manager give another value of a secret (name or ARN) from now on: `value`, or a new password.
        Tasks that run keep what they read when they started. Raises LookupError where there is no such secret."""
        self._command("rotate_secret", secret=secret, value=value)

    def expire_secret(self: Any, secret: str) -> None:
        """Let a secret (name or ARN) expire: Secrets Manager has it marked for deletion and gives its value to nobody,
        until boto3's `restore_secret`. Tasks that run keep what they read; no new one starts. Raises LookupError where
        there is no such secret, or it has expired already."""
        self._command("expire_secret", secret=secret)

    def work(self: Any, service: str = "") -> list[WorkView]:
        """What processes with work to do (`Image.work_seconds`) have done of it, oldest first: of the service with this
        name, or of all tasks."""
        from simcloud.cloud import work

        return work.runs(self._live, service)

    def spot_history(self: Any, service: str, cluster: str = "default", *, minutes: float | None = None) -> SpotHistory:
        """Who ran on demand and on Spot, who was interrupted, and how many tasks there were of those wanted: in the
        last so many minutes, or since the service was made. Raises LookupError where there is no such service."""
        from simcloud.cloud import spot_history

        return spot_history.history(self._live, service, cluster, minutes=minutes)

    def served(self: Any, service: str, cluster: str = "default", *, minutes: float | None = None) -> Served:
        """How many of the requests that `cloud.load` offered to a service were answered in time: in the last so many
        minutes, or since the load began. Raises LookupError where there is no such service."""
        from simcloud.cloud import served

        return served.of(self._live, service, cluster, minutes)
