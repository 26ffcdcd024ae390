# %% [markdown] id="spot-title"
# # 10 · Spot and capacity providers
#
# **Spot is up to 70 % cheaper. Why does Mara not run everything on it?**
#
# After this lesson you can
#
# - split a service over on-demand and Spot by base and weight, and say how many tasks go where,
# - tell what happens in the two minutes between the warning and the end,
# - decide from lost work and lost requests what belongs on Spot.
#
# About 45 minutes. You need lesson [07](07-services.ipynb).

# %% [markdown] id="spot-story"
# Ferryline's bill has doubled since the summer. "There is a cheaper kind of Fargate," Jon says. "We could switch tonight."
# Mara answers with a question that you should be able to answer at the end of this page: "And who gets the seats back?"

# %% id="spot-open"
import json

import boto3
from botocore.exceptions import ClientError

from simcloud import Cloud, views
from simcloud.cloud.usage import usage_of
from simcloud.price.price import price

cloud = Cloud(seed=10).open()
ecs, ec2, iam = (boto3.client(name) for name in ("ecs", "ec2", "iam"))
subnets = ec2.describe_subnets(Filters=[{"Name": "default-for-az", "Values": ["true"]}])["Subnets"]
places = [each["SubnetId"] for each in sorted(subnets, key=lambda each: each["AvailabilityZone"])[:2]]
network = {"awsvpcConfiguration": {"subnets": places, "assignPublicIp": "ENABLED"}}
trust = {"Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"},
         "Action": "sts:AssumeRole"}
role = iam.create_role(RoleName="ferryline-execution",
                       AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17",
                                                            "Statement": [trust]}))
managed = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
iam.attach_role_policy(RoleName="ferryline-execution", PolicyArn=managed)


def define(family, tag="1", stop_timeout=30, **behaviour):
    """Register a definition whose image behaves as told."""
    image = cloud.push_image(family, tag=tag, **behaviour)
    ecs.register_task_definition(
        family=family, requiresCompatibilities=["FARGATE"], networkMode="awsvpc", cpu="256",
        memory="512",
        executionRoleArn=role["Role"]["Arn"],
        containerDefinitions=[{"name": "app", "image": image, "stopTimeout": stop_timeout}],
    )


define("tickets", ports=[8080], stop_seconds=20, stop_timeout=120)
ecs.create_cluster(clusterName="plain")["cluster"]["capacityProviders"]

# %% [markdown] id="spot-provider-text"
# ## Two capacity providers
#
# What you have used so far is *on-demand*: launch type FARGATE. The same can be said as a *capacity provider*, and there are two
# of them: `FARGATE` and `FARGATE_SPOT`. A **strategy** names one or both. A cluster must have been given them first.

# %% id="spot-not-associated" rows=["F19", "F02"]
blend = [
    {"capacityProvider": "FARGATE", "base": 2, "weight": 1},
    {"capacityProvider": "FARGATE_SPOT", "weight": 3},
]


def attempt(**changes):
    """Create `tickets` with changes; print what AWS says if it refuses."""
    asked = dict(cluster="plain", serviceName="tickets", taskDefinition="tickets", desiredCount=10,
                 networkConfiguration=network)
    try:
        ecs.create_service(**asked | changes)
        print("accepted")
    except ClientError as error:
        print(error.response["Error"]["Message"])


attempt(capacityProviderStrategy=blend)
attempt(capacityProviderStrategy=blend, launchType="FARGATE")

# %% [markdown] id="spot-split-text"
# Two refusals: this cluster has no such providers, and a service names a launch type *or* a strategy.
#
# Now a cluster that has both. **Base** comes first: so many tasks go to that provider whatever happens. The rest is split by
# **weight**. **Write down your guess** for 10 tasks, base 2 on FARGATE, weights 1 to 3.

