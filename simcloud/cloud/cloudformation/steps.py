"""One step of a stack: a resource is created, updated, restored or deleted, and looked at until that is complete.

`begin` and `look` say by the step's state what came of it; what cannot be done is told as an event, never raised.
"""

from __future__ import annotations

from typing import Any

from simcloud.cloud import wire
from simcloud.cloud.cloudformation import kinds, motos, neighbour, reasons, telling
from simcloud.cloud.cloudformation.resource import Failed, Resource, Wish
from simcloud.cloud.cloudformation.state import Held, Step, Touched, Work
from simcloud.cloud.errors import Refused
from simcloud.cloud.live import Call
from simcloud.facts.words import stacks as words


def begin(call: Call, stack: Any, work: Work, step: Step) -> None:
    """Begin what the step is about."""
    step.state, step.since = "running", call.world.now
    try:
        _DO[step.verb](call, stack, work, step)
    except Exception as fault:
        held = _subject(stack, step)
        told = wire.simulator_fault("cloudformation", held.kind, fault)
        _failed(call, stack, step, held, told)


def look(call: Call, stack: Any, step: Step) -> None:
    """Is what was begun complete?"""
    held = _subject(stack, step)
    try:
        if step.verb == "delete":
            if not isinstance(held.thing, Resource) or held.thing.is_gone(call):
                _deleted(stack, step, held)
            return
        if not isinstance(held.thing, Resource) or held.thing.is_settled(call):
            _complete(stack, step, held, "CREATE" if held.status.startswith("CREATE") else "UPDATE")
            return
        if call.world.now - step.since > words.STABLE_WITHIN.value:
            raise Failed(reasons.of_handler(str(words.TOO_LONG_A_WAIT), "NotStabilized"))
    except Failed as failed:
        _failed(call, stack, step, held, failed)


def cancel(stack: Any, step: Step) -> None:
    """Give up what runs, because something else failed."""
    held = _subject(stack, step)
    creating = held.status.startswith("CREATE")
    step.state = "failed"
    reason = words.CANCELLED if creating else words.UPDATE_CANCELLED
    telling.of_resource(stack, held, "CREATE_FAILED" if creating else "UPDATE_FAILED", str(reason))


def _subject(stack: Any, step: Step) -> Held:
    if step.verb == "delete":
        assert step.held is not None, "a step that deletes knows what"
        return step.held
    held: Held = stack.progress.resources[step.logical]
    return held


# --- create and update


def _create(call: Call, stack: Any, work: Work, step: Step) -> None:
    template = stack.template_dict["Resources"][step.logical]
    if not _wanted(stack, template):
        step.state = "over"
        return
    held = Held(step.logical, template["Type"], "", call.world.now)
    stack.progress.resources[step.logical] = held
    work.touched.append(Touched(step.logical, "created", None))
    telling.of_resource(stack, held, "CREATE_IN_PROGRESS")
    _make(call, stack, step, held, template, str(words.INITIATED))


def _update(call: Call, stack: Any, work: Work, step: Step) -> None:
    """A resource that the new template has too: nothing to do where it resolves to what it was."""
    template, held = stack.template_dict["Resources"][step.logical], stack.progress.resources.get(step.logical)
    if held is None or held.thing is None:
        _create(call, stack, work, step)
        return
    if not _wanted(stack, template):
        step.state = "over"
        work.touched.append(Touched(step.logical, "removed", _copy(held)))
        work.leftover.append(stack.progress.resources.pop(step.logical))
        stack.resource_map._parsed_resources.pop(step.logical, None)
        return
    try:
        json = _resolved(stack, step.logical, template)
    except Failed as failed:
        telling.of_resource(stack, held, "UPDATE_IN_PROGRESS")
        _failed(call, stack, step, held, failed)
        return
    same = json.get("Properties") == held.json.get("Properties") and template["Type"] == held.kind
    if same and not held.status.endswith("FAILED"):
        step.state = "over"
        return
    _change(call, stack, work, step, held, template, json)


def _change(
    call: Call, stack: Any, work: Work, step: Step, held: Held, template: dict[str, Any], json: dict[str, Any]
) -> None:
    before = _copy(held)
    if template["Type"] != held.kind:
        _replace(call, stack, work, step, before, template)
        return
    model = kinds.model(held.kind)
    if isinstance(held.thing, Resource) and held.thing.replaced_by(json["Properties"]):
        _replace(call, stack, work, step, before, template)
        return
    telling.of_resource(stack, held, "UPDATE_IN_PROGRESS")
    work.touched.append(Touched(step.logical, "updated", before))
    try:
        _demand_sound(model, step.logical, json)
        changed = _changed(call, stack, held, model, json)
    except (Failed, Refused) as failed:
        _failed(call, stack, step, held, failed)
        return
    if changed is None:
        work.touched.pop()
        _replace(call, stack, work, step, before, template)
        return
    held.thing, held.json = changed, json
    stack.resource_map._parsed_resources[step.logical] = changed
    look(call, stack, step)


