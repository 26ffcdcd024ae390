# %% [markdown] id="arc-title"
# # 17 · Putting it together
#
# **Four options, all of which work. How does an exam decide, and how do you?**
#
# After this lesson you can
#
# - read a brief for the words that decide, and leave the rest,
# - strike out options by rule before you compare any prices,
# - defend a design by what happens in it, not by its reputation.
#
# About 60 minutes. You need most of the lessons before; each case names them.

# %% [markdown] id="arc-story"
# Ferryline has bought the Northern Line, four ships and a data centre in a cellar. The board has invited a reviewer, who puts four cases on
# the table. "I do not want to hear *best practice*," she says. "I want to hear *because*."

# %% [markdown] id="arc-method"
# ## The method
#
# 1. **Underline** what is asked for (*lowest cost*, *least effort*, *must*, *must not*) and the one hard fact (a size, a time, a port).
# 2. **Strike out** what a rule refuses. AWS's own words are the proof.
# 3. **Measure** what remains: a bill, a number of lost requests, a time.
# 4. **Decide** by the words you underlined, not by the ones you like.
#
# Options in an exam are rarely nonsense. Three of four would do in *some* brief. Yours is another one.

# %% id="arc-open"
import json
from decimal import Decimal

import boto3
from botocore.exceptions import ClientError

from simcloud import Cloud, views
from simcloud.choose import compute, kubernetes
from simcloud.choose.workload import Workload
from simcloud.price.price import price
from simcloud.price.usage import EndpointUsage, NatUsage

cloud = Cloud(seed=17).open()
ecs, ec2, elb, iam, watch = (boto3.client(name)
                             for name in ("ecs", "ec2", "elbv2", "iam", "cloudwatch"))
ecs.create_cluster(clusterName="ferryline",
                   capacityProviders=["FARGATE", "FARGATE_SPOT"])["cluster"]["status"]

# %% [markdown] id="arc-one"
# ## Case 1: four workloads, one platform?
#
# > The Northern Line brings: (a) a *route planner* whose manifests and Helm charts the team wants to **keep unchanged**; (b) a *fog camera* that
# > recognises ships and needs a **GPU**; (c) a *seat map*, a web API of 512 MB, busy for six hours a day, for which **nobody wants to look
# > after servers**; (d) *invoices*, three hours each night, that can be **interrupted** and started again. Where does each one run, at the
# > lowest cost?
#
# **Write down four answers**, and beside each the *word* that decided it.

# %% id="arc-workloads" rows=["F24", "T06", "T03", "M01"]
northern = [
    Workload("route planner", cpu=512, memory=1024, count=4, kubernetes=True),
    Workload("fog camera", cpu=3072, memory=12288, gpus=1),
    Workload("seat map", cpu=256, memory=512, count=6, average=Decimal(2)),
    Workload("invoices", cpu=1024, memory=4096, count=8, hours_a_day=Decimal(3), interruptible=True),
]
for work in northern:
    verdict = compute.choose(work)
    print(f"{work.name}: {verdict.chosen}")
    for reason in verdict.decided_by[:2]:
        print("   ", reason)

# %% [markdown] id="arc-workloads-seen"
# (a) *unchanged manifests* means EKS, whatever ECS would cost; on nodes or on Fargate is then a matter of price. (b) *GPU* rules Fargate out in ECS and in EKS. (c) and (d) are left to the price,
# and (d) has the word that opens Spot.
#
# Jon: "Then everything into one EKS cluster, that is tidier." Is it? The two that need Kubernetes and a GPU have to be there. What of the
# others? A month of each way for the cluster's pods, if the web API moved in as well:

# %% id="arc-mixed" rows=["P02", "M02"]
def deployment(name, replicas, cpu, memory, **limits):
    """A manifest of so many pods."""
    requests = {"cpu": cpu, "memory": memory}
    container = {"name": name, "image": f"{name}:1",
                 "resources": {"requests": requests, "limits": {**requests, **limits}}}
    return {"apiVersion": "apps/v1", "kind": "Deployment",
            "metadata": {"name": name, "namespace": "northern"},
            "spec": {"replicas": replicas, "selector": {"matchLabels": {"app": name}},
                     "template": {"metadata": {"labels": {"app": name}},
                                  "spec": {"containers": [container]}}}}


