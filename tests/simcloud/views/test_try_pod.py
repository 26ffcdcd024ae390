"""The explorer of pods: profile, scheduler and size by the functions that the simulation uses."""

from __future__ import annotations

import pytest

from simcloud.views.try_pod import try_pod, verdict


@pytest.mark.parametrize(
    ("choices", "says"),
    [
        (("shop-web", "fargate", "250m", "256Mi", "nothing special"), "0.25vCPU 0.5GB"),
        (("shop-web", "fargate", "250m", "2Gi", "nothing special"), "0.5vCPU 3GB"),
        (("shop-web", "fargate", "1", "8Gi", "nothing special"), "2vCPU 9GB"),
        (("shop-web", "nodes", "1", "1Gi", "nothing special"), "asks for other labels"),
        (("default", "fargate", "1", "1Gi", "nothing special"), "no ACTIVE profile selects namespace default"),
        (("shop-web", "fargate", "1", "1Gi", "privileged"), "Privileged"),
        (("shop-web", "fargate", "1", "1Gi", "the host's network"), "HostNetwork"),
        (("shop-web", "fargate", "1", "1Gi", "to be a DaemonSet's"), "DaemonSet not supported"),
        (("shop-web", "fargate", "16", "8Gi", "nothing special"), "16vCPU 32GB"),
    ],
)
def test_r274_the_answer_is_that_of_profile_scheduler_and_table(
    choices: tuple[str, str, str, str, str], says: str
) -> None:
    assert says in verdict(*choices).text


@pytest.mark.parametrize("wish", ["a GPU", "a port of the host", "an ARM64 node"])
def test_what_needs_a_node_stays_pending(wish: str) -> None:
    table = verdict("shop-web", "fargate", "1", "1Gi", wish)
    assert table.closing == "It stays Pending."
    assert dict(table.rows)["why not"]


def test_a_choice_redraws_the_view() -> None:
    tried = try_pod()
    assert "It runs on Fargate." in tried.html
    tried.controls["namespace"].value = "default"
    assert "It stays Pending." in tried.html
