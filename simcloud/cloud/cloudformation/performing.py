"""The effect of the simulation in CloudFormation: a stack is looked at."""

from __future__ import annotations

from simcloud.cloud.cloudformation import motos, stacks
from simcloud.cloud.live import Live
from simcloud.sim.effects import Effect
from simcloud.sim.stacks import ReviewStack


def perform(live: Live, effect: Effect) -> None:
    """Go on with the stack, unless it has begun something else since the look was planned.

    Raises NotImplementedError for an effect that is not CloudFormation's.
    """
    if not isinstance(effect, ReviewStack):
        raise NotImplementedError(f"no way to perform {type(effect).__name__}")
    _, _, _, region, account, _ = effect.stack.split(":", 5)
    stack = motos.backend_of(account, region).stacks.get(effect.stack)
    if stack is not None and stack.progress.work is not None and stack.progress.turn == effect.turn:
        stacks.go_on(motos.call_for(live, stack), stack)
