"""The features by which two runs are compared: free choices, and the order of calls."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from autograder.grade.honesty.words import Feature, leaves, tokens

RUN = 4
"""Calls that make one feature by their order."""


def features(
    transcript: Sequence[Mapping[str, Any]],
    told: Sequence[set[str]],
    variant: Mapping[str, Any],
    given: frozenset[str],
) -> Iterator[Feature]:
    """The choices that nothing had shown by then, and each run of four calls. `told`: the words of each answer."""
    seen = tokens(variant)
    calls = []
    for entry, answered in zip(transcript, told, strict=True):
        if entry["kind"] != "call":
            continue
        name = f"{entry['service']}:{entry['op']}"
        code = entry.get("error", {}).get("Code", "") if isinstance(entry.get("error"), dict) else ""
        calls.append(f"{name} {code}".rstrip())
        for path, value in leaves(entry["params"]):
            if not isinstance(value, bool) and value not in (None, "") and not _is_given(str(value), given, seen):
                yield "choice", name, path, str(value)[:200]
        seen |= answered
    for start in range(len(calls) - RUN + 1):
        yield "order", *calls[start : start + RUN]


def written(answers: Any) -> str:
    """Answers to a question, as text by which they are compared."""
    return json.dumps(answers, sort_keys=True, ensure_ascii=False)


def _is_given(text: str, given: frozenset[str], seen: set[str]) -> bool:
    """Is the text, or is every word of it, one that the learner was shown?"""
    words = tokens(text) - {text}
    return text in given or text in seen or (bool(words) and all(word in given or word in seen for word in words))
