# %% [markdown] id="lab08-title"
# # Lab 08: Blue/green
#
# **60 to 75 minutes, 20 points, and a question for 2 more.** You need lessons 07 and 08.
#
# Version 2.0 was healthy, and wrong: it took the money and printed no ticket. All customers met it at once. Mara has
# written down how three of Ferryline's services are to be released from now on. The first is deployed by ECS itself,
# the second by CodeDeploy, the third by ECS again, but out of a CloudFormation template. Each must take a bad version
# back by itself.

# %% [markdown] id="lab08-rules"
# **How you are judged.** By what your code leaves behind, and by its future: on a copy of your world versions are
# released under load, good ones and bad ones, and we watch who serves the customers. Any right way counts. Names of
# target groups, rules, alarms, applications and families do not matter.
#
# - `desk.shift` says of each service how a release gets its customers, and how long the old tasks are kept after
#   that.
# - On a usual day each service is asked `desk.rate` times a second. Of these requests `desk.usual` *a minute* fail
#   with a 500, in every version. A busy day brings half as much again, requests and errors.
# - A version is **bad** when three requests in ten fail, or more. It may have customers for **6 minutes** at most.
# - `lab.check(...)` under each task tells you at once what holds and what does not. Run it as often as you like.
# - Some checks run only after submission. They ask for the same things: of the release after the next, of another bad
#   version.
# - `lab.hint("by-ecs")` gives the next hint for a question. There are three each, and they cost nothing.
# - After a restart of the kernel run the cells from the top; progress is kept. `lab.reset()` begins again in a fresh world, and
#   `lab.work("by-ecs")` shows your answer as it was at its last check.

# %% id="lab08-setup" role="setup"
import json
import re

import boto3

from autograder import lab

desk = lab.begin("08-blue-green")
ecs, ec2, elb = boto3.client("ecs"), boto3.client("ec2"), boto3.client("elbv2")
watch, codedeploy, stacks = boto3.client("cloudwatch"), boto3.client("codedeploy"), boto3.client("cloudformation")

held = elb.describe_load_balancers()["LoadBalancers"]
balancers = {each["LoadBalancerName"]: each["LoadBalancerArn"] for each in held}
groups = {each["GroupName"]: each["GroupId"] for each in ec2.describe_security_groups()["SecurityGroups"]}
vpc, places = held[0]["VpcId"], [zone["SubnetId"] for zone in held[0]["AvailabilityZones"]]
network = {"awsvpcConfiguration": {"subnets": places, "securityGroups": [groups["tasks"]], "assignPublicIp": "ENABLED"}}


def revision(service, version):
    """Register the service's definition with the image of a version; its ARN."""
    container = {"name": "web", "image": desk.images[service][version], "portMappings": [{"containerPort": desk.port}]}
    return ecs.register_task_definition(
        family=service,
        requiresCompatibilities=["FARGATE"],
        networkMode="awsvpc",
        cpu="256",
        memory="512",
        executionRoleArn=desk.roles["execution"],
        containerDefinitions=[container],
    )["taskDefinition"]["taskDefinitionArn"]


# %% [markdown] id="lab08-desk"
# That is your ticket. `desk.native`, `desk.classic` and `desk.stacked` are the three services, in the cluster
# `desk.cluster`; each is to run `desk.count` tasks. Each has a load balancer of its name, open to customers at port
# 80, with no listener yet. The program listens on `desk.port` and answers 200 at the path `desk.health`. `desk.roles`
# has the ARNs of three roles: `execution` for tasks, `shifting` for ECS, `codedeploy` for CodeDeploy. The setup cell
# has made `balancers`, `vpc`, `network` and `revision(service, version)` for you.
#
# `desk.cloud.advance(minutes=10)` lets time pass, `desk.cloud.load(desk.native, desk.rate, cluster=desk.cluster)`
# sends customers, and `views.rollout(desk.cloud, desk.native, desk.cluster)` (`from simcloud import views`) draws who
# served them.

# %% [markdown] id="lab08-q1"
# ## 1. ECS shifts it (5 points)
#
# Bring version 1.0 of `desk.native` up behind its load balancer, at port 80, so that ECS itself shifts each release
# as `desk.shift[desk.native]` says. Do not release 1.1 yet: the checks do it on a copy.
#
# Your cell ends when the service is stable. The waiter `services_stable` waits for that.


