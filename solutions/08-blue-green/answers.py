"""Lab 08: right answers by more than one way, plausible wrong ones with what each must be told, and the untouched stub.

Every text is an answer cell. It may use the names that the setup cell and the solutions of the questions before it have
left: `two_groups`, `listen`, `strategy`, `how`, `alarm`, `stable`, later `app_spec`, `place` and the rest.
"""

from collections.abc import Mapping
from typing import Any

from autograder.author.worked import SOLUTION, Answer, untouched
from autograder.checks.labs.blue_green.plan import Shift, plan_of

WAITS = "judged once the check before it"

# --- 1. by ECS itself

NATIVE = """
import re


def said(words):
    numbers = [int(number) for number in re.findall(r"[0-9]+", words)]
    if "at one moment" in words:
        return {"strategy": "BLUE_GREEN", "bakeTimeInMinutes": numbers[0]}
    if "more of the customers every" in words:
        kind = {"linearConfiguration": {"stepPercent": float(numbers[0]), "stepBakeTimeInMinutes": numbers[1]}}
        return {"strategy": "LINEAR", "bakeTimeInMinutes": numbers[2], **kind}
    kind = {"canaryConfiguration": {"canaryPercent": float(numbers[0]), "canaryBakeTimeInMinutes": numbers[1]}}
    return {"strategy": "CANARY", "bakeTimeInMinutes": numbers[2], **kind}


def group_of_targets(name, path):
    made = elb.create_target_group(
        Name=name, Protocol="HTTP", Port=desk.port, VpcId=vpc, TargetType="ip", HealthCheckPath=path
    )
    return made["TargetGroups"][0]["TargetGroupArn"]


def stand(deployment, *, path=None, port=80, both=True, role="shifting", count=None, of=None, wait=8):
    one, two = (group_of_targets(name, path or desk.health) for name in ("one", "two"))
    front = elb.create_listener(
        LoadBalancerArn=balancers[of or desk.native], Protocol="HTTP", Port=port,
        DefaultActions=[{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "404"}}],
    )["Listeners"][0]["ListenerArn"]
    pairs = [{"TargetGroupArn": one, "Weight": 1}] + ([{"TargetGroupArn": two, "Weight": 0}] if both else [])
    every = elb.create_rule(
        ListenerArn=front, Priority=7, Conditions=[{"Field": "path-pattern", "Values": ["*"]}],
        Actions=[{"Type": "forward", "ForwardConfig": {"TargetGroups": pairs}}],
    )["Rules"][0]["RuleArn"]
    advanced = {"alternateTargetGroupArn": two, "productionListenerRule": every, "roleArn": desk.roles[role]}
    ecs.create_service(
        cluster=desk.cluster,
        serviceName=desk.native,
        taskDefinition=revision(desk.native, "1.0"),
        desiredCount=count or desk.count,
        launchType="FARGATE",
        platformVersion="1.4.0",
        networkConfiguration=network,
        loadBalancers=[{
            "targetGroupArn": one, "containerName": "web", "containerPort": desk.port,
            "advancedConfiguration": advanced,
        }],
        deploymentConfiguration=deployment,
    )
    desk.cloud.advance(minutes=wait)


wish = desk.shift[desk.native]
"""
NOT_WHOLE = {"native-stands": WAITS, "native-shifts": WAITS, "native-keeps": WAITS, "native-again": WAITS}
NO_SHIFT = {"native-shifts": "the old tasks are kept", "native-again": "the old tasks are kept"}
BY_ECS = (
    Answer("as in the solution", SOLUTION),
    Answer("with a rule for every path behind a listener that knows nothing else", NATIVE + "stand(said(wish))"),
    Answer(
        "right, and not waited for",
        NATIVE + "stand(said(wish), wait=0)",
        misses={"native-stands": "end the cell with the waiter services_stable"},
    ),
    Answer(
        "a rolling deployment",
        NATIVE + 'stand({"strategy": "ROLLING"})',
        misses={**NO_SHIFT, "native-keeps": "run on for"},
    ),
    Answer(
        "another strategy than the ticket's",
        NATIVE
        + """
keep = said(wish)["bakeTimeInMinutes"]
other = {"strategy": "BLUE_GREEN", "bakeTimeInMinutes": keep}
if said(wish)["strategy"] == "BLUE_GREEN":
    first = {"canaryPercent": 10, "canaryBakeTimeInMinutes": 10}
    other = {"strategy": "CANARY", "canaryConfiguration": first, "bakeTimeInMinutes": keep}
stand(other)
""",
        misses=NO_SHIFT,
    ),
    Answer(
        "a rule for part of the paths",
        NATIVE.replace('"Values": ["*"]', '"Values": ["/timetable/*"]') + "stand(said(wish))",
        misses={"native-whole": "a customer who asks for / gets to the tasks", **NOT_WHOLE},
    ),
    Answer(
        "a rule for part of the paths, and the first group for the rest",
        NATIVE.replace('"Values": ["*"]', '"Values": ["/timetable/*"]').replace(
            '[{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "404"}}]',
            '[{"Type": "forward", "TargetGroupArn": one}]',
        )
        + "stand(said(wish))",
        misses={"native-shifts": "sent to one, where no task is", "native-again": "sent to one, where no task is"},
    ),
    Answer(
        "the old tasks gone at once",
        NATIVE + "stand({**said(wish), 'bakeTimeInMinutes': 0})",
        misses={"native-keeps": "bakeTimeInMinutes"},
    ),
    Answer(
        "the old tasks kept for an hour",
        NATIVE + "stand({**said(wish), 'bakeTimeInMinutes': 60})",
        misses={"native-keeps": "they still run"},
    ),
    Answer(
        "the role of CodeDeploy",
        NATIVE + "stand(said(wish), role='codedeploy')",
        misses={**NO_SHIFT, "native-keeps": "never had all customers"},
    ),
    Answer(
        "a rule that knows one group",
        NATIVE + "stand(said(wish), both=False)",
        misses={**NO_SHIFT, "native-keeps": "never had all customers"},
    ),
    Answer(
        "another path for the health check",
        NATIVE + 'stand(said(wish), path="/nowhere")',
        misses={"native-whole": "healthy targets", **NOT_WHOLE},
    ),
    Answer(
        "a listener at another port",
        NATIVE + "stand(said(wish), port=8443)",
        misses={"native-whole": "from port 80", **NOT_WHOLE},
    ),
    Answer(
        "behind the balancer of another service",
        NATIVE + "stand(said(wish), of=desk.classic)",
        misses={"native-whole": "the load balancer", **NOT_WHOLE},
    ),
    Answer(
        "one task less",
        NATIVE + "stand(said(wish), count=desk.count - 1)",
        misses={"native-whole": "tasks of", **NOT_WHOLE},
    ),
    Answer(
        "a canary of more than all",
        NATIVE + 'stand({"strategy": "CANARY", "canaryConfiguration": {"canaryPercent": 500}})',
        raises="ClientError",
        attempted=False,
    ),
    untouched(),
)

