"""Lab 05 after submission: nothing wider than needed, and the same after another rotation."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import boto3

from autograder.checks import expect
from autograder.checks.asking import active_service, asked
from autograder.checks.labs.lab_05_secrets_and_rotation import LAB
from autograder.checks.labs.secret_rotation.site import (
    ROLL_MINUTES,
    Site,
    must_find,
    must_know,
    must_not,
    rotate,
    secret_arns,
    site,
)

NEW = "guillemot-90210"


@LAB.check("no-wider", question="close-it", points=1, rows=["T04"], after="same-value")
def your_roles_read_this_secret_and_no_other(cloud: Any, variant: Mapping[str, Any]) -> None:
    """The execution role of your service reads this one secret and no other; its task role reads none."""
    here = site(cloud, variant)
    here.own_reference()
    execution, task = here.roles()
    arns = secret_arns()
    expect(here.plan.secret in arns, expected=f"the secret {here.plan.secret}", got="it is gone", hint="restore_secret")
    own = arns.pop(here.plan.secret)
    reading = [("secretsmanager:GetSecretValue", arn) for arn in arns.values()]
    writing = [("secretsmanager:PutSecretValue", own), ("secretsmanager:DeleteSecret", own)]
    must_not(here, execution, [*reading, *_parameters(here), *writing], "the start of a task")
    must_not(here, task, [("secretsmanager:GetSecretValue", own), *reading], "the program")


@LAB.check("follows", question="close-it", points=1, rows=["F16"], after="same-value")
def a_new_task_follows_the_secret(cloud: Any, variant: Mapping[str, Any]) -> None:
    """The secret gets another value; a task of your service that is started then has it."""
    here = site(cloud, variant)
    must_find(here, here.plan.service, rotate(here), "after a rotation")


@LAB.check("mended-no-wider", question="mend-them", points=1, rows=["T04"], after="denied-start")
def they_were_mended_no_wider_than_needed(cloud: Any, variant: Mapping[str, Any]) -> None:
    """Each of the four reads its own secret or parameter and no other, and changes none; its task role does no more."""
    here = site(cloud, variant)
    arns = secret_arns()
    for service in here.plan.sick:
        execution, task = here.roles(service)
        mine = here.reference(service)
        others = [("secretsmanager:GetSecretValue", arn) for name, arn in arns.items() if name != f"{service}-password"]
        more = [("secretsmanager:PutSecretValue", arns.get(f"{service}-password", mine)), ("ssm:PutParameter", mine)]
        more += [("kms:Decrypt", key) for key in _keys_of_others(service)]
        parameters = [ask for ask in _parameters(here) if not ask[1].endswith(f"/{service}-password")]
        must_not(here, execution, [*others, *parameters, *more], "the start of a task")
        must_not(here, task, [*others, *more, ("iam:PassRole", execution)], "the program")


@LAB.check("mended-follow", question="mend-them", points=1, rows=["F16"], after="others-start")
def they_follow_their_secrets(cloud: Any, variant: Mapping[str, Any]) -> None:
    """A task of each of the four has its password; and the new one, once its secret or parameter gets another value."""
    here = site(cloud, variant)
    misnamed = here.plan.sick_with("name")  # the one whose program may be given the secret whole
    if here.reference(misnamed) and (kept := _password_in(f"{misnamed}-password")) is not None:
        must_find(here, misnamed, kept, "now")
    for service in here.plan.sick:
        _change(here, service)
    for service in here.plan.sick:
        must_find(here, service, NEW, "after a rotation")


@LAB.check("next-rotation", question="rotate", points=1, rows=["F16", "P10"], after="all-know")
def the_next_rotation_reaches_everybody(cloud: Any, variant: Mapping[str, Any]) -> None:
    """The secret is rotated once more, and its users are deployed anew by force: every task has the newest password."""
    here = site(cloud, variant)
    plan = here.plan
    new = rotate(here)
    for service in plan.users:
        what = f"{service} can be deployed anew"
        asked(boto3.client("ecs").update_service, what, cluster=plan.cluster, service=service, forceNewDeployment=True)
    cloud.advance(minutes=ROLL_MINUTES)
    for service in plan.users:
        must_know(here, service, new, "after another rotation")


@LAB.check("never-fewer", question="rotate", points=1, rows=["F16"], after="yours-know")
def no_service_had_fewer_tasks_on_the_way(cloud: Any, variant: Mapping[str, Any]) -> None:
    """From the rotation on, each service that uses the password had its count of running tasks at every moment."""
    here = site(cloud, variant)
    plan = here.plan
    held = asked(boto3.client("secretsmanager").describe_secret, f"the secret {plan.secret}", SecretId=plan.secret)
    minutes = (cloud.now.timestamp() - held["LastChangedDate"].timestamp()) / 60
    for service in plan.users:
        count = plan.count if service == plan.service else 2
        active_service(plan.cluster, service)
        seen = cloud.scaling_history(service, plan.cluster, minutes=max(minutes, 1.0))
        least = min((one.running for one in seen.counts), default=0)
        expect(
            least >= count,
            expected=f"{count} running tasks of {service} at every moment since the rotation",
            got=f"{least} at the worst moment",
            hint="a forced deployment starts the new tasks before it stops the old ones; stop_task does not",
        )


def _parameters(here: Site) -> list[tuple[str, str]]:
    pages = boto3.client("ssm").get_paginator("describe_parameters").paginate()
    names = [str(one["Name"]) for page in pages for one in page["Parameters"]]
    start = f"arn:aws:ssm:{here.cloud.region}:{here.cloud.account}:parameter"
    return [("ssm:GetParameters", f"{start}/{name.lstrip('/')}") for name in [*names, "any-other"]]


def _keys_of_others(service: str) -> list[str]:
    """ARNs of the customer keys of secrets that are not the service's."""
    secrets, kms = boto3.client("secretsmanager"), boto3.client("kms")
    described = [secrets.describe_secret(SecretId=arn) for arn in secret_arns().values()]
    keys = [one["KmsKeyId"] for one in described if "KmsKeyId" in one and one["Name"] != f"{service}-password"]
    return [str(kms.describe_key(KeyId=key)["KeyMetadata"]["Arn"]) for key in keys if not key.startswith("alias/aws/")]


