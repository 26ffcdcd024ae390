"""Three hints a question: a nudge, where to look, how."""

STAND_UP = (
    "Three things stand in front of the tasks: a load balancer, a listener, a target group. And two security "
    "groups: one for the front, one for the tasks.",
    "The target group is of type ip, speaks HTTP at desk.port and asks desk.health. The listener must be there "
    "before the service is made. The tasks let in the front's group at desk.port, and nobody else.",
    "create_security_group twice, create_target_group(TargetType='ip', ...), create_load_balancer over two zones "
    "of the default VPC, create_listener(DefaultActions=[{'Type': 'forward', ...}]), register_task_definition, "
    "create_service(loadBalancers=[...], networkConfiguration=... with assignPublicIp ENABLED). Last: "
    "ecs.get_waiter('services_stable').wait(cluster=..., services=[...]).",
)
ROLL_IT = (
    "Version 1.1 needs a while before it answers, and the health check does not wait. Two percentages of the "
    "count say how many must serve and how many may be there.",
    "healthCheckGracePeriodSeconds longer than desk.slow. minimumHealthyPercent is rounded up to tasks, "
    "maximumPercent down: which percentages give desk.least and desk.most for desk.count?",
    "update_service(taskDefinition=..., healthCheckGracePeriodSeconds=..., "
    "deploymentConfiguration={'minimumHealthyPercent': 100 * least / count, 'maximumPercent': 100 * most / count, "
    "rounded up}). AWS refuses a maximum of 100 unless availabilityZoneRebalancing is 'DISABLED'. Then the waiter "
    "services_stable with WaiterConfig={'MaxAttempts': 400}: it looks every 15 seconds.",
)
GO_BACK = (
    "A broken version never gets healthy. Who stops trying, and who goes back?",
    "The circuit breaker counts failed tasks. It is off unless you turn it on, and it only stops: going back is a "
    "second switch.",
    "update_service(deploymentConfiguration={..., 'deploymentCircuitBreaker': {'enable': True, 'rollback': "
    "True}}), with the two percentages again.",
)
READ_THE_FAILURE = (
    "Release 1.2 and wait until the service is stable again. The service tells in its events what it gave up; "
    "the tasks tell why they ended.",
    "DescribeServices: events, newest first. One says that the deployment failed. Then stopped tasks: "
    "stoppedReason and the exit code and reason of the container.",
    "event is the message with `deployment failed`. threshold is half the count, rounded up, and 3 at least. "
    "cause is 'health' where the targets were unhealthy, 'exit' where the container ended by itself, 'memory' "
    "where it was killed for its memory.",
)
