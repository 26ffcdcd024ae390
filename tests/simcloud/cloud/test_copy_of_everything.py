"""A copy of a world in which every service is in use leaves the original equal, byte for byte."""

from __future__ import annotations

import io
import json
import pickle
from collections.abc import Callable
from typing import Any

import boto3
import long_story
import pytest

from simcloud import Cloud
from simcloud.cloud import snapshot
from simcloud.cloud.places import SERVICES
from simcloud.sim.story import Story

Make = Callable[[str], Any]
"""Makes something of a service, under this name."""


def whole(cloud: Cloud) -> tuple[bytes, list[bytes]]:
    """Everything as bytes: what a copy writes, and what it would share with its original."""
    shared: list[Any] = []
    written = io.BytesIO()
    snapshot.Pickler(written, shared).dump(snapshot.take(cloud._live))
    plain = [each for each in shared if type(each) in snapshot.IMMUTABLE or isinstance(each, tuple)]
    return written.getvalue(), [pickle.dumps(each) for each in plain]


def client(service: str) -> Any:
    return boto3.client(service)  # type: ignore[call-overload]


def role(name: str) -> str:
    trust = long_story.TRUST.replace("ecs-tasks", "eks")
    arn: str = client("iam").create_role(RoleName=name, AssumeRolePolicyDocument=trust)["Role"]["Arn"]
    return arn


def subnets() -> list[str]:
    found = client("ec2").describe_subnets(Filters=[{"Name": "default-for-az", "Values": ["true"]}])["Subnets"]
    return [each["SubnetId"] for each in found[:2]]


def queue_arn(name: str) -> str:
    sqs = client("sqs")
    url = sqs.create_queue(QueueName=name)["QueueUrl"]
    arn: str = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    return arn


def ecs_service(name: str) -> None:
    ecs = client("ecs")
    network = {"awsvpcConfiguration": {"subnets": subnets(), "assignPublicIp": "ENABLED"}}
    ecs.create_service(
        cluster="shop",
        serviceName=name,
        taskDefinition="web",
        desiredCount=2,
        launchType="FARGATE",
        networkConfiguration=network,
    )


def scaling(name: str) -> None:
    ecs_service(f"{name}-scaled")
    of = {
        "ServiceNamespace": "ecs",
        "ResourceId": f"service/shop/{name}-scaled",
        "ScalableDimension": "ecs:service:DesiredCount",
    }
    client("application-autoscaling").register_scalable_target(**of, MinCapacity=1, MaxCapacity=5)
    configuration = {
        "TargetValue": 50.0,
        "PredefinedMetricSpecification": {"PredefinedMetricType": "ECSServiceAverageCPUUtilization"},
    }
    client("application-autoscaling").put_scaling_policy(
        **of,
        PolicyName="cpu",
        PolicyType="TargetTrackingScaling",
        TargetTrackingScalingPolicyConfiguration=configuration,
    )