def _password_in(name: str) -> str | None:
    """What a secret of this name holds: its text, or the value of its only key; None where there is no such secret."""
    arn = secret_arns().get(name)
    if arn is None:
        return None
    text = str(boto3.client("secretsmanager").get_secret_value(SecretId=arn)["SecretString"])
    held = json.loads(text) if text.startswith("{") else {"": text}
    return str(next(iter(held.values()))) if len(held) == 1 else None


def _change(here: Site, service: str) -> None:
    """Another value where the service's definition points to; Miss where it points to none."""
    reference = here.reference(service)
    expect(
        reference,
        expected=f"{service} has its password by reference",
        got="no reference",
        hint="a password in `environment` is what this lab began with: name the secret under `secrets`",
    )
    parts = reference.split(":")
    what = f"what {service} refers to can be changed"
    if ":secretsmanager:" not in reference:
        name = parts[5].removeprefix("parameter/") if reference.startswith("arn:") else reference
        asked(boto3.client("ssm").put_parameter, what, Name=name, Value=NEW, Type="SecureString", Overwrite=True)
        return
    client, arn = boto3.client("secretsmanager"), ":".join(parts[:7])
    key = parts[7] if len(parts) > 7 else ""
    if key:
        held = json.loads(asked(client.get_secret_value, what, SecretId=arn)["SecretString"])
        asked(client.put_secret_value, what, SecretId=arn, SecretString=json.dumps({**held, key: NEW}))
        return
    asked(client.put_secret_value, what, SecretId=arn, SecretString=NEW)
