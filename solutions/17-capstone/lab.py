# %% [markdown] id="lab17-title"
# # Lab 17: Capstone
#
# **75 minutes, 20 points, and a question for 2 more.** You need lessons 04, 05, 07, 08, 09, 10 and 12.
#
# Ferryline has bought the Northern Line, and gets a new AWS account for it. The account is empty, but for the images that the
# pipeline has pushed. By Sunday night a service has to stand in it that sells tickets all week, and nobody from Ferryline wants to sit up
# for it. On Monday there is a release, on Wednesday somebody tests what happens when a zone is lost, and then the holidays begin.

# %% [markdown] id="lab17-rules"
# **How you are judged.** By the world that your code leaves behind and by its future: on copies of it tasks die, zones and Spot are lost,
# passwords are rotated, versions are released, and at the end a whole week passes. Any right way counts, and the order of your calls
# does not matter.
#
# - **Other lines will come into this account.** So what you make for the service bears its name in front, as in `tickets-front`: roles,
#   security groups, target groups, the load balancer, alarms. Beyond that, and the names that `desk` gives, names do not matter.
# - **Promised to the customers:** of the requests 99.5 % are answered, in an hour of rising load, in a day, and in the week.
# - **Promised to Mara:** in the week Fargate costs at most 60 % of what tasks for the peak would cost, on demand day and night.
# - `lab.check(...)` under each task tells you at once what holds. `lab.hint("the-ground")` gives the next hint for a question.
# - After a restart of the kernel run the cells from the top; progress is kept. `lab.reset()` begins again in a fresh world, and
#   `lab.work("the-ground")` shows your answer as it was at its last check.
# - Some checks run only after submission. They ask for the same things, on other days.

# %% id="lab17-setup" role="setup"
import json

import boto3

from autograder import lab

desk = lab.begin("17-capstone")
names = ("ecs", "ec2", "elbv2", "iam", "logs", "secretsmanager", "cloudwatch", "application-autoscaling")
ecs, ec2, elb, iam, logs, secrets, watch, scaling = (boto3.client(name) for name in names)

# %% [markdown] id="lab17-desk"
# That is your ticket. The service is to be called `desk.service`, in a cluster `desk.cluster`. Its program (`desk.images`, by version) listens on
# `desk.port`, and answers 200 at `desk.health` and 404 at `/`. A task of 0.25 vCPU and 512 MiB is enough, and answers 50 requests a second.
# Every good version fails one request in a thousand: at most `desk.usual` in a minute, in the busiest one.
#
# Use the default VPC and its public subnets. `desk.cloud.advance(minutes=10)` lets time pass.

# %% [markdown] id="lab17-q1"
# ## 1. The ground (5 points)
#
# Make the cluster `desk.cluster`, and what a task needs before it can start: a definition of the family `desk.service` with version 1.0, and all that
# it names.
#
# - The password `desk.password` stands in a secret called `desk.secret` (as it is, no JSON), and reaches the program as `desk.variable`.
#   No definition shows it. The execution role reads this secret and no other.
# - It is registered for Fargate, so that AWS refuses at once what Fargate does not run.
# - What the program says goes to the log group `desk.group`.
# - After submission the password is rotated, and a new task must have the new one.

# %% id="lab17-a1" role="answer" question="the-ground"
### BEGIN SOLUTION
ecs.create_cluster(clusterName=desk.cluster, capacityProviders=["FARGATE", "FARGATE_SPOT"])
secret = secrets.create_secret(Name=desk.secret, SecretString=desk.password)["ARN"]
logs.create_log_group(logGroupName=desk.group)


