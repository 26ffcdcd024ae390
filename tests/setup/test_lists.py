"""pyproject.toml is the one list of dependencies; the lock, conda's list and NOTICE agree with it."""

from __future__ import annotations

import re
import subprocess
import tomllib
from importlib.metadata import PackageNotFoundError, version

import pytest
import yaml
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from autograder.setup import licences, lists
from autograder.setup.environment import pinned
from autograder.setup.places import Places

PLACES = Places()
LOCK = PLACES.requirements.read_text(encoding="utf-8")
REGISTRIES = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("anaconda", "org"),
        ("anaconda", "com"),
        ("crates", "io"),
        ("rubygems", "org"),
        ("deb.debian", "org"),
        ("archive.ubuntu", "com"),
    )
]
"""Put together here, so that this file does not hold what it looks for."""


def locked() -> list[Requirement]:
    return [Requirement(pin) for pin in re.findall(r"^([A-Za-z0-9_.-]+==[^\\\n]+)", LOCK, re.MULTILINE)]


def asked_for() -> list[Requirement]:
    project = tomllib.loads(PLACES.pyproject.read_text(encoding="utf-8"))["project"]
    return [Requirement(line) for line in project["dependencies"]]


def test_every_dependency_of_the_project_is_locked_at_a_version_that_it_allows() -> None:
    pins = {canonicalize_name(pin.name): pin for pin in locked()}
    missing = [str(asked) for asked in asked_for() if canonicalize_name(asked.name) not in pins]
    assert missing == [], "run `python3 start.py lock`"
    for asked in asked_for():
        (exact,) = pins[canonicalize_name(asked.name)].specifier
        assert asked.specifier.contains(exact.version), f"{asked} is locked at {exact}: run `python3 start.py lock`"


def test_every_pin_of_the_lock_has_hashes() -> None:
    blocks = re.split(r"^(?=\S)", LOCK, flags=re.MULTILINE)[1:]
    assert len(blocks) == len(pinned(PLACES.requirements)) > 100
    assert [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_lock_serves_every_system_and_every_python_from_3_11_on() -> None:
    names = {pin.name for pin in locked()}
    assert {"pywinpty", "appnope", "colorama", "ptyprocess"} <= names
    for python in ("3.11.2", "3.12.1", "3.13.0"):
        here = {**default_environment(), "python_full_version": python, "python_version": python.rsplit(".", 1)[0]}
        picked = [canonicalize_name(pin.name) for pin in locked() if pin.marker is None or pin.marker.evaluate(here)]
        assert len(picked) == len(set(picked)), "two versions of one package for one Python"
        assert "soupsieve" in picked


def test_what_is_installed_is_what_is_locked() -> None:
    different = []
    for pin in locked():
        if pin.marker is not None and not pin.marker.evaluate():
            continue
        try:
            found = version(pin.name)
        except PackageNotFoundError:
            found = "nothing"
        if not pin.specifier.contains(found):
            different.append(f"{pin}: {found} is installed")
    assert different == []


def test_conda_gets_the_locks_versions_and_the_project() -> None:
    stored = (PLACES.root / "environment.yml").read_text(encoding="utf-8")
    assert stored == lists.conda(LOCK), "run `python3 start.py lock`"
    python, pip, packages = yaml.safe_load(stored)["dependencies"]
    assert (python, pip) == ("python=3.11", "pip")
    assert packages["pip"].pop() == "--editable ."
    assert [Requirement(line) for line in packages["pip"]] == locked()


def test_notice_names_the_licence_of_every_locked_package() -> None:
    stored = (PLACES.root / "NOTICE").read_text(encoding="utf-8")
    assert stored.startswith(licences.HEAD)
    told = dict(line.split(": ", 1) for line in stored.removeprefix(licences.HEAD).splitlines())
    assert set(told) == {pin.name for pin in locked()}, "run `python3 start.py lock`"
    assert [name for name, licence in told.items() if not licence or licence.startswith("not ")] == []


def test_notice_says_what_the_installed_packages_say() -> None:
    stored = (PLACES.root / "NOTICE").read_text(encoding="utf-8")
    for pin in locked():
        if pin.marker is None:
            assert f"\n{pin.name}: {licences.licence(pin.name)}\n" in stored


def test_notice_says_that_the_project_is_not_of_aws() -> None:
    assert "not affiliated with" in licences.HEAD
    assert "trademarks of Amazon.com" in licences.HEAD


@pytest.mark.skipif(not (PLACES.root / ".git").exists(), reason="not a git checkout")
def test_no_tracked_file_names_a_host_of_a_package_registry() -> None:
    words = [part for host in REGISTRIES for part in ("-e", host)]
    found = subprocess.run(
        ["git", "grep", "-I", "-l", "-i", "-F", *words], cwd=PLACES.root, capture_output=True, text=True, check=False
    )
    assert found.returncode in (0, 1), found.stderr
    assert found.stdout == ""