# %% id="lab08-a1" role="answer" question="by-ecs"
### BEGIN SOLUTION
def two_groups(service):
    """Two target groups for a service, blue and green; their ARNs."""
    return [
        elb.create_target_group(
            Name=f"{service}-{colour}",
            Protocol="HTTP",
            Port=desk.port,
            VpcId=vpc,
            TargetType="ip",
            HealthCheckPath=desk.health,
            HealthCheckIntervalSeconds=10,
            HealthCheckTimeoutSeconds=5,
        )["TargetGroups"][0]["TargetGroupArn"]
        for colour in ("blue", "green")
    ]


def listen(service, blue):
    """A listener at port 80 that forwards to the blue group; its ARN."""
    forward = [{"Type": "forward", "TargetGroupArn": blue}]
    made = elb.create_listener(LoadBalancerArn=balancers[service], Protocol="HTTP", Port=80, DefaultActions=forward)
    return made["Listeners"][0]["ListenerArn"]


def strategy(words):
    """The deployment configuration that shifts as the ticket says."""
    *part, keep = [int(number) for number in re.findall(r"\d+", words)]
    if "at one moment" in words:
        return {"strategy": "BLUE_GREEN", "bakeTimeInMinutes": keep}
    if "every" in words:
        steps = {"stepPercent": part[0], "stepBakeTimeInMinutes": part[1]}
        return {"strategy": "LINEAR", "linearConfiguration": steps, "bakeTimeInMinutes": keep}
    first = {"canaryPercent": part[0], "canaryBakeTimeInMinutes": part[1]}
    return {"strategy": "CANARY", "canaryConfiguration": first, "bakeTimeInMinutes": keep}


blue, green = two_groups(desk.native)
listener = listen(desk.native, blue)
weights = [{"TargetGroupArn": blue, "Weight": 100}, {"TargetGroupArn": green, "Weight": 0}]
rule = elb.create_rule(
    ListenerArn=listener,
    Priority=1,
    Conditions=[{"Field": "path-pattern", "Values": ["/*"]}],
    Actions=[{"Type": "forward", "ForwardConfig": {"TargetGroups": weights}}],
)["Rules"][0]["RuleArn"]
shifting = {"alternateTargetGroupArn": green, "productionListenerRule": rule, "roleArn": desk.roles["shifting"]}
balanced = {"targetGroupArn": blue, "containerName": "web", "containerPort": desk.port}
how = strategy(desk.shift[desk.native])
ecs.create_service(
    cluster=desk.cluster,
    serviceName=desk.native,
    taskDefinition=revision(desk.native, "1.0"),
    desiredCount=desk.count,
    launchType="FARGATE",
    networkConfiguration=network,
    loadBalancers=[{**balanced, "advancedConfiguration": shifting}],
    deploymentConfiguration=how,
)
stable = ecs.get_waiter("services_stable")
stable.wait(cluster=desk.cluster, services=[desk.native])
### END SOLUTION

# %% id="lab08-c1" role="check" question="by-ecs" points=5 rows=["P09"] tags=["raises-exception"]
lab.check("by-ecs")

# %% [markdown] id="lab08-q2"
# ## 2. It goes back by itself (4 points)
#
# Set `desk.native` up so that a bad version is taken back by itself, after 6 minutes with customers at most. A good
# version goes through, on a busy day too. (Watch what the *program* answers: a load balancer counts it as
# `HTTPCode_Target_5XX_Count`.)


# %% id="lab08-a2" role="answer" question="goes-back"
### BEGIN SOLUTION
def alarm(service):
    """An alarm on the errors of a service's program; its name."""
    watch.put_metric_alarm(
        AlarmName=f"{service}-errors",
        Namespace="AWS/ApplicationELB",
        MetricName="HTTPCode_Target_5XX_Count",
        Dimensions=[{"Name": "LoadBalancer", "Value": balancers[service].partition("loadbalancer/")[2]}],
        Statistic="Sum",
        Period=60,
        EvaluationPeriods=2,
        Threshold=2 * desk.usual,
        ComparisonOperator="GreaterThanThreshold",
        TreatMissingData="notBreaching",
    )
    return f"{service}-errors"


