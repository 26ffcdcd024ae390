"""Pictures: the same bytes everywhere, a text that says what they show, colours that can be read."""

from __future__ import annotations

import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from simcloud.price.bill import Bill, BillLine
from simcloud.views import palette
from simcloud.views.bill import bill
from simcloud.views.moments import moments, spoken
from simcloud.views.timeline import draw, text

DIGESTS = """
import hashlib
from decimal import Decimal
from types import SimpleNamespace
from simcloud.price.bill import Bill, BillLine
from simcloud.reason.sketch import TASK, Choices, sketch
from simcloud.reason.start import start
from simcloud.views.bill import bill
from simcloud.views.timeline import draw as draw_task
from simcloud.views.topology import draw

network = sketch(Choices(nat=True, endpoints=frozenset({"ecr.api", "s3", "logs"})))
found = start(network, TASK)
line = SimpleNamespace(at=1767603600.0, what="PENDING: has an interface", why="because")
task = SimpleNamespace(id="1a2b", definition="web:1", status="STOPPED", stop_code="TaskFailedToStart",
                       stopped_reason="gone", why="no way", task_role="", story=(line, line))
pictures = [draw_task(task), bill(Bill((BillLine("hours", Decimal(3), "h", Decimal("0.5"), "x"),)))]
diagram = draw(network, "vpc-1", path=found.last[1], interface=TASK)
for part in [*(one for each in pictures for one in (each.svg.encode(), each.png)), diagram.mermaid.encode()]:
    print(hashlib.sha256(part).hexdigest())
"""


def fresh_process(seed: str, home: Path) -> str:
    environment = {**os.environ, "PYTHONHASHSEED": seed, "MPLCONFIGDIR": str(home), "TZ": "Asia/Tokyo"}
    done = subprocess.run([sys.executable, "-c", DIGESTS], env=environment, capture_output=True, text=True, check=True)
    return done.stdout


def test_pictures_have_the_same_bytes_in_two_fresh_processes(tmp_path: Path) -> None:
    first, second = fresh_process("1", tmp_path / "a"), fresh_process("22", tmp_path / "b")
    assert first == second
    assert len(first.split()) == 5


def test_a_picture_offers_svg_png_and_its_text(failed_task: Any) -> None:
    picture = draw(failed_task)
    data, metadata = picture._repr_mimebundle_()
    assert set(data) == {"image/svg+xml", "image/png", "text/plain"}
    assert data["image/png"].startswith(b"\x89PNG")
    assert "<svg" in data["image/svg+xml"]
    assert "<dc:date>" not in data["image/svg+xml"]
    assert metadata["image/png"]["alt"] == data["text/plain"] == str(picture) == repr(picture)


def test_every_pair_of_colours_has_the_contrast_of_wcag_aa() -> None:
    assert dict.fromkeys(palette.TEXT_PAIRS, True) == {
        pair: palette.contrast(*pair) >= 4.5 for pair in palette.TEXT_PAIRS
    }
    assert dict.fromkeys(palette.GRAPHIC_PAIRS, True) == {
        pair: palette.contrast(*pair) >= 3.0 for pair in palette.GRAPHIC_PAIRS
    }


def test_contrast_is_computed_as_wcag_defines_it() -> None:
    assert palette.contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert palette.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_a_picture_has_an_opaque_paper(running_task: Any) -> None:
    from io import BytesIO

    from PIL import Image

    with Image.open(BytesIO(draw(running_task).png)) as opened:
        assert opened.convert("RGBA").getpixel((2, 2)) == (255, 255, 255, 255)


@pytest.mark.row("N02")
def test_the_timeline_shows_which_role_is_in_use_at_each_step(running_task: Any) -> None:
    actors = [moment.actor for moment in moments(running_task.story, running_task.task_role)]
    assert actors == ["Fargate"] * 2 + ["execution role"] * 4 + ["task role", "Fargate", "task role", "task role"]
    for actor in ("Fargate", "execution role", "task role"):
        assert actor in text(running_task)


def test_code_without_a_task_role_is_just_your_code(running_task: Any) -> None:
    actors = [moment.actor for moment in moments(running_task.story)]
    assert actors.count("your code") == 2


def test_the_text_of_a_timeline_says_every_moment_and_the_stop_reason(failed_task: Any) -> None:
    said = text(failed_task)
    for status in ("PROVISIONING", "PENDING", "DEPROVISIONING", "STOPPED"):
        assert status in said
    assert "09:04:59   +4 min 49 s" in said
    assert f"TaskFailedToStart: {failed_task.stopped_reason}" in said
    assert f"Why: {failed_task.why}" in said
    assert said.count(failed_task.stopped_reason) == 1


def test_a_task_without_a_story_is_drawn_as_well(running_task: Any) -> None:
    running_task.story = ()
    assert str(draw(running_task)) == "Task 1a2b3c4d of web:1: RUNNING"


@pytest.mark.parametrize(("seconds", "words"), [(0, "0 s"), (59.6, "1 min"), (289, "4 min 49 s"), (7500, "2 h 5 min"),
                                                (90000, "1 d 1 h"), (3600, "1 h")])  # fmt: skip
def test_stretches_of_time_are_spoken(seconds: float, words: str) -> None:
    assert spoken(seconds) == words


def test_a_bill_says_each_line_and_the_total() -> None:
    lines = (BillLine("NAT gateway hours", Decimal(720), "hours", Decimal("0.045"), "x"),
             BillLine("vCPU", Decimal(1000), "vCPU-seconds", Decimal("0.00001"), "x"))  # fmt: skip
    said = str(bill(Bill(lines), "A month"))
    assert "NAT gateway hours" in said
    assert "720 hours" in said
    assert "$32.40" in said
    assert said.endswith("Total: $32.41")
    assert "Total: $0.00" in str(bill(Bill()))
