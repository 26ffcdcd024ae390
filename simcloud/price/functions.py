"""AWS Lambda: used, and what that costs."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from simcloud.facts import prices_lambda
from simcloud.price.bill import BillLine, charge
from simcloud.price.spell import Number, Spell

MIB = 1024
MILLISECONDS = 1000


@dataclass(frozen=True, slots=True)
class LambdaUsage(Spell):
    """Invocations of one function, all alike."""

    requests: Number
    milliseconds: Number
    """Of one invocation; begun ones are counted whole."""
    memory: int
    """MiB."""
    storage: int = prices_lambda.STORAGE_FREE_MIB.value
    """MiB of /tmp."""
    architecture: str = "X86_64"
    seconds: Number = 0
    """Over which the invocations are spread evenly; 0 where they came at once."""

    def _spread(self) -> tuple[str, ...]:
        return ("requests",)


def function_lines(used: LambdaUsage) -> Iterator[BillLine]:
    """Requests, GB-seconds, and /tmp beyond what is included. The free tier is not taken off."""
    on_arm = used.architecture == "ARM64"
    rate = prices_lambda.ARM_GB_SECOND if on_arm else prices_lambda.X86_GB_SECOND
    requests = Decimal(used.requests)
    seconds = requests * math.ceil(Decimal(used.milliseconds)) / MILLISECONDS
    extra = max(0, used.storage - prices_lambda.STORAGE_FREE_MIB.value)
    yield charge("Lambda requests", requests, "requests", prices_lambda.REQUEST, "lambda")
    what = f"Lambda duration, {used.architecture}"
    yield charge(what, seconds * used.memory / MIB, "GB-seconds", rate, "lambda", family="lambda")
    yield charge("Lambda /tmp", seconds * extra / MIB, "GB-seconds", prices_lambda.STORAGE_GB_SECOND, "lambda")
