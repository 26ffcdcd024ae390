"""Lab 03: right answers by more than one way, plausible wrong ones with what each must be told, and the untouched stub.

Every text is an answer cell. It may use the names that the solutions of the questions before it have left: `last`,
`network`, `subnet_ids`, `task_groups`, `vpc_id`, `vpc`, `tables`, later `door`, `endpoints`, `service_name`, `HTTPS`.
"""

from collections.abc import Mapping
from typing import Any

from autograder.author.worked import SOLUTION, Answer, untouched
from autograder.checks.labs.private_pull.plan import Faults, plan_of

# --- 1. read the ending

FROM_ALL_STOPPED = """
arns = ecs.list_tasks(cluster=desk.cluster, desiredStatus="STOPPED")["taskArns"]
last = ecs.describe_tasks(cluster=desk.cluster, tasks=arns)["tasks"][-1]
stop_code = last["stopCode"]
host = last["stoppedReason"].split("https://")[1].split("/")[0]
"""
WITH_THE_WHOLE_ADDRESS = """
arns = ecs.list_tasks(cluster=desk.cluster, family=desk.service, desiredStatus="STOPPED")["taskArns"]
last = ecs.describe_tasks(cluster=desk.cluster, tasks=arns[:1])["tasks"][0]
stop_code = last["stopCode"]
host = last["stoppedReason"].split('"')[1]
"""
READ_THE_ENDING = (
    Answer("as in the solution", SOLUTION),
    Answer("from any stopped task of the cluster", FROM_ALL_STOPPED),
    Answer("the whole address instead of the host", WITH_THE_WHOLE_ADDRESS),
    Answer(
        "the service in place of the host",
        'stop_code, host = "TaskFailedToStart", "ECR"',
        misses={"host": "a host name is wanted"},
    ),
    Answer(
        "the class of the reason as the stop code",
        FROM_ALL_STOPPED + 'stop_code = last["stoppedReason"].split(":")[0]',
        misses={"stop-code": "stopCode is one word"},
    ),
    Answer(
        "the last step of a pull instead of the first that failed",
        FROM_ALL_STOPPED
        + 'host = f"prod-{ec2.meta.region_name}-starport-layer-bucket.s3.{ec2.meta.region_name}.amazonaws.com"',
        misses={"host": "between https:// and the next /"},
        spoils=(),
    ),
    Answer(
        "the stop code of a task that somebody stopped",
        FROM_ALL_STOPPED + 'stop_code = "UserInitiated"',
        misses={"stop-code": "UserInitiated"},
    ),
    Answer(
        "a list that shows running tasks only",
        """
running = ecs.list_tasks(cluster=desk.cluster, desiredStatus="RUNNING", launchType="EC2")["taskArns"]
stop_code = running[0]["stopCode"]
""",
        raises="IndexError",
        attempted=False,
    ),
    untouched(),
)

# --- 2. find the hop

