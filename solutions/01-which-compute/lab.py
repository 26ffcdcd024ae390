# %% [markdown] id="lab01-title"
# # Lab 01: Which compute
#
# **45 to 60 minutes, 20 points, and a question for 2 more.** You need lesson 01.
#
# Ferryline has bought the Northern Line, and the board asks Mara what each of their programs should run on. "Fargate, I suppose?" says
# the head of the board, who has read the word on the ferry. Mara wants an answer for each of them, with its price, and she wants it as code.
#
# You will run one program in two ways side by side, decide twelve cases and price them, find where a function becomes dearer than a
# task, and keep a Kubernetes manifest running that nobody may touch.

# %% [markdown] id="lab01-rules"
# **How you are judged.** By what your code leaves behind, and by the values you set; not by how it looks. Any right way counts.
#
# - `lab.check(...)` under each task tells you at once what holds and what does not. Run it as often as you like.
# - Some checks run only after submission. They ask for the same things: of the other cases, with another strategy, when a pod is lost.
# - Each check looks at a copy of your world and lets time pass there. Yours stays as it is.
# - Prices are of us-east-1, on demand, of compute alone, for a month of 730 hours. Lesson 01 shows the chooser that knows them.
# - `lab.hint("side-by-side")` gives the next hint for a question. There are three each, and they cost nothing.
# - After a restart of the kernel run the cells from the top; progress is kept. `lab.reset()` begins again in a fresh world, and
#   `lab.work("side-by-side")` shows your answer as it was at its last check.

# %% id="lab01-setup" role="setup"
from decimal import Decimal

import boto3
import yaml
from botocore.exceptions import ClientError

from autograder import lab

desk = lab.begin("01-which-compute")
ecs, ec2, eks = boto3.client("ecs"), boto3.client("ec2"), boto3.client("eks")

# %% [markdown] id="lab01-desk"
# That is your ticket. `desk.cluster` is an ECS cluster with nothing in it, `desk.northern` an EKS cluster with nothing in it.
# `desk.cloud` is the simulated account; `desk.cloud.advance(minutes=10)` lets time pass. Any default subnets will do for ECS, with a public IP;
# the other subnets of the account are the Northern Line's.

# %% [markdown] id="lab01-q1"
# ## 1. Launch type and capacity provider (5 points)
#
# The program `desk.image` needs `desk.needs` (CPU units, MiB). Run it in `desk.cluster` as two services, at the smallest size on sale that holds it;
# `desk.role` is its execution role. Its definition says that it is for Fargate, so that AWS refuses what Fargate cannot run when you register
# it, and not at night when a task starts:
#
# - `desk.services[0]` with `desk.counts[0]` tasks, by *launch type*;
# - `desk.services[1]` with `desk.counts[1]` tasks, by the *capacity provider* FARGATE. After submission we give this one a strategy with half of
#   its tasks on Spot: its cluster has to be ready for that.
#
# Both have their tasks in default subnets alone. When your cell ends all these tasks run: wait for that, with a waiter.
#
# Set `refusal` to the text with which AWS refuses a service that has both a launch type and a strategy.

# %% id="lab01-a1" role="answer" question="side-by-side"
refusal = ...
### BEGIN SOLUTION
from simcloud.choose.workload import fitting

subnets = ec2.describe_subnets(Filters=[{"Name": "default-for-az", "Values": ["true"]}])["Subnets"]
place = {"subnets": [each["SubnetId"] for each in subnets], "assignPublicIp": "ENABLED"}
strategy = [{"capacityProvider": "FARGATE", "weight": 1}]


def define(family, image, size, **container):
    """Register a definition of one container for Fargate."""
    ecs.register_task_definition(
        family=family,
        requiresCompatibilities=["FARGATE"],
        networkMode="awsvpc",
        cpu=str(size.cpu),
        memory=str(size.memory),
        executionRoleArn=desk.role,
        containerDefinitions=[{"name": family, "image": image, **container}],
    )


def serve(name, definition, count, **how):
    """Create a service of this definition."""
    ecs.create_service(
        cluster=desk.cluster,
        serviceName=name,
        taskDefinition=definition,
        desiredCount=count,
        networkConfiguration={"awsvpcConfiguration": place},
        **how,
    )


define("program", desk.image, fitting(desk.needs["cpu"], desk.needs["memory"]))
ecs.put_cluster_capacity_providers(
    cluster=desk.cluster, capacityProviders=["FARGATE", "FARGATE_SPOT"], defaultCapacityProviderStrategy=[]
)
(first, few), (second, many) = zip(desk.services, desk.counts)
try:
    serve(first, "program", few, launchType="FARGATE", capacityProviderStrategy=strategy)
except ClientError as error:
    refusal = str(error)
