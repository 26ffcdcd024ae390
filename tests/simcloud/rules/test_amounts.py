"""CPU and memory as people write them."""

from __future__ import annotations

import pytest

from simcloud.rules.amounts import cpu_units, kept_overrides, memory_mib, spoken_mib


@pytest.mark.parametrize(
    ("written", "units"),
    [
        ("1024", 1024),
        ("1 vCPU", 1024),
        ("1vCPU", 1024),
        ("1 vcpu", 1024),
        (".25 vCPU", 256),
        ("0.5 VCPU", 512),
        ("32 vCPU", 32768),
        (" 256 ", 256),
        ("0256", 256),
        ("", None),
        ("0", None),
        ("0 vCPU", None),
        ("abc", None),
        ("1.5", None),
        ("-1", None),
        ("1 core", None),
        ("1024 MB", None),
        ("1 vCPUs", None),
        (".0001 vCPU", None),
        ("١", None),
        ("1e3", None),
        ("9" * 400, None),
    ],
)
def test_cpu_is_read_as_units(written: str, units: int | None) -> None:
    #
    assert cpu_units(written) == units


@pytest.mark.parametrize(
    ("written", "mib"),
    [
        ("2048", 2048),
        ("2GB", 2048),
        ("2 GB", 2048),
        ("2 gb", 2048),
        ("0.5GB", 512),
        (".5 GB", 512),
        ("244 GB", 249856),
        ("", None),
        ("0", None),
        ("2 vCPU", None),
        ("2 TB", None),
        ("2048.5", None),
        ("GB", None),
        ("0.0001GB", None),
    ],
)
def test_memory_is_read_as_mebibytes(written: str, mib: int | None) -> None:
    #
    assert memory_mib(written) == mib


def test_sizes_are_spoken() -> None:
    assert spoken_mib((512, 1024, 2048)) == "512, 1024 or 2048"
    assert spoken_mib((16384, 20480, 24576, 28672)) == "16384 to 28672 in steps of 4096"


def test_overrides_are_kept_as_integers() -> None:
    asked = {"cpu": "1 vCPU", "memory": "2 GB", "taskRoleArn": "app"}
    assert kept_overrides(asked) == {"cpu": "1024", "memory": "2048", "taskRoleArn": "app"}
    assert asked["cpu"] == "1 vCPU"
    assert kept_overrides(None) == {}
