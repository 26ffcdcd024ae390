"""Each law leads to the lesson that it belongs to."""

from __future__ import annotations

import re
from collections import defaultdict

import boto3
import pytest
from botocore.exceptions import ClientError

from autograder.author.places import course
from autograder.lessons import LESSON_BY_LAW, LESSON_BY_TOPIC, lesson_about
from simcloud import Cloud
from simcloud.rules.engine import laws


@pytest.mark.parametrize("topic", sorted({law.topic for law in laws()}))
def test_every_file_of_laws_has_a_lesson(topic: str) -> None:
    assert any(part in LESSON_BY_TOPIC for part in (topic, *topic.split(".")))


def test_a_topic_leads_to_a_lesson_that_is_there() -> None:
    assert lesson_about("network") == "03 · Networking (03-networking.ipynb)"
    assert lesson_about("network.unheard_of") == "03 · Networking (03-networking.ipynb)"
    assert lesson_about("cooking") == ""


def test_laws_that_have_a_lesson_of_their_own_are_there() -> None:
    assert set(LESSON_BY_LAW) <= {law.id for law in laws()}
    assert "16-security.ipynb" in lesson_about("run_task", "FG1219")
    assert "07-services.ipynb" in lesson_about("run_task", "FG340")


SHOWN_IN_PASSING = {"FG331": "03", "FG1463": "09"}
"""Laws that a lesson about something else runs into."""


def test_a_law_leads_to_a_lesson_that_speaks_of_it() -> None:
    """Where lessons name a law, it leads to one of them."""
    spoken: dict[str, set[str]] = defaultdict(set)
    for path in course().sources():
        if path.stem != "lab":
            for law in re.findall(r"\bFG\d{3,4}\b", path.read_text(encoding="utf-8")):
                spoken[law].add(f"{path.stem}.ipynb")
    topics = {law.id: law.topic for law in laws()}
    assert "FG1219" in spoken
    strayed = {law for law in spoken if not any(name in lesson_about(topics[law], law) for name in spoken[law])}
    assert strayed - set(SHOWN_IN_PASSING) == set()


def test_a_refusal_names_its_lesson_beneath_the_words_of_aws() -> None:
    container = {"name": "app", "image": "public.ecr.aws/docker/library/nginx:latest"}
    with Cloud(), pytest.raises(ClientError) as caught:
        boto3.client("ecs").register_task_definition(
            family="web",
            requiresCompatibilities=["FARGATE"],
            networkMode="bridge",
            cpu="256",
            memory="512",
            containerDefinitions=[container],
        )
    assert "Lesson" not in str(caught.value)
    assert "Lesson: 03 · Networking (03-networking.ipynb)" in caught.value.__notes__[0]
