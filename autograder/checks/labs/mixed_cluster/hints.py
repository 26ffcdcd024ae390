"""Three hints a question: a nudge, where to look, how."""

READ_THE_PENDING = (
    "Every pod of the cluster was put on Fargate. Which workload has no running pod, and who says so?",
    "kubernetes.get('pods', namespace='') shows phases; kubernetes.describe('pod', name, namespace=...) ends with "
    "events. A DaemonSet may have no pod at all: look at its status.",
    "why = {'<workload>': '<one of the words>'} for each Deployment and DaemonSet with no running pod. The event of "
    "Fargate's scheduler names the privileged container, the port, the network, the device or the architecture. "
    "CoreDNS is not part of the lab.",
)
MIND_THE_PROFILE = (
    "A pod that a profile has picked never goes to a node. So which pods should a profile pick, and which not?",
    "Profiles cannot be changed: make another one, and delete the old one; its pods are made anew. Compare the labels "
    "of the pods that run with those of the pods that do not. Are their namespaces different, too?",
    "create_fargate_profile with the selector {'namespace': ..., 'labels': {...}} and the two private subnets whose "
    "route table has a NAT gateway, wait for it, then delete_fargate_profile(fargateProfileName='everything').",
)
BRING_NODES = (
    "What do the two workloads ask of a node: an architecture, a device, so much memory? Which type is the cheapest "
    "that has it?",
    "desk.prices has the types. One node is enough. An ARM64 node needs an ARM64 image of the operating system: "
    "amiType.",
    "create_nodegroup(instanceTypes=[...], scalingConfig={'minSize': 1, 'maxSize': 2, 'desiredSize': 1}, "
    "nodeRole=desk.roles['nodes'], subnets=<those with a NAT gateway>, amiType='AL2023_ARM_64_STANDARD' or "
    "'AL2023_x86_64_NVIDIA' as the type asks), then the waiter nodegroup_active.",
)
FIT_THE_PODS = (
    "A pod's size is what its containers request together, plus 256 MiB, rounded up to what is sold. And a finished "
    "pod keeps its node until it is deleted.",
    "Read a Deployment with kubernetes.get, add the agent to spec.template.spec.containers, and set each container's "
    "requests to what it needs; then apply it. CapacityProvisioned among a pod's annotations tells the size.",
    "containers[0]['resources'] = {'requests': {'cpu': '200m', 'memory': f'{desk.needs[name]}Mi'}}; the agent's "
    "requests are desk.agent's. For the Job: night = kubernetes.get('job', 'night', ...) with "
    "night['spec']['ttlSecondsAfterFinished'] = 600.",
)
PRICE_BOTH = (
    "A pod on Fargate costs by its size. A node costs the same whether it is full or empty.",
    "The size stands in the pods' annotation CapacityProvisioned. Nodes come whole: pods divided by desk.fit, rounded "
    "up, and two at least.",
    "an_hour = vCPU * desk.prices['vcpu'] + GB * desk.prices['gb']; a month has 730 hours. For `turn` try 1, 2, 3, ... "
    "pods until the nodes cost less.",
)
