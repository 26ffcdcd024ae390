# %% [markdown] id="lab10-title"
# # Lab 10: Spot without tears
#
# **60 to 75 minutes, 20 points, and a question for 2 more.** You need lesson 10; question 4 needs the rules of lesson 11.
#
# One of Ferryline's services and one nightly job cost more than all the rest. Both run on demand. Jon moved them to Spot one
# afternoon in spring; by the evening customers saw errors, and the job began for the seventh time. Mara moved them back.
#
# You will do it again, and nobody will notice: what must serve stays on demand, what is taken back leaves in time, and the job goes on
# where it was.

# %% [markdown] id="lab10-rules"
# **How you are judged.** By what your code leaves behind, and by its future: on a copy of your world AWS takes Spot capacity back, in
# waves and in a storm. Lost requests, lost minutes of work and the bill are counted. Any right way counts.
#
# - `lab.check(...)` under each task tells you at once what holds and what does not. Run it as often as you like.
# - Some checks run only after submission. They ask for the same things: at another count, in other waves.
# - Each check looks at a copy of your world; yours stays as it is. For the job the copy begins with an empty file system.
# - `lab.hint("split-it")` gives the next hint for a question. There are three each, and they cost nothing.
# - After a restart of the kernel run the cells from the top; progress is kept. `lab.reset()` begins again in a fresh world, and
#   `lab.work("split-it")` shows your answer as it was at its last check.

# %% id="lab10-setup" role="setup"
import json

import boto3

from autograder import lab

desk = lab.begin("10-spot-without-tears")
ecs, ec2, efs, events = (boto3.client(name) for name in ("ecs", "ec2", "efs", "events"))

# %% [markdown] id="lab10-desk"
# That is your ticket. `desk.service` runs in the cluster `desk.cluster`, all on demand. `desk.role` is the execution role.
# `desk.cloud` is the simulated account: `desk.cloud.reclaim_spot(0.5)` lets AWS take half of Spot back,
# `desk.cloud.advance(minutes=10)` lets time pass.

# %% [markdown] id="lab10-q1"
# ## 1. Split it (5 points)
#
# Keep the service and its `desk.count` tasks, and split them over on-demand and Spot, at any count alike:
#
# - `desk.base` tasks are on demand whatever happens.
# - Of the tasks beyond these **one of `desk.of`** is on demand too. The others are on Spot.
# - Your cell ends when all tasks are where they belong and the service is stable. The waiter `services_stable` waits for that.
#
# The checks take all of Spot away, for a while and in a storm of half a day. What the tasks on demand can answer must be answered.

# %% id="lab10-a1" role="answer" question="split-it"
### BEGIN SOLUTION
both = ["FARGATE", "FARGATE_SPOT"]
ecs.put_cluster_capacity_providers(cluster=desk.cluster, capacityProviders=both, defaultCapacityProviderStrategy=[])
split = [
    {"capacityProvider": "FARGATE", "base": desk.base, "weight": 1},
    {"capacityProvider": "FARGATE_SPOT", "weight": desk.of - 1},
]
ecs.update_service(cluster=desk.cluster, service=desk.service, capacityProviderStrategy=split, forceNewDeployment=True)
stable = ecs.get_waiter("services_stable")
stable.wait(cluster=desk.cluster, services=[desk.service])
### END SOLUTION

# %% id="lab10-c1" role="check" question="split-it" points=5 rows=["F19", "P08", "F04", "M07"] tags=["raises-exception"]
lab.check("split-it")

# %% [markdown] id="lab10-q2"
# ## 2. Leave in time (4 points)
#
# A task that is taken back has customers in its hands: its program needs `desk.drain` seconds from the signal `SIGTERM` to its end.
# Today it is killed instead. `desk.images` has the same program twice: started by a shell (that runs now), and directly.
#
# Let the program of every task that is taken back end by itself. Size, role, count and split stay as they are. Until the last old task
# is replaced a wave still kills customers' purchases: your cell ends when the service is stable on the new definition.

