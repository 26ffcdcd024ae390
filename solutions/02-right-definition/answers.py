"""Lab 02: right answers by more than one way, plausible wrong ones with what each must be told, and the untouched stub.

Every text is an answer cell. It may use the names that the solutions of the questions before it have left: `ROWS`,
`right_size`, `register`, later `windows`, `taken`.
"""

from collections.abc import Mapping
from typing import Any

from autograder.author.worked import SOLUTION, Answer, untouched
from autograder.checks.labs.right_definition.plan import cheapest, per_hour, plan_of

# --- 1. the right size

COPY = """
ANSWERED = {"taskDefinitionArn", "revision", "status", "requiresAttributes", "compatibilities", "registeredAt", "registeredBy"}


def again(card, **changes):
    held = ecs.describe_task_definition(taskDefinition=card["name"])["taskDefinition"]
    ecs.register_task_definition(**{key: one for key, one in held.items() if key not in ANSWERED} | changes)


def by_trying(card):
    sold = []
    for cpu in (256, 512, 1024, 2048, 4096):
        for memory in [512, *range(1024, 30721, 1024)]:
            if cpu >= card["vcpu"] * 1024 and memory >= card["peak_mib"]:
                sold.append((cpu, memory))
    for cpu, memory in sold:
        try:
            again(card, cpu=str(cpu), memory=str(memory))
        except ClientError:
            continue
        return


"""
BY_TRYING = COPY + "by_trying(desk.small)\nby_trying(desk.large)\n"
SMALL_ONLY_RIGHT = COPY + "by_trying(desk.small)\n"
RIGHT_SIZE = (
    Answer("as in the solution", SOLUTION),
    Answer("by trying what AWS takes", BY_TRYING),
    Answer(
        "in words, with a container limit",
        BY_TRYING
        + """
for card in (desk.small, desk.large):
    held = ecs.describe_task_definition(taskDefinition=card["name"])["taskDefinition"]
    container = {"name": "app", "image": card["image"], "memory": int(held["memory"])}
    again(card, cpu=f"{int(held['cpu']) / 1024:g} vCPU", memory=f"{int(held['memory']) / 1024:g} GB", containerDefinitions=[container])
""",
    ),
    Answer(
        "one size for all, large enough",
        COPY + 'again(desk.small, cpu="4096", memory="16384")\nagain(desk.large, cpu="2048", memory="16384")',
        misses={"smallest": "there is a size with", "smallest-too": "there is a size with", "runs-too": "judged once"},
    ),
    Answer(
        "less than the peak, since it is rarely reached",
        COPY + 'again(desk.small, cpu="1024", memory="2048")\nagain(desk.large, cpu="2048", memory="4096")\n'
        'again(desk.small, cpu="256", memory="512")\nagain(desk.large, cpu="256", memory="2048")',
        misses={
            "runs": "OutOfMemoryError",
            "smallest": "that is less than the",
            "smallest-too": "that is less than the",
            "runs-too": "judged once",
        },
    ),
    Answer(
        "the small one alone",
        SMALL_ONLY_RIGHT,
        misses={"smallest-too": "there is a size with", "runs-too": "judged once the check before it"},
    ),
    Answer(
        "right for the task, too little for its container",
        BY_TRYING
        + """
for card in (desk.small, desk.large):
    again(card, containerDefinitions=[{"name": "job", "image": card["image"], "memory": 512}])
""",
        misses={"runs": "OutOfMemoryError", "runs-too": "OutOfMemoryError"},
    ),
    Answer(
        "for anything",
        BY_TRYING + "for card in (desk.small, desk.large):\n    again(card, requiresCompatibilities=[])",
        misses={
            "smallest": "says that it is for Fargate",
            "smallest-too": "says that it is for Fargate",
            "runs-too": "judged once the check before it",
        },
    ),
    Answer(
        "another family name",
        COPY
        + """
for card in (desk.small, desk.large):
    again(card, family=card["name"] + "-right", cpu="1024", memory="8192")
""",
        misses={
            "runs": "OutOfMemoryError",
            "smallest": "that is less than the",
            "smallest-too": "there is a size with",
            "runs-too": "judged once",
        },
    ),
    Answer(
        "a size that is not sold",
        SMALL_ONLY_RIGHT + 'again(desk.large, cpu="256", memory="16384")',
        raises="ClientError",
        misses={"smallest-too": "there is a size with", "runs-too": "judged once the check before it"},
    ),
    untouched(),
)

