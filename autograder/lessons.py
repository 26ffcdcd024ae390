"""Which lesson a law belongs to: what stands under an error beside the law and its source."""

from __future__ import annotations

import functools
import json
from pathlib import Path

from autograder.author.places import course

LESSON_BY_TOPIC = {
    **dict.fromkeys(("sizes", "platform", "containers", "health", "ports", "unsupported", "definition", "names"), "02"),
    **dict.fromkeys(("network", "network_mode", "ec2"), "03"),
    **dict.fromkeys(("roles", "iam", "execute_command"), "04"),
    "secrets": "05",
    **dict.fromkeys(("storage", "volumes", "efs", "ebs"), "06"),
    **dict.fromkeys(
        ("services", "balancers", "run_task", "deployments", "elbv2", "tasks", "clusters", "settings"), "07"
    ),
    **dict.fromkeys(("codedeploy", "task_sets", "strategies"), "08"),
    "scaling": "09",
    "capacity": "10",
    "logging": "13",
    "eks": "14",
    "ecr": "03",
}
"""Number of the lesson by the file of laws, or by the folder that it is in."""


def lesson_about(topic: str) -> str:
    """`03 · Networking (03-networking.ipynb)`; '' where no lesson of this course is about the topic."""
    for part in (topic, *reversed(topic.split("."))):
        if number := LESSON_BY_TOPIC.get(part):
            return _named(number)
    return ""


@functools.cache
def _named(number: str) -> str:
    notebook = next(iter(sorted(course().lessons.glob(f"{number}-*.ipynb"))), None)
    return "" if notebook is None else f"{_title(notebook)} ({notebook.name})"


def _title(notebook: Path) -> str:
    first = "".join(json.loads(notebook.read_text(encoding="utf-8"))["cells"][0]["source"])
    return first.splitlines()[0].lstrip("# ").strip()
