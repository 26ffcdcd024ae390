"""What an alarm calls when it enters a state: scaling policies, SNS topics. A scaling policy is called again every
minute while the alarm stays (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from simcloud.facts.words import watching as words
from simcloud.sim.effects import After, Effect
from simcloud.sim.watching import events as we
from simcloud.sim.watching.effects import Publish
from simcloud.sim.watching.state import Alarm, HistoryItem

if TYPE_CHECKING:
    from simcloud.sim.world import World

POLICY = "arn:aws:autoscaling:"
TOPIC = "arn:aws:sns:"


def repeats(alarm: Alarm) -> Iterator[Effect]:
    """The scaling policies of its state, called."""
    for action in alarm.actions.get(alarm.state, ()):
        if action.startswith(POLICY):
            yield After(0.0, we.PolicyCalled(alarm.name, action))


def call(world: World, alarm: Alarm, before: str) -> Iterator[Effect]:
    """Everything that is to be called in the state just entered."""
    for action in alarm.actions.get(alarm.state, ()):
        if action.startswith(POLICY):
            yield After(0.0, we.PolicyCalled(alarm.name, action))
        elif action.startswith(TOPIC):
            yield Publish(
                action, words.SUBJECT.format(state=alarm.state, name=alarm.name), _message(world, alarm, before)
            )
        else:
            what = f"calls {action}, which has no effect in this simulation"
            world.story.tell(world.now, f"alarm {alarm.name}", what, "", (alarm.name,))
        summary = words.ACTION_DONE.format(action=action)
        alarm.history.insert(0, HistoryItem(world.now, "Action", summary, json.dumps({"actionState": "Succeeded"})))


def _message(world: World, alarm: Alarm, before: str) -> str:
    """As CloudWatch notifies a topic."""
    moment = datetime.fromtimestamp(world.now, UTC).strftime("%Y-%m-%dT%H:%M:%S.000+0000")
    first = next((query.metric for query in alarm.queries if query.metric), None)
    trigger = {
        "MetricName": first.name if first else None,
        "Namespace": first.namespace if first else None,
        "Statistic": alarm.queries[0].statistic.upper(),
        "Dimensions": [{"value": value, "name": name} for name, value in (first.dimensions if first else ())],
        "Period": int(alarm.period),
        "EvaluationPeriods": alarm.periods,
        "ComparisonOperator": alarm.operator,
        "Threshold": alarm.threshold,
        "TreatMissingData": alarm.missing,
    }
    return json.dumps(
        {
            "AlarmName": alarm.name,
            "AlarmArn": alarm.arn,
            "AWSAccountId": world.account,
            "NewStateValue": alarm.state,
            "NewStateReason": alarm.reason,
            "StateChangeTime": moment,
            "Region": world.region,
            "OldStateValue": before,
            "Trigger": trigger,
        }
    )
