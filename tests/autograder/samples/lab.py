# %% [markdown] id="s91-title"
# # A first service

# %% id="s91-begin" role="setup"
from autograder import lab

desk = lab.begin("91-first-service")

# %% id="s91-count-answer" role="answer" question="count-them"
import boto3

count = ...
### BEGIN SOLUTION
count = len(boto3.client("s3").list_buckets()["Buckets"])
### END SOLUTION

# %% id="s91-count-check" role="check" question="count-them" points=2 tags=["raises-exception"]
lab.check("count-them", count=count)

# %% id="s91-cluster-answer" role="answer" question="make-cluster"
ecs = boto3.client("ecs")
### BEGIN SOLUTION
ecs.create_cluster(clusterName=desk.cluster)
### END SOLUTION

# %% id="s91-cluster-check" role="check" question="make-cluster" points=3 tags=["raises-exception"]
lab.check("make-cluster")

# %% id="s91-service-answer" role="answer" question="run-service"
subnet = boto3.client("ec2").describe_subnets()["Subnets"][0]["SubnetId"]
### BEGIN SOLUTION
ecs.register_task_definition(
    family="web", requiresCompatibilities=["FARGATE"], networkMode="awsvpc", cpu="256", memory="512",
    containerDefinitions=[{"name": "web", "image": "nginx:latest", "essential": True}],
)
ecs.create_service(
    cluster=desk.cluster, serviceName="web", taskDefinition="web", desiredCount=2, launchType="FARGATE",
    networkConfiguration={"awsvpcConfiguration": {"subnets": [subnet]}},
)
### END SOLUTION

# %% id="s91-service-check" role="check" question="run-service" points=5 tags=["raises-exception"]
lab.check("run-service")

# %% [markdown] id="s91-reflect" role="reflect" question="why-two" points=2
# Why two tasks and not one?
#
# === BEGIN MARK SCHEME ===
# MARK-SCHEME-SECRET: one for naming failure, one for zones.
# === END MARK SCHEME ===

# %% [markdown] id="s91-reflect-answer" role="reflect" question="why-two"
# Your answer.
