"""Lab 01: right answers by more than one way, plausible wrong ones with what each must be told, and the untouched stub.

Every text is an answer cell. It may use the names that the solutions of the questions before it have left: `place`,
`strategy`, `define`, `serve`, `fitting`, later `workload`, `chosen`, `bills`, `compute`.
"""

from collections.abc import Mapping
from typing import Any

from autograder.author.worked import SOLUTION, Answer, untouched
from autograder.checks.labs.which_compute.plan import plan_of
from simcloud.choose import lambda_or_fargate

WAITS = "judged once the check before it"

# --- 1. side by side

TWO = """
from simcloud.choose.workload import Size, fitting

zones = sorted(each["SubnetId"] for each in ec2.describe_subnets()["Subnets"] if each["DefaultForAz"])
place = {"subnets": zones, "assignPublicIp": "ENABLED"}
strategy = [{"capacityProvider": "FARGATE", "base": 1, "weight": 1}]
right = fitting(desk.needs["cpu"], desk.needs["memory"])
first, second = desk.services


def define(family, image, size, says=("FARGATE",), **container):
    ecs.register_task_definition(
        family=family, requiresCompatibilities=list(says), networkMode="awsvpc", cpu=str(size[0]), memory=str(size[1]),
        executionRoleArn=desk.role, containerDefinitions=[{"name": "app", "image": image, **container}],
    )


def serve(name, definition, count, **how):
    network = {"awsvpcConfiguration": how.pop("place", place)}
    ecs.create_service(
        cluster=desk.cluster, serviceName=name, taskDefinition=definition, desiredCount=count,
        networkConfiguration=network, **how,
    )


def providers(*names, default=()):
    ecs.put_cluster_capacity_providers(
        cluster=desk.cluster, capacityProviders=list(names), defaultCapacityProviderStrategy=list(default)
    )


def text(**how):
    try:
        serve("both", "one", 1, **{"launchType": "FARGATE", "capacityProviderStrategy": strategy, **how})
    except ClientError as error:
        return error.response["Error"]["Message"]


"""
BOTH_PROVIDERS = 'define("one", desk.image, right)\nproviders("FARGATE", "FARGATE_SPOT")\n'
FIRST = 'serve(first, "one", desk.counts[0], launchType="FARGATE")\n'
SECOND = 'serve(second, "one", desk.counts[1], capacityProviderStrategy=strategy)\n'
WAIT = '\necs.get_waiter("services_stable").wait(cluster=desk.cluster, services=[first, second])\n'
SIDE_BY_SIDE = (
    Answer("as in the solution", SOLUTION),
    Answer(
        "the strategy as the cluster's default, in every zone",
        TWO
        + BOTH_PROVIDERS
        + FIRST
        + """
providers("FARGATE", "FARGATE_SPOT", default=[{"capacityProvider": "FARGATE", "weight": 1}])
serve(second, "one", desk.counts[1])
refusal = text()
"""
        + WAIT,
    ),
    Answer(
        "a definition for each, a base, and ten minutes in place of a waiter",
        TWO
        + BOTH_PROVIDERS
        + 'define("other", desk.image, right)\n'
        + FIRST
        + 'serve(second, "other", desk.counts[1], capacityProviderStrategy=strategy)\nrefusal = text()\n'
        + "desk.cloud.advance(minutes=10)",
    ),
    Answer(
        "nobody waits",
        TWO + BOTH_PROVIDERS + FIRST + SECOND + "refusal = text()",
        misses={"no-hosts": "the waiter services_stable"},
    ),
    Answer(
        "a definition for anything",
        TWO + BOTH_PROVIDERS.replace("right", "right, says=()") + FIRST + SECOND + "refusal = text()" + WAIT,
        misses={"by-type": "says that it is for Fargate"},
    ),
    Answer(
        "every subnet that there is",
        TWO
        + 'place["subnets"] = [each["SubnetId"] for each in ec2.describe_subnets()["Subnets"]]\n'
        + BOTH_PROVIDERS
        + FIRST
        + SECOND
        + "refusal = text()\ndesk.cloud.advance(minutes=30)",
        misses={"by-type": "default subnets alone", "by-provider": "default subnets alone", "mixes": WAITS},
    ),
    Answer(
        "both by launch type",
        TWO + BOTH_PROVIDERS + FIRST + 'serve(second, "one", desk.counts[1], launchType="FARGATE")\nrefusal = text()' + WAIT,
        misses={"by-provider": "in place of launchType", "mixes": WAITS},
    ),
    Answer(
        "both by provider",
        TWO
        + BOTH_PROVIDERS
        + 'serve(first, "one", desk.counts[0], capacityProviderStrategy=strategy)\n'
        + SECOND
        + "refusal = text()"
        + WAIT,
        misses={"by-type": "with launchType FARGATE"},
    ),
    Answer(
        "a cluster that knows FARGATE alone",
        TWO + BOTH_PROVIDERS + 'providers("FARGATE")\n' + FIRST + SECOND + "refusal = text()" + WAIT,
        misses={"mixes": "AWS answers"},
    ),
    Answer(
        "the largest size, to be safe",
        TWO + BOTH_PROVIDERS.replace("right", "Size(4096, 16384)") + FIRST + SECOND + "refusal = text()" + WAIT,
        misses={"by-type": "the smallest size on sale"},
    ),
    Answer(
        "the counts the other way round",
        TWO
        + BOTH_PROVIDERS
        + 'serve(first, "one", desk.counts[0], launchType="FARGATE")\n'
        + 'serve(second, "one", 1, capacityProviderStrategy=strategy)\nrefusal = text()'
        + WAIT,
        misses={"by-provider": "tasks of", "no-hosts": "tasks of", "mixes": WAITS},
    ),
    Answer(
        "the larger count for both",
        TWO
        + BOTH_PROVIDERS
        + 'serve(first, "one", desk.counts[1], launchType="FARGATE")\n'
        + SECOND
        + "refusal = text()"
        + WAIT,
        misses={"by-type": "and no more"},
    ),
    Answer(
        "another refusal",
        TWO + BOTH_PROVIDERS + FIRST + SECOND + 'refusal = text(launchType="EC2", capacityProviderStrategy=[])' + WAIT,
        misses={"refused": "try create_service with both members"},
    ),
    Answer(
        "no public address",
        TWO + BOTH_PROVIDERS + 'place["assignPublicIp"] = "DISABLED"\n' + FIRST + SECOND + "refusal = text()",
        misses={"by-type": "tasks of", "by-provider": "tasks of", "no-hosts": "tasks of", "mixes": WAITS},
    ),
    Answer(
        "the refusal not caught",
        TWO
        + BOTH_PROVIDERS
        + FIRST
        + SECOND
        + WAIT
        + 'refusal = "?"\nserve("both", "one", 1, launchType="FARGATE", capacityProviderStrategy=strategy)',
        raises="ClientError",
        misses={"refused": "try create_service with both members"},
    ),
    untouched(),
)

