# %% [markdown] id="net-title"
# # 03 · Networking
#
# **The same task starts in one subnet and dies in the next. What does a subnet have to offer a task?**
#
# After this lesson you can
#
# - say which network interface, address and security group a task gets, and what follows from that,
# - read how a task died at start-up, and name the hop where its connection ended,
# - give tasks in a private subnet the narrowest way to their image, and say what it costs.
#
# About 45 minutes. You need lesson [00](00-start-here.ipynb).

# %% [markdown] id="net-story"
# Ferryline's first service is `tickets`, a web API. The firm that handles its payments has one demand:
# nothing that touches a payment may have a public address. So Mara wants the tasks in *private* subnets.
# We try it with her, and break it in every way in which it breaks.
#
# Besides a network, a task needs an image in the registry (Amazon ECR), here also a log group (a place for its log), and
# an *execution role*: the permissions with which Fargate fetches the image before your code runs. Lesson 04 is about roles.

# %% id="net-open"
import json
import textwrap

import boto3
from botocore.exceptions import WaiterError

from simcloud import Cloud, views
from simcloud.cloud.network import route

cloud = Cloud(seed=3).open()
ec2, ecs, iam, logs = (boto3.client(name) for name in ("ec2", "ecs", "iam", "logs"))

trust = {"Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"},
         "Action": "sts:AssumeRole"}
policy = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
role = iam.create_role(RoleName="ferryline-execution", AssumeRolePolicyDocument=policy)["Role"]
managed = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
iam.attach_role_policy(RoleName=role["RoleName"], PolicyArn=managed)
logs.create_log_group(logGroupName="/ferryline/tickets")
ecs.create_cluster(clusterName="ferryline")
image = cloud.push_image("tickets", size_mib=180, ports=[8080], log_lines=["listening on 8080"])
image

# %% [markdown] id="net-mode-text"
# ## One task, one network interface
#
# On a server of your own, containers often share the host's network. That is network mode `bridge` or `host`.
# On Fargate you have no host. We ask for `bridge` all the same.

# %% id="net-bridge-refused" rows=["F12"] tags=["raises-exception"]
options = {"awslogs-group": "/ferryline/tickets", "awslogs-region": "us-east-1",
           "awslogs-stream-prefix": "tickets"}
container = {
    "name": "web",
    "image": image,
    "portMappings": [{"containerPort": 8080}],
    "logConfiguration": {"logDriver": "awslogs", "options": options},
}
tickets = dict(family="tickets", requiresCompatibilities=["FARGATE"], cpu="256", memory="512",
               executionRoleArn=role["Arn"], containerDefinitions=[container])
ecs.register_task_definition(**tickets, networkMode="bridge")

# %% [markdown] id="net-bridge-seen"
# Refused. On Fargate the mode is always `awsvpc`: each task gets an *elastic network interface* (ENI) of its own.
# ([AWS: task networking on Fargate](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html))
#
# ## A network with two subnets
#
# Now Ferryline's VPC: a network of its own inside AWS, with the addresses that begin with 10.30. It gets two subnets, each
# with a route table, which says where packets for an address go. They differ in one line: the table of `public` has a
# route to an internet gateway, the VPC's door to the internet. **That route is all that makes a subnet public.**

# %% id="net-vpc"
def named(kind, name):
    """The tag that gives a new resource its name."""
    return [{"ResourceType": kind, "Tags": [{"Key": "Name", "Value": name}]}]


ecs.register_task_definition(**tickets, networkMode="awsvpc")
vpc = ec2.create_vpc(CidrBlock="10.30.0.0/16",
                     TagSpecifications=named("vpc", "ferryline"))["Vpc"]["VpcId"]
ec2.modify_vpc_attribute(VpcId=vpc,
                         EnableDnsHostnames={"Value": True})  # off in a new VPC; endpoints need it
gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
vpc

# %% id="net-subnets"
def make_subnet(name, cidr):
    """A subnet with a route table of its own: (subnet id, route table id)."""
    made = ec2.create_subnet(
        VpcId=vpc, CidrBlock=cidr, AvailabilityZone="us-east-1a",
        TagSpecifications=named("subnet", name)
    )["Subnet"]["SubnetId"]
    table = ec2.create_route_table(VpcId=vpc,
                                   TagSpecifications=named("route-table",
                                                           name))["RouteTable"]["RouteTableId"]
    ec2.associate_route_table(RouteTableId=table, SubnetId=made)
    return made, table


