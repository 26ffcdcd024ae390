"""Chromium as the tests and the makers of pictures run it."""

from __future__ import annotations

import os
import shutil

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""No sandbox (it may run as root) and no talk with the outside."""
WANTED = "no Chromium here: install it (Debian: apt-get install chromium) or name it in CHROMIUM"


def chromium() -> str | None:
    """Where Chromium is. Installed by hand (Debian: `apt-get install chromium`); nothing here installs it."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
