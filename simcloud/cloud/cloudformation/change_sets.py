"""Change sets: what an update, or a new stack, would change, kept until somebody executes it."""

from __future__ import annotations

from typing import Any

from simcloud.cloud.cloudformation import answers, asked, motos, stacks
from simcloud.cloud.cloudformation.template import invalid, read
from simcloud.facts.words import stacks as words

NO_CHANGES = "The submitted information didn't contain changes. Submit different information to create a change set."


def create_change_set(response: Any) -> dict[str, Any]:
    """CreateChangeSet: of a stack that exists, or with a stack that is to be made (REVIEW_IN_PROGRESS)."""
    from moto.cloudformation.models import ChangeSet
    from moto.cloudformation.utils import generate_changeset_id, validate_create_change_set

    name = str(response._get_param("ChangeSetName"))
    validate_create_change_set(name)
    kind, stack = _subject(response, name)
    given = asked.read(response, None if kind == "CREATE" else stack)
    backend = response.cloudformation_backend
    if stack is None:
        stack = answers.made(response, asked.name(response), None)
        stack.status = "REVIEW_IN_PROGRESS"
        stack._add_stack_event("REVIEW_IN_PROGRESS", resource_status_reason=str(words.USER))
        backend.stacks[stack.stack_id] = stack
    made: Any = ChangeSet(
        change_set_type=kind,
        change_set_id=generate_changeset_id(name, backend.region_name, backend.account_id),
        change_set_name=name,
        stack=stack,
        template=given.text,
        parameters=given.parameters,
        description=response._get_param("Description"),
        notification_arns=response._get_param("NotificationARNs", []),
        tags=given.tags,
        role_arn=response._get_param("RoleARN"),
    )
    made.on_failure = response._get_param("OnStackFailure") or "ROLLBACK"
    _judge(made, stack, given)
    backend.change_sets[made.change_set_id] = made
    return {"Id": made.change_set_id, "StackId": stack.stack_id}


def _subject(response: Any, name: str) -> tuple[str, Any | None]:
    """CREATE or UPDATE, and the stack that is there already."""
    stack_name = str(response._get_param("StackName"))
    kind, stack = response._get_param("ChangeSetType") or "UPDATE", answers.find(response, stack_name)
    if kind == "UPDATE":
        if stack is None:
            invalid(words.NO_STACK_HERE.format(name=stack_name))
        if stack.status != "REVIEW_IN_PROGRESS":
            answers.demand_updatable(stack)
    elif stack is not None and stack.status != "REVIEW_IN_PROGRESS":
        invalid(words.STACK_THERE.format(name=stack_name, change_set=name))
    every = response.cloudformation_backend.change_sets.values()
    if stack is not None and any(one.stack is stack and one.change_set_name == name for one in every):
        invalid(words.CHANGE_SET_EXISTS.format(name=name), "AlreadyExistsException")
    return ("CREATE" if stack is not None and stack.status == "REVIEW_IN_PROGRESS" else kind), stack


def _judge(made: Any, stack: Any, given: asked.Asked) -> None:
    if made.change_set_type == "UPDATE" and not answers.is_news(stack, given):
        made.status, made.execution_status, made.status_reason = "FAILED", "UNAVAILABLE", NO_CHANGES
    else:
        made.status, made.execution_status = "CREATE_COMPLETE", "AVAILABLE"


def find(response: Any) -> Any:
    """The change set by its ARN, or by its name and its stack's. Raises Refused."""
    name, stack_name = str(response._get_param("ChangeSetName")), response._get_param("StackName")
    for one in response.cloudformation_backend.change_sets.values():
        if name == one.change_set_id:
            return one
        if name == one.change_set_name and stack_name in (None, one.stack_name, one.stack_id):
            return one
    return invalid(words.NO_CHANGE_SET.format(name=name), "ChangeSetNotFoundException")


def execute_change_set(response: Any) -> None:
    """ExecuteChangeSet: the stack goes where the change set leads."""
    made = find(response)
    if made.execution_status != "AVAILABLE":
        said = words.CHANGE_SET_STATUS.format(arn=made.change_set_id, status=made.execution_status)
        invalid(said, "InvalidChangeSetStatus")
    stack = made.stack
    given = asked.Asked(made.template, read(made.template), made.parameters, made.tags or {})
    disabled = response._get_bool_param("DisableRollback", False)
    call = answers.call_of(response, stack)
    made.execution_status = "EXECUTE_COMPLETE"
    if made.change_set_type == "UPDATE":
        answers.lead_to(call, stack, given)
        return
    stack.template, stack.template_dict = given.text, given.template
    stack.parameters, stack.tags = given.parameters, given.tags
    stack.description = given.template.get("Description")
    stack.resource_map = motos.resource_map(stack, given.template, given.parameters, given.tags)
    stack.progress.on_failure = "DO_NOTHING" if disabled else made.on_failure
    stacks.create(call, stack)


def delete_change_set(response: Any) -> None:
    """DeleteChangeSet."""
    made = find(response)
    del response.cloudformation_backend.change_sets[made.change_set_id]


def describe_change_set(response: Any) -> Any:
    """DescribeChangeSet."""
    return find(response)


def list_change_sets(response: Any) -> dict[str, Any]:
    """ListChangeSets of a stack."""
    name = response._get_param("StackName")
    every = response.cloudformation_backend.change_sets.values()
    return {"Summaries": [one for one in every if name in (None, one.stack_name, one.stack_id)]}
