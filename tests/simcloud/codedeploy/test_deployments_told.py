"""What CodeDeploy tells EventBridge of its deployments."""

from __future__ import annotations

import json
from typing import Any

import boto3
from store import ACCOUNT, FAILURES, REGION, Store


def listening() -> str:
    """The URL of a queue that gets everything of CodeDeploy's."""
    sqs, events = boto3.client("sqs"), boto3.client("events")
    url = sqs.create_queue(QueueName="told")["QueueUrl"]
    arn = f"arn:aws:sqs:{REGION}:{ACCOUNT}:told"
    let = {"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sqs:SendMessage"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [{**let, "Resource": arn}]})
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": policy})
    events.put_rule(Name="releases", EventPattern='{"source": ["aws.codedeploy"]}')
    events.put_targets(Rule="releases", Targets=[{"Id": "a", "Arn": arn}])
    return str(url)


def told(url: str) -> list[dict[str, Any]]:
    messages = boto3.client("sqs").receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", [])
    return [json.loads(each["Body"]) for each in messages]


def test_a_deployment_tells_its_start_and_its_success(store: Store) -> None:
    url = listening()
    store.group(termination=5)
    store.register()
    made = store.deploy()
    store.cloud.advance(minutes=15)
    events = told(url)
    assert [event["detail"]["state"] for event in events] == ["START", "SUCCESS"]
    assert {event["detail-type"] for event in events} == {"CodeDeploy Deployment State-change Notification"}
    detail = events[0]["detail"]
    assert (detail["deploymentId"], detail["region"]) == (made, REGION)
    head = f"arn:aws:codedeploy:{REGION}:{ACCOUNT}"
    application, group = detail["application"], detail["deploymentGroup"]
    assert events[0]["resources"] == [
        f"{head}:application:{application}",
        f"{head}:deploymentgroup:{application}/{group}",
    ]


def test_a_deployment_that_is_stopped_tells_so(store: Store) -> None:
    url = listening()
    store.group(
        deploymentConfigName="CodeDeployDefault.ECSLinear10PercentEvery1Minutes", autoRollbackConfiguration=FAILURES
    )
    store.register()
    made = store.deploy()
    store.cloud.advance(minutes=3)
    store.client.stop_deployment(deploymentId=made, autoRollbackEnabled=True)
    store.cloud.advance(minutes=20)
    states = [(event["detail"]["deploymentId"] == made, event["detail"]["state"]) for event in told(url)]
    assert states[:2] == [(True, "START"), (True, "STOP")]
    assert (False, "SUCCESS") in states, "the deployment that rolls back has a life of its own"