def make_role(name, who, ready, *statements):
    """A role for a service of AWS, with a ready policy and statements of its own; its ARN."""
    trust = {"Effect": "Allow", "Principal": {"Service": who}, "Action": "sts:AssumeRole"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
    made = iam.create_role(RoleName=name, AssumeRolePolicyDocument=document)["Role"]["Arn"]
    iam.attach_role_policy(RoleName=name, PolicyArn=f"arn:aws:iam::aws:policy/{ready}")
    if statements:
        own = json.dumps({"Version": "2012-10-17", "Statement": list(statements)})
        iam.put_role_policy(RoleName=name, PolicyName="own", PolicyDocument=own)
    return made


reads = {"Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": secret}
run_tasks = "service-role/AmazonECSTaskExecutionRolePolicy"
move_customers = "AmazonECSInfrastructureRolePolicyForLoadBalancers"
execution = make_role(f"{desk.service}-execution", "ecs-tasks.amazonaws.com", run_tasks, reads)
shifting = make_role(f"{desk.service}-shifting", "ecs.amazonaws.com", move_customers)


def revision(version):
    """Register the definition with the image of a version; its ARN."""
    options = {"awslogs-group": desk.group, "awslogs-region": ecs.meta.region_name, "awslogs-stream-prefix": desk.service}
    container = {
        "name": "web",
        "image": desk.images[version],
        "portMappings": [{"containerPort": desk.port}],
        "secrets": [{"name": desk.variable, "valueFrom": secret}],
        "logConfiguration": {"logDriver": "awslogs", "options": options},
    }
    made = ecs.register_task_definition(
        family=desk.service,
        requiresCompatibilities=["FARGATE"],
        networkMode="awsvpc",
        cpu="256",
        memory="512",
        executionRoleArn=execution,
        containerDefinitions=[container],
    )
    return made["taskDefinition"]["taskDefinitionArn"]


first = revision("1.0")
### END SOLUTION

# %% id="lab17-c1" role="check" question="the-ground" points=5 rows=["P10", "P04"] tags=["raises-exception"]
lab.check("the-ground")

# %% [markdown] id="lab17-q2"
# ## 2. Bring it up (5 points)
#
# Bring version 1.0 up behind an Application Load Balancer that customers reach at port 80. Your cell ends when it stands, every task a
# healthy target: what a pipeline does next must not meet half a service.
#
# - `desk.least` tasks, each a healthy target, in two zones at least; better in three, since one will be lost.
# - `desk.base` of them are on demand, whatever happens. Of those beyond the base one in `desk.of` is on demand too, and the others are on Spot.
# - After submission all Spot capacity is taken for half an hour, a task is killed, and a zone is lost.
#
# Later releases go over by a canary, which ECS does itself (question 4). You may prepare for it now.

# %% id="lab17-a2" role="answer" question="bring-it-up"
### BEGIN SOLUTION
subnets = ec2.describe_subnets(Filters=[{"Name": "default-for-az", "Values": ["true"]}])["Subnets"]
vpc, places = subnets[0]["VpcId"], [each["SubnetId"] for each in subnets]


def make_group(name, port, **source):
    """A security group that lets one TCP port in from a source."""
    group = ec2.create_security_group(GroupName=name, Description=name, VpcId=vpc)["GroupId"]
    rule = {"IpProtocol": "tcp", "FromPort": port, "ToPort": port, **source}
    ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[rule])
    return group


front = make_group(f"{desk.service}-front", 80, IpRanges=[{"CidrIp": "0.0.0.0/0"}])
inside = make_group(f"{desk.service}-inside", desk.port, UserIdGroupPairs=[{"GroupId": front}])


def make_targets(name):
    """A target group for the tasks; its ARN."""
    made = elb.create_target_group(
        Name=name,
        Protocol="HTTP",
        Port=desk.port,
        VpcId=vpc,
        TargetType="ip",
        HealthCheckPath=desk.health,
    )
    return made["TargetGroups"][0]["TargetGroupArn"]


blue, green = make_targets(f"{desk.service}-blue"), make_targets(f"{desk.service}-green")
balancer = elb.create_load_balancer(Name=desk.service, Subnets=places, SecurityGroups=[front])["LoadBalancers"][0]["LoadBalancerArn"]
weights = [{"TargetGroupArn": blue, "Weight": 100}, {"TargetGroupArn": green, "Weight": 0}]
forward = [{"Type": "forward", "ForwardConfig": {"TargetGroups": weights}}]
listener = elb.create_listener(LoadBalancerArn=balancer, Protocol="HTTP", Port=80, DefaultActions=forward)["Listeners"][0]
everything = [{"Field": "path-pattern", "Values": ["/*"]}]
rule = elb.create_rule(ListenerArn=listener["ListenerArn"], Priority=1, Actions=forward, Conditions=everything)["Rules"][0]["RuleArn"]

