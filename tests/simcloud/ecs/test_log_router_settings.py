"""A log router of Fluent Bit reads the log options of the containers beside it, and ends where it cannot use them."""

from __future__ import annotations

from typing import Any

import pytest
from shop import REGION, Shop

S3 = {"Name": "s3", "region": REGION, "bucket": "shop-lines"}
LOGS = {"Name": "cloudwatch_logs", "region": REGION, "log_group_name": "/ecs/web", "log_stream_prefix": "web-"}
OWN_LOG = {"awslogs-group": "/ecs/web", "awslogs-region": REGION, "awslogs-stream-prefix": "router"}
S3_PROPERTIES = (
    "The following properties are allowed: format, json_date_format, json_date_key, total_file_size, upload_chunk_size,"
)


def run(shop: Shop, options: dict[str, str], **router: Any) -> Any:
    """A task whose container web sends its lines through a router with these options."""
    beside = {"firelensConfiguration": {"type": "fluentbit"}, "portMappings": [], **router}
    app = shop.container(logConfiguration={"logDriver": "awsfirelens", "options": options})
    shop.register(app, shop.container(name="router", **beside))
    return shop.run_and_wait()


def logged(shop: Shop, task: Any) -> str:
    """The first line of the router's own log."""
    stream = f"web/router/{task.id}"
    events = shop.logs.get_log_events(logGroupName="/ecs/web", logStreamName=stream, startFromHead=True)["events"]
    return str(next(each["message"] for each in events if each["message"].startswith("[error]")))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({**S3, "bukket": "x"}, f"[error] [config] s3: unknown configuration property 'bukket'. {S3_PROPERTIES}"),
        ({"Name": "s3", "region": REGION}, "[error] [output:s3:s3.1] 'bucket' is a required parameter"),
        ({**S3, "total_file_size": "100K"}, "[error] [output:s3:s3.1] total_file_size must be at least 1MB"),
        ({**S3, "s3_key_format": "lines/$TAG"}, "[error] [output:s3:s3.1] 's3_key_format' must start with a '/'"),
        (
            {**LOGS, "log_stream_name": "web"},
            "[error] [output:cloudwatch_logs:cloudwatch_logs.1] Either 'log_stream_name' or 'log_stream_prefix' is ",
        ),
        (
            {name: value for name, value in LOGS.items() if name != "region"},
            "[error] [output:cloudwatch_logs:cloudwatch_logs.1] 'region' is a required field",
        ),
        (
            {"Name": "kinesis_firehose", "region": REGION},
            "[error] [output:kinesis_firehose:kinesis_firehose.1] 'delivery_stream' is a required field",
        ),
    ],
)
def test_r291_a_router_that_cannot_read_its_options_says_so_and_takes_its_task_down(
    open_shop: Shop, options: dict[str, str], said: str
) -> None:
    task = run(open_shop, options)
    assert (task.status, task.stop_code) == ("STOPPED", "EssentialContainerExited")
    assert {each.name: each.exit_code for each in task.containers}["router"] == 255
    assert logged(open_shop, task).startswith(said)


@pytest.mark.parametrize(
    "options",
    [
        {**S3, "total_file_size": "1M", "upload_timeout": "1m", "use_put_object": "On", "Retry_Limit": "2"},
        {**S3, "Match": "*", "tls.verify": "Off", "net.keepalive": "Off", "log-driver-buffer-limit": "2097152"},
        {**LOGS, "auto_create_group": "true", "log_key": "log", "exclude-pattern": "ELB-HealthChecker"},
        {"NAME": "S3", "REGION": REGION, "Bucket": "shop-lines"},
        {"Name": "cloudwatch", "region": REGION, "log_group_name": "/ecs/web", "log_stream_name": "web", "x": "y"},
    ],
    ids=["s3", "of every output", "logs", "capitals", "the older output in Go"],
)
def test_r291_what_fluent_bit_knows_it_takes(open_shop: Shop, options: dict[str, str]) -> None:
    assert run(open_shop, options).status == "RUNNING"


def test_r291_a_router_that_is_not_essential_ends_alone(open_shop: Shop) -> None:
    task = run(open_shop, {**S3, "bukket": "x"}, essential=False)
    assert task.status == "RUNNING"
    assert {each.name: each.status for each in task.containers} == {"web": "RUNNING", "router": "STOPPED"}
    assert any("its log router cannot read its configuration" in (line.why or "") for line in task.story)
