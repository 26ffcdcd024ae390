"""Lab 04: right answers by more than one way, plausible wrong ones with what each must be told, and the untouched stub.

Every text is an answer cell. It may use the names that the solutions of the questions before it have left: `denied`,
`definition_of`, `allow`, `document`, `account`, `region`, later `old`, `password`, `group`, `repository`, `called`,
`for_the_start`, `execution`, `task_role`, `ready`.
"""

from collections.abc import Mapping
from typing import Any

from autograder.author.worked import SOLUTION, Answer, untouched
from autograder.checks.labs.two_roles.needs import JOBS
from autograder.checks.labs.two_roles.plan import plan_of

# --- 1. read the denials

BY_EYE = """
import re

denied = {}
for service in desk.sick:
    texts = []
    for status in ("STOPPED", "RUNNING"):
        arns = ecs.list_tasks(cluster=desk.cluster, family=service, desiredStatus=status)["taskArns"]
        for task in ecs.describe_tasks(cluster=desk.cluster, tasks=arns)["tasks"] if arns else []:
            texts.append(task.get("stoppedReason", ""))
    for stream in logs.describe_log_streams(logGroupName=f"/ferryline/{service}")["logStreams"]:
        given = {"logGroupName": f"/ferryline/{service}", "logStreamName": stream["logStreamName"]}
        texts += [event["message"] for event in logs.get_log_events(**given)["events"]]
    found = re.search(r"assumed-role/([^/]+)/.* perform: ([\\w:]+)", " ".join(texts).replace("\\n", " "))
    denied[service] = (found[1], found[2])
"""
READ_THE_DENIALS = (
    Answer("as in the solution", SOLUTION),
    Answer("with a regular expression, as tuples", BY_EYE),
    Answer(
        "role ARNs in place of names",
        BY_EYE
        + "denied = {one: [f'arn:aws:iam::123456789012:role/{role}', what] for one, (role, what) in denied.items()}",
    ),
    Answer(
        "the action without its service",
        BY_EYE + "denied = {one: [role, what.split(':')[1]] for one, (role, what) in denied.items()}",
        misses={"at-start": "as a policy would write it", "in-app": "as a policy would write it"},
    ),
    Answer(
        "the roles of the two changed about",
        BY_EYE
        + """
one, other = desk.sick
denied = {one: [denied[other][0], denied[one][1]], other: [denied[one][0], denied[other][1]]}
""",
        misses={"at-start": "the role that was denied something", "in-app": "the role that was denied something"},
    ),
    Answer(
        "the execution role for both",
        BY_EYE
        + """
for one in desk.sick:
    running = ecs.describe_services(cluster=desk.cluster, services=[one])["services"][0]["taskDefinition"]
    role = ecs.describe_task_definition(taskDefinition=running)["taskDefinition"]["executionRoleArn"]
    denied[one] = [role.split("/")[1], denied[one][1]]
""",
        misses={"in-app": "the role that was denied something"},
    ),
    Answer(
        "the task role for both",
        BY_EYE
        + """
for one in desk.sick:
    running = ecs.describe_services(cluster=desk.cluster, services=[one])["services"][0]["taskDefinition"]
    role = ecs.describe_task_definition(taskDefinition=running)["taskDefinition"]["taskRoleArn"]
    denied[one] = [role.split("/")[1], denied[one][1]]
""",
        misses={"at-start": "the role that was denied something"},
    ),
    Answer(
        "a list in place of a dict",
        BY_EYE + "denied = list(denied.values())",
        misses={"at-start": "write denied = {service: [role, action], ...}", "in-app": "a dict with each service"},
    ),
    Answer(
        "running tasks alone",
        'denied = {one: ecs.list_tasks(cluster=desk.cluster, family=one, launchType="EC2")["taskArns"][0] for one in desk.sick}',
        raises="IndexError",
        attempted=False,
    ),
    untouched(),
)

# --- 2. mend both

