"""Requests that botocore would send: for each operation of a service a strategy, built from the model's shapes.

Names, ARNs and texts are drawn mostly from what the world holds, so that many requests get past the first law.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from botocore.loaders import create_loader
from botocore.model import ServiceModel, Shape
from hypothesis import strategies as st

ACCOUNT = "arn:aws:{service}:us-east-1:123456789012:"
WORDS = (
    "",
    "a",
    "web",
    "demo",
    "app",
    "default",
    "FARGATE",
    "FARGATE_SPOT",
    "1.4.0",
    "LATEST",
    "256",
    "512",
    "1 vCPU",
    "2GB",
    "web:1",
    "awslogs",
    "service/demo/web",
    "ecs:service:DesiredCount",
    "CODE_DEPLOY",
    "0" * 32,
    "arn:aws:ecs:us-east-1:123456789012:cluster/demo",
    "arn:aws:ecs:us-east-1:123456789012:task-definition/web:1",
    "arn:aws:ecs:us-east-1:123456789012:service/demo/web",
    "arn:aws:ecs:us-east-1:123456789012:task/demo/" + "0" * 32,
    "arn:aws:iam::123456789012:role/r",
    "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0123456789abcdef",
    "public.ecr.aws/docker/library/nginx:latest",
    "é‘’",
    "x" * 300,
)
NUMBERS = (-1, 0, 1, 2, 3, 10, 11, 20, 21, 80, 100, 101, 200, 201, 300, 512, 1024, 2147483647)
DEEPEST = 8
FEW = 3
"""Members of a list or map; botocore sets no upper bound, laws do (other tests go there)."""


@functools.cache
def service(name: str) -> ServiceModel:
    """The model of a service."""
    return ServiceModel(create_loader().load_service_model(name, "service-2"), name)


def requests(name: str, words: Sequence[str] = ()) -> st.SearchStrategy[tuple[str, dict[str, Any]]]:
    """(operation, request), for any operation of the service."""
    known = service(name)
    pool = tuple(dict.fromkeys((*words, *WORDS)))
    return st.one_of(
        *(
            st.tuples(st.just(operation), _strategy(shape, pool, 0) if shape else st.just({}))
            for operation in known.operation_names
            for shape in [known.operation_model(operation).input_shape]
        )
    )


def _strategy(shape: Shape, pool: tuple[str, ...], depth: int) -> st.SearchStrategy[Any]:
    match shape.type_name:
        case "structure":
            return _structure(shape, pool, depth)
        case "list":
            return st.lists(_strategy(shape.member, pool, depth + 1), max_size=0 if depth > DEEPEST else FEW)
        case "map":
            keys = _strategy(shape.key, pool, depth + 1)
            return st.dictionaries(keys, _strategy(shape.value, pool, depth + 1), max_size=FEW)
        case "string":
            return _string(shape, pool)
        case "integer" | "long":
            return _within(shape, st.sampled_from(NUMBERS) | st.integers(-(2**31), 2**31 - 1))
        case "double" | "float":
            return _within(shape, st.sampled_from(NUMBERS).map(float) | st.floats(-1e6, 1e6, allow_nan=False))
        case "boolean":
            return st.booleans()
        case "timestamp":
            return st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))
        case "blob":
            return st.binary(max_size=8)
    raise AssertionError(f"botocore has a new type of shape: {shape.type_name}")


def _structure(shape: Shape, pool: tuple[str, ...], depth: int) -> st.SearchStrategy[dict[str, Any]]:
    required = set(shape.required_members)
    if getattr(shape, "is_tagged_union", False):
        choices = [st.fixed_dictionaries({name: _late(one, pool, depth)}) for name, one in shape.members.items()]
        return st.one_of(*choices) if depth <= DEEPEST else choices[0]
    kept = {name: _late(one, pool, depth) for name, one in shape.members.items() if name in required}
    more = {name: _late(one, pool, depth) for name, one in shape.members.items() if name not in required}
    return st.fixed_dictionaries(kept, optional=more if depth <= DEEPEST else {})


def _late(shape: Shape, pool: tuple[str, ...], depth: int) -> st.SearchStrategy[Any]:
    """Shapes hold each other: each is made when it is drawn from."""
    return st.deferred(lambda: _strategy(shape, pool, depth + 1))


def _string(shape: Shape, pool: tuple[str, ...]) -> st.SearchStrategy[str]:
    least, most = shape.metadata.get("min", 0), shape.metadata.get("max", 400)
    words = st.sampled_from([word for word in pool if len(word) >= least] or ["x" * least])
    names = st.sampled_from(shape.enum) if shape.enum else words
    return st.one_of(names, names, words, st.text(min_size=least, max_size=max(least, min(most, 20))))


def _within(shape: Shape, numbers: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """botocore refuses what is below the model's minimum; the maximum it leaves to the service."""
    least = shape.metadata.get("min")
    return numbers if least is None else numbers.map(lambda number: max(number, least))
