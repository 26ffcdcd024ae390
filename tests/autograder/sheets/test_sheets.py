"""One page a topic: no figure of AWS is typed by hand, and the stored pages are what the facts say now."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from autograder.cli import main
from autograder.home import pages as lessons
from autograder.sheets import writing
from autograder.sheets.figures import NoFigure, cheaper, fig, hourly, written
from autograder.sheets.sheet import TOPICS, filled, sheets, texts

NAMES = re.compile(
    r"\b(?:EC2|S3|IPv4|x86|ARM64|gp3|[Ss]heets? \d\d|TCP \d+|Port \d+|port 443|443 out"
    r"|code 404|1[34][379](?: and 139)?|1\.[34]\.0|code 1 and 0|00\d|minimum 100|maximum [12]00|both at 100)\b"
)
"""What stands for itself: names, ports, exit codes, versions, and settings that one types."""


def test_every_lesson_but_the_first_page_has_its_sheet_and_each_its_own_memory_aid() -> None:
    made = sheets()
    assert [one.name for one in made] == [page.id for page in lessons.lessons()][1:]
    assert sorted(path.stem for path in TOPICS.glob("*.yaml")) == sorted(one.name for one in made)
    assert len({one.aid for one in made}) == len(made)
    for one in made:
        assert min(len(one.decides), len(one.path), len(one.figures), len(one.traps)) >= 4, one.name
        assert one.look
        assert one.rows


@pytest.mark.parametrize("path", sorted(TOPICS.glob("*.yaml")), ids=lambda path: path.stem)
def test_no_figure_is_typed_by_hand(path: Path) -> None:
    entry = yaml.safe_load(path.read_text(encoding="utf-8"))
    del entry["look"]
    for text in texts(entry):
        typed = NAMES.sub("", re.sub(r"\{\{.*?\}\}|`[^`]*`", "", text))
        assert not re.search(r"\d", typed), text


def test_the_stored_pages_are_those_that_the_facts_give_now() -> None:
    made = writing.pages()
    assert {path.name for path in writing.folder().iterdir()} == set(made)
    for name, text in made.items():
        stored = (writing.folder() / name).read_text(encoding="utf-8")
        assert stored == text, f"{name} is out of date: run `fargate-course sheets`"


def test_a_page_needs_no_network_and_runs_no_script() -> None:
    for name, text in writing.pages().items():
        for word in ("<script", "src=", "@import", "url(", "http:", "https:"):
            assert word not in text, (name, word)
        assert '<html lang="en">' in text
        assert "not affiliated with AWS" in text or name == writing.CONTENTS


def test_a_guess_says_so_and_what_was_only_seen_has_its_ring() -> None:
    assert "(assumed)" in fig("timings.DENIED_SECONDS", "s")
    assert "°" in fig("timings.NETWORK_GIVE_UP", "s")
    assert fig("timings.SPOT_WARNING_SECONDS", "s") == "120\N{NO-BREAK SPACE}s"


def test_figures_are_written_as_people_write_them() -> None:
    assert written(1500, "") == "1,500"
    assert written(900, "min") == "15\N{NO-BREAK SPACE}min"
    assert written(0.7, "%") == "70\N{NO-BREAK SPACE}%"
    assert written(512, "GB") == "0.5\N{NO-BREAK SPACE}GB"
    assert fig("prices_around.SECRET_MONTH", "USD a month").startswith("$0.40")
    assert fig("sizes.LINUX", "GB", "largest memory") == "244\N{NO-BREAK SPACE}GB"
    assert hourly("prices.LINUX_X86_VCPU") == "$0.04048"
    assert cheaper("prices.LINUX_ARM_VCPU", "prices.LINUX_X86_VCPU") == "20\N{NO-BREAK SPACE}%"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ('{{ fig("timings.NO_SUCH") }}', "no fact timings.NO_SUCH"),
        ('{{ fig("timings.STOP_TIMEOUT_MOST", "weeks") }}', "no unit weeks"),
        ('{{ fig("quotas.WEIGHT", "", 7) }}', "quotas.WEIGHT: 7 leads nowhere"),
        ('{{ fig("sizes.LINUX") }}', "is no figure"),
    ],
)
def test_a_text_that_asks_for_what_is_not_there_names_it(asked: str, said: str) -> None:
    with pytest.raises(NoFigure, match=re.escape(said)):
        filled(asked)


def test_the_command_writes_them_elsewhere_and_says_what_is_out_of_date(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sheets", str(tmp_path / "to print")]) == 0
    assert "17 sheets" in capsys.readouterr().out
    assert main(["sheets", str(tmp_path / "to print"), "--check"]) == 0
    (tmp_path / "to print" / "10-spot.html").write_text("old", encoding="utf-8")
    assert main(["sheets", str(tmp_path / "to print"), "--check"]) == 1
    assert capsys.readouterr().out.endswith("10-spot.html is out of date\n")
    (tmp_path / "taken").write_text("", encoding="utf-8")
    assert main(["sheets", str(tmp_path / "taken")]) == 2
    assert "name a folder that is yours" in capsys.readouterr().err