# --- 2. the cheaper processor

ARM = '{"cpuArchitecture": "ARM64", "operatingSystemFamily": "LINUX"}'
FOR_BOTH = COPY + 'card = next(one for one in (desk.small, desk.large) if "ARM64" in one["built_for"])\n'
FOR_ONE = COPY + 'card = next(one for one in (desk.small, desk.large) if "ARM64" not in one["built_for"])\n'
ON_X86 = {
    "on-arm": "and ARM64 costs less",
    "arm-runs": "judged once the check before it",
    "x86-runs": "judged once the check before it",
    "arm-bill": "judged once the check before it",
}
CHEAPER_PROCESSOR = (
    Answer("as in the solution", SOLUTION),
    Answer("the newest revision again, for ARM64", FOR_BOTH + f"again(card, runtimePlatform={ARM})"),
    Answer("the processor alone", FOR_BOTH + 'again(card, runtimePlatform={"cpuArchitecture": "ARM64"})'),
    Answer(
        "both on ARM64",
        COPY + f"again(desk.small, runtimePlatform={ARM})\nagain(desk.large, runtimePlatform={ARM})",
        misses={"x86-runs": "CannotPullContainerError"},
    ),
    Answer(
        "the other one on ARM64",
        FOR_ONE + f"again(card, runtimePlatform={ARM})",
        misses=ON_X86,
    ),
    Answer(
        "X86_64 said aloud",
        FOR_BOTH + 'again(card, runtimePlatform={"cpuArchitecture": "X86_64", "operatingSystemFamily": "LINUX"})',
        misses=ON_X86,
    ),
    Answer(
        "ARM64, and a size larger",
        FOR_BOTH + f'again(card, runtimePlatform={ARM}, cpu="4096", memory="16384")',
        misses={"arm-bill": "there is a size with"},
    ),
    Answer(
        "ARM64, and back again",
        FOR_BOTH
        + f"""
before = ecs.describe_task_definition(taskDefinition=card["name"])["taskDefinition"]
again(card, runtimePlatform={ARM})
ecs.register_task_definition(**{{key: one for key, one in before.items() if key not in ANSWERED}})
""",
        misses=ON_X86,
    ),
    Answer(
        "an architecture that Fargate does not know",
        FOR_BOTH
        + 'again(card, cpu="512", memory="4096")\nagain(card, runtimePlatform={"cpuArchitecture": "GRAVITON"})',
        raises="ClientError",
        misses=ON_X86,
    ),
    untouched(),
)

# --- 3. a Windows program