# --- 2. it goes back

WATCH = """
DIMENSIONS = [{"Name": "LoadBalancer", "Value": balancers[desk.native].split("loadbalancer/")[1]}]


def watch_over(**changes):
    asked = {
        "AlarmName": "wrong", "Namespace": "AWS/ApplicationELB", "MetricName": "HTTPCode_Target_5XX_Count",
        "Dimensions": DIMENSIONS, "Statistic": "Sum", "Period": 60, "EvaluationPeriods": 2, "Threshold": 2 * desk.usual,
        "ComparisonOperator": "GreaterThanThreshold", "TreatMissingData": "notBreaching", **changes,
    }
    watch.put_metric_alarm(**{name: value for name, value in asked.items() if value is not None})


def heed(*names, rollback=True, **more):
    alarms = {"alarmNames": list(names), "enable": True, "rollback": rollback}
    ecs.update_service(
        cluster=desk.cluster, service=desk.native, deploymentConfiguration={**how, "alarms": alarms, **more}
    )
    desk.cloud.advance(minutes=3)


"""
STAYS = {"native-back": "runs version 1.0", "native-worse": WAITS}
GOES_BACK = (
    Answer("as in the solution", SOLUTION),
    Answer(
        "one minute, three halves of the busy day's errors",
        WATCH + "watch_over(EvaluationPeriods=1, Threshold=1.9 * desk.usual)\nheed('wrong')",
    ),
    Answer(
        "the share of the requests that fail",
        WATCH
        + """
def counted(name, metric):
    stat = {"Metric": {"Namespace": "AWS/ApplicationELB", "MetricName": metric, "Dimensions": DIMENSIONS}, "Period": 60}
    return {"Id": name, "ReturnData": False, "MetricStat": {**stat, "Stat": "Sum"}}


watch.put_metric_alarm(
    AlarmName="wrong", EvaluationPeriods=2, Threshold=1.0, ComparisonOperator="GreaterThanThreshold",
    TreatMissingData="notBreaching",
    Metrics=[
        counted("errors", "HTTPCode_Target_5XX_Count"),
        counted("requests", "RequestCount"),
        {"Id": "share", "Expression": "100 * errors / requests", "ReturnData": True},
    ],
)
heed("wrong")
""",
    ),
    Answer(
        "below the errors of a usual day",
        WATCH + "watch_over(Threshold=desk.usual / 2)\nheed('wrong')",
        misses=STAYS,  # it stands in ALARM before the release begins: ECS does not heed it
    ),
    Answer(
        "below the errors of a busy day",
        WATCH + "watch_over(Threshold=1.2 * desk.usual)\nheed('wrong')",
        misses={"native-calm": "rolled back because of one or more active alarms"},
    ),
    Answer(
        "above what a bad version adds",
        WATCH + "watch_over(Threshold=1000 * desk.usual)\nheed('wrong')",
        misses=STAYS,
    ),
    Answer(
        "too slow",
        WATCH + "watch_over(Period=300, EvaluationPeriods=2, Threshold=10 * desk.usual)\nheed('wrong')",
        misses={"native-back": "", "native-worse": WAITS},
    ),
    Answer(
        "the circuit breaker of rolling deployments",
        WATCH
        + """
watch_over()
nobody = {"alarmNames": [], "enable": False, "rollback": False}
heed(deploymentCircuitBreaker={"enable": True, "rollback": True}, alarms=nobody)
""",
        misses=STAYS,
    ),
    Answer(
        "an alarm that nobody heeds",
        WATCH + "watch_over()\nstable.wait(cluster=desk.cluster, services=[desk.native])",
        misses=STAYS,
    ),
    Answer(
        "an alarm without a dimension",
        WATCH + "watch_over(Dimensions=None)\nheed('wrong')",
        misses=STAYS,
    ),
    Answer(
        "what the load balancer itself answers",
        WATCH + "watch_over(MetricName='HTTPCode_ELB_5XX_Count')\nheed('wrong')",
        misses=STAYS,
    ),
    Answer(
        "a crash behind the alarm",
        WATCH + "watch_over()\nheed({'wrong'}, rollback='yes')",
        raises="ParamValidationError",
        misses=STAYS,
    ),
    untouched(),
)

