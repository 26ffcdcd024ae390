"""Lab 05: right answers by more than one way, plausible wrong ones with what each must be told, and the untouched stub.

Every text is an answer cell. It may use the names that the solutions of the questions before it have left: `revisions`,
`allow`, `definition_of`, `run_with`, `settings`, `password`, `secret`, `held`, `key`, `last_words`, `reference_of`.
"""

from collections.abc import Mapping
from typing import Any

from autograder.author.worked import SOLUTION, Answer, untouched
from autograder.checks.labs.secret_rotation.plan import plan_of

# --- 1. find them

LOOK = """
import re


def variables():
    for name in ecs.list_task_definition_families(status="ACTIVE")["families"]:
        for arn in ecs.list_task_definitions(familyPrefix=name)["taskDefinitionArns"]:
            found = ecs.describe_task_definition(taskDefinition=arn)["taskDefinition"]
            for variable in found["containerDefinitions"][0].get("environment", []):
                yield f"{found['family']}:{found['revision']}", variable["name"], variable["value"]


def bird(value):
    return re.search(r"[a-z]+-[0-9]{4}", value)


"""
FIND_THEM = (
    Answer("as in the solution", SOLUTION),
    Answer(
        "by the form that Ferryline's passwords have, family by family, whole ARNs twice",
        LOOK
        + """
open_secrets = [[revision, name] for revision, name, value in variables() if bird(value)]
open_secrets += [["arn:aws:ecs:us-east-1:123456789012:task-definition/" + revision, name] for revision, name in open_secrets]
""",
    ),
    Answer(
        "whatever has a telling word in its name",
        LOOK
        + """
words = ("PASSWORD", "SECRET", "TOKEN", "KEY", "URL")
open_secrets = [[revision, name] for revision, name, value in variables() if any(word in name for word in words)]
""",
        misses={"none-invented": "could somebody log in with it"},
    ),
    Answer(
        "the newest revision of yours alone",
        LOOK + "open_secrets = [[r, n] for r, n, value in variables() if bird(value) and r != desk.service + ':1']",
        misses={"all-found": "a revision that nothing runs is ACTIVE all the same"},
    ),
    Answer(
        "only what runs",
        LOOK + "open_secrets = [[desk.service + ':2', desk.variable]]",
        misses={"all-found": "not named"},
    ),
    Answer(
        "names of variables alone",
        LOOK + "open_secrets = [name for revision, name, value in variables() if bird(value)]",
        misses={"all-found": "two texts in each entry", "none-invented": "two texts in each entry"},
    ),
    Answer(
        "what stands under secrets as well",
        LOOK
        + """
open_secrets = [[revision, name] for revision, name, value in variables() if bird(value)]
open_secrets += [[service + ":1", "PASSWORD"] for service in desk.sick]
""",
        misses={"none-invented": "PASSWORD of"},
    ),
    Answer(
        "a list that ends too early",
        LOOK + "open_secrets = [[r, n] for r, n, value in variables() if bird(value)][:1]\nrest = open_secrets[1]",
        raises="IndexError",
        misses={"all-found": "not named"},
    ),
    untouched(),
)

# --- 2. close it

