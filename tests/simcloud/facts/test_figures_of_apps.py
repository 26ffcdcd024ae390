"""Figures of the fact sheet on apps, as literals."""

from __future__ import annotations

from simcloud.facts.images import PUBLIC_IMAGES
from simcloud.facts.words import apps, tracing


def test_r156_an_app_without_credentials_says_so_in_the_sdks_words() -> None:
    assert str(apps.NO_CREDENTIALS) == "Unable to locate credentials"


def test_r298_the_sdks_and_daemon_of_x_ray_end() -> None:
    assert tracing.XRAY_SDK_ENDS.value == ("2026-02-25", "2027-02-25")


def test_r299_where_traces_are_handed_over() -> None:
    assert tracing.PORTS.value == {"xray": 2000, "otlp": 4317}
    assert PUBLIC_IMAGES.value["public.ecr.aws/aws-observability/aws-otel-collector"].ports == (4317, 4318)


def test_boto3_gives_up_a_connection_after_five_minutes() -> None:
    assert apps.ATTEMPTS.value * apps.CONNECT_SECONDS.value == 300


def test_the_longest_long_poll() -> None:
    assert apps.POLL_SECONDS.value == 20
