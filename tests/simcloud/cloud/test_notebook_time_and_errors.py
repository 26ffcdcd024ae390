"""In a real kernel: cells follow simulated time, errors are short and equal everywhere, and a cell can be run again."""

from __future__ import annotations

import ast
import re
import sys
import time
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from simcloud import Cloud
from simcloud.cloud import clock, notebook

CELLS = [
    # 0: time is imported in the very cell that opens the cloud
    "import time, datetime\nimport boto3\nfrom simcloud import Cloud\ncloud = Cloud(seed=3).open()\nprint(time.time())",
    # 1: and after it
    "from time import sleep as nap\nfrom datetime import datetime as dt, timezone\nnap(3600)\n"
    "print(dt.now(timezone.utc), datetime.date.today(), round(time.time()) - 1767603600)",
    # 2: an error of AWS's with our notes, through the learner's own function
    "def register():\n    return boto3.client('ecs').register_task_definition(family='web', cpu='256', memory='4096',\n"
    "        networkMode='awsvpc', requiresCompatibilities=['FARGATE'],\n"
    "        containerDefinitions=[{'name': 'web', 'image': 'nginx'}])",
    "register()",
    # 4: what botocore refuses by itself
    "boto3.client('ecs').run_task()",
    # 5: a loop that never ends
    "while True:\n    time.sleep(3600)",
    # 6: the first cell again, as learners do, then another world
    "cloud = Cloud(seed=3).open()\nfirst = boto3.client('ec2').create_vpc(CidrBlock='10.0.0.0/16')['Vpc']['VpcId']\n"
    "cloud = Cloud(seed=3).open()\n"
    "print(first == boto3.client('ec2').create_vpc(CidrBlock='10.0.0.0/16')['Vpc']['VpcId'])\n"
    "print(len(boto3.client('ec2').describe_vpcs()['Vpcs']), time.time())",
    # 7: a typical lesson's memory
    "[boto3.client(name) for name in ('iam', 'logs', 'ecr', 's3', 'elbv2', 'sts', 'secretsmanager', 'cloudwatch')]\n"
    "boto3.client('iam').list_roles(); boto3.client('logs').describe_log_groups(); boto3.client('s3').list_buckets()\n"
    "boto3.client('ecr').describe_repositories(); boto3.client('elbv2').describe_load_balancers()\n"
    "boto3.client('secretsmanager').list_secrets(); boto3.client('sts').get_caller_identity()\n"
    "boto3.client('ecs').create_cluster(clusterName='x')\n"
    "with cloud.copy() as future:\n    future.advance(minutes=1)\n"
    "print(int(next(line for line in open('/proc/self/status') if line.startswith('VmRSS')).split()[1]) // 1024)",
]


@pytest.fixture(scope="module")
def outputs() -> list[list[Any]]:
    """What each cell put out in a fresh kernel."""
    notebook_ = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in CELLS])
    patient: Any = {"timeout": 120, "startup_timeout": 120, "shutdown_kernel": "immediate"}
    NotebookClient(notebook_, kernel_name="python3", allow_errors=True, **patient).execute()
    return [cell.outputs for cell in notebook_.cells]


def said(outputs: list[Any]) -> str:
    """The text of a cell that has to have worked."""
    assert all(one.output_type == "stream" and one.name == "stdout" for one in outputs), outputs
    return "".join(one.text for one in outputs)


def error(outputs: list[Any]) -> Any:
    (one,) = outputs
    assert one.output_type == "error"
    return one


def test_time_imported_beside_open_is_simulated(outputs: list[list[Any]]) -> None:
    assert said(outputs[0]) == "1767603600.0\n"


def test_sleep_and_now_in_cells_follow_simulated_time(outputs: list[list[Any]]) -> None:
    assert said(outputs[1]) == "2026-01-05 10:00:00+00:00 2026-01-05 3600\n"


def test_an_error_shows_the_learners_lines_then_aws_then_our_notes(outputs: list[list[Any]]) -> None:
    shown = error(outputs[3])
    text = "\n".join(shown.traceback)
    assert shown.ename == "ClientException"
    assert "Law" not in shown.evalue
    lines = text.splitlines()
    assert lines[0] == "Cell line 1: register()"
    assert lines[1].startswith("Cell line 2: return boto3.client('ecs').register_task_definition(")
    assert text.index("ClientException: An error occurred") < text.index("Law FG102")
    assert "Source: https://" in text


@pytest.mark.parametrize("cell", [3, 4, 5])
def test_an_error_shows_no_path_no_library_and_no_colour(outputs: list[list[Any]], cell: int) -> None:
    text = "\n".join(error(outputs[cell]).traceback)
    assert "\x1b" not in text
    assert not re.search(r"(^|[\s\"'(])/\w+/", text.replace("https://", "")), text
    assert "site-packages" not in text
    assert ".py" not in text


def test_what_botocore_refuses_is_drawn_in_the_same_way(outputs: list[list[Any]]) -> None:
    shown = error(outputs[4])
    assert shown.ename == "ParamValidationError"
    assert "Missing required parameter" in "\n".join(shown.traceback)
    assert "\n".join(shown.traceback).startswith("Cell line 1: boto3.client('ecs').run_task()")


def test_a_loop_that_never_ends_is_stopped_with_a_reason(outputs: list[list[Any]]) -> None:
    shown = error(outputs[5])
    assert shown.ename == "TooMuchTime"
    assert "7 simulated days" in shown.evalue


def test_opening_again_gives_the_same_fresh_world(outputs: list[list[Any]]) -> None:
    assert said(outputs[6]) == "True\n2 1767603600.0\n"


def test_a_lesson_kernel_stays_under_300_mb(outputs: list[list[Any]]) -> None:
    assert int(said(outputs[7])) < 300


def test_the_transformer_works_without_ipython(monkeypatch: pytest.MonkeyPatch) -> None:
    source = [
        "import time, json, datetime as d",
        "from time import sleep",
        "from datetime import datetime",
        "from . import time as own",
    ]
    tree = notebook.transform(ast.parse("\n".join(source)))
    assert ast.unparse(tree).splitlines() == [
        "import simtime as time, json, simdatetime as d",
        "from simtime import sleep",
        "from simdatetime import datetime",
        "from . import time as own",
    ]
    names: dict[str, Any] = {}
    with Cloud(seed=1) as cloud:
        exec(compile(ast.Module(tree.body[:3], []), "<cell 1>", "exec"), names)
        names["sleep"](60)
        assert names["time"].time() == names["d"].datetime.now().timestamp() == cloud.now.timestamp()
    assert sys.modules["simtime"].perf_counter is time.perf_counter


def test_without_a_cloud_the_clock_is_the_machines() -> None:
    assert abs(clock.now() - time.time()) < 5