def _changed(call: Call, stack: Any, held: Held, model: Any, json: dict[str, Any]) -> Any | None:
    """The resource after the change; None where it has to be replaced."""
    if not isinstance(held.thing, Resource):
        name = _name(stack, held.logical, held.kind, json)
        changed = neighbour.update(call, held.kind, model, held.thing, name, json)
        return None if changed is None else _named(changed, held)
    held.thing.update(call, _wish(stack, held.logical, held.kind, json, name=_kept_name(held)))
    return held.thing


def _replace(call: Call, stack: Any, work: Work, step: Step, before: Held, template: dict[str, Any]) -> None:
    """A new physical resource; the old one is deleted when the update is complete."""
    held = Held(step.logical, template["Type"], before.status, call.world.now, thing=before.thing, json=before.json)
    stack.progress.resources[step.logical] = held
    telling.of_resource(stack, held, "UPDATE_IN_PROGRESS", str(words.REPLACES))
    work.touched.append(Touched(step.logical, "replaced", before))
    held.thing = None
    if (taken := _custom_name(stack, before, template)) and before.kind == template["Type"]:
        _failed(call, stack, step, held, Failed(words.CUSTOM_NAME.format(name=taken)))
        return
    work.leftover.append(before)
    _make(call, stack, step, held, template, str(words.INITIATED))


def _custom_name(stack: Any, before: Held, template: dict[str, Any]) -> str:
    """The name that the template gives, where the new resource would have the name of the old one."""
    model = kinds.model(before.kind)
    member = "" if model is None else str(model.cloudformation_name_type() or "")
    if not member or before.kind == "AWS::ECS::TaskDefinition" or member not in (template.get("Properties") or {}):
        return ""
    try:
        name = _resolved(stack, before.logical, template)["Properties"].get(member)
    except Failed:
        return ""
    return str(name) if name and name == before.properties.get(member) else ""


def _make(call: Call, stack: Any, step: Step, held: Held, template: dict[str, Any], initiated: str) -> None:
    try:
        held.json = _resolved(stack, step.logical, template)
        model = kinds.model(held.kind)
        _demand_sound(model, held.logical, held.json)
        if kinds.ours(held.kind) is None:
            name = _name(stack, held.logical, held.kind, held.json)
            where = {"logical": held.logical, "stack": stack.stack_id}
            held.thing = _named(neighbour.create(call, held.kind, model, name, held.json, where), held)
            _tag(call, stack, held)
        else:
            assert model is not None
            held.thing = _named(model.create(call, _wish(stack, held.logical, held.kind, held.json)), held)
    except (Failed, Refused) as failed:
        held.thing = _named(failed.made, held) if isinstance(failed, Failed) and failed.made else None
        _failed(call, stack, step, held, failed)
        return
    stack.resource_map._parsed_resources[step.logical] = held.thing
    telling.of_resource(stack, held, held.status, initiated)
    look(call, stack, step)


def _complete(stack: Any, step: Step, held: Held, verb: str) -> None:
    step.state = "over"
    telling.of_resource(stack, held, f"{verb}_COMPLETE")


def _failed(call: Call, stack: Any, step: Step, held: Held, failed: Exception) -> None:
    step.state = "failed"
    reason = failed.message if isinstance(failed, Refused) else str(failed)
    verb = "DELETE" if step.verb == "delete" else "CREATE" if held.status.startswith("CREATE") else "UPDATE"
    telling.of_resource(stack, held, f"{verb}_FAILED", reason)
    why = getattr(failed, "why", "") or reason
    telling.in_story(call, stack, f"could not {verb.lower()} {held.logical} ({held.kind})", why)


# --- restore and delete


def _restore(call: Call, stack: Any, work: Work, step: Step) -> None:
    """Back to what a resource was before an update that failed."""
    held, before = stack.progress.resources[step.logical], step.held
    assert before is not None, "a step that restores knows to what"
    telling.of_resource(stack, held, "UPDATE_IN_PROGRESS")
    if held.thing is not None and held.thing is not before.thing and isinstance(held.thing, Resource):
        work.leftover.append(held)  # replaced: the old one is still there
        held = stack.progress.resources[step.logical] = _copy(before)
        held.status = "UPDATE_IN_PROGRESS"
        _complete(stack, step, held, "UPDATE")
        return
    held.thing = before.thing
    try:
        changed = _changed(call, stack, held, kinds.model(held.kind), before.json)
        held.thing = held.thing if changed is None else changed
    except (Failed, Refused) as failed:
        _failed(call, stack, step, held, failed)
        return
    held.json = before.json
    stack.resource_map._parsed_resources[step.logical] = held.thing
    look(call, stack, step)


