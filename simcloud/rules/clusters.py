"""Laws on a cluster by itself: its name, its settings, its configuration for ECS Exec."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts import account_settings as known
from simcloud.facts import api_limits, words
from simcloud.facts.sources import API_MODEL, PREFLIGHT, issue
from simcloud.facts.words import account as account_words
from simcloud.rules import reading
from simcloud.rules.as_written import as_written
from simcloud.rules.engine import rule
from simcloud.rules.refusal import Refusal

INVALID = "InvalidParameterException"
CREATE, UPDATE, SETTINGS, DESCRIBE = "CreateCluster", "UpdateCluster", "UpdateClusterSettings", "DescribeClusters"
NAME = re.compile(r"[a-zA-Z0-9\-_]{1,255}")
INSIGHTS = "containerInsights"
EXEC = "executeCommandConfiguration"
LOGGING = ("NONE", "DEFAULT", "OVERRIDE")


@rule("FG1410", on=CREATE, source=f"{PREFLIGHT} (pf-ecs-cluster-name)", status="observed")
def a_cluster_name_is_plain(request: Any) -> Iterator[Refusal]:
    """A cluster's name has 1 to 255 letters, digits, hyphens and underscores."""
    name = as_written(request).get("clusterName")
    if name is not None and not NAME.fullmatch(str(name)):
        yield Refusal("clusterName", account_words.CLUSTER_NAME.format(), f"it is '{name}'", code=INVALID)


@rule(
    "FG1411",
    on=(CREATE, UPDATE, SETTINGS),
    source=issue("terraform-aws-modules/terraform-aws-ecs", 264),
    status="observed",
)
def a_cluster_has_one_setting(request: Any) -> Iterator[Refusal]:
    """A cluster's one setting is containerInsights: enhanced, enabled or disabled."""
    for index, each in enumerate(reading.structures(as_written(request), "settings")):
        name, value = reading.text(each, "name"), reading.text(each, "value")
        if name != INSIGHTS:
            yield Refusal(f"settings[{index}].name", account_words.SETTING_NAME, f"it is '{name}'", code=INVALID)
        elif value not in known.VALUES.value[INSIGHTS]:
            yield Refusal(f"settings[{index}].value", account_words.SETTING_VALUE, f"it is '{value}'", code=INVALID)


def _exec(request: Any) -> Mapping[str, Any]:
    return reading.mapping(reading.mapping(as_written(request), "configuration"), EXEC)


@rule(
    "FG1412",
    on=(CREATE, UPDATE),
    source=f"{PREFLIGHT} (pf-ecs-cluster-execute-command-default-with-log-config)",
    status="observed",
)
def a_log_of_its_own_overrides(request: Any) -> Iterator[Refusal]:
    """A log configuration for ECS Exec goes with logging OVERRIDE."""
    given = _exec(request)
    if given.get("logConfiguration") and given.get("logging", "DEFAULT") != "OVERRIDE":
        got = f"logging is {given.get('logging', 'not given, which means DEFAULT')}"
        yield Refusal(f"configuration.{EXEC}.logging", account_words.EXEC_LOG_WITHOUT_OVERRIDE, got, code=INVALID)


@rule(
    "FG1413",
    on=(CREATE, UPDATE),
    source=f"{PREFLIGHT} (pf-ecs-cluster-execute-command-override-without-log-config)",
    status="observed",
)
def an_override_names_a_log(request: Any) -> Iterator[Refusal]:
    """Logging OVERRIDE for ECS Exec names a log group or a bucket."""
    given = _exec(request)
    log = reading.mapping(given, "logConfiguration")
    if given.get("logging") == "OVERRIDE" and not (log.get("cloudWatchLogGroupName") or log.get("s3BucketName")):
        at = f"configuration.{EXEC}.logConfiguration"
        yield Refusal(at, account_words.EXEC_OVERRIDE_WITHOUT_LOG, "neither is given", code=INVALID)


@rule("FG1414", on=(CREATE, UPDATE), source=API_MODEL)
def exec_logging_is_known(request: Any) -> Iterator[Refusal]:
    """Logging of ECS Exec is NONE, DEFAULT or OVERRIDE."""
    value = _exec(request).get("logging")
    if value is not None and value not in LOGGING:
        yield Refusal(f"configuration.{EXEC}.logging", account_words.EXEC_LOGGING, f"it is '{value}'", code=INVALID)


@rule("FG1415", on=DESCRIBE, source=API_MODEL)
def a_hundred_clusters_are_described(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """At most 100 clusters are described at a time."""
    named = reading.texts(request, "clusters")
    most = api_limits.CLUSTERS.value
    if len(named) > most:
        text = words.TOO_MANY.format(what="clusters", most=most)
        yield Refusal("clusters", text, f"{len(named)} are named", code=INVALID)
