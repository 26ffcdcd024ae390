"""Order of start, health checks, time limits and restarts that AWS refuses, with its own words.

stackd: a recorded answer in https://github.com/radkawar/stackd (testdata/aws/ecs/controls.json).
pf-...: the case of that name in https://github.com/badmintoncryer/cdk-preflight (rules/ecs), deployed to the real AWS.
"""

from __future__ import annotations

from refusing import C0, C1, case
from requests_as_written import app, ec2, fargate, sidecar

LIVES = [
    case(
        "R-051-depends-on-nobody",
        fargate(app(dependsOn=[{"containerName": "db", "condition": "START"}])),
        "FG220",
        f"{C0}.dependsOn[0].containerName",
        "Cannot depend on container + 'db' because it does not exist",
    ),
    case(
        "R-051-healthy-without-a-check",
        fargate(app(dependsOn=[{"containerName": "sidecar", "condition": "HEALTHY"}]), sidecar()),
        "FG221",
        f"{C0}.dependsOn[0].condition",
        "A dependency container with HEALTHY condition must have health check configured",
    ),
    case(
        "R-051-success-of-an-essential",
        fargate(app(dependsOn=[{"containerName": "sidecar", "condition": "SUCCESS"}]), sidecar(essential=True)),
        "FG222",
        f"{C0}.dependsOn[0].condition",
        "A dependency container with SUCCESS or COMPLETE condition cannot be an essential container",
    ),
    case(
        "R-051-cycle",
        fargate(
            app(dependsOn=[{"containerName": "sidecar", "condition": "START"}]),
            sidecar(dependsOn=[{"containerName": "app", "condition": "START"}]),
        ),
        "FG223",
        "containerDefinitions",
        "Container dependsOn contains a cycle",
    ),
    case(
        "stackd-fargate-self-dependency",
        fargate(app(dependsOn=[{"containerName": "app", "condition": "START"}])),
        "FG223",
        "containerDefinitions",
        "Container dependsOn contains a cycle",
    ),
    case(
        "R-051-cycle-of-three",
        fargate(
            app(dependsOn=[{"containerName": "b", "condition": "START"}]),
            app(name="b", dependsOn=[{"containerName": "c", "condition": "START"}]),
            app(name="c", dependsOn=[{"containerName": "app", "condition": "START"}]),
        ),
        "FG223",
        "containerDefinitions",
        "Container dependsOn contains a cycle",
    ),
    case(
        "R-051-complete-of-an-essential",
        fargate(app(dependsOn=[{"containerName": "migrate", "condition": "COMPLETE"}]), app(name="migrate")),
        "FG222",
        f"{C0}.dependsOn[0].condition",
        "A dependency container with SUCCESS or COMPLETE condition cannot be an essential container",
    ),
    case(
        "R-051-second-dependency-missing",
        fargate(
            app(
                dependsOn=[
                    {"containerName": "sidecar", "condition": "START"},
                    {"containerName": "envoy", "condition": "START"},
                ]
            ),
            sidecar(),
        ),
        "FG220",
        f"{C0}.dependsOn[1].containerName",
        "Cannot depend on container + 'envoy' because it does not exist",
    ),
    case(
        "R-052-stop-timeout-121",
        fargate(app(stopTimeout=121)),
        "FG1150",
        f"{C0}.stopTimeout",
        "Tasks using the Fargate launch type must have a container stop timeout of less than 120 seconds.",
    ),
    case(
        "stackd-stop-timeout-on-fargate-and-ec2",
        fargate(app(stopTimeout=900), requiresCompatibilities=["EC2", "FARGATE"]),
        "FG1150",
        f"{C0}.stopTimeout",
        "Tasks using the Fargate launch type must have a container stop timeout of less than 120 seconds.",
    ),
    *(
        case(
            f"stackd-{setting}-{seconds}",
            request(app(memory=64, **{setting: seconds})),
            "FG224",
            f"{C0}.{setting}",
            f"Granular {spoken} on container 'app' must be at least 2 seconds.",
        )
        for request in (fargate, ec2)
        for setting, spoken in (("startTimeout", "start timeout"), ("stopTimeout", "stop timeout"))
        for seconds in (-1, 1)
    ),
    *(
        case(
            f"R-053-{setting}-{value}",
            fargate(app(healthCheck={"command": ["CMD-SHELL", "true"], setting: value})),
            "FG225",
            f"{C0}.healthCheck.{setting}",
            f"Health check {setting} must be {bound} allowed value {limit} for container 'app'",
        )
        for setting, value, bound, limit in (
            ("interval", 301, "less than or equal to the maximum", 300),
            ("interval", 4, "greater than or equal to the minimum", 5),
            ("timeout", 61, "less than or equal to the maximum", 60),
            ("retries", 11, "less than or equal to the maximum", 10),
            ("startPeriod", 301, "less than or equal to the maximum", 300),
            ("timeout", 1, "greater than or equal to the minimum", 2),
            ("retries", 0, "greater than or equal to the minimum", 1),
            ("startPeriod", -1, "greater than or equal to the minimum", 0),
        )
    ),
    case(
        "R-054-restart-too-soon",
        fargate(app(restartPolicy={"enabled": True, "restartAttemptPeriod": 10})),
        "FG227",
        f"{C0}.restartPolicy.restartAttemptPeriod",
        "The 'restartAttemptPeriod' setting for container 'app' must be between 60 and 1800.",
    ),
    case(
        "R-054-fifty-one-codes",
        fargate(app(restartPolicy={"enabled": True, "ignoredExitCodes": list(range(51))})),
        "FG228",
        f"{C0}.restartPolicy.ignoredExitCodes",
        "The 'ignoredExitCodes' setting for container 'app' can have at most 50 items.",
    ),
    case(
        "R-053-command-of-nothing",
        fargate(app(healthCheck={"command": []})),
        "FG226",
        f"{C0}.healthCheck.command",
        "Health check command should not be null or empty for container 'app'",
    ),
    case(
        "R-054-restart-too-late",
        fargate(app(), sidecar(restartPolicy={"enabled": True, "restartAttemptPeriod": 1801})),
        "FG227",
        f"{C1}.restartPolicy.restartAttemptPeriod",
        "The 'restartAttemptPeriod' setting for container 'sidecar' must be between 60 and 1800.",
    ),
]
