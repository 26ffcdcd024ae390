# %% [markdown] id="ser-title"
# # 07 · Services and load balancing
#
# **The new version was broken, nobody was at work, and no customer noticed. Who looked after them?**
#
# After this lesson you can
#
# - run a service behind a load balancer that replaces what dies,
# - say from two percentages how many tasks run at each moment of a deployment,
# - let a bad release stop and go back by itself.
#
# About 60 minutes. You need lessons [02](02-task-definitions.ipynb) and [03](03-networking.ipynb).

# %% [markdown] id="ser-story"
# On the first day of the summer holidays Ferryline sells in an hour what it sells in a February. One task of `tickets` will not do.
# Mara wants four, in two zones, behind one address. And she wants to sleep. (The simulated images below say which paths they
# answer, and how: 200 is well, 404 is "no such page".)

# %% id="ser-open"
import json
from collections import Counter

import boto3

from simcloud import Cloud, views

cloud = Cloud(seed=7).open()
ecs, ec2, elb, iam = (boto3.client(name) for name in ("ecs", "ec2", "elbv2", "iam"))
ecs.create_cluster(clusterName="ferryline")
subnets = ec2.describe_subnets(Filters=[{"Name": "default-for-az", "Values": ["true"]}])["Subnets"]
pair = sorted(subnets, key=lambda each: each["AvailabilityZone"])[:2]
vpc, places = pair[0]["VpcId"], [each["SubnetId"] for each in pair]
good = cloud.push_image("tickets", tag="1.0", ports=[8080], start_seconds=4,
                        paths=[("/", 200), ("/health", 200)])


def make_group(name, port, **source):
    """A security group of the default VPC that lets one TCP port in from a source."""
    group = ec2.create_security_group(GroupName=name, Description=name, VpcId=vpc)["GroupId"]
    rule = {"IpProtocol": "tcp", "FromPort": port, "ToPort": port, **source}
    ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[rule])
    return group


front = make_group("front", 80, IpRanges=[{"CidrIp": "0.0.0.0/0"}])
tasks_group = make_group("tickets", 8080, UserIdGroupPairs=[{"GroupId": front}])

# %% [markdown] id="ser-balancer-text"
# ## Three things in front of the tasks
#
# A **load balancer** (here an *Application Load Balancer*, for HTTP) has the address that customers know. A **listener** waits on its port. A
# **target group** holds the tasks, and asks each of them every few seconds: are you well?
#
# A task has an address of its own and no host. So the target group must be of type `ip`. **Guess:** what happens with the
# default type, `instance`?

# %% id="ser-wrong-type" rows=["P01"] tags=["raises-exception"]
def targets(name, **more):
    """A target group for `tickets`; its ARN."""
    made = elb.create_target_group(Name=name, Protocol="HTTP", Port=8080, VpcId=vpc,
                                   HealthCheckPath="/health",
                                   HealthCheckIntervalSeconds=10, HealthCheckTimeoutSeconds=5, **more)
    return made["TargetGroups"][0]["TargetGroupArn"]


def listen(group):
    """A load balancer whose listener on port 80 forwards to the group."""
    made = elb.create_load_balancer(Name=f"front-{group.split('/')[1]}", Subnets=places,
                                    SecurityGroups=[front])["LoadBalancers"][0]
    elb.create_listener(LoadBalancerArn=made["LoadBalancerArn"], Protocol="HTTP", Port=80,
                        DefaultActions=[{"Type": "forward", "TargetGroupArn": group}])


def definition(image):
    """Register `tickets` with an image; family:revision."""
    role = "arn:aws:iam::123456789012:role/tickets-execution"
    container = {"name": "web", "image": image, "portMappings": [{"containerPort": 8080}]}
    made = ecs.register_task_definition(
        family="tickets", requiresCompatibilities=["FARGATE"], networkMode="awsvpc", cpu="256",
        memory="512",
        executionRoleArn=role, containerDefinitions=[container],
    )["taskDefinition"]
    return f"tickets:{made['revision']}"


