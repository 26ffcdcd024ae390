"""The exception for bad input: one clear line, exit status 2, nothing half-written."""

from __future__ import annotations


class Trouble(Exception):
    """Something the user gave cannot be used.

    The message is one line that says what is wrong, where, and what to do. `fargate-course` prints it on stderr and
    exits with status 2; library code raises it before it has written anything.
    """

    def __init__(self, message: str) -> None:
        super().__init__(" ".join(message.split()))