NETWORK = """
service = ecs.describe_services(cluster=desk.cluster, services=[desk.service])["services"][0]
network = service["networkConfiguration"]["awsvpcConfiguration"]
subnet_ids, task_groups = network["subnets"], network["securityGroups"]
vpc_id = ec2.describe_subnets(SubnetIds=subnet_ids)["Subnets"][0]["VpcId"]
vpc = ec2.describe_vpcs(VpcIds=[vpc_id])["Vpcs"][0]
every_table = ec2.describe_route_tables(Filters=[{"Name": "vpc-id", "Values": [vpc_id]}])["RouteTables"]
address = last["stoppedReason"].split("dial tcp ")[1].split(":")[0]
inside = ipaddress.ip_address(address) in ipaddress.ip_network(vpc["CidrBlock"])
"""
FROM_ONE_LIST = (
    NETWORK
    + """
tables = {}
for subnet_id in subnet_ids:
    for table in every_table:
        held = table["Associations"]
        if any(one.get("SubnetId") == subnet_id for one in held):
            tables[subnet_id] = table["RouteTableId"]
            break
        if any(one["Main"] for one in held):
            tables.setdefault(subnet_id, table["RouteTableId"])
"""
)
FIND_THE_HOP = (
    Answer("as in the solution", SOLUTION),
    Answer("from one list of all the tables", FROM_ONE_LIST),
    Answer(
        "the table with the way out for all",
        FROM_ONE_LIST
        + """
out = [t["RouteTableId"] for t in every_table if any(r.get("GatewayId", "").startswith("igw-") for r in t["Routes"])]
tables = {subnet_id: out[0] for subnet_id in subnet_ids}
""",
        misses={"tables": "route table lists subnet-"},
    ),
    Answer(
        "the other truth",
        FROM_ONE_LIST + "inside = not inside",
        misses={"inside": "hold the address behind `dial tcp`"},
        spoils=(),
    ),
    Answer(
        "one table instead of a dict",
        FROM_ONE_LIST + "tables = tables[subnet_ids[0]]",
        misses={"tables": "write tables = {subnet id: route table id, ...}"},
    ),
    Answer(
        "one of the two subnets",
        FROM_ONE_LIST + "tables.pop(subnet_ids[1])",
        misses={"tables": "shows the subnets of"},
    ),
    Answer(
        "words in place of a truth value",
        FROM_ONE_LIST + 'inside = "yes"',
        misses={"inside": "a truth value is wanted"},
    ),
    Answer(
        "a table searched by a subnet that has none of its own",
        'tables = ec2.describe_route_tables(Filters=[])["RouteTables"][99]',
        raises="IndexError",
        attempted=False,
    ),
    untouched(),
)

# --- 3. open the keys

CLEAN = """
HTTPS = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443}
service_name = f"com.amazonaws.{ec2.meta.region_name}.{{}}".format
of_the_vpc = [{"Name": "vpc-id", "Values": [vpc_id]}]
for one in ec2.describe_vpc_endpoints(Filters=of_the_vpc)["VpcEndpoints"]:
    ec2.delete_vpc_endpoints(VpcEndpointIds=[one["VpcEndpointId"]])
for group in task_groups:
    anywhere = [{**HTTPS, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]
    ec2.authorize_security_group_egress(GroupId=group, IpPermissions=anywhere)
door = ec2.create_security_group(GroupName="https-to-aws", Description="HTTPS to AWS", VpcId=vpc_id)["GroupId"]
blocks = [subnet["CidrBlock"] for subnet in ec2.describe_subnets(SubnetIds=subnet_ids)["Subnets"]]


def let_in(*cidrs, ports=(443, 443)):
    rule = {"IpProtocol": "tcp", "FromPort": ports[0], "ToPort": ports[1]}
    ranges = [{"CidrIp": cidr} for cidr in cidrs]
    ec2.authorize_security_group_ingress(GroupId=door, IpPermissions=[{**rule, "IpRanges": ranges}])


def open_interface(short, **other):
    ec2.create_vpc_endpoint(
        **{
            "VpcEndpointType": "Interface",
            "VpcId": vpc_id,
            "ServiceName": service_name(short),
            "SubnetIds": subnet_ids,
            "SecurityGroupIds": [door],
            **other,
        }
    )


def open_gateway(tables):
    ec2.create_vpc_endpoint(VpcId=vpc_id, ServiceName=service_name("s3"), RouteTableIds=tables)
"""
"""Everything of the colleague's away, and tools to build it anew."""

