"""What the code in containers logs when AWS's SDK for Python stops it, and what decides how long that takes."""

from __future__ import annotations

from simcloud.facts.fact import Fact, Words

BOTOCORE = "https://github.com/boto/botocore/blob/develop/botocore/exceptions.py"
RETRIES = "https://docs.aws.amazon.com/boto3/latest/guide/retries.html"
CONFIGURATION = "https://docs.aws.amazon.com/botocore/latest/reference/config.html"

NO_CREDENTIALS = Words("Unable to locate credentials", source=f"{BOTOCORE} (NoCredentialsError)", status="documented")
"""A task without a task role has no credentials to give (R-156)."""
TIMED_OUT = Words(
    'Connect timeout on endpoint URL: "{url}"', source=f"{BOTOCORE} (ConnectTimeoutError)", status="documented"
)
NO_NAME = Words(
    'Could not connect to the endpoint URL: "{url}"',
    source=f"{BOTOCORE} (EndpointConnectionError)",
    status="documented",
)
ERROR = Words(
    "An error occurred ({code}) when calling the {operation} operation: {text}",
    source=f"{BOTOCORE.replace('exceptions', 'errorfactory')} and ClientError.MSG_TEMPLATE in exceptions.py",
    status="documented",
)
NO_TASK_ROLE = "the task definition names no task role"

ATTEMPTS: Fact[int] = Fact(5, RETRIES)
"""So often the SDK tries to open a connection (legacy mode, the default)."""
CONNECT_SECONDS: Fact[float] = Fact(60.0, CONFIGURATION)
"""Until an attempt to open a connection is given up: connect_timeout."""
POLL_SECONDS: Fact[float] = Fact(
    20.0,
    "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-short-and-long-polling.html",
)
"""The longest long poll: a worker that ends with its queue waits so long for a last message."""