manifests = [deployment("route-planner", 4, "500m", "1Gi"),
             deployment("fog-camera", 1, "3", "12Gi", **{"nvidia.com/gpu": 1}),
             deployment("seat-map", 6, "250m", "512Mi")]
for way in kubernetes.compare(kubernetes.read(manifests), node="g4dn.xlarge"):
    print(f"{way.name:<14} nodes {way.nodes}  ${way.bill.total:>8} a month ",
          "" if way.whole else f"leaves out {len(way.left_out)}")

# %% [markdown] id="arc-mixed-seen"
# "Fargate alone" leaves out the camera. So nodes must be there, and then their room is paid for. What is cheapest depends on what
# has to be there *anyway*. The brief for the seat map said something else, though: nobody wants to look after servers. With that word
# underlined it stays on Fargate.
#
# ## Case 2: private, and at the lowest cost
#
# > A service of Ferryline runs in **private subnets in two zones**. It pulls 40 GB of images from ECR a month and writes 10 GB of logs. Security demands that
# > this traffic **does not cross the internet**. Which design meets that **at the lowest cost**?
# >
# > A. A NAT gateway in each zone · B. Interface endpoints for `ecr.api`, `ecr.dkr` and `logs`, and a gateway endpoint for S3 · C. Public
# > subnets with public IPs · D. Interface endpoints for `ecr.api`, `ecr.dkr` and `logs`

# %% id="arc-private-price" rows=["P03", "F20"]
MONTH = 730 * 3600
nat = price([NatUsage(MONTH, Decimal(25)), NatUsage(MONTH, Decimal(25))])
endpoints = price([EndpointUsage(service, MONTH, zones=2, gigabytes=Decimal(size))
                   for service, size in (("ecr.api", 0), ("ecr.dkr", 1), ("logs", 10))])
print(f"A: ${nat.total}   B: ${endpoints.total}")

# %% [markdown] id="arc-private-seen"
# A costs more, and its traffic leaves through a public address; C is public. Both are struck out by *does not cross the internet*. B and
# D are left, and D is the cheaper one by nothing: a gateway endpoint is free. **Guess** what D does. Then we build it.

# %% id="arc-private" rows=["F20", "T05", "N05"]
vpc = ec2.create_vpc(CidrBlock="10.20.0.0/16")["Vpc"]["VpcId"]
ec2.modify_vpc_attribute(VpcId=vpc, EnableDnsHostnames={"Value": True})
private = [ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.20.{number}.0/24",
                             AvailabilityZone=f"us-east-1{zone}")["Subnet"]["SubnetId"]
           for number, zone in enumerate("ab")]
table = ec2.describe_route_tables(Filters=[{"Name": "vpc-id",
                                            "Values": [vpc]}])["RouteTables"][0]["RouteTableId"]
door = ec2.create_security_group(GroupName="endpoints", Description="endpoints", VpcId=vpc)["GroupId"]
own = ec2.create_security_group(GroupName="tasks", Description="tasks", VpcId=vpc)["GroupId"]
ec2.authorize_security_group_ingress(GroupId=door, IpPermissions=[
    {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "UserIdGroupPairs": [{"GroupId": own}]}])
for service in ("ecr.api", "ecr.dkr", "logs"):
    ec2.create_vpc_endpoint(VpcId=vpc, ServiceName=f"com.amazonaws.us-east-1.{service}",
                            VpcEndpointType="Interface", SubnetIds=private,
                            SecurityGroupIds=[door], PrivateDnsEnabled=True)
trust = {"Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"},
         "Action": "sts:AssumeRole"}
by_tasks = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
iam.create_role(RoleName="execution", AssumeRolePolicyDocument=by_tasks)
managed = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
iam.attach_role_policy(RoleName="execution", PolicyArn=managed)
execution = f"arn:aws:iam::{cloud.account}:role/execution"


def define(family, **behaviour):
    """Register a definition whose image behaves as told; its ARN."""
    container = {"name": "web", "image": cloud.push_image(family, ports=[8080], **behaviour),
                 "portMappings": [{"containerPort": 8080}]}
    made = ecs.register_task_definition(family=family, requiresCompatibilities=["FARGATE"],
                                        networkMode="awsvpc", cpu="256", memory="512",
                                        executionRoleArn=execution, containerDefinitions=[container])
    return made["taskDefinition"]["taskDefinitionArn"]


define("seat-map")


