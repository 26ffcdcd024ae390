"""Bills as pictures: the waterfall, the days, the explorers; what they say and that the parts add up."""

from __future__ import annotations

import time
from decimal import Decimal
from itertools import product
from typing import Any

import boto3
import pytest

from simcloud import Cloud
from simcloud.cloud.usage import usage_of
from simcloud.price.choices import Choices
from simcloud.price.price import price
from simcloud.price.usage import DataUsage, NatUsage, Owner, StorageUsage, TaskUsage, Usage
from simcloud.price.whatif import what_if
from simcloud.views.bill import table as bill_table
from simcloud.views.bill_try import PLANS, PROCESSORS, SIZES, TEN_TASKS, Tried, tried, try_bill
from simcloud.views.bill_waterfall import fall, waterfall
from simcloud.views.cost import compared, cost, costs, draw, sheet
from simcloud.views.cost_try import look, try_costs
from simcloud.views.table import Table
from simcloud.views.try_compute import MEMORY, SECONDS, WAIT, try_lambda_or_fargate, verdict
from simcloud.views.widgets import WIDGET

D = Decimal
HOUR, DAY = 3600, 86_400
SETTING: dict[str, Any] = {"size": "as it was", "processor": "as it was", "spot": 0, "hours": 24, "plan": "none"}


def team(name: str, day: int, **more: Any) -> TaskUsage:
    owner = Owner(f"task {name}", "shop", name, (("team", name),))
    return TaskUsage(12 * HOUR, 1024, 2048, begin=day * DAY, owner=owner, **more)


USED: list[Usage] = [team("red", 0), team("blue", 0), team("blue", 1), NatUsage(2 * DAY), DataUsage("logs", 3, begin=1)]


def test_a_waterfall_leads_from_the_bill_before_to_the_bill_after() -> None:
    found = what_if([team("red", 0)], Choices(architecture="ARM64", spot_share=D("0.5")))
    steps = fall(found)
    assert steps.before == found.before.cost
    assert steps.after == pytest.approx(found.after.cost)
    picture = waterfall(found)
    assert "The bill on ARM64, 50% on Spot" in picture.text
    assert "up to 70% off" in picture.text
    assert "Fargate vCPU, Linux X86_64" in picture.text
    assert picture._repr_mimebundle_()[1]["image/png"]["alt"] == picture.text


def test_the_days_add_up_to_the_bill_however_they_are_cut() -> None:
    whole = price(USED, since=0, until=2 * DAY)
    for by in ("product", "cluster", "service", "tag:team"):
        found = costs(USED, by, "0", str(2 * DAY))
        assert found.total == pytest.approx(whole.cost)
        assert sum(found.of_day(day) for day in found.days) == pytest.approx(found.total)
        assert sum(found.of_part(part) for part in found.parts) == pytest.approx(found.total)
    by_team = costs(USED, "tag:team", "0", str(2 * DAY))
    assert by_team.parts == ("(none)", "blue", "red")
    assert by_team.days == ("1970-01-01", "1970-01-02")
    assert by_team.of_part("blue") == 2 * by_team.of_part("red")
    with pytest.raises(ValueError, match="product, cluster, service or tag:KEY"):
        costs(USED, "colour", "0", "1")


def test_the_picture_of_the_days_says_each_day_and_part() -> None:
    picture = draw(costs(USED, "tag:team", "0", str(2 * DAY)))
    assert picture.text.splitlines()[0] == "Costs by team"
    assert "1970-01-02" in picture.text
    assert "<svg" in picture.svg


def test_many_parts_are_drawn_as_a_few_and_the_rest() -> None:
    many: list[Usage] = [team(f"team {number:02}", 0, count=20 - number) for number in range(12)]
    words = [getattr(shape, "words", "") for shape in sheet(costs(many, "service", "0", str(DAY))).shapes]
    assert any("all others" in word for word in words)
    assert not any("team 11" in word for word in words)


def test_costs_of_nothing_are_drawn_as_well() -> None:
    assert "$0.00" in draw(costs([], "product", "0", str(DAY))).text
    assert what_if([], Choices()).before.lines == ()


