"""Targets, policies, scheduled actions and activities as the API gives them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from simcloud.rules.scaling.operations import configuration
from simcloud.sim.scaling.state import Action, Activity, Policy, Target


def _named(target: Target) -> dict[str, Any]:
    return {
        "ServiceNamespace": target.namespace,
        "ResourceId": target.resource,
        "ScalableDimension": target.dimension,
    }


def target(held: Target) -> dict[str, Any]:
    """A ScalableTarget."""
    return {
        **_named(held),
        "MinCapacity": held.minimum,
        "MaxCapacity": held.maximum,
        "RoleARN": held.role,
        "CreationTime": held.created_at,
        "SuspendedState": dict(held.suspended),
        "ScalableTargetARN": held.arn,
    }


def policy(of: Target, held: Policy, alarms: Iterable[dict[str, str]]) -> dict[str, Any]:
    """A ScalingPolicy, with its CloudWatch alarms."""
    return {
        "PolicyARN": held.arn,
        "PolicyName": held.name,
        **_named(of),
        "PolicyType": held.kind,
        configuration(held.kind): held.configuration,
        "Alarms": list(alarms),
        "CreationTime": held.created_at,
    }


def action(of: Target, held: Action) -> dict[str, Any]:
    """A ScheduledAction."""
    return {
        "ScheduledActionName": held.name,
        "ScheduledActionARN": held.arn,
        **_named(of),
        **held.asked,
        "CreationTime": held.created_at,
    }


def activity(held: Activity) -> dict[str, Any]:
    """A ScalingActivity."""
    return {
        "ActivityId": held.id,
        "ServiceNamespace": held.namespace,
        "ResourceId": held.resource,
        "ScalableDimension": held.dimension,
        "Description": held.description,
        "Cause": held.cause,
        "StartTime": held.started_at,
        "EndTime": held.ended_at,
        "StatusCode": held.status,
        "StatusMessage": held.message,
    }
