"""Lab 15: right answers by more than one way, plausible wrong ones with what each must be told, and the untouched stub.

Every text is an answer cell. It may use the names that the solutions of the questions before it have left: `described`,
`texts_of`, `evidence`, `definition_of`, `place_of`, `endpoints_of`, `targets_of`, `causes`, `revise`, `grant`.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from autograder.author import source
from autograder.author.worked import SOLUTION, Answer, untouched
from autograder.checks.labs.incidents.causes import CAUSES
from autograder.checks.labs.incidents.plan import plan_of

CELLS = source.read(Path(__file__).with_name("lab.py")).cells
SOLVED = {cell.question: cell.text + "\n" for cell in CELLS if cell.role == "answer"}
OF_FAMILY = """
def those(*families):
    return [service for service, cause in causes.items() if cause.split("-")[0] in families]


"""
LATER = "judged once the check before it"

# --- 1. quote the evidence

QUOTED = SOLVED["quote-the-evidence"]
QUOTE_THE_EVIDENCE = (
    Answer("as in the solution", SOLUTION),
    Answer("from the other end", QUOTED.replace("in texts_of(service) if", "in reversed(list(texts_of(service))) if")),
    Answer(
        "the part that decides",
        QUOTED + "evidence = {service: text[-260:] for service, text in evidence.items()}",
    ),
    Answer(
        "in the learner's own words",
        'evidence = {service: "it does not start, something is wrong with it" for service in desk.services}',
        misses={"before-the-start": "as it stands there", "while-it-runs": "as it stands there"},
    ),
    Answer(
        "all that is written, without a choice",
        QUOTED + 'evidence = {service: "\\n".join(texts_of(service)) for service in desk.services}',
        misses={"before-the-start": "one text", "while-it-runs": "one text"},
    ),
    Answer(
        "the code in place of the reason",
        QUOTED
        + """
for service, text in evidence.items():
    if text.startswith(("ResourceInit", "CannotPull")):
        evidence[service] = "TaskFailedToStart"
""",
        misses={"before-the-start": "the stoppedReason of a stopped task says"},
    ),
    Answer(
        "that it ended, not why",
        QUOTED
        + """
for service in desk.services:
    if described(service)["loadBalancers"]:
        evidence[service] = "Task failed ELB health checks in (target-group"
""",
        misses={"while-it-runs": "its load balancer finds it ill"},
    ),
    Answer(
        "mixed up by one",
        QUOTED + "evidence = dict(zip(desk.services, [*list(evidence.values())[1:], list(evidence.values())[0]]))",
        misses={"before-the-start": "a text in which AWS", "while-it-runs": "a text in which AWS"},
    ),
    Answer(
        "as a list",
        QUOTED + "evidence = list(evidence.values())",
        misses={"before-the-start": "a text in which AWS", "while-it-runs": "a text in which AWS"},
    ),
    Answer(
        "a member that is not there",
        'evidence = {each: ecs.describe_services(services=[each])["services"] for each in desk.services}',
        raises="ClientError",
        attempted=False,
    ),
    untouched(),
)

# --- 2. name the causes

NAMED = SOLVED["name-the-causes"]
BY_STORY = (
    NAMED
    + f"""
import re

marks = { ({cause.key: cause.mark for cause in CAUSES})!r}
causes = {{}}
for service in desk.services:
    told = list(texts_of(service))
    told += [text for line in desk.cloud.story.about(service) for text in (line.what, line.why)]
    causes[service] = next(
        key
        for key, mark in marks.items()
        if any(re.search(mark.replace("{{name}}", service), text, re.MULTILINE) for text in told)
    )
