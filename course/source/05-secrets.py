# %% [markdown] id="sec-title"
# # 05 · Secrets and configuration
#
# **Mara changed the password an hour ago, and half of Ferryline still logs in with the old one. Why?**
#
# After this lesson you can
#
# - give a program its settings and its secrets without writing any of them into the image,
# - find a password that lies open in a definition, and close it,
# - rotate a secret so that every task has the new value, and prove it.
#
# About 45 minutes. You need lesson [04](04-two-roles.ipynb).

# %% [markdown] id="sec-story"
# `receipts` reads the bookings with a password. In the first version it stood in the program, in the second in the image's
# settings file. Now it is in the task definition, "where only we can see it". Mara has asked you to look whether that is so.

# %% id="sec-open"
import json
import textwrap

import boto3
from botocore.exceptions import ClientError

from simcloud import Cloud, views

cloud = Cloud(seed=5).open()
ecs, ec2, iam, s3, secrets, ssm = (boto3.client(name)
                                   for name in ("ecs", "ec2", "iam", "s3", "secretsmanager", "ssm"))
ecs.create_cluster(clusterName="ferryline")
subnets = ec2.describe_subnets(Filters=[{"Name": "default-for-az", "Values": ["true"]}])["Subnets"]
subnet = min(subnets, key=lambda each: each["AvailabilityZone"])["SubnetId"]


def document(*statements):
    """A policy document as JSON."""
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


trust = {"Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"},
         "Action": "sts:AssumeRole"}
role = iam.create_role(RoleName="receipts-execution",
                       AssumeRolePolicyDocument=document(trust))["Role"]["Arn"]
managed = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
iam.attach_role_policy(RoleName="receipts-execution", PolicyArn=managed)
image = cloud.push_image("receipts", size_mib=150)
image

# %% [markdown] id="sec-plain-text"
# ## What stands in `environment` is read by many
#
# `environment` is the place for settings: a log level, a region, the name of a table. Here it holds a password, too.
# Jon may look at everything in ECS now, and change nothing. **Write down your guess:** does he see it?

# %% id="sec-plain" rows=["P10"]
def receipts(**container):
    """Register `receipts` with these members of its container; the ARN of the revision."""
    made = ecs.register_task_definition(
        family="receipts", requiresCompatibilities=["FARGATE"], networkMode="awsvpc", cpu="256",
        memory="512",
        executionRoleArn=role, containerDefinitions=[{"name": "app", "image": image, **container}],
    )
    return made["taskDefinition"]["taskDefinitionArn"]


receipts(environment=[{"name": "LOG_LEVEL", "value": "info"},
                      {"name": "BOOKINGS_PASSWORD", "value": "seagull-47"}])

iam.create_user(UserName="jon")
look = {"Effect": "Allow", "Action": "ecs:Describe*", "Resource": "*"}
iam.put_user_policy(UserName="jon", PolicyName="look", PolicyDocument=document(look))
key = iam.create_access_key(UserName="jon")["AccessKey"]
jon = boto3.client("ecs", aws_access_key_id=key["AccessKeyId"],
                   aws_secret_access_key=key["SecretAccessKey"])
seen = jon.describe_task_definition(taskDefinition="receipts")["taskDefinition"]
seen["containerDefinitions"][0]["environment"]

# %% [markdown] id="sec-plain-seen"
# He does. A definition is not a vault: whoever may describe it reads it, in the API, in the console, in the pipeline's log.
# And since a revision never changes, the password stays in `receipts:1` forever, also after you have taken it out.
# ([AWS: sensitive data in tasks](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specifying-sensitive-data.html))
#
# So let us write the check that finds it. It looks at every active revision, page by page.

# %% id="sec-check" rows=["P10"]
TELLING = ("PASSWORD", "SECRET", "TOKEN", "API_KEY", "PRIVATE_KEY")


def open_secrets():
    """Every plain value with a telling name, in every ACTIVE revision: (revision, container, name)."""
    for page in ecs.get_paginator("list_task_definitions").paginate(status="ACTIVE"):
        for arn in page["taskDefinitionArns"]:
            found = ecs.describe_task_definition(taskDefinition=arn)["taskDefinition"]
            for container in found["containerDefinitions"]:
                for variable in container.get("environment", []):
                    if any(word in variable["name"].upper() for word in TELLING):
                        yield arn.rsplit("/", 1)[-1], container["name"], variable["name"]


list(open_secrets())