def try_it():
    """Run one task there and say how it ends."""
    where = {"awsvpcConfiguration": {"subnets": private, "securityGroups": [own]}}
    task = ecs.run_task(cluster="ferryline", taskDefinition="seat-map", launchType="FARGATE",
                        networkConfiguration=where)["tasks"][0]["taskArn"]
    cloud.advance(minutes=20)
    found = cloud.task(task)
    return f"{found.status} {found.stopped_reason[:130]}"


print("D:", try_it())
ec2.create_vpc_endpoint(VpcId=vpc, ServiceName="com.amazonaws.us-east-1.s3", VpcEndpointType="Gateway",
                        RouteTableIds=[table])
print("B:", try_it())

# %% [markdown] id="arc-private-why"
# D is the trap: it looks complete. The image's *layers* lie in S3. **Three keys to ECR: api, dkr, S3.** B it is, because it is the cheapest
# that starts.
#
# ## Case 3: a release that must hurt nobody
#
# > Ferryline's API has 60 requests a second. A faulty release must reach **at most a tenth** of the customers and be **taken back without
# > an operator**. The team wants the **least** new machinery.
# >
# > A. Rolling deployment with circuit breaker and rollback · B. Rolling with a CloudWatch alarm and rollback · C. ECS's own canary deployment
# > with a CloudWatch alarm and rollback · D. Two clusters and a weighted DNS record
#
# The faulty release is *healthy*: it starts, answers its health check, and fails half of what it is asked. **Guess** for each how many
# requests fail.

# %% id="arc-release-open" rows=["P09"]
default = sorted(ec2.describe_subnets(Filters=[{"Name": "default-for-az",
                                                "Values": ["true"]}])["Subnets"],
                 key=lambda each: each["AvailabilityZone"])[:2]
home, places = default[0]["VpcId"], [each["SubnetId"] for each in default]


def balanced(name):
    """A load balancer with two target groups and a rule between them."""
    groups = [elb.create_target_group(Name=f"{name}-{color}", Protocol="HTTP", Port=8080, VpcId=home,
                                      TargetType="ip", HealthCheckIntervalSeconds=10,
                                      HealthCheckTimeoutSeconds=5)["TargetGroups"][0]["TargetGroupArn"]
              for color in ("blue", "green")]
    made = elb.create_load_balancer(Name=name, Subnets=places)["LoadBalancers"][0]["LoadBalancerArn"]
    action = [{"Type": "forward", "ForwardConfig": {"TargetGroups": [
        {"TargetGroupArn": arn, "Weight": weight} for arn, weight in zip(groups, (100, 0))]}}]
    listener = elb.create_listener(LoadBalancerArn=made, Protocol="HTTP", Port=80,
                                   DefaultActions=action)["Listeners"][0]["ListenerArn"]
    rule = elb.create_rule(ListenerArn=listener, Priority=1, Actions=action,
                           Conditions=[{"Field": "path-pattern",
                                        "Values": ["/*"]}])["Rules"][0]["RuleArn"]
    watch.put_metric_alarm(
        AlarmName=f"{name}-errors", Namespace="AWS/ApplicationELB",
        MetricName="HTTPCode_Target_5XX_Count", Statistic="Sum", Period=60,
        EvaluationPeriods=2, DatapointsToAlarm=2, Threshold=20,
        ComparisonOperator="GreaterThanThreshold", TreatMissingData="notBreaching",
        Dimensions=[{"Name": "LoadBalancer", "Value": made.partition("loadbalancer/")[2]}])
    return groups, rule


by_ecs = trust | {"Principal": {"Service": "ecs.amazonaws.com"}}
by_ecs = json.dumps({"Version": "2012-10-17", "Statement": [by_ecs]})
iam.create_role(RoleName="shifting", AssumeRolePolicyDocument=by_ecs)
shifts = "arn:aws:iam::aws:policy/AmazonECSInfrastructureRolePolicyForLoadBalancers"
iam.attach_role_policy(RoleName="shifting", PolicyArn=shifts)
right, faulty = define("api"), define("api-next", error_share=0.5)

