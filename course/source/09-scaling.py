# %% [markdown] id="sca-title"
# # 09 · Scaling
#
# **At noon the queue at the harbour is a hundred metres long, and at midnight it is empty. How many tasks is the right number?**
#
# After this lesson you can
#
# - let a service follow its load by target tracking, by steps, by the clock, and by a backlog,
# - say how many minutes pass from the rush to the new task, and where they go,
# - choose the figure that is worth tracking.
#
# About 55 minutes. You need lesson [07](07-services.ipynb).

# %% [markdown] id="sca-story"
# Mara has set `tickets` to eight tasks, because eight were enough on the worst Saturday. On the other six days she pays for five that do
# nothing. "It should breathe," she says.

# %% id="sca-open"
from datetime import timedelta

import boto3

from simcloud import Cloud, views

cloud = Cloud(seed=9).open()
ecs, ec2, watch = (boto3.client(name) for name in ("ecs", "ec2", "cloudwatch"))
scaling = boto3.client("application-autoscaling")
ecs.create_cluster(clusterName="ferryline")
subnets = ec2.describe_subnets(Filters=[{"Name": "default-for-az", "Values": ["true"]}])["Subnets"]
network = {"awsvpcConfiguration": {"subnets": sorted(each["SubnetId"] for each in subnets)[:2],
                                   "assignPublicIp": "ENABLED"}}
container = {"name": "web", "image": "public.ecr.aws/nginx/nginx:1.27"}
ecs.register_task_definition(family="tickets", requiresCompatibilities=["FARGATE"],
                             networkMode="awsvpc", cpu="256", memory="512",
                             containerDefinitions=[container])
ecs.create_service(cluster="ferryline", serviceName="tickets", taskDefinition="tickets", desiredCount=2,
                   launchType="FARGATE",
                   networkConfiguration=network)
ecs.get_waiter("services_stable").wait(cluster="ferryline", services=["tickets"])

# %% [markdown] id="sca-none-text"
# ## Without a policy
#
# One task of this size answers 25 requests a second. There are two. The load climbs from 20 to 120. **Write down your guess:** how many
# tasks does Fargate start?

# %% id="sca-none" rows=["F23"]
with cloud.copy() as future:
    future.load("tickets", points=[(0, 20), (1800, 120), (3600, 120)], cluster="ferryline")
    future.advance(hours=1)
    display(views.scaling_chart(future, "tickets", "ferryline", minutes=60))

# %% [markdown] id="sca-none-seen"
# None. Latency, the time until an answer, climbs; then requests get no answer. The number of tasks is the *desired count*, and nobody changed it.
#
# ## Target tracking
#
# *Application Auto Scaling* changes it. First the service is *registered*, with the least and the most; then it gets a policy. Target
# tracking is like a thermostat: "keep the CPU near 60 %".

# %% id="sca-track" rows=["F17"]
THIS = {"ServiceNamespace": "ecs", "ResourceId": "service/ferryline/tickets",
        "ScalableDimension": "ecs:service:DesiredCount"}
scaling.register_scalable_target(**THIS, MinCapacity=2, MaxCapacity=10)
policy = scaling.put_scaling_policy(
    **THIS, PolicyName="cpu", PolicyType="TargetTrackingScaling",
    TargetTrackingScalingPolicyConfiguration={
        "TargetValue": 60.0,
        "PredefinedMetricSpecification": {"PredefinedMetricType": "ECSServiceAverageCPUUtilization"},
        "ScaleOutCooldown": 60, "ScaleInCooldown": 300})
for alarm in policy["Alarms"]:
    found = watch.describe_alarms(AlarmNames=[alarm["AlarmName"]])["MetricAlarms"][0]
    print(found["AlarmName"].split("-Alarm")[1][:4], found["ComparisonOperator"], found["Threshold"],
          "for", found["EvaluationPeriods"], "minutes")

