# %% [markdown] id="lab03-title"
# # Lab 03: Private pull
#
# **45 to 60 minutes, 20 points, and a question for 2 more.** You need lesson 03.
#
# Ferryline moved one of its services into private subnets last night. Since then no task of it stays up.
# A colleague began a repair at four in the morning, got some of it done, and went to bed. Now the ticket is yours.
#
# You will find out why the tasks die, open the narrowest way to the image, and bring the service back to its count.

# %% [markdown] id="lab03-rules"
# **How you are judged.** By what your code leaves behind, not by how it looks. Any right way counts.
# Names, tags and the order of your calls do not matter.
#
# - `lab.check(...)` under each task tells you at once what holds and what does not. Run it as often as you like.
# - Some checks run only after submission. They ask for the same things: in the other subnet, from other callers, later.
# - Each check looks at a copy of your world and lets time pass there. Yours stays as it is.
# - `lab.hint("read-the-ending")` gives the next hint for a question. There are three each, and they cost nothing.
# - After a restart of the kernel run the cells from the top; progress is kept. `lab.reset()` begins again in a fresh world, and
#   `lab.work("read-the-ending")` shows your answer as it was at its last check.
# - Your calls to EC2, ECS, ECR, CloudWatch Logs, IAM and STS count; others are not replayed.

# %% [markdown] id="lab03-order"
# **The ticket says**
#
# 1. The service stays in its two private subnets and keeps its task definition and its count.
# 2. No NAT gateway, no route from there to an internet gateway, no public address.
# 3. What you open is open for the tasks alone.
# 4. Nothing is left running that nobody needs.

# %% id="lab03-setup" role="setup"
import ipaddress
import re

import boto3

from autograder import lab

desk = lab.begin("03-private-pull")
ecs, ec2 = boto3.client("ecs"), boto3.client("ec2")

# %% [markdown] id="lab03-desk"
# That is your ticket: `desk.cluster`, `desk.service` and `desk.count` are yours alone.
# `desk.cloud` is the simulated account; `desk.cloud.advance(minutes=10)` lets time pass.

# %% [markdown] id="lab03-q1"
# ## 1. Read how the tasks end (3 points)
#
# Look at tasks of the service that have stopped. Set `stop_code` to their stop code, and `host` to the name of the
# host that they could not reach: the full host name, as the reason quotes it.

# %% id="lab03-a1" role="answer" question="read-the-ending"
stop_code = ...
host = ...
### BEGIN SOLUTION
pages = ecs.get_paginator("list_tasks").paginate(
    cluster=desk.cluster, serviceName=desk.service, desiredStatus="STOPPED"
)
stopped = [arn for page in pages for arn in page["taskArns"]]
tasks = ecs.describe_tasks(cluster=desk.cluster, tasks=stopped[:100])["tasks"]  # it takes a hundred at most
last = max(tasks, key=lambda task: task["stoppedAt"])
print(last["stopCode"])
print(last["stoppedReason"])
stop_code = last["stopCode"]
host = re.search(r'https://([^/"]+)', last["stoppedReason"])[1]
### END SOLUTION

# %% id="lab03-c1" role="check" question="read-the-ending" points=3 rows=["T05", "N05"] tags=["raises-exception"]
lab.check("read-the-ending", stop_code=stop_code, host=host)

# %% [markdown] id="lab03-q2"
# ## 2. Find the hop (3 points)
#
# Where does the connection go, and what decides that?
#
# Set `tables` to a dict: for each subnet in the service's network configuration, the id of the route table that decides there.
# Set `inside` to `True` if the address that timed out is one of the VPC's own, and to `False` if it is not.

# %% id="lab03-a2" role="answer" question="find-the-hop"
tables = ...
inside = ...
### BEGIN SOLUTION
service = ecs.describe_services(cluster=desk.cluster, services=[desk.service])["services"][0]
network = service["networkConfiguration"]["awsvpcConfiguration"]
subnet_ids, task_groups = network["subnets"], network["securityGroups"]
vpc_id = ec2.describe_subnets(SubnetIds=subnet_ids)["Subnets"][0]["VpcId"]
vpc = ec2.describe_vpcs(VpcIds=[vpc_id])["Vpcs"][0]


def deciding_table(subnet_id):
    """The table that names the subnet, else the main one of the VPC."""
    named = [{"Name": "association.subnet-id", "Values": [subnet_id]}]
    main = [{"Name": "vpc-id", "Values": [vpc_id]}, {"Name": "association.main", "Values": ["true"]}]
    found = ec2.describe_route_tables(Filters=named)["RouteTables"] or ec2.describe_route_tables(Filters=main)["RouteTables"]
    return found[0]["RouteTableId"]