PRIVATE_TABLES = "open_gateway(sorted(set(tables.values())))\n"
ALL_ANEW = (
    CLEAN
    + """
let_in(*blocks)
open_interface("ecr.api")
open_interface("ecr.dkr")
open_interface("logs")
"""
    + PRIVATE_TABLES
)
IN_ONE_SUBNET = (
    CLEAN
    + """
let_in(*blocks)
open_interface("ecr.api", SubnetIds=subnet_ids[:1])
open_interface("ecr.dkr", SubnetIds=subnet_ids[1:])
"""
    + PRIVATE_TABLES
)
ONE_GROUP_EACH = (
    CLEAN
    + """
for short in ("ecr.api", "ecr.dkr"):
    own = ec2.create_security_group(GroupName=short, Description="HTTPS", VpcId=vpc_id)["GroupId"]
    for group in task_groups:
        from_tasks = [{**HTTPS, "UserIdGroupPairs": [{"GroupId": group}]}]
        ec2.authorize_security_group_ingress(GroupId=own, IpPermissions=from_tasks)
    open_interface(short, SecurityGroupIds=[own])
"""
    + PRIVATE_TABLES
)
BY_NAT = (
    CLEAN
    + """
public = next(
    subnet["SubnetId"]
    for subnet in ec2.describe_subnets(Filters=of_the_vpc)["Subnets"]
    if subnet["SubnetId"] not in subnet_ids
)
address = ec2.allocate_address(Domain="vpc")["AllocationId"]
nat = ec2.create_nat_gateway(SubnetId=public, AllocationId=address)["NatGateway"]["NatGatewayId"]
for table in set(tables.values()):
    ec2.create_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", NatGatewayId=nat)
"""
)
INTO_THE_PUBLIC_SUBNET = (
    CLEAN
    + """
public = next(
    subnet["SubnetId"]
    for subnet in ec2.describe_subnets(Filters=of_the_vpc)["Subnets"]
    if subnet["SubnetId"] not in subnet_ids
)
moved = {"subnets": [public], "securityGroups": task_groups, "assignPublicIp": "ENABLED"}
ecs.update_service(
    cluster=desk.cluster, service=desk.service, networkConfiguration={"awsvpcConfiguration": moved}
)
"""
)
ALL_AFTER_THE_KEYS = (
    *("first-line", "other-line"),
    *("no-way-out", "only-443", "only-what-is-needed", "other-callers"),
    *("count", "replaced", "both-zones"),
)
OPEN_THE_KEYS = (
    Answer("as in the solution", SOLUTION),
    Answer("everything anew, by address blocks, logs at once", ALL_ANEW),
    Answer("endpoints in one subnet each: any subnet of the VPC reaches them", IN_ONE_SUBNET),
    Answer("a security group for each endpoint, from the tasks' group", ONE_GROUP_EACH),
    Answer(
        "a NAT gateway",
        BY_NAT,
        misses={
            "key-api": "it gets there through nat-",
            "key-dkr": "it gets there through nat-",
            "key-s3": "it gets there through nat-",
            "other-subnet": "the ticket allows no way through nat-",
        },
        spoils=ALL_AFTER_THE_KEYS,
    ),
    Answer(
        "the service moved into the public subnet",
        INTO_THE_PUBLIC_SUBNET,
        misses={
            "key-api": "has no route to",
            "key-dkr": "has no route to",
            "key-s3": "has no route to",
            "other-subnet": "has no route to",
            "pulled": "has pulled its image",
        },
    ),
    Answer(
        "private DNS left off",
        CLEAN
        + """
let_in(*blocks)
open_interface("ecr.api", PrivateDnsEnabled=False)
open_interface("ecr.dkr", PrivateDnsEnabled=False)
"""
        + PRIVATE_TABLES,
        misses={
            "key-api": "(private DNS of vpce-",
            "key-dkr": "(private DNS of vpce-",
            "other-subnet": "(private DNS of vpce-",
            "pulled": "ResourceInitializationError",
        },
        spoils=("first-line", "other-line", "count", "replaced", "both-zones"),
    ),
    Answer(
        "the gateway endpoint in another route table",
        CLEAN
        + """
let_in(*blocks)
open_interface("ecr.api")
open_interface("ecr.dkr")
every = ec2.describe_route_tables(Filters=of_the_vpc)["RouteTables"]
open_gateway([table["RouteTableId"] for table in every if table["RouteTableId"] not in tables.values()])
""",
        misses={
            "key-s3": "not in this one)",
            "other-subnet": "not in this one)",
            "pulled": "CannotPullContainerError",
        },
    ),
    Answer(
        "an interface endpoint for S3",
        CLEAN
        + """
let_in(*blocks)
for short in ("ecr.api", "ecr.dkr"):
    open_interface(short)
open_interface("s3", PrivateDnsEnabled=False)
""",
        misses={
            "key-s3": "ECR's image layers do not come that way",
            "other-subnet": "is an interface endpoint for S3",
            "pulled": "CannotPullContainerError",
        },
    ),
    Answer(
        "the first subnet's block alone",
        CLEAN
        + """
let_in(blocks[0] if subnet_ids[0] == ec2.describe_subnets(SubnetIds=subnet_ids)["Subnets"][0]["SubnetId"] else blocks[1])
open_interface("ecr.api")
open_interface("ecr.dkr")
"""
        + PRIVATE_TABLES,
        misses={"other-subnet": "no ingress rule of sg-", "pulled": "ResourceInitializationError"},
    ),
    Answer(
        "port 80 instead of 443",
        CLEAN
        + """
let_in(*blocks, ports=(80, 80))
open_interface("ecr.api")
open_interface("ecr.dkr")
"""
        + PRIVATE_TABLES,
        misses={
            "key-api": "lets TCP 443 in from",
            "key-dkr": "lets TCP 443 in from",
            "other-subnet": "lets TCP 443 in from",
            "pulled": "ResourceInitializationError",
        },
    ),
    Answer(
        "the endpoints of ECS in place of the registry's",
        CLEAN
        + """
let_in(*blocks)
for short in ("ecr.api", "ecs", "ecs-agent", "ecs-telemetry"):
    open_interface(short)
"""
        + PRIVATE_TABLES,
        misses={
            "key-dkr": "has no route to",
            "other-subnet": "dkr.ecr",
            "pulled": "pull image manifest has been retried",
        },
    ),
    Answer(
        "a crash after half the work",
        CLEAN
        + """
let_in(*blocks)
open_interface("ecr.api")
open_interface("ecr.dkr")
open_gateway(tables["no such subnet"])
""",
        raises="KeyError",
        misses={
            "key-s3": "has no route to",
            "other-subnet": "has no route to",
            "pulled": "CannotPullContainerError",
        },
    ),
    untouched(),
)

