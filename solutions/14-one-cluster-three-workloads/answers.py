"""Lab 14: right answers by more than one way, plausible wrong ones with what each must be told, and the untouched stub.

Every text is an answer cell. It may use the names that the solutions of the questions before it have left: `why`, `private`,
`every`, `web`, `labels`, `kind`, `system`, `space`, `night`.
"""

from collections.abc import Mapping
from typing import Any

from autograder.author.worked import SOLUTION, Answer, untouched
from autograder.checks.labs.mixed_cluster.plan import MACHINE_HOURS, nodes_for, plan_of, pod_hour, turn

# --- 1. read the Pending

BY_MANIFEST = """
def cause(one):
    pod = one["spec"]["template"]["spec"]
    container = pod["containers"][0]
    if one["kind"] == "DaemonSet":
        return "daemonset"
    if pod.get("hostNetwork"):
        return "host network"
    if pod.get("nodeSelector", {}).get("kubernetes.io/arch") == "arm64":
        return "arm64"
    if container.get("securityContext", {}).get("privileged"):
        return "privileged"
    if any("hostPort" in port for port in container.get("ports", [])):
        return "host port"
    return "gpu" if "nvidia.com/gpu" in container["resources"].get("limits", {}) else ""


everything = kubernetes.get("deployments", namespace="") + kubernetes.get("daemonsets", namespace="")
why = {one["metadata"]["name"]: cause(one) for one in everything if cause(one)}
"""
LATER = {"why": "judged once the check before it"}
READ_THE_PENDING = (
    Answer("as in the solution", SOLUTION),
    Answer("by what the manifests ask for", BY_MANIFEST),
    Answer("in capitals", BY_MANIFEST + "why = {name: text.upper() for name, text in why.items()}"),
    Answer(
        "the agent forgotten, since it has no pod that is Pending",
        BY_MANIFEST + "del why['agent']",
        misses={"who-waits": "a DaemonSet that wants no pod at all", **LATER},
    ),
    Answer(
        "CoreDNS named as well",
        BY_MANIFEST + "why['coredns'] = 'arm64'",
        misses={"who-waits": "coredns runs, or is none of the company's workloads", **LATER},
    ),
    Answer(
        "all of them for their labels",
        BY_MANIFEST + "why = dict.fromkeys(why, 'label')",
        misses={"why": "one of the words"},
    ),
    Answer(
        "the daemon is privileged",
        BY_MANIFEST + "why['agent'] = 'privileged'",
        misses={"why": "what kind of workload is it?"},
    ),
    Answer(
        "one cause for all",
        BY_MANIFEST + "why = {name: 'daemonset' for name in why}",
        misses={"why": "read the events of its pod to the end"},
    ),
    Answer("a list", "why = ['agent']", misses={"who-waits": "a dict: workload -> cause", **LATER}),
    Answer("a crash before anything", "why = {'agent': nobody}", raises="NameError", attempted=False),
    untouched(),
)

# --- 2. mind the profile

