"""Which compute: six cases and more, each decided by a rule of AWS's own or by the price."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simcloud.choose.calls import Calls
from simcloud.choose.cases import CASES
from simcloud.choose.compute import EC2, EKS_FARGATE, EKS_NODES, FARGATE, LAMBDA, SPOT, break_even_count, choose
from simcloud.choose.workload import Workload

D = Decimal


@pytest.mark.row("F24")
def test_six_cases_each_with_the_rule_or_the_price_that_decides_it() -> None:
    said = {work.name: choose(work) for work in CASES}
    assert {name: (verdict.chosen, verdict.decided_by[0].kind) for name, verdict in said.items()} == {
        "a web shop that is busy at noon": (FARGATE, "price"),
        "two hundred steady workers with much memory": (EC2, "price"),
        "a model that answers on a GPU": (EC2, "rule"),
        "an agent that watches every host": (EC2, "rule"),
        "thumbnails for pictures as they arrive": (LAMBDA, "price"),
        "a night's report of three hours": (SPOT, "price"),
    }
    for verdict in said.values():
        assert all(reason.source for reason in verdict.decided_by)
        assert verdict.decided_by[0].says in str(verdict)


@pytest.mark.row("T03")
@pytest.mark.row("F08")
@pytest.mark.row("F09")
@pytest.mark.row("F24")
@pytest.mark.parametrize(
    ("work", "law", "text"),
    [
        (
            Workload("gpu", gpus=1),
            "FG131",
            "Tasks using the Fargate launch type do not support GPU resource requirements",
        ),
        (Workload("privileged", privileged=True), "FG130", "Fargate requires that the 'privileged' setting be 'false'"),
        (
            Workload("daemon", daemon=True),
            "FG355",
            "The daemon scheduling strategy does not support the FARGATE launch type. Change the launch type and "
            "try again",
        ),
    ],
)
def test_gpu_privileged_and_daemon_mean_ec2_in_the_words_of_aws(work: Workload, law: str, text: str) -> None:
    verdict = choose(work)
    assert verdict.chosen == EC2
    assert [(why.kind, why.rule, why.says) for why in verdict.option(FARGATE).against] == [("rule", law, text)]
    assert verdict.option(FARGATE).against[0] in verdict.decided_by
    assert verdict.option(EKS_FARGATE).against, "as a pod it is refused too"
    assert choose(Workload("plain")).option(FARGATE).is_open


@pytest.mark.parametrize(
    ("work", "chosen"),
    [
        (Workload("pods", kubernetes=True, cpu=512, memory=1024, count=2), EKS_FARGATE),
        (Workload("pods with a daemon", kubernetes=True, daemon=True), EKS_NODES),
        (Workload("pods on EBS", kubernetes=True, block_storage=True), EKS_NODES),
        (Workload("pods on ARM", kubernetes=True, architecture="ARM64", cpu=512, memory=1024), EKS_NODES),
        (Workload("files of the host", host_files=True), EC2),
        (Workload("windows", windows=True, cpu=1024, memory=2048), FARGATE),
        (Workload("a pair on ARM", architecture="ARM64", count=2), FARGATE),
        (Workload("half a terabyte", memory=500_000), "none of these"),
    ],
)
def test_what_the_work_needs_decides(work: Workload, chosen: str) -> None:
    assert choose(work).chosen == chosen


def test_the_need_for_kubernetes_rules_ecs_and_lambda_out() -> None:
    verdict = choose(Workload("charts", kubernetes=True, calls=Calls(1000, D("0.1"))))
    for name in (FARGATE, EC2, LAMBDA):
        assert verdict.option(name).against[0].kind == "need"
    assert verdict.decided_by[0].kind == "need"


def test_spot_is_for_what_may_be_stopped_and_up_to_seventy_percent_cheaper() -> None:
    firm, soft = Workload("api", cpu=512, memory=1024), Workload("batch", cpu=512, memory=1024, interruptible=True)
    assert choose(firm).chosen == FARGATE
    assert choose(soft).chosen == SPOT
    spot = choose(soft).option(SPOT).bill
    assert spot is not None
    assert all("up to 70% off" in line.note for line in spot)


def test_what_looking_after_hosts_costs_can_turn_the_price_around() -> None:
    steady = Workload("workers", cpu=1024, memory=7168, count=20)
    assert choose(steady).chosen == EC2
    assert choose(steady, care=D(100)).chosen == FARGATE
    line = choose(steady, care=D(100)).option(EC2).bill
    assert line is not None
    assert line.lines[-1].note == "your own figure"


def test_instances_win_from_some_number_of_steady_copies_on() -> None:
    work = Workload("steady", cpu=1024, memory=7168)
    turn = break_even_count(work, 300)
    assert turn is not None
    assert choose(Workload("steady", cpu=1024, memory=7168, count=turn)).chosen == EC2
    assert break_even_count(Workload("small", cpu=256, memory=512), 3) is None


def test_a_workload_that_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="above 0"):
        Workload("nothing", count=0)
    with pytest.raises(ValueError, match="up to 1 copies"):
        Workload("odd", average=D(2))


works = st.builds(
    Workload,
    st.just("any"),
    cpu=st.integers(64, 20_000),
    memory=st.integers(64, 130_000),
    count=st.integers(1, 40),
    hours_a_day=st.decimals("0.5", 24, places=1),
    gpus=st.integers(0, 1),
    privileged=st.booleans(),
    daemon=st.booleans(),
    host_files=st.booleans(),
    block_storage=st.booleans(),
    windows=st.booleans(),
    architecture=st.sampled_from(["X86_64", "ARM64"]),
    kubernetes=st.booleans(),
    interruptible=st.booleans(),
)


@settings(max_examples=60, deadline=None)
@given(works)
def test_the_choice_is_the_cheapest_that_can_do_it_and_has_a_reason(work: Workload) -> None:
    verdict = choose(work)
    able = [option for option in verdict.options if option.is_open]
    assert verdict.decided_by
    assert (verdict.choice is None) == (not able)
    if verdict.choice is not None:
        assert verdict.choice.cost == min(option.cost for option in able)
    if work.privileged or work.gpus or work.daemon or work.host_files:
        assert not verdict.option(FARGATE).is_open
        assert not verdict.option(EKS_FARGATE).is_open