RIGHTLY = """
def document(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def allow(action, resource):
    return {"Effect": "Allow", "Action": action, "Resource": resource}


account, region = "123456789012", ecs.meta.region_name


def definition_of(service):
    running = ecs.describe_services(cluster=desk.cluster, services=[service])["services"][0]["taskDefinition"]
    return ecs.describe_task_definition(taskDefinition=running)["taskDefinition"]


def mend(service, action=None, resource=None, role=None):
    name, what = denied[service]
    secret = definition_of(service)["containerDefinitions"][0]["secrets"][0]["valueFrom"]
    about = {
        "ecr:GetAuthorizationToken": "*",
        "ecr:BatchGetImage": f"arn:aws:ecr:{region}:{account}:repository/ferryline/{service}",
        "logs:CreateLogStream": f"arn:aws:logs:{region}:{account}:log-group:/ferryline/{service}:log-stream:*",
        "secretsmanager:GetSecretValue": secret,
        "ssm:GetParameters": secret,
        "s3:PutObject": f"arn:aws:s3:::ferryline-{desk.service}-{desk.ticket[3:].lower()}/{service}/*",
        "sqs:SendMessage": f"arn:aws:sqs:{region}:{account}:{desk.service}-work",
        "sns:Publish": f"arn:aws:sns:{region}:{account}:{desk.service}-news",
    }
    about = next(thing for one, thing in about.items() if one.lower() == what.lower())
    iam.put_role_policy(
        RoleName=role or name,
        PolicyName="mended",
        PolicyDocument=document(allow(action or what, resource or about)),
    )


at_start = next(one for one in desk.sick if denied[one][0] == definition_of(one)["executionRoleArn"].split("/")[1])
in_app = next(one for one in desk.sick if one != at_start)
"""
ANEW = """
for service in desk.sick:
    ecs.update_service(cluster=desk.cluster, service=service, forceNewDeployment=True)
ecs.get_waiter("services_stable").wait(cluster=desk.cluster, services=desk.sick)
"""
MENDED = RIGHTLY + "mend(at_start)\nmend(in_app)\n"
BOTH = MENDED + ANEW
MEND_BOTH = (
    Answer("as in the solution", SOLUTION),
    Answer("the things named one by one", BOTH),
    Answer(
        "the tasks that run stopped by hand, and a quarter of an hour",
        MENDED
        + """
for service in desk.sick:
    for task in ecs.list_tasks(cluster=desk.cluster, serviceName=service)["taskArns"]:
        ecs.stop_task(cluster=desk.cluster, task=task)
desk.cloud.advance(minutes=20)
""",
    ),
    Answer(
        "and nothing begins anew",
        MENDED,
        misses={
            "starts-again": "a new deployment begins at once",
            "works-again": "does not try again",
            "start-no-wider": "judged once the check before it",
            "app-no-wider": "judged once the check before it",
        },
    ),
    Answer(
        "a managed policy of one's own",
        RIGHTLY
        + """
mend(at_start)
mend(in_app)
name = denied[in_app][0]
text = json.dumps(iam.get_role_policy(RoleName=name, PolicyName="mended")["PolicyDocument"])
arn = iam.create_policy(PolicyName="mended", PolicyDocument=text)["Policy"]["Arn"]
iam.delete_role_policy(RoleName=name, PolicyName="mended")
iam.attach_role_policy(RoleName=name, PolicyArn=arn)
"""
        + ANEW,
    ),
    Answer(
        "to the other role of each",
        RIGHTLY
        + """
mend(at_start, role=definition_of(at_start)["taskRoleArn"].split("/")[1])
mend(in_app, role=definition_of(in_app)["executionRoleArn"].split("/")[1])
""",
        misses={
            "starts-again": "is not authorized to perform",
            "works-again": "the program calls with the task role",
            "start-no-wider": "judged once the check before it",
            "app-no-wider": "judged once the check before it",
        },
    ),
    Answer(
        "to both roles of each, to be sure",
        BOTH
        + """
mend(at_start, role=definition_of(at_start)["taskRoleArn"].split("/")[1])
mend(in_app, role=definition_of(in_app)["executionRoleArn"].split("/")[1])
""",
        misses={
            "start-no-wider": "what the program does, and nothing else",
            "app-no-wider": "the start of a task does",
        },
    ),
    Answer(
        "everything, to be done with it",
        RIGHTLY + 'mend(at_start, "*", "*")\nmend(in_app, "*", "*")' + ANEW,
        misses={"start-no-wider": "it may ecr:BatchGetImage on", "app-no-wider": "narrow the Action or the Resource"},
    ),
    Answer(
        "every action of the program's service",
        RIGHTLY + 'mend(at_start)\nmend(in_app, denied[in_app][1].split(":")[0] + ":*")' + ANEW,
        misses={"app-no-wider": "narrow the Action or the Resource"},
    ),
    Answer(
        "the action on a star",
        RIGHTLY + 'mend(at_start)\nmend(in_app, resource="*")' + ANEW,
        misses={"app-no-wider": "narrow the Action or the Resource"},
    ),
    Answer(
        "AWS's ready policy for the one that does not start",
        RIGHTLY
        + """
mend(at_start)
mend(in_app)
ready = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
iam.attach_role_policy(RoleName=denied[at_start][0], PolicyArn=ready)
"""
        + ANEW,
        misses={"start-no-wider": "it may ecr:BatchGetImage on"},
    ),
    Answer(
        "one of the two",
        RIGHTLY + "mend(at_start)" + ANEW,
        misses={"works-again": "denied", "app-no-wider": "judged once the check before it"},
    ),
    Answer(
        "a crash after the first",
        RIGHTLY + "mend(at_start)" + ANEW + 'mend(denied["nobody"])',
        raises="KeyError",
        misses={"works-again": "denied", "app-no-wider": "judged once the check before it"},
    ),
    untouched(),
)