"""
)


def but_for(place: int, text: str) -> str:
    """The right causes, and another one for the service at this place."""
    return NAMED + f"\nat = desk.services[{place}]\nmine = causes[at]\n" + text


NAME_THE_CAUSES = (
    Answer("as in the solution", SOLUTION),
    Answer("by the story of what happened", BY_STORY),
    Answer(
        "the right family alone",
        but_for(0, 'causes[at] = next(k for k in desk.causes if k != mine and k.split("-")[0] == mine.split("-")[0])'),
        misses={"cause-1": "the right family"},
    ),
    Answer(
        "another family",
        but_for(1, 'causes[at] = next(k for k in desk.causes if k.split("-")[0] != mine.split("-")[0])'),
        misses={"cause-2": "what is wrong with"},
    ),
    Answer(
        "the sentence in place of its key",
        but_for(2, "causes[at] = desk.causes[mine]"),
        misses={"cause-3": "a key of `desk.causes`"},
    ),
    Answer("one left out", but_for(3, "del causes[at]"), misses={"cause-4": "nothing"}),
    Answer(
        "two that do not know", but_for(4, 'causes[at] = causes[desk.services[5]] = "unknown"'),
        misses={"cause-5": "a key of `desk.causes`", "cause-6": "a key of `desk.causes`"},
    ),
    Answer(
        "one cause for all of them",
        'causes = "the network"',
        misses={f"cause-{place}": "what is wrong with" for place in range(1, 7)},
    ),
    Answer(
        "a look at what is not there",
        'causes = {service: ecs.describe_services(cluster="nowhere", services=[service]) for service in desk.services}',
        raises="ClientError",
        attempted=False,
    ),
    untouched(),
)  # fmt: skip

# --- what is too much, or not enough, in any environment

PLAIN = """
for service in those({families}):
    old, container = definition_of(service)
    held = json.loads(secrets.get_secret_value(SecretId=f"{{service}}-db")["SecretString"])
    kept_members = {{name: value for name, value in container.items() if name != "secrets"}}
    kept_members["environment"] = [{{"name": "DB_PASSWORD", "value": held["password"]}}]
    members = ("family", "requiresCompatibilities", "networkMode", "cpu", "memory", "executionRoleArn", "taskRoleArn")
    new = {{name: old[name] for name in members}} | {{"containerDefinitions": [kept_members]}}
    arn = ecs.register_task_definition(**new)["taskDefinition"]["taskDefinitionArn"]
    ecs.update_service(cluster=desk.cluster, service=service, taskDefinition=arn)
