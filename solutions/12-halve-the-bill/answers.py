"""Lab 12: right answers by more than one way, plausible wrong ones with what each must be told, and the untouched stub.

Every text is an answer cell. It may use the names that the solutions of the questions before it have left: `name_of`, `names`,
`month`, `unneeded`, later `rightsizing`, `bounds`, `right`, `SAID_BY_AWS`, `revision`, `is_built_for_arm`.
"""

from collections.abc import Mapping
from typing import Any

from autograder.author.worked import SOLUTION, Answer, untouched
from autograder.checks.labs.wasteful_estate.plan import (
    MONTH_HOURS,
    an_hour,
    best_commitment,
    most_commitment,
    plan_of,
)

# --- 1. read the bill

READ = """
def tag(thing):
    return {each["Key"]: each["Value"] for each in thing.get("Tags", [])}.get("Name")


month = {}
for arn in ecs.list_services(cluster=desk.cluster)["serviceArns"]:
    service = ecs.describe_services(cluster=desk.cluster, services=[arn])["services"][0]
    made = ecs.describe_task_definition(taskDefinition=service["taskDefinition"])["taskDefinition"]
    vcpu, gigabytes = int(made["cpu"]) / 1024, int(made["memory"]) / 1024
    both = vcpu * desk.prices["X86_64"]["vcpu"] + gigabytes * desk.prices["X86_64"]["gb"]
    month[service["serviceName"]] = round(both * 730 * service["runningCount"], 2)
tables = ec2.describe_route_tables()["RouteTables"]
routed = [route["NatGatewayId"] for table in tables for route in table["Routes"] if "NatGatewayId" in route]
gateways = ec2.describe_nat_gateways()["NatGateways"]
unneeded = [
    *(set(month) - set(desk.rules)),
    *(tag(one) for one in gateways if one["NatGatewayId"] not in routed),
    *(tag(one) for one in ec2.describe_addresses()["Addresses"] if not one.get("AssociationId")),
]
"""
READ_THE_BILL = (
    Answer("as in the solution", SOLUTION),
    Answer("the same in other words, to the cent", READ),
    Answer("in another order", READ + "unneeded.reverse()"),
    Answer(
        "thirty days of twenty-four hours",
        READ + "month = {name: cost / 730 * 720 for name, cost in month.items()}",
        misses={"by-service": "* 730"},
    ),
    Answer(
        "what is used in place of what is asked for",
        READ + "month = {name: cost * 0.06 for name, cost in month.items()}",
        misses={"by-service": "idle or busy, the size that is asked for is paid"},
    ),
    Answer(
        "a task of each service",
        READ + "month = {name: cost / 2 for name, cost in month.items()}",
        misses={"by-service": "the month of"},
    ),
    Answer(
        "the service that is least busy",
        READ + "unneeded[0] = min(desk.rules, key=lambda name: desk.rules[name]['peak'])",
        misses={"unneeded": "desk.rules"},
    ),
    Answer(
        "the gateway that is on the way",
        READ + "unneeded[1] = next(tag(one) for one in gateways if one['NatGatewayId'] in routed)",
        misses={"unneeded": "the routes of all route tables"},
    ),
    Answer("only the service", READ + "unneeded = unneeded[:1]", misses={"unneeded": "a list of three names"}),
    Answer(
        "sums alone",
        READ + "month = sum(month.values())",
        misses={"by-service": "a dict: service -> US dollars"},
    ),
    Answer("a crash before anything", "month = {}['cost']\nunneeded = []", raises="KeyError", attempted=False),
    untouched(),
)

# --- 2. take it away

