# %% [markdown] id="eks-title"
# # 14 · EKS on Fargate
#
# **Ferryline bought a competitor, and with it forty Kubernetes manifests. Must anybody rewrite them?**
#
# After this lesson you can
#
# - say which pods a Fargate profile takes, and which size and price they get,
# - read from a pod's events why it stays Pending,
# - split one cluster between Fargate and nodes, and say what each part costs.
#
# About 60 minutes. You need lessons [03](03-networking.ipynb) and [04](04-two-roles.ipynb).

# %% [markdown] id="eks-story"
# The Northern Line runs its booking on Kubernetes: Deployments, a Job at night, an agent on every node, and a model that counts
# waiting passengers on photographs. Its three engineers know `kubectl` in their sleep. Mara knows ECS. She has two weeks.

# %% id="eks-open"
import json

import boto3
from botocore.exceptions import ClientError

from simcloud import Cloud, views
from simcloud.cloud.usage import usage_of
from simcloud.price.price import price

cloud = Cloud(seed=14).open()
eks, ec2, ecs, iam = (boto3.client(name) for name in ("eks", "ec2", "ecs", "iam"))


def make_role(name, service, *policies):
    """A role that this service may take on, with these managed policies; its ARN."""
    trust = {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
    role = iam.create_role(RoleName=name, AssumeRolePolicyDocument=document)
    for policy in policies:
        iam.attach_role_policy(RoleName=name, PolicyArn=f"arn:aws:iam::aws:policy/{policy}")
    return role["Role"]["Arn"]


vpc = ec2.create_vpc(CidrBlock="10.14.0.0/16")["Vpc"]["VpcId"]
ec2.modify_vpc_attribute(VpcId=vpc, EnableDnsHostnames={"Value": True})
gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)


def make_subnet(number, zone, **way):
    """A subnet whose route table sends everything that is not local one way; its id."""
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.14.{number}.0/24",
                               AvailabilityZone=zone)["Subnet"]["SubnetId"]
    table = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
    ec2.associate_route_table(RouteTableId=table, SubnetId=subnet)
    ec2.create_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", **way)
    return subnet


public = make_subnet(0, "us-east-1a", GatewayId=gateway)
address = ec2.allocate_address(Domain="vpc")["AllocationId"]
nat = ec2.create_nat_gateway(SubnetId=public, AllocationId=address)["NatGateway"]["NatGatewayId"]
ec2.get_waiter("nat_gateway_available").wait(NatGatewayIds=[nat])
private = [make_subnet(number, zone, NatGatewayId=nat) for number,
           zone in ((1, "us-east-1a"), (2, "us-east-1b"))]

# %% [markdown] id="eks-cluster-text"
# ## A cluster, and who may run its pods
#
# The words: a *manifest* is a YAML text that says what shall be there. A *pod* is what ECS calls a task, a *Deployment* what it calls a
# service; a *Job* is work that ends. A *namespace* is a drawer for names, a *label* a note on a pod (`compute: fargate`), a *node* a machine. `kubectl` is the command that talks to the cluster.
#
# On EKS a cluster is Kubernetes' control plane, which decides what runs where, and it costs by the hour even when it is empty. A *Fargate profile* then says which
# pods get their own machine from AWS: by **namespace**, and **labels** if you like. It needs a *pod execution role* (for the pull, as
# you know it from lesson 04) and subnets.
#
# For the subnets Mara takes the public one. **Guess** what AWS says.

# %% id="eks-cluster"
cluster_role = make_role("northern-cluster", "eks.amazonaws.com", "AmazonEKSClusterPolicy")
pod_role = make_role("northern-pods", "eks-fargate-pods.amazonaws.com",
                     "AmazonEKSFargatePodExecutionRolePolicy")
eks.create_cluster(name="northern", roleArn=cluster_role, resourcesVpcConfig={"subnetIds": private})
eks.get_waiter("cluster_active").wait(name="northern")

