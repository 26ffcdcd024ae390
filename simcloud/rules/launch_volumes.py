"""Laws on EBS volumes: declared in the definition, configured at the launch (R-084, R-181 to R-187).

What is wrong with a role or a key is found later, when the volume is made: the API accepts it (R-186).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts import launch_limits as limits
from simcloud.facts import words
from simcloud.facts.sources import API_MODEL, PREFLIGHT
from simcloud.facts.words import launch as said
from simcloud.rules import reading
from simcloud.rules.choices import unknown
from simcloud.rules.engine import rule
from simcloud.rules.launch import SERVICES, TASKS, Launch
from simcloud.rules.refusal import Refusal
from simcloud.rules.seen import Seen

ON = (*TASKS, *SERVICES)
INVALID = "InvalidParameterException"
AT = "volumeConfigurations"
EBS = "managedEBSVolume"


def _given(launch: Launch) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Where it stands, the volume's name, and the settings of its EBS volume."""
    for index, each in enumerate(reading.structures(launch.raw, AT)):
        yield f"{AT}[{index}]", reading.text(each, "name"), reading.mapping(each, EBS)


def _kind(volume: Mapping[str, Any]) -> str:
    return reading.text(volume, "volumeType") or limits.VOLUME_TYPE_DEFAULT.value


def _at_launch(seen: Seen) -> list[str]:
    """Names of the volumes that the definition leaves to the launch."""
    volumes = reading.structures(seen.definition or {}, "volumes")
    return [reading.text(volume, "name") for volume in volumes if reading.switch(volume, "configuredAtLaunch")]


@rule("FG361", on=ON, source=f"{PREFLIGHT} (pf-ecs-svc-ebs-name-not-in-taskdef)", status="observed")
def a_volume_of_the_launch_is_declared(launch: Launch, seen: Seen) -> Iterator[Refusal]:
    """A volume that a launch configures is declared configuredAtLaunch in the definition."""
    declared = _at_launch(seen)
    for at, name, _ in _given(launch):
        if seen.definition is not None and name not in declared:
            text = words.VOLUME_NOT_DECLARED.format(name=name) if declared else str(words.VOLUME_NONE_AT_LAUNCH)
            got = f"the definition declares {', '.join(sorted(declared)) or 'no volume'} for the launch"
            yield Refusal(f"{at}.name", text, got, code=INVALID)


@rule("FG1220", on=ON, source=API_MODEL)
def a_declared_volume_is_configured(launch: Launch, seen: Seen) -> Iterator[Refusal]:
    """A volume that the definition declares configuredAtLaunch is configured by the launch."""
    given = {name for _, name, _ in _given(launch)}
    for name in _at_launch(seen):
        if name not in given and not given:
            got = "no volumeConfigurations are given"
            yield Refusal(AT, said.VOLUME_MISSING.format(name=name), got, code=INVALID)


@rule("FG1221", on=ON, source=API_MODEL)
def a_task_has_one_volume(launch: Launch) -> Iterator[Refusal]:
    """A task has at most one EBS volume."""
    count, most = len(reading.structures(launch.raw, AT)), limits.VOLUMES_AT_LAUNCH.value
    if count > most:
        yield Refusal(AT, said.VOLUMES_MOST.format(most=most), f"{count} are configured", code=INVALID)


@rule("FG1222", on=ON, source=API_MODEL)
def a_volume_is_of_ebs(launch: Launch) -> Iterator[Refusal]:
    """A volume configured at the launch is an EBS volume, described in managedEBSVolume."""
    for at, name, volume in _given(launch):
        if not volume:
            text = said.VOLUME_UNMANAGED.format(name=name)
            yield Refusal(f"{at}.{EBS}", text, "it is not given", code=INVALID)


@rule("FG1223", on=ON, source=API_MODEL)
def a_volume_has_a_size_or_a_snapshot(launch: Launch) -> Iterator[Refusal]:
    """An EBS volume has a size, or a snapshot that has one."""
    for at, name, volume in _given(launch):
        if volume and volume.get("sizeInGiB") is None and not volume.get("snapshotId"):
            text = said.VOLUME_SIZE_REQUIRED.format(name=name)
            yield Refusal(f"{at}.{EBS}.sizeInGiB", text, "neither is given", code=INVALID)


