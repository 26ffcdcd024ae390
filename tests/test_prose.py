"""Spelling and style of what learners read: codespell for words, proselint for phrases, and plain sentences.

Two of proselint's checks are not ours: straight quotes are the course's choice (they are the ones on a keyboard), and a
phrase that stands twice is often a name, such as FARGATE FARGATE_SPOT.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from autograder.author import source
from autograder.author.places import course

HERE = course()
NAMES = "simpy,regrading"
"""Words of ours that codespell takes for misspelt ones."""
LONGEST = 45
"""Words of a sentence."""
MARKETING = (
    "seamless",
    "cutting-edge",
    "world-class",
    "revolutionary",
    "game-changer",
    "leverage",
    "robust",
    "effortless",
)


@pytest.fixture(scope="module")
def prose(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The text cells of every lesson and lab, without code and links' addresses; the texts of the bank."""
    folder = tmp_path_factory.mktemp("prose")
    for path in HERE.sources():
        cells = [cell.text for cell in source.read(path).cells if cell.kind == "markdown"]
        name = path.stem if path.stem != "lab" else f"lab-{path.parent.name}"
        (folder / f"{name}.md").write_text("\n\n".join(map(plain, cells)), encoding="utf-8")
    for path in sorted((HERE.root / "autograder" / "bank" / "practice").glob("*.yaml")):
        items = yaml.safe_load(path.read_text(encoding="utf-8"))
        texts = [text for item in items for text in (item["stem"], *(each["why"] for each in item["options"]))]
        (folder / f"bank-{path.stem}.md").write_text("\n\n".join(texts), encoding="utf-8")
    return folder


def plain(text: str) -> str:
    """Prose alone."""
    text = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    text = re.sub(r"<!--.*?-->", "", text)
    text = re.sub(r"`[^`\n]*`", "it", text)
    return re.sub(r"\]\([^)]*\)", "]", text)


def run(*command: str) -> str:
    done = subprocess.run([sys.executable, "-m", *command], capture_output=True, text=True, check=False, cwd=HERE.root)
    return done.stdout + done.stderr


def test_every_word_is_spelt_as_it_should_be(prose: Path) -> None:
    pages = [str(path) for path in (HERE.root / "docs").rglob("*.md")]
    assert run("codespell_lib", "--ignore-words-list", NAMES, str(prose), "README.md", "CHANGELOG.md", *pages) == ""


def test_no_phrase_is_one_that_editors_strike_out(prose: Path) -> None:
    files = sorted(str(path) for path in prose.glob("*.md"))
    said = run("proselint", "check", "-o", "compact", *files).splitlines()
    assert [line for line in said if re.search(r":\d+: (?!typography|lexical_illusions)\w", line)] == []


def test_sentences_are_short_enough_to_be_read_aloud(prose: Path) -> None:
    for path in sorted(prose.glob("[0-9]*.md")):
        for sentence in re.split(r"[.!?:]\s|\n\s*\n|\n[-|>#]", path.read_text(encoding="utf-8")):
            assert len(sentence.split()) <= LONGEST, f"{path.stem}: {sentence}"


def test_nobody_is_sold_anything(prose: Path) -> None:
    for path in sorted(prose.glob("*.md")):
        text = path.read_text(encoding="utf-8").lower()
        assert [word for word in MARKETING if re.search(rf"\b{word}", text)] == [], path.stem
