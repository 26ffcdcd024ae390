# %% [markdown] id="dep-title"
# # 08 · Blue/green, canary, linear
#
# **A release that is healthy can still be wrong. How few customers need to find out?**
#
# After this lesson you can
#
# - shift traffic to a new version all at once, in steps, or to a small part first, with ECS itself and with CodeDeploy,
# - let an alarm take a release back before you have read it,
# - say which of the two controllers a question asks for.
#
# About 60 minutes. You need lesson [07](07-services.ipynb).

# %% [markdown] id="dep-story"
# Version 2.0 of `tickets` started, answered on `/health`, and passed every check. For families of three it took the money and
# printed no ticket. The circuit breaker of lesson 07 saw nothing: the tasks were *healthy*. Mara wants the next 2.0 to reach one
# customer in ten at first, and to go away by itself if they get errors.

# %% id="dep-open"
import json

import boto3

from simcloud import Cloud, views

cloud = Cloud(seed=8).open()
ecs, ec2, elb, iam, watch = (boto3.client(name)
                             for name in ("ecs", "ec2", "elbv2", "iam", "cloudwatch"))
ecs.create_cluster(clusterName="ferryline")
subnets = ec2.describe_subnets(Filters=[{"Name": "default-for-az", "Values": ["true"]}])["Subnets"]
places = [each["SubnetId"] for each in sorted(subnets, key=lambda each: each["AvailabilityZone"])[:2]]
vpc = subnets[0]["VpcId"]


def make_group(name, port, **source):
    """A security group that lets one TCP port in from a source."""
    group = ec2.create_security_group(GroupName=name, Description=name, VpcId=vpc)["GroupId"]
    ec2.authorize_security_group_ingress(
        GroupId=group,
        IpPermissions=[{"IpProtocol": "tcp", "FromPort": port, "ToPort": port, **source}])
    return group


