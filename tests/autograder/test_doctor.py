"""The doctor: silent where all is well, exact about what is not."""

from __future__ import annotations

import contextlib
import json
import socket
from pathlib import Path

import pytest

from autograder import doctor
from autograder.author.places import Course, course
from autograder.cli import main


@pytest.fixture(autouse=True)
def state_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FARGATE_COURSE_STATE", str(tmp_path / "state.json"))
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "state.json"


def test_this_machine_is_well_and_the_json_says_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["doctor"])
    text = capsys.readouterr().out
    assert status == 0, text
    assert main(["doctor", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    lines = [line for line in text.splitlines() if "->" not in line]
    assert [one["check"] for one in found] == [line[6:].split(":")[0].strip() for line in lines]
    assert "fault" not in [one["level"] for one in found]


def test_a_notebook_is_told_that_all_is_well_or_what_to_mend(
    state_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    doctor.show()
    told = capsys.readouterr().out
    assert told.endswith("All is well: 11 things were checked.\n")
    assert "sandbox" not in told
    state_file.write_text('{"version": 99}')
    doctor.show()
    told = capsys.readouterr().out
    assert "FAULT  progress file:" in told
    assert "All is well" not in told


def test_a_python_that_has_another_course_is_told_from_one_that_has_this(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = course()
    (found,) = doctor.installed(here)
    assert found.level == "ok"
    monkeypatch.setattr("autograder.__file__", str(tmp_path / "autograder" / "__init__.py"))
    (found,) = doctor.installed(here)
    says = f"this Python has another course, from {here.root}, and runs that of {tmp_path}"
    assert (found.level, found.says) == ("fault", says)


def test_a_package_that_differs_from_the_lock_is_named_with_its_remedy(tmp_path: Path) -> None:
    lock = [
        "moto==0.0.1 \\",
        "    --hash=sha256:00",
        "no-such-package==1.0 ; sys_platform != 'nowhere' \\",
        "    --hash=sha256:00",
        "elsewhere==1.0 ; sys_platform == 'nowhere'",
    ]
    (tmp_path / "requirements.lock").write_text("\n".join(lock))
    (found,) = doctor.packages(Course(tmp_path))
    assert found.level == "fault"
    assert "moto 0.0.1 is 5." in found.says
    assert "no-such-package 1.0 is missing" in found.says
    assert "elsewhere" not in found.says
    assert "start.py" in found.remedy


def test_a_busy_port_is_only_a_note() -> None:
    with socket.socket() as busy:
        with contextlib.suppress(OSError):  # where somebody else keeps it busy, that serves as well
            busy.bind(("127.0.0.1", doctor.PORT))
        busy.listen()
        (found,) = doctor.port(course())
    assert found.level == "note"
    assert f"{doctor.PORT} is in use" in found.says


def test_a_progress_file_of_a_newer_course_is_a_fault(state_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    state_file.write_text('{"version": 99}')
    assert main(["doctor"]) == 1
    assert "FAULT  progress file:" in capsys.readouterr().out


def test_a_proxy_is_a_note_unless_this_machine_is_exempt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    (found,) = doctor.proxies(course())
    assert (found.level, "NO_PROXY=localhost" in found.remedy) == ("note", True)
    monkeypatch.setenv("NO_PROXY", "localhost")
    (found,) = doctor.proxies(course())
    assert found.level == "ok"


def test_another_jupyter_in_path_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "jupyter"
    other.write_text("#!/bin/sh\n")
    other.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    (found,) = doctor.other_jupyter(course())
    assert found.level == "note"
    assert str(other) in found.says


def test_a_kernel_of_another_python_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "kernels" / "python3"
    folder.mkdir(parents=True)
    spec = {"argv": ["/opt/other/python", "-m", "ipykernel"], "display_name": "Other", "language": "python"}
    (folder / "kernel.json").write_text(json.dumps(spec))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    (found,) = doctor.kernel(course())
    assert found.level == "fault"
    assert "/opt/other/python" in found.says
    assert str(folder) in found.remedy


def test_a_check_that_breaks_is_reported_and_the_others_still_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(here: Course) -> None:
        raise OSError("no such device")

    monkeypatch.setattr(doctor, "CHECKS", (broken, doctor.python))
    first, second = doctor.examine(course())
    assert first == doctor.Finding(
        "broken", "fault", "could not be checked: OSError: no such device", "report this as a fault of the course"
    )
    assert second.level == "ok"
