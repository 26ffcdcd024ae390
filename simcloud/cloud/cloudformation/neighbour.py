"""Resources that are moto's models: made, changed and deleted as moto does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from simcloud.cloud import wire
from simcloud.cloud.cloudformation import reasons
from simcloud.cloud.cloudformation.api import GONE_ALREADY, of_neighbour
from simcloud.cloud.cloudformation.resource import Failed
from simcloud.cloud.errors import Refused
from simcloud.cloud.live import Call

DELETED = {"AWS::EC2::NetworkInterface": ("ec2", "DeleteNetworkInterface", "NetworkInterfaceId")}
"""What moto's models do not delete: service, operation, and the member that takes the physical id."""


def create(call: Call, kind: str, model: Any, name: str, json: dict[str, Any], where: Mapping[str, str]) -> Any:
    """Make it. `where`: the logical id, the stack id. Raises Failed."""
    json = _as_moto_reads(kind, name, json)
    more = {"LogicalId": where["logical"], "StackId": where["stack"], "ResourceType": kind}
    return _told(kind, lambda: model.create_from_cloudformation_json(name, json, call.account, call.region, **more))


def _as_moto_reads(kind: str, name: str, json: dict[str, Any]) -> dict[str, Any]:
    """A parameter without a name gets the one that CloudFormation makes up, and its tags are a map in a template."""
    given = json["Properties"]
    if kind != "AWS::SSM::Parameter":
        return json
    tags = [{"Key": key, "Value": str(value)} for key, value in (given.get("Tags") or {}).items()]
    return {**json, "Properties": {**given, "Name": given.get("Name") or name, "Tags": tags}}


def update(call: Call, kind: str, model: Any, thing: Any, name: str, json: dict[str, Any]) -> Any | None:
    """The resource as it is now; None where moto knows no update, so that it has to be replaced. Raises Failed."""
    if hasattr(model.update_from_cloudformation_json, "__isabstractmethod__"):
        return None
    made = _told(
        kind,
        lambda: model.update_from_cloudformation_json(
            original_resource=thing,
            new_resource_name=name,
            cloudformation_json=_as_moto_reads(kind, name, json),
            account_id=call.account,
            region_name=call.region,
        ),
    )
    return thing if made is None else made


def delete(call: Call, kind: str, model: Any, thing: Any, json: dict[str, Any]) -> None:
    """Delete it; one that is gone is no mistake. Raises Failed."""
    if kind in DELETED:
        service, operation, member = DELETED[kind]
        _told(
            kind, lambda: of_neighbour(call, kind, service, operation, {member: thing.physical_resource_id}), gone=True
        )
    elif hasattr(thing, "delete"):
        _told(kind, lambda: thing.delete(call.account, call.region), gone=True)
    elif not hasattr(model.delete_from_cloudformation_json, "__isabstractmethod__"):
        name = thing.physical_resource_id
        _told(
            kind,
            lambda: model.delete_from_cloudformation_json(name, json, call.account, call.region),
            gone=True,
        )


def _told(kind: str, do: Callable[[], Any], *, gone: bool = False) -> Any:
    """What moto answers, its errors as status reasons."""
    try:
        return do()
    except Failed as failed:
        if gone and any(part in failed.code for part in GONE_ALREADY):
            return None
        raise
    except Refused:
        raise
    except Exception as error:
        code, message = _error(error)
        if not message:
            raise Failed(wire.simulator_fault("cloudformation", kind, error).message) from error
        if gone and any(part in code for part in GONE_ALREADY):
            return None
        raise Failed(reasons.of_neighbour(kind, code, message)) from None


def _error(error: Exception) -> tuple[str, str]:
    """Code and message of an error that moto means for the caller; ('', '') for a fault of moto's own."""
    code = getattr(error, "error_type", None) or getattr(error, "code", None)
    message = getattr(error, "message", None)
    return (str(code), str(message)) if isinstance(code, str) and message else ("", "")
