"""A condition of a rule can name regular expressions in place of values; moto looks for values alone.

API_PathPatternConditionConfig.html, API_HostHeaderConditionConfig.html and API_HttpHeaderConditionConfig.html of
https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/: RegexValues.
"""

from __future__ import annotations

import functools
from types import ModuleType
from typing import Any

EXPRESSIONS = "RegexValues"


def mend(module: ModuleType) -> None:
    """Let expressions pass as values where conditions are checked; what is kept is what was asked."""
    plain = module.ELBv2Backend._validate_conditions

    @functools.wraps(plain)
    def checked(self: Any, conditions: list[dict[str, Any]]) -> None:
        plain(self, [{name: _valued(each) for name, each in _valued(one).items()} for one in conditions])

    module.ELBv2Backend._validate_conditions = checked


def _valued(holder: Any) -> Any:
    """A condition or a configuration, with its expressions among its values."""
    if not isinstance(holder, dict) or not holder.get(EXPRESSIONS):
        return holder
    rest = {name: value for name, value in holder.items() if name != EXPRESSIONS}
    return rest | {"Values": [*rest.get("Values", ()), *holder[EXPRESSIONS]]}