# --- 3. by CodeDeploy

CLASSIC = """
EVENTS = ("DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM")


def classic(*, config=None, keep=None, alarms=None, events=EVENTS, bring="1.1", controller="CODE_DEPLOY", wait=70):
    words = desk.shift[desk.classic]
    one, two, last = [int(number) for number in re.findall(r"[0-9]+", words)]
    ready = f"Linear{one}PercentEvery{two}Minutes" if "every" in words else f"Canary{one}Percent{two}Minutes"
    first, second = two_groups(desk.classic)
    front = listen(desk.classic, first)
    ecs.create_service(
        cluster=desk.cluster, serviceName=desk.classic, taskDefinition=revision(desk.classic, "1.0"),
        desiredCount=desk.count, launchType="FARGATE", networkConfiguration=network,
        deploymentController={"type": controller},
        loadBalancers=[{"targetGroupArn": first, "containerName": "web", "containerPort": desk.port}],
    )
    desk.cloud.advance(minutes=6)
    codedeploy.create_application(applicationName="ships", computePlatform="ECS")
    if alarms is None:
        alarms = [alarm(desk.classic)]
    codedeploy.create_deployment_group(
        applicationName="ships", deploymentGroupName="all", serviceRoleArn=desk.roles["codedeploy"],
        deploymentConfigName="CodeDeployDefault.ECS" + (config or ready),
        deploymentStyle={"deploymentType": "BLUE_GREEN", "deploymentOption": "WITH_TRAFFIC_CONTROL"},
        blueGreenDeploymentConfiguration={
            "deploymentReadyOption": {"actionOnTimeout": "CONTINUE_DEPLOYMENT"},
            "terminateBlueInstancesOnDeploymentSuccess": {
                "action": "TERMINATE", "terminationWaitTimeInMinutes": last if keep is None else keep,
            },
        },
        loadBalancerInfo={
            "targetGroupPairInfoList": [
                {
                    "targetGroups": [{"name": f"{desk.classic}-blue"}, {"name": f"{desk.classic}-green"}],
                    "prodTrafficRoute": {"listenerArns": [front]},
                }
            ]
        },
        ecsServices=[{"clusterName": desk.cluster, "serviceName": desk.classic}],
        alarmConfiguration={"enabled": bool(alarms), "alarms": [{"name": name} for name in alarms]},
        autoRollbackConfiguration={"enabled": bool(events), **({"events": list(events)} if events else {})},
    )
    if bring:
        properties = {
            "TaskDefinition": revision(desk.classic, bring),
            "LoadBalancerInfo": {"ContainerName": "web", "ContainerPort": desk.port},
        }
        parts = [{"TargetService": {"Type": "AWS::ECS::Service", "Properties": properties}}]
        content = {"content": json.dumps({"version": "0.0", "Resources": parts})}
        made = codedeploy.create_deployment(
            applicationName="ships", deploymentGroupName="all",
            revision={"revisionType": "AppSpecContent", "appSpecContent": content},
        )
        desk.cloud.advance(minutes=wait)


"""
NOT_THERE = dict.fromkeys(("classic-shifts", "classic-back", "classic-keeps", "classic-again"), WAITS)
BY_CODEDEPLOY = (
    Answer("as in the solution", SOLUTION),
    Answer("with other names, and time that passes", CLASSIC + "classic()"),
    Answer(
        "a configuration of one's own",
        CLASSIC
        + """
words = desk.shift[desk.classic]
one, two, last = [int(number) for number in re.findall(r"[0-9]+", words)]
if "every" in words:
    routing = {"type": "TimeBasedLinear", "timeBasedLinear": {"linearPercentage": one, "linearInterval": two}}
else:
    routing = {"type": "TimeBasedCanary", "timeBasedCanary": {"canaryPercentage": one, "canaryInterval": two}}
codedeploy.create_deployment_config(deploymentConfigName="ours", computePlatform="ECS", trafficRoutingConfig=routing)
classic(bring="")
codedeploy.update_deployment_group(
    applicationName="ships", currentDeploymentGroupName="all", deploymentConfigName="ours"
)
made = codedeploy.create_deployment(
    applicationName="ships", deploymentGroupName="all",
    revision={
        "revisionType": "AppSpecContent",
        "appSpecContent": {
            "content": json.dumps({
                "version": "0.0",
                "Resources": [{"TargetService": {"Type": "AWS::ECS::Service", "Properties": {
                    "TaskDefinition": revision(desk.classic, "1.1"),
                    "LoadBalancerInfo": {"ContainerName": "web", "ContainerPort": desk.port},
                }}}],
            })
        },
    },
)
desk.cloud.advance(minutes=70)
""",
    ),
    Answer(
        "left to itself after a minute",
        CLASSIC + "classic(wait=1)",
        misses={"classic-whole": "end the cell with CodeDeploy's waiter deployment_successful", **NOT_THERE},
    ),
    Answer(
        "all at once",
        CLASSIC + "classic(config='AllAtOnce')",
        misses={"classic-shifts": "the old tasks are kept", "classic-again": "the old tasks are kept"},
    ),
    Answer(
        "another of the ready ones",
        CLASSIC
        + """
words = desk.shift[desk.classic]
other = "Canary10Percent15Minutes" if "15 minutes, then all" not in words else "Canary10Percent5Minutes"
classic(config=other)
""",
        misses={"classic-shifts": "the old tasks are kept", "classic-again": "the old tasks are kept"},
    ),
    Answer("the old tasks gone at once", CLASSIC + "classic(keep=0)", misses={"classic-keeps": "run on for"}),
    Answer("no alarm", CLASSIC + "classic(alarms=())", misses={"classic-back": "runs version 1.1"}),
    Answer(
        "an alarm that only stops",
        CLASSIC + "classic(events=('DEPLOYMENT_FAILURE',))",
        misses={"classic-back": "6 minutes at most"},
    ),
    Answer(
        "the alarm of the other service",
        CLASSIC + "classic(alarms=[alarm(desk.native)])",
        misses={"classic-back": "runs version 1.1"},
    ),
    Answer(
        "ready, and nothing deployed",
        CLASSIC + "classic(bring='')",
        misses={"classic-whole": "runs version 1.1", **NOT_THERE},
    ),
    Answer(
        "an ordinary update",
        CLASSIC
        + """
classic(bring="")
ecs.update_service(cluster=desk.cluster, service=desk.classic, taskDefinition=revision(desk.classic, "1.1"))
""",
        raises="ClientError",
        misses={"classic-whole": "runs version 1.1", **NOT_THERE},
    ),
    Answer(
        "a service that ECS deploys",
        CLASSIC + "classic(controller='ECS')",
        raises="ClientError",
        misses={"classic-whole": "CODE_DEPLOY", **NOT_THERE},
    ),
    untouched(),
)

