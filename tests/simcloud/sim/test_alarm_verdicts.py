"""The state of an alarm from its data points: M of N, and what is missing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from scaling_bench import alarm
from stand_in import Bench

from simcloud.sim.watching.events import AlarmPut
from simcloud.sim.watching.expressions import Unread, evaluate, unread
from simcloud.sim.watching.metric import Metric
from simcloud.sim.watching.state import Query
from simcloud.sim.watching.verdict import state

GUIDE = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html"
LETTERS = {"0": False, "X": True, "-": None}
KEPT = "kept"


@pytest.mark.parametrize(
    ("points", "needed", "missing", "ignore", "breaching", "not_breaching"),
    [
        ("0-X-X", 3, "OK", "OK", "OK", "OK"),
        ("0----", 3, "OK", "OK", "OK", "OK"),
        ("-----", 3, "INSUFFICIENT_DATA", KEPT, "ALARM", "OK"),
        ("0XX-X", 3, "ALARM", "ALARM", "ALARM", "ALARM"),
        ("--X--", 3, "ALARM", KEPT, "ALARM", "OK"),
        ("0-X-X", 2, "ALARM", "ALARM", "ALARM", "ALARM"),
        ("00X0X", 2, "ALARM", "ALARM", "ALARM", "ALARM"),
        ("0-X--", 2, "OK", "OK", "ALARM", "OK"),
        ("----0", 2, "OK", "OK", "ALARM", "OK"),
        ("---X-", 2, "ALARM", KEPT, "ALARM", "OK"),
    ],
)
def test_the_table_of_the_user_guide(
    points: str, needed: int, missing: str, ignore: str, breaching: str, not_breaching: str
) -> None:
    """Oldest first, 3 periods, as the guide prints it (GUIDE, "How alarm state is evaluated when data is missing")."""
    newest_first = [LETTERS[each] for each in reversed(points)]
    wanted = {"missing": missing, "ignore": ignore, "breaching": breaching, "notBreaching": not_breaching}
    assert {how: state(newest_first, 3, needed, how, KEPT) for how in wanted} == wanted


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("m1 / m2", 15.0),
        ("m1 / FILL(m3, 1)", 150.0),
        ("m1 / m3", None),
        ("m1 / (m2 - 10)", None),
        ("IF(m2 > 5, m1, 0)", 150.0),
        ("MAX([m1, m2]) - MIN([m1, m2])", 140.0),
        ("IF(m1 > 100 AND m2 > 5, m1 / m2, 0)", 15.0),
        ("IF(m1 > 1000 || m2 > 100, 1, 2)", 2.0),
        ("IF((m1 > 1000 or m2 > 5) && m1 > 0, 1, 2)", 1.0),
        ("IF(m1 > 0 AND m3 > 0, 1, 2)", None),
        ("CEIL(m1 / 100) + SUM([m1, m2]) * 2 - 1", 321.0),
    ],
)
def test_metric_math_period_by_period(expression: str, value: float | None) -> None:
    assert evaluate(expression, {"m1": 150.0, "m2": 10.0, "m3": None}) == value


@pytest.mark.parametrize("expression", ["m1 +", "m9", "ANOMALY_DETECTION_BAND(m1)", "__import__('os')", "m1.real"])
def test_an_expression_that_is_not_simulated_says_so(expression: str) -> None:
    with pytest.raises(Unread):
        evaluate(expression, {"m1": 1.0})
    assert unread(expression, {"m1"})
    assert not unread("IF(m1 > 1 AND m2 > 2, FILL(m1, 0), -m2)", {"m1", "m2"})


def test_an_alarm_on_an_expression_that_is_not_simulated_says_that_it_has_no_data(bench: Bench) -> None:
    metric = Metric("Ferryline", "waiting", ())
    made = alarm(bench, "rises", metric, "GreaterThanThreshold", 1.0)
    queries = (Query("m1", metric, "Sum"), Query("rate", None, "", "RATE(m1)"))
    bench.happen(AlarmPut(replace(made, queries=queries, shown="rate")))
    told = str(bench.world.story.about("rises"))
    assert "its expression has no data (RATE(m1) is not simulated in metric math)" in told
