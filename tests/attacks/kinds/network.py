"""Reaching out: to this machine's services, to other hosts, to sockets that have a name."""

from __future__ import annotations

from autograder.run.layers import FILES, LANDLOCK, NETWORK, SECCOMP
from tests.attacks.attack import Attack

APART = """
import subprocess, sys
code = '''
import socket
{code}
'''
print(subprocess.run([sys.executable, "-S", "-c", code], capture_output=True, text=True).stderr)
"""
"""In a process of its own, where the simulated AWS does not stand before the sockets."""


def apart(code: str) -> str:
    return APART.format(code=code)


ATTACKS = [
    Attack(
        "loopback",
        "connects to a service on this machine's loopback address",
        (NETWORK, SECCOMP, LANDLOCK),
        apart('socket.create_connection(("127.0.0.1", @TCP@), 3).sendall(b"@ME@")'),
    ),
    Attack(
        "other-host",
        "connects to another address than loopback",
        (NETWORK, SECCOMP, LANDLOCK),
        apart('socket.create_connection(("@ADDRESS@", @TCP@), 3).sendall(b"@ME@")'),
    ),
    Attack(
        "datagram",
        "sends a datagram, as a lookup of a name would",
        (NETWORK, SECCOMP),
        apart('socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"@ME@", ("127.0.0.1", @UDP@))'),
    ),
    Attack(
        "abstract-socket",
        "connects to a socket without a file",
        (NETWORK, SECCOMP, LANDLOCK),
        apart('s = socket.socket(socket.AF_UNIX); s.connect("\\\\0@ABSTRACT@"); s.sendall(b"@ME@")'),
    ),
    Attack(
        "named-socket",
        "connects to a socket that lies in a folder, as Docker's and databases' do",
        (FILES, SECCOMP),
        apart('s = socket.socket(socket.AF_UNIX); s.connect("@FOLDER@/door"); s.sendall(b"@ME@")'),
    ),
    Attack(
        "raw-library",
        "calls the C library past Python's socket module",
        (NETWORK, SECCOMP),
        """
import ctypes, struct
libc = ctypes.CDLL(None, use_errno=True)
door = libc.socket(2, 2, 0)
where = struct.pack("=H", 2) + struct.pack("!H4s8x", @UDP@, bytes([127, 0, 0, 1]))
print(libc.sendto(door, b"@ME@", len("@ME@"), 0, where, 16), ctypes.get_errno())
""",
    ),
]