def cloudformation(name: str) -> None:
    template = {"Resources": {"Queue": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": f"{name}-stacked"}}}}
    client("cloudformation").create_stack(StackName=name, TemplateBody=json.dumps(template))


def logs(name: str) -> None:
    client("logs").create_log_group(logGroupName=f"/{name}")
    client("logs").create_log_stream(logGroupName=f"/{name}", logStreamName="one")
    event = {"timestamp": 1767603600000, "message": name}
    client("logs").put_log_events(logGroupName=f"/{name}", logStreamName="one", logEvents=[event])


def events(name: str) -> None:
    client("events").put_rule(Name=name, ScheduleExpression="rate(5 minutes)")
    client("events").put_targets(Rule=name, Targets=[{"Id": "1", "Arn": queue_arn(f"{name}-events")}])


def scheduler(name: str) -> None:
    target = {"Arn": queue_arn(f"{name}-schedule"), "RoleArn": role(f"{name}-schedule")}
    client("scheduler").create_schedule(
        Name=name, ScheduleExpression="rate(7 minutes)", FlexibleTimeWindow={"Mode": "OFF"}, Target=target
    )


def firehose(name: str) -> None:
    destination = {"RoleARN": role(f"{name}-firehose"), "BucketARN": "arn:aws:s3:::shop-config"}
    client("firehose").create_delivery_stream(DeliveryStreamName=name, ExtendedS3DestinationConfiguration=destination)


def xray(name: str) -> None:
    document = {"trace_id": "1-5759e988-bd862e3fe1be46a994272793", "id": "53995c3f42cd8ad8", "name": name}
    document |= {"start_time": 1767603600.0, "end_time": 1767603601.0}
    client("xray").put_trace_segments(TraceSegmentDocuments=[json.dumps(document)])


def balancer(name: str) -> None:
    vpc = client("ec2").describe_vpcs()["Vpcs"][0]["VpcId"]
    client("elbv2").create_target_group(Name=name, Protocol="HTTP", Port=80, VpcId=vpc, TargetType="ip")


def alarm(name: str) -> None:
    data = [{"MetricName": "Depth", "Value": float(len(name))}]
    client("cloudwatch").put_metric_data(Namespace="Shop", MetricData=data)
    client("cloudwatch").put_metric_alarm(
        AlarmName=name,
        Namespace="Shop",
        MetricName="Depth",
        Statistic="Average",
        Period=60,
        EvaluationPeriods=1,
        Threshold=1.0,
        ComparisonOperator="GreaterThanThreshold",
    )


def eks(name: str) -> None:
    arn = role(f"{name}-eks")
    client("eks").create_cluster(name=name, roleArn=arn, resourcesVpcConfig={"subnetIds": subnets()})


MAKE: dict[str, Make] = {
    "ecs": ecs_service,
    "application-autoscaling": scaling,
    "codedeploy": lambda name: client("codedeploy").create_application(applicationName=name, computePlatform="ECS"),
    "eks": eks,
    "ec2": lambda name: client("ec2").create_security_group(GroupName=name, Description=name),
    "elbv2": balancer,
    "ecr": lambda name: client("ecr").create_repository(repositoryName=name),
    "efs": lambda name: client("efs").create_file_system(CreationToken=name),
    "logs": logs,
    "cloudwatch": alarm,
    "secretsmanager": lambda name: client("secretsmanager").create_secret(Name=name, SecretString=name),
    "servicediscovery": lambda name: client("servicediscovery").create_http_namespace(Name=name),
    "xray": xray,
    "firehose": firehose,
    "ssm": lambda name: client("ssm").put_parameter(Name=f"/{name}", Value=name, Type="String"),
    "kms": lambda name: client("kms").create_key(Description=name),
    "sqs": lambda name: client("sqs").send_message(
        QueueUrl=client("sqs").create_queue(QueueName=name)["QueueUrl"], MessageBody=name
    ),
    "sns": lambda name: client("sns").create_topic(Name=name),
    "events": events,
    "scheduler": scheduler,
    "cloudformation": cloudformation,
    "sts": lambda name: client("sts").assume_role(RoleArn="arn:aws:iam::123456789012:role/run", RoleSessionName=name),
    "s3": lambda name: client("s3").put_object(Bucket="shop-config", Key=name, Body=name.encode()),
    "iam": role,
}


@pytest.fixture
def full(cloud: Cloud) -> Cloud:
    """A world in which every service has something."""
    long_story.tell(cloud)
    for make in MAKE.values():
        make("before")
    cloud.advance(minutes=3)
    return cloud


@pytest.fixture(scope="module")
def full_once() -> Any:
    with Cloud(seed=1) as opened:
        long_story.tell(opened)
        for make in MAKE.values():
            make("before")
        yield opened


def test_every_service_that_is_simulated_is_made_use_of() -> None:
    assert set(MAKE) == set(SERVICES)


def test_whatever_is_made_in_a_copy_leaves_the_original_as_it_was(full: Cloud) -> None:
    before = whole(full)
    with full.copy() as future:
        for make in MAKE.values():
            make("after")
        future.load("before-scaled", 500.0, cluster="shop")
        future.kill_task(future.tasks("shop", service="before", status="RUNNING")[0].id)
        future.advance(hours=2)
        assert whole(future) != before
        future.world.check()
    assert whole(full) == before


@pytest.mark.parametrize("service", sorted(SERVICES))
def test_what_a_copy_makes_it_has_alone(full_once: Cloud, service: str) -> None:
    """The same thing can be made again, in another copy and each time with the same answer."""
    answers = []
    for _ in range(2):
        with full_once.copy():
            answers.append(json.dumps(MAKE[service]("alone"), default=str))
    assert answers[0] == answers[1]


def test_a_world_alone_is_copied_and_lives_by_itself(full: Cloud) -> None:
    before = pickle.dumps(full.world)
    copied = snapshot.copied_world(full.world)
    assert str(copied.story) == str(full.story)
    copied.story.tell(copied.now, "nobody", "told the copy alone")
    copied.tasks.clear()
    assert isinstance(copied.story, Story)
    assert pickle.dumps(full.world) == before