TOOLS = """
def definition_of(service):
    running = ecs.describe_services(cluster=desk.cluster, services=[service])["services"][0]["taskDefinition"]
    return ecs.describe_task_definition(taskDefinition=running)["taskDefinition"]


"""
CLOSE = (
    TOOLS
    + """
first = definition_of(desk.service)
container = first["containerDefinitions"][0]
plain = {one["name"]: one["value"] for one in container["environment"]}
arn = secrets.describe_secret(SecretId=desk.secret)["ARN"]
values = json.loads(secrets.get_secret_value(SecretId=desk.secret)["SecretString"])
right = next(name for name, value in values.items() if value == plain[desk.variable])


def statement(action, resource):
    return {"Effect": "Allow", "Action": action, "Resource": resource}


def statements(resource):
    found = [statement("secretsmanager:GetSecretValue", resource)]
    its = secrets.describe_secret(SecretId=desk.secret).get("KmsKeyId")
    if its:
        found.append(statement("kms:Decrypt", kms.describe_key(KeyId=its)["KeyMetadata"]["Arn"]))
    return found


def give(role_arn, *given):
    text = json.dumps({"Version": "2012-10-17", "Statement": list(given)})
    iam.put_role_policy(RoleName=role_arn.split("/")[-1], PolicyName="own", PolicyDocument=text)


def refer(value_from, environment=None, **roles):
    kept = ("family", "requiresCompatibilities", "networkMode", "cpu", "memory", "executionRoleArn", "taskRoleArn")
    new = {
        **container,
        "environment": environment if environment is not None else [{"name": "LOG_LEVEL", "value": "info"}],
        "secrets": [{"name": desk.variable, "valueFrom": value_from}],
    }
    if not value_from:
        del new["secrets"]
    made = ecs.register_task_definition(**{**{name: first[name] for name in kept}, **roles}, containerDefinitions=[new])
    ecs.update_service(cluster=desk.cluster, service=desk.service, taskDefinition=made["taskDefinition"]["taskDefinitionArn"])


def retire(names=None):
    for name in names or {name for name, _ in open_secrets}:
        ecs.deregister_task_definition(taskDefinition=name)


"""
)
DONE = "\nretire()\ndesk.cloud.advance(minutes=10)\n"
WAITS = "judged once the check before it"
CLOSE_IT = (
    Answer("as in the solution", SOLUTION),
    Answer(
        "a managed policy, a stage named, and no waiting",
        CLOSE
        + """
text = json.dumps({"Version": "2012-10-17", "Statement": statements(arn)})
policy = iam.create_policy(PolicyName="reads-one-secret", PolicyDocument=text)["Policy"]["Arn"]
iam.attach_role_policy(RoleName=first["executionRoleArn"].split("/")[-1], PolicyArn=policy)
refer(f"{arn}:{right}:AWSCURRENT:")
retire()
""",
    ),
    Answer(
        "a new execution role of its own, and the others with a reference too",
        CLOSE
        + """
old_role = iam.get_role(RoleName=first["executionRoleArn"].split("/")[-1])["Role"]
trust = json.dumps(old_role["AssumeRolePolicyDocument"])
role = iam.create_role(RoleName="reads-one-secret", AssumeRolePolicyDocument=trust)["Role"]["Arn"]
ready = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
iam.attach_role_policy(RoleName="reads-one-secret", PolicyArn=ready)
give(role, *statements(arn))
refer(f"{arn}:{right}::", executionRoleArn=role)
"""
        + DONE,
    ),
    Answer(
        "the whole JSON in the variable",
        CLOSE + "give(first['executionRoleArn'], *statements(arn))\nrefer(arn)" + DONE,
        misses={"same-value": "ARN, then the JSON key", "no-wider": WAITS, "follows": WAITS},
    ),
    Answer(
        "another key of the JSON",
        CLOSE
        + "give(first['executionRoleArn'], *statements(arn))\n"
        + "refer(f'{arn}:{next(name for name in values if name != right)}::')"
        + DONE,
        misses={"same-value": "holds something else", "no-wider": WAITS, "follows": WAITS},
    ),
    Answer(
        "the permission for the task role",
        CLOSE + "give(first['taskRoleArn'], *statements(arn))\nrefer(f'{arn}:{right}::')" + DONE,
        misses={"same-value": "is not authorized to perform", "no-wider": WAITS, "follows": WAITS},
    ),
    Answer(
        "the permission for both roles",
        CLOSE
        + "give(first['executionRoleArn'], *statements(arn))\ngive(first['taskRoleArn'], *statements(arn))\n"
        + "refer(f'{arn}:{right}::')"
        + DONE,
        misses={"no-wider": "-task may do what the program needs"},
    ),
    Answer(
        "every secret",
        CLOSE + "give(first['executionRoleArn'], *statements('*'))\nrefer(f'{arn}:{right}::')" + DONE,
        misses={"no-wider": "it may secretsmanager:GetSecretValue on"},
    ),
    Answer(
        "a star for the six letters, which covers the neighbour",
        CLOSE + "give(first['executionRoleArn'], *statements(arn[:-6] + '*'))\nrefer(f'{arn}:{right}::')" + DONE,
        misses={"no-wider": "-old-"},
    ),
    Answer(
        "the version of today named",
        CLOSE
        + """
give(first['executionRoleArn'], *statements(arn))
version = secrets.get_secret_value(SecretId=desk.secret)["VersionId"]
refer(f'{arn}:{right}::{version}')
"""
        + DONE,
        misses={"follows": "of which these two stay empty"},
    ),
    Answer(
        "base64 in the environment",
        CLOSE
        + """
import base64
hidden = base64.b64encode(plain[desk.variable].encode()).decode()
refer("", environment=[{"name": desk.variable, "value": hidden}])
"""
        + DONE,
        misses={"by-reference": "is not under secrets", "same-value": WAITS, "no-wider": WAITS, "follows": WAITS},
    ),
    Answer(
        "a new revision, the old ones left",
        CLOSE
        + "give(first['executionRoleArn'], *statements(arn))\nrefer(f'{arn}:{right}::')\ndesk.cloud.advance(minutes=10)",
        misses={"nothing-open": "deregister_task_definition makes it INACTIVE"},
    ),
    Answer(
        "the other families forgotten",
        CLOSE
        + "give(first['executionRoleArn'], *statements(arn))\nrefer(f'{arn}:{right}::')\n"
        + "retire([desk.service + ':1', desk.service + ':2'])",
        misses={"nothing-open": "deregister_task_definition makes it INACTIVE"},
    ),
    Answer(
        "registered, and the service not told",
        CLOSE
        + """
give(first['executionRoleArn'], *statements(arn))
refer(f'{arn}:{right}::')
ecs.update_service(cluster=desk.cluster, service=desk.service, taskDefinition=first["taskDefinitionArn"])
desk.cloud.advance(minutes=10)
"""
        + DONE,
        misses={"by-reference": "the service must be told", "same-value": WAITS, "no-wider": WAITS, "follows": WAITS},
    ),
    Answer(
        "a secret's name in place of its ARN",
        CLOSE + "give(first['executionRoleArn'], *statements(arn))\nrefer(f'{desk.secret}:{right}::')" + DONE,
        raises="ClientError",
        misses={
            "by-reference": "is not under secrets",
            "same-value": WAITS,
            "no-wider": WAITS,
            "follows": WAITS,
            "nothing-open": "deregister_task_definition",
        },
    ),
    untouched(),
)