AWAY = """
def stop(name):
    ecs.update_service(cluster=desk.cluster, service=name, desiredCount=0)
    desk.cloud.advance(minutes=5)


def close(*wanted):
    for one in ec2.describe_nat_gateways()["NatGateways"]:
        if name_of(one) in wanted:
            ec2.delete_nat_gateway(NatGatewayId=one["NatGatewayId"])
    desk.cloud.advance(minutes=10)


def release():
    for one in ec2.describe_addresses()["Addresses"]:
        if not one.get("AssociationId"):
            ec2.release_address(AllocationId=one["AllocationId"])


idle = next(name for name in names if name not in desk.rules)
"""
WAITS = {"live": "judged once the check before it", "replaced": "judged once the check before it"}
TAKE_IT_AWAY = (
    Answer("as in the solution", SOLUTION),
    Answer("the service kept, with no task", AWAY + "stop(idle)\nclose(*unneeded)\nrelease()"),
    Answer("the service alone", AWAY + "stop(idle)", misses={"gone": "delete_nat_gateway", **WAITS}),
    Answer(
        "the address of the gateway left behind",
        AWAY + "stop(idle)\nrelease()\nclose(*unneeded)",
        misses={"gone": "a NAT gateway that is deleted lets go of its own", **WAITS},
    ),
    Answer(
        "everything but the service",
        AWAY + "close(*unneeded)\nrelease()",
        misses={"gone": "delete_service, or a count of 0", **WAITS},
    ),
    Answer(
        "both gateways",
        AWAY + 'stop(idle)\nclose("way-out-1", "way-out-2")\nrelease()',
        misses={"replaced": "half an hour after a task was killed"},
    ),
    Answer(
        "the quietest service as well",
        AWAY
        + """
stop(idle)
close(*unneeded)
release()
stop(min(desk.rules, key=lambda name: desk.rules[name]["peak"]))
""",
        misses={"live": "running tasks", "replaced": "running tasks"},
    ),
    Answer(
        "a service that somebody needs deleted",
        AWAY
        + """
stop(idle)
close(*unneeded)
release()
ecs.delete_service(cluster=desk.cluster, service=max(desk.rules), force=True)
""",
        misses={"live": "make it again", "replaced": "make it again"},
    ),
    Answer(
        "a crash half way",
        AWAY + "stop(idle)\nclose(*unused)",
        raises="NameError",
        misses={"gone": "delete_nat_gateway", **WAITS},
    ),
    untouched(),
)

# --- 3. right-size

