"""Lab 07: right answers by more than one way, plausible wrong ones with what each must be told, and the untouched stub.

Every text is an answer cell. It may use the names that the solutions of the questions before it have left: `vpc`,
`places`, `front`, `inside`, `targets`, `revision`, `network`, later `rules`, `patience`.
"""

from collections.abc import Mapping
from typing import Any

from autograder.author.worked import SOLUTION, Answer, untouched
from autograder.checks.labs.rolling_service.plan import plan_of

# --- 1. stand it up

PARTS = """
every = sorted(
    ec2.describe_subnets(Filters=[{"Name": "default-for-az", "Values": ["true"]}])["Subnets"],
    key=lambda each: each["AvailabilityZone"],
)
vpc, places = every[0]["VpcId"], [each["SubnetId"] for each in every]


def group(name, *rules):
    made = ec2.create_security_group(GroupName=name, Description=name, VpcId=vpc)["GroupId"]
    for rule in rules:
        ec2.authorize_security_group_ingress(GroupId=made, IpPermissions=[rule])
    return made


def tcp(low, high=None, **source):
    return {"IpProtocol": "tcp", "FromPort": low, "ToPort": high or low, **source}


ANYWHERE = {"IpRanges": [{"CidrIp": "0.0.0.0/0"}]}


def from_group(name):
    return {"UserIdGroupPairs": [{"GroupId": name}]}


def stand(fronts, insides, *, subnets=None, port=None, path=None, count=None, listen=80, scheme="internet-facing", wait=8, **more):
    made = elb.create_target_group(
        Name="all", Protocol="HTTP", Port=port or desk.port, VpcId=vpc, TargetType="ip", HealthCheckPath=path or desk.health
    )
    targets = made["TargetGroups"][0]["TargetGroupArn"]
    balancer = elb.create_load_balancer(Name="all", Subnets=places, SecurityGroups=fronts, Scheme=scheme)["LoadBalancers"][0]
    elb.create_listener(
        LoadBalancerArn=balancer["LoadBalancerArn"],
        Protocol="HTTP",
        Port=listen,
        DefaultActions=[{"Type": "forward", "TargetGroupArn": targets}],
    )
    container = {"name": "app", "image": desk.images["1.0"], "portMappings": [{"containerPort": desk.port}]}
    ecs.register_task_definition(
        family="all",
        requiresCompatibilities=["FARGATE"],
        networkMode="awsvpc",
        cpu="512",
        memory="1024",
        executionRoleArn=desk.role,
        containerDefinitions=[container],
    )
    place = {"subnets": subnets or places, "securityGroups": insides, "assignPublicIp": "ENABLED"}
    ecs.create_service(
        cluster=desk.cluster,
        serviceName=desk.service,
        taskDefinition="all",
        desiredCount=count or desk.count,
        networkConfiguration={"awsvpcConfiguration": place},
        loadBalancers=[{"targetGroupArn": targets, "containerName": "app", "containerPort": desk.port}],
        **{"launchType": "FARGATE", **more},
    )
    desk.cloud.advance(minutes=wait)


"""
GROUPS = """
front = group("customers", tcp(80, **ANYWHERE))
inside = group("program", tcp(desk.port, **from_group(front)))
"""
NOTHING_MORE = {
    name: "judged once the check before it"
    for name in ("stands", "serves", "front-only", "replaced", "each-zone", "loses-a-zone")
}
STAND_UP = (
    Answer("as in the solution", SOLUTION),
    Answer("in every zone, a size larger, by the default health check", PARTS + GROUPS + "stand([front], [inside])"),
    Answer(
        "by a capacity provider, at port 8080 of the front",
        PARTS
        + """
ecs.put_cluster_capacity_providers(
    cluster=desk.cluster, capacityProviders=["FARGATE"], defaultCapacityProviderStrategy=[]
)
front = group("customers", tcp(8080, **ANYWHERE))
inside = group("program", tcp(desk.port, **from_group(front)))
container = {"name": "app", "image": desk.images["1.0"], "portMappings": [{"containerPort": desk.port}]}
target = elb.create_target_group(
    Name="other", Protocol="HTTP", Port=desk.port, VpcId=vpc, TargetType="ip", HealthCheckPath=desk.health
)["TargetGroups"][0]["TargetGroupArn"]
balancer = elb.create_load_balancer(Name="other", Subnets=places[:3], SecurityGroups=[front])["LoadBalancers"][0]
elb.create_listener(
    LoadBalancerArn=balancer["LoadBalancerArn"],
    Protocol="HTTP",
    Port=8080,
    DefaultActions=[{"Type": "forward", "TargetGroupArn": target}],
)
ecs.register_task_definition(
    family="other", requiresCompatibilities=["FARGATE"], networkMode="awsvpc", cpu="256", memory="512",
    executionRoleArn=desk.role, containerDefinitions=[container],
)
ecs.create_service(
    cluster=desk.cluster,
    serviceName=desk.service,
    taskDefinition="other",
    desiredCount=desk.count,
    capacityProviderStrategy=[{"capacityProvider": "FARGATE", "weight": 1}],
    networkConfiguration={
        "awsvpcConfiguration": {"subnets": places[:3], "securityGroups": [inside], "assignPublicIp": "ENABLED"}
    },
    loadBalancers=[{"targetGroupArn": target, "containerName": "app", "containerPort": desk.port}],
)
desk.cloud.advance(minutes=8)
""",
    ),
    Answer(
        "right, and looked at again and again until it stands",
        PARTS
        + GROUPS
        + """
stand([front], [inside], wait=0)
while ecs.describe_services(cluster=desk.cluster, services=[desk.service])["services"][0]["runningCount"] < desk.count:
    desk.cloud.advance(seconds=5)
""",
    ),
    Answer(
        "right, and not waited for",
        PARTS + GROUPS + "stand([front], [inside], wait=0)",
        misses={"stands": "end the cell with the waiter services_stable"},
    ),
    Answer(
        "the tasks open to the world",
        PARTS + GROUPS + 'open_group = group("open", tcp(desk.port, **ANYWHERE))\nstand([front], [open_group])',
        misses={"front-only": "somebody on the internet comes in at port"},
    ),
    Answer(
        "one group for both, open to itself and to customers",
        PARTS
        + """
both = group("both", tcp(80, **ANYWHERE))
ec2.authorize_security_group_ingress(GroupId=both, IpPermissions=[tcp(1, 65535, **from_group(both))])
stand([both], [both])
""",
        misses={"front-only": "somebody on the internet comes in at port 80"},
    ),
    Answer(
        "the tasks open to the VPC",
        PARTS
        + GROUPS
        + """
wide = group("wide", tcp(desk.port, IpRanges=[{"CidrIp": "172.31.0.0/16"}]))
stand([front], [wide])
""",
        misses={"front-only": "a machine of the VPC comes in at port"},
    ),
    Answer(
        "the tasks closed to the front",
        PARTS + GROUPS + 'shut = group("shut", tcp(desk.port, **from_group(inside)))\nstand([front], [shut])',
        misses={"whole": "all of them healthy targets", **NOTHING_MORE},
    ),
    Answer(
        "another path for the health check",
        PARTS + GROUPS + 'stand([front], [inside], path="/healthy")',
        misses={"whole": "all of them healthy targets", **NOTHING_MORE},
    ),
    Answer(
        "one task less",
        PARTS + GROUPS + "stand([front], [inside], count=desk.count - 1)",
        misses={"whole": "all of them healthy targets", **NOTHING_MORE},
    ),
    Answer(
        "all in one zone",
        PARTS + GROUPS + "stand([front], [inside], subnets=places[:1])",
        misses={"each-zone": "give the service subnets of two zones", "loses-a-zone": "after"},
    ),
    Answer(
        "a front that faces the inside",
        PARTS + GROUPS + 'stand([front], [inside], scheme="internal")',
        misses={"serves": "nobody comes in"},
    ),
    Answer(
        "a front whose group knows another port",
        PARTS + GROUPS + "stand([front], [inside], listen=8443)",
        misses={"serves": "nobody comes in"},
    ),
    Answer(
        "no public address, and no other way to the image",
        PARTS
        + GROUPS
        + """
stand([front], [inside], count=1)
place = {"subnets": places, "securityGroups": [inside], "assignPublicIp": "DISABLED"}
ecs.update_service(
    cluster=desk.cluster, service=desk.service, desiredCount=desk.count,
    networkConfiguration={"awsvpcConfiguration": place},
)
desk.cloud.advance(minutes=20)
""",
        misses={"whole": "all of them healthy targets", **NOTHING_MORE},
    ),
    Answer(
        "a crash behind the work", PARTS + GROUPS + "stand([front], [inside])\nprint(every[99])", raises="IndexError"
    ),
    Answer(
        "a cell that ends before the service is made",
        PARTS + GROUPS + "stand([front], [inside], launchType='NOTHING')",
        raises="ClientError",
        attempted=False,
    ),
    untouched(),
)

