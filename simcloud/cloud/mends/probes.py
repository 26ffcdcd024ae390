"""What plain moto does without each mend: asked by the canary when moto changes, and every time the tests run.

A probe is asked in a process where nothing of ours is in place. It says whether moto still stands in the way; a mend
whose probe says no can go.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable
from typing import Any, NamedTuple


class Probe(NamedTuple):
    """How a mend is watched."""

    still_needed: Callable[[], bool]
    """Does plain moto still show what the mend is for?"""
    adds: frozenset[str] = frozenset()
    """Names that the mend adds to moto's module or class; all others that it sets must have been there."""


def _client(service: str) -> Any:
    import boto3

    return boto3.client(service)


def _vpc(cidr: str = "10.0.0.0/16") -> str:
    vpc: str = _client("ec2").create_vpc(CidrBlock=cidr)["Vpc"]["VpcId"]
    return vpc


def _subnet(vpc: str, cidr: str = "10.0.1.0/24") -> str:
    subnet: str = _client("ec2").create_subnet(VpcId=vpc, CidrBlock=cidr)["Subnet"]["SubnetId"]
    return subnet


def _refused(call: Callable[..., Any], **params: Any) -> bool:
    from botocore.exceptions import ClientError

    try:
        call(**params)
    except ClientError:
        return True
    return False


def _source(dotted: str) -> str:
    """The source of a function or class of moto's."""
    import inspect
    from importlib import import_module

    module, _, name = dotted.partition(":")
    found: Any = import_module(module)
    for part in name.split("."):
        found = getattr(found, part)
    return inspect.getsource(found)


def backends_draw_at_will() -> bool:
    """A backend is made inside `__getitem__`, wherever the generator stands."""
    return "self.backend(" in _source("moto.core.base_backend:AccountSpecificBackend.__getitem__")


def instances_kept() -> bool:
    """Every model instance is listed for the dashboard."""
    _client("sqs").create_queue(QueueName="q")
    from moto.sqs.models import Queue

    return bool(getattr(Queue, "instances_tracked", ()))


def instance_types_read() -> bool:
    """The files of instance types are read."""
    from moto.ec2.models.instance_types import INSTANCE_TYPES

    return bool(INSTANCE_TYPES)


def page_tokens_hashed() -> bool:
    """Page tokens hold `hash()`."""
    from moto.utilities import paginator

    with open(paginator.__file__, encoding="utf-8") as file:
        return "hash(" in file.read()


def rule_arns_by_memory() -> bool:
    """The ARN of a default rule ends in `id(self)`."""
    from moto.elbv2 import models

    with open(models.__file__, encoding="utf-8") as file:
        return "id(self)" in file.read()


def balancers_made_twice() -> bool:
    """A load balancer of the same name is made again, or the same target group refused."""
    vpc = _vpc()
    subnets = [_subnet(vpc), _subnet(vpc, "10.0.2.0/24")]
    elb = _client("elbv2")
    made = [elb.create_load_balancer(Name="web", Subnets=subnets)["LoadBalancers"][0] for _ in "12"]
    group = {"Name": "web", "Protocol": "HTTP", "Port": 80, "VpcId": vpc, "TargetType": "ip"}
    elb.create_target_group(**group)
    again = _refused(elb.create_target_group, **group)
    named = _refused(elb.create_target_group, **{**group, "Name": "a--b"})
    return made[0]["LoadBalancerArn"] != made[1]["LoadBalancerArn"] or again or named


def long_polls_wait_for_the_machine() -> bool:
    """An empty long poll sleeps by the machine's clock."""
    return "timeout=timeout" in _source("moto.sqs.models:Queue.wait_for_messages")


def messages_deleted_by_old_receipts() -> bool:
    """A message that somebody else has received since is deleted by the receipt of before."""
    sqs = _client("sqs")
    url = sqs.create_queue(QueueName="orders")["QueueUrl"]
    sqs.send_message(QueueUrl=url, MessageBody="order")
    old, _ = (sqs.receive_message(QueueUrl=url, VisibilityTimeout=0)["Messages"][0]["ReceiptHandle"] for _ in "12")
    sqs.delete_message(QueueUrl=url, ReceiptHandle=old)
    return "Messages" not in sqs.receive_message(QueueUrl=url)


