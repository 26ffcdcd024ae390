"""The environment is made once, and mended or made anew where that is due. The installer is a stand-in: no network."""

from __future__ import annotations

import io
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from threading import Timer

import pytest

from autograder.setup import child, environment, stamp
from autograder.setup.installers import Command, Installer
from autograder.setup.places import ROOT, Places
from autograder.setup.show import Show
from autograder.trouble import Trouble

INSTALL = """
import pathlib, sys, time
folder = next(pathlib.Path({venv!r}).glob("[Ll]ib/**/site-packages"))
print("Collecting one", flush=True)
go = pathlib.Path({go!r})
while {waits} and not go.exists():
    time.sleep(0.05)
(folder / "one-1.0.dist-info").mkdir(exist_ok=True)
with open({diary!r}, "a") as diary:
    diary.write("filled\\n")
"""
NOTE = "open({diary!r}, 'a').write(' '.join({words!r}) + chr(10))"
SET_UP = """
import sys
from pathlib import Path
sys.path[:0] = [{root!r}, {tests!r}]
from test_environment import stand_in
from autograder.setup import environment
from autograder.setup.places import Places
from autograder.setup.show import Show
environment.ensure(Places(Path({course!r})), Show(), [stand_in(waits={waits})])
"""


def stand_in(*, waits: bool = False) -> Installer:
    """An installer that makes a real environment and puts one empty package into it; one that `waits` ends when the
    file `go` lies in the course."""

    def fill(places: Places) -> list[Command]:
        code = INSTALL.format(
            venv=str(places.venv), waits=waits, go=str(places.root / "go"), diary=str(places.root / "diary")
        )
        return [[places.python, "-c", code]]

    return Installer(
        "a stand-in",
        make=lambda places: [[sys.executable, "-m", "venv", "--without-pip", places.venv]],
        fill=fill,
        project=lambda places: [],
        add=lambda places, words: [[places.python, "-c", NOTE.format(diary=str(places.root / "diary"), words=words)]],
    )


def failing(words: str) -> Installer:
    """An installer that prints these words and fails."""
    code = f"import sys; print({words!r}); sys.exit(1)"
    return Installer(
        "a broken stand-in",
        make=stand_in().make,
        fill=lambda places: [[sys.executable, "-c", code]],
        project=lambda places: [],
        add=lambda places, words: [[sys.executable, "-c", code]],
    )


@pytest.fixture
def places(tmp_path: Path) -> Places:
    root = tmp_path / "Kurs mit Leerzeichen und Ümläuten"
    root.mkdir()
    (root / "requirements.lock").write_text("one==1.0\n", encoding="utf-8")
    (root / "pyproject.toml").write_text("", encoding="utf-8")
    return Places(root)


class Until(io.StringIO):
    """What is shown; at the first sight of some words something is done."""

    def __init__(self, words: str, act: Callable[[], object]) -> None:
        super().__init__()
        self.words, self.act = words, act

    def write(self, text: str) -> int:
        before = self.words in self.getvalue()
        written = super().write(text)
        if not before and self.words in self.getvalue():
            self.act()
        return written


def set_up(places: Places, *installers: Installer, out: io.StringIO | None = None) -> str:
    """Set up, and give what was shown."""
    out = out or io.StringIO()
    environment.ensure(places, Show(out), installers or (stand_in(),))
    return out.getvalue()


def diary(places: Places) -> list[str]:
    return (places.root / "diary").read_text(encoding="utf-8").splitlines()


def in_another_process(places: Places) -> subprocess.Popen[str]:
    code = SET_UP.format(root=str(ROOT), tests=str(Path(__file__).parent), course=str(places.root), waits=True)
    return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def until_it_installs(places: Places) -> None:
    for _ in range(200):
        if places.log.exists() and "Collecting" in places.log.read_text(encoding="utf-8", errors="replace"):
            return
        time.sleep(0.05)
    raise AssertionError(f"the set-up never came to install: {places.log.read_text(encoding='utf-8')}")


def test_first_set_up_makes_a_whole_environment_and_says_each_step(places: Places) -> None:
    shown = set_up(places)
    assert places.python.exists()
    assert diary(places) == ["filled"]
    assert [line.split("...")[0].strip() for line in shown.splitlines()[1:]] == [
        f"Making .venv with Python {sys.version_info.major}.{sys.version_info.minor}",
        "Installing 1 packages with a stand-in",
        "Installing the course",
        "Compiling what was installed",
    ]


def test_set_up_writes_the_bytecode_of_the_course_even_where_one_file_has_none(places: Places) -> None:
    room = places.root / "simcloud" / "rules"
    room.mkdir(parents=True)
    (room / "good.py").write_text("ANSWER = 42\n", encoding="utf-8")
    (room / "broken.py").write_text("def\n", encoding="utf-8")
    set_up(places)
    assert [file.name.split(".")[0] for file in room.rglob("*.pyc")] == ["good"]
    assert set_up(places) == ""


def test_second_set_up_does_and_says_nothing(places: Places) -> None:
    set_up(places)
    assert set_up(places) == ""
    assert diary(places) == ["filled"]


def test_changed_lock_is_installed_into_the_same_environment(places: Places) -> None:
    set_up(places)
    (places.venv / "mine").touch()
    places.requirements.write_text("one==1.0\ntwo==2.0\n", encoding="utf-8")
    set_up(places)
    assert diary(places) == ["filled", "filled"]
    assert (places.venv / "mine").exists()


def test_windows_line_ends_in_the_lock_are_no_change(places: Places) -> None:
    set_up(places)
    places.requirements.write_bytes(b"one==1.0\r\n")
    assert set_up(places) == ""


