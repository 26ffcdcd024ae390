# %% [markdown] id="role-title"
# # 04 · Two roles
#
# **A task says AccessDenied. Two roles hang on it. Which one do you mend?**
#
# After this lesson you can
#
# - say which of the two roles is asked at each moment of a task's life,
# - tell four start-up failures apart by their texts,
# - give either role what it needs, and no more.
#
# About 45 minutes. You need lessons [02](02-task-definitions.ipynb) and [03](03-networking.ipynb).

# %% [markdown] id="role-story"
# Ferryline's new service is `receipts`: it writes a receipt for each booking into an S3 bucket, a folder in AWS's store for files. To
# write into the bookings it needs a password, which lies in AWS's Secrets Manager. Mara gave the task one role for everything. Its
# *policy*, the list of what it may do, has one line: `*`, everything. "It works," she says. The payment firm's auditor has read
# the policy, and sent it back with that star circled in red pencil.

# %% id="role-open"
import json
import textwrap

import boto3
from botocore.exceptions import ClientError

from simcloud import Cloud, views

cloud = Cloud(seed=4).open()
ecs, ec2, iam, logs, s3, secrets = (boto3.client(name)
                                    for name in ("ecs", "ec2", "iam", "logs", "s3", "secretsmanager"))
ecs.create_cluster(clusterName="ferryline")
subnets = ec2.describe_subnets(Filters=[{"Name": "default-for-az", "Values": ["true"]}])["Subnets"]
subnet = min(subnets, key=lambda each: each["AvailabilityZone"])["SubnetId"]
logs.create_log_group(logGroupName="/ferryline/receipts")
s3.create_bucket(Bucket="ferryline-receipts")
password = secrets.create_secret(Name="bookings", SecretString="not-shown-in-the-course")["ARN"]
image = cloud.push_image("receipts", size_mib=150, log_lines=["receipts is up"],
                         calls=[("s3:PutObject", "arn:aws:s3:::ferryline-receipts/4711.pdf")])

# %% [markdown] id="role-idea"
# ## Who acts before your code runs?
#
# Before the first line of your program runs, somebody must fetch the image, read the secret and open the log. That is
# **Fargate itself**, and it acts with the *execution role*. Then your program runs and calls AWS: with the *task role*.
#
# A role belongs to nobody. Whoever it *trusts* may take it on (`sts:AssumeRole`), and may then do what its policies allow. Roles
# are kept by IAM, AWS's service for permissions. Both roles are named in the task definition, and both must trust
# `ecs-tasks.amazonaws.com`.
# ([AWS: execution role](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html),
# [task role](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html))

# %% id="role-make"
def make_role(name, *statements, trusts="ecs-tasks.amazonaws.com"):
    """A role that a service may take on, with these statements as its policy; its ARN."""
    trust = {"Effect": "Allow", "Principal": {"Service": trusts}, "Action": "sts:AssumeRole"}
    made = iam.create_role(RoleName=name, AssumeRolePolicyDocument=document(trust))["Role"]
    if statements:
        iam.put_role_policy(RoleName=name, PolicyName="own", PolicyDocument=document(*statements))
    return made["Arn"]


def document(*statements):
    """A policy document as JSON."""
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def allow(action, resource):
    """One statement that allows one action on one resource."""
    return {"Effect": "Allow", "Action": action, "Resource": resource}


managed = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
execution = make_role("receipts-execution")
task_role = make_role("receipts-task")

# %% [markdown] id="role-run-text"
# Two roles that may do nothing yet. `receipts` is the definition: it names both, the secret, and the log. `run` runs one task
# of it and prints how it ended, in AWS's words.

# %% id="role-run"
options = {"awslogs-group": "/ferryline/receipts", "awslogs-region": "us-east-1",
           "awslogs-stream-prefix": "app"}
container = {
    "name": "app", "image": image,
    "secrets": [{"name": "BOOKINGS_PASSWORD", "valueFrom": password}],
    "logConfiguration": {"logDriver": "awslogs", "options": options},
}


def receipts(**changes):
    """The arguments of the definition, with changes."""
    return {"family": "receipts", "requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc",
            "cpu": "256",
            "memory": "512", "executionRoleArn": execution, "taskRoleArn": task_role,
            "containerDefinitions": [container], **changes}