public, public_table = make_subnet("public", "10.30.0.0/24")
private, private_table = make_subnet("private", "10.30.1.0/24")
ec2.create_route(RouteTableId=public_table, DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway)
public, private

# %% [markdown] id="net-helpers-text"
# We shall start many tasks. So we write the steps down once: `start` runs a task in a subnet; `how_it_ended`
# waits until it runs or has stopped, then prints which, and why, in AWS's words.
#
# A *security group* is a firewall around an interface: it lists which connections may be opened from it and to it. Every
# task gets the group `tickets`: everything out (the default of a new group), nothing in.
# We begin in the public subnet, with a public address for the task, and look at the interface that it gets.

# %% id="net-start"
def make_group(name):
    """A security group in Ferryline's VPC: everything out, nothing in."""
    return ec2.create_security_group(GroupName=name, Description=f"Ferryline: {name}",
                                     VpcId=vpc)["GroupId"]


tickets_group = make_group("tickets")


def start(subnet, group=tickets_group, public_ip="DISABLED"):
    """Run one `tickets` task in a subnet; its ARN."""
    place = {"subnets": [subnet], "securityGroups": [group], "assignPublicIp": public_ip}
    network = {"awsvpcConfiguration": place}
    answer = ecs.run_task(
        cluster="ferryline", taskDefinition="tickets", launchType="FARGATE",
        networkConfiguration=network
    )
    return answer["tasks"][0]["taskArn"]


def how_it_ended(task):
    """Wait until a task runs or has stopped; print which, after how long, and AWS's reason."""
    try:
        ecs.get_waiter("tasks_running").wait(cluster="ferryline", tasks=[task])
    except WaiterError:
        pass  # it stopped and never ran: the reason says why
    found = ecs.describe_tasks(cluster="ferryline", tasks=[task])["tasks"][0]
    end = found.get("startedAt") or found["stoppedAt"]
    print(found["lastStatus"], "after", (end - found["createdAt"]).seconds, "seconds",
          found.get("stopCode", ""))
    if found.get("stoppedReason"):
        print(textwrap.fill(found["stoppedReason"], 100, break_on_hyphens=False))


def count():
    """Wait until the service is steady, then print its count and its tasks."""
    ecs.get_waiter("services_stable").wait(cluster="ferryline", services=["tickets"])
    found = ecs.describe_services(cluster="ferryline", services=["tickets"])["services"][0]
    print("wants", found["desiredCount"], "runs", found["runningCount"])
    for one in cloud.service("tickets", "ferryline").tasks:
        print(one.status, one.interface, one.private_ip, "public:", one.public_ip or "none",
              *one.security_groups)

# %% id="net-one-eni" rows=["F12"]
first = start(public, public_ip="ENABLED")
how_it_ended(first)
interfaces = ec2.describe_network_interfaces(Filters=[{"Name": "subnet-id",
                                                       "Values": [public]}])["NetworkInterfaces"]
for one in interfaces:
    print(one["NetworkInterfaceId"], "in", one["SubnetId"],
          [group["GroupName"] for group in one["Groups"]])
    print("private", one["PrivateIpAddress"], "public", one["Association"]["PublicIp"])

# %% [markdown] id="net-groups-text"
# One task, one interface: an address out of the subnet's block, and the security group that we gave to `run_task`.
# So a subnet must have a free address for each task.
#
# ## The security group is on the task
#
# Ferryline's database listens on port 5432, and its group lets in tasks of the group `tickets` alone.
# (An interface in the private subnet stands for the database.) We run a second task of the **same definition** in a group
# `reports`. Who reaches the database?

# %% id="net-two-groups" rows=["T01"]
def way(task, host, port=443):
    """The way that a connection from the task's interface takes, hop by hop."""
    return route(cloud.task(task).interface, host, port, cloud.region, cloud.account)


