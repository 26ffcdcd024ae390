"""The history of alarms."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from simcloud.cloud.watching.alarms import live_of
from simcloud.sim.watching.state import Alarm, HistoryItem

USUAL, MOST = 100, 100


def describe(response: Any) -> dict[str, Any]:
    """DescribeAlarmHistory: newest first, unless asked otherwise."""
    live = live_of(response.cloudwatch_backend)
    name, kind = response._get_param("AlarmName"), response._get_param("HistoryItemType")
    first, last = response._get_param("StartDate"), response._get_param("EndDate")
    found = [
        (alarm, item)
        for alarm in (live.world.watching.alarms.values() if live else ())
        if name in (None, alarm.name)
        for item in alarm.history
        if kind in (None, item.kind) and _within(item.at, first, last)
    ]
    found.sort(key=lambda pair: -pair[1].at)
    if response._get_param("ScanBy") == "TimestampAscending":
        found.reverse()
    begin = int(response._get_param("NextToken") or 0)
    size = min(int(response._get_param("MaxRecords") or USUAL), MOST)
    answer: dict[str, Any] = {"AlarmHistoryItems": [_item(*each) for each in found[begin : begin + size]]}
    if begin + size < len(found):
        answer["NextToken"] = str(begin + size)
    return answer


def _within(at: float, first: datetime | None, last: datetime | None) -> bool:
    moment = datetime.fromtimestamp(at, UTC)
    return (first is None or _aware(first) <= moment) and (last is None or moment <= _aware(last))


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _item(alarm: Alarm, item: HistoryItem) -> dict[str, Any]:
    return {
        "AlarmName": alarm.name,
        "AlarmType": "MetricAlarm",
        "Timestamp": datetime.fromtimestamp(item.at, UTC),
        "HistoryItemType": item.kind,
        "HistorySummary": item.summary,
        "HistoryData": item.data,
    }
