# %% [markdown] id="lab12-title"
# # Lab 12: Halve the bill
#
# **60 to 75 minutes, 20 points, and a question for 2 more.** You need lesson 12.
#
# Ferryline's estate has grown for a year, and nobody has looked at what it costs. Mara wants half of it back, and nobody may notice.
# In truth much more can be had: you will find what nobody needs, cut everything to its size, choose processor and capacity, and
# only then make a promise for a year.

# %% [markdown] id="lab12-rules"
# **How you are judged.** By the bill of days that are lived through on a copy of your world, and by whether the rules are kept
# meanwhile. The marks rise with the share of the saving that can be reached. Any right way counts.
#
# The rules, for each service in `desk.rules`:
#
# - it runs `tasks` tasks, neither fewer nor of another image;
# - it answers within `desk.latency` seconds, and uses at most `desk.memory` percent of its memory;
# - that holds on the busiest day, too. Then its busiest hour brings `peak` requests a second, for all its tasks together. The days that
#   you have seen brought four fifths of that;
# - only where it `may_be_interrupted` may its tasks be taken away at two minutes' notice.
#
# `lab.check(...)` under each task tells you at once what holds and what does not. `lab.hint("right-size")` gives the next hint for a
# question. There are three each, and they cost nothing.
#
# After a restart of the kernel run the cells from the top; progress is kept. `lab.reset()` begins again in a fresh world, and
# `lab.work("right-size")` shows your answer as it was at its last check.

# %% id="lab12-setup" role="setup"
import boto3

from autograder import lab

desk = lab.begin("12-halve-the-bill")
ecs, ec2 = boto3.client("ecs"), boto3.client("ec2")

# %% [markdown] id="lab12-desk"
# That is your ticket. All services run in the cluster `desk.cluster`; a week has passed. `desk.prices` are US dollars an hour of a vCPU and a
# GB by processor, what a task on Spot costs of that, and what a NAT gateway and a public address cost. What an image is built for
# and how a service fared you find where you would at work: in the registry and in CloudWatch; or in a copy:
# `with desk.cloud.copy() as future:`. `desk.cloud.advance(minutes=10)` lets time pass.

# %% [markdown] id="lab12-q1"
# ## 1. Read the bill (3 points)
#
# - `month`: a dict. For each service of the cluster, what its tasks cost in 730 hours as you find them, in US dollars.
# - `unneeded`: a list of three names of what nobody needs: a service, a NAT gateway to which no route leads and a public address that nothing
#   holds (both by their tag `Name`).

# %% id="lab12-a1" role="answer" question="read-the-bill"
month = ...
unneeded = ...
### BEGIN SOLUTION
def name_of(thing):
    """The Name tag."""
    return next(tag["Value"] for tag in thing["Tags"] if tag["Key"] == "Name")


price = desk.prices["X86_64"]
month = {}
names = [arn.split("/")[-1] for arn in ecs.list_services(cluster=desk.cluster)["serviceArns"]]
for service in ecs.describe_services(cluster=desk.cluster, services=names)["services"]:
    size = ecs.describe_task_definition(taskDefinition=service["taskDefinition"])["taskDefinition"]
    hour = int(size["cpu"]) / 1024 * price["vcpu"] + int(size["memory"]) / 1024 * price["gb"]
    month[service["serviceName"]] = service["desiredCount"] * hour * 730
    print(service["serviceName"], size["cpu"], size["memory"], round(month[service["serviceName"]], 2))

used = {route.get("NatGatewayId") for table in ec2.describe_route_tables()["RouteTables"] for route in table["Routes"]}
unneeded = [name for name in names if name not in desk.rules]
for gateway in ec2.describe_nat_gateways()["NatGateways"]:
    if gateway["NatGatewayId"] not in used:
        unneeded.append(name_of(gateway))
for address in ec2.describe_addresses()["Addresses"]:
    if "AssociationId" not in address:
        unneeded.append(name_of(address))
### END SOLUTION

# %% id="lab12-c1" role="check" question="read-the-bill" points=3 rows=["F21"] tags=["raises-exception"]
lab.check("read-the-bill", month=month, unneeded=unneeded)