reports_group, database_group = make_group("reports"), make_group("database")
pair = {"GroupId": tickets_group}
rule = {"IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432, "UserIdGroupPairs": [pair]}
ec2.authorize_security_group_ingress(GroupId=database_group, IpPermissions=[rule])
database = ec2.create_network_interface(SubnetId=private, Groups=[database_group])["NetworkInterface"]
second = start(public, group=reports_group, public_ip="ENABLED")
how_it_ended(second)
for task in (first, second):
    for hop in way(task, database["PrivateIpAddress"], 5432).hops:
        if hop.kind == "security-group":
            print("passed   " if hop.ok else "ends here", hop.says)
    ecs.stop_task(cluster="ferryline", task=task, reason="shown enough")

# %% [markdown] id="net-two-groups-seen"
# Same definition, same subnet, two reaches. The group is on the *task's interface*, and it is chosen at `run_task`:
# nothing in a task definition names a security group.
#
# ## Being in a public subnet is not enough
#
# **Before you run the next cell, write down your guess.** The same public subnet, the same route to the internet gateway.
# Only `assignPublicIp` is now `DISABLED`, which is also what the API takes when you leave it out. Will the task start?

# %% id="net-no-address" rows=["M04", "T05"]
def watch(subnet, host):
    """Start a task, draw the way to a host while it tries to start, and print how it ended."""
    task = start(subnet)
    cloud.advance(seconds=30)
    display(views.topology(cloud, path=way(task, host)))
    how_it_ended(task)


ec2.delete_network_interface(NetworkInterfaceId=database["NetworkInterfaceId"])
ecr_api = "api.ecr.us-east-1.amazonaws.com"
watch(public, ecr_api)

# %% [markdown] id="net-no-address-seen"
# It will not. Read AWS's text from its end: `i/o timeout` means that **no answer came**. No permission was refused,
# nothing was missing. The picture shows the hop where it ended. The route is there, but an internet gateway
# carries only what has a public address. So a VPC by itself gives no task the internet, not even in a public subnet.
# (`sg-` is a security group, `rtb-` a route table, `igw-` the internet gateway. `acl-` is a firewall of the whole subnet, which
# lets everything pass unless you change it.)
# ([AWS: task networking on Fargate](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html))
#
# ## A private subnet
#
# Now the private subnet, whose route table knows only the VPC itself.

# %% id="net-private" rows=["T05", "F20"]
task = start(private)
how_it_ended(task)
views.timeline(cloud, task)

# %% [markdown] id="net-private-seen"
# The same words again. The text says *which* host did not answer, never *why*. And note how late it comes:
# nearly five minutes of PENDING. A deployment that hangs for minutes looks like this.
#
# ## The first way out: a NAT gateway
#
# A NAT gateway stands in a *public* subnet, has a public address, and lends it to others. The private subnet needs one
# route that leads to it. The task still has no public address, and nobody outside can open a connection to it.

# %% id="net-nat" rows=["P03", "T01", "F12", "T05"]
address = ec2.allocate_address(Domain="vpc")["AllocationId"]
nat = ec2.create_nat_gateway(
    SubnetId=public, AllocationId=address, TagSpecifications=named("natgateway", "ferryline")
)["NatGateway"]["NatGatewayId"]
ec2.get_waiter("nat_gateway_available").wait(NatGatewayIds=[nat])
ec2.create_route(RouteTableId=private_table, DestinationCidrBlock="0.0.0.0/0", NatGatewayId=nat)

place = {"subnets": [private], "securityGroups": [tickets_group], "assignPublicIp": "DISABLED"}
ecs.create_service(cluster="ferryline", serviceName="tickets", taskDefinition="tickets", desiredCount=2,
                   launchType="FARGATE", networkConfiguration={"awsvpcConfiguration": place})
count()
views.topology(cloud, path=way(cloud.service("tickets", "ferryline").tasks[0].arn, ecr_api))

# %% [markdown] id="net-nat-seen"
# This time it was a *service*, which keeps two tasks running. Each has an interface of its own. The group stands
# in the service's network configuration, so **the tasks of one service always share its groups**.
#
# Follow the green way. It leads to *every* host of the internet, and each gigabyte through the gateway is charged.
# ([AWS: NAT gateways](https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html))
# The payment firm wants less than that. Mara takes the gateway away again.

# %% id="net-nat-gone"
ecs.update_service(cluster="ferryline", service="tickets", desiredCount=0)
ec2.delete_route(RouteTableId=private_table, DestinationCidrBlock="0.0.0.0/0")
ec2.delete_nat_gateway(NatGatewayId=nat)
ec2.get_waiter("nat_gateway_deleted").wait(NatGatewayIds=[nat])
ec2.release_address(AllocationId=address)
count()

# %% [markdown] id="net-keys-text"
# ## The second way out: three keys to ECR
#
# A VPC *endpoint* is a door to one AWS service, inside your VPC. A pull from ECR needs **three keys: api, dkr, S3**.
# `ecr.api` gives a token to log in with, `ecr.dkr` is the registry with the manifest, the list of the image's parts. The parts
# themselves, its *layers*, lie in S3, AWS's store for files.
# ([AWS: ECR and VPC endpoints](https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html))
#
# We forge them one at a time. The first is an *interface endpoint*: an interface with a private address in your subnet.
# With *private DNS* the service's usual name leads there. **Write down your guess:** how far does the next task come?

# %% id="net-api" rows=["F20", "T05"]
def open_endpoint(service, **more):
    """An interface endpoint for an AWS service in the private subnet; its id."""
    made = ec2.create_vpc_endpoint(
        VpcEndpointType="Interface", VpcId=vpc, ServiceName=f"com.amazonaws.us-east-1.{service}",
        SubnetIds=[private], TagSpecifications=named("vpc-endpoint", service), **more,
    )
    return made["VpcEndpoint"]["VpcEndpointId"]


api = open_endpoint("ecr.api", PrivateDnsEnabled=True)
watch(private, ecr_api)

# %% [markdown] id="net-api-seen"
# No step further, it seems. But look at the address behind `dial tcp`. Before it was a public one; now it is
# one of ours. The name leads to the endpoint, so DNS is right, and the endpoint does not answer.
#
# An endpoint has a security group too. We named none, so it got the VPC's default group, which lets in only its own
# members. The endpoint's group must let **TCP 443 in from the tasks**. We name the tasks' group as the source.

# %% id="net-door" rows=["F20"]
door = make_group("endpoints")
rule = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443,
        "UserIdGroupPairs": [{"GroupId": tickets_group}]}
