"""The explorer of rolling deployments: AWS's rounding of the two percentages, seen in the tasks that run."""

from __future__ import annotations

import pickle
from collections.abc import Iterator

import pytest

from simcloud import Cloud
from simcloud.views.try_rolling import try_rolling, verdict


@pytest.fixture(scope="module")
def open_cloud() -> Iterator[Cloud]:
    with Cloud(seed=7) as cloud:
        yield cloud


@pytest.mark.parametrize(
    ("desired", "minimum", "maximum", "says"),
    [
        (4, 100, 200, "Never fewer than 4 tasks and never more than 8."),
        (4, 50, 100, "Never fewer than 2 tasks and never more than 4."),
        (1, 0, 100, "Never fewer than 0 tasks and never more than 1."),
        (2, 75, 100, "goes no further"),
        (3, 100, 125, "goes no further"),
    ],
)
def test_r200_the_limits_are_those_of_the_fact_sheet(
    open_cloud: Cloud, desired: int, minimum: int, maximum: int, says: str
) -> None:
    before = pickle.dumps(open_cloud.world)
    assert says in verdict(open_cloud, desired, minimum, maximum).closing
    assert pickle.dumps(open_cloud.world) == before


def test_a_choice_redraws_the_view(open_cloud: Cloud) -> None:
    tried = try_rolling(open_cloud)
    assert "never more than 8" in tried.html
    tried.controls["desired"].value = "1"
    assert "Never fewer than 1 tasks and never more than 2" in tried.html
