"""Three hints a question: a nudge, where to look, how."""

SPLIT_IT = (
    "Base comes first, the rest is split by weight. And the cluster must have been given both providers.",
    "The base is desk.base on FARGATE. One of desk.of beyond it on demand: so the others of desk.of are on Spot. Which "
    "two weights say that?",
    "put_cluster_capacity_providers(capacityProviders=['FARGATE', 'FARGATE_SPOT'], "
    "defaultCapacityProviderStrategy=[]), then update_service(forceNewDeployment=True, capacityProviderStrategy=[...]) "
    "with base desk.base and weight 1 on FARGATE, and weight desk.of - 1 on FARGATE_SPOT.",
)
LEAVE_IN_TIME = (
    "Between SIGTERM and the end the program must hear the signal, and have the time that it needs.",
    "Two things: which of desk.images has the program itself as process number 1, and how long the container is waited "
    "for. Unless told otherwise that is 30 seconds.",
    "register_task_definition with image desk.images['direct'] and stopTimeout of desk.drain or more, 120 at most; "
    "then update_service(taskDefinition=...) and the waiter services_stable.",
)
KEEP_THE_WORK = (
    "What is written on the task's own disk ends with the task. And a version that writes in time is no use if it has "
    "not the time.",
    "Compare desk.every (minutes) with desk.may_lose, and desk.write (seconds) with the two minutes that Spot waits. "
    "One of the versions fits.",
    "register_task_definition(family=desk.job, volumes=[{'name': 'work', 'efsVolumeConfiguration': {'fileSystemId': "
    "...}}]), the container with mountPoints at /kept, and stopTimeout 120.",
)
GO_ON = (
    "EventBridge tells every change of a task. Which change says that Spot took a task of this job, and that it is "
    "over?",
    "A rule whose pattern asks for the detail-type ECS Task State Change, stopCode SpotInterruption, lastStatus "
    "STOPPED and the group family:<job>. Its target is the cluster, with EcsParameters.",
    "put_rule(EventPattern=json.dumps({'source': ['aws.ecs'], 'detail-type': ['ECS Task State Change'], 'detail': "
    "{'group': ['family:' + desk.job], 'stopCode': ['SpotInterruption'], 'lastStatus': ['STOPPED']}})), then "
    "put_targets with RoleArn desk.starter and EcsParameters: TaskDefinitionArn, CapacityProviderStrategy and "
    "NetworkConfiguration.",
)
ADD_IT_UP = (
    "In the season there are desk.season tasks. How many of them are on demand?",
    "left: the base and one of desk.of beyond it. saving: the share on Spot, times what Spot saves. loses: what the "
    "version of the job that you chose can have unwritten when it must go.",
    "left = base + (season - base) / of. saving = 70 * (season - left) / season. loses is desk.every with 'steady', "
    "and 0 with 'parting', which writes before it goes.",
)
