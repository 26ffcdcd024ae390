"""Log drivers and routers that AWS refuses, with its own words.

stackd: a recorded answer in https://github.com/radkawar/stackd (testdata/aws/ecs/controls.json).
pf-...: the case of that name in https://github.com/badmintoncryer/cdk-preflight (rules/ecs), deployed to the real AWS.
aws-sdk-311: https://github.com/aws/aws-sdk/issues/311.
"""

from __future__ import annotations

from refusing import C0, C1, case
from requests_as_written import AWSLOGS, ROLE, app, ec2, fargate, sidecar

LOGS = [
    case(
        "R-035-json-file",
        fargate(app(logConfiguration={"logDriver": "json-file"})),
        "FG160",
        f"{C0}.logConfiguration.logDriver",
        "json-file is not a valid log driver. Must be one of [awslogs, splunk, awsfirelens]",
    ),
    case(
        "R-036-no-stream-prefix",
        fargate(
            app(
                logConfiguration={
                    "logDriver": "awslogs",
                    "options": {"awslogs-group": "/ecs/web", "awslogs-region": "us-east-1"},
                }
            ),
            executionRoleArn=ROLE,
        ),
        "FG162",
        f"{C0}.logConfiguration.options",
        "Fargate requires log configuration options to include awslogs-stream-prefix to support log driver awslogs.",
    ),
    case(
        "R-036-no-group",
        ec2(app(memory=512, logConfiguration={"logDriver": "awslogs", "options": {"awslogs-region": "us-east-1"}})),
        "FG161",
        f"{C0}.logConfiguration.options",
        "Log driver awslogs requires options: awslogs-group",
    ),
    case(
        "R-037-unknown-option",
        fargate(
            app(logConfiguration={"logDriver": "awslogs", "options": {**AWSLOGS["options"], "Name": "cloudwatch"}}),
            executionRoleArn=ROLE,
        ),
        "FG163",
        f"{C0}.logConfiguration.options",
        "Log driver awslogs disallows options: Name",
    ),
    case(
        "R-044-firelens-without-router",
        fargate(app(logConfiguration={"logDriver": "awsfirelens"})),
        "FG164",
        f"{C0}.logConfiguration.logDriver",
        "When awsfirelens log driver is specified in log configuration, a firelens configuration object must be "
        "configured in one of the containers.",
    ),
    case(
        "R-045-firelens-config-in-s3",
        fargate(
            app(logConfiguration={"logDriver": "awsfirelens"}),
            sidecar(
                firelensConfiguration={
                    "type": "fluentbit",
                    "options": {"config-file-type": "s3", "config-file-value": "arn:aws:s3:::b/k"},
                }
            ),
        ),
        "FG165",
        f"{C1}.firelensConfiguration.options",
        "Fargate launch type does not support FirelensConfiguration config file from 's3'",
    ),
    case(
        "stackd-fargate-awslogs-missing-options",
        fargate(
            app(logConfiguration={"logDriver": "awslogs", "options": {"awslogs-stream-prefix": "web"}}),
            executionRoleArn=ROLE,
        ),
        "FG161",
        f"{C0}.logConfiguration.options",
        "Log driver awslogs requires options: awslogs-region, awslogs-group",
    ),
    case(
        "R-036-no-region",
        ec2(app(memory=512, logConfiguration={"logDriver": "awslogs", "options": {"awslogs-group": "/ecs/web"}})),
        "FG161",
        f"{C0}.logConfiguration.options",
        "Log driver awslogs requires options: awslogs-region",
    ),
    case(
        "R-036-empty-prefix",
        fargate(
            app(
                logConfiguration={
                    "logDriver": "awslogs",
                    "options": {**AWSLOGS["options"], "awslogs-stream-prefix": ""},
                }
            ),
            executionRoleArn=ROLE,
        ),
        "FG162",
        f"{C0}.logConfiguration.options",
        "Fargate requires log configuration options to include awslogs-stream-prefix to support log driver awslogs.",
    ),
    case(
        "R-035-splunk-without-its-options",
        fargate(app(logConfiguration={"logDriver": "splunk", "options": {"splunk-source": "web"}})),
        "FG161",
        f"{C0}.logConfiguration.options",
        "Log driver splunk requires options: splunk-url, splunk-token",
    ),
    *(
        case(
            f"R-035-{driver}",
            fargate(app(logConfiguration={"logDriver": driver})),
            "FG160",
            f"{C0}.logConfiguration.logDriver",
            f"{driver} is not a valid log driver. Must be one of [awslogs, splunk, awsfirelens]",
        )
        for driver in ("syslog", "fluentd", "gelf", "journald", "cloudwatch")
    ),
    case(
        "R-035-no-driver-of-docker-either",
        ec2(app(memory=64, logConfiguration={"logDriver": "cloudwatch"})),
        "FG160",
        f"{C0}.logConfiguration.logDriver",
        "cloudwatch is not a valid log driver. Must be one of "
        "[json-file,syslog,journald,gelf,fluentd,awslogs,splunk,awsfirelens]",
    ),
    case(
        "R-037-option-of-another-driver",
        ec2(
            app(
                memory=64,
                logConfiguration={"logDriver": "awslogs", "options": {**AWSLOGS["options"], "max-size": "10m"}},
            )
        ),
        "FG163",
        f"{C0}.logConfiguration.options",
        "Log driver awslogs disallows options: max-size",
    ),
    case(
        "field-report-log-group-of-a-placeholder",
        fargate(
            app(
                logConfiguration={"logDriver": "awslogs", "options": {**AWSLOGS["options"], "awslogs-group": "<group>"}}
            ),
            executionRoleArn=ROLE,
        ),
        "FG394",
        f"{C0}.logConfiguration.options",
        "Log driver awslogs option 'awslogs-group' contains invalid characters.",
    ),
    case(
        "pf-batch-jd-ecs-firelens-log-driver",
        fargate(app(), sidecar(firelensConfiguration={"type": "fluentbit"})),
        "FG393",
        f"{C1}.firelensConfiguration",
        "When a firelensConfiguration object is specified, at least one container has to be configured with the "
        "awsfirelens log driver",
    ),
    case(
        "aws-sdk-311-on-fargate",
        fargate(
            app(logConfiguration={"logDriver": "awsfirelens"}),
            sidecar(
                firelensConfiguration={
                    "type": "fluentbit",
                    "options": {"config-file-type": "s3", "config-file-value": "s3://some-bucket/fluentbit.conf"},
                }
            ),
        ),
        "FG165",
        f"{C1}.firelensConfiguration.options",
        "Invalid arn syntax.",
    ),
    case(
        "aws-sdk-311-firelens-config-that-is-no-arn",
        ec2(
            app(memory=64, logConfiguration={"logDriver": "awsfirelens"}),
            sidecar(
                memory=64,
                firelensConfiguration={
                    "type": "fluentbit",
                    "options": {"config-file-type": "s3", "config-file-value": "s3://bucket/fluent.conf"},
                },
            ),
        ),
        "FG165",
        f"{C1}.firelensConfiguration.options",
        "Invalid arn syntax.",
    ),
]
