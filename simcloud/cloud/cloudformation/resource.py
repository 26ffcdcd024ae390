"""A resource of one of our services: made, changed and deleted by the handlers that boto3's calls reach.

moto's templates ask a few things of every resource class by its own names (`cloudformation_type`, `has_cfn_attr`,
`get_cfn_attribute`, `physical_resource_id`); the rest is what a stack needs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, NamedTuple

from simcloud.cloud.cloudformation import schema
from simcloud.cloud.errors import NotSimulated, Refused
from simcloud.cloud.live import Call
from simcloud.facts.words import stacks as words

Values = dict[str, Any]


class Failed(Exception):
    """A resource cannot be made, changed or deleted; `str()` is AWS's status reason, `why` ours.

    `code` is the error code of the service that refused; '' where none did. `made` is what was made all the same, and
    has to be deleted again.
    """

    def __init__(self, reason: str, why: str = "", code: str = "") -> None:
        super().__init__(reason)
        self.why, self.code = why, code
        self.made: Resource | None = None


class Wish(NamedTuple):
    """What a stack wants of a resource."""

    logical: str
    name: str
    """The name that the template gives, or the one that CloudFormation makes up."""
    properties: Values
    """Resolved: no intrinsic function is left."""
    tags: dict[str, str]
    """The stack's own tags, which its resources get too."""
    system_tags: dict[str, str]
    """aws:cloudformation:stack-name and its like."""


class Resource:
    """A resource that exists, and the class of such resources. Picklable, plain data."""

    KIND: ClassVar[str] = ""
    """AWS::ECS::Cluster."""
    SERVICE: ClassVar[str] = "ecs"
    CREATE: ClassVar[str] = ""
    """The API's operation that makes one: its input says which properties there are."""
    NAME: ClassVar[str] = ""
    """The property that names it; '' where it has no name."""
    RENAMED: ClassVar[Mapping[str, str]] = {}
    """Properties at the top whose member has another name: property -> member."""
    MORE: ClassVar[frozenset[str]] = frozenset()
    """Properties that are no members of the operation's input."""
    LESS: ClassVar[frozenset[str]] = frozenset({"clientToken", "clientRequestToken"})
    """Members that are no properties."""
    REQUIRED: ClassVar[tuple[str, ...]] = ()
    REPLACED_BY: ClassVar[frozenset[str]] = frozenset()
    """Properties whose change makes a new resource."""
    ATTRIBUTES: ClassVar[frozenset[str]] = frozenset()
    """What `Fn::GetAtt` knows."""
    SAYS: ClassVar[Mapping[str, str]] = {}
    """How the status reason names an operation of the service."""

    def __init__(self, physical: str, properties: Values, attributes: Mapping[str, Any] | None = None) -> None:
        self.physical_resource_id = physical
        self.properties = properties
        self.attributes = dict(attributes or {})

    # --- what moto's templates ask

    @classmethod
    def cloudformation_type(cls) -> str:
        """The resource type."""
        return cls.KIND

    @classmethod
    def cloudformation_name_type(cls) -> str:
        """The property that holds the name."""
        return cls.NAME

    @classmethod
    def has_cfn_attr(cls, attr: str) -> bool:
        """Does `Fn::GetAtt` know this?"""
        return attr in cls.ATTRIBUTES

    def get_cfn_attribute(self, attribute_name: str) -> Any:
        """What `Fn::GetAtt` gives."""
        return self.attributes[attribute_name]

    # --- a life in a stack

    @classmethod
    def create(cls, call: Call, wish: Wish) -> Resource:
        """Make it. Raises Failed."""
        raise NotImplementedError

    def update(self, call: Call, wish: Wish) -> None:
        """Change it in place. Raises Failed. Most types are replaced or changed by what creates them."""
        raise NotImplementedError

    def delete(self, call: Call) -> None:
        """Begin to delete it; one that is gone is no mistake. Raises Failed."""

    def is_settled(self, call: Call) -> bool:
        """Is what was begun complete? Raises Failed where it never will be."""
        return True

    def is_gone(self, call: Call) -> bool:
        """Is the deletion that was begun complete?"""
        return True

    def replaced_by(self, properties: Values) -> bool:
        """Do these properties need a new resource?"""
        return any(self.properties.get(name) != properties.get(name) for name in self.REPLACED_BY)

    # --- helpers of the types

    @classmethod
    def shape(cls) -> Any:
        """botocore's shape of the input of CREATE."""
        from simcloud.cloud.routes import model

        return model(cls.SERVICE).operation_model(cls.CREATE).input_shape

    @classmethod
    def faults(cls, properties: Values) -> list[str]:
        """What CloudFormation itself refuses in the properties."""
        members = cls._members()
        found = [words.KEY_NOT_FOUND.format(at="#", name=name) for name in cls.REQUIRED if name not in properties]
        for name, value in properties.items():
            if name in members:
                found += schema.faults(members[name][1], value, f"#/{name}")
            elif name not in cls.MORE:
                found.append(words.NOT_PERMITTED.format(at="#", name=name))
        return found

    @classmethod
    def request(cls, properties: Values) -> Values:
        """The properties as members of the API's input."""
        members = cls._members()
        known = {name: value for name, value in properties.items() if name in members and value is not None}
        return {members[name][0]: schema.translated(members[name][1], value) for name, value in known.items()}

    @classmethod
    def _members(cls) -> dict[str, tuple[str, Any]]:
        """By property the member of the API's input and its shape."""
        shape, renamed = cls.shape(), {member: name for name, member in cls.RENAMED.items()}
        return {
            renamed.get(name) or schema.spelt(shape, name): (name, member)
            for name, member in shape.members.items()
            if name not in cls.LESS
        }

    @classmethod
    def ask(cls, call: Call, operation: str, request: Values) -> Values:
        """Call the service as boto3 would. Raises Failed with the status reason of a refusal."""
        from simcloud.cloud.cloudformation import reasons

        try:
            return reasons.handled(cls.SERVICE, operation, request, call)
        except NotSimulated as missing:
            raise Failed(missing.message) from None
        except Refused as refused:
            said = cls.SAYS.get(operation, f"{operation}:")
            why = "; ".join(one.because for one in refused.explained if one.because)
            raise Failed(reasons.of_refusal(cls.SERVICE, said, refused), why, refused.code) from None


def tagged(
    given: list[Values] | None, more: Mapping[str, str], *, key: str = "key", value: str = "value"
) -> list[Values]:
    """The tags of a request, with those of the stack that it does not set itself."""
    known = {one[key]: one.get(value, "") for one in given or []}
    return [{key: name, value: text} for name, text in {**more, **known}.items()]
