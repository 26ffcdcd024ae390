# %% [markdown] id="start-title"
# # 00 · Start here
#
# **Who looks after the server that your container runs on?** On AWS Fargate: not you. This page shows it.
#
# After it you can
#
# - run a container on a simulated AWS, with the boto3 code that you would write at work,
# - read what the cloud did, and why it refused,
# - find your way through the course.
#
# About 10 minutes.

# %% [markdown] id="start-what-it-is"
# ## What this course is
#
# AWS, *Amazon Web Services*, rents out computers and all that belongs to them. A program in Python orders them with
# AWS's library, boto3. You write real boto3 code here. Under it stands a **simulated AWS** on this machine: no account, no bill, no network.
# It refuses what AWS refuses, in AWS's own words. Then it lets time pass: tasks start, or fail for the real reasons.
#
# *Lessons* (folder `course`) show one thing at a time. *Labs* (folder `labs`) give you a cloud that is broken or half
# built, and judge what your code made happen. *Questions* in the style of AWS's exams stand at the end of each lesson.
#
# All of it tells one story. **Ferryline** sells ferry tickets for a group of islands. Mara is its one engineer. You work beside her.

# %% [markdown] id="start-how-it-works"
# ## How a page works
#
# Click into a cell and press **Shift+Enter**: the cell runs, and the next one is chosen. Run the cells in order, from the top.
# Change them as you like: nothing can break. *Kernel → Restart Kernel* gives you a fresh start.
#
# First, is this machine all right?

# %% id="start-doctor" tags=["nbval-ignore-output"]
from autograder import doctor

doctor.show()

# %% [markdown] id="start-desk-text"
# ## An empty account
#
# The next cell opens a cloud for you. It is a whole AWS account, and it is empty. Your own keys to AWS, if you have any, are not read.

# %% id="start-desk" tags=["nbval-ignore-output"]
from autograder import lab

desk = lab.begin("00-start-here")
cloud = desk.cloud

# %% [markdown] id="start-name-text"
# If you like, say who you are: take the `#` away and put your name there. Each lab then gives you a world of your own, with
# other names, addresses and faults than your neighbour's. Your name stays on this machine.

# %% id="start-name" tags=["nbval-ignore-output"]
# lab.name("Mara")

# %% [markdown] id="start-cluster-text"
# ## A cluster is a name
#
# A *container* is a program that runs shut off from others. It is started from an *image*: a file with the program and all that it needs.
# **ECS** is AWS's service that starts containers for you. What it starts is called a *task*: one container, or a few that belong together.
#
# A *cluster* groups tasks. On Fargate there is nothing in it to look after. We make one, and ask for its servers.

# %% id="start-cluster"
import boto3

ecs = boto3.client("ecs")
ecs.create_cluster(clusterName="ferryline")["cluster"]["status"]

# %% id="start-no-servers" rows=["F01"]
ecs.list_container_instances(cluster="ferryline")["containerInstanceArns"]

# %% [markdown] id="start-no-servers-seen"
# An empty list. With EC2, the servers that AWS rents out, yours would stand here, and you would patch them. (An ARN is the
# full name of a thing in AWS.) Will the list fill up once something runs? We shall look again.
# ([AWS: what Fargate is](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/AWS_Fargate.html))

# %% [markdown] id="start-definition-text"
# ## A task definition says what to run
#
# A *task definition* names the image and the size. We ask for a quarter of a vCPU, one virtual processor (256 of its 1024 CPU
# units), and 4 GB. The two lines with `FARGATE` and `awsvpc` belong to every task on Fargate.
#
# **Before you run it:** will AWS take that pair?

# %% id="start-refused" tags=["raises-exception"]
hello = dict(
    family="hello",
    requiresCompatibilities=["FARGATE"],
    networkMode="awsvpc",
    cpu="256",
    containerDefinitions=[{"name": "web", "image": "public.ecr.aws/nginx/nginx:1.27"}],
)
ecs.register_task_definition(**hello, memory="4096")

# %% [markdown] id="start-refused-seen"
# It will not. The line with *ClientException* is AWS's own text, word for word. Below it stand **our** notes: which law
# it was, why, and where it is written.
#
# Fargate sells memory in steps that depend on the CPU: with 256 units you may have 512, 1024 or 2048 MiB.
# ([AWS: invalid CPU or memory](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html))

# %% id="start-registered"
registered = ecs.register_task_definition(**hello, memory="512")["taskDefinition"]
registered["taskDefinitionArn"]

# %% [markdown] id="start-run-text"
# ## Run it
#
# A task gets a network address of its own, so it needs a *subnet*: a block of addresses in one *Availability Zone*, which is a group of
# data centres. A new account has a default network with public subnets: we take the first one. The image lies on the internet,
# so the task gets a public address, too. (Lesson 03 tells why.)