# %% id="eks-public" rows=["F03"] tags=["raises-exception"]
def make_profile(name, subnets, *selectors):
    """A Fargate profile of the cluster, ACTIVE."""
    eks.create_fargate_profile(clusterName="northern", fargateProfileName=name,
                               podExecutionRoleArn=pod_role,
                               subnets=subnets, selectors=list(selectors))
    eks.get_waiter("fargate_profile_active").wait(clusterName="northern", fargateProfileName=name)


make_profile("web", [public], {"namespace": "booking"})

# %% [markdown] id="eks-public-seen"
# Pods on Fargate run in **private subnets** only.
# ([AWS: Fargate profiles](https://docs.aws.amazon.com/eks/latest/userguide/fargate-profile.html))
#
# Now the right ones. And then the manifests of the Northern Line, as they are. `cloud.kubernetes` is what `kubectl` would be.

# %% id="eks-manifests" rows=["T06", "M01", "F03"]
make_profile("web", private, {"namespace": "booking", "labels": {"compute": "fargate"}})
kubernetes = cloud.kubernetes("northern")
said = kubernetes.apply("""
apiVersion: v1
kind: Namespace
metadata: {name: booking}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: booking}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web, compute: fargate}}
    spec:
      containers:
        - name: web
          image: public.ecr.aws/nginx/nginx:1.27
          resources: {requests: {cpu: 250m, memory: 1Gi}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: admin, namespace: booking}
spec:
  replicas: 1
  selector: {matchLabels: {app: admin}}
  template:
    metadata: {labels: {app: admin}}
    spec:
      containers: [{name: admin, image: public.ecr.aws/nginx/nginx:1.27}]
""")
cloud.advance(minutes=3)


def pods(namespace="booking"):
    """As `kubectl get pods` shows them, with their nodes."""
    for one in kubernetes.get("pods", namespace=namespace):
        node = one["spec"].get("nodeName", "<none>")
        print(f"{one['metadata']['name']:<18} {one['status']['phase']:<8} {node}")


print(*said, sep="\n")
pods()

# %% [markdown] id="eks-manifests-seen"
# **Not one line was rewritten.** `web` runs, each pod on a node of its own. `admin` waits: it lies in the right namespace, and has not
# the label. A profile wants the namespace *and* all its labels.
#
# The same on ECS? It has no manifests. It has task definitions, and somebody has to write them:

# %% id="eks-not-ecs" rows=["T06", "M01"] tags=["raises-exception"]
manifest = {"kind": "Deployment", "apiVersion": "apps/v1", "metadata": {"name": "web"}}
ecs.register_task_definition(**manifest)

# %% [markdown] id="eks-not-ecs-seen"
# So: who has Kubernetes manifests, Helm charts (manifests in a parcel) and people who know them, takes **EKS**. Who starts anew, or wants AWS's own ways,
# takes **ECS**. They are not two names for one thing.
#
# ## How large is a pod?
#
# You do not choose a size on EKS. Fargate adds up what the containers *request*, adds 256 MiB for Kubernetes itself, and rounds up to
# the next size that is sold. `web` asked for 0.25 vCPU (`250m`, thousandths) and 1 GiB. **Write down your guess** for what is billed.

# %% id="eks-size" rows=["F03", "M02"]
one = kubernetes.get("pods", namespace="booking")[0]
one["metadata"]["annotations"]["CapacityProvisioned"]

# %% id="eks-try" rows=["F03", "F10"]
views.try_pod()

# %% [markdown] id="eks-size-seen"
# 2 GB: 1 GiB and a quarter do not fit into 1. Ask for 0.75 GiB, and 1 GB is billed. In the explorer, ask for 250m
# with 2Gi: why is half a vCPU billed?
#
# ## What Fargate does not take
#
# Now the rest of the Northern Line: an agent on every node (a **DaemonSet**), and the model, which wants a GPU.

