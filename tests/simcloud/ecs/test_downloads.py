"""What the code of a task downloads is on the bill, by the way that it came."""

from __future__ import annotations

from decimal import Decimal

import pytest
from shop import Shop
from test_lost_zone_around import with_one_nat_gateway

from simcloud.cloud.usage import usage_of
from simcloud.price.price import price
from simcloud.price.usage import DataUsage

BUCKET = "models.s3.us-east-1.amazonaws.com"


def data(shop: Shop) -> dict[str, Decimal]:
    """Gigabytes on the bill by the kind of their way, without the image's."""
    held: dict[str, Decimal] = {}
    for each in usage_of(shop.cloud.world):
        if isinstance(each, DataUsage) and each.kind in ("nat", "endpoint", "gateway"):
            held[each.kind] = held.get(each.kind, Decimal(0)) + Decimal(each.gigabytes)
    return held


@pytest.mark.parametrize(("endpoint", "kind", "cost"), [(False, "nat", Decimal("0.45")), (True, "gateway", Decimal(0))])
def test_ten_gigabytes_from_s3_cost_by_nat_and_nothing_by_the_gateway_endpoint(
    shop: Shop, endpoint: bool, kind: str, cost: Decimal
) -> None:
    with_one_nat_gateway(shop, "us-east-1a")
    if endpoint:
        shop.open_endpoints((), s3=True)
    image = shop.cloud.push_image("shop/app", size_mib=1, downloads=[(BUCKET, 10 * 1024)])
    shop.register(shop.container(image=image))
    task = shop.run_and_wait(2)
    stream = f"web/web/{task.id}"
    (line,) = shop.logs.get_log_events(logGroupName="/ecs/web", logStreamName=stream)["events"]
    assert line["message"] == f"downloaded 10240 MiB from {BUCKET}"
    assert data(shop)[kind] == pytest.approx(Decimal(10), abs=Decimal("0.01"))
    used = [each for each in usage_of(shop.cloud.world) if isinstance(each, DataUsage) and each.kind == kind]
    assert sum(line.cost for line in price(used).lines) == pytest.approx(cost, abs=Decimal("0.001"))


def test_what_does_not_come_costs_nothing(open_shop: Shop) -> None:
    image = open_shop.cloud.push_image("shop/app", size_mib=1, downloads=[("data.example.com", 500)])
    open_shop.register(open_shop.container(image=image))
    task = open_shop.run_and_wait(2)
    assert task.status == "RUNNING"
    assert sum(data(open_shop).values()) < Decimal("0.1"), "the image alone came"
    assert "could not connect to data.example.com:443: Connection timed out" in str(
        open_shop.logs.get_log_events(logGroupName="/ecs/web", logStreamName=f"web/web/{task.id}")["events"]
    )
