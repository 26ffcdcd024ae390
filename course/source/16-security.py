# %% [markdown] id="sec2-title"
# # 16 · Security and isolation
#
# **Somebody runs their own code in one of Ferryline's containers. What have they got?**
#
# After this lesson you can
#
# - say what separates one task from another, and what AWS refuses so that it stays so,
# - measure what an intruder in a task would reach, and make it less,
# - let people in by ECS Exec, and keep others out of your images.
#
# About 50 minutes. You need lessons [03](03-networking.ipynb), [04](04-two-roles.ipynb) and [05](05-secrets.ipynb).

# %% [markdown] id="sec2-story"
# A library that makes PDF files has a hole, and `receipts` uses it. Whoever books under the right name can make it run a command. Mara
# has mended it within the hour. Since then she cannot sleep. "What *could* they have done?" We try.

# %% id="sec2-open"
import json

import boto3
from botocore.exceptions import ClientError

from simcloud import Cloud, views

cloud = Cloud(seed=16).open()
ecs, ec2, iam, ecr, s3 = (boto3.client(name) for name in ("ecs", "ec2", "iam", "ecr", "s3"))
ecs.create_cluster(clusterName="ferryline")
subnets = ec2.describe_subnets(Filters=[{"Name": "default-for-az", "Values": ["true"]}])["Subnets"]
place = min(subnets, key=lambda each: each["AvailabilityZone"])
vpc, subnet = place["VpcId"], place["SubnetId"]
for bucket in ("ferryline-receipts", "ferryline-payroll"):
    s3.create_bucket(Bucket=bucket)
s3.put_object(Bucket="ferryline-payroll", Key="november.csv", Body=b"mara;jon\n")
password = boto3.client("secretsmanager").create_secret(Name="bookings",
                                                        SecretString="seagull-47")["ARN"]


def document(*statements):
    """A policy document as JSON."""
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def allow(action, resource, **more):
    """One statement."""
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def make_role(name, *statements):
    """A role for tasks, with these statements; its ARN."""
    trust = {"Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"},
             "Action": "sts:AssumeRole"}
    made = iam.create_role(RoleName=name, AssumeRolePolicyDocument=document(trust))["Role"]
    if statements:
        iam.put_role_policy(RoleName=name, PolicyName="own", PolicyDocument=document(*statements))
    return made["Arn"]


def group(name, *ports, **source):
    """A security group that lets these TCP ports in from a source; its id."""
    made = ec2.create_security_group(GroupName=name, Description=name, VpcId=vpc)["GroupId"]
    for port in ports:
        ec2.authorize_security_group_ingress(GroupId=made,
                                             IpPermissions=[{"IpProtocol": "tcp", "FromPort": port,
                                                             "ToPort": port, **source}])
    return made


execution = make_role("ferryline-execution", allow("secretsmanager:GetSecretValue", password))
managed = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
iam.attach_role_policy(RoleName="ferryline-execution", PolicyArn=managed)
wide = make_role("receipts-app", allow("s3:*", "*"))
image = cloud.push_image("receipts", ports=[8080])


def definition(family="receipts", *, role=wide, **container):
    """The arguments of a definition: one container with these members."""
    written = {"name": "app", "image": image, **container}
    roles = {"executionRoleArn": execution, **({"taskRoleArn": role} if role else {})}
    return dict(family=family, requiresCompatibilities=["FARGATE"], networkMode="awsvpc", cpu="256",
                memory="512",
                containerDefinitions=[written], **roles)


def run(family, *groups, **more):
    """Run one task of the newest revision and wait until it runs; its ARN."""
    where = {"awsvpcConfiguration": {"subnets": [subnet], "securityGroups": list(groups),
                                     "assignPublicIp": "ENABLED"}}
    made = ecs.run_task(cluster="ferryline", taskDefinition=family, launchType="FARGATE",
                        networkConfiguration=where, **more)
    arn = made["tasks"][0]["taskArn"]
    ecs.get_waiter("tasks_running").wait(cluster="ferryline", tasks=[arn])
    return arn