ecs.create_service(
    cluster=desk.cluster,
    serviceName=desk.service,
    taskDefinition=first,
    desiredCount=desk.least,
    capacityProviderStrategy=[
        {"capacityProvider": "FARGATE", "base": desk.base, "weight": 1},
        {"capacityProvider": "FARGATE_SPOT", "weight": desk.of - 1},
    ],
    networkConfiguration={"awsvpcConfiguration": {"subnets": places, "securityGroups": [inside], "assignPublicIp": "ENABLED"}},
    loadBalancers=[{"targetGroupArn": blue, "containerName": "web", "containerPort": desk.port}],
)
ecs.get_waiter("services_stable").wait(cluster=desk.cluster, services=[desk.service])
elb.get_waiter("target_in_service").wait(TargetGroupArn=blue)  # a task that runs is not yet one that answers
print(f"{desk.service} stands: {desk.least} healthy tasks at {desk.cloud.now:%H:%M:%S}")
### END SOLUTION

# %% id="lab17-c2" role="check" question="bring-it-up" points=5 rows=["P01", "P08"] tags=["raises-exception"]
lab.check("bring-it-up")

# %% [markdown] id="lab17-q3"
# ## 3. Follow the load (3 points)
#
# In the quietest hour of a usual day `desk.low` requests a second come, at 14 o'clock `desk.high`. Let the number of tasks follow: never below
# `desk.least`, and back to it when it is quiet; never above `desk.most` either, whatever comes: a flood of requests must not become a flood
# of tasks. After submission comes a day with a quarter more.

# %% id="lab17-a3" role="answer" question="follow-the-load"
### BEGIN SOLUTION
count = {
    "ServiceNamespace": "ecs",
    "ResourceId": f"service/{desk.cluster}/{desk.service}",
    "ScalableDimension": "ecs:service:DesiredCount",
}
scaling.register_scalable_target(**count, MinCapacity=desk.least, MaxCapacity=desk.most)
scaling.put_scaling_policy(
    **count,
    PolicyName=f"{desk.service}-cpu",
    PolicyType="TargetTrackingScaling",
    TargetTrackingScalingPolicyConfiguration={
        "TargetValue": 50.0,
        "PredefinedMetricSpecification": {"PredefinedMetricType": "ECSServiceAverageCPUUtilization"},
        "ScaleOutCooldown": 60,
        "ScaleInCooldown": 120,
    },
)
print(f"{desk.service} follows its load")
### END SOLUTION

# %% id="lab17-c3" role="check" question="follow-the-load" points=3 rows=["F17"] tags=["raises-exception"]
lab.check("follow-the-load")

# %% [markdown] id="lab17-q4"
# ## 4. Release by canary (4 points)
#
# Set the service up so that every release goes over by ECS's own canary: `desk.percent` % of the customers have it first, for `desk.bake` minutes,
# then all; the old version stays for another `desk.keep` minutes. A version that is healthy and fails three requests in ten must go back by
# itself, while few have it, and no busy day may take a good one back. What watches says OK when nothing is wrong, in a night in which
# nobody comes too: an alarm without an answer is one that people learn to overlook.
#
# Then release version 1.1. Your cell ends when the release is over.