# %% id="spot-split" rows=["F19", "F02"]
ecs.create_cluster(clusterName="ferryline", capacityProviders=["FARGATE", "FARGATE_SPOT"])
attempt(cluster="ferryline", capacityProviderStrategy=blend)
ecs.get_waiter("services_stable").wait(cluster="ferryline", services=["tickets"])


def on(provider):
    """How many tasks of `tickets` run on a provider."""
    return sum(task.provider == provider and task.status == "RUNNING"
               for task in cloud.service("tickets", "ferryline").tasks)


print("FARGATE", on("FARGATE"), "FARGATE_SPOT", on("FARGATE_SPOT"))

# %% [markdown] id="spot-split-seen"
# 2 for the base; of the other 8, a quarter (2) on demand and three quarters (6) on Spot: **4 and 6**.
# ([AWS: capacity providers for Fargate](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html))
#
# ## The two minutes
#
# Spot is capacity that nobody else wants just now. When somebody wants it, AWS takes it back. We let AWS take one of ten
# away (`cloud.reclaim_spot`), and follow that task. AWS announces it with an *event*: a rule of
# EventBridge sends that to a queue, whose own policy lets it in. (The 0 counts targets that were refused.)

# %% id="spot-event" rows=["F04"]
events, sqs = boto3.client("events"), boto3.client("sqs")
box = sqs.create_queue(QueueName="interruptions")["QueueUrl"]
arn = sqs.get_queue_attributes(QueueUrl=box, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
let_in = {"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"},
          "Action": "sqs:SendMessage", "Resource": arn}
sqs.set_queue_attributes(QueueUrl=box,
                         Attributes={"Policy": json.dumps({"Version": "2012-10-17",
                                                           "Statement": [let_in]})})
announced = {"source": ["aws.ecs"], "detail-type": ["ECS Task State Change"],
             "detail": {"stopCode": ["SpotInterruption"], "lastStatus": ["RUNNING"]}}
events.put_rule(Name="interruptions", EventPattern=json.dumps(announced))
events.put_targets(Rule="interruptions", Targets=[{"Id": "queue", "Arn": arn}])["FailedEntryCount"]

# %% id="spot-one" rows=["F04"]
taken, *_ = cloud.reclaim_spot(0.1)
cloud.advance(minutes=4)
views.timeline(cloud, taken)

# %% id="spot-one-seen" rows=["F04"]
event = json.loads(sqs.receive_message(QueueUrl=box)["Messages"][0]["Body"])
print(event["time"], event["detail-type"], "|", event["detail"]["lastStatus"], "|",
      event["detail"]["stoppedReason"])
ended = ecs.describe_tasks(cluster="ferryline", tasks=[taken])["tasks"][0]
print(ended["stopCode"], "|", ended["stoppedReason"], "| exit code", ended["containers"][0]["exitCode"])
print("again on demand", on("FARGATE"), "and on Spot", on("FARGATE_SPOT"))

# %% [markdown] id="spot-one-text"
# The event came while the task still ran. At the same moment the program gets the signal `SIGTERM`, which
# means "please end". It has until its `stopTimeout`
# (30 seconds unless you say more, at most 120) to finish what it has begun. Then it is killed. The service puts another task in the
# place of the lost one, **on Spot again**.
#
# A program that does not listen to `SIGTERM` is killed in the middle of a sentence. That happens more often than one thinks: a
# shell as process number 1 does not pass the signal on.

# %% id="spot-deaf" rows=["F04", "T07"]
define("deaf", ports=[8080], stop_seconds=None, stop_timeout=120)
define("listening", ports=[8080], stop_seconds=12, stop_code=143, stop_timeout=120)
runs = {}
for family in ("deaf", "listening"):
    runs[family] = ecs.run_task(cluster="ferryline", taskDefinition=family,
                                networkConfiguration=network,
                                capacityProviderStrategy=[{"capacityProvider": "FARGATE_SPOT",
                                                           "weight": 1}])["tasks"][0]["taskArn"]
