"""Services that find each other: by Cloud Map's names, and by the aliases of Service Connect."""

from __future__ import annotations

from typing import Any

import boto3
import pytest
from shop import Shop


class Two:
    """A service `orders` that answers on 8080, and who asks for it."""

    def __init__(self, shop: Shop) -> None:
        self.shop, self.cloud = shop, shop.cloud
        self.map: Any = boto3.client("servicediscovery")
        self.serving = shop.security_group("orders")
        self.admit(self.shop.group)
        shop.ec2.authorize_security_group_ingress(
            GroupId=shop.endpoint_group,
            IpPermissions=[
                {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "UserIdGroupPairs": [{"GroupId": self.serving}]}
            ],
        )

    def admit(self, group: str) -> None:
        self.shop.ec2.authorize_security_group_ingress(
            GroupId=self.serving,
            IpPermissions=[
                {"IpProtocol": "tcp", "FromPort": 8080, "ToPort": 8080, "UserIdGroupPairs": [{"GroupId": group}]}
            ],
        )

    def offer(self, count: int = 1, **members: Any) -> None:
        """The service that answers."""
        image = self.cloud.push_image("shop/orders", ports=[8080], paths=[("/", 200)])
        ports = [{"name": "http", "containerPort": 8080, "appProtocol": "http"}]
        self.shop.register(self.shop.container(image=image, portMappings=ports), family="orders")
        network = {"awsvpcConfiguration": {"subnets": self.shop.subnets, "securityGroups": [self.serving]}}
        asked = {"serviceName": "orders", "taskDefinition": "orders", "desiredCount": count}
        self.shop.create_service(**{**asked, "networkConfiguration": network, **members})

    def ask(self, url: str, **members: Any) -> None:
        """The service that asks, every ten seconds."""
        image = self.cloud.push_image("shop/front", asks=[url], asks_again=10)
        self.shop.register(self.shop.container(image=image), family="front")
        self.shop.create_service(**{"serviceName": "front", "taskDefinition": "front", "desiredCount": 1, **members})

    def said(self) -> str:
        """The last answer that the asking service logged."""
        task = self.cloud.service("front", "shop").tasks[0]
        events = self.shop.logs.get_log_events(logGroupName="/ecs/web", logStreamName=f"web/web/{task.id}")["events"]
        return str(events[-1]["message"]).partition("/: ")[2]


@pytest.fixture
def two(open_shop: Shop) -> Two:
    return Two(open_shop)


def record(two: Two, kind: str = "A", **members: Any) -> str:
    """ARN of the service `orders` in the private namespace shop.local."""
    two.map.create_private_dns_namespace(Name="shop.local", Vpc=two.shop.vpc)
    space = two.map.list_namespaces()["Namespaces"][0]["Id"]
    dns = {"DnsRecords": [{"Type": kind, "TTL": 10}]}
    return str(two.map.create_service(Name="orders", NamespaceId=space, DnsConfig=dns, **members)["Service"]["Arn"])


def instances(two: Two) -> dict[str, str]:
    """Address of each registered instance that is healthy, by its id."""
    found = two.map.discover_instances(NamespaceName="shop.local", ServiceName="orders", HealthStatus="HEALTHY")
    return {each["InstanceId"]: each["Attributes"]["AWS_INSTANCE_IPV4"] for each in found["Instances"]}


def test_tasks_come_into_cloud_map_when_they_run_and_leave_it_when_they_stop(two: Two) -> None:
    two.offer(2, serviceRegistries=[{"registryArn": record(two)}])
    assert instances(two) == {}
    two.cloud.advance(minutes=2)
    first, second = two.cloud.service("orders", "shop").tasks
    assert instances(two) == {first.id: first.private_ip, second.id: second.private_ip}
    two.shop.ecs.stop_task(cluster="shop", task=first.arn)
    assert instances(two) == {second.id: second.private_ip}
    two.cloud.advance(minutes=2)
    assert len(instances(two)) == 2
    assert first.id not in instances(two)


def test_what_an_instance_says_of_its_task(two: Two) -> None:
    two.offer(serviceRegistries=[{"registryArn": record(two, "SRV"), "port": 8080}])
    two.cloud.advance(minutes=2)
    (found,) = two.map.list_instances(ServiceId=two.map.list_services()["Services"][0]["Id"])["Instances"]
    assert found["Attributes"] == {
        "AWS_INSTANCE_IPV4": two.cloud.service("orders", "shop").tasks[0].private_ip,
        "AWS_INSTANCE_PORT": "8080",
        "AVAILABILITY_ZONE": two.cloud.service("orders", "shop").tasks[0].zone,
        "REGION": "us-east-1",
        "ECS_SERVICE_NAME": "orders",
        "ECS_CLUSTER_NAME": "shop",
        "ECS_TASK_DEFINITION_FAMILY": "orders",
    }


def test_a_private_name_leads_to_a_running_task_and_to_nobody_without_one(two: Two) -> None:
    two.ask("http://orders.shop.local:8080/")
    two.offer(serviceRegistries=[{"registryArn": record(two)}])
    two.cloud.advance(seconds=15)
    two.cloud.advance(minutes=2)
    assert two.said() == "200"
    two.shop.ecs.update_service(cluster="shop", service="orders", desiredCount=0)
    two.cloud.advance(minutes=1)
    assert two.said() == "Name or service not known"
    assert "no healthy instance is registered under orders.shop.local" in str(two.cloud.story)