# --- 3. split the role

LOOK = """
old = definition_of(desk.service)
container = old["containerDefinitions"][0]
group = container["logConfiguration"]["options"]["awslogs-group"]
password = container["secrets"][0]["valueFrom"]
repository = container["image"].split("/", 1)[1].split(":")[0]
ready = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
trust = document({"Effect": "Allow", "Principal": {"Service": ["ecs-tasks.amazonaws.com"]}, "Action": ["sts:AssumeRole"]})
called = {}
for task in ecs.list_tasks(cluster=desk.cluster, serviceName=desk.service)["taskArns"]:
    stream = f"app/app/{task.split('/')[-1]}"
    for event in logs.get_log_events(logGroupName=group, logStreamName=stream)["events"]:
        if event["message"].endswith(": ok"):
            name, _, rest = event["message"].partition(" on ")
            called[name] = rest.removesuffix(": ok")


def role(name, trust=trust):
    return iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust)["Role"]["Arn"]


def may(role_arn, *statements, name=None):
    role = role_arn.split("/")[-1]
    iam.put_role_policy(RoleName=role, PolicyName=name or role, PolicyDocument=document(*statements))


def password_statements():
    if ":ssm:" in password:
        return [allow("ssm:GetParameters", password)]
    key = boto3.client("secretsmanager").describe_secret(SecretId=password).get("KmsKeyId")
    decrypt = [allow("kms:Decrypt", f"arn:aws:kms:{region}:{account}:key/{key.split('/')[-1]}")] if key else []
    return [allow("secretsmanager:GetSecretValue", password), *decrypt]


def start_statements():
    return [
        *password_statements(),
        allow("ecr:GetAuthorizationToken", "*"),
        allow(
            ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
            f"arn:aws:ecr:{region}:{account}:repository/{repository}",
        ),
        allow(
            ["logs:CreateLogStream", "logs:PutLogEvents"],
            f"arn:aws:logs:{region}:{account}:log-group:{group}:log-stream:*",
        ),
    ]


def program_statements(depth=2):
    for name, resource in called.items():
        service = resource.split(":")[2]
        if service == "s3":
            resource = "/".join(resource.split("/")[:depth]) + "/*"
        yield allow(f"{service}:{name}", resource)


def run_with(execution, task, **changes):
    members = ("family", "requiresCompatibilities", "networkMode", "cpu", "memory", "containerDefinitions")
    given = {**{member: old[member] for member in members}, **changes}
    new = ecs.register_task_definition(executionRoleArn=execution, taskRoleArn=task, **given)["taskDefinition"]
    ecs.update_service(cluster=desk.cluster, service=desk.service, taskDefinition=new["taskDefinitionArn"])
    ecs.get_waiter("services_stable").wait(cluster=desk.cluster, services=[desk.service])
"""
NARROW_AT_ONCE = (
    LOOK
    + """
execution, task_role = role("one"), role("two")
may(execution, *start_statements())
may(task_role, *program_statements())
run_with(execution, task_role)
for_the_start = []
"""
)
READY_POLICY = (
    LOOK
    + """
execution, task_role = role("starts-it"), role("is-it")
iam.attach_role_policy(RoleName="starts-it", PolicyArn=ready)
may(execution, *password_statements())
may(task_role, *program_statements(depth=1))
run_with(execution, task_role)
"""
)
NOT_THERE = {
    "two-roles": "two different roles, both new",
    "starts": "judged once the check before it",
    "works": "judged once the check before it",
    "works-tomorrow": "judged once the check before it",
}
SPLIT_THE_ROLE = (
    Answer("as in the solution", SOLUTION),
    Answer("narrow at once", NARROW_AT_ONCE),
    Answer("AWS's ready policy, and the whole bucket", READY_POLICY),
    Answer(
        "one new role for both",
        LOOK
        + """
execution = task_role = role("both")
may(execution, *start_statements(), *program_statements())
run_with(execution, execution)
""",
        misses={**NOT_THERE, "two-roles": "one role for both is what the auditor sent back"},
    ),
    Answer(
        "two roles and no new revision",
        LOOK
        + """
execution, task_role = role("one"), role("two")
may(execution, *start_statements())
may(task_role, *program_statements())
""",
        misses={**NOT_THERE, "two-roles": "one role for both is what"},
    ),
    Answer(
        "the old role stays the program's",
        LOOK
        + """
execution = role("one")
may(execution, *start_statements())
run_with(execution, old["taskRoleArn"])
""",
        misses={**NOT_THERE, "two-roles": "is the old one"},
    ),
    Answer(
        "the two changed about",
        LOOK
        + """
execution, task_role = role("one"), role("two")
may(execution, *start_statements())
may(task_role, *program_statements())
members = ("family", "requiresCompatibilities", "networkMode", "cpu", "memory", "containerDefinitions")
new = ecs.register_task_definition(
    executionRoleArn=task_role, taskRoleArn=execution, **{member: old[member] for member in members}
)["taskDefinition"]["taskDefinitionArn"]
ecs.update_service(cluster=desk.cluster, service=desk.service, taskDefinition=new)
desk.cloud.advance(minutes=10)
""",
        misses={
            "starts": "is not authorized to perform: ",
            "works": "judged once the check before it",
            "works-tomorrow": "judged once the check before it",
        },
    ),
    Answer(
        "the password given to the program's role",
        LOOK
        + """
execution, task_role = role("one"), role("two")
iam.attach_role_policy(RoleName="one", PolicyArn=ready)
may(task_role, *program_statements(), *password_statements())
members = ("family", "requiresCompatibilities", "networkMode", "cpu", "memory", "containerDefinitions")
new = ecs.register_task_definition(
    executionRoleArn=execution, taskRoleArn=task_role, **{member: old[member] for member in members}
)["taskDefinition"]["taskDefinitionArn"]
ecs.update_service(cluster=desk.cluster, service=desk.service, taskDefinition=new)
desk.cloud.advance(minutes=10)
""",
        misses={
            "starts": "unable to pull secrets",
            "works": "judged once the check before it",
            "works-tomorrow": "judged once the check before it",
        },
    ),
    Answer(
        "the one object of the log in place of the folder",
        LOOK
        + """
execution, task_role = role("one"), role("two")
may(execution, *start_statements())
may(task_role, *(allow(f"{thing.split(':')[2]}:{name}", thing) for name, thing in called.items()))
run_with(execution, task_role)
""",
        misses={"works-tomorrow": "2027/another/document.pdf"},
    ),
    Answer(
        "the password written into the definition",
        LOOK
        + """
execution, task_role = role("one"), role("two")
may(execution, *start_statements())
may(task_role, *program_statements())
plain = {key: value for key, value in container.items() if key != "secrets"}
run_with(
    execution,
    task_role,
    containerDefinitions=[{**plain, "environment": [{"name": "BOOKINGS_PASSWORD", "value": "seagull-47"}]}],
)
""",
        misses={"works-tomorrow": "keep the password under `secrets`"},
    ),
    Answer(
        "the program is forgotten",
        LOOK
        + """
execution, task_role = role("one"), role("two")
may(execution, *start_statements())
run_with(execution, task_role)
""",
        misses={"works": "denied", "works-tomorrow": "judged once the check before it"},
    ),
    Answer(
        "a crash before the service is told",
        LOOK + 'execution, task_role = role("one"), role("one")',
        raises="ClientError",
        misses={**NOT_THERE, "two-roles": "one role for both is what"},
    ),
    untouched(),
)