SIZES = """
from simcloud.choose import rightsizing

bounds = rightsizing.Bounds(latency=desk.latency, memory=desk.memory)
STAYS = ("family", "requiresCompatibilities", "networkMode", "executionRoleArn", "containerDefinitions")


def running(name):
    service = ecs.describe_services(cluster=desk.cluster, services=[name])["services"][0]
    return ecs.describe_task_definition(taskDefinition=service["taskDefinition"])["taskDefinition"]


def size(name, cpu, memory):
    old = running(name)
    made = ecs.register_task_definition(cpu=str(cpu), memory=str(memory), **{each: old[each] for each in STAYS})
    new = made["taskDefinition"]["taskDefinitionArn"]
    ecs.update_service(cluster=desk.cluster, service=name, taskDefinition=new)


def best(peak=True):
    found = {}
    with desk.cloud.copy() as future:
        for name, rule in desk.rules.items():
            if peak:
                future.load(name, rule["peak"], cluster=desk.cluster)
            found[name] = rightsizing.best(future, name, desk.cluster, bounds=bounds)[:2]
    return found


(worker,) = [name for name, rule in desk.rules.items() if rule["may_be_interrupted"]]
front = max(desk.rules, key=lambda name: desk.rules[name]["peak"])
maps = desk.plan["ends"]
"""
FIT = "for name, (cpu, memory) in best().items():\n    size(name, cpu, memory)\n"
SETTLE = "desk.cloud.advance(minutes=30)\n"
BY_METRICS = """
watch = boto3.client("cloudwatch")
SOLD = [(256, m) for m in (512, 1024, 2048)] + [(512, m) for m in (1024, 2048, 3072, 4096)]
SOLD += [(1024, m) for m in range(2048, 8193, 1024)] + [(2048, m) for m in range(4096, 16385, 1024)]


def most(name, metric):
    points = watch.get_metric_statistics(
        Namespace="AWS/ECS",
        MetricName=metric,
        Statistics=["Maximum"],
        Period=3600,
        StartTime=desk.cloud.world.now - 86400,
        EndTime=desk.cloud.world.now,
        Dimensions=[{"Name": "ClusterName", "Value": desk.cluster}, {"Name": "ServiceName", "Value": name}],
    )["Datapoints"]
    return max(point["Maximum"] for point in points) / 100


for name in desk.rules:
    old = running(name)
    busy = most(name, "CPUUtilization") * int(old["cpu"]) / 0.8
    held = most(name, "MemoryUtilization") * int(old["memory"])
    fitting = [(cpu, memory) for cpu, memory in SOLD if busy <= cpu / 2 and held <= 0.9 * memory]
    size(name, *min(fitting, key=lambda one: one[0] * 0.0404784 + one[1] * 0.004446))
"""
NOTHING_JUDGED = dict.fromkeys(("half", "most", "nearly-all", "busiest-day"), "judged once the check before it")
RIGHT_SIZE = (
    Answer("as in the solution", SOLUTION),
    Answer("by CloudWatch and the table of sizes", SIZES + BY_METRICS + SETTLE),
    Answer("by a constant load in a copy, all at once", SIZES + FIT + SETTLE),
    Answer(
        "for the days that were seen",
        SIZES + FIT.replace("best()", "best(peak=False)") + SETTLE,
        misses={"busiest-day": "on the busiest day"},
    ),
    Answer(
        "the memory of everything halved",
        SIZES
        + """
for name in desk.rules:
    old = running(name)
    size(name, min(int(old["cpu"]), 1024), int(old["memory"]) // 2)
"""
        + SETTLE,
        misses={"in-bounds": "half an hour later", **NOTHING_JUDGED},
    ),
    Answer(
        "the dearest service alone",
        SIZES + "size(front, *best()[front])\n" + SETTLE,
        misses={"most": "is the dearest now", "nearly-all": "is the dearest now"},
    ),
    Answer(
        "the dearest one halved",
        SIZES + "size(front, 2048, 4096)\n" + SETTLE,
        misses={name: "are both its CPU and its memory used" for name in ("half", "most", "nearly-all")},
    ),
    Answer(
        "one service left as it was",
        SIZES + FIT.replace("    size", "    name == maps or size") + SETTLE,
        misses={"most": "is the dearest now", "nearly-all": "is the dearest now"},
    ),
    Answer(
        "half a vCPU in reserve for the worker",
        SIZES + FIT + "size(worker, 512, max(1024, best()[worker][1]))\n" + SETTLE,
        misses={"nearly-all": "of the saving that right sizes can reach"},
    ),
    Answer(
        "fewer tasks",
        SIZES
        + FIT
        + 'ecs.update_service(cluster=desk.cluster, service=front, desiredCount=desk.rules[front]["tasks"] - 1)\n'
        + SETTLE,
        misses={"in-bounds": "running tasks", **NOTHING_JUDGED},
    ),
    Answer(
        "a size that is not sold",
        SIZES + "size(front, 512, 512)",
        raises="ClientError",
        attempted=False,
    ),
    untouched(),
)

# --- 4. price it lower