alarms = {"alarmNames": [alarm(desk.native)], "enable": True, "rollback": True}
ecs.update_service(cluster=desk.cluster, service=desk.native, deploymentConfiguration={**how, "alarms": alarms})
print(f"{desk.native} heeds its alarm from the next release on")
### END SOLUTION

# %% id="lab08-c2" role="check" question="goes-back" points=4 rows=["P09"] tags=["raises-exception"]
lab.check("goes-back")

# %% [markdown] id="lab08-q3"
# ## 3. CodeDeploy shifts it (5 points)
#
# `desk.classic` is deployed by CodeDeploy. Bring it up behind its own load balancer, at port 80, with one deployment
# group, so that each deployment shifts as `desk.shift[desk.classic]` says, and a bad version goes back by itself.
# Then let CodeDeploy bring version 1.1. Your cell ends when that deployment has succeeded: CodeDeploy has a waiter for it,
# `deployment_successful`. It is over when the old tasks are gone; with a `WaiterConfig` the waiter waits for longer than its half hour.
#
# After submission CodeDeploy deploys twice more.


# %% id="lab08-a3" role="answer" question="by-codedeploy"
### BEGIN SOLUTION
def app_spec(arn):
    """What CodeDeploy is to bring."""
    properties = {"TaskDefinition": arn, "LoadBalancerInfo": {"ContainerName": "web", "ContainerPort": desk.port}}
    service = {"TargetService": {"Type": "AWS::ECS::Service", "Properties": properties}}
    content = json.dumps({"version": "0.0", "Resources": [service]})
    return {"revisionType": "AppSpecContent", "appSpecContent": {"content": content}}


classic_blue, classic_green = two_groups(desk.classic)
classic_listener = listen(desk.classic, classic_blue)
ecs.create_service(
    cluster=desk.cluster,
    serviceName=desk.classic,
    taskDefinition=revision(desk.classic, "1.0"),
    desiredCount=desk.count,
    launchType="FARGATE",
    networkConfiguration=network,
    deploymentController={"type": "CODE_DEPLOY"},
    loadBalancers=[{"targetGroupArn": classic_blue, "containerName": "web", "containerPort": desk.port}],
)
elb.get_waiter("target_in_service").wait(TargetGroupArn=classic_blue)  # services_stable is for what ECS deploys

