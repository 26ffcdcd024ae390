"""The explorer of the last lesson: each word of the brief decides as the rules and prices say."""

from __future__ import annotations

import pytest

from simcloud.views.try_choice import try_choice


@pytest.mark.row("F24")
@pytest.mark.row("T03")
@pytest.mark.parametrize(
    ("switch", "taken", "because"),
    [
        ("gpus", "ECS on EC2", "do not support GPU resource requirements"),
        ("privileged", "ECS on EC2", "Fargate requires that the 'privileged' setting be 'false'"),
        ("daemon", "ECS on EC2", "daemon scheduling strategy does not support the FARGATE launch type"),
        ("kubernetes", "EKS on Fargate", "its manifests and Kubernetes tools are to stay"),
        ("interruptible", "ECS on Fargate Spot", "price"),
    ],
)
def test_one_switch_turns_the_answer(switch: str, taken: str, because: str) -> None:
    tried = try_choice()
    assert tried.table.closing.startswith("Take ECS on Fargate. ")
    tried.controls[switch].value = True
    assert tried.table.closing.startswith(f"Take {taken}. ")
    assert because in tried.table.closing


def test_a_large_and_steady_fleet_is_cheaper_on_hosts_until_somebody_is_paid_for_them() -> None:
    tried = try_choice()
    tried.controls["count"].value = 100
    tried.controls["mean_percent"].value = 100
    assert tried.table.closing.startswith("Take ECS on EC2. price")
    tried.controls["care"].value = 40
    assert tried.table.closing.startswith("Take ECS on Fargate. price")
