"""Why an installer failed, read off what it printed, and what to do about it."""

from __future__ import annotations

import re

AGAIN = "then run start.py again"
CAUSES: tuple[tuple[str, str], ...] = (
    (r"no space left|errno 28|disk quota", f"the disk is full: make room, {AGAIN}"),
    (r"do not match the hashes|hash mismatch", f"a download is not the file that the course pins (a broken mirror or "
     f"a proxy that alters files?): clear the cache with `python3 -m pip cache purge`, {AGAIN}"),
    (r"proxyerror|407 proxy|tunnel connection failed", f"the proxy refused: check the HTTPS_PROXY variable, {AGAIN}"),
    (r"certificate_verify_failed|invalid peer certificate|unknownissuer|ssl.*certificate",
     f"a certificate was not accepted: if your network has its own, name its file in PIP_CERT, {AGAIN}"),
    (r"name resolution|name or service not known|nodename nor servname|getaddrinfo|dns error|"
     r"network is unreachable|connection refused|newconnectionerror|connecttimeout|timed out|"
     r"failed to establish|error sending request|connection broken|connection aborted|connection reset",
     f"the package index could not be reached: connect this machine to the internet (or set HTTPS_PROXY, or name your "
     f"mirror in pip's configuration), {AGAIN}; what was downloaded is kept"),
    (r"permission denied|errno 13|access is denied", f"a file could not be written: close programs that use .venv, "
     f"check who owns the folder, {AGAIN}"),
    (r"failed building wheel|failed to build|command 'gcc' failed|microsoft visual c\+\+|unknown compiler",
     "a package has no ready-made build for this Python and machine: use a Python version that the README names"),
    (r"no matching distribution|no solution found|requires-python",
     "a package is not to be had for this Python: use a Python version that the README names; or the package index "
     f"could not be reached: check the connection, {AGAIN}"),
)  # fmt: skip


def cause(printed: str) -> str:
    """One sentence for a person: what went wrong and what to do. The first cause that fits is named."""
    text = printed.lower()
    return next(
        (sentence for pattern, sentence in CAUSES if re.search(pattern, text)),
        "the installer failed",
    )
