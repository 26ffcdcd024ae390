"""Three hints a question: a nudge, where to look, how."""

READ_THE_BILL = (
    "A task costs by what its definition asks for, whether it is busy or not. What serves nobody, leads nowhere or is "
    "held by nothing is not needed.",
    "describe_services gives count and definition, describe_task_definition gives cpu and memory. desk.rules says "
    "which services somebody needs; route tables say which NAT gateway is on a way; an address in use has an "
    "AssociationId.",
    "month[name] = count * (cpu / 1024 * vcpu price + memory / 1024 * gb price) * 730, with the prices of X86_64. "
    "unneeded = [<service>, <Name tag of the NAT gateway>, <Name tag of the address>].",
)
TAKE_IT_AWAY = (
    "Take away what you named, and see what becomes loose by that.",
    "A service is deleted with force, or its count set to 0. A deleted NAT gateway lets go of its address, and an "
    "address that nothing holds costs as much as one in use.",
    "update_service(desiredCount=0) and delete_service; delete_nat_gateway, some minutes, then release_address for "
    "each address of describe_addresses without an AssociationId.",
)
RIGHT_SIZE = (
    "Each service has one cheapest size. It must do on the busiest day, not only on those that you have seen.",
    "CloudWatch has CPUUtilization and MemoryUtilization of each service. simcloud.choose.rightsizing works on a copy: "
    "`with desk.cloud.copy() as future:`, then future.load(name, daily=(1, peak), cluster=desk.cluster).",
    "In such a copy rightsizing.best(future, name, desk.cluster, bounds=Bounds(latency=desk.latency, "
    "memory=desk.memory)) gives cpu and memory. Register the definition anew with them, update_service, "
    "services_stable.",
)
PRICE_IT_LOWER = (
    "Two prices are lower than the one that you pay: of another processor, and of capacity that may be taken back.",
    "ARM64 needs an image that is built for it: the registry says so, or a task that does not start. Spot is only for "
    "what desk.rules allows to be interrupted.",
    "register_task_definition(runtimePlatform={'cpuArchitecture': 'ARM64', 'operatingSystemFamily': 'LINUX'}, ...); "
    "update_service(capacityProviderStrategy=[{'capacityProvider': 'FARGATE_SPOT', 'weight': 1}], "
    "forceNewDeployment=True).",
)
COMMIT = (
    "A plan is paid for each hour of the year, used or not. Which part of your tasks is there in every hour?",
    "A commitment of c dollars covers c / (1 - discount) dollars of tasks on demand. Spot is not covered. For what "
    "ends early: is it there for a larger part of the year than 1 - discount?",
    "Write a function: the year's cost with a commitment, month by month, as commitment plus what it leaves on demand. "
    "The cheapest commitment covers either all, or only what stays; `most` is found by trying.",
)
