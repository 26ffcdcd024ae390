"""Lab 02 after submission: the same requirements for the other jobs, and on the bill."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import boto3
from botocore.exceptions import ClientError

from autograder.checks import expect
from autograder.checks.asking import asked
from autograder.checks.labs.lab_02_right_definition import LAB
from autograder.checks.labs.right_definition.plan import cheapest
from autograder.checks.labs.right_definition.site import must_be_smallest, must_run, platform_of, site, size_of
from simcloud.price.price import price


@LAB.check("smallest-too", question="right-size", points=1, rows=["F21"])
def the_large_job_has_its_size(cloud: Any, variant: Mapping[str, Any]) -> None:
    """The newest definition of `desk.large` has the cheapest size that holds it."""
    here = site(cloud, variant)
    must_be_smallest(here, here.plan.large)


@LAB.check("runs-too", question="right-size", points=1, rows=["F21"], after="smallest-too")
def the_large_job_runs(cloud: Any, variant: Mapping[str, Any]) -> None:
    """A task of it does its work and ends with exit code 0."""
    here = site(cloud, variant)
    must_run(here, here.plan.large)


@LAB.check("arm-bill", question="cheaper-processor", points=1, rows=["F07", "F21"], after="arm-runs")
def the_bill_falls(cloud: Any, variant: Mapping[str, Any]) -> None:
    """The job on ARM64 is billed as ARM64, in the cheapest size that holds it."""
    here = site(cloud, variant)
    job = here.plan.on_arm
    here.run(job)
    used = here.billed()
    expect(
        used.architecture == "ARM64",
        expected=f"a run of {job.name} is billed as ARM64",
        got=used.architecture,
        hint="runtimePlatform of the newest definition decides",
    )
    must_be_smallest(here, job)


@LAB.check("windows-bill", question="windows", points=1, rows=["F11"], after="windows-runs")
def the_licence_is_billed(cloud: Any, variant: Mapping[str, Any]) -> None:
    """A run of the Windows program is billed with its licence, for five minutes at least, on X86_64."""
    here = site(cloud, variant)
    job = here.plan.printer
    here.run(job)
    used = here.billed()
    lines = [line.what for line in price([used]).lines]
    expect(
        used.windows and used.billed_seconds >= 300 and any("licence" in line for line in lines),
        expected=f"a run of {job.name} is billed as Windows",
        got=", ".join(lines),
        hint="operatingSystemFamily of the newest definition decides",
    )
    architecture, _ = platform_of(here.newest(job))
    expect(architecture == "X86_64", expected="X86_64", got=architecture, hint="Windows runs on X86_64 alone")


@LAB.check("disk-runs", question="disk", points=1, rows=["F18"], after="disk")
def the_disk_is_billed_as_asked(cloud: Any, variant: Mapping[str, Any]) -> None:
    """A task of `desk.render` does its work, and the GiB above 20 on its card are what is billed."""
    here = site(cloud, variant)
    job = here.plan.render
    must_run(here, job)
    extra, wanted = here.billed().extra_storage, (job.storage or 20) - 20
    expect(extra == wanted, expected=f"{wanted} GiB of extra disk on the bill", got=extra, hint="ephemeralStorage")


@LAB.check("mended", question="wishes", points=1, rows=["T03"], after="granted")
def the_size_was_mended(cloud: Any, variant: Mapping[str, Any]) -> None:
    """The wish with a size that is not sold got the cheapest size that holds it, and kept the rest of what it asked."""
    plan = site(cloud, variant).plan
    describe = boto3.client("ecs").describe_task_definition
    for name in plan.mendable:
        wish = plan.wishes[name]
        held = asked(describe, f"a definition of {name}", taskDefinition=name)["taskDefinition"]
        windows = "WINDOWS" in str(wish.get("runtimePlatform", ""))
        right = cheapest(int(wish["cpu"]) / 1024, int(wish["memory"]), windows=windows)
        expect(
            size_of(held) == right,
            expected=f"{name} has the cheapest size with at least cpu {wish['cpu']} and memory {wish['memory']}",
            got=f"cpu {held.get('cpu')}, memory {held.get('memory')}",
            hint="no need may shrink, and nothing may grow without reason",
        )
        _must_have_kept(wish, held, ("runtimePlatform",))
    for name in plan.fine:
        held = asked(describe, f"a definition of {name}", taskDefinition=name)["taskDefinition"]
        _must_have_kept(plan.wishes[name], held, ("cpu", "memory", "pidMode", "ephemeralStorage"))


def _must_have_kept(wish: Mapping[str, Any], held: Mapping[str, Any], members: tuple[str, ...]) -> None:
    """Raise Miss where a wish lost something on the way."""
    for member in members:
        if member in wish:
            expect(
                held.get(member) == wish[member],
                expected=f"{wish['family']} keeps its {member}",
                got=held.get(member, "nothing"),
                hint="AWS takes this member as it is",
            )
    asked_for = wish["containerDefinitions"][0].get("linuxParameters")
    if asked_for:
        got = held["containerDefinitions"][0].get("linuxParameters", "nothing")
        kept = got != "nothing" and got.get("tmpfs") == asked_for["tmpfs"]
        expect(kept, expected=f"{wish['family']} keeps its linuxParameters", got=got, hint="AWS takes them as they are")


@LAB.check("not-bent", question="wishes", points=1, rows=["F08", "F09", "T03"], after="granted")
def no_wish_was_bent(cloud: Any, variant: Mapping[str, Any]) -> None:
    """What Fargate never runs was not registered: neither without what it needs, nor without the word FARGATE."""
    plan = site(cloud, variant).plan
    for name in plan.never:
        try:
            held = boto3.client("ecs").describe_task_definition(taskDefinition=name)["taskDefinition"]
        except ClientError:
            continue
        expect(
            held["status"] != "ACTIVE",
            expected=f"no ACTIVE definition of {name}",
            got=held["taskDefinitionArn"].rsplit("/", 1)[-1],
            hint="it would run without what it was wished for, or nowhere: it belongs on EC2",
        )
