"""Secrets, variables, roles and private images that AWS refuses, with its own words."""

from __future__ import annotations

from refusing import C0, case
from requests_as_written import AWSLOGS, ECR, ROLE, SECRET, app, ec2, fargate

SECRETS = [
    case(
        "R-038-awslogs-without-role",
        fargate(app(logConfiguration=AWSLOGS)),
        "FG182",
        "executionRoleArn",
        "Fargate requires task definition to have execution role ARN to support log driver awslogs.",
    ),
    case(
        "R-039-ecr-without-role",
        fargate(app(image=ECR)),
        "FG183",
        "executionRoleArn",
        "Fargate requires task definition to have execution role ARN to support ECR images.",
    ),
    case(
        "R-040-secrets-without-role",
        fargate(app(secrets=[{"name": "PASSWORD", "valueFrom": SECRET}])),
        "FG181",
        "executionRoleArn",
        "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.",
    ),
    case(
        "R-040-name-secret-and-plain",
        fargate(
            app(environment=[{"name": "PASSWORD", "value": "x"}], secrets=[{"name": "PASSWORD", "valueFrom": SECRET}]),
            executionRoleArn=ROLE,
        ),
        "FG172",
        f"{C0}.secrets[0].name",
        "The secret name must be unique and not shared with any new or existing environment variables set on the "
        "container, such as 'PASSWORD'.",
    ),
    case(
        "R-041-secret-by-name-and-key",
        fargate(app(secrets=[{"name": "PASSWORD", "valueFrom": "db:password::"}]), executionRoleArn=ROLE),
        "FG170",
        f"{C0}.secrets[0].valueFrom",
        "The Systems Manager parameter name specified for secret PASSWORD is invalid.",
    ),
    case(
        "R-042-parameter-of-another-account",
        fargate(
            app(secrets=[{"name": "PASSWORD", "valueFrom": "arn:aws:ssm:us-east-1:210987654321:parameter/db"}]),
            executionRoleArn=ROLE,
        ),
        "FG171",
        f"{C0}.secrets[0].valueFrom",
        "The Systems Manager parameter ARN has a different account ID than the current account. The current account "
        "ID is 123456789012 and the ARN account ID is 210987654321. Cross-account access for ARNs is not currently "
        "supported.",
    ),
    case(
        "R-043-role-of-another-account",
        fargate(taskRoleArn="arn:aws:iam::210987654321:role/app"),
        "FG180",
        "taskRoleArn",
        "Role is not valid",
    ),
    case(
        "R-043-role-of-a-placeholder",
        fargate(executionRoleArn="<your role here>"),
        "FG180",
        "executionRoleArn",
        "Role is not valid",
    ),
    case(
        "R-055-environment-file-is-no-arn",
        fargate(app(environmentFiles=[{"type": "s3", "value": "s3://bucket/app.env"}])),
        "FG173",
        f"{C0}.environmentFiles[0].value",
        "Invalid arn syntax.",
    ),
    case(
        "R-055-eleven-environment-files",
        fargate(
            app(environmentFiles=[{"type": "s3", "value": f"arn:aws:s3:::bucket/{index}.env"} for index in range(11)])
        ),
        "FG174",
        f"{C0}.environmentFiles",
        "The maximum number of environment files was exceeded. Specify ten or less and try again.",
    ),
    case(
        "R-055-environment-file-of-another-kind",
        fargate(app(environmentFiles=[{"type": "s3", "value": "arn:aws:s3:::bucket/app.txt"}])),
        "FG1121",
        f"{C0}.environmentFiles[0].value",
        "Environment files must have a .env file extension.",
    ),
    case(
        "R-055-bucket-without-a-key",
        fargate(app(environmentFiles=[{"type": "s3", "value": "arn:aws:s3:::bucket"}])),
        "FG173",
        f"{C0}.environmentFiles[0].value",
        "Invalid arn syntax.",
    ),
    case(
        "R-055-variable-without-a-name",
        fargate(app(environment=[{"name": "", "value": "1"}])),
        "FG1120",
        f"{C0}.environment[0].name",
        "Environment variable name should not be null or empty.",
    ),
    case(
        "R-040-log-secrets-without-role",
        ec2(
            app(
                memory=64,
                logConfiguration={
                    "logDriver": "splunk",
                    "options": {"splunk-url": "https://splunk.example.com"},
                    "secretOptions": [{"name": "splunk-token", "valueFrom": SECRET}],
                },
            )
        ),
        "FG181",
        "executionRoleArn",
        "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.",
    ),
    case(
        "R-040-secrets-without-role-on-ec2",
        ec2(app(memory=64, secrets=[{"name": "PASSWORD", "valueFrom": "/prod/db"}])),
        "FG181",
        "executionRoleArn",
        "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.",
    ),
    case(
        "R-150-registry-credentials-without-role",
        fargate(app(image="registry.example.com/app:1", repositoryCredentials={"credentialsParameter": SECRET})),
        "FG1146",
        "executionRoleArn",
        "When you are specifying repository credentials, you must also specify a value for 'executionRoleArn'.",
    ),
    case(
        "R-040-two-secrets-of-one-name",
        fargate(
            app(secrets=[{"name": "PASSWORD", "valueFrom": SECRET}, {"name": "PASSWORD", "valueFrom": "/prod/db"}]),
            executionRoleArn=ROLE,
        ),
        "FG378",
        f"{C0}.secrets",
        "Duplicate secret names found: PASSWORD. Each secret name must be unique.",
    ),
    case(
        "R-040-secret-without-a-name",
        fargate(app(secrets=[{"name": "", "valueFrom": SECRET}]), executionRoleArn=ROLE),
        "FG379",
        f"{C0}.secrets[0].name",
        "Secret.name should not be null or empty.",
    ),
    *(
        case(
            f"R-041-{number}",
            fargate(app(secrets=[{"name": "PASSWORD", "valueFrom": value}]), executionRoleArn=ROLE),
            "FG170",
            f"{C0}.secrets[0].valueFrom",
            "The Systems Manager parameter name specified for secret PASSWORD is invalid.",
        )
        for number, value in enumerate(
            ("", "db password", "arn:aws:s3:::bucket/key", "secret:db-AbCdEf", "${SECRET_ARN}")
        )
    ),
    case(
        "R-042-parameter-of-another-account-in-a-log",
        fargate(
            app(
                logConfiguration={
                    "logDriver": "splunk",
                    "options": {"splunk-url": "https://splunk.example.com"},
                    "secretOptions": [
                        {"name": "splunk-token", "valueFrom": "arn:aws:ssm:us-east-1:210987654321:parameter/t"}
                    ],
                }
            ),
            executionRoleArn=ROLE,
        ),
        "FG171",
        f"{C0}.logConfiguration.secretOptions[0].valueFrom",
        "The Systems Manager parameter ARN has a different account ID than the current account. The current account "
        "ID is 123456789012 and the ARN account ID is 210987654321. Cross-account access for ARNs is not currently "
        "supported.",
    ),
    *(
        case(
            f"R-039-{number}",
            fargate(app(image=image)),
            "FG183",
            "executionRoleArn",
            "Fargate requires task definition to have execution role ARN to support ECR images.",
        )
        for number, image in enumerate(
            (
                "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/web:1.0",
                "123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com/web",
                "210987654321.dkr.ecr.eu-west-1.amazonaws.com/team/web@sha256:" + "0" * 64,
                "123456789012.dkr-ecr.us-east-1.on.aws/web:1.0",
            )
        )
    ),
    *(
        case(f"R-043-role-{number}", fargate(taskRoleArn=role), "FG180", "taskRoleArn", "Role is not valid")
        for number, role in enumerate(("arn:aws:iam::123456789012:user/app", "arn:aws:iam::12345:role/app", "my role"))
    ),
]
