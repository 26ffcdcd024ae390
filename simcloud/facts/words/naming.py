"""What ECS says of names and ARNs that cannot be what they stand for. Mostly InvalidParameterException."""

from __future__ import annotations

from simcloud.facts.fact import Words
from simcloud.facts.quoting import quoted

REGION_OF_ARN = quoted("Invalid Region in ARN", "aws-samples/ecs-bg-external-controller", 9, "")
ACCOUNT_OF_IDENTIFIER = quoted(
    "Identifier is for {other}. Your accountId is {own}", "aws-actions/amazon-ecs-deploy-task-definition", 261, ""
)
ACCOUNTS_MISMATCH = Words(
    "AccountIDs mismatch", source="https://github.com/uktrade/platform-tools (the answer of RunTask in its tests)"
)
CLUSTER_OF_IDENTIFIER = quoted(
    "Invalid identifier: Identifier is for cluster {other}. Your cluster is {own}",
    "asynkron/protoactor-dotnet",
    2055,
    "",
)
CLUSTER_FORM = quoted(
    "Cluster must match ^[a-zA-Z0-9\\-_]{{1,255}}$, but was {name}", "awslabs/amazon-ecs-nodejs-microservices", 18, ""
)
RESOURCE_TYPE = quoted("Unsupported resource type: {kind}", "aws/aws-cli", 7875, "")
FAMILY_FORM = quoted("Family contains invalid characters.", "aws/aws-cli", 6774, "R-058")
REVISION_NUMBER = quoted("Invalid revision number. Number: {revision}", "hashicorp/terraform", 17746, "")
FAMILY_FILTER = quoted("family must match ^[a-zA-Z0-9\\-_]+$", "awslabs/ecs-task-kite", 6, "")
CLUSTERS_BLANK = quoted("Clusters can not be blank.", "blox/blox", 170, "")
TASK_SET = quoted("Task Set Identifier is invalid", "boto/boto3", 3895, "")
KIND_OF_IDENTIFIER = quoted("{kind} Identifier is invalid", "mightyguava/ecsq", 9, "")
"""`Service` of ListTasks; `Task` of StopTask, aws/aws-sdk-js#1466; `Task Set` of DescribeTaskSets."""
SEPARATORS = quoted(
    "Invalid identifier: Unexpected number of separators", "aws-samples/semantic-search-aws-docs", 5, "R-100"
)
DEFINITION_BLANK = quoted("Task Definition can not be blank.", "awslabs/fargatecli", 11, "")
