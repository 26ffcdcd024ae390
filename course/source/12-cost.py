# %% [markdown] id="cost-title"
# # 12 · Cost
#
# **The bill says 1,090 dollars a month. Which of them did nobody need?**
#
# After this lesson you can
#
# - read a bill by product and by tag, and say what each line is for,
# - name the levers in the order in which they pay: size, processor, Spot, commitment, network,
# - find the commitment at which a Savings Plan stops saving.
#
# About 50 minutes. You need lessons [01](01-what-fargate-is.ipynb) and [07](07-services.ipynb).

# %% [markdown] id="cost-story"
# Another month is over. The bill is larger than the server in the cupboard cost in a year. Mara does not want to hear
# "the cloud is expensive". She wants to know what each line buys, and which lines buy nothing.

# %% id="cost-open"
import json
from decimal import Decimal

import boto3

from simcloud import Cloud, views
from simcloud.cloud.usage import usage_of
from simcloud.price import breakdown
from simcloud.price.price import price

cloud = Cloud(seed=12).open()
ecs, ec2, iam = (boto3.client(name) for name in ("ecs", "ec2", "iam"))
ecs.create_cluster(clusterName="ferryline", capacityProviders=["FARGATE", "FARGATE_SPOT"])
vpc = ec2.create_vpc(CidrBlock="10.12.0.0/16")["Vpc"]["VpcId"]
ec2.modify_vpc_attribute(VpcId=vpc, EnableDnsHostnames={"Value": True})
gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)


def make_subnet(number, **way):
    """A subnet in zone a whose route table sends everything that is not local one way; its id."""
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.12.{number}.0/24",
                               AvailabilityZone="us-east-1a")["Subnet"]["SubnetId"]
    table = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
    ec2.associate_route_table(RouteTableId=table, SubnetId=subnet)
    ec2.create_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", **way)
    return subnet


public = make_subnet(0, GatewayId=gateway)
address = ec2.allocate_address(Domain="vpc")["AllocationId"]
nat = ec2.create_nat_gateway(SubnetId=public, AllocationId=address)["NatGateway"]["NatGatewayId"]
ec2.get_waiter("nat_gateway_available").wait(NatGatewayIds=[nat])
private = make_subnet(1, NatGatewayId=nat)
trust = {"Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"},
         "Action": "sts:AssumeRole"}
role = iam.create_role(RoleName="execution",
                       AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17",
                                                            "Statement": [trust]}))["Role"]["Arn"]
managed = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
iam.attach_role_policy(RoleName="execution", PolicyArn=managed)
public, private

# %% [markdown] id="cost-services-text"
# ## Three services and a week
#
# `tickets` has ten tasks of 2 vCPU, "to be safe". `crew` is an internal page that nobody opens at night. `maps` draws harbour maps all
# day. Each is *tagged* with the team that owns it, and the tag is handed on to its tasks (`propagateTags`): without that, a
# bill cannot be divided by team.

# %% id="cost-services" rows=["F21"]
def serve(name, team, count, cpu, memory, size_mib=150, **behaviour):
    """A tagged service of this size."""
    image = cloud.push_image(name, size_mib=size_mib, ports=[8080], architectures=("X86_64", "ARM64"),
                             **behaviour)
    ecs.register_task_definition(
        family=name, requiresCompatibilities=["FARGATE"], networkMode="awsvpc", cpu=cpu, memory=memory,
        executionRoleArn=role,
        containerDefinitions=[{"name": "app", "image": image}])
    ecs.create_service(
        cluster="ferryline", serviceName=name, taskDefinition=name, desiredCount=count,
        launchType="FARGATE",
        tags=[{"key": "team", "value": team}], propagateTags="SERVICE",
        networkConfiguration={"awsvpcConfiguration": {"subnets": [private]}})


serve("tickets", "sales", 10, "2048", "8192")
serve("crew", "ships", 2, "512", "1024")
serve("maps", "harbour", 4, "1024", "4096", size_mib=900)
cloud.advance(minutes=5)
cloud.load("tickets", daily=(20, 300), cluster="ferryline")
cloud.advance(days=7)
since, until = repr(cloud.world.now - 7 * 86400), repr(cloud.world.now)
week = price(usage_of(cloud.world), since=since, until=until)
views.bill(week, "One week")

# %% [markdown] id="cost-week-seen"
# A month of such weeks is the 1,090 dollars from the top. For tasks there are two lines, **vCPU-seconds and GB-seconds**, from the pull of the image to the end of the task. And there is the network:
# the NAT gateway costs by the hour, used or not.
#
# By the team that owns it (the network and the images have no tag), and by product, as AWS's bill names it: the tasks are *Elastic Container Service*, the
# NAT gateway *EC2 - Other*, its address *Virtual Private Cloud*. The week begins and ends in the middle of a day.

# %% id="cost-by" rows=["F21"]
used = usage_of(cloud.world)
views.compared(breakdown.by(used, breakdown.tag("team"), since=since, until=until), "By team")

# %% id="cost-days" rows=["F21"]
views.cost(cloud, "product", days=7)

