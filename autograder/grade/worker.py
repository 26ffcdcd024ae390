"""A worker process of this machine: takes jobs from the socket whose number it is given, several at a time.

It ends when the socket does, so that it never outlives the command that started it.
"""

from __future__ import annotations

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from threading import Lock

from autograder.run.engine import shared


def main() -> None:
    """Arguments: the socket's file descriptor, and how many jobs are done at once."""
    shared().start()

    from autograder.grade.work import do_text  # here, since the warm processes take longest

    line, threads = Connection(int(sys.argv[1])), int(sys.argv[2])
    sending = Lock()

    def work(number: bytes, text: str) -> None:
        answer = number + do_text(text).encode()
        with sending:
            line.send_bytes(answer)

    with ThreadPoolExecutor(threads) as pool:
        try:
            while True:
                frame = line.recv_bytes()
                pool.submit(work, frame[:8], frame[8:].decode())
        except (EOFError, OSError):
            _end()


def _end() -> None:
    """Whoever asked is gone: leave without waiting for what is still running, but close the boxes."""
    shared().close()
    os._exit(0)


if __name__ == "__main__":
    main()