def test_environment_that_somebody_made_by_hand_is_completed_not_thrown_away(places: Places) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", places.venv], check=True)
    (places.venv / "mine").touch()
    set_up(places)
    assert (places.venv / "mine").exists()


def test_package_that_went_missing_is_installed_again(places: Places) -> None:
    set_up(places)
    packages = places.packages()
    assert packages is not None
    (packages / "one-1.0.dist-info").rmdir()
    set_up(places)
    assert diary(places) == ["filled", "filled"]


def test_environment_whose_python_is_gone_is_made_anew(places: Places) -> None:
    set_up(places)
    places.python.unlink()
    assert "its Python is gone" in set_up(places)
    assert places.python.exists()


def test_environment_whose_python_does_not_run_is_made_anew(places: Places) -> None:
    set_up(places)
    places.python.unlink()
    places.python.write_text("no program", encoding="utf-8")
    places.python.chmod(0o755)
    assert "its Python does not run" in set_up(places)


def test_environment_of_an_old_python_is_made_anew(places: Places) -> None:
    set_up(places)
    (places.venv / "pyvenv.cfg").write_text("version = 3.9.2\n", encoding="utf-8")
    assert "its Python does not run" in set_up(places)


def test_moved_course_gets_a_new_environment(places: Places) -> None:
    set_up(places)
    moved = Places(places.root.rename(places.root.with_name("moved")))
    assert "the folder was moved" in set_up(moved)
    assert stamp.fits(moved, stamp.read(moved))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_set_up_that_was_killed_half_way_is_started_over(places: Places) -> None:
    killed = in_another_process(places)
    until_it_installs(places)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    release = (places.root / "go").touch
    last_resort = Timer(60, release)  # the test ends even where the set-up waits without a word
    last_resort.start()
    # The orphaned installer holds the lock: nothing is removed before it ends, which it may once we are seen to wait.
    shown = set_up(places, out=Until("Another start.py is setting up here", release))
    last_resort.cancel()
    assert killed.stdout is not None
    killed.stdout.close()
    assert "Another start.py is setting up here" in shown
    assert "an earlier set-up was cut off" in shown
    assert diary(places) == ["filled", "filled"]
    assert not places.unfinished.exists()


def test_two_at_once_do_the_work_once(places: Places) -> None:
    first = in_another_process(places)
    until_it_installs(places)
    second = in_another_process(places)
    assert second.stdout is not None
    assert "Another start.py is setting up here" in second.stdout.readline()
    (places.root / "go").touch()
    first.communicate()
    second.communicate()
    assert (first.returncode, second.returncode) == (0, 0)
    assert diary(places) == ["filled"]


def test_folder_that_start_py_did_not_make_is_left_alone(places: Places) -> None:
    (places.venv / "photos").mkdir(parents=True)
    with pytest.raises(Trouble, match="did not make it: move it away"):
        set_up(places)
    assert (places.venv / "photos").exists()


def test_offline_is_said_with_a_remedy_and_the_log(places: Places) -> None:
    with pytest.raises(Trouble, match="connect this machine to the internet") as caught:
        set_up(places, failing("NewConnectionError: Temporary failure in name resolution"))
    assert str(places.log) in str(caught.value)


def test_offline_update_leaves_the_environment_as_good_as_it_was(places: Places) -> None:
    set_up(places)
    (places.venv / "mine").touch()
    old = places.requirements.read_bytes()
    places.requirements.write_text("one==1.0\ntwo==2.0\n", encoding="utf-8")
    with pytest.raises(Trouble):
        set_up(places, failing("Network is unreachable"))
    places.requirements.write_bytes(old)
    assert set_up(places) == ""
    assert (places.venv / "mine").exists()


def test_where_the_first_installer_fails_the_second_goes_on_without_a_word_of_fright(places: Places) -> None:
    shown = set_up(places, failing("invalid peer certificate"), stand_in())
    assert diary(places) == ["filled"]
    assert "certificate" not in shown
    assert "broken" not in shown


def test_full_disk_is_said_before_anything_is_made(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(places.root)._replace(free=10_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
    with pytest.raises(Trouble, match=r"has 0\.0 GB free and the course needs 1\.4: make room"):
        set_up(places)
    assert not places.venv.exists()


def test_missing_venv_module_is_said_before_anything_is_made(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("autograder.setup.machine.find_spec", lambda name: None if name == "ensurepip" else name)
    with pytest.raises(Trouble, match="no ensurepip module, which makes environments"):
        set_up(places)
    assert not places.venv.exists()


def test_extras_come_without_what_would_change_the_lock(places: Places) -> None:
    environment.ensure(places, Show(io.StringIO()), [stand_in()])
    environment.add(places, Show(io.StringIO()), "ngshare", stand_in())
    hub, ngshare = (places.root / "diary").read_text(encoding="utf-8").splitlines()[1:]
    assert hub.endswith("--editable .[hub]")
    assert ngshare.startswith("--no-deps ngshare_exchange==")


def test_an_extra_that_cannot_be_had_is_told_with_its_cause(places: Places) -> None:
    environment.ensure(places, Show(io.StringIO()), [stand_in()])
    with pytest.raises(Trouble, match="log"):
        environment.add(places, Show(io.StringIO()), "hub", failing("Could not find a version"))
    environment.ensure(places, Show(io.StringIO()), [])  # which still has what the lock names


def test_programs_of_the_environment_keep_their_bytecode() -> None:
    """Installing compiles nothing. Where this variable is set, as in many containers, each kernel would do it anew."""
    assert child.surroundings({"PYTHONDONTWRITEBYTECODE": "1", "LANG": "C"}).keys() == {
        "LANG",
        "PYTHONNOUSERSITE",
        "PYTHONUTF8",
    }
