# %% [markdown] id="what-title"
# # 01 · What Fargate is, and when to use it
#
# **Four services of AWS run containers. A colleague says "take Fargate". For what, and instead of what?**
#
# After this lesson you can
#
# - say what ECS, EKS, Fargate, EC2 and Lambda each do, and which of them go together,
# - ask for Fargate in the two ways that ECS knows,
# - decide six cases, and name the rule or the price that decided.
#
# About 40 minutes. You need lesson [00](00-start-here.ipynb).

# %% [markdown] id="what-story"
# Ferryline has one server. It sells tickets, works out the timetable, sends receipts and prints the crew's rota. On Saturdays it is
# too small, and on Tuesdays it is bored. Everything on it will move to AWS, and Mara has a sheet of paper with four names on it: ECS, EKS,
# Fargate, Lambda. Below stands a fifth, EC2, which is servers like the old one. "Those are not five of the same thing," she says.

# %% [markdown] id="what-two-questions"
# ## Two questions, not one
#
# **Who decides what runs?** An *orchestrator*: it keeps ten copies alive, spreads them, replaces them. AWS has two: **ECS**, its own, and
# **EKS**, which is Kubernetes, the open-source one that many companies use (its word for a task is *pod*).
#
# **On whose machine does it run?** On yours (**EC2** *instances*, as AWS calls rented servers), or on one that you never see (**Fargate**).
# Fargate is no orchestrator. It is a way to get compute, for ECS and for EKS. (A third way came in 2025, *Managed Instances*: EC2 instances
# that AWS looks after, for ECS alone. Older texts and exams do not know it.)
#
# **Lambda** is both in one, for *functions*: short pieces of work, each started by an event.
# ([AWS: choosing a container service](https://docs.aws.amazon.com/decision-guides/latest/containers-on-aws-how-to-choose/choosing-aws-container-service.html))

# %% id="what-open"
from decimal import Decimal

import boto3

from simcloud import Cloud, views

cloud = Cloud(seed=1).open()
ecs, ec2 = boto3.client("ecs"), boto3.client("ec2")
ecs.create_cluster(clusterName="ferryline", capacityProviders=["FARGATE", "FARGATE_SPOT"])
subnets = ec2.describe_subnets(Filters=[{"Name": "default-for-az", "Values": ["true"]}])["Subnets"]
places = sorted(each["SubnetId"] for each in subnets)
network = {"awsvpcConfiguration": {"subnets": places, "assignPublicIp": "ENABLED"}}
ecs.register_task_definition(
    family="tickets", requiresCompatibilities=["FARGATE"], networkMode="awsvpc", cpu="256",
    memory="512",
    containerDefinitions=[{"name": "web", "image": "public.ecr.aws/nginx/nginx:1.27"}],
)["taskDefinition"]["compatibilities"]

# %% [markdown] id="what-phrase"
# ## You bring the task, AWS brings the host
#
# We make a *service*, which keeps a number of tasks running: here three. Then we ask for the machines behind them, and for the tasks'
# *network interfaces*, their plugs into the network. **Guess** the three answers before you run the cell.

# %% id="what-no-hosts" rows=["F01", "N01", "F22"]
service = dict(cluster="ferryline", taskDefinition="tickets", desiredCount=3,
               networkConfiguration=network)
ecs.create_service(**service, serviceName="tickets", launchType="FARGATE")
ecs.get_waiter("services_stable").wait(cluster="ferryline", services=["tickets"])
print("machines in the cluster:",
      ecs.list_container_instances(cluster="ferryline")["containerInstanceArns"])
print("EC2 instances in the account:", ec2.describe_instances()["Reservations"])
interfaces = [task.interface for task in cloud.tasks("ferryline")]
print("network interfaces:", len(interfaces), "of which different:", len(set(interfaces)))

# %% [markdown] id="what-no-hosts-seen"
# No machine that is yours, so none to choose, to patch, to scale or to log in to. And **each task has its own**: kernel, CPU, memory,
# network interface. Two tasks never share any of them, not even those of one customer.
# ([AWS: Fargate security](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-fargate.html))
#
# ## Two ways to say "Fargate"
#
# `launchType="FARGATE"` is the older way. The other is a *capacity provider strategy*, which may also name Spot: the same machines for
# less, which AWS may take back with two minutes' warning (lesson 10). **Guess:** what does AWS do with a request that has both?

# %% id="what-strategy" rows=["F02"]
strategy = [{"capacityProvider": "FARGATE", "weight": 1}]
ecs.create_service(**service, serviceName="timetable", capacityProviderStrategy=strategy)
ecs.get_waiter("services_stable").wait(cluster="ferryline", services=["timetable"])
for name in ("tickets", "timetable"):
    task = cloud.service(name, "ferryline").tasks[0]
    print(f"{name:<10} launch type {task.launch_type}, provider {task.provider or 'none named'}")

