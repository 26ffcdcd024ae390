"""What AWS's services tell EventBridge: tasks, services, deployments and alarms, at their moments and in order."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import boto3
import pytest
from events_bench import EventsBench
from scenarios_of_events import worker_bench, workers

from simcloud import Cloud

TASKS = {"source": ["aws.ecs"], "detail-type": ["ECS Task State Change"]}
NETWORK = "networkConfiguration"


def statuses(events: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """lastStatus and desiredStatus."""
    return [(event["detail"]["lastStatus"], event["detail"]["desiredStatus"]) for event in events]


def service(night: EventsBench, count: int = 1, definition: str = "", **members: Any) -> str:
    """A service of the job."""
    made = night.ecs.create_service(
        cluster="shop",
        serviceName="web",
        taskDefinition=definition or night.definition,
        desiredCount=count,
        **(members if "capacityProviderStrategy" in members else {"launchType": "FARGATE", **members}),
        networkConfiguration={"awsvpcConfiguration": {"subnets": night.subnets, "assignPublicIp": "ENABLED"}},
    )
    return str(made["service"]["serviceArn"])


def test_r297_a_task_tells_every_change_of_its_status_with_a_version_that_grows(night: EventsBench) -> None:
    night.rule("tasks", {"Id": "a", "Arn": night.queue()}, pattern=TASKS)
    arn = night.run_task()
    night.cloud.advance(minutes=3)
    events = night.told()
    assert statuses(events) == [
        ("PROVISIONING", "RUNNING"),
        ("PENDING", "RUNNING"),
        ("PENDING", "RUNNING"),
        ("ACTIVATING", "RUNNING"),
        ("RUNNING", "RUNNING"),
        ("RUNNING", "RUNNING"),
        ("RUNNING", "STOPPED"),
        ("DEACTIVATING", "STOPPED"),
        ("STOPPING", "STOPPED"),
        ("DEPROVISIONING", "STOPPED"),
        ("STOPPED", "STOPPED"),
    ]
    containers = [event["detail"]["containers"][0]["lastStatus"] for event in events]
    assert containers == ["PENDING"] * 2 + ["RUNNING"] * 3 + ["STOPPED"] * 6
    versions = [event["detail"]["version"] for event in events]
    assert versions == sorted(set(versions))
    assert {event["resources"][0] for event in events} == {arn}
    assert [event["time"] for event in events] == sorted(event["time"] for event in events)


def test_the_last_event_tells_what_describe_tasks_shows(night: EventsBench) -> None:
    night.rule("tasks", {"Id": "a", "Arn": night.queue()}, pattern=TASKS)
    night.run_task()
    night.cloud.advance(minutes=3)
    last, (shown,) = night.told()[-1]["detail"], night.started()
    for name in ("taskArn", "stopCode", "stoppedReason", "cpu", "memory", "group", "version", "platformVersion"):
        assert last[name] == shown[name]
    assert last["attachments"][0]["type"] == "eni"
    assert last["stoppedAt"] == f"{shown['stoppedAt']:%Y-%m-%dT%H:%M:%S}.000Z"
    assert last["updatedAt"] == last["stoppedAt"]
    assert last["overrides"] == {"containerOverrides": [{"name": "job"}]}


@pytest.mark.row("F04")
def test_a_spot_interruption_arrives_as_an_event_two_minutes_before_the_end(night: EventsBench) -> None:
    """R-191, R-192: the event, SIGTERM, 120 s, the stop code, and the service's next task."""
    night.ecs.put_cluster_capacity_providers(
        cluster="shop", capacityProviders=["FARGATE_SPOT"], defaultCapacityProviderStrategy=[]
    )
    pattern = {**TASKS, "detail": {"stopCode": ["SpotInterruption"]}}
    night.rule("spot", {"Id": "a", "Arn": night.queue()}, pattern=pattern)
    night.image = night.cloud.push_image("deaf", "1.0", stop_seconds=None)
    container = {"name": "job", "image": night.image, "stopTimeout": 120}
    strategy = [{"capacityProvider": "FARGATE_SPOT", "weight": 1}]
    service(night, 1, night.register("deaf", containerDefinitions=[container]), capacityProviderStrategy=strategy)
    night.cloud.advance(minutes=2)
    first = night.started()[0]["taskArn"]
    night.cloud.reclaim_spot(1)
    night.cloud.advance(seconds=1)
    warning = night.told()[0]
    detail = warning["detail"]
    assert warning["resources"] == [first]
    assert (detail["lastStatus"], detail["desiredStatus"]) == ("RUNNING", "STOPPED")
    assert (detail["stopCode"], detail["stoppedReason"]) == ("SpotInterruption", "Your Spot Task was interrupted.")
    assert any("SIGTERM" in line.what for line in night.cloud.story.about(first))
    night.cloud.advance(minutes=4)
    last = night.told()[-1]["detail"]
    told_at, ended_at = datetime.fromisoformat(warning["time"]), datetime.fromisoformat(last["executionStoppedAt"])
    assert (ended_at - told_at).total_seconds() == 120
    assert (last["lastStatus"], last["stopCode"], last["containers"][0]["exitCode"]) == (
        "STOPPED",
        "SpotInterruption",
        137,
    )
    running = [task["taskArn"] for task in night.started() if task["lastStatus"] == "RUNNING"]
    assert len(running) == 1
    assert running != [first]


