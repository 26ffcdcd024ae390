"""Three hints a question: a nudge, where to look, how."""

LINES = (
    "Who opens the log when a task starts, and what if it cannot be opened?",
    "The awslogs driver needs group, region and stream prefix. The group must be there: the execution role of this "
    "service may not make one.",
    "create_log_group, put_retention_policy(retentionInDays=desk.days), then a revision whose container has "
    "logConfiguration {'logDriver': 'awslogs', 'options': {'awslogs-group': desk.group, 'awslogs-region': ..., "
    "'awslogs-stream-prefix': ...}}, and update_service.",
)
ROUTES = (
    "A log router is a container of your task. Under which role does it write?",
    "A second container with firelensConfiguration, the program's driver awsfirelens with the options of Fluent Bit's "
    "output s3, and s3:PutObject in the task role.",
    "image public.ecr.aws/aws-observability/aws-for-fluent-bit:stable, firelensConfiguration {'type': 'fluentbit'}; "
    "options Name s3, region, bucket desk.bucket, total_file_size 1M, upload_timeout 1m, use_put_object On; "
    "put_role_policy on ferryline-<ledger>.",
)
TRACES = (
    "The program hands its traces to localhost. Who is there to take them, and may it send them on?",
    "desk.traces says how the program speaks: xray is UDP at port 2000, otlp is gRPC at port 4317. And the sidecar's "
    "role is the task role.",
    "A container with image public.ecr.aws/aws-observability/aws-otel-collector:latest and essential False beside the "
    "program; xray:PutTraceSegments and xray:PutTelemetryRecords on * in the role ferryline-<service>.",
)
FIGURES = (
    "Counts of tasks are a setting of the cluster. An alarm needs a figure, a limit, and a number of minutes.",
    "update_cluster_settings for containerInsights. CPUUtilization is in AWS/ECS, by cluster and service; an alarm "
    "with a period of a minute looks at as many as desk.minutes.",
    "put_metric_alarm(Namespace='AWS/ECS', MetricName='CPUUtilization', Statistic='Average', Period=60, "
    "EvaluationPeriods=desk.minutes, Threshold=desk.limit, ComparisonOperator='GreaterThanThreshold', "
    "AlarmActions=[desk.topic], Dimensions=[ClusterName, ServiceName]).",
)