def traces_need_the_sdk() -> bool:
    """X-Ray cannot be imported without the SDK of X-Ray."""
    from importlib.util import find_spec

    try:
        return find_spec("moto.xray.models") is None
    except ModuleNotFoundError:
        return True


def records_are_sent_for_real() -> bool:
    """Records for an HTTP endpoint leave the machine."""
    return "requests.post" in _source("moto.firehose.models:FirehoseBackend.put_http_records")


def default_vpc_is_closed() -> bool:
    """The default VPC has no internet gateway."""
    return not _client("ec2").describe_internet_gateways()["InternetGateways"]


def elastic_addresses_of_loopback() -> bool:
    """An Elastic IP is an address of 127.0.0.0/8."""
    address: str = _client("ec2").allocate_address(Domain="vpc")["PublicIp"]
    return address.startswith("127.")


def interfaces_without_names_break() -> bool:
    """An interface in a VPC without DNS host names has no attribute `private_dns_name`."""
    from moto.ec2.models import ec2_backends

    subnet = _subnet(_vpc())
    made = _client("ec2").create_network_interface(SubnetId=subnet)["NetworkInterface"]["NetworkInterfaceId"]
    return not hasattr(ec2_backends["123456789012"]["us-east-1"].enis[made], "private_dns_name")


def nat_gateways_keep_what_they_had() -> bool:
    """A NAT gateway's address is outside its subnet, or its interface stays after it was deleted."""
    ec2 = _client("ec2")
    subnet = _subnet(_vpc())
    address = ec2.allocate_address(Domain="vpc")["AllocationId"]
    gateway = ec2.create_nat_gateway(SubnetId=subnet, AllocationId=address)["NatGateway"]
    inside = gateway["NatGatewayAddresses"][0]["PrivateIp"].startswith("10.0.1.")
    ec2.delete_nat_gateway(NatGatewayId=gateway["NatGatewayId"])
    return not inside or bool(ec2.describe_network_interfaces()["NetworkInterfaces"])


def subnet_addresses_from_a_cache() -> bool:
    """Addresses of a subnet come from an iterator in a cache of the process."""
    return "cache" in _source("moto.ec2.models.subnets:Subnet") and "next(" in _source(
        "moto.ec2.models.subnets:Subnet.get_available_subnet_ip"
    )


def endpoint_services_collected() -> bool:
    """DescribeVpcEndpointServices looks through all backends."""
    return "get_backend" in _source("moto.ec2.models.vpcs:VPCBackend._collect_default_endpoint_services")


def interface_addresses_anywhere() -> bool:
    """An interface's address is drawn from its whole subnet."""
    return "random_private_ip(self.subnet.cidr_block)" in _source(
        "moto.ec2.models.elastic_network_interfaces:NetworkInterface"
    )


def _endpoint(**changes: Any) -> dict[str, Any]:
    vpc = _vpc()
    subnet = _subnet(vpc)
    asked: dict[str, Any] = {"VpcId": vpc, "ServiceName": "com.amazonaws.us-east-1.logs"}
    asked |= {"VpcEndpointType": "Interface"}
    asked |= {"SubnetIds": [subnet], **changes}
    made: dict[str, Any] = _client("ec2").create_vpc_endpoint(**asked)["VpcEndpoint"]
    return made


def endpoint_defaults_missing() -> bool:
    """An interface endpoint has no security group unless one is named."""
    return not _endpoint().get("Groups")


def endpoint_addresses_anywhere() -> bool:
    """The interface of an endpoint has not the endpoint's security groups."""
    ec2 = _client("ec2")
    made = _endpoint()
    group = ec2.create_security_group(GroupName="e", Description="e", VpcId=made["VpcId"])["GroupId"]
    held = ec2.create_vpc_endpoint(
        VpcId=made["VpcId"],
        ServiceName="com.amazonaws.us-east-1.kms",
        VpcEndpointType="Interface",
        SubnetIds=made["SubnetIds"],
        SecurityGroupIds=[group],
    )["VpcEndpoint"]
    found = ec2.describe_network_interfaces(NetworkInterfaceIds=held["NetworkInterfaceIds"])["NetworkInterfaces"]
    return [one["GroupId"] for one in found[0]["Groups"]] != [group]


def endpoints_modified_in_part() -> bool:
    """ModifyVpcEndpoint leaves private DNS as it was."""
    ec2 = _client("ec2")
    made = _endpoint(PrivateDnsEnabled=False)["VpcEndpointId"]
    ec2.modify_vpc_endpoint(VpcEndpointId=made, PrivateDnsEnabled=True)
    return not ec2.describe_vpc_endpoints(VpcEndpointIds=[made])["VpcEndpoints"][0]["PrivateDnsEnabled"]


