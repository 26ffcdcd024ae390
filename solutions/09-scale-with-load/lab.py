# %% [markdown] id="lab09-title"
# # Lab 09: Scale with the load
#
# **60 to 75 minutes, 20 points, and a question for 2 more.** You need lessons 07 and 09.
#
# Mara has three services that stand still while the world around them moves. The shop sells tickets: its day is a
# hill. At the gate a crowd comes from one minute to the next. The workers print what the ships bring: nothing for
# hours, then a load. Each has two tasks, day and night. Give each the policy that fits it.

# %% [markdown] id="lab09-rules"
# **How you are judged.** By days that your services live through on a copy of your world, from midnight to midnight:
# how many requests were lost, how long an answer took, how long a message waited, and what the tasks cost. Any policy
# counts that keeps the limits.
#
# - `desk.days` shows the usual day of each service: pairs of an hour and what comes a second, with a straight line
#   from each to the next. **After submission come days that you have not seen**: up to `desk.most[service]` a second,
#   at other hours. In the shop the way from the least to the most never takes less than an hour.
# - `desk.dear[service]` is what a million requests (or messages) may cost, in USD: the tasks of the whole day, paid
#   by the second at the price of Fargate.
# - `desk.bounds[service]` are the least and the most tasks: never fewer, since one may die at night; never more, whatever
#   comes, since the database takes no more connections. That is looked at on a day with an empty night and twice the most.
# - The cooldowns of the house, for each policy that tracks a target: 60 seconds after a change out, 120 after a change in.
# - `lab.check(...)` under each task tells you at once what holds and what does not. Run it as often as you like.
# - `lab.hint("follow")` gives the next hint for a question. There are three each, and they cost nothing.
# - After a restart of the kernel run the cells from the top; progress is kept. `lab.reset()` begins again in a fresh world, and
#   `lab.work("follow")` shows your answer as it was at its last check.

# %% id="lab09-setup" role="setup"
import boto3

from autograder import lab

desk = lab.begin("09-scale-with-load")
ecs, watch, scaling = boto3.client("ecs"), boto3.client("cloudwatch"), boto3.client("application-autoscaling")


def usual_day(service):
    """Let a service live through its usual day on a copy; its history from midnight to the end of that day."""
    with desk.cloud.copy() as future:
        hours = desk.days[service][-1][0]
        until = 86_400 - future.now.timestamp() % 86_400
        points = [(until + hour * 3600, rate) for hour, rate in desk.days[service]]
        queue = {"queue": desk.queue} if service == desk.worker else {}
        future.load(service, points=[(0, points[0][1]), *points], cluster=desk.cluster, **queue)
        future.advance(seconds=until + hours * 3600)
        return future.scaling_history(service, desk.cluster, minutes=hours * 60)


def target(service):
    """What Application Auto Scaling calls the desired count of a service."""
    resource = f"service/{desk.cluster}/{service}"
    return {"ServiceNamespace": "ecs", "ResourceId": resource, "ScalableDimension": "ecs:service:DesiredCount"}


# %% [markdown] id="lab09-desk"
# That is your ticket. `desk.shop`, `desk.gate` and `desk.worker` are the three services, in the cluster
# `desk.cluster`; the workers take the messages of the queue `desk.queue`. A task has 0.25 vCPU. It is a quiet
# evening; the next day begins at midnight UTC.
#
# `usual_day(desk.shop)` lives through a day on a copy. Its `failed` is a pair, the requests that were lost and all of
# them; its `counts` say from when on how many tasks ran; its `readings` have `latency` and `cpu`. In a copy,
# `views.scaling_chart(future, desk.shop, desk.cluster, minutes=1440)` (`from simcloud import views`) draws it.

# %% [markdown] id="lab09-q1"
# ## 1. Without a policy (4 points)
#
# Nothing scales the shop yet. On a copy, let `desk.rush` requests a second come for an hour. (Work in copies only:
# your world stays as it is.)
#
# - `stays`: how many tasks of the shop run at the end of that hour.
# - `lost`: how many percent of the requests of that hour got no answer in time, to half a percent.
# - `enough`: the least number of tasks with which an answer to that load takes 250 ms at most, on average. Try it
#   with other counts.

# %% id="lab09-a1" role="answer" question="no-policy"
stays = ...
lost = ...
enough = ...