# --- 2. roll it

SET = """
def set_up(least, most, grace=600, definition=None, **more):
    given = {"taskDefinition": definition} if definition else {}
    if most <= 100:
        more["availabilityZoneRebalancing"] = "DISABLED"
    ecs.update_service(
        cluster=desk.cluster,
        service=desk.service,
        healthCheckGracePeriodSeconds=grace,
        deploymentConfiguration={"minimumHealthyPercent": least, "maximumPercent": most},
        **given,
        **more,
    )


least, most = -(-100 * desk.least // desk.count), -(-100 * desk.most // desk.count)
if desk.least == desk.count:
    other = (100, 200) if desk.most == desk.count + 1 else (50, 100)
else:
    other = (100, 200)
"""
WAIT = "desk.cloud.advance(minutes=90)\n"
NOT_ROLLED = {
    "over": "judged once the check before it",
    "keeps-capacity": "judged once the check before it",
    "no-crowd": "judged once the check before it",
    "next-release": "judged once the check before it",
}
ROLL_IT = (
    Answer("as in the solution", SOLUTION),
    Answer(
        "the rules first, the release after them",
        SET + "set_up(least, most)\nset_up(least, most, definition=revision('1.1'))\n" + WAIT,
    ),
    Answer(
        "with a breaker at once, and a long grace",
        SET
        + "set_up(least, most, 1800, revision('1.1'))\n"
        + WAIT
        + """
both = {"minimumHealthyPercent": least, "maximumPercent": most}
both["deploymentCircuitBreaker"] = {"enable": True, "rollback": True}
ecs.update_service(cluster=desk.cluster, service=desk.service, deploymentConfiguration=both)
""",
    ),
    Answer(
        "left to itself",
        SET + "set_up(least, most, definition=revision('1.1'))",
        misses={"over": "one deployment is left"},
    ),
    Answer(
        "no grace",
        SET + "set_up(least, most, 0, revision('1.1'))\n" + WAIT,
        misses={"rolled": "then", **NOT_ROLLED},
    ),
    Answer(
        "a grace that is too short",
        SET + "set_up(least, most, 30, revision('1.1'))\n" + WAIT,
        misses={"rolled": "then", **NOT_ROLLED},
    ),
    Answer(
        "the version not released",
        SET + "set_up(least, most)\n" + WAIT,
        misses={"rolled": "runs version 1.1", **NOT_ROLLED},
    ),
    Answer(
        "nobody needs to serve while it rolls",
        SET + "set_up(0, 100, 600, revision('1.1'))\n" + WAIT,
        misses={"keeps-capacity": "tasks serve at every moment", "next-release": "tasks serve at every moment"},
    ),
    Answer(
        "a task more than the count, and twice as many while it rolls",
        SET + "set_up(least, 200, 600, revision('1.1'), desiredCount=desk.count + 1)\n" + WAIT,
        misses={"no-crowd": "at the fullest moment", "next-release": "at the fullest moment"},
    ),
    Answer(
        "the version before the last",
        SET
        + "set_up(least, most, 600, revision('1.1'))\n"
        + WAIT
        + "set_up(least, most, 600, revision('1.0'))\n"
        + WAIT,
        misses={"rolled": "runs version 1.1", **NOT_ROLLED},
    ),
    Answer(
        "a crash before the update",
        SET + "ecs.create_cluster(clusterName='tomorrow')\nset_up(least, most, 600, revision('2.0'))",
        raises="KeyError",
        misses={"rolled": "runs version 1.1", **NOT_ROLLED},
    ),
    untouched(),
)