# %% [markdown] id="sec-reference-text"
# ## A reference instead of a value
#
# The value moves into **Secrets Manager**. The definition keeps only its ARN, under `secrets`. At each start Fargate reads
# the value, with the execution role, and gives it to the container as an environment variable. The program does not change.

# %% id="sec-reference" rows=["P10", "F16"]
bookings = secrets.create_secret(Name="bookings",
                                 SecretString=json.dumps({"user": "receipts",
                                                          "password": "seagull-47"}))["ARN"]
read_it = {"Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": bookings}
iam.put_role_policy(RoleName="receipts-execution", PolicyName="bookings",
                    PolicyDocument=document(read_it))
receipts(secrets=[{"name": "BOOKINGS_PASSWORD", "valueFrom": f"{bookings}:password::"}])
ecs.deregister_task_definition(taskDefinition="receipts:1")
print("open secrets:", list(open_secrets()))
seen = jon.describe_task_definition(taskDefinition="receipts")["taskDefinition"]
print(seen["containerDefinitions"][0]["secrets"])

# %% [markdown] id="sec-reference-seen"
# Jon sees an ARN now. (`receipts:1` is only INACTIVE, and can still be described. So a password that once lay open must be changed, too.)
#
# The tail `:password::` picks one key out of the JSON; the two empty places stand for the version stage and
# the version id, and their colons must stay.
#
# What does the *program* see? Here we may look into the container, which on AWS only the program itself can, or a shell
# in the container (ECS Exec, lesson 16).

# %% id="sec-inside" rows=["F16"]
def start(definition="receipts", minutes=2, **more):
    """Run one task; print what the program finds in its environment, or why it did not start."""
    place = {"subnets": [subnet], "assignPublicIp": "ENABLED", **more}
    task = ecs.run_task(cluster="ferryline", taskDefinition=definition, launchType="FARGATE",
                        networkConfiguration={"awsvpcConfiguration": place})["tasks"][0]["taskArn"]
    cloud.advance(minutes=minutes)
    seen = cloud.task(task)
    print(seen.status, seen.containers[0].environment)
    print(textwrap.fill(seen.stopped_reason, 110, break_on_hyphens=False))


start()

# %% [markdown] id="sec-key-text"
# ## Three ways to be wrong
#
# First: a key that is not in the JSON. **Guess:** is it refused at registration, or does the task fail?

# %% id="sec-key" rows=["F16"]
receipts(secrets=[{"name": "BOOKINGS_PASSWORD", "valueFrom": f"{bookings}:passwort::"}])
start()

# %% [markdown] id="sec-name-text"
# Registration does not open the secret. Second: the secret's *name* instead of its ARN. Without an ARN, AWS takes what you
# write for the name of a **parameter** of the Systems Manager Parameter Store (`ssm`), its store for settings: so the role lacks
# another permission now.

# %% id="sec-name" rows=["F16"]
receipts(secrets=[{"name": "BOOKINGS_PASSWORD", "valueFrom": "bookings"}])
start()

# %% [markdown] id="sec-parameter-text"
# Third, with a real parameter. `SecureString` is the encrypted kind; it costs nothing in the standard tier, and is never rotated for you. The
# role gets the permission whose name everybody guesses first: `ssm:GetParameter`. Read AWS's answer letter by letter.

# %% id="sec-parameter" rows=["F16"]
ssm.put_parameter(Name="mail-token", Value="tern-12", Type="SecureString")
parameter = f"arn:aws:ssm:us-east-1:{cloud.account}:parameter/mail-token"


def may(action):
    """Let the execution role do this on the parameter."""
    statement = {"Effect": "Allow", "Action": action, "Resource": parameter}
    iam.put_role_policy(RoleName="receipts-execution", PolicyName="mail",
                        PolicyDocument=document(statement))


may("ssm:GetParameter")
receipts(secrets=[{"name": "MAIL_TOKEN", "valueFrom": "mail-token"}])
start()

# %% id="sec-parameter-right" rows=["F16"]
may("ssm:GetParameters")
start()

# %% [markdown] id="sec-parameter-seen"
# The **plural**: ECS reads all parameters of a task in one call. A parameter in the task's region may be named; from another
# region it takes the ARN.
#
# And a fourth way to be wrong. Both kinds are encrypted, by default under a key of AWS's. The firm that handles the payments wants a key
# of Ferryline's own, kept in KMS, AWS's service for keys. **Guess:** what does the execution role lack now?