# %% id="eks-agent" rows=["F10", "P02", "T03"]
kubernetes.apply("""
apiVersion: v1
kind: Namespace
metadata: {name: vision}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent, namespace: booking}
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent, compute: fargate}}
    spec:
      containers:
        - name: agent
          image: public.ecr.aws/docker/library/busybox:1.37
          securityContext: {privileged: true}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: model, namespace: vision}
spec:
  replicas: 1
  selector: {matchLabels: {app: model}}
  template:
    metadata: {labels: {app: model}}
    spec:
      containers:
        - name: model
          image: public.ecr.aws/docker/library/python:3.13
          resources: {requests: {cpu: "2", memory: 8Gi}, limits: {nvidia.com/gpu: 1}}
""")
cloud.advance(minutes=3)
pods("vision")
status = kubernetes.get("daemonset", "agent", namespace="booking")["status"]
print("agent wants", status["desiredNumberScheduled"], "pods; there are", len(kubernetes.get("nodes")),
      "nodes")

# %% id="eks-why" rows=["F10", "F03"]
model = kubernetes.get("pods", namespace="vision")[0]["metadata"]["name"]
print(kubernetes.describe("pod", model, namespace="vision").partition("Events:")[2])

# %% [markdown] id="eks-why-seen" rows=["N04"]
# The agent wants no pod at all: Fargate's nodes are *tainted*, marked so that others keep off. Each is there for its own pod. **A DaemonSet has no node to sit on.**
# And the model waits for a node that Fargate does not give.
#
# ## One cluster, three workloads
#
# Nobody said that a cluster must be of one kind. A *managed node group* brings EC2 instances, here one with a GPU.

# %% id="eks-nodes" rows=["P02", "M02"]
node_role = make_role("northern-nodes", "ec2.amazonaws.com", "AmazonEKSWorkerNodePolicy",
                      "AmazonEKS_CNI_Policy",
                      "AmazonEC2ContainerRegistryReadOnly")
eks.create_nodegroup(clusterName="northern", nodegroupName="vision", subnets=private,
                     nodeRole=node_role,
                     instanceTypes=["g4dn.xlarge"], amiType="AL2023_x86_64_NVIDIA",
                     scalingConfig={"minSize": 1, "maxSize": 2, "desiredSize": 1})
eks.get_waiter("nodegroup_active").wait(clusterName="northern", nodegroupName="vision")
cloud.advance(minutes=5)
pods()
pods("vision")

# %% [markdown] id="eks-nodes-seen"
# Web pods on Fargate, agent and model on the node. `admin`, which no profile picks, has found a place there too.
# The node's image (`amiType`) brings NVIDIA's drivers: on an image without them nobody could have the GPU.
#
# Which is cheaper? All on Fargate is impossible here. But all on nodes? **Guess**, then let a month of each way be priced. (It counts
# two nodes, one a zone.)

# %% id="eks-bill" rows=["M02", "P02"]
from simcloud.choose import kubernetes as choose

manifests = [one for kind in ("Deployment", "DaemonSet") for space in ("booking", "vision")
             for one in kubernetes.get(kind, namespace=space)]
for way in choose.compare(choose.read(manifests), node="g4dn.xlarge"):
    print(f"{way.name:<14} nodes {way.nodes}  ${way.bill.total:>8} a month ",
          "" if way.whole else f"leaves out {len(way.left_out)}")

# %% [markdown] id="eks-bill-seen"
# "Fargate alone" is the cheapest and is no answer: it leaves out what needs a node. The node that must be there anyway has room for
# more, so with a node in the house "all on nodes" is often the cheaper one. Fargate pays off where it takes the *last* node away, or
# where load comes and goes.
#
# ## Jobs and their nodes
#
# The Job at night is done after a minute. **Guess:** for how long is it billed?

# %% id="eks-job" rows=["F03"]
kubernetes.apply({
    "apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": "night", "namespace": "booking"},
    "spec": {"template": {"metadata": {"labels": {"compute": "fargate"}},
                          "spec": {"restartPolicy": "Never", "containers": [
                              {"name": "night", "image": cloud.push_image("night", exit_after=60),
                               "resources": {"requests": {"cpu": "1"}}}]}}},
})
cloud.advance(hours=8)
pods()
kubernetes.delete("job", "night", namespace="booking")