# --- 4. keep it narrow

TOOLS = """
def may(role_arn, *statements, name=None):
    role = role_arn.split("/")[-1]
    iam.put_role_policy(RoleName=role, PolicyName=name or role, PolicyDocument=document(*statements))


def start(image=None, log=None, secret=None):
    image = image or f"arn:aws:ecr:{region}:{account}:repository/{repository}"
    log = log or f"arn:aws:logs:{region}:{account}:log-group:{group}:*"
    return [
        *([allow(for_the_start[0]["Action"], secret), *for_the_start[1:]] if secret else for_the_start),
        allow("ecr:GetAuthorizationToken", "*"),
        allow(["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:BatchCheckLayerAvailability"], image),
        allow(["logs:CreateLogStream", "logs:PutLogEvents"], log),
    ]


def program(tail="/*", action=None):
    for name, resource in called.items():
        service = resource.split(":")[2]
        thing = "/".join(resource.split("/")[:2]) + tail if service == "s3" else resource
        yield allow(f"{service}:{action or name}", thing)


may(execution, *start())
may(task_role, *program())
iam.detach_role_policy(RoleName=execution.split("/")[-1], PolicyArn=ready)
"""
KEEP_IT_NARROW = (
    Answer("as in the solution", SOLUTION),
    Answer("the same in other words", TOOLS),
    Answer(
        "a boundary in place of a narrow policy",
        """
def bounded(role_arn, *statements):
    arn = iam.create_policy(PolicyName=role_arn.split("/")[-1], PolicyDocument=document(*statements))["Policy"]["Arn"]
    iam.put_role_permissions_boundary(RoleName=role_arn.split("/")[-1], PermissionsBoundary=arn)
"""
        + TOOLS.replace("may(execution,", "bounded(execution,")
        .replace("may(task_role,", "bounded(task_role,")
        .replace('iam.detach_role_policy(RoleName=execution.split("/")[-1], PolicyArn=ready)\n', ""),
    ),
    Answer(
        "AWS's ready policy left on",
        TOOLS + 'iam.attach_role_policy(RoleName=execution.split("/")[-1], PolicyArn=ready)',
        misses={
            "execution-narrow": "it may ecr:BatchGetImage on",
            "execution-narrower": "-admin",
        },
    ),
    Answer(
        "every secret",
        TOOLS
        + """
kind = "parameter/*" if ":ssm:" in password else "secret:*"
may(execution, *start(secret=":".join(password.split(":")[:5]) + ":" + kind))
""",
        misses={"execution-narrow": "-bookings", "execution-narrower": "-bookings-old"},
    ),
    Answer(
        "stars behind the names",
        TOOLS
        + """
may(
    execution,
    *start(
        image=f"arn:aws:ecr:{region}:{account}:repository/{repository}*",
        log=f"arn:aws:logs:{region}:{account}:log-group:{group}*",
    ),
)
may(task_role, *program(tail="*"))
""",
        misses={"execution-narrower": "-admin", "task-narrower": "-old/1.pdf"},
    ),
    Answer(
        "the whole bucket",
        TOOLS
        + """
whole = [one for one in program() if ":s3:" not in one["Resource"]]
bucket = next(resource for resource in called.values() if ":s3:" in resource).split("/")[0]
may(task_role, *whole, allow(next(name for name in called if "Object" in name).join(("s3:", "")), f"{bucket}/*"))
""",
        misses={"task-narrow": "contracts/1.pdf", "task-narrower": "-old/1.pdf"},
    ),
    Answer(
        "streams, and no lines",
        TOOLS.replace('["logs:CreateLogStream", "logs:PutLogEvents"]', '"logs:CreateLogStream"'),
        misses={"execution-narrower": "it may not logs:PutLogEvents"},
    ),
    Answer(
        "today's document alone",
        TOOLS + "may(task_role, *(allow(f\"{thing.split(':')[2]}:{name}\", thing) for name, thing in called.items()))",
        misses={"task-narrower": "another/document.pdf"},
    ),
    Answer(
        "every action on the right things",
        TOOLS + 'may(task_role, *program(action="*"))',
        misses={"task-narrower": "narrow the Action or the Resource"},
    ),
    Answer(
        "the program may read the password as well",
        TOOLS + 'may(task_role, *for_the_start, name="password")',
        misses={"task-narrow": "the program never asks for that"},
    ),
    Answer(
        "a person may assume the role, to try it out",
        TOOLS
        + """
trust = document(
    {"Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"}, "Action": "sts:AssumeRole"},
    {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{account}:root"}, "Action": "sts:AssumeRole"},
)
iam.update_assume_role_policy(RoleName=task_role.split("/")[-1], PolicyDocument=trust)
""",
        misses={"trust": "you, a person, may assume it"},
    ),
    Answer(
        "EC2 may assume the role as well, as an instance profile",
        TOOLS
        + """
both = {"Service": ["ecs-tasks.amazonaws.com", "ec2.amazonaws.com"]}
trust = document({"Effect": "Allow", "Principal": both, "Action": "sts:AssumeRole"})
iam.update_assume_role_policy(RoleName=execution.split("/")[-1], PolicyDocument=trust)
""",
        misses={"trust": "ec2.amazonaws.com may assume it"},
    ),
    Answer("a crash behind the work", TOOLS + "print(called[0])", raises="KeyError"),
    untouched(),
)