# %% [markdown] id="cost-idle-text"
# ## Idle and busy cost the same
#
# `crew` did nothing all week. `tickets` worked hardest at noon. **Guess:** was a day's noon dearer than its night?

# %% id="cost-idle" rows=["F21"]
tickets = [one for one in used if getattr(one, "owner", None) and one.owner.service == "tickets"]
start = cloud.world.now - 86400
for hour in (3, 14):
    begin = start + hour * 3600
    print(f"{hour:02d}:00", f"${price(tickets, since=repr(begin), until=repr(begin + 3600)).cost:.4f}")

# %% [markdown] id="cost-idle-seen"
# To the last digit the same. **You pay for what you ask for, not for what you use.** So the first question is always: how much was asked
# for, and how much was needed?
#
# ## Lever 1: the size
#
# CloudWatch knows how busy the tasks were.

# %% id="cost-busy" rows=["T10"]
watch = boto3.client("cloudwatch")
for metric in ("CPUUtilization", "MemoryUtilization"):
    points = watch.get_metric_statistics(
        Namespace="AWS/ECS", MetricName=metric, Statistics=["Average", "Maximum"], Period=86400,
        StartTime=cloud.world.now - 86400, EndTime=cloud.world.now,
        Dimensions=[{"Name": "ClusterName", "Value": "ferryline"},
                    {"Name": "ServiceName", "Value": "tickets"}])["Datapoints"]
    print(metric, *(f"average {one['Average']:.1f} %, most {one['Maximum']:.1f} %"
                    for one in points[:1]))

# %% [markdown] id="cost-busy-seen"
# At the busiest hour a seventh of the CPU is used, and less of the memory. **Guess** the cheapest size at which nobody would notice (answers
# within half a second, none missing, memory below 90 %), with ten tasks as before. Then let the day be lived through again with it, in a copy.

# %% id="cost-right" rows=["T10", "F21"]
from simcloud.choose import rightsizing

now = rightsizing.judged(cloud, "tickets", "ferryline")
cpu, memory, cheapest = rightsizing.best(cloud, "tickets", "ferryline")
print(f"now  cpu 2048, memory 8192: ${now.bill.total} a month, latency at worst {now.latency:.3f} s")
print(f"best cpu {cpu}, memory {memory}: ${cheapest:.2f} a month")

with cloud.copy() as future:
    described = ecs.describe_task_definition(taskDefinition="tickets")["taskDefinition"]
    ecs.register_task_definition(family="tickets", requiresCompatibilities=["FARGATE"],
                                 networkMode="awsvpc", cpu=str(cpu), memory=str(memory),
                                 executionRoleArn=role,
                                 containerDefinitions=described["containerDefinitions"])
    ecs.update_service(cluster="ferryline", service="tickets", taskDefinition="tickets")
    future.advance(minutes=30)
    smaller = rightsizing.judged(future, "tickets", "ferryline")
print(f"lived through: ${smaller.bill.total} a month, latency at worst {smaller.latency:.3f} s,",
      f"misses: {smaller.misses or 'none'}")

# %% [markdown] id="cost-right-seen"
# That one change is worth more than all the others on this page together. It costs nothing, needs no commitment, and can be taken back.
# **Right-sizing is the first lever.** Only then is it worth asking how to pay for the rest.
#
# ## Levers 2 and 3: processor and Spot
#
# A past week can be priced anew with other choices. ARM64 costs a fifth less, and Spot up to 70 %. Here for `maps` alone, whose image is
# built for both, and which can be interrupted; the picture below it prices the whole week.

# %% id="cost-what-if" rows=["F07"]
from simcloud.price.choices import Choices
from simcloud.price.whatif import what_if

maps = [one for one in used if getattr(one, "owner", None) and one.owner.service == "maps"]
for choices in (Choices(architecture="ARM64"), Choices(spot_share=Decimal(1)),
                Choices(architecture="ARM64", spot_share=Decimal("0.5"))):
    found = what_if(maps, choices, since=since, until=until)
    print(f"{choices.spoken:<60} ${found.before.total} -> ${found.after.total}")

# %% id="cost-waterfall" rows=["F07", "F21"]
views.waterfall(what_if(used, Choices(architecture="ARM64", spot_share=Decimal("0.4")), since=since,
                        until=until), "The week, on ARM64 with 40 % Spot")

# %% [markdown] id="cost-plan-text"
# ## Lever 4: a commitment
#
# A **Compute Savings Plan** is a promise: so many dollars an hour, for one or three years, used or not. In return Fargate, EC2 and Lambda
# cost less, up to 50 %. It covers vCPU and memory of tasks in any size, processor and region. It does *not* cover Spot, storage or the
# network. *Reserved Instances*, the older promise for EC2 machines, do not cover Fargate at all.
#
# **Write down your guess:** the tasks cost some dollars an hour. Should Mara commit to all of it? (One year, nothing paid
# ahead: a fifth off. *Utilisation* is how much of the promise is used, *coverage* how much of the tasks it pays for.)

# %% id="cost-plan" rows=["T08"]
from simcloud.price.planned import break_even, planned
from simcloud.price.plan import SavingsPlan

