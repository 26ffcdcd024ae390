"""Event patterns against events, as AWS's documentation and AWS's published matcher (aws/event-ruler) have them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simcloud.sim.bus.inputs import filled, part, written
from simcloud.sim.bus.matching import matches

GUIDE = "https://docs.aws.amazon.com/eventbridge/latest/userguide/"
OPERATORS, ARRAYS = GUIDE + "eb-create-pattern-operators.html", GUIDE + "eb-event-patterns-arrays.html"
NULLS = GUIDE + "eb-event-patterns-null-values.html"
RULER = "https://github.com/aws/event-ruler#"
CASES = "https://github.com/aws/event-ruler/blob/main/src/test/resources/correctness-cases.json"

INSTANCE: dict[str, Any] = {
    "version": "0",
    "id": "ddddd4-aaaa-7777-4444-345dd43cc333",
    "detail-type": "EC2 Instance State-change Notification",
    "source": "aws.ec2",
    "account": "012345679012",
    "time": "2017-10-02T16:24:49Z",
    "region": "us-east-1",
    "resources": ["arn:aws:ec2:us-east-1:123456789012:instance/i-000000aaaaaa00000"],
    "detail": {
        "c-count": 5,
        "d-count": 3,
        "x-limit": 301.8,
        "source-ip": "10.0.0.33",
        "instance-id": "i-000000aaaaaa00000",
        "state": "running",
    },
}
"""The sample event of aws/event-ruler."""


def detail(**wanted: Any) -> dict[str, Any]:
    return {"detail": {name.replace("_", "-"): values for name, values in wanted.items()}}


README = [
    ({"detail-type": ["EC2 Instance State-change Notification"], **detail(state=["initializing", "running"])}, True),
    (detail(state=["stopped"]), False),
    ({"resources": ["arn:aws:ec2:us-east-1:123456789012:instance/i-000000aaaaaa00000"]}, True),
    ({"time": [{"prefix": "2017-10-02"}]}, True),
    ({"time": [{"prefix": "2017-10-03"}]}, False),
    ({"source": [{"prefix": {"equals-ignore-case": "AWS"}}]}, True),
    ({"source": [{"suffix": "ec2"}]}, True),
    ({"source": [{"suffix": "EC2"}]}, False),
    ({"source": [{"suffix": {"equals-ignore-case": "EC2"}}]}, True),
    ({"source": [{"equals-ignore-case": "AWS.EC2"}]}, True),
    ({"source": [{"wildcard": "aws*2"}]}, True),
    ({"source": [{"wildcard": "aws*"}]}, True),
    ({"source": [{"wildcard": "ec2"}]}, False),
    (detail(state=[{"anything-but": "initializing"}]), True),
    (detail(state=[{"anything-but": "running"}]), False),
    (detail(x_limit=[{"anything-but": 123}]), True),
    (detail(state=[{"anything-but": ["stopped", "overloaded"]}]), True),
    (detail(x_limit=[{"anything-but": [100, 200, 301.8]}]), False),
    (detail(state=[{"anything-but": {"prefix": "init"}}]), True),
    (detail(state=[{"anything-but": {"prefix": ["init", "run"]}}]), False),
    (detail(instance_id=[{"anything-but": {"suffix": "0000"}}]), False),
    (detail(state=[{"anything-but": {"equals-ignore-case": ["Stopped", "OverLoaded"]}}]), True),
    (detail(state=[{"anything-but": {"equals-ignore-case": "RUNNING"}}]), False),
    (detail(state=[{"anything-but": {"wildcard": "r*g"}}]), False),
    (detail(c_count=[{"numeric": [">", 0, "<=", 5]}], d_count=[{"numeric": ["<", 10]}]), True),
    (detail(x_limit=[{"numeric": ["=", 3.018e2]}]), True),
    (detail(c_count=[{"numeric": [">", 5]}]), False),
    (detail(state=[{"numeric": [">", 0]}]), False),
    (detail(source_ip=[{"cidr": "10.0.0.0/24"}]), True),
    (detail(source_ip=[{"cidr": "10.0.1.0/24"}]), False),
    (detail(state=[{"cidr": "0.0.0.0/0"}]), False),
    (detail(c_count=[{"exists": True}]), True),
    (detail(c_count=[{"exists": False}]), False),
    (detail(e_count=[{"exists": False}]), True),
    (detail(state=[{"exactly": "running"}]), True),
    (detail(c_count=[5.0]), True),
    (detail(c_count=["5"]), False),
    (detail(unknown=["x"]), False),
    ({"$or": [{"source": ["aws.s3"]}, {"region": ["us-east-1"]}]}, True),
    ({"$or": [{"source": ["aws.s3"]}, {"region": ["us-west-1"]}]}, False),
    ({"source": ["aws.s3"], "$or": [{"account": ["012345679012"]}, {"region": ["us-east-1"]}]}, False),
    ({"detail": {"$or": [{"c-count": [{"numeric": [">", 10]}]}, {"d-count": [3]}], "state": ["running"]}}, True),
    ({"detail": {"$or": [{"c-count": [7], "d-count": [3]}, {"c-count": [5], "d-count": [4]}]}}, False),
]
"""Rules that aws/event-ruler's own page shows for the sample event, and neighbours of them that must not fit."""


