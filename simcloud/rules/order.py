"""The order of checking: importing this file enters every law, and laws are asked in the order of their entry.

AWS publishes no order. Known are: cpu before memory (R-007), and a cross-account parameter before a missing execution
role (the bench case of R-042). The rest is taken to go from the list of containers to what Fargate adds.
"""

from __future__ import annotations

from simcloud.rules import names  # isort: skip
from simcloud.rules import containers  # isort: skip
from simcloud.rules import network_mode  # isort: skip
from simcloud.rules import sizes  # isort: skip
from simcloud.rules import ports  # isort: skip
from simcloud.rules import secrets  # isort: skip
from simcloud.rules import roles  # isort: skip
from simcloud.rules import unsupported  # isort: skip
from simcloud.rules import logging  # isort: skip
from simcloud.rules import storage  # isort: skip
from simcloud.rules import volumes  # isort: skip
from simcloud.rules import health  # isort: skip
from simcloud.rules import targets  # isort: skip
from simcloud.rules import capacity  # isort: skip
from simcloud.rules import network  # isort: skip
from simcloud.rules import platform  # isort: skip
from simcloud.rules import run_task  # isort: skip
from simcloud.rules import services  # isort: skip
from simcloud.rules import balancers  # isort: skip

IN_ORDER = (names, containers, network_mode, sizes, ports, secrets, roles, unsupported, logging, storage, volumes,
            health, targets, capacity, network, platform, run_task, services, balancers)
