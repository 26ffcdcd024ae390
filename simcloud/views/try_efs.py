"""Try a file system: mount targets, port, permission and platform version, and a task in zone B that mounts it.

Each choice runs the simulation anew, in a copy of the cloud: nothing of it is left in yours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simcloud.cloud.trials.file_system import run
from simcloud.views.table import Table

if TYPE_CHECKING:
    from simcloud.cloud.cloud import Cloud
    from simcloud.views.widgets import Explorer

VERSIONS = ("LATEST", "1.4.0", "1.3.0")


def try_efs(cloud: Cloud) -> Explorer:
    """The explorer of the lesson on storage. `cloud` must be live and have a default VPC; it is copied for each try."""
    from simcloud.views.widgets import Choice, Control, Switch, explorer

    controls: dict[str, Control] = {
        "target_a": Switch("Mount target in zone A", on=True),
        "target_b": Switch("Mount target in zone B"),
        "port": Switch("Its group lets TCP 2049 in from the task"),
        "iam": Switch("The volume asks for IAM authorization"),
        "allowed": Switch("The task role may mount"),
        "version": Choice("platformVersion", VERSIONS),
    }

    def draw(**choices: Any) -> Table:
        return verdict(cloud, **choices)

    return explorer("Does a task in zone B get its files?", controls, draw)


def verdict(cloud: Cloud, target_a: bool, target_b: bool, port: bool, iam: bool, allowed: bool, version: str) -> Table:
    """One try, in a copy of the cloud: AWS's answer to RunTask, and the task three minutes later."""
    with cloud.copy() as future:
        rows, closing = run(future, (target_a, target_b), port, iam, allowed, version)
    return Table("A task in zone B with an EFS volume", ("asked", "answer"), rows, closing)