# %% [markdown] id="lab12-q2"
# ## 2. Take it away (3 points)
#
# Nothing runs or stands that nobody needs; and everything else lives on. After submission a task of each service is killed, and each must
# come back to its count.

# %% id="lab12-a2" role="answer" question="take-it-away"
### BEGIN SOLUTION
for name in names:
    if name in unneeded:
        ecs.delete_service(cluster=desk.cluster, service=name, force=True)
for gateway in ec2.describe_nat_gateways()["NatGateways"]:
    if name_of(gateway) in unneeded:
        ec2.delete_nat_gateway(NatGatewayId=gateway["NatGatewayId"])
desk.cloud.advance(minutes=10)
for address in ec2.describe_addresses()["Addresses"]:
    if "AssociationId" not in address:
        ec2.release_address(AllocationId=address["AllocationId"])
print(len(ec2.describe_addresses()["Addresses"]), "address left")
### END SOLUTION

# %% id="lab12-c2" role="check" question="take-it-away" points=3 rows=["F21"] tags=["raises-exception"]
lab.check("take-it-away")

# %% [markdown] id="lab12-q3"
# ## 3. Right-size (7 points)
#
# Give each service its right size: CPU and memory. The counts of tasks stay.
#
# The checks live through a day. With the rules kept there is a point, for half of the saving that right sizes can reach another, and for nine
# tenths another. After submission: two for 98 %, and two if the rules are kept on the busiest day, too.

# %% id="lab12-a3" role="answer" question="right-size"
### BEGIN SOLUTION
from simcloud.choose import rightsizing

bounds = rightsizing.Bounds(latency=desk.latency, memory=desk.memory)
right = {}
with desk.cloud.copy() as future:
    for name, rule in desk.rules.items():
        future.load(name, daily=(1, rule["peak"]), cluster=desk.cluster)
        right[name] = rightsizing.best(future, name, desk.cluster, bounds=bounds)[:2]

SAID_BY_AWS = (
    "taskDefinitionArn",
    "revision",
    "status",
    "requiresAttributes",
    "compatibilities",
    "registeredAt",
    "registeredBy",
)


def revision(name, **changes):
    """Register the service's definition anew, as it is but for these changes; its ARN."""
    running = ecs.describe_services(cluster=desk.cluster, services=[name])["services"][0]["taskDefinition"]
    old = ecs.describe_task_definition(taskDefinition=running)["taskDefinition"]
    kept = {member: value for member, value in old.items() if member not in SAID_BY_AWS}
    return ecs.register_task_definition(**{**kept, **changes})["taskDefinition"]["taskDefinitionArn"]


for name, (cpu, memory) in right.items():
    print(name, cpu, memory)
    sized = revision(name, cpu=str(cpu), memory=str(memory))
    ecs.update_service(cluster=desk.cluster, service=name, taskDefinition=sized)
### END SOLUTION

# %% id="lab12-c3" role="check" question="right-size" points=7 rows=["T10", "F21"] tags=["raises-exception"]
lab.check("right-size")

# %% [markdown] id="lab12-q4"
# ## 4. Price it lower (4 points)
#
# - What may be interrupted runs on Fargate Spot, all its tasks. Nothing else does.
# - Each service whose image is built for ARM64 runs on it.
# - After submission all Spot capacity is taken back at once, and half an hour later everything must be whole.
# - After submission, too: tasks, NAT gateways and public addresses together cost at most `desk.goal` a month, with all rules kept.

# %% id="lab12-a4" role="answer" question="price-it-lower"
### BEGIN SOLUTION
ecr = boto3.client("ecr")


def is_built_for_arm(name):
    """Does the image's index list ARM64?"""
    found = ecr.batch_get_image(repositoryName=f"ferryline/{name}", imageIds=[{"imageTag": "1.0"}])
    return "arm64" in found["images"][0]["imageManifest"]


for name, rule in desk.rules.items():
    changes = {}
    if is_built_for_arm(name):
        platform = {"cpuArchitecture": "ARM64", "operatingSystemFamily": "LINUX"}
        changes["taskDefinition"] = revision(name, runtimePlatform=platform)
    if rule["may_be_interrupted"]:
        changes["capacityProviderStrategy"] = [{"capacityProvider": "FARGATE_SPOT", "weight": 1}]
        changes["forceNewDeployment"] = True
    if changes:
        print(name, *changes)
        ecs.update_service(cluster=desk.cluster, service=name, **changes)