# %% [markdown] id="eks-job-seen"
# For eight hours: until the finished pod is deleted. It `Succeeded` (`kubectl` prints *Completed*), and its node is still there, and billed. `ttlSecondsAfterFinished` in the
# Job deletes it by itself. ([AWS: considerations](https://docs.aws.amazon.com/eks/latest/userguide/fargate.html))

# %% [markdown] id="eks-exam" rests=["F03", "T06", "M01", "M02", "F10", "F08", "F09", "F11", "F07", "F04", "T09", "FG787"]
# ## Exam notes (SAA-C03, SAP-C02 and DOP-C02)
#
# - **Keep the manifests.** *Asked as:* "existing Kubernetes manifests and Helm charts must run unchanged". *Decides:* EKS, not ECS.
# - **No nodes to manage.** *Asked as:* "EKS with the least operational work". *Decides:* Fargate profiles, unless one of the next words is there.
# - **DaemonSet, GPU, privileged, Windows, ARM64, Spot, EBS.** *Asked as:* a half sentence about one of them. *Decides:* nodes for that part.
# - **Which pods?** *Asked as:* "pods stay Pending although the profile exists". *Decides:* namespace and all labels; pods made before the profile.
# - **Subnets.** *Asked as:* "the profile cannot be created". *Decides:* private subnets.
# - **Agents.** *Asked as:* "the log agent runs as a DaemonSet". *Decides:* a sidecar, or the built-in log router.
#
# **Four questions.** Choose, press *Answer*, and read why each option is right or wrong.

# %% id="eks-question-migrate"
from autograder.exam.question import question

question("forty-manifests-in-two-weeks")

# %% id="eks-question-agent"
question("agent-on-every-node")

# %% id="eks-question-pending"
question("pending-beside-a-profile")

# %% id="eks-question-mixed"
question("three-workloads-one-cluster")

# %% [markdown] id="eks-real"
# ## On a real account
#
# ```bash
# aws eks create-fargate-profile --cluster-name northern --fargate-profile-name web --pod-execution-role-arn $ROLE \
#   --subnets $PRIVATE_A $PRIVATE_B --selectors 'namespace=booking,labels={compute=fargate}'
# aws eks update-kubeconfig --name northern && kubectl get pods -n booking -o wide
# ```
#
# ```yaml
# Web:
#   Type: AWS::EKS::FargateProfile
#   Properties:
#     ClusterName: !Ref Cluster
#     FargateProfileName: web
#     PodExecutionRoleArn: !GetAtt Pods.Arn
#     Subnets: [!Ref PrivateA, !Ref PrivateB]
#     Selectors: [{Namespace: booking, Labels: [{Key: compute, Value: fargate}]}]
# ```
#
# **It would cost** 10 cents an hour for the cluster, the pods as tasks of their size, and the node by the hour. **Clean up** in this order:
# profiles (one at a time) and node groups, then the cluster, then the network.
#
# **The simulator leaves out** services inside the cluster and their traffic, autoscalers, RBAC, CustomResources, and the network of
# nodes: an image that may be pulled is pulled. It knows the kinds of which this lesson speaks, and says so of others.

# %% [markdown] id="eks-answer"
# ## So must anybody rewrite them?
#
# No. On EKS they run as they are; a profile says which of them need no node. What asks for the host (the agent, the GPU) gets a small
# group of nodes beside it. On ECS every one of the forty would have become a task definition.
#
# <!-- go on -->
#
# **Practise:** lab [14 · One cluster, three workloads](../labs/14-one-cluster-three-workloads/14-one-cluster-three-workloads.ipynb). **Go on:** lesson [15 · Troubleshooting: from symptom to cause](15-troubleshooting.ipynb).
#
# <!-- end of go on -->
