"""Secrets read: hidden checks, gradebook, other submissions, solutions, credentials, environment, other processes."""

from __future__ import annotations

from autograder.run.layers import ENVIRONMENT, FILES, HOME, IPC, LANDLOCK, PROCESSES, SECCOMP, USER
from tests.attacks.attack import Attack

DISK = (FILES, LANDLOCK)
OTHERS = (PROCESSES, USER, LANDLOCK)

ATTACKS = [
    Attack(
        "hidden-on-disk",
        "reads the hidden checks beside the package that it may read",
        DISK,
        """
import autograder, pathlib
for file in (pathlib.Path(autograder.__file__).parent / "hidden").glob("*.py"):
    print(file.read_text())
""",
    ),
    Attack(
        "hidden-imported",
        "imports the hidden checks, and looks for them among the loaded modules and all objects",
        (FILES,),
        """
import gc, importlib, types
gc.unfreeze()
try:
    importlib.import_module("autograder.hidden.lab_03_private_pull")
except ImportError as why:
    print(why)
for thing in gc.get_objects():
    if isinstance(thing, types.FunctionType) and "hidden" in (thing.__module__ or ""):
        print(thing.__qualname__, thing.__doc__, thing.__code__.co_consts)
""",
    ),
    Attack(
        "solutions",
        "looks for notebooks with solutions, its own and the course's, in every folder above the packages",
        DISK,
        """
import autograder, os, pathlib
root = pathlib.Path(autograder.__file__).parents[1]
for folder in (root / "solutions", root / "labs", pathlib.Path.cwd()):
    for file in folder.rglob("*.ipynb"):
        print(file, file.read_text())
""",
    ),
    Attack(
        "hidden-file",
        "reads a file with hidden checks by its full path",
        DISK,
        'print(open("@FOLDER@/hidden.py").read())',
    ),
    Attack(
        "gradebook-read",
        "reads the gradebook",
        DISK,
        """
import sqlite3
book = sqlite3.connect("file:@FOLDER@/gradebook.db?mode=ro&immutable=1", uri=True)
print(book.execute("select * from grade").fetchall())
""",
    ),
    Attack(
        "submission-read",
        "reads what another learner handed in",
        DISK,
        """
import pathlib
for file in pathlib.Path("@FOLDER@/submitted").rglob("*.ipynb"):
    print(file.read_text())
print(open("@FOLDER@/submitted/ben/03-private-pull/03-private-pull.ipynb").read())
""",
    ),
    Attack(
        "credentials",
        "reads the grader's credentials for the real AWS",
        DISK,
        'print(open("@FOLDER@/.aws/credentials").read())',
    ),
    Attack(
        "symlink-out",
        "leads a link from its own folder to the gradebook and reads through it",
        DISK,
        """
import os
os.symlink("@FOLDER@", "way")
print(open("way/hidden.py").read(), os.listdir("way/submitted"))
""",
    ),
    Attack(
        "proc-root",
        "goes round by the root and working directories of processes in /proc",
        DISK,
        """
import os
for pid in ["self", *filter(str.isdigit, os.listdir("/proc"))]:
    for way in ("root", "cwd"):
        try:
            print(open(f"/proc/{pid}/{way}/@FOLDER@/hidden.py").read())
        except OSError as why:
            print(why)
""",
    ),
    Attack(
        "environment",
        "reads the environment that the grader was started with",
        (ENVIRONMENT,),
        """
import os
print(dict(os.environ))
print(open("/proc/self/environ").read())
""",
    ),
    Attack(
        "process-list",
        "reads the command lines of all processes",
        (PROCESSES,),
        """
import os
for pid in filter(str.isdigit, os.listdir("/proc")):
    try:
        print(pid, open(f"/proc/{pid}/cmdline").read())
    except OSError:
        pass
""",
    ),
    Attack(
        "process-environment",
        "reads the environment of another process in /proc",
        OTHERS,
        'print(open("/proc/@PROCESS@/environ").read())',
    ),
    Attack(
        "process-memory",
        "reads the memory of another process in /proc",
        OTHERS,
        """
with open("/proc/@PROCESS@/maps") as maps:
    for line in maps:
        if "[stack]" in line:
            first, last = (int(one, 16) for one in line.split()[0].split("-"))
with open("/proc/@PROCESS@/mem", "rb", buffering=0) as memory:
    memory.seek(first)
    print(memory.read(last - first).replace(b"\\0", b" ").split())
""",
    ),
    Attack(
        "ptrace",
        "attaches to another process as a debugger",
        (*OTHERS, SECCOMP),
        """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
if libc.ptrace(16, @PROCESS@, 0, 0) == 0:
    did("attach")
    libc.ptrace(17, @PROCESS@, 0, 0)
else:
    print(ctypes.get_errno())
""",
    ),
    Attack(
        "shared-memory",
        "reads a segment of shared memory that another program left open to all",
        (IPC,),
        """
import ctypes
libc = ctypes.CDLL(None)
libc.shmat.restype = ctypes.c_void_p
place = libc.shmat(libc.shmget(@SHARED@, 4096, 0), None, 0o10000)
print(ctypes.string_at(place, 64))
""",
    ),
    Attack(
        "dev-shm",
        "reads what another program keeps in /dev/shm",
        (FILES, HOME),
        'print(open("/dev/shm/@SHM@").read())',
    ),
]