# --- 5. hand over

DEPLOYS = """
def only(*statements):
    for name in iam.list_user_policies(UserName=desk.deployer)["PolicyNames"]:
        iam.delete_user_policy(UserName=desk.deployer, PolicyName=name)
    iam.put_user_policy(UserName=desk.deployer, PolicyName="only", PolicyDocument=document(*statements))


mine = f"arn:aws:ecs:{region}:{account}:service/{desk.cluster}/{desk.service}"
register, update = allow("ecs:RegisterTaskDefinition", "*"), allow(["ecs:UpdateService", "ecs:DescribeServices"], mine)
to_tasks = {"StringEquals": {"iam:PassedToService": "ecs-tasks.amazonaws.com"}}
handing = {**allow("iam:PassRole", [execution, task_role]), "Condition": to_tasks}
"""
HAND_OVER = (
    Answer("as in the solution", SOLUTION),
    Answer(
        "a managed policy, and looking allowed",
        DEPLOYS
        + """
only(allow(["ecs:Describe*", "ecs:List*"], "*"))
text = document(register, update, handing)
arn = iam.create_policy(PolicyName="deploys-one-service", PolicyDocument=text)["Policy"]["Arn"]
iam.attach_user_policy(UserName=desk.deployer, PolicyArn=arn)
""",
    ),
    Answer(
        "PassRole on a star, to tasks",
        DEPLOYS + 'only(register, update, {**handing, "Resource": "*"})',
        misses={
            "passes-only": "AWS lets it happen",
            "deploys": "judged once the check before it",
            "not-elsewhere": "judged once the check before it",
        },
    ),
    Answer(
        "no PassRole",
        DEPLOYS + "only(register, update)",
        misses={"deploys": "is not authorized to perform: iam:PassRole", "not-elsewhere": "judged once"},
    ),
    Answer(
        "PassRole on the task role alone",
        DEPLOYS + 'only(register, update, {**handing, "Resource": task_role})',
        misses={"deploys": "is not authorized to perform: iam:PassRole", "not-elsewhere": "judged once"},
    ),
    Answer(
        "PassRole to every service",
        DEPLOYS + 'only(register, update, allow("iam:PassRole", [execution, task_role]))',
        misses={"not-elsewhere": "add the condition iam:PassedToService"},
    ),
    Answer(
        "to ECS in place of its tasks",
        DEPLOYS
        + 'only(register, update, {**handing, "Condition": {"StringEquals": {"iam:PassedToService": "ecs.amazonaws.com"}}})',
        misses={"deploys": "is not authorized to perform: iam:PassRole", "not-elsewhere": "judged once"},
    ),
    Answer(
        "blindly",
        DEPLOYS + 'only(register, allow("ecs:UpdateService", mine), handing)',
        misses={"deploys": "to perform: ecs:DescribeServices", "not-elsewhere": "judged once"},
    ),
    Answer(
        "every service of the cluster",
        DEPLOYS + 'only(register, allow(["ecs:UpdateService", "ecs:DescribeServices"], "*"), handing)',
        misses={"not-elsewhere": "name the actions one by one"},
    ),
    Answer(
        "everything in ECS, and two roles",
        DEPLOYS + 'only(allow("ecs:*", "*"), handing)',
        misses={"not-elsewhere": "name the actions one by one"},
    ),
    Answer(
        "a policy beside the old one",
        DEPLOYS
        + """
text = document(register, update, handing)
iam.put_user_policy(UserName=desk.deployer, PolicyName="deploys-one-service", PolicyDocument=text)
""",
        misses={
            "passes-only": "AWS lets it happen",
            "deploys": "judged once the check before it",
            "not-elsewhere": "judged once the check before it",
        },
    ),
    Answer(
        "a crash after half the work",
        DEPLOYS + "only(register, update)\nonly(register, update, hand)",
        raises="NameError",
        misses={"deploys": "is not authorized to perform: iam:PassRole", "not-elsewhere": "judged once"},
    ),
    untouched(),
)