"""
ADMIN = """
for service in those({families}):
    iam.attach_role_policy(RoleName=f"{{service}}-execution", PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess")
"""
DOORS_OPEN = """
for service in those({families}):
    every = [{{"IpProtocol": "-1", "IpRanges": [{{"CidrIp": "0.0.0.0/0"}}]}}]
    ec2.authorize_security_group_ingress(GroupId=place_of(service)["securityGroups"][0], IpPermissions=every)
"""
RANGE_OUT = """
for service in those({families}):
    wide = [{{"IpProtocol": "tcp", "FromPort": 443, "ToPort": 1443, "IpRanges": [{{"CidrIp": "0.0.0.0/0"}}]}}]
    ec2.authorize_security_group_egress(GroupId=place_of(service)["securityGroups"][0], IpPermissions=wide)
"""
FOR_ANYTHING = """
for service in those({families}):
    new = {{name: value for name, value in definition_of(service)[0].items() if name not in said_by_aws}}
    del new["requiresCompatibilities"]
    arn = ecs.register_task_definition(**new)["taskDefinition"]["taskDefinitionArn"]
    ecs.update_service(cluster=desk.cluster, service=service, taskDefinition=arn)
"""
AGAIN = """
for service in those({families}):
    ecs.update_service(cluster=desk.cluster, service=service, forceNewDeployment=True)
desk.cloud.advance(minutes=5)
"""


def only(text: str, *families: str) -> str:
    """The text for these families of causes."""
    return OF_FAMILY + text.format(families=", ".join(map(repr, families)))


# --- 3. open the way

OPENED = SOLVED["open-the-way"]
IN_PRIVATE = """
service = next(each for each in desk.private if causes[each].startswith("way-"))
place = place_of(service)
"""
BY_ADDRESS = """
        "IpRanges": [
            {"CidrIp": each["CidrBlock"]}
            for each in ec2.describe_subnets(SubnetIds=place["subnets"])["Subnets"]
        ]
"""
OPEN_THE_WAY = (
    Answer("as in the solution", SOLUTION),
    Answer(
        "by addresses in place of groups, and deployed anew",
        OPENED.replace(
            '"UserIdGroupPairs": [{"GroupId": mine}]',
            BY_ADDRESS,
        )
        + only(AGAIN, "way"),
    ),
    Answer(
        "a new deployment, in the hope that it helps",
        only(AGAIN, "way"),
        misses={
            "first-way": "goes on running",
            "second-way": "goes on running",
            "way-least": LATER,
            "way-lives-on": LATER,
        },
    ),
    Answer(
        "and a public IP for the private one",
        OPENED
        + IN_PRIVATE
        + """
public = {"awsvpcConfiguration": {**place, "assignPublicIp": "ENABLED"}}
ecs.update_service(cluster=desk.cluster, service=service, networkConfiguration=public)
""",
        misses={"way-least": "assignPublicIp is DISABLED"},
    ),
    Answer(
        "and a way to the internet",
        OPENED
        + IN_PRIVATE
        + """
vpc, _ = endpoints_of(service)
gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
ec2.attach_internet_gateway(VpcId=vpc, InternetGatewayId=gateway)
for table in ec2.describe_route_tables(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["RouteTables"]:
    ec2.create_route(RouteTableId=table["RouteTableId"], DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway)
""",
        misses={"way-least": "no way to the internet"},
    ),
    Answer(
        "and endpoints to spare",
        OPENED
        + IN_PRIVATE
        + """
vpc, _ = endpoints_of(service)
ec2.create_vpc_endpoint(
    VpcEndpointType="Interface", VpcId=vpc, ServiceName=f"com.amazonaws.{region}.ssm", SubnetIds=place["subnets"],
    SecurityGroupIds=place["securityGroups"], PrivateDnsEnabled=True,
)
""",
        misses={"way-least": "its endpoints are"},
    ),
    Answer("and all doors open", OPENED + only(DOORS_OPEN, "way"), misses={"way-least": "let nobody in"}),
    Answer("and a range of ports", OPENED + only(RANGE_OUT, "way"), misses={"way-least": "no other is opened"}),
    Answer(
        "and every port of the endpoints",
        OPENED
        + IN_PRIVATE
        + """
_, there = endpoints_of(service)
every = [{"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": place["securityGroups"][0]}]}]
ec2.authorize_security_group_ingress(GroupId=there["ecr.api"]["Groups"][0]["GroupId"], IpPermissions=every)
""",
        misses={"way-least": "at port 443 alone"},
    ),
    Answer("and the role of an administrator", OPENED + only(ADMIN, "way"), misses={"way-least": "and nothing else"}),
    Answer(
        "the password in the definition, so that no secret is asked for",
        OPENED + only(PLAIN, "way"),
        misses={"way-least": "nothing more stands in", "way-lives-on": "out of the secret"},
    ),
    Answer(
        "an endpoint for a VPC that is not there",
        'ec2.create_vpc_endpoint(VpcId="vpc-0123", ServiceName="com.amazonaws.us-east-1.s3", RouteTableIds=["rtb-1"])',
        raises="ClientError",
        attempted=False,
    ),
    untouched(),
)

# --- 4. let it start

STARTED = SOLVED["let-it-start"]
LET_IT_START = (
    Answer("as in the solution", SOLUTION),
    Answer(
        "by managed policies, and deployed anew",
        STARTED.replace(
            'iam.put_role_policy(RoleName=role, PolicyName="was-missing", PolicyDocument=document(action, resource))',
            "policy = document(action, resource)\n"
            '    made = iam.create_policy(PolicyName=f"{role}-more", PolicyDocument=policy)["Policy"]["Arn"]\n'
            "    iam.attach_role_policy(RoleName=role, PolicyArn=made)",
        )
        + only(AGAIN, "role", "thing"),
    ),
    Answer(
        "a new deployment, in the hope that it helps",
        only(AGAIN, "role", "thing"),
        misses={"role": "goes on running", "thing": "goes on running", "start-least": LATER, "start-lives-on": LATER},
    ),
    Answer(
        "execution and task role are the same",
        "OTHER = {'execution': 'task', 'task': 'execution'}\n"
        + STARTED.replace('grant(service, f"{service}-execution")', 'grant(service, f"{service}-task")').replace(
            "RoleName=f\"{service}-{cause.split('-')[1]}\"", "RoleName=service + '-' + OTHER[cause.split('-')[1]]"
        ),
        misses={"role": "goes on running", "start-least": LATER, "start-lives-on": LATER},
    ),
    Answer(
        "and the role of an administrator",
        STARTED + only(ADMIN, "role"),
        misses={"start-least": "and nothing else"},
    ),
    Answer(
        "and everybody may take on the role",
        STARTED
        + only(
            """