def run(minutes=5, **changes):
    """Register with changes, run one task, let time pass, and print its state and reason."""
    made = ecs.register_task_definition(**receipts(**changes))["taskDefinition"]
    place = {"subnets": [subnet], "assignPublicIp": "ENABLED"}
    task = ecs.run_task(cluster="ferryline", taskDefinition=made["taskDefinitionArn"], launchType="FARGATE",
                        networkConfiguration={"awsvpcConfiguration": place})["tasks"][0]["taskArn"]
    cloud.advance(minutes=minutes)
    found = ecs.describe_tasks(cluster="ferryline", tasks=[task])["tasks"][0]
    print(found["lastStatus"], found.get("stopCode", ""))
    print(textwrap.fill(found.get("stoppedReason", ""), 110, break_on_hyphens=False))


# %% [markdown] id="role-none-text"
# ## No execution role at all
#
# First without any. **Write down your guess:** does AWS refuse the definition, or does the task fail later?

# %% id="role-none" rows=["T04"] tags=["raises-exception"]
without = receipts()
del without["executionRoleArn"]
ecs.register_task_definition(**without)

# %% [markdown] id="role-none-seen"
# Refused at registration: this much AWS can see from the definition alone. A public image without secrets and without the
# `awslogs` driver would need no execution role.
#
# ## Four failures, four texts
#
# Now both roles are named. We mend the execution role one permission at a time, and read what AWS says each time.

# %% id="role-empty" rows=["T04", "M05"]
run()

# %% [markdown] id="role-empty-seen"
# Read such a text from its end. **Who** was denied: `assumed-role/receipts-execution`. **What:** `ecr:GetAuthorizationToken`.
# **Why:** `no identity-based policy allows`. That is the whole diagnosis.
#
# AWS has a ready policy for this. It holds six actions: four for pulling, two for logs. No secrets.

# %% id="role-managed" rows=["T04"]
iam.attach_role_policy(RoleName="receipts-execution", PolicyArn=managed)
run()

# %% [markdown] id="role-secret-text"
# One step further: now the secret (`asm` is AWS Secrets Manager). A tempting shortcut is to give the permission to the *task role*: it is the
# application's password, after all. **Write down your guess**, then run it.

# %% id="role-wrong-role" rows=["M05", "T04", "N02"]
read_password = allow("secretsmanager:GetSecretValue", password)
iam.put_role_policy(RoleName="receipts-task", PolicyName="password",
                    PolicyDocument=document(read_password))
run()

# %% [markdown] id="role-wrong-role-seen"
# Nothing has changed: the *execution* role is denied. The secret becomes an environment variable *before* the program starts, so Fargate reads
# it, with the execution role. **Execution before application.**
#
# The permission moves to where it belongs, and names this one secret: that is the line without the star.

# %% id="role-right-role" rows=["T04", "N02"]
iam.delete_role_policy(RoleName="receipts-task", PolicyName="password")
iam.put_role_policy(RoleName="receipts-execution", PolicyName="password",
                    PolicyDocument=document(read_password))
run()
views.timeline(cloud, cloud.tasks("ferryline")[-1].arn)

# %% [markdown] id="role-timeline-seen"
# It runs. Look at the timeline: the steps of the execution role end where *your code* begins.
#
# Two more failures have to do with roles only at first sight. The next role trusts EC2 and not ECS tasks: a habit from
# servers, where such a role is an *instance profile*.

# %% id="role-trust" rows=["T04"] tags=["raises-exception"]
wrong_trust = make_role("receipts-ec2", trusts="ec2.amazonaws.com")
run(executionRoleArn=wrong_trust)

# %% [markdown] id="role-trust-seen"
# This one comes at once, from `run_task` itself. Nothing started, so there is no task to look at. A service in the same
# state says so in its events.
#
# And the last: both roles are right, but the security group lets nothing out (lesson 03).

# %% id="role-network" rows=["T04"]
closed = ec2.create_security_group(GroupName="closed", Description="nothing out",
                                   VpcId=subnets[0]["VpcId"])["GroupId"]
everything = [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]
ec2.revoke_security_group_egress(GroupId=closed, IpPermissions=everything)
place = {"subnets": [subnet], "securityGroups": [closed], "assignPublicIp": "ENABLED"}
shut = ecs.run_task(cluster="ferryline", taskDefinition="receipts:4", launchType="FARGATE",
                    networkConfiguration={"awsvpcConfiguration": place})["tasks"][0]["taskArn"]
cloud.advance(minutes=6)
ended = ecs.describe_tasks(cluster="ferryline", tasks=[shut])["tasks"][0]
print(textwrap.fill(ended["stoppedReason"], 110, break_on_hyphens=False))