### BEGIN SOLUTION
def try_rush(count):
    """An hour of the rush with this many tasks: tasks at the end, percent lost, seconds until an answer in the worst minute."""
    with desk.cloud.copy() as future:
        ecs.update_service(cluster=desk.cluster, service=desk.shop, desiredCount=count)
        ecs.get_waiter("services_stable").wait(cluster=desk.cluster, services=[desk.shop])
        future.load(desk.shop, desk.rush, cluster=desk.cluster)
        future.advance(hours=1)
        served = future.served(desk.shop, desk.cluster)
        readings = future.scaling_history(desk.shop, desk.cluster, minutes=60).readings
        slowest = max(reading.latency for reading in readings)
        return future.service(desk.shop, desk.cluster).running, 100 * (1 - served.availability), slowest


least, most = desk.bounds[desk.shop]
stays, lost, _ = try_rush(least)
enough = next(count for count in range(least, most) if try_rush(count)[2] <= 0.25)
print(stays, round(lost), enough)
### END SOLUTION

# %% id="lab09-c1" role="check" question="no-policy" points=4 rows=["F23"] tags=["raises-exception"]
lab.check("no-policy", stays=stays, lost=lost, enough=enough)

# %% [markdown] id="lab09-q2"
# ## 2. The shop follows its customers (6 points)
#
# Let `desk.shop` follow its load. On any day it may lose one request in a thousand, an answer takes 250 ms at most
# (on average over any six minutes), and a million requests cost no more than `desk.dear[desk.shop]`. The bounds and the
# cooldowns of the house hold.

# %% id="lab09-a2" role="answer" question="follow"
### BEGIN SOLUTION
least, most = desk.bounds[desk.shop]
scaling.register_scalable_target(**target(desk.shop), MinCapacity=least, MaxCapacity=most)
scaling.put_scaling_policy(
    **target(desk.shop),
    PolicyName=f"{desk.shop}-cpu",
    PolicyType="TargetTrackingScaling",
    TargetTrackingScalingPolicyConfiguration={
        "TargetValue": 55.0,
        "PredefinedMetricSpecification": {"PredefinedMetricType": "ECSServiceAverageCPUUtilization"},
        "ScaleOutCooldown": 60,
        "ScaleInCooldown": 120,
    },
)
lost_then, asked_then = usual_day(desk.shop).failed
print(f"{lost_then:.0f} of {asked_then:.0f} requests are lost")
### END SOLUTION

# %% id="lab09-c2" role="check" question="follow" points=6 rows=["F17", "F23"] tags=["raises-exception"]
lab.check("follow")

# %% [markdown] id="lab09-q3"
# ## 3. The gate meets a crowd (5 points)
#
# At `desk.gate` up to `desk.most[desk.gate]` requests a second come from one minute to the next. `desk.opens` says
# when that happens: each day at that hour (UTC), for an hour; or nobody knows when. On any day the gate may lose
# `desk.lost` percent of its requests, and a million requests cost no more than `desk.dear[desk.gate]`. (Nobody is
# promised a quick answer there.) The bounds hold.
#
# Where the hour is known, the tasks for the crowd are asked for in the ten minutes before it, no sooner, since the gate is
# cleaned until then; five minutes after the crowd's hour no more than the least are asked for.

# %% id="lab09-a3" role="answer" question="jump"
### BEGIN SOLUTION
least, most = desk.bounds[desk.gate]
scaling.register_scalable_target(**target(desk.gate), MinCapacity=least, MaxCapacity=most)
if desk.opens == "nobody knows when":
    policies = {}
    for count, bound in ((most, "MetricIntervalLowerBound"), (least, "MetricIntervalUpperBound")):
        policies[count] = scaling.put_scaling_policy(
            **target(desk.gate),
            PolicyName=f"{desk.gate}-to-{count}",
            PolicyType="StepScaling",
            StepScalingPolicyConfiguration={
                "AdjustmentType": "ExactCapacity",
                "StepAdjustments": [{bound: 0, "ScalingAdjustment": count}],
            },
        )["PolicyARN"]
    of = [{"Name": "ClusterName", "Value": desk.cluster}, {"Name": "ServiceName", "Value": desk.gate}]
    cpu = {
        "Namespace": "AWS/ECS",
        "MetricName": "CPUUtilization",
        "Dimensions": of,
        "Statistic": "Average",
        "Period": 60,
    }
    watch.put_metric_alarm(
        AlarmName=f"{desk.gate}-crowd",
        EvaluationPeriods=1,
        Threshold=75,
        ComparisonOperator="GreaterThanThreshold",
        AlarmActions=[policies[most]],
        **cpu,
    )
    watch.put_metric_alarm(
        AlarmName=f"{desk.gate}-nobody",
        EvaluationPeriods=5,
        Threshold=35,
        ComparisonOperator="LessThanThreshold",
        AlarmActions=[policies[least]],
        **cpu,
    )
