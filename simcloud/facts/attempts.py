"""How the start of a task and the scheduler of a service try again. Seconds, unless the name says otherwise."""

from __future__ import annotations

from simcloud.facts.fact import Fact

CHOICE = "the course's own choice between few measurements"

RETRY_SECONDS: Fact[float] = Fact(15.0, CHOICE, "assumed", rule="R-108")
"""Between two attempts of one step of the start; each attempt looks at the network and the policies as they are then."""
UNSTEADY_FAILURES: Fact[int] = Fact(3, CHOICE, "assumed", rule="R-210")
"""Rounds of failed starts in a row after which a service says that it cannot consistently start tasks."""
SERVICE_EVENTS_KEPT: Fact[int] = Fact(
    100, "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages.html", rule="R-224")
"""DescribeServices returns only this many of the latest events."""
EPHEMERAL_GIB_DEFAULT: Fact[int] = Fact(
    20, "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-storage.html", rule="R-046")
"""Ephemeral storage of a task that asks for none."""
EXEC_AGENT_SECONDS: Fact[float] = Fact(30.0, "field report: 30 to 60 s", "observed", rule="R-160")
"""From the task's RUNNING to the ECS Exec agent's."""
LINUX_PLATFORM: Fact[str] = Fact(
    "1.4.0", "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/platform-fargate.html", rule="R-079")
WINDOWS_PLATFORM: Fact[str] = Fact(
    "1.0.0", "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/platform-fargate.html", rule="R-079")