# %% [markdown] id="sca-track-seen"
# The policy made **two alarms** for itself. Out: above 60 for 3 minutes. In: below 54, which is 90 % of the target, for **15** minutes.
# Quick to help, slow to save. (`Cooldown`: after a change the policy waits so many seconds before it goes the same way again.)
# ([AWS: target tracking](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-autoscaling-targettracking.html))
#
# The same hill of load once more. It passes 30 requests a second, where two tasks are at 60 %, after three minutes. **Guess:** how many
# minutes later is the third task asked for?

# %% id="sca-follow" rows=["F17", "F23"]
with cloud.copy() as future:
    future.load("tickets", points=[(0, 20), (1800, 120), (3600, 120), (4500, 20)], cluster="ferryline")
    future.advance(minutes=130)
    display(views.scaling_chart(future, "tickets", "ferryline", minutes=130))
    served = future.served("tickets", "ferryline")
    print(f"{served.availability:.1%} answered in time")

# %% id="sca-activities" rows=["F17"]
with cloud.copy() as future:
    future.load("tickets", 45, cluster="ferryline")
    future.advance(minutes=8)
    for activity in scaling.describe_scaling_activities(ServiceNamespace="ecs")["ScalingActivities"]:
        print(activity["StartTime"].time(), activity["Description"], "|", activity["Cause"][-40:])

# %% [markdown] id="sca-size"
# How many at once? In proportion: two tasks at 90 % with target 60 become 2 x 90 / 60 = **3**, rounded up. The fourth, a minute later, came because the
# third had run for a part of that minute only: the average was still too high.
#
# Where do the minutes go? The CPU passed 60 % at about 09:03:30, and the third task was asked for at 09:07. Three minutes for the alarm, half a minute or so for the task to start, and the time that your image needs until it
# answers. So the target must leave room for what happens meanwhile. Move the sliders: a slow image, a high target, a steep hill.

# %% id="sca-try" rows=["F17", "F23"]
views.try_scaling()

# %% [markdown] id="sca-step-text"
# ## Steps
#
# With *step scaling* you make the alarm, and say how much to add for how far it is off. It is for jumps that a thermostat answers too
# slowly. The bounds count from the alarm's threshold. **Guess:** threshold 70, and the CPU is at 100. Which step?

# %% id="sca-step" rows=["F17"]
scaling.delete_scaling_policy(**THIS, PolicyName="cpu")
step = scaling.put_scaling_policy(
    **THIS, PolicyName="jump", PolicyType="StepScaling",
    StepScalingPolicyConfiguration={
        "AdjustmentType": "ChangeInCapacity", "Cooldown": 60, "MetricAggregationType": "Average",
        "StepAdjustments": [{"MetricIntervalLowerBound": 0, "MetricIntervalUpperBound": 20,
                             "ScalingAdjustment": 1},
                            {"MetricIntervalLowerBound": 20, "ScalingAdjustment": 4}]})["PolicyARN"]
OF = [{"Name": "ClusterName", "Value": "ferryline"}, {"Name": "ServiceName", "Value": "tickets"}]
watch.put_metric_alarm(AlarmName="busy", Namespace="AWS/ECS", MetricName="CPUUtilization",
                       Dimensions=OF, Statistic="Average", Period=60,
                       EvaluationPeriods=1, Threshold=70, ComparisonOperator="GreaterThanThreshold",
                       AlarmActions=[step])
with cloud.copy() as future:
    future.load("tickets", 100, cluster="ferryline")
    future.advance(minutes=3)
    print("tasks wanted:", future.service("tickets", "ferryline").desired)
    told = scaling.describe_scaling_activities(ServiceNamespace="ecs")["ScalingActivities"]
    for activity in reversed(told):
        print(activity["StartTime"].time(), activity["Description"])

# %% [markdown] id="sca-step-seen"
# 100 is 30 above the threshold: the second step, four more. A minute later, while they were starting, it was a little above 70 still: the
# first step, one more. Nothing takes them away again: step scaling needs a second alarm and policy
# for the way down. ([AWS: step scaling](https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-step-scaling-policies.html))
#
# ## The clock
#
# The eight o'clock ferry sells out each morning at half past seven. No need to wait for an alarm: a *scheduled action* moves the bounds
# beforehand, and the count with them.