# %% [markdown] id="role-four"
# | the text says | it is | you mend |
# |---|---|---|
# | `AccessDeniedException ... is not authorized to perform` | a permission | the policy of the **execution** role |
# | `unable to assume the role`, from `run_task` | the trust | the role's trust policy: `ecs-tasks.amazonaws.com` |
# | `i/o timeout` | the network | the path, not a role |
# | refused at registration | no role named | the definition |
#
# ([AWS: errors at the start of a task](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/resource-initialization-error.html))
#
# ## Inside the application
#
# The task runs, so all is well? Ask its log.

# %% id="role-log" rows=["F15", "T04"]
def log():
    """Print what the newest log stream holds."""
    found = logs.describe_log_streams(logGroupName="/ferryline/receipts", orderBy="LastEventTime",
                                      descending=True, limit=1)
    stream = found["logStreams"][0]["logStreamName"]
    for event in logs.get_log_events(logGroupName="/ferryline/receipts", logStreamName=stream,
                                     startFromHead=True)["events"]:
        print(textwrap.fill(event["message"], 110, break_on_hyphens=False))


log()

# %% [markdown] id="role-log-seen"
# `receipts-task` was denied `s3:PutObject`. The task is RUNNING and stays so: **AWS does not stop a task because its code is
# denied something.** A dashboard of tasks shows green, and no customer gets a receipt.
#
# The other tempting shortcut: the *execution* role is the one with permissions, so add it there.

# %% id="role-log-wrong" rows=["F15", "M05"]
write_receipts = allow("s3:PutObject", "arn:aws:s3:::ferryline-receipts/*")
iam.put_role_policy(RoleName="receipts-execution", PolicyName="receipts",
                    PolicyDocument=document(write_receipts))
run()
log()

# %% [markdown] id="role-log-wrong-seen"
# Nothing changed. Code in a container never acts with the execution role. It is the task role's turn:

# %% id="role-log-right" rows=["F15", "T04"]
iam.delete_role_policy(RoleName="receipts-execution", PolicyName="receipts")
iam.put_role_policy(RoleName="receipts-task", PolicyName="receipts",
                    PolicyDocument=document(write_receipts))
run()
log()

# %% [markdown] id="role-try-text"
# ## Try it yourself
#
# Give each permission to one of the roles. There is more than one way to a task that works, and one of them gives too much:
# find the way in which no role holds a permission that it never uses.

# %% id="role-try" rows=["T04", "M05", "N02"]
views.try_roles()

# %% [markdown] id="role-pass-text"
# ## Who may hand out a role?
#
# A role is power. Whoever can put `receipts-task` into a definition of their own can act with it. So AWS asks one thing more of
# the *caller*: `iam:PassRole` on each role that is handed over. Jon, who is new, gets an IAM user, with an access key for his programs,
# and may do everything in ECS. (The star is on purpose: we want to see that even this is not enough.)

# %% id="role-pass" rows=["T04"] tags=["raises-exception"]
iam.create_user(UserName="jon")
iam.put_user_policy(UserName="jon", PolicyName="own", PolicyDocument=document(allow("ecs:*", "*")))
key = iam.create_access_key(UserName="jon")["AccessKey"]
jon = boto3.client("ecs", aws_access_key_id=key["AccessKeyId"],
                   aws_secret_access_key=key["SecretAccessKey"])
jon.register_task_definition(**receipts())

# %% [markdown] id="role-pass-seen"
# He gets these two roles and no others, and only for tasks: the condition `iam:PassedToService` says so.

# %% id="role-pass-right"
handing = allow("iam:PassRole", [execution, task_role])
handing["Condition"] = {"StringEquals": {"iam:PassedToService": "ecs-tasks.amazonaws.com"}}
iam.put_user_policy(UserName="jon", PolicyName="own",
                    PolicyDocument=document(allow("ecs:*", "*"), handing))
jon.register_task_definition(**receipts())["taskDefinition"]["revision"]

# %% [markdown] id="role-narrow-text"
# ## What the auditor gets to read
#
# Both roles at the end, each with what it uses. `ecr:GetAuthorizationToken` is the one action that cannot be narrowed: it
# has no resource. The trust may be narrowed as well, to tasks of this account, so that nobody else's ECS can be made
# to use the role.

