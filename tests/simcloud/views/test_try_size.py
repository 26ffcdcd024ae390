"""The explorer of task sizes: AWS's verdict by the same law as the API, and the price of what it sells."""

from __future__ import annotations

import pytest

from simcloud.views.try_size import try_size, verdict

LINUX, ARM, WINDOWS = "Linux on X86_64", "Linux on ARM64", "Windows Server 2022"
NO_PAIR = "Refused: No Fargate configuration exists for given values: {} CPU, {} memory. See the Amazon ECS "


@pytest.mark.parametrize(
    ("choices", "closing"),
    [
        (("256", "4096", LINUX, "none asked for"), NO_PAIR.format(256, 4096)),
        (("512", "2048", WINDOWS, "none asked for"), NO_PAIR.format(512, 2048)),
        (("256", "512", LINUX, "20"), "Refused: EphemeralStorage size should be at least 21"),
        (("256", "512", LINUX, "201"), "Refused: EphemeralStorage size should be at most 200"),
        (("256", "512", LINUX, "none asked for"), "Accepted: $9.01 a month, $0.01234 an hour for one task."),
        (("256", "512", ARM, "none asked for"), "Accepted: $7.21 a month, "),
        (("32768", "249856", LINUX, "none asked for"), "Accepted: "),
    ],
)
def test_the_verdict_is_that_of_the_api(choices: tuple[str, str, str, str], closing: str) -> None:
    assert verdict(*choices).closing.startswith(closing)


def test_windows_has_a_line_for_its_licence_and_storage_one_for_what_is_over_20_gib() -> None:
    assert "Fargate Windows licence" in verdict("1024", "2048", WINDOWS, "none asked for").text
    assert "Fargate ephemeral storage" in verdict("1024", "2048", LINUX, "100").text
    assert "Fargate ephemeral storage" not in verdict("1024", "2048", LINUX, "none asked for").text


def test_a_move_of_a_control_redraws_the_view() -> None:
    tried = try_size()
    tried.controls["memory"].value = "1024"
    assert "Accepted" in tried.html
    tried.controls["cpu"].value = "1024"
    assert "Refused" in tried.html
