"""A schedule as PutScheduledAction takes it: at(), rate() or cron() (R-253)."""

from __future__ import annotations

import re
from typing import NamedTuple

from simcloud.facts.words import scaling as words
from simcloud.rules.cron import Cron, UnreadableCron, read_cron
from simcloud.rules.moment import Moment, UnreadableMoment, read_moment

UNIT_SECONDS = {"minute": 60, "hour": 3600, "day": 86_400}
RATE = re.compile(r"rate\((\d+)\s?(minute|hour|day)s?\)")
FORMS = re.compile(r"(at|cron)\((.*)\)")


class UnreadableSchedule(ValueError):
    """It is no schedule; the message is the whole of AWS's."""


class Schedule(NamedTuple):
    """What a schedule says. One of the three is given."""

    at: Moment | None = None
    """Local time of its time zone."""
    every: int = 0
    """Seconds."""
    cron: Cron | None = None


def read_schedule(text: str) -> Schedule:
    """The schedule. Raises UnreadableSchedule."""
    if rate := RATE.fullmatch(text):
        return Schedule(every=int(rate[1]) * UNIT_SECONDS[rate[2]])
    form = FORMS.fullmatch(text)
    if form is None:
        raise UnreadableSchedule(words.BAD_EXPRESSION.format(details=words.SYNTAX))
    try:
        return Schedule(at=read_moment(form[2])) if form[1] == "at" else Schedule(cron=read_cron(form[2]))
    except UnreadableMoment as wrong:
        details = words.BAD_MOMENT.format(details=wrong)
    except UnreadableCron as wrong:
        details = words.BAD_CRON.format(position=wrong.position, details=wrong.details)
    raise UnreadableSchedule(words.BAD_EXPRESSION.format(details=details))