@pytest.mark.row("P03")
def test_two_bills_stand_side_by_side() -> None:
    table = compared({"nat": price([NatUsage(HOUR)]), "none": price([])})
    assert table.headings == ("what", "nat", "none")
    assert ("NAT gateway hours", "$0.05", "$0.00") in table.rows
    assert table.closing == "nat: $0.05; none: $0.00"


def test_a_bill_says_what_has_to_be_said_of_its_rates() -> None:
    said = bill_table(price([TaskUsage(HOUR, 256, 512, purchase="spot"), StorageUsage("ecr", 5, 730 * HOUR)])).text
    assert "up to 70% off: the most that AWS promises" in said
    assert "5 GB-months" in said


def test_the_sliders_of_a_bill_change_it_step_by_step() -> None:
    tried_out = try_bill()
    assert set(tried_out._repr_mimebundle_()) >= {WIDGET, "text/plain"}
    assert "$360.40, as before" in tried_out.table.text
    tried_out.controls["hours"].value = 12
    assert "12 hours a day" in tried_out.html
    tried_out.controls["spot"].value = 50
    assert "50 % on Spot" in tried_out.html
    tried_out.controls["plan"].value = "3 years, none upfront"
    assert "none would pay" in tried_out.table.text, "half of the hours are empty"
    tried_out.controls["hours"].value = 24
    assert "plan, 3 years, none upfront: $0.136 an hour" in tried_out.table.text


def test_a_size_that_is_not_sold_is_refused_in_the_view() -> None:
    windows = (TaskUsage(DAY, 1024, 2048, windows=True),)
    refused = tried(windows, **{**SETTING, "size": "0.25 vCPU, 0.5 GB"})
    assert isinstance(refused, Table)
    assert "does not sell 512 MiB with 256 CPU units for Windows" in refused.text


def test_every_setting_has_a_bill_whose_steps_add_up() -> None:
    for size, processor, plan in product(SIZES, PROCESSORS, PLANS):
        found = tried(TEN_TASKS, size=size, processor=processor, spot=35, hours=17, plan=plan)
        assert isinstance(found, Tried)
        assert found.fall.after > 0
        assert found.fall.rows[-1][2] == pytest.approx(found.fall.after)


def test_a_move_of_a_slider_is_drawn_at_once() -> None:
    tried_out = try_bill()
    begun = time.perf_counter()
    for hours in range(4, 24):
        tried_out.controls["hours"].value = hours
    assert (time.perf_counter() - begun) / 20 < 0.3


@pytest.mark.row("P05")
def test_the_chooser_says_what_it_takes_and_why() -> None:
    chooser = try_lambda_or_fargate()
    assert "Lambda." in chooser.table.closing
    chooser.controls["seconds"].value = "1200"
    assert "a function has 900 s at most" in chooser.html
    chooser.controls["seconds"].value = "0.1"
    chooser.controls["start"].value = 5
    chooser.controls["wait"].value = "2 s"
    assert "cold start" in chooser.html


def test_every_setting_of_the_chooser_has_an_answer() -> None:
    for seconds, memory, wait in product(SECONDS, MEMORY, WAIT):
        table = verdict(50, seconds, memory, 1, wait)
        assert len(table.rows) == 3
        assert "Because of" in table.closing


def test_costs_can_be_looked_at_from_all_sides() -> None:
    explorer = look(USED, 0.0, 2.0 * DAY)
    assert explorer.controls["by"].options == ("product", "cluster", "service", "tag:team")
    assert "Elastic Container Service" in explorer.html
    explorer.controls["by"].value = "tag:team"
    assert "blue" in explorer.html
    whole = explorer.table.costs.total
    explorer.controls["days"].value = 1
    assert 0 < explorer.table.costs.total < whole
    assert "1970-01-01" not in explorer.table.text


def test_the_costs_of_a_live_cloud_are_those_of_its_bill() -> None:
    with Cloud(seed=8) as cloud:
        boto3.client("secretsmanager").create_secret(Name="key", SecretString="x")
        cloud.advance(days=3)
        picture = cost(cloud, "product")
        assert "Secrets Manager" in picture.text
        assert try_costs(cloud).table.costs.total == pytest.approx(price(usage_of(cloud.world)).cost)