ec2.authorize_security_group_ingress(GroupId=door, IpPermissions=[rule])
default = ec2.describe_vpc_endpoints(VpcEndpointIds=[api])["VpcEndpoints"][0]["Groups"][0]["GroupId"]
ec2.modify_vpc_endpoint(VpcEndpointId=api, AddSecurityGroupIds=[door], RemoveSecurityGroupIds=[default])
how_it_ended(start(private))

# %% [markdown] id="net-dkr-text"
# Progress: another error, `CannotPullContainerError`. The token is there; now the *registry* does not answer.
#
# The second key is the endpoint for `ecr.dkr`, with the right group. But one switch is wrong: private DNS is off. So nobody
# is told of the endpoint: the registry's name still leads to a public address (see `dial tcp`). Then we switch it on.
# (It needs both `enableDnsSupport` and `enableDnsHostnames` on the VPC.
# [AWS: interface endpoints](https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html))

# %% id="net-dkr" rows=["F20"]
dkr = open_endpoint("ecr.dkr", PrivateDnsEnabled=False, SecurityGroupIds=[door])
how_it_ended(start(private))

# %% id="net-dns" rows=["F20"]
ec2.modify_vpc_endpoint(VpcEndpointId=dkr, PrivateDnsEnabled=True)
how_it_ended(start(private))

# %% [markdown] id="net-s3-text"
# Token and manifest have come. The layers lie in S3, in a bucket of AWS's: look at the host in the last lines.
#
# For S3 we take a *gateway endpoint*. It has no interface and no security group. It is a **route**, and it works
# only in the route tables that you name. Mara, at the end of a long day, names the wrong one. Then we move it.
# ([AWS: gateway endpoints](https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html))

