"""Three hints a question: a nudge, where to look, how."""

SHARE_IT = (
    "A task reaches the file system by a mount target in its own zone. How many are there, and who may knock at "
    "their door?",
    "describe_mount_targets, describe_mount_target_security_groups, describe_security_groups: EFS speaks TCP 2049. The "
    "stoppedReason of a task says which of name, time-out and permission it was.",
    "A group for the tasks; TCP 2049 from it, and from nobody else, into the mount targets' group; a mount "
    "target in the "
    "other zone. volumes=[{'name': ..., 'efsVolumeConfiguration': {'fileSystemId': ..., 'transitEncryption': "
    "'ENABLED', "
    "'authorizationConfig': {'iam': 'ENABLED'}}}], and ClientMount and ClientWrite on the file system's ARN for "
    "the task role.",
)

WHICH_VERSION = (
    "Ask AWS for the old version, and read what it says.",
    "run_task takes platformVersion; a ClientError's text is its answer. describe_tasks tells the version of a task.",
    "refusal = str(error) of run_task(..., platformVersion='1.3.0'); version = "
    "describe_tasks(...)['tasks'][0]['platformVersion'].",
)

SCRATCH = (
    "The definition says that there will be a disk; the service says which. Who makes it?",
    "A role that trusts ecs.amazonaws.com, with AWS's policy AmazonECSInfrastructureRolePolicyForVolumes; it is "
    "named in "
    "managedEBSVolume.",
    "volumes=[{'name': 'disk', 'configuredAtLaunch': True}] and a mount point in the definition; "
    "volumeConfigurations=[{'name': "
    "'disk', 'managedEBSVolume': {'sizeInGiB': ..., 'volumeType': 'gp3', 'roleArn': ...}}] in create_service.",
)

WHICH_STORAGE = (
    "Ask of each: who shares it, must it outlive the task, how much is it, and is it a task of ECS or a pod of EKS?",
    "Ephemeral storage: up to 200 GiB, gone with the task. EBS: one volume a task, at its launch, gone with it, "
    "ECS only. "
    "EFS: shared and lasting, for tasks and for pods.",
    "storage = {'s1': 'EFS', ...} with an entry for each case. What no volume of Fargate can do is 'not on Fargate'. "
    "waits: kubernetes.get('pods') names the pod, and kubernetes.describe('pod', name) ends with its events.",
)