# --- 3. let it go back

BREAK = """
def breaker(enable, rollback, **changes):
    given = {**rules, "deploymentCircuitBreaker": {"enable": enable, "rollback": rollback}, **changes}
    ecs.update_service(cluster=desk.cluster, service=desk.service, deploymentConfiguration=given)


"""
STAYS = {
    "goes-back": "runs version 1.1",
    "nobody-notices": "judged once the check before it",
    "other-failure": "judged once the check before it",
}
GO_BACK = (
    Answer("as in the solution", SOLUTION),
    Answer("the switch alone, the percentages as they were said before", BREAK + "breaker(True, True)"),
    Answer(
        "with a new deployment of the same",
        """
given = {**rules, "deploymentCircuitBreaker": {"enable": True, "rollback": True}}
ecs.update_service(
    cluster=desk.cluster, service=desk.service, deploymentConfiguration=given, forceNewDeployment=True
)
ecs.get_waiter("services_stable").wait(cluster=desk.cluster, services=[desk.service], WaiterConfig=patience)
""",
    ),
    Answer("a breaker that only stops", BREAK + "breaker(True, False)", misses=STAYS),
    Answer("a breaker that is off", BREAK + "breaker(False, False)", misses=STAYS),
    Answer(
        "an alarm that nobody made fire",
        """
alarms = {"alarmNames": ["five-hundreds"], "enable": True, "rollback": True}
ecs.update_service(cluster=desk.cluster, service=desk.service, deploymentConfiguration={**rules, "alarms": alarms})
""",
        misses=STAYS,
    ),
    Answer(
        "going back, with no task left meanwhile",
        BREAK.replace(
            "deploymentConfiguration=given)", 'deploymentConfiguration=given, availabilityZoneRebalancing="DISABLED")'
        )
        + "breaker(True, True, minimumHealthyPercent=0, maximumPercent=100)",
        misses={
            "nobody-notices": "tasks serve at every moment",
            "other-failure": "tasks serve at every moment",
        },
    ),
    Answer(
        "a crash behind another count of seconds",
        """
ecs.update_service(cluster=desk.cluster, service=desk.service, healthCheckGracePeriodSeconds=900)
ecs.update_service(cluster=desk.cluster, service=desk.service, deploymentConfiguration={"deploymentCircuitBreaker": True})
""",
        raises="ParamValidationError",
        misses=STAYS,
    ),
    untouched(),
)

