"""The chart of scaling: one time axis for load, tasks, utilisation, latency and alarms; drawn anew as sliders move."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1] / "scaling"))

from scaled_shop import Scaled

from simcloud import Cloud
from simcloud.cloud.scaling_history import ScalingHistory
from simcloud.cloud.scaling_sketch import Sketch, run
from simcloud.views import scaling
from simcloud.views.try_scaling import hill, try_scaling


@pytest.fixture(scope="module")
def usual() -> ScalingHistory:
    return run(Sketch())


def counts(history: ScalingHistory) -> list[int]:
    return [step.count for step in history.steps]


@pytest.mark.row("F17")
def test_the_chart_tells_each_scaling_with_the_alarm_that_asked_for_it(usual: ScalingHistory) -> None:
    """Ceiling of tasks x 100 % / 60 %, each 300 s after the one before; then ceiling of 20 x 80 / 60 = 27."""
    assert counts(usual) == [4, 7, 12, 20, 27, 2]
    waits = [later.at - earlier.at for earlier, later in zip(usual.steps, usual.steps[1:], strict=False)]
    assert waits[:4] == [300.0] * 4
    told = scaling.text(usual)
    for step in usual.steps:
        assert f"desired count becomes {step.count}: {step.cause}" in told
    assert "alarm AlarmHigh (CPUUtilization > 60): ALARM 09:14:00 to 09:36:00" in told


@pytest.mark.row("F23")
def test_without_a_policy_the_tasks_stay_and_the_latency_climbs() -> None:
    left_alone = run(Sketch(scales=False))
    assert {(count.desired, count.running) for count in left_alone.counts} == {(2, 2)}
    assert max(reading.latency or 0.0 for reading in left_alone.readings) == 60.0
    assert min(reading.latency or 60.0 for reading in left_alone.readings) < 0.1
    assert not left_alone.steps
    assert "nothing scales it: its desired count stays" in scaling.text(left_alone)
    followed = run(Sketch())
    assert followed.failed[0] < left_alone.failed[0] / 5


def test_a_slow_start_a_low_target_and_a_longer_wait_show_in_what_is_not_answered() -> None:
    share = {
        name: run(sketch).failed[0] / run(sketch).failed[1]
        for name, sketch in (
            ("usual", Sketch()),
            ("slow", Sketch(start_seconds=240)),
            ("low target", Sketch(target=30)),
            ("short wait", Sketch(out_cooldown=60)),
        )
    }
    assert share["slow"] > share["usual"] > share["short wait"]
    assert share["usual"] > share["low target"]


def test_the_picture_has_its_text_and_the_live_view_draws_the_same_shapes(usual: ScalingHistory) -> None:
    picture = scaling.draw(usual)
    assert picture.png.startswith(b"\x89PNG")
    assert picture.text == scaling.text(usual)
    live = scaling.sheet(usual).svg(picture.text)
    for words in ("requests a second", "tasks that run", "CPU, percent", "latency, seconds", "AlarmHigh", "AlarmLow"):
        assert words in live
    assert live.count("M-3 -3 L3 -3 L0 3 Z") == len(usual.steps)


def test_charts_stand_under_each_other_on_one_time_axis(usual: ScalingHistory) -> None:
    """The first scaling, the mark above it and the begin of the alarm that called for it are one place."""
    live = scaling.sheet(usual).svg("")
    mark = re.search(r'L0 3 Z" transform="translate\((\d+\.\d)', live)
    bar = re.search(rf'<rect x="(\d+\.\d)"[^>]*stroke="{scaling.palette.BAD}"', live)
    assert mark is not None
    assert bar is not None
    assert mark[1] == bar[1]


def test_a_slider_draws_the_chart_anew() -> None:
    explorer = try_scaling()
    before = explorer.html
    explorer.controls["peak"].value = 800
    assert explorer.html != before
    assert explorer.table.history.failed[1] > 1_500_000
    assert set(explorer._repr_mimebundle_()) >= {"image/png", "text/plain"}
    assert hill(**explorer.values).text == explorer.table.text


def test_a_chart_of_a_live_cloud_shows_what_its_apis_say() -> None:
    with Cloud(seed=11) as cloud:
        scaled = Scaled(cloud)
        scaled.register(1, 6)
        scaled.track(value=60.0)
        cloud.advance(minutes=3)
        cloud.load("web", 200.0, cluster="shop")
        cloud.advance(minutes=20)
        before = cloud.now
        history = cloud.scaling_history("web", "shop", minutes=20)
        assert cloud.now == before
        assert history.bounds == (1, 6)
        assert history.goals == (("ECSServiceAverageCPUUtilization", 60.0),)
        assert counts(history)[-1] == scaled.desired == 6
        assert history.counts[-1].running == scaled.shop.service()["runningCount"]
        assert {watch.name for watch in history.watches} == {each["AlarmName"] for each in scaled.alarms()}
        assert "between 1 and 6 tasks" in str(scaling.scaling_chart(cloud, "web", "shop"))
        with pytest.raises(LookupError, match="nothing"):
            cloud.scaling_history("nothing", "shop")


def test_a_service_that_has_just_been_made_has_a_chart() -> None:
    with Cloud(seed=11) as cloud:
        Scaled(cloud)
        chart = scaling.scaling_chart(cloud, "web", "shop")
        assert "no load" in chart.text
