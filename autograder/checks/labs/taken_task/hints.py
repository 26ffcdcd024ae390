"""Three hints a question: a nudge, where to look, how."""

SEE_THE_REACH = (
    "A task that was taken over can do what its role, its security group and its environment let it do. Nothing more, "
    "and nothing less.",
    "desk.cloud.inside(task) is somebody inside: .call(action, resource).allowed and .reach(host, port).open. For a "
    "service the host is the privateIPv4Address of one of its tasks.",
    "reach = {name: ... for name, (what, where) in desk.targets.items()}: a call where `where` is text, a connection "
    "where it is a number. interfaces: networkInterfaceId in the attachments of describe_tasks.",
)
LEAST_PRIVILEGE = (
    "desk.program is all that the program does. Which policy says that, and no more?",
    "The folder is desk.folder in the bucket: one Resource with a star behind its last slash. A queue is named whole.",
    "put_role_policy(PolicyDocument=...) with one statement for each action of desk.program, s3 ones on "
    "arn:aws:s3:::<folder>*, and delete_role_policy for the old one. Policies work at once.",
)
CLOSE_THE_NETWORK = (
    "On Fargate a security group is on the task. Who has to reach whom, at which port?",
    "The database lets in the front's group, not an address range. The front's group lets out 443 (images, AWS) and "
    "the database's port to the database's group. Every other rule goes.",
    "revoke_security_group_ingress and _egress for what is there (describe_security_groups shows it), then authorize "
    "with UserIdGroupPairs=[{'GroupId': ...}]. The payroll lets in nobody that the front could be.",
)
NO_PLAIN_SECRET = (
    "Who may describe a task definition reads every plain value in it. Where should the password be, and who reads it?",
    "create_secret (or a SecureString parameter), `secrets` in place of `environment`; the execution role reads "
    "them before the program starts. Revisions that are ACTIVE still tell.",
    "secrets=[{'name': desk.variable, 'valueFrom': <ARN>}], secretsmanager:GetSecretValue on that ARN for the "
    "execution role, update_service, services_stable, then deregister_task_definition for the old revision.",
)
A_SHELL_WITH_CARE = (
    "ECS Exec needs three things: the service offers it, the task may talk to Systems Manager, the person may ask.",
    "enableExecuteCommand with a new deployment; four ssmmessages actions for the task role; ecs:ExecuteCommand "
    "for the operator.",
    "ssmmessages:CreateControlChannel, CreateDataChannel, OpenControlChannel, OpenDataChannel on *; "
    "update_service(enableExecuteCommand=True, forceNewDeployment=True); put_user_policy with ecs:ExecuteCommand on "
    "the cluster and on task/<cluster>/*.",
)
