"""Choose compute by hand: Lambda or Fargate for calls, with both prices, the limits, and why."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from simcloud.choose.calls import Calls
from simcloud.choose.lambda_or_fargate import break_even, choose
from simcloud.choose.verdict import Verdict
from simcloud.views.table import Table

if TYPE_CHECKING:
    from simcloud.views.widgets import Explorer

SECONDS = ("0.1", "0.5", "2", "10", "60", "300", "900", "1200", "3600")
MEMORY = ("256", "512", "1024", "2048", "4096", "10240", "16384", "30720")
WAIT = {"nobody waits": None, "60 s": Decimal(60), "10 s": Decimal(10), "2 s": Decimal(2), "0.5 s": Decimal("0.5")}
DAYS = Decimal(730) / 24
"""Of a month."""


def try_lambda_or_fargate() -> Explorer:
    """The explorer of the lesson on when to use Fargate."""
    from simcloud.views.widgets import Choice, Control, Slider, explorer

    controls: dict[str, Control] = {
        "thousand_a_day": Slider("Thousand calls a day", 0, 5000, 10, 10),
        "seconds": Choice("Seconds of a call", SECONDS),
        "memory": Choice("Memory, MiB", MEMORY),
        "start": Slider("Seconds that its code needs to start", 0, 60, 0),
        "wait": Choice("The first call is answered within", tuple(WAIT)),
    }
    return explorer("Lambda or Fargate?", controls, verdict)


def verdict(thousand_a_day: int, seconds: str, memory: str, start: int, wait: str) -> Table:
    """What the chooser says of these calls."""
    calls = Calls(
        a_month=int(thousand_a_day * 1000 * DAYS),
        seconds=Decimal(seconds),
        memory=int(memory),
        start=Decimal(start),
        answer_within=WAIT[wait],
    )
    found = choose(calls)
    turn = break_even(calls)
    closing = [f"{found.chosen}.", *(f"Because of {why}." for why in found.decided_by)]
    if turn is not None:
        closing.append(f"From {turn:,} calls a month on, tasks that stand ready cost less than the function.")
    return as_table(found, " ".join(closing))


def as_table(found: Verdict, closing: str = "") -> Table:
    """A chooser's options: the bill of a month, and what is against each."""
    rows = tuple(
        (
            option.name,
            f"${option.bill.total}" if option.bill else "no price",
            "chosen" if option is found.choice else "possible" if option.is_open else "out",
            " ".join(str(why) for why in option.against) or "; ".join(option.notes),
        )
        for option in found.options
    )
    said = closing or " ".join([f"{found.chosen}.", *(f"Because of {why}." for why in found.decided_by)])
    return Table(found.name, ("way", "a month", "verdict", "why"), rows, said)
