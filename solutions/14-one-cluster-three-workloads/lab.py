# %% [markdown] id="lab14-title"
# # Lab 14: One cluster, three workloads
#
# **60 to 75 minutes, 20 points, and a question for 2 more.** You need lesson 14.
#
# Ferryline has bought the Northern Line, and with it an EKS cluster. Its last engineer had read that Fargate makes every node
# unnecessary. So one profile picks *every* pod, and there are no nodes. Half of the cluster has not run since.
#
# You will find out what cannot be on Fargate, and why; leave on Fargate what belongs there; bring nodes for the rest; and tell Mara what
# either way costs.

# %% [markdown] id="lab14-rules"
# **How you are judged.** By what your code leaves behind, and by its future: on a copy of your world other pods are made, a zone is lost,
# a node is added, the night's Job runs again. Any right way counts; names of profiles and node groups do not matter.
#
# - `web`, `api` and the Job `night` are the passengers' workloads. They belong **on Fargate**.
# - What cannot be on Fargate, and only that, runs **on nodes**. The agent runs on every node.
# - Nothing is deleted for good: at the end all of it runs. CoreDNS, which came with the cluster, is not part of the lab.
# - `lab.check(...)` under each task tells you at once what holds and what does not. Run it as often as you like.
# - `lab.hint("mind-the-profile")` gives the next hint for a question. There are three each, and they cost nothing.
# - After a restart of the kernel run the cells from the top; progress is kept. `lab.reset()` begins again in a fresh world, and
#   `lab.work("mind-the-profile")` shows your answer as it was at its last check.

# %% id="lab14-setup" role="setup"
import math

import boto3

from autograder import lab

desk = lab.begin("14-one-cluster-three-workloads")
eks, ec2 = boto3.client("eks"), boto3.client("ec2")
kubernetes = desk.cloud.kubernetes(desk.cluster)

# %% [markdown] id="lab14-desk"
# That is your ticket. `kubernetes` is what `kubectl` would be: `kubernetes.get("pods", namespace="")` shows the pods of all namespaces,
# `kubernetes.describe("pod", name, namespace=...)` one with its events, `kubernetes.apply(manifest)` changes an object.
# `desk.roles` are a role for pods and one for nodes. `desk.prices` are US dollars an hour: of a vCPU and a GB on Fargate, and of each
# type of node. `desk.cloud.advance(minutes=10)` lets time pass.

# %% [markdown] id="lab14-q1"
# ## 1. Read the Pending (3 points)
#
# Set `why` to a dict: for each Deployment and DaemonSet of the company that has no running pod, what Fargate does not take of it.
# One word or two each: `'arm64'`, `'daemonset'`, `'gpu'`, `'host network'`, `'host port'`, `'privileged'`.

# %% id="lab14-a1" role="answer" question="read-the-pending"
why = ...
### BEGIN SOLUTION
WORDS = {
    "Privileged": "privileged",
    "HostNetwork": "host network",
    "HostPort": "host port",
    "extended resources": "gpu",
    "architecture": "arm64",
}
why = {}
for pod in kubernetes.get("pods", namespace=""):
    about = pod["metadata"]
    name, space = about["name"], about["namespace"]
    if pod["status"]["phase"] == "Pending" and space != "kube-system":
        said = kubernetes.describe("pod", name, namespace=space).partition("Events:")[2]
        print(name, said.strip().split("\n")[-1])
        why[about["labels"]["app"]] = next(cause for word, cause in WORDS.items() if word in said)
for one in kubernetes.get("daemonsets", namespace=""):
    if not one["status"]["desiredNumberScheduled"]:
        why[one["metadata"]["name"]] = "daemonset"
### END SOLUTION

# %% id="lab14-c1" role="check" question="read-the-pending" points=3 rows=["F10", "F03"] tags=["raises-exception"]
lab.check("read-the-pending", why=why)

# %% [markdown] id="lab14-q2"
# ## 2. Mind the profile (5 points)
#
# Let the profiles of the cluster pick the passengers' workloads, and leave alone what needs a node. Do not change any manifest.
#
# - `web` and `api` run on Fargate, all their pods. To start they need a way out, which not every subnet of the cluster has.
# - What you named in question 1 is picked by no profile any more: neither today's pods nor tomorrow's.
# - When your cell ends, no profile is on its way any more, neither in nor out: wait for that.
# - After submission `web` gets one pod more, and what needs a node gets new pods.
# - After submission a zone is lost, too. Half an hour later all pods of `web` and `api` must run in what is left.

