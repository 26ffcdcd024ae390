"""The pictures of the README and the drawings of the site, taken from the real thing in Chromium.

    .venv/bin/python docs/images/make.py tour        # docs/images/tour.webp: lesson 00, from refusal to green check
    .venv/bin/python docs/images/make.py drawings    # autograder/site/drawings: what JupyterLab makes of Mermaid's text

Run it when lesson 00 or a lesson with such a picture was built anew; a test says which drawing is missing.
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "ui")]

from chromium import QUIET, WANTED, chromium  # noqa: E402
from jupyterlab_page import JupyterLabPage  # noqa: E402
from learners_lab import LearnersLab, start_lab  # noqa: E402

from autograder.author import notebook  # noqa: E402
from autograder.author.places import course  # noqa: E402
from autograder.site.pictures import DRAWINGS, drawing_of  # noqa: E402

TOUR = Path(__file__).with_name("tour.webp")
SIZE = {"width": 960, "height": 600}
COLOURS = 128
"""A colour table of this many keeps the animation small; JupyterLab needs few."""
MERMAID = "text/vnd.mermaid"
READING, GLANCE, STEP = 4200, 1600, 70
"""Milliseconds that a frame stands: to be read, to be seen, and in a scroll."""


@contextmanager
def jupyterlab(size: dict[str, int], scale: float) -> Iterator[JupyterLabPage]:
    """JupyterLab in a learner's fresh workspace, with nothing but the notebook in the window."""
    path = chromium()
    if path is None:
        raise SystemExit(WANTED)
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        workspace = Path(home) / "my"
        command = [sys.executable, str(ROOT / "start.py"), "--no-open", "--workspace", str(workspace)]
        environ = {"PATH": os.environ["PATH"], "HOME": home, "LANG": "C.UTF-8"}
        opened = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        for lab in start_lab(command, environ, workspace, patience=240):
            yield _page(opened, lab, size, scale)
        opened.close()


def _page(opened: Browser, lab: LearnersLab, size: dict[str, int], scale: float) -> JupyterLabPage:
    context = opened.new_context(viewport=size, device_scale_factor=scale)  # type: ignore[arg-type]
    return JupyterLabPage(context.new_page(), lab.address, lab.token, ROOT / "artefacts")


def _open(page: JupyterLabPage, path: str) -> None:
    page.open(path)
    page.tab.evaluate("() => { window.jupyterapp.shell.mode = 'single-document'; }")
    page.tab.evaluate("() => window.jupyterapp.shell.collapseLeft()")
    page.tab.evaluate("() => window.jupyterapp.commands.execute('statusbar:toggle')")
    page.tab.wait_for_timeout(500)


# The drawings


def drawings() -> None:
    """Draw every picture that a stored lesson keeps as Mermaid's text, and remove what none has any more."""
    wanted = {path.name: _texts(path) for path in sorted(course().lessons.glob("[0-9][0-9]-*.ipynb"))}
    wanted = {name: texts for name, texts in wanted.items() if texts}
    DRAWINGS.mkdir(exist_ok=True)
    kept = {drawing_of(text).name for texts in wanted.values() for _, text in texts}
    for old in [path for path in DRAWINGS.glob("*.webp") if path.name not in kept]:
        old.unlink()
    with jupyterlab({"width": 1280, "height": 1400}, 2) as page:
        for name, texts in wanted.items():
            _open(page, f"course/{name}")
            for cell, text in texts:
                _draw(page, cell, drawing_of(text))


def _texts(path: Path) -> list[tuple[str, str]]:
    """(cell, text) for each picture of a notebook that is kept as Mermaid's text."""
    return [
        (cell.id, output.data[MERMAID])
        for cell in notebook.read(path).cells
        for output in cell.get("outputs", ())
        if MERMAID in output.get("data", {})
    ]