# %% id="lab10-a2" role="answer" question="leave-in-time"
### BEGIN SOLUTION
revision = ecs.register_task_definition(
    family=desk.service,
    requiresCompatibilities=["FARGATE"],
    networkMode="awsvpc",
    cpu="256",
    memory="512",
    executionRoleArn=desk.role,
    containerDefinitions=[{"name": desk.service, "image": desk.images["direct"], "stopTimeout": 120}],
)["taskDefinition"]["taskDefinitionArn"]
ecs.update_service(cluster=desk.cluster, service=desk.service, taskDefinition=revision)
stable.wait(cluster=desk.cluster, services=[desk.service])
### END SOLUTION

# %% id="lab10-c2" role="check" question="leave-in-time" points=4 rows=["F04", "F19", "M07"] tags=["raises-exception"]
lab.check("leave-in-time")

# %% [markdown] id="lab10-q3"
# ## 3. Keep the work (4 points)
#
# The job `desk.job` works for `desk.hours` hours, and belongs on Spot. An interruption may cost at most `desk.may_lose` minutes of work.
# It writes how far it is to the file `/kept/progress`, and goes on from there when it is started again. `desk.jobs` has two versions:
#
# - `steady` writes after every `desk.every` minutes of work, and not when it is told to stop; it ends a minute after that.
# - `parting` writes when it is told to stop, and at no other time. That takes `desk.write` seconds.
#
# Of the account's file systems one is for it, made with the creation token `desk.job`, with mount targets in two subnets of the default VPC,
# and a security group named like the job that may reach it. Register a task definition of the family `desk.job`. The checks start it, on
# Spot, in those subnets with that group; they take it back, and start it again.

# %% id="lab10-a3" role="answer" question="keep-the-work"
### BEGIN SOLUTION
files = efs.describe_file_systems(CreationToken=desk.job)["FileSystems"][0]["FileSystemId"]
version = "steady" if desk.every <= desk.may_lose else "parting"
container = {
    "name": desk.job,
    "image": desk.jobs[version],
    "stopTimeout": 120,
    "mountPoints": [{"sourceVolume": "work", "containerPath": "/kept"}],
}
job = ecs.register_task_definition(
    family=desk.job,
    requiresCompatibilities=["FARGATE"],
    networkMode="awsvpc",
    cpu="256",
    memory="512",
    executionRoleArn=desk.role,
    containerDefinitions=[container],
    volumes=[{"name": "work", "efsVolumeConfiguration": {"fileSystemId": files}}],
)["taskDefinition"]["taskDefinitionArn"]
print(f"{desk.job} keeps its work: {version}")
### END SOLUTION

# %% id="lab10-c3" role="check" question="keep-the-work" points=4 rows=["T07"] tags=["raises-exception"]
lab.check("keep-the-work")

# %% [markdown] id="lab10-q4"
# ## 4. Go on by itself (4 points)
#
# Nobody sits up at night to start the job again. Let EventBridge do it: a rule that starts one task of the job **when Spot has taken one
# of its tasks back**, on Spot again, beside the same files. The role `desk.starter` may start tasks of this job and hand over their role.
#
# - It never runs twice at once: two that write into one file spoil it.
# - Nothing else starts it: not the end of its work, not a person who stops it, not the tasks of `desk.service`.

