"""Which tests stay in one process, where several processes share a run."""

from __future__ import annotations

from xdist.scheduler import LoadScopeScheduling

TOGETHER = ("tests/ui/",)
"""Folders whose modules share what is costly to start: one JupyterLab and one Chromium for all of them."""
APART = ("tests/test_notebooks.py::test_strict", "tests/test_notebooks.py::test_a_rebuild")
"""Tests that take long and share nothing: in one process they would be one long chain."""


class Scopes(LoadScopeScheduling):  # type: ignore[misc]
    """A module stays in one process, and a folder of `TOGETHER` does; those `APART` go wherever there is room."""

    def _split_scope(self, nodeid: str) -> str:
        if nodeid.startswith(APART):
            return nodeid
        return next((folder for folder in TOGETHER if nodeid.startswith(folder)), nodeid.partition("::")[0])