# --- 4. past the pull

AWAY_WITH_LOGS = """
for one in endpoints("logs", "Interface"):
    ec2.delete_vpc_endpoints(VpcEndpointIds=[one["VpcEndpointId"]])
"""
LOGS_ANEW = (
    AWAY_WITH_LOGS
    + """
ec2.create_vpc_endpoint(
    VpcEndpointType="Interface",
    VpcId=vpc_id,
    ServiceName=service_name("logs"),
    SubnetIds=subnet_ids,
    SecurityGroupIds=[door],
)
"""
)
LOGS_SHUT = {
    "first-line": "failed to validate logger args",
    "other-line": "failed to validate logger args",
}
PAST_THE_PULL = (
    Answer("as in the solution", SOLUTION),
    Answer("a new endpoint in place of whatever was there", LOGS_ANEW),
    Answer(
        "a task definition without logs",
        """
old = ecs.describe_task_definition(taskDefinition=service["taskDefinition"])["taskDefinition"]
container = {key: value for key, value in old["containerDefinitions"][0].items() if key != "logConfiguration"}
new = ecs.register_task_definition(
    family=old["family"],
    requiresCompatibilities=["FARGATE"],
    networkMode="awsvpc",
    cpu=old["cpu"],
    memory=old["memory"],
    executionRoleArn=old["executionRoleArn"],
    containerDefinitions=[container],
)["taskDefinition"]["taskDefinitionArn"]
ecs.update_service(cluster=desk.cluster, service=desk.service, taskDefinition=new)
""",
        misses={"first-line": "its log driver is none", "other-line": "its log driver is none"},
    ),
    Answer(
        "more rights for the execution role",
        """
iam = boto3.client("iam")
role = ecs.describe_task_definition(taskDefinition=service["taskDefinition"])["taskDefinition"]["executionRoleArn"]
iam.attach_role_policy(
    RoleName=role.split("/")[-1], PolicyArn="arn:aws:iam::aws:policy/CloudWatchLogsFullAccess"
)
""",
        misses=LOGS_SHUT,
    ),
    Answer(
        "a new log group",
        'boto3.client("logs").create_log_group(logGroupName="/ferryline/new")',
        misses=LOGS_SHUT,
    ),
    Answer(
        "private DNS left off",
        LOGS_ANEW.replace("SecurityGroupIds=[door],", "SecurityGroupIds=[door], PrivateDnsEnabled=False,"),
        misses={"first-line": "(private DNS of vpce-", "other-line": "(private DNS of vpce-"},
    ),
    Answer(
        "a gateway endpoint, which logs do not have",
        """
ec2.create_vpc_endpoint(VpcId=vpc_id, ServiceName=service_name("logs"), RouteTableIds=list(tables.values()))
""",
        raises="ClientError",
        attempted=False,
    ),
    untouched(),
)

