# %% [markdown] id="lab02-title"
# # Lab 02: The right task definition
#
# **45 to 60 minutes, 20 points, and a question for 2 more.** You need lesson 02.
#
# Four programs move out of the cupboard server this week. Somebody has guessed at their definitions: one is too small to live, one
# costs many times what it needs to, one has a disk nobody uses, and one is not there at all.
#
# You will give each what its card says, and nothing that nobody needs. Then five colleagues come with wishes.

# %% [markdown] id="lab02-rules"
# **How you are judged.** By the newest ACTIVE revision of each family: we run it on a copy of your world and read its bill.
# Any right way counts; container names, log settings and older revisions do not matter.
#
# - A definition keeps the *family* of its job (`desk.small["name"]` and so on) and its image. The role is `desk.role`.
# - Each says that it is for Fargate (`requiresCompatibilities`), so that AWS checks it when you register it.
# - *The right size* is the cheapest that AWS sells with at least the `vcpu` and the `peak_mib` of the card.
# - `lab.check(...)` under each task tells you at once what holds and what does not. Run it as often as you like.
# - Some checks run only after submission. They ask for the same things of the other jobs, and of the bill.
# - `lab.hint("right-size")` gives the next hint for a question. There are three each, and they cost nothing.
# - After a restart of the kernel run the cells from the top; progress is kept. `lab.reset()` begins again in a fresh world, and
#   `lab.work("right-size")` shows your answer as it was at its last check.

# %% id="lab02-setup" role="setup"
import boto3
from botocore.exceptions import ClientError

from autograder import lab

desk = lab.begin("02-right-definition")
ecs, ec2 = boto3.client("ecs"), boto3.client("ec2")

# %% [markdown] id="lab02-desk"
# That is your ticket: four cards. `vcpu` and `peak_mib` are what the program needs at its peak, `disk_gib` is the disk it needs in
# all, `system` is what it runs on, and `built_for` are the processors in its image. Three have a draft already: revision 1.
# The cluster is `desk.cluster`; the default VPC has public subnets, if you want to run a task.

# %% [markdown] id="lab02-q1"
# ## 1. The right size (4 points)
#
# `desk.small` is killed at its peak; `desk.large` was given "enough for everybody". Register a new revision of each in the right
# size. The checks here look at the small one; after submission the large one is looked at too.

# %% id="lab02-a1" role="answer" question="right-size"
### BEGIN SOLUTION
ROWS = {256: [512, 1024, 2048]}  # CPU units -> the memory values in MiB that are sold with them
# two to eight GB a vCPU, in steps of one, and no more than 30
ROWS |= {cpu: range(2 * cpu, min(8 * cpu, 30720) + 1, 1024) for cpu in (512, 1024, 2048, 4096)}


def right_size(vcpu, mib, least=256):
    """The first row, and its first value, that hold both; a higher row costs more."""
    for cpu, values in ROWS.items():
        fitting = [memory for memory in values if memory >= mib]
        if cpu >= max(vcpu * 1024, least) and fitting:
            return {"cpu": str(cpu), "memory": str(fitting[0])}
    raise ValueError(f"nothing up to 4 vCPU holds {vcpu} vCPU and {mib} MiB")


def register(card, **changes):
    """A new revision of a job in its right size."""
    given = {**right_size(card["vcpu"], card["peak_mib"]), **changes}
    made = ecs.register_task_definition(
        family=card["name"],
        requiresCompatibilities=["FARGATE"],
        networkMode="awsvpc",
        executionRoleArn=desk.role,
        containerDefinitions=[{"name": card["name"], "image": card["image"]}],
        **given,
    )["taskDefinition"]
    print(made["family"], made["revision"], "cpu", made["cpu"], "memory", made["memory"])


register(desk.small)
register(desk.large)
### END SOLUTION

# %% id="lab02-c1" role="check" question="right-size" points=4 rows=["F21"] tags=["raises-exception"]
lab.check("right-size")

# %% [markdown] id="lab02-q2"
# ## 2. The cheaper processor (4 points)
#
# One of the same two has an image for two processors. Let it run on the cheaper one, in its right size. The other stays where
# its image can run. Both must still do their work.

# %% id="lab02-a2" role="answer" question="cheaper-processor"
### BEGIN SOLUTION
for card in (desk.small, desk.large):
    if "ARM64" in card["built_for"]:
        register(card, runtimePlatform={"cpuArchitecture": "ARM64", "operatingSystemFamily": "LINUX"})
### END SOLUTION

# %% id="lab02-c2" role="check" question="cheaper-processor" points=4 rows=["F07"] tags=["raises-exception"]
lab.check("cheaper-processor")

# %% [markdown] id="lab02-q3"
# ## 3. A Windows program (3 points)
#
# `desk.printer` speaks to the ticket printers, and only under Windows Server. There is no draft: register its definition, in the right
# size for Windows. It must run; after submission we also read its bill.

# %% id="lab02-a3" role="answer" question="windows"
### BEGIN SOLUTION
windows = {"cpuArchitecture": "X86_64", "operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"}
register(desk.printer, runtimePlatform=windows, **right_size(desk.printer["vcpu"], desk.printer["peak_mib"], least=1024))
### END SOLUTION

