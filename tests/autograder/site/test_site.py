"""The site: what it has, that its links lead somewhere, that it asks the network for nothing and tells no answer."""

from __future__ import annotations

import html
import json
import os
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from autograder.author import contents, leaks, notebook
from autograder.author.places import Course, course
from autograder.bank import bank
from autograder.markup import said_by, text_of
from autograder.site import search
from autograder.site.pictures import drawing_of
from autograder.site.site import MARKER, write
from autograder.trouble import Trouble

LED = re.compile(r'(?:href|src)="([^"]*)"')
ASKED = re.compile(r'question\("([\w-]+)"\)')


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, str]:
    return {path.relative_to(site).as_posix(): path.read_text(encoding="utf-8") for path in site.rglob("*.html")}


def lesson_books() -> dict[str, notebook.Any]:
    return {path.stem: notebook.read(path) for path in sorted(course().lessons.glob("[0-9][0-9]-*.ipynb"))}


def test_the_start_page_names_every_lesson_with_its_minutes_and_its_question_and_leads_to_every_lab(
    pages: dict[str, str],
) -> None:
    start = pages["index.html"]
    said = text_of(start)
    for entry in contents.entries(course()):
        assert f"{entry.title} {entry.minutes} minutes {text_of(entry.question)}" in said
    for path in course().lab_sources():
        assert f'href="labs/{path.parent.name}.html"' in start
        assert f"labs/{path.parent.name}.html" in pages


def test_no_link_of_any_page_is_dead(site: Path, pages: dict[str, str]) -> None:
    ids = {name: set(map(html.unescape, re.findall(r'\bid="([^"]*)"', text))) for name, text in pages.items()}
    dead = []
    for name, text in pages.items():
        for address in map(html.unescape, LED.findall(text)):
            if address.startswith(("https://", "data:,")):
                continue
            path, _, anchor = address.partition("#")
            file = os.path.normpath((site / name).parent / path) if path else str(site / name)
            known = os.path.relpath(file, site)
            if not Path(file).is_file() or (anchor and anchor not in ids[known]):
                dead.append(f"{name}: {address}")
    assert dead == []


def test_an_id_stands_once_in_a_page(pages: dict[str, str]) -> None:
    for name, text in pages.items():
        ids = re.findall(r'<[^>]*\bid="([^"]*)"', text)
        assert sorted(ids) == sorted(set(ids)), name


def test_no_level_of_headings_is_left_out(pages: dict[str, str]) -> None:
    for name, page in pages.items():
        levels = [
            int(level) for level in re.findall(r"<h([1-6])[ >]", page[page.index("<main") : page.index("</main>")])
        ]
        assert levels[0] == 1, name
        deeper = [(above, below) for above, below in pairwise(levels) if below > above + 1]
        assert deeper == [], name


def test_nothing_is_loaded_from_elsewhere(site: Path, pages: dict[str, str]) -> None:
    for name, text in pages.items():
        loaded = re.findall(r'<(?:img|script|link|iframe|source)\b[^>]*?(?:src|href)="([^"]*)"', text)
        assert [address for address in loaded if "//" in address] == [], name
    for path in site.glob("assets/site.*"):
        assert "//" not in re.sub(r"^\s*//.*| // .*", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE), path


def test_every_question_of_a_lesson_answers_in_its_page_and_explains_every_option(pages: dict[str, str]) -> None:
    asked = 0
    for stem, book in lesson_books().items():
        page = pages[f"lessons/{stem}.html"]
        for item in (bank.item(found) for cell in book.cells for found in ASKED.findall(cell.source)):
            asked += 1
            form = page.partition(f'name="{item.id}"')[2].partition("</details>")[0]
            assert page.count(f'name="{item.id}"') == len(item.options)
            key = re.findall(rf'data-key="([^"]*)">(?:(?!data-key).)*?name="{item.id}"', page, re.DOTALL)
            assert key == [" ".join(item.key)]
            folded = text_of(form.partition("<details")[2])
            assert all(text_of(option.why).replace("`", "") in folded for option in item.options), item.id
            assert item.source in folded
    assert asked > 50


def test_every_picture_has_a_text_beside_it(site: Path, pages: dict[str, str]) -> None:
    pictures = 0
    for name, text in pages.items():
        for figure in re.findall(r'<figure class="picture">.*?</figure>', text, re.DOTALL):
            assert re.search(r'alt="[^"]+"', figure), name
            assert len(text_of(figure.partition("<pre")[2])) > 40, name
            pictures += 1
    assert pictures > 20
    assert len([*site.glob("lessons/*/*")]) == pictures


def test_every_picture_in_mermaids_text_was_drawn() -> None:
    texts = [
        (stem, output.data["text/vnd.mermaid"])
        for stem, book in lesson_books().items()
        for cell in book.cells
        for output in cell.get("outputs", ())
        if "text/vnd.mermaid" in output.get("data", {})
    ]
    missing = [stem for stem, text in texts if not drawing_of(text).exists()]
    assert missing == [], "run `.venv/bin/python docs/images/make.py drawings`"