# %% id="net-s3" rows=["F20", "T05"]
s3 = ec2.create_vpc_endpoint(
    VpcEndpointType="Gateway", VpcId=vpc, ServiceName="com.amazonaws.us-east-1.s3",
    RouteTableIds=[public_table], TagSpecifications=named("vpc-endpoint", "s3"),
)["VpcEndpoint"]["VpcEndpointId"]
watch(private, "prod-us-east-1-starport-layer-bucket.s3.us-east-1.amazonaws.com")

# %% id="net-s3-moved" rows=["F20"]
ec2.modify_vpc_endpoint(VpcEndpointId=s3, AddRouteTableIds=[private_table],
                        RemoveRouteTableIds=[public_table])
how_it_ended(start(private))

# %% [markdown] id="net-logs-text"
# The path ended at the private subnet's own route table. With the route there, the image comes, and the task still
# dies. This text misleads: the task *cannot find the log group*, it says, but the group exists. The second sentence is
# the true one: a connection issue.
#
# Our container uses the `awslogs` driver, so it needs a fourth door. One that reads secrets at start-up would need
# `secretsmanager` or `ssm` as well. Fargate needs no endpoint for `ecs`.
# We open the fourth, and give the service its count back.

# %% id="net-keys" rows=["N05", "F20", "T05", "P03"]
open_endpoint("logs", PrivateDnsEnabled=True, SecurityGroupIds=[door])
task = start(private)
how_it_ended(task)
ecs.update_service(cluster="ferryline", service="tickets", desiredCount=2)
count()
views.topology(cloud, interface=cloud.task(task).interface)

# %% [markdown] id="net-cost-text"
# **Three keys to ECR: api, dkr, S3.** All three are lit. The private route table leads to S3 (`pl-` is the list of its addresses), and
# nowhere else outside the VPC. And the service has its two tasks again, with no NAT gateway and no public address.
#
# ## What the two ways cost
#
# Both ways start the same service. A month of each, in two zones: Ferryline starts 3,000 tasks a month, pulls 180 MiB for
# each, and writes 20 GB of logs. Two NAT gateways, or three interface endpoints in two zones each?

# %% id="net-cost" rows=["P03"]
from simcloud.price.price import price
from simcloud.price.usage import EndpointUsage, NatUsage

MONTH = 730 * 3600  # seconds
pulled, written = 3_000 * 180 // 1024, 20  # GB
with_nat = price([NatUsage(MONTH, pulled), NatUsage(MONTH, written)])
doors = [EndpointUsage(service, MONTH, zones=2) for service in ("ecr.api", "ecr.dkr")]
doors += [EndpointUsage("logs", MONTH, 2, written),
          EndpointUsage("s3", MONTH, gigabytes=pulled, gateway=True)]
display(views.bill(with_nat, "A month of NAT"), views.bill(price(doors), "A month of endpoints"))

# %% [markdown] id="net-cost-seen"
# The layers make the difference: through NAT each gigabyte is charged, through the S3 gateway endpoint none is.
# But each further interface endpoint costs its hours in every zone, so a long list of them can cost more than NAT.
# Who keeps NAT still wants the S3 gateway endpoint: it takes the layers off the bill.
# (us-east-1; [VPC prices](https://aws.amazon.com/vpc/pricing/), [PrivateLink prices](https://aws.amazon.com/privatelink/pricing/))
#
# ## Try it yourself
#
# Build a network with the switches. There are three quite different ways to start the task. Find them all.

# %% id="net-explore" rows=["F20", "T05"]
views.try_network()

# %% [markdown] id="net-exam" rests=["https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html says 443", "F20", "T05", "M04", "T01", "P03", "F12", "FG331"]
# ## Exam notes (SAA-C03, SAP-C02 and DOP-C02)
#
# - **No way out.** *Asked as:* "after the move to private subnets tasks stop with ResourceInitializationError". *Decides:*
#   a time-out is the network, AccessDenied is a role. NAT, or `ecr.api` + `ecr.dkr` + S3, plus logs and secrets where used.
# - **No public address.** *Asked as:* "the subnet has a route to an internet gateway". *Decides:* `assignPublicIp`.
# - **S3 forgotten.** *Asked as:* "both ECR endpoints exist". *Decides:* layers come from S3, by the tasks' own route table.
# - **Closed endpoint.** *Asked as:* "the endpoints exist, all in one VPC". *Decides:* TCP 443 into the endpoint's group; private DNS.
# - **Whose security group?** *Asked as:* "open the port on the host". *Decides:* it is on the task; other rules, another service.
# - **Private and cheap.** *Asked as:* "must not cross the internet, at least cost". *Decides:* endpoints, with S3 as a gateway.
# - **Old texts** leave `ecr.api` out. That was so before platform version 1.4.0, and older ones can no longer be started.
#
# **Four questions.** Choose, press *Answer*, and read why each option is right or wrong.

