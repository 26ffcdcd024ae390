"""Lab 16: right answers by more than one way, plausible wrong ones with what each must be told, and the untouched stub.

Every text is an answer cell. It may use the names that the solutions of the questions before it have left: `tasks_of`, `detail`,
`document`, `allow`, `running`, `held`, `task_role`, `execution_role`, `group_of`, `rule`, `mine`, `database`, `payroll`.
"""

from collections.abc import Mapping
from typing import Any

from autograder.author.worked import SOLUTION, Answer, untouched
from autograder.checks.labs.taken_task.plan import plan_of


def waiting(*checks: str) -> dict[str, str]:
    """Checks that wait for one that failed."""
    return dict.fromkeys(checks, "judged once the check before it")


# --- 1. see the reach

SEE = """
def found(service):
    arns = ecs.list_tasks(cluster=desk.cluster, serviceName=service)["taskArns"]
    for task in ecs.describe_tasks(cluster=desk.cluster, tasks=arns)["tasks"]:
        yield task["taskArn"], {each["name"]: each["value"] for each in task["attachments"][0]["details"]}


tasks = list(found(desk.front))
somebody = desk.cloud.inside(tasks[-1][0])
reach = {}
for name, (what, where) in desk.targets.items():
    if ":" in what:
        reach[name] = bool(somebody.call(what, where).allowed)
    elif what[0].isdigit() or "." in what:
        reach[name] = bool(somebody.reach(what, where).open)
    else:
        reach[name] = any(somebody.reach(details["privateIPv4Address"], where).open for _, details in found(what))
interfaces = [details["networkInterfaceId"] for _, details in tasks]
"""
SEE_THE_REACH = (
    Answer("as in the solution", SOLUTION),
    Answer("from the other task", SEE),
    Answer("the interfaces in another order", SEE + "interfaces.reverse()"),
    Answer(
        "a task that was taken over can do everything",
        SEE + "reach = dict.fromkeys(desk.targets, True)",
        misses={"reach": "a call asks the task role"},
    ),
    Answer(
        "a kernel of its own stops everything",
        SEE + "reach = dict.fromkeys(desk.targets, False)",
        misses={"reach": "two security groups"},
    ),
    Answer(
        "keys of an instance, as on EC2",
        SEE + "reach['instance keys'] = True",
        misses={"reach": "whether instance keys works"},
    ),
    Answer(
        "words in place of True and False",
        SEE + "reach['database'] = 'works'",
        misses={"reach": "True or False for database"},
    ),
    Answer(
        "one interface for the service",
        SEE + "interfaces = interfaces[:1]",
        misses={"interfaces": "each task has one of its own"},
    ),
    Answer(
        "addresses in place of interfaces",
        SEE + "interfaces = [details['privateIPv4Address'] for _, details in tasks]",
        misses={"interfaces": "networkInterfaceId in the attachments"},
    ),
    Answer("a crash before anything", "reach = desk.cloud.inside('nobody')", raises="LookupError", attempted=False),
    untouched(),
)

# --- 2. least privilege

