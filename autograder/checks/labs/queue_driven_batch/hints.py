"""Three hints a question: a nudge, where to look, how."""

END_WITH_IT = (
    "Two images, two roles, one queue. And a queue as it is made hides a message for half a minute.",
    "The image that ends, the execution role desk.role, the task role desk.app, and QUEUE in the environment. Compare "
    "the queue's VisibilityTimeout with desk.seconds.",
    "register_task_definition(family=desk.family, taskRoleArn=desk.app, containerDefinitions=[{..., 'environment': "
    "[{'name': 'QUEUE', 'value': url}]}]), and set_queue_attributes(Attributes={'VisibilityTimeout': ...}) with more "
    "than desk.seconds.",
)
LOSE_NOTHING = (
    "A message whose worker died comes back when its time-out is over: not before. And one that kills every worker "
    "must not come back for ever.",
    "VisibilityTimeout between desk.seconds and desk.patience minutes. A second queue, and a RedrivePolicy on the "
    "first one that names it.",
    "create_queue, get its QueueArn, then set_queue_attributes(Attributes={'RedrivePolicy': "
    "json.dumps({'deadLetterTargetArn': ..., 'maxReceiveCount': desk.tries})}).",
)
MEET_THE_RUSH = (
    "No rule sees how long a queue is. Something else does, and that it changed its mind is an event.",
    "An alarm on ApproximateNumberOfMessagesVisible of the queue; a rule for its change to ALARM; the cluster as the "
    "target. The rule's role may run the task, and hand over both of its roles.",
    "put_metric_alarm(Namespace='AWS/SQS', Threshold=desk.depth, ComparisonOperator='GreaterThanThreshold', "
    "Period=60, TreatMissingData='notBreaching', ...); put_rule with source aws.cloudwatch, CloudWatch Alarm State "
    "Change, state.value ALARM; put_targets with RoleArn and EcsParameters (TaskCount desk.rush). The role trusts "
    "events.amazonaws.com and has ecs:RunTask and iam:PassRole.",
)
EVERY_NIGHT = (
    "Two things can start a task by the clock, and only one of them knows time zones.",
    "EventBridge Scheduler takes ScheduleExpressionTimezone; a rule's cron is always UTC. Either needs a role, trusted "
    "by its own service.",
    "scheduler.create_schedule(ScheduleExpression='cron(MM HH * * ? *)', ScheduleExpressionTimezone=desk.zone, "
    "FlexibleTimeWindow={'Mode': 'OFF'}, Target={'Arn': cluster ARN, 'RoleArn': ..., 'EcsParameters': {...}}); the "
    "role trusts scheduler.amazonaws.com.",
)
HEAR_OF_IT = (
    "A task that ends is an event. What does it hold when the program failed?",
    "ECS Task State Change, lastStatus STOPPED, and among the containers an exitCode that is anything but 0. The queue "
    "must let EventBridge in.",
    "put_rule with 'detail': {'clusterArn': [...], 'lastStatus': ['STOPPED'], 'containers': {'exitCode': "
    "[{'anything-but': 0}]}}, put_targets with the queue's ARN, and set_queue_attributes with a Policy that allows "
    "events.amazonaws.com sqs:SendMessage on it.",
)
