"""The explorer of file systems: each choice runs a task in a copy, and nothing of it is left in the cloud."""

from __future__ import annotations

import pickle
from collections.abc import Iterator

import pytest

from simcloud import Cloud
from simcloud.views.try_efs import try_efs, verdict


@pytest.fixture(scope="module")
def open_cloud() -> Iterator[Cloud]:
    with Cloud(seed=6) as cloud:
        yield cloud


@pytest.mark.row("F05")
@pytest.mark.row("T02")
@pytest.mark.parametrize(
    ("targets", "port", "iam", "allowed", "version", "answer"),
    [
        ((True, False), True, False, False, "LATEST", "Failed to resolve"),
        ((False, True), False, False, False, "LATEST", "timeout after 15 sec"),
        ((False, True), True, False, False, "1.4.0", "RUNNING"),
        ((True, True), True, True, False, "LATEST", "access denied by server"),
        ((True, True), True, True, True, "LATEST", "RUNNING"),
        ((True, True), True, False, False, "1.3.0", "The specified platform does not exist."),
    ],
)
def test_a_task_in_zone_b_gets_its_files_only_where_all_of_it_is_right(
    open_cloud: Cloud,
    targets: tuple[bool, bool],
    port: bool,
    iam: bool,
    allowed: bool,
    version: str,
    answer: str,
) -> None:
    before = pickle.dumps(open_cloud.world)
    table = verdict(open_cloud, *targets, port, iam, allowed, version)
    assert answer in table.rows[-1][1]
    assert ("with its files" in table.closing) is (answer == "RUNNING")
    assert pickle.dumps(open_cloud.world) == before


def test_a_switch_redraws_the_view(open_cloud: Cloud) -> None:
    tried = try_efs(open_cloud)
    assert "The program never runs." in tried.html
    for name in ("target_b", "port"):
        tried.controls[name].value = True
    assert "The program runs, with its files." in tried.html
