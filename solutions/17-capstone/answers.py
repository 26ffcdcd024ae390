"""Lab 17: right answers by more than one way, plausible wrong ones with what each must be told, and the untouched stub.

Every text is an answer cell: the solution with something done otherwise, or something more. It may use the names that
the solutions before it have left: `revision`, `blue`, `green`, `balancer`, `rule`, `shifting`, `count`.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from autograder.author import source
from autograder.author.worked import SOLUTION, Answer, untouched

CELLS = source.read(Path(__file__).with_name("lab.py")).cells
SOLVED = {cell.question: cell.text + "\n" for cell in CELLS if cell.role == "answer"}
LATER = "judged once the check before it"


def but(question: str, *changes: tuple[str, str]) -> str:
    """The solution of a question with these texts in place of those."""
    text = SOLVED[question]
    for old, new in changes:
        if old not in text:
            raise LookupError(f"the solution of {question} has no {old!r}")
        text = text.replace(old, new)
    return text


# --- 1. the ground

OWN = '"secrets": [{"name": desk.variable, "valueFrom": secret}],'
LOGS = '"logConfiguration": {"logDriver": "awslogs", "options": options},'
NOTHING = {"password": LATER, "logged": LATER, "not-plain": LATER, "narrow": LATER}
GROUND = "the-ground"
THE_GROUND = (
    Answer("as in the solution", SOLUTION),
    Answer(
        "with statements of its own alone, and a size larger",
        but(
            GROUND,
            (
                'run_tasks = "service-role/AmazonECSTaskExecutionRolePolicy"',
                'run_tasks, write = "AmazonEC2ContainerRegistryReadOnly", ["logs:CreateLogStream", "logs:PutLogEvents"]',
            ),
            ("run_tasks, reads)", 'run_tasks, reads, {"Effect": "Allow", "Action": write, "Resource": "*"})'),
            ('memory="512"', 'memory="1024"'),
        ),
    ),
    Answer(
        "the password in plain text",
        but(GROUND, (OWN, '"environment": [{"name": desk.variable, "value": desk.password}],')),
        misses={"not-plain": "shows it to everybody"},
    ),
    Answer(
        "a star for the secrets",
        but(GROUND, ('"Resource": secret', '"Resource": "*"')),
        misses={"narrow": "name its ARN"},
    ),
    Answer(
        "a role that may not read it",
        but(GROUND, ("run_tasks, reads)", "run_tasks)")),
        misses={"starts": "secretsmanager:GetSecretValue", **NOTHING},
    ),
    Answer(
        "a log group that nobody made",
        but(GROUND, ("logs.create_log_group(logGroupName=desk.group)", "")),
        misses={"starts": "there is no log group", **NOTHING},
    ),
    Answer(
        "JSON around the password",
        but(GROUND, ("SecretString=desk.password", 'SecretString=json.dumps({"password": desk.password})')),
        misses={"password": "nothing around it", "not-plain": LATER},
    ),
    Answer(
        "registered for anything",
        but(GROUND, ('        requiresCompatibilities=["FARGATE"],\n', "")),
        misses={"starts": "registered for FARGATE", **NOTHING},
    ),
    Answer(
        "a role with a name of its own",
        but(GROUND, ('f"{desk.service}-execution"', '"execution"')),
        misses={"narrow": "-execution"},
    ),
    Answer("no log", but(GROUND, (LOGS, "")), misses={"logged": "logConfiguration"}),
    Answer(
        "pinned to its first version",
        but(GROUND, ('"valueFrom": secret}', '"valueFrom": secret + ":::" + version_of_it}')).replace(
            "logs.create_log_group(",
            'version_of_it = secrets.get_secret_value(SecretId=secret)["VersionId"]\nlogs.create_log_group(',
        ),
        misses={"not-plain": "without a version"},
    ),
    Answer(
        "a task of what is not there",
        "ecs.run_task(cluster=desk.cluster, taskDefinition=desk.service)",
        raises="ClientError",
        attempted=False,
    ),
    untouched(),
)

# --- 2. bring it up

UP = "bring-it-up"
WAITS = SOLVED[UP][SOLVED[UP].index("ecs.get_waiter(") : SOLVED[UP].index("print(")]
SPOT = '{"capacityProvider": "FARGATE_SPOT", "weight": desk.of - 1},'
BASE = '{"capacityProvider": "FARGATE", "base": desk.base, "weight": 1},'
STRATEGY = f"capacityProviderStrategy=[\n        {BASE}\n        {SPOT}\n    ],"
NOT_UP = {"blend": LATER, "storm": LATER, "loses-a-zone": LATER}
NOT_YET = "healthy targets as soon as"
BRING_IT_UP = (
    Answer("as in the solution", SOLUTION),
    Answer(
        "by a plain listener, in two zones, with other weights of the same share",
        but(
            UP,
            ("for each in subnets]", "for each in subnets][:2]"),
            ("DefaultActions=forward", 'DefaultActions=[{"Type": "forward", "TargetGroupArn": blue}]'),
            ('"base": desk.base, "weight": 1}', '"base": desk.base, "weight": 2}'),
            ('"weight": desk.of - 1}', '"weight": 2 * desk.of - 2}'),
        ),
    ),
    Answer("all on demand", but(UP, (STRATEGY, 'launchType="FARGATE",')), misses={"blend": "0 on Spot"}),
    Answer(
        "all on Spot, since it saves seventy percent",
        but(UP, (BASE, ""), ("desk.of - 1}", "1}")),
        misses={"blend": "0 on demand", "storm": "base in the strategy"},
    ),
    Answer(
        "the share turned round",
        but(UP, ('"weight": 1}', '"weight": desk.of + 1}'), ("desk.of - 1}", "1}")),
        misses={"blend": "split by weight"},
    ),
    Answer(
        "all tasks in one zone",
        but(UP, ('{"subnets": places,', '{"subnets": places[:1],')),
        misses={"loses-a-zone": "after a zone was lost"},
    ),
    Answer(
        "a group that lets the load balancer in at another port",
        but(UP, ('-inside", desk.port,', '-inside", desk.port + 1,')),
        raises="WaiterError",
        misses={"stands": NOT_YET, "whole": "0 healthy", **NOT_UP},
    ),
    Answer(
        "a health check for a path that is not there",
        but(UP, ("HealthCheckPath=desk.health", 'HealthCheckPath="/health-check"')),
        raises="WaiterError",
        misses={"stands": NOT_YET, "whole": "healthy targets", **NOT_UP},
    ),
    Answer(
        "a health check for the path that is asked where none is named",
        but(UP, ("        HealthCheckPath=desk.health,\n", "")),
        raises="WaiterError",
        misses={"stands": NOT_YET, "whole": "healthy targets", **NOT_UP},
    ),
    Answer(
        "made, and not waited for",
        but(UP, (WAITS, "")),
        misses={"stands": "has a waiter too"},
    ),
    Answer(
        "waited for until it is stable, which is not healthy",
        but(UP, ('elb.get_waiter("target_in_service").wait(TargetGroupArn=blue)', "")),
        misses={"stands": NOT_YET},
    ),
    Answer(
        "groups with names of their own",
        but(UP, ('f"{desk.service}-front"', '"front"')),
        misses={"stands": "bears its name in front"},
    ),
    Answer(
        "a front whose group lets in the program's port",
        but(UP, ('-front", 80,', '-front", desk.port,')),
        misses={"whole": "lets in TCP 80", **NOT_UP},
    ),
    Answer(
        "a listener at the program's port",
        but(UP, ('Protocol="HTTP", Port=80, DefaultActions', 'Protocol="HTTP", Port=desk.port, DefaultActions')),
        misses={"whole": "a listener at port 80", **NOT_UP},
    ),
    Answer(
        "a tenth for the group that is empty",
        but(UP, ('"TargetGroupArn": green, "Weight": 0}', '"TargetGroupArn": green, "Weight": 10}')),
        misses={"whole": "which target group gets which share", **NOT_UP},
    ),
    Answer(
        "a service before its target group",
        "ecs.create_service(cluster=desk.cluster, serviceName=desk.service, taskDefinition='nothing')",
        raises="ClientError",
        attempted=False,
    ),
    untouched(),
)

# --- 3. follow the load

FOLLOW = "follow-the-load"
PREDEFINED = '"PredefinedMetricSpecification": {"PredefinedMetricType": "ECSServiceAverageCPUUtilization"}'
BY_REQUESTS = """"PredefinedMetricSpecification": {
            "PredefinedMetricType": "ALBRequestCountPerTarget",
            "ResourceLabel": balancer.partition("loadbalancer/")[2] + "/" + blue.rpartition(":")[2],
        }"""
NOT_FOLLOWED = {"comes-back": LATER, "busier-day": LATER}
POLICY = SOLVED[FOLLOW][SOLVED[FOLLOW].index("scaling.put_scaling_policy(") : SOLVED[FOLLOW].index("print(")]
FOLLOW_THE_LOAD = (
    Answer("as in the solution", SOLUTION),
    Answer("by the requests of a target", but(FOLLOW, (PREDEFINED, BY_REQUESTS), ("50.0", "1400.0"))),
    Answer(
        "as many as the peak needs, all day",
        """
