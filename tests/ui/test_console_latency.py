"""How long the console beside a notebook takes from a call to what it shows of it; the figures are kept."""

from __future__ import annotations

import json
import statistics

import nbformat
import pytest
from jupyterlab_page import MINUTE, JupyterLabPage
from learners_lab import PICTURES, LearnersLab
from test_console_beside import CELLS

pytestmark = [pytest.mark.browser, pytest.mark.long]

CALLS = 10
CALL = """import time
def now(): return time.clock_gettime(time.CLOCK_REALTIME)  # time.time() is the cloud's
before = now()
ecs.update_service(cluster='ferryline', service='hello', desiredCount={count})
after = now()
print(before, after)"""
WATCH = """() => {
    window.seen = {};
    const look = () => {
        const counts = document.body.innerText.matchAll(/0 of (\\d+)/g);
        for (const [, count] of counts) window.seen[count] ??= Date.now() / 1000;
    };
    new MutationObserver(look).observe(document.body, {childList: true, subtree: true, characterData: true});
}"""
"""Notes when each count of the service was first on the page. Browser and kernel read the same clock."""


def test_a_call_is_soon_drawn(page: JupyterLabPage, learners_lab: LearnersLab) -> None:
    book = nbformat.v4.new_notebook()
    cells = CELLS | {f"call-{count}": CALL.format(count=count) for count in range(10, 10 + CALLS)}
    book.cells = [nbformat.v4.new_code_cell(text, id=name) for name, text in cells.items()]
    book.metadata.kernelspec = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    nbformat.write(book, learners_lab.workspace / "latency.ipynb")
    page.open("latency.ipynb")
    page.run("open")
    page.run("cluster")
    page.tab.evaluate(WATCH)
    calls, delays = [], []
    for count in range(10, 10 + CALLS):
        page.run(f"call-{count}")
        page.tab.wait_for_function("count => window.seen[count]", arg=count, timeout=MINUTE)
        before, after = map(float, page.text(f"call-{count}").split())
        calls.append(after - before)
        delays.append(page.tab.evaluate("count => window.seen[count]", count) - after)
    kept = {
        "call_ms_median": round(1000 * statistics.median(calls), 1),
        "drawn_after_call_ms_median": round(1000 * statistics.median(delays)),
        "drawn_after_call_ms_worst": round(1000 * max(delays)),
        "calls": CALLS,
    }
    print(kept)
    PICTURES.mkdir(exist_ok=True)
    (PICTURES / "console-latency.json").write_text(json.dumps(kept) + "\n", encoding="utf-8")
    assert min(delays) > -0.5, "the page showed a count before it was asked for"
    assert max(delays) < 10, "this bound only catches a console that does not follow"