# %% id="lab17-a4" role="answer" question="by-canary"
### BEGIN SOLUTION
watch.put_metric_alarm(
    AlarmName=f"{desk.service}-errors",
    Namespace="AWS/ApplicationELB",
    MetricName="HTTPCode_Target_5XX_Count",
    Dimensions=[{"Name": "LoadBalancer", "Value": balancer.partition("loadbalancer/")[2]}],
    Statistic="Sum",
    Period=60,
    EvaluationPeriods=2,
    Threshold=2 * desk.usual,
    ComparisonOperator="GreaterThanThreshold",
    TreatMissingData="notBreaching",
)
shift = {"alternateTargetGroupArn": green, "productionListenerRule": rule, "roleArn": shifting}
ecs.update_service(
    cluster=desk.cluster,
    service=desk.service,
    taskDefinition=revision("1.1"),
    loadBalancers=[
        {"targetGroupArn": blue, "containerName": "web", "containerPort": desk.port, "advancedConfiguration": shift}
    ],
    deploymentConfiguration={
        "strategy": "CANARY",
        "canaryConfiguration": {"canaryPercent": float(desk.percent), "canaryBakeTimeInMinutes": desk.bake},
        "bakeTimeInMinutes": desk.keep,
        "alarms": {"alarmNames": [f"{desk.service}-errors"], "enable": True, "rollback": True},
    },
)
patience = {"MaxAttempts": 240}  # of fifteen seconds: a canary bakes longer than the ten minutes that a waiter has of itself
ecs.get_waiter("services_stable").wait(cluster=desk.cluster, services=[desk.service], WaiterConfig=patience)
print("1.1:", ecs.list_service_deployments(cluster=desk.cluster, service=desk.service)["serviceDeployments"][0]["status"])
### END SOLUTION

# %% id="lab17-c4" role="check" question="by-canary" points=4 rows=["P09"] tags=["raises-exception"]
lab.check("by-canary")

# %% [markdown] id="lab17-q5"
# ## 5. Live a week (3 points)
#
# Mara wants a figure for the board. Set `bill` to what Fargate costs (no addresses, no load balancer) for your service in a week of usual days, in
# dollars, to within 10 %. You have a world that can be copied (`with desk.cloud.copy() as future:`), and a load that can be offered to it:
# `future.load(desk.service, cluster=desk.cluster, daily=[desk.low, desk.high])`.
#
# After submission your service lives a week: a release at noon of the first or second day, a day later a rotation and a Spot storm, then a zone lost
# for six hours, days with a quarter more from then on, and at another noon a faulty release. What is promised above must hold.

# %% id="lab17-a5" role="answer" question="live-a-week"
bill = ...
### BEGIN SOLUTION
from simcloud.cloud.usage import usage_of
from simcloud.price.price import price

with desk.cloud.copy() as future:
    since = future.world.now
    future.load(desk.service, cluster=desk.cluster, daily=[desk.low, desk.high])
    future.advance(days=7)
    bill = float(price(usage_of(future.world), since=str(since)).of("Fargate").cost)
print(f"${bill:.2f} a week")
### END SOLUTION

# %% id="lab17-c5" role="check" question="live-a-week" points=3 rows=["P01", "P08", "P09", "F17", "P10", "P04"] tags=["raises-exception"]
lab.check("live-a-week", bill=bill)

# %% [markdown] id="lab17-reflect" role="reflect" question="explain-it" points=2
# ## 6. Explain it (2 points, read by a person)
#
# The reviewer of lesson 17 asks: *"I do not want to hear best practice. I want to hear because."* Name three decisions of your design, and for
# each what you measured or read that decided it, and what would have to change in the brief for you to decide otherwise. Six to ten sentences.
#
# === BEGIN MARK SCHEME ===
# One point for three decisions each with a measured or documented reason out of the learner's own world (requests that failed, dollars, minutes, a
# refusal), such as the base against a Spot storm, the alarm's threshold between a usual minute and a fault, three zones, the CPU
# target. Half of it for two, or where the reasons are reputations.
#
# One point for what would turn each of them: a figure or a word of the brief, such as "may be interrupted", "no canary, but a test of the
# whole first", "load known to the minute". No point for "if requirements change".
# === END MARK SCHEME ===

# %% [markdown] id="lab17-reflect-answer" role="reflect" question="explain-it"
# *Write your answer here.*

# %% [markdown] id="lab17-end"
# ## Hand it in
#
# Save the notebook (Ctrl+S), run the next cell and press the button. `fargate-course submit 17-capstone` in a terminal
# does the same. `lab.progress()` shows where you stand.
# `lab.solution("the-ground")` shows the worked solution of a question that you have passed, where your copy has it.

# %% id="lab17-submit" role="setup" tags=["nbval-ignore-output"]
lab.submit_button()