cloud.advance(minutes=2)
cloud.reclaim_spot(1.0)
cloud.advance(minutes=5)
for family, arn in runs.items():
    one = ecs.describe_tasks(cluster="ferryline", tasks=[arn])["tasks"][0]
    lasted = (one["executionStoppedAt"] - one["stoppingAt"]).seconds
    print(f"{family:<10}", one["stopCode"], "exit code", one["containers"][0]["exitCode"], "after",
          lasted, "seconds")

# %% [markdown] id="spot-deaf-seen"
# 137: killed, when its two minutes were over. 143: it heard the signal and went in good order. Neither is started again: a task that you ran by yourself has no
# service that would replace it.
#
# ## A wave
#
# That reclaim took *all* of Spot at once, from `tickets` too. Now half of Spot, and with customers: 200 requests a second, of which one
# task answers 25. Base and on-demand tasks stay. **Guess:** what share of the requests is answered?

# %% id="spot-wave" rows=["P08", "F04", "F19"]
cloud.load("tickets", 200, cluster="ferryline")
cloud.advance(minutes=10)
cloud.reclaim_spot(0.5, seed=4)
cloud.advance(minutes=10)
views.spot_wave(cloud, "tickets", "ferryline", minutes=15)

# %% [markdown] id="spot-wave-seen"
# Seven tasks answer 175 of the 200 a second. The service asked for replacements two seconds after the warning, so that gap lasted
# 21 seconds. And the floor holds: the four tasks on demand served through the wave.
#
# ## When there is no Spot left
#
# Now a wave, and after it no Spot capacity for half an hour. Jon: "Then it surely takes on-demand ones?" **Guess.**

# %% id="spot-drought" rows=["F04", "M07"]
cloud.reclaim_spot(1.0, drought=1800)
cloud.advance(minutes=15)
print("FARGATE", on("FARGATE"), "FARGATE_SPOT", on("FARGATE_SPOT"))
print(cloud.service("tickets", "ferryline").events[0])
cloud.advance(minutes=40)
print("FARGATE", on("FARGATE"), "FARGATE_SPOT", on("FARGATE_SPOT"))

# %% [markdown] id="spot-drought-seen"
# **No fall-back.** The weights are a plan, not an insurance: a Spot task that cannot be placed waits for Spot. What must run, belongs
# into the base.
#
# A third kind of provider brings servers of your own, an Auto Scaling group. A cluster may have all three. One *strategy* may not
# mix it with Fargate's:

# %% id="spot-mixed" rows=["P08", "F19"] tags=["raises-exception"]
servers = ("arn:aws:autoscaling:us-east-1:123456789012:autoScalingGroup:"
           "5f0c2f1e-6a3b-4b51-9c77-0d1a4d5b2c11:autoScalingGroupName/servers")
ecs.create_capacity_provider(name="servers", autoScalingGroupProvider={"autoScalingGroupArn": servers})
ecs.put_cluster_capacity_providers(cluster="ferryline",
                                   capacityProviders=["FARGATE", "FARGATE_SPOT", "servers"],
                                   defaultCapacityProviderStrategy=[])
ecs.create_service(cluster="ferryline", serviceName="mixed", taskDefinition="tickets", desiredCount=4,
                   networkConfiguration=network,
                   capacityProviderStrategy=[{"capacityProvider": "FARGATE", "weight": 1},
                                             {"capacityProvider": "servers", "weight": 1}])

# %% [markdown] id="spot-work-text"
# ## Work that can be interrupted
#
# `timetable` works for half an hour. After 20 minutes we take its task away, and start it again. The first version begins
# anew. The second writes down every five minutes how far it is (a *checkpoint*), on a file system that outlives it.

# %% id="spot-jobs" rows=["T07", "F04"]
efs = boto3.client("efs")
vpc = subnets[0]["VpcId"]
files = efs.create_file_system(CreationToken="timetable")["FileSystemId"]
group = ec2.create_security_group(GroupName="timetable", Description="timetable and its files",
                                  VpcId=vpc)["GroupId"]
