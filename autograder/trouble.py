"""The exception for bad input: one clear line, exit status 2, nothing half-written."""

from __future__ import annotations


class Trouble(Exception):
    """Something the user gave cannot be used.

    The message is one line that says what is wrong, where, and what to do. `fargate-course` prints it on stderr and
    exits with status 2; library code raises it before it has written anything.
    """

    def __init__(self, message: str) -> None:
        super().__init__(" ".join(message.split()))


def told(fault: OSError) -> str:
    """What the system did not let be done, and with which file, in one line."""
    what = fault.strerror or str(fault) or type(fault).__name__
    where = fault.filename2 or fault.filename
    said = f"{where} cannot be used: {what}" if where else what
    return " ".join(f"{said}: name another file or folder, or mend that, then run this again".split())