# --- 2. twelve cases

# The learner's own reading of the sentences, by another way than the solution's: word for word.
READ = """
from simcloud.choose import compute
from simcloud.choose.calls import Calls
from simcloud.choose.workload import Workload


def words(text):
    return text.replace(",", "").replace(":", "").replace(".", ". ").replace("0. ", "0.").split()


def before(text, *names):
    found = words(text)
    for place, word in enumerate(found):
        if word.strip(".;") in names:
            return Decimal(found[place - 1].replace("half", "0.5"))
    return None


def sentence(text):
    tail = text.split("As tasks:")[-1] if "As tasks:" in text else text
    cpu, memory = before(tail, "vCPU"), before(tail.split("vCPU", 1)[1], "GB")
    if "day and night" in tail or "hours" not in tail and "an hour" not in tail:
        hours = Decimal(24)
    else:
        hours = before(tail, "hours") or Decimal(1)
    if "half an hour a day" in tail:
        hours = Decimal("0.5")
    count = before(tail, "at") if "at noon" in tail else before(tail, "copies", "pods", "hosts")
    count = count or (2 if "two of" in tail else 1)
    return dict(
        cpu=int(cpu * 1024), memory=int(memory * 1024), count=int(count),
        average=before(tail, "on") if "on average" in tail else None, hours_a_day=hours,
        gpus=1 if "on a GPU" in text else 0, privileged="privileged" in text, daemon="stands once" in text,
        host_files="/var/lib" in text, kubernetes="kubectl" in text, calls=as_calls(text),
    )


def as_calls(text):
    if "a month" not in text:
        return None
    head = text.split("As tasks:")[0]
    many = before(head, "million") * 1_000_000 if "million" in head else before(head, "calls", "a")
    minutes = 10 if "ten minutes" in head else before(head, "minutes")
    seconds = Decimal(minutes * 60) if minutes else before(head, "s")
    memory = before(head, "MB") or before(head, "GB") * 1024
    load = Decimal(head.split("loads for ")[1].split(" ")[0]) if "loads for" in head else Decimal(0)
    patience = Decimal(head.split("longer than ")[1].split(" ")[0]) if "longer than" in head else None
    return Calls(int(many), seconds, memory=int(memory), start=load, answer_within=patience)


def decide(change=lambda made: made):
    global chosen, bills
    verdicts = {name: compute.choose(Workload(name, **change(sentence(text)))) for name, text in desk.cases.items()}
    chosen = {name: verdict.chosen for name, verdict in verdicts.items()}
    bills = {name: float(verdict.choice.bill.total) for name, verdict in verdicts.items()}


decide()
"""
TWELVE = (
    Answer("as in the solution", SOLUTION),
    Answer("read word by word, bills in cents", READ),
    Answer(
        "EKS on Fargate or on nodes, where they cost nearly the same",
        READ
        + """
for name, text in desk.cases.items():
    verdict = compute.choose(Workload(name, **sentence(text)))
    if chosen[name] == "EKS on Fargate" and verdict.option("EKS on EC2 nodes").is_open:
        chosen[name] = "EKS on EC2 nodes"
""",
    ),
    Answer(
        "everything on Fargate",
        READ + 'chosen = dict.fromkeys(desk.cases, "ECS on Fargate")',
        misses={
            "first-chosen": "Against ECS on Fargate",
            "rest-chosen": "Against ECS on Fargate",
            "first-priced": WAITS,
            "rest-priced": WAITS,
        },
    ),
    Answer(
        "hosts for all that never sleeps",
        READ + 'chosen = {name: "ECS on EC2" for name in desk.cases}',
        misses={
            "first-chosen": "Against ECS on EC2",
            "rest-chosen": "Against ECS on EC2",
            "first-priced": WAITS,
            "rest-priced": WAITS,
        },
    ),
    Answer(
        "Lambda and Fargate are the same for containers",
        READ + 'chosen = {name: "Lambda" for name in desk.cases}',
        misses={
            "first-chosen": "Against Lambda",
            "rest-chosen": "Against Lambda",
            "first-priced": WAITS,
            "rest-priced": WAITS,
        },
    ),
    Answer(
        "a year in place of a month",
        READ + "bills = {name: 12 * bill for name, bill in bills.items()}",
        misses={"first-priced": "a month has 730 hours", "rest-priced": "a month has 730 hours"},
    ),
    Answer(
        "a month of thirty days",
        READ + "bills = {name: bill * 720 / 730 for name, bill in bills.items()}",
        misses={"first-priced": "a month has 730 hours", "rest-priced": "a month has 730 hours"},
    ),
    Answer(
        "prices as text",
        READ + "bills = {name: f'${bill}' for name, bill in bills.items()}",
        misses={"first-priced": "a number: float", "rest-priced": "a number: float"},
    ),
    Answer(
        "own names for the ways",
        READ + "chosen = {name: way.removeprefix('ECS on ').upper() for name, way in chosen.items()}",
        misses={
            "first-chosen": "as in desk.options",
            "rest-chosen": "as in desk.options",
            "first-priced": WAITS,
            "rest-priced": WAITS,
        },
    ),
    Answer(
        "the first six alone",
        READ + "chosen = dict(list(chosen.items())[:6])",
        misses={"rest-chosen": "nothing about c07", "rest-priced": WAITS},
    ),
    Answer(
        "a crash at the end",
        READ + "chosen['c13']",
        raises="KeyError",
    ),
    untouched(),
)