# --- 3. tell apart

READ = """
def why(service):
    arns = ecs.list_tasks(cluster=desk.cluster, serviceName=service, desiredStatus="STOPPED")["taskArns"]
    return " ".join(one["stoppedReason"] for one in ecs.describe_tasks(cluster=desk.cluster, tasks=arns)["tasks"])


def word(service):
    text = why(service)
    if "did not contain" in text or "can't find" in text:
        return "name"
    if "timeout" in text:
        return "way"
    return "key" if "kms:" in text else "permission"


causes = {service: word(service) for service in desk.sick}
"""
SWAP = """
def swap(one, other):
    return {service: {one: other, other: one}.get(cause, cause) for service, cause in causes.items()}


"""
HINT = "read the stoppedReason"
TELL_APART = (
    Answer("as in the solution", SOLUTION),
    Answer("from every text that there is", READ),
    Answer(
        "from the events of the services",
        READ
        + """
told = ecs.describe_services(cluster=desk.cluster, services=desk.sick)["services"]
assert {one["serviceName"] for one in told} == set(causes)
""",
    ),
    Answer(
        "denied is denied",
        READ + "causes = {s: 'permission' if c == 'key' else c for s, c in causes.items()}",
        misses={"denied-ones": HINT},
    ),
    Answer(
        "no route taken for a wrong name",
        READ + SWAP + "causes = swap('way', 'name')",
        misses={"other-ones": HINT},
    ),
    Answer(
        "all of them are the role",
        "causes = dict.fromkeys(desk.sick, 'permission')",
        misses={"denied-ones": HINT, "other-ones": HINT},
    ),
    Answer(
        "one forgotten, one taken for the network",
        READ + SWAP + "causes = swap('permission', 'way')",
        misses={"denied-ones": HINT, "other-ones": HINT},
    ),
    Answer(
        "the meanings in place of the words",
        READ + "causes = {service: desk.causes[cause] for service, cause in causes.items()}",
        misses={"denied-ones": "the cause for which", "other-ones": "the cause for which"},
    ),
    Answer(
        "a list",
        READ + "causes = list(causes)",
        misses={"denied-ones": "a dict: each service", "other-ones": "a dict: each service"},
    ),
    Answer("looked for among tasks that run", "causes = why(desk.sick[0])", raises="NameError", attempted=False),
    untouched(),
)