# %% id="start-subnet"
ec2 = boto3.client("ec2")
subnets = ec2.describe_subnets(Filters=[{"Name": "default-for-az", "Values": ["true"]}])["Subnets"]
subnet = min(subnets, key=lambda each: each["AvailabilityZone"])
subnet["SubnetId"], subnet["CidrBlock"], subnet["AvailabilityZone"]

# %% id="start-run"
task = ecs.run_task(
    cluster="ferryline",
    taskDefinition="hello",
    launchType="FARGATE",
    networkConfiguration={"awsvpcConfiguration": {"subnets": [subnet["SubnetId"]],
                                                  "assignPublicIp": "ENABLED"}},
)["tasks"][0]
task["lastStatus"]

# %% [markdown] id="start-wait-text"
# `PROVISIONING`: AWS took the order, and nothing runs yet. Good code does not sleep and hope. It uses a *waiter*, which
# looks again and again, and gives up in the end.

# %% id="start-wait"
before = cloud.now
ecs.get_waiter("tasks_running").wait(cluster="ferryline", tasks=[task["taskArn"]])
print("simulated seconds:", (cloud.now - before).total_seconds())

# %% [markdown] id="start-time-text"
# The cell came back at once, yet time went by *in the cloud*. Time here is simulated. It moves when a waiter waits, when your
# cell sleeps, or when you say so: `cloud.advance(minutes=5)`. It never moves because you looked. (This waiter looks every six
# seconds: it saw after 18 what was so after 17.)

# %% id="start-running" rows=["F01"]
running = ecs.describe_tasks(cluster="ferryline", tasks=[task["taskArn"]])["tasks"][0]
print("servers in the cluster:",
      ecs.list_container_instances(cluster="ferryline")["containerInstanceArns"])
{key: running[key]
 for key in ("lastStatus", "launchType", "cpu", "memory", "platformVersion", "availabilityZone")}

# %% [markdown] id="start-story-text"
# The task runs, and there is still no server to look after. (`platformVersion` is the release of Fargate's own software.)
#
# ## The cloud tells its story
#
# On AWS you would piece together what happened from several places. Here the cloud keeps one story of everything:
# when, who, what and why. (`eni-` and a number is the task's network interface, its plug into the network. Roles come in lesson 04.)

# %% id="start-story"
from simcloud import views

views.story(cloud, task["taskArn"])

# %% [markdown] id="start-timeline-text"
# The same as a picture. (Every picture in the course has a text beside it that says the same.)
#
# To watch everything while you work, type `views.show_console()`: services, tasks and their timelines, topology, logs, metrics, alarms
# and the bill, beside your notebook.

# %% id="start-timeline"
views.timeline(cloud, task["taskArn"])

# %% [markdown] id="start-check-text"
# ## Your first check
#
# In a lab, a check judges what your code made happen. It does not read your code. Any way that leads there is right.

# %% id="start-check"
lab.check("first-task")

# %% [markdown] id="start-progress-text"
# Green. When a check is not green it says what was expected, what came instead, and gives a hint.
# `lab.hint("first-task")` says more, in three steps. What you have done is kept on this machine:

# %% id="start-progress" tags=["nbval-ignore-output"]
lab.progress()

# %% [markdown] id="start-question-text"
# ## A question to take along
#
# Choose, press *Answer*, and read why each option is right or wrong. (EKS is the other service of AWS that runs containers; its
# tasks are called pods, its servers nodes. An Auto Scaling group starts and ends EC2 servers.)

# %% id="start-question"
from autograder.exam.question import question

question("servers-nobody-patches")

# %% [markdown] id="start-left-out"
# ## What is simulated, and what is not
#
# Clusters, task definitions, tasks and services are simulated, and with them the network, roles, permissions and the
# registry, each with AWS's refusals. Your image is not really run: a simulated image knows how large it is, how long
# it takes to start, and what it does then.
# A call that we do not simulate says so. It never pretends.

# %% [markdown] id="start-home-text"
# ## Come back here
#
# The next cell knows where you stand: what is begun, what is due for review, and what to do next. Run it again whenever
# you wonder. In a terminal, `fargate-course home` says the same.
#
# **Do you know some of it already?** Twenty questions in [Exams and review](exams-and-review.ipynb) find out what, and where to
# begin. There you also get a plan for your exam, week by week. Words are explained in the [glossary](glossary.ipynb), and the folder
# `sheets` has one page a topic to print.

# %% id="start-home" tags=["nbval-ignore-output"]
from autograder.home.home import home

home()