# --- 4. read the failure

FAIL = """
broken = revision("1.2")
ecs.update_service(cluster=desk.cluster, service=desk.service, taskDefinition=broken)
desk.cloud.advance(minutes=45)
service = ecs.describe_services(cluster=desk.cluster, services=[desk.service])["services"][0]
messages = [each["message"] for each in service["events"]]
event = [message for message in messages if "failed" in message and "deployment" in message][0]
threshold = 3 if desk.count <= 6 else (desk.count + 1) // 2
why = ""
for task in ecs.list_tasks(cluster=desk.cluster, serviceName=desk.service, desiredStatus="STOPPED")["taskArns"]:
    told = ecs.describe_tasks(cluster=desk.cluster, tasks=[task])["tasks"][0]
    if told["taskDefinitionArn"] == broken:
        why += told["stoppedReason"] + told["containers"][0].get("reason", "")
cause = "health" if "health checks" in why else "memory" if "OutOfMemory" in why else "exit"
"""
READ_THE_FAILURE = (
    Answer("as in the solution", SOLUTION),
    Answer("from all that is told of it", FAIL),
    Answer(
        "the event whole",
        FAIL + 'event = next(each for each in service["events"] if "deployment failed" in each["message"])',
    ),
    Answer(
        "the newest event",
        FAIL + "event = messages[0]",
        misses={"event": "says `deployment failed`"},
    ),
    Answer(
        "the event of the way back",
        FAIL + 'event = next(message for message in messages if "rolling back" in message)',
        misses={"event": "the message of the event that says that a deployment failed"},
    ),
    Answer(
        "ten, as older texts say",
        FAIL + "threshold = 10",
        misses={"threshold": "half of the count, rounded up"},
    ),
    Answer(
        "the whole count",
        FAIL + "threshold = desk.count",
        misses={"threshold": "half of the count, rounded up"},
    ),
    Answer(
        "the first thing that comes to mind",
        FAIL + 'cause = "network"',
        misses={"cause": "stoppedReason of a stopped task"},
    ),
    Answer(
        "a guess without the release",
        'event, threshold, cause = "it failed", max(3, -(-desk.count // 2)), "timeout"',
        misses={"event": "release version 1.2 with update_service", "cause": "stoppedReason of a stopped task"},
    ),
    Answer(
        "an event looked for too soon",
        FAIL.replace("minutes=45", "seconds=5"),
        raises="IndexError",
        attempted=False,
    ),
    untouched(),
)

