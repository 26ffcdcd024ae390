"""What Application Auto Scaling scales, by which metrics, within which limits."""

from __future__ import annotations

from simcloud.facts.fact import Fact
from simcloud.facts.sources import PREFLIGHT, recorded

SCALING_MODEL = "Application Auto Scaling API model, botocore 1.44.5"
SCALING_GUIDE = "https://docs.aws.amazon.com/autoscaling/application/userguide/"
QUOTAS = SCALING_GUIDE + "application-auto-scaling-quotas.html"
STEPS = SCALING_GUIDE + "application-auto-scaling-step-scaling-policies.html"
TRACKING = SCALING_GUIDE + "application-auto-scaling-target-tracking.html"
ACTIVITIES = SCALING_GUIDE + "application-auto-scaling-scaling-activities.html"
SCHEDULES = SCALING_GUIDE + "application-auto-scaling-scheduled-scaling.html"
LIVE_ALARMS = "field report: a dump of four live alarms of two ECS services"

ECS = "ecs"
DESIRED_COUNT = "ecs:service:DesiredCount"

SPOKEN: Fact[dict[str, tuple[str, ...]]] = Fact(
    {
        "PolicyType": ("PredictiveScaling", "RightSizing", "StepScaling", "TargetTrackingScaling"),
        "ScalableDimension": (
            "cassandra:table:WriteCapacityUnits",
            "dynamodb:index:ReadCapacityUnits",
            "cassandra:table:ReadCapacityUnits",
            "dynamodb:index:WriteCapacityUnits",
            "appstream:fleet:DesiredCapacity",
            "sagemaker:inference-component:DesiredCopyCount",
            "comprehend:document-classifier-endpoint:DesiredInferenceUnits",
            "ec2:spot-fleet-request:TargetCapacity",
            "rds:cluster:ReadReplicaCount",
            "elasticache:cache-cluster:Nodes",
            "elasticache:replication-group:Replicas",
            "workspaces:workspacespool:DesiredUserSessions",
            "sagemaker:variant:DesiredProvisionedConcurrency",
            "dynamodb:table:WriteCapacityUnits",
            "kafka:broker-storage:VolumeSize",
            "ecs:service:DesiredCount",
            "sagemaker:variant:DesiredInstanceCount",
            "comprehend:entity-recognizer-endpoint:DesiredInferenceUnits",
            "dynamodb:table:ReadCapacityUnits",
            "lambda:function:ProvisionedConcurrency",
            "custom-resource:ResourceType:Property",
            "neptune:cluster:ReadReplicaCount",
            "elasticache:replication-group:NodeGroups",
            "elasticmapreduce:instancegroup:InstanceCount",
        ),
    },
    source=recorded("applicationautoscaling/controls.json"),
    status="observed",
    read_on="2026-11-23",
)
"""The values of a shape of the model in the order in which AWS lists them when it refuses another one."""

RESOURCE_IDS: Fact[dict[str, str]] = Fact(
    {
        DESIRED_COUNT: r"service/.+/[^/]+",
        "ec2:spot-fleet-request:TargetCapacity": r"spot-fleet-request/.+",
        "elasticmapreduce:instancegroup:InstanceCount": r"instancegroup/.+/.+",
        "appstream:fleet:DesiredCapacity": r"fleet/.+",
        "dynamodb:table:ReadCapacityUnits": r"table/[^/]+",
        "dynamodb:table:WriteCapacityUnits": r"table/[^/]+",
        "dynamodb:index:ReadCapacityUnits": r"table/[^/]+/index/[^/]+",
        "dynamodb:index:WriteCapacityUnits": r"table/[^/]+/index/[^/]+",
        "rds:cluster:ReadReplicaCount": r"cluster:.+",
        "sagemaker:variant:DesiredInstanceCount": r"endpoint/.+/variant/.+",
        "sagemaker:variant:DesiredProvisionedConcurrency": r"endpoint/.+/variant/.+",
        "sagemaker:inference-component:DesiredCopyCount": r"inference-component/.+",
        "custom-resource:ResourceType:Property": r".+",
        "comprehend:document-classifier-endpoint:DesiredInferenceUnits": r"arn:.+",
        "comprehend:entity-recognizer-endpoint:DesiredInferenceUnits": r"arn:.+",
        "lambda:function:ProvisionedConcurrency": r"function:.+:.+",
        "cassandra:table:ReadCapacityUnits": r"keyspace/[^/]+/table/[^/]+",
        "cassandra:table:WriteCapacityUnits": r"keyspace/[^/]+/table/[^/]+",
        "kafka:broker-storage:VolumeSize": r"arn:.+",
        "elasticache:cache-cluster:Nodes": r"cache-cluster/.+",
        "elasticache:replication-group:NodeGroups": r"replication-group/.+",
        "elasticache:replication-group:Replicas": r"replication-group/.+",
        "neptune:cluster:ReadReplicaCount": r"cluster:.+",
        "workspaces:workspacespool:DesiredUserSessions": r"workspacespool/.+",
    },
    SCALING_MODEL,
    rule="R-242",
)
"""By scalable dimension, the form of the resource ids that it scales."""

