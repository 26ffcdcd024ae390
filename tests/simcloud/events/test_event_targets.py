"""Rules of EventBridge and what they do to their targets, through boto3."""

from __future__ import annotations

import json
from typing import Any

import boto3
import pytest
from events_bench import EVENTS, PASS_ROLE, RUN_TASK, STOPPED, EventsBench, policy

ORDERS = {"source": ["shop"], "detail-type": ["order"]}


@pytest.mark.operation("ecs:DescribeTasks")
def test_an_event_starts_a_task_that_runs_and_ends(night: EventsBench) -> None:
    overrides = {"containerOverrides": [{"name": "job", "environment": [{"name": "ORDER", "value": "7"}]}]}
    night.rule("orders", night.target(Input=json.dumps(overrides)), pattern=ORDERS)
    night.put({"id": 7})
    (task,) = night.started()
    assert (task["lastStatus"], task["startedBy"], task["group"]) == (
        "PROVISIONING",
        "events-rule/orders",
        "family:job",
    )
    assert task["overrides"]["containerOverrides"] == overrides["containerOverrides"]
    night.cloud.advance(seconds=25)
    assert night.started()[0]["lastStatus"] == "RUNNING"
    night.cloud.advance(minutes=1)
    ended = night.started()[0]
    assert (ended["lastStatus"], ended["stopCode"], ended["containers"][0]["exitCode"]) == (
        "STOPPED",
        "EssentialContainerExited",
        0,
    )
    assert night.lines("rule orders")[-1] == f"rule orders: runs 1 task of job:1 in shop: {task['taskArn'][-32:][:8]}"


def test_a_task_is_asked_for_with_all_parameters_of_its_target(night: EventsBench) -> None:
    night.ecs.put_cluster_capacity_providers(
        cluster="shop", capacityProviders=["FARGATE", "FARGATE_SPOT"], defaultCapacityProviderStrategy=[]
    )
    night.ecs.tag_resource(resourceArn=night.definition, tags=[{"key": "team", "value": "orders"}])
    parameters = {
        **night.parameters(),
        "TaskCount": 2,
        "CapacityProviderStrategy": [{"capacityProvider": "FARGATE_SPOT", "weight": 1}],
        "PlatformVersion": "1.4.0",
        "Group": "batch",
        "EnableECSManagedTags": True,
        "PropagateTags": "TASK_DEFINITION",
        "Tags": [{"Key": "run", "Value": "night"}],
        "ReferenceId": "42",
    }
    del parameters["LaunchType"]
    night.iam.put_role_policy(
        RoleName="starter",
        PolicyName="tags",
        PolicyDocument=policy({"Effect": "Allow", "Action": "ecs:TagResource", "Resource": "*"}),
    )
    night.rule("orders", {**night.target(), "EcsParameters": parameters}, pattern=ORDERS)
    night.put({})
    tasks = night.started()
    assert [(task["capacityProviderName"], task["group"], task["platformVersion"]) for task in tasks] == [
        ("FARGATE_SPOT", "batch", "1.4.0")
    ] * 2
    shown = night.ecs.describe_tasks(cluster="shop", tasks=[tasks[0]["taskArn"]], include=["TAGS"])["tasks"][0]["tags"]
    assert {each["key"]: each["value"] for each in shown} == {
        "aws:ecs:clusterName": "shop",
        "team": "orders",
        "run": "night",
    }


