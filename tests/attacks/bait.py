"""What attackers want: secrets, files, a process, open doors. Whatever is done to it is seen."""

from __future__ import annotations

import contextlib
import ctypes
import os
import secrets
import selectors
import shutil
import signal
import socket
import sqlite3
import subprocess
import tempfile
import threading
import zlib
from pathlib import Path

from autograder.run import linux
from tests.attacks.attack import LAB

ROOMS = ("/var/tmp", "/home", "/srv")
"""Where the bait is laid: not below /tmp, which a box covers for another reason."""

_IPC_CREATE, _IPC_REMOVE = 0o1000, 0


class Bait:
    """A course's folder with secrets, a process with a secret, and listening sockets, until it is closed."""

    def __init__(self, secret: str = "") -> None:
        self.secret = secret or secrets.token_hex(12)
        room = next(place for place in ROOMS if os.path.isdir(place) and os.access(place, os.W_OK))
        self.folder = Path(tempfile.mkdtemp(prefix="bait-", dir=room))
        self.reached: list[str] = []
        """What came in at the doors, as text."""
        self._lay_files()
        self._before = self._content()
        environment = {"SECRET": self.secret, "PATH": "/usr/bin:/bin"}
        # without capabilities, as an ordinary program: another process of its user may then look into it
        self.process = subprocess.Popen(["sleep", "3000"], env=environment, preexec_fn=linux.bound_no_capabilities)
        self.named = subprocess.Popen([f"sleep-{self.secret}", "3000"], executable=shutil.which("sleep"))
        self._memory = _SharedMemory(self.secret)
        self._open_doors()

    def fill(self, text: str, attack: str) -> str:
        """The text with its @WORDS@ filled in. None of them is a secret."""
        words = {
            "ME": attack,
            "FOLDER": str(self.folder),
            "PROCESS": str(self.process.pid),
            "GRADER": str(os.getpid()),
            "TCP": str(self.tcp),
            "UDP": str(self.udp),
            "ABSTRACT": self.abstract,
            "ADDRESS": self.address,
            "SHARED": str(self._memory.key),
            "SHM": self.shm.name,
            "LEFT": f"3{zlib.crc32(f'{attack}{self.folder}'.encode())}",
        }
        for name, value in words.items():
            text = text.replace(f"@{name}@", value)
        return text

    def told(self, text: str) -> bool:
        """Does the text give the secret away?"""
        return self.secret in text

    def harmed(self) -> list[str]:
        """What has been done to it; [] for nothing."""
        now = self._content()
        harm = [f"{name} is gone" for name in self._before if name not in now]
        harm += [f"{name} was written" for name in now if now[name] != self._before.get(name)]
        harm += ["the process was ended"] if self.process.poll() is not None else []
        return harm

    def came(self, attack: str) -> bool:
        """Did anything come in from this attack?"""
        return any(attack in text for text in self.reached)

    def close(self) -> None:
        """Take all of it away."""
        self._closing = True
        with contextlib.suppress(OSError):
            os.write(self._wake, b"x")
        self._listener.join(5)
        for process in (self.process, self.named):
            process.kill()
            process.wait()
        self._memory.close()
        self.shm.unlink(missing_ok=True)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _lay_files(self) -> None:
        self.folder.chmod(0o755)
        other = self.folder / "submitted" / "ben" / LAB
        other.mkdir(parents=True)
        (other / f"{LAB}.ipynb").write_text(f'{{"cells": [], "metadata": {{"secret": "{self.secret}"}}}}')
        (self.folder / "hidden.py").write_text(f'SECRET = "{self.secret}"\n')
        (self.folder / ".aws").mkdir()
        (self.folder / ".aws" / "credentials").write_text(f"[default]\naws_secret_access_key = {self.secret}\n")
        with contextlib.closing(sqlite3.connect(self.folder / "gradebook.db")) as book, book:
            book.execute("create table grade (student text, manual_score real, comment text)")
            book.execute("insert into grade values ('ben', 7, ?)", (self.secret,))
        for path in [self.folder, *self.folder.rglob("*")]:
            path.chmod(0o755 if path.is_dir() else 0o644)
        self.shm = Path("/dev/shm", f"bait-{os.getpid()}-{secrets.token_hex(4)}")
        self.shm.write_text(self.secret)
        self.shm.chmod(0o666)

    def _content(self) -> dict[str, bytes]:
        return {
            str(path.relative_to(self.folder)): path.read_bytes()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file() and not path.name.startswith("door")
        }

    def _open_doors(self) -> None:
        self.address = _own_address()
        self.abstract = f"bait-{secrets.token_hex(6)}"
        tcp, udp, door, abstract = (
            socket.socket(family, kind)
            for family, kind in (
                (socket.AF_INET, socket.SOCK_STREAM),
                (socket.AF_INET, socket.SOCK_DGRAM),
                (socket.AF_UNIX, socket.SOCK_STREAM),
                (socket.AF_UNIX, socket.SOCK_STREAM),
            )
        )
        tcp.bind(("0.0.0.0", 0))
        udp.bind(("0.0.0.0", 0))
        door.bind(str(self.folder / "door"))
        (self.folder / "door").chmod(0o777)
        abstract.bind(f"\0{self.abstract}")
        self.tcp, self.udp = tcp.getsockname()[1], udp.getsockname()[1]
        for one in (tcp, door, abstract):
            one.listen(50)
        self._closing = False
        woken, self._wake = os.pipe()
        doors = (tcp, udp, door, abstract)
        self._listener = threading.Thread(target=self._listen, args=(doors, woken), daemon=True)
        self._listener.start()

    def _listen(self, doors: tuple[socket.socket, ...], woken: int) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(woken, selectors.EVENT_READ)
            for door in doors:
                selector.register(door, selectors.EVENT_READ, door)
            while not self._closing:
                for key, _ in selector.select():
                    if key.data is not None:
                        self.reached.append(_heard(key.data))
        for door in doors:
            door.close()
        os.close(woken)
        os.close(self._wake)


def _heard(door: socket.socket) -> str:
    if door.type == socket.SOCK_DGRAM:
        return door.recv(1000).decode(errors="replace")
    guest, _ = door.accept()
    with guest:
        guest.settimeout(2)
        try:
            return guest.recv(1000).decode(errors="replace")
        except OSError:
            return "silent guest"


def _own_address() -> str:
    """An address of this machine that is not loopback, to stand for another host; loopback where there is none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect(("192.0.2.1", 9))  # sends nothing: it only chooses the address that it would send from
        except OSError:
            return "127.0.0.2"
        return str(asking.getsockname()[0])


class _SharedMemory:
    """A segment of System V shared memory, open to all, that holds the secret."""

    def __init__(self, secret: str) -> None:
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._libc.shmat.restype = ctypes.c_void_p
        self.key = secrets.randbelow(2**30) + 1
        self._id = self._libc.shmget(self.key, 4096, _IPC_CREATE | 0o666)
        place = self._libc.shmat(self._id, None, 0)
        ctypes.memmove(place, secret.encode(), len(secret))
        self._libc.shmdt(ctypes.c_void_p(place))

    def close(self) -> None:
        self._libc.shmctl(self._id, _IPC_REMOVE, None)


def end_what_is_left(attack: str, bait: Bait) -> list[int]:
    """The processes that this attack has left on this machine (they sleep for a number of seconds that is its own).

    They are ended.
    """
    left = []
    for folder in Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            if folder.name.isdigit() and bait.fill("@LEFT@", attack).encode() in (folder / "cmdline").read_bytes():
                left.append(int(folder.name))
    for pid in left:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    return left
