"""Laws on registering a scalable target."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts import scaling
from simcloud.facts.sources import PREFLIGHT, issue, recorded
from simcloud.facts.words import scaling as words
from simcloud.rules import reading
from simcloud.rules.engine import rule
from simcloud.rules.refusal import Refusal
from simcloud.rules.scaling import operations as on
from simcloud.rules.scaling.operations import invalid
from simcloud.rules.scaling.seen import Seen, triple


@rule("FG510", on=on.REGISTER, source=f"{PREFLIGHT} (pf-appautoscaling-namespace-dimension-match)", status="observed")
def a_dimension_is_of_its_service(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """A scalable dimension begins with the service namespace that it is used with."""
    named = triple(request)
    if named["dimension"].split(":")[0] != named["namespace"]:
        because = f"{named['dimension']} is no dimension of {named['namespace']}"
        yield Refusal("ScalableDimension", str(words.NOT_AUTHORIZED), because, code="AccessDeniedException")


@rule("FG511", on=on.REGISTER, source=f"{PREFLIGHT} (pf-appautoscaling-resource-id-shape)", status="observed")
def a_resource_id_has_the_form_of_its_dimension(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """A resource id has the form that its dimension scales: service/cluster/service for an ECS service."""
    named = triple(request)
    form = scaling.RESOURCE_IDS.value.get(named["dimension"], ".+")
    if not re.fullmatch(form, named["resource"]):
        yield invalid("ResourceId", words.UNSUPPORTED, f"'{named['resource']}' is not of the form {form}")


@rule("FG512", on=on.REGISTER, source=recorded("applicationautoscaling/controls.json"), status="observed")
def a_new_target_has_both_bounds(request: Mapping[str, Any], seen: Seen) -> Iterator[Refusal]:
    """Who registers a new target gives its least and its most capacity."""
    for member, bound in (("MinCapacity", "Minimum"), ("MaxCapacity", "Maximum")):
        if seen.target is None and reading.number(request, member) is None:
            yield invalid(member, words.CAPACITY_REQUIRED.format(bound=bound), "the target is not registered yet")


@rule("FG513", on=on.REGISTER, source=f"{PREFLIGHT} (pf-appautoscaling-min-capacity-zero-namespace)", status="observed")
def a_minimum_is_not_too_small(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """The least capacity of a service's resource is 0, and 1 for those that cannot stand still."""
    least = 1 if request.get("ServiceNamespace") in scaling.AT_LEAST_ONE.value else 0
    given = reading.number(request, "MinCapacity")
    if given is not None and given < least:
        yield invalid("MinCapacity", words.CAPACITY_LEAST.format(least=least), f"it is {given}")


@rule("FG514", on=on.REGISTER, source=f"{PREFLIGHT} (pf-appautoscaling-min-max-capacity)", status="observed")
def a_maximum_is_not_below_the_minimum(request: Mapping[str, Any], seen: Seen) -> Iterator[Refusal]:
    """The most capacity is at least the least; a bound that a request leaves out stays as it was registered."""
    held = seen.target or {}
    least = reading.number({**held, **request}, "MinCapacity")
    most = reading.number({**held, **request}, "MaxCapacity")
    if least is not None and most is not None and most < least:
        yield invalid("MaxCapacity", words.CAPACITY_ORDER, f"{most} is less than {least}")


@rule("FG515", on=on.REGISTER, source=f"{PREFLIGHT} (pf-appautoscaling-rolearn-required-no-slr)", status="observed")
def emr_needs_a_role(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """A target of Amazon EMR names a role, since EMR has no service-linked one for scaling."""
    if request.get("ServiceNamespace") == "elasticmapreduce" and not request.get("RoleARN"):
        yield invalid("RoleARN", words.ROLE_REQUIRED, "no role is given")


@rule("FG524", on=on.REGISTER, source=recorded("applicationautoscaling/controls.json"), status="observed")
def a_role_has_the_form_of_an_arn(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """The role of a target is given by its ARN, even where a service-linked one takes its place."""
    role = reading.text(request, "RoleARN")
    if role and not role.startswith("arn:"):
        yield invalid("RoleARN", words.ROLE_FORM.format(role=role), "it does not begin with arn:")


@rule("FG516", on=on.REGISTER, source=issue("spinnaker/spinnaker", 4371), status="observed")
def the_service_exists(request: Mapping[str, Any], seen: Seen) -> Iterator[Refusal]:
    """The ECS service that a target names exists."""
    named = triple(request)
    if named["namespace"] == scaling.ECS and seen.service is None:
        yield invalid("ResourceId", words.NO_SUCH_SERVICE.format(**named), "there is no such service in that cluster")


@rule("FG517", on=on.REGISTER, source=issue("terraform-aws-modules/terraform-aws-rds-aurora", 420), status="observed")
def tags_come_with_a_new_target(request: Mapping[str, Any], seen: Seen) -> Iterator[Refusal]:
    """Registering tags a target when it is new; a registered one is tagged by TagResource."""
    if seen.target is not None and reading.mapping(request, "Tags"):
        yield invalid("Tags", words.TAGGED_ALREADY, "the target is registered already")