def service(group, **more):
    """The arguments of the service, with its target group."""
    network = {"awsvpcConfiguration": {"subnets": places, "securityGroups": [tasks_group],
                                       "assignPublicIp": "ENABLED"}}
    balanced = [{"targetGroupArn": group, "containerName": "web", "containerPort": 8080}]
    return dict(cluster="ferryline", serviceName="tickets", taskDefinition="tickets", desiredCount=4,
                launchType="FARGATE",
                networkConfiguration=network, loadBalancers=balanced, **more)


trust = {"Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"}, "Action": "sts:AssumeRole"}
policy = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
iam.create_role(RoleName="tickets-execution", AssumeRolePolicyDocument=policy)
managed = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
iam.attach_role_policy(RoleName="tickets-execution", PolicyArn=managed)
definition(good)
of_instances = targets("of-instances")
listen(of_instances)
ecs.create_service(**service(of_instances))

# %% [markdown] id="ser-type-seen"
# Refused, with the reason. Now the right type. The listener must be there first: a service whose target group hangs on no
# load balancer is refused as well.

# %% id="ser-make" rows=["P01"]
group = targets("tickets", TargetType="ip")
listen(group)
ecs.create_service(**service(group))
ecs.get_waiter("services_stable").wait(cluster="ferryline", services=["tickets"])


def health():
    """The state of each target."""
    for each in elb.describe_target_health(TargetGroupArn=group)["TargetHealthDescriptions"]:
        yield each["TargetHealth"]["State"]


def look():
    """The service's count and tasks, and how many targets are in which state."""
    seen = cloud.service("tickets", "ferryline")
    print(f"wants {seen.desired}, runs {seen.running}:",
          *sorted(f"{task.definition} in {task.zone[-1]}," for task in seen.tasks))
    print("targets:", dict(Counter(health())))


look()

# %% [markdown] id="ser-make-seen"
# Four tasks, **spread over the zones**, all of them healthy targets. You named neither zones nor addresses: the service
# registers each task by itself. ([AWS: services with load balancers](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-load-balancing.html))
#
# ## A task dies
#
# Now a program crashes. `cloud.kill_task` does it. **Write down your guess:** how long are there only three?

# %% id="ser-dies" rows=["P01"]
victim = cloud.service("tickets", "ferryline").tasks[0]
cloud.kill_task(victim.arn)
for _ in range(5):
    cloud.advance(seconds=12)
    seen = cloud.service("tickets", "ferryline")
    print(cloud.now.time(), "running", seen.running, "targets", dict(Counter(health())))

# %% id="ser-events" rows=["P01"]
for event in cloud.service("tickets", "ferryline").events[:5]:
    print("-", event)

# %% [markdown] id="ser-events-seen"
# About a minute later there are four again, and you did nothing. The *events* of a service (newest first) are the first place
# to look when something is odd. They repeat until the service *has reached a steady state*.
#
# ## How a service rolls
#
# A new revision: `update_service` starts a **rolling deployment**. Two percentages of the desired count rule it:
#
# - `minimumHealthyPercent` (default 100): so many must run, rounded **up**;
# - `maximumPercent` (default 200): no more than this may exist, rounded **down**.

# %% id="ser-roll" rows=["P01"]
better = cloud.push_image("tickets", tag="1.1", ports=[8080], start_seconds=4,
                          paths=[("/", 200), ("/health", 200)])
ecs.update_service(cluster="ferryline", service="tickets", taskDefinition=definition(better))
before = cloud.now
fewest = 4
while cloud.service("tickets", "ferryline").rollout != "COMPLETED":
    cloud.advance(seconds=10)
    fewest = min(fewest, cloud.service("tickets", "ferryline").running)
print("fewest running:", fewest, "| took", (cloud.now - before).total_seconds(), "seconds")
look()

