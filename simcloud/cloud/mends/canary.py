"""What has become of our mends: `python -m simcloud.cloud.mends.canary`, run on each new version of moto.

For every mend it says whether the thing that it patches is still there, and whether plain moto still needs it.
"""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from simcloud.cloud.mends import MENDS, around
from simcloud.cloud.mends.probes import PROBES

PINNED = "5.2.5"
"""The version of moto that pyproject.toml names and that the mends were written for."""
_MARK = "canary:"


@dataclass(frozen=True, slots=True)
class Finding:
    """One mend against the installed moto."""

    mend: str
    module: str
    """moto's module that it mends."""
    fault: str
    """Why it cannot be applied any more; '' where it can."""
    needed: bool
    """Does plain moto still stand in the way?"""

    def __str__(self) -> str:
        state = (self.fault and f"BROKEN, {self.fault}") or ("needed" if self.needed else "no longer needed")
        return f"{self.mend} ({self.module}): {state}"


def findings() -> list[Finding]:
    """One for each mend. Asks two other processes: one with plain moto, one to apply the mends in."""
    needed, faults = _ask("probe"), _ask("apply")
    return [
        Finding(
            name, module, str(faults.get(name, "it was not asked") or needed[name]["raised"]), needed[name]["needed"]
        )
        for module, names in MENDS.items()
        for name in names
    ]


def version() -> str:
    """Of the moto that is installed."""
    from importlib.metadata import version as of

    return of("moto")


def _ask(what: str) -> dict[str, Any]:
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith(("AWS_", "MOTO_"))}
    keys = {"AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x", "AWS_DEFAULT_REGION": "us-east-1"}
    asked = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", __spec__.name if __spec__ else __name__, what],
        env={**kept, **keys, "AWS_EC2_METADATA_DISABLED": "true", "MOTO_EC2_LOAD_DEFAULT_AMIS": "false"},
        capture_output=True,
        text=True,
        check=True,
    )
    line = next(line for line in asked.stdout.splitlines() if line.startswith(_MARK))
    found: dict[str, Any] = json.loads(line.removeprefix(_MARK))
    return found


def probe() -> dict[str, dict[str, Any]]:
    """Ask plain moto, each time afresh, in this process."""
    from moto import mock_aws

    answers: dict[str, dict[str, Any]] = {}
    for name, asked in PROBES.items():
        with mock_aws():
            try:
                answers[name] = {"needed": asked.still_needed(), "raised": ""}
            except Exception as fault:
                answers[name] = {"needed": True, "raised": f"its probe raised {type(fault).__name__}: {fault}"}
    return answers


def apply() -> dict[str, str]:
    """Apply every mend in this process, and say what it could not find."""
    return {name: _fault(name, module) for module, names in MENDS.items() for name in names}


def _fault(name: str, module: str) -> str:
    try:
        with around(module.rpartition(".")[0]):
            mended = importlib.import_module(module)
        before = dict(_attributes(mended))
        importlib.import_module(f"{__package__}.{name}").mend(mended)
    except Exception as fault:
        return f"{type(fault).__name__}: {fault}"
    after = dict(_attributes(mended))
    changed = {where for where, value in after.items() if before.get(where) is not value}
    gone = {where for where in before if where not in after}
    new = {where for where in changed if where not in before and where.rpartition(".")[2] not in PROBES[name].adds}
    if new:
        return f"{', '.join(sorted(new))} was not there before"
    return "" if changed or gone else "it changes nothing"


def _attributes(module: ModuleType) -> Iterator[tuple[str, Any]]:
    """Names of a module and of the classes that it holds, with what they stand for."""
    for name, value in vars(module).items():
        if name.startswith("__"):
            continue
        yield name, value
        if isinstance(value, type) and value.__module__.startswith("moto."):
            for member, held in vars(value).items():
                if member not in ("__dict__", "__weakref__", "__doc__", "__module__"):
                    yield f"{name}.{member}", held


def main(arguments: list[str]) -> int:
    """0 where every mend applies and is needed."""
    if arguments in (["probe"], ["apply"]):
        found = probe() if arguments == ["probe"] else apply()
        sys.stdout.write(f"{_MARK}{json.dumps(found)}\n")
        return 0
    every = findings()
    sys.stdout.write(f"moto {version()}, mends written for {PINNED}\n")
    sys.stdout.writelines(f"{finding}\n" for finding in every)
    return 0 if all(finding.needed and not finding.fault for finding in every) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
