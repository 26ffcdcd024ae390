"""A module's tests share a process, and all of the browser's do; long tests of notebooks go wherever one is free."""

from __future__ import annotations

import pytest

from tests.scopes import Scopes


@pytest.mark.parametrize(
    ("test", "scope"),
    [
        ("tests/ui/test_first_page.py::test_it", "tests/ui/"),
        ("tests/ui/test_hub.py::test_it[a/b::c]", "tests/ui/"),
        ("tests/labs/test_labs.py::test_it[a]", "tests/labs/test_labs.py"),
        ("tests/test_notebooks.py::test_strict_nbval[a.ipynb]", "tests/test_notebooks.py::test_strict_nbval[a.ipynb]"),
        ("tests/test_notebooks.py::test_every_cell_id_is_used", "tests/test_notebooks.py"),
        ("tests/simcloud/test_x.py::TestAny::runTest", "tests/simcloud/test_x.py"),
    ],
)
def test_a_test_stays_with_what_shares_its_costly_things(test: str, scope: str) -> None:
    assert Scopes.__new__(Scopes)._split_scope(test) == scope
