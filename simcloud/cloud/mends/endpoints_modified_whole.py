"""moto's ModifyVpcEndpoint changes lists of ids and nothing else: not private DNS, not the endpoint's interfaces, not
the routes of a gateway endpoint (whose deletion then fails). It takes groups and route tables that do not exist. In AWS
all of this follows at once (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcEndpoint.html, read
2026-11-22). Conflicts of private DNS are refused by a law (FG465)."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from simcloud.cloud.mends.subnet_addresses_in_order import lowest_free


def mend(module: ModuleType) -> None:
    """Check all of the request first, then let moto change its lists, then let the rest follow."""
    responses: Any = module.VPCs
    modify = responses.modify_vpc_endpoint

    def modify_vpc_endpoint(self: Any) -> Any:
        ec2 = self.ec2_backend
        endpoint = ec2.describe_vpc_endpoints([self._get_param("VpcEndpointId")])[0]
        private_dns = self._get_bool_param("PrivateDnsEnabled")
        _check_ids(self, ec2)
        tables = list(endpoint.route_table_ids or ())
        answer = modify(self)
        if private_dns is not None:
            endpoint.private_dns_enabled = private_dns
        _move_routes(ec2, endpoint, tables)
        _move_interfaces(ec2, endpoint)
        return answer

    responses.modify_vpc_endpoint = modify_vpc_endpoint


def _check_ids(request: Any, ec2: Any) -> None:
    from moto.ec2.exceptions import InvalidSecurityGroupNotFoundError

    for group in request._get_param("AddSecurityGroupIds", []):
        if ec2.get_security_group_from_id(group) is None:
            raise InvalidSecurityGroupNotFoundError(group)
    for table in request._get_param("AddRouteTableIds", []):
        ec2.get_route_table(table)
    for subnet in request._get_param("AddSubnetIds", []):
        lowest_free(ec2.get_subnet(subnet))


def _move_routes(ec2: Any, endpoint: Any, before: list[str]) -> None:
    """A gateway endpoint is a route to a prefix list in each of its tables."""
    to = endpoint.destination_prefix_list_id
    if not to:
        return
    for table in sorted(set(before) - set(endpoint.route_table_ids)):
        ec2.delete_route(table, to)
    for table in sorted(set(endpoint.route_table_ids) - set(before)):
        ec2.create_route(table, None, gateway_id=endpoint.id, destination_prefix_list_id=to)


def _move_interfaces(ec2: Any, endpoint: Any) -> None:
    """An interface endpoint has one interface in each of its subnets, in the endpoint's own groups."""
    if endpoint.vpc_endpoint_type != "Interface":
        return
    standing = {ec2.enis[one].subnet.id: ec2.enis[one] for one in endpoint.network_interface_ids if one in ec2.enis}
    for subnet in set(standing) - set(endpoint.subnet_ids or ()):
        ec2.enis.pop(standing.pop(subnet).id)
    for subnet in endpoint.subnet_ids or ():
        if subnet not in standing:
            made = ec2.create_network_interface(
                ec2.get_subnet(subnet), None, description=f"VPC Endpoint Interface {endpoint.id}"
            )
            made.interface_type = "vpc_endpoint"
            standing[subnet] = made
    for interface in standing.values():
        interface._group_set = [ec2.get_security_group_from_id(group) for group in endpoint.security_group_ids]
    endpoint.network_interface_ids = [standing[subnet].id for subnet in endpoint.subnet_ids or ()]