def test_a_task_that_is_not_healthy_is_not_found(two: Two) -> None:
    arn = record(two, HealthCheckCustomConfig={"FailureThreshold": 1})
    two.offer(serviceRegistries=[{"registryArn": arn}])
    two.cloud.advance(minutes=2)
    assert len(instances(two)) == 1
    check = {"command": ["CMD-SHELL", "curl -f http://localhost:8080/ || exit 1"], "interval": 10, "retries": 3}
    image = two.cloud.push_image("shop/orders", "ill", ports=[8080], unhealthy_after=200.0)
    ports = [{"name": "http", "containerPort": 8080}]
    two.shop.register(two.shop.container(image=image, portMappings=ports, healthCheck=check), family="orders")
    two.shop.ecs.update_service(cluster="shop", service="orders", taskDefinition="orders")
    two.cloud.advance(seconds=24)
    newest = two.cloud.service("orders", "shop").tasks[-1]
    assert newest.status == "RUNNING"
    assert newest.id not in instances(two)
    two.cloud.advance(seconds=36)
    assert newest.id in instances(two)
    two.cloud.advance(seconds=240)
    assert newest.id not in instances(two)


CONNECT = {"enabled": True, "namespace": "internal"}
OFFER = {
    **CONNECT,
    "services": [{"portName": "http", "discoveryName": "orders", "clientAliases": [{"port": 80, "dnsName": "orders"}]}],
}


@pytest.fixture
def joined(two: Two) -> Two:
    two.map.create_http_namespace(Name="internal")
    return two


def test_one_service_asks_another_by_its_alias(joined: Two) -> None:
    joined.offer(2, serviceConnectConfiguration=OFFER)
    joined.ask("http://orders/", serviceConnectConfiguration=CONNECT)
    joined.cloud.advance(minutes=2)
    assert joined.said() == "200"
    asked = {line.what.rpartition("task ")[2] for line in joined.cloud.story if "gets an answer from" in line.what}
    assert asked <= {task.id[:8] for task in joined.cloud.service("orders", "shop").tasks}


def test_who_does_not_connect_knows_no_alias(joined: Two) -> None:
    joined.offer(serviceConnectConfiguration=OFFER)
    joined.ask("http://orders/")
    joined.cloud.advance(minutes=2)
    assert joined.said() != "200"


def test_an_alias_that_came_later_is_known_after_the_next_deployment(joined: Two) -> None:
    joined.ask("http://orders/", serviceConnectConfiguration=CONNECT)
    joined.cloud.advance(seconds=10)
    joined.offer(serviceConnectConfiguration=OFFER)
    joined.cloud.advance(minutes=3)
    assert joined.said() != "200"
    joined.shop.ecs.update_service(cluster="shop", service="front", forceNewDeployment=True)
    joined.cloud.advance(minutes=5)
    assert joined.said() == "200"


def test_the_alias_has_one_port_and_the_group_of_the_tasks_decides(joined: Two) -> None:
    joined.offer(serviceConnectConfiguration=OFFER)
    joined.ask("http://orders:8080/", serviceConnectConfiguration=CONNECT)
    joined.cloud.advance(minutes=2)
    assert joined.said() == "Connection refused"
    group = joined.shop.ec2.describe_security_groups(GroupIds=[joined.serving])["SecurityGroups"][0]
    image = joined.cloud.push_image("shop/front", "2", asks=["http://orders/"], asks_again=10)
    joined.shop.register(joined.shop.container(image=image), family="front")
    joined.shop.ecs.update_service(cluster="shop", service="front", taskDefinition="front")
    joined.cloud.advance(minutes=4)
    assert joined.said() == "200"
    joined.shop.ec2.revoke_security_group_ingress(GroupId=joined.serving, IpPermissions=group["IpPermissions"])
    joined.cloud.advance(seconds=20)
    assert joined.said() == "503 Service Unavailable"


def test_an_alias_without_a_running_task_is_unavailable(joined: Two) -> None:
    joined.offer(serviceConnectConfiguration=OFFER)
    joined.ask("http://orders/", serviceConnectConfiguration=CONNECT)
    joined.cloud.advance(minutes=2)
    joined.shop.ecs.update_service(cluster="shop", service="orders", desiredCount=0)
    joined.cloud.advance(minutes=1)
    assert joined.said() == "503 Service Unavailable"


def test_the_proxy_stands_among_the_containers_and_the_tasks_in_cloud_map(joined: Two) -> None:
    joined.offer(serviceConnectConfiguration=OFFER)
    joined.cloud.advance(minutes=2)
    task = joined.cloud.service("orders", "shop").tasks[0]
    names = [each["name"] for each in joined.shop.described(task.arn)["containers"]]
    assert names[0] == "web"
    assert names[1].startswith("ecs-service-connect-")
    service = joined.shop.ecs.describe_services(cluster="shop", services=["orders"])["services"][0]
    (resource,) = service["deployments"][0]["serviceConnectResources"]
    made = joined.map.get_service(Id=resource["discoveryArn"].rpartition("/")[2])["Service"]
    assert (made["Name"], made["Arn"]) == ("orders", resource["discoveryArn"])
    found = joined.map.discover_instances(NamespaceName="internal", ServiceName="orders")["Instances"]
    assert [each["InstanceId"] for each in found] == [task.id]
    assert found[0]["Attributes"]["AWS_INSTANCE_PORT"] == "8080"
