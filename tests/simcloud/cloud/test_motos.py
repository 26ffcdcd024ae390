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
    length = {"Content-Length": str(len(body.encode() if isinstance(body, str) else body))} if body else {}
    same_request(method, body, {**headers, **length})


ODD: dict[str, dict[str, Any]] = {
    "a length that is too short": {"Content-Length": "3"},
    "a length that is too long": {"Content-Length": "300"},
    "in pieces": {"Transfer-Encoding": "chunked"},
    "another host": {"Host": "127.0.0.1:8080"},
    "a name with a line below": {"x-amz-meta-a_b": "1", "x-amz-meta-a-b": "2"},
    "a number": {"X-Number": 5},
}


@pytest.mark.parametrize("headers", ODD.values(), ids=list(ODD))
@pytest.mark.parametrize("body", ["Action=DescribeVpcs&Version=2016-11-15", None])
def test_an_odd_request_is_read_as_moto_reads_it(cloud: Cloud, body: Any, headers: dict[str, Any]) -> None:
    boto3.client("sts").get_caller_identity()
    same_request("POST", body, headers)


def test_a_header_of_two_lines_is_refused_as_moto_refuses_it(cloud: Cloud) -> None:
    boto3.client("sts").get_caller_identity()
    with pytest.raises(ValueError, match="newline"):
        same_request("POST", "x", {"X-Two": "one\ntwo"})


def same_request(method: str, body: Any, given: dict[str, Any]) -> None:
    from moto.core.request import Request

    host = "logs.eu-west-1.amazonaws.com"
    ours = motos._request(AWSPreparedRequest(method, f"https://{host}/", given, body, False), host)
    theirs = Request.from_primitives(method, f"https://{host}/", given, body)
    assert list(ours.headers) == list(theirs.headers)
    for name in ("method", "path", "raw_path", "raw_url", "url", "host", "data", "content_type", "query_string"):
        assert getattr(ours, name) == getattr(theirs, name), name
    assert ours.form.to_dict(flat=False) == theirs.form.to_dict(flat=False)
