"""Bills that are kept whole: `python -m tests.golden.bills` writes them anew. Review the difference as a bill."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from simcloud.price.choices import Choices
from simcloud.price.plan import SavingsPlan
from simcloud.price.planned import break_even, planned
from simcloud.price.price import price
from simcloud.price.usage import (
    AddressUsage,
    BalancerUsage,
    ClusterUsage,
    DataUsage,
    NatUsage,
    Owner,
    StorageUsage,
    TaskUsage,
    Usage,
)
from simcloud.price.whatif import what_if

HERE = Path(__file__).parent
MINUTE, HOUR, DAY, MONTH = 60, 3600, 86_400, 730 * 3600


def the_four_worked_examples_of_the_price_list() -> str:
    """R-309 to R-312."""
    examples: dict[str, Usage] = {
        "1: five tasks, ten minutes a day, a month": TaskUsage(10 * MINUTE, 1024, 2048, 30, count=150),
        "2: the same on ARM": TaskUsage(10 * MINUTE, 1024, 2048, 30, "ARM64", count=150),
        "3: ten pods, an hour a day": TaskUsage(HOUR, 256, 1024, count=300, kubernetes=True),
        "4: ten Windows tasks, an hour a day": TaskUsage(HOUR, 1024, 2048, windows=True, count=300),
    }
    return "\n\n".join(f"Example {name}\n{price([used])}" for name, used in examples.items())


def a_month_of_a_small_shop() -> str:
    """Everything that stands around two tasks behind a load balancer."""
    used: list[Usage] = [
        TaskUsage(MONTH, 512, 1024, count=2),
        TaskUsage(MONTH, 512, 1024, count=2, purchase="spot"),
        NatUsage(MONTH, public=False),
        AddressUsage(MONTH),
        DataUsage("nat", 40, "s3"),
        BalancerUsage(MONTH, "0.8"),
        DataUsage("logs", 12),
        StorageUsage("ecr", 3, MONTH),
        StorageUsage("efs", 10, MONTH),
        ClusterUsage(0),
    ]
    return str(price(used))


def nat_gateways_or_endpoints() -> str:
    """Row P03, in two zones."""
    used: list[Usage] = [TaskUsage(MONTH, 256, 512, count=2), DataUsage("nat", 60, "s3"), DataUsage("nat", 1, "logs")]
    used += [NatUsage(MONTH, owner=Owner(f"nat-{zone}")) for zone in "ab"]
    return str(what_if(used, Choices(endpoints=("ecr.api", "ecr.dkr", "s3", "logs"))))


def a_plan_for_a_service_that_sleeps_at_night() -> str:
    """Row T08: five tasks always, ten more for twelve hours."""
    used = [TaskUsage(DAY, 1024, 2048, count=5), TaskUsage(12 * HOUR, 1024, 2048, count=10)]
    lines = []
    for years in (1, 3):
        found = break_even(used, 0, DAY, years=years)
        plan = planned(used, SavingsPlan(found.best, years), 0, DAY)
        lines.append(
            f"{found.term}: best ${found.best} an hour, which saves ${found.saved:.2f} a day\n"
            f"break-even ${found.most} an hour\n"
            f"utilisation {plan.utilisation:.1%}, coverage {plan.coverage:.1%}\n{plan.bill}"
        )
    return "\n\n".join(lines)


def another_size_processor_and_share_of_spot() -> str:
    """Rows F07, T10, F04."""
    used = [TaskUsage(DAY, 1024, 2048, count=10)]
    choices = Choices(cpu=512, memory=1024, architecture="ARM64", spot_share=Decimal("0.6"))
    return str(what_if(used, choices))


BILLS: dict[str, Callable[[], str]] = {
    function.__name__: function
    for function in (
        the_four_worked_examples_of_the_price_list,
        a_month_of_a_small_shop,
        nat_gateways_or_endpoints,
        a_plan_for_a_service_that_sleeps_at_night,
        another_size_processor_and_share_of_spot,
    )
}


def main() -> None:
    """One file a bill."""
    for name, made in BILLS.items():
        (HERE / f"{name}.bill.txt").write_text(made() + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
