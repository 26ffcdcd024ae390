"""AWS's own words, all of them in one place to import: `words.NO_CONFIGURATION.format(cpu=..., memory=...)`."""

from __future__ import annotations

from simcloud.facts.words.definition import *  # noqa: F403
from simcloud.facts.words.event import *  # noqa: F403
from simcloud.facts.words.lives import *  # noqa: F403
from simcloud.facts.words.register import *  # noqa: F403
from simcloud.facts.words.run import *  # noqa: F403
from simcloud.facts.words.services import *  # noqa: F403
from simcloud.facts.words.stop import *  # noqa: F403
from simcloud.facts.words.volumes import *  # noqa: F403
