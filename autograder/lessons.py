"""Which lesson a law belongs to: what stands under an error beside the law and its source."""

from __future__ import annotations

import functools
import json
from pathlib import Path

from autograder.author.places import course

TOPICS_BY_LESSON = {
    "02": "units sizes platform containers health ports unsupported definition_names names values kernel windows whole"
    " tags",
    "03": "network network_mode vpcs route_tables security_groups endpoints addresses offered",
    "04": "roles trust callers iam identities",
    "05": "secrets environment keeping",
    "06": "storage volumes file_systems launch_volumes",
    "07": "services balancers registries connect proxy run_task start_task overrides targets task_names clusters"
    " protection placement choices instances attributes target_groups target_addresses health_checks"
    " listeners actions limits conditions routing listing identifiers",
    "08": "controllers deployments rollouts hooks codedeploy",
    "09": "scaling watching",
    "10": "capacity providers",
    "11": "events scheduler",
    "13": "logging settings",
    "14": "eks",
    "16": "exec_command repositories lifecycle",
}
LESSON_BY_TOPIC = {topic: number for number, topics in TOPICS_BY_LESSON.items() for topic in topics.split()}
"""Number of the lesson by the file of laws, or by the folder that it is in."""
LESSON_BY_LAW = {
    "FG138": "16",  # the one capability that can be added
    "FG1219": "16",  # ECS Exec and the task role
    "FG341": "12",  # tags that tell who pays
    "FG401": "04",  # of the laws that keep a value to the model: identities, logs, rules and schedules
    "FG402": "13",
    "FG403": "11",
    "FG489": "13",  # how long logs are kept
    "FG499": "11",  # attributes of a queue
}
"""Laws that have another lesson than the rest of their file."""


def lesson_about(topic: str, law: str = "") -> str:
    """`03 · Networking (03-networking.ipynb)`; '' where no lesson of this course is about the topic, nor about the law,
    where its id is given."""
    if law in LESSON_BY_LAW:
        return _named(LESSON_BY_LAW[law])
    for part in (topic, *topic.split(".")):
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