ecs.update_service(cluster=desk.cluster, service=desk.service, desiredCount=desk.most)
desk.cloud.advance(minutes=5)
""",
        misses={"comes-back": "tasks in the quiet hour"},
    ),
    Answer(
        "no more than in the quiet hour",
        but(FOLLOW, ("MaxCapacity=desk.most", "MaxCapacity=desk.least")),
        misses={"follows": "are answered", **NOT_FOLLOWED},
    ),
    Answer(
        "without an end",
        but(FOLLOW, ("MaxCapacity=desk.most", "MaxCapacity=200")),
        misses={"comes-back": "in a flood"},
    ),
    Answer(
        "down to one at night",
        but(FOLLOW, ("MinCapacity=desk.least", "MinCapacity=1")),
        misses={"comes-back": "tasks in the quiet hour"},
    ),
    Answer("bounds without a policy", but(FOLLOW, (POLICY, "")), misses={"follows": "are answered", **NOT_FOLLOWED}),
    Answer(
        "a policy that never scales in",
        but(FOLLOW, ('"ScaleInCooldown": 120,', '"DisableScaleIn": True,')),
        misses={"comes-back": "tasks in the quiet hour"},
    ),
    Answer(
        "a policy without a target",
        but(FOLLOW, ("scaling.register_scalable_target(**count, MinCapacity=desk.least, MaxCapacity=desk.most)", "")),
        raises="ClientError",
        attempted=False,
    ),
    untouched(),
)

# --- 4. by canary

CANARY = "by-canary"
ALARMS = '"alarms": {"alarmNames": [f"{desk.service}-errors"], "enable": True, "rollback": True},'
WAITED = SOLVED[CANARY][SOLVED[CANARY].index("patience = ") : SOLVED[CANARY].index("print(")]
ROLLS = """
ecs.update_service(cluster=desk.cluster, service=desk.service, taskDefinition=revision("1.1"))
desk.cloud.advance(minutes=45)
"""
BY_CANARY = (
    Answer("as in the solution", SOLUTION),
    Answer(
        "at once and by more errors",
        but(
            CANARY,
            ("EvaluationPeriods=2", "EvaluationPeriods=1"),
            ("2 * desk.usual", "3 * desk.usual"),
        ),
    ),
    Answer(
        "a rolling deployment",
        ROLLS,
        misses={"first-few": "strategy CANARY", "over": "no alarm", "goes-back": LATER},
    ),
    Answer("no alarm", but(CANARY, (ALARMS, "")), misses={"over": "no alarm", "goes-back": "runs version 1.1"}),
    Answer(
        "an alarm that does not know what silence means",
        but(CANARY, ('    TreatMissingData="notBreaching",\n', "")),
        misses={"over": "INSUFFICIENT_DATA"},
    ),
    Answer(
        "an alarm with a name of its own",
        but(CANARY, ('f"{desk.service}-errors"', '"errors"')),
        misses={"over": "bears its name in front"},
    ),
    Answer(
        "not waited for",
        but(CANARY, (WAITED, "")),
        misses={"over": "as soon as your code has run"},
    ),
    Answer(
        "the old one gone at once",
        but(CANARY, ('"bakeTimeInMinutes": desk.keep', '"bakeTimeInMinutes": 0')),
        misses={"first-few": "stays for", "goes-back": LATER},
    ),
    Answer(
        "an alarm that nothing reaches",
        but(CANARY, ("2 * desk.usual", "100_000")),
        misses={"goes-back": "runs version 1.1"},
    ),
    Answer(
        "an alarm at the first error",
        but(CANARY, ("2 * desk.usual", "0")),
        misses={"goes-back": "runs version 1.1"},
    ),
    Answer(
        "half of them first",
        but(CANARY, ("float(desk.percent)", "50.0")),
        misses={"first-few": "50 % for", "goes-back": LATER},
    ),
    Answer(
        "set up, and not released",
        but(CANARY, ('    taskDefinition=revision("1.1"),\n', "")),
        misses={"released": "runs version 1.1", "first-few": LATER, "over": LATER, "goes-back": LATER},
    ),
    Answer(
        "a canary without its second group",
        but(CANARY, (', "advancedConfiguration": shift', "")),
        raises="ClientError",
        misses={"released": "runs version 1.1", "first-few": LATER, "over": LATER, "goes-back": LATER},
    ),
    untouched(),
)

# --- 5. live a week

WEEK = "live-a-week"
LIVE_A_WEEK = (
    Answer("as in the solution", SOLUTION),
    Answer("a day, seven times", but(WEEK, ("days=7", "days=1")) + "bill *= 7"),
    Answer("of eight days", but(WEEK, ("days=7", "days=8")), misses={"estimate": "too high"}),
    Answer("of an hour", but(WEEK) + "bill = bill / 168", misses={"estimate": "too low"}),
    Answer(
        "as if the peak lasted all day",
        but(WEEK, ("daily=[desk.low, desk.high]", "rate=desk.high")),
        misses={"estimate": "too high"},
    ),
    Answer("in words", 'bill = "about ten dollars"', misses={"estimate": "or no number"}),
    Answer(
        "and the alarm taken away",
        but(WEEK)
        + """