# --- 4. by a template

TEMPLATE = r"""
def ref(name):
    return {"Ref": name}


def upper(value):
    if isinstance(value, dict):
        return {key[:1].upper() + key[1:]: upper(one) for key, one in value.items()}
    return value


def stacked(*, image=None, shift=None, alarms=True, outside=False, parameter="Version", version="1.0", retain=False, wait=15):
    base = desk.images[desk.stacked]["1.0"].rsplit(":", 1)[0]
    targets = {
        "Protocol": "HTTP", "Port": desk.port, "VpcId": vpc, "TargetType": "ip", "HealthCheckPath": desk.health,
    }
    configuration = upper(shift or strategy(desk.shift[desk.stacked]))
    if alarms:
        names = [alarm(desk.stacked)] if alarms == "outside" else [ref("Wrong")]
        configuration["Alarms"] = {"AlarmNames": names, "Enable": True, "Rollback": True}
    parts = {
        "Wrong": ("AWS::CloudWatch::Alarm", {
            "AlarmName": f"{desk.stacked}-wrong", "Namespace": "AWS/ApplicationELB",
            "Period": 60, "EvaluationPeriods": 2,
            "MetricName": "HTTPCode_Target_5XX_Count", "Statistic": "Sum", "Threshold": 2 * desk.usual,
            "ComparisonOperator": "GreaterThanOrEqualToThreshold", "TreatMissingData": "notBreaching",
            "Dimensions": [{"Name": "LoadBalancer", "Value": balancers[desk.stacked].split("loadbalancer/")[1]}],
        }),
        "One": ("AWS::ElasticLoadBalancingV2::TargetGroup", targets),
        "Two": ("AWS::ElasticLoadBalancingV2::TargetGroup", targets),
        "Front": ("AWS::ElasticLoadBalancingV2::Listener", {
            "LoadBalancerArn": balancers[desk.stacked], "Protocol": "HTTP", "Port": 80,
            "DefaultActions": [{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "404"}}],
        }),
        "Every": ("AWS::ElasticLoadBalancingV2::ListenerRule", {
            "ListenerArn": ref("Front"), "Priority": 3, "Conditions": [{"Field": "path-pattern", "Values": ["*"]}],
            "Actions": [{"Type": "forward", "ForwardConfig": {"TargetGroups": [
                {"TargetGroupArn": ref("One"), "Weight": 1}, {"TargetGroupArn": ref("Two"), "Weight": 0}]}}],
        }),
        "Task": ("AWS::ECS::TaskDefinition", {
            "Family": desk.stacked, "RequiresCompatibilities": ["FARGATE"], "NetworkMode": "awsvpc", "Cpu": "256",
            "Memory": "512", "ExecutionRoleArn": desk.roles["execution"],
            "ContainerDefinitions": [{
                "Name": "web", "Image": image or {"Fn::Join": [":", [base, ref(parameter)]]},
                "PortMappings": [{"ContainerPort": desk.port}],
            }],
        }),
        "Service": ("AWS::ECS::Service", {
            "Cluster": desk.cluster, "ServiceName": desk.stacked, "TaskDefinition": ref("Task"),
            "DesiredCount": desk.count, "LaunchType": "FARGATE", "NetworkConfiguration": upper(network),
            "DeploymentConfiguration": configuration,
            "LoadBalancers": [{
                "ContainerName": "web", "ContainerPort": desk.port, "TargetGroupArn": ref("One"),
                "AdvancedConfiguration": {
                    "AlternateTargetGroupArn": ref("Two"), "ProductionListenerRule": ref("Every"),
                    "RoleArn": desk.roles["shifting"],
                },
            }],
        }),
    }
    if alarms != True:
        del parts["Wrong"]
    resources = {name: {"Type": kind, "Properties": properties} for name, (kind, properties) in parts.items()}
    resources["Service"]["DependsOn"] = ["Every"]
    if retain:
        for one in ("One", "Two"):
            resources[one]["DeletionPolicy"] = "Retain"
    kept = {parameter: {"Type": "String", "Default": "1.0"}}
    stacks.create_stack(
        StackName="all", TemplateBody=json.dumps({"Parameters": kept, "Resources": resources}),
        Parameters=[{"ParameterKey": parameter, "ParameterValue": version}],
    )
    desk.cloud.advance(minutes=wait)


"""
NOT_STACKED = {"stack-shifts": WAITS, "stack-back": WAITS, "stack-gone": WAITS}
BY_TEMPLATE = (
    Answer("as in the solution", SOLUTION),
    Answer("with other names, a default, and a rule for every path", TEMPLATE + "stacked()"),
    Answer(
        "left to itself",
        TEMPLATE + "stacked(wait=0)",
        misses={"stack-whole": "the waiter stack_create_complete", **NOT_STACKED},
    ),
    Answer(
        "the version written down",
        TEMPLATE + "stacked(image=desk.images[desk.stacked]['1.0'])",
        misses={"stack-shifts": "no customer went over", "stack-back": "it never had a customer"},
    ),
    Answer(
        "a parameter of another name",
        TEMPLATE + "stacked(parameter='Tag')",
        misses={"stack-shifts": "a parameter Version", "stack-back": "a parameter Version"},
    ),
    Answer(
        "the strategy of the first service",
        TEMPLATE + "stacked(shift=strategy(desk.shift[desk.native]))",
        misses={"stack-shifts": "the old tasks are kept"},
    ),
    Answer(
        "no alarm",
        TEMPLATE + "stacked(alarms=False)",
        misses={"stack-back": "runs version 1.0", "stack-gone": "AWS::CloudWatch::Alarm"},
    ),
    Answer(
        "an alarm outside the stack",
        TEMPLATE + "stacked(alarms='outside')",
        misses={"stack-gone": "AWS::CloudWatch::Alarm"},
    ),
    Answer(
        "two target groups that stay",
        TEMPLATE + "stacked(retain=True)",
        misses={"stack-gone": "stay behind"},
    ),
    Answer(
        "another version",
        TEMPLATE + "stacked(version='1.1')",
        misses={"stack-whole": "runs version 1.0", **NOT_STACKED},
    ),
    Answer(
        "made by hand",
        """
one, two = two_groups(desk.stacked)
listen(desk.stacked, one)
ecs.create_service(
    cluster=desk.cluster, serviceName=desk.stacked, taskDefinition=revision(desk.stacked, "1.0"),
    desiredCount=desk.count, launchType="FARGATE", networkConfiguration=network,
    loadBalancers=[{"targetGroupArn": one, "containerName": "web", "containerPort": desk.port}],
)
desk.cloud.advance(minutes=8)
""",
        misses={"stack-whole": "no stack holds it", **NOT_STACKED},
    ),
    Answer(
        "a template that fails",
        TEMPLATE.replace('"Cpu": "256"', '"Cpu": "257"')
        + "stacked()\nstacks.get_waiter('stack_create_complete').wait(StackName='all')",
        raises="WaiterError",
        attempted=False,
    ),
    untouched(),
)

