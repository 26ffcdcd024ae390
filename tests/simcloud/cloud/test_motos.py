"""moto's quicker ways give what its own give."""

from __future__ import annotations

from typing import Any

import boto3
import pytest
from botocore.awsrequest import AWSPreparedRequest

from simcloud import Cloud
from simcloud.cloud import motos

HEADERS = {"X-Amz-Target": "Logs_20140328.DescribeLogGroups", "Content-Type": "application/x-amz-json-1.1"}


@pytest.mark.parametrize("method", ["POST", "GET"])
@pytest.mark.parametrize("body", ["Action=DescribeVpcs&Version=2016-11-15", b'{"name": "\xc3\xa9"}', "é", None])
@pytest.mark.parametrize("headers", [HEADERS, {name: value.encode() for name, value in HEADERS.items()}, {}])
def test_a_request_is_read_as_moto_reads_it(cloud: Cloud, method: str, body: Any, headers: Any) -> None:
    boto3.client("sts").get_caller_identity()  # imports moto, aligned
    from moto.core.request import Request

    host = "logs.eu-west-1.amazonaws.com"
    length = {"Content-Length": str(len(body.encode() if isinstance(body, str) else body))} if body else {}
    given = {**headers, **length}
    ours = motos._request(AWSPreparedRequest(method, f"https://{host}/", given, body, False), host)
    theirs = Request.from_primitives(method, f"https://{host}/", given, body)
    assert list(ours.headers) == list(theirs.headers)
    for name in ("method", "path", "raw_path", "raw_url", "url", "host", "data", "content_type", "query_string"):
        assert getattr(ours, name) == getattr(theirs, name), name
    assert ours.form.to_dict(flat=False) == theirs.form.to_dict(flat=False)