ON_WINDOWS = '{"cpuArchitecture": "X86_64", "operatingSystemFamily": "WINDOWS_SERVER_2019_CORE"}'
PRINTER = """
WINDOWS_ROWS = {1024: range(2048, 8193, 1024), 2048: range(4096, 16385, 1024), 4096: range(8192, 30721, 1024)}


def printer(cpu=None, memory=None, **changes):
    card = desk.printer
    sold = [(c, m) for c, values in WINDOWS_ROWS.items() for m in values if c >= card["vcpu"] * 1024 and m >= card["peak_mib"]]
    given = {
        "family": card["name"],
        "requiresCompatibilities": ["FARGATE"],
        "networkMode": "awsvpc",
        "cpu": cpu or str(sold[0][0]),
        "memory": memory or str(sold[0][1]),
        "executionRoleArn": desk.role,
        "containerDefinitions": [{"name": "app", "image": card["image"]}],
        **changes,
    }
    ecs.register_task_definition(**given)


"""
WINDOWS = (
    Answer("as in the solution", SOLUTION),
    Answer("Windows Server 2019", PRINTER + f"printer(runtimePlatform={ON_WINDOWS})"),
    Answer(
        "on Linux",
        PRINTER + "printer()",
        misses={"windows-runs": "operatingSystemFamily in runtimePlatform", "windows-bill": "judged once"},
    ),
    Answer(
        "the largest that Windows has",
        PRINTER + f'printer("4096", "30720", runtimePlatform={ON_WINDOWS})',
        misses={"windows-smallest": "there is a size with"},
    ),
    Answer(
        "too little memory",
        PRINTER + f'printer("1024", "2048", runtimePlatform={ON_WINDOWS})\n'
        "container = {'name': 'app', 'image': desk.printer['image'], 'memory': 512}\n"
        f"printer(runtimePlatform={ON_WINDOWS}, containerDefinitions=[container])",
        misses={"windows-runs": "OutOfMemoryError", "windows-bill": "judged once the check before it"},
    ),
    Answer(
        "no execution role, and an image that nobody pushed",
        PRINTER
        + "container = {'name': 'app', 'image': desk.printer['image'].replace(':1', ':2')}\n"
        + f"printer(runtimePlatform={ON_WINDOWS}, containerDefinitions=[container])",
        misses={"windows-runs": "CannotPullContainerError", "windows-bill": "judged once the check before it"},
    ),
    Answer(
        "another family name",
        PRINTER + f'printer(family="printers", runtimePlatform={ON_WINDOWS})',
        misses={
            "windows-runs": "AWS answers",
            "windows-smallest": "AWS answers",
            "windows-bill": "judged once the check before it",
        },
    ),
    Answer(
        "half a vCPU, which Windows does not have",
        PRINTER + f'printer("512", "3072")\nprinter("512", "3072", runtimePlatform={ON_WINDOWS})',
        raises="ClientError",
        misses={
            "windows-runs": "operatingSystemFamily in runtimePlatform",
            "windows-smallest": "has the cheapest size",
            "windows-bill": "judged once",
        },
    ),
    untouched(),
)

# --- 4. disk for a while

DISK = (
    Answer("as in the solution", SOLUTION),
    Answer(
        "the draft again with another disk",
        COPY
        + """
held = ecs.describe_task_definition(taskDefinition=desk.render["name"])["taskDefinition"]
given = {key: one for key, one in held.items() if key not in ANSWERED | {"ephemeralStorage"}}
if desk.render["disk_gib"] > 20:
    given["ephemeralStorage"] = {"sizeInGiB": desk.render["disk_gib"]}
ecs.register_task_definition(**given)
""",
    ),
    Answer(
        "a little more, to be safe",
        COPY + 'again(desk.render, ephemeralStorage={"sizeInGiB": max(21, desk.render["disk_gib"] + 10)})',
        misses={"disk": "each GiB above 20 is billed", "disk-size": "judged once", "disk-runs": "judged once"},
    ),
    Answer(
        "the least that may be asked for",
        COPY + 'again(desk.render, ephemeralStorage={"sizeInGiB": 21 if desk.render["disk_gib"] != 21 else 22})',
        misses={"disk": "GiB of disk", "disk-size": "judged once", "disk-runs": "judged once"},
    ),
    Answer(
        "a volume's name in place of the disk",
        COPY + 'again(desk.render, volumes=[{"name": "scratch"}])',
        misses={"disk": "each GiB above 20 is billed", "disk-size": "judged once", "disk-runs": "judged once"},
    ),
    Answer(
        "the disk right, the size grown",
        COPY
        + """
held = ecs.describe_task_definition(taskDefinition=desk.render["name"])["taskDefinition"]
given = {key: one for key, one in held.items() if key not in ANSWERED | {"ephemeralStorage"}}
if desk.render["disk_gib"] > 20:
    given["ephemeralStorage"] = {"sizeInGiB": desk.render["disk_gib"]}
ecs.register_task_definition(**given | {"cpu": "4096", "memory": "30720"})
""",
        misses={"disk-size": "there is a size with"},
    ),
    Answer(
        "twenty, which nobody may ask for",
        COPY + 'again(desk.render, cpu="4096", memory="30720")\nagain(desk.render, ephemeralStorage={"sizeInGiB": 20})',
        raises="ClientError",
        misses={"disk": "each GiB above 20 is billed", "disk-size": "judged once", "disk-runs": "judged once"},
    ),
    untouched(),
)