def test_r225_a_service_tells_its_deployment_and_its_steady_state(night: EventsBench) -> None:
    pattern = {"source": ["aws.ecs"], "detail-type": ["ECS Service Action", "ECS Deployment State Change"]}
    night.rule("services", {"Id": "a", "Arn": night.queue()}, pattern=pattern)
    night.image = night.cloud.push_image("web", "1.0")
    arn = service(night, 1, night.register("web"))
    night.cloud.advance(minutes=3)
    events = night.told()
    told = [(event["detail-type"], event["detail"]["eventType"], event["detail"]["eventName"]) for event in events]
    assert told == [
        ("ECS Deployment State Change", "INFO", "SERVICE_DEPLOYMENT_IN_PROGRESS"),
        ("ECS Service Action", "INFO", "SERVICE_STEADY_STATE"),
        ("ECS Deployment State Change", "INFO", "SERVICE_DEPLOYMENT_COMPLETED"),
    ]
    assert {event["resources"][0] for event in events} == {arn}
    first, steady, last = (event["detail"] for event in events)
    assert first["reason"] == f"ECS deployment {first['deploymentId']} in progress."
    assert last["reason"] == f"ECS deployment {first['deploymentId']} completed."
    assert set(steady) == {"eventType", "eventName", "clusterArn", "createdAt"}
    assert steady["clusterArn"] == night.cluster


def test_r225_a_failing_release_tells_its_failure_and_its_way_back(night: EventsBench) -> None:
    pattern = {"detail-type": ["ECS Deployment State Change"]}
    night.image = night.cloud.push_image("web", "1.0")
    good = night.register("web")
    breaker = {"deploymentCircuitBreaker": {"enable": True, "rollback": True}}
    service(night, 1, good, deploymentConfiguration=breaker)
    night.cloud.advance(minutes=5)
    night.rule("releases", {"Id": "a", "Arn": night.queue()}, pattern=pattern)
    night.ecs.update_service(cluster="shop", service="web", taskDefinition=night.definition)
    night.cloud.advance(minutes=20)
    told = [(event["detail"]["eventName"], event["detail"]["reason"]) for event in night.told()]
    names = [name for name, _ in told]
    assert names[0] == "SERVICE_DEPLOYMENT_IN_PROGRESS"
    assert "SERVICE_DEPLOYMENT_FAILED" in names
    failed = dict(told)["SERVICE_DEPLOYMENT_FAILED"]
    assert failed == "ECS deployment circuit breaker: tasks failed to start."
    assert any(reason.startswith("ECS deployment circuit breaker: rolling back to") for _, reason in told)


def test_a_service_without_capacity_tells_a_placement_failure(night: EventsBench) -> None:
    night.ecs.put_cluster_capacity_providers(
        cluster="shop", capacityProviders=["FARGATE_SPOT"], defaultCapacityProviderStrategy=[]
    )
    night.rule("services", {"Id": "a", "Arn": night.queue()}, pattern={"detail": {"eventType": ["ERROR"]}})
    night.cloud.drought("FARGATE_SPOT", minutes=30)
    strategy = [{"capacityProvider": "FARGATE_SPOT", "weight": 1}]
    night.image = night.cloud.push_image("web", "1.0")
    night.ecs.create_service(
        cluster="shop",
        serviceName="web",
        taskDefinition=night.register("web"),
        desiredCount=1,
        capacityProviderStrategy=strategy,
        networkConfiguration={"awsvpcConfiguration": {"subnets": night.subnets, "assignPublicIp": "ENABLED"}},
    )
    night.cloud.advance(minutes=2)
    detail = night.told()[0]["detail"]
    assert detail["eventName"] == "SERVICE_TASK_PLACEMENT_FAILURE"
    assert detail["reason"] == "RESOURCE:FARGATE"
    assert detail["capacityProviderArns"] == ["arn:aws:ecs:us-east-1:123456789012:capacity-provider/FARGATE_SPOT"]


def test_what_was_before_the_rule_is_no_news(night: EventsBench) -> None:
    night.run_task()
    night.cloud.advance(seconds=30)
    night.rule("tasks", {"Id": "a", "Arn": night.queue()}, pattern=TASKS)
    night.cloud.advance(seconds=1)
    assert night.told() == []
    night.cloud.advance(minutes=2)
    assert statuses(night.told())[0] == ("RUNNING", "RUNNING")


