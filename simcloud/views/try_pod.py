"""Try a pod: its namespace, label, requests and wishes, and what a Fargate profile and its scheduler make of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simcloud.cloud.trials.pod import OF_THE_POD, PROFILE, WISHES, run
from simcloud.views.table import Table

if TYPE_CHECKING:
    from simcloud.views.widgets import Explorer

MONTH_HOURS = 730


def try_pod() -> Explorer:
    """The explorer of the lesson on EKS."""
    from simcloud.views.widgets import Choice, explorer

    controls = {
        "namespace": Choice("namespace", ("shop-web", "shop-jobs", "default")),
        "label": Choice("label compute=", ("fargate", "nodes", "")),
        "cpu": Choice("requests cpu", ("250m", "500m", "1", "4", "16")),
        "memory": Choice("requests memory", ("256Mi", "1Gi", "2Gi", "8Gi", "120Gi")),
        "wish": Choice("it also wants", (*WISHES, *OF_THE_POD)),
    }
    selector = PROFILE.selectors[0]
    title = (
        f"Profile {PROFILE.name}: namespace {selector.namespace}, labels {dict(selector.labels)}. Does it run the pod?"
    )
    return explorer(title, controls, verdict)


def verdict(namespace: str, label: str, cpu: str, memory: str, wish: str) -> Table:
    """What becomes of the pod: the profile, the scheduler's words, the size, the price."""
    found = run(namespace, label, cpu, memory, wish)
    asked = f"A pod in {namespace}, compute={label or '(no label)'}, requests {cpu} and {memory}, wants {wish}"
    rows = [("taken by a profile", found.profile or "no: it waits for nodes")]
    if found.why:
        rows.append(("why not", found.why))
    if found.size:
        rows.append(("requests with Fargate's own 256 MiB, rounded up", found.size.annotation))
        rows.append(("a month of 730 hours", f"${found.hour.cost * MONTH_HOURS:,.2f}"))
    closing = "It runs on Fargate." if found.size else "It stays Pending."
    return Table(asked, ("question", "answer"), tuple(rows), closing)
