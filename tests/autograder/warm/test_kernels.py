"""Kernels from the warm start, by jupyter_client's own manager and client."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from autograder.warm.provisioner import NAME

# jupyter_client warns of TCP without encryption and leaves sockets to its collector: so this is a process of its own.
DRIVER = """
import json, os, signal, sys, time
from jupyter_client.manager import KernelManager

def value(client, code):
    client.execute(code)
    reply = client.get_shell_msg(timeout=60)
    while True:
        message = client.get_iopub_msg(timeout=60)
        if message["parent_header"].get("msg_id") != reply["parent_header"]["msg_id"]:
            continue
        if message["msg_type"] in ("stream", "execute_result", "error"):
            content = message["content"]
            return content.get("text") or content.get("data", {}).get("text/plain") or content["ename"]
        if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
            return ""

said = {}
manager = KernelManager(kernel_name="warm")
manager.start_kernel(cwd=sys.argv[1], env={**os.environ, "OF_THE_CALLER": "yes"})
client = manager.client()
client.start_channels()
client.wait_for_ready(timeout=60)
said["provisioner"] = type(manager.provisioner).__name__
said["environment"] = value(client, "import os; print(os.environ['OF_THE_CALLER'], os.getcwd())")
said["imported"] = value(client, "import sys; 'boto3' in sys.modules")
first = manager.provisioner.pid

client.execute("import time; print('begun', flush=True); time.sleep(60)")
while client.get_iopub_msg(timeout=60)["msg_type"] != "stream":
    pass
began = time.monotonic()
manager.interrupt_kernel()
said["interrupted"] = client.get_shell_msg(timeout=30)["content"]["ename"], time.monotonic() - began < 30

value(client, "kept = 1")
said["random"] = [value(client, "import random; random.random()")]
manager.restart_kernel()
client.wait_for_ready(timeout=60)
said["after restart"] = value(client, "kept")
said["random"].append(value(client, "import random; random.random()"))
second = manager.provisioner.pid
said["another process"] = first != second

other = KernelManager(kernel_name="warm")
other.start_kernel()
mate = other.client()
mate.start_channels()
mate.wait_for_ready(timeout=60)
mate.execute("import os; os._exit(3)")
for _ in range(200):
    if not other.is_alive():
        break
    time.sleep(0.05)
said["its end is noticed"] = not other.is_alive(), manager.is_alive()
other.shutdown_kernel(now=True)
mate.stop_channels()

manager.shutdown_kernel()
client.stop_channels()
said["gone"] = [not os.path.exists(f"/proc/{pid}") for pid in (first, second)]
print(json.dumps(said))
"""


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    root = tmp_path_factory.mktemp("jupyter")
    spec = {
        "argv": [sys.executable, "-Xfrozen_modules=off", "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "display_name": "warm",
        "language": "python",
        "metadata": {"kernel_provisioner": {"provisioner_name": NAME}},
    }
    (root / "kernels" / "warm").mkdir(parents=True)
    (root / "kernels" / "warm" / "kernel.json").write_text(json.dumps(spec))
    (root / "work").mkdir()
    environment = {**os.environ, "JUPYTER_PATH": str(root), "JUPYTER_RUNTIME_DIR": str(root / "runtime")}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", DRIVER, str(root / "work")],
        env=environment, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return {**json.loads(done.stdout), "folder": str(root / "work")}


def test_the_kernel_is_a_warm_fork_with_the_callers_environment_and_folder(said: dict[str, Any]) -> None:
    assert said["provisioner"] == "WarmProvisioner"
    assert said["imported"] == "True"
    assert said["environment"] == f"yes {said['folder']}\n"


def test_an_interrupt_reaches_the_cell(said: dict[str, Any]) -> None:
    assert said["interrupted"] == ["KeyboardInterrupt", True]


def test_a_restart_is_a_new_process_with_nothing_of_the_old_one(said: dict[str, Any]) -> None:
    assert said["after restart"] == "NameError"
    assert said["another process"] is True


def test_two_kernels_do_not_draw_the_same_random_numbers(said: dict[str, Any]) -> None:
    assert len(set(said["random"])) == 2


def test_the_end_of_one_kernel_is_noticed_and_no_others_end(said: dict[str, Any]) -> None:
    assert said["its end is noticed"] == [True, True]


def test_after_shutdown_no_process_is_left(said: dict[str, Any]) -> None:
    assert said["gone"] == [True, True]


def test_the_warm_process_has_no_context_no_loop_and_no_thread(tmp_path: Path) -> None:
    code = """
import threading
from autograder.warm import kernel
kernel.warm_up()
import asyncio, zmq
assert threading.active_count() == 1, threading.enumerate()
assert zmq.Context._instance is None
assert asyncio._get_running_loop() is None
print("alone")
"""
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout == "alone\n", done.stderr


@pytest.fixture
def forks_of_a_killed_server() -> Iterator[int]:
    code = """
import os, time
from autograder.run.warm import Warm
from autograder.run import layers
fork = Warm("kernel", layers.ALL).fork(stream=2)
print(fork.pid, flush=True)
time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        pid = int(server.stdout.readline())
        server.kill()
        server.wait()
        yield pid


def test_where_the_server_is_killed_its_kernels_end(forks_of_a_killed_server: int) -> None:
    for _ in range(200):
        if not os.path.exists(f"/proc/{forks_of_a_killed_server}"):
            return
        time.sleep(0.05)
    raise AssertionError("the kernel is still there")