LOWER = (
    SIZES
    + """
def on(name, processor, **more):
    old = running(name)
    platform = {"cpuArchitecture": processor, "operatingSystemFamily": "LINUX"}
    kept = {each: old[each] for each in (*STAYS, "cpu", "memory")}
    made = ecs.register_task_definition(runtimePlatform=platform, **{**kept, **more.pop("sized", {})})
    new = made["taskDefinition"]["taskDefinitionArn"]
    ecs.update_service(cluster=desk.cluster, service=name, taskDefinition=new, **more)


def spot(name, **weights):
    strategy = [{"capacityProvider": each, "weight": weight} for each, weight in weights.items()]
    ecs.update_service(
        cluster=desk.cluster, service=name, capacityProviderStrategy=strategy, forceNewDeployment=True
    )


def starts_on_arm(name):
    with desk.cloud.copy() as future:
        on(name, "ARM64", deploymentConfiguration={"minimumHealthyPercent": 0, "maximumPercent": 100},
           availabilityZoneRebalancing="DISABLED")
        future.advance(minutes=15)
        return bool(future.tasks(desk.cluster, service=name, status="RUNNING"))


built = [name for name in desk.rules if starts_on_arm(name)]
"""
)
ARM = 'for name in built:\n    on(name, "ARM64")\n'
PRICE_IT_LOWER = (
    Answer("as in the solution", SOLUTION),
    Answer("found out by trying in a copy", LOWER + "spot(worker, FARGATE_SPOT=1)\n" + SETTLE + ARM + SETTLE),
    Answer("with a weight of four, one after the other", LOWER + ARM + SETTLE + "spot(worker, FARGATE_SPOT=4)\n" + SETTLE),
    Answer(
        "everything on Spot",
        LOWER + ARM + SETTLE + "for name in desk.rules:\n    spot(name, FARGATE_SPOT=1)\n" + SETTLE,
        misses={"spot": "not on FARGATE_SPOT", "taken-back": "judged once"},
    ),
    Answer(
        "no Spot at all",
        LOWER + ARM + SETTLE,
        misses={"spot": "they are not", "taken-back": "judged once", "halved": "sizes first"},
    ),
    Answer(
        "Spot alone",
        LOWER + "spot(worker, FARGATE_SPOT=1)\n" + SETTLE,
        misses={"arm": "for which its image is built", "halved": "judged once"},
    ),
    Answer(
        "everything on ARM64 at once",
        LOWER
        + """
spot(worker, FARGATE_SPOT=1)
rules = {"minimumHealthyPercent": 0, "maximumPercent": 100}
for name in desk.rules:
    on(name, "ARM64", deploymentConfiguration=rules, availabilityZoneRebalancing="DISABLED")
"""
        + SETTLE,
        misses={"spot": "then", "arm": "then", "taken-back": "judged once", "halved": "judged once"},
    ),
    Answer(
        "a larger size while at it",
        LOWER
        + "spot(worker, FARGATE_SPOT=1)\n"
        + ARM
        + SETTLE
        + """
on(front, "ARM64" if front in built else "X86_64", sized={"cpu": "2048", "memory": "4096"})
"""
        + SETTLE,
        misses={"halved": "sizes first"},
    ),
    Answer(
        "a crash after Spot",
        LOWER + "spot(worker, FARGATE_SPOT=1)\n" + SETTLE + "on(processor)",
        raises="NameError",
        misses={"arm": "for which its image is built", "halved": "judged once"},
    ),
    untouched(),
)

# --- 5. commit

BY_MONTH = """
def cost(name):
    service = ecs.describe_services(cluster=desk.cluster, services=[name])["services"][0]
    made = ecs.describe_task_definition(taskDefinition=service["taskDefinition"])["taskDefinition"]
    price = desk.prices[made.get("runtimePlatform", {}).get("cpuArchitecture", "X86_64")]
    one = int(made["cpu"]) / 1024 * price["vcpu"] + int(made["memory"]) / 1024 * price["gb"]
    return one * service["runningCount"]


covered = [name for name in desk.rules if not desk.rules[name]["may_be_interrupted"]]
hours = {name: cost(name) for name in covered}
ends, after, pays = desk.plan["ends"], desk.plan["after_months"], 1 - desk.plan["discount"]
full, rest = sum(hours.values()), sum(hours.values()) - hours[ends]


def year(commitment):
    asked = [full if month < after else rest for month in range(12)]
    return sum(commitment + max(0.0, each - commitment / pays) for each in asked) / 12


steps = [number / 10000 for number in range(int(full * 10000) + 2)]
commitment = min(steps, key=year)
most = max(each for each in steps if year(each) <= year(0))
"""
COMMIT = (
    Answer("as in the solution", SOLUTION),
    Answer("by trying every hundredth of a cent", BY_MONTH),
    Answer("by a rule of thumb", BY_MONTH + "commitment = (full if after / 12 > pays else rest) * pays"),
    Answer(
        "all that is paid today",
        BY_MONTH + "commitment = full",
        misses={"commitment": "saves $"},
    ),
    Answer(
        "what ends taken the other way",
        BY_MONTH + "commitment = (rest if after / 12 > pays else full) * pays",
        misses={"commitment": "what ends early is paid to the end"},
    ),
    Answer("no promise", BY_MONTH + "commitment = 0", misses={"commitment": "saves $0.00"}),
    Answer(
        "Spot is covered, too",
        BY_MONTH + "covered = list(desk.rules)",
        misses={"covered": "on demand alone"},
    ),
    Answer(
        "the break-even at today's price",
        BY_MONTH + "most = full",
        misses={"break-even": "the year costs $+"},
    ),
    Answer(
        "words",
        'covered, commitment, most = "all", "a lot", True',
        misses={"covered": "a list of services", "commitment": "US dollars an hour", "break-even": "US dollars an hour"},
    ),
    Answer("a crash behind the work", BY_MONTH + "covered.best", raises="AttributeError"),
    untouched(),
)