# %% id="lab02-c3" role="check" question="windows" points=3 rows=["F11"] tags=["raises-exception"]
lab.check("windows")

# %% [markdown] id="lab02-q4"
# ## 4. Disk for a while (3 points)
#
# `desk.render` writes files that nobody needs afterwards. Its draft asks for 200 GiB. Give it the `disk_gib` of its card, and
# no GiB more that is billed. Its cpu and memory are right already, and stay.

# %% id="lab02-a4" role="answer" question="disk"
### BEGIN SOLUTION
asked = {}
if desk.render["disk_gib"] > 20:
    asked = {"ephemeralStorage": {"sizeInGiB": desk.render["disk_gib"]}}
register(desk.render, **asked)
### END SOLUTION

# %% id="lab02-c4" role="check" question="disk" points=3 rows=["F18"] tags=["raises-exception"]
lab.check("disk")

# %% [markdown] id="lab02-q5"
# ## 5. Five wishes (4 points)
#
# `desk.wishes` holds what five colleagues want: a name, and the arguments for `register_task_definition` as they wrote them.
#
# - Register, under its own name, each that AWS takes as it is.
# - Where only a number is wrong, register it with the cheapest size that holds what was asked, and all the rest as it was.
# - Set `on_ec2` to a list of the names that Fargate can grant in no size. Register none of those, not even without the word
#   FARGATE: it would run nowhere.

# %% id="lab02-a5" role="answer" question="wishes"
on_ec2 = ...
### BEGIN SOLUTION
def taken(request):
    """Does AWS take it? Its answer is printed where it does not."""
    try:
        ecs.register_task_definition(**request)
    except ClientError as error:
        print(f"{request['family']}: {error.response['Error']['Message'][:110]}")
        return False
    return True


on_ec2 = []
for name, wish in desk.wishes.items():
    if taken(wish):
        continue
    least = 1024 if "WINDOWS" in str(wish.get("runtimePlatform")) else 256
    size = right_size(int(wish["cpu"]) / 1024, int(wish["memory"]), least)
    if not taken({**wish, **size}):
        on_ec2.append(name)
### END SOLUTION

# %% id="lab02-c5" role="check" question="wishes" points=4 rows=["F08", "F09", "T03"] tags=["raises-exception"]
lab.check("wishes", on_ec2=on_ec2)

# %% [markdown] id="lab02-q6"
# ## 6. What it costs (2 points)
#
# Set `saved` to the share of the draft's price that your newest definition of `desk.large` saves, a number between 0 and 1. Set
# `windows_hour` to the price in USD of one hour of your definition of `desk.printer`. On demand, in us-east-1; within one percent.

# %% id="lab02-a6" role="answer" question="what-it-costs"
saved = ...
windows_hour = ...
### BEGIN SOLUTION
from simcloud.price.price import price
from simcloud.price.usage import TaskUsage


def hour(definition):
    """USD of one hour of a task of this definition."""
    held = ecs.describe_task_definition(taskDefinition=definition)["taskDefinition"]
    platform = held.get("runtimePlatform", {})
    processor = platform.get("cpuArchitecture", "X86_64")
    on_windows = "WINDOWS" in platform.get("operatingSystemFamily", "")
    size = int(held["cpu"]), int(held["memory"])
    return price([TaskUsage(3600, *size, architecture=processor, windows=on_windows)]).cost


saved = 1 - hour(desk.large["name"]) / hour(desk.large["name"] + ":1")
windows_hour = hour(desk.printer["name"])
print(f"saves {saved:.1%}; Windows costs ${windows_hour:.4f} an hour")
### END SOLUTION

# %% id="lab02-c6" role="check" question="what-it-costs" points=2 rows=["F11", "F21"] tags=["raises-exception"]
lab.check("what-it-costs", saved=saved, windows_hour=windows_hour)

# %% [markdown] id="lab02-reflect" role="reflect" question="explain-it" points=2
# ## 7. Explain it (2 points, read by a person)
#
# Mara looks at your sizes: *"So tight? Give everything double, then nobody has to get up at night."*
# Answer her in four to eight sentences: what double costs, what more memory would prevent and what it would not, how you would know that a
# size is too small before it fails, and one of the four programs for which you would leave more room.
#
# === BEGIN MARK SCHEME ===
# One point for cost and effect: what is asked for is billed, used or not, so double costs double; memory above the peak changes nothing
# until the peak grows; too little memory kills (137), too little CPU only slows. Half of it where CPU and memory are not told apart.
#
# One point for a way to know (memory and CPU utilisation from Container Insights or the program's own figures, with an alarm below the limit)
# and for a program with a reason: its peak depends on input that grows, or its failure costs more than the room.
# No point for "to be safe" without a reason.
# === END MARK SCHEME ===

# %% [markdown] id="lab02-reflect-answer" role="reflect" question="explain-it"
# *Write your answer here.*

# %% [markdown] id="lab02-end"
# ## Hand it in
#
# Save the notebook (Ctrl+S), run the next cell and press the button. `fargate-course submit 02-right-definition` in a terminal
# does the same. `lab.progress()` shows where you stand.
# `lab.solution("right-size")` shows the worked solution of a question that you have passed, where your copy has it.

# %% id="lab02-submit" role="setup" tags=["nbval-ignore-output"]
lab.submit_button()