# --- 5. read it

READ = """
for service in (desk.native, desk.classic):
    desk.cloud.load(service, desk.rate, cluster=desk.cluster)
ecs.update_service(cluster=desk.cluster, service=desk.native, taskDefinition=revision(desk.native, "2.0"))
wrong = codedeploy.create_deployment(**place, revision=app_spec(revision(desk.classic, "2.0")))["deploymentId"]
desk.cloud.advance(minutes=45)
found = ecs.list_service_deployments(cluster=desk.cluster, service=desk.native)["serviceDeployments"]
newest = found[0]["serviceDeploymentArn"]
told = ecs.describe_service_deployments(serviceDeploymentArns=[newest])["serviceDeployments"][0]
info = codedeploy.get_deployment(deploymentId=wrong)["deploymentInfo"]
native = told["status"]
classic = (info["errorInformation"]["code"], info["rollbackInfo"]["rollbackDeploymentId"])
"""
READ_IT = (
    Answer("as in the solution", SOLUTION),
    Answer("from the deployment itself", READ),
    Answer(
        "the deployment that failed",
        READ + "classic = [classic[0], wrong]",
        misses={"classic-read": "the id of the deployment that rolls back"},
    ),
    Answer(
        "the status of CodeDeploy's deployment",
        READ + "native, classic = info['status'], [info['status'], classic[1]]",
        misses={"native-read": "rolled back", "classic-read": "the error code"},
    ),
    Answer(
        "the rollout state of a rolling deployment",
        READ + "native = 'FAILED'",
        misses={"native-read": "list_service_deployments"},
    ),
    Answer(
        "no customers, so no errors",
        READ.replace("desk.cloud.load(service, desk.rate, cluster=desk.cluster)", "pass"),
        raises="KeyError",
        attempted=False,
    ),
    Answer(
        "a guess without a release",
        "native, classic = 'ROLLBACK_SUCCESSFUL', ['ALARM_ACTIVE', 'd-000000000']",
        misses={"native-read": "release version 2.0", "classic-read": "deploy version 2.0"},
    ),
    untouched(),
)