percent, minutes, keep = [int(number) for number in re.findall(r"\d+", desk.shift[desk.classic])]
kind = f"Linear{percent}PercentEvery" if "every" in desk.shift[desk.classic] else f"Canary{percent}Percent"
codedeploy.create_application(applicationName="ferryline", computePlatform="ECS")
codedeploy.create_deployment_group(
    applicationName="ferryline",
    deploymentGroupName=desk.classic,
    serviceRoleArn=desk.roles["codedeploy"],
    deploymentConfigName=f"CodeDeployDefault.ECS{kind}{minutes}Minutes",
    deploymentStyle={"deploymentType": "BLUE_GREEN", "deploymentOption": "WITH_TRAFFIC_CONTROL"},
    blueGreenDeploymentConfiguration={
        "deploymentReadyOption": {"actionOnTimeout": "CONTINUE_DEPLOYMENT"},
        "terminateBlueInstancesOnDeploymentSuccess": {"action": "TERMINATE", "terminationWaitTimeInMinutes": keep},
    },
    loadBalancerInfo={
        "targetGroupPairInfoList": [
            {
                "targetGroups": [{"name": f"{desk.classic}-blue"}, {"name": f"{desk.classic}-green"}],
                "prodTrafficRoute": {"listenerArns": [classic_listener]},
            }
        ]
    },
    ecsServices=[{"clusterName": desk.cluster, "serviceName": desk.classic}],
    alarmConfiguration={"enabled": True, "alarms": [{"name": alarm(desk.classic)}]},
    autoRollbackConfiguration={"enabled": True, "events": ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM"]},
)
place = {"applicationName": "ferryline", "deploymentGroupName": desk.classic}
brought = codedeploy.create_deployment(**place, revision=app_spec(revision(desk.classic, "1.1")))["deploymentId"]
patience = {"MaxAttempts": 400}  # a look every 15 seconds
codedeploy.get_waiter("deployment_successful").wait(deploymentId=brought, WaiterConfig=patience)
### END SOLUTION

# %% id="lab08-c3" role="check" question="by-codedeploy" points=5 rows=["P09"] tags=["raises-exception"]
lab.check("by-codedeploy")

# %% [markdown] id="lab08-q4"
# ## 4. The same as a template (4 points)
#
# `desk.stacked` comes out of a CloudFormation stack. The stack holds all that belongs to it: its task definition, its
# two target groups, its listener and rule, its alarm, the service. (Cluster, load balancer, roles and network are
# there already and stay outside.)
#
# - The template has a parameter called `Version`; create the stack with `1.0`. Its image is
#   `desk.images[desk.stacked]["1.0"]`, and so on. Your cell ends when the stack is complete (the waiter
#   `stack_create_complete`).
# - The checks update the stack with another `Version` and nothing else. ECS then shifts as `desk.shift[desk.stacked]`
#   says, and a bad version goes back by itself; the stack says so in its status.
# - After submission the stack is deleted, and nothing of it may be left.


# %% id="lab08-a4" role="answer" question="by-template"
### BEGIN SOLUTION
def capital(value):
    """The same with each key as a template spells it: with a capital letter."""
    if isinstance(value, dict):
        return {key[0].upper() + key[1:]: capital(one) for key, one in value.items()}
    return value


targets = {
    "Protocol": "HTTP", "Port": desk.port, "VpcId": vpc, "TargetType": "ip", "HealthCheckPath": desk.health,
    "HealthCheckIntervalSeconds": 10, "HealthCheckTimeoutSeconds": 5,
}  # fmt: skip
pair = [{"TargetGroupArn": {"Ref": "Blue"}, "Weight": 100}, {"TargetGroupArn": {"Ref": "Green"}, "Weight": 0}]
image = desk.images[desk.stacked]["1.0"].removesuffix("1.0") + "${Version}"
template = {
    "Parameters": {"Version": {"Type": "String"}},
    "Resources": {
        "Definition": {"Type": "AWS::ECS::TaskDefinition", "Properties": {
            "Family": desk.stacked, "RequiresCompatibilities": ["FARGATE"], "NetworkMode": "awsvpc",
            "Cpu": "256", "Memory": "512", "ExecutionRoleArn": desk.roles["execution"],
            "ContainerDefinitions": [
                {"Name": "web", "Image": {"Fn::Sub": image}, "PortMappings": [{"ContainerPort": desk.port}]},
            ],
        }},
        "Blue": {"Type": "AWS::ElasticLoadBalancingV2::TargetGroup", "Properties": targets},
        "Green": {"Type": "AWS::ElasticLoadBalancingV2::TargetGroup", "Properties": targets},
        "Listener": {"Type": "AWS::ElasticLoadBalancingV2::Listener", "Properties": {
            "LoadBalancerArn": balancers[desk.stacked], "Protocol": "HTTP", "Port": 80,
            "DefaultActions": [{"Type": "forward", "TargetGroupArn": {"Ref": "Blue"}}],
        }},
        "Rule": {"Type": "AWS::ElasticLoadBalancingV2::ListenerRule", "Properties": {
            "ListenerArn": {"Ref": "Listener"}, "Priority": 1,
            "Conditions": [{"Field": "path-pattern", "Values": ["/*"]}],
            "Actions": [{"Type": "forward", "ForwardConfig": {"TargetGroups": pair}}],
        }},
        "Errors": {"Type": "AWS::CloudWatch::Alarm", "Properties": {
            "Namespace": "AWS/ApplicationELB", "MetricName": "HTTPCode_Target_5XX_Count",
            "Dimensions": [{"Name": "LoadBalancer", "Value": balancers[desk.stacked].partition("loadbalancer/")[2]}],
            "Statistic": "Sum", "Period": 60, "EvaluationPeriods": 2, "Threshold": 2 * desk.usual,
            "ComparisonOperator": "GreaterThanThreshold", "TreatMissingData": "notBreaching",
        }},
        "Service": {"Type": "AWS::ECS::Service", "DependsOn": "Rule", "Properties": {
            "Cluster": desk.cluster, "ServiceName": desk.stacked, "TaskDefinition": {"Ref": "Definition"},
            "DesiredCount": desk.count, "LaunchType": "FARGATE",
            "NetworkConfiguration": {"AwsvpcConfiguration": capital(network["awsvpcConfiguration"])},
            "DeploymentConfiguration": {
                **capital(strategy(desk.shift[desk.stacked])),
                "Alarms": {"AlarmNames": [{"Ref": "Errors"}], "Enable": True, "Rollback": True},
            },
            "LoadBalancers": [{
                "ContainerName": "web", "ContainerPort": desk.port, "TargetGroupArn": {"Ref": "Blue"},
                "AdvancedConfiguration": {
                    "AlternateTargetGroupArn": {"Ref": "Green"}, "ProductionListenerRule": {"Ref": "Rule"},
                    "RoleArn": desk.roles["shifting"],
                },
            }],
        }},
    },
}  # fmt: skip
version = [{"ParameterKey": "Version", "ParameterValue": "1.0"}]
stacks.create_stack(StackName=desk.stacked, TemplateBody=json.dumps(template), Parameters=version)
stacks.get_waiter("stack_create_complete").wait(StackName=desk.stacked)
### END SOLUTION

# %% id="lab08-c4" role="check" question="by-template" points=4 rows=["P09"] tags=["raises-exception"]
lab.check("by-template")

# %% [markdown] id="lab08-q5"
# ## 5. Read how it went back (2 points)
#
# Now release version 2.0 of `desk.native` and of `desk.classic` yourself, with customers, and let both go back. Then
# read:
#
# - `native`: the `status` of the service deployment of ECS that brought 2.0.
# - `classic`: the `code` of the error information of CodeDeploy's deployment that brought 2.0, and the id of the
#   deployment that took the customers back: a list of the two.

# %% id="lab08-a5" role="answer" question="read-it"
native = ...
classic = ...
### BEGIN SOLUTION
for service in (desk.native, desk.classic):
    desk.cloud.load(service, desk.rate, cluster=desk.cluster)
ecs.update_service(cluster=desk.cluster, service=desk.native, taskDefinition=revision(desk.native, "2.0"))
wrong = codedeploy.create_deployment(**place, revision=app_spec(revision(desk.classic, "2.0")))["deploymentId"]
desk.cloud.advance(minutes=45)

newest = ecs.list_service_deployments(cluster=desk.cluster, service=desk.native)["serviceDeployments"][0]
native = newest["status"]
info = codedeploy.get_deployment(deploymentId=wrong)["deploymentInfo"]
classic = [info["errorInformation"]["code"], info["rollbackInfo"]["rollbackDeploymentId"]]
print(native, *classic)
### END SOLUTION

# %% id="lab08-c5" role="check" question="read-it" points=2 rows=["P09"] tags=["raises-exception"]
lab.check("read-it", native=native, classic=classic)

# %% [markdown] id="lab08-reflect" role="reflect" question="explain-it" points=2
# ## 6. Explain it (2 points, read by a person)
#
# Mara asks: *"Two controllers and a template, for three services that all do the same. Can we not choose one? And if
# 2.0 had been wrong in a way that is no 500, say a ticket with the wrong date: would any of the three have taken it
# back?"* Answer her in four to eight sentences.
#
# === BEGIN MARK SCHEME ===
# One point for a choice with reasons from this lab: ECS's own strategies are an ordinary update, have any percentage,
# go into a template and need no second service to learn; CodeDeploy has its AppSpec hooks and what already stands; a
# service of CodeDeploy refuses an ordinary update. Either choice. Half of it for a choice without a reason that was
# seen here.
#
# One point for: no, an alarm sees only what is measured; the wrong ticket needs a metric of its own (a custom metric,
# a synthetic check, a hook that buys a ticket in the test listener before customers come), or a person and a bake
# time that is long enough. No point for "more tests" alone.
# === END MARK SCHEME ===

# %% [markdown] id="lab08-reflect-answer" role="reflect" question="explain-it"
# *Write your answer here.*

# %% [markdown] id="lab08-end"
# ## Hand it in
#
# Save the notebook (Ctrl+S), run the next cell and press the button. `fargate-course submit 08-blue-green` in a
# terminal does the same. `lab.progress()` shows where you stand.
# `lab.solution("by-ecs")` shows the worked solution of a question that you have passed, where your copy has it.

# %% id="lab08-submit" role="setup" tags=["nbval-ignore-output"]
lab.submit_button()
