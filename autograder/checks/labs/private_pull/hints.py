"""Three hints a question: a nudge, where to look, how."""

READ_THE_ENDING = (
    "A service does not show why its tasks end. The tasks do, for about an hour after they have stopped.",
    "ListTasks shows running tasks unless you ask for others: desiredStatus='STOPPED'. Give the ids to "
    "DescribeTasks and read stopCode and stoppedReason. The reason quotes the request that got no answer.",
    "arns = ecs.list_tasks(cluster=desk.cluster, serviceName=desk.service, desiredStatus='STOPPED')['taskArns']; "
    "then ecs.describe_tasks(cluster=desk.cluster, tasks=arns)['tasks']. In stoppedReason the host stands behind "
    "https:// and ends at the next /.",
)

FIND_THE_HOP = (
    "A subnet is private or public by its route table. And an address says much about where a name led: into the "
    "VPC or out of it.",
    "DescribeRouteTables: look at Associations. A subnet that no table names follows the table whose association is"
    " Main. The address stands behind `dial tcp` in the stoppedReason.",
    "ec2.describe_route_tables(Filters=[{'Name': 'association.subnet-id', 'Values': [subnet]}]); where that is "
    "empty, filter by vpc-id and association.main. For the address: ipaddress.ip_address(a) in "
    "ipaddress.ip_network(block).",
)

OPEN_THE_KEYS = (
    "Three keys: one to ask for a token, one to ask for the image, one to fetch its layers. Two of them are doors "
    "with a security group and a name; one is a line in a route table.",
    "DescribeVpcEndpoints shows what is there already: SubnetIds, Groups, PrivateDnsEnabled, RouteTableIds. Then "
    "read the rules of the groups on both sides: in at the endpoint, out at the tasks. The hint under a failed "
    "check names the place.",
    "Make what is missing with create_vpc_endpoint (Interface: SubnetIds, SecurityGroupIds, PrivateDnsEnabled=True;"
    " Gateway for s3: RouteTableIds of both subnets). Mend what is there with modify_vpc_endpoint, "
    "authorize_security_group_ingress (TCP 443 from the tasks) and, where the tasks may not go out to S3, "
    "authorize_security_group_egress to its prefix list.",
)

PAST_THE_PULL = (
    "With the image on board a task still has one call to make before its containers start.",
    "Start a task, let ten minutes pass and read its stoppedReason. Then look at logConfiguration in the task "
    "definition: who has to be reached for it?",
    "The same as for the other interface endpoints, for the service com.amazonaws.<region>.logs: it exists, private"
    " DNS is on, and its security group lets the tasks in at 443.",
)

KEEP_IT_NARROW = (
    "You have opened doors in a hurry, and so did your colleague. Who else can come in now? And who pays for what?",
    "Go through DescribeVpcEndpoints of this VPC: is every interface endpoint one that a task needs? Then every "
    "rule of every group on them: which port, from where?",
    "delete_vpc_endpoints for those that serve nobody. modify_vpc_endpoint with RemoveSecurityGroupIds, or "
    "revoke_security_group_ingress, until only TCP 443 from the service's security group (or its subnets' blocks) "
    "is left.",
)

REACH_THE_COUNT = (
    "The way is open, and yet nothing happens at once: after many failed starts a service waits before it tries again.",
    "Read the events in DescribeServices. A new deployment has no failures behind it, so it is not made to wait.",
    "ecs.update_service(cluster=desk.cluster, service=desk.service, forceNewDeployment=True), then the waiter "
    "services_stable. A minute later the newest events say that it is steady.",
)
