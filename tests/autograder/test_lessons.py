"""Each law leads to the lesson that it belongs to."""

from __future__ import annotations

import boto3
import pytest
from botocore.exceptions import ClientError

from autograder.lessons import LESSON_BY_TOPIC, lesson_about
from simcloud import Cloud
from simcloud.rules.engine import laws


@pytest.mark.parametrize("topic", sorted({law.topic for law in laws()}))
def test_every_file_of_laws_has_a_lesson(topic: str) -> None:
    assert any(part in LESSON_BY_TOPIC for part in (topic, *topic.split(".")))


def test_a_topic_leads_to_a_lesson_that_is_there() -> None:
    assert lesson_about("network") == "03 · Networking (03-networking.ipynb)"
    assert lesson_about("network.unheard_of") == "03 · Networking (03-networking.ipynb)"
    assert lesson_about("cooking") == ""


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