# --- 4. mend them

MEND = """
by = {cause: service for service, cause in causes.items()}


def role_of(service, kind="executionRoleArn"):
    return definition_of(service)[kind]


def give(role_arn, action, resource):
    statement = {"Effect": "Allow", "Action": action, "Resource": resource}
    text = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    made = iam.create_policy(PolicyName=role_arn.split("/")[-1] + action.replace(":", "-").replace("*", "x"), PolicyDocument=text)
    iam.attach_role_policy(RoleName=role_arn.split("/")[-1], PolicyArn=made["Policy"]["Arn"])


def named(service):
    return definition_of(service)["containerDefinitions"][0]["secrets"][0]["valueFrom"]


def permission(kind="executionRoleArn", action=None, resource=None):
    service = by["permission"]
    reading = "ssm:GetParameters" if ":ssm:" in named(service) else "secretsmanager:GetSecretValue"
    give(role_of(service, kind), action or reading, resource or named(service))


def key_of(resource=None):
    service = by["key"]
    its = secrets.describe_secret(SecretId=named(service))["KmsKeyId"]
    arn = kms.describe_key(KeyId=its)["KeyMetadata"]["Arn"]
    give(role_of(service), "kms:Decrypt", resource or arn)


def way():
    service = by["way"]
    place = ecs.describe_services(cluster=desk.cluster, services=[service])["services"][0]["networkConfiguration"]
    vpc = ec2.describe_vpcs(Filters=[{"Name": "is-default", "Values": ["true"]}])["Vpcs"][0]["VpcId"]
    group = ec2.create_security_group(GroupName="outwards", Description="outwards", VpcId=vpc)["GroupId"]
    place["awsvpcConfiguration"]["securityGroups"] = [group]
    ecs.update_service(cluster=desk.cluster, service=service, networkConfiguration=place)


def name(**container):
    service = by["name"]
    held = definition_of(service)
    there = secrets.get_secret_value(SecretId=service + "-password")
    value_from = there["ARN"]
    if there["SecretString"].startswith("{"):
        value_from += ":password::"
    kept = ("family", "requiresCompatibilities", "networkMode", "cpu", "memory", "executionRoleArn", "taskRoleArn")
    new = {**held["containerDefinitions"][0], "secrets": [{"name": "PASSWORD", "valueFrom": value_from}], **container}
    ecs.register_task_definition(**{one: held[one] for one in kept}, containerDefinitions=[new])
    ecs.update_service(cluster=desk.cluster, service=service, taskDefinition=service)


"""
MENDED = "desk.cloud.advance(minutes=10)\n"
MEND_THEM = (
    Answer("as in the solution", SOLUTION),
    Answer("managed policies, and a group of its own", MEND + "permission()\nkey_of()\nway()\nname()\n" + MENDED),
    Answer(
        "everything under kms for one key, in one go",
        MEND
        + """
permission()
give(role_of(by["key"]), "kms:Decrypt", kms.describe_key(
    KeyId=secrets.describe_secret(SecretId=by["key"] + "-password")["KmsKeyId"])["KeyMetadata"]["Arn"])
group = ecs.describe_services(cluster=desk.cluster, services=[by["way"]])["services"][0]["networkConfiguration"]
ec2.authorize_security_group_egress(
    GroupId=group["awsvpcConfiguration"]["securityGroups"][0],
    IpPermissions=[{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}],
)
name()
""",
    ),
    Answer(
        "the task role",
        MEND + "permission(kind='taskRoleArn')\nkey_of()\nway()\nname()\n" + MENDED,
        misses={
            "denied-start": "because no identity-based policy allows",
            "mended-no-wider": WAITS,
            "mended-follow": "because no identity-based policy allows",
        },
    ),
    Answer(
        "every secret and parameter",
        MEND + "permission(resource='*')\nkey_of()\nway()\nname()\n" + MENDED,
        misses={"mended-no-wider": "narrow the Action or the Resource"},
    ),
    Answer(
        "every action on the right thing",
        MEND
        + "permission(action=('ssm' if ':ssm:' in named(by['permission']) else 'secretsmanager') + ':*')\n"
        + "key_of()\nway()\nname()\n"
        + MENDED,
        misses={"mended-no-wider": "narrow the Action or the Resource"},
    ),
    Answer(
        "every key",
        MEND
        + """
other = kms.create_key(Description="of somebody else")["KeyMetadata"]["Arn"]
secrets.create_secret(Name="crew", SecretString="x", KmsKeyId=other)
permission()
key_of(resource="*")
way()
name()
"""
        + MENDED,
        misses={"mended-no-wider": "it may kms:Decrypt on"},
    ),
    Answer(
        "the password written into the definition",
        MEND
        + """
permission()
key_of()
way()
plain = secrets.get_secret_value(SecretId=by["name"] + "-password")["SecretString"]
name(secrets=[], environment=[{"name": "PASSWORD", "value": plain}])
"""
        + MENDED,
        misses={"mended-follow": "has its password by reference"},
    ),
    Answer(
        "no way, for the permission was there",
        MEND + "permission()\nkey_of()\ngive(role_of(by['way']), 'secretsmanager:Get*', named(by['way']))\nname()\n",
        misses={"others-start": "i/o timeout", "mended-follow": WAITS},
    ),
    Answer(
        "waited, and nothing done for the wrong name",
        MEND + "permission()\nkey_of()\nway()\n" + MENDED,
        misses={"others-start": "ResourceInitializationError", "mended-follow": WAITS},
    ),
    Answer(
        "a crash after half the work",
        MEND + "permission()\nkey_of()\nby['net']",
        raises="KeyError",
        misses={"others-start": "ResourceInitializationError", "mended-follow": WAITS},
    ),
    untouched(),
)

