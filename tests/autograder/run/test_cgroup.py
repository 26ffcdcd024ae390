"""Where a group of control can be made, by what the system says of itself; here on a made-up file system."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from autograder.run import cgroup
from autograder.run.budget import MIB, Budget


@pytest.fixture
def system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(cgroup, "MOUNTED", tmp_path)
    return tmp_path


def delegated(folder: Path, controllers: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "cgroup.subtree_control").write_text(controllers)
    (folder / "cgroup.procs").write_text("")


def test_version_2_makes_groups_below_its_own_where_the_controllers_are_handed_down(system: Path) -> None:
    own = system / "user/scope"
    delegated(own, "cpu memory pids")
    assert cgroup._version_2({"": "user/scope"}) == cgroup.Places(own, own, 2, own)


def test_version_2_makes_them_beside_its_own_where_only_the_parent_hands_them_down(
    system: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    delegated(system / "user", "memory pids")
    (system / "user/scope").mkdir()  # no such files in it: what is written there is refused
    (system / "user/scope/cgroup.subtree_control").mkdir()
    assert cgroup._version_2({"": "user/scope"}) == cgroup.Places(system / "user", system / "user", 2)


def test_version_2_without_the_controllers_is_none(system: Path) -> None:
    (system / "user/scope/cgroup.subtree_control").mkdir(parents=True)
    delegated(system / "user", "cpu")
    assert cgroup._version_2({"": "user/scope"}) is None


def test_looking_for_version_2_leaves_nothing_where_it_is_not(system: Path) -> None:
    assert cgroup._version_2({"": ""}) is None
    assert list(system.iterdir()) == []


def test_version_1_has_a_place_for_each_controller(system: Path) -> None:
    for name in ("memory/job", "pids"):
        delegated(system / name, "")
    mine = {"memory": "job", "pids": "", "cpu,cpuacct": "elsewhere"}
    assert cgroup._version_1(mine) == cgroup.Places(system / "memory/job", system / "pids", 1)
    delegated(system / "cpu", "")
    assert cgroup._version_1(mine) == cgroup.Places(system / "memory/job", system / "pids", 1, system / "cpu")


def test_a_group_of_version_2_has_the_limits_of_the_budget(system: Path) -> None:
    group = cgroup.Group(cgroup.Places(system, system, 2), Budget(total_memory=7 * MIB, processes=9))
    (folder,) = group._folders
    written = {file.name: file.read_text() for file in folder.iterdir()}
    assert written == {"memory.max": str(7 * MIB), "pids.max": "9", "memory.swap.max": "0"}


def test_a_group_has_no_more_than_its_share_of_the_processors_where_that_controller_is_there(system: Path) -> None:
    for version, file, text in ((2, "cpu.max", "150000 100000"), (1, "cpu.cfs_quota_us", "150000")):
        place = system / str(version)
        place.mkdir()
        group = cgroup.Group(cgroup.Places(system, system, version, place), Budget(cores=1.5))
        assert [(one.name, one.read_text()) for one in group._folders[-1].iterdir()] == [(file, text)]


def test_groups_of_graders_that_are_gone_are_swept_and_no_others(system: Path) -> None:
    gone = next(pid for pid in range(4_000_000, 4_100_000) if not Path("/proc", str(pid)).exists())
    names = [f"fargate-course-{gone}-0", f"fargate-course-{os.getpid()}-0", "somebody-elses-1-2"]
    for name in names:
        (system / name).mkdir()
    cgroup._sweep(cgroup.Places(system, system, 2))
    assert [name for name in names if (system / name).exists()] == names[1:]