AT_LEAST_ONE: Fact[tuple[str, ...]] = Fact(
    ("dynamodb", "cassandra", "comprehend", "elasticache", "kafka", "neptune"),
    f"{PREFLIGHT} (pf-appautoscaling-min-capacity-zero-namespace)",
    "observed",
    "2026-09-24",
    "R-243",
)
"""Services whose resources have at least one unit; the others may have none."""

LINKED_ROLE = "arn:aws:iam::{account}:role/aws-service-role/ecs.application-autoscaling.amazonaws.com/{name}"
LINKED_ROLE_NAME = "AWSServiceRoleForApplicationAutoScaling_ECSService"
LINKED_ROLE_SERVICE = "ecs.application-autoscaling.amazonaws.com"

# Limits

POLICIES: Fact[int] = Fact(50, QUOTAS)
SCHEDULED_ACTIONS: Fact[int] = Fact(200, QUOTAS)
STEP_ADJUSTMENTS: Fact[int] = Fact(20, QUOTAS)
TAGS: Fact[int] = Fact(50, SCALING_GUIDE + "resource-tagging-support.html", "assumed")
LARGEST_TARGET: Fact[float] = Fact(2.0**360, SCALING_MODEL)
SHORTEST_INTERVAL: Fact[int] = Fact(
    60, f"{PREFLIGHT} (pf-appautoscaling-schedule-rate-unit)", "observed", "2026-09-24", "R-253"
)
"""Seconds between two runs of a scheduled action."""

# Metrics of an ECS service

REQUESTS = "ALBRequestCountPerTarget"
HIGH_RESOLUTION = "HighResolution"
TRACKED: Fact[dict[str, tuple[str, str]]] = Fact(
    {
        "ECSServiceAverageCPUUtilization": ("AWS/ECS", "CPUUtilization"),
        "ECSServiceAverageMemoryUtilization": ("AWS/ECS", "MemoryUtilization"),
        REQUESTS: ("AWS/ApplicationELB", "RequestCountPerTarget"),
        "ECSServiceAverageCPUUtilizationHighResolution": ("AWS/ECS", "CPUUtilization"),
        "ECSServiceAverageMemoryUtilizationHighResolution": ("AWS/ECS", "MemoryUtilization"),
    },
    SCALING_MODEL,
    rule="R-259",
)
"""Predefined metrics of a target tracking policy: namespace and name in CloudWatch."""

PAIRS: Fact[tuple[str, ...]] = Fact(
    ("ECSServiceMemoryUtilization", "ALBRequestCount", "ECSServiceCPUUtilization"),
    f"{PREFLIGHT} (pf-appautoscaling-predictive-metric-pair-type-dimension)",
    "observed",
    "2026-09-24",
    "R-261",
)
"""Metric pairs of a predictive policy, in the order in which AWS names them."""
SCALING_METRICS: Fact[tuple[str, ...]] = Fact(
    ("ECSServiceAverageMemoryUtilization", REQUESTS, "ECSServiceAverageCPUUtilization"), SCALING_MODEL, "assumed"
)
LOAD_METRICS: Fact[tuple[str, ...]] = Fact(
    ("ECSServiceTotalMemoryUtilization", "ALBTargetGroupRequestCount", "ECSServiceTotalCPUUtilization"),
    SCALING_MODEL,
    "assumed",
)

# Alarms of a target tracking policy

ALARM_PERIOD: Fact[int] = Fact(60, LIVE_ALARMS, "observed", "2026-10-09", "R-246")
"""Seconds."""
FINE_ALARM_PERIOD: Fact[int] = Fact(20, SCALING_MODEL, rule="R-260")
"""Seconds, of a high-resolution metric."""
HIGH_PERIODS: Fact[int] = Fact(3, LIVE_ALARMS, "observed", "2026-10-09", "R-246")
LOW_PERIODS: Fact[int] = Fact(15, LIVE_ALARMS, "observed", "2026-10-09", "R-246")
LOW_SHARE: Fact[float] = Fact(0.9, LIVE_ALARMS, "observed", "2026-10-09", "R-246")
"""The low alarm stands at this share of the target."""
COOLDOWN: Fact[int] = Fact(300, SCALING_MODEL, rule="R-252")
"""Seconds, of ECS services, where a policy names none."""
ACTIVITY_LIFE: Fact[float] = Fact(42 * 86_400.0, ACTIVITIES)
"""Seconds for which a scaling activity can be looked up: six weeks."""
