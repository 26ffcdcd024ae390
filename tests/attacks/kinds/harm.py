"""Others harmed: files written and deleted, processes ended, the machine's memory, disk and processes used up."""

from __future__ import annotations

from autograder.run.budget import MIB
from autograder.run.layers import CGROUP, FILES, HOME, LANDLOCK, LIMITS, PRIVILEGES, PROCESSES, SECCOMP, USER
from tests.attacks.attack import Attack
from tests.attacks.names import ELSEWHERE, SURVIVED

WRITING = (FILES, LANDLOCK, USER)

ATTACKS = [
    Attack(
        "gradebook-written",
        "writes a mark into the gradebook",
        WRITING,
        """
import sqlite3
with sqlite3.connect("@FOLDER@/gradebook.db") as book:
    book.execute("update grade set manual_score = 20")
""",
    ),
    Attack(
        "submission-written",
        "writes into what another learner handed in",
        WRITING,
        """
with open("@FOLDER@/submitted/ben/03-private-pull/03-private-pull.ipynb", "a") as file:
    file.write("@ME@")
""",
    ),
    Attack(
        "files-deleted", "deletes submissions, gradebook and all", WRITING, 'import shutil\nshutil.rmtree("@FOLDER@")'
    ),
    Attack(
        "own-notebook",
        "writes its own notebook anew, where the grader could read it a second time",
        WRITING,
        """
import os
for folder in ("@FOLDER@/submitted/mallory", "."):
    os.makedirs(folder, exist_ok=True)
    with open(folder + "/03-private-pull.ipynb", "w") as file:
        file.write("{}")
""",
    ),
    Attack(
        "packages-written",
        "writes into the course's package, so that the next process imports it",
        (FILES, LANDLOCK, USER),
        """
import os
import autograder
place = os.path.dirname(autograder.__file__) + "/__pycache__/attack-@ME@"
os.close(os.open(place, os.O_CREAT | os.O_WRONLY))
os.unlink(place)
did("write into " + place)
""",
    ),
    Attack(
        "process-killed",
        "kills another process of this machine",
        (PROCESSES, USER, LANDLOCK),
        "import os, signal\nos.kill(@PROCESS@, signal.SIGKILL)",
    ),
    Attack(
        "parent-killed",
        "kills the process that started it",
        (PROCESSES, USER, LANDLOCK),
        """
import os, signal
parent = os.getppid()
print(parent)
if parent > 1 and "zygote" in open(f"/proc/{parent}/cmdline").read():  # no other, where the control lets it be seen
    os.kill(parent, signal.SIGKILL)
    did("kill its parent")
""",
        along=(FILES,),
    ),
    Attack(
        "left-behind",
        "leaves a process behind, in a session of its own",
        (PROCESSES, CGROUP),
        """
import subprocess
subprocess.Popen(["sleep", "@LEFT@"], start_new_session=True)
""",
    ),
    Attack(
        "threads-left",
        "leaves threads behind that never end, and one that goes on writing",
        (ELSEWHERE,),
        """
import threading
from autograder import lab
def cheat():
    while True:
        lab.check = lambda *_, **__: None
for _ in range(3):
    threading.Thread(target=cheat, daemon=False).start()
""",
    ),
    Attack(
        "fork-bomb",
        "starts more processes than it may, as many as it can",
        (LIMITS, CGROUP),
        """
import os, select
children = []
try:
    while len(children) < 90:
        child = os.fork()
        if child == 0:
            select.select([], [], [], 20)
            os._exit(0)
        children.append(child)
    did("run ninety processes")
finally:
    for child in children:
        os.kill(child, 9)
""",
    ),
    Attack(
        "memory-claimed",
        "claims three gigabytes in one piece",
        (LIMITS,),
        "import mmap\nhoard = mmap.mmap(-1, 3 * 1024 ** 3)\ndid('claim three gigabytes')",
    ),
    Attack(
        "memory-bomb",
        "fills memory from many processes, each within its own limit",
        (CGROUP,),
        """
import os, select
size, count = 300, 5
ends = []
for _ in range(count):
    coming, going = os.pipe()
    if os.fork() == 0:
        hoard = b"x" * (size * 1024 ** 2)
        os.write(going, b"!")
        select.select([], [], [], 4)
        os._exit(0)
    os.close(going)
    ends.append(coming)
held = sum(len(os.read(end, 1)) for end in ends)
if held == count:
    did("hold all of it")
""",
        budget={"total_memory": 1024 * MIB},
    ),
    Attack(
        "disk-filled",
        "fills the disk with many files",
        (HOME,),
        """
for number in range(8):
    with open(f"big-{number}", "wb") as file:
        file.write(b"x" * 20_000_000)
did("write 160 MB")
""",
    ),
    Attack(
        "file-too-large",
        "writes one large file",
        (LIMITS,),
        "with open('big', 'wb') as file:\n    file.write(b'x' * 50_000_000)\ndid('write 50 MB')",
    ),
    Attack(
        "inodes",
        "uses up the disk's inodes with empty files",
        (HOME,),
        "for number in range(15_000):\n    open(f'f{number}', 'w').close()\ndid('make 15,000 files')",
    ),
    Attack(
        "open-files",
        "opens more files than it may",
        (LIMITS,),
        "held = [open('/dev/null') for _ in range(500)]\ndid('open 500 files')",
    ),
    Attack(
        "personality",
        "lets programs lie at fixed addresses in memory, as ways to break the kernel begin",
        (SECCOMP,),
        """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
print(libc.personality(0x0040000), ctypes.get_errno())
if max(0, libc.personality(0xFFFFFFFF)) & 0x0040000:
    did("lie at fixed addresses")
""",
    ),
    Attack(
        "namespace",
        "makes a namespace in which it is root",
        (SECCOMP,),
        """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
if libc.unshare(0x10000000) == 0:
    did("become root of a namespace")
print(ctypes.get_errno())
""",
    ),
    Attack(
        "mount",
        "mounts a file system over what others see",
        (SECCOMP, PRIVILEGES, USER, LANDLOCK),
        """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
if libc.mount(b"none", b"/dev/shm", b"tmpfs", 0, None) == 0:
    did("mount")
print(ctypes.get_errno())
""",
    ),
    Attack(
        "keyring",
        "leaves a key in the kernel's keyring, which others of the same user could read",
        (SECCOMP,),
        """
import ctypes, platform
libc = ctypes.CDLL(None, use_errno=True)
key = libc.syscall(217 if platform.machine() == "aarch64" else 248, b"user", b"@ME@", b"x", 1, -3)
print(key, ctypes.get_errno())
if key > 0:
    did("keep a key")
""",
    ),
    Attack(
        "exit",
        "ends the process that runs the notebook, by os._exit",
        (SURVIVED,),
        "import os\nos._exit(0)",
    ),
    Attack(
        "killed-by-itself",
        "kills the process that runs the notebook by a signal, in the middle of a message",
        (SURVIVED,),
        """
import os, signal
os.write(4, b'{"event": "entry", "entry": {"kind": "ca')
signal.raise_signal(signal.SIGSEGV)
os.abort()
""",
    ),
]
