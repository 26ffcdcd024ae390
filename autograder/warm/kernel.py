"""The fork that becomes a Jupyter kernel, and what the warm process imports for it beforehand.

Nothing here is boxed in: it is the learner's own kernel on the learner's own machine. The warm process must hold no zmq
context, no event loop and no thread, for a fork inherits none of them alive; a test looks.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import random
import sys
from typing import Any, BinaryIO

LATER = (
    "IPython.core.completerlib", "IPython.core.debugger", "IPython.core.oinspect", "IPython.extensions.storemagic",
    "pdb", "psutil", "sqlite3", "tornado.platform.asyncio",
)  # fmt: skip
"""What a kernel imports while it starts."""


def warm_up() -> None:
    """Import what a kernel and the lessons import first, and work out what a kernel's start does."""
    import ipykernel.debugger
    import ipykernel.ipkernel
    import ipykernel.zmqshell  # noqa: F401
    from ipykernel.kernelapp import IPKernelApp
    from jupyter_client.localinterfaces import localhost

    for name in LATER:
        importlib.import_module(name)
    localhost()  # asks for the machine's addresses once
    make: Any = IPKernelApp
    make().parse_command_line([])  # not the instance: the kernel makes its own; this one opens nothing

    from autograder import lab  # noqa: F401
    from autograder.run import warmth

    warmth.both()


def serve(orders: BinaryIO, _stream: BinaryIO, _close: Any) -> None:
    """Become the kernel that one JSON line asks for: its arguments, environment and working directory."""
    told = json.loads(orders.readline())
    orders.close()
    for number in (1, 2):
        os.dup2(4, number)
    os.close(4)
    os.environ.clear()
    os.environ.update(told["environment"])
    os.chdir(told["folder"])
    random.seed()
    gc.set_threshold(700, 10, 10)  # Python's own: this process may live for days
    sys.argv = told["arguments"]
    try:
        _kernel(sys.argv[1:])
    finally:
        atexit._run_exitfuncs()
        os._exit(0)


def _kernel(arguments: list[str]) -> None:
    from ipykernel.kernelapp import IPKernelApp

    application: Any = IPKernelApp
    application.launch_instance(argv=arguments, parent_handle=os.getppid())