# %% id="net-questions"
from autograder.exam.question import question

question("one-definition-two-reaches")

# %% id="net-question-address"
question("public-subnet-without-address")

# %% id="net-question-keys"
question("three-keys-to-ecr")

# %% id="net-question-door"
question("endpoint-closed-to-the-new-group")

# %% [markdown] id="net-real"
# ## On a real account
#
# VPC Reachability Analyzer answers there what `way` answers here. The four doors with the AWS CLI, then as CloudFormation:
#
# ```bash
# for service in ecr.api ecr.dkr logs; do
#   aws ec2 create-vpc-endpoint --vpc-endpoint-type Interface --service-name com.amazonaws.us-east-1.$service \
#     --vpc-id $VPC --subnet-ids $PRIVATE_A $PRIVATE_B --security-group-ids $DOOR --private-dns-enabled
# done
# aws ec2 create-vpc-endpoint --vpc-endpoint-type Gateway --service-name com.amazonaws.us-east-1.s3 \
#   --vpc-id $VPC --route-table-ids $PRIVATE_TABLE
# ```
#
# ```yaml
# Door:
#   Type: AWS::EC2::SecurityGroup
#   Properties:
#     GroupDescription: HTTPS from the tasks to the endpoints
#     VpcId: !Ref Vpc
#     SecurityGroupIngress:
#       - {IpProtocol: tcp, FromPort: 443, ToPort: 443, SourceSecurityGroupId: !Ref TicketsGroup}
# EcrApi:  # the same again for ecr.dkr and logs
#   Type: AWS::EC2::VPCEndpoint
#   Properties:
#     VpcEndpointType: Interface
#     ServiceName: !Sub com.amazonaws.${AWS::Region}.ecr.api
#     VpcId: !Ref Vpc
#     SubnetIds: [!Ref PrivateA, !Ref PrivateB]
#     SecurityGroupIds: [!Ref Door]
#     PrivateDnsEnabled: true
# S3:
#   Type: AWS::EC2::VPCEndpoint
#   Properties:
#     VpcEndpointType: Gateway
#     ServiceName: !Sub com.amazonaws.${AWS::Region}.s3
#     VpcId: !Ref Vpc
#     RouteTableIds: [!Ref PrivateTable]
# ```

# %% [markdown] id="net-real-cost"
# **It would cost** about 3 cents an hour for three endpoints in one zone, 5 cents for a NAT gateway with its address, and
# 1.2 cents for each task of this size (us-east-1). A forgotten NAT gateway costs more than the task that it served.
#
# **Clean up** in this order: the service (count 0, then delete), the endpoints (`aws ec2 delete-vpc-endpoints`), the NAT
# gateway, then its address, the security groups, the subnets, the VPC.
#
# **The simulator leaves out** the minutes until an endpoint or a NAT gateway is available, IPv6, VPC peering, and real
# traffic. How long a task tries before it gives up was measured once, and AWS promises nothing: build nothing on 289 seconds.

# %% [markdown] id="net-answer"
# ## So what does a subnet have to offer a task?
#
# A free address, and **a way out that ends at the right doors**: ECR's API, its registry, S3, and the logs. Its route table
# decides. To an internet gateway, if the task has a public address; to a NAT gateway; or to no gateway at all, with endpoints.
# And two security groups must agree: the task's lets 443 out, the endpoint's lets it in.
#
# In the lab all this is broken, and the ticket is yours.
#
# <!-- go on -->
#
# **Practise:** lab [03 · Private pull](../labs/03-private-pull/03-private-pull.ipynb). **Go on:** lesson [04 · Two roles](04-two-roles.ipynb).
#
# <!-- end of go on -->
