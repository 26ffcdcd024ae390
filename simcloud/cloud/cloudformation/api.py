"""Resources of the neighbours, made as boto3 makes them: through the one door, laws in front and all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from simcloud.cloud.cloudformation import reasons
from simcloud.cloud.cloudformation.resource import Failed, Resource, Values, Wish, tagged
from simcloud.cloud.live import Call

OUT_OF_RANGE = ("Invalid value for parameter", "Invalid length for parameter")
"""How boto3 begins a line about a value whose type is right."""
GONE_ALREADY = ("NotFound", "NoSuchEntity", "InvalidAssociationID", "ParamValidation")
"""Error codes hold one of these where the thing is not there, or could never have been."""

MALFORMED = (AttributeError, IndexError, KeyError, TypeError, ValueError)
"""What comes of reading properties of another form than the type has."""


class ByApi(Resource):
    """A resource that one operation makes and another deletes."""

    ANSWER: ClassVar[str] = ""
    """Where in the answer its physical id stands: Vpc.VpcId."""
    DELETE: ClassVar[tuple[str, str]] = ("", "")
    """The operation that deletes it, and the member that takes the physical id."""
    CHANGED: ClassVar[frozenset[str]] = frozenset()
    """Properties that are changed in place; the change of another makes a new resource."""
    TAGS: ClassVar[str] = ""
    """How the operation takes tags: `Tags` (a list), `tags` (a map), or the kind of an EC2 resource (`:vpc`)."""
    DOCUMENTS: ClassVar[frozenset[str]] = frozenset(
        {"AssumeRolePolicyDocument", "FileSystemPolicy", "PolicyDocument", "RepositoryPolicyText"}
    )
    """Properties that are documents in a template and texts in the API."""
    LISTS: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    """Properties of the template alone that are lists of objects, with what each object must have; () for texts."""
    FROM_ANSWER: ClassVar[Mapping[str, str]] = {}
    """What `Fn::GetAtt` knows, and where in the answer it stands."""

    @classmethod
    def create(cls, call: Call, wish: Wish) -> Resource:
        answer = cls.ask(call, cls.CREATE, cls.well_formed(wish))
        attributes = {name: _at(answer, path) for name, path in cls.FROM_ANSWER.items()}
        made = cls(str(_at(answer, cls.ANSWER)), wish.properties, attributes)
        return made.finished(call, wish)

    @classmethod
    def well_formed(cls, wish: Wish) -> Values:
        """The request that makes it. Raises Failed for properties of another form than the type has."""
        try:
            return cls.asked(wish)
        except MALFORMED as wrong:
            raise _malformed(wish, wrong) from None

    @classmethod
    def asked(cls, wish: Wish) -> Values:
        """The request that makes it."""
        request = cls.request({name: value for name, value in wish.properties.items() if name != "Tags"})
        if cls.NAME:
            request[cls._members()[cls.NAME][0]] = wish.name
        return cls._with_tags(request, wish)

    @classmethod
    def _with_tags(cls, request: Values, wish: Wish) -> Values:
        own = wish.properties.get("Tags") or []
        if isinstance(own, Mapping):
            own = [{"Key": key, "Value": value} for key, value in own.items()]
        given = [
            {"Key": str(one["Key"]), "Value": str(one.get("Value", ""))}
            for one in tagged(own, wish.tags, key="Key", value="Value")
        ]
        if cls.TAGS.startswith(":"):
            given += [{"Key": key, "Value": value} for key, value in wish.system_tags.items()]
            request["TagSpecifications"] = [{"ResourceType": cls.TAGS[1:], "Tags": given}]
        elif given and cls.TAGS == "tags":
            request["tags"] = {one["Key"]: one["Value"] for one in given}
        elif given and cls.TAGS:
            request[cls.TAGS] = given
        return request

    def finished(self, call: Call, wish: Wish) -> Resource:
        """This resource, when the calls that follow its creation are made. Raises Failed with the resource in it."""
        try:
            self.finish(call, wish, {})
        except Failed as failed:
            failed.made = self
            raise
        except MALFORMED as wrong:
            told = _malformed(wish, wrong)
            told.made = self
            raise told from None
        return self

    def finish(self, call: Call, wish: Wish, before: Values) -> None:
        """What takes further calls, at first (`before` is empty) and where properties changed. Raises Failed."""

    def update(self, call: Call, wish: Wish) -> None:
        before, self.properties = self.properties, wish.properties
        try:
            self.finish(call, wish, before)
        except MALFORMED as wrong:
            raise _malformed(wish, wrong) from None

    def delete(self, call: Call) -> None:
        operation, member = self.DELETE
        if operation:
            self.ask_gone(call, operation, {member: self.physical_resource_id})

    def replaced_by(self, properties: Values) -> bool:
        names = {*self.properties, *properties} - {"Tags", *self.CHANGED}
        return any(self.properties.get(name) != properties.get(name) for name in names)

    @classmethod
    def faults(cls, properties: Values) -> list[str]:
        """What must be there, and what is of another type; the rest is left to the service."""
        from simcloud.cloud.cloudformation import schema
        from simcloud.facts.words import stacks as words

        found = [words.KEY_NOT_FOUND.format(at="#", name=name) for name in cls.REQUIRED if name not in properties]
        members = cls._members() if cls.CREATE else {}
        for name, value in properties.items():
            if name in members and name not in cls.DOCUMENTS and name != "Tags":
                found += schema.faults(members[name][1], value, f"#/{name}", strict=False)
        for name, needed in cls.LISTS.items():
            found += _faults_of_list(name, properties.get(name, []), needed)
        if not isinstance(properties.get("Tags"), Mapping):
            found += _faults_of_list("Tags", properties.get("Tags", []), ("Key",))
        return found

    @classmethod
    def ask(cls, call: Call, operation: str, request: Values) -> Values:
        return of_neighbour(call, cls.KIND, cls.SERVICE, operation, request)

    @classmethod
    def ask_gone(cls, call: Call, operation: str, request: Values) -> None:
        """Delete something; what is not there is no mistake."""
        try:
            cls.ask(call, operation, request)
        except Failed as failed:
            if not any(part in failed.code for part in GONE_ALREADY):
                raise


def _malformed(wish: Wish, wrong: Exception) -> Failed:
    from simcloud.facts.words import stacks as words

    return Failed(words.PROPERTIES.format(name=wish.logical, message=f"#: {type(wrong).__name__} {wrong}"))


def _faults_of_list(name: str, given: Any, needed: tuple[str, ...]) -> Iterator[str]:
    from simcloud.facts.words import stacks as words

    if not isinstance(given, list):
        yield words.WRONG_TYPE.format(at=f"#/{name}", expected="JSONArray", found="String")
        return
    for index, one in enumerate(given):
        if needed and not isinstance(one, Mapping):
            yield words.WRONG_TYPE.format(at=f"#/{name}/{index}", expected="JSONObject", found="String")
        elif not needed and isinstance(one, (Mapping, list)):
            yield words.WRONG_TYPE.format(at=f"#/{name}/{index}", expected="String", found="JSONObject")
        else:
            for member in needed:
                if member not in one:
                    yield words.KEY_NOT_FOUND.format(at=f"#/{name}/{index}", name=member)


def of_neighbour(call: Call, kind: str, service: str, operation: str, request: Values) -> Values:
    """The answer of a neighbour. Raises Failed."""
    from botocore.exceptions import ClientError, ParamValidationError

    from simcloud.cloud import notes

    try:
        answer: Values = _asked_as_the_service_takes_it(call, service, operation, request)
    except ClientError as refused:
        code, message = refused.response["Error"]["Code"], refused.response["Error"]["Message"]
        why = "; ".join(notes.told())
        if code in ("NotSimulated", "SimulatorFault"):
            raise Failed(message) from None
        raise Failed(reasons.of_neighbour(kind, code, message), why, code=code) from None
    except ParamValidationError as wrong:
        message = " ".join(str(wrong).split())
        raise Failed(reasons.of_handler(message, "InvalidRequest"), code="ParamValidation") from None
    return answer


def _asked_as_the_service_takes_it(call: Call, service: str, operation: str, request: Values) -> Any:
    """The answer of a neighbour. Where a law judges what is too small or too short, boto3 leaves it to the law."""
    from botocore.exceptions import ParamValidationError

    from simcloud.rules.neighbours import limits

    try:
        return ask(call, service, operation, request)
    except ParamValidationError as wrong:
        sized = all(line.startswith(OUT_OF_RANGE) for line in str(wrong).splitlines()[1:])
        if not sized or operation not in {judged.split(":")[1] for judged in limits.JUDGED}:
            raise
        return ask(call, service, operation, request, checked=False)


def ask(call: Call, service: str, operation: str, request: Values, *, checked: bool = True) -> Any:
    """Call a neighbour inside a call: answered as ever, and not in the transcript. Raises ClientError."""
    import boto3
    from botocore.config import Config

    from simcloud.cloud import door, transcript

    client = boto3.client(service, region_name=call.region, config=Config(parameter_validation=checked))
    client.meta.events.register("before-send", door.before_send, unique_id="simcloud-door")
    return transcript.inside(client, operation, request)


def _at(answer: Any, path: str) -> Any:
    for part in path.split(".") if path else ():
        answer = answer[int(part)] if part.isdigit() else (answer or {}).get(part)
    return answer