# --- 5. keep it narrow

DELETE_NEEDLESS = """
needed = [service_name(short) for short in ("ecr.api", "ecr.dkr", "logs")]
mine = [{"Name": "vpc-id", "Values": [vpc_id]}]
doors = set()
for one in ec2.describe_vpc_endpoints(Filters=mine)["VpcEndpoints"]:
    if one["VpcEndpointType"] != "Interface":
        continue
    if one["ServiceName"] in needed:
        doors |= {group["GroupId"] for group in one["Groups"]}
    else:
        ec2.delete_vpc_endpoints(VpcEndpointIds=[one["VpcEndpointId"]])
"""
REVOKE = """
for group in ec2.describe_security_groups(GroupIds=sorted(doors))["SecurityGroups"]:
    if group["GroupId"] != door and group["IpPermissions"]:
        ec2.revoke_security_group_ingress(GroupId=group["GroupId"], IpPermissions=group["IpPermissions"])
"""
NARROW = DELETE_NEEDLESS + REVOKE
ALSO = """
ec2.authorize_security_group_ingress(GroupId=door, IpPermissions=[{rule}])
"""
BY_BLOCKS = (
    NARROW
    + """
held = ec2.describe_security_groups(GroupIds=[door])["SecurityGroups"][0]["IpPermissions"]
ec2.revoke_security_group_ingress(GroupId=door, IpPermissions=held)
blocks = [{"CidrIp": subnet["CidrBlock"]} for subnet in ec2.describe_subnets(SubnetIds=subnet_ids)["Subnets"]]
ec2.authorize_security_group_ingress(GroupId=door, IpPermissions=[{**HTTPS, "IpRanges": blocks}])
"""
)
KEEP_IT_NARROW = (
    Answer("as in the solution", SOLUTION),
    Answer("the rules taken out, the groups left", NARROW),
    Answer("by the subnets' blocks", BY_BLOCKS),
    Answer(
        "the needless endpoint left standing",
        """
mine = [{"Name": "vpc-id", "Values": [vpc_id]}]
"""
        + """
for one in ec2.describe_vpc_endpoints(Filters=mine)["VpcEndpoints"]:
    others = [group["GroupId"] for group in one.get("Groups", []) if group["GroupId"] != door]
    if others:
        ec2.modify_vpc_endpoint(
            VpcEndpointId=one["VpcEndpointId"], AddSecurityGroupIds=[door], RemoveSecurityGroupIds=others
        )
""",
        misses={"only-what-is-needed": "interface endpoints for ecr.api, ecr.dkr and logs alone"},
    ),
    Answer(
        "the whole VPC's block",
        NARROW + ALSO.format(rule='{**HTTPS, "IpRanges": [{"CidrIp": vpc["CidrBlock"]}]}'),
        misses={"only-443": "in the public subnet comes in to vpce-", "other-callers": "in the VPC comes in to vpce-"},
    ),
    Answer(
        "443 from everywhere",
        NARROW + ALSO.format(rule='{**HTTPS, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}'),
        misses={"only-443": "comes in to vpce-", "other-callers": "in the VPC comes in to vpce-"},
        spoils=(),
    ),
    Answer(
        "every port for the tasks",
        NARROW + ALSO.format(rule='{"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": task_groups[0]}]}'),
        misses={"only-443": "at port 22, by sg-", "other-callers": "at port 1, by sg-"},
    ),
    Answer(
        "ports from 443 upwards",
        NARROW
        + ALSO.format(
            rule='{"IpProtocol": "tcp", "FromPort": 443, "ToPort": 65535, "UserIdGroupPairs": [{"GroupId": task_groups[0]}]}'
        ),
        misses={"other-callers": "at port 444, by sg-"},
    ),
    Answer(
        "a public address beside it",
        NARROW
        + """
public = {**network, "assignPublicIp": "ENABLED"}
ecs.update_service(
    cluster=desk.cluster, service=desk.service, networkConfiguration={"awsvpcConfiguration": public}
)
""",
        misses={"no-way-out": "assignPublicIp DISABLED"},
    ),
    Answer(
        "a NAT gateway for the days to come",
        NARROW
        + """
others = [one for one in ec2.describe_subnets(Filters=mine)["Subnets"] if one["SubnetId"] not in subnet_ids]
address = ec2.allocate_address(Domain="vpc")["AllocationId"]
ec2.create_nat_gateway(SubnetId=others[0]["SubnetId"], AllocationId=address)
""",
        misses={"no-way-out": "no NAT gateway in the VPC"},
    ),
    Answer(
        "a route to the internet gateway",
        NARROW
        + """
attached = [{"Name": "attachment.vpc-id", "Values": [vpc_id]}]
gateway = ec2.describe_internet_gateways(Filters=attached)["InternetGateways"][0]["InternetGatewayId"]
for table in set(tables.values()):
    ec2.create_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway)
""",
        misses={"no-way-out": "0.0.0.0/0 by igw-"},
    ),
    Answer(
        "a crash behind the work",
        NARROW + "print(doors[0])",
        raises="TypeError",
    ),
    untouched(),
)