# --- 5. five wishes

BY_READING = """
def impossible(wish):
    container = wish["containerDefinitions"][0]
    return "resourceRequirements" in container or container.get("privileged") or "volumes" in wish or wish["networkMode"] != "awsvpc"


def size_for(wish):
    rows = {512: range(1024, 4097, 1024), 1024: range(2048, 8193, 1024)}
    if "runtimePlatform" in wish:
        del rows[512]
    cpu, memory = int(wish["cpu"]), int(wish["memory"])
    if (cpu, memory) == (1024, 2048):
        return {}
    fitting = [(c, m) for c, values in rows.items() for m in values if c >= cpu and m >= memory]
    return {"cpu": str(fitting[0][0]), "memory": str(fitting[0][1])}


on_ec2 = [name for name, wish in desk.wishes.items() if impossible(wish)]
possible = {name: wish for name, wish in desk.wishes.items() if name not in on_ec2}
"""
GRANT = """
for name, wish in possible.items():
    ecs.register_task_definition(**{**wish, **size_for(wish)})
"""
GRANTED = BY_READING + GRANT
NOT_GRANTED = {
    "granted": "AWS answers",
    "mended": "judged once the check before it",
    "not-bent": "judged once the check before it",
}
WISHES = (
    Answer("as in the solution", SOLUTION),
    Answer("by reading the requests", GRANTED),
    Answer("told as a set", GRANTED + "on_ec2 = set(on_ec2)"),
    Answer(
        "all that AWS refuses as written",
        BY_READING
        + """
on_ec2 = []
for name, wish in desk.wishes.items():
    try:
        ecs.register_task_definition(**wish)
    except ClientError:
        on_ec2.append(name)
""",
        misses={"on-ec2": "another size would be taken", **NOT_GRANTED},
    ),
    Answer(
        "privileged forgotten",
        GRANTED
        + "on_ec2 = [name for name in on_ec2 if not desk.wishes[name]['containerDefinitions'][0].get('privileged')]",
        misses={"on-ec2": "ask whether a larger size would help"},
    ),
    Answer(
        "what older texts call impossible",
        GRANTED + "on_ec2 += [name for name, wish in possible.items() if not size_for(wish)]",
        misses={"on-ec2": "AWS takes it as it is"},
    ),
    Answer(
        "told and not registered",
        BY_READING + 'ecs.create_cluster(clusterName="for-the-wishes")',
        misses=NOT_GRANTED,
    ),
    Answer(
        "without the word FARGATE, everything is taken",
        BY_READING
        + """
for name, wish in desk.wishes.items():
    container = {**wish["containerDefinitions"][0], "memory": 512}
    given = {key: one for key, one in wish.items() if key not in ("requiresCompatibilities", "runtimePlatform", "ephemeralStorage")}
    ecs.register_task_definition(**{**given, "containerDefinitions": [container]})
""",
        misses={
            "granted": "without the word AWS takes what would run nowhere",
            "mended": "judged once the check before it",
            "not-bent": "judged once the check before it",
        },
    ),
    Answer(
        "the GPU taken off, so that it runs",
        GRANTED
        + """
for name in on_ec2:
    container = {"name": "app", "image": desk.wishes[name]["containerDefinitions"][0]["image"]}
    given = {key: one for key, one in desk.wishes[name].items() if key != "volumes"}
    ecs.register_task_definition(**{**given, "networkMode": "awsvpc", "containerDefinitions": [container]})
""",
        misses={"not-bent": "it belongs on EC2"},
    ),
    Answer(
        "much larger than asked",
        BY_READING
        + """
for name, wish in possible.items():
    ecs.register_task_definition(**{**wish, **({"cpu": "4096", "memory": "8192"} if size_for(wish) else {})})
""",
        misses={"mended": "nothing may grow without reason"},
    ),
    Answer(
        "what was fine, made plain",
        BY_READING
        + """
for name, wish in possible.items():
    size = size_for(wish)
    plain = {"name": "app", "image": wish["containerDefinitions"][0]["image"]}
    given = {key: one for key, one in wish.items() if key not in ("pidMode", "ephemeralStorage")}
    ecs.register_task_definition(**{**given, **size, "containerDefinitions": [plain]})
""",
        misses={"mended": "AWS takes"},
    ),
    Answer(
        "names that nobody wished",
        GRANTED + 'on_ec2 = ["GPU", "privileged"]',
        misses={"on-ec2": "the names are"},
    ),
    Answer(
        "a crash at the first refusal",
        BY_READING
        + """
for name in (*on_ec2, *possible):
    ecs.register_task_definition(**desk.wishes[name])
""",
        raises="ClientError",
        misses=NOT_GRANTED,
    ),
    untouched(),
)