PROFILES = """
associations = [
    (link["SubnetId"], table["Routes"])
    for table in ec2.describe_route_tables()["RouteTables"]
    for link in table["Associations"]
    if link.get("SubnetId")
]
private = [subnet for subnet, routes in associations if any(route.get("NatGatewayId") for route in routes)]
every = kubernetes.get("deployments", namespace="")
web = next(one for one in every if one["metadata"]["name"] == "web")
space = web["metadata"]["namespace"]
(label,) = [name for name in web["spec"]["template"]["metadata"]["labels"] if name != "app"]
labels = {label: web["spec"]["template"]["metadata"]["labels"][label]}


def profile(name, *selectors, subnets=private):
    eks.create_fargate_profile(
        clusterName=desk.cluster,
        fargateProfileName=name,
        podExecutionRoleArn=desk.roles["pods"],
        subnets=subnets,
        selectors=list(selectors),
    )
    desk.cloud.advance(minutes=5)


def away(name="everything"):
    eks.delete_fargate_profile(clusterName=desk.cluster, fargateProfileName=name)
    desk.cloud.advance(minutes=10)


"""
NO_FUTURE = {name: "judged once the check before it" for name in ("at-rest", "tomorrow", "loses-a-zone")}
MIND_THE_PROFILE = (
    Answer("as in the solution", SOLUTION),
    Answer(
        "a selector for each workload",
        PROFILES
        + """
profile("one-by-one", *({"namespace": space, "labels": {"app": name}} for name in ("web", "api", "night")))
away()
""",
    ),
    Answer(
        "the old profile first, then the pods made anew",
        PROFILES
        + """
away()
profile("passengers", {"namespace": space, "labels": labels})
for pod in kubernetes.get("pods", namespace=space):
    kubernetes.delete("pod", pod["metadata"]["name"], namespace=space)
""",
    ),
    Answer(
        "the old profile first, and the pods left waiting",
        PROFILES + 'away()\nprofile("passengers", {"namespace": space, "labels": labels})',
        misses={"on-fargate": "a profile looks at a pod once, when it is made", **NO_FUTURE},
    ),
    Answer(
        "two profiles, with a wildcard",
        PROFILES
        + """
profile("a", {"namespace": space, "labels": {"app": "web"}})
profile("b", {"namespace": space, "labels": {label: labels[label][:3] + "*"}})
away()
""",
    ),
    Answer(
        "by the namespaces alone, as it was",
        PROFILES
        + """
profile("spaces", *({"namespace": one} for one in sorted({each["metadata"]["namespace"] for each in every})))
away()
""",
        misses={"left-alone": "profile spaces picked", "tomorrow": "profile spaces picked"},
    ),
    Answer(
        "a new profile beside the old one",
        PROFILES + 'profile("passengers", {"namespace": space, "labels": labels})',
        misses={"left-alone": "profile everything picked", "tomorrow": "profile everything picked"},
    ),
    Answer(
        "away with the old profile, and no look back",
        PROFILES
        + """
profile("passengers", {"namespace": space, "labels": labels})
eks.delete_fargate_profile(clusterName=desk.cluster, fargateProfileName="everything")
""",
        misses={"at-rest": "everything is DELETING"},
    ),
    Answer(
        "the subnets of the cluster, as they come",
        PROFILES
        + """
given = eks.describe_cluster(name=desk.cluster)["cluster"]["resourcesVpcConfig"]["subnetIds"]
profile("passengers", {"namespace": space, "labels": labels}, subnets=given)
away()
""",
        misses={"on-fargate": "timed out", **NO_FUTURE},
    ),
    Answer(
        "one zone",
        PROFILES + 'profile("passengers", {"namespace": space, "labels": labels}, subnets=private[:1])\naway()',
        misses={"loses-a-zone": "was lost"},
    ),
    Answer(
        "every subnet that is not public, with the one that has no way out",
        PROFILES
        + """
public = [subnet for subnet, routes in associations if any("igw" in route.get("GatewayId", "") for route in routes)]
others = [subnet for subnet, _ in associations if subnet not in public]
profile("passengers", {"namespace": space, "labels": labels}, subnets=others)
away()
""",
        misses={"on-fargate": "timed out", **NO_FUTURE},
    ),
    Answer(
        "all the labels of web",
        PROFILES
        + """
profile("web", {"namespace": space, "labels": web["spec"]["template"]["metadata"]["labels"]})
away()
""",
        misses={"on-fargate": "pods of api run on Fargate", **NO_FUTURE},
    ),
    Answer(
        "no profile at all",
        PROFILES + "away()",
        misses={"on-fargate": "0 on Fargate", **NO_FUTURE},
    ),
    Answer(
        "in the public subnets",
        PROFILES
        + """
public = [subnet for subnet, routes in associations if subnet not in private]
profile("passengers", {"namespace": space, "labels": labels}, subnets=public)
""",
        raises="ClientError",
        attempted=False,
    ),
    Answer(
        "a crash half way",
        PROFILES + "away()\nprofile(passengers)",
        raises="NameError",
        misses={"on-fargate": "0 on Fargate", **NO_FUTURE},
    ),
    untouched(),
)

# --- 3. bring nodes