serve(first, "program", few, launchType="FARGATE")
serve(second, "program", many, capacityProviderStrategy=strategy)
ecs.get_waiter("services_stable").wait(cluster=desk.cluster, services=desk.services)
### END SOLUTION

# %% id="lab01-c1" role="check" question="side-by-side" points=5 rows=["F01", "F02"] tags=["raises-exception"]
lab.check("side-by-side", refusal=refusal)

# %% [markdown] id="lab01-q2"
# ## 2. Twelve cases (6 points)
#
# `desk.cases` tells twelve cases in words. Set
#
# - `chosen` to a dict: for each case the one of `desk.options` that can do it and costs least. Where two differ by less than a fifth, either is right.
# - `bills` to a dict: for each case that you give to Fargate (by ECS or by EKS) or to Lambda, what it costs a month, in US dollars (1 % off is right).
#   Bills of hosts are not judged.
#
# Nobody asks you to do that by hand: `simcloud.choose.compute.choose` takes a `Workload`. What each sentence *means* is yours to say. None of the
# twelve may be interrupted. The first six are judged at once, the other six after submission.

# %% id="lab01-a2" role="answer" question="twelve-cases"
chosen = ...
bills = ...
### BEGIN SOLUTION
import re

from simcloud.choose import compute
from simcloud.choose.calls import Calls
from simcloud.choose.workload import Workload

UNITS = {"million": 1_000_000, "": 1}
WORDS = {"an": Decimal(1), "half an": Decimal("0.5"), "ten": Decimal(10)}


def number(pattern, text):
    """The number that stands where the pattern has its group; None where it does not match."""
    found = re.search(pattern, text)
    return (WORDS.get(found[1]) or Decimal(found[1])) if found else None


def calls_of(text):
    """The work as calls; None where it does not come as calls."""
    counted = re.search(r"([\d,]+) ?(million|) calls a month|: ([\d,]+) a month", text)
    if not counted:
        return None
    many = int((counted[1] or counted[3]).replace(",", "")) * UNITS[counted[2] or ""]
    minutes = number(r"(\d+|ten) minutes", text)
    seconds = minutes * 60 if minutes else number(r"([\d.]+) s each", text)
    megabytes = number(r"with (\d+) MB", text) or number(r"with (\d+) GB", text) * 1024
    start = number(r"loads for ([\d.]+) s", text) or Decimal(0)
    return Calls(many, seconds, memory=int(megabytes), start=start, answer_within=number(r"longer than (\d+) s", text))


def workload(name, text):
    """What a sentence means."""
    size = re.search(r"([\d.]+) vCPU(?: and|,) ([\d.]+) GB", text)
    count = number(r"(\d+) (?:copies|at noon|pods|hosts)", text) or (2 if "two of" in text else 1)
    return Workload(
        name,
        cpu=int(Decimal(size[1]) * 1024),
        memory=int(Decimal(size[2]) * 1024),
        count=int(count),
        average=number(r"(\d+) on average", text),
        hours_a_day=number(r"(\d+|an|half an) hours? a day", text) or Decimal(24),
        gpus=int("on a GPU" in text),
        privileged="privileged" in text,
        daemon="once on each" in text,
        host_files="files of the host" in text,
        kubernetes="Helm charts" in text,
        calls=calls_of(text),
    )


verdicts = {name: compute.choose(workload(name, text)) for name, text in desk.cases.items()}
chosen = {name: verdict.chosen for name, verdict in verdicts.items()}
bills = {name: float(verdict.option(chosen[name]).cost) for name, verdict in verdicts.items()}
for name, verdict in verdicts.items():
    print(name, verdict.chosen, verdict.decided_by[0])
### END SOLUTION

# %% id="lab01-c2" role="check" question="twelve-cases" points=6 rows=["F24", "T03", "P05", "M03"] tags=["raises-exception"]
lab.check("twelve-cases", chosen=chosen, bills=bills)

# %% [markdown] id="lab01-q3"
# ## 3. Where it turns (3 points)
#
# Three small programs of Ferryline answer calls that come evenly, day and night: `desk.functions` has the calls a month, the seconds and the memory (MiB) of each.
# Each could be a function of Lambda, or two tasks that stand ready: 0.25 vCPU each, and the smallest memory on sale that holds one call.
#
# - `turn`: a dict with the number of calls a month, for each, from which the two tasks cost less than the function, to a tenth of a percent.
# - `cheaper`: a dict with `'Lambda'` or `'Fargate'` for each, at the number of calls that it has.

# %% id="lab01-a3" role="answer" question="where-it-turns"
turn = ...
cheaper = ...
### BEGIN SOLUTION
from simcloud.price.price import price
from simcloud.price.usage import LambdaUsage, TaskUsage


def turning(seconds, memory):
    """Two tasks all month, over one call."""
    size = fitting(256, memory)
    ready = price([TaskUsage(730 * 3600, size.cpu, size.memory, count=2)]).cost
    million = price([LambdaUsage(1_000_000, Decimal(str(seconds)) * 1000, memory)]).cost
    return int(ready / million * 1_000_000)


