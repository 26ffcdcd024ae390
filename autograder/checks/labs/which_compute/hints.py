"""Three hints a question: a nudge, where to look, how."""

SIDE_BY_SIDE = (
    "The two services run the same definition. What do they say differently about where their tasks run?",
    "launchType='FARGATE' in one, capacityProviderStrategy=[...] in the other. The cluster has to know the providers: "
    "put_cluster_capacity_providers, with FARGATE_SPOT beside FARGATE, so that the second can be mixed later.",
    "Register cpu and memory as the smallest size on sale that holds desk.needs, with requiresCompatibilities. For "
    "`refusal` make the request with both members in a try, and keep str(error) of the ClientError. At the end "
    "ecs.get_waiter('services_stable').wait(cluster=..., services=[...]).",
)

TWELVE = (
    "Read each case for the half sentence that rules something out. What is left goes by price.",
    "simcloud.choose.compute.choose(Workload(...)) gives a verdict: .chosen, .decided_by, .option(name).bill. "
    "help(Workload) and help(Calls) show what can be said of a case; a case that comes as calls gets both.",
    "vCPU are 1024 units, GB are 1024 MiB. `6 at noon, 2 on average` is count=6, average=Decimal(2). `mode`, "
    "`GPU`, `once on "
    "each host`, `Helm charts` are members of Workload. chosen[id] = verdict.chosen, bills[id] = float(bill.total).",
)

TURN = (
    "Tasks that stand ready cost the same with no calls at all; a function costs the same for each call.",
    "Price two tasks of 0.25 vCPU for 730 hours, with memory that holds a call; and one call: GB-seconds and the "
    "request. "
    "simcloud.price.price takes TaskUsage and LambdaUsage.",
    "simcloud.choose.lambda_or_fargate.break_even(Calls(a_month=1, seconds=Decimal('0.2'), memory=1024)) does "
    "the division; "
    "cheaper[name] is 'Lambda' below that number and 'Fargate' above.",
)

KEEP_IT = (
    "EKS takes the manifest as it is. Which pods of the cluster may come to Fargate, and in which subnets?",
    "A Fargate profile selects by namespace and labels: desk.on_fargate are the labels. It takes private subnets only: "
    "those of the cluster whose route table sends 0.0.0.0/0 to a NAT gateway. Make it before you apply the manifest.",
    "eks.create_fargate_profile(clusterName=..., fargateProfileName=..., podExecutionRoleArn=desk.pod_role, "
    "subnets=[...], "
    "selectors=[{'namespace': ..., 'labels': desk.on_fargate}]), the waiter fargate_profile_active, then "
    "desk.cloud.kubernetes(desk.northern).apply(desk.manifest). On ECS somebody has to write the same as a task "
    "definition "
    "and a service.",
)
