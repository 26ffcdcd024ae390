"""Every mend of moto applies to the pinned version, and plain moto still needs it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from types import ModuleType

import pytest

from simcloud.cloud.mends import MENDS, canary
from simcloud.cloud.mends.canary import Finding
from simcloud.cloud.mends.probes import PROBES
from tests.rotation import on_turn

NAMES = [name for names in MENDS.values() for name in names]


@pytest.fixture(scope="module")
def findings() -> dict[str, Finding]:
    return {finding.mend: finding for finding in canary.findings()}


def test_the_mends_are_written_for_the_version_that_is_pinned_and_installed() -> None:
    project = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text())["project"]
    assert f"moto=={canary.PINNED}" in project["dependencies"]
    assert canary.version() == canary.PINNED


def test_every_mend_has_a_probe_and_every_probe_a_mend() -> None:
    assert sorted(PROBES) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
@on_turn(1, 3)
def test_what_the_mend_patches_is_there(findings: dict[str, Finding], name: str) -> None:
    assert findings[name].fault == ""


@pytest.mark.parametrize("name", NAMES)
@on_turn(1, 3)
def test_plain_moto_still_needs_the_mend(findings: dict[str, Finding], name: str) -> None:
    assert findings[name].needed, f"{PROBES[name].still_needed.__doc__} This holds no more: the mend can go."


def test_a_mend_whose_place_is_gone_is_called_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    import moto.sqs.models

    monkeypatch.setattr("simcloud.cloud.mends.long_polls_end.mend", _setting("Queue", "wait_no_longer"))
    assert canary._fault("long_polls_end", moto.sqs.models.__name__) == "Queue.wait_no_longer was not there before"
    monkeypatch.setattr("simcloud.cloud.mends.long_polls_end.mend", lambda module: None)
    assert canary._fault("long_polls_end", moto.sqs.models.__name__) == "it changes nothing"
    monkeypatch.setattr("simcloud.cloud.mends.long_polls_end.mend", _setting("NoQueue", "wait_for_messages"))
    assert canary._fault("long_polls_end", moto.sqs.models.__name__).startswith("AttributeError")
    delattr(moto.sqs.models.Queue, "wait_no_longer")


@on_turn(1, 3)
def test_the_report_has_a_line_for_each_mend(
    findings: dict[str, Finding], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(canary, "findings", lambda: list(findings.values()))
    assert canary.main([]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "moto 5.2.5, mends written for 5.2.5"
    assert len(lines) == len(NAMES) + 1
    broken = [Finding("long_polls_end", "moto.sqs.models", "", False)]
    monkeypatch.setattr(canary, "findings", lambda: broken)
    assert canary.main([]) == 1
    assert "long_polls_end (moto.sqs.models): no longer needed" in capsys.readouterr().out


def _setting(kind: str, name: str) -> object:
    def mend(module: ModuleType) -> None:
        setattr(getattr(module, kind), name, object())

    return mend
