"""What the set-up says when something is in the way: the cause, and what to do."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from autograder.setup import machine
from autograder.setup.causes import cause
from autograder.setup.show import Show, Step


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("OSError: [Errno 28] No space left on device", "the disk is full"),
        (
            "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE",
            "not the file that the course pins",
        ),
        ("ProxyError('Cannot connect to proxy.')\nCould not find: no matching distribution found", "the proxy refused"),
        ("SSLError: CERTIFICATE_VERIFY_FAILED", "a certificate was not accepted"),
        ("failed to lookup address information: Name or service not known", "could not be reached"),
        ("error: Failed to fetch\n  Caused by: dns error", "could not be reached"),
        ("ERROR: Could not install: [Errno 13] Permission denied: 'x'", "a file could not be written"),
        ("error: Microsoft Visual C++ 14.0 or greater is required", "no ready-made build"),
        ("ERROR: No matching distribution found for numpy==2.4.6", "is not to be had for this Python"),
        ("Segmentation fault", "the installer failed"),
    ],
)
def test_cause_is_read_off_what_the_installer_printed(printed: str, said: str) -> None:
    assert said in cause(printed)


@pytest.mark.parametrize(
    ("release", "command"),
    [
        ('ID=debian\nVERSION_ID="12"\n', "sudo apt install python3-venv"),
        ('ID=linuxmint\nID_LIKE="ubuntu debian"\n', "sudo apt install python3-venv"),
        ("ID=fedora\n", "sudo dnf install python3"),
        ('ID="rocky"\nID_LIKE="rhel centos fedora"\n', "sudo dnf install python3.12"),
        ('ID="opensuse-leap"\nID_LIKE="suse opensuse"\n', "sudo zypper install"),
        ("ID=arch\n", "sudo pacman -S python"),
        ("ID=unheard-of\n", "Install your system's package"),
    ],
)
def test_remedy_for_a_missing_venv_is_this_systems_command(release: str, command: str, tmp_path: Path) -> None:
    file = tmp_path / "os-release"
    file.write_text(release, encoding="utf-8")
    assert command in machine.remedy(machine.system(file))


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_terminal_sees_a_bar_that_ends_in_one_line_with_its_seconds() -> None:
    out = Terminal()
    with Show(out).step("Installing") as step:
        step.draw(0.5)
    assert out.getvalue().split("\r\x1b[2K")[1:] == [
        "  Installing ... 0 s",
        "  Installing ... [############            ] 0 s",
        "  Installing ... 0 s\n",
    ]


def test_step_that_fails_leaves_no_line() -> None:
    out = io.StringIO()
    with pytest.raises(OSError, match="gone"), Show(out).step("Installing"):
        raise OSError("gone")
    assert out.getvalue() == ""


def test_log_file_sees_a_sign_of_life_every_twenty_seconds_and_no_control_codes() -> None:
    out = io.StringIO()
    times = iter([0.0, 5.0, 5.0, 25.0, 25.0, 25.0, 30.0, 30.0])
    step = Step(Show(out), "Installing", clock=lambda: next(times))
    step.draw(0.25)
    step.draw(0.5)
    step.draw(0.75)
    assert out.getvalue().splitlines() == ["  Installing ... [############            ] 25 s"]
