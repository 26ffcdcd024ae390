"""What alarms ask of moto: to show their state, and to publish on a topic."""

from __future__ import annotations

from simcloud.cloud.live import Live
from simcloud.cloud.watching import alarms
from simcloud.sim.effects import Effect
from simcloud.sim.watching.effects import Publish, ShowAlarm


def perform(live: Live, effect: Effect) -> None:
    """Do it. Raises NotImplementedError for an effect that is not an alarm's."""
    if isinstance(effect, ShowAlarm):
        alarms.show(live, effect.name)
    elif isinstance(effect, Publish):
        _publish(live, effect)
    else:
        raise NotImplementedError(f"no way to perform {type(effect).__name__}")


def _publish(live: Live, effect: Publish) -> None:
    """A topic that does not exist gets nothing, and nobody hears of it, as with AWS."""
    from moto.sns.models import sns_backends

    topics = sns_backends[live.account][live.region]
    if effect.topic in topics.topics:
        topics.publish(effect.message, arn=effect.topic, subject=effect.subject)