# --- 6. reach the count

ANEW = "ecs.update_service(cluster=desk.cluster, service=desk.service, forceNewDeployment=True)\n"
EVENT = """
desk.cloud.advance(minutes=2)
service = ecs.describe_services(cluster=desk.cluster, services=[desk.service])["services"][0]
event = next(each["message"] for each in service["events"] if "steady state" in each["message"])
"""
REACH_THE_COUNT = (
    Answer("as in the solution", SOLUTION),
    Answer("a new deployment, and a guess how long it takes", ANEW + "desk.cloud.advance(minutes=8)\n" + EVENT),
    Answer(
        "the same definition once more, each time looked at",
        """
ecs.update_service(
    cluster=desk.cluster, service=desk.service, taskDefinition=service["taskDefinition"], forceNewDeployment=True
)
while ecs.describe_services(cluster=desk.cluster, services=[desk.service])["services"][0]["runningCount"] < desk.count:
    desk.cloud.advance(seconds=10)
"""
        + EVENT,
    ),
    Answer(
        "time heals",
        "desk.cloud.advance(minutes=25)\n" + EVENT,
        misses={"count": "by a deployment of which no task failed to start"},
    ),
    Answer(
        "a service made anew, and the event whole",
        """
old = ecs.describe_services(cluster=desk.cluster, services=[desk.service])["services"][0]
ecs.delete_service(cluster=desk.cluster, service=desk.service, force=True)
ecs.get_waiter("services_inactive").wait(cluster=desk.cluster, services=[desk.service])
ecs.create_service(
    cluster=desk.cluster,
    serviceName=desk.service,
    taskDefinition=old["taskDefinition"],
    desiredCount=desk.count,
    launchType="FARGATE",
    networkConfiguration=old["networkConfiguration"],
)
ecs.get_waiter("services_stable").wait(cluster=desk.cluster, services=[desk.service])
"""
        + EVENT
        + """
event = next(each for each in service["events"] if "steady state" in each["message"])
""",
    ),
    Answer(
        "a smaller count",
        """
ecs.update_service(cluster=desk.cluster, service=desk.service, desiredCount=1, forceNewDeployment=True)
ecs.get_waiter("services_stable").wait(cluster=desk.cluster, services=[desk.service])
"""
        + EVENT,
        misses={
            "count": "its desired count is 1",
            "replaced": "its desired count is 1",
            "both-zones": "its desired count is 1",
        },
    ),
    Answer(
        "tasks started by hand",
        """
ecs.update_service(cluster=desk.cluster, service=desk.service, desiredCount=0)
ecs.run_task(
    cluster=desk.cluster,
    taskDefinition=service["taskDefinition"],
    launchType="FARGATE",
    count=desk.count,
    networkConfiguration={"awsvpcConfiguration": network},
)
"""
        + EVENT,
        misses={
            "count": "its desired count is 0",
            "replaced": "its desired count is 0",
            "both-zones": "its desired count is 0",
        },
    ),
    Answer(
        "one subnet for all",
        """
one = {**network, "subnets": subnet_ids[:1]}
ecs.update_service(cluster=desk.cluster, service=desk.service, networkConfiguration={"awsvpcConfiguration": one})
ecs.get_waiter("services_stable").wait(cluster=desk.cluster, services=[desk.service])
"""
        + EVENT,
        misses={"both-zones": "must name both private subnets"},
        spoils=(),
    ),
    Answer(
        "the first event instead of the steady one",
        "desk.cloud.advance(minutes=25)\n" + EVENT + 'event = service["events"][-1]["message"]',
        misses={"count": "read its events in DescribeServices, newest first"},
    ),
    Answer(
        "the service deleted",
        'event = "gone"\necs.delete_service(cluster=desk.cluster, service=desk.service, force=True)',
        misses={"count": "no such active service", "replaced": "no such active service", "both-zones": "no such"},
    ),
    Answer(
        "an event looked for too soon",
        EVENT.replace("minutes=2", "seconds=1"),
        raises="StopIteration",
        attempted=False,
    ),
    untouched(),
)