# %% [markdown] id="sec2-wall-text"
# ## What stands between two tasks
#
# On a server of your own, containers share a kernel. A hole in the kernel, and one is in the other's room. On Fargate
# **each task has a kernel, CPU, memory and network interface of its own**. Nobody else's task is on the same host's kernel, not even
# another task of yours. ([AWS: Fargate security](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-security-considerations.html))

# %% id="sec2-two" rows=["F22"]
ecs.register_task_definition(**definition(secrets=[{"name": "BOOKINGS_PASSWORD",
                                                    "valueFrom": password}]))
ecs.register_task_definition(**definition("bookings", role=None))
app_group = group("receipts")
database_group = group("bookings", 5432, IpRanges=[{"CidrIp": "172.31.0.0/16"}])
receipts, bookings = run("receipts", app_group), run("bookings", database_group)
for arn in (receipts, bookings):
    details = ecs.describe_tasks(cluster="ferryline",
                                 tasks=[arn])["tasks"][0]["attachments"][0]["details"]
    shown = {each["name"]: each["value"] for each in details}
    print(shown["networkInterfaceId"], shown["privateIPv4Address"])

# %% [markdown] id="sec2-refused-text"
# Two tasks, two interfaces. That wall has a price: whatever would break it, AWS refuses. (*Privileged* is a container with all rights on
# its host, a *capability* a single one of the rights that root has.) **Guess** which of these four are taken.

# %% id="sec2-refused" rows=["F09", "T03"]
wanted = {
    "privileged": {"privileged": True},
    "capability NET_ADMIN": {"linuxParameters": {"capabilities": {"add": ["NET_ADMIN"]}}},
    "capability SYS_PTRACE": {"linuxParameters": {"capabilities": {"add": ["SYS_PTRACE"]}}},
    "drop all capabilities": {"linuxParameters": {"capabilities": {"drop": ["ALL"]}}},
}
for what, members in wanted.items():
    try:
        ecs.register_task_definition(**definition("trial", **members))
        print(f"{what}: accepted")
    except ClientError as error:
        print(f"{what}: {error.response['Error']['Message']}")

# %% [markdown] id="sec2-refused-seen"
# Privileged is out; of the capabilities one may add only `SYS_PTRACE` (for debuggers), and drop any. An agent that needs the host
# needs hosts: EC2.
#
# ## Inside
#
# So the wall holds. But the intruder does not need to climb it: the task has doors, and they are the intruder's now.
# `cloud.inside` is a look from within the container. **Write down your guess:** which of these six work?

# %% id="sec2-inside" rows=["F22", "F15"]
def break_in(task):
    """What whoever runs code in the task can do; payroll and database are none of its business."""
    inside = cloud.inside(task)
    database = cloud.task(bookings).private_ip
    tries = {
        "write a receipt": inside.call("s3:PutObject",
                                       "arn:aws:s3:::ferryline-receipts/4711.pdf").allowed,
        "read the payroll": inside.call("s3:GetObject",
                                        "arn:aws:s3:::ferryline-payroll/november.csv").allowed,
        "pull images": inside.call("ecr:GetAuthorizationToken").allowed,
        "reach the database": inside.reach(database, 5432).open,
        "send it out, port 4444": inside.reach("evil.example.com", 4444).open,
        "keys of the instance": inside.reach("169.254.169.254", 80).open,
    }
    for what, works in tries.items():
        print(f"{what:<24}", "works" if works else "stopped")


break_in(receipts)
print(cloud.inside(receipts).environment["BOOKINGS_PASSWORD"])

# %% [markdown] id="sec2-inside-seen"
# - The **payroll**: the task role may do everything in S3. One star too many.
# - The **database**: its group lets the whole VPC in.
# - **Out**: a new security group lets everything out, and nobody ever takes that rule away.
# - The **password**: it stands in the environment, as it must for the program.
# - What does *not* work: the **execution role**. Its keys are never in the container. And there is no instance whose keys one could take.
#
# The isolation by task did its work: the *other* tasks are untouched. What is lost is what *this* task could do. That is the figure to make
# small.
#
# ## Make it small: the role
#
# The program writes receipts, into one bucket. So:

