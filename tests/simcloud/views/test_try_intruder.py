"""The explorer of break-ins: role and security groups decide what works, and nothing of it is left in the cloud."""

from __future__ import annotations

import pickle
from collections.abc import Iterator

import pytest

from simcloud import Cloud
from simcloud.views.try_intruder import try_intruder, verdict


@pytest.fixture(scope="module")
def open_cloud() -> Iterator[Cloud]:
    with Cloud(seed=16) as cloud:
        yield cloud


def works(cloud: Cloud, *choice: str) -> set[str]:
    """What the intruder gets at."""
    return {what for what, answer, _ in verdict(cloud, *choice).rows if answer == "works"}


@pytest.mark.row("F22")
@pytest.mark.row("F15")
def test_a_narrow_role_and_group_leave_the_program_its_work_and_no_more(open_cloud: Cloud) -> None:
    before = pickle.dumps(open_cloud.world)
    narrow = works(open_cloud, "put into one bucket", "443 anywhere, 5432 to the database", "the app's group")
    assert narrow == {
        "write a receipt, as the program does",
        "reach the database",
        "reach a host on the internet, port 443",
    }
    assert pickle.dumps(open_cloud.world) == before


def test_each_star_and_each_open_port_gives_the_intruder_more(open_cloud: Cloud) -> None:
    narrow = works(open_cloud, "put into one bucket", "443 anywhere", "the app's group")
    starred = works(open_cloud, "s3:* on everything", "443 anywhere", "the app's group")
    anywhere = works(open_cloud, "put into one bucket", "anywhere", "the app's group")
    administrator = works(open_cloud, "administrator", "443 anywhere", "the app's group")
    assert starred - narrow == {"read the payroll"}
    assert anywhere - narrow == {"reach the database", "reach a host on the internet, port 4444"}
    assert "make a user" in administrator - starred


def test_without_a_task_role_nothing_is_called_and_no_instance_has_keys(open_cloud: Cloud) -> None:
    nothing = works(open_cloud, "none", "anywhere", "the whole VPC")
    assert nothing == {
        "reach the database",
        "reach a host on the internet, port 443",
        "reach a host on the internet, port 4444",
    }


def test_a_choice_redraws_the_view(open_cloud: Cloud) -> None:
    tried = try_intruder(open_cloud)
    assert "4 of 9 work" in tried.html
    tried.controls["outbound"].value = "443 anywhere"
    assert "2 of 9 work" in tried.html