GRANT = """
def document(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def allow(action, resource):
    return {"Effect": "Allow", "Action": action, "Resource": resource}


running = ecs.describe_services(cluster=desk.cluster, services=[desk.front])["services"][0]["taskDefinition"]
held = ecs.describe_task_definition(taskDefinition=running)["taskDefinition"]
task_role, execution_role = held["taskRoleArn"].split("/")[-1], held["executionRoleArn"].split("/")[-1]


def strip():
    for name in iam.list_role_policies(RoleName=task_role)["PolicyNames"]:
        iam.delete_role_policy(RoleName=task_role, PolicyName=name)


def statements(objects=f"arn:aws:s3:::{desk.folder}*", s3=None):
    for action, thing in desk.program:
        is_s3 = action.startswith("s3:")
        yield allow((s3 or action) if is_s3 else action, objects if is_s3 else thing)


def may(*which):
    iam.put_role_policy(RoleName=task_role, PolicyName="narrow", PolicyDocument=document(*which))


"""
LEAST_PRIVILEGE = (
    Answer("as in the solution", SOLUTION),
    Answer(
        "a managed policy",
        GRANT
        + """
strip()
made = iam.create_policy(PolicyName="front", PolicyDocument=document(*statements()))["Policy"]["Arn"]
iam.attach_role_policy(RoleName=task_role, PolicyArn=made)
""",
    ),
    Answer(
        "a boundary around the wide policy",
        GRANT
        + """
made = iam.create_policy(PolicyName="front", PolicyDocument=document(*statements()))["Policy"]["Arn"]
iam.put_role_permissions_boundary(RoleName=task_role, PermissionsBoundary=made)
""",
    ),
    Answer(
        "the whole bucket",
        GRANT + 'strip()\nmay(*statements("arn:aws:s3:::" + desk.folder.split("/")[0] + "/*"))',
        misses={"no-more": "contracts/1.pdf works", "no-look-alikes": "-old/1.pdf works"},
    ),
    Answer(
        "a star behind the name of the folder",
        GRANT + 'strip()\nmay(*statements("arn:aws:s3:::" + desk.folder.rstrip("/") + "*"))',
        misses={"no-look-alikes": "-old/1.pdf works"},
    ),
    Answer(
        "every action on the folder",
        GRANT + 'strip()\nmay(*statements(s3="s3:*"))',
        misses={"no-more": "narrow the Action or the Resource"},
    ),
    Answer(
        "a narrow policy beside the wide one",
        GRANT + "may(*statements())",
        misses={"no-more": "works", "no-look-alikes": "works"},
    ),
    Answer(
        "the document of desk.program alone",
        GRANT + 'strip()\nmay(*(allow(action, thing) for action, thing in desk.program))',
        misses={"other-documents": "it is denied"},
    ),
    Answer(
        "nothing at all",
        GRANT + "strip()",
        misses={"works": "it is denied", **waiting("no-more", "other-documents", "no-look-alikes")},
    ),
    Answer(
        "a crash after the wide policy is gone",
        GRANT + "strip()\nmay(*statement())",
        raises="NameError",
        misses={"works": "it is denied", **waiting("no-more", "other-documents", "no-look-alikes")},
    ),
    untouched(),
)

# --- 3. close the network

CLOSE = """
def own_group(service):
    found = ecs.describe_services(cluster=desk.cluster, services=[service])["services"][0]
    (group,) = found["networkConfiguration"]["awsvpcConfiguration"]["securityGroups"]
    return ec2.describe_security_groups(GroupIds=[group])["SecurityGroups"][0]


def tcp(port, group="", cidr=""):
    source = {"UserIdGroupPairs": [{"GroupId": group}]} if group else {"IpRanges": [{"CidrIp": cidr}]}
    return {"IpProtocol": "tcp", "FromPort": port, "ToPort": port, **source}


def lets_in(service, *rules):
    group = own_group(service)
    if group["IpPermissions"]:
        ec2.revoke_security_group_ingress(GroupId=group["GroupId"], IpPermissions=group["IpPermissions"])
    if rules:
        ec2.authorize_security_group_ingress(GroupId=group["GroupId"], IpPermissions=list(rules))


def lets_out(service, *rules):
    group = own_group(service)
    ec2.revoke_security_group_egress(GroupId=group["GroupId"], IpPermissions=group["IpPermissionsEgress"])
    if rules:
        ec2.authorize_security_group_egress(GroupId=group["GroupId"], IpPermissions=list(rules))


VPC, ANYWHERE = "172.31.0.0/16", "0.0.0.0/0"
mine, database = own_group(desk.front)["GroupId"], own_group(desk.database)["GroupId"]
aws = tcp(443, cidr=ANYWHERE)
"""
IN = "lets_in(desk.database, tcp(desk.port, mine))\nlets_in('payroll')\n"
CLOSE_THE_NETWORK = (
    Answer("as in the solution", SOLUTION),
    Answer("out by the VPC's addresses, at one port", CLOSE + IN + "lets_out(desk.front, aws, tcp(desk.port, cidr=VPC))"),
    Answer(
        "in a group of its own, made anew",
        CLOSE
        + """
vpc = own_group(desk.front)["VpcId"]
new = ec2.create_security_group(GroupName="narrow", Description="the front", VpcId=vpc)["GroupId"]
ec2.authorize_security_group_ingress(GroupId=new, IpPermissions=[tcp(8080, cidr=ANYWHERE)])
lets_in(desk.database, tcp(desk.port, new))
lets_in("payroll")
service = ecs.describe_services(cluster=desk.cluster, services=[desk.front])["services"][0]
place = {**service["networkConfiguration"]["awsvpcConfiguration"], "securityGroups": [new]}
ecs.update_service(
    cluster=desk.cluster, service=desk.front, networkConfiguration={"awsvpcConfiguration": place}, forceNewDeployment=True
)
lets_out(desk.front, aws, tcp(desk.port, database))
desk.cloud.advance(minutes=10)
""",
    ),
    Answer(
        "the database open to the VPC, as it was",
        CLOSE + "lets_in('payroll')\nlets_out(desk.front, aws, tcp(desk.port, database))",
        misses={"closed": "a task of payroll does not reach", "stranger": "a task in another group does not reach"},
    ),
    Answer(
        "every way out",
        CLOSE
        + IN
        + 'lets_out(desk.front, {"IpProtocol": "-1", "IpRanges": [{"CidrIp": ANYWHERE}]})',
        misses={"closed": "does not reach evil.example.com", "new-task": "does not reach evil.example.com"},
    ),
    Answer(
        "the database's port, to anywhere",
        CLOSE + IN + "lets_out(desk.front, aws, tcp(desk.port, cidr=ANYWHERE))",
        misses={"closed": "does not reach evil.example.com"},
    ),
    Answer(
        "the front's own door shut, too",
        CLOSE + IN + "lets_out(desk.front, aws, tcp(desk.port, database))\nlets_in(desk.front)",
        misses={"stranger": "still serves everybody at port 8080"},
    ),
    Answer(
        "only the database",
        CLOSE + IN + "lets_out(desk.front, tcp(desk.port, database))",
        misses={"new-task": "running tasks"},
    ),
    Answer(
        "only AWS",
        CLOSE + IN + "lets_out(desk.front, aws)",
        misses={"needed-way": "no egress rule", **waiting("closed", "stranger", "new-task")},
    ),
    Answer(
        "the wrong group at the door",
        CLOSE + "lets_in(desk.database, tcp(desk.port, database))\nlets_in('payroll')\n"
        "lets_out(desk.front, aws, tcp(desk.port, database))",
        misses={"needed-way": "no ingress rule", **waiting("closed", "stranger", "new-task")},
    ),
    Answer(
        "a crash with both doors shut",
        CLOSE + "lets_in(desk.database)\nlets_in(payrol)",
        raises="NameError",
        misses={"needed-way": "no ingress rule", **waiting("closed", "stranger", "new-task")},
    ),
    untouched(),
)

