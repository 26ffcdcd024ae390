"""What else a lost zone takes: its NAT gateway, and the interfaces of endpoints in it."""

from __future__ import annotations

from shop import Shop

from simcloud.sim.task import RUNNING


def with_one_nat_gateway(shop: Shop, zone: str) -> None:
    """The private subnets of both zones leave by a gateway in this one."""
    ec2 = shop.ec2
    outer = ec2.create_subnet(VpcId=shop.vpc, CidrBlock="10.0.9.0/24", AvailabilityZone=zone)["Subnet"]["SubnetId"]
    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=shop.vpc)
    table = ec2.create_route_table(VpcId=shop.vpc)["RouteTable"]["RouteTableId"]
    ec2.associate_route_table(RouteTableId=table, SubnetId=outer)
    ec2.create_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway)
    address = ec2.allocate_address(Domain="vpc")["AllocationId"]
    nat = ec2.create_nat_gateway(SubnetId=outer, AllocationId=address)["NatGateway"]["NatGatewayId"]
    ec2.create_route(RouteTableId=shop.table, DestinationCidrBlock="0.0.0.0/0", NatGatewayId=nat)


def test_the_other_zones_have_no_way_out_by_a_nat_gateway_in_the_lost_one(shop: Shop) -> None:
    with_one_nat_gateway(shop, "us-east-1a")
    shop.create_service(desiredCount=2)
    shop.cloud.advance(minutes=3)
    assert shop.service()["runningCount"] == 2
    shop.cloud.lose_zone("us-east-1a")
    shop.cloud.advance(minutes=4)
    assert shop.service()["runningCount"] == 1, "the new task in us-east-1b has no way to its image"
    waiting = next(task for task in shop.cloud.world.tasks.values() if task.wanted and task.status != RUNNING)
    assert "blackhole" in waiting.why
    shop.cloud.restore_zone("us-east-1a")
    shop.cloud.advance(minutes=2)
    assert shop.service()["runningCount"] == 2


def test_a_nat_gateway_in_another_zone_goes_on(shop: Shop) -> None:
    with_one_nat_gateway(shop, "us-east-1c")
    shop.create_service(desiredCount=2)
    shop.cloud.advance(minutes=3)
    shop.cloud.lose_zone("us-east-1a")
    shop.cloud.advance(minutes=4)
    assert shop.service()["runningCount"] == 2


def test_an_endpoint_answers_from_the_zones_that_are_up(open_shop: Shop) -> None:
    open_shop.create_service(desiredCount=2)
    open_shop.cloud.advance(minutes=3)
    open_shop.cloud.lose_zone("us-east-1a")
    open_shop.cloud.advance(minutes=4)
    assert open_shop.service()["runningCount"] == 2
    subnets = {task.interface.subnet for task in open_shop.cloud.world.tasks.values() if task.status == RUNNING}
    assert subnets == {open_shop.subnets[1]}