# --- 3. where it turns

TURNS = """
from simcloud.choose.calls import Calls
from simcloud.choose.lambda_or_fargate import break_even, choose


def asked(one, **more):
    given = {"a_month": one["a_month"], "seconds": Decimal(str(one["seconds"])), "memory": one["memory"], **more}
    return Calls(given.pop("a_month"), given.pop("seconds"), **given)


turn = {name: break_even(asked(one)) for name, one in desk.functions.items()}
cheaper = {name: "Fargate" if one["a_month"] >= turn[name] else "Lambda" for name, one in desk.functions.items()}
"""
TURN_HINT = "over the price of one"
WHERE_IT_TURNS = (
    Answer("as in the solution", SOLUTION),
    Answer("by the chooser", TURNS),
    Answer(
        "by hand",
        TURNS
        + """
VCPU, GB, CALL, GB_SECOND = 0.04048, 0.004445, 0.0000002, 0.0000166667
for name, one in desk.functions.items():
    memory = next(each for each in (512, 1024, 2048) if each >= one["memory"])
    tasks = 2 * 730 * (0.25 * VCPU + memory / 1024 * GB)
    turn[name] = tasks / (CALL + one["seconds"] * one["memory"] / 1024 * GB_SECOND)
""",
    ),
    Answer(
        "a month of 31 days",
        TURNS + "turn = {name: number * 744 / 730 for name, number in turn.items()}",
        misses={"first-turn": "too many", "other-turns": WAITS},
    ),
    Answer(
        "one task in place of two",
        TURNS + "turn = {name: number / 2 for name, number in turn.items()}",
        misses={"first-turn": "too few", "other-turns": WAITS},
    ),
    Answer(
        "the price of a request forgotten",
        TURNS + "turn = {name: number * 1.2 for name, number in turn.items()}",
        misses={"first-turn": TURN_HINT, "other-turns": WAITS},
    ),
    Answer(
        "one number for all three",
        TURNS
        + """
first = next(iter(desk.functions))
turn = {name: turn[first] * (1 if name == first else 1.05 + abs(turn[name] / turn[first])) for name in turn}
""",
        misses={"other-turns": TURN_HINT},
    ),
    Answer(
        "Lambda is always cheaper",
        TURNS + "cheaper = dict.fromkeys(desk.functions, 'Lambda')\ncheaper['fines'] = 'Fargate' "
        "if desk.functions['fines']['a_month'] < turn['fines'] else 'Lambda'",
        misses={"cheaper": "what do they cost as calls"},
    ),
    Answer(
        "texts",
        TURNS + "turn = {name: f'{number:,}' for name, number in turn.items()}",
        misses={"first-turn": "a number for each function", "other-turns": WAITS},
    ),
    Answer("a crash at the end", TURNS + "turn['tickets']", raises="KeyError"),
    untouched(),
)