# %% id="arc-release" rows=["P09"]
def failed_by(name, configuration, *, shifts=False):
    """Requests that fail in the 45 minutes after the faulty release, and what serves at its end."""
    with cloud.copy() as future:
        groups, rule = balanced(name)
        front = {"targetGroupArn": groups[0], "containerName": "web", "containerPort": 8080}
        if shifts:
            role = f"arn:aws:iam::{cloud.account}:role/shifting"
            front["advancedConfiguration"] = {"alternateTargetGroupArn": groups[1],
                                              "productionListenerRule": rule, "roleArn": role}
        alarms = {"alarmNames": [f"{name}-errors"], "enable": True, "rollback": True}
        asked = {key: (alarms if value == "alarm" else value) for key, value in configuration.items()}
        network = {"awsvpcConfiguration": {"subnets": places, "assignPublicIp": "ENABLED"}}
        ecs.create_service(cluster="ferryline", serviceName=name, taskDefinition=right, desiredCount=4,
                           launchType="FARGATE",
                           networkConfiguration=network, loadBalancers=[front],
                           deploymentConfiguration=asked)
        future.advance(minutes=8)
        future.load(name, 60, cluster="ferryline")
        future.advance(minutes=5)
        before = future.served(name, "ferryline").failed
        ecs.update_service(cluster="ferryline", service=name, taskDefinition=faulty)
        future.advance(minutes=45)
        tasks = {task.definition for task in future.service(name, "ferryline").tasks
                 if task.status == "RUNNING"}
        return round(future.served(name, "ferryline").failed - before), tasks


breaker = {"deploymentCircuitBreaker": {"enable": True, "rollback": True}}
canary = {"strategy": "CANARY",
          "canaryConfiguration": {"canaryPercent": 10.0, "canaryBakeTimeInMinutes": 10},
          "bakeTimeInMinutes": 5}
for letter, name, configuration, shifts in (
    ("A", "breaker", breaker, False), ("B", "alarmed", breaker | {"alarms": "alarm"}, False),
    ("C", "canary", canary | {"alarms": "alarm"}, True),
):
    failed, serving = failed_by(name, configuration, shifts=shifts)
    print(f"{letter}: {failed:>6,} requests failed; serving at the end: {', '.join(sorted(serving))}")

# %% [markdown] id="arc-release-seen"
# A never noticed: the breaker counts tasks that do not come up, and these came up well. B noticed, when the alarm rang, but by then the release
# had more than a tenth. C did what was asked. D could, by hand, with twice the machinery, and DNS answers are kept by clients.
#
# The deciding words were *at most a tenth* and *without an operator*; *least machinery* only breaks the tie against CodeDeploy, which could
# do it as well. ([AWS: canary deployments](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/canary-deployment.html))
#
# ## Case 4: the bill
#
# > Ferryline pays on demand: 20 tasks of 1 vCPU and 2 GB by day and night for two years to come, x86, CPU at 20 %, memory at 35 %. The image is built for **both
# > architectures**. Finance wants **the largest saving**, and operations allows **no interruption**. In which order?
# >
# > A. Savings Plan, then the size · B. Spot · C. the size, ARM64, then a Savings Plan · D. Reserved Instances

# %% id="arc-bill" rows=["T08", "T10", "F07", "M07", "F21"]
from simcloud.price.plan import SavingsPlan
from simcloud.price.planned import break_even, planned
from simcloud.price.usage import TaskUsage

DAY = 24 * 3600


def fleet(cpu, memory, architecture="X86_64"):
    """A day of the 20 tasks."""
    return [TaskUsage(DAY, cpu, memory, architecture=architecture, count=20)]


now, smaller, arm = fleet(1024, 2048), fleet(512, 1024), fleet(512, 1024, "ARM64")
for what, used in (("as it is", now), ("half the size", smaller), ("and on ARM64", arm)):
    print(f"{what:<14} ${price(used).total} a day")
for what, commitment in (("plan made first", break_even(now, 0, DAY).best),
                         ("plan made last", break_even(arm, 0, DAY).best)):
    with_plan = planned(arm, SavingsPlan(commitment), 0, DAY)
    print(f"{what}: commits ${commitment} an hour, uses {with_plan.utilisation:.0%} of it:",
          f"${with_plan.bill.total} a day in the end")

# %% [markdown] id="arc-bill-seen"
# Spot is struck out by *no interruption*; Reserved Instances do not cover Fargate at all. A and C differ in the **order** only. A plan is a
# promise to spend so much an hour for one or three years. Made first, it goes on being paid for a size that is no longer there. First the
# size, then the price per unit, and the promise last, on what is left.
#
# ## Try it yourself
#
# Change one word of the brief at a time. Find the single switch that turns the answer, and the one that makes no difference.

# %% id="arc-try" rows=["F24", "T03", "T06", "M02"]
views.try_choice()