nfs = {"IpProtocol": "tcp", "FromPort": 2049, "ToPort": 2049, "UserIdGroupPairs": [{"GroupId": group}]}
ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[nfs])
for place in places:
    efs.create_mount_target(FileSystemId=files, SubnetId=place, SecurityGroups=[group])


def job(tag, **behaviour):
    """Register `timetable` with half an hour of work and a directory that outlives it."""
    image = cloud.push_image("timetable", tag=tag, work_seconds=1800, stop_code=143, **behaviour)
    container = {"name": "job", "image": image, "stopTimeout": 120,
                 "mountPoints": [{"sourceVolume": "work", "containerPath": "/data"}]}
    volume = {"name": "work", "efsVolumeConfiguration": {"fileSystemId": files}}
    ecs.register_task_definition(family=f"timetable-{tag}", requiresCompatibilities=["FARGATE"],
                                 networkMode="awsvpc", cpu="256",
                                 memory="512", executionRoleArn=role["Role"]["Arn"],
                                 containerDefinitions=[container], volumes=[volume])


def start(tag):
    """Run it once, on Spot."""
    where = {"awsvpcConfiguration": {"subnets": places, "securityGroups": [group],
                                     "assignPublicIp": "ENABLED"}}
    ecs.run_task(cluster="ferryline", taskDefinition=f"timetable-{tag}", networkConfiguration=where,
                 capacityProviderStrategy=[{"capacityProvider": "FARGATE_SPOT", "weight": 1}])


job("anew")
job("careful", checkpoint_path="/data/progress", checkpoint_seconds=300)
for tag in ("anew", "careful"):
    start(tag)
    cloud.advance(minutes=20)
    cloud.reclaim_spot(1.0)
    cloud.advance(minutes=3)
    start(tag)
    cloud.advance(minutes=45)

# %% id="spot-jobs-seen" rows=["T07", "M07"]
for run in cloud.work():
    worked = (run.ended_at - run.started_at) / 60
    began, lost = run.resumed / 60, run.lost / 60
    print(f"began at minute {began:>2.0f}, worked {worked:>4.1f} minutes, lost {lost:>4.1f}: {run.why}")

# %% [markdown] id="spot-api-text"
# Without a checkpoint 19.7 minutes were lost, with one 4.7: its second run began at minute 15.
#
# ## And an API, all on Spot?
#
# Ferryline's price list, on Spot alone: cheaper by seven tenths. For a day AWS takes half of it back every two hours or so, with
# ten minutes without capacity. (A bad day. The `seed` keeps it the same for you and for us.)

# %% id="spot-api" rows=["M07", "T07", "P08"]
def a_day(strategy):
    """A day of `prices` on a strategy, in a future of its own: what was answered, and the bill."""
    with cloud.copy() as future:
        ecs.create_service(cluster="ferryline", serviceName="prices", taskDefinition="tickets",
                           desiredCount=4,
                           capacityProviderStrategy=strategy, networkConfiguration=network)
        future.advance(minutes=5)
        before = price(usage_of(future.world)).of("Fargate").cost
        future.load("prices", 60, cluster="ferryline")
        future.spot_market(every=7200, fraction=0.5, drought=600, seed=1)
        future.advance(hours=24)
        return future.served("prices",
                             "ferryline"), price(usage_of(future.world)).of("Fargate").cost - before


ecs.update_service(cluster="ferryline", service="tickets", desiredCount=0)
cloud.advance(minutes=5)
everything_spot = [{"capacityProvider": "FARGATE_SPOT", "weight": 1}]
on_demand = [{"capacityProvider": "FARGATE", "weight": 1}]
for name, strategy in (("on demand", on_demand), ("base 2, rest Spot", blend),
                       ("all on Spot", everything_spot)):
    served, cost = a_day(strategy)
    print(f"{name:<18} {served.availability:.2%} answered, {served.failed:>9,.0f} lost, "
          f"fewest tasks {served.least_serving}, ${cost:.2f}")