NODES = """
everything = {one["metadata"]["name"]: one["spec"]["template"]["spec"] for one in kubernetes.get("deployments", namespace="")}
wishes = [everything[name] for name in why if name in everything]
if "gpu" in why.values():
    kind, system = "g4dn.xlarge", "AL2023_x86_64_NVIDIA"
else:
    large = any(one["containers"][0]["resources"]["requests"]["memory"] == "10240Mi" for one in wishes)
    kind, system = ("m6g.xlarge" if large else "m6g.large"), "AL2023_ARM_64_STANDARD"


def nodes(name="machines", kind=kind, system=system, count=1, most=2, wait=10, **more):
    eks.create_nodegroup(
        clusterName=desk.cluster,
        nodegroupName=name,
        subnets=private,
        nodeRole=desk.roles["nodes"],
        instanceTypes=[kind],
        amiType=system,
        scalingConfig={"minSize": 0, "maxSize": most, "desiredSize": count},
        **more,
    )
    desk.cloud.advance(minutes=wait)


"""
NO_NODES = {name: "judged once the check before it" for name in ("agent-everywhere", "in-budget", "one-node-more")}
BRING_NODES = (
    Answer("as in the solution", SOLUTION),
    Answer("with labels, a larger disk and another name", NODES + 'nodes("iron", diskSize=40, labels={"made-of": "iron"})'),
    Answer(
        "two nodes first, then one",
        NODES
        + """
nodes(count=2)
size = {"minSize": 0, "maxSize": 1, "desiredSize": 1}
eks.update_nodegroup_config(clusterName=desk.cluster, nodegroupName="machines", scalingConfig=size)
desk.cloud.advance(minutes=5)
""",
    ),
    Answer(
        "the usual type",
        NODES + 'nodes(kind="m5.large", system="AL2023_x86_64_STANDARD")',
        misses={"on-nodes": "runs on a node", **NO_NODES},
    ),
    Answer(
        "two nodes, one for each workload",
        NODES + "nodes(count=2)",
        misses={"in-budget": "one node of the cheapest type"},
    ),
    Answer(
        "a second group of the usual type",
        NODES + 'nodes()\nnodes("usual", "t3.medium", "AL2023_x86_64_STANDARD")',
        misses={"in-budget": "one node of the cheapest type"},
    ),
    Answer("room for a third node", NODES + "nodes(most=3)", misses={"in-budget": "scalingConfig: maxSize"}),
    Answer("no patience", NODES + "nodes(wait=0)", misses={"in-budget": "CREATING"}),
    Answer(
        "a group without a node",
        NODES + "nodes(count=0)",
        misses={"on-nodes": "untolerated taint {eks.amazonaws.com/compute-type: fargate}", **NO_NODES},
    ),
    Answer(
        "a taint that nobody tolerates",
        NODES + 'nodes(taints=[{"key": "only", "value": "models", "effect": "NO_SCHEDULE"}])',
        misses={"on-nodes": "untolerated taint {only: models}", **NO_NODES},
    ),
    Answer(
        "the agent deleted",
        NODES + 'nodes()\nkubernetes.delete("daemonset", "agent", namespace="watch")',
        misses={"agent-everywhere": "the DaemonSet agent", "one-node-more": "judged once"},
    ),
    Answer(
        "everything on nodes, since there is one now",
        NODES
        + """
nodes()
for name in eks.list_fargate_profiles(clusterName=desk.cluster)["fargateProfileNames"]:
    eks.delete_fargate_profile(clusterName=desk.cluster, fargateProfileName=name)
desk.cloud.advance(minutes=10)
""",
        misses={"agent-everywhere": "0 on Fargate", "one-node-more": "judged once"},
    ),
    Answer(
        "a crash after the profile's own role was tried",
        NODES + 'nodes(nodeRole=desk.roles["pods"])',
        raises="TypeError",
        attempted=False,
    ),
    untouched(),
)

# --- 4. fit the pods