def _delete(call: Call, stack: Any, work: Work, step: Step) -> None:
    held = step.held
    assert held is not None, "a step that deletes knows what"
    if _retained(held, work.aim):
        step.state = "over"
        telling.of_resource(stack, held, "DELETE_SKIPPED")
        return
    if held.status != "DELETE_IN_PROGRESS":
        telling.of_resource(stack, held, "DELETE_IN_PROGRESS")
    try:
        if isinstance(held.thing, Resource):
            held.thing.delete(call)
        elif held.thing is not None:
            neighbour.delete(call, held.kind, kinds.model(held.kind), held.thing, held.json)
    except (Failed, Refused) as failed:
        if any(other.state == "running" for other in work.steps if other is not step):
            step.state = "waiting"  # it may be in use by what is still being deleted
            return
        _failed(call, stack, step, held, failed)
        return
    look(call, stack, step)


def _retained(held: Held, aim: str) -> bool:
    policy = held.json.get("UpdateReplacePolicy" if aim == "cleanup" else "DeletionPolicy")
    if held.thing is None:
        return False
    return policy == "Retain" or (policy == "RetainExceptOnCreate" and aim != "rollback")


def _deleted(stack: Any, step: Step, held: Held) -> None:
    step.state = "over"
    telling.of_resource(stack, held, "DELETE_COMPLETE")
    if stack.progress.resources.get(step.logical) is held:
        stack.resource_map._parsed_resources.pop(step.logical, None)


_DO = {"create": _create, "update": _update, "restore": _restore, "delete": _delete}


# --- helpers


def _wanted(stack: Any, template: dict[str, Any]) -> bool:
    condition = template.get("Condition")
    return not condition or bool(stack.resource_map.lazy_condition_map[condition])


def _resolved(stack: Any, logical: str, template: dict[str, Any]) -> dict[str, Any]:
    """The resource's part of the template without intrinsic functions. Raises Failed."""
    from moto.cloudformation import parsing

    json: dict[str, Any] = motos.resolved(
        lambda: parsing.clean_json({"Properties": {}, **template}, stack.resource_map)
    )
    if not isinstance(json.setdefault("Properties", {}), dict):
        fault = words.WRONG_TYPE.format(at="#", expected="JSONObject", found="String")
        json["Properties"] = {}
        raise Failed(words.PROPERTIES.format(name=logical, message=fault))
    return json


def _demand_sound(model: Any, logical: str, json: dict[str, Any]) -> None:
    """Raise Failed where CloudFormation itself refuses the properties of a resource."""
    from simcloud.cloud.cloudformation import properties

    given = json["Properties"]
    told = model.faults(given) if isinstance(model, type) and issubclass(model, Resource) else []
    found = list(dict.fromkeys([*told, *properties.faults(json["Type"], given)]))
    if found:
        message = found[0] if len(found) == 1 else "\n".join([f"#: {len(found)} schema violations found", *found])
        raise Failed(words.PROPERTIES.format(name=logical, message=message))


def _name(stack: Any, logical: str, kind: str, json: dict[str, Any]) -> str:
    """The name that the template gives, else one that CloudFormation makes up."""
    from moto.cloudformation import parsing

    model = kinds.model(kind)
    member = "" if model is None else model.cloudformation_name_type()
    given = json["Properties"].get(member) if member else None
    made_up: str = parsing.generate_resource_name(kind, stack.name, logical)
    return str(given) if given else made_up


def _kept_name(held: Held) -> str:
    return held.physical


def _wish(stack: Any, logical: str, kind: str, json: dict[str, Any], name: str = "") -> Wish:
    system = {
        "aws:cloudformation:stack-name": stack.name,
        "aws:cloudformation:stack-id": stack.stack_id,
        "aws:cloudformation:logical-id": logical,
    }
    return Wish(logical, name or _name(stack, logical, kind, json), json["Properties"], dict(stack.tags), system)


def _named(thing: Any, held: Held) -> Any:
    """moto finds a resource's own names on it."""
    thing.logical_resource_id, thing.cf_resource_type = held.logical, held.kind
    return thing


def _tag(call: Call, stack: Any, held: Held) -> None:
    """EC2's resources get the stack's tags and those that say which stack made them."""
    if held.kind.startswith("AWS::EC2::") and hasattr(held.thing, "get_tags"):
        from moto.ec2.models import ec2_backends

        system = _wish(stack, held.logical, held.kind, held.json, held.physical).system_tags
        ec2_backends[call.account][call.region].create_tags([held.physical], {**stack.tags, **system})


def _copy(held: Held) -> Held:
    return Held(held.logical, held.kind, held.status, held.at, held.reason, held.thing, held.json)
