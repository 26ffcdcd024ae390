"""Is a template sound? What CloudFormation refuses before it makes anything, in the order in which it looks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from simcloud.cloud.cloudformation import arguments, kinds, references, shapes
from simcloud.cloud.cloudformation.template import invalid
from simcloud.cloud.errors import NotSimulated
from simcloud.facts.words import stacks as words

SECTIONS = frozenset(
    {
        "AWSTemplateFormatVersion",
        "Conditions",
        "Description",
        "Hooks",
        "Mappings",
        "Metadata",
        "Outputs",
        "Parameters",
        "Resources",
        "Rules",
        "Transform",
    }
)
MEMBERS = frozenset(
    {
        "Condition",
        "CreationPolicy",
        "DeletionPolicy",
        "DependsOn",
        "Metadata",
        "Properties",
        "Type",
        "UpdatePolicy",
        "UpdateReplacePolicy",
    }
)
PSEUDO = frozenset(
    {
        "AWS::AccountId",
        "AWS::NoValue",
        "AWS::NotificationARNs",
        "AWS::Partition",
        "AWS::Region",
        "AWS::StackId",
        "AWS::StackName",
        "AWS::URLSuffix",
    }
)
OF_THINGS = re.compile(r"(AWS::[A-Za-z0-9:<>]+|List<AWS::[A-Za-z0-9:]+>)$")
"""Types of parameters that name a kind of thing."""
INSTEAD = "A stack here is made of {services}, and what the template's other resources do has to be left out."
SERVICES = (
    "ECS, Application Auto Scaling, CodeDeploy and EKS on Fargate, and the EC2 network, load balancers, roles,"
    " repositories, file systems, log groups, queues, topics, buckets, keys and parameters around them"
)


def demand_sound(template: Mapping[str, Any]) -> None:
    """Raise Refused for a template that CloudFormation refuses, NotSimulated for what this course leaves out."""
    if unknown := [str(name) for name in template if name not in SECTIONS]:
        invalid(words.UNKNOWN_SECTION.format(names=", ".join(unknown)))
    resources = template.get("Resources")
    if not resources or not isinstance(resources, Mapping):
        invalid(str(words.NO_RESOURCES))
    shapes.demand(template)
    _demand_parameters(template.get("Parameters") or {})
    most = words.RESOURCES_MOST.value
    if len(resources) > most:
        invalid(words.MANY_RESOURCES.format(count=len(resources), most=most))
    for name, resource in resources.items():
        _demand_resource(name, resource)
    arguments.demand(template)
    _demand_kinds(resources)
    _demand_references(template)
    _demand_order(resources)
    if template.get("Transform"):
        raise NotSimulated("cloudformation", "Transform", "Write the template without macros.")


def _demand_resource(name: str, resource: Any) -> None:
    if not str(name).isalnum():
        invalid(words.LOGICAL_ID.format(name=name))
    if not isinstance(resource, Mapping) or not isinstance(resource.get("Type"), str):
        invalid(words.NO_TYPE.format(name=name))
    for member in resource:
        if member not in MEMBERS:
            invalid(words.UNKNOWN_MEMBER.format(name=name, member=member))


def _demand_parameters(slots: Mapping[str, Any]) -> None:
    """Each parameter has a type, and one that there is."""
    if not all(isinstance(slot, Mapping) and slot.get("Type") for slot in slots.values()):
        invalid(str(words.NO_PARAMETER_TYPE))
    named = dict.fromkeys(str(slot["Type"]) for slot in slots.values())
    unknown = [kind for kind in named if kind not in words.PARAMETER_TYPES.value and not OF_THINGS.match(kind)]
    if unknown:
        invalid(words.UNKNOWN_PARAMETER_TYPES.format(types=", ".join(unknown)))


def _demand_kinds(resources: Mapping[str, Any]) -> None:
    named = list(dict.fromkeys(each["Type"] for each in resources.values()))
    if unknown := [kind for kind in named if not kinds.exists(kind)]:
        invalid(words.UNKNOWN_TYPES.format(types=", ".join(unknown)))
    for kind in named:
        if kinds.model(kind) is None:
            raise NotSimulated("cloudformation", kind, INSTEAD.format(services=SERVICES))


def _demand_references(template: Mapping[str, Any]) -> None:
    resources, conditions = template["Resources"], template.get("Conditions") or {}
    known = {*resources, *(template.get("Parameters") or {}), *PSEUDO}
    for block in ("Resources", "Outputs"):
        for part in (template.get(block) or {}).values():
            _demand_names(part, known, resources, block)
            asked = references.conditions(part.get("Properties", part) if block == "Resources" else part)
            for name in [*([part["Condition"]] if isinstance(part, Mapping) and part.get("Condition") else ()), *asked]:
                if isinstance(name, str) and name not in conditions:
                    invalid(words.UNRESOLVED_CONDITION.format(name=name, block=block))
    slots = {*(template.get("Parameters") or {}), *PSEUDO}
    missing = [one.name for one in references.references(conditions) if one.attribute or one.name not in slots]
    if missing:
        invalid(words.UNRESOLVED.format(names=", ".join(dict.fromkeys(missing)), block="Conditions"))
    for resource in resources.values():
        if missing := [one for one in references.depends_on(resource) if one not in resources]:
            invalid(words.UNRESOLVED.format(names=", ".join(missing), block="Resources"))


def _demand_names(part: Any, known: set[str], resources: Mapping[str, Any], block: str) -> None:
    if not isinstance(part, Mapping):
        invalid(str(words.NOT_A_TEMPLATE))
    missing = []
    for one in references.references(part):
        if not one.attribute and one.name not in known:
            missing.append(one.name)
        elif one.attribute and one.name not in resources:
            invalid(words.UNDEFINED_IN_GET_ATT.format(name=one.name))
        elif one.attribute and one.attribute != "*" and not _has(resources[one.name]["Type"], one.attribute):
            invalid(words.NO_ATTRIBUTE.format(name=one.name, attribute=one.attribute))
    if missing:
        invalid(words.UNRESOLVED.format(names=", ".join(dict.fromkeys(missing)), block=block))


def _has(kind: str, attribute: str) -> bool:
    model = kinds.model(kind)
    return model is None or bool(model.has_cfn_attr(attribute))


def _demand_order(resources: Mapping[str, Any]) -> None:
    wanted = references.needs(resources)
    for name, resource in resources.items():
        if any(one.name == name for one in references.references(resource)) or name in references.depends_on(resource):
            invalid(words.CIRCLE.format(names=name))
    try:
        references.in_order(wanted)
    except ValueError as circle:
        invalid(words.CIRCLE.format(names=", ".join(circle.args[0])))
