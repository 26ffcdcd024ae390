"""Laws on lifecycle hooks: what runs, or waits, between the stages of a deployment (R-232, R-233)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts import launch_limits as limits
from simcloud.facts.sources import API_MODEL
from simcloud.facts.words import rollout as said
from simcloud.rules import reading
from simcloud.rules.choices import unknown
from simcloud.rules.engine import rule
from simcloud.rules.launch import SERVICES, Launch
from simcloud.rules.refusal import Refusal

INVALID = "InvalidParameterException"


def _hooks(launch: Launch) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for index, hook in enumerate(reading.structures(launch.deployment, "lifecycleHooks")):
        yield f"deploymentConfiguration.lifecycleHooks[{index}]", hook


@rule("FG1260", on=SERVICES, source=API_MODEL)
def a_hook_stands_at_stages(launch: Launch) -> Iterator[Refusal]:
    """A hook stands at one stage or more; SCALE_UP, BAKE_TIME and CLEAN_UP take none."""
    stages = limits.HOOK_STAGES.value
    for at, hook in _hooks(launch):
        given = reading.texts(hook, "lifecycleStages")
        if not given:
            yield Refusal(f"{at}.lifecycleStages", said.HOOK_STAGES_EMPTY, "no stage is given", code=INVALID)
        for stage in given:
            if stage not in stages:
                text = said.HOOK_STAGE.format(values=",".join(stages))
                yield Refusal(f"{at}.lifecycleStages", text, f"'{stage}' takes no hook", code=INVALID)


@rule("FG1261", on=SERVICES, source=API_MODEL)
def a_pause_is_between_shifts(launch: Launch) -> Iterator[Refusal]:
    """A PAUSE hook does not stand at TEST_TRAFFIC_SHIFT or PRODUCTION_TRAFFIC_SHIFT."""
    for at, hook in _hooks(launch):
        for stage in reading.texts(hook, "lifecycleStages"):
            if hook.get("targetType") == "PAUSE" and stage in limits.UNPAUSED_STAGES.value:
                text = said.HOOK_PAUSE_STAGE.format(stage=stage)
                yield Refusal(f"{at}.lifecycleStages", text, f"it stands at {stage}", code=INVALID)


@rule("FG1262", on=SERVICES, source=API_MODEL)
def a_hook_calls_a_function_by_a_role(launch: Launch) -> Iterator[Refusal]:
    """A hook of type AWS_LAMBDA, which is the usual one, names the function and the role that may call it."""
    for at, hook in _hooks(launch):
        kind = reading.text(hook, "targetType")
        yield from unknown(f"{at}.targetType", kind, "hook", "Lifecycle hook target type")
        if kind in ("", "AWS_LAMBDA"):
            for member, text in (("hookTargetArn", said.HOOK_TARGET), ("roleArn", said.HOOK_ROLE)):
                if not hook.get(member):
                    yield Refusal(f"{at}.{member}", text, "it is not given", code=INVALID)


@rule("FG1263", on=SERVICES, source=API_MODEL)
def a_hook_times_out_in_some_way(launch: Launch) -> Iterator[Refusal]:
    """A hook times out after 1 to 20160 minutes, and then lets the deployment CONTINUE or takes it back with
    ROLLBACK."""
    least, most = limits.HOOK_MINUTES.value
    for at, hook in _hooks(launch):
        timeout = reading.mapping(hook, "timeoutConfiguration")
        yield from unknown(f"{at}.timeoutConfiguration.action", timeout.get("action"), "action", "Timeout action")
        minutes = reading.number(timeout, "timeoutInMinutes")
        if minutes is not None and not least <= minutes <= most:
            text = said.RANGE.format(what="timeoutInMinutes", least=least, most=most)
            yield Refusal(f"{at}.timeoutConfiguration.timeoutInMinutes", text, f"it is {minutes}", code=INVALID)