ANSWERS = {
    "by-ecs": BY_ECS,
    "goes-back": GOES_BACK,
    "by-codedeploy": BY_CODEDEPLOY,
    "by-template": BY_TEMPLATE,
    "read-it": READ_IT,
}

# --- one variant's decisions


def configuration(shift: Shift) -> dict[str, Any]:
    """What a learner gives to ECS for this shift."""
    keep: dict[str, Any] = {"bakeTimeInMinutes": shift.keep}
    if shift.kind == "at once":
        return {"strategy": "BLUE_GREEN", **keep}
    if shift.kind == "linear":
        steps = {"stepPercent": shift.percent, "stepBakeTimeInMinutes": shift.minutes}
        return {"strategy": "LINEAR", "linearConfiguration": steps, **keep}
    first = {"canaryPercent": shift.percent, "canaryBakeTimeInMinutes": shift.minutes}
    return {"strategy": "CANARY", "canaryConfiguration": first, **keep}


HELPERS = """
how = {how}
stable = ecs.get_waiter("services_stable")


def two_groups(service):
    return [group_of_targets(f"{{service}}-{{colour}}", desk.health) for colour in ("blue", "green")]


def listen(service, blue):
    made = elb.create_listener(
        LoadBalancerArn=balancers[service], Protocol="HTTP", Port=80,
        DefaultActions=[{{"Type": "forward", "TargetGroupArn": blue}}],
    )
    return made["Listeners"][0]["ListenerArn"]


def alarm(service):
    watch.put_metric_alarm(
        AlarmName=f"{{service}}-errors", Namespace="AWS/ApplicationELB", MetricName="HTTPCode_Target_5XX_Count",
        Dimensions=[{{"Name": "LoadBalancer", "Value": balancers[service].split("loadbalancer/")[1]}}], Statistic="Sum",
        Period=60, EvaluationPeriods=2, Threshold={threshold}, ComparisonOperator="GreaterThanThreshold",
        TreatMissingData="notBreaching",
    )
    return f"{{service}}-errors"


def app_spec(arn):
    properties = {{"TaskDefinition": arn, "LoadBalancerInfo": {{"ContainerName": "web", "ContainerPort": desk.port}}}}
    parts = [{{"TargetService": {{"Type": "AWS::ECS::Service", "Properties": properties}}}}]
    content = json.dumps({{"version": "0.0", "Resources": parts}})
    return {{"revisionType": "AppSpecContent", "appSpecContent": {{"content": content}}}}


place = {{"applicationName": "ships", "deploymentGroupName": "all"}}
"""


