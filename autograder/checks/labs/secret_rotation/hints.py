"""Three hints a question: a nudge, where to look, how."""

FIND_THEM = (
    "A password is not always called one, and what is called one is not always a password. Read the values, too.",
    "Page through list_task_definitions with status='ACTIVE', describe each, and look at `environment` of each "
    "container. An address such as scheme://user:password@host holds a password.",
    "open_secrets = [['family:revision', 'VARIABLE'], ...]. Look for names that end in PASSWORD, TOKEN or KEY, and for "
    "values with `:something@` behind `://`. Every revision that is ACTIVE counts, also one that nothing runs.",
)

CLOSE_IT = (
    "The definition keeps an ARN; the value stays in the secret. Who reads it at the start, and what may that role do "
    "today?",
    "The secret holds a JSON object. Which of its keys has the password that your service uses now? DescribeSecret "
    "tells whether it is under a key of the account's own (KmsKeyId).",
    "In the container: no such variable in environment, and secrets=[{'name': desk.variable, 'valueFrom': "
    "'<ARN>:<JSON key>::'}]. For the execution role: secretsmanager:GetSecretValue on the ARN, and kms:Decrypt on the "
    "key where there is one. Then update_service, services_stable, and deregister_task_definition for every revision "
    "that you found.",
)

TELL_APART = (
    "None of the four starts, and each says why. Where does AWS keep the last words of a task?",
    "list_tasks with desiredStatus='STOPPED', then describe_tasks: stoppedReason. `is not authorized to perform` is a "
    "permission: look which action. `connection issue` is the network.",
    "causes = {'<service>': '<word of desk.causes>', ...}. kms:Decrypt denied is `key`; another action denied is "
    "`permission`; `can't find` and `did not contain` are `name`.",
)

MEND_THEM = (
    "Each of the four lacks one thing. Change that, and nothing beside it.",
    "Before the program runs, Fargate acts with the execution role: a permission of the task role does not help. ECS "
    "reads parameters with ssm:GetParameters. A way needs TCP 443 out of the tasks' security group.",
    "put_role_policy on the execution role for `permission` (the action that was denied, on that ARN) and for `key` "
    "(kms:Decrypt on the key). authorize_security_group_egress for `way`. For `name` a new revision with the right "
    "valueFrom, and update_service.",
)

ROTATE = (
    "A task reads its secrets once, when it starts. Which services read this one, and from which of its versions?",
    "put_secret_value with the whole JSON, one value changed. Then find every service whose definition refers to the "
    "secret's ARN: each needs new tasks. A valueFrom with a version id behind it stays with that version for ever.",
    "update_service(forceNewDeployment=True) for those that follow the secret; a new revision with "
    "'<ARN>:<JSON key>::' for the one that names a version. Then the waiter services_stable for all of them.",
)