turn = {name: turning(one["seconds"], one["memory"]) for name, one in desk.functions.items()}
cheaper = {name: "Lambda" if one["a_month"] < turn[name] else "Fargate" for name, one in desk.functions.items()}
### END SOLUTION

# %% id="lab01-c3" role="check" question="where-it-turns" points=3 rows=["P05", "M03"] tags=["raises-exception"]
lab.check("where-it-turns", turn=turn, cheaper=cheaper)

# %% [markdown] id="lab01-q4"
# ## 4. Keep it running (6 points)
#
# The Northern Line hands over `desk.manifest`. It must keep running *as it is*: on EKS, on Fargate, with no node to look after.
#
# - On Fargate come the pods of the manifest's namespace that have the labels `desk.on_fargate`, and no others. `desk.pod_role` is the role
#   for the pods. Which of the cluster's subnets will do is yours to find out.
# - `desk.cloud.kubernetes(desk.northern)` does what `kubectl` would: `apply`, `get`, `describe`, `delete`.
#
# "And ECS cannot just read that?" asks Mara. It cannot. So that she sees what the move would mean, run the same in `desk.cluster` *too*: a service with the
# name and the replicas of the Deployment, at the smallest size on sale that holds what a pod asks for, with the same image and the same environment
# variable. When your cell ends its tasks run.

# %% id="lab01-a4" role="answer" question="keep-it-running"
### BEGIN SOLUTION
manifest = list(yaml.safe_load_all(desk.manifest))[1]
space, name = manifest["metadata"]["namespace"], manifest["metadata"]["name"]
kubernetes = desk.cloud.kubernetes(desk.northern)

mine = eks.describe_cluster(name=desk.northern)["cluster"]["resourcesVpcConfig"]["subnetIds"]
private = [
    association["SubnetId"]
    for table in ec2.describe_route_tables()["RouteTables"]
    if any("NatGatewayId" in route for route in table["Routes"])
    for association in table["Associations"]
    if association.get("SubnetId") in mine
]
eks.create_fargate_profile(
    clusterName=desk.northern,
    fargateProfileName="northern",
    podExecutionRoleArn=desk.pod_role,
    subnets=private,
    selectors=[{"namespace": space, "labels": desk.on_fargate}],
)
eks.get_waiter("fargate_profile_active").wait(clusterName=desk.northern, fargateProfileName="northern")
kubernetes.apply(desk.manifest)

container = manifest["spec"]["template"]["spec"]["containers"][0]
asked = container["resources"]["requests"]
cpu = int(asked["cpu"].removesuffix("m")) * 1.024  # a thousandth of a vCPU in CPU units
size = fitting(cpu, int(asked["memory"].removesuffix("Mi")))
define(name, container["image"], size, environment=container["env"])
serve(name, name, manifest["spec"]["replicas"], launchType="FARGATE")
ecs.get_waiter("services_stable").wait(cluster=desk.cluster, services=[name])
### END SOLUTION

# %% id="lab01-c4" role="check" question="keep-it-running" points=6 rows=["T06", "M01"] tags=["raises-exception"]
lab.check("keep-it-running")

# %% [markdown] id="lab01-reflect" role="reflect" question="explain-it" points=2
# ## 5. Explain it (2 points, read by a person)
#
# The head of the board asks: *"Half of your twelve are on Fargate, a few are functions, and the largest are on machines again. One way for all would be
# simpler. Why not put everything on Fargate?"*
# Answer him in four to eight sentences: one of your twelve that Fargate *cannot* run and why, one that it could and should not and by how much, and
# what a single way would be worth to you.
#
# === BEGIN MARK SCHEME ===
# One point for the two cases, each from the answer's own twelve: one with a rule (GPU, privileged, a task on each host, files of the host; or Lambda's
# or Kubernetes' side of it), one with the two prices. Half of it where the prices are missing, or where a rule is called a price.
#
# One point for the other side: what a single way saves (skills, patches, one pipeline), or what hosts cost in people that the bill does not show, with
# a word on where that would turn one of the twelve. No point for "use the right tool for the job".
# === END MARK SCHEME ===

# %% [markdown] id="lab01-reflect-answer" role="reflect" question="explain-it"
# *Write your answer here.*

# %% [markdown] id="lab01-end"
# ## Hand it in
#
# Save the notebook (Ctrl+S), run the next cell and press the button. `fargate-course submit 01-which-compute` in a terminal
# does the same. `lab.progress()` shows where you stand.
# `lab.solution("side-by-side")` shows the worked solution of a question that you have passed, where your copy has it.

# %% id="lab01-submit" role="setup" tags=["nbval-ignore-output"]
lab.submit_button()