# %% [markdown] id="arc-aids" rows=["N01", "N02", "N03", "N04", "N05", "N06"]
# ## The words that decide
#
# | underlined | decides |
# |---|---|
# | no servers to manage | Fargate. *You bring the task, AWS brings the host.* |
# | unchanged manifests, Helm, Kubernetes API | EKS |
# | GPU, privileged, one agent on every host | EC2. *No daemons on Fargate.* |
# | shared files that outlive tasks | EFS. *One-point-four for EFS*, in older questions |
# | private, no NAT | endpoints. *Three keys to ECR: api, dkr, S3* |
# | fails before it runs, AccessDenied | execution role. *Execution before application* |
# | may be interrupted, cheapest | Spot. *Spot suits the batch and not the API* |
# | a tenth first, back by itself | canary with an alarm |
# | known times, a target value, a backlog | scheduled, target tracking, backlog per task |
# | steady for years | size first, then a Compute Savings Plan |

# %% [markdown] id="arc-exam" rests=["F20", "P09", "T10", "T03", "F24", "P01"]
# ## Exam notes (CLF-C02, SAA-C03, SAP-C02 and DOP-C02)
#
# - **All four work.** *Asked as:* "which meets the requirements with the LEAST operational effort". *Decides:* the underlined superlative, and nothing else.
# - **Three keys, one missing.** *Asked as:* a list of endpoints without S3. *Decides:* layers lie in S3.
# - **Healthy and wrong.** *Asked as:* "errors after a deployment that succeeded". *Decides:* alarms; the circuit breaker does not see it.
# - **First the size.** *Asked as:* "most cost-effective, utilisation 20 %". *Decides:* right-sizing before any discount.
# - **One platform for all.** *Asked as:* "move everything to Fargate". *Decides:* the one workload that a rule refuses.
#
# **Four questions.** Choose, press *Answer*, and read why each option is right or wrong.

# %% id="arc-question-private"
from autograder.exam.question import question

question("private-pull-with-one-key-missing")

# %% id="arc-question-release"
question("healthy-release-that-fails-requests")

# %% id="arc-question-order"
question("in-which-order-to-save")

# %% id="arc-question-platform"
question("northern-line-moves-in")

# %% [markdown] id="arc-real"
# ## On a real account
#
# A review is done with what is there. Three commands that bring the facts to the table:
#
# ```bash
# aws ecs describe-task-definition --task-definition seat-map --query 'taskDefinition.[cpu,memory,runtimePlatform]'
# aws cloudwatch get-metric-statistics --namespace AWS/ECS --metric-name CPUUtilization --period 3600 --statistics Average Maximum \
#   --dimensions Name=ClusterName,Value=ferryline Name=ServiceName,Value=seat-map --start-time 2026-11-01T00:00Z --end-time 2026-11-08T00:00Z
# aws ce get-cost-and-usage --time-period Start=2026-11-01,End=2026-12-01 --granularity MONTHLY --metrics UnblendedCost --group-by Type=DIMENSION,Key=SERVICE
# ```
#
# And the design that was decided stands in a template, so that the next reviewer finds the *because* in its history:
#
# ```yaml
# SeatMap:
#   Type: AWS::ECS::Service
#   Properties:
#     LaunchType: FARGATE
#     DeploymentConfiguration:
#       Strategy: CANARY
#       CanaryConfiguration: {CanaryPercent: 10, CanaryBakeTimeInMinutes: 10}
#       Alarms: {AlarmNames: [!Ref Errors], Enable: true, Rollback: true}
# ```
#
# **It would cost** nothing to ask: `describe` calls are free; Cost Explorer's API takes one cent a request. **Clean up:** the endpoints of case 2
# are billed by the hour until they are deleted.
#
# **The simulator leaves out** Windows hosts in the comparison, discounts of private contracts, and people's time, unless you put a figure on it.

# %% [markdown] id="arc-answer"
# ## So how does one decide between four that work?
#
# By the brief. **Underline, strike out, measure, decide.** One superlative and one hard fact leave one option, and you can say why: the
# refusal in AWS's own words, the bill, the number of requests that failed.
#
# That is the whole course. What is left is practice: the [labs](00-start-here.ipynb), and an empty account.
#
# <!-- go on -->
#
# **Practise:** lab [17 · Capstone](../labs/17-capstone/17-capstone.ipynb).
#
# <!-- end of go on -->
