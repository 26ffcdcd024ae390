"""Laws on the lifecycle policies of ECR repositories."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts.words import storing as words
from simcloud.facts.words.neighbours import ECR
from simcloud.rules.engine import rule
from simcloud.rules.reading import mapping, number, structures, text, texts
from simcloud.rules.refusal import Refusal

PUT = ("ecr:PutLifecyclePolicy", "ecr:StartLifecyclePolicyPreview")
API = ECR + "API_PutLifecyclePolicy.html"
INVALID = "InvalidParameterException"
REQUIRED = ("action", "rulePriority", "selection")
SELECTED = ("countNumber", "countType", "tagStatus")
ACTIONS = ("expire", "transition")
STATUSES = ("tagged", "untagged", "any")
COUNTED = ("imageCountMoreThan",)
SINCE = ("sinceImagePushed", "sinceImagePulled", "sinceImageTransitioned")


def _rules(request: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...] | None:
    """The rules of the policy; None where the text is no policy."""
    try:
        policy = json.loads(text(request, "lifecyclePolicyText"))
    except ValueError:
        return None
    if not isinstance(policy, dict) or not isinstance(policy.get("rules"), list):
        return None
    return structures(policy, "rules") if all(isinstance(one, dict) for one in policy["rules"]) else None


def _at(index: int, member: str) -> str:
    return f"lifecyclePolicyText.rules[{index}].{member}"


@rule("FG470", on=PUT, source=API, status="observed")
def a_lifecycle_policy_is_a_list_of_rules(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """A lifecycle policy is JSON: up to 50 rules, each with a priority, a selection and an action that expires images
    or moves them to the archive."""
    if "lifecyclePolicyText" not in request:
        return
    rules = _rules(request)
    if rules is None:
        yield Refusal("lifecyclePolicyText", words.UNREADABLE, "it is no JSON object with a list of rules", INVALID)
        return
    if len(rules) > words.RULES.value:
        aws = words.TOO_MANY_RULES.format(count=len(rules))
        yield Refusal("lifecyclePolicyText.rules", aws, f"{len(rules)} rules are named", INVALID)
    for index, one in enumerate(rules):
        if missing := [name for name in REQUIRED if name not in one]:
            aws = words.MISSING.format(names=json.dumps(missing))
            yield Refusal(_at(index, missing[0]), aws, f"{', '.join(missing)} is missing", INVALID)
        elif text(mapping(one, "action"), "type") not in ACTIONS:
            yield Refusal(_at(index, "action.type"), words.UNREADABLE, "an action expires or transitions", INVALID)


@rule("FG471", on=PUT, source=API, status="observed")
def lifecycle_rules_do_not_compete(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """Every rule has a priority of its own, one rule selects untagged images, and the one that selects any comes
    last."""
    rules = _rules(request) or ()
    priorities = [number(one, "rulePriority") for one in rules]
    if any(count > 1 for priority, count in Counter(priorities).items() if priority is not None):
        why = "two rules have the same rulePriority"
        yield Refusal("lifecyclePolicyText.rules", words.SAME_PRIORITY, why, INVALID)
        return
    statuses = [(text(mapping(one, "selection"), "tagStatus"), _class(one)) for one in rules]
    if any(count > 1 for (status, _), count in Counter(statuses).items() if status == "untagged"):
        why = "two rules select untagged images"
        yield Refusal("lifecyclePolicyText.rules", words.ONE_UNTAGGED, why, INVALID)
        return
    last = max((priority or 0 for priority in priorities), default=0)
    for index, (status, priority) in enumerate(zip((one for one, _ in statuses), priorities, strict=True)):
        if status == "any" and priority != last:
            why = f"its priority is {priority}, and {last} comes after it"
            yield Refusal(_at(index, "rulePriority"), words.ANY_LAST, why, INVALID)


def _class(one: Mapping[str, Any]) -> str:
    return text(mapping(one, "selection"), "storageClass") or "standard"


@rule("FG472", on=PUT, source=API, status="observed")
def a_lifecycle_rule_selects_what_it_counts(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """A rule for tagged images names prefixes or patterns of tags, with at most four wildcards each; it counts images
    without a unit, or days."""
    for index, one in enumerate(_rules(request) or ()):
        chosen = mapping(one, "selection")
        if any(name not in one for name in REQUIRED):
            continue
        prefixes, patterns = texts(chosen, "tagPrefixList"), texts(chosen, "tagPatternList")
        if text(chosen, "tagStatus") == "tagged" and not prefixes and not patterns:
            why = "which tags?"
            yield Refusal(_at(index, "selection.tagPatternList"), words.TAGS_REQUIRED, why, INVALID)
        elif any(pattern.count("*") > words.STARS.value for pattern in patterns):
            why = "a pattern has more than four *"
            yield Refusal(_at(index, "selection.tagPatternList"), words.WILDCARDS, why, INVALID)
        elif not _counts(chosen) or (text(chosen, "tagStatus") != "tagged" and (prefixes or patterns)):
            why = "countType, countUnit, countNumber and tagStatus do not go together"
            yield Refusal(_at(index, "selection"), words.NO_SCHEMA, why, INVALID)


def _counts(chosen: Mapping[str, Any]) -> bool:
    if any(name not in chosen for name in SELECTED) or text(chosen, "tagStatus") not in STATUSES:
        return False
    count = number(chosen, "countNumber")
    if count is None or count < 1:
        return False
    unit = text(chosen, "countUnit")
    return (text(chosen, "countType") in COUNTED and not unit) or (
        text(chosen, "countType") in SINCE and unit == "days"
    )