# --- 4. keep it running

KEEP = """
import json

docs = list(yaml.safe_load_all(desk.manifest))
room, app = docs[1]["metadata"]["namespace"], docs[1]["metadata"]["name"]
api = desk.cloud.kubernetes(desk.northern)
given = eks.describe_cluster(name=desk.northern)["cluster"]["resourcesVpcConfig"]["subnetIds"]
asked = docs[1]["spec"]["template"]["spec"]["containers"][0]


def inside():
    for table in ec2.describe_route_tables()["RouteTables"]:
        if any("NatGatewayId" in route for route in table["Routes"]):
            yield from (each["SubnetId"] for each in table["Associations"] if each.get("SubnetId") in given)


def profile(*selectors, subnets=None):
    eks.create_fargate_profile(
        clusterName=desk.northern, fargateProfileName="one", podExecutionRoleArn=desk.pod_role,
        subnets=subnets or list(inside()), selectors=list(selectors),
    )
    eks.get_waiter("fargate_profile_active").wait(clusterName=desk.northern, fargateProfileName="one")


needs = asked["resources"]["requests"]
right = fitting(int(needs["cpu"][:-1]) * 1024 / 1000, int(needs["memory"][:-2]))


def on_ecs(size=right, **container):
    define(app, container.pop("image", asked["image"]), type("S", (tuple,), {"cpu": size[0], "memory": size[1]})(size),
           **{"environment": asked["env"], **container})
    serve(app, app, docs[1]["spec"]["replicas"], launchType="FARGATE")
    desk.cloud.advance(minutes=8)


narrow = {"namespace": room, "labels": desk.on_fargate}
"""
NO_POD = {"comes-back": WAITS, "nobody-else": WAITS}
KEEP_IT_RUNNING = (
    Answer("as in the solution", SOLUTION),
    Answer(
        "one private subnet, one document after the other",
        KEEP
        + """
profile(narrow, subnets=[next(inside())])
for one in docs:
    api.apply(one)
on_ecs()
""",
    ),
    Answer(
        "by a capacity provider",
        KEEP
        + """
profile(narrow)
api.apply(desk.manifest)
define("moved", asked["image"], right, environment=asked["env"])
serve(app, "moved", docs[1]["spec"]["replicas"], capacityProviderStrategy=strategy)
desk.cloud.advance(minutes=5)
""",
    ),
    Answer(
        "the whole namespace",
        KEEP + 'profile({"namespace": room})\napi.apply(desk.manifest)\non_ecs()',
        misses={"nobody-else": "and no others"},
    ),
    Answer(
        "every namespace with a star",
        KEEP + 'profile({"namespace": "*", "labels": desk.on_fargate})\napi.apply(desk.manifest)\non_ecs()',
        misses={"nobody-else": "elsewhere-"},
    ),
    Answer(
        "the manifest applied before there is a profile",
        KEEP + "api.apply(desk.manifest)\ndesk.cloud.advance(minutes=2)\nprofile(narrow)\non_ecs()",
        misses={"runs-unchanged": "run on Fargate", **NO_POD},
    ),
    Answer(
        "another label written into the manifest",
        KEEP
        + """
profile({"namespace": room, "labels": {"moved": "yes"}})
docs[1]["spec"]["template"]["metadata"]["labels"]["moved"] = "yes"
api.apply(docs)
on_ecs()
""",
        misses={"runs-unchanged": "apply desk.manifest as it is", **NO_POD},
    ),
    Answer(
        "on ECS alone: the two are interchangeable",
        KEEP + "on_ecs()",
        misses={"runs-unchanged": "There is no Deployment", **NO_POD},
    ),
    Answer(
        "on EKS, and a task without the variable and with another image",
        KEEP
        + 'profile(narrow)\napi.apply(desk.manifest)\non_ecs(image="public.ecr.aws/nginx/nginx:1.27", environment=[])',
        misses={"rewritten": "the image stands in the manifest"},
    ),
    Answer(
        "a task without the variable",
        KEEP + "profile(narrow)\napi.apply(desk.manifest)\non_ecs(environment=[])",
        misses={"rewritten": "environment of a container definition"},
    ),
    Answer(
        "a task of double size, to be safe",
        KEEP + "profile(narrow)\napi.apply(desk.manifest)\non_ecs(size=(4096, 8192))",
        misses={"rewritten": "the smallest size on sale"},
    ),
    Answer(
        "nobody waits for the tasks",
        KEEP
        + """
profile(narrow)
api.apply(desk.manifest)
define(app, asked["image"], right, environment=asked["env"])
serve(app, app, docs[1]["spec"]["replicas"], launchType="FARGATE")
""",
        misses={"rewritten": "the waiter services_stable"},
    ),
    Answer(
        "every private subnet of the cluster",
        KEEP
        + """
public = {each["SubnetId"] for each in ec2.describe_subnets(SubnetIds=given)["Subnets"] if each["DefaultForAz"]}
profile(narrow, subnets=[each for each in given if each not in public])
api.apply(desk.manifest)
on_ecs()
""",
        misses={"runs-unchanged": "run on Fargate", **NO_POD},
    ),
    Answer(
        "a task too small",
        KEEP + "profile(narrow)\napi.apply(desk.manifest)\non_ecs(size=(256, 512))",
        misses={"rewritten": "may use 512 MiB"},
    ),
    Answer(
        "the public subnet too",
        KEEP + "on_ecs()\napi.apply(desk.manifest)\nprofile(narrow, subnets=given)",
        raises="ClientError",
        misses={"runs-unchanged": "run on Fargate", **NO_POD},
    ),
    untouched(),
)

