"""A real PostgreSQL for a test: Debian's, in a folder of its own, on a free port, by an ordinary user."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
"""Where Debian's package puts initdb and postgres, newest first."""

ABSENT = "PostgreSQL is not installed here: apt-get install postgresql (CI has it)"


def there() -> bool:
    """Is PostgreSQL installed?"""
    return any((folder / "initdb").exists() for folder in BINARIES)


class Database:
    """One server, which may be killed and started again. Its data stay in the folder until `drop`."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="gradebook-", dir="/tmp"))  # pytest's own folders are for root alone
        self.port = free_port()
        self._server: subprocess.Popen[bytes] | None = None
        self._user = _ordinary()
        if self._user:
            shutil.chown(self.folder, self._user)
        options = ["-U", "teacher", "-A", "trust", "--no-sync", "-E", "UTF8", "--no-locale"]
        self._run([str(_binary("initdb")), "-D", str(self.folder), *options])

    @property
    def url(self) -> str:
        return f"postgresql://teacher@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """Start the server, and wait until it answers."""
        settings = {"listen_addresses": "127.0.0.1", "port": self.port, "unix_socket_directories": ""}
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        command = [*self._as_user(), str(_binary("postgres")), "-D", str(self.folder), *options]
        self._server = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/", start_new_session=True
        )
        for _ in range(300):
            if self._answers():
                return
            time.sleep(0.1)
        raise TimeoutError("PostgreSQL did not come up")

    def kill(self) -> None:
        """kill -9 of the server and every process of it."""
        if self._server is not None:
            os.killpg(self._server.pid, signal.SIGKILL)
            self._server.wait()
            (self.folder / "postmaster.pid").unlink(missing_ok=True)
            self._server = None

    def drop(self) -> None:
        """End the server and forget its data."""
        self.kill()
        shutil.rmtree(self.folder)

    def query(self, text: str) -> list[tuple[object, ...]]:
        """What a query gives, by a connection of its own."""
        import psycopg

        with psycopg.connect(self.url) as found:
            return [tuple(row) for row in found.execute(text.encode()).fetchall()]

    def _answers(self) -> bool:
        import psycopg

        try:
            psycopg.connect(self.url, connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def _run(self, command: list[str]) -> None:
        subprocess.run([*self._as_user(), *command], check=True, capture_output=True, timeout=120, cwd="/")

    def _as_user(self) -> list[str]:
        """initdb refuses root."""
        return ["setpriv", f"--reuid={self._user}", "--regid=65534", "--clear-groups"] if self._user else []


def free_port() -> int:
    """A port of loopback that nobody uses now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _binary(name: str) -> Path:
    return next(folder / name for folder in BINARIES if (folder / name).exists())


def _ordinary() -> str:
    """A user that is not root, where this is root."""
    if os.geteuid() != 0:
        return ""
    names = {user.pw_name for user in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"
