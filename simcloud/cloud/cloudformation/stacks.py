"""What stacks do: they are created, updated, deleted and rolled back, step by step, as simulated time goes on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from simcloud.cloud.cloudformation import exports, motos, references, steps, telling
from simcloud.cloud.cloudformation.state import Before, Held, Progress, Step, Touched, Work
from simcloud.cloud.live import Call
from simcloud.facts.words import stacks as words

# --- begin


def create(call: Call, stack: Any) -> None:
    """Create what the template has. The stack is CREATE_IN_PROGRESS until all is complete."""
    telling.of_stack(stack, "CREATE_IN_PROGRESS", str(words.USER))
    resources = stack.template_dict["Resources"]
    wanted = references.needs(resources)
    _take_up(call, stack, "create", [Step("create", name, wanted[name]) for name in references.in_order(wanted)])


def update(call: Call, stack: Any, before: Before) -> None:
    """Lead the stack to its new template, which it has already."""
    telling.of_stack(stack, "UPDATE_IN_PROGRESS", str(words.USER))
    wanted = references.needs(stack.template_dict["Resources"])
    todo = [Step("update", name, wanted[name]) for name in references.in_order(wanted)]
    _take_up(call, stack, "update", todo, before=before)


def delete(call: Call, stack: Any, retained: Iterable[str] = ()) -> None:
    """Delete what the stack holds."""
    telling.of_stack(stack, "DELETE_IN_PROGRESS", str(words.USER))
    if used := exports.in_use(stack):
        telling.of_stack(stack, "DELETE_FAILED", used)
        return
    for name in retained:
        stack.progress.resources.pop(name, None)
    _take_up(call, stack, "delete", _deletions(stack, _alive(stack)))


def _take_up(call: Call, stack: Any, aim: str, todo: list[Step], before: Before | None = None) -> None:
    progress: Progress = stack.progress
    kept = progress.work
    progress.work = Work(aim, todo, call.world.now, before=before)
    if kept is not None and aim in ("restore", "cleanup", "restore-cleanup"):
        progress.work.touched, progress.work.before = kept.touched, before or kept.before
        progress.work.attempted = kept.attempted
    progress.turn += 1
    go_on(call, stack)


# --- go on


def go_on(call: Call, stack: Any) -> None:
    """Do what can be done now; plan another look where something is not ready."""
    work: Work = stack.progress.work
    while _moved(call, stack, work):
        pass
    if stack.progress.work is not work:
        return
    if work.failed and work.aim not in ("delete", "rollback", "cleanup", "restore-cleanup"):
        for step in work.steps:
            if step.state == "running":
                steps.cancel(stack, step)
        _end(call, stack, work)
    elif work.is_over:
        _end(call, stack, work)
    elif work.aim == "create" and _out_of_time(call, stack, work):
        _fail_create(call, stack, words.OUT_OF_TIME.format(then=_then(stack)))
    else:
        _plan(call, stack)


def _moved(call: Call, stack: Any, work: Work) -> bool:
    """One round over the steps. Did any of them change?"""
    moved = False
    for step in work.steps:
        state = step.state
        if state == "waiting" and _may_begin(work, step):
            steps.begin(call, stack, work, step)
        elif state == "running":
            steps.look(call, stack, step)
        moved = moved or step.state != state
    return moved


def _may_begin(work: Work, step: Step) -> bool:
    """After a failure nothing new begins, but deleting goes on with what does not depend on it."""
    if work.failed and work.aim in ("create", "update", "restore"):
        return False
    over = {each.logical for each in work.steps if each.state == "over"}
    known = {each.logical for each in work.steps}
    return (step.needs & known) <= over


def _blocked(work: Work) -> list[Step]:
    return [step for step in work.steps if step.state == "waiting"]


def _plan(call: Call, stack: Any) -> None:
    work: Work = stack.progress.work
    if work.failed and not any(step.state == "running" for step in work.steps):
        _end(call, stack, work)  # what is left waits for what could not be deleted
        return
    from simcloud.sim.stacks import StackReviewDue

    stack.progress.turn += 1
    call.world.post(StackReviewDue(stack.stack_id, stack.progress.turn), words.LOOKS_EVERY.value)


def _out_of_time(call: Call, stack: Any, work: Work) -> bool:
    minutes = stack.timeout_in_minutes
    return bool(minutes) and call.world.now - work.began >= float(minutes) * 60


# --- end


def _end(call: Call, stack: Any, work: Work) -> None:
    _ENDS[work.aim](call, stack, work)


def _end_create(call: Call, stack: Any, work: Work) -> None:
    if work.failed:
        _fail_create(call, stack, words.FAILED_CREATE.format(names=", ".join(work.failed), then=_then(stack)))
        return
    if taken := exports.publish(stack):
        _fail_create(call, stack, f"{taken}. {_then(stack)}")
        return
    stack.progress.work = None
    telling.of_stack(stack, "CREATE_COMPLETE")
    telling.in_story(call, stack, "is complete", f"{len(_alive(stack))} resources were created")


def _then(stack: Any) -> str:
    asked = {"ROLLBACK": words.ROLLBACK_ASKED, "DELETE": words.DELETE_ASKED}
    return str(asked.get(stack.progress.on_failure, ""))


def _fail_create(call: Call, stack: Any, reason: str) -> None:
    for step in stack.progress.work.steps:
        if step.state == "running":
            steps.cancel(stack, step)
    how = stack.progress.on_failure
    if how == "DO_NOTHING":
        stack.progress.work = None
        telling.of_stack(stack, "CREATE_FAILED", reason)
        return
    telling.of_stack(stack, "DELETE_IN_PROGRESS" if how == "DELETE" else "ROLLBACK_IN_PROGRESS", reason)
    telling.in_story(call, stack, "is rolled back", reason)
    todo = _deletions(stack, list(stack.progress.resources.values()))
    _take_up(call, stack, "delete" if how == "DELETE" else "rollback", todo)


def _end_rollback(call: Call, stack: Any, work: Work) -> None:
    stack.progress.work = None
    if work.failed:
        telling.of_stack(stack, "ROLLBACK_FAILED", words.FAILED_DELETE.format(names=", ".join(work.failed)))
        return
    telling.of_stack(stack, "ROLLBACK_COMPLETE")


def _end_delete(call: Call, stack: Any, work: Work) -> None:
    stack.progress.work = None
    if work.failed:
        telling.of_stack(stack, "DELETE_FAILED", words.FAILED_DELETE.format(names=", ".join(work.failed)))
        return
    exports.withdraw(stack)
    telling.of_stack(stack, "DELETE_COMPLETE")
    stack.deletion_time = motos.now()
    backend = motos.backend(stack)
    backend.stacks.pop(stack.stack_id, None)
    backend.deleted_stacks[stack.stack_id] = stack
    telling.in_story(call, stack, "is deleted")


def _end_update(call: Call, stack: Any, work: Work) -> None:
    taken = "" if work.failed else exports.publish(stack)
    if work.failed or taken:
        _fail_update(call, stack, work, taken)
        return
    telling.of_stack(stack, "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS")
    gone = [held for name, held in stack.progress.resources.items() if name not in stack.template_dict["Resources"]]
    old = work.before.template_dict["Resources"] if work.before else {}
    _take_up(call, stack, "cleanup", _deletions(stack, [*gone, *work.leftover], of=old))


def _end_cleanup(call: Call, stack: Any, work: Work) -> None:
    """What could not be deleted is left behind; the update is complete all the same."""
    _forget_deleted(stack)
    stack.progress.work = None
    stack.last_updated_time = motos.now()
    telling.of_stack(stack, "UPDATE_COMPLETE")
    telling.in_story(call, stack, "is updated")


def _fail_update(call: Call, stack: Any, work: Work, taken: str) -> None:
    created = {each.logical for each in work.touched if each.how == "created"}
    names = ", ".join(work.failed)
    template = words.FAILED_CREATE if set(work.failed) <= created else words.FAILED_UPDATE
    reason = taken or template.format(names=names, then="")
    if stack.progress.stays_failed and not taken:
        stack.progress.work = None
        telling.of_stack(stack, "UPDATE_FAILED", reason)
        return
    roll_back_update(call, stack, work, reason)


def roll_back_update(call: Call, stack: Any, work: Work, reason: str) -> None:
    """Lead the stack back to what it was before the update."""
    telling.of_stack(stack, "UPDATE_ROLLBACK_IN_PROGRESS", reason)
    telling.in_story(call, stack, "is rolled back to what it was", reason)
    before = work.before
    assert before is not None, "an update knows what was before it"
    work.attempted = stack.template_dict["Resources"]
    stack.template, stack.template_dict = before.template, before.template_dict
    stack.parameters, stack.tags, stack.resource_map = before.parameters, before.tags, before.resource_map
    _put_back_removed(stack, work.touched)
    todo = [Step("restore", each.logical, frozenset(), held=each.before) for each in _to_restore(work.touched)]
    _take_up(call, stack, "restore", todo, before=before)


def _put_back_removed(stack: Any, touched: list[Touched]) -> None:
    for each in touched:
        if each.how == "removed" and each.before is not None:
            stack.progress.resources[each.logical] = each.before
            stack.resource_map._parsed_resources[each.logical] = each.before.thing


def _to_restore(touched: list[Touched]) -> list[Touched]:
    return [each for each in touched if each.how in ("updated", "replaced")]


def _end_restore(call: Call, stack: Any, work: Work) -> None:
    if work.failed:
        stack.progress.work = None
        telling.of_stack(
            stack, "UPDATE_ROLLBACK_FAILED", words.FAILED_UPDATE.format(names=", ".join(work.failed), then="")
        )
        return
    telling.of_stack(stack, "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS")
    made = [stack.progress.resources[each.logical] for each in work.touched if each.how == "created"]
    _take_up(call, stack, "restore-cleanup", _deletions(stack, [*made, *work.leftover], of=work.attempted))


def _end_restore_cleanup(call: Call, stack: Any, work: Work) -> None:
    _forget_deleted(stack)
    stack.progress.work = None
    stack.last_updated_time = motos.now()
    telling.of_stack(stack, "UPDATE_ROLLBACK_COMPLETE")


_ENDS = {
    "create": _end_create,
    "rollback": _end_rollback,
    "delete": _end_delete,
    "update": _end_update,
    "cleanup": _end_cleanup,
    "restore": _end_restore,
    "restore-cleanup": _end_restore_cleanup,
}


# --- helpers


def _alive(stack: Any) -> list[Held]:
    return [
        held for held in stack.progress.resources.values() if held.status not in ("DELETE_COMPLETE", "DELETE_SKIPPED")
    ]


def _deletions(stack: Any, those: list[Held], of: Mapping[str, Any] | None = None) -> list[Step]:
    """Steps that delete these: what needs another thing goes before it. `of`: another template that has them."""
    templates: Mapping[str, Any] = {**(of or {}), **stack.template_dict.get("Resources", {})}
    wanted = references.needs(templates)
    order = [name for name in _ordered(wanted) if any(held.logical == name for held in those)]
    needed_by: dict[str, set[str]] = {name: set() for name in order}
    for name in order:
        for needed in wanted[name] & set(order):
            needed_by[needed].add(name)
    return [
        Step("delete", held.logical, frozenset(needed_by.get(held.logical, ())), held=held)
        for name in reversed(order)
        for held in those
        if held.logical == name
    ]


def _ordered(wanted: Mapping[str, frozenset[str]]) -> list[str]:
    """Two templates together can make a circle that neither has: then as written."""
    try:
        return references.in_order(wanted)
    except ValueError:
        return list(wanted)


def _forget_deleted(stack: Any) -> None:
    for name, held in list(stack.progress.resources.items()):
        if held.status in ("DELETE_COMPLETE", "DELETE_SKIPPED", "DELETE_FAILED"):
            del stack.progress.resources[name]