ANSWERS = {
    "side-by-side": SIDE_BY_SIDE,
    "twelve-cases": TWELVE,
    "where-it-turns": WHERE_IT_TURNS,
    "keep-it-running": KEEP_IT_RUNNING,
}

# --- one variant's decisions


def decided(variant: Mapping[str, Any]) -> dict[str, str]:
    """What a learner writes who knows this variant: its size, its twelve ways and bills, its labels."""
    plan = plan_of(variant["ticket"])
    chosen = {case.id: case.verdict.chosen for case in plan.cases}
    bills = {case.id: float(case.verdict.option(chosen[case.id]).cost) for case in plan.cases}
    turn = {name: lambda_or_fargate.break_even(calls) for name, calls in plan.functions.items()}
    cheaper = {
        name: "Fargate" if calls.a_month >= (turn[name] or 0) else "Lambda" for name, calls in plan.functions.items()
    }
    size = f"right = Size({plan.size.cpu}, {plan.size.memory})\n"
    return {
        "side-by-side": TWO + size + BOTH_PROVIDERS + FIRST + SECOND + "refusal = text()" + WAIT,
        "twelve-cases": f"chosen, bills = {chosen!r}, {bills!r}",
        "where-it-turns": f"turn, cheaper = {turn!r}, {cheaper!r}",
        "keep-it-running": KEEP
        + f"profile({{'namespace': {plan.space!r}, 'labels': {dict([plan.label])!r}}})\n"
        + "api.apply(desk.manifest)\non_ecs()",
    }