def endpoints_stay_when_deleted() -> bool:
    """A deleted endpoint is still described."""
    ec2 = _client("ec2")
    ec2.delete_vpc_endpoints(VpcEndpointIds=[_endpoint()["VpcEndpointId"]])
    return bool(ec2.describe_vpc_endpoints()["VpcEndpoints"])


def _image(mutability: str) -> tuple[Any, str]:
    ecr = _client("ecr")
    ecr.create_repository(repositoryName="web", imageTagMutability=mutability)
    return ecr, "application/vnd.docker.distribution.manifest.v2+json"


def tags_misnamed() -> bool:
    """Another image under an immutable tag is refused under another name than AWS's."""
    ecr, kind = _image("IMMUTABLE")
    ecr.put_image(repositoryName="web", imageManifest=json.dumps({"mediaType": kind}), imageTag="1")
    try:
        ecr.put_image(repositoryName="web", imageManifest=json.dumps({"mediaType": kind, "a": 1}), imageTag="1")
    except Exception as error:
        return type(error).__name__ != "ImageTagAlreadyExistsException"
    return True


def untagged_images_leave() -> bool:
    """An image is gone when its tag moves to another one."""
    ecr, kind = _image("MUTABLE")
    for number in range(2):
        ecr.put_image(repositoryName="web", imageManifest=json.dumps({"mediaType": kind, "a": number}), imageTag="1")
    return len(ecr.describe_images(repositoryName="web")["imageDetails"]) != 2


def digests_drawn() -> bool:
    """An image's digest is not that of its manifest, or PutImage breaks without a repository."""
    from hashlib import sha256

    ecr, kind = _image("MUTABLE")
    manifest = json.dumps({"mediaType": kind})
    made = ecr.put_image(repositoryName="web", imageManifest=manifest, imageTag="1")["image"]["imageId"]["imageDigest"]
    try:
        ecr.put_image(repositoryName="none", imageManifest=manifest, imageTag="1")
    except ecr.exceptions.RepositoryNotFoundException:
        return bool(made != "sha256:" + sha256(manifest.encode()).hexdigest())
    except Exception:
        return True
    return True


def repositories_of_2021() -> bool:
    """Two hyphens in a repository's name are refused, or days since the last pull."""
    ecr, _ = _image("MUTABLE")
    chosen = {"tagStatus": "any", "countType": "sinceImagePulled", "countUnit": "days", "countNumber": 1}
    policy = json.dumps({"rules": [{"rulePriority": 1, "selection": chosen, "action": {"type": "expire"}}]})
    named = _refused(ecr.create_repository, repositoryName="a--b")
    return named or _refused(ecr.put_lifecycle_policy, repositoryName="web", lifecyclePolicyText=policy)


def login_of_2015() -> bool:
    """An ECR login has expired when it is given."""
    from datetime import UTC, datetime

    given = _client("ecr").get_authorization_token()["authorizationData"][0]["expiresAt"]
    return bool(given < datetime.now(UTC))


def patterns_not_tested() -> bool:
    """TestEventPattern gives no result."""
    event = {"id": "1", "detail-type": "order", "source": "shop", "account": "1", "region": "us-east-1", "detail": {}}
    told = json.dumps({**event, "time": "2026-01-05T09:00:00Z", "resources": []})
    answer = _client("events").test_event_pattern(EventPattern='{"source": ["shop"]}', Event=told)
    return "Result" not in answer


def schedules_in_no_group() -> bool:
    """A schedule in a group that does not exist breaks, or is made; and none is ever run."""
    asked = {
        "Name": "nightly",
        "GroupName": "nobody",
        "ScheduleExpression": "rate(1 day)",
        "FlexibleTimeWindow": {"Mode": "OFF"},
        "Target": {"Arn": "arn:aws:sqs:us-east-1:123456789012:jobs", "RoleArn": "arn:aws:iam::123456789012:role/r"},
    }
    try:
        _client("scheduler").create_schedule(**asked)
    except KeyError:
        return True
    return False


def managed_policies_missing() -> bool:
    """AmazonECSTaskExecutionRolePolicy does not exist."""
    arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
    return _refused(_client("iam").get_policy, PolicyArn=arn)