# --- 6. retire it

AWAY = """
name = old["executionRoleArn"].split("/")[-1]


def let_go():
    for page in ecs.get_paginator("list_task_definitions").paginate(status="ACTIVE"):
        for arn in page["taskDefinitionArns"]:
            held = ecs.describe_task_definition(taskDefinition=arn)["taskDefinition"]
            if old["executionRoleArn"] in (held.get("executionRoleArn"), held.get("taskRoleArn")):
                ecs.deregister_task_definition(taskDefinition=arn)


def strip():
    for policy in iam.list_role_policies(RoleName=name)["PolicyNames"]:
        iam.delete_role_policy(RoleName=name, PolicyName=policy)
"""
RETIRE_IT = (
    Answer("as in the solution", SOLUTION),
    Answer("without its policies, for the record", AWAY + "let_go()\nstrip()"),
    Answer(
        "denied everything",
        AWAY
        + """
let_go()
nothing = document({"Effect": "Deny", "Action": "*", "Resource": "*"})
iam.put_role_policy(RoleName=name, PolicyName="nothing", PolicyDocument=nothing)
""",
    ),
    Answer(
        "the role deleted, the old revision left",
        AWAY + "strip()\niam.delete_role(RoleName=name)",
        misses={"gone": "deregister_task_definition makes a revision INACTIVE", "lives-on": "judged once"},
    ),
    Answer(
        "the revision alone",
        AWAY + "let_go()",
        misses={"gone": "take its policies off", "lives-on": "judged once"},
    ),
    Answer(
        "the trust taken, the power left",
        AWAY
        + """
let_go()
nobody = document({"Effect": "Allow", "Principal": {"Service": "batch.amazonaws.com"}, "Action": "sts:AssumeRole"})
iam.update_assume_role_policy(RoleName=name, PolicyDocument=nobody)
""",
        misses={"gone": "take its policies off", "lives-on": "judged once"},
    ),
    Answer(
        "the new roles go with it",
        AWAY
        + """
let_go()
strip()
iam.delete_role(RoleName=name)
gone = execution.split("/")[-1]
for policy in iam.list_role_policies(RoleName=gone)["PolicyNames"]:
    iam.delete_role_policy(RoleName=gone, PolicyName=policy)
""",
        misses={"lives-on": "running tasks, one of them new"},
    ),
    Answer(
        "the service stopped",
        AWAY
        + """
let_go()
strip()
ecs.update_service(cluster=desk.cluster, service=desk.service, desiredCount=0)
desk.cloud.advance(minutes=5)
""",
        misses={"lives-on": "running tasks of"},
    ),
    Answer(
        "a role that is deleted with its policies on it",
        AWAY + "let_go()\niam.delete_role(RoleName=name)",
        raises="ClientError",
        misses={"gone": "take its policies off", "lives-on": "judged once"},
    ),
    untouched(),
)

