"""What tasks read and write: log groups, repositories, file systems, secrets, names, alarms and topics."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, ClassVar

from simcloud.cloud.cloudformation.api import ByApi
from simcloud.cloud.cloudformation.resource import Resource, Values, Wish
from simcloud.cloud.live import Call


class LogGroup(ByApi):
    """A log group. Ref is its name."""

    KIND, SERVICE, CREATE, NAME, TAGS = "AWS::Logs::LogGroup", "logs", "CreateLogGroup", "LogGroupName", "tags"
    DELETE = ("DeleteLogGroup", "logGroupName")
    CHANGED = frozenset({"RetentionInDays"})
    ATTRIBUTES = frozenset({"Arn"})

    @classmethod
    def create(cls, call: Call, wish: Wish) -> Resource:
        cls.ask(call, cls.CREATE, cls.well_formed(wish))
        arn = f"arn:aws:logs:{call.region}:{call.account}:log-group:{wish.name}:*"
        return cls(wish.name, wish.properties, {"Arn": arn}).finished(call, wish)

    def finish(self, call: Call, wish: Wish, before: Values) -> None:
        group, days = {"logGroupName": self.physical_resource_id}, wish.properties.get("RetentionInDays")
        if days is not None:
            self.ask(call, "PutRetentionPolicy", {**group, "retentionInDays": int(days)})
        elif before.get("RetentionInDays") is not None:
            self.ask(call, "DeleteRetentionPolicy", group)


class Repository(ByApi):
    """A repository of images. Ref is its name."""

    KIND, SERVICE, CREATE, NAME = "AWS::ECR::Repository", "ecr", "CreateRepository", "RepositoryName"
    ANSWER, TAGS = "repository.repositoryName", "lists"
    CHANGED = frozenset(
        {
            "EmptyOnDelete",
            "ImageScanningConfiguration",
            "ImageTagMutability",
            "LifecyclePolicy",
            "RepositoryPolicyText",
        }
    )
    FROM_ANSWER: ClassVar[Mapping[str, str]] = {
        "Arn": "repository.repositoryArn",
        "RepositoryUri": "repository.repositoryUri",
    }
    ATTRIBUTES = frozenset(FROM_ANSWER)

    @classmethod
    def asked(cls, wish: Wish) -> Values:
        request = super().asked(wish)
        if given := request.pop("lists", None):
            request["tags"] = given
        return request

    def finish(self, call: Call, wish: Wish, before: Values) -> None:
        name, now = {"repositoryName": self.physical_resource_id}, wish.properties
        if before and before.get("ImageTagMutability") != now.get("ImageTagMutability"):
            given = str(now.get("ImageTagMutability") or "MUTABLE")
            self.ask(call, "PutImageTagMutability", {**name, "imageTagMutability": given})
        if before and before.get("ImageScanningConfiguration") != now.get("ImageScanningConfiguration"):
            on = str((now.get("ImageScanningConfiguration") or {}).get("ScanOnPush")).lower() == "true"
            scanning = {**name, "imageScanningConfiguration": {"scanOnPush": on}}
            self.ask(call, "PutImageScanningConfiguration", scanning)
        policy = (now.get("LifecyclePolicy") or {}).get("LifecyclePolicyText")
        if policy:
            self.ask(call, "PutLifecyclePolicy", {**name, "lifecyclePolicyText": _text(policy)})
        if now.get("RepositoryPolicyText"):
            self.ask(call, "SetRepositoryPolicy", {**name, "policyText": _text(now["RepositoryPolicyText"])})

    def delete(self, call: Call) -> None:
        force = str(self.properties.get("EmptyOnDelete")).lower() == "true"
        self.ask_gone(call, "DeleteRepository", {"repositoryName": self.physical_resource_id, "force": force})


class FileSystem(ByApi):
    """A file system. Ref is its id."""

    KIND, SERVICE, CREATE, ANSWER = "AWS::EFS::FileSystem", "efs", "CreateFileSystem", "FileSystemId"
    DELETE = ("DeleteFileSystem", "FileSystemId")
    CHANGED = frozenset({"BackupPolicy", "FileSystemTags", "LifecyclePolicies", "ThroughputMode"})
    FROM_ANSWER: ClassVar[Mapping[str, str]] = {"Arn": "FileSystemArn", "FileSystemId": "FileSystemId"}
    ATTRIBUTES = frozenset(FROM_ANSWER)

    @classmethod
    def asked(cls, wish: Wish) -> Values:
        tags = {
            **wish.tags,
            **{str(one["Key"]): str(one["Value"]) for one in wish.properties.get("FileSystemTags") or ()},
        }
        request = {**super().asked(wish), "CreationToken": wish.name}
        return {**request, "Tags": [{"Key": key, "Value": value} for key, value in tags.items()]} if tags else request

    def finish(self, call: Call, wish: Wish, before: Values) -> None:
        if given := wish.properties.get("LifecyclePolicies"):
            asked = {"FileSystemId": self.physical_resource_id, "LifecyclePolicies": given}
            self.ask(call, "PutLifecycleConfiguration", asked)


class MountTarget(ByApi):
    """Where tasks of a subnet reach a file system."""

    KIND, SERVICE, CREATE, ANSWER = "AWS::EFS::MountTarget", "efs", "CreateMountTarget", "MountTargetId"
    DELETE = ("DeleteMountTarget", "MountTargetId")
    REQUIRED = ("FileSystemId", "SecurityGroups", "SubnetId")
    FROM_ANSWER: ClassVar[Mapping[str, str]] = {"Id": "MountTargetId", "IpAddress": "IpAddress"}
    ATTRIBUTES = frozenset(FROM_ANSWER)


class AccessPoint(ByApi):
    """A door into a file system. Ref is its id."""

    KIND, SERVICE, CREATE, ANSWER = "AWS::EFS::AccessPoint", "efs", "CreateAccessPoint", "AccessPointId"
    DELETE = ("DeleteAccessPoint", "AccessPointId")
    REQUIRED = ("FileSystemId",)
    FROM_ANSWER: ClassVar[Mapping[str, str]] = {"AccessPointId": "AccessPointId", "Arn": "AccessPointArn"}
    ATTRIBUTES = frozenset(FROM_ANSWER)

    @classmethod
    def asked(cls, wish: Wish) -> Values:
        tags = [
            {"Key": str(one["Key"]), "Value": str(one["Value"])} for one in wish.properties.get("AccessPointTags") or ()
        ]
        return {**super().asked(wish), "ClientToken": wish.name, **({"Tags": tags} if tags else {})}


class Secret(ByApi):
    """A secret, given or made up. Ref is its ARN."""

    KIND, SERVICE, CREATE, NAME = "AWS::SecretsManager::Secret", "secretsmanager", "CreateSecret", "Name"
    ANSWER, TAGS = "ARN", "Tags"
    CHANGED = frozenset({"Description", "GenerateSecretString", "KmsKeyId", "SecretString"})
    FROM_ANSWER: ClassVar[Mapping[str, str]] = {"Id": "ARN"}
    ATTRIBUTES = frozenset(FROM_ANSWER)

    @classmethod
    def create(cls, call: Call, wish: Wish) -> Resource:
        if (wanted := wish.properties.get("GenerateSecretString")) is not None:
            made_up = _made_up(cls, call, dict(wanted))
            wish = wish._replace(properties={**wish.properties, "SecretString": made_up})
        made = super().create(call, wish)
        made.properties.pop("SecretString", None) if wanted is not None else None
        return made

    def finish(self, call: Call, wish: Wish, before: Values) -> None:
        if before and before.get("SecretString") != wish.properties.get("SecretString"):
            asked = {"SecretId": self.physical_resource_id, "SecretString": str(wish.properties.get("SecretString"))}
            self.ask(call, "PutSecretValue", asked)

    def delete(self, call: Call) -> None:
        self.ask_gone(call, "DeleteSecret", {"SecretId": self.physical_resource_id, "ForceDeleteWithoutRecovery": True})


def _made_up(secret: type[ByApi], call: Call, wanted: Values) -> str:
    """A password by the template's wishes, inside the text that it is to stand in."""
    template, key = wanted.pop("SecretStringTemplate", None), wanted.pop("GenerateStringKey", None)
    asked: Values = {}
    for name, value in wanted.items():
        asked[name] = str(value) if name == "ExcludeCharacters" else _plain(value)
    password = str(secret.ask(call, "GetRandomPassword", asked)["RandomPassword"])
    return json.dumps({**json.loads(template), str(key): password}) if template and key else password


def _plain(value: Any) -> Any:
    text = str(value).lower()
    return text == "true" if text in ("true", "false") else int(text)


class Alarm(ByApi):
    """An alarm. Ref is its name."""

    KIND, SERVICE, CREATE, NAME = "AWS::CloudWatch::Alarm", "cloudwatch", "PutMetricAlarm", "AlarmName"
    TAGS = "Tags"
    ATTRIBUTES = frozenset({"Arn"})

    @classmethod
    def create(cls, call: Call, wish: Wish) -> Resource:
        cls.ask(call, cls.CREATE, cls.well_formed(wish))
        return cls(
            wish.name, wish.properties, {"Arn": f"arn:aws:cloudwatch:{call.region}:{call.account}:alarm:{wish.name}"}
        )

    def replaced_by(self, properties: Values) -> bool:
        return self.properties.get("AlarmName") != properties.get("AlarmName")

    def finish(self, call: Call, wish: Wish, before: Values) -> None:
        if before:
            self.ask(call, self.CREATE, self.asked(wish._replace(name=self.physical_resource_id)))

    def delete(self, call: Call) -> None:
        self.ask_gone(call, "DeleteAlarms", {"AlarmNames": [self.physical_resource_id]})


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)