# %% [markdown] id="start-next"
# ## So who looks after the server?
#
# AWS does. You gave it an image, a size and a subnet. You got a running task, and the list of servers stayed empty.
#
# **Go on** with the lesson whose question you cannot answer:
#
# <!-- contents -->
#
# | | lesson | minutes | cells | opens with |
# |---|---|---|---|---|
# | 00 | [Start here](00-start-here.ipynb) | 10 | 37 | Who looks after the server that your container runs on? |
# | 01 | [What Fargate is, and when to use it](01-what-fargate-is.ipynb) | 40 | 29 | Four services of AWS run containers. A colleague says "take Fargate". For what, and instead of what? |
# | 02 | [Task definitions](02-task-definitions.ipynb) | 45 | 45 | AWS took the definition, and the task still does not run. What did the definition promise that nobody kept? |
# | 03 | [Networking](03-networking.ipynb) | 45 | 45 | The same task starts in one subnet and dies in the next. What does a subnet have to offer a task? |
# | 04 | [Two roles](04-two-roles.ipynb) | 45 | 42 | A task says AccessDenied. Two roles hang on it. Which one do you mend? |
# | 05 | [Secrets and configuration](05-secrets.ipynb) | 45 | 40 | Mara changed the password an hour ago, and half of Ferryline still logs in with the old one. Why? |
# | 06 | [Storage](06-storage.ipynb) | 45 | 42 | The task died at night, and in the morning its files were gone. Which disk keeps what? |
# | 07 | [Services and load balancing](07-services.ipynb) | 60 | 30 | The new version was broken, nobody was at work, and no customer noticed. Who looked after them? |
# | 08 | [Blue/green, canary, linear](08-deployments.ipynb) | 60 | 34 | A release that is healthy can still be wrong. How few customers need to find out? |
# | 09 | [Scaling](09-scaling.ipynb) | 55 | 26 | At noon the queue at the harbour is a hundred metres long, and at midnight it is empty. How many tasks is the right number? |
# | 10 | [Spot and capacity providers](10-spot.ipynb) | 45 | 33 | Spot is up to 70 % cheaper. Why does Mara not run everything on it? |
# | 11 | [Queues, events and batch](11-queues.ipynb) | 50 | 35 | Four thousand receipts wait to be written. Who starts the tasks, who ends them, and who sees to it that no passenger gets two? |
# | 12 | [Cost](12-cost.ipynb) | 50 | 30 | The bill says 1,090 dollars a month. Which of them did nobody need? |
# | 13 | [Logs, metrics, traces](13-watching.ipynb) | 45 | 35 | A customer waits eleven seconds for a ticket. You have no server to log in to. How do you find out why? |
# | 14 | [EKS on Fargate](14-eks.ipynb) | 60 | 30 | Ferryline bought a competitor, and with it forty Kubernetes manifests. Must anybody rewrite them? |
# | 15 | [Troubleshooting: from symptom to cause](15-troubleshooting.ipynb) | 50 | 32 | The service wants two tasks and has none. Where do you look first, and what do you leave alone? |
# | 16 | [Security and isolation](16-security.ipynb) | 50 | 35 | Somebody runs their own code in one of Ferryline's containers. What have they got? |
# | 17 | [Putting it together](17-putting-it-together.ipynb) | 60 | 27 | Four options, all of which work. How does an exam decide, and how do you? |
# | | together | 860 | | |
#
# <!-- end of contents -->
#
# Each lesson ends at its lab, if it has one. A lab is a breakdown, or something half built, for you to mend:
#
# <!-- labs -->
#
# - lab [01 · Which compute](../labs/01-which-compute/01-which-compute.ipynb)
# - lab [02 · The right task definition](../labs/02-right-definition/02-right-definition.ipynb)
# - lab [03 · Private pull](../labs/03-private-pull/03-private-pull.ipynb)
# - lab [04 · Two roles](../labs/04-two-roles/04-two-roles.ipynb)
# - lab [05 · Secrets and rotation](../labs/05-secrets-and-rotation/05-secrets-and-rotation.ipynb)
# - lab [06 · Shared and scratch](../labs/06-shared-and-scratch/06-shared-and-scratch.ipynb)
# - lab [07 · A service that rolls](../labs/07-rolling-service/07-rolling-service.ipynb)
# - lab [08 · Blue/green](../labs/08-blue-green/08-blue-green.ipynb)
# - lab [09 · Scale with the load](../labs/09-scale-with-load/09-scale-with-load.ipynb)
# - lab [10 · Spot without tears](../labs/10-spot-without-tears/10-spot-without-tears.ipynb)
# - lab [11 · Queue-driven batch](../labs/11-queue-driven-batch/11-queue-driven-batch.ipynb)
# - lab [12 · Halve the bill](../labs/12-halve-the-bill/12-halve-the-bill.ipynb)
# - lab [13 · See everything](../labs/13-see-everything/13-see-everything.ipynb)
# - lab [14 · One cluster, three workloads](../labs/14-one-cluster-three-workloads/14-one-cluster-three-workloads.ipynb)
# - lab [15 · Incidents](../labs/15-incidents/15-incidents.ipynb)
# - lab [16 · Lock it down](../labs/16-lock-it-down/16-lock-it-down.ipynb)
# - lab [17 · Capstone](../labs/17-capstone/17-capstone.ipynb)
#
# <!-- end of labs -->
#
# **If something is odd:** `fargate-course doctor` in a terminal says what is wrong with this machine, and how to mend it.
#
# *This course is not affiliated with AWS.*
