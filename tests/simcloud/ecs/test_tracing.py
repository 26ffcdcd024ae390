"""Traces by a sidecar: it runs beside the app, it has the permission, it gets to X-Ray; or no trace arrives."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import boto3
import pytest
from shop import REGION, Shop
from worker_shop import APP, WorkerShop

DAEMON = "public.ecr.aws/xray/aws-xray-daemon:latest"
COLLECTOR = "public.ecr.aws/aws-observability/aws-otel-collector:latest"
XRAY = f"xray.{REGION}.amazonaws.com"


@pytest.fixture
def traced(open_shop: Shop) -> WorkerShop:
    """The role may write traces, and X-Ray has an endpoint; images of ECR Public come from a copy in ECR."""
    open_shop.open_endpoints(("xray",), s3=False)
    works = WorkerShop(open_shop)
    works.allow("xray:PutTraceSegments", resource="*")
    return works


def run(traced: WorkerShop, kind: str, sidecar: dict[str, Any] | None, role: str = APP) -> Any:
    shop = traced.shop
    app = shop.container(image=shop.cloud.push_image("shop/traced", kind, traces=kind))
    beside = (
        [shop.container(name="sidecar", essential=False, portMappings=[], **sidecar)] if sidecar is not None else []
    )
    shop.register(app, *beside, **({"taskRoleArn": role} if role else {}))
    return shop.run_and_wait(3)


def daemon(shop: Shop, **behaviour: Any) -> dict[str, Any]:
    asked = {"ports": [2000], "collects": [2000], **behaviour}
    return {"image": shop.cloud.push_image("mirror/xray", f"of{len(behaviour)}", **asked)}


def arrived(traced: WorkerShop) -> list[dict[str, Any]]:
    now, xray = traced.cloud.now, boto3.client("xray")
    summaries = xray.get_trace_summaries(StartTime=now - timedelta(hours=1), EndTime=now + timedelta(hours=1))
    named = [each["Id"] for each in summaries["TraceSummaries"]]
    return list(xray.batch_get_traces(TraceIds=named)["Traces"]) if named else []


def log(traced: WorkerShop, task: str, container: str) -> list[str]:
    events = traced.shop.logs.get_log_events(logGroupName="/ecs/web", logStreamName=f"web/{container}/{task}")["events"]
    return [each["message"] for each in events]


@pytest.mark.row("F14")
@pytest.mark.parametrize("kind", ["xray", "otlp"])
def test_a_trace_arrives_by_the_sidecar_and_not_without_it_or_its_permission(traced: WorkerShop, kind: str) -> None:
    beside = daemon(traced.shop, ports=[2000, 4317], collects=[2000, 4317])
    task = run(traced, kind, beside)
    (trace,) = arrived(traced)
    assert f'"task_arn": "{task.arn}"' in trace["Segments"][0]["Document"]
    assert [(each.container, each.action, each.outcome) for each in task.calls] == [
        ("sidecar", "xray:PutTraceSegments", "ok")
    ]
    alone = run(traced, kind, None)
    assert len(arrived(traced)) == 1
    assert f"no container of the task takes traces on localhost:{2000 if kind == 'xray' else 4317}" in str(alone.story)
    traced.allow("sqs:ReceiveMessage")
    denied = run(traced, kind, beside)
    assert len(arrived(traced)) == 1
    assert [each.outcome for each in denied.calls] == ["denied"]


def test_the_sdk_of_x_ray_does_not_notice_that_nobody_listens_and_the_exporter_of_opentelemetry_does(
    traced: WorkerShop,
) -> None:
    assert log(traced, run(traced, "xray", None).id, "web") == []
    assert log(traced, run(traced, "otlp", None).id, "web") == [
        "Transient error StatusCode.UNAVAILABLE encountered while exporting traces to localhost:4317, retrying in 1s."
    ]


def test_the_daemon_logs_why_it_loses_a_trace(traced: WorkerShop) -> None:
    traced.allow("sqs:ReceiveMessage")
    task = run(traced, "xray", daemon(traced.shop))
    assert log(traced, task.id, "sidecar") == [
        "[Error] Sending segment batch failed with: AccessDeniedException: User: "
        f"arn:aws:sts::123456789012:assumed-role/app/{task.id} is not authorized to perform: xray:PutTraceSegments "
        "because no identity-based policy allows the xray:PutTraceSegments action"
    ]
    task = run(traced, "xray", daemon(traced.shop), role="")
    assert log(traced, task.id, "sidecar")[0].endswith(
        "NoCredentialProviders: no valid providers in chain. Deprecated."
    )


def test_without_a_way_to_x_ray_no_trace_arrives(open_shop: Shop) -> None:
    traced = WorkerShop(open_shop)
    traced.allow("xray:PutTraceSegments", resource="*")
    task = run(traced, "xray", daemon(open_shop))
    assert arrived(traced) == []
    assert XRAY in log(traced, task.id, "sidecar")[0]
    assert log(traced, task.id, "sidecar")[0].endswith("i/o timeout")


def test_a_sidecar_that_is_up_later_than_the_app_misses_its_first_trace(traced: WorkerShop) -> None:
    task = run(traced, "xray", daemon(traced.shop, start_seconds=20.0))
    assert arrived(traced) == []
    assert "is not up yet: the code does not wait for it (dependsOn)" in str(task.story)


@pytest.mark.parametrize(("image", "ports"), [(DAEMON, {2000}), (COLLECTOR, {2000, 4317})])
def test_the_public_sidecars_take_traces(traced: WorkerShop, image: str, ports: set[int]) -> None:
    from simcloud.cloud.asking import Asking

    found = Asking(traced.cloud._live).image(image)
    assert found is not None
    assert set(found.collects) == ports
