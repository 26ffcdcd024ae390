"""The figures of a sheet, taken from the facts when the sheet is made, each with how sure it is.

A topic's text asks for one by `fig("timings.NETWORK_GIVE_UP", "s")`; where it stands in a table, the picks lead there:
`fig("sizes.LINUX", "GB", "largest memory")`. Nothing on a sheet is typed by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from markupsafe import Markup, escape

from simcloud.facts.fact import Fact
from simcloud.facts.index import every_fact

PICKS: Mapping[str, Callable[[Any], Any]] = {
    "least": min,
    "most": max,
    "largest memory": lambda sizes: max(max(row) for row in sizes.values()),
    "least memory": lambda sizes: min(min(row) for row in sizes.values()),
    "of ecs": lambda names: sum(name.startswith("CodeDeployDefault.ECS") for name in names),
    "rate": lambda machine: machine.rate,
    "last": lambda some: some[-1],
}
"""Ways into a table. What is none of these is a key."""

UNITS: Mapping[str, tuple[Decimal, str]] = {
    "": (Decimal(1), "{}"),
    "s": (Decimal(1), "{} s"),
    "min": (Decimal(60), "{} min"),
    "h": (Decimal(3600), "{} h"),
    "days": (Decimal(86400), "{} days"),
    "MiB": (Decimal(1), "{} MiB"),
    "GB": (Decimal(1024), "{} GB"),
    "GiB": (Decimal(1), "{} GiB"),
    "KiB": (Decimal(1024), "{} KiB"),
    "vCPU": (Decimal(1024), "{} vCPU"),
    "%": (Decimal("0.01"), "{} %"),
    "USD": (Decimal(1), "${}"),
    "USD an hour": (Decimal(1), "${} an hour"),
    "USD/GB": (Decimal(1), "${} a GB"),
    "USD a month": (Decimal(1), "${} a month"),
}
"""What the fact's own figure is divided by, and how it is written."""


class NoFigure(Exception):
    """A text asks for a figure that is not there; the message names fact, unit or pick."""


@cache
def _facts() -> dict[str, Fact[Any]]:
    return {name: fact for name, fact in every_fact() if isinstance(fact, Fact)}


def fig(name: str, unit: str = "", *picks: object) -> Markup:
    """A fact as a reader sees it: with its unit, a ring where it was only seen, the word where it is a guess.

    Raises NoFigure where there is no such fact, unit or way into it.
    """
    fact = _facts().get(name)
    if fact is None or unit not in UNITS:
        raise NoFigure(f"there is no {f'fact {name}' if fact is None else f'unit {unit}'}")
    value = fact.value
    for pick in picks:
        value = _picked(name, value, pick)
    return shown(written(value, unit), fact.status)


SURE: Mapping[str, Markup] = {
    "documented": Markup("{}"),
    "observed": Markup('{}<span class="seen">°</span>'),
    "assumed": Markup('{} <em class="guess">(assumed)</em>'),
}


def shown(said: object, *statuses: str) -> Markup:
    """A figure with the mark of the least sure of the facts that it comes from."""
    return SURE[max(statuses, key=list(SURE).index)].format(said)


def _picked(name: str, value: Any, pick: object) -> Any:
    if isinstance(pick, str) and pick in PICKS:
        return PICKS[pick](value)
    try:
        return value[pick]
    except (KeyError, IndexError, TypeError):
        raise NoFigure(f"{name}: {pick!r} leads nowhere") from None


def written(value: Any, unit: str) -> Markup:
    """A figure with its unit: no zeros at the end, thousands apart, no break between figure and unit."""
    by, form = UNITS[unit]
    if isinstance(value, str):
        return escape(value)
    if not isinstance(value, int | float | Decimal) or isinstance(value, bool):
        raise NoFigure(f"{value!r} is no figure: pick one out of it")
    number = Decimal(str(value)) / by
    plain = f"{number.normalize():f}"
    whole, _, rest = plain.partition(".")
    said = f"{int(whole):,}" + (f".{rest}" if rest else "")
    if unit.startswith("USD") and len(rest) == 1:
        said += "0"
    return escape(form.format(said).replace(" ", "\N{NO-BREAK SPACE}"))


def cheaper(part: str, whole: str) -> Markup:
    """By what share one price is below another, in whole per cent."""
    facts = _facts()
    cheap, dear = (Decimal(facts[name].value) for name in (part, whole))
    return shown(written(round(1 - cheap / dear, 2), "%"), facts[part].status, facts[whole].status)


def hourly(name: str) -> Markup:
    """A price for a second as one for an hour, in dollars, to a thousandth of a cent."""
    fact = _facts()[name]
    return shown(f"${round(Decimal(fact.value) * 3600, 5).normalize():f}", fact.status)


def port(name: str) -> Markup:
    """The port of a collector of traces: no thousands apart."""
    fact = _facts()["words.tracing.PORTS"]
    return shown(str(fact.value[name]), fact.status)