@pytest.mark.parametrize(("pattern", "fits"), README, ids=lambda value: json.dumps(value)[:60])
def test_the_rules_of_the_published_matcher_fit_its_sample_event(pattern: dict[str, Any], fits: bool) -> None:
    assert matches(pattern, INSTANCE) is fits


EMPLOYEES = {
    "employees": [
        {"firstName": "John", "lastName": "Doe"},
        {"firstName": "Anna", "lastName": "Smith"},
        {"firstName": "Peter", "lastName": "Jones"},
    ]
}
NESTED = {"employees": [EMPLOYEES["employees"][:2], EMPLOYEES["employees"][2:]]}
NOBODY: dict[str, Any] = {"detail": {"eventVersion": "", "responseElements": None, "list": [], "on": True, "one": 1}}


@pytest.mark.parametrize(
    ("source", "pattern", "event", "fits"),
    [
        (f"{RULER}json-array-matching", {"employees": {"firstName": ["Anna"]}}, EMPLOYEES, True),
        (
            f"{RULER}json-array-matching",
            {"employees": {"firstName": ["Anna"], "lastName": ["Jones"]}},
            EMPLOYEES,
            False,
        ),
        (
            f"{RULER}json-array-matching",
            {"employees": {"firstName": ["Anna"], "lastName": ["Smith"]}},
            NESTED,
            True,
        ),
        (f"{RULER}json-array-matching", {"employees": {"firstName": ["Anna"], "lastName": ["Doe"]}}, NESTED, False),
        (f"{RULER}exists-matching", detail(c_count=[{"exists": False}]), {"detail": {"c-count": {"c1": 100}}}, True),
        (f"{RULER}exists-matching", detail(c_count=[{"exists": True}]), {"detail": {"c-count": {"c1": 100}}}, False),
        (CASES, {"d": {"a": [{"exists": True}], "b": [{"exists": True}]}}, {"d": [{"a": 1, "b": 2}]}, True),
        (CASES, {"d": {"a": [{"exists": True}], "b": [{"exists": True}]}}, {"d": [{"a": 1}, {"b": 2}]}, False),
        (
            CASES,
            {"d": {"a": [{"exists": True}], "b": [{"exists": True}]}},
            {"d": [{"a": 1}, {"b": 2}, {"a": 3, "b": 4}]},
            True,
        ),
        (ARRAYS, {"resources": ["a", "b"]}, {"resources": ["c", "b"]}, True),
        (ARRAYS, {"resources": ["a", "b"]}, {"resources": ["c", "d"]}, False),
        (ARRAYS, {"resources": [{"anything-but": "a"}]}, {"resources": ["a", "b"]}, True),
        (ARRAYS, {"resources": [{"anything-but": "a"}]}, {"resources": ["a"]}, False),
        (NULLS, detail(eventVersion=[""]), NOBODY, True),
        (NULLS, detail(responseElements=[None]), NOBODY, True),
        (NULLS, detail(responseElements=[""]), NOBODY, False),
        (NULLS, detail(eventVersion=[None]), NOBODY, False),
        (NULLS, detail(responseElements=[{"exists": True}]), NOBODY, True),
        (ARRAYS, detail(list=[{"exists": True}]), NOBODY, False),
        (OPERATORS, detail(on=[True]), NOBODY, True),
        (OPERATORS, detail(on=[1]), NOBODY, False),
        (OPERATORS, detail(one=[True]), NOBODY, False),
        (OPERATORS, {"a": [{"wildcard": "dir/*.png"}]}, {"a": "dir/x/y.png"}, True),
        (OPERATORS, {"a": [{"wildcard": r"\**\\"}]}, {"a": "*x\\"}, True),
        (OPERATORS, {"a": [{"wildcard": r"a\*"}]}, {"a": "ab"}, False),
        (OPERATORS, {"a": [{"wildcard": "a.c"}]}, {"a": "abc"}, False),
        (OPERATORS, {"ip": [{"cidr": "2001:db8::/32"}]}, {"ip": "2001:0db8:0:0::1"}, True),
        (RULER, {"a.b": ["x"]}, {"a": {"b": "x"}}, True),
        (RULER, {"a": {"$or": [{"prefix": ["x"]}, {"b": ["y"]}]}}, {"a": {"b": "y"}}, False),
    ],
)
def test_documented_corners(source: str, pattern: dict[str, Any], event: dict[str, Any], fits: bool) -> None:
    assert source.startswith("https://")
    assert matches(pattern, event) is fits