desk.cloud.advance(minutes=45)
held = ecs.describe_services(cluster=desk.cluster, services=[desk.service])["services"][0]["deploymentConfiguration"]
held["alarms"] = {"alarmNames": [], "enable": False, "rollback": False}
ecs.update_service(cluster=desk.cluster, service=desk.service, deploymentConfiguration=held)
desk.cloud.advance(minutes=5)
""",
        misses={"week": "runs version 1.2"},
    ),
    Answer(
        "and the scaling taken away",
        but(WEEK) + "scaling.deregister_scalable_target(**count)",
        misses={"estimate": "are answered", "week": ""},
    ),
    Answer("a word for a number", 'bill = float("ten")', raises="ValueError", attempted=False),
    untouched(),
)

ANSWERS = {
    "the-ground": THE_GROUND,
    "bring-it-up": BRING_IT_UP,
    "follow-the-load": FOLLOW_THE_LOAD,
    "by-canary": BY_CANARY,
    "live-a-week": LIVE_A_WEEK,
}

# --- one variant's decisions

DECIDED = ("variable", "base", "of", "least", "most", "percent", "bake", "keep", "usual", "low", "high")


def decided(variant: Mapping[str, Any]) -> dict[str, str]:
    """What a learner writes who knows this variant: its blend, its count, its canary, its load, its variable."""
    texts = dict(SOLVED)
    for name in DECIDED:
        texts = {question: text.replace(f"desk.{name}", repr(variant[name])) for question, text in texts.items()}
    texts[WEEK] = texts[WEEK].replace("days=7", "days=1") + "bill *= 7\n"
    return texts


# --- ways to break the world

WRECKS = {
    "the service deleted": "ecs.delete_service(cluster=desk.cluster, service=desk.service, force=True)",
    "no definitions": """
for arn in ecs.list_task_definitions()["taskDefinitionArns"]:
    ecs.deregister_task_definition(taskDefinition=arn)
""",
    "the secret gone for ever": "secrets.delete_secret(SecretId=desk.secret, ForceDeleteWithoutRecovery=True)",
    "the log group gone": "logs.delete_log_group(logGroupName=desk.group)",
    "the load balancer gone": "elb.delete_load_balancer(LoadBalancerArn=balancer)",
    "nothing wanted": """
scaling.deregister_scalable_target(**count)
ecs.update_service(cluster=desk.cluster, service=desk.service, desiredCount=0)
""",
    "the execution role powerless": """
powerless = desk.service + "-execution"
iam.delete_role_policy(RoleName=powerless, PolicyName="own")
iam.detach_role_policy(
    RoleName=powerless, PolicyArn="arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
)
""",
    "the repository gone": """
boto3.client("ecr").delete_repository(repositoryName="ferryline/" + desk.service, force=True)
""",
}