# %% id="sec2-role" rows=["F15", "T04"]
iam.put_role_policy(RoleName="receipts-app", PolicyName="own",
                    PolicyDocument=document(allow("s3:PutObject", "arn:aws:s3:::ferryline-receipts/*")))
break_in(receipts)

# %% [markdown] id="sec2-role-seen"
# It works at once, for the task that runs, too: permissions are asked at each call, not at the start.
#
# Not one role for six services, then. **A role for each definition**, with what that program needs. And a permission that nobody
# has used for months is one to take away: IAM Access Analyzer shows which.
#
# ## Make it small: the network
#
# Groups refer to groups: the database lets in *the tasks of* `receipts`, not addresses. And `receipts` may speak to the database and to AWS's
# services by 443, and to nobody else.

# %% id="sec2-network" rows=["T01", "F22", "F12"]
ec2.revoke_security_group_ingress(GroupId=database_group, IpPermissions=[
    {"IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432, "IpRanges": [{"CidrIp": "172.31.0.0/16"}]}])
from_receipts = {"IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432,
                 "UserIdGroupPairs": [{"GroupId": app_group}]}
ec2.authorize_security_group_ingress(GroupId=database_group, IpPermissions=[from_receipts])

everything = [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]
ec2.revoke_security_group_egress(GroupId=app_group, IpPermissions=everything)
tls = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443,
       "IpRanges": [{"CidrIp": "0.0.0.0/0", "Description": "AWS services"}]}
to_database = {"IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432,
               "UserIdGroupPairs": [{"GroupId": database_group}]}
ec2.authorize_security_group_egress(GroupId=app_group, IpPermissions=[tls, to_database])
break_in(receipts)

# %% [markdown] id="sec2-network-seen"
# The program works as before, and port 4444 is shut. (443 is still open to everywhere; in private subnets with endpoints it need
# not be, see lesson [03](03-networking.ipynb).) The database is still reachable: that is what `receipts` is for. It can read bookings with the password that it
# has. An intruder can, too. That is why the database gives this user no more than it needs, and the password is rotated afterwards.
#
# ## Try it yourself
#
# Find the settings with which an intruder gets at nothing but what the program needs. Then give one star back, and look.

# %% id="sec2-try" rows=["F22", "F15", "T01"]
views.try_intruder(cloud)

# %% [markdown] id="sec2-harden-text"
# ## Make it hard to stay
#
# Three lines in the definition take an intruder's tools away: a root file system that cannot be written, a user that is not root, and no
# capabilities. What the program writes goes to a volume.

# %% id="sec2-harden" rows=["F09"]
hardened = definition(
    "receipts", readonlyRootFilesystem=True, user="1000:1000",
    linuxParameters={"capabilities": {"drop": ["ALL"]}},
    mountPoints=[{"sourceVolume": "scratch", "containerPath": "/tmp"}],
    secrets=[{"name": "BOOKINGS_PASSWORD", "valueFrom": password}])
ecs.register_task_definition(**hardened, volumes=[{"name": "scratch"}])["taskDefinition"]["revision"]

# %% [markdown] id="sec2-exec-text"
# ## Letting people in: ECS Exec
#
# There is no host to log in to. For a look inside there is **ECS Exec**: a shell in a running container, through AWS, without an open port
# and without keys. It has to be allowed when the task *starts*. **Guess** what is missing here.

# %% id="sec2-exec" tags=["raises-exception"]
ecs.register_task_definition(**definition("bookings", role=None))
run("bookings", database_group, enableExecuteCommand=True)

# %% [markdown] id="sec2-exec-role-text"
# The agent in the container speaks with the *task role*. It wants four actions on `ssmmessages`, the service that carries what is typed.
# These four have no resources to name, so the
# star is right here.

# %% id="sec2-exec-role"
channels = [f"ssmmessages:{verb}{kind}Channel" for verb in ("Create", "Open")
            for kind in ("Control", "Data")]
shell = make_role("bookings-app", allow(channels, "*"))
ecs.register_task_definition(**definition("bookings", role=shell))
task = run("bookings", database_group, enableExecuteCommand=True)
cloud.advance(minutes=1)
session = ecs.execute_command(cluster="ferryline", task=task, container="app", command="/bin/sh",
                              interactive=True)["session"]
print(session["sessionId"])
print(cloud.story.about(task).lines[-1])

# %% [markdown] id="sec2-exec-who"
# A shell, **as root**, whatever the container's user. So it matters who may call it: `ecs:ExecuteCommand`, on clusters and tasks by condition,
# and for few. It does not go together with a read-only root file system. Each call stands in CloudTrail, and what is typed can be logged to
# S3 or CloudWatch Logs. ([AWS: ECS Exec](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html))

# %% id="sec2-exec-denied"
iam.create_user(UserName="jon")
iam.put_user_policy(UserName="jon", PolicyName="own",
                    PolicyDocument=document(allow(["ecs:Describe*", "ecs:List*"], "*")))
key = iam.create_access_key(UserName="jon")["AccessKey"]
jon = boto3.client("ecs", aws_access_key_id=key["AccessKeyId"],
                   aws_secret_access_key=key["SecretAccessKey"])
try:
    jon.execute_command(cluster="ferryline", task=task, command="/bin/sh", interactive=True)
except jon.exceptions.AccessDeniedException as error:
    print(error.response["Error"]["Message"])

# %% [markdown] id="sec2-supply-text"
# ## Where the image comes from
#
# The quietest way in is the image itself. Somebody pushes another one under the tag that you deploy. In ECR a repository can make its
# tags **immutable**. (`scanOnPush` looks an image through for known holes. It reports them, and refuses nothing.) **Guess** what ECR answers to the second push.

# %% id="sec2-immutable" tags=["raises-exception"]
ecr.create_repository(repositoryName="crew", imageTagMutability="IMMUTABLE",
                      imageScanningConfiguration={"scanOnPush": True},
                      encryptionConfiguration={"encryptionType": "KMS"})
manifest = {"schemaVersion": 2, "mediaType": "application/vnd.docker.distribution.manifest.v2+json"}
ecr.put_image(repositoryName="crew", imageTag="1.4",
              imageManifest=json.dumps({**manifest, "config": {"digest": "sha256:" + "a" * 64}}))
ecr.put_image(repositoryName="crew", imageTag="1.4",
              imageManifest=json.dumps({**manifest, "config": {"digest": "sha256:" + "b" * 64}}))

# %% [markdown] id="sec2-digest-text"
# And where tags can move? A service of ECS resolves the tag **once a deployment** and keeps the *digest*, the image's fingerprint: all its tasks run the same
# bytes, also those that are started next week.

# %% id="sec2-digest" rows=["F22"]
where = {"awsvpcConfiguration": {"subnets": [subnet], "securityGroups": [app_group],
                                 "assignPublicIp": "ENABLED"}}
ecs.create_service(cluster="ferryline", serviceName="receipts", taskDefinition="receipts:1",
                   desiredCount=2, launchType="FARGATE",
                   networkConfiguration=where)
ecs.get_waiter("services_stable").wait(cluster="ferryline", services=["receipts"])


def digests():
    """The digests that the tasks of the service run."""
    tasks = ecs.list_tasks(cluster="ferryline", serviceName="receipts")["taskArns"]
    found = ecs.describe_tasks(cluster="ferryline", tasks=tasks)["tasks"]
    return sorted({task["containers"][0]["imageDigest"][7:19] for task in found})


print("deployed:          ", digests())
cloud.push_image("receipts", ports=[8080], size_mib=121)
cloud.kill_task(cloud.service("receipts", "ferryline").tasks[0].arn)
cloud.advance(minutes=5)
print("a task is replaced:", digests())
ecs.update_service(cluster="ferryline", service="receipts", forceNewDeployment=True)
ecs.get_waiter("services_stable").wait(cluster="ferryline", services=["receipts"])
print("deployed anew:     ", digests())

# %% [markdown] id="sec2-digest-seen"
# The tag had moved; the replaced task runs the old bytes all the same. Only a new deployment looks the tag up again. Whoever wants
# it stricter names the digest in the definition (`image@sha256:...`): then the revision says what runs.
# ([AWS: image tag resolution](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html))

# %% [markdown] id="sec2-exam" rests=["F22", "F09", "F15", "T01", "FG1219", "FG1455", "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-shared-model.html", "https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html"]
# ## Exam notes (CLF-C02, SAA-C03, SAP-C02 and DOP-C02)
#
# - **Isolation.** *Asked as:* "no workload may share a kernel with another". *Decides:* Fargate; each task is alone.
# - **Privileged.** *Asked as:* "the agent needs privileged mode". *Decides:* EC2.
# - **Who patches?** *Asked as:* "responsibility for the hosts' operating system". *Decides:* AWS on Fargate; the image stays yours.
# - **Keys in a task.** *Asked as:* "temporary credentials, least privilege, per service". *Decides:* a task role for each definition.
# - **A shell.** *Asked as:* "debug a running task without SSH". *Decides:* ECS Exec: task role with `ssmmessages`, enabled at start.
# - **Moved tag.** *Asked as:* "nobody may replace a released image". *Decides:* immutable tags, or digests.
# - **From group to group.** *Asked as:* "only the application may reach the database". *Decides:* the database's group names the tasks' group.
#
# **Four questions.** Choose, press *Answer*, and read why each option is right or wrong.

# %% id="sec2-question-isolation"
from autograder.exam.question import question

question("tenants-that-share-no-kernel")

# %% id="sec2-question-exec"
question("a-shell-without-ssh")

# %% id="sec2-question-taken"
question("what-a-taken-task-may-do")

# %% id="sec2-question-tag"
question("released-image-was-replaced")

# %% [markdown] id="sec2-real"
# ## On a real account
#
# ```bash
# aws ecs update-service --cluster ferryline --service bookings --enable-execute-command --force-new-deployment
# aws ecs execute-command --cluster ferryline --task $TASK --container app --interactive --command /bin/sh   # needs the Session Manager plugin
# aws ecr put-image-tag-mutability --repository-name receipts --image-tag-mutability IMMUTABLE
# aws ecr describe-image-scan-findings --repository-name receipts --image-id imageTag=1.4
# ```
#
# ```yaml
# ReceiptsRole:
#   Type: AWS::IAM::Role
#   Properties:
#     AssumeRolePolicyDocument:
#       Statement: [{Effect: Allow, Principal: {Service: ecs-tasks.amazonaws.com}, Action: sts:AssumeRole,
#                    Condition: {StringEquals: {aws:SourceAccount: !Ref AWS::AccountId}}}]
#     Policies: [{PolicyName: own, PolicyDocument: {Statement: [{Effect: Allow, Action: s3:PutObject, Resource: !Sub "${Bucket.Arn}/*"}]}}]
# ```
#
# **It would cost** nothing for roles, groups and basic scanning. **Clean up:** stop tasks that were started with `enableExecuteCommand`, and take
# the four actions away from roles that no longer need them.
#
# **The simulator leaves out** what is typed in a session, the findings of a scan, image signatures, and GuardDuty Runtime Monitoring, which adds
# a sidecar of AWS's to watch your tasks from inside.

# %% [markdown] id="sec2-answer"
# ## So what have they got?
#
# **What the task could do, and nothing else.** Not the host, not the other tasks, not the execution role. But everything that the *task role*
# allows, every address that the *security groups* let through, and every secret in the *environment*. You cannot choose whether somebody
# breaks in one day. You choose today how little that is worth.
#
# <!-- go on -->
#
# **Practise:** lab [16 · Lock it down](../labs/16-lock-it-down/16-lock-it-down.ipynb). **Go on:** lesson [17 · Putting it together](17-putting-it-together.ipynb).
#
# <!-- end of go on -->
