"""Three hints a question: a nudge, where to look, how."""

QUOTE_THE_EVIDENCE = (
    "Go through five places, for each service in the same order: the service's counts and events, its stopped "
    "tasks, their containers, the log, the targets.",
    "stopCode TaskFailedToStart: the stoppedReason says it all. `Essential container in task exited` says nothing: "
    "go on to the container's reason and to the log. `failed ELB health checks`: go on to DescribeTargetHealth and "
    "to the event that says `unhealthy`. No task at all: the service's events.",
    "evidence = {'<service>': '<text>', ...}, one for each of desk.services. A function that prints the five places"
    " of one service costs ten lines and is used six times. A service may run, and its program may still be denied "
    "everything: filter_log_events.",
)

NAME_THE_CAUSES = (
    "Two questions to each text: what was Fargate doing (its beginning), and what stopped it (its end)?",
    "A time-out is a way: ask DescribeServices for the public IP, DescribeVpcEndpoints for what is there and its "
    "private DNS, DescribeSecurityGroups for both ends, DescribeRouteTables for S3. Is the address in the text "
    "public, or one of the VPC? `not authorized` is a role. `not found` is a thing that the definition names.",
    "causes = {'<service>': '<key of desk.causes>', ...}. Where two causes read alike, compare what the definition,"
    " the service or the target group says with what there is: ports, paths, names, zones. What the program does, "
    "its first log line tells.",
)

OPEN_THE_WAY = (
    "Which one call gives these tasks the way that they lack? A private environment has endpoints for four services"
    " and S3, and no way to the internet; that is how it should stay.",
    "An address of the VPC in the text: the name is right, a security group is in the way, at one end or the other."
    " A public address: no endpoint, private DNS off, or for S3 no route in the table of these subnets.",
    "One of: create_vpc_endpoint (Interface with private DNS and the group of the others; Gateway with the route "
    "table), modify_vpc_endpoint(PrivateDnsEnabled=True, or AddRouteTableIds), authorize_security_group_ingress or "
    "_egress with TCP 443, update_service with assignPublicIp.",
)

LET_IT_START = (
    "For one of the two a role has to change, for the other a thing, or the definition that names it.",
    "The denial names role, action and resource: add exactly these. A role that cannot be taken on needs another "
    "trust policy. What the definition names wrongly takes a new revision and update_service; what is gone and can "
    "come back, comes back by one call.",
    "put_role_policy with one statement of its own name; update_assume_role_policy; register_task_definition with "
    "the old definition and one member changed; create_log_group; restore_secret.",
)

KEEP_IT_RUNNING = (
    "One has its trouble in its own container, the other between the load balancer and the task.",
    "Exit code 137 with OutOfMemoryError: the next size of memory that Fargate sells with this CPU. A denial in the"
    " log: the task role. A health check: compare its port and path with the program's first log line. A time-out: "
    "a security group, at one end or the other. Failed from the first second, and the program says it needs long: "
    "the grace period.",
    "register_task_definition with one member changed and update_service; put_role_policy; "
    "modify_target_group(HealthCheckPath or HealthCheckPort); authorize_security_group_ingress from the load "
    "balancer's group, or _egress of that group; update_service(healthCheckGracePeriodSeconds=...).",
)
