"""What some need beyond the lock: `start.py setup --with hub`. The programs of the lock stay as they are."""

from __future__ import annotations

HUB = ["--no-build-isolation", "--editable", ".[hub]"]
NGSHARE = ["--no-deps", "ngshare==0.6.0", "ngshare_exchange==0.5.3"]
"""Without what they ask for: the exchange wants a jupyter-core of 2022, which would bring JupyterLab 3, and runs with
the lock's. All else that the two import is in the lock or comes with the hub."""

EXTRAS = {"hub": [HUB], "ngshare": [HUB, NGSHARE]}
"""By name: the words for the installer, one list a run."""