ANSWERS = {
    "read-the-bill": READ_THE_BILL,
    "take-it-away": TAKE_IT_AWAY,
    "right-size": RIGHT_SIZE,
    "price-it-lower": PRICE_IT_LOWER,
    "commit": COMMIT,
}

# --- one variant's decisions


def decided(variant: Mapping[str, Any]) -> dict[str, str]:
    """What a learner writes who knows this variant: costs, names, sizes, processors, the commitment."""
    plan = plan_of(variant["ticket"])
    month = {one.name: one.costs(one.found) * MONTH_HOURS for one in plan.services}
    spent = {one.name: one.tasks * an_hour(one.best, arm=one.arm) for one in plan.needed if not one.spot}
    ending = spent.pop(plan.ending)
    parts = (sum(spent.values()), ending, plan.after_months)
    idle = next(one.name for one in plan.services if not one.needed)
    return {
        "read-the-bill": f"month = {month!r}\nunneeded = {sorted(plan.unneeded)!r}",
        "take-it-away": READ
        + "\ndef name_of(one):\n    return tag(one)\n\n\nnames = list(month)\n"
        + AWAY
        + f"stop({idle!r})\nclose('way-out-{plan.idle_nat}')\nrelease()",
        "right-size": SIZES
        + "".join(f"size({one.name!r}, {one.best[0]}, {one.best[1]})\n" for one in plan.needed)
        + SETTLE,
        "price-it-lower": LOWER[: LOWER.index("def starts_on_arm")]
        + "spot(worker, FARGATE_SPOT=1)\n"
        + "".join(f"on({one.name!r}, 'ARM64')\n" for one in plan.needed if one.arm)
        + SETTLE,
        "commit": f"covered = {[*spent, plan.ending]!r}\ncommitment = {best_commitment(*parts)}\n"
        f"most = {most_commitment(*parts)}",
    }


# --- ways to break the world

WRECKS = {
    "a service deleted": "ecs.delete_service(cluster=desk.cluster, service=min(desk.rules), force=True)",
    "every service deleted": """
for name in desk.rules:
    ecs.delete_service(cluster=desk.cluster, service=name, force=True)
desk.cloud.advance(hours=2)
ecs.delete_cluster(cluster=desk.cluster)
""",
    "every service without a task": """
for name in desk.rules:
    ecs.update_service(cluster=desk.cluster, service=name, desiredCount=0)
""",
    "no way out any more": """
for one in ec2.describe_nat_gateways()["NatGateways"]:
    ec2.delete_nat_gateway(NatGatewayId=one["NatGatewayId"])
for name in desk.rules:
    ecs.update_service(cluster=desk.cluster, service=name, forceNewDeployment=True)
""",
    "every image deleted": """
for name in desk.rules:
    boto3.client("ecr").delete_repository(repositoryName=f"ferryline/{name}", force=True)
    ecs.update_service(cluster=desk.cluster, service=name, forceNewDeployment=True)
""",
    "the role deleted": """
iam = boto3.client("iam")
policy = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
iam.detach_role_policy(RoleName="ferryline-execution", PolicyArn=policy)
iam.delete_role(RoleName="ferryline-execution")
for name in desk.rules:
    ecs.update_service(cluster=desk.cluster, service=name, forceNewDeployment=True)
""",
    "everything on Spot, and a drought": """
for name in desk.rules:
    strategy = [{"capacityProvider": "FARGATE_SPOT", "weight": 1}]
    ecs.update_service(
        cluster=desk.cluster, service=name, capacityProviderStrategy=strategy, forceNewDeployment=True
    )
desk.cloud.advance(minutes=20)
desk.cloud.reclaim_spot(1.0, drought=86400)
""",
    "every definition deregistered": """
for arn in ecs.list_task_definitions()["taskDefinitionArns"]:
    ecs.deregister_task_definition(taskDefinition=arn)
""",
}