# %% id="lab10-a4" role="answer" question="go-on"
### BEGIN SOLUTION
targets = efs.describe_mount_targets(FileSystemId=files)["MountTargets"]
group = ec2.describe_security_groups(Filters=[{"Name": "group-name", "Values": [desk.job]}])["SecurityGroups"][0]
cluster_arn = ecs.describe_clusters(clusters=[desk.cluster])["clusters"][0]["clusterArn"]
taken_back = {
    "source": ["aws.ecs"],
    "detail-type": ["ECS Task State Change"],
    "detail": {
        "clusterArn": [cluster_arn],
        "group": [f"family:{desk.job}"],
        "lastStatus": ["STOPPED"],
        "stopCode": ["SpotInterruption"],
    },
}
events.put_rule(Name="go-on", EventPattern=json.dumps(taken_back))
start = {
    "TaskDefinitionArn": job,
    "TaskCount": 1,
    "CapacityProviderStrategy": [{"capacityProvider": "FARGATE_SPOT", "weight": 1}],
    "NetworkConfiguration": {
        "awsvpcConfiguration": {
            "Subnets": [target["SubnetId"] for target in targets],
            "SecurityGroups": [group["GroupId"]],
            "AssignPublicIp": "ENABLED",
        }
    },
}
target = {"Id": desk.job, "Arn": cluster_arn, "RoleArn": desk.starter, "EcsParameters": start}
answer = events.put_targets(Rule="go-on", Targets=[target])
print(answer["FailedEntryCount"], "of the rule's targets failed")
### END SOLUTION

# %% id="lab10-c4" role="check" question="go-on" points=4 rows=["F04", "T07"] tags=["raises-exception"]
lab.check("go-on")

# %% [markdown] id="lab10-q5"
# ## 5. Add it up (3 points)
#
# Mara wants three figures, for the season, when the service has `desk.season` tasks:
#
# - `left`: how many of its tasks serve on when AWS takes all of Spot back at once.
# - `saving`: what Fargate costs less for the service, in per cent of all its tasks on demand. (The price list: Spot 70 % off.)
# - `loses`: how many minutes of work an interruption costs the job at the most, with the version that you chose.

# %% id="lab10-a5" role="answer" question="add-it-up"
left = ...
saving = ...
loses = ...
### BEGIN SOLUTION
left = desk.base + (desk.season - desk.base) // desk.of
saving = 70 * (desk.season - left) / desk.season
loses = desk.every if version == "steady" else 0
print(f"{left} serve on, {saving:.1f} % saved, {loses} minutes lost at the most")
### END SOLUTION

# %% id="lab10-c5" role="check" question="add-it-up" points=3 rows=["F19", "P08", "T07"] tags=["raises-exception"]
lab.check("add-it-up", left=left, saving=saving, loses=loses)

# %% [markdown] id="lab10-reflect" role="reflect" question="explain-it" points=2
# ## 6. Explain it (2 points, read by a person)
#
# Jon reads: *"Nothing was lost in your storm. Then let us put the base on Spot too: with enough tasks some are always left."*
# Answer him in four to eight sentences. What did he not see in the storm? For which of Ferryline's programs would he be right, and what
# would you measure before you believe it?
#
# === BEGIN MARK SCHEME ===
# One point for why not: the tasks are not taken one by one and independently. A wave can take all of them at once, with no Spot capacity
# afterwards; the service does not fall back to on demand; so the base is what serves in that time, and no number of Spot tasks replaces
# it. Half of it where only "Spot is unreliable" is said.
#
# One point for where it is right and what is measured: work that waits in a queue or can be done later or again (job, receipts), with
# lost work, time to the end, and cost including repeated work; or an API of which a gap is bearable, with the share of answered requests
# measured under reclaim. No point for a list of products.
# === END MARK SCHEME ===

# %% [markdown] id="lab10-reflect-answer" role="reflect" question="explain-it"
# *Write your answer here.*

# %% [markdown] id="lab10-end"
# ## Hand it in
#
# Save the notebook (Ctrl+S), run the next cell and press the button. `fargate-course submit 10-spot-without-tears` in a terminal
# does the same. `lab.progress()` shows where you stand.
# `lab.solution("split-it")` shows the worked solution of a question that you have passed, where your copy has it.

# %% id="lab10-submit" role="setup" tags=["nbval-ignore-output"]
lab.submit_button()
