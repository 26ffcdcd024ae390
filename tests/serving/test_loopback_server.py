"""Learners apart, time at a rate, strangers refused, and a server that ends as a whole."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from asking_the_server import control

from simcloud.cloud.serving.account import Settings
from simcloud.cloud.serving.server import Server

SIGNED = "AWS4-HMAC-SHA256 Credential=testing/20260105/{region}/{service}/aws4_request, SignedHeaders=host, Signature=0"


def call(url: str, operation: str, service: str = "ecs", region: str = "us-east-1", **request: Any) -> Any:
    """An ECS call as any HTTP client can make it."""
    headers = {
        "Authorization": SIGNED.format(region=region, service=service),
        "X-Amz-Target": f"AmazonEC2ContainerServiceV20141113.{operation}",
        "Content-Type": "application/x-amz-json-1.1",
    }
    with urlopen(Request(url, json.dumps(request).encode(), headers), timeout=60) as answer:
        return json.loads(answer.read())


def refusal(url: str, **headers: str) -> tuple[int, Any]:
    with pytest.raises(HTTPError) as caught:
        urlopen(Request(url, b"{}", headers), timeout=60)
    with caught.value as answer:
        return answer.code, json.loads(answer.read())


def test_two_learners_on_one_server_see_nothing_of_each_other(server: Server) -> None:
    call(f"{server.url}/@maria", "CreateCluster", clusterName="maria")
    call(f"{server.url}/@chen", "CreateCluster", clusterName="chen")
    control(f"{server.url}/@maria", "advance", hours=1)
    assert [arn.rpartition("/")[2] for arn in call(f"{server.url}/@maria", "ListClusters")["clusterArns"]] == ["maria"]
    assert [arn.rpartition("/")[2] for arn in call(f"{server.url}/@chen", "ListClusters")["clusterArns"]] == ["chen"]
    assert control(f"{server.url}/@maria", "time")["now"] == "2026-01-05T10:00:00.000Z"
    assert control(f"{server.url}/@chen", "time")["now"] == "2026-01-05T09:00:00.000Z"


def test_the_same_seed_and_calls_give_the_same_answers_to_everybody(server: Server) -> None:
    def register(learner: str) -> Any:
        container = {"name": "app", "image": "public.ecr.aws/docker/library/nginx:latest", "memory": 128}
        return call(f"{server.url}/@{learner}", "RegisterTaskDefinition", family="w", containerDefinitions=[container])

    assert register("one") == register("two")


def test_a_reset_empties_the_account_of_one_learner(server: Server) -> None:
    call(f"{server.url}/@leaver", "CreateCluster", clusterName="gone")
    call(f"{server.url}/@stayer", "CreateCluster", clusterName="kept")
    control(f"{server.url}/@leaver", "reset", seed=3)
    assert call(f"{server.url}/@leaver", "ListClusters")["clusterArns"] == []
    assert len(call(f"{server.url}/@stayer", "ListClusters")["clusterArns"]) == 1


def test_a_pushed_image_is_in_the_registry(server: Server) -> None:
    url = f"{server.url}/@pusher"
    image = control(url, "push", repository="shop", tag="2.0", exit_code=0)["image"]
    assert image == "123456789012.dkr.ecr.us-east-1.amazonaws.com/shop:2.0"


def test_time_runs_at_the_chosen_rate() -> None:
    with Server(Settings(speed=3600)) as fast:
        first = control(fast.url, "time")["now"]
        time.sleep(0.2)
        assert control(fast.url, "time")["now"] > first


def test_what_is_not_signed_or_not_for_this_machine_is_refused(server: Server) -> None:
    status, unsigned = refusal(f"{server.url}/some/path")
    assert (status, unsigned["__type"]) == (403, "MissingAuthenticationTokenException")
    status, strange = refusal(server.url, Host="rebound.example.com")
    assert (status, strange["__type"]) == (403, "AccessDeniedException")
    status, elsewhere = refusal(server.url, Authorization=SIGNED.format(region="us-east-1", service="rds"))
    assert (status, elsewhere["__type"]) == (400, "NotSimulated")
    status, region = refusal(server.url, Authorization=SIGNED.format(region="mars-north-1", service="ecs"))
    assert (status, region["__type"]) == (400, "NotSimulated")


@pytest.mark.parametrize(
    ("command", "body", "kind", "says"),
    [
        ("advance", b'{"seconds": -1}', "application/json", "send"),
        ("advance", b'{"weeks": 1}', "application/json", "send"),
        ("advance", b"seconds=60", "application/json", "not JSON"),
        ("advance", b"[]", "application/json", "not a JSON object"),
        ("advance", b'{"seconds": 60}', "text/plain", "Content-Type"),
        ("push", b'{"tag": "1"}', "application/json", "repository"),
        ("push", b'{"repository": "r", "colour": "red"}', "application/json", "colour"),
        ("reset", b'{"seed": "x"}', "application/json", "whole number"),
        ("fly", b"{}", "application/json", "there is no POST /_simcloud/fly"),
    ],
)
def test_a_wrong_control_request_says_what_to_send(
    server: Server, command: str, body: bytes, kind: str, says: str
) -> None:
    before = control(f"{server.url}/@wrong", "time")
    request = Request(f"{server.url}/@wrong/_simcloud/{command}", body, {"Content-Type": kind})
    with pytest.raises(HTTPError) as caught:
        urlopen(request, timeout=60)
    with caught.value as answer:
        assert answer.code in (400, 404)
        assert says in json.loads(answer.read())["message"]
    assert control(f"{server.url}/@wrong", "time") == before


def test_a_full_server_says_so() -> None:
    with Server(Settings(speed=0)) as small:
        small._learners.most = 1
        call(f"{small.url}/@first", "ListClusters")
        status, full = refusal(f"{small.url}/@second", Authorization=SIGNED.format(region="us-east-1", service="ecs"))
        assert (status, full["__type"]) == (400, "LimitExceededException")


def serving(*words: str) -> subprocess.Popen[str]:
    command = [str(Path(sys.executable).with_name("fargate-course")), "serve", "--port", "0", *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, bufsize=1)


def test_the_command_serves_until_it_is_told_to_end_and_leaves_no_process() -> None:
    with serving("--speed", "60") as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        url = re.search(r"http://127\.0\.0\.1:\d+", line)
        assert url, line
        assert call(url[0], "ListClusters")["clusterArns"] == []
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        workers = [int(one) for one in children.read_text().split()] if children.exists() else []
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
        assert "Ended." in process.stdout.read()
    late = time.monotonic() + 10
    while any(_runs(one) for one in workers) and time.monotonic() < late:
        time.sleep(0.05)  # Python's own helper of spawned processes ends a moment after them
    assert not [one for one in workers if _runs(one)]


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--port", "70000"), "--port"),
        (("--speed", "-1"), "--speed"),
        (("--speed", "nan"), "--speed"),
        (("--region", "mars-1"), "--region"),
    ],
)
def test_wrong_settings_get_one_line_and_status_2(words: tuple[str, str], says: str) -> None:
    command = [str(Path(sys.executable).with_name("fargate-course")), "serve", *words]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert says in done.stderr
    assert done.stdout == ""


def test_a_port_that_is_taken_gets_one_line(server: Server) -> None:
    port = server.url.rpartition(":")[2]
    command = [str(Path(sys.executable).with_name("fargate-course")), "serve", "--port", port]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert f"port {port} cannot be used" in done.stderr.strip().splitlines()[-1]
