"""Switch each law of the neighbours off in turn: some request of their tables must then be taken by the laws."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
import test_neighbours_balancing
import test_neighbours_events
import test_neighbours_identity
import test_neighbours_network
import test_neighbours_operating
import test_neighbours_routing
import test_neighbours_storing
from botocore.exceptions import ClientError
from neighbours_as_built import Built as World
from neighbours_as_built import build, call

from simcloud import Cloud
from simcloud.rules import engine
from simcloud.rules.engine import Law, judge, laws

LAWS = [law for law in laws() if law.check.__module__.startswith("simcloud.rules.neighbours.")]
NOT_IN_THE_TABLES = {
    "FG424": (test_neighbours_balancing, "test_a_protected_load_balancer_is_not_deleted"),
    "FG1504": (test_neighbours_events, "test_a_sixth_target_is_refused"),
}
"""Laws whose request needs a world that the tables do not build, and the test that shows them."""
Judged = tuple[str, Any, Any]


@pytest.fixture(scope="module")
def alone() -> Iterator[dict[str, list[Judged]]]:
    """The judgements that one law alone decides, by its id."""
    found: dict[str, list[Judged]] = defaultdict(list)

    def noting(name: str, request: Any, view: Any) -> Any:
        refusals = judge(name, request, view)
        if len({refusal.rule for refusal in refusals}) == 1:
            found[refusals[0].rule].append((name, request, view))
        return refusals

    with pytest.MonkeyPatch.context() as patch, Cloud(seed=46):
        world = World()
        build(world.names)
        patch.setattr(engine, "judge", noting)
        for operation, params, _, _ in each_refused(world):
            with pytest.raises(ClientError):
                call(operation, params(world))
        yield found


def each_refused(world: World) -> Iterator[tuple[Any, ...]]:
    """The refused requests of all tables, in one world."""
    made = call("ec2.create_vpc_endpoint", test_neighbours_network.zoned(world))
    world.names["zoned_endpoint"] = made["VpcEndpoint"]["VpcEndpointId"]
    for table in (
        test_neighbours_balancing,
        test_neighbours_routing,
        test_neighbours_network,
        test_neighbours_storing,
        test_neighbours_identity,
        test_neighbours_operating,
        test_neighbours_events,
    ):
        yield from (param.values for param in table.REFUSED)


@pytest.mark.parametrize("law", LAWS, ids=lambda law: f"{law.id}-{law.check.__name__}")
def test_a_case_notices_when_the_law_is_off(
    law: Law, alone: dict[str, list[Judged]], monkeypatch: pytest.MonkeyPatch
) -> None:
    if law.id in NOT_IN_THE_TABLES:
        assert hasattr(*NOT_IN_THE_TABLES[law.id])
        return
    noticing = alone[law.id]
    assert noticing, f"no case is refused by {law.id} alone"
    monkeypatch.delitem(engine.LAWS, law.id)
    assert [judge(*case) for case in noticing] == [[] for _ in noticing]


def test_every_law_is_on_operations_that_boto3_has() -> None:
    import boto3

    with Cloud(seed=47):
        names = {"elasticloadbalancing": "elbv2", "elasticfilesystem": "efs"}
        for law in LAWS:
            for operation in law.operations:
                service, name = operation.split(":")
                known = boto3.client(names.get(service, service)).meta.service_model.operation_names
                assert name in known, f"{law.id} is on {operation}"