def inline_policies_need_a_version() -> bool:
    """An inline policy without a version is refused."""
    iam = _client("iam")
    iam.create_role(RoleName="r", AssumeRolePolicyDocument="{}")
    allow = {"Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}
    return _refused(iam.put_role_policy, RoleName="r", PolicyName="p", PolicyDocument=json.dumps(allow))


def objects_in_files() -> bool:
    """S3 objects lie in temporary files."""
    return "SpooledTemporaryFile" in _source("moto.s3.models:FakeKey")


def asymmetric_keys_made() -> bool:
    """KMS makes keys by OpenSSL."""
    return not _refused(_client("kms").create_key, KeySpec="RSA_2048", KeyUsage="SIGN_VERIFY")


def events_reach_schedules() -> bool:
    """An event goes to a rule that is a schedule, and breaks there."""
    events = _client("events")
    events.put_rule(Name="nightly", ScheduleExpression="rate(1 day)")
    cluster = "arn:aws:ecs:us-east-1:123456789012:cluster/default"
    events.put_targets(Rule="nightly", Targets=[{"Id": "1", "Arn": cluster}])
    try:
        events.put_events(Entries=[{"Source": "shop", "DetailType": "order", "Detail": "{}"}])
    except (ImportError, NotImplementedError):
        return True
    return False


def _forwarding() -> dict[str, Any]:
    """What is told of a target group and of a listener, after two listeners forward to the group."""
    balancing, vpc = _client("elbv2"), _vpc()
    subnets = [_subnet(vpc, f"10.0.{index}.0/24") for index in (1, 2)]
    balancer = balancing.create_load_balancer(Name="b", Subnets=subnets)["LoadBalancers"][0]["LoadBalancerArn"]
    made = balancing.create_target_group(Name="g", Protocol="HTTP", Port=80, VpcId=vpc)
    action = {"Type": "forward", "TargetGroupArn": made["TargetGroups"][0]["TargetGroupArn"]}
    for port in (80, 81):
        asked = {"LoadBalancerArn": balancer, "Protocol": "HTTP", "Port": port, "DefaultActions": [action]}
        listener = balancing.create_listener(**asked)["Listeners"][0]
    return {**balancing.describe_target_groups()["TargetGroups"][0], **listener}


def balancers_named_for_each_listener() -> bool:
    """A target group names its load balancer twice, and a listener without TLS its policy."""
    found = _forwarding()
    return len(found["LoadBalancerArns"]) == 2 and "SslPolicy" in found


def listeners_shown_as_written() -> bool:
    """A forward to one group is shown without its ForwardConfig."""
    return "ForwardConfig" not in _forwarding()["DefaultActions"][0]


def keys_by_their_ids_alone() -> bool:
    """A key that is named by its ARN is not disabled."""
    kms = _client("kms")
    try:
        kms.disable_key(KeyId=kms.create_key()["KeyMetadata"]["Arn"])
    except KeyError:
        return True
    return False


def keys_used_in_any_state() -> bool:
    """A key that is disabled encrypts."""
    kms = _client("kms")
    key = kms.create_key()["KeyMetadata"]["KeyId"]
    kms.disable_key(KeyId=key)
    return not _refused(kms.encrypt, KeyId=key, Plaintext=b"x")


def secrets_in_other_words() -> bool:
    """What Secrets Manager says begins with what boto3 says."""
    secrets = _client("secretsmanager")
    secrets.create_secret(Name="s", SecretString="x")
    secrets.delete_secret(SecretId="s")
    try:
        secrets.get_secret_value(SecretId="s")
    except secrets.exceptions.InvalidRequestException as refusal:
        return "An error occurred" in refusal.response["Error"]["Message"]
    return False


def targets_healthy_at_once() -> bool:
    """An address that nothing listens on is a healthy target."""
    balancing = _client("elbv2")
    made = balancing.create_target_group(Name="g", Protocol="HTTP", Port=80, VpcId=_vpc(), TargetType="ip")
    group = made["TargetGroups"][0]["TargetGroupArn"]
    balancing.register_targets(TargetGroupArn=group, Targets=[{"Id": "10.0.0.9"}])
    health = balancing.describe_target_health(TargetGroupArn=group)["TargetHealthDescriptions"]
    state: str = health[0]["TargetHealth"]["State"]
    return state == "healthy"


def groups_are_deleted_once() -> bool:
    """The second DeleteTargetGroup is refused."""
    elb = _client("elbv2")
    made = elb.create_target_group(Name="g", Protocol="HTTP", Port=80, VpcId=_vpc(), TargetType="ip")
    group = {"TargetGroupArn": made["TargetGroups"][0]["TargetGroupArn"]}
    elb.delete_target_group(**group)
    return _refused(elb.delete_target_group, **group)


def group_attributes_missing() -> bool:
    """A target group of HTTP does not say how long a cookie holds."""
    elb = _client("elbv2")
    made = elb.create_target_group(Name="g", Protocol="HTTP", Port=80, VpcId=_vpc(), TargetType="ip")
    told = elb.describe_target_group_attributes(TargetGroupArn=made["TargetGroups"][0]["TargetGroupArn"])
    return "stickiness.lb_cookie.duration_seconds" not in {one["Key"] for one in told["Attributes"]}


def expressions_refused() -> bool:
    """A condition by a regular expression cannot be checked."""
    from moto.elbv2 import models

    backend = models.elbv2_backends["123456789012"]["us-east-1"]
    condition = {"Field": "path-pattern", "PathPatternConfig": {"RegexValues": ["^/a"]}}
    try:
        backend._validate_conditions([condition])
    except KeyError:
        return True
    return False


def default_groups_admit_nobody() -> bool:
    """The default group of a new VPC has no ingress rule."""
    filters = [{"Name": "vpc-id", "Values": [_vpc()]}]
    (group,) = _client("ec2").describe_security_groups(Filters=filters)["SecurityGroups"]
    return not group["IpPermissions"]


def users_without_boundaries() -> bool:
    """The permissions boundary of a user is not kept."""
    edge = "arn:aws:iam::123456789012:policy/edge"
    made: dict[str, Any] = _client("iam").create_user(UserName="ana", PermissionsBoundary=edge)["User"]
    return "PermissionsBoundary" not in made


def sessions_of_the_documentation() -> bool:
    """Every session has the one key of AWS's documentation."""
    key: str = _client("sts").get_session_token()["Credentials"]["AccessKeyId"]
    return key.endswith("EXAMPLE")


def alarms_born_ok() -> bool:
    """An alarm that has seen no data is OK."""
    watch = _client("cloudwatch")
    asked = {"Namespace": "N", "MetricName": "m", "Statistic": "Sum", "Period": 60, "EvaluationPeriods": 1}
    watch.put_metric_alarm(AlarmName="a", Threshold=1, ComparisonOperator="GreaterThanThreshold", **asked)
    state: str = watch.describe_alarms()["MetricAlarms"][0]["StateValue"]
    return state == "OK"


def alarm_history_missing() -> bool:
    """DescribeAlarmHistory is not there."""
    return "describe_alarm_history" not in _source("moto.cloudwatch.responses:CloudWatchResponse")


def nobody_is_a_user() -> bool:
    """The caller is `user/moto`."""
    arn: str = _client("sts").get_caller_identity()["Arn"]
    return arn.endswith(":user/moto")


def templates_import_everything() -> bool:
    """moto imports services that no Fargate design has, to read a template; one of them asks for another package."""
    import sys

    try:
        importlib.import_module("moto.cloudformation.parsing")
    except ImportError:
        return True
    return "moto.sagemaker" in sys.modules


def _cloudformation() -> Any:
    """moto's models of stacks, whatever else is installed."""
    from simcloud.cloud.mends import around

    with around("moto.cloudformation"):
        return importlib.import_module("moto.cloudformation.models")


def templates_run_python() -> bool:
    """moto runs Python that stands in a template."""
    template = "Resources: {}\nDescription: !!python/object/apply:os.getcwd []"
    return isinstance(_cloudformation().Stack.parse_template(template)["Description"], str)


def resources_without_events() -> bool:
    """moto tells no event of a stack's resources."""
    _cloudformation()
    stacks = _client("cloudformation")
    template = json.dumps({"Resources": {"Queue": {"Type": "AWS::SQS::Queue"}}})
    stacks.create_stack(StackName="demo", TemplateBody=template)
    events = stacks.describe_stack_events(StackName="demo")["StackEvents"]
    return all(event["LogicalResourceId"] == "demo" for event in events)


def tags_found_by_patterns() -> bool:
    from unittest import mock

    tags: Any = importlib.import_module("moto.ec2.models.tags")

    vpc = _vpc()
    with mock.patch.object(tags, "simple_aws_filter_to_re", wraps=tags.simple_aws_filter_to_re) as made:
        _client("ec2").describe_vpcs(VpcIds=[vpc])
    return bool(made.called)


PROBES: dict[str, Probe] = {
    "tags_looked_up": Probe(tags_found_by_patterns),
    "backends_of_any_history": Probe(backends_draw_at_will),
    "instances_not_kept": Probe(instances_kept),
    "no_instance_types": Probe(instance_types_read),
    "page_tokens_of_any_process": Probe(page_tokens_hashed, frozenset({"hash"})),
    "default_rule_arns_stable": Probe(rule_arns_by_memory, frozenset({"id"})),
    "balancers_made_once": Probe(balancers_made_twice),
    "balancers_of_groups_kept": Probe(balancers_named_for_each_listener),
    "listeners_shown_whole": Probe(listeners_shown_as_written),
    "keys_named_by_their_arns": Probe(keys_by_their_ids_alone),
    "keys_used_while_enabled": Probe(keys_used_in_any_state),
    "secrets_refuse_in_their_words": Probe(secrets_in_other_words),
    "targets_checked": Probe(targets_healthy_at_once),
    "gone_is_gone": Probe(groups_are_deleted_once),
    "conditions_by_expression": Probe(expressions_refused),
    "group_attributes_filled": Probe(group_attributes_missing),
    "alarms_evaluated": Probe(alarms_born_ok),
    "alarm_history_told": Probe(alarm_history_missing, frozenset({"describe_alarm_history"})),
    "long_polls_end": Probe(long_polls_wait_for_the_machine),
    "traces_without_the_sdk": Probe(traces_need_the_sdk),
    "records_stay_here": Probe(records_are_sent_for_real),
    "queues_tell_what_happens": Probe(messages_deleted_by_old_receipts),
    "default_vpc_reaches_the_internet": Probe(default_vpc_is_closed),
    "elastic_addresses_public": Probe(elastic_addresses_of_loopback),
    "interfaces_without_dns_names": Probe(interfaces_without_names_break, frozenset({"private_dns_name"})),
    "interface_addresses_in_their_subnets": Probe(interface_addresses_anywhere),
    "nat_gateways_in_their_subnet": Probe(nat_gateways_keep_what_they_had),
    "default_groups_admit_their_own": Probe(default_groups_admit_nobody),
    "subnet_addresses_in_order": Probe(subnet_addresses_from_a_cache, frozenset({"_base_avail_ip_iterator"})),
    "endpoint_services_as_a_table": Probe(endpoint_services_collected),
    "endpoint_defaults_filled": Probe(endpoint_defaults_missing),
    "endpoint_addresses_in_their_subnets": Probe(endpoint_addresses_anywhere),
    "endpoints_modified_whole": Probe(endpoints_modified_in_part),
    "endpoints_leave_when_deleted": Probe(endpoints_stay_when_deleted),
    "tags_immutable": Probe(tags_misnamed),
    "repositories_named_as_today": Probe(repositories_of_2021),
    "images_known_by_their_manifests": Probe(digests_drawn),
    "untagged_images_stay": Probe(untagged_images_leave),
    "login_lasts_twelve_hours": Probe(login_of_2015),
    "managed_policies_present": Probe(managed_policies_missing),
    "inline_policies_of_any_version": Probe(inline_policies_need_a_version),
    "objects_in_memory": Probe(objects_in_files),
    "events_reach_their_targets": Probe(events_reach_schedules),
    "event_patterns_tested": Probe(patterns_not_tested),
    "schedules_run": Probe(schedules_in_no_group),
    "symmetric_keys_only": Probe(asymmetric_keys_made),
    "users_have_boundaries": Probe(
        users_without_boundaries,
        frozenset({"put_user_permissions_boundary", "delete_user_permissions_boundary"}),
    ),
    "learner_is_a_user": Probe(nobody_is_a_user),
    "sessions_as_asked": Probe(sessions_of_the_documentation),
    "templates_of_simulated_services": Probe(templates_import_everything),
    "stacks_live_in_time": Probe(templates_run_python),
    "stacks_answered": Probe(
        resources_without_events, frozenset({"cancel_update_stack", "update_termination_protection"})
    ),
}
"""By mend. A mend without a probe is a mend that nobody would miss."""
