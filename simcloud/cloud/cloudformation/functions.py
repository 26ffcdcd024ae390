"""Intrinsic functions where moto leaves them out or resolves them otherwise than AWS; the others are moto's."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Mapping
from typing import Any

Clean = Callable[[Any, Any], Any]


def clean_json(motos: Clean) -> Clean:
    """moto's resolver of a value, behind ours. Values inside are resolved by the same."""

    def clean(value: Any, names: Any) -> Any:
        if isinstance(value, list):
            return [one for one in (clean(each, names) for each in value) if one is not None]
        if isinstance(value, Mapping) and len(value) == 1:
            (name, given), *_ = value.items()
            if name in _OURS:
                return _OURS[name](given, names, clean)
        return motos(value, names)

    return clean


def _zones(given: Any, names: Any, clean: Clean) -> list[str]:
    """Fn::GetAZs: the availability zones of the region."""
    from moto.ec2.models.availability_zones_and_regions import RegionsAndZonesBackend

    region = clean(given, names) or names["AWS::Region"]
    return [str(zone.name) for zone in RegionsAndZonesBackend.zones.get(region, ())]


def _blocks(given: Any, names: Any, clean: Clean) -> list[str]:
    """Fn::Cidr: so many blocks of a size within a block."""
    from simcloud.cloud.cloudformation.resource import Failed
    from simcloud.facts.words.stacks import CIDR_FULL

    block, count, *more = (clean(one, names) for one in given)
    bits = more[0] if more else 8
    try:
        network = ipaddress.ip_network(str(block))
        every = network.subnets(new_prefix=network.max_prefixlen - int(bits))
        made = [str(one) for one, _ in zip(every, range(int(count)), strict=False)]
    except (TypeError, ValueError):
        made = []
    if not made or len(made) < int(count):
        raise Failed(CIDR_FULL.format(count=count, bits=bits, block=block))
    return made


def _joined(given: Any, names: Any, clean: Clean) -> str:
    from simcloud.cloud.cloudformation.outputs import text

    return str(given[0]).join(text(one) for one in clean(given[1], names) or [])


def _selected(given: Any, names: Any, clean: Clean) -> Any:
    from simcloud.cloud.cloudformation.resource import Failed
    from simcloud.facts.words.stacks import SELECT_NOTHING

    index, values = int(clean(given[0], names)), clean(given[1], names)
    if not isinstance(values, list) or not 0 <= index < len(values):
        raise Failed(SELECT_NOTHING.format(index=index))
    return values[index]


def _found(given: Any, names: Any, clean: Clean) -> Any:
    from simcloud.cloud.cloudformation.resource import Failed
    from simcloud.facts.words.stacks import NO_MAPPING

    path = [clean(key, names) for key in given[:3]]
    try:
        found: Any = names[path[0]]
        return found[str(path[1])][str(path[2])]
    except (KeyError, TypeError):
        more = given[3] if len(given) > 3 else {}
        if isinstance(more, Mapping) and "DefaultValue" in more:
            return clean(more["DefaultValue"], names)
        raise Failed(NO_MAPPING.format(path="::".join(map(str, path)))) from None


def _substituted(given: Any, names: Any, clean: Clean) -> str:
    """Fn::Sub: places by name, by name and attribute, or by the map that is given with the text."""
    import re

    from simcloud.cloud.cloudformation.outputs import text

    template, more = (given[0], given[1]) if isinstance(given, list) else (given, {})

    def put(match: re.Match[str]) -> str:
        place = match[1].strip()
        if place.startswith("!"):
            return "${" + place[1:] + "}"
        if place in more:
            return text(clean(more[place], names))
        name, _, attribute = place.partition(".")
        value = {"Fn::GetAtt": [name, attribute]} if attribute else {"Ref": name}
        return text(clean(value, names))

    return re.sub(r"\$\{([^}]*)\}", put, str(template))


def _attribute(given: Any, names: Any, clean: Clean) -> Any:
    from simcloud.cloud.cloudformation.resource import Failed
    from simcloud.facts.words.stacks import NO_ATTRIBUTE

    name, attribute = given[0], clean(given[1], names)
    thing = names[name]
    if thing is None:
        return None
    if not isinstance(attribute, str) or not thing.has_cfn_attr(attribute):
        raise Failed(NO_ATTRIBUTE.format(name=name, attribute=attribute))
    return thing.get_cfn_attribute(attribute)


def _length(given: Any, names: Any, clean: Clean) -> int:
    return len(clean(given, names))


_OURS: Mapping[str, Callable[[Any, Any, Clean], Any]] = {
    "Fn::Cidr": _blocks,
    "Fn::FindInMap": _found,
    "Fn::GetAZs": _zones,
    "Fn::GetAtt": _attribute,
    "Fn::Join": _joined,
    "Fn::Length": _length,
    "Fn::Select": _selected,
    "Fn::Sub": _substituted,
}
