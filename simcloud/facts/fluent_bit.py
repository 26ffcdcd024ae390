"""Fluent Bit, which FireLens puts beside a program: the properties that its outputs for AWS know, and its refusals."""

from __future__ import annotations

from simcloud.facts.fact import Fact, Words

PLUGINS = "https://github.com/fluent/fluent-bit/tree/master/plugins/"
READ = "2026-11-23"

PROPERTIES: Fact[dict[str, tuple[str, ...]]] = Fact(
    {
        "s3": (
            "format", "json_date_format", "json_date_key", "total_file_size", "upload_chunk_size", "upload_timeout",
            "bucket", "region", "role_arn", "endpoint", "sts_endpoint", "canned_acl", "compression", "content_type",
            "store_dir", "store_dir_limit_size", "s3_key_format", "s3_key_format_tag_delimiters",
            "auto_retry_requests", "use_put_object", "send_content_md5", "preserve_data_ordering", "log_key",
            "external_id", "static_file_path", "storage_class", "profile", "blob_database_file", "part_size",
            "file_delivery_attempt_limit", "part_delivery_attempt_limit", "upload_parts_timeout",
            "upload_part_freshness_limit", "authorization_endpoint_url", "authorization_endpoint_username",
            "authorization_endpoint_password", "authorization_endpoint_bearer_token",
        ),
        "cloudwatch_logs": (
            "region", "log_group_name", "log_stream_name", "log_stream_prefix", "log_group_template",
            "log_stream_template", "log_key", "extra_user_agent", "log_format", "role_arn", "auto_create_group",
            "auto_retry_requests", "log_retention_days", "endpoint", "sts_endpoint", "external_id",
            "metric_namespace", "metric_dimensions", "profile", "log_group_class", "add_entity",
        ),
        "kinesis_firehose": (
            "region", "delivery_stream", "time_key", "time_key_format", "role_arn", "endpoint", "sts_endpoint",
            "external_id", "compression", "log_key", "auto_retry_requests", "profile", "simple_aggregation",
        ),
    },
    PLUGINS,
    read_on=READ,
    rule="R-291",
)  # fmt: skip
"""Of each output written in C, in the order of its own table."""
OF_EVERY_OUTPUT: Fact[tuple[str, ...]] = Fact(
    (
        "name", "match", "match_regex", "alias", "log_level", "log_suppress_interval", "host", "port", "ipv6",
        "retry_limit", "tls", "storage.total_limit_size", "workers",
        "include-pattern", "exclude-pattern", "log-driver-buffer-limit",
    ),
    "https://github.com/fluent/fluent-bit/blob/master/src/flb_output.c, and for the last three "
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/firelens-taskdef.html",
    read_on=READ,
    rule="R-291",
)  # fmt: skip
"""What any output may have; the last three ECS takes for itself. `tls.` and `net.` begin more."""
SMALLEST_FILE: Fact[int] = Fact(1_000_000, PLUGINS + "out_s3", read_on=READ, rule="R-291")
"""Bytes that total_file_size must have at least."""
EXIT_CODE: Fact[int] = Fact(255, "https://github.com/fluent/fluent-bit/issues/2837", "observed", READ, "R-291")
"""Of a Fluent Bit that cannot start: its main ends with -1."""


def _said(text: str, plugin: str) -> Words:
    return Words(text, source=f"{PLUGINS}{plugin}", status="documented", read_on=READ, rule="R-291")


UNKNOWN = _said(
    "[error] [config] {output}: unknown configuration property '{name}'. The following properties are allowed: "
    "{others}, and {last}.",
    "out_s3 and src/flb_config_map.c",
)
REQUIRED_PARAMETER = _said("[error] [output:{output}:{output}.1] '{name}' is a required parameter", "out_s3")
REQUIRED_FIELD = _said("[error] [output:{output}:{output}.1] '{name}' is a required field", "out_cloudwatch_logs")
ONE_STREAM = _said(
    "[error] [output:{output}:{output}.1] Either 'log_stream_name' or 'log_stream_prefix' is required",
    "out_cloudwatch_logs",
)
KEY_FORMAT = _said("[error] [output:{output}:{output}.1] 's3_key_format' must start with a '/'", "out_s3")
TOO_SMALL = _said("[error] [output:{output}:{output}.1] total_file_size must be at least 1MB", "out_s3")
FAILED = _said("[error] [output] failed to initialize '{output}' plugin", "out_s3 and src/flb_output.c")
ENGINE = _said("[error] [engine] output initialization failed", "out_s3 and src/flb_engine.c")