LEAF = st.one_of(st.text("ab*", max_size=3), st.integers(-3, 3), st.booleans(), st.none())


@given(st.dictionaries(st.sampled_from("xyz"), LEAF, min_size=1))
def test_an_event_fits_the_pattern_of_its_own_values_and_not_one_with_a_field_more(event: dict[str, Any]) -> None:
    own = {name: [value] for name, value in event.items()}
    assert matches(own, event)
    assert not matches({**own, "more": [1]}, event)
    assert matches({**own, "more": [{"exists": False}]}, event)


@given(LEAF, st.lists(st.sampled_from(["a", "b", "ab"]), min_size=1, max_size=3))
def test_anything_but_is_the_contrary_of_each_of_them(value: Any, given_: list[str]) -> None:
    event = {"x": value}
    assert matches({"x": [{"anything-but": given_}]}, event) is not matches({"x": list(given_)}, event)
    for name in ("prefix", "suffix", "wildcard", "equals-ignore-case"):
        single = matches({"x": [{name: one} for one in given_]}, event)
        assert matches({"x": [{"anything-but": {name: given_}}]}, event) is not single


def test_a_long_list_of_lists_is_matched_at_once() -> None:
    event = {"a": [{"b": [{"c": number, "d": number} for number in range(40)], "e": 1} for _ in range(40)]}
    wanted = {"a": {"b": {"c": [{"exists": True}], "d": [{"numeric": ["<", 0]}]}, "e": [1]}}
    assert not matches(wanted, event)


# What targets get (eb-transform-target-input.html)

EVENT = {
    "version": "0",
    "id": "7bf73129-1428-4cd3-a780-95db273d1602",
    "detail-type": "EC2 Instance State-change Notification",
    "source": "aws.ec2",
    "account": "123456789012",
    "time": "2015-11-11T21:29:54Z",
    "region": "us-east-1",
    "resources": ["arn:aws:ec2:us-east-1:123456789012:instance/i-abcd1111"],
    "detail": {"instance-id": "i-0123456789", "state": "RUNNING"},
}
PATHS = {
    "timestamp": "$.time",
    "instance": "$.detail.instance-id",
    "state": "$.detail.state",
    "resource": "$.resources[0]",
}


@pytest.mark.parametrize(
    ("template", "output"),
    [
        ('"instance <instance> is in <state>"', '"instance i-0123456789 is in RUNNING"'),
        ('{"instance" : <instance>, "state": <state>}', '{"instance" : "i-0123456789", "state": "RUNNING"}'),
        (
            '{"instance" : <instance>, "state": [ 9, <state>, true ], "Transformed" : "Yes"}',
            '{"instance" : "i-0123456789", "state": [ 9, "RUNNING", true ], "Transformed" : "Yes"}',
        ),
        (
            '{"ruleArn" : <aws.events.rule-arn>, "ruleName" : <aws.events.rule-name>}',
            '{"ruleArn" : "arn:aws:events:us-east-2:123456789012:rule/example", "ruleName" : "example"}',
        ),
        ('"<aws.events.rule-name> triggered"', '"example triggered"'),
        ('{"missing": "<nowhere>"}', '{"missing": ""}'),
        ('{"at": <aws.events.event.ingestion-time>}', '{"at": "2015-11-11T21:30:00Z"}'),
    ],
)
def test_templates_of_the_guide_are_filled(template: str, output: str) -> None:
    target = {"InputTransformer": {"InputPathsMap": {**PATHS, "nowhere": "$.detail.nobody"}, "InputTemplate": template}}
    rule = "arn:aws:events:us-east-2:123456789012:rule/example"
    assert written(target, EVENT, rule, "2015-11-11T21:30:00Z") == output


def test_the_whole_event_stands_in_a_template_with_and_without_its_detail() -> None:
    template = '{"whole": <aws.events.event.json>, "head": <aws.events.event>}'
    made = json.loads(written({"InputTransformer": {"InputTemplate": template}}, EVENT, "rule/example", ""))
    assert made["whole"] == EVENT
    assert made["head"] == {name: value for name, value in EVENT.items() if name != "detail"}


def test_parts_are_found_by_dots_brackets_and_quotes() -> None:
    event = {"detail": {"items": [{"a": 1}, {"a.b": 2}]}}
    assert part(event, "$.detail.items[0].a") == 1
    assert part(event, "$.detail.items[1]['a.b']") == 2
    assert part(event, "$.detail.items[7]") is None
    assert filled("<a> <b>", {"a": [1]}) == "[1] <b>"
