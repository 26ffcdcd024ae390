"""The graded bank: clean, whole, apart from the practice bank, and nothing of it in what learners receive."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from autograder.author import leaks, release
from autograder.author.places import course
from autograder.bank import bank, lint, rendering
from autograder.bank.computed.book import builders, graded_builders
from autograder.bank.graded.builders import SEEDS
from autograder.exam import assignment, kept_forms, paper
from tests.rotation import on_turn

DAY = date(2026, 12, 1)
GRADED = bank.load(bank.GRADED)


def test_the_lint_finds_nothing_in_the_graded_bank() -> None:
    assert [str(finding) for finding in lint.lint(GRADED, DAY)] == []


def test_no_graded_item_stem_or_scenario_is_in_the_practice_bank() -> None:
    assert [str(finding) for finding in lint.in_both(bank.load(), GRADED)] == []
    assert not set(builders()) & set(graded_builders())


def test_a_practice_item_that_is_told_a_little_otherwise_is_noticed() -> None:
    one = bank.load()[0]
    retold = replace(one, id="another-name", stem=one.stem.replace("company", "firm").replace("team", "group"))
    turned = replace(one, id="turned", options=one.options[::-1], stem=f"In short: {one.stem}")
    found = {finding.item for finding in lint.in_both(bank.load(), [retold, turned, one])}
    assert found == {"another-name", "turned", one.id}


def test_two_forms_of_every_exam_are_whole() -> None:
    forms = kept_forms.read()
    assert list(kept_forms.short(forms)) == []
    assert kept_forms.assembled(forms) == forms


def test_every_stored_key_of_a_computed_item_is_the_simulators_answer() -> None:
    files = {path: text for path, text in rendering.files().items() if path.parent == bank.GRADED}
    assert len(files) == 3
    for path, text in files.items():
        assert path.read_text(encoding="utf-8") == text, f"{path.name}: run `fargate-course bank render`"


def test_every_variant_of_a_computed_item_passes_the_lint() -> None:
    for builder in graded_builders().values():
        some = [builder.item(seed) for seed in SEEDS]
        assert len({one.stem for one in some}) > 1, builder.id
        for one in some:
            assert [says for rule in lint.RULES for says in rule(one)] == [], builder.id


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a cohort receives, made as `release` makes it."""
    made = tmp_path_factory.mktemp("bundle")
    release._fill(course(), made)
    return made


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        yield file.relative_to(folder).as_posix(), file.read_bytes().decode("utf-8", "replace")


def test_nothing_in_the_bundle_gives_a_graded_key(bundle: Path) -> None:
    """No id, seed or hash of an item or a key, no name of a builder, no place of a form."""
    names = [one.id for one in GRADED] + list(graded_builders())
    told = [json.dumps({"id": one.id, "key": list(one.key)}) for one in GRADED]
    keys = [f"{one.id}{''.join(one.key)}" for one in GRADED]
    hashes = [
        made(text.encode()).hexdigest()[:16]
        for made in (hashlib.md5, hashlib.sha1, hashlib.sha256, hashlib.blake2b)
        for text in [*names, *told, *keys, *(one.stem for one in GRADED)]
    ]
    seeds = {spelt for seed in SEEDS for spelt in (f"{seed:_}", str(seed))}
    for name, text in texts(bundle):
        words = set(re.findall(r"[A-Za-z0-9_-]+", text))
        assert not words & set(names), name
        assert not words & seeds or not name.startswith("autograder/"), name
        assert not {each[:16] for each in re.findall(r"[0-9a-f]{16,}", text)} & set(hashes), name
    assert not (bundle / "autograder" / "bank" / "graded").exists()


@on_turn(1, 2)
def test_the_proof_of_the_bundle_finds_a_graded_sentence_and_a_builders_code(tmp_path: Path) -> None:
    bundle = tmp_path / "bundle"
    for room in ("bank", "exam"):
        ignored = shutil.ignore_patterns("graded", "__pycache__")
        shutil.copytree(course().root / "autograder" / room, bundle / "autograder" / room, ignore=ignored)
    leaked = bundle / "docs" / "note.md"
    leaked.parent.mkdir()
    for text in (f"word {GRADED[0].options[0].why} word", "word " + GRADED[-1].id + " word"):
        leaked.write_text(text)
        with pytest.raises(leaks.Trouble, match=r"docs/note\.md in the bundle leaks the graded item"):
            leaks.refuse_leaks(bundle, course())
    code = (bank.GRADED / "builders" / "counts.py").read_text().partition("def _policy")[2]
    leaked.write_text(code)
    with pytest.raises(leaks.Trouble, match=r"leaks the hidden checks counts\.py"):
        leaks.refuse_leaks(bundle, course())
    leaked.unlink()
    assert leaks.refuse_leaks(bundle, course()) > 2000


def test_the_paper_of_every_exam_can_be_handed_out(tmp_path: Path) -> None:
    for exam in bank.blueprints():
        folder, searched = release.exam_paper(exam, tmp_path)
        assert searched > 1000
        given = paper.read(folder / paper.FILE, assignment.PREFIX + exam.lower())
        shown = [question for form in given["forms"].values() for question in form.values()]
        assert len(shown) == 60
        assert len(paper.sat(given, "ada").slots) == 30