# %% id="sec-key-of-ones-own" rows=["F16"]
kms = boto3.client("kms")
key = kms.create_key(Description="secrets of receipts")["KeyMetadata"]["Arn"]
secrets.update_secret(SecretId=bookings, KmsKeyId=key)
receipts(secrets=[{"name": "BOOKINGS_PASSWORD", "valueFrom": f"{bookings}:password::"}])
start()

# %% id="sec-key-allowed" rows=["F16"]
decrypt = {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": key}
iam.put_role_policy(RoleName="receipts-execution", PolicyName="key", PolicyDocument=document(decrypt))
start()

# %% [markdown] id="sec-key-seen"
# A *customer managed* key takes `kms:Decrypt` on that key as well, in the role that reads: the execution role. AWS's own key does not.
# ([AWS: secrets](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html),
# [parameters](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-ssm-paramstore.html))
#
# ## The way to the secret
#
# A permission is not enough: Fargate reads the secret *from the task's subnet*, so there must be a way. Here the security group
# lets nothing out. (The image is a public one, so that nothing else is asked for before the secret.)

# %% id="sec-route" rows=["F16", "T05"]
closed = ec2.create_security_group(GroupName="closed", Description="nothing out",
                                   VpcId=subnets[0]["VpcId"])["GroupId"]
everything = [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]
ec2.revoke_security_group_egress(GroupId=closed, IpPermissions=everything)
receipts(image="public.ecr.aws/nginx/nginx:1.27",
         secrets=[{"name": "BOOKINGS_PASSWORD", "valueFrom": f"{bookings}:password::"}])
start(minutes=7, securityGroups=[closed])

# %% [markdown] id="sec-route-seen"
# Two ways to fail, told apart by the text: *not authorized* is the role, *connection issue* is the network. In a private subnet
# without NAT the way is an endpoint for `secretsmanager` (or `ssm`), with its door open on 443: lesson [03](03-networking.ipynb).
#
# ## Try it yourself
#
# Each choice runs a real start in a copy of this cloud. Find every pair of reference and permission that works.

# %% id="sec-try" rows=["F16", "P10"]
views.try_secret(cloud)

# %% [markdown] id="sec-rotate-text"
# ## Rotation
#
# Now the question from the top. `receipts` is a service with two tasks. The password is changed in Secrets Manager.
#
# **Write down your guess:** when do the running tasks get the new value? At once, within minutes, or not at all?

# %% id="sec-service"
receipts(secrets=[{"name": "BOOKINGS_PASSWORD", "valueFrom": f"{bookings}:password::"}])
place = {"subnets": [subnet], "assignPublicIp": "ENABLED"}
ecs.create_service(cluster="ferryline", serviceName="receipts", taskDefinition="receipts",
                   desiredCount=2,
                   launchType="FARGATE", networkConfiguration={"awsvpcConfiguration": place})
ecs.get_waiter("services_stable").wait(cluster="ferryline", services=["receipts"])


def known():
    """What each task of the service believes the password to be."""
    return {task.id[:8]: task.containers[0].environment["BOOKINGS_PASSWORD"]
            for task in cloud.service("receipts", "ferryline").tasks}


known()

# %% id="sec-rotated" rows=["F16"]
secrets.put_secret_value(SecretId=bookings,
                         SecretString=json.dumps({"user": "receipts", "password": "puffin-90"}))
cloud.advance(hours=1)
print(known())
cloud.kill_task(cloud.service("receipts", "ferryline").tasks[0].arn)
cloud.advance(minutes=5)
print(known())

# %% [markdown] id="sec-rotated-seen"
# Not at all. An environment variable is written once, when the task starts. After an hour both still have the old value. Then one
# task died, and its replacement read the new one. **That is how half a service comes to differ from the other half.**
#
# The cure is to replace the tasks, with the same definition: a *forced deployment*.

# %% id="sec-force" rows=["F16"]
ecs.update_service(cluster="ferryline", service="receipts", forceNewDeployment=True)
ecs.get_waiter("services_stable").wait(cluster="ferryline", services=["receipts"])
known()

# %% [markdown] id="sec-force-seen"
# On a real account a rule does that for you, in EventBridge, which starts something when something else has happened (lesson 11). Between the
# change and the last new task both values are in use: so a good rotation keeps the old password valid until the deployment is done.
# ([AWS: secrets in environment variables](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html))
#
# ## Many settings: a file
#
# Thirty settings that are no secrets can lie in one `.env` file in S3, one `NAME=value` a line. The execution role reads it,
# and needs `s3:GetObject` on the file and `s3:GetBucketLocation` on the bucket.

# %% id="sec-file" rows=["F16"]
s3.create_bucket(Bucket="ferryline-settings")
s3.put_object(Bucket="ferryline-settings", Key="receipts.env", Body=b"CURRENCY=EUR\nLOG_LEVEL=info\n")
file = {"Effect": "Allow", "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::ferryline-settings/receipts.env"}
where = {"Effect": "Allow", "Action": "s3:GetBucketLocation",
         "Resource": "arn:aws:s3:::ferryline-settings"}
iam.put_role_policy(RoleName="receipts-execution", PolicyName="settings",
                    PolicyDocument=document(file, where))
receipts(environmentFiles=[{"type": "s3", "value": "arn:aws:s3:::ferryline-settings/receipts.env"}],
         environment=[{"name": "LOG_LEVEL", "value": "debug"}])
start()

# %% [markdown] id="sec-file-seen"
# `LOG_LEVEL` stands in both: what the definition says in `environment` wins over the file.
# ([AWS: environment files](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/use-environment-file.html))

# %% [markdown] id="sec-exam" rests=["F16", "P10", "T04", "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html", "https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets.html"]
# ## Exam notes (CLF-C02, SAA-C03, SAP-C02 and DOP-C02)
#
# - **Where does it go?** *Asked as:* "credentials must not be in the image or in the code". *Decides:* Secrets Manager or Parameter Store, by `secrets`.
# - **Which of the two?** *Asked as:* "with automatic rotation". *Decides:* Secrets Manager. "At the lowest cost" decides Parameter Store.
# - **Which role?** *Asked as:* "ResourceInitializationError, AccessDenied for the secret". *Decides:* the execution role.
# - **After a rotation.** *Asked as:* "some tasks get authentication errors since the rotation". *Decides:* force a new deployment.
# - **Its own key.** *Asked as:* "the secret uses a customer managed key". *Decides:* `kms:Decrypt` in the execution role.
# - **Encrypted variables.** *Asked as:* "encrypt the environment variables of the definition". Not an option: `environment` is plain text.
#
# **Four questions.** Choose, press *Answer*, and read why each option is right or wrong.

# %% id="sec-question-image"
from autograder.exam.question import question

question("password-found-in-a-definition")

# %% id="sec-question-rotation"
question("old-password-after-rotation")

# %% id="sec-question-plural"
question("parameter-denied-in-the-plural")

# %% id="sec-question-kms"
question("secret-under-a-key-of-ones-own")

# %% [markdown] id="sec-real"
# ## On a real account
#
# ```bash
# aws secretsmanager create-secret --name bookings --secret-string file://bookings.json   # a file, not your shell's history
# aws ecs update-service --cluster ferryline --service receipts --force-new-deployment
# aws ecs wait services-stable --cluster ferryline --services receipts
# ```
#
# ```yaml
# Bookings:
#   Type: AWS::SecretsManager::Secret
#   Properties:
#     Name: bookings
#     GenerateSecretString: {SecretStringTemplate: '{"user": "receipts"}', GenerateStringKey: password, ExcludePunctuation: true}
# Receipts:
#   Type: AWS::ECS::TaskDefinition
#   Properties:
#     Family: receipts
#     ContainerDefinitions:
#       - Name: app
#         Image: !Ref Image
#         Secrets: [{Name: BOOKINGS_PASSWORD, ValueFrom: !Sub "${Bookings}:password::"}]   # the rest as in lesson 02
# ```
#
# **It would cost** 40 cents a month for the secret, and nothing for a standard parameter. **Clean up:** `aws secretsmanager delete-secret`
# keeps the secret for a recovery window of up to 30 days; `aws ssm delete-parameter` does not.
#
# **The simulator leaves out** the rotation itself, which a Lambda function does on a schedule, and the seconds until a changed
# value is everywhere.

# %% [markdown] id="sec-answer"
# ## So why does half of Ferryline use the old one?
#
# Because a secret is read **once, at the start of each task**. Tasks that started before the change keep what they read; tasks
# that started after it have the new value. Nothing is broken, and nothing repairs itself. Replace the tasks.
#
# <!-- go on -->
#
# **Practise:** lab [05 · Secrets and rotation](../labs/05-secrets-and-rotation/05-secrets-and-rotation.ipynb). **Go on:** lesson [06 · Storage](06-storage.ipynb).
#
# <!-- end of go on -->