# %% [markdown] id="ser-roll-seen"
# With 100 and 200 the service started four new tasks beside the four old ones, waited until they were healthy, and only then let the
# old ones go. It never had fewer than four. For some minutes you paid for eight. An old target is *draining* first: it answers
# what it has begun, for the *deregistration delay* of five minutes, unless you set another. So most of the 350 seconds were that wait.
#
# ## Try it yourself
#
# Each choice runs a real deployment in a copy, of a service without a load balancer: nothing drains there, and so it is over sooner. Find one that costs nothing extra and keeps half the tasks, one with a gap in which
# nobody answers, and one that can never end.

# %% id="ser-try" rows=["P01"]
views.try_rolling(cloud)

# %% [markdown] id="ser-health-text"
# ## What "healthy" means
#
# With a load balancer a new task counts once its target is healthy. So the health check decides. Version 1.2 is fast, but it
# was given another path by mistake: `/health` answers 404. **Guess:** how far does this deployment come?

# %% id="ser-health" rows=["P01"]
moved = cloud.push_image("tickets", tag="1.2", ports=[8080], start_seconds=4,
                         paths=[("/", 200), ("/healthz", 200)])
ecs.update_service(cluster="ferryline", service="tickets", taskDefinition=definition(moved))
cloud.advance(minutes=8)
look()
for event in cloud.service("tickets", "ferryline").events[:4]:
    print("-", event)

# %% [markdown] id="ser-health-seen"
# Not far, and not back. The old tasks serve, so no customer notices. But the service starts new tasks and stops them, again and
# again, **forever**, and you pay for each. (Look at the many targets that are draining.) Nothing tells it to give up.
#
# ## The circuit breaker
#
# It counts failures. At a threshold (half the desired count, but at least 3 and at most 200) it calls the deployment
# failed, and with `rollback` it goes back to the last one that was completed.

# %% id="ser-breaker" rows=["P01"]
breaker = {"deploymentCircuitBreaker": {"enable": True, "rollback": True}, "minimumHealthyPercent": 100,
           "maximumPercent": 200}
ecs.update_service(cluster="ferryline", service="tickets", taskDefinition="tickets:2",
                   deploymentConfiguration=breaker)
ecs.get_waiter("services_stable").wait(cluster="ferryline", services=["tickets"])
started = cloud.now
ecs.update_service(cluster="ferryline", service="tickets", taskDefinition="tickets:3")
while cloud.service("tickets", "ferryline").rollout != "COMPLETED":
    cloud.advance(seconds=15)
print("back after", (cloud.now - started).total_seconds() / 60, "minutes")
look()

# %% id="ser-breaker-events" rows=["P01"]
shown = ecs.describe_services(cluster="ferryline", services=["tickets"])["services"][0]
for event in reversed(shown["events"][:14]):
    if "deployment" in event["message"]:
        print(event["createdAt"].strftime("%H:%M:%S"), event["message"])

# %% [markdown] id="ser-breaker-seen"
# Three failed, the deployment was FAILED, and the service rolled back by itself. **Older texts** say the threshold is at least 10;
# it is 3 today. The breaker works for rolling deployments; blue/green has other means (lesson 08). It is off unless you turn it on.
# ([AWS: deployment circuit breaker](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html))
#
# ## Slow to start
#
# Version 1.3 is right, and slow: it loads all timetables first and answers after 90 seconds. The health check asks long before that.
# The *health check grace period* tells the service to ignore bad answers at first.

# %% id="ser-grace" rows=["P01"]
slow = cloud.push_image("tickets", tag="1.3", ports=[8080], start_seconds=90,
                        paths=[("/", 200), ("/health", 200)])
ecs.update_service(cluster="ferryline", service="tickets", taskDefinition=definition(slow),
                   healthCheckGracePeriodSeconds=180)
ecs.get_waiter("services_stable").wait(cluster="ferryline", services=["tickets"])
look()

# %% [markdown] id="ser-grace-seen"
# Too short a grace period is one of the commonest reasons for tasks that are started and stopped without end: they would
# have been well, had anybody waited.
#
# ## Down to one, and away
#
# `desiredCount` alone starts no deployment: it only stops or starts tasks, those of the fuller zone first. To delete a service,
# take it to 0, or use `force`.

