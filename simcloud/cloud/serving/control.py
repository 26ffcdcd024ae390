"""The control endpoint: /_simcloud/... tells the time, moves it, and shows what happened and why.

GET  time            the simulated moment and the rate
GET  story?about=ID  what happened, as text
GET  why             what the laws say about the last refused request
POST advance         {"seconds": 60}: let time pass
POST push            {"repository": "web", "tag": "1.0", ...}: push an image that behaves as told
POST reset           {"seed": 0}: an empty account
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

from simcloud.cloud.serving.account import Account
from simcloud.cloud.serving.asked import Asked
from simcloud.cloud.wire import Answer

PREFIX = "/_simcloud/"


class Wrong(Exception):
    """The request cannot be done; `str()` says why and what to do."""


def is_for(asked: Asked) -> bool:
    """Is this request for the control endpoint?"""
    return asked.path.startswith(PREFIX)


def answer(account: Account, asked: Asked) -> Answer:
    """Do what is asked: JSON, but for the story."""
    command = COMMANDS.get((asked.method, asked.path.removeprefix(PREFIX)))
    if command is None:
        known = ", ".join(f"{method} {PREFIX}{name}" for method, name in COMMANDS)
        return _json(404, {"message": f"there is no {asked.method} {asked.path}; there are: {known}"})
    try:
        return command(account, asked)
    except Wrong as wrong:
        return _json(400, {"message": str(wrong)})


def _time(account: Account, asked: Asked) -> Answer:
    now = account.cloud.now.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return _json(200, {"now": now, "speed": account.settings.speed, "learner": asked.learner})


def _advance(account: Account, asked: Asked) -> Answer:
    value = _body(asked)
    try:
        account.cloud.advance(**value)
    except (TypeError, ValueError, RuntimeError, OverflowError) as wrong:
        raise Wrong(f'{wrong}; send {{"seconds": 60}} (or minutes, hours, days)') from None
    return _time(account, asked)


def _story(account: Account, asked: Asked) -> Answer:
    about = parse_qs(asked.query).get("about")
    text = str(account.cloud.story.about(about[0]) if about else account.cloud.story)
    return 200, {"content-type": "text/plain; charset=utf-8"}, f"{text}\n".encode()


def _why(account: Account, asked: Asked) -> Answer:
    return 200, {"content-type": "text/plain; charset=utf-8"}, ("\n\n".join(account.why) + "\n").encode()


def _push(account: Account, asked: Asked) -> Answer:
    value = _body(asked)
    repository, tag = value.pop("repository", None), value.pop("tag", "latest")
    if not isinstance(repository, str) or not isinstance(tag, str):
        raise Wrong('"repository" is the name of the ECR repository, "tag" (latest where missing) a tag')
    try:
        return _json(200, {"image": account.cloud.push_image(repository, tag, **value)})
    except (TypeError, ValueError) as wrong:
        raise Wrong(str(wrong)) from None


def _reset(account: Account, asked: Asked) -> Answer:
    seed = _body(asked).get("seed", account.settings.seed)
    if not isinstance(seed, int):
        raise Wrong('"seed" is a whole number')
    account.reset(seed)
    return _time(account, asked)


COMMANDS: dict[tuple[str, str], Callable[[Account, Asked], Answer]] = {
    ("GET", "time"): _time,
    ("GET", "story"): _story,
    ("GET", "why"): _why,
    ("POST", "advance"): _advance,
    ("POST", "push"): _push,
    ("POST", "reset"): _reset,
}


def _body(asked: Asked) -> dict[str, Any]:
    """The JSON object in the body. The content type keeps pages of other sites from posting without being asked."""
    if not asked.header("Content-Type").startswith("application/json"):
        raise Wrong("send a JSON object, with the header Content-Type: application/json")
    try:
        value = json.loads(asked.body or b"{}")
    except ValueError as wrong:
        raise Wrong(f"the body is not JSON: {wrong}") from None
    if not isinstance(value, dict):
        raise Wrong("the body is not a JSON object")
    return value


def _json(status: int, value: Any) -> Answer:
    return status, {"content-type": "application/json"}, json.dumps(value).encode()