### END SOLUTION

# %% id="lab12-c4" role="check" question="price-it-lower" points=4 rows=["F21"] tags=["raises-exception"]
lab.check("price-it-lower")

# %% [markdown] id="lab12-q5"
# ## 5. Commit (3 points)
#
# A Compute Savings Plan for one year takes `desk.plan["discount"]` off what it covers: a commitment of c dollars an hour covers
# c / (1 - discount) dollars an hour of tasks at their price on demand. It is paid in each hour of the year, used or not. And
# `desk.plan["ends"]` is switched off after `after_months` of the twelve months. Everything else stays as it runs now.
#
# - `covered`: a list of the services whose tasks a plan covers, as they run now.
# - `commitment`: the commitment in US dollars an hour with which the year costs least.
# - `most`: the break-even. With any larger commitment the year costs more than without one.

# %% id="lab12-a5" role="answer" question="commit"
covered = ...
commitment = ...
most = ...
### BEGIN SOLUTION
covered = [name for name, rule in desk.rules.items() if not rule["may_be_interrupted"]]
hour = {}
for name in covered:
    service = ecs.describe_services(cluster=desk.cluster, services=[name])["services"][0]
    size = ecs.describe_task_definition(taskDefinition=service["taskDefinition"])["taskDefinition"]
    price = desk.prices[size.get("runtimePlatform", {}).get("cpuArchitecture", "X86_64")]
    each = int(size["cpu"]) / 1024 * price["vcpu"] + int(size["memory"]) / 1024 * price["gb"]
    hour[name] = service["desiredCount"] * each
everything = sum(hour.values())
stays = everything - hour[desk.plan["ends"]]
pays = 1 - desk.plan["discount"]


def year(committed):
    """An average hour's cost over the year with this commitment."""
    early = desk.plan["after_months"] / desk.plan["months"]
    left = early * max(0, everything - committed / pays) + (1 - early) * max(0, stays - committed / pays)
    return committed + left


commitment = min((stays * pays, everything * pays), key=year)
low, high = commitment, everything
for _ in range(50):
    middle = (low + high) / 2
    low, high = (middle, high) if year(middle) <= year(0) else (low, middle)
most = low
print(covered, round(commitment, 3), round(most, 3))
### END SOLUTION

# %% id="lab12-c5" role="check" question="commit" points=3 rows=["T08"] tags=["raises-exception"]
lab.check("commit", covered=covered, commitment=commitment, most=most)

# %% [markdown] id="lab12-reflect" role="reflect" question="explain-it" points=2
# ## 6. Explain it (2 points, read by a person)
#
# A salesman has told Mara: *"Sign for three years, fifty percent off everything you run today. You need not change a single task."*
# Advise her in four to eight sentences, with your numbers: what would the promise have cost had she signed before you began, in
# which order should the levers be pulled, and when would you sign.
#
# === BEGIN MARK SCHEME ===
# One point for the order with the answer's own numbers: a commitment to the estate as it was found pays for years for vCPU and GB that
# nobody uses; half off an estate four times too large is dearer than the right one at full price. Half of it without numbers.
#
# One point for when: after right-sizing, for the part that is there in every hour of the term; with what shrinks, moves to Spot or ends
# left out; and that the plan covers neither Spot nor the network. No point for "commitments are always cheaper".
# === END MARK SCHEME ===

# %% [markdown] id="lab12-reflect-answer" role="reflect" question="explain-it"
# *Write your answer here.*

# %% [markdown] id="lab12-end"
# ## Hand it in
#
# Save the notebook (Ctrl+S), run the next cell and press the button. `fargate-course submit 12-halve-the-bill` in a terminal does the
# same. `lab.progress()` shows where you stand.
# `lab.solution("right-size")` shows the worked solution of a question that you have passed, where your copy has it.

# %% id="lab12-submit" role="setup" tags=["nbval-ignore-output"]
lab.submit_button()