# %% id="ser-down" rows=["P01"]
ecs.update_service(cluster="ferryline", service="tickets", desiredCount=1)
cloud.advance(minutes=8)
look()
ecs.delete_service(cluster="ferryline", service="tickets", force=True)["service"]["status"]

# %% [markdown] id="ser-exam" rests=["P01", "FG372", "words.health.TIMED_OUT", "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-load-balancing.html"]
# ## Exam notes (SAA-C03, SAP-C02 and DOP-C02)
#
# - **Target type.** *Asked as:* "tasks are not registered, the target group was made for instances". *Decides:* `ip` for awsvpc.
# - **No loss of capacity.** *Asked as:* "all tasks must serve during a deployment". *Decides:* minimum 100, maximum 200.
# - **No extra cost.** *Asked as:* "no more than the desired count may run". *Decides:* maximum 100, and a minimum below 100.
# - **Goes back by itself.** *Asked as:* "a failed release must be rolled back without an operator". *Decides:* circuit breaker with rollback.
# - **Starts and dies.** *Asked as:* "tasks are stopped for failing health checks while they still start". *Decides:* the grace period.
# - **Closed group.** *Asked as:* "targets unhealthy, request timed out". *Decides:* the tasks' group must let the load balancer's group in (seen in
#   lesson 15).
#
# **Four questions.** Choose, press *Answer*, and read why each option is right or wrong.

# %% id="ser-question-percent"
from autograder.exam.question import question

question("deploy-without-extra-tasks")

# %% id="ser-question-breaker"
question("release-that-restarts-for-ever")

# %% id="ser-question-grace"
question("stopped-while-still-loading")

# %% id="ser-question-target"
question("targets-for-tasks-with-interfaces")

# %% [markdown] id="ser-real"
# ## On a real account
#
# ```bash
# aws ecs update-service --cluster ferryline --service tickets --task-definition tickets:2 \
#   --deployment-configuration "deploymentCircuitBreaker={enable=true,rollback=true},minimumHealthyPercent=100,maximumPercent=200"
# aws ecs wait services-stable --cluster ferryline --services tickets
# ```
#
# ```yaml
# Tickets:
#   Type: AWS::ECS::Service
#   DependsOn: Listener          # else the service is refused: the group hangs on no load balancer yet
#   Properties:
#     Cluster: !Ref Cluster
#     TaskDefinition: !Ref Definition
#     DesiredCount: 4
#     LaunchType: FARGATE
#     HealthCheckGracePeriodSeconds: 180
#     DeploymentConfiguration: {MinimumHealthyPercent: 100, MaximumPercent: 200, DeploymentCircuitBreaker: {Enable: true, Rollback: true}}
#     LoadBalancers: [{TargetGroupArn: !Ref Targets, ContainerName: web, ContainerPort: 8080}]
#     NetworkConfiguration:
#       AwsvpcConfiguration: {Subnets: [!Ref PrivateA, !Ref PrivateB], SecurityGroups: [!Ref TicketsGroup]}
# ```
#
# **It would cost** about 5 cents an hour for four tasks of this size, 2.25 cents and more for the load balancer, and 0.5 cents for each
# public address. **Clean up** in this order: service, listener, load balancer, target group, security groups.
#
# **The simulator leaves out** DNS of the load balancer, TLS, sticky sessions and real requests. `paths` tells what a path answers.

# %% [markdown] id="ser-answer"
# ## So who looked after the customers?
#
# Three things that were set up beforehand. The **minimum** kept the old tasks until new ones were healthy. The **health check** found
# that they were not. The **circuit breaker** counted to three and went back. Take one away, and Mara's telephone rings.
#
# <!-- go on -->
#
# **Practise:** lab [07 · A service that rolls](../labs/07-rolling-service/07-rolling-service.ipynb). **Go on:** lesson [08 · Blue/green, canary, linear](08-deployments.ipynb).
#
# <!-- end of go on -->
