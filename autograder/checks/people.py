"""People of a learner's account, as checks act for them: with a key of their own, made on the copy."""

from __future__ import annotations

from typing import Any

import boto3
from botocore.exceptions import ClientError

from autograder.checks.asking import asked
from autograder.checks.check import Miss


def as_user(name: str, service: str = "ecs") -> Any:
    """A client of a service with a new key of this IAM user. Raises Miss where the user is gone."""
    iam, what = boto3.client("iam"), f"the user {name}"
    for held in asked(iam.list_access_keys, what, UserName=name)["AccessKeyMetadata"]:
        iam.delete_access_key(UserName=name, AccessKeyId=held["AccessKeyId"])
    key = asked(iam.create_access_key, what, UserName=name)["AccessKey"]
    return boto3.client(service, aws_access_key_id=key["AccessKeyId"], aws_secret_access_key=key["SecretAccessKey"])


def must_be_refused(who: str, call: Any, what: str, hint: str = "", **parameters: Any) -> None:
    """Raise Miss unless AWS refuses this person's call for want of a permission."""
    try:
        call(**parameters)
    except ClientError as refused:
        if "AccessDenied" in refused.response["Error"]["Code"]:
            return
        raise Miss(f"{who} may not {what}", f"AWS answers: {refused}", "") from None
    raise Miss(f"{who} may not {what}", "AWS lets it happen", hint)
