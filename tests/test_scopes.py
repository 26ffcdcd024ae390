"""A module's tests share a process, and all of the browser's do."""

from __future__ import annotations

import pytest

from tests.scopes import Scopes


@pytest.mark.parametrize(
    ("test", "scope"),
    [
        ("tests/ui/test_first_page.py::test_it", "tests/ui/"),
        ("tests/ui/test_hub.py::test_it[a/b::c]", "tests/ui/"),
        ("tests/labs/test_labs.py::test_it[a]", "tests/labs/test_labs.py"),
        ("tests/simcloud/test_x.py::TestAny::runTest", "tests/simcloud/test_x.py"),
    ],
)
def test_a_test_stays_with_what_shares_its_costly_things(test: str, scope: str) -> None:
    assert Scopes.__new__(Scopes)._split_scope(test) == scope
