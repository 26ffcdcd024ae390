"""moto's CloudFormation imports the models of twenty services before it reads a template, one of which needs a package
that is not here; what a template may name, and how its functions resolve, would depend on what else was imported."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from simcloud.cloud.cloudformation import functions, kinds

BESIDE = ("ecr", "efs", "elbv2")
"""Services that its import names as well, and that are here."""

ABSENT = (
    "apigateway",
    "autoscaling",
    "awslambda",
    "batch",
    "datapipeline",
    "dynamodb",
    "ecs",
    "elb",
    "emr",
    "iot",
    "kinesis",
    "organizations",
    "rds",
    "redshift",
    "route53",
    "sagemaker",
    "stepfunctions",
)
"""moto's rooms that its CloudFormation imports, and no template here needs."""


@contextmanager
def around() -> Iterator[None]:
    """While moto's CloudFormation is imported, let the rooms that it does not need be empty ones."""
    for service in (*kinds.MOTOS, *BESIDE):
        importlib.import_module(f"moto.{service}.models")
    empty = dict(_empty())
    kept = {name: sys.modules[name] for name in empty if name in sys.modules}
    sys.modules.update(empty)
    try:
        yield
    finally:
        for name in empty:
            del sys.modules[name]
        sys.modules.update(kept)


def _empty() -> Iterator[tuple[str, ModuleType]]:
    for service in ABSENT:
        room = ModuleType(f"moto.{service}")
        for part, names in (
            ("models", ("OrganizationsBackend", "organizations_backends")),
            ("utils", ("get_backend",)),
        ):
            inside = ModuleType(f"moto.{service}.{part}")
            for name in names:
                setattr(inside, name, None)
            setattr(room, part, inside)
            yield inside.__name__, inside
        yield room.__name__, room


def mend(module: ModuleType) -> None:
    """Name the resource types that there are; resolve functions as AWS does; make nothing by looking at a name."""
    parsing: Any = module
    parsing.get_model_list = lambda: [*kinds.motos().values(), *filter(None, map(kinds.ours, kinds.OURS))]
    parsing.get_model_map = lambda: {kind: kinds.model(kind) for kind in (*kinds.motos(), *kinds.OURS)}
    parsing.clean_json = functions.clean_json(parsing.clean_json)
    parsing.ResourceMap.__getitem__ = _held
    parsing.ResourceMap.validate_outputs = lambda self: None  # checking.py has judged the whole template


def _held(self: Any, key: str) -> Any:
    """What a name stands for; None for a resource that is not there (moto would make it by being asked)."""
    if key in self._parsed_resources:
        return self._parsed_resources[key]
    if key in self._resource_json_map:
        return None
    raise KeyError(key)
