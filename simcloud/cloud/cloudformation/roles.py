"""AWS::IAM: roles, and the policies that are put on them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, ClassVar

from simcloud.cloud.cloudformation.api import ByApi
from simcloud.cloud.cloudformation.resource import Resource, Values, Wish
from simcloud.cloud.live import Call


class _OfIam(ByApi):
    SERVICE, TAGS = "iam", "Tags"


class Role(_OfIam):
    """A role with its inline and managed policies. Ref is its name."""

    KIND, CREATE, NAME, ANSWER = "AWS::IAM::Role", "CreateRole", "RoleName", "Role.RoleName"
    REQUIRED = ("AssumeRolePolicyDocument",)
    CHANGED = frozenset(
        {
            "AssumeRolePolicyDocument",
            "Description",
            "ManagedPolicyArns",
            "MaxSessionDuration",
            "PermissionsBoundary",
            "Policies",
        }
    )
    LISTS: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "ManagedPolicyArns": (),
        "Policies": ("PolicyName", "PolicyDocument"),
    }
    FROM_ANSWER: ClassVar[Mapping[str, str]] = {"Arn": "Role.Arn", "RoleId": "Role.RoleId"}
    ATTRIBUTES = frozenset(FROM_ANSWER)

    @classmethod
    def request(cls, properties: Values) -> Values:
        return super().request(with_text(properties, "AssumeRolePolicyDocument"))

    def finish(self, call: Call, wish: Wish, before: Values) -> None:
        role = {"RoleName": self.physical_resource_id}
        if before:
            self._change(call, role, wish.properties, before)
        now, old = wish.properties.get("ManagedPolicyArns") or [], before.get("ManagedPolicyArns") or []
        for arn in old:
            if arn not in now:
                self.ask_gone(call, "DetachRolePolicy", {**role, "PolicyArn": arn})
        for arn in now:
            if arn not in old:
                self.ask(call, "AttachRolePolicy", {**role, "PolicyArn": str(arn)})
        self._put_inline(call, role, wish.properties, before)

    def _put_inline(self, call: Call, role: Values, now: Values, before: Values) -> None:
        wanted = {str(one["PolicyName"]): one["PolicyDocument"] for one in now.get("Policies") or ()}
        for one in before.get("Policies") or ():
            if one["PolicyName"] not in wanted:
                self.ask_gone(call, "DeleteRolePolicy", {**role, "PolicyName": one["PolicyName"]})
        for name, document in wanted.items():
            self.ask(call, "PutRolePolicy", {**role, "PolicyName": name, "PolicyDocument": text_of(document)})

    def _change(self, call: Call, role: Values, now: Values, before: Values) -> None:
        if now["AssumeRolePolicyDocument"] != before["AssumeRolePolicyDocument"]:
            document = text_of(now["AssumeRolePolicyDocument"])
            self.ask(call, "UpdateAssumeRolePolicy", {**role, "PolicyDocument": document})
        if any(now.get(name) != before.get(name) for name in ("Description", "MaxSessionDuration")):
            given = self.request({name: now[name] for name in ("Description", "MaxSessionDuration") if name in now})
            self.ask(call, "UpdateRole", {**role, **given})
        if now.get("PermissionsBoundary") != before.get("PermissionsBoundary"):
            boundary = now.get("PermissionsBoundary")
            given = {**role, "PermissionsBoundary": boundary} if boundary else role
            self.ask(call, "PutRolePermissionsBoundary" if boundary else "DeleteRolePermissionsBoundary", given)

    def delete(self, call: Call) -> None:
        role = {"RoleName": self.physical_resource_id}
        for arn in self.properties.get("ManagedPolicyArns") or ():
            self.ask_gone(call, "DetachRolePolicy", {**role, "PolicyArn": str(arn)})
        for one in self.properties.get("Policies") or ():
            self.ask_gone(call, "DeleteRolePolicy", {**role, "PolicyName": str(one["PolicyName"])})
        self.ask_gone(call, "DeleteRole", role)


HOLDERS = (("Roles", "Role"), ("Users", "User"), ("Groups", "Group"))
NAMES: Mapping[str, tuple[str, ...]] = {"Roles": (), "Users": (), "Groups": ()}


class InlinePolicy(_OfIam):
    """AWS::IAM::Policy: an inline policy on roles, users and groups."""

    KIND, TAGS = "AWS::IAM::Policy", ""
    REQUIRED = ("PolicyDocument", "PolicyName")
    CHANGED = frozenset({"Groups", "PolicyDocument", "Roles", "Users"})
    LISTS: ClassVar[Mapping[str, tuple[str, ...]]] = NAMES
    ATTRIBUTES = frozenset({"Id"})

    @classmethod
    def create(cls, call: Call, wish: Wish) -> Resource:
        name = str(wish.properties["PolicyName"])
        return cls(name, wish.properties, {"Id": name}).finished(call, wish)

    def finish(self, call: Call, wish: Wish, before: Values) -> None:
        document = text_of(wish.properties["PolicyDocument"])
        for holders, holder in HOLDERS:
            now, old = wish.properties.get(holders) or [], before.get(holders) or []
            for name in old:
                if name not in now:
                    self._take(call, holder, name)
            for name in now:
                named = {f"{holder}Name": str(name), "PolicyName": self.physical_resource_id}
                self.ask(call, f"Put{holder}Policy", {**named, "PolicyDocument": document})

    def delete(self, call: Call) -> None:
        for holders, holder in HOLDERS:
            for name in self.properties.get(holders) or ():
                self._take(call, holder, name)

    def _take(self, call: Call, holder: str, name: Any) -> None:
        named = {f"{holder}Name": str(name), "PolicyName": self.physical_resource_id}
        self.ask_gone(call, f"Delete{holder}Policy", named)


class ManagedPolicy(_OfIam):
    """A managed policy of the account's own. Ref is its ARN."""

    KIND, CREATE, NAME, ANSWER = "AWS::IAM::ManagedPolicy", "CreatePolicy", "ManagedPolicyName", "Policy.Arn"
    RENAMED: ClassVar[Mapping[str, str]] = {"ManagedPolicyName": "PolicyName"}
    REQUIRED = ("PolicyDocument",)
    CHANGED = frozenset({"Groups", "PolicyDocument", "Roles", "Users"})
    LISTS: ClassVar[Mapping[str, tuple[str, ...]]] = NAMES
    FROM_ANSWER: ClassVar[Mapping[str, str]] = {"PolicyArn": "Policy.Arn", "PolicyId": "Policy.PolicyId"}
    ATTRIBUTES = frozenset(FROM_ANSWER)

    @classmethod
    def request(cls, properties: Values) -> Values:
        return super().request(with_text(properties, "PolicyDocument"))

    def finish(self, call: Call, wish: Wish, before: Values) -> None:
        if before and before["PolicyDocument"] != wish.properties["PolicyDocument"]:
            document = text_of(wish.properties["PolicyDocument"])
            asked = {"PolicyArn": self.physical_resource_id, "PolicyDocument": document, "SetAsDefault": True}
            self.ask(call, "CreatePolicyVersion", asked)
        for holders, holder in HOLDERS:
            now, old = wish.properties.get(holders) or [], before.get(holders) or []
            self._attach(call, "Detach", holder, [name for name in old if name not in now])
            self._attach(call, "Attach", holder, [name for name in now if name not in old])

    def _attach(self, call: Call, verb: str, holder: str, names: list[Any]) -> None:
        for name in names:
            asked = {f"{holder}Name": str(name), "PolicyArn": self.physical_resource_id}
            (self.ask_gone if verb == "Detach" else self.ask)(call, f"{verb}{holder}Policy", asked)

    def delete(self, call: Call) -> None:
        for holders, holder in HOLDERS:
            self._attach(call, "Detach", holder, self.properties.get(holders) or [])
        known = self.ask(call, "ListPolicyVersions", {"PolicyArn": self.physical_resource_id})["Versions"]
        for one in known:
            if not one["IsDefaultVersion"]:
                version = {"PolicyArn": self.physical_resource_id, "VersionId": one["VersionId"]}
                self.ask_gone(call, "DeletePolicyVersion", version)
        self.ask_gone(call, "DeletePolicy", {"PolicyArn": self.physical_resource_id})


def text_of(document: Any) -> str:
    """A policy document as the text that the API takes."""
    return document if isinstance(document, str) else json.dumps(document)


def with_text(properties: Values, name: str) -> Values:
    """The properties with this document as a text."""
    return {**properties, name: text_of(properties[name])} if name in properties else properties