# %% id="sca-clock" rows=["F17"]
watch.delete_alarms(AlarmNames=["busy"])
scaling.delete_scaling_policy(**THIS, PolicyName="jump")
for name, hour, least in (("before-the-ferry", 7, 6), ("after-the-ferry", 9, 2)):
    scaling.put_scheduled_action(**THIS, ScheduledActionName=name, Schedule=f"cron(0 {hour} * * ? *)",
                                 ScalableTargetAction={"MinCapacity": least, "MaxCapacity": 10})
with cloud.copy() as future:
    for hours in (21, 2, 2):
        future.advance(hours=hours)
        print(future.now.strftime("%a %H:%M"), "wanted", future.service("tickets", "ferryline").desired)

# %% [markdown] id="sca-clock-seen"
# At seven the bounds were moved up and the count followed. At nine only the *bounds* went down: the count of 6 lies within 2 to 10, so it
# stays, until a policy finds it too high. A schedule and target tracking belong together.
#
# ## What is worth tracking
#
# *Amazon SQS* is a queue: programs put messages in, workers take them out (lesson 11). A worker may be at 5 % CPU and hopelessly late. What counts is the **backlog per task**: waiting messages divided by tasks.
# No such metric is there ready-made; metric math makes it of two. (The count of running tasks is one of *Container Insights*, lesson 13,
# which is turned on first.)

# %% id="sca-queue" rows=["F17"]
sqs, iam = boto3.client("sqs"), boto3.client("iam")
sqs.create_queue(QueueName="receipts")
ecs.create_service(cluster="ferryline", serviceName="receipts", taskDefinition="tickets",
                   desiredCount=1, launchType="FARGATE",
                   networkConfiguration=network)
ecs.update_cluster_settings(cluster="ferryline",
                            settings=[{"name": "containerInsights", "value": "enabled"}])
QUEUE = {**THIS, "ResourceId": "service/ferryline/receipts"}
scaling.register_scalable_target(**QUEUE, MinCapacity=1, MaxCapacity=10)


def query(name, namespace, metric, dimensions, statistic):
    """One metric for the policy's arithmetic."""
    return {"Id": name, "ReturnData": False, "MetricStat": {"Stat": statistic, "Metric": {
        "Namespace": namespace, "MetricName": metric,
        "Dimensions": [{"Name": key, "Value": value} for key, value in dimensions.items()]}}}


waiting = query("waiting", "AWS/SQS", "ApproximateNumberOfMessagesVisible", {"QueueName": "receipts"},
                "Average")
running = query("running", "ECS/ContainerInsights", "RunningTaskCount",
                {"ClusterName": "ferryline", "ServiceName": "receipts"}, "Average")
backlog = {"Id": "backlog", "Expression": "waiting / running", "ReturnData": True}
scaling.put_scaling_policy(
    **QUEUE, PolicyName="backlog", PolicyType="TargetTrackingScaling",
    TargetTrackingScalingPolicyConfiguration={
        "TargetValue": 100.0, "ScaleOutCooldown": 60, "ScaleInCooldown": 300,
        "CustomizedMetricSpecification": {"Metrics": [waiting, running, backlog]}})
with cloud.copy() as future:
    future.load("receipts", steps=[(0, 8), (1200, 1)], queue="receipts", cluster="ferryline")
    for _ in range(9):
        future.advance(minutes=4)
        seen = future.service("receipts", "ferryline")
        left = watch.get_metric_statistics(
            Namespace="AWS/SQS", MetricName="ApproximateNumberOfMessagesVisible",
            Statistics=["Average"], Period=60,
            StartTime=future.now - timedelta(minutes=2), EndTime=future.now,
            Dimensions=[{"Name": "QueueName", "Value": "receipts"}])["Datapoints"]
        print(future.now.strftime("%H:%M"), "tasks", seen.running, "waiting",
              round(left[-1]["Average"]))