tables = {subnet_id: deciding_table(subnet_id) for subnet_id in subnet_ids}
address = re.search(r"dial tcp ([\d.]+):443", last["stoppedReason"])[1]
inside = ipaddress.ip_address(address) in ipaddress.ip_network(vpc["CidrBlock"])
### END SOLUTION

# %% id="lab03-c2" role="check" question="find-the-hop" points=3 rows=["T05", "M04"] tags=["raises-exception"]
lab.check("find-the-hop", tables=tables, inside=inside)

# %% [markdown] id="lab03-q3"
# ## 3. Open the three keys (5 points)
#
# A pull from ECR needs three keys: the API, the registry, and S3, where the layers lie.
# Open all three through VPC endpoints, for tasks in both subnets. Some of it is there already; look before you build.
#
# The checks here try the service's first subnet. After submission the other one is tried too, and tasks really pull.

# %% id="lab03-a3" role="answer" question="open-the-keys"
### BEGIN SOLUTION
HTTPS = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443}
service_name = f"com.amazonaws.{ec2.meta.region_name}.{{}}".format

door = ec2.create_security_group(
    GroupName=f"{desk.service}-https-from-tasks", Description="HTTPS from the tasks to the endpoints", VpcId=vpc_id
)["GroupId"]
from_tasks = [{"GroupId": group} for group in task_groups]
ec2.authorize_security_group_ingress(GroupId=door, IpPermissions=[{**HTTPS, "UserIdGroupPairs": from_tasks}])


def endpoints(short, kind):
    """The endpoints of this kind for a service that stand in the VPC."""
    filters = [{"Name": "vpc-id", "Values": [vpc_id]}, {"Name": "service-name", "Values": [service_name(short)]}]
    found = ec2.describe_vpc_endpoints(Filters=filters)["VpcEndpoints"]
    return [one for one in found if one["VpcEndpointType"] == kind and one["State"] == "available"]


def open_interface(short):
    """An interface endpoint that the tasks can find (private DNS) and enter (the new group)."""
    there = endpoints(short, "Interface")
    if there:
        ec2.modify_vpc_endpoint(
            VpcEndpointId=there[0]["VpcEndpointId"], AddSecurityGroupIds=[door], PrivateDnsEnabled=True
        )
    else:
        ec2.create_vpc_endpoint(
            VpcEndpointType="Interface",
            VpcId=vpc_id,
            ServiceName=service_name(short),
            SubnetIds=subnet_ids,
            SecurityGroupIds=[door],
            PrivateDnsEnabled=True,
        )


open_interface("ecr.api")
open_interface("ecr.dkr")

deciding = sorted(set(tables.values()))
gateways = endpoints("s3", "Gateway")
if gateways:
    missing = [table for table in deciding if table not in gateways[0]["RouteTableIds"]]
    ec2.modify_vpc_endpoint(VpcEndpointId=gateways[0]["VpcEndpointId"], AddRouteTableIds=missing)
else:
    ec2.create_vpc_endpoint(
        VpcEndpointType="Gateway", VpcId=vpc_id, ServiceName=service_name("s3"), RouteTableIds=deciding
    )

lists = {one["PrefixListName"]: one["PrefixListId"] for one in ec2.describe_managed_prefix_lists()["PrefixLists"]}
to_s3 = [{"PrefixListId": lists[service_name("s3")]}]
for group in task_groups:
    ec2.authorize_security_group_egress(GroupId=group, IpPermissions=[{**HTTPS, "PrefixListIds": to_s3}])
### END SOLUTION

# %% id="lab03-c3" role="check" question="open-the-keys" points=5 rows=["F20", "T05", "N05", "P03"] tags=["raises-exception"]
lab.check("open-the-keys")

# %% [markdown] id="lab03-q4"
# ## 4. Get past the pull (2 points)
#
# The image arrives now. Start one task as the service would, let ten minutes pass and read how it ends.
# Then open what is still shut, through an endpoint again: a task in either subnet runs, and its first line is in its log group.

# %% id="lab03-a4" role="answer" question="past-the-pull"
### BEGIN SOLUTION
started = ecs.run_task(
    cluster=desk.cluster,
    taskDefinition=service["taskDefinition"],
    launchType="FARGATE",
    networkConfiguration={"awsvpcConfiguration": network},
)["tasks"][0]["taskArn"]
desk.cloud.advance(minutes=10)
ended = ecs.describe_tasks(cluster=desk.cluster, tasks=[started])["tasks"][0]
print(ended["lastStatus"], ended.get("stoppedReason", ""))
ecs.stop_task(cluster=desk.cluster, task=started)  # nothing is left running; one that has ended does not mind

open_interface("logs")
### END SOLUTION

