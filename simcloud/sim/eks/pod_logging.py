"""The log router of Fargate's nodes: its ConfigMap, checked before a pod starts (R-281 to R-283)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from simcloud.facts.words import pod as pod_words

NAMESPACE, NAME = "aws-observability", "aws-logging"
LABEL = ("aws-observability", "enabled")
LONGEST = 5300
"""Characters of the ConfigMap."""
SECTIONS = {"filters.conf": "FILTER", "output.conf": "OUTPUT", "parsers.conf": "PARSER"}
FLAG = "flb_log_cw"
FILTERS = ("grep", "parser", "record_modifier", "rewrite_tag", "throttle", "nest", "modify", "kubernetes")
OUTPUTS = ("es", "firehose", "kinesis_firehose", "cloudwatch", "cloudwatch_logs", "kinesis")
OWNED = ("kube_url", "kube_ca_file", "kube_token_command", "kube_token_file")
"""Parameters of the kubernetes filter that EKS sets itself."""
_SECTION = re.compile(r"\[(\w+)\]")
_VARIABLE = re.compile(r"\$\{[^}]*\}")


class Logging(NamedTuple):
    """What the router does for a pod: the annotation `Logging`, and the event."""

    annotation: str
    type: str
    reason: str
    message: str


def logging_of(config: Mapping[str, str] | None, labels: Mapping[str, str] | None) -> Logging:
    """What a pod that starts now gets. `config`: the data of aws-logging; `labels`: those of its namespace."""
    if config is None or labels is None or labels.get(LABEL[0]) != LABEL[1]:
        reason = "LoggingDisabled: LOGGING_CONFIGMAP_NOT_FOUND"
        return Logging(reason, "Warning", "LoggingDisabled", str(pod_words.NO_LOGGING))
    if found := problems(config):
        said = pod_words.LOGGING_INVALID.format(why=found[0])
        return Logging("LoggingDisabled: LOGGING_CONFIGMAP_INVALID", "Warning", "LoggingDisabled", said)
    return Logging("LoggingEnabled", "Normal", "LoggingEnabled", str(pod_words.LOGGING))


def problems(config: Mapping[str, str]) -> list[str]:
    """What is wrong with the data of the ConfigMap, in sentences; empty where it is valid."""
    return list(_problems(config))


def _problems(config: Mapping[str, str]) -> Iterator[str]:
    length = sum(len(each) for each in config.values())
    if length > LONGEST:
        yield f"it has {length} characters, at most {LONGEST} are allowed"
    for key, text in config.items():
        if key == FLAG:
            if text.strip().lower() not in ("true", "false"):
                yield f"{FLAG} must be true or false"
        elif key not in SECTIONS:
            yield f"{key} is not one of {', '.join((*SECTIONS, FLAG))}"
        else:
            yield from _of_file(key, text)
    if "output.conf" not in config:
        yield "output.conf is missing"


def _of_file(key: str, text: str) -> Iterator[str]:
    if variable := _VARIABLE.search(text):
        yield f"{key} uses the environment variable {variable[0]}, which is not supported"
    section = ""
    for line in map(str.strip, text.splitlines()):
        if found := _SECTION.fullmatch(line):
            section = found[1].upper()
            if section != SECTIONS[key]:
                yield f"{key} has a section [{section}], only [{SECTIONS[key]}] is allowed there"
            continue
        name, _, value = line.partition(" ")
        if name.lower() == "name" and section == SECTIONS[key]:
            yield from _plugin(section, value.strip())
        elif name.lower() in OWNED:
            yield f"{name} is set by EKS and must not be specified"


def _plugin(section: str, name: str) -> Iterator[str]:
    allowed = {"FILTER": FILTERS, "OUTPUT": OUTPUTS}.get(section)
    if allowed and name.lower() not in allowed:
        yield f"{name} is not supported as {section.lower()}; supported are {', '.join(allowed)}"