else:
    hour, minute = map(int, desk.opens.split(":"))
    opens = 60 * hour + minute
    for at, count in ((opens - 10, most), (opens + 65, least)):
        scaling.put_scheduled_action(
            **target(desk.gate),
            ScheduledActionName=f"{desk.gate}-to-{count}",
            Schedule=f"cron({at % 60} {at // 60} * * ? *)",
            ScalableTargetAction={"MinCapacity": count, "MaxCapacity": count},
        )
lost_then, asked_then = usual_day(desk.gate).failed
print(f"{lost_then:.0f} of {asked_then:.0f} requests are lost")
### END SOLUTION

# %% id="lab09-c3" role="check" question="jump" points=5 rows=["F17"] tags=["raises-exception"]
lab.check("jump")

# %% [markdown] id="lab09-q4"
# ## 4. The workers keep up (5 points)
#
# A task of `desk.worker` works off `desk.messages` messages a minute. No message may wait for more than `desk.wait`
# minutes, a million messages cost no more than `desk.dear[desk.worker]`, and after a quiet evening three tasks run at
# most. The bounds and the cooldowns of the house hold. (Container Insights is on in the cluster.)


# %% id="lab09-a4" role="answer" question="backlog"
### BEGIN SOLUTION
def query(name, namespace, metric, **dimensions):
    """One metric for the policy's arithmetic."""
    named = [{"Name": key, "Value": value} for key, value in dimensions.items()]
    found = {"Namespace": namespace, "MetricName": metric, "Dimensions": named}
    return {"Id": name, "ReturnData": False, "MetricStat": {"Stat": "Average", "Metric": found}}


waiting = query("waiting", "AWS/SQS", "ApproximateNumberOfMessagesVisible", QueueName=desk.queue)
running = query(
    "running", "ECS/ContainerInsights", "RunningTaskCount", ClusterName=desk.cluster, ServiceName=desk.worker
)
backlog = {"Id": "backlog", "Expression": "waiting / running", "ReturnData": True}
least, most = desk.bounds[desk.worker]
scaling.register_scalable_target(**target(desk.worker), MinCapacity=least, MaxCapacity=most)
scaling.put_scaling_policy(
    **target(desk.worker),
    PolicyName=f"{desk.worker}-backlog",
    PolicyType="TargetTrackingScaling",
    TargetTrackingScalingPolicyConfiguration={
        "TargetValue": 0.4 * desk.wait * desk.messages,  # the alarm and the start of the tasks take minutes too
        "ScaleOutCooldown": 60,
        "ScaleInCooldown": 120,
        "CustomizedMetricSpecification": {"Metrics": [waiting, running, backlog]},
    },
)
print(max(count.running for count in usual_day(desk.worker).counts), "workers at the most")
### END SOLUTION

# %% id="lab09-c4" role="check" question="backlog" points=5 rows=["F17"] tags=["raises-exception"]
lab.check("backlog")

# %% [markdown] id="lab09-reflect" role="reflect" question="explain-it" points=2
# ## 5. Explain it (2 points, read by a person)
#
# Mara asks: *"Three services, three ways. Why not target tracking at 50 % for all of them, and why not simply enough
# tasks for the worst hour?"* Answer her in four to eight sentences, with figures from your days.
#
# === BEGIN MARK SCHEME ===
# One point for why not tracking for all: the minutes between the rush and the new task (alarm, start) are nothing on
# a hill and everything in a jump; a known hour needs no alarm; and CPU says how busy, not who waits. With a figure
# from the lab: lost requests, minutes, or the wait of a message. Half of it without one.
#
# One point for the price of standing still: tasks for the worst hour cost a multiple over the day (the share of the
# day that is full), with a figure. No point for "auto scaling is best practice".
# === END MARK SCHEME ===

# %% [markdown] id="lab09-reflect-answer" role="reflect" question="explain-it"
# *Write your answer here.*

# %% [markdown] id="lab09-end"
# ## Hand it in
#
# Save the notebook (Ctrl+S), run the next cell and press the button. `fargate-course submit 09-scale-with-load` in a
# terminal does the same. `lab.progress()` shows where you stand.
# `lab.solution("follow")` shows the worked solution of a question that you have passed, where your copy has it.

# %% id="lab09-submit" role="setup" tags=["nbval-ignore-output"]
lab.submit_button()