# --- 4. no plain secret

MOVE = """
container = held["containerDefinitions"][0]
password = next(each["value"] for each in container["environment"] if each["name"] == desk.variable)
KEPT = ("family", "requiresCompatibilities", "networkMode", "cpu", "memory", "executionRoleArn", "taskRoleArn")


def keep(text=password):
    return boto3.client("secretsmanager").create_secret(Name="front/database", SecretString=text)


def reads(role, action, resource):
    iam.put_role_policy(RoleName=role, PolicyName="reads-password", PolicyDocument=document(allow(action, resource)))


def release(source="", **members):
    secrets = [{"name": desk.variable, "valueFrom": source}] if source else []
    given = {**container, "environment": [], "secrets": secrets, **members}
    made = ecs.register_task_definition(containerDefinitions=[given], **{name: held[name] for name in KEPT})
    new = made["taskDefinition"]["taskDefinitionArn"]
    ecs.update_service(cluster=desk.cluster, service=desk.front, taskDefinition=new)
    desk.cloud.advance(minutes=10)


def retire():
    ecs.deregister_task_definition(taskDefinition=running)


GET = "secretsmanager:GetSecretValue"
"""
AFTER = waiting("rotated", "read-by-one")
NO_PLAIN_SECRET = (
    Answer("as in the solution", SOLUTION),
    Answer(
        "a parameter",
        MOVE
        + """
boto3.client("ssm").put_parameter(Name="/front/database", Value=password, Type="SecureString")
arn = boto3.client("ssm").get_parameter(Name="/front/database")["Parameter"]["ARN"]
reads(execution_role, "ssm:GetParameters", arn)
release(arn)
retire()
""",
    ),
    Answer(
        "one member of a secret in JSON",
        MOVE
        + """
arn = keep(json.dumps({"password": password}))["ARN"]
reads(execution_role, GET, arn)
release(f"{arn}:password::")
retire()
""",
    ),
    Answer(
        "the old revision still ACTIVE",
        MOVE + 'arn = keep()["ARN"]\nreads(execution_role, GET, arn)\nrelease(arn)',
        misses={"not-in-definition": "the old one deregistered", **waiting("still-there"), **AFTER},
    ),
    Answer(
        "in another variable of the environment",
        MOVE + 'release(environment=[{"name": "PW", "value": password}])\nretire()',
        misses={"not-in-definition": "`secrets` in place of `environment`", **waiting("still-there"), **AFTER},
    ),
    Answer(
        "in the command",
        MOVE + 'release(command=["serve", "--password", password])\nretire()',
        misses={"not-in-definition": "does", **waiting("still-there"), **AFTER},
    ),
    Answer(
        "the task role reads it, since the program needs it",
        MOVE + 'arn = keep()["ARN"]\nreads(task_role, GET, arn)\nrelease(arn)\nretire()',
        misses={"still-there": "its deployment COMPLETED", **AFTER},
    ),
    Answer(
        "both roles read it",
        MOVE + 'arn = keep()["ARN"]\nreads(task_role, GET, arn)\nreads(execution_role, GET, arn)\nrelease(arn)\nretire()',
        misses={"read-by-one": "what its program does, and nothing else"},
    ),
    Answer(
        "the execution role reads every secret",
        MOVE + 'arn = keep()["ARN"]\nreads(execution_role, GET, "*")\nrelease(arn)\nretire()',
        misses={"read-by-one": "name the one secret's ARN"},
    ),
    Answer(
        "another password",
        MOVE + 'arn = keep("new-" + desk.ticket)["ARN"]\nreads(execution_role, GET, arn)\nrelease(arn)\nretire()',
        misses={"still-there": "another value", **AFTER},
    ),
    Answer(
        "one version of the secret for ever",
        MOVE
        + """
made = keep()
reads(execution_role, GET, made["ARN"])
release(f"{made['ARN']}:::{made['VersionId']}")
retire()
""",
        misses={"rotated": "another value"},
    ),
    Answer(
        "no password any more",
        MOVE + "release()\nretire()",
        misses={"still-there": "`secrets` in the container definition", **AFTER},
    ),
    Answer(
        "a crash before the old one is retired",
        MOVE + 'arn = keep()["ARN"]\nreads(execution_role, GET, arn)\nrelease(arn)\nretire(running)',
        raises="TypeError",
        misses={"not-in-definition": "the old one deregistered", **waiting("still-there"), **AFTER},
    ),
    untouched(),
)