def make_role(name, service, policy):
    """A role that this service may take on, with this managed policy; its ARN."""
    trust = {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
    role = iam.create_role(RoleName=name, AssumeRolePolicyDocument=document)
    iam.attach_role_policy(RoleName=name, PolicyArn=f"arn:aws:iam::aws:policy/{policy}")
    return role["Role"]["Arn"]


execution = make_role("tickets-execution", "ecs-tasks.amazonaws.com",
                      "service-role/AmazonECSTaskExecutionRolePolicy")
front = make_group("front", 80, IpRanges=[{"CidrIp": "0.0.0.0/0"}])
tasks_group = make_group("tickets", 8080, UserIdGroupPairs=[{"GroupId": front}])
network = {"awsvpcConfiguration": {"subnets": places, "securityGroups": [tasks_group],
                                   "assignPublicIp": "ENABLED"}}


def release(tag, **behaviour):
    """Push a version that behaves as told and register it; the ARN of its revision."""
    image = cloud.push_image("tickets", tag=tag, ports=[8080], start_seconds=4, **behaviour)
    container = {"name": "web", "image": image, "portMappings": [{"containerPort": 8080}]}
    return ecs.register_task_definition(
        family="tickets", requiresCompatibilities=["FARGATE"], networkMode="awsvpc", cpu="256",
        memory="512",
        executionRoleArn=execution, containerDefinitions=[container],
    )["taskDefinition"]["taskDefinitionArn"]


first = release("1.0")

# %% [markdown] id="dep-two-groups"
# ## Two target groups and one rule
#
# A rolling deployment mixes old and new tasks in *one* target group, and the load balancer cannot tell them apart. To steer
# traffic by version there must be **two target groups**: *blue* holds the version that serves, *green* the one that comes. A
# listener rule divides the requests between them by **weight**.

# %% id="dep-balancer"
def targets(name):
    """A target group of the type ip; its ARN."""
    made = elb.create_target_group(Name=name, Protocol="HTTP", Port=8080, VpcId=vpc, TargetType="ip",
                                   HealthCheckIntervalSeconds=10, HealthCheckTimeoutSeconds=5)
    return made["TargetGroups"][0]["TargetGroupArn"]


def forward(blue, green):
    """The action that forwards to the two groups by weight."""
    pair = [{"TargetGroupArn": groups["blue"], "Weight": blue},
            {"TargetGroupArn": groups["green"], "Weight": green}]
    return [{"Type": "forward", "ForwardConfig": {"TargetGroups": pair}}]


groups = {name: targets(name) for name in ("blue", "green")}
balancer = elb.create_load_balancer(Name="front", Subnets=places,
                                    SecurityGroups=[front])["LoadBalancers"][0]["LoadBalancerArn"]
listener = elb.create_listener(LoadBalancerArn=balancer, Protocol="HTTP", Port=80,
                               DefaultActions=forward(100, 0))["Listeners"][0]["ListenerArn"]
rule = elb.create_rule(ListenerArn=listener, Priority=1, Actions=forward(100, 0),
                       Conditions=[{"Field": "path-pattern", "Values": ["/*"]}])["Rules"][0]["RuleArn"]

# %% [markdown] id="dep-native-text"
# ## ECS does it itself
#
# Since 2025 ECS has four *strategies*: `ROLLING` (the default), `BLUE_GREEN`, `LINEAR` and `CANARY`. The service is told which
# second target group and which rule to use, and gets a role with which it may change that rule.

# %% id="dep-native" rows=["P09"]
shifting = make_role("ferryline-shifting", "ecs.amazonaws.com",
                     "AmazonECSInfrastructureRolePolicyForLoadBalancers")
canary = {
    "strategy": "CANARY",
    "canaryConfiguration": {"canaryPercent": 10.0, "canaryBakeTimeInMinutes": 10},
    "bakeTimeInMinutes": 5,
}
balanced = {
    "targetGroupArn": groups["blue"], "containerName": "web", "containerPort": 8080,
    "advancedConfiguration": {"alternateTargetGroupArn": groups["green"],
                              "productionListenerRule": rule, "roleArn": shifting},
}
ecs.create_service(cluster="ferryline", serviceName="tickets", taskDefinition=first, desiredCount=4,
                   launchType="FARGATE",
                   networkConfiguration=network, loadBalancers=[balanced],
                   deploymentConfiguration=canary)
cloud.advance(minutes=6)
cloud.load("tickets", 60, cluster="ferryline")


def weights():
    """The weights in the rule: (blue, green)."""
    action = elb.describe_rules(RuleArns=[rule])["Rules"][0]["Actions"][0]
    by_group = {each["TargetGroupArn"]: each["Weight"] for each in action["ForwardConfig"]["TargetGroups"]}
    return by_group[groups["blue"]], by_group[groups["green"]]


weights()

# %% [markdown] id="dep-canary-text"
# Four tasks serve 60 requests a second. Now version 1.1, which is right, as a **canary**: a tenth of the traffic for ten
# minutes, then all of it, then five minutes in which both are kept (*bake time*). **Write down your guess:** how many tasks run at
# the most, four, five or eight?

# %% id="dep-canary" rows=["P09"]
def deploy(revision):
    """Update the service; the ARN of the service deployment."""
    ecs.update_service(cluster="ferryline", service="tickets", taskDefinition=revision)
    page = ecs.list_service_deployments(cluster="ferryline", service="tickets")
    return page["serviceDeployments"][0]["serviceDeploymentArn"]


def follow(deployment, minutes=30):
    """Print each change of stage and weights until the deployment has ended; then its status."""
    last = None
    for _ in range(minutes * 6):
        shown = ecs.describe_service_deployments(serviceDeploymentArns=[deployment])
        found = shown["serviceDeployments"][0]
        running = cloud.service("tickets", "ferryline").running
        seen = found["status"], found.get("lifecycleStage", ""), weights(), running
        if seen != last:
            print(cloud.now.time(), *seen)
            last = seen
        if found["status"] in ("SUCCESSFUL", "ROLLBACK_SUCCESSFUL"):
            return
        cloud.advance(seconds=10)


follow(deploy(release("1.1")))

# %% id="dep-rollout" rows=["P09"]
views.rollout(cloud, "tickets", "ferryline", minutes=25)

# %% [markdown] id="dep-canary-seen"
# Eight: the *whole* new version is started before it gets the first request. During the canary the weights stand 9 to 1 (900 and 100:
# only their ratio counts). The stages have names, and at nearly each a *hook* can run a test of yours first (on the new version
# alone, if you give it a second port, a test listener). And mind the colours: *green* serves now, so the next version comes into *blue*.
# They change places with each release.
# ([AWS: blue/green deployments](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-blue-green.html))
#
# ## An alarm takes it back
#
# Now 2.0 again: healthy, and it fails half of what it is asked. An *alarm* of CloudWatch, AWS's service that measures (lesson 13), counts
# the errors (HTTP codes of 500 and above) of *both* groups' targets, and the deployment names it. **Guess:** how many customers of a
# hundred get an error before it is over?

# %% id="dep-alarm" rows=["P09"]
name = balancer.partition("loadbalancer/")[2]
watch.put_metric_alarm(
    AlarmName="tickets-errors", Namespace="AWS/ApplicationELB", MetricName="HTTPCode_Target_5XX_Count",
    Dimensions=[{"Name": "LoadBalancer", "Value": name}], Statistic="Sum", Period=60,
    EvaluationPeriods=2, DatapointsToAlarm=2,
    Threshold=20, ComparisonOperator="GreaterThanThreshold", TreatMissingData="notBreaching",
)
watched = canary | {"alarms": {"alarmNames": ["tickets-errors"], "enable": True, "rollback": True}}
ecs.update_service(cluster="ferryline", service="tickets", deploymentConfiguration=watched)
cloud.advance(minutes=2)
wrong = release("2.0", error_share=0.5)
follow(deploy(wrong))

# %% id="dep-alarm-picture" rows=["P09"]
views.rollout(cloud, "tickets", "ferryline", minutes=20)

# %% id="dep-alarm-events" rows=["P09"]
for event in cloud.service("tickets", "ferryline").events[:8]:
    if "deployment" in event:
        print("-", event)

# %% [markdown] id="dep-alarm-seen"
# Five of a hundred, then: half of a tenth failed for two minutes, 360 of their 7,200 requests. (The picture's 0.5 % is of twenty minutes.)
# Then the alarm went off, and the rule sent everything back to the old tasks, which had been kept running for just that. Going back takes
# seconds, since nothing has to be started.
#
# ## Try it yourself
#
# Move the canary, its minutes and the bake time, and take the alarm away. Who is hurt?

# %% id="dep-try" rows=["P09"]
views.try_rollout()

# %% [markdown] id="dep-linear-text"
# ## In steps
#
# `LINEAR` shifts by equal steps with a pause after each: here a quarter every three minutes. `BLUE_GREEN` would shift all at once
# and keep the old tasks for the bake time. To change the strategy is an ordinary update. (Version 2.0 went away, so *green* still
# serves, and the new version comes into *blue*.)

# %% id="dep-linear" rows=["P09"]
linear = {"strategy": "LINEAR",
          "linearConfiguration": {"stepPercent": 25.0, "stepBakeTimeInMinutes": 3},
          "bakeTimeInMinutes": 2}
ecs.update_service(cluster="ferryline", service="tickets", deploymentConfiguration=linear)
cloud.advance(minutes=2)
follow(deploy(release("1.2")))

# %% [markdown] id="dep-codedeploy-text"
# ## CodeDeploy does it for ECS
#
# *CodeDeploy* is AWS's service that brings new versions, not to ECS alone. It is the older way, and the one that most exam questions
# mean. The service gives its deployments away (`deploymentController`
# `CODE_DEPLOY`) and from then on **refuses** to be updated by ECS:

# %% id="dep-code" rows=["P09"] tags=["raises-exception"]
code_groups = {name: targets(f"code-{name}") for name in ("blue", "green")}
code_listener = elb.create_listener(
    LoadBalancerArn=balancer, Protocol="HTTP", Port=81,
    DefaultActions=[{"Type": "forward",
                     "TargetGroupArn": code_groups["blue"]}])["Listeners"][0]["ListenerArn"]
ec2.authorize_security_group_ingress(GroupId=front, IpPermissions=[
    {"IpProtocol": "tcp", "FromPort": 81, "ToPort": 81, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}])
ecs.create_service(cluster="ferryline", serviceName="prices", taskDefinition=first, desiredCount=2,
                   launchType="FARGATE",
                   networkConfiguration=network, deploymentController={"type": "CODE_DEPLOY"},
                   loadBalancers=[{"targetGroupArn": code_groups["blue"], "containerName": "web",
                                   "containerPort": 8080}])
cloud.advance(minutes=5)
ecs.update_service(cluster="ferryline", service="prices", taskDefinition="tickets:2")

# %% [markdown] id="dep-code-seen"
# CodeDeploy needs an *application*, and a *deployment group* that knows the service, both target groups, the listener, a
# configuration such as `CodeDeployDefault.ECSCanary10Percent5Minutes`, and the alarms. What to deploy stands in an **AppSpec**.

# %% id="dep-code-group" rows=["P09"]
codedeploy = boto3.client("codedeploy")
service_role = make_role("ferryline-codedeploy", "codedeploy.amazonaws.com", "AWSCodeDeployRoleForECS")
codedeploy.create_application(applicationName="ferryline", computePlatform="ECS")
codedeploy.create_deployment_group(
    applicationName="ferryline", deploymentGroupName="prices", serviceRoleArn=service_role,
    deploymentConfigName="CodeDeployDefault.ECSCanary10Percent5Minutes",
    deploymentStyle={"deploymentType": "BLUE_GREEN", "deploymentOption": "WITH_TRAFFIC_CONTROL"},
    blueGreenDeploymentConfiguration={
        "deploymentReadyOption": {"actionOnTimeout": "CONTINUE_DEPLOYMENT"},
        "terminateBlueInstancesOnDeploymentSuccess": {"action": "TERMINATE",
                                                      "terminationWaitTimeInMinutes": 5}},
    loadBalancerInfo={"targetGroupPairInfoList": [{
        "targetGroups": [{"name": "code-blue"}, {"name": "code-green"}],
        "prodTrafficRoute": {"listenerArns": [code_listener]}}]},
    ecsServices=[{"clusterName": "ferryline", "serviceName": "prices"}],
    alarmConfiguration={"enabled": True, "alarms": [{"name": "tickets-errors"}]},
    autoRollbackConfiguration={"enabled": True,
                               "events": ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM"]},
)["deploymentGroupId"][:8]

# %% id="dep-code-run" rows=["P09"]
def app_spec(revision):
    """What CodeDeploy is to bring, in the form of an AppSpec."""
    properties = {"TaskDefinition": revision,
                  "LoadBalancerInfo": {"ContainerName": "web", "ContainerPort": 8080}}
    content = json.dumps({"version": "0.0",
                          "Resources": [{"TargetService": {"Type": "AWS::ECS::Service",
                                                           "Properties": properties}}]})
    return {"revisionType": "AppSpecContent", "appSpecContent": {"content": content}}


def bring(revision, minutes=25):
    """Deploy it with CodeDeploy; print status and the listener's weights as they change."""
    made = codedeploy.create_deployment(applicationName="ferryline", deploymentGroupName="prices",
                                        revision=app_spec(revision))
    names, last = {arn: name for name, arn in code_groups.items()}, None
    for _ in range(minutes * 6):
        shown = elb.describe_listeners(ListenerArns=[code_listener])["Listeners"][0]
        action = shown["DefaultActions"][0]
        found = {names[one["TargetGroupArn"]]: one["Weight"]
                 for one in action.get("ForwardConfig", {}).get("TargetGroups", [])}
        info = codedeploy.get_deployment(deploymentId=made["deploymentId"])["deploymentInfo"]
        if (info["status"], found) != last:
            print(cloud.now.time(), info["status"], found,
                  info.get("errorInformation", {}).get("code", ""))
            last = info["status"], found
        if info["status"] in ("Succeeded", "Stopped", "Failed"):
            return
        cloud.advance(seconds=10)


cloud.load("prices", 30, cluster="ferryline")
bring(release("1.3"))

# %% id="dep-code-alarm" rows=["P09"]
bring(wrong)
cloud.advance(minutes=10)
print("serves now:",
      ecs.describe_services(cluster="ferryline",
                            services=["prices"])["services"][0]["taskDefinition"].rsplit("/")[-1])

# %% [markdown] id="dep-code-alarm-seen"
# `Stopped`, by the alarm, and a second deployment brought the traffic back. The same idea as before, with other words.
#
# | | ECS itself | CodeDeploy |
# |---|---|---|
# | strategies | `BLUE_GREEN`, `LINEAR`, `CANARY` with your figures | five ready configurations, or your own |
# | what starts it | `update_service` | `create_deployment` with an AppSpec |
# | tests on the way | lifecycle hooks, pause | hooks in the AppSpec, Lambda |
# | goes back | circuit breaker, alarms, by hand | alarms, failures, by hand |
# | changing the service | as usual | refused where it touches the version |
#
# ([AWS: CodeDeploy with ECS](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-bluegreen.html))

# %% [markdown] id="dep-stack-text"
# ## And CloudFormation?
#
# CloudFormation builds what a template describes, and calls the whole a stack. It lets ECS deploy the service. If ECS refuses, the stack
# fails and takes back what it made, with the reason in its events. (A size that is not sold, again.)

# %% id="dep-stack" rows=["P09"]
template = {"Resources": {
    "Definition": {"Type": "AWS::ECS::TaskDefinition", "Properties": {
        "Family": "crew", "RequiresCompatibilities": ["FARGATE"], "NetworkMode": "awsvpc", "Cpu": "256",
        "Memory": "4096",
        "ContainerDefinitions": [{"Name": "web", "Image": "public.ecr.aws/nginx/nginx:1.27"}]}}}}
stacks = boto3.client("cloudformation")
stacks.create_stack(StackName="crew", TemplateBody=json.dumps(template))
cloud.advance(minutes=3)
print(stacks.describe_stacks(StackName="crew")["Stacks"][0]["StackStatus"])
for event in stacks.describe_stack_events(StackName="crew")["StackEvents"]:
    if event["ResourceStatus"] == "CREATE_FAILED":
        print(event["ResourceStatusReason"])

# %% [markdown] id="dep-exam" rests=["P09", "FG1300", "FG1301", "FG1243", "https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations.html"]
# ## Exam notes (SAP-C02 and DOP-C02)
#
# - **A small part first.** *Asked as:* "10 % of the users for five minutes, then all". *Decides:* canary. "Equal steps": linear.
# - **At once, with a way back.** *Asked as:* "switch all traffic, keep the old version for an hour". *Decides:* blue/green with bake or termination time.
# - **By itself.** *Asked as:* "roll back when the error rate rises". *Decides:* a CloudWatch alarm named in the deployment.
# - **Two groups.** *Asked as:* "what does the load balancer need". *Decides:* two target groups; a test listener if wanted.
# - **CODE_DEPLOY refuses.** *Asked as:* "UpdateService fails for a new task definition". *Decides:* the controller; deploy with CodeDeploy.
# - **Network Load Balancer.** *Asked as:* "canary behind an NLB with CodeDeploy". *Decides:* it sees no HTTP; only all-at-once there (told, not shown).
# - **Older questions** know blue/green on ECS only with CodeDeploy. Today ECS has it too: read which one the question names.
#
# **Four questions.** Choose, press *Answer*, and read why each option is right or wrong.

# %% id="dep-question-canary"
from autograder.exam.question import question

question("one-customer-in-ten")

# %% id="dep-question-alarm"
question("healthy-and-wrong")

# %% id="dep-question-controller"
question("update-refused-by-its-controller")

# %% id="dep-question-steps"
question("equal-steps-every-three-minutes")

# %% [markdown] id="dep-real"
# ## On a real account
#
# ```bash
# aws ecs update-service --cluster ferryline --service tickets --task-definition tickets:2
# aws ecs describe-service-deployments --service-deployment-arns $DEPLOYMENT
# aws ecs stop-service-deployment --service-deployment-arn $DEPLOYMENT --stop-type ROLLBACK
# ```
#
# ```yaml
# Tickets:
#   Type: AWS::ECS::Service
#   Properties:
#     DeploymentConfiguration:
#       Strategy: CANARY
#       CanaryConfiguration: {CanaryPercent: 10, CanaryBakeTimeInMinutes: 10}
#       BakeTimeInMinutes: 5
#       Alarms: {AlarmNames: [!Ref Errors], Enable: true, Rollback: true}
#     LoadBalancers:
#       - ContainerName: web
#         ContainerPort: 8080
#         TargetGroupArn: !Ref Blue
#         AdvancedConfiguration:
#           AlternateTargetGroupArn: !Ref Green
#           ProductionListenerRule: !Ref Rule
#           RoleArn: !GetAtt Shifting.Arn
# ```
#
# **It would cost** twice the tasks for as long as both versions run. CodeDeploy is free for ECS. **Clean up:** the services, the deployment group
# and application, then the load balancer and its groups.
#
# **The simulator leaves out** Lambda hooks (use a pause), sticky sessions, and the seconds for which a load balancer still holds old
# connections. How long ECS takes between stages is assumed.

# %% [markdown] id="dep-answer"
# ## So how few customers need to find out?
#
# As few as the canary lets through, for as long as the alarm needs. Start the whole new version, send it a small part, watch a figure
# that means *wrong* and not only *dead*, and keep the old version until you are sure. Then going back is a change of one number.
#
# <!-- go on -->
#
# **Practise:** lab [08 · Blue/green](../labs/08-blue-green/08-blue-green.ipynb). **Go on:** lesson [09 · Scaling](09-scaling.ipynb).
#
# <!-- end of go on -->