for service in those({families}):
    trust = [{{"Effect": "Allow", "Principal": {{"AWS": "*"}}, "Action": "sts:AssumeRole"}},
             {{"Effect": "Allow", "Principal": {{"Service": "ecs-tasks.amazonaws.com"}}, "Action": "sts:AssumeRole"}}]
    text = json.dumps({{"Version": "2012-10-17", "Statement": trust}})
    iam.update_assume_role_policy(RoleName=f"{{service}}-execution", PolicyDocument=text)
""",
            "role",
        ),
        misses={"start-least": "nobody is added beside it"},
    ),
    Answer(
        "made anew",
        STARTED
        + only(
            """
for service in those({families}):
    old = described(service)
    ecs.delete_service(cluster=desk.cluster, service=service, force=True)
    desk.cloud.advance(minutes=5)
    ecs.create_service(
        cluster=desk.cluster, serviceName=service, taskDefinition=old["taskDefinition"], desiredCount=1,
        launchType="FARGATE", networkConfiguration=old["networkConfiguration"],
    )
""",
            "thing",
        ),
        misses={"start-least": "not deleted and made again"},
    ),
    Answer(
        "the password in the definition",
        STARTED + only(PLAIN, "role", "thing"),
        misses={"start-least": "nothing more stands in", "start-lives-on": "out of the secret"},
    ),
    Answer(
        "and a revision that is registered for anything",
        STARTED + only(FOR_ANYTHING, "thing"),
        misses={"start-least": "registered for FARGATE"},
    ),
    Answer(
        "a role that is not there",
        'iam.attach_role_policy(RoleName="nobody", PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess")',
        raises="ClientError",
        attempted=False,
    ),
    untouched(),
)

# --- 5. keep it running

KEPT = SOLVED["keep-it-running"]
FRONT = "\nfront, program = those('front')[0], those('program')[0]\n"


def kept_and(text: str) -> str:
    """The solution, and something more."""
    return KEPT + OF_FAMILY + FRONT + text


KEEP_IT_RUNNING = (
    Answer("as in the solution", SOLUTION),
    Answer(
        "with the port by its number, a longer grace, another command",
        KEPT.replace('HealthCheckPort="traffic-port"', "HealthCheckPort=str(first_line_of(service)[0])")
        .replace("healthCheckGracePeriodSeconds=600", "healthCheckGracePeriodSeconds=300")
        .replace("curl -f http://localhost:{port}{path}", "wget -q -O - http://127.0.0.1:{port}{path}")
        + only(AGAIN, "program", "front"),
    ),
    Answer(
        "a new deployment, in the hope that it helps",
        only(AGAIN, "program", "front"),
        misses={"program": "", "front": "", "run-least": LATER, "run-lives-on": LATER},
    ),
    Answer(
        "and a health check that is always content",
        kept_and("""
_, container = definition_of(program)
revise(program, {"healthCheck": {**container["healthCheck"], "command": ["CMD-SHELL", "exit 0"]}})
"""),
        misses={"run-least": "its health check asks the program itself"},
    ),
    Answer(
        "and a health check that asks every five minutes",
        kept_and("""
_, container = definition_of(program)
revise(program, {"healthCheck": {**container["healthCheck"], "interval": 300}})
"""),
        misses={"run-least": "interval 300"},
    ),
    Answer(
        "and a health check without CMD",
        kept_and("""
