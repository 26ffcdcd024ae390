"""The words of a service's events, as DescribeServices lists them, and of a deployment's state."""

from __future__ import annotations

from simcloud.facts.fact import Words

EVENTS = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html"
BREAKER = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html"
FIELD = "field report of a real service's events"

STARTED = Words("(service {service}) has started {count} tasks: {tasks}.", source=EVENTS, rule="R-222")
STOPPED = Words("(service {service}) has stopped {count} running tasks: {tasks}.", source=EVENTS, rule="R-222")
ONE_TASK = Words("(task {task})", source=EVENTS, rule="R-222")
COMPLETED = Words("(service {service}) (deployment {deployment}) deployment completed.", source=EVENTS, rule="R-222")
STEADY = Words("(service {service}) has reached a steady state.", source=EVENTS, rule="R-222")
UNABLE_TO_PLACE = Words("(service {service}) was unable to place a task. Reason: {reason}.", source=FIELD, rule="R-217")
UNABLE_TO_START = Words("(service {service}) is unable to consistently start tasks successfully.", source=EVENTS,
                        rule="R-210")
LAUNCH_FAILED = Words("(service {service}) failed to launch a task with (error {error})", source=FIELD, rule="R-138")
BLOCKED = Words(
    "(service {service}) was unable to stop or start tasks during a deployment because of the service deployment "
    "configuration. Update the minimumHealthyPercent or maximumPercent value and try again.", source=EVENTS,
    rule="R-202")

IN_PROGRESS_REASON = Words("ECS deployment {deployment} in progress.", source=FIELD, rule="R-219")
COMPLETED_REASON = Words("ECS deployment {deployment} completed.", source=FIELD, rule="R-219")