# %% id="what-both" rows=["F02"] tags=["raises-exception"]
ecs.create_service(**service, serviceName="both", launchType="FARGATE",
                   capacityProviderStrategy=strategy)

# %% [markdown] id="what-both-seen"
# One or the other. Both services run the same kind of task at the same price. Only a strategy can mix in Spot. Older texts say that a
# service keeps what it was made with; since 2025 an update, with a forced deployment, moves it from a launch type to a strategy.
#
# ## It does not scale by itself
#
# "Serverless" is read by many as "it grows when it must". It does not. Fargate finds a machine for each task *that you ask for*. How many
# tasks that are is your decision, or that of a policy of *Service Auto Scaling*, such as target tracking
# (lesson 09). Here is Saturday, 200 requests a second, without one:

# %% id="what-load" rows=["F23"]
cloud.load("tickets", 200, cluster="ferryline")
cloud.advance(hours=2)
print("tasks:", cloud.service("tickets", "ferryline").running)
print(f"answered in time: {cloud.served('tickets', 'ferryline').availability:.0%}")

# %% [markdown] id="what-load-seen"
# Three tasks, two hours long, and 62 of 100 requests without an answer in time.
#
# ## Six cases
#
# The chooser knows AWS's limits and prices (a month, compute alone, in `us-east-1`: a region is a place where AWS has data centres, this
# one in Virginia). It says what it takes, and what decided. First write down **your** choice for each of the six: Fargate, Fargate Spot,
# EC2 or Lambda.

# %% id="what-cases" rows=["F24"]
from simcloud.choose import compute
from simcloud.choose.cases import CASES

for case in CASES:
    print("-", case.name)

# %% id="what-verdicts" rows=["F24", "T03"]
for case in CASES:
    verdict = compute.choose(case)
    print(f"{case.name}: {verdict.chosen.upper()}")
    for reason in verdict.decided_by[:2]:
        print("   ", reason)

# %% [markdown] id="what-verdicts-seen"
# A **rule**: AWS refuses it, and no price helps (a GPU; a task on every host, which is a *daemon*). What the case **needs**, such as never
# being stopped. A **limit**: it does not fit (you see one with Lambda, below). And the **price**, where several could do it:
#
# - short work that comes now and then: Lambda, since nothing waits and is paid;
# - load that comes and goes: Fargate;
# - a large and steady fleet: EC2, where full machines cost less. If you have people who look after them.

# %% [markdown] id="what-hosts-text"
# ## What looking after hosts is worth
#
# The chooser counted machines, not people. Suppose that patching, scaling and replacing *one* host costs 15 dollars of somebody's time a
# month. The second case again, with the fleet that is cheaper on EC2 (`r5.large` is a size of EC2 instance):

# %% id="what-care" rows=["F24"]
fleet = CASES[1]
for care in (0, 15, 50):
    verdict = compute.choose(fleet, care=Decimal(care))
    hosts = verdict.option(compute.EC2)
    fargate = verdict.option(compute.FARGATE).bill.total
    print(f"${care} a host: {verdict.chosen}. {compute.EC2} ${hosts.bill.total} ({hosts.notes[0]}),",
          f"{compute.FARGATE} ${fargate}")

# %% [markdown] id="what-care-seen"
# The machines alone are not the price of EC2. That is most of what Fargate sells.
#
# ## Lambda or Fargate
#
# Both run code with no server to manage, both from container images. They are still not the same: a function that nobody has called for a
# while has to begin anew, a *cold start*. **Write down** which of the five below you would give to Lambda; then look.

# %% id="what-lambda" rows=["P05", "M03"]
from simcloud.choose.calls import Calls
from simcloud.choose.lambda_or_fargate import choose

cases = {
    "receipts: 100,000 a month, 0.5 s each": Calls(100_000, Decimal("0.5")),
    "search: 150 million a month, 0.05 s each": Calls(150_000_000, Decimal("0.05")),
    "video: 200 a month, 25 minutes each": Calls(200, Decimal(1500), memory=4096),
    "archive: 30 a month, 40 GB of memory": Calls(30, Decimal(600), memory=40960),
    "gate: 1,000 a month, answers within 0.5 s": Calls(1_000, Decimal("0.1"), start=Decimal(4),
                                                       answer_within=Decimal("0.5")),
}
for name, calls in cases.items():
    verdict = choose(calls, name)
    print(f"{name}: {verdict.chosen.upper()}")
    for reason in verdict.decided_by[:2]:
        print("   ", reason)