def test_events_that_no_rule_looks_for_are_not_made(night: EventsBench) -> None:
    night.rule("orders", {"Id": "a", "Arn": night.queue()}, pattern={"source": ["shop"]})
    night.run_task()
    night.cloud.advance(minutes=3)
    assert night.world.bus.tasks == {}
    assert night.told() == []


# Alarms


def alarm(night: EventsBench, name: str = "many-orders", metric: str = "Waiting", **members: Any) -> None:
    """An alarm on a metric of the shop's own."""
    boto3.client("cloudwatch").put_metric_alarm(
        AlarmName=name,
        **{
            "Namespace": "Shop",
            "MetricName": metric,
            "Statistic": "Maximum",
            "Period": 60,
            "EvaluationPeriods": 1,
            "Threshold": 100.0,
            "ComparisonOperator": "GreaterThanThreshold",
            "TreatMissingData": "notBreaching",
            **members,
        },
    )


def test_an_alarm_that_changes_starts_a_task(night: EventsBench) -> None:
    pattern = {
        "source": ["aws.cloudwatch"],
        "detail-type": ["CloudWatch Alarm State Change"],
        "detail": {"alarmName": ["many-orders"], "state": {"value": ["ALARM"]}},
    }
    night.rule("rush", night.target(), {"Id": "q", "Arn": night.queue()}, pattern=pattern)
    alarm(night)
    night.cloud.advance(minutes=3)
    data = [{"MetricName": "Waiting", "Value": 250.0}]
    boto3.client("cloudwatch").put_metric_data(Namespace="Shop", MetricData=data)
    night.cloud.advance(minutes=2)
    assert [task["startedBy"] for task in night.started()] == ["events-rule/rush"]
    (event,) = night.told()
    assert event["resources"] == ["arn:aws:cloudwatch:us-east-1:123456789012:alarm:many-orders"]
    detail = event["detail"]
    assert (detail["previousState"]["value"], detail["state"]["value"]) == ("OK", "ALARM")
    assert detail["state"]["reason"].startswith("Threshold Crossed: 1 out of the last 1 datapoints [250.0 ")
    (watched,) = detail["configuration"]["metrics"]
    assert watched["metricStat"] == {
        "metric": {"namespace": "Shop", "name": "Waiting", "dimensions": {}},
        "period": 60,
        "stat": "Maximum",
    }


def test_an_alarm_on_failed_invocations_rings(night: EventsBench) -> None:
    night.rule(
        "orders",
        night.target(EcsParameters={"TaskDefinitionArn": f"{night.definition}9"}),
        pattern={"source": ["shop"]},
    )
    dimensions = [{"Name": "RuleName", "Value": "orders"}]
    alarm(
        night,
        "rules-fail",
        "FailedInvocations",
        Namespace="AWS/Events",
        Dimensions=dimensions,
        Statistic="Sum",
        Threshold=0.0,
    )
    night.cloud.advance(minutes=2)
    night.put({})
    night.cloud.advance(minutes=2)
    assert night.counted("FailedInvocations", "orders") == 1
    night.cloud.advance(minutes=10)
    states = [line.what for line in night.cloud.story if line.who == "alarm rules-fail"]
    assert states[-2:] == ["ALARM, was OK", "OK, was ALARM"]


@pytest.mark.parametrize("seed", [3, 4])
def test_two_worlds_of_one_seed_tell_the_same_events(seed: int) -> None:
    seen = []
    for _ in range(2):
        with Cloud(seed=seed) as cloud:
            night = EventsBench(cloud)
            night.rule("tasks", {"Id": "a", "Arn": night.queue()}, pattern=TASKS)
            night.run_task()
            cloud.advance(minutes=3)
            seen.append([each["Body"] for each in night.messages()])
    assert seen[0] == seen[1]
    assert len(seen[0]) == 11


@pytest.mark.row("P06")
def test_an_alarm_on_a_queues_depth_starts_tasks_that_drain_it_and_end() -> None:
    """Messages in, tasks out, queue drained, no task left running, and no message lost or worked off twice."""
    with Cloud(seed=5) as cloud:
        night = worker_bench(cloud)
        workers(night, messages=30, tasks=3)
        cloud.advance(minutes=10)
        tasks = night.started()
        assert [task["startedBy"] for task in tasks] == ["events-rule/rush"] * 3
        assert {(task["lastStatus"], task["containers"][0]["exitCode"]) for task in tasks} == {("STOPPED", 0)}
        url = night.sqs.get_queue_url(QueueName="jobs")["QueueUrl"]
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        left = night.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"]
        assert set(left.values()) == {"0"}
        done = [line.what for line in cloud.story if line.what.startswith("is done with message")]
        assert len(done) == len(set(done)) == 30