def _draw(page: JupyterLabPage, cell: str, to: Path) -> None:
    drawn = page.cell(cell).locator(".jp-RenderedMermaid img").first
    drawn.wait_for()
    drawn.scroll_into_view_if_needed()
    page.tab.wait_for_timeout(300)
    with Image.open(io.BytesIO(drawn.screenshot())) as picture:
        picture.convert("RGB").quantize(64, dither=Image.Dither.NONE).convert("RGB").save(to, "WEBP", lossless=True)
    print(f"{cell}: {to.name}, {to.stat().st_size // 1024} KiB")


# The tour


class Film:
    """Frames with the time that each stands."""

    def __init__(self, tab: Page) -> None:
        self.tab = tab
        self.frames: list[tuple[Image.Image, int]] = []

    def take(self, milliseconds: int) -> None:
        """One frame of what the tab shows now."""
        self.tab.wait_for_timeout(120)
        self.frames.append((Image.open(io.BytesIO(self.tab.screenshot())).convert("RGB"), milliseconds))

    def save(self, path: Path) -> None:
        """All frames as one animation, over one table of colours."""
        still = [frame for frame, milliseconds in self.frames if milliseconds > STEP]
        width, height = still[0].size
        sheet = Image.new("RGB", (width, height * len(still)))
        for number, frame in enumerate(still):
            sheet.paste(frame, (0, number * height))
        table = sheet.quantize(COLOURS, kmeans=1, dither=Image.Dither.NONE)
        few = [frame.quantize(palette=table, dither=Image.Dither.NONE).convert("RGB") for frame, _ in self.frames]
        times = [milliseconds for _, milliseconds in self.frames]
        few[0].save(path, "WEBP", save_all=True, append_images=few[1:], duration=times, loop=0, lossless=True)
        print(f"{path.name}: {len(few)} frames, {sum(times) / 1000:.0f} s, {path.stat().st_size // 1024} KiB")


SCROLL = """([cell, share]) => {
  const panel = window.jupyterapp.shell.currentWidget.content;
  const node = panel.widgets.find(one => one.model.id === cell).node;
  const pane = [...document.querySelectorAll('.jp-WindowedPanel-outer')].find(one => one.offsetParent);
  const box = node.getBoundingClientRect(), view = pane.getBoundingClientRect();
  const wanted = box.top - view.top - 16;
  pane.scrollTop += wanted * share;
  return Math.abs(wanted * (1 - share));
}"""


def tour() -> None:
    """Lesson 00 as a learner runs it: AWS refuses, the task starts, a picture says how, the check turns green."""
    with jupyterlab(SIZE, 1) as page:
        _open(page, "course/00-start-here.ipynb")
        page.tab.evaluate("() => window.jupyterapp.commands.execute('notebook:clear-all-cell-outputs')")
        page.run_until("start-no-servers")
        page.run("start-check")  # red: nothing runs yet
        film = Film(page.tab)
        _show(page, film, ["start-refused"], READING)
        _show(page, film, ["start-registered"], GLANCE)
        page.run("start-subnet")
        _show(page, film, ["start-run", "start-wait"], GLANCE)
        page.run("start-running")
        page.run("start-story")
        _show(page, film, ["start-timeline"], READING)
        _show(page, film, ["start-check"], READING)
        film.save(TOUR)


def _show(page: JupyterLabPage, film: Film, cells: list[str], stands: int) -> None:
    """Scroll to the first of these cells and run them, one after the other, while the film goes on."""
    _scroll(page, film, cells[0])
    for cell in cells:
        page.cell(cell).locator(".cm-content").first.click()
        _scroll(page, film, cells[0], seen=False)
        film.take(GLANCE)
        page.run(cell)
        _scroll(page, film, cells[0], seen=False)
    film.take(stands)


def _scroll(page: JupyterLabPage, film: Film, cell: str, *, seen: bool = True) -> None:
    for _ in range(12):
        left = page.tab.evaluate(SCROLL, [cell, 0.6 if seen else 1])
        if seen and film.frames:
            film.take(STEP)
        if left < 4:
            return


if __name__ == "__main__":
    for name in sys.argv[1:] or ["drawings", "tour"]:
        {"drawings": drawings, "tour": tour}[name]()
