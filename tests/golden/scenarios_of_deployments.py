"""The lives of services that are deployed in steps, by ECS itself and by CodeDeploy, whose stories are kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from scaling_bench import alarm
from stand_in import ACCOUNT, REGION, WEB, Bench, container, definition

from simcloud.sim import events as e
from simcloud.sim.codedeploy import events as ce
from simcloud.sim.codedeploy import laws as codedeploy_laws
from simcloud.sim.codedeploy.deployment import ORDER, Deployment, LifecycleEvent, Plan
from simcloud.sim.codedeploy.state import Application, Group
from simcloud.sim.load.curve import Constant
from simcloud.sim.load.events import LoadSet
from simcloud.sim.service import Service
from simcloud.sim.service_history import recorded
from simcloud.sim.task_sets import new_task_set
from simcloud.sim.watching.metric import metric

LAWS = codedeploy_laws.LAWS
"""Read, so that the world follows them."""
HEAD = f"arn:aws:elasticloadbalancing:{REGION}:{ACCOUNT}"
BLUE, GREEN, OTHER_BLUE, OTHER_GREEN = (
    f"{HEAD}:targetgroup/{name}/0123456789abcdef" for name in ("blue", "green", "other-blue", "other-green")
)
PAIR = (BLUE, GREEN)
RULE = f"{HEAD}:listener-rule/app/front/0123456789abcdef/80/1"
LISTENER = f"{HEAD}:listener/app/front/0123456789abcdef/80"
SHIFTS = [
    {
        "targetGroupArn": BLUE,
        "containerName": "web",
        "containerPort": 80,
        "advancedConfiguration": {
            "alternateTargetGroupArn": GREEN,
            "productionListenerRule": RULE,
            "roleArn": f"arn:aws:iam::{ACCOUNT}:role/balancing",
        },
    }
]
CANARY = {
    "strategy": "CANARY",
    "canaryConfiguration": {"canaryPercent": 10.0, "canaryBakeTimeInMinutes": 10},
    "bakeTimeInMinutes": 5,
}
LINEAR = {
    "strategy": "LINEAR",
    "linearConfiguration": {"stepPercent": 25.0, "stepBakeTimeInMinutes": 2},
    "bakeTimeInMinutes": 2,
}
SECOND = WEB.replace("1.0", "2.0")


def ready(*, errors: float = 0.0) -> Bench:
    """A bench with two target groups, a rule and a listener that send all to the first, and a second image."""
    bench = Bench()
    bench.around.check = {"interval": 10.0}
    bench.around.rules = {RULE: ((BLUE, 1.0), (GREEN, 0.0)), LISTENER: ((BLUE, 1.0),)}
    image = replace(bench.around.images[WEB], reference=SECOND, digest="sha256:" + "b" * 64, error_share=errors)
    bench.around.images[SECOND] = image
    return bench


def second(bench: Bench) -> str:
    """The second revision of `web`; its ARN."""
    arn = f"arn:aws:ecs:{REGION}:{ACCOUNT}:task-definition/web:2"
    ports = [{"containerPort": 80}]
    return bench.register(definition(container(image=SECOND, portMappings=ports), revision=2, taskDefinitionArn=arn))


def errors_of_green(bench: Bench) -> None:
    """An alarm `green-5xx` on what the second target group answers with 500."""
    watched = metric(
        "AWS/ApplicationELB", "HTTPCode_Target_5XX_Count",
        [{"Name": "TargetGroup", "Value": GREEN.rpartition(":")[2]}])  # fmt: skip
    alarm(bench, "green-5xx", watched, "GreaterThanThreshold", 10.0, statistic="Sum", missing="notBreaching")


def asked_for(bench: Bench, service: Service, rate: float) -> None:
    """A constant load from now on."""
    bench.happen(LoadSet(service.arn, Constant(rate), f"{rate:g}"))


def an_alarm_rolls_back_a_canary() -> Bench:
    """ECS's own canary answers with errors: the alarm on its target group fails the deployment (R-226, R-231)."""
    bench = ready(errors=0.5)
    errors_of_green(bench)
    alarms = {"alarmNames": ["green-5xx"], "enable": True, "rollback": True}
    service = bench.create_service(2, loadBalancers=SHIFTS, deploymentConfiguration={**CANARY, "alarms": alarms})
    bench.wait(120)
    asked_for(bench, service, 40)
    bench.happen(e.ServiceUpdated(service.arn, {"taskDefinition": second(bench)}, deploys=True))
    bench.wait(900)
    return bench


def a_linear_shift_goes_to_the_end() -> Bench:
    """Quarter by quarter, two minutes each; then it bakes, and the old revision goes (R-231, R-232)."""
    bench = ready()
    service = bench.create_service(2, loadBalancers=SHIFTS, deploymentConfiguration=LINEAR)
    bench.wait(120)
    asked_for(bench, service, 40)
    bench.happen(e.ServiceUpdated(service.arn, {"taskDefinition": second(bench)}, deploys=True))
    bench.wait(1200)
    return bench