@rule("FG1224", on=ON, source=API_MODEL)
def the_volume_type_exists(launch: Launch) -> Iterator[Refusal]:
    """An EBS volume is of type gp2, gp3, io1, io2, st1 or sc1; the old type standard Fargate does not attach."""
    for at, _, volume in _given(launch):
        kind = _kind(volume)
        if kind not in limits.VOLUME_SIZES.value:
            text = said.VOLUME_TYPE.format(kind=kind)
        elif kind == "standard" and launch.on_fargate:
            text = str(said.VOLUME_STANDARD)
        else:
            continue
        yield Refusal(f"{at}.{EBS}.volumeType", text, f"it is '{kind}'", code=INVALID)


@rule("FG1225", on=ON, source=API_MODEL)
def the_size_is_of_the_type(launch: Launch) -> Iterator[Refusal]:
    """gp2 and gp3 have 1 to 16384 GiB, io1 and io2 4 to 16384, st1 and sc1 125 to 16384."""
    for at, _, volume in _given(launch):
        size, kind = reading.number(volume, "sizeInGiB"), _kind(volume)
        least, most = limits.VOLUME_SIZES.value.get(kind, (0, 0))
        if size is not None and most and not least <= size <= most:
            text = said.VOLUME_SIZE.format(kind=kind, least=least, most=most)
            yield Refusal(f"{at}.{EBS}.sizeInGiB", text, f"it is {size}", code=INVALID)


@rule("FG1226", on=ON, source=API_MODEL)
def iops_are_of_the_type(launch: Launch) -> Iterator[Refusal]:
    """io1 and io2 need iops, gp3 takes 3000 to 16000 of them, st1, sc1 and standard take none."""
    ranges = limits.VOLUME_IOPS.value
    for at, _, volume in _given(launch):
        iops, kind = reading.number(volume, "iops"), _kind(volume)
        least, most = ranges.get(kind, (0, 0))
        if iops is None:
            text = said.VOLUME_IOPS_REQUIRED.format(kind=kind) if kind in ("io1", "io2") else ""
        elif kind in ("st1", "sc1", "standard"):
            text = said.VOLUME_IOPS_UNSUPPORTED.format(kind=kind)
        else:
            fits = not most or least <= iops <= most
            text = "" if fits else said.VOLUME_IOPS.format(kind=kind, least=least, most=most)
        if text:
            got = f"iops are {iops}" if iops is not None else "none are given"
            yield Refusal(f"{at}.{EBS}.iops", text, got, code=INVALID)


@rule("FG1227", on=ON, source=API_MODEL)
def throughput_is_of_gp3(launch: Launch) -> Iterator[Refusal]:
    """Throughput is provisioned for gp3 alone, from 125 to 1000 MiB/s."""
    least, most = limits.VOLUME_THROUGHPUT.value
    for at, _, volume in _given(launch):
        throughput, kind = reading.number(volume, "throughput"), _kind(volume)
        if throughput is not None and kind != "gp3":
            text = said.VOLUME_THROUGHPUT_UNSUPPORTED.format(kind=kind)
        elif throughput is not None and not least <= throughput <= most:
            text = said.VOLUME_THROUGHPUT.format(least=least, most=most)
        else:
            continue
        yield Refusal(f"{at}.{EBS}.throughput", text, f"it is {throughput}", code=INVALID)


@rule("FG1228", on=ON, source=API_MODEL)
def a_linux_volume_has_a_linux_file_system(launch: Launch) -> Iterator[Refusal]:
    """The file system of a volume is ext3, ext4 or xfs; ntfs is of Windows."""
    for at, _, volume in _given(launch):
        kind = reading.text(volume, "filesystemType")
        yield from unknown(f"{at}.{EBS}.filesystemType", kind, "filesystemType", "Filesystem type")
        if kind == "ntfs" and launch.on_fargate:
            yield Refusal(f"{at}.{EBS}.filesystemType", said.VOLUME_NTFS, "it is ntfs", code=INVALID)


@rule("FG1229", on=ON, source=API_MODEL)
def a_rate_goes_with_a_snapshot(launch: Launch) -> Iterator[Refusal]:
    """A volume is initialised at some rate where it comes out of a snapshot."""
    for at, _, volume in _given(launch):
        if volume.get("volumeInitializationRate") is not None and not volume.get("snapshotId"):
            got = "no snapshotId is given"
            yield Refusal(f"{at}.{EBS}.volumeInitializationRate", said.VOLUME_RATE, got, code=INVALID)


@rule("FG1230", on=SERVICES, source=API_MODEL)
def daemons_have_no_volumes(launch: Launch) -> Iterator[Refusal]:
    """EBS volumes are attached to tasks of REPLICA services."""
    if launch.daemon and launch.raw.get(AT) and not launch.on_fargate:
        yield Refusal(AT, said.VOLUME_DAEMON, "schedulingStrategy is DAEMON", code=INVALID)