def decided(variant: Mapping[str, Any]) -> dict[str, str]:
    """What a learner writes who knows this variant: strategies, minutes, the threshold."""
    plan = plan_of(variant["ticket"])
    native, classic, stacked = plan.shifts
    kind = "Linear10PercentEvery" if classic.kind == "linear" else "Canary10Percent"
    helpers = HELPERS.format(how=configuration(native), threshold=2 * plan.usual)
    by_codedeploy = CLASSIC.replace(
        '    one, two, last = [int(number) for number in re.findall(r"[0-9]+", words)]\n', "    one = two = last = 0\n"
    )
    return {
        "by-ecs": NATIVE + f"stand({configuration(native)})\n" + helpers,
        "goes-back": WATCH + f"watch_over(Threshold={2 * plan.usual})\nheed('wrong')",
        "by-codedeploy": by_codedeploy + f"classic(config='{kind}{classic.minutes}Minutes', keep={classic.keep})",
        "by-template": TEMPLATE + f"stacked(shift={configuration(stacked)})",
        "read-it": READ,
    }


# --- ways to break the world

WRECKS = {
    "the services deleted": """
for name in (desk.native, desk.classic, desk.stacked):
    ecs.delete_service(cluster=desk.cluster, service=name, force=True)
""",
    "the deployment group deleted": "codedeploy.delete_deployment_group(**place)",
    "the stack deleted": "stacks.delete_stack(StackName=desk.stacked)",
    "the load balancers deleted": """
for arn in balancers.values():
    elb.delete_load_balancer(LoadBalancerArn=arn)
""",
    "the alarms deleted": 'watch.delete_alarms(AlarmNames=[f"{desk.native}-errors", f"{desk.classic}-errors"])',
    "the roles deleted": """
iam = boto3.client("iam")
for arn in desk.roles.values():
    name = arn.rsplit("/", 1)[-1]
    for policy in iam.list_attached_role_policies(RoleName=name)["AttachedPolicies"]:
        iam.detach_role_policy(RoleName=name, PolicyArn=policy["PolicyArn"])
    iam.delete_role(RoleName=name)
""",
    "a count of none": """
for name in (desk.native, desk.classic, desk.stacked):
    ecs.update_service(cluster=desk.cluster, service=name, desiredCount=0)
""",
    "all rules forward elsewhere": """
nowhere = [{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "503"}}]
for arn in balancers.values():
    for one in elb.describe_listeners(LoadBalancerArn=arn)["Listeners"]:
        for held in elb.describe_rules(ListenerArn=one["ListenerArn"])["Rules"]:
            if not held["IsDefault"]:
                elb.modify_rule(RuleArn=held["RuleArn"], Actions=nowhere)
""",
}