# --- 5. a shell, with care

SHELL = """
def grant(role, action, resource, name="shell"):
    iam.put_role_policy(RoleName=role, PolicyName=name, PolicyDocument=document(allow(action, resource)))


def offer(**more):
    ecs.update_service(cluster=desk.cluster, service=desk.front, enableExecuteCommand=True, **more)
    desk.cloud.advance(minutes=10)


def operator(action="ecs:ExecuteCommand", resource="*"):
    iam.put_user_policy(UserName=desk.operator, PolicyName="own", PolicyDocument=document(allow(action, resource)))


channels = ["CreateControlChannel", "CreateDataChannel", "OpenControlChannel", "OpenDataChannel"]
channels = [f"ssmmessages:{name}" for name in channels]
"""
A_SHELL_WITH_CARE = (
    Answer("as in the solution", SOLUTION),
    Answer(
        "the tasks killed in place of a deployment",
        SHELL
        + """
grant(task_role, channels, "*")
operator()
offer()
for task in tasks_of(desk.front):
    ecs.stop_task(cluster=desk.cluster, task=task["taskArn"])
desk.cloud.advance(minutes=10)
""",
    ),
    Answer("a star for the channels", SHELL + 'grant(task_role, "ssmmessages:*", "*")\noffer(forceNewDeployment=True)\noperator()'),
    Answer(
        "no way to Systems Manager",
        SHELL + "offer(forceNewDeployment=True)\noperator()",
        misses={"opens": "opens a shell in a task", **waiting("only-there")},
    ),
    Answer(
        "the channels to the execution role",
        SHELL + 'grant(execution_role, channels, "*")\noffer(forceNewDeployment=True)\noperator()',
        misses={"opens": "opens a shell in a task", **waiting("only-there")},
    ),
    Answer(
        "the service does not offer it",
        SHELL + 'grant(task_role, channels, "*")\noperator()',
        misses={"opens": "opens a shell in a task", **waiting("only-there")},
    ),
    Answer(
        "the operator may not ask",
        SHELL + 'grant(task_role, channels, "*")\noffer(forceNewDeployment=True)',
        misses={"opens": "is not authorized to perform: ecs:ExecuteCommand", **waiting("only-there")},
    ),
    Answer(
        "everything in ECS for the operator",
        SHELL + 'grant(task_role, channels, "*")\noffer(forceNewDeployment=True)\noperator("ecs:*")',
        misses={"only-there": "AWS lets it happen"},
    ),
    Answer(
        "everything for the tasks",
        SHELL + 'grant(task_role, "*", "*")\noffer(forceNewDeployment=True)\noperator()',
        misses={"only-there": "what its program does, and nothing else"},
    ),
    Answer(
        "a crash before the operator",
        SHELL + 'grant(task_role, channels, "*")\noffer(forceNewDeployment=True)\noperator(who=desk.operator)',
        raises="TypeError",
        misses={"opens": "is not authorized to perform: ecs:ExecuteCommand", **waiting("only-there")},
    ),
    untouched(),
)