FIT = """
space = web["metadata"]["namespace"]


def fit(name, need, agent=desk.agent["memory"], kind="requests", beside=True):
    manifest = kubernetes.get("deployment", name, namespace=space)
    manifest.pop("status")
    pod = manifest["spec"]["template"]["spec"]
    pod["containers"][0]["resources"] = {kind: {"cpu": "0.2", "memory": f"{need}Mi"}}
    asked = {kind: {"cpu": "0.05", "memory": f"{agent}Mi"}} if agent else {}
    if beside:
        pod["containers"].insert(0, {"name": "watcher", "image": desk.agent["image"], "resources": asked})
    kubernetes.apply(manifest)


night = kubernetes.get("job", "night", namespace=space)
for unwanted in ("status", "finished"):
    night.pop(unwanted, None)
ends = night["spec"]
"""
ALL = "for name, need in desk.needs.items():\n    fit(name, need)\n"
DONE = 'ends["ttlSecondsAfterFinished"] = 300\ndesk.cloud.advance(minutes=5)\n'
FIT_THE_PODS = (
    Answer("as in the solution", SOLUTION),
    Answer("by limits, the agent first", FIT + 'for name, need in desk.needs.items():\n    fit(name, need, kind="limits")\n' + DONE),
    Answer("the Job away at once, in Gi", FIT + ALL.replace("fit(name, need)", "fit(name, need)") + 'ends["ttlSecondsAfterFinished"] = 0'),
    Answer(
        "Fargate's share asked for by hand",
        FIT + ALL.replace("need)", "need + 256)") + DONE,
        misses={"smallest": "MiB together"},
    ),
    Answer(
        "the agent asks for nothing",
        FIT + ALL.replace("need)", "need, agent=0)") + DONE,
        misses={"sidecar": "requests 100 MiB at least", "smallest": "judged once"},
    ),
    Answer(
        "less than the program needs",
        FIT + ALL.replace("need)", "need - 90)") + DONE,
        misses={"sidecar": "desk.needs and desk.agent say", "smallest": "judged once"},
    ),
    Answer(
        "sizes without the agent",
        FIT + ALL.replace("need)", "need, beside=False)") + DONE,
        misses={"sidecar": "a second container in the Deployment's template", "smallest": "judged once"},
    ),
    Answer(
        "only web",
        FIT + 'fit("web", desk.needs["web"])\n' + DONE,
        misses={"sidecar": "in each pod of api", "smallest": "judged once"},
    ),
    Answer(
        "a finished Job costs nothing",
        FIT + ALL + "desk.cloud.advance(minutes=5)",
        misses={"night-ends": "ttlSecondsAfterFinished in the Job's spec"},
    ),
    Answer(
        "the Job away forty minutes after its end",
        FIT + ALL + 'ends["ttlSecondsAfterFinished"] = 2400\n',
        misses={"night-ends": "ttlSecondsAfterFinished in the Job's spec, 1800 at most"},
    ),
    Answer(
        "a day to live",
        FIT + ALL + 'ends["ttlSecondsAfterFinished"] = 86400\n',
        misses={"night-ends": "ttlSecondsAfterFinished in the Job's spec"},
    ),
    Answer(
        "the Job without its labels, on the node that is there",
        FIT + ALL + DONE + 'ends["template"]["metadata"] = {}',
        misses={"night-ends": "its namespace and labels"},
    ),
    Answer(
        "the Job as a Deployment",
        FIT + ALL + DONE + 'night["kind"] = "Deployment"',
        misses={"night": "with kind Job", "night-ends": "with kind Job"},
    ),
    Answer(
        "a Job that starts again and again",
        FIT + ALL + DONE + 'ends["template"]["spec"]["restartPolicy"] = "Always"',
        misses={"night": "mend what it names", "night-ends": "mend what it names"},
    ),
    Answer(
        "a crash after the pods",
        FIT + ALL + DONE + "night.spec",
        raises="AttributeError",
    ),
    untouched(),
)

# --- 5. price both ways

PRICE = """
one = next(pod for pod in kubernetes.get("pods", namespace=space) if pod["metadata"]["name"].startswith("web-"))
size = [float(part.strip("vCPUGB")) for part in one["metadata"]["annotations"]["CapacityProvisioned"].split()]
pod_hour = size[0] * desk.prices["vcpu"] + size[1] * desk.prices["gb"]
node_hour = desk.prices[desk.other_node]
pods = kubernetes.get("deployment", "web", namespace=space)["spec"]["replicas"]


def groups(count, least=2):
    return max(least, -(-count // desk.fit))


month = {"Fargate": pods * pod_hour * 730, "nodes": groups(pods) * node_hour * 730}
turn = 1
while groups(turn) * node_hour >= turn * pod_hour:
    turn += 1
"""
PRICE_BOTH = (
    Answer("as in the solution", SOLUTION),
    Answer("the same in other words, to the cent", PRICE + "month = {way: round(cost, 2) for way, cost in month.items()}"),
    Answer(
        "thirty days",
        PRICE + 'month["Fargate"] = pods * pod_hour * 24 * 30',
        misses={"month": "by the size that is billed"},
    ),
    Answer(
        "what is requested in place of what is billed",
        PRICE + 'month["Fargate"] = pods * 730 * (0.25 * desk.prices["vcpu"] + desk.needs["web"] / 1024 * desk.prices["gb"])',
        misses={"month": "by the size that is billed"},
    ),
    Answer(
        "a node for each pod",
        PRICE + 'month["nodes"] = pods * node_hour * 730',
        misses={"month": "nodes come whole"},
    ),
    Answer(
        "one node is enough",
        PRICE + "turn = next(count for count in range(1, 99) if groups(count, 1) * node_hour < count * pod_hour)",
        misses={"turn": "nodes $"},
    ),
    Answer(
        "one pod too early",
        PRICE + "turn -= 1",
        misses={"turn": "the smallest number of pods"},
    ),
    Answer(
        "nodes are always cheaper",
        PRICE + "turn = 0",
        misses={"turn": "the smallest number of pods"},
    ),
    Answer(
        "words",
        PRICE + 'month, turn = "Fargate is cheaper", "never"',
        misses={"month": "a dict with the keys", "turn": "a number of pods"},
    ),
    Answer(
        "one node more, to be sure",
        PRICE
        + """
group = eks.list_nodegroups(clusterName=desk.cluster)["nodegroups"][0]
eks.update_nodegroup_config(
    clusterName=desk.cluster, nodegroupName=group, scalingConfig={"minSize": 1, "maxSize": 2, "desiredSize": 2}
)
desk.cloud.advance(minutes=5)
""",
        misses={"month-budget": "a node too many"},
    ),
    Answer("a crash behind the work", PRICE + "month / 2", raises="TypeError"),
    untouched(),
)