def test_the_search_knows_every_heading_and_its_place(site: Path, pages: dict[str, str]) -> None:
    text = (site / search.FILE).read_text(encoding="utf-8")
    known = json.loads(text.removeprefix("window.courseIndex = ").removesuffix(";\n"))
    for number, anchor, heading, _ in known["sections"]:
        path, title = known["pages"][number]
        assert f'id="{html.escape(anchor)}"' in pages[path] if anchor else heading == title
    found = [
        (known["pages"][number][0], heading)
        for number, _, heading, said in known["sections"]
        if "carries only what has a public address" in said
    ]
    assert found == [("lessons/03-networking.html", "Being in a public subnet is not enough")]


def test_a_page_that_tells_an_answer_is_refused(tmp_path: Path) -> None:
    """Code is parted by tags in a page, and quotation marks are entities: the proof must read through both."""
    from nbconvert.filters import Highlight2HTML

    searched = sorted(leaks.fragments(course()), key=lambda one: one.text)  # what is boilerplate is not searched for
    of_solutions = [one for one in searched if one.origin.startswith("the solution of")]
    solution = next(one for one in of_solutions if '"' in one.text and "(" in one.text)
    of_graded_items = [one for one in searched if one.origin.startswith("the graded item")]
    graded = next(one for one in of_graded_items if "'" in one.text or '"' in one.text)
    page = tmp_path / "site" / "labs" / "some.html"
    page.parent.mkdir(parents=True)
    for origin, text in (
        ("the solution of", Highlight2HTML(pygments_lexer="python")(solution.text)),
        ("the graded item", f"<p>Words, {html.escape(graded.text).replace(' ', ' <em></em>', 2)}</p>"),
    ):
        page.write_text(f"<body>{text}</body>", encoding="utf-8")
        with pytest.raises(Trouble, match=rf"labs/some\.html in the bundle leaks {origin}"):
            leaks.refuse_leaks(tmp_path / "site", course())


def test_a_site_is_made_of_a_learners_bundle_and_is_the_same_twice(small: Course, tmp_path: Path) -> None:
    first, second = tmp_path / "one", tmp_path / "deeper" / "two"
    for folder in (first, second, second):  # the third replaces the second
        assert write(small, folder).pages == 4
    files = sorted(path.relative_to(first) for path in first.rglob("*") if path.is_file())
    assert files == sorted(path.relative_to(second) for path in second.rglob("*") if path.is_file())
    assert [name for name in files if (first / name).read_bytes() != (second / name).read_bytes()] == []
    assert "fidelity" not in (first / "index.html").read_text(encoding="utf-8")


def test_a_folder_that_is_no_site_is_left_alone(small: Course, tmp_path: Path) -> None:
    kept = tmp_path / "thesis"
    kept.mkdir()
    (kept / "chapter.txt").write_text("mine")
    with pytest.raises(Trouble, match="is not empty and no site of this course"):
        write(small, kept)
    assert [path.name for path in kept.iterdir()] == ["chapter.txt"]


def test_a_glossary_and_sheets_are_taken_in_where_they_are(small: Course, tmp_path: Path) -> None:
    sheets = small.lessons / "sheets"
    sheets.mkdir()
    (sheets / "roles.md").write_text("# Two roles\n\nSee [lesson 00](../00-start-here.ipynb#start-run).\n")
    (sheets / "index.html").write_text("<!doctype html><html><h1>To print</h1><p>One page.</p></html>")
    (small.lessons / "glossary.md").write_text("# Glossary\n\n## Task\n\nWhat runs.\n")
    write(small, tmp_path / "site")
    page = (tmp_path / "site/sheets/roles.html").read_text(encoding="utf-8")
    assert 'href="../lessons/00-start-here.html#start-run"' in page
    start = (tmp_path / "site/index.html").read_text(encoding="utf-8")
    assert 'href="sheets/glossary.html">Glossary' in start
    assert 'href="sheets/index.html">To print' in start
    assert (tmp_path / "site/sheets/index.html").read_bytes() == (sheets / "index.html").read_bytes()


def test_a_link_that_leads_nowhere_stops_the_site(small: Course, tmp_path: Path) -> None:
    (small.lessons / "glossary.md").write_text("# Glossary\n\n[gone](99-gone.ipynb)\n")
    with pytest.raises(Trouble, match=r"course/glossary\.md links to 99-gone\.ipynb"):
        write(small, tmp_path / "site")
    assert not (tmp_path / "site").exists()


@pytest.mark.long
def test_two_processes_write_equal_bytes(tmp_path: Path) -> None:
    written: list[dict[str, bytes]] = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        command = [sys.executable, "-m", "autograder.cli", "site", str(folder)]
        subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": seed})
        written.append(
            {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        )
    assert written[0].keys() == written[1].keys()
    assert [name for name, content in written[0].items() if content != written[1][name]] == []
    assert MARKER in written[0]


def test_words_go_on_through_small_tags_and_are_parted_by_others() -> None:
    assert (
        text_of("<p>the <code>awsvpc</code>, not <em>bridge</em></p><p>x &lt; y</p>") == "the awsvpc, not bridge x < y"
    )
    assert said_by("<pre>one\n  two</pre>").strip() == "one\n  two"