ANSWERS = {
    "read-the-ending": READ_THE_ENDING,
    "find-the-hop": FIND_THE_HOP,
    "open-the-keys": OPEN_THE_KEYS,
    "past-the-pull": PAST_THE_PULL,
    "keep-it-narrow": KEEP_IT_NARROW,
    "reach-the-count": REACH_THE_COUNT,
}


# --- one variant's decisions

FINDERS = """
full = f"com.amazonaws.{ec2.meta.region_name}.{{}}".format
mine = list(dict.fromkeys(tables.values()))
blocks = [{"CidrIp": one["CidrBlock"]} for one in ec2.describe_subnets(SubnetIds=subnet_ids)["Subnets"]]
https = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443}
groups = ec2.describe_security_groups(Filters=[{"Name": "vpc-id", "Values": [vpc_id]}])["SecurityGroups"]
gate = next(one for one in groups if one["GroupName"] == "endpoints")

def there(short, kind=None):
    found = ec2.describe_vpc_endpoints(Filters=[{"Name": "service-name", "Values": [full(short)]}])["VpcEndpoints"]
    return [one for one in found if kind in (None, one["VpcEndpointType"])][-1]["VpcEndpointId"]

def make(short):
    ec2.create_vpc_endpoint(VpcEndpointType="Interface", VpcId=vpc_id, ServiceName=full(short), SubnetIds=subnet_ids,
                            SecurityGroupIds=[gate["GroupId"]])

def name(short):
    ec2.modify_vpc_endpoint(VpcEndpointId=there(short), PrivateDnsEnabled=True)

def narrow():
    ec2.revoke_security_group_ingress(GroupId=gate["GroupId"], IpPermissions=gate["IpPermissions"])
    ec2.authorize_security_group_ingress(GroupId=gate["GroupId"], IpPermissions=[{**https, "IpRanges": blocks}])

def to_s3():
    s3 = ec2.describe_prefix_lists(Filters=[{"Name": "prefix-list-name", "Values": [full("s3")]}])["PrefixLists"][0]
    ec2.authorize_security_group_egress(
        GroupId=task_groups[0], IpPermissions=[{**https, "PrefixListIds": [{"PrefixListId": s3["PrefixListId"]}]}])
"""
"""What a learner can look up in any variant."""