# %% id="lab14-a2" role="answer" question="mind-the-profile"
### BEGIN SOLUTION
tables = ec2.describe_route_tables()["RouteTables"]
private = [
    link["SubnetId"]
    for table in tables
    if any(route.get("NatGatewayId") for route in table["Routes"])
    for link in table["Associations"]
    if link.get("SubnetId")
]
every = kubernetes.get("deployments", namespace="")
web = next(one for one in every if one["metadata"]["name"] == "web")
labels = {name: text for name, text in web["spec"]["template"]["metadata"]["labels"].items() if name != "app"}
print(web["metadata"]["namespace"], labels)
eks.create_fargate_profile(
    clusterName=desk.cluster,
    fargateProfileName="passengers",
    podExecutionRoleArn=desk.roles["pods"],
    subnets=private,
    selectors=[{"namespace": web["metadata"]["namespace"], "labels": labels}],
)
eks.get_waiter("fargate_profile_active").wait(clusterName=desk.cluster, fargateProfileName="passengers")
eks.delete_fargate_profile(clusterName=desk.cluster, fargateProfileName="everything")
eks.get_waiter("fargate_profile_deleted").wait(clusterName=desk.cluster, fargateProfileName="everything")
### END SOLUTION

# %% id="lab14-c2" role="check" question="mind-the-profile" points=5 rows=["F03"] tags=["raises-exception"]
lab.check("mind-the-profile")

# %% [markdown] id="lab14-q3"
# ## 3. Bring nodes (4 points)
#
# Bring a managed node group for what cannot be on Fargate.
#
# - Each of these workloads runs on a node, and the agent on every node. `web` and `api` stay on Fargate.
# - The nodes cost no more than `desk.node_budget` US dollars an hour, by the types in `desk.prices`. A group may be allowed to
#   grow, but not beyond twice of that.
# - When your cell ends the group is `ACTIVE`: wait for that.
# - After submission the group gets one node more, and pods on nodes are deleted. All must come back.

# %% id="lab14-a3" role="answer" question="bring-nodes"
### BEGIN SOLUTION
if "gpu" in why.values():
    kind, system = "g4dn.xlarge", "AL2023_x86_64_NVIDIA"
else:
    asked = next(one for one in every if why.get(one["metadata"]["name"]) == "arm64")["spec"]["template"]["spec"]
    memory = int(asked["containers"][0]["resources"]["requests"]["memory"].removesuffix("Mi"))
    kind, system = "m6g.xlarge" if memory > 6000 else "m6g.large", "AL2023_ARM_64_STANDARD"
print(kind)
eks.create_nodegroup(
    clusterName=desk.cluster,
    nodegroupName=f"{desk.cluster}-machines",
    subnets=private,
    nodeRole=desk.roles["nodes"],
    instanceTypes=[kind],
    amiType=system,
    scalingConfig={"minSize": 1, "maxSize": 2, "desiredSize": 1},
)
eks.get_waiter("nodegroup_active").wait(clusterName=desk.cluster, nodegroupName=f"{desk.cluster}-machines")
### END SOLUTION

# %% id="lab14-c3" role="check" question="bring-nodes" points=4 rows=["P02", "F10"] tags=["raises-exception"]
lab.check("bring-nodes")

# %% [markdown] id="lab14-q4"
# ## 4. Fit the pods (5 points)
#
# The pods on Fargate have no agent beside them, and ask for round figures that nobody measured. And the night's Job was billed all day.
#
# - Each pod of `web` and `api` gets the agent as a second container: `desk.agent` has its image and what it needs (MiB, thousandths of a
#   vCPU). The programs need `desk.needs` (MiB), and 0.2 vCPU as now. Every container requests at least what it needs.
# - Each of these pods is billed at the smallest size that holds it, and runs.
# - Each evening somebody's script applies the Job `night`. Set `night` to the manifest (a dict) that it shall apply from now on: half an
#   hour after the Job has ended, at the latest, nothing of it is billed. After submission it is applied, under another name.

# %% id="lab14-a4" role="answer" question="fit-the-pods"
night = ...
### BEGIN SOLUTION
space = web["metadata"]["namespace"]
for name, need in desk.needs.items():
    manifest = kubernetes.get("deployment", name, namespace=space)
    del manifest["status"]
    program = manifest["spec"]["template"]["spec"]["containers"][0]
    program["resources"] = {"requests": {"cpu": "200m", "memory": f"{need}Mi"}}
    asked = {"cpu": f"{desk.agent['cpu']}m", "memory": f"{desk.agent['memory']}Mi"}
    agent = {"name": f"{name}-agent", "image": desk.agent["image"], "resources": {"requests": asked}}
    manifest["spec"]["template"]["spec"]["containers"] = [program, agent]
    kubernetes.apply(manifest)

