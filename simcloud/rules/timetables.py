"""Schedules as rules of EventBridge spell them, and as EventBridge Scheduler does: the same three forms, read more and
less strictly.

Rules: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html. Scheduler:
https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html, and what the real service took and refused
of 46 expressions (https://github.com/badmintoncryer/cdk-preflight, pf-scheduler-schedule-expression, 2026-09-07).
"""

from __future__ import annotations

import re

from simcloud.rules.cron import UnreadableCron, read_from_minutes
from simcloud.rules.moment import UnreadableMoment, read_moment
from simcloud.rules.scaling.expressions import UNIT_SECONDS, Schedule

_RULE_RATE = re.compile(r"rate\((\d+) (minute|hour|day)(s?)\)")
_RATE = re.compile(r"rate\(\s*(\d+)\s*(minute|hour|day)s?\s*\)", re.IGNORECASE)
_FORM = re.compile(r"(at|cron)\((.*)\)", re.IGNORECASE)
RULE_FIELDS = (6,)
SCHEDULER_FIELDS = (5, 6)


class Unreadable(ValueError):
    """It is no schedule."""


def of_rule(text: str) -> Schedule:
    """rate() with the unit in the singular for one and in the plural for more, or cron() with six fields. Raises
    Unreadable."""
    if rate := _RULE_RATE.fullmatch(text):
        if int(rate[1]) == 0 or (rate[3] == "s") != (int(rate[1]) != 1):
            raise Unreadable(text)
        return Schedule(every=int(rate[1]) * UNIT_SECONDS[rate[2]])
    if text.startswith("cron(") and text.endswith(")"):
        return _cron(text[len("cron(") : -1], RULE_FIELDS)
    raise Unreadable(text)


def of_scheduler(text: str) -> Schedule:
    """at(), rate() or cron() with five or six fields, in small letters or capitals. Raises Unreadable."""
    if rate := _RATE.fullmatch(text):
        if int(rate[1]) == 0:
            raise Unreadable(text)
        return Schedule(every=int(rate[1]) * UNIT_SECONDS[rate[2].lower()])
    form = _FORM.fullmatch(text)
    if form is None:
        raise Unreadable(text)
    if form[1].lower() == "cron":
        return _cron(form[2], SCHEDULER_FIELDS)
    try:
        return Schedule(at=read_moment(form[2] if form[2].count(":") > 1 else f"{form[2]}:00"))
    except UnreadableMoment:
        raise Unreadable(text) from None


def _cron(text: str, counts: tuple[int, ...]) -> Schedule:
    if len(text.split()) not in counts:
        raise Unreadable(text)
    try:
        return Schedule(cron=read_from_minutes(text))
    except UnreadableCron:
        raise Unreadable(text) from None
