"""Messages out of the sandbox: what is kept of them, and what is not believed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from autograder.run import evidence
from autograder.run.budget import Budget

CALL = {"kind": "call", "service": "ecs", "op": "RunTask", "region": "us-east-1", "key": "k", "params": {}, "t": 1.0}


@pytest.mark.parametrize(
    "line",
    [
        b"\xff",
        b"[]",
        b'"text"',
        b'{"a": NaN}',
        b'{"a": 1e999}',
        b'{"a": ' + b"9" * 5000 + b"}",
        b'{"a":' * 60 + b"1" + b"}" * 60,
        b"[" * 200_000,
        b'{"a": ' + b"[" * 200_000,
        b'{"a": [' + b"[]," * 260_000 + b"[]]}",
        b'{"a": [' + b"1," * 1_300_000 + b"1]}",
    ],
)
def test_a_message_that_is_no_plain_shallow_object_is_not_believed(line: bytes) -> None:
    with pytest.raises(evidence.Unbelievable):
        evidence.parse(line)


def test_the_values_of_a_message_are_counted_whatever_holds_them() -> None:
    assert evidence.values({"a": [1, {"b": "x", "c": [None, 2.5]}], "d": {}}) == 8
    assert evidence.parse(b'{"text": "' + b"," * 200_000 + b'"}') == {"text": "," * 200_000}


def test_half_a_character_which_no_file_can_hold_becomes_a_question_mark() -> None:
    assert evidence.parse(b'{"a": ["x\\ud800", "\\UD800"], "\\uDFFF": "\\ud83d\\ude00"}'.replace(b"\\U", b"\\u")) == {
        "a": ["x?", "?"],
        "?": "\U0001f600",
    }


def test_long_numbers_are_text_like_any_other_where_they_stand_in_text() -> None:
    assert evidence.parse(b'{"a": "' + b"7" * 50 + b'", "b": 12}') == {"a": "7" * 50, "b": 12}
    with pytest.raises(evidence.Unbelievable):
        evidence.parse(b'{"a": "' + b"7" * 50 + b'", "b": ' + b"7" * 50 + b"}")


@pytest.mark.parametrize(
    "forged",
    [
        "text",
        CALL | {"service": 3},
        CALL | {"service": "../x"},
        CALL | {"op": None},
        CALL | {"params": []},
        {"kind": "advance", "seconds": -5},
        {"kind": "advance", "seconds": "1"},
        {"kind": "advance", "seconds": True},
        {"kind": "advance", "seconds": 10**12},
        {"kind": "check", "question": 4, "answers": {}},
        {"kind": "check", "question": "q", "answers": []},
        {"kind": "push", "repository": "r", "tag": "x" * 999, "behaviour": {}},
    ],
)
def test_an_entry_of_the_wrong_types_is_not_believed(forged: Any) -> None:
    with pytest.raises(evidence.Unbelievable):
        evidence.entry(forged, "cell")


def test_a_call_is_kept_with_the_cell_that_the_grader_ran() -> None:
    kept = evidence.entry(CALL | {"cell": "forged", "points": 100, "response": "x"}, "real")
    assert kept == CALL | {"cell": "real"}


def test_an_entry_of_an_unknown_kind_is_dropped() -> None:
    assert evidence.entry({"kind": "verdict", "points": 100}, "cell") is None


def test_outputs_keep_text_and_pictures_and_nothing_that_could_run() -> None:
    rich = {"text/html": "<script>", "text/plain": "x", "image/svg+xml": "<svg/>", "application/javascript": "y"}
    found = evidence.outputs(
        [
            {"output_type": "display_data", "data": rich, "metadata": {"x": 1}},
            {"output_type": "stream", "name": "strange", "text": "hi"},
            {"output_type": "error", "ename": 3, "traceback": ["a", 4]},
            {"output_type": "update_display_data"},
            7,
        ],
        Budget(),
    )
    assert found == [
        {"output_type": "display_data", "data": {"text/plain": "x"}, "metadata": {}},
        {"output_type": "stream", "name": "stdout", "text": "hi"},
        {"output_type": "error", "ename": "", "evalue": "", "traceback": ["a", ""]},
    ]


def test_outputs_stay_within_the_budget() -> None:
    many = [{"output_type": "stream", "name": "stdout", "text": "x" * 10_000}] * 1000
    assert len(json.dumps(evidence.outputs(many, Budget(output=50_000)))) < 70_000
