"""botocore's clock and entropy: waiters, back-off, idempotency tokens, presigned URLs; and errors as we draw them."""

from __future__ import annotations

import datetime
import random
import uuid
from typing import Any

from simcloud.cloud import clock, entropy, notes, simulated


def install() -> None:
    """Put the stand-ins in place, once a process."""
    import botocore.auth
    import botocore.endpoint
    import botocore.exceptions
    import botocore.handlers
    import botocore.retries.standard
    import botocore.retryhandler
    import botocore.waiter

    botocore.retryhandler.random = simulated.StandIn(random, random=entropy.fraction)
    back_off: Any = botocore.retries.standard.ExponentialBackoff.__init__
    back_off.__defaults__ = tuple(entropy.fraction if one == random.random else one for one in back_off.__defaults__)
    botocore.waiter.time = simulated.CELL_TIME
    botocore.endpoint.time = simulated.CALL_TIME
    botocore.handlers.uuid = simulated.StandIn(uuid, uuid4=entropy.uuid4)
    botocore.auth.get_current_datetime = _current_datetime
    for kind in (botocore.exceptions.ClientError, botocore.exceptions.BotoCoreError):
        kind._render_traceback_ = _draw


def _current_datetime(remove_tzinfo: bool = True) -> datetime.datetime:
    """The moment that signatures carry: presigned URLs are then equal in every run."""
    moment = datetime.datetime.fromtimestamp(clock.now(), datetime.UTC)
    return moment.replace(tzinfo=None) if remove_tzinfo else moment


def _draw(self: Any) -> list[str]:
    return notes.draw(self)
