"""Lab 15: each cause shows what no other shows, each can be told and mended. What all labs share is in test_labs.py."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from random import Random

import pytest

from autograder.checks.lab import Lab, load
from autograder.checks.labs.incidents.causes import BY_KEY, CAUSES, of_kind
from autograder.checks.labs.incidents.plan import make_variant, plan_of
from autograder.checks.labs.incidents.site import site, tells
from simcloud.cloud import cloud as clouds
from tests.labs.desk import Desk, said

LAB_ID = "15-incidents"
KEYS = [cause.key for cause in CAUSES]
AT_ONCE = 6


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    """No world stays open behind a test."""
    yield
    for one in list(clouds._open):
        one.close()


def variant_of(keys: list[str]) -> dict[str, object]:
    """A variant with these causes in place of drawn ones."""
    ticket = f"FL-7:{','.join(keys)}"
    return {**make_variant(Random(1)), "ticket": ticket, "services": [one.service for one in plan_of(ticket).planted]}


@pytest.fixture(scope="module")
def shown() -> Mapping[str, list[tuple[str, str]]]:
    """Cause -> (service, text) for all that a world with it says of its service."""
    from simcloud import Cloud

    found: dict[str, list[tuple[str, str]]] = {}
    for first in range(0, len(KEYS), AT_ONCE):
        variant = variant_of(KEYS[first : first + AT_ONCE])
        with Cloud(seed=15) as cloud:
            load(LAB_ID).world(cloud, variant)
            here = site(cloud, variant)
            for one in here.plan.planted:
                found[one.key] = [(one.service, text) for text in here.said(one)]
    return found


def shows(shown: Mapping[str, list[tuple[str, str]]], world: str, cause: str, pattern: str) -> bool:
    (one,) = plan_of(f"FL-7:{cause}").planted
    return any(tells(pattern, replace(one, service=service), text) for service, text in shown[world])


def test_there_are_causes_enough() -> None:
    assert len(CAUSES) >= 24
    assert len(BY_KEY) == len(CAUSES) == len({cause.mark for cause in CAUSES})


@pytest.mark.row("T04")
@pytest.mark.parametrize("key", KEYS)
def test_a_cause_shows_what_no_other_cause_shows(shown: Mapping[str, list[tuple[str, str]]], key: str) -> None:
    assert [other for other in KEYS if shows(shown, other, key, BY_KEY[key].mark)] == [key]


@pytest.mark.parametrize("key", KEYS)
def test_of_a_cause_aws_or_the_program_says_a_text(shown: Mapping[str, list[tuple[str, str]]], key: str) -> None:
    assert shows(shown, key, key, BY_KEY[key].says)


def test_every_cause_is_drawn_and_each_learner_gets_two_ways_and_one_of_each_other_family() -> None:
    plans = [plan_of(str(make_variant(Random(seed))["ticket"])) for seed in range(300)]
    assert {one.key for plan in plans for one in plan.planted} == set(KEYS)
    for plan in plans:
        kinds = sorted(one.cause.kind for one in plan.planted)
        assert kinds == ["front", "program", "role", "thing", "way", "way"]
        assert len({one.key for one in plan.planted}) == 6
        assert len({one.service for one in plan.planted}) == 6


def test_the_learner_is_told_no_cause() -> None:
    told = make_variant(Random(3))
    assert set(told) == {"ticket", "cluster", "services", "private", "bucket", "causes"}
    assert set(told["causes"]) == set(KEYS)  # type: ignore[call-overload]


def test_what_is_wrong_in_a_pupils_list_is_answered_by_where_to_look() -> None:
    desk = Desk(LAB_ID, "ada")
    verdict = desk.answer("quote-the-evidence", "evidence = {}")
    assert verdict.points == 0
    assert "the stoppedReason of a stopped task" in said(verdict.checks[0]) or "events say" in said(verdict.checks[0])


def drawn(place: int) -> list[str]:
    """The causes of one learner, so that seven learners have all of them."""
    families = [of_kind(kind) for kind in ("way", "role", "thing", "program", "front")]
    ways = families[0]
    second = ways[(2 * place + 1) % len(ways)]
    return [ways[2 * place % len(ways)].key, second.key, *(one[place % len(one)].key for one in families[1:])]


@pytest.mark.long
@pytest.mark.row("F20")
@pytest.mark.row("T05")
@pytest.mark.row("T04")
@pytest.mark.row("M05")
@pytest.mark.parametrize("place", range(7))
def test_every_cause_is_told_and_mended_by_the_solution(monkeypatch: pytest.MonkeyPatch, place: int) -> None:
    lab: Lab = load(LAB_ID)
    variant = variant_of(drawn(place))
    plan = plan_of(str(variant["ticket"]))
    told = {**variant, "cluster": plan.cluster, "bucket": plan.bucket}
    told["private"] = [one.service for one in plan.planted if one.is_private]
    monkeypatch.setattr(lab, "variant", lambda _: told)
    desk = Desk(LAB_ID, f"pupil-{place}")
    for question in lab.questions:
        verdict = desk.answer(question.id, desk.texts.solutions[question.id])
        assert (verdict.outcome, desk.raised) == ("passed", ""), (drawn(place), verdict)


def test_the_seven_have_all_causes() -> None:
    assert {key for place in range(7) for key in drawn(place)} == set(KEYS)