# --- 5. rotate

ROTATE = """
stable = ecs.get_waiter("services_stable")
arn = secrets.describe_secret(SecretId=desk.secret)["ARN"]
values = json.loads(secrets.get_secret_value(SecretId=desk.secret)["SecretString"])
mine = next(name for name, value in values.items() if value == password)


def put(**changes):
    secrets.put_secret_value(SecretId=desk.secret, SecretString=json.dumps({**values, **changes}))


def named(service):
    return definition_of(service)["containerDefinitions"][0]["secrets"][0]["valueFrom"]


using = [service for service in [desk.service, *desk.others] if arn in named(service)]
following = [service for service in using if named(service).endswith("::")]


def force(services):
    for service in services:
        ecs.update_service(cluster=desk.cluster, service=service, forceNewDeployment=True)
    stable.wait(cluster=desk.cluster, services=services)


def renew(service, value_from):
    held = definition_of(service)
    kept = ("family", "requiresCompatibilities", "networkMode", "cpu", "memory", "executionRoleArn", "taskRoleArn")
    variable = held["containerDefinitions"][0]["secrets"][0]["name"]
    new = {**held["containerDefinitions"][0], "secrets": [{"name": variable, "valueFrom": value_from}]}
    ecs.register_task_definition(**{one: held[one] for one in kept}, containerDefinitions=[new])
    ecs.update_service(cluster=desk.cluster, service=service, taskDefinition=service, forceNewDeployment=True)


def all_of_them(value_from):
    for service in using:
        renew(service, value_from) if service not in following else None
    force(following)
    stable.wait(cluster=desk.cluster, services=using)


"""
NEW = 'put(**{mine: "guillemot-on-the-rock-42"})\n'
ROTATE_IT = (
    Answer("as in the solution", SOLUTION),
    Answer(
        "the definition put right first, a stage named, everybody forced",
        ROTATE
        + 'all_of_them(f"{arn}:{mine}:AWSCURRENT:")\n'
        + 'secrets.update_secret(SecretId=desk.secret, SecretString=json.dumps({**values, mine: "a-razorbill-on-the-rock"}))\n'
        + "force(using)",
    ),
    Answer(
        "every user with a new revision",
        ROTATE + NEW + 'for service in using:\n    renew(service, f"{arn}:{mine}::")\ndesk.cloud.advance(minutes=20)',
    ),
    Answer(
        "a new value, and an hour of waiting",
        ROTATE + NEW + "desk.cloud.advance(hours=1)",
        misses={
            "yours-know": "a running task keeps what it read at its start",
            "all-know": "have another one",
            "next-rotation": WAITS,
            "never-fewer": WAITS,
        },
    ),
    Answer(
        "your own service alone",
        ROTATE + NEW + "force([desk.service])",
        misses={"all-know": "have another one", "next-rotation": WAITS},
    ),
    Answer(
        "everybody forced, the one that names a version too",
        ROTATE + NEW + "force(using)",
        misses={"all-know": "its definition names the version", "next-rotation": WAITS},
    ),
    Answer(
        "everything in the cluster forced",
        ROTATE + NEW + 'all_of_them(f"{arn}:{mine}::")\nforce(desk.others)',
        misses={"left-alone": "read its valueFrom to the end of the name"},
    ),
    Answer(
        "today's version named in place of the old one",
        ROTATE + NEW + 'all_of_them(f"{arn}:{mine}::" + secrets.get_secret_value(SecretId=desk.secret)["VersionId"])',
        misses={"next-rotation": "its definition names the version"},
    ),
    Answer(
        "tasks stopped all at once",
        ROTATE
        + NEW
        + """
for service in using:
    if service not in following:
        renew(service, f"{arn}:{mine}::")
for service in following:
    for task in ecs.list_tasks(cluster=desk.cluster, serviceName=service)["taskArns"]:
        ecs.stop_task(cluster=desk.cluster, task=task)
desk.cloud.advance(minutes=20)
""",
        misses={"never-fewer": "stop_task does not"},
    ),
    Answer(
        "the text in place of the JSON",
        ROTATE
        + 'secrets.put_secret_value(SecretId=desk.secret, SecretString="guillemot-on-the-rock-42")\nvalues["new"]',
        raises="KeyError",
        misses={
            "rotated": "write json.dumps of the dict",
            "yours-know": WAITS,
            "all-know": WAITS,
            "left-alone": WAITS,
            "next-rotation": WAITS,
            "never-fewer": WAITS,
        },
    ),
    Answer(
        "every key of the JSON changed",
        ROTATE + 'put(**dict.fromkeys(values, "guillemot-on-the-rock-42"))\nall_of_them(f"{arn}:{mine}::")',
        misses={
            "rotated": "the other keys as before",
            "yours-know": WAITS,
            "all-know": WAITS,
            "left-alone": WAITS,
            "next-rotation": WAITS,
            "never-fewer": WAITS,
        },
    ),
    Answer(
        "a short one",
        ROTATE + 'put(**{mine: "tern"})\nall_of_them(f"{arn}:{mine}::")',
        misses={
            "rotated": "characters or more",
            "yours-know": WAITS,
            "all-know": WAITS,
            "left-alone": WAITS,
            "next-rotation": WAITS,
            "never-fewer": WAITS,
        },
    ),
    untouched(),
)

