"""Three hints a question: a nudge, where to look, how."""

THE_GROUND = (
    "Before a task can start, four things have to be there beside the cluster: a role for Fargate, the secret, the log "
    "group, the definition that names them.",
    "The password stands in a secret; the definition has its ARN under `secrets`, and the execution role may read "
    "that one secret. The log group is named in logConfiguration, with region and prefix.",
    "create_cluster(capacityProviders=['FARGATE', 'FARGATE_SPOT']), create_secret, create_log_group, create_role "
    "trusted by ecs-tasks.amazonaws.com with AmazonECSTaskExecutionRolePolicy and secretsmanager:GetSecretValue on "
    "the secret's ARN, register_task_definition(cpu='256', memory='512', ...).",
)
BRING_IT_UP = (
    "A load balancer in two zones, a target group of type ip, two security groups, and a service with a strategy.",
    "Base and weights: the base is desk.base on FARGATE. One of desk.of beyond it on demand, so desk.of - 1 of "
    "desk.of on Spot. A canary will need a second target group and a rule between the two: make them now. Two waiters: "
    "services_stable, and the load balancer's target_in_service.",
    "capacityProviderStrategy=[{'capacityProvider': 'FARGATE', 'base': desk.base, 'weight': 1}, {'capacityProvider': "
    "'FARGATE_SPOT', 'weight': desk.of - 1}], no launchType. Subnets of three zones, so that two are left.",
)
FOLLOW = (
    "A task answers 50 requests a second. How many are needed at the peak, if each is to be half busy?",
    "Application Auto Scaling: a scalable target with the least and the most, and one policy that follows CPU.",
    "register_scalable_target(ResourceId='service/<cluster>/<service>', ScalableDimension='ecs:service:DesiredCount', "
    "MinCapacity=desk.least, MaxCapacity=desk.most), then put_scaling_policy(PolicyType='TargetTrackingScaling') with "
    "ECSServiceAverageCPUUtilization at 50.",
)
BY_CANARY = (
    "Which number tells a faulty version that is healthy? And who reads it while the first customers have it?",
    "An alarm on HTTPCode_Target_5XX_Count of the load balancer, a period of a minute, a threshold between a usual "
    "busy minute (desk.usual) and what a fault brings; a minute without a figure is no fault (TreatMissingData). The "
    "deployment names the alarm, with rollback.",
    "update_service(deploymentConfiguration={'strategy': 'CANARY', 'canaryConfiguration': {'canaryPercent': "
    "desk.percent, 'canaryBakeTimeInMinutes': desk.bake}, 'bakeTimeInMinutes': desk.keep, 'alarms': {'alarmNames': "
    "[...], 'enable': True, 'rollback': True}}, loadBalancers=[... advancedConfiguration ...]) with the revision of "
    "image 1.1; then the waiter services_stable, with more attempts than it has of itself.",
)
LIVE_A_WEEK = (
    "Nobody guesses a bill. You have a world that can be copied, and time that costs nothing.",
    "with desk.cloud.copy() as future: future.load(desk.service, cluster=desk.cluster, daily=[desk.low, desk.high]), "
    "then future.advance(days=7). What was used is usage_of(future.world).",
    "from simcloud.cloud.usage import usage_of; from simcloud.price.price import price; price(usage_of(future.world), "
    "since=str(moment)).of('Fargate').cost, with the moment future.world.now before the week began.",
)