@pytest.mark.parametrize(
    ("statements", "denied"),
    [
        ((RUN_TASK,), "iam:PassRole"),
        ((PASS_ROLE,), "ecs:RunTask"),
        ((RUN_TASK, {**PASS_ROLE, "Resource": "arn:aws:iam::123456789012:role/other"}), "iam:PassRole"),
        (
            (RUN_TASK, {**PASS_ROLE, "Condition": {"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}}),
            "iam:PassRole",
        ),
        (
            ({**RUN_TASK, "Resource": "arn:aws:ecs:us-east-1:123456789012:task-definition/other:*"}, PASS_ROLE),
            "ecs:RunTask",
        ),
    ],
)
def test_a_role_that_may_not_starts_nothing_and_the_story_says_why(
    night: EventsBench, statements: tuple[dict[str, Any], ...], denied: str
) -> None:
    role = night.role("weak", EVENTS, *statements)
    dead = night.queue("dead")
    night.rule("orders", night.target(role, DeadLetterConfig={"Arn": dead}), pattern=ORDERS)
    night.put({"id": 7})
    assert night.started() == []
    cannot, buried = night.lines("rule orders")[-2:]
    assert cannot.startswith(
        "rule orders: cannot run a task: NO_PERMISSIONS (no identity-based policy allows " + denied
    )
    assert buried == "rule orders: puts the event into its dead-letter queue dead"
    (letter,) = night.messages("dead")
    assert json.loads(letter["Body"])["detail"] == {"id": 7}
    told = {name: each["StringValue"] for name, each in letter["MessageAttributes"].items()}
    assert told["ERROR_CODE"] == "NO_PERMISSIONS"
    assert f"is not authorized to perform: {denied} on resource: " in told["ERROR_MESSAGE"]
    assert told["RULE_ARN"] == "arn:aws:events:us-east-1:123456789012:rule/orders"
    assert (told["TARGET_ARN"], told["RETRY_ATTEMPTS"]) == (night.cluster, "0")
    night.cloud.advance(minutes=1)
    counts = [night.counted(name, "orders") for name in ("Invocations", "FailedInvocations", "InvocationsSentToDlq")]
    assert counts == [1, 1, 1]


def test_the_managed_policy_for_events_is_enough(night: EventsBench) -> None:
    role = night.role("managed", EVENTS)
    arn = "arn:aws:iam::aws:policy/service-role/AmazonEC2ContainerServiceEventsRole"
    night.iam.attach_role_policy(RoleName="managed", PolicyArn=arn)
    night.rule("orders", night.target(role), pattern=ORDERS)
    night.put({})
    assert len(night.started()) == 1


def test_a_role_whose_trust_was_taken_away_starts_nothing(night: EventsBench) -> None:
    night.rule("orders", night.target(), pattern=ORDERS)
    let = {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}
    night.iam.update_assume_role_policy(RoleName="starter", PolicyDocument=policy(let))
    night.put({})
    assert night.started() == []
    assert night.lines("rule orders")[-1].startswith("rule orders: cannot assume role starter: NO_PERMISSIONS (")


def test_a_role_may_be_narrowed_to_its_rule(night: EventsBench) -> None:
    here = "arn:aws:events:us-east-1:123456789012:rule/orders"
    role = night.role("narrow", EVENTS, RUN_TASK, PASS_ROLE, ArnEquals={"aws:SourceArn": here})
    night.rule("orders", night.target(role), pattern=ORDERS)
    night.rule("others", night.target(role), pattern=ORDERS)
    night.put({})
    assert [task["startedBy"] for task in night.started()] == ["events-rule/orders"]


def test_what_ecs_refuses_fails_the_invocation_with_ecss_words(night: EventsBench) -> None:
    night.rule("orders", night.target(EcsParameters={"TaskDefinitionArn": night.definition + "9"}), pattern=ORDERS)
    night.put({})
    said = night.lines("rule orders")[-1]
    assert said.startswith("rule orders: cannot run a task: ")
    assert "TaskDefinition" in said
    assert night.started() == []


def test_a_fault_is_tried_again_until_it_is_over(night: EventsBench) -> None:
    night.rule("orders", night.target(), pattern=ORDERS)
    night.cloud.break_host("ecs.us-east-1.amazonaws.com")
    night.put({})
    night.cloud.advance(seconds=10)
    assert night.started() == []
    assert sum("tried again in" in line for line in night.lines("rule orders")) == 4
    night.cloud.mend_host("ecs.us-east-1.amazonaws.com")
    night.cloud.advance(seconds=10)
    assert len(night.started()) == 1
    night.cloud.advance(minutes=1)
    assert (night.counted("Invocations", "orders"), night.counted("FailedInvocations", "orders")) == (1, 0)


@pytest.mark.parametrize(
    ("given", "exhausted", "retries"),
    [
        ({"MaximumRetryAttempts": 2}, "MaximumRetryAttempts", "2"),
        ({"MaximumRetryAttempts": 0}, "MaximumRetryAttempts", "0"),
        ({"MaximumEventAgeInSeconds": 60}, "MaximumEventAgeInSeconds", "5"),
    ],
)
def test_a_retry_policy_ends_in_the_dead_letter_queue(
    night: EventsBench, given: dict[str, int], exhausted: str, retries: str
) -> None:
    target = night.target(RetryPolicy=given, DeadLetterConfig={"Arn": night.queue("dead")})
    night.rule("orders", target, pattern=ORDERS)
    night.cloud.break_host("ecs.us-east-1.amazonaws.com")
    night.put({})
    night.cloud.advance(minutes=5)
    (letter,) = night.messages("dead")
    told = {name: each["StringValue"] for name, each in letter["MessageAttributes"].items()}
    assert (told["EXHAUSTED_RETRY_CONDITION"], told["RETRY_ATTEMPTS"]) == (exhausted, retries)
    assert told["ERROR_CODE"] == "TIMEOUT"


def test_an_outage_of_a_day_costs_185_attempts_and_the_event(night: EventsBench) -> None:
    night.rule("orders", night.target(DeadLetterConfig={"Arn": night.queue("dead")}), pattern=ORDERS)
    night.cloud.break_host("ecs.us-east-1.amazonaws.com")
    night.put({})
    night.cloud.advance(days=2)
    (letter,) = night.messages("dead")
    told = letter["MessageAttributes"]
    assert told["EXHAUSTED_RETRY_CONDITION"]["StringValue"] in ("MaximumRetryAttempts", "MaximumEventAgeInSeconds")
    assert 170 <= int(told["RETRY_ATTEMPTS"]["StringValue"]) <= 185


# Queues, topics and log groups


def test_a_queue_without_a_policy_for_events_loses_the_event(night: EventsBench) -> None:
    closed, opened = night.queue("closed", lets_in=False), night.queue("opened")
    night.rule("orders", {"Id": "a", "Arn": closed}, {"Id": "b", "Arn": opened}, pattern=ORDERS)
    night.put({"id": 7})
    assert night.messages("closed") == []
    assert [event["detail"] for event in night.told("opened")] == [{"id": 7}]
    assert night.lines("rule orders")[-2] == (
        "rule orders: cannot send to queue closed: NO_PERMISSIONS (closed has no policy that lets events.amazonaws.com"
        " do sqs:SendMessage)"
    )
    night.cloud.advance(minutes=1)
    assert night.counted("FailedInvocations", "orders") == 1


def test_a_queues_policy_may_name_the_one_rule(night: EventsBench) -> None:
    arn = night.queue(lets_in=False)
    let = {
        "Effect": "Allow",
        "Principal": {"Service": EVENTS},
        "Action": "sqs:SendMessage",
        "Resource": arn,
        "Condition": {"ArnEquals": {"aws:SourceArn": "arn:aws:events:us-east-1:123456789012:rule/orders"}},
    }
    url = night.sqs.get_queue_url(QueueName="told")["QueueUrl"]
    night.sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": policy(let)})
    night.rule("orders", {"Id": "a", "Arn": arn}, pattern=ORDERS)
    night.rule("others", {"Id": "a", "Arn": arn}, pattern=ORDERS)
    night.put({})
    assert len(night.told()) == 1


def test_a_queue_under_awss_own_key_gets_nothing_and_one_under_a_key_that_lets_events_in_does(
    night: EventsBench,
) -> None:
    whole = {
        "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::123456789012:root"},
        "Action": "kms:*",
        "Resource": "*",
    }
    let = {"Effect": "Allow", "Principal": {"Service": EVENTS}, "Action": ["kms:GenerateDataKey", "kms:Decrypt"]}
    key = boto3.client("kms").create_key(Policy=policy(whole, {**let, "Resource": "*"}))["KeyMetadata"]["KeyId"]
    other = boto3.client("kms").create_key(Policy=policy(whole))["KeyMetadata"]["KeyId"]
    keys = {"own": "alias/aws/sqs", "shared": key, "private": other}
    arns = [night.queue(name, KmsMasterKeyId=one) for name, one in keys.items()]
    night.rule("orders", *({"Id": str(place), "Arn": arn} for place, arn in enumerate(arns)), pattern=ORDERS)
    night.put({})
    assert {name: len(night.messages(name)) for name in keys} == {"own": 0, "shared": 1, "private": 0}


def test_a_fifo_queue_needs_a_group_and_content_to_tell_messages_apart(night: EventsBench) -> None:
    plain = night.queue("plain.fifo", FifoQueue="true")
    sorted_ = night.queue("sorted.fifo", FifoQueue="true", ContentBasedDeduplication="true")
    group = {"SqsParameters": {"MessageGroupId": "orders"}}
    night.rule("orders", {"Id": "a", "Arn": plain, **group}, {"Id": "b", "Arn": sorted_, **group}, pattern=ORDERS)
    night.put({"id": 7})
    assert [len(night.messages(name)) for name in ("plain.fifo", "sorted.fifo")] == [0, 1]
    assert "its ContentBasedDeduplication is off" in night.lines("rule orders")[-2]


def test_a_log_group_needs_a_resource_policy(night: EventsBench) -> None:
    logs = boto3.client("logs")
    logs.create_log_group(logGroupName="/aws/events/orders")
    arn = "arn:aws:logs:us-east-1:123456789012:log-group:/aws/events/orders"
    night.rule("orders", {"Id": "a", "Arn": arn}, pattern=ORDERS)
    night.put({"id": 1})
    assert "has no resource policy" in night.lines("rule orders")[-1]
    let = {
        "Effect": "Allow",
        "Principal": {"Service": [EVENTS, "delivery.logs.amazonaws.com"]},
        "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
        "Resource": f"{arn}:*",
    }
    logs.put_resource_policy(policyName="events", policyDocument=policy(let))
    night.put({"id": 2})
    lines = [each["message"] for each in logs.filter_log_events(logGroupName="/aws/events/orders")["events"]]
    assert [json.loads(line)["detail"] for line in lines] == [{"id": 2}]


def test_a_topic_needs_a_policy_that_lets_events_publish(night: EventsBench) -> None:
    sns, arn = boto3.client("sns"), night.queue()
    topic = sns.create_topic(Name="orders")["TopicArn"]
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn, Attributes={"RawMessageDelivery": "true"})
    night.rule("orders", {"Id": "a", "Arn": topic}, pattern=ORDERS)
    night.put({"id": 1})
    let = {"Effect": "Allow", "Principal": {"Service": EVENTS}, "Action": "sns:Publish", "Resource": topic}
    sns.set_topic_attributes(TopicArn=topic, AttributeName="Policy", AttributeValue=policy(let))
    night.put({"id": 2})
    assert [event["detail"] for event in night.told()] == [{"id": 2}]


def test_a_queue_may_be_written_to_under_the_targets_role(night: EventsBench) -> None:
    arn = night.queue(lets_in=False)
    send = {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": arn}
    role = night.role("sender", EVENTS, send)
    night.rule("orders", {"Id": "a", "Arn": arn, "RoleArn": role}, pattern=ORDERS)
    night.put({"id": 7})
    assert len(night.told()) == 1


def test_a_target_of_a_kind_that_is_not_simulated_is_told_of(night: EventsBench) -> None:
    function = "arn:aws:lambda:us-east-1:123456789012:function:f"
    night.rule("orders", {"Id": "f", "Arn": function}, pattern=ORDERS)
    assert night.lines("rule orders")[1].startswith(
        "rule orders: target f (lambda) is accepted and has no effect in this simulation; run a task"
    )
    night.put({})
    assert night.lines("rule orders")[-1] == (
        f"rule orders: would invoke {function}, which has no effect in this simulation"
    )
    assert night.counted("Invocations", "orders") == 0


@pytest.mark.parametrize("service", ["pipes", "lambda", "stepfunctions", "batch"])
def test_services_that_people_reach_for_say_what_to_use(night: EventsBench, service: str) -> None:
    call = {"pipes": "list_pipes", "lambda": "list_functions", "stepfunctions": "list_state_machines"}
    with pytest.raises(Exception, match="NotSimulated") as refusal:
        getattr(boto3.client(service), call.get(service, "describe_job_queues"))()
    assert "instead" in str(refusal.value)


# Buses


def test_another_bus_gets_the_event_and_passes_it_to_no_third(night: EventsBench) -> None:
    for name in ("second", "third"):
        night.events.create_event_bus(Name=name)
    head = "arn:aws:events:us-east-1:123456789012:event-bus/"
    night.rule("orders", {"Id": "a", "Arn": f"{head}second"}, pattern=ORDERS)
    for bus, target in (("second", f"{head}third"), ("third", night.queue("third"))):
        night.events.put_rule(Name=bus, EventBusName=bus, EventPattern=json.dumps(ORDERS))
        night.events.put_targets(Rule=bus, EventBusName=bus, Targets=[{"Id": "a", "Arn": target}])
    second = {"Id": "b", "Arn": night.queue("second")}
    night.events.put_targets(Rule="second", EventBusName="second", Targets=[second])
    night.put({"id": 7})
    assert [event["detail"] for event in night.told("second")] == [{"id": 7}]
    assert night.told("third") == []
    assert "rule second: sends nothing to bus third (the event came from another bus already)" in night.lines(
        "rule second"
    )


def test_an_archive_keeps_events_and_plays_them_again(night: EventsBench) -> None:
    night.rule("orders", {"Id": "a", "Arn": night.queue()}, pattern=ORDERS)
    bus = "arn:aws:events:us-east-1:123456789012:event-bus/default"
    archive = night.events.create_archive(ArchiveName="all", EventSourceArn=bus)["ArchiveArn"]
    night.put({"id": 7})
    assert night.events.describe_archive(ArchiveName="all")["EventCount"] == 1
    begin = night.cloud.now
    night.cloud.advance(hours=1)
    night.events.start_replay(
        ReplayName="again",
        EventSourceArn=archive,
        EventStartTime=begin,
        EventEndTime=night.cloud.now,
        Destination={"Arn": bus},
    )
    night.cloud.advance(seconds=1)
    first, again = night.told()
    assert first["detail"] == again["detail"]
    assert first["id"] != again["id"]
    assert night.events.describe_archive(ArchiveName="all")["EventCount"] == 1


# Rules that change


def test_a_rule_that_is_disabled_or_gone_sees_nothing(night: EventsBench) -> None:
    night.rule("orders", {"Id": "a", "Arn": night.queue()}, pattern=ORDERS)
    night.events.disable_rule(Name="orders")
    night.put({"id": 1})
    night.events.enable_rule(Name="orders")
    night.put({"id": 2})
    night.events.remove_targets(Rule="orders", Ids=["a"])
    night.put({"id": 3})
    night.events.delete_rule(Name="orders")
    night.put({"id": 4})
    assert [event["detail"]["id"] for event in night.told()] == [2]
    assert night.world.bus.rules == {}


def test_a_rule_that_starts_tasks_for_its_own_tasks_is_stopped(night: EventsBench) -> None:
    night.rule("again", night.target(), pattern=STOPPED)
    night.run_task()
    night.cloud.advance(hours=1)
    assert len(night.started()) == 4, "one by hand, and three of the rule"
    assert "it would go on for ever" in night.lines("rule again")[-1]
    assert night.counted("DeadLetterInvocations", "again") == 1


def test_a_path_into_the_event_may_stand_for_a_parameter(night: EventsBench) -> None:
    night.rule("orders", night.target(EcsParameters={"Group": "$.detail.team"}), pattern=ORDERS)
    night.put({"team": "batch"})
    assert night.started()[0]["group"] == "batch"


def test_an_input_transformer_shapes_the_overrides_of_a_task(night: EventsBench) -> None:
    template = '{"containerOverrides": [{"name": "job", "command": ["sh", "-c", "echo <id>"]}]}'
    shaped = {"InputPathsMap": {"id": "$.detail.id"}, "InputTemplate": template}
    night.rule("orders", night.target(InputTransformer=shaped), pattern=ORDERS)
    night.put({"id": "A7"})
    (override,) = night.started()[0]["overrides"]["containerOverrides"]
    assert override["command"] == ["sh", "-c", "echo A7"]


def test_a_pattern_is_tested_by_the_matcher_of_rules(night: EventsBench) -> None:
    event = {"id": "1", "detail-type": "order", "source": "shop", "account": "123456789012", "region": "us-east-1"}
    event |= {"time": "2026-01-05T09:00:00Z", "resources": [], "detail": {"id": 7}}
    for wanted, fits in (({"detail": {"id": [{"numeric": [">", 5]}]}}, True), ({"detail": {"id": [5]}}, False)):
        answer = night.events.test_event_pattern(EventPattern=json.dumps(wanted), Event=json.dumps(event))
        assert answer["Result"] is fits


def test_a_stack_makes_a_rule_that_starts_tasks(night: EventsBench) -> None:
    network = {"AwsVpcConfiguration": {"Subnets": night.subnets, "AssignPublicIp": "ENABLED"}}
    parameters = {**night.parameters(), "NetworkConfiguration": network, "TaskCount": 1}
    target = {"Id": "job", "Arn": night.cluster, "RoleArn": night.starter, "EcsParameters": parameters}
    rule = {"Type": "AWS::Events::Rule", "Properties": {"ScheduleExpression": "rate(1 hour)", "Targets": [target]}}
    stacks = boto3.client("cloudformation")
    stacks.create_stack(StackName="jobs", TemplateBody=json.dumps({"Resources": {"Nightly": rule}}))
    night.cloud.advance(hours=1, minutes=1)
    (task,) = night.started()
    assert task["startedBy"].startswith("events-rule/")
    stacks.delete_stack(StackName="jobs")
    night.cloud.advance(hours=3)
    assert len(night.started()) == 0, "the first is forgotten, and no second was started"