# %% [markdown] id="spot-api-seen"
# Spot did what it promises: the price. The API paid with answers that did not come. (A base of 2 answers 50 of the 60 requests a
# second: one task too few.) For the nightly `timetable` twenty lost minutes
# are nothing; at the counter they are a queue.
#
# **Interruptible work belongs on Spot, and what somebody is waiting for does not** (or only above a base that holds).
#
# ## Try it yourself
#
# Raise the share of Spot that is taken back until requests are lost. Then find the least base that brings them back.

# %% id="spot-try" rows=["P08", "F19", "F04"]
views.try_spot()

# %% [markdown] id="spot-exam" rests=["F04", "F19", "P08", "T07", "M07", "quotas.STOP_TIMEOUT_MOST"]
# ## Exam notes (CLF-C02, SAA-C03, SAP-C02 and DOP-C02)
#
# - **Batch, cheapest.** *Asked as:* "can be interrupted and restarted". *Decides:* FARGATE_SPOT.
# - **Some must stay.** *Asked as:* "at least four tasks at all times, at the lowest cost". *Decides:* a base of so many on FARGATE, the rest by weight on Spot.
# - **No fall-back.** *Asked as:* "Spot capacity ran out and the service is short". *Decides:* a base on FARGATE; Spot is not replaced by itself.
# - **Two minutes.** *Asked as:* "work is lost at each interruption". *Decides:* SIGTERM handler, `stopTimeout` up to 120, checkpoints.
# - **EKS.** *Asked as:* "Spot for pods on EKS Fargate". *Decides:* there is none.
# - **Mixed strategy.** *Asked as:* "Fargate and an Auto Scaling group in one strategy". *Decides:* refused; two services.
#
# **Four questions.** Choose, press *Answer*, and read why each option is right or wrong.

# %% id="spot-question-split"
from autograder.exam.question import question

question("ten-tasks-with-a-base-of-two")

# %% id="spot-question-short"
question("service-short-of-spot")

# %% id="spot-question-lost"
question("encoding-starts-over")

# %% id="spot-question-api"
question("checkout-on-spot-alone")

# %% [markdown] id="spot-real"
# ## On a real account
#
# ```bash
# aws ecs put-cluster-capacity-providers --cluster ferryline --capacity-providers FARGATE FARGATE_SPOT \
#   --default-capacity-provider-strategy capacityProvider=FARGATE,base=2,weight=1 capacityProvider=FARGATE_SPOT,weight=3
# ```
#
# ```yaml
# Tickets:
#   Type: AWS::ECS::Service
#   Properties:
#     Cluster: !Ref Cluster
#     TaskDefinition: !Ref Definition
#     DesiredCount: 10
#     CapacityProviderStrategy:
#       - {CapacityProvider: FARGATE, Base: 2, Weight: 1}
#       - {CapacityProvider: FARGATE_SPOT, Weight: 3}
# ```
#
# **It would cost** on Spot down to about 30 % of the on-demand price: AWS says *up to* 70 % off, sets the price itself, and takes no
# bids. The simulation bills the full 70 %.
#
# **The simulator leaves out** how often AWS really takes capacity back: nobody publishes it, and it differs by region and day. Waves
# come when you say so.

# %% [markdown] id="spot-answer"
# ## So why not everything?
#
# Because the discount is paid for with *interruption*, and nothing takes over by itself. What loses little by stopping (batch, queue
# workers, tests) belongs on Spot. What someone waits for gets a base on demand, and Spot only on top.
#
# And who gets the seats back? AWS does, for whoever pays the full price. Spot is a stand-by ticket.
#
# <!-- go on -->
#
# **Practise:** lab [10 · Spot without tears](../labs/10-spot-without-tears/10-spot-without-tears.ipynb). **Go on:** lesson [11 · Queues, events and batch](11-queues.ipynb).
#
# <!-- end of go on -->