# --- 6. what it costs

RATES = """
prices = {"X86_64": (0.04048, 0.004445), "ARM64": (0.03238, 0.00356)}


def hour(definition):
    held = ecs.describe_task_definition(taskDefinition=definition)["taskDefinition"]
    cpu, gib = prices[held.get("runtimePlatform", {}).get("cpuArchitecture") or "X86_64"]
    return int(held["cpu"]) / 1024 * cpu + int(held["memory"]) / 1024 * gib


from simcloud.price.price import price
from simcloud.price.usage import TaskUsage

held = ecs.describe_task_definition(taskDefinition=desk.printer["name"])["taskDefinition"]
of_windows = price([TaskUsage(360, int(held["cpu"]), int(held["memory"]), 20, "X86_64", True)]).cost * 10
saved, windows_hour = 1 - hour(desk.large["name"]) / hour(desk.large["name"] + ":1"), float(of_windows)
"""
WHAT_IT_COSTS = (
    Answer("as in the solution", SOLUTION),
    Answer("by the rates of the price list", RATES),
    Answer("as text", RATES + 'saved, windows_hour = f"{saved:.3f}", f"{windows_hour:.4f}"'),
    Answer("in percent", RATES + "saved = saved * 100", misses={"saved": "1 - (an hour of your definition)"}),
    Answer("what is left in place of what is saved", RATES + "saved = 1 - saved", misses={"saved": "1 - (an hour"}),
    Answer(
        "Windows without its licence",
        RATES + 'windows_hour = hour(desk.printer["name"])',
        misses={"windows-hour": "the licence is missing"},
    ),
    Answer(
        "the price of five minutes",
        RATES + "windows_hour = windows_hour / 12",
        misses={"windows-hour": "vCPU, memory and the licence"},
    ),
    Answer(
        "words",
        RATES + 'saved = "much"',
        misses={"saved": "saved is a number"},
    ),
    Answer(
        "both the wrong way",
        RATES + "saved, windows_hour = windows_hour, True",
        misses={"saved": "1 - (an hour of your definition)", "windows-hour": "windows_hour is a number"},
    ),
    Answer(
        "a definition that is not there",
        'saved = ecs.describe_task_definition(taskDefinition="nobody")',
        raises="ClientError",
        attempted=False,
    ),
    untouched(),
)

ANSWERS = {
    "right-size": RIGHT_SIZE,
    "cheaper-processor": CHEAPER_PROCESSOR,
    "windows": WINDOWS,
    "disk": DISK,
    "wishes": WISHES,
    "what-it-costs": WHAT_IT_COSTS,
}

# --- one variant's decisions