# %% [markdown] id="what-lambda-seen"
# | | Lambda | Fargate |
# |---|---|---|
# | one run | 15 minutes at most | no limit |
# | memory | up to 10 GB | up to 244 GB (120 GB in older exams) |
# | disk | up to 10 GB in `/tmp` | 20 to 200 GiB |
# | waits for work | free, then a cold start | is paid for |
# | begins | within a second or so | in some tens of seconds |
#
# ([AWS: Lambda quotas](https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html))

# %% id="what-try" rows=["P05", "M03"]
views.try_lambda_or_fargate()

# %% [markdown] id="what-try-seen"
# Find the number of calls a day at which the two cost the same (the view tells it for a month). Then let somebody wait for the first answer,
# and see what becomes of Lambda.
#
# ## ECS or EKS
#
# That question has little to do with Fargate, which serves both. Who has Kubernetes manifests and people who know it, takes EKS. Who has
# neither, has less to learn with ECS. Lesson 14 moves a whole company, and shows what happens to its manifests on either.

# %% [markdown] id="what-exam" rests=["F01", "F02", "F08", "F09", "F10", "P05", "F23"]
# ## Exam notes (CLF-C02, SAA-C03, SAP-C02 and DOP-C02)
#
# (AWS's exams by their codes: Cloud Practitioner, Solutions Architect Associate and Professional, DevOps Engineer Professional.)
#
# - **No servers.** *Asked as:* "run containers without provisioning or patching instances". *Decides:* Fargate.
# - **Not an orchestrator.** *Asked as:* "ECS or Fargate?" as if one excluded the other. *Decides:* Fargate is compute *for* ECS and EKS.
# - **The half sentence.** *Asked as:* "uses a GPU", "needs privileged mode" (lesson 02), "agent on every host". *Decides:* EC2, whatever else is said.
# - **Fifteen minutes.** *Asked as:* "a job of 40 minutes, a few times a day". *Decides:* not Lambda.
# - **Now and then.** *Asked as:* "a few hundred short requests a day, at the lowest cost". *Decides:* Lambda.
# - **By itself.** *Asked as:* "Fargate will add tasks when load rises". *Decides:* only with Service Auto Scaling.
#
# **Four questions.** Choose, press *Answer*, and read why each option is right or wrong.

# %% id="what-question-both"
from autograder.exam.question import question

question("launch-type-beside-strategy")

# %% id="what-question-forty"
question("report-of-forty-minutes")

# %% id="what-question-grow"
question("tasks-that-did-not-grow")

# %% id="what-question-orchestrator"
question("what-fargate-takes-off")

# %% [markdown] id="what-real"
# ## On a real account
#
# First as commands (the AWS CLI), then as *CloudFormation*: a text from which AWS builds what it describes.
#
# ```bash
# aws ecs create-cluster --cluster-name ferryline --capacity-providers FARGATE FARGATE_SPOT
# aws ecs create-service --cluster ferryline --service-name tickets --task-definition tickets --desired-count 3 \
#   --launch-type FARGATE --network-configuration "awsvpcConfiguration={subnets=[$A,$B],assignPublicIp=ENABLED}"
# ```
#
# ```yaml
# Tickets:
#   Type: AWS::ECS::Service
#   Properties:
#     Cluster: !Ref Cluster
#     TaskDefinition: !Ref Definition
#     DesiredCount: 3
#     LaunchType: FARGATE          # or CapacityProviderStrategy, never both
#     NetworkConfiguration:
#       AwsvpcConfiguration: {Subnets: [!Ref A, !Ref B], AssignPublicIp: ENABLED}
# ```
#
# **It would cost** 1.2 cents an hour for each task of this size, and half a cent for its public address. An empty ECS cluster costs nothing.
# **Clean up:** `aws ecs delete-service --force`, then the cluster.
#
# **The simulator leaves out** EC2 capacity of ECS: container instances are an empty list here. Prices of Lambda and EC2 come from
# published tables, with their dates; a cold start of one second is an assumption.

# %% [markdown] id="what-answer"
# ## So for what, and instead of what?
#
# Fargate is taken **instead of machines of your own**, under ECS or EKS. It is right where looking after hosts is not worth your time: small
# teams, load that comes and goes, work that must be kept apart. It is wrong where a rule forbids it, where a function would do, and where a
# large fleet is busy day and night.
#
# <!-- go on -->
#
# **Practise:** lab [01 · Which compute](../labs/01-which-compute/01-which-compute.ipynb). **Go on:** lesson [02 · Task definitions](02-task-definitions.ipynb).
#
# <!-- end of go on -->