ANSWERS = {
    "see-the-reach": SEE_THE_REACH,
    "least-privilege": LEAST_PRIVILEGE,
    "close-the-network": CLOSE_THE_NETWORK,
    "no-plain-secret": NO_PLAIN_SECRET,
    "a-shell-with-care": A_SHELL_WITH_CARE,
}

# --- one variant's decisions


def decided(variant: Mapping[str, Any]) -> dict[str, str]:
    """What a learner writes who knows this variant: what was in reach, the policy, ports, the variable, the operator."""
    plan = plan_of(variant["ticket"])
    may = ", ".join(
        f"allow({action!r}, {plan.queue_arn if 'sqs' in action else plan.own('*')!r})" for action, _ in plan.program()
    )
    return {
        "see-the-reach": SEE + f"reach = {plan.reached!r}",
        "least-privilege": GRANT + f"strip()\nmay({may})",
        "close-the-network": CLOSE.replace("desk.port", str(plan.port))
        + (IN + "lets_out(desk.front, aws, tcp(desk.port, database))").replace("desk.port", str(plan.port)),
        "no-plain-secret": MOVE.replace("desk.variable", repr(plan.variable))
        + 'arn = keep()["ARN"]\nreads(execution_role, GET, arn)\nrelease(arn)\nretire()',
        "a-shell-with-care": SHELL.replace("desk.operator", repr(plan.operator))
        + 'grant(task_role, channels, "*")\noffer(forceNewDeployment=True)\noperator()',
    }


# --- ways to break the world

WRECKS = {
    "the front deleted": "ecs.delete_service(cluster=desk.cluster, service=desk.front, force=True)",
    "the database deleted": "ecs.delete_service(cluster=desk.cluster, service=desk.database, force=True)",
    "the payroll without a task": 'ecs.update_service(cluster=desk.cluster, service="payroll", desiredCount=0)',
    "the task role deleted": """
for name in iam.list_role_policies(RoleName=task_role)["PolicyNames"]:
    iam.delete_role_policy(RoleName=task_role, PolicyName=name)
iam.delete_role(RoleName=task_role)
""",
    "the execution role deleted": """
for name in iam.list_role_policies(RoleName=execution_role)["PolicyNames"]:
    iam.delete_role_policy(RoleName=execution_role, PolicyName=name)
for one in iam.list_attached_role_policies(RoleName=execution_role)["AttachedPolicies"]:
    iam.detach_role_policy(RoleName=execution_role, PolicyArn=one["PolicyArn"])
iam.delete_role(RoleName=execution_role)
ecs.update_service(cluster=desk.cluster, service=desk.front, forceNewDeployment=True)
""",
    "a definition with no roles and no name": """
ecs.register_task_definition(
    family="bare", requiresCompatibilities=["FARGATE"], networkMode="awsvpc", cpu="256", memory="512",
    containerDefinitions=[{"name": "other", "image": "public.ecr.aws/nginx/nginx:1.27"}],
)
ecs.update_service(cluster=desk.cluster, service=desk.front, taskDefinition="bare", enableExecuteCommand=False)
""",
    "the operator deleted": """
for name in iam.list_user_policies(UserName=desk.operator)["PolicyNames"]:
    iam.delete_user_policy(UserName=desk.operator, PolicyName=name)
for key in iam.list_access_keys(UserName=desk.operator)["AccessKeyMetadata"]:
    iam.delete_access_key(UserName=desk.operator, AccessKeyId=key["AccessKeyId"])
iam.delete_user(UserName=desk.operator)
""",
    "every secret deleted": """
manager = boto3.client("secretsmanager")
for one in manager.list_secrets()["SecretList"]:
    manager.delete_secret(SecretId=one["ARN"], ForceDeleteWithoutRecovery=True)
""",
    "no way out of the front": """
group = ec2.describe_security_groups(GroupIds=[mine])["SecurityGroups"][0]
ec2.revoke_security_group_egress(GroupId=mine, IpPermissions=group["IpPermissionsEgress"])
""",
}