def by_codedeploy(bench: Bench, name: str = "web", group: str = BLUE) -> Service:
    """A service whose deployments CodeDeploy makes, and the application `shop` with the group of its name."""
    network = {"subnets": ["subnet-a", "subnet-b"], "securityGroups": ["sg-1"]}
    held: dict[str, Any] = {
        "taskDefinition": bench.register(definition()),
        "launchType": "FARGATE",
        "networkConfiguration": {"awsvpcConfiguration": network},
        "loadBalancers": [{"targetGroupArn": group, "containerName": "web", "containerPort": 80}],
        "deploymentController": {"type": "CODE_DEPLOY"},
    }
    arn = f"arn:aws:ecs:{REGION}:{ACCOUNT}:service/shop/{name}"
    service = Service(name, arn, bench.cluster.arn, 2, bench.world.now, "learner", asked=held)
    service.task_sets = [new_task_set(bench.world, service, recorded(held), status="PRIMARY")]
    bench.happen(e.ServiceCreated(service))
    bench.happen(ce.ApplicationCreated(Application("1", "shop", "ECS", bench.world.now)))
    bench.happen(ce.GroupCreated("shop", Group("1", name, {})))
    return service


def deploy(
    bench: Bench,
    service: Service,
    kind: str,
    shifts: tuple[tuple[float, float], ...],
    groups: tuple[str, str] = PAIR,
    **settings: Any,
) -> None:
    """CreateDeployment of the second revision, from the first of the two target groups to the second."""
    pair = {
        "targetGroups": [{"name": "blue"}, {"name": "green"}],
        "prodTrafficRoute": {"listenerArns": [LISTENER]},
    }
    waits = {
        "terminateBlueInstancesOnDeploymentSuccess": {"action": "TERMINATE", "terminationWaitTimeInMinutes": 5},
        "deploymentReadyOption": {"actionOnTimeout": "CONTINUE_DEPLOYMENT"},
    }
    made = Deployment(
        id="d-A1B2C3D4E", application="shop", group=service.name, configuration=f"CodeDeployDefault.{kind}",
        revision={"revisionType": "AppSpecContent"}, created_at=bench.world.now, service=service.arn,
        target=f"shop:{service.name}", shifts=shifts, groups={"blue": groups[0], "green": groups[1]},
        settings={
            "loadBalancerInfo": {"targetGroupPairInfoList": [pair]},
            "blueGreenDeploymentConfiguration": waits, **settings,
        },
        plan=Plan(second(bench), "web", 80),
        events=[LifecycleEvent(name) for name in ORDER if "TestTraffic" not in name],
    )  # fmt: skip
    bench.happen(ce.DeploymentCreated(made))


def an_alarm_stops_codedeploys_canary() -> Bench:
    """The same fault under CodeDeploy: Stopped, and another deployment gives the traffic back (R-236, R-237)."""
    bench = ready(errors=0.5)
    errors_of_green(bench)
    service = by_codedeploy(bench)
    bench.wait(120)
    asked_for(bench, service, 40)
    deploy(
        bench, service, "ECSCanary10Percent5Minutes", ((0.0, 10.0), (5.0, 100.0)),
        alarmConfiguration={"enabled": True, "alarms": [{"name": "green-5xx"}]},
        autoRollbackConfiguration={"enabled": True, "events": ["DEPLOYMENT_STOP_ON_ALARM"]})  # fmt: skip
    bench.wait(900)
    return bench


def blue_green_by_both_controllers() -> Bench:
    """Side by side, each with a service of its own: ECS shifts one, CodeDeploy the other (R-230, R-236)."""
    bench = ready()
    native = bench.create_service(
        2, loadBalancers=SHIFTS, deploymentConfiguration={"strategy": "BLUE_GREEN", "bakeTimeInMinutes": 5}
    )
    bench.around.rules[LISTENER] = ((OTHER_BLUE, 1.0),)
    other = by_codedeploy(bench, "shop", OTHER_BLUE)
    bench.wait(120)
    bench.happen(e.ServiceUpdated(native.arn, {"taskDefinition": second(bench)}, deploys=True))
    deploy(bench, other, "ECSAllAtOnce", ((0.0, 100.0),), (OTHER_BLUE, OTHER_GREEN))
    bench.wait(1200)
    return bench


SCENARIOS_OF_DEPLOYMENTS: dict[str, Callable[[], Bench]] = {
    function.__name__: function
    for function in (
        an_alarm_rolls_back_a_canary,
        a_linear_shift_goes_to_the_end,
        an_alarm_stops_codedeploys_canary,
        blue_green_by_both_controllers,
    )
}
