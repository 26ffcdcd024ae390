"""YAML by libyaml, which is many times faster than Python's own reader, where PyYAML was built with it."""

from __future__ import annotations

from typing import Any

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Wrong = yaml.YAMLError
"""What reading raises."""


def load(text: str) -> Any:
    """What the text says. Raises Wrong where it is no YAML."""
    return yaml.load(text, Loader=_LOADER)