def decided(variant: Mapping[str, Any]) -> dict[str, str]:
    """What a learner writes who knows this variant: its sizes, its processor, its disk, its wishes."""
    plan = plan_of(variant["ticket"])
    sizes = {job.name: job.size for job in plan.jobs}

    def size(job: Any) -> str:
        return f'cpu="{sizes[job.name][0]}", memory="{sizes[job.name][1]}"'

    arm = "desk.small" if plan.on_arm is plan.small else "desk.large"
    storage = f'{{"ephemeralStorage": {{"sizeInGiB": {plan.render.disk_gib}}}}}' if plan.render.storage else "{}"
    names = list(plan.wishes)
    never = [names.index(name) for name in plan.never]
    mended = []
    for name in plan.mendable:
        wish = plan.wishes[name]
        cpu, memory = cheapest(int(wish["cpu"]) / 1024, int(wish["memory"]), windows="runtimePlatform" in wish)
        mended.append(f'{names.index(name)}: {{"cpu": "{cpu}", "memory": "{memory}"}}')
    large = 1 - per_hour(*plan.large.size, architecture="ARM64" if plan.on_arm is plan.large else "X86_64") / per_hour(
        4096, 16384
    )
    return {
        "right-size": COPY + f"again(desk.small, {size(plan.small)})\nagain(desk.large, {size(plan.large)})",
        "cheaper-processor": f"again({arm}, runtimePlatform={ARM})",
        "windows": PRINTER
        + f'printer("{sizes[plan.printer.name][0]}", "{sizes[plan.printer.name][1]}", runtimePlatform={ON_WINDOWS})',
        "disk": f"""
held = ecs.describe_task_definition(taskDefinition=desk.render["name"])["taskDefinition"]
given = {{key: one for key, one in held.items() if key not in ANSWERED | {{"ephemeralStorage"}}}}
ecs.register_task_definition(**given | {storage})
""",
        "wishes": f"""
names = list(desk.wishes)
on_ec2 = [names[place] for place in {never}]
for place, name in enumerate(names):
    if name not in on_ec2:
        try:
            ecs.register_task_definition(**desk.wishes[name] | {{{", ".join(mended)}}}.get(place, {{}}))
        except ClientError as error:
            print(error)
""",
        "what-it-costs": f"saved, windows_hour = {float(large)}, {float(per_hour(*plan.printer.size, windows=True))}",
    }


# --- ways to break the world

WRECKS = {
    "every definition deregistered": """
for page in ecs.get_paginator("list_task_definitions").paginate(status="ACTIVE"):
    for arn in page["taskDefinitionArns"]:
        ecs.deregister_task_definition(taskDefinition=arn)
""",
    "the cluster deleted": "ecs.delete_cluster(cluster=desk.cluster)",
    "the role deleted": """
iam = boto3.client("iam")
for policy in iam.list_attached_role_policies(RoleName="ferryline-execution")["AttachedPolicies"]:
    iam.detach_role_policy(RoleName="ferryline-execution", PolicyArn=policy["PolicyArn"])
iam.delete_role(RoleName="ferryline-execution")
""",
    "the repositories deleted": """
ecr = boto3.client("ecr")
for repository in ecr.describe_repositories()["repositories"]:
    ecr.delete_repository(repositoryName=repository["repositoryName"], force=True)
""",
    "definitions for EC2 alone": """
for card in (desk.small, desk.large, desk.printer, desk.render):
    container = {"name": "app", "image": card["image"], "memory": 300}
    ecs.register_task_definition(family=card["name"], containerDefinitions=[container])
for name in desk.wishes:
    ecs.register_task_definition(family=name, containerDefinitions=[{"name": "app", "image": "x", "memory": 300}])
""",
    "two containers, the second one endless": """
for card in (desk.small, desk.large, desk.printer, desk.render):
    held = ecs.describe_task_definition(taskDefinition=card["name"])["taskDefinition"]
    kept = {key: held[key] for key in ("family", "requiresCompatibilities", "networkMode", "cpu", "memory")}
    pair = [{"name": "a", "image": "nginx"}, {"name": "b", "image": "busybox", "essential": False}]
    ecs.register_task_definition(**kept, containerDefinitions=pair)
""",
}