def decided(variant: Mapping[str, Any]) -> dict[str, str]:
    """What a learner writes who mends exactly the faults of this variant, by role and not by id."""
    faults = plan_of(variant["ticket"]).faults
    return {
        "read-the-ending": FROM_ALL_STOPPED,
        "find-the-hop": FROM_ONE_LIST,
        "open-the-keys": "\n".join(_repair(faults)),
        "past-the-pull": "print('the logs came with the keys')",
        "keep-it-narrow": "print('narrow from the start')",
        "reach-the-count": ANEW + "desk.cloud.advance(minutes=8)\n" + EVENT,
    }


def _repair(faults: Faults) -> list[str]:
    lines = [FINDERS]
    for short, state in (("ecr.api", faults.api), ("ecr.dkr", faults.dkr), ("logs", faults.logs)):
        lines += {"missing": [f"make({short!r})"], "no-dns": [f"name({short!r})"], "ready": []}[state]
    lines += {
        "missing": ["ec2.create_vpc_endpoint(VpcId=vpc_id, ServiceName=full('s3'), RouteTableIds=mine)"],
        "public-table": ["ec2.modify_vpc_endpoint(VpcEndpointId=there('s3'), AddRouteTableIds=mine)"],
        "one-table": ["ec2.modify_vpc_endpoint(VpcEndpointId=there('s3'), AddRouteTableIds=mine[1:])"],
    }[faults.s3]
    if faults.door != "right":
        lines.append("narrow()")
    if faults.egress == "inside":
        lines.append("to_s3()")
    return [*lines, f"ec2.delete_vpc_endpoints(VpcEndpointIds=[there({faults.extra!r}, 'Interface')])"]


# --- ways to break the world

WRECKS = {
    "the service deleted": "ecs.delete_service(cluster=desk.cluster, service=desk.service, force=True)",
    "another cluster": "ecs.create_cluster(clusterName='other')\necs.delete_service(cluster=desk.cluster, "
    "service=desk.service, force=True)\ndesk.cloud.advance(hours=2)",
    "all route tables without routes": """
for table in ec2.describe_route_tables(Filters=[{"Name": "vpc-id", "Values": [vpc_id]}])["RouteTables"]:
    for one in table["Associations"]:
        if not one["Main"]:
            ec2.disassociate_route_table(AssociationId=one["RouteTableAssociationId"])
""",
    "no rules anywhere": """
for group in ec2.describe_security_groups(Filters=[{"Name": "vpc-id", "Values": [vpc_id]}])["SecurityGroups"]:
    if group["IpPermissions"]:
        ec2.revoke_security_group_ingress(GroupId=group["GroupId"], IpPermissions=group["IpPermissions"])
    if group["IpPermissionsEgress"]:
        ec2.revoke_security_group_egress(GroupId=group["GroupId"], IpPermissions=group["IpPermissionsEgress"])
""",
    "no DNS": 'ec2.modify_vpc_attribute(VpcId=vpc_id, EnableDnsSupport={"Value": False})',
    "the role deleted": """
iam = boto3.client("iam")
name = desk.service + "-execution"
for policy in iam.list_attached_role_policies(RoleName=name)["AttachedPolicies"]:
    iam.detach_role_policy(RoleName=name, PolicyArn=policy["PolicyArn"])
iam.delete_role(RoleName=name)
""",
    "the log group deleted": 'boto3.client("logs").delete_log_group(logGroupName="/ferryline/" + desk.service)',
    "the repository deleted": """
boto3.client("ecr").delete_repository(repositoryName="ferryline/" + desk.service, force=True)
""",
    "the definition deregistered": "ecs.deregister_task_definition(taskDefinition=service['taskDefinition'])",
    "an endpoint that allows nothing": """
for one in ec2.describe_vpc_endpoints()["VpcEndpoints"]:
    ec2.modify_vpc_endpoint(VpcEndpointId=one["VpcEndpointId"], PolicyDocument='{"Statement": []}')
""",
}