_, container = definition_of(program)
revise(program, {"healthCheck": {**container["healthCheck"], "command": container["healthCheck"]["command"][1:]}})
"""),
        misses={"run-least": "begins with CMD or CMD-SHELL"},
    ),
    Answer(
        "and the largest memory, to be safe",
        kept_and('revise(program, cpu="4096", memory="30720")'),
        misses={"run-least": "256 CPU units"},
    ),
    Answer(
        "and any answer is a good one",
        kept_and("""
elb.modify_target_group(TargetGroupArn=targets_of(front)["TargetGroupArn"], Matcher={"HttpCode": "200-499"})
"""),
        misses={"run-least": "its health check"},
    ),
    Answer(
        "and a grace of an hour",
        kept_and("ecs.update_service(cluster=desk.cluster, service=front, healthCheckGracePeriodSeconds=3600)"),
        misses={"run-least": "grace period"},
    ),
    Answer("and all doors open", KEPT + only(DOORS_OPEN, "front"), misses={"run-least": "let nobody in"}),
    Answer(
        "and a star for the program",
        kept_and("""
iam.put_role_policy(RoleName=f"{program}-task", PolicyName="all", PolicyDocument=document("s3:*", "*"))
"""),
        misses={"run-least": "and nothing else"},
    ),
    Answer(
        "the password in the definition",
        KEPT + only(PLAIN, "program", "front"),
        misses={"run-least": "nothing more stands in", "run-lives-on": "out of the secret"},
    ),
    Answer(
        "a target group that is not there",
        'elb.modify_target_group(TargetGroupArn="arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/x/1")',
        raises="ClientError",
        attempted=False,
    ),
    untouched(),
)

ANSWERS = {
    "quote-the-evidence": QUOTE_THE_EVIDENCE,
    "name-the-causes": NAME_THE_CAUSES,
    "open-the-way": OPEN_THE_WAY,
    "let-it-start": LET_IT_START,
    "keep-it-running": KEEP_IT_RUNNING,
}

# --- one variant's decisions


def decided(variant: Mapping[str, Any]) -> dict[str, str]:
    """What a learner writes who knows this variant: which service has which cause."""
    plan = plan_of(variant["ticket"])
    causes = {one.service: one.key for one in plan.planted}
    named = NAMED.replace("{service: cause_of(service) for service in desk.services}", repr(causes))
    return {**SOLVED, "name-the-causes": named}


# --- ways to break the world

WRECKS = {
    "all services deleted": """
for service in desk.services:
    ecs.delete_service(cluster=desk.cluster, service=service, force=True)
""",
    "no definitions": """
for service in desk.services:
    ecs.deregister_task_definition(taskDefinition=described(service)["taskDefinition"])
""",
    "secrets gone for ever": """
for service in desk.services:
    try:
        secrets.delete_secret(SecretId=f"{service}-db", ForceDeleteWithoutRecovery=True)
    except ClientError as error:
        print(error)
""",
    "no log groups": """
for service in desk.services:
    logs.delete_log_group(logGroupName=f"/ferryline/{service}")
""",
    "roles without policies, and gone": """
for service in desk.services:
    for role in (f"{service}-execution", f"{service}-task"):
        for policy in iam.list_role_policies(RoleName=role)["PolicyNames"]:
            iam.delete_role_policy(RoleName=role, PolicyName=policy)
        iam.delete_role(RoleName=role)
""",
    "load balancers and target groups gone": """
for service in desk.services:
    for front in described(service)["loadBalancers"]:
        group = targets_of(service)
        for arn in group["LoadBalancerArns"]:
            elb.delete_load_balancer(LoadBalancerArn=arn)
        elb.delete_target_group(TargetGroupArn=group["TargetGroupArn"])
""",
    "endpoints gone": """
found = [endpoint["VpcEndpointId"] for endpoint in ec2.describe_vpc_endpoints()["VpcEndpoints"]]
ec2.delete_vpc_endpoints(VpcEndpointIds=found)
""",
    "nothing wanted": """
for service in desk.services:
    ecs.update_service(cluster=desk.cluster, service=service, desiredCount=0)
""",
}