# %% id="lab03-c4" role="check" question="past-the-pull" points=2 rows=["F20"] tags=["raises-exception"]
lab.check("past-the-pull")

# %% [markdown] id="lab03-q5"
# ## 5. Keep it narrow (4 points)
#
# Now look at all the interface endpoints of the VPC, your colleague's too.
#
# - They let in TCP port 443 and no other, and only from the service's security group or from the address blocks of the two
#   private subnets. The whole VPC's block is too wide.
# - There is no interface endpoint but those for `ecr.api`, `ecr.dkr` and `logs`.
# - The service stays in its private subnets without public addresses; no NAT gateway; no route from there to a gateway that leads out.
#
# This is judged once at least one key is open that was shut before.

# %% id="lab03-a5" role="answer" question="keep-it-narrow"
### BEGIN SOLUTION
NEEDED = {service_name(short) for short in ("ecr.api", "ecr.dkr", "logs")}
here = [{"Name": "vpc-id", "Values": [vpc_id]}, {"Name": "vpc-endpoint-type", "Values": ["Interface"]}]
for one in ec2.describe_vpc_endpoints(Filters=here)["VpcEndpoints"]:
    if one["ServiceName"] not in NEEDED:
        ec2.delete_vpc_endpoints(VpcEndpointIds=[one["VpcEndpointId"]])
        continue
    others = [group["GroupId"] for group in one["Groups"] if group["GroupId"] != door]
    if others:
        ec2.modify_vpc_endpoint(VpcEndpointId=one["VpcEndpointId"], RemoveSecurityGroupIds=others)
### END SOLUTION

# %% id="lab03-c5" role="check" question="keep-it-narrow" points=4 rows=["T01", "M04", "P03"] tags=["raises-exception"]
lab.check("keep-it-narrow")

# %% [markdown] id="lab03-q6"
# ## 6. Reach the count (3 points)
#
# Bring the service to its count: `desk.count` running tasks in its two private subnets. So many starts have failed by now that
# ECS tries only every few minutes. Do not wait for that: bring it there by a deployment of which no task fails to start.
# Wait until it is steady, and set `event` to the message of the service event that says so.
#
# After submission a task is killed and must be replaced, and both subnets must have a task.

# %% id="lab03-a6" role="answer" question="reach-the-count"
event = ...
### BEGIN SOLUTION
# A new deployment forgets the failed starts, so the scheduler does not wait out its throttle.
ecs.update_service(cluster=desk.cluster, service=desk.service, forceNewDeployment=True)
ecs.get_waiter("services_stable").wait(cluster=desk.cluster, services=[desk.service])
desk.cloud.advance(minutes=1)  # a task counts as healthy 40 seconds after its start
service = ecs.describe_services(cluster=desk.cluster, services=[desk.service])["services"][0]
event = next(each["message"] for each in service["events"] if "steady state" in each["message"])
print(f"{service['runningCount']} of {service['desiredCount']} running: {event}")
### END SOLUTION

# %% id="lab03-c6" role="check" question="reach-the-count" points=3 rows=["F12", "F20"] tags=["raises-exception"]
lab.check("reach-the-count", event=event)

# %% [markdown] id="lab03-reflect" role="reflect" question="explain-it" points=2
# ## 7. Explain it (2 points, read by a person)
#
# Mara reads your report and asks: *"Why not simply a NAT gateway? One thing instead of four, and it always works."*
# Answer her in four to eight sentences: what each way costs and when it costs that, what each lets the tasks reach,
# and one change to the service after which you would decide differently.
#
# === BEGIN MARK SCHEME ===
# One point for the comparison. Both sides are there: a NAT gateway costs by the hour and for each GB that goes through it;
# interface endpoints cost by the hour, for each zone, and for each GB; the gateway endpoint for S3 costs nothing.
# And reach: with NAT the tasks reach the whole internet, with endpoints only the services that were opened.
# Half of it where one side is missing. Prices need not be right to the cent.
#
# One point for a change that really turns the decision, with its reason: the service calls something outside AWS, or so
# many AWS services that endpoints in every zone cost more than a NAT gateway, or it pulls from another registry.
# No point for "when it is more convenient".
# === END MARK SCHEME ===

# %% [markdown] id="lab03-reflect-answer" role="reflect" question="explain-it"
# *Write your answer here.*

# %% [markdown] id="lab03-end"
# ## Hand it in
#
# Save the notebook (Ctrl+S), run the next cell and press the button. `fargate-course submit 03-private-pull` in a terminal
# does the same. `lab.progress()` shows where you stand.
# `lab.solution("read-the-ending")` shows the worked solution of a question that you have passed, where your copy has it.

# %% id="lab03-submit" role="setup" tags=["nbval-ignore-output"]
lab.submit_button()