night = kubernetes.get("job", "night", namespace=space)
del night["status"]
night["spec"]["ttlSecondsAfterFinished"] = 1200
desk.cloud.advance(minutes=5)
print(
    *(
        f"{pod['metadata']['name']}: {pod['metadata']['annotations'].get('CapacityProvisioned', 'on a node')}"
        for pod in kubernetes.get("pods", namespace=space)
    ),
    sep="\n",
)
### END SOLUTION

# %% id="lab14-c4" role="check" question="fit-the-pods" points=5 rows=["F10", "F03"] tags=["raises-exception"]
lab.check("fit-the-pods", night=night)

# %% [markdown] id="lab14-q5"
# ## 5. Price both ways (3 points)
#
# Mara has heard that nodes are cheaper. Take all pods of `web`, as they are billed now, and put them on nodes of their own in your
# mind: type `desk.other_node`, each holds `desk.fit` of these pods, and there are at least two, one in each zone.
#
# - `month`: a dict with `'Fargate'` and `'nodes'`: what either way costs in 730 hours, in US dollars, to a tenth of a percent.
# - `turn`: the smallest number of pods of `web` for which nodes are cheaper.
#
# After submission a day passes. All pods on Fargate and all nodes together must then cost no more than `desk.month_budget` a month.

# %% id="lab14-a5" role="answer" question="price-both"
month = ...
turn = ...
### BEGIN SOLUTION
pods = [pod for pod in kubernetes.get("pods", namespace=space) if pod["metadata"]["name"].startswith("web-")]


def billed(pod):
    """An hour of a pod on Fargate, by the size that it is billed at."""
    vcpu, gigabytes = pod["metadata"]["annotations"]["CapacityProvisioned"].split(" ")
    return float(vcpu.removesuffix("vCPU")) * desk.prices["vcpu"] + float(gigabytes.removesuffix("GB")) * desk.prices["gb"]


def on_nodes(count):
    """An hour of nodes for so many pods."""
    return max(2, math.ceil(count / desk.fit)) * desk.prices[desk.other_node]


hours = 730
on_fargate = sum(billed(pod) for pod in pods)
month = {"Fargate": on_fargate * hours, "nodes": on_nodes(len(pods)) * hours}
turn = 1
while on_nodes(turn) >= turn * on_fargate / len(pods):
    turn += 1
print(month, turn)
### END SOLUTION

# %% id="lab14-c5" role="check" question="price-both" points=3 rows=["M02"] tags=["raises-exception"]
lab.check("price-both", month=month, turn=turn)

# %% [markdown] id="lab14-reflect" role="reflect" question="explain-it" points=2
# ## 6. Explain it (2 points, read by a person)
#
# Mara asks: *"You have just built me two kinds of machine room in one cluster. There is a node now anyway. Why not put everything on it,
# and drop Fargate?"* Answer her in four to eight sentences: what the price says about your own numbers, what else speaks for either
# side, and what would have to change for you to decide the other way.
#
# === BEGIN MARK SCHEME ===
# One point for the price with the answer's own numbers: the node that must be there anyway has room for some pods and not for all; from
# the turn on nodes are cheaper if they are kept full; at night, or with half-empty nodes, they are not. Half of it without own numbers.
#
# One point for what is not on the bill: patches, scaling and placement of nodes, isolation by pod, room for releases and lost nodes;
# and a named change that would turn the decision (steady load, more pods, an autoscaler, Spot nodes, Graviton). No point for "serverless is
# modern".
# === END MARK SCHEME ===

# %% [markdown] id="lab14-reflect-answer" role="reflect" question="explain-it"
# *Write your answer here.*

# %% [markdown] id="lab14-end"
# ## Hand it in
#
# Save the notebook (Ctrl+S), run the next cell and press the button. `fargate-course submit 14-one-cluster-three-workloads` in a
# terminal does the same. `lab.progress()` shows where you stand.
# `lab.solution("mind-the-profile")` shows the worked solution of a question that you have passed, where your copy has it.

# %% id="lab14-submit" role="setup" tags=["nbval-ignore-output"]
lab.submit_button()
