"""What X-Ray's daemon, the collector of OpenTelemetry and the code beside them log where a trace gets lost (R-299)."""

from __future__ import annotations

from simcloud.facts.fact import Fact, Words
from simcloud.facts.sources import issue

_COLLECTOR = "https://github.com/open-telemetry/opentelemetry-collector (exporterhelper)"

DAEMON_FAILED = Words(
    "[Error] Sending segment batch failed with: {error}",
    source=issue("aws-samples/aws-microservices-deploy-options", 136),
    rule="R-299",
)
COLLECTOR_FAILED = Words(
    'Exporting failed. Dropping data. {{"kind": "exporter", "data_type": "traces", "name": "awsxray", '
    '"error": "Permanent error: {error}"}}',
    source=_COLLECTOR,
    status="assumed",
    rule="R-299",
)
DENIED = Words(
    "AccessDeniedException: User: {caller} is not authorized to perform: {action} {because}",
    source=issue("aws-samples/aws-microservices-deploy-options", 136),
    rule="R-299",
)
NO_CREDENTIALS = Words(
    "NoCredentialProviders: no valid providers in chain. Deprecated.",
    source=issue("aws/aws-xray-daemon", 59),
    rule="R-299",
)
TIMED_OUT = Words(
    "RequestError: send request failed caused by: Post https://{host}/TraceSegments: dial tcp {address}:443: "
    "i/o timeout",
    source="https://github.com/aws/aws-sdk-go (RequestError), with Go's text of a time-out",
    status="assumed",
    rule="R-299",
)
NO_NAME = Words(
    "RequestError: send request failed caused by: Post https://{host}/TraceSegments: dial tcp: lookup {host}: "
    "no such host",
    source="https://github.com/aws/aws-sdk-go (RequestError), with Go's text of an unknown name",
    status="assumed",
    rule="R-299",
)
EXPORTER_ALONE = Words(
    "Transient error StatusCode.UNAVAILABLE encountered while exporting traces to localhost:4317, retrying in 1s.",
    source=issue("open-telemetry/opentelemetry-python", 3261),
    rule="R-299",
)
"""The code's own log, where nothing listens for OTLP. The SDK of X-Ray sends by UDP and notices nothing."""

PORTS: Fact[dict[str, int]] = Fact(
    {"xray": 2000, "otlp": 4317}, "https://docs.aws.amazon.com/xray/latest/devguide/xray-daemon.html", rule="R-299"
)
"""Where the code sends its traces, on localhost: the daemon by UDP, a collector by gRPC."""
XRAY_SDK_ENDS: Fact[tuple[str, str]] = Fact(
    ("2026-02-25", "2027-02-25"), issue("getmoto/moto", 9395), "observed", rule="R-298"
)
"""SDKs and daemon of X-Ray: maintenance mode since, end of support on. The service X-Ray stays."""
