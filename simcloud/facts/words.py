"""AWS's own words, all of them in one place to import: `words.NO_CONFIGURATION.format(cpu=..., memory=...)`."""

from __future__ import annotations

from simcloud.facts.words_definition import *  # noqa: F403
from simcloud.facts.words_event import *  # noqa: F403
from simcloud.facts.words_lives import *  # noqa: F403
from simcloud.facts.words_register import *  # noqa: F403
from simcloud.facts.words_run import *  # noqa: F403
from simcloud.facts.words_services import *  # noqa: F403
from simcloud.facts.words_stop import *  # noqa: F403
from simcloud.facts.words_volumes import *  # noqa: F403