# %% [markdown] id="sca-queue-seen"
# The service grows until the backlog is worked off, then shrinks. At 09:20 it had shrunk too far: with nothing waiting, one task seemed
# enough while messages still came, so it grew once more. A higher minimum calms that. The target is a sentence about time: if a message takes 0.4 seconds and may wait 40, a task may have 100 waiting.
# ([AWS: scaling on a queue](https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-using-sqs-queue.html))

# %% [markdown] id="sca-exam" rests=["F17", "F23", "P06", "FG1463", "https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-scheduled-scaling.html"]
# ## Exam notes (CLF-C02, SAA-C03, SAP-C02 and DOP-C02)
#
# - **Keep near a value.** *Asked as:* "average CPU at about 60 %, least effort". *Decides:* target tracking.
# - **Known times.** *Asked as:* "each weekday at eight". *Decides:* scheduled action.
# - **How far off.** *Asked as:* "add two at 70 %, five at 90 %". *Decides:* step scaling.
# - **Workers.** *Asked as:* "messages wait although CPU is low". *Decides:* backlog per task, not CPU.
# - **Flapping.** *Asked as:* "tasks are started and stopped all the time". *Decides:* cooldowns, or a target farther from the load.
# - **By itself?** *Asked as:* "Fargate scales the service". *Decides:* only Application Auto Scaling does.
# - **From zero.** *Asked as:* "minimum 0, and it never comes back". *Decides:* without tasks there is no CPU metric; a queue or a clock can wake it.
#
# **Four questions.** Choose, press *Answer*, and read why each option is right or wrong.

# %% id="sca-question-grow"
from autograder.exam.question import question

question("tasks-that-did-not-grow")

# %% id="sca-question-late"
question("workers-late-and-idle")

# %% id="sca-question-size"
question("four-tasks-at-ninety-percent")

# %% id="sca-question-clock"
question("rush-at-eight-o-clock")

# %% [markdown] id="sca-real"
# ## On a real account
#
# ```bash
# aws application-autoscaling register-scalable-target --service-namespace ecs --resource-id service/ferryline/tickets \
#   --scalable-dimension ecs:service:DesiredCount --min-capacity 2 --max-capacity 10
# aws application-autoscaling put-scaling-policy --policy-name cpu --policy-type TargetTrackingScaling \
#   --service-namespace ecs --resource-id service/ferryline/tickets --scalable-dimension ecs:service:DesiredCount \
#   --target-tracking-scaling-policy-configuration file://cpu.json
# ```
#
# ```yaml
# Target:
#   Type: AWS::ApplicationAutoScaling::ScalableTarget
#   Properties: {ServiceNamespace: ecs, ScalableDimension: "ecs:service:DesiredCount", MinCapacity: 2, MaxCapacity: 10,
#                ResourceId: !Sub "service/${Cluster}/${Service.Name}"}
# Policy:
#   Type: AWS::ApplicationAutoScaling::ScalingPolicy
#   Properties:
#     PolicyName: cpu
#     PolicyType: TargetTrackingScaling
#     ScalingTargetId: !Ref Target
#     TargetTrackingScalingPolicyConfiguration:
#       TargetValue: 60
#       PredefinedMetricSpecification: {PredefinedMetricType: ECSServiceAverageCPUUtilization}
# ```
#
# **It would cost** nothing beyond the tasks and 10 cents a month for each alarm. **Clean up:** deregister the target; it takes policies, their
# alarms and schedules with it.
#
# **The simulator leaves out** noise: its load is a smooth line. How many tasks are added at once is not published by AWS; the proportion used
# here fits its examples.

# %% [markdown] id="sca-answer"
# ## So how many are the right number?
#
# As many as keep one figure where you want it: choose the figure that means *someone waits*. Let the thermostat follow it, the clock go
# ahead of what you know, and steps catch what jumps. And remember the minutes between the rush and the new task: the target must hold them.
#
# <!-- go on -->
#
# **Practise:** lab [09 · Scale with the load](../labs/09-scale-with-load/09-scale-with-load.ipynb). **Go on:** lesson [10 · Spot and capacity providers](10-spot.ipynb).
#
# <!-- end of go on -->
