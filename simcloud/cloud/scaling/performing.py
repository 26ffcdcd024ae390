"""The effects of scaling in moto: alarms in CloudWatch, the service-linked role in IAM."""

from __future__ import annotations

import json

from simcloud.cloud.live import Live
from simcloud.cloud.scaling import alarms
from simcloud.facts import scaling
from simcloud.sim.effects import Effect
from simcloud.sim.scaling.effects import DeleteAlarms, MakeScalingRole, PutAlarm


def perform(live: Live, effect: Effect) -> None:
    """Do it. Raises NotImplementedError for an effect that is not scaling's."""
    if isinstance(effect, PutAlarm):
        alarms.put(live, effect)
    elif isinstance(effect, DeleteAlarms):
        alarms.delete(live, effect)
    elif isinstance(effect, MakeScalingRole):
        _make_role(live)
    else:
        raise NotImplementedError(f"no way to perform {type(effect).__name__}")


def _make_role(live: Live) -> None:
    from moto.iam.models import iam_backends

    iam = iam_backends[live.account]["aws"]
    if any(role.name == scaling.LINKED_ROLE_NAME for role in iam.roles.values()):
        return
    trust = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"Service": scaling.LINKED_ROLE_SERVICE},
                "Action": "sts:AssumeRole",
            }
        ],
    }
    iam.create_role(
        scaling.LINKED_ROLE_NAME,
        json.dumps(trust),
        f"/aws-service-role/{scaling.LINKED_ROLE_SERVICE}/",
        permissions_boundary=None,
        description="",
        tags=[],
        max_session_duration="3600",
        linked_service=scaling.LINKED_ROLE_SERVICE,
    )