ANSWERS = {
    "find-them": FIND_THEM,
    "close-it": CLOSE_IT,
    "tell-apart": TELL_APART,
    "mend-them": MEND_THEM,
    "rotate": ROTATE_IT,
}

# --- one variant's decisions


def decided(variant: Mapping[str, Any]) -> dict[str, str]:
    """What a learner writes who knows this variant: where passwords lie open, under which key, what ails which service."""
    plan = plan_of(variant["ticket"])
    return {
        "find-them": f"open_secrets = {sorted(map(list, plan.open))!r}",
        "close-it": CLOSE.replace(
            "next(name for name, value in values.items() if value == plain[desk.variable])", repr(plan.key)
        )
        + f"password = {plan.value[plan.key]!r}\n"
        + "give(first['executionRoleArn'], *statements(arn))\nrefer(f'{arn}:{right}::')"
        + DONE,
        "tell-apart": f"causes = {dict(plan.causes)!r}",
        "mend-them": MEND + "permission()\nkey_of()\nway()\nname()\n" + MENDED,
        "rotate": ROTATE.replace("next(name for name, value in values.items() if value == password)", repr(plan.key))
        + NEW
        + 'all_of_them(f"{arn}:{mine}::")',
    }


# --- ways to break the world

WRECKS = {
    "the service deleted": "ecs.delete_service(cluster=desk.cluster, service=desk.service, force=True)",
    "the cluster without services": """
for one in (desk.service, *desk.others, *desk.sick):
    ecs.delete_service(cluster=desk.cluster, service=one, force=True)
desk.cloud.advance(hours=2)
""",
    "the secret marked for deletion": "secrets.delete_secret(SecretId=desk.secret)",
    "every secret deleted": """
for one in secrets.list_secrets(MaxResults=100)["SecretList"]:
    secrets.delete_secret(SecretId=one["ARN"], ForceDeleteWithoutRecovery=True)
""",
    "the secret a list": 'secrets.put_secret_value(SecretId=desk.secret, SecretString="[1, 2]")',
    "the secret in bytes": 'secrets.put_secret_value(SecretId=desk.secret, SecretBinary=b"x")',
    "the roles deleted": """
for one in (desk.service, *desk.sick):
    name = one + "-execution"
    for policy in iam.list_role_policies(RoleName=name)["PolicyNames"]:
        iam.delete_role_policy(RoleName=name, PolicyName=policy)
    for policy in iam.list_attached_role_policies(RoleName=name)["AttachedPolicies"]:
        iam.detach_role_policy(RoleName=name, PolicyArn=policy["PolicyArn"])
    iam.delete_role(RoleName=name)
""",
    "definitions with no roles and no secrets": """
for one in (desk.service, *desk.others, *desk.sick):
    ecs.register_task_definition(
        family="bare", requiresCompatibilities=["FARGATE"], networkMode="awsvpc", cpu="256", memory="512",
        containerDefinitions=[{"name": "app", "image": "public.ecr.aws/nginx/nginx:1.27"}],
    )
    ecs.update_service(cluster=desk.cluster, service=one, taskDefinition="bare")
""",
    "a count of none": """
for one in (desk.service, *desk.others, *desk.sick):
    ecs.update_service(cluster=desk.cluster, service=one, desiredCount=0)
""",
}
