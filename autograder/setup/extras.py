"""What some need beyond the lock: `start.py setup --with hub`. The programs of the lock stay as they are."""

from __future__ import annotations

HUB = ["--no-build-isolation", "--editable", ".[hub]"]
NGSHARE = ["--no-deps", "ngshare_exchange==0.5.3"]
"""Without what it asks for: a jupyter-core of 2022, which would bring JupyterLab 3. It runs with the lock's, and all
else that it imports is in the lock."""

EXTRAS = {"hub": [HUB], "ngshare": [HUB, NGSHARE]}
"""By name: the words for the installer, one list a run."""