hour = price(used, since=since, until=until).of("Fargate").cost / (7 * 24)
print(f"tasks on demand: ${hour:.3f} an hour")
for commitment in ("0.20", "0.40", "0.80", "1.60"):
    result = planned(used, SavingsPlan(Decimal(commitment)), since, until)
    print(f"commit ${commitment}: utilisation {result.utilisation:>4.0%}, coverage {result.coverage:>4.0%},",
          f"saves ${result.saved:>7.2f} in the week")
found = break_even(used, since, until)
print(f"best ${found.best} an hour; from ${found.most} on it costs more than it saves")

# %% [markdown] id="cost-plan-seen"
# A commitment is paid *after* the discount: to cover all, it must be smaller than what you pay now. Beyond the best one each further cent
# buys nothing; at the break-even all that was saved is gone again. And first right-size: who commits to 2 vCPU pays for 2 vCPU, for
# years. ([AWS: Savings Plans](https://docs.aws.amazon.com/savingsplans/latest/userguide/what-is-savings-plans.html))
#
# ## Lever 5: the network's share
#
# `maps` pulls 900 MiB for every start, through the NAT gateway. Lesson 03 built the other way. The same week with endpoints in its
# place:

# %% id="cost-network" rows=["P03", "T08"]
endpoints = what_if(used, Choices(endpoints=("ecr.api", "ecr.dkr", "logs")), since=since, until=until)
print(f"${endpoints.before.total} -> ${endpoints.after.total}")
for one in endpoints.differences:
    print(" ", one)

# %% [markdown] id="cost-network-seen"
# In one zone three endpoints cost less than a NAT gateway; with more services, or more zones that share one gateway, it turns around.
# (Nothing was pulled in this week, so only hours differ. Each start would add its 900 MiB on the gateway.) Count, do not believe.
#
# ## Try it yourself
#
# `tickets` again, for a month. One choice at a time: which saves most, and which of them can be taken back tomorrow?

# %% id="cost-try" rows=["F21", "F07", "T08", "T10"]
views.try_bill([one for one in used if getattr(one, "owner", None) and one.owner.service == "tickets"])

# %% [markdown] id="cost-exam" rests=["F21", "T10", "T08", "F04", "F07", "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-using-tags.html"]
# ## Exam notes (CLF-C02, SAA-C03 and SAP-C02)
#
# - **What is billed?** *Asked as:* "the tasks are idle at night". *Decides:* the size asked for, by the second, whether used or not.
# - **First lever.** *Asked as:* "CPU utilisation is 12 %". *Decides:* a smaller task size, before any discount.
# - **Steady for years.** *Asked as:* "Fargate and Lambda and some EC2, for three years". *Decides:* Compute Savings Plan. Not Reserved Instances.
# - **Interruptible.** *Asked as:* "batch, lowest cost". *Decides:* Spot. A Savings Plan does not apply to it.
# - **Without new code.** *Asked as:* "images can be built for both processors". *Decides:* ARM64, about a fifth less.
# - **Whose cost?** *Asked as:* "cost by team". *Decides:* tags, propagated to the tasks, and activated as cost allocation tags.
#
# **Four questions.** Choose, press *Answer*, and read why each option is right or wrong.

# %% id="cost-question-first"
from autograder.exam.question import question

question("twelve-percent-of-the-cpu")

# %% id="cost-question-plan"
question("three-years-of-mixed-compute")

# %% id="cost-question-idle"
question("night-on-the-bill")

# %% id="cost-question-team"
question("cost-by-team")

# %% [markdown] id="cost-real"
# ## On a real account
#
# Cost Explorer answers there what `views.cost` answers here, a day late. AWS Compute Optimizer recommends sizes for Fargate services.
#
# ```bash
# aws ce get-cost-and-usage --time-period Start=2026-11-01,End=2026-11-08 --granularity DAILY --metrics UnblendedCost \
#   --group-by Type=TAG,Key=team
# aws compute-optimizer get-ecs-service-recommendations
# ```
#
# ```yaml
# Tickets:
#   Type: AWS::ECS::Service
#   Properties:
#     Tags: [{Key: team, Value: sales}]
#     PropagateTags: SERVICE
#     EnableECSManagedTags: true
# ```
#
# **It would cost** nothing to look. Deleting what nobody needs is the only clean-up on this page.
#
# **The simulator leaves out** data that your program sends, the free tier, taxes, and prices outside us-east-1. Spot and Savings Plans are
# billed at the published maximum, or at the rates that were read, and say so.

# %% [markdown] id="cost-answer"
# ## So which of them did nobody need?
#
# Most of those for `tickets`: six of seven vCPU were never used. The rest is a matter of price: the processor, Spot where nobody waits, a
# commitment to what is left and steady, and a look at what stands beside the tasks. In that order.
#
# <!-- go on -->
#
# **Practise:** lab [12 · Halve the bill](../labs/12-halve-the-bill/12-halve-the-bill.ipynb). **Go on:** lesson [13 · Logs, metrics, traces](13-watching.ipynb).
#
# <!-- end of go on -->
