"""Structures, lists and maps out of the flat fields of a form: `Subnets.member.1=subnet-1`, `SubnetId.1=subnet-1`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simcloud.cloud import shapes


class Form:
    """The fields of one request. In the spelling of EC2 lists are flat and names begin with a capital."""

    def __init__(self, fields: Mapping[str, str], *, ec2: bool) -> None:
        self._fields = fields
        self._ec2 = ec2

    def structure(self, shape: Any, at: str = "") -> dict[str, Any]:
        """The members that were sent."""
        found = {}
        for name, member in shape.members.items():
            key = f"{at}.{self._spelt(name, member)}" if at else self._spelt(name, member)
            if self._sent(key) or (member.type_name == "list" and self._sent(self._list_key(key, member))):
                found[name] = self._value(member, key)
        return found

    def _spelt(self, name: str, member: Any) -> str:
        given = member.serialization
        if not self._ec2:
            return str(given.get("name", name))
        if "queryName" in given:
            return str(given["queryName"])
        spelt = str(given.get("name", name))
        return spelt[:1].upper() + spelt[1:]

    def _sent(self, key: str) -> bool:
        return key in self._fields or any(field.startswith(f"{key}.") for field in self._fields)

    def _value(self, shape: Any, key: str) -> Any:
        match shape.type_name:
            case "structure":
                return self.structure(shape, key)
            case "list":
                return self._list(shape, self._list_key(key, shape))
            case "map":
                return self._map(shape, key)
            case _:
                return shapes.read(shape, self._fields.get(key, ""), timestamp="iso8601")

    def _list_key(self, key: str, shape: Any) -> str:
        if self._ec2:
            return key
        own = shape.member.serialization.get("name")
        if shape.serialization.get("flattened"):
            return ".".join([*key.split(".")[:-1], own]) if own else key
        return f"{key}.{own or 'member'}"

    def _list(self, shape: Any, key: str) -> list[Any]:
        places = {field[len(key) + 1 :].split(".")[0] for field in self._fields if field.startswith(f"{key}.")}
        return [self._value(shape.member, f"{key}.{place}") for place in sorted(filter(str.isdigit, places), key=int)]

    def _map(self, shape: Any, key: str) -> dict[str, Any]:
        entry = key if shape.serialization.get("flattened") else f"{key}.entry"
        own_key, own_value = (side.serialization.get("name") for side in (shape.key, shape.value))
        found = {}
        place = 1
        while (name := self._fields.get(f"{entry}.{place}.{own_key or 'key'}")) is not None:
            found[name] = self._value(shape.value, f"{entry}.{place}.{own_value or 'value'}")
            place += 1
        return found
