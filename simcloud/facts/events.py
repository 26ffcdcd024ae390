"""What EventBridge and EventBridge Scheduler decided: how often and how long they try, and how much they take."""

from __future__ import annotations

from simcloud.facts.fact import Fact

GUIDE = "https://docs.aws.amazon.com/eventbridge/latest/userguide/"
DLQ = GUIDE + "eb-rule-dlq.html"
MONITORING = GUIDE + "eb-monitoring.html"
SCHEDULER = "https://docs.aws.amazon.com/scheduler/latest/UserGuide/"

RETRIES: Fact[int] = Fact(185, DLQ)
"""How often a delivery is tried again, unless its target says otherwise."""
AGE_SECONDS: Fact[int] = Fact(86_400, DLQ)
"""How long it is tried again."""
FIRST_WAIT_SECONDS: Fact[float] = Fact(1.0, DLQ, "assumed")
"""AWS says `exponential back off and jitter`, and no numbers."""
LONGEST_WAIT_SECONDS: Fact[float] = Fact(480.0, DLQ, "assumed")
"""So that 185 attempts take about a day."""
TARGETS: Fact[int] = Fact(5, GUIDE + "eb-quota.html")
"""Of a rule."""
KEPT_MINUTES: Fact[int] = Fact(
    15 * 24 * 60, "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html"
)
"""Data points of a minute are kept for fifteen days."""
STARTED_BY_CHARACTERS: Fact[int] = Fact(
    36, "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html", "observed"
)
"""RunTask takes so many; EventBridge cuts `events-rule/` and the rule's name off there, Scheduler `chronos-schedule/`
and the schedule's (tasks that public logs of accounts show)."""
LOOPS: Fact[int] = Fact(3, MONITORING, "assumed")
"""AWS counts as DeadLetterInvocations what `would result in running the same rule again, causing an infinite loop`. A
rule may start tasks for events of its own tasks so many times over."""
