"""The answers to what the simulation asks, read from the rest of the simulated AWS. Changes nothing."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from simcloud.cloud import identity, network, registry
from simcloud.cloud.live import Call, Live
from simcloud.reason.iam import Decision
from simcloud.reason.path import Path
from simcloud.reason.policy import Policy
from simcloud.sim.asks import TASKS, FileSystem, Forward, Permission, Route, Secret, StoredObject
from simcloud.sim.image import Image

ENDPOINTS = ("interface-endpoint", "gateway-endpoint")
SECRET_ARN_PARTS = 7
AWS_MANAGED_KEY = re.compile(r"alias/aws/")


class Asking:
    """`simcloud.sim.asks.Asks` over moto, for one live world."""

    def __init__(self, live: Live) -> None:
        self._live = live

    def route(self, interface: str, host: str, port: int, call: tuple[str, str, str] | None = None) -> Route:
        """From the network interface with this id. One that somebody deleted reaches nothing."""
        try:
            path = network.route(interface, host, port, self._live.region, self._live.account, call=call)
        except KeyError:
            return Route(False, "", "timeout", f"the network interface {interface} is gone")
        seen = self._seen(interface, path) if path.open and path.decided_by.kind in ENDPOINTS else ()
        return Route(path.open, path.address, path.kind, path.why.rstrip("."), path.denied, path.decided_by.kind, seen)

    def _seen(self, interface: str, path: Path) -> tuple[tuple[str, str], ...]:
        """What the service sees of a call that comes by an endpoint
        (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html)."""
        from moto.ec2.models import ec2_backends

        eni = ec2_backends[self._live.account][self._live.region].enis[interface]
        return ("aws:SourceVpce", path.decided_by.id), ("aws:SourceVpc", str(eni.subnet.vpc_id))

    def may(
        self, role: str, session: str, action: str, resource: str, context: Mapping[str, str] | None = None
    ) -> Permission:
        """For the role with this ARN, in a session of this name."""
        known = {**self._moment(resource), **(context or {})}
        own, alone = self._own_policy(action, resource)
        live = self._live
        return _permission(identity.may(role, session, action, resource, known, live.account, own=own, alone=alone))

    def _own_policy(self, action: str, resource: str) -> tuple[Policy | None, bool]:
        """The policy of the thing itself, and whether it has the only word. What moto has not read nobody has made."""
        if f"moto.{action.partition(':')[0]}.models" not in sys.modules:
            return None, False
        from simcloud.cloud.access.resource_policies import has_only_word, policy_of

        parts = resource.split(":", 5)
        region = parts[3] if len(parts) > 5 and parts[3] else self._live.region
        own = policy_of(resource, action, Call(self._live, self._live.account, region, ""))
        return own, has_only_word(action, own)

    def _moment(self, resource: str) -> dict[str, str]:
        """The condition keys of where and when: the region of the resource, else that of the world."""
        parts = resource.split(":")
        now = self._live.world.now
        return {
            "aws:RequestedRegion": (parts[3] if len(parts) > 5 else "") or self._live.region,
            "aws:CurrentTime": datetime.fromtimestamp(now, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "aws:EpochTime": str(int(now)),
            "aws:ViaAWSService": "false",
        }

    def missing(self, action: str, resource: str) -> tuple[str, str]:
        """Error code and text where the action is about a thing that does not exist."""
        from simcloud.cloud import things

        return things.missing(self._live, action, resource)

    def assumable(self, role: str, service: str = TASKS) -> Permission:
        """May the service assume the role?"""
        return _permission(identity.assumable(role, service, self._live.account, region=self._live.region))

    def image(self, reference: str) -> Image | None:
        """The image that a container definition names; None where there is none."""
        return registry.look_up(self._live, reference)

    def secret(self, value_from: str) -> Secret:
        """What a valueFrom refers to: a secret by its ARN, else a parameter by ARN or name (R-154)."""
        parts = value_from.split(":")
        if value_from.startswith("arn:") and len(parts) > 2 and parts[2] == "secretsmanager":
            return self._secret(parts)
        return self._parameter(value_from)

    def stored_object(self, bucket: str, key: str) -> StoredObject:
        """An object of S3."""
        from simcloud.cloud import storage

        return storage.stored_object(self._live, bucket, key)

    def file_system(self, interface: str, identity: str, access_point: str, root: str) -> FileSystem:
        """An EFS file system, seen from the interface."""
        from simcloud.cloud import storage

        return storage.file_system(self._live, interface, identity, access_point, root)

    def may_mount(
        self, role: str, session: str, action: str, file_system: str, context: Mapping[str, str]
    ) -> Permission:
        """By the role's policies and the file system's own."""
        from simcloud.cloud import storage

        return storage.may_mount(self._live, role, session, action, file_system, context)

    def snapshot(self, identity: str) -> bool:
        """Does the EBS snapshot exist?"""
        from simcloud.cloud import storage

        return storage.snapshot(self._live, identity)

    def key(self, key: str) -> bool:
        """Can the KMS key be used?"""
        from simcloud.cloud import storage

        return storage.key(self._live, key)

    def zone(self, subnet: str) -> str:
        """The Availability Zone of a subnet."""
        from moto.ec2.models import ec2_backends

        zones = ec2_backends[self._live.account][self._live.region].subnets.values()
        return next((str(zone[subnet].availability_zone) for zone in zones if subnet in zone), "")

    def forward(self, host: str, port: int, path: str) -> Forward | None:
        """What the load balancer of this name does with a request."""
        from simcloud.cloud import front_doors

        return front_doors.forward(self._live, host, port, path)

    def log_group(self, region: str, name: str) -> bool:
        """Does the log group exist?"""
        from moto.logs.models import logs_backends

        logs = logs_backends[self._live.account]
        return region in logs and name in logs[region].groups

    def _secret(self, parts: list[str]) -> Secret:
        from moto.secretsmanager.models import secretsmanager_backends

        arn = ":".join(parts[:SECRET_ARN_PARTS])
        stage, version = (parts[8:9] or [""])[0], (parts[9:10] or [""])[0]
        if parts[3] not in secretsmanager_backends[self._live.account]:
            return Secret(False, arn=arn)
        store = secretsmanager_backends[self._live.account][parts[3]]
        held: Any = store.secrets.get(arn)
        if held is None:
            return Secret(False, arn=arn)
        if held.is_deleted():
            return Secret(False, arn=held.arn, expired=True)
        got, said = _version(held.versions, stage, version)
        if got is None:
            return Secret(False, arn=held.arn, said=said)
        value = str(got.get("secret_string") or "")
        return Secret(True, value, "secretsmanager", held.arn, self._customer_key(held.kms_key_id, parts[3]))

    def _parameter(self, value_from: str) -> Secret:
        from moto.core.exceptions import ServiceException
        from moto.ssm.models import ssm_backends

        parts = value_from.split(":")
        region = parts[3] if value_from.startswith("arn:") else self._live.region
        name = parts[5].removeprefix("parameter") if value_from.startswith("arn:") and len(parts) > 5 else value_from
        arn = f"arn:aws:ssm:{region}:{self._live.account}:parameter/{name.lstrip('/')}"
        if region not in ssm_backends[self._live.account]:
            return Secret(False, service="ssm", arn=arn)
        store = ssm_backends[self._live.account][region]
        try:
            held: Any = store.get_parameter(name) or store.get_parameter(name.lstrip("/"))
        except ServiceException:
            held = None
        if held is None:
            return Secret(False, service="ssm", arn=arn)
        secure = held.parameter_type == "SecureString"
        key = self._customer_key(held.keyid, region) if secure else ""
        value = held.value
        if secure and (decrypted := held.decrypt(value)) is not None:
            value = decrypted
        return Secret(True, str(value), "ssm", arn, key)

    def _customer_key(self, key: str | None, region: str) -> str:
        """The ARN of a customer key; '' for AWS's own, which need no permission of ours."""
        if not key or AWS_MANAGED_KEY.search(key):
            return ""
        if key.startswith("arn:") and ":key/" in key:
            return key
        return f"arn:aws:kms:{region}:{self._live.account}:{key if key.startswith('alias/') else f'key/{key}'}"


def _version(held: Mapping[str, Any], stage: str, version: str) -> tuple[Mapping[str, Any] | None, str]:
    """The version of a secret by its staging label (AWSCURRENT where nothing is named), its id, or both; where there is
    none, what Secrets Manager says instead."""
    from simcloud.facts.words import stop as words

    if not version:
        stage = stage or "AWSCURRENT"
        found = next((each for each in held.values() if stage in each["version_stages"]), None)
        return found, "" if found else words.STAGE_MISSING.format(stage=stage)
    if version not in held:
        return None, words.VERSION_MISSING.format(version=version)
    if stage and stage not in held[version]["version_stages"]:
        return None, str(words.STAGE_OF_ANOTHER)
    return held[version], ""


def _permission(decision: Decision) -> Permission:
    return Permission(decision.allowed, decision.because, decision.why)
