"""What RunTask, StartTask and CreateService say of overrides, volumes and values. Mostly InvalidParameterException."""

from __future__ import annotations

from simcloud.facts.quoting import alike, bench, quoted, unread

# Values

CHOICE = alike("{what} should be one of [{values}]", "propagateTags of CreateService, kayac/ecspresso#270", "R-067")
MANAGED_BY_TYPE = unread(
    "The MANAGED_INSTANCES launch type is not supported. Specify a capacity provider strategy and try again.", "R-067"
)
PROPAGATE = quoted("Propagate tags should be one of [{values}]", "kayac/ecspresso", 270, "R-091")
GROUP_NAMESPACE = unread("Invalid namespace for group.", "R-058")
# Network

BLANK_GROUP = quoted("security group cannot be blank", "awslabs/fargatecli", 73, "R-062")
BLANK_SUBNET = alike("subnet cannot be blank", "a blank security group", "R-062")
# Capacity

DEFAULT_WEIGHTS = quoted(
    "There are no capacity providers with a weight value greater than zero defined in the default capacity provider "
    "strategy. At least one capacity provider must have a weight value greater than zero specified. Update the "
    "cluster's default capacity provider strategy or specify a valid capacity provider strategy and try again.",
    "terraform-aws-modules/terraform-aws-ecs",
    27,
    "R-068",
)
DEFAULT_BASES = bench(
    "The specified capacity provider strategy contains multiple capacity providers with a base value defined. Only one "
    "capacity provider per strategy can have a base value defined.",
    "pf-ecs-cluster-default-strategy-multiple-base",
    "R-068",
)
# What the request names

FAMILY_EMPTY = quoted("Family should not be null or empty.", "hashicorp/terraform-provider-aws", 27428, "R-078")
STARTED_BY_LONG = alike("startedBy longer than {most}.", "the limit of 36 that it had, mapbox/ecs-watchbot#78", "R-058")
# Overrides

OVERRIDES_LONG = quoted("Container Overrides length must be at most {most}", "convox/rack", 1906, "R-058")
OVERRIDE_NAMELESS = alike("Override.name should not be null or empty.", "Container.name", "R-058")
OVERRIDE_GPU = alike(
    "Tasks using the Fargate launch type do not support GPU resource requirements", "RegisterTaskDefinition", "R-023"
)
OVERRIDE_ACCELERATOR = alike("Unsupported field 'inferenceAcceleratorOverrides'", "'inferenceAccelerators'", "R-024")
# Placement

STRATEGIES_MOST = bench("Maximum number of strategies is {most}.", "pf-ecs-svc-placement-strategies-max6", "R-082")
CONSTRAINTS_MOST = alike("Maximum number of constraints is {most}.", "placement strategies", "R-082")
BINPACK_FIELD = bench("binpack field '{field}' is invalid.", "pf-ecs-svc-binpack-field", "R-082")
RANDOM_FIELD = bench("random field should not be specified.", "pf-ecs-svc-random-with-field", "R-082")
SPREAD_FIELD = alike("spread field should be specified.", "random", "R-082")
DISTINCT_EXPRESSION = bench(
    "distinctInstance expression should not be specified.",
    "pf-ecs-svc-placement-constraint-distinct-instance-expression",
    "R-082",
)
MEMBER_EXPRESSION = alike("memberOf expression should be specified.", "distinctInstance", "R-082")
DAEMON_STRATEGIES = bench(
    "The daemon scheduling strategy does not support placement strategies. Remove the placement strategy and try again",
    "pf-ecs-svc-daemon-with-placement-strategies",
    "R-083",
)
# An EBS volume of a task

VOLUME_MISSING = alike(
    "Volume configuration must be provided for volume '{name}', which is configured at launch in the task definition.",
    "a configuration without its volume",
    "R-048",
)
VOLUME_UNMANAGED = unread("managedEBSVolume must be specified for the volume '{name}'.", "R-084")
VOLUMES_MOST = unread("volumeConfigurations can have at most {most} items.", "R-181")
VOLUME_SIZE_REQUIRED = unread("You must specify either sizeInGiB or snapshotId for the volume '{name}'.", "R-084")
VOLUME_SIZE = unread("The size of a volume of type {kind} must be between {least} and {most} GiB.", "R-182")
VOLUME_TYPE = unread("The volume type {kind} is not supported.", "R-182")
VOLUME_STANDARD = unread("Fargate does not support the volume type standard.", "R-182")
VOLUME_IOPS_REQUIRED = unread("iops must be specified for the volume type {kind}.", "R-183")
VOLUME_IOPS_UNSUPPORTED = unread("iops is not supported for the volume type {kind}.", "R-183")
VOLUME_IOPS = unread("The iops of a volume of type {kind} must be between {least} and {most}.", "R-183")
VOLUME_THROUGHPUT_UNSUPPORTED = unread("throughput is not supported for the volume type {kind}.", "R-183")
VOLUME_THROUGHPUT = unread("The throughput of a volume of type gp3 must be between {least} and {most} MiB/s.", "R-183")
VOLUME_NTFS = unread("The filesystem type ntfs is not supported on Linux.", "R-184")
VOLUME_RATE = unread("volumeInitializationRate can be specified only with a snapshotId.", "R-187")
VOLUME_DAEMON = unread("The daemon scheduling strategy does not support volume configurations.", "R-084")