# --- ways to break the world

WRECKS = {
    "the services deleted": """
for one in ecs.list_services(cluster=desk.cluster)["serviceArns"]:
    ecs.delete_service(cluster=desk.cluster, service=one, force=True)
""",
    "the ECS cluster without services for hours": """
for one in ecs.list_services(cluster=desk.cluster)["serviceArns"]:
    ecs.delete_service(cluster=desk.cluster, service=one, force=True)
desk.cloud.advance(hours=3)
ecs.delete_cluster(cluster=desk.cluster)
""",
    "the manifest without a profile, and the Deployment deleted": """
there = desk.cloud.kubernetes(desk.northern)
there.apply(desk.manifest)
held = list(yaml.safe_load_all(desk.manifest))[1]["metadata"]
there.delete("deployment", held["name"], namespace=held["namespace"])
""",
    "the namespace deleted": """
there = desk.cloud.kubernetes(desk.northern)
there.apply(desk.manifest)
there.delete("namespace", list(yaml.safe_load_all(desk.manifest))[0]["metadata"]["name"])
""",
    "the EKS cluster deleted": """
eks.delete_cluster(name=desk.northern)
eks.get_waiter("cluster_deleted").wait(name=desk.northern)
""",
    "counts of none": """
for one in ecs.list_services(cluster=desk.cluster)["serviceArns"]:
    ecs.update_service(cluster=desk.cluster, service=one, desiredCount=0)
""",
    "a Deployment of none": """
none = list(yaml.safe_load_all(desk.manifest))
none[1]["spec"]["replicas"] = 0
desk.cloud.kubernetes(desk.northern).apply(none)
""",
    "the repositories deleted": """
for one in boto3.client("ecr").describe_repositories()["repositories"]:
    boto3.client("ecr").delete_repository(repositoryName=one["repositoryName"], force=True)
""",
}