ANSWERS = {
    "read-the-denials": READ_THE_DENIALS,
    "mend-both": MEND_BOTH,
    "split-the-role": SPLIT_THE_ROLE,
    "keep-it-narrow": KEEP_IT_NARROW,
    "hand-over": HAND_OVER,
    "retire-it": RETIRE_IT,
}

# --- one variant's decisions


def decided(variant: Mapping[str, Any]) -> dict[str, str]:
    """What a learner writes who knows this variant: who is denied what, where the password is, what the program does."""
    plan = plan_of(variant["ticket"])
    action = {
        "token": "ecr:GetAuthorizationToken",
        "image": "ecr:BatchGetImage",
        "secret": "secretsmanager:GetSecretValue",
        "parameter": "ssm:GetParameters",
        "log": "logs:CreateLogStream",
    }[plan.at_start]
    first, second = (0, 1) if plan.first_fails_at_start else (1, 0)
    names = [
        f"execution_of = definition_of(desk.sick[{first}])['executionRoleArn'].split('/')[1]",
        f"task_of = definition_of(desk.sick[{second}])['taskRoleArn'].split('/')[1]",
        f"denied = {{desk.sick[{first}]: [execution_of, {action!r}], desk.sick[{second}]: [task_of, {plan.in_app!r}]}}",
    ]
    look = RIGHTLY[RIGHTLY.index("account, region") : RIGHTLY.index("def mend")]
    reads = {
        "secret": "[allow('secretsmanager:GetSecretValue', password)]",
        "secret with a key": "[allow('secretsmanager:GetSecretValue', password), allow('kms:Decrypt', "
        "boto3.client('kms').describe_key(KeyId=boto3.client('secretsmanager').describe_secret(SecretId=password)"
        "['KmsKeyId'])['KeyMetadata']['Arn'])]",
        "parameter": "[allow('ssm:GetParameters', password)]",
    }[plan.store]
    calls = [f"allow({action!r}, bucket + '/' + folder + '/*')" for action in JOBS[plan.files]]
    thing = {"announces": f"f'arn:aws:sns:{{region}}:{{account}}:{plan.topic}'"}.get(
        plan.messages, f"f'arn:aws:sqs:{{region}}:{{account}}:{plan.queue}'"
    )
    calls += [f"allow({action!r}, {thing})" for action in JOBS[plan.messages]]
    split = f"""
bucket = next(resource for resource in called.values() if ":s3:" in resource).split("/")[0]
folder = {plan.prefix!r}
execution, task_role = role("one"), role("two")
may(execution, *{reads}, *start_statements()[len(password_statements()):])
may(task_role, {", ".join(calls)})
run_with(execution, task_role)
"""
    return {
        "read-the-denials": look + "\n".join(names),
        "mend-both": BOTH,
        "split-the-role": LOOK + split,
        "keep-it-narrow": "print('narrow from the start')",
        "hand-over": DEPLOYS + "only(register, update, handing)",
        "retire-it": AWAY + "let_go()\nstrip()\niam.delete_role(RoleName=name)",
    }


