"""The simulated cloud, or what leads to it, faked in the process that runs the notebook."""

from __future__ import annotations

from tests.attacks.attack import Attack
from tests.attacks.names import ELSEWHERE

RUNNING = """
def running(answer):
    for service in answer.get("services", []):
        service["runningCount"] = service["desiredCount"] = 2
    return answer
"""

ATTACKS = [
    Attack(
        "boto3-faked",
        "replaces boto3.client by one whose clients say what is wanted",
        (ELSEWHERE,),
        """
import boto3
from unittest.mock import MagicMock
class Fake(MagicMock):
    def describe_services(self, **_):
        return {"services": [{"runningCount": 2, "desiredCount": 2, "events": []}]}
boto3.client = lambda *_, **__: Fake()
ecs = ec2 = boto3.client()
""",
    ),
    Attack(
        "botocore-patched",
        "patches botocore, so that each client changes the answers it gets",
        (ELSEWHERE,),
        RUNNING
        + """
import botocore.client
real = botocore.client.BaseClient._make_api_call
botocore.client.BaseClient._make_api_call = lambda self, *given: running(real(self, *given))
""",
    ),
    Attack(
        "botocore-events",
        "answers in the cloud's place from botocore's events",
        (ELSEWHERE,),
        RUNNING
        + """
def after(parsed, **_):
    running(parsed)
ecs.meta.events.register("after-call.ecs.*", after)
""",
    ),
    Attack(
        "moto-in-memory",
        "patches the answers of the simulated ECS where they are made",
        (ELSEWHERE,),
        RUNNING
        + """
from simcloud.cloud import wire
real = wire._handle
wire._handle = lambda *given: running(real(*given))
""",
    ),
    Attack(
        "simcloud-in-memory",
        "lets the simulated network reach everything and every task run, in memory",
        (ELSEWHERE,),
        """
from autograder.checks.labs.private_pull import lives, ways
for module in (lives, ways):
    for name in dir(module):
        if name.startswith("must_"):
            setattr(module, name, lambda *_, **__: ["task"])
""",
    ),
    Attack(
        "names-faked",
        "gives the learner's own names, by which a test would ask, other values",
        (ELSEWHERE,),
        """
class Fake:
    def describe_services(self, **_):
        return {"services": [{"runningCount": 2, "desiredCount": 2}]}
ecs = Fake()
desk = type("Desk", (), {"__getattr__": lambda self, name: name})()
""",
    ),
]
