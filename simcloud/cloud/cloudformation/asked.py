"""What a request to CloudFormation asks for, read and judged before anything is made."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from simcloud.cloud.cloudformation import capabilities, checking, parameters, template
from simcloud.cloud.cloudformation.template import invalid
from simcloud.facts.words import stacks as words

NAME = re.compile(r"[a-zA-Z][-a-zA-Z0-9]*")
NAME_LENGTH = 128


class Asked(NamedTuple):
    """A template with all that belongs to it."""

    text: str
    template: dict[str, Any]
    parameters: dict[str, str]
    tags: dict[str, str]


def read(response: Any, held: Any | None = None) -> Asked:
    """Template, parameters and tags of a request. `held`: the stack that it is about. Raises Refused."""
    body = text(response, held)
    found = template.read(body)
    checking.demand_sound(found)
    before = held.parameters if held is not None else {}
    given = parameters.given(found, response._get_param("Parameters", []) or [], before)
    capabilities.demand(found, response._get_param("Capabilities", []) or [])
    tags = {one["Key"]: one["Value"] for one in response._get_param("Tags", []) or []}
    return Asked(body, found, given, tags or (dict(held.tags) if held is not None else {}))


def text(response: Any, held: Any | None = None) -> str:
    """The template's text, from the request, the bucket, or the stack that it is about. Raises Refused."""
    body, url = response._get_param("TemplateBody"), response._get_param("TemplateURL")
    if held is not None and response._get_bool_param("UsePreviousTemplate", False):
        return str(held.template)
    if url and not body:
        return str(response._get_stack_from_s3_url(url))
    if not body:
        invalid(str(words.NO_TEMPLATE))
    most = words.TEMPLATE_BYTES.value
    if len(body.encode()) > most:
        invalid(words.LONG_TEMPLATE.format(value=body, most=most))
    return str(body)


def name(response: Any) -> str:
    """The name of a stack to be made. Raises Refused."""
    given = str(response._get_param("StackName"))
    if NAME.fullmatch(given) is None:
        invalid(words.STACK_NAME.format(name=given))
    if len(given) > NAME_LENGTH:
        invalid(words.STACK_NAME_LONG.format(name=given))
    return given


def on_failure(response: Any) -> str:
    """ROLLBACK, DELETE or DO_NOTHING. Raises Refused."""
    given, disabled = response._get_param("OnFailure"), response._get_bool_param("DisableRollback")
    if given and disabled is not None:
        invalid(str(words.ON_FAILURE_TWICE))
    return "DO_NOTHING" if disabled else str(given or "ROLLBACK")