ANSWERS = {
    "read-the-pending": READ_THE_PENDING,
    "mind-the-profile": MIND_THE_PROFILE,
    "bring-nodes": BRING_NODES,
    "fit-the-pods": FIT_THE_PODS,
    "price-both": PRICE_BOTH,
}

# --- one variant's decisions


def decided(variant: Mapping[str, Any]) -> dict[str, str]:
    """What a learner writes who knows this variant: causes, selectors, type of node, requests, prices."""
    plan = plan_of(variant["ticket"])
    key, value = plan.label
    selector = {"namespace": plan.space, "labels": {key: value}}
    system = "AL2023_x86_64_NVIDIA" if plan.node == "g4dn.xlarge" else "AL2023_ARM_64_STANDARD"
    an_hour, node_hour = pod_hour(*plan.size("web")), MACHINE_HOURS[plan.other_node]
    month = {
        "Fargate": plan.web * an_hour * 730,
        "nodes": nodes_for(plan.web, plan.fit) * node_hour * 730,
    }
    fits = "".join(f"fit({name!r}, {need})\n" for name, need in plan.needs.items())
    return {
        "read-the-pending": f"why = {plan.causes!r}",
        "mind-the-profile": PROFILES + f"profile('passengers', {selector!r})\naway()",
        "bring-nodes": NODES + f"nodes(kind={plan.node!r}, system={system!r})",
        "fit-the-pods": FIT + fits + DONE,
        "price-both": f"month = {month!r}\nturn = {turn(an_hour, node_hour, plan.fit)}",
    }


# --- ways to break the world

WRECKS = {
    "the profiles deleted": """
for name in eks.list_fargate_profiles(clusterName=desk.cluster)["fargateProfileNames"]:
    eks.delete_fargate_profile(clusterName=desk.cluster, fargateProfileName=name)
    desk.cloud.advance(minutes=10)
""",
    "the node groups deleted": """
for name in eks.list_nodegroups(clusterName=desk.cluster)["nodegroups"]:
    eks.delete_nodegroup(clusterName=desk.cluster, nodegroupName=name)
desk.cloud.advance(minutes=10)
""",
    "the cluster deleted": """
for name in eks.list_nodegroups(clusterName=desk.cluster)["nodegroups"]:
    eks.delete_nodegroup(clusterName=desk.cluster, nodegroupName=name)
for name in eks.list_fargate_profiles(clusterName=desk.cluster)["fargateProfileNames"]:
    eks.delete_fargate_profile(clusterName=desk.cluster, fargateProfileName=name)
    desk.cloud.advance(minutes=10)
eks.delete_cluster(name=desk.cluster)
desk.cloud.advance(minutes=10)
""",
    "the namespace of the web deleted": 'kubernetes.delete("namespace", space)',
    "every Deployment deleted": """
for one in kubernetes.get("deployments", namespace=""):
    kubernetes.delete("deployment", one["metadata"]["name"], namespace=one["metadata"]["namespace"])
""",
    "the agent deleted": 'kubernetes.delete("daemonset", "agent", namespace="watch")',
    "web with no pods": """
manifest = kubernetes.get("deployment", "web", namespace=space)
kubernetes.apply({**manifest, "spec": {**manifest["spec"], "replicas": 0}})
""",
    "the image of the web deleted": """
boto3.client("ecr").delete_repository(repositoryName="northern/web", force=True)
for pod in kubernetes.get("pods", namespace=space):
    kubernetes.delete("pod", pod["metadata"]["name"], namespace=space)
""",
    "no way out any more": """
for one in ec2.describe_nat_gateways()["NatGateways"]:
    ec2.delete_nat_gateway(NatGatewayId=one["NatGatewayId"])
for pod in kubernetes.get("pods", namespace=space):
    kubernetes.delete("pod", pod["metadata"]["name"], namespace=space)
""",
}
