"""docs/fidelity.md is what the code, its laws and its tests say."""

from __future__ import annotations

from autograder.author import fidelity
from autograder.author.places import course
from simcloud.cloud import wire
from simcloud.cloud.routes import model


def test_the_page_is_up_to_date() -> None:
    path = course().root / "docs" / "fidelity.md"
    assert path.read_text(encoding="utf-8") == fidelity.page(course()), "write it anew: fargate-course fidelity"


def test_every_operation_is_simulated_or_left_out_with_a_reason() -> None:
    page = fidelity.page(course())
    assert "| not simulated |" not in page
    assert "| answered |" not in page
    for service in wire.HANDLERS:
        for name in model(service).operation_names:
            assert f"| {name} | " in page
