"""Try a reference to a secret: choose how it is written and what the execution role may do, and run a task with it.

Each choice runs the simulation anew, in a copy of the cloud: nothing of it is left in yours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simcloud.cloud.trials.secret import run
from simcloud.views.table import Table

if TYPE_CHECKING:
    from simcloud.cloud.cloud import Cloud
    from simcloud.views.widgets import Explorer

REFERENCES = (
    "ARN of the secret",
    "ARN of the secret, :password::",
    "ARN of the secret, :pin::",
    "name of the secret",
    "name of a parameter",
    "ARN of a parameter",
)
PERMISSIONS = (
    "nothing more",
    "secretsmanager:GetSecretValue",
    "ssm:GetParameter",
    "ssm:GetParameters",
)


def try_secret(cloud: Cloud) -> Explorer:
    """The explorer of the lesson on secrets. `cloud` must be live; it is copied for each try."""
    from simcloud.views.widgets import Choice, explorer

    controls = {
        "reference": Choice("valueFrom", REFERENCES),
        "permission": Choice("The execution role may pull, log and", PERMISSIONS),
    }

    def draw(reference: str, permission: str) -> Table:
        return verdict(cloud, reference, permission)

    return explorer("What does the program find in its environment?", controls, draw)


def verdict(cloud: Cloud, reference: str, permission: str) -> Table:
    """One try, in a copy of the cloud: how far the task came, and what its environment holds."""
    with cloud.copy() as future:
        rows, closing = run(future, reference, permission)
    return Table(f"valueFrom: {reference}; the role may also: {permission}", ("asked", "answer"), rows, closing)
