"""How long things take on Fargate. Seconds, unless the name says otherwise.

AWS publishes hardly any of these. Where the value rests on one measurement it is `observed`; where it is our choice
between measurements it is `assumed`, and no check or exam item may turn on it.
"""

from __future__ import annotations

from simcloud.facts.fact import Fact

API_MODEL = "Amazon ECS API model, botocore 1.44.5"
SPOT_GUIDE = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html"
FIELD = "field report of a real task's timestamps"

# The start of a task

ENI_SECONDS: Fact[float] = Fact(10.0, FIELD, "assumed", rule="R-107")
"""PROVISIONING: making and attaching the network interface takes 10 to 15 seconds."""
PULL_MIB_PER_SECOND: Fact[float] = Fact(30.0, FIELD, "assumed", rule="R-105")
"""Compressed MiB of image pulled per second. One sample took 4.5 s for a small image."""
PULL_LEAST_SECONDS: Fact[float] = Fact(2.0, FIELD, "assumed", rule="R-105")
"""Manifest, layers' handshakes and unpacking, however small the image is."""
START_SECONDS: Fact[float] = Fact(2.0, FIELD, "observed", rule="R-105")
"""From the end of the pull to RUNNING: 2.1 s measured."""
SCHEDULER_REACTION_SECONDS: Fact[float] = Fact(2.0, FIELD, "assumed", rule="R-107")
"""From a service's lack of a task to the scheduler's launch of one."""
ACTIVATING_SECONDS: Fact[float] = Fact(1.0, FIELD, "assumed", rule="R-103")
"""Registering with target groups and service discovery, before RUNNING."""

# Failing to start

NETWORK_GIVE_UP: Fact[float] = Fact(
    289.0, "field report: sealed security group, ECR unreachable", "observed", rule="R-108"
)
"""A task that cannot reach ECR stays PENDING this long while it tries again, then stops."""
PULL_RETRY_SECONDS: Fact[float] = Fact(20.0, FIELD, "assumed", rule="R-130")
"""A pull that gets an answer, and the answer is no (tag missing, access denied), is tried again this long."""
IMAGE_MISSING_SECONDS: Fact[float] = Fact(
    115.0, "fitted to one field report of a failing deployment", "assumed", rule="R-216"
)
"""A pull whose tag does not exist is tried again this long: fits failures at 2:34, 4:46 and 11:00."""
DENIED_SECONDS: Fact[float] = Fact(5.0, FIELD, "assumed", rule="R-132")
"""A permission that is refused is known at once; the agent gives up after a second attempt."""
LOGGER_TIMEOUT_SECONDS: Fact[float] = Fact(60.0, FIELD, "assumed", rule="R-125")
"""CloudWatch Logs out of reach: the log driver's validation is killed after this long."""
EFS_MOUNT_TIMEOUT_SECONDS: Fact[float] = Fact(45.0, "EFS mount helper: 3 attempts of 15 s", "observed", rule="R-137")
"""Three attempts of 15 seconds to mount a file system whose port 2049 is closed."""

# The end of a task

STOP_TIMEOUT_DEFAULT: Fact[int] = Fact(30, API_MODEL, rule="R-052")
"""From SIGTERM to SIGKILL, unless stopTimeout says otherwise."""
STOP_TIMEOUT_LEAST: Fact[int] = Fact(2, API_MODEL, rule="R-052")
STOP_TIMEOUT_MOST: Fact[int] = Fact(120, API_MODEL, rule="R-052")
DEPROVISION_SECONDS: Fact[float] = Fact(15.0, FIELD, "observed", rule="R-106")
"""DEPROVISIONING: detaching and deleting the network interface; 16 s measured."""
GRACEFUL_EXIT_SECONDS: Fact[float] = Fact(1.0, FIELD, "assumed", rule="R-107")
"""How soon a process that handles SIGTERM has ended."""
DEREGISTRATION_DELAY_DEFAULT: Fact[int] = Fact(
    300,
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html",
    rule="R-103",
)
"""DEACTIVATING waits this long for a target group to drain, unless the group says otherwise."""
STOPPED_TASK_VISIBLE_SECONDS: Fact[int] = Fact(
    3600, "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-errors.html", rule="R-097"
)
"""A stopped task can be described for at least an hour."""

# Spot

SPOT_WARNING_SECONDS: Fact[int] = Fact(120, SPOT_GUIDE, rule="R-191")
"""From the interruption warning to the end of a Spot task."""

# Health checks of a container (defaults where the definition is silent)

HEALTH_INTERVAL_DEFAULT: Fact[int] = Fact(30, API_MODEL, rule="R-053")
HEALTH_TIMEOUT_DEFAULT: Fact[int] = Fact(5, API_MODEL, rule="R-053")
HEALTH_RETRIES_DEFAULT: Fact[int] = Fact(3, API_MODEL, rule="R-053")

# The service scheduler

STEADY_SECONDS: Fact[int] = Fact(40, API_MODEL, rule="R-204")
"""A task without load balancer and health check counts as healthy this long after it reached RUNNING."""
THROTTLE_FIRST: Fact[float] = Fact(31.0, "fitted to one field report of a failing deployment", "assumed", rule="R-216")
"""From the first failed start of a service's task to the next try: 31 to 32 s measured."""
THROTTLE_FACTOR: Fact[float] = Fact(9.0, "fitted to one field report of a failing deployment", "assumed", rule="R-216")
"""Each further failed start multiplies the wait."""
REPLACE_SECONDS: Fact[float] = Fact(16.0, "fitted to one field report of a failing deployment", "assumed", rule="R-215")
"""From the end of a task that exited by itself to the launch of the next: fits one start every 51 seconds."""
EXIT_COUNTED_SECONDS: Fact[float] = Fact(
    21.0, "fitted to one field report of a failing deployment", "assumed", rule="R-215"
)
"""From its end to the moment at which it counts as a failure: five seconds after the next one began."""
THROTTLE_CAP: Fact[int] = Fact(
    900, "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-throttle-logic.html", rule="R-210"
)
"""The wait grows to 15 minutes and no further."""
EVENT_REPEAT_SECONDS: Fact[int] = Fact(
    21600, "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages.html", rule="R-224"
)
"""The same service event is not repeated for six hours while its cause stands."""