ANSWERS = {
    "stand-up": STAND_UP,
    "roll-it": ROLL_IT,
    "go-back": GO_BACK,
    "read-the-failure": READ_THE_FAILURE,
}

# --- one variant's decisions


def decided(variant: Mapping[str, Any]) -> dict[str, str]:
    """What a learner writes who knows this variant: its port, its path, its count, its percentages, its cause."""
    plan = plan_of(variant["ticket"])
    least, most = -(-100 * plan.least // plan.count), -(-100 * plan.most // plan.count)
    stand = (
        PARTS.replace("desk.port", str(plan.port)).replace("desk.health", repr(plan.health))
        + GROUPS.replace("desk.port", str(plan.port))
        + f"stand([front], [inside], count={plan.count})\n"
    )
    after = """
stable, patience = ecs.get_waiter("services_stable"), {}


def revision(version):
    held = ecs.describe_task_definition(taskDefinition="all")["taskDefinition"]
    kept = ("family", "requiresCompatibilities", "networkMode", "cpu", "memory", "executionRoleArn")
    container = {**held["containerDefinitions"][0], "image": desk.images[version]}
    made = ecs.register_task_definition(**{name: held[name] for name in kept}, containerDefinitions=[container])
    return made["taskDefinition"]["taskDefinitionArn"]
"""
    rules = f'rules = {{"minimumHealthyPercent": {least}, "maximumPercent": {most}}}\n'
    return {
        "stand-up": stand + after,
        "roll-it": SET + rules + f"set_up({least}, {most}, {plan.slow + 500}, revision('1.1'))\n" + WAIT,
        "go-back": BREAK + "breaker(True, True)",
        "read-the-failure": FAIL + f"threshold, cause = {plan.threshold}, {plan.bad!r}",
    }


# --- ways to break the world

WRECKS = {
    "the service deleted": "ecs.delete_service(cluster=desk.cluster, service=desk.service, force=True)",
    "the service deleted long ago": """
ecs.delete_service(cluster=desk.cluster, service=desk.service, force=True)
desk.cloud.advance(hours=3)
""",
    "the load balancer deleted": 'elb.delete_load_balancer(LoadBalancerArn=balancer["LoadBalancerArn"])',
    "no listener": """
for one in elb.describe_listeners(LoadBalancerArn=balancer["LoadBalancerArn"])["Listeners"]:
    elb.delete_listener(ListenerArn=one["ListenerArn"])
""",
    "no rules in the groups": """
for one in ec2.describe_security_groups(GroupIds=[front, inside])["SecurityGroups"]:
    ec2.revoke_security_group_ingress(GroupId=one["GroupId"], IpPermissions=one["IpPermissions"])
""",
    "a count of none": "ecs.update_service(cluster=desk.cluster, service=desk.service, desiredCount=0)",
    "the repository deleted": """
boto3.client("ecr").delete_repository(repositoryName="ferryline/" + desk.service, force=True)
""",
    "the role deleted": """
iam = boto3.client("iam")
for policy in iam.list_attached_role_policies(RoleName="ferryline-execution")["AttachedPolicies"]:
    iam.detach_role_policy(RoleName="ferryline-execution", PolicyArn=policy["PolicyArn"])
iam.delete_role(RoleName="ferryline-execution")
""",
}
