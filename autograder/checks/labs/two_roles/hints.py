"""Three hints a question: a nudge, where to look, how."""

READ_THE_DENIALS = (
    "One of the two has no running task; the other one runs and does nothing. AWS tells of the first in one place, and "
    "of the second in another.",
    "Stopped tasks: ListTasks with desiredStatus='STOPPED', then stoppedReason. A program that runs writes to its log: "
    "group /ferryline/<service>. Both texts name `assumed-role/<role>/<task>` and the action.",
    "denied = {'<service>': ['<role>', '<service prefix>:<Action>'], ...} with one entry for each of desk.sick. Read "
    "the text from its end: who was denied, what, and why.",
)

MEND_BOTH = (
    "Each of the two lacks one permission. Which of its two roles was asked for it?",
    "Before the program runs, Fargate acts with the execution role. Once it runs, the program acts with the task role. "
    "The denial names the role; add the action that it names, on the resource that it names.",
    "iam.put_role_policy(RoleName=..., PolicyName='mended', PolicyDocument=...) with one statement: that Action, that "
    "Resource (of objects in a bucket: the service's own folder, <service>/*; of a log: the service's own group). Then "
    "update_service(..., forceNewDeployment=True) for both, and the waiter services_stable.",
)

SPLIT_THE_ROLE = (
    "Two roles, two policies, one new revision. What does Fargate do for this service, and what does its program do?",
    "For the start: the image, the log, the password (is it a secret or a parameter? under which key?). For the "
    "program: desk.program, and the calls in its log, which end in `ok`. Both roles trust ecs-tasks.amazonaws.com.",
    "create_role twice, put_role_policy twice, register_task_definition with executionRoleArn and taskRoleArn, "
    "update_service, then the waiter services_stable. A secret under a key of your own takes kms:Decrypt on that key; "
    "a parameter is read with ssm:GetParameters.",
)

KEEP_IT_NARROW = (
    "Ask of every statement: would anything stop working without it? And of every star: what else does it cover?",
    "AWS's ready policy for execution roles allows to pull every repository and to write into every log group. Names "
    "that begin alike are a trap too: `papers*` covers `papers-old`.",
    "One statement each: GetAuthorizationToken on *; BatchGetImage and GetDownloadUrlForLayer on the one repository; "
    "CreateLogStream and PutLogEvents on <log group ARN>:*; the one secret by its full ARN. For the program: its "
    "actions on <bucket>/<folder>/* and on the one queue or topic.",
)

HAND_OVER = (
    "Whoever may hand out any role may do anything. Which two roles does a deployment of this service hand out, and to "
    "whom?",
    "iam:PassRole takes a Resource and the condition iam:PassedToService. ecs:RegisterTaskDefinition can stand on *; "
    "ecs:UpdateService takes the service's ARN.",
    "put_user_policy with three statements: ecs:RegisterTaskDefinition on *, ecs:UpdateService (and DescribeServices) "
    "on the service's ARN, iam:PassRole on the two roles with {'StringEquals': {'iam:PassedToService': "
    "'ecs-tasks.amazonaws.com'}}. The policy that the user had has to go.",
)

RETIRE_IT = (
    "A role that nobody uses is a key under the mat. What still names it?",
    "The revisions of the task definition that are ACTIVE, and tasks that run. A role can be deleted once its policies "
    "are gone.",
    "list_task_definitions(familyPrefix=..., status='ACTIVE') page by page, describe each, deregister those that name "
    "the role; then delete_role_policy for each of list_role_policies, and delete_role.",
)