# --- ways to break the world

WRECKS = {
    "the service deleted": "ecs.delete_service(cluster=desk.cluster, service=desk.service, force=True)",
    "the cluster without services": """
for one in (desk.service, *desk.sick):
    ecs.delete_service(cluster=desk.cluster, service=one, force=True)
desk.cloud.advance(hours=2)
""",
    "the new roles deleted": """
for one in (execution, task_role):
    name = one.split("/")[-1]
    for policy in iam.list_role_policies(RoleName=name)["PolicyNames"]:
        iam.delete_role_policy(RoleName=name, PolicyName=policy)
    for policy in iam.list_attached_role_policies(RoleName=name)["AttachedPolicies"]:
        iam.detach_role_policy(RoleName=name, PolicyArn=policy["PolicyArn"])
    iam.delete_role(RoleName=name)
""",
    "the colleague deleted": """
for policy in iam.list_user_policies(UserName=desk.deployer)["PolicyNames"]:
    iam.delete_user_policy(UserName=desk.deployer, PolicyName=policy)
for key in iam.list_access_keys(UserName=desk.deployer)["AccessKeyMetadata"]:
    iam.delete_access_key(UserName=desk.deployer, AccessKeyId=key["AccessKeyId"])
iam.delete_user(UserName=desk.deployer)
""",
    "the password deleted": """
if ":ssm:" in password:
    boto3.client("ssm").delete_parameter(Name=password.split("/")[-1])
else:
    boto3.client("secretsmanager").delete_secret(SecretId=password, ForceDeleteWithoutRecovery=True)
""",
    "the log group deleted": "logs.delete_log_group(logGroupName=group)",
    "the repository deleted": 'boto3.client("ecr").delete_repository(repositoryName=repository, force=True)',
    "policies that say nothing": """
for one in (execution, task_role):
    iam.put_role_policy(RoleName=one.split("/")[-1], PolicyName=one.split("/")[-1], PolicyDocument=document(allow("s3:GetObject", "arn:aws:s3:::nothing/*")))
""",
    "a definition with no roles": """
ecs.register_task_definition(
    family="bare", requiresCompatibilities=["FARGATE"], networkMode="awsvpc", cpu="256", memory="512",
    containerDefinitions=[{"name": "app", "image": "public.ecr.aws/nginx/nginx:1.27"}],
)
ecs.update_service(cluster=desk.cluster, service=desk.service, taskDefinition="bare")
""",
}
