"""A small lab for the tests: count what is there, then run a service."""

from __future__ import annotations

from random import Random
from typing import Any

import boto3

from autograder.checks import Lab, Miss, Question, expect


def make_variant(random: Random) -> dict[str, Any]:
    return {"cluster": random.choice(["shop", "bank", "mill", "port"]), "buckets": random.randint(2, 9)}


def build_world(cloud: Any, variant: dict[str, Any]) -> None:
    s3 = boto3.client("s3")
    for number in range(variant["buckets"]):
        s3.create_bucket(Bucket=f"{variant['cluster']}-{number}")
    ec2 = boto3.client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.1.0/24")


LAB = Lab(
    id="91-first-service",
    title="A first service",
    version=1,
    variant=make_variant,
    world=build_world,
    services=("ecs", "ec2", "s3"),
    questions=(
        Question(
            "count-them",
            title="Count the buckets",
            points=2,
            needs=("count",),
            hints=("Buckets belong to S3.", lambda variant: f"There are more than {variant['buckets'] - 1}."),
            lesson="00-start-here.ipynb",
        ),
        Question("make-cluster", title="Make the cluster", points=3, rows=("F01",)),
        Question("run-service", title="Run the service", points=5),
    ),
)


@LAB.check("count-is-right", question="count-them", points=2)
def the_count_is_right(answers: dict[str, Any], variant: dict[str, Any]) -> None:
    """`count` is the number of buckets in the account."""
    if answers["count"] != variant["buckets"]:
        raise Miss("the number of buckets", answers["count"], hint="count what list_buckets gives")


@LAB.check("cluster-exists", question="make-cluster", points=2, rows=["F01"])
def the_cluster_exists(cloud: Any, variant: dict[str, Any]) -> None:
    """There is an active cluster with the name that your variant gives."""
    found = boto3.client("ecs").describe_clusters(clusters=[variant["cluster"]])["clusters"]
    expect(found, expected=f"a cluster {variant['cluster']!r}", got="none", hint="call create_cluster")


@LAB.check("service-exists", question="run-service", points=2)
def the_service_exists(cloud: Any, variant: dict[str, Any]) -> None:
    """The cluster has a service `web`."""
    found = _service(variant)
    expect(found, expected="a service `web`", got="none", hint="call create_service with serviceName='web'")


@LAB.check("service-wants-two", question="run-service", points=1, after="service-exists")
def the_service_wants_two_tasks(cloud: Any, variant: dict[str, Any]) -> None:
    """`web` wants two tasks."""
    wanted = _service(variant)["desiredCount"]
    expect(wanted == 2, expected="a desired count of 2", got=wanted, hint="desiredCount=2")


def _service(variant: dict[str, Any]) -> dict[str, Any]:
    ecs = boto3.client("ecs")
    try:
        found = ecs.describe_services(cluster=variant["cluster"], services=["web"])["services"]
    except ecs.exceptions.ClusterNotFoundException:
        return {}
    return found[0] if found else {}
