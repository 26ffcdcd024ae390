"""Schedules as rules of EventBridge and as EventBridge Scheduler read them."""

from __future__ import annotations

import pytest

from simcloud.rules.timetables import Unreadable, of_rule, of_scheduler


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("rate(1 minute)", 60), ("rate(5 minutes)", 300), ("rate(2 hours)", 7200), ("rate(1 day)", 86_400)],
)
def test_both_read_a_rate(text: str, seconds: int) -> None:
    assert of_rule(text).every == of_scheduler(text).every == seconds


@pytest.mark.parametrize(
    "text", ["rate(1 minutes)", "rate(2 minute)", "rate(1minute)", "RATE(5 MINUTES)", "cron(0 12 * * ?)"]
)
def test_scheduler_reads_what_rules_do_not(text: str) -> None:
    assert of_scheduler(text)
    with pytest.raises(Unreadable):
        of_rule(text)


@pytest.mark.parametrize(
    "text",
    [
        "cron(0 12 * * ? *)",
        "cron(0/15 8-17 ? * MON-FRI *)",
        "cron(0 0 L * ? *)",
        "cron(0 0 ? * 6L 2026)",
        "cron(0 0 1W JAN ? *)",
    ],
)
def test_both_read_a_cron_expression(text: str) -> None:
    assert of_rule(text) == of_scheduler(text)
    assert of_rule(text).cron is not None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "rate()",
        "rate(0 minutes)",
        "rate(1.5 hours)",
        "cron()",
        "cron(0 12 * * * *)",
        "cron(0 12 ? * ? *)",
        "cron(0 12 1 * 2 *)",
    ],
)
def test_neither_reads_what_is_none(text: str) -> None:
    for read in (of_rule, of_scheduler):
        with pytest.raises(Unreadable):
            read(text)


def test_only_scheduler_knows_a_moment() -> None:
    assert (
        of_scheduler("at(2026-03-01T07:30:00)").at == of_scheduler("at(2026-03-01T07:30)").at == (2026, 3, 1, 7, 30, 0)
    )
    with pytest.raises(Unreadable):
        of_rule("at(2026-03-01T07:30:00)")