# %% id="role-narrow" rows=["F15"]
of_this_account = {
    "Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"}, "Action": "sts:AssumeRole",
    "Condition": {"StringEquals": {"aws:SourceAccount": cloud.account},
                  "ArnLike": {"aws:SourceArn": f"arn:aws:ecs:us-east-1:{cloud.account}:*"}},
}
for role in ("receipts-execution", "receipts-task"):
    iam.update_assume_role_policy(RoleName=role, PolicyDocument=document(of_this_account))
    attached = [one["PolicyName"]
                for one in iam.list_attached_role_policies(RoleName=role)["AttachedPolicies"]]
    own = [iam.get_role_policy(RoleName=role, PolicyName=name)["PolicyDocument"]["Statement"][0]
           for name in iam.list_role_policies(RoleName=role)["PolicyNames"]]
    print(role, attached, *(f"{one['Action']} on {one['Resource']}" for one in own), sep="\n  ")
run()
log()

# %% [markdown] id="role-exam" rests=["T04", "M05", "F15", "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html"]
# ## Exam notes (CLF-C02, SAA-C03, SAP-C02 and DOP-C02)
#
# - **Which role?** *Asked as:* "tasks fail to start and show AccessDenied for a secret". *Decides:* before your code runs: execution role.
# - **The other one.** *Asked as:* "the application logs AccessDenied for a bucket". *Decides:* your code runs already: task role.
# - **Looks like a role.** *Asked as:* "ResourceInitializationError ... i/o timeout". *Decides:* the network; lesson 03.
# - **Instance profile.** *Asked as:* "attach the policy to the container instance role". *Decides:* on Fargate there is no instance of yours.
# - **Keys in the image.** *Asked as:* "store access keys in environment variables". *Decides:* the task role gives temporary keys by itself.
# - **Least privilege.** *Asked as:* "each of six services needs another bucket". *Decides:* a task role for each definition.
# - **PassRole.** *Asked as:* "the pipeline cannot register the definition". *Decides:* the pipeline's role needs `iam:PassRole` on both.
#
# **Four questions.** Choose, press *Answer*, and read why each option is right or wrong.

# %% id="role-question-secret"
from autograder.exam.question import question

question("secret-denied-before-the-start")

# %% id="role-question-app"
question("running-task-cannot-write")

# %% id="role-question-timeout"
question("timeout-read-as-permission")

# %% id="role-question-pass"
question("pipeline-cannot-register")

# %% [markdown] id="role-real"
# ## On a real account
#
# The two roles as CloudFormation. With the AWS CLI it is `aws iam create-role`, `attach-role-policy` and `put-role-policy`.
#
# ```yaml
# Execution:
#   Type: AWS::IAM::Role
#   Properties:
#     AssumeRolePolicyDocument: &trust
#       Version: "2012-10-17"
#       Statement:
#         - {Effect: Allow, Principal: {Service: ecs-tasks.amazonaws.com}, Action: sts:AssumeRole}
#     ManagedPolicyArns: [arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy]
#     Policies:
#       - PolicyName: password
#         PolicyDocument:
#           Version: "2012-10-17"
#           Statement: [{Effect: Allow, Action: secretsmanager:GetSecretValue, Resource: !Ref Password}]
# Task:
#   Type: AWS::IAM::Role
#   Properties:
#     AssumeRolePolicyDocument: *trust
#     Policies:
#       - PolicyName: receipts
#         PolicyDocument:
#           Version: "2012-10-17"
#           Statement: [{Effect: Allow, Action: s3:PutObject, Resource: !Sub "${Bucket.Arn}/*"}]
# ```
#
# **It would cost** nothing: IAM is free. The secret is 40 cents a month. **Clean up:** delete the inline policies, detach the managed
# one, then `aws iam delete-role`; `aws secretsmanager delete-secret`.
#
# **The simulator leaves out** the seconds until a changed policy holds everywhere, the temporary keys of the task role, which a container
# fetches from an address inside its task, and CloudTrail, which on a real account records each denied call.

# %% [markdown] id="role-answer"
# ## So which one do you mend?
#
# Ask *when*. Before your code runs, Fargate acts: mend the **execution role**. Once it runs, your code acts: mend the **task role**.
# The text names the role for you: `assumed-role/` and its name. And if the text ends in a time-out, mend neither.
#
# <!-- go on -->
#
# **Practise:** lab [04 · Two roles](../labs/04-two-roles/04-two-roles.ipynb). **Go on:** lesson [05 · Secrets and configuration](05-secrets.ipynb).
#
# <!-- end of go on -->
