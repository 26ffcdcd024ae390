"""The diagram of a VPC: what stands in it, the way of a path, and the three keys to ECR."""

from __future__ import annotations

import re

import pytest

from simcloud.reason.path import find_path
from simcloud.reason.sketch import TASK, Choices, sketch
from simcloud.reason.start import start
from simcloud.views.diagram import Diagram
from simcloud.views.path import path as path_view
from simcloud.views.topology import draw

ALL = frozenset({"ecr.api", "ecr.dkr", "s3", "logs"})


def diagram(choices: Choices) -> Diagram:
    network = sketch(choices)
    return draw(network, "vpc-1", path=start(network, TASK).last[1], interface=TASK)


def kind_of(drawn: Diagram, label: str) -> str:
    found = re.search(rf'"[^"\n]*{re.escape(label)}[^"\n]*"\]:::(\w+)', drawn.mermaid)
    return found[1] if found else ""


@pytest.mark.row("N05")
def test_the_three_keys_are_lit_where_the_task_holds_them() -> None:
    drawn = diagram(Choices(endpoints=ALL))
    assert [kind_of(drawn, f"key: {name}") for name in ("ECR API", "ECR registry", "S3")] == ["key"] * 3
    for service, endpoint in (("ecr.api", "vpce-ecr-api"), ("ecr.dkr", "vpce-ecr-dkr"), ("s3", "vpce-s3")):
        assert f"key {service}: open, by {endpoint}" in str(drawn)


@pytest.mark.row("N05")
@pytest.mark.parametrize(("missing", "label"), [("ecr.api", "ECR API"), ("ecr.dkr", "ECR registry"), ("s3", "S3")])
def test_a_missing_key_is_dark_and_says_why(missing: str, label: str) -> None:
    drawn = diagram(Choices(endpoints=ALL - {missing}))
    assert kind_of(drawn, f"✗ key missing: {label}") == "ended"
    assert f"key {missing}: shut. " in str(drawn)
    assert drawn.mermaid.count("✓ key: ") == 2


def test_a_path_marks_its_hops_and_the_one_where_it_ends() -> None:
    drawn = diagram(Choices(endpoints=ALL - {"s3"}))
    assert kind_of(drawn, "eni-task") == "passed"
    assert kind_of(drawn, "rtb-task") == "ended"
    assert kind_of(drawn, "rtb-public") == "plain"
    assert "4. ENDS HERE: rtb-task of subnet-task has no route to" in str(drawn)


def test_an_end_without_a_place_of_its_own_gets_one() -> None:
    drawn = diagram(Choices(endpoints=ALL, endpoints_let_in=False))
    assert kind_of(drawn, "✗ security group") == "ended"
    assert '|"ends here"|' in drawn.mermaid


def test_an_endpoint_whose_group_ends_the_path_stands_behind_the_end() -> None:
    drawn = diagram(Choices(endpoints=ALL, endpoints_let_in=False)).mermaid
    names = {
        label: re.search(rf'(n\d+)\["{label}', drawn) for label in ("✗ security group", "interface endpoint ecr.api")
    }
    end, door = (found[1] if found else "" for found in names.values())
    assert f"{end} -.-> {door}" in drawn
    subnet = drawn[drawn.index('["subnet subnet-task') :]
    assert f"{end}[" in subnet[: subnet.index("\nend")]


def test_a_path_over_nat_is_marked_all_the_way_out() -> None:
    drawn = diagram(Choices(nat=True))
    assert [kind_of(drawn, label) for label in ("NAT gateway", "internet gateway")] == ["passed", "passed"]
    marked = re.search(r"linkStyle ([\d,]+) stroke:#1a7f37", drawn.mermaid)
    assert marked
    assert len(marked[1].split(",")) == 6


def test_the_text_says_what_the_diagram_shows() -> None:
    drawn = diagram(Choices(nat=True, endpoints=frozenset({"ecr.api"})))
    shown = set(re.findall(r"\b(?:eni|subnet|rtb|nat|igw|vpce|vpc)-[a-z0-9-]+", drawn.mermaid))
    assert shown
    assert {one for one in shown if one not in str(drawn)} == set()


def test_a_diagram_offers_mermaid_and_text_and_no_html() -> None:
    bundle = diagram(Choices())._repr_mimebundle_()
    assert set(bundle) == {"text/vnd.mermaid", "text/plain"}
    assert bundle["text/vnd.mermaid"].splitlines()[1] == "flowchart LR"


def test_a_vpc_that_is_not_there_is_named() -> None:
    with pytest.raises(LookupError, match="there is no VPC vpc-9; there are vpc-1"):
        draw(sketch(Choices()), "vpc-9")


def test_names_with_quotes_and_brackets_break_no_diagram() -> None:
    network = sketch(Choices())
    drawn = draw(network, "vpc-1", labels={TASK: 'task "a" <b>'})
    assert "task #quot;a#quot; #lt;b#gt;" in drawn.mermaid


def test_a_path_is_a_table_of_hops_with_the_end_marked() -> None:
    found = find_path(sketch(Choices(public_subnet=True)), TASK, "api.ecr.us-east-1.amazonaws.com")
    table = path_view(found)
    assert [row[1] for row in table.rows] == ["✓ passed"] * 5 + ["✗ ends here"]
    assert table.closing == found.why
    assert "<script" not in table.html
    assert table.html.count("<tr>") == len(table.rows) + 1
    assert set(table._repr_mimebundle_()) == {"text/html", "text/plain"}
