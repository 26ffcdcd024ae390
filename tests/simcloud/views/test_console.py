"""The console shows what is in the cloud, changes nothing by looking, and moves the clock only where it may."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import boto3
import pytest

from simcloud import Cloud
from simcloud.views import console, show_console
from simcloud.views.console_drawn import stretches
from simcloud.views.console_panel import Console


def in_a_loop(work: Coroutine[Any, Any, None]) -> None:
    """Run it as a kernel runs a cell, in a loop of its own: the browser of other tests may keep one in this thread."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, work).result()


@pytest.fixture
def cloud() -> Iterator[Cloud]:
    with Cloud(seed=4) as live:
        yield live


@pytest.fixture
def service(cloud: Cloud) -> str:
    """A service with two tasks that run, and write a line each."""
    ecs, ec2, logs = (boto3.client(name) for name in ("ecs", "ec2", "logs"))
    iam: Any = boto3.client("iam")
    principal = {"Service": "ecs-tasks.amazonaws.com"}
    statement = {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"}
    trust = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    iam.create_role(RoleName="exec", AssumeRolePolicyDocument=trust)
    iam.attach_role_policy(
        RoleName="exec", PolicyArn="arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
    )
    logs.create_log_group(logGroupName="/web")
    image = cloud.push_image("web", "1", log_lines=("ready <now>",))
    options = {"awslogs-group": "/web", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "web"}
    ecs.create_cluster(clusterName="shop")
    ecs.register_task_definition(
        family="web",
        requiresCompatibilities=["FARGATE"],
        networkMode="awsvpc",
        cpu="256",
        memory="512",
        executionRoleArn=f"arn:aws:iam::{cloud.account}:role/exec",
        containerDefinitions=[
            {"name": "web", "image": image, "logConfiguration": {"logDriver": "awslogs", "options": options}}
        ],
    )
    subnet = ec2.describe_subnets()["Subnets"][0]["SubnetId"]
    network = {"awsvpcConfiguration": {"subnets": [subnet], "assignPublicIp": "ENABLED"}}
    asked = {"cluster": "shop", "serviceName": "web", "taskDefinition": "web", "launchType": "FARGATE"}
    ecs.create_service(desiredCount=2, networkConfiguration=network, **asked)
    return "web"


@pytest.mark.parametrize("page", console.PAGES)
def test_an_empty_account_has_every_page(cloud: Cloud, page: str) -> None:
    assert console.PAGES[page](cloud).caption in console.text(cloud, page)
    assert "<table>" in console.html(cloud, page)


@pytest.mark.parametrize("page", console.PAGES)
def test_looking_is_no_call_and_changes_nothing(cloud: Cloud, service: str, page: str) -> None:
    cloud.advance(minutes=3)
    calls, lines, now = len(cloud.transcript), len(cloud.story), cloud.now
    before = console.text(cloud, page)
    assert console.text(cloud, page) == before
    assert (len(cloud.transcript), len(cloud.story), cloud.now) == (calls, lines, now)


def test_services_tasks_logs_and_the_bill_are_told(cloud: Cloud, service: str) -> None:
    cloud.advance(minutes=3)
    assert "2 of 2" in console.text(cloud, "Services")
    assert console.text(cloud, "Tasks").count("RUNNING") == 2
    assert console.text(cloud, "Logs").count("ready <now>") == 2
    assert "ready &lt;now&gt;" in console.html(cloud, "Logs")
    assert "RUNNING" in console.text(cloud, "Story")
    assert "Total: $0.0" in console.text(cloud, "Bill")


def test_a_timeline_tells_how_long_each_status_took_and_no_longer_once_a_task_has_stopped(
    cloud: Cloud, service: str
) -> None:
    cloud.advance(minutes=3)
    assert console.text(cloud, "Timelines").count("RUNNING 2 min") == 2
    one = cloud.tasks()[0]
    began, ran = (next(line.at for line in one.story if line.what.startswith(word)) for word in ("PROV", "RUNNING"))
    some = stretches(one, cloud.now.timestamp())
    assert [each.status for each in some] == ["PROVISIONING", "PENDING", "ACTIVATING", "RUNNING"]
    assert (some[0].start, some[-1].start, some[-1].end) == (began, ran, cloud.now.timestamp())
    boto3.client("ecs").stop_task(cluster="shop", task=one.arn)
    cloud.advance(minutes=3)
    [stopped] = (task for task in cloud.tasks() if task.id == one.id)
    ended = stretches(stopped, cloud.now.timestamp())
    cloud.advance(minutes=3)
    assert stretches(stopped, cloud.now.timestamp()) == ended
    assert ended[-1].status == "DEPROVISIONING"
    assert "STOPPED" in console.text(cloud, "Timelines")


def test_the_topology_has_each_task_in_the_subnet_where_it_stands(cloud: Cloud, service: str) -> None:
    cloud.advance(minutes=3)
    page = console.html(cloud, "Topology")
    boxes = [box for box in page.split("<strong>") if "RUNNING" in box]
    assert len(boxes) == 1, "both stand in one subnet"
    for task in cloud.tasks():
        assert f"task {task.id[:8]} of {task.definition}, RUNNING: {task.private_ip}, public" in boxes[0]
        assert task.id[:8] in console.text(cloud, "Topology")
    assert "public, out through igw-" in boxes[0]


def test_metrics_tell_what_cloudwatch_gives_for_the_last_five_minutes(cloud: Cloud, service: str) -> None:
    cloud.advance(minutes=30)
    dimensions = [{"Name": "ClusterName", "Value": "shop"}, {"Name": "ServiceName", "Value": "web"}]
    given: Any = boto3.client("cloudwatch").get_metric_statistics(
        Namespace="AWS/ECS",
        MetricName="MemoryUtilization",
        Dimensions=dimensions,
        StartTime=cloud.now - timedelta(minutes=5),
        EndTime=cloud.now,
        Period=300,
        Statistics=["Average"],
    )["Datapoints"]
    row = next(line for line in console.text(cloud, "Metrics").splitlines() if line.startswith("MemoryUtilization"))
    assert row.split()[4] == f"{given[-1]['Average']:.4g}", row
    assert "<svg" in console.html(cloud, "Metrics")


def test_clusters_and_events_are_told(cloud: Cloud, service: str) -> None:
    cloud.advance(minutes=3)
    assert next(line for line in console.text(cloud, "Clusters").splitlines() if "shop" in line).split()[2:4] == [
        "1",
        "2",
    ]
    assert "has reached a steady state" in console.text(cloud, "Events")


def test_the_panel_follows_what_cells_do(cloud: Cloud, service: str) -> None:
    panel = Console(cloud)
    assert "0 of 2" in panel.pages["Services"].value

    async def cell(minutes: float) -> None:
        cloud.advance(minutes=minutes)
        await asyncio.sleep(0)

    in_a_loop(cell(3))
    assert "2 of 2" in panel.pages["Services"].value
    assert "tasks running: 2" in panel.head.value
    panel.close()
    in_a_loop(cell(1))
    assert "09:03:" in panel.head.value


def test_another_page_is_drawn_when_it_is_looked_at(cloud: Cloud, service: str) -> None:
    panel = Console(cloud)
    assert panel.pages["Tasks"].value == ""
    panel.tab.selected_index = list(panel.pages).index("Tasks")
    assert "PROVISIONING" in panel.pages["Tasks"].value or "No task" in panel.pages["Tasks"].value


def test_without_control_there_is_no_button(cloud: Cloud) -> None:
    reading, moving = Console(cloud), Console(cloud, control=True)
    assert len(reading.box.children) == 2
    assert len(moving.box.children) == 3


def test_a_step_moves_the_clock_and_is_recorded(cloud: Cloud) -> None:
    panel, before = Console(cloud, control=True), cloud.now
    panel.steps["+10 min"].click()
    assert (cloud.now - before).total_seconds() == 600
    assert cloud.transcript[-1] == {"kind": "advance", "seconds": 600.0}


def test_playing_moves_the_clock_until_it_is_paused(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simcloud.views.console_panel.BEAT", 0.01)
    panel, before = Console(cloud, control=True), cloud.now
    panel.speed.value = 3600

    async def played() -> None:
        panel.play.value = True
        for _ in range(500):
            await asyncio.sleep(0.01)
            if (cloud.now - before).total_seconds() >= 72:
                break
        panel.play.value = False

    in_a_loop(played())
    passed = (cloud.now - before).total_seconds()
    assert passed >= 72
    assert passed % 36 == 0
    assert panel.play.description == "Play"


def test_a_console_of_a_closed_cloud_moves_no_other(cloud: Cloud) -> None:
    panel = Console(cloud, control=True)
    with Cloud(seed=5) as other:
        before = other.now
        panel.step(60)
        assert other.now == before
        assert "closed" in panel.head.value


def test_without_a_cloud_it_is_that_of_the_live_one_and_says_where_there_is_none() -> None:
    with pytest.raises(LookupError, match="begin a lab"):
        show_console(beside=False)
    with Cloud(seed=5) as live:
        panel = show_console(beside=False)
        assert panel is not None
        assert panel.cloud is live


def test_it_is_the_cells_output_where_it_is_not_to_stand_beside(cloud: Cloud) -> None:
    panel = show_console(cloud, beside=False)
    assert panel is not None
    assert "Services" in panel._repr_mimebundle_()["text/plain"]
