"""FireLens: a router in the task takes the lines of the others to where their options say, as the task role (R-291)."""

from __future__ import annotations

from collections.abc import Iterator

from simcloud.facts.words import stop_codes as stop_words
from simcloud.sim.asks import Asks, Permission, Route
from simcloud.sim.effects import DeliverLines
from simcloud.sim.events import LinesRouted
from simcloud.sim.steps.step import HTTPS, session_arn
from simcloud.sim.task import RUNNING, Task

CLOUDWATCH = ("cloudwatch", "cloudwatch_logs")
FIREHOSE = ("kinesis_firehose", "firehose")
"""The output written in C, and the older one in Go."""
S3_REGION = "us-east-1"
"""Where the output for S3 writes that names no region, wherever the task runs."""
NO_CREDENTIALS = "the task definition names no task role, and the router's output needs one"


def router(task: Task) -> str:
    """The name of the task's router; '' where it has none."""
    return next((plan.name for plan in task.definition.containers if plan.router), "")


def judge(task: Task, container: str, lines: tuple[str, ...], at: float, asks: Asks) -> LinesRouted:
    """Take lines to their destination, or say why they are lost."""
    by = router(task)
    if not by or task.containers[by].status != RUNNING:
        return LinesRouted(task.arn, container, "", why=f"the router {by or 'of the task'} does not run")
    options = dict(task.definition.container(container).log_options)
    output = options.get("Name", "").lower()
    if output in CLOUDWATCH:
        return _to_logs(task, container, options, lines, at, asks)
    if output == "s3":
        return _to_s3(task, container, options, lines, at, asks)
    if output in FIREHOSE:
        return _to_firehose(task, container, options, lines, at, asks)
    return LinesRouted(task.arn, container, f"{output or 'an output without Name'}, which is not simulated")


def _to_logs(
    task: Task, container: str, options: dict[str, str], lines: tuple[str, ...], at: float, asks: Asks
) -> LinesRouted:
    region, group = options.get("region", task.region), options.get("log_group_name", "fluentbit-default")
    tag = f"{container}-firelens-{task.id}"
    stream = options.get("log_stream_name") or options.get("log_stream_prefix", "fluentbit-") + tag
    makes = options.get("auto_create_group", "").lower() in ("true", "on")
    missing = not asks.log_group(region, group)
    arn = f"arn:aws:logs:{region}:{task.account}:log-group:{group}"
    actions = [("CreateLogStream", f"{arn}:log-stream:{stream}"), ("PutLogEvents", f"{arn}:log-stream:{stream}")]
    if makes and missing:
        actions.insert(0, ("CreateLogGroup", f"{arn}:*"))
    route = asks.route(task.interface.id, f"logs.{region}.amazonaws.com", HTTPS)
    place = f"log group {group}"
    if refused := next(_refused(task, "logs", actions, route, asks), None):
        return LinesRouted(task.arn, container, place, refused[0], refused[1])
    if missing and not makes:
        said = "CreateLogStream API responded with error='ResourceNotFoundException', message='The specified log group "
        return LinesRouted(task.arn, container, place, f"{said}does not exist.'", f"there is no log group {group}")
    return LinesRouted(
        task.arn, container, place, delivery=DeliverLines("logs", region, group, stream, lines, at, makes)
    )


def _to_s3(
    task: Task, container: str, options: dict[str, str], lines: tuple[str, ...], at: float, asks: Asks
) -> LinesRouted:
    region, bucket = options.get("region", S3_REGION), options.get("bucket", "")
    key = f"fluent-bit-logs/{container}-firelens-{task.id}/{int(at)}"
    route = asks.route(task.interface.id, f"{bucket}.s3.{region}.amazonaws.com", HTTPS)
    actions = [("PutObject", f"arn:aws:s3:::{bucket}/{key}")]
    place = f"bucket {bucket}"
    if refused := next(_refused(task, "s3", actions, route, asks), None):
        return LinesRouted(task.arn, container, place, refused[0], refused[1])
    if not asks.stored_object(bucket, key).bucket_found:
        said = "PutObject API responded with error='NoSuchBucket', message='The specified bucket does not exist'"
        return LinesRouted(task.arn, container, place, said, f"there is no bucket {bucket}")
    return LinesRouted(task.arn, container, place, delivery=DeliverLines("s3", region, bucket, key, lines, at))


def _to_firehose(
    task: Task, container: str, options: dict[str, str], lines: tuple[str, ...], at: float, asks: Asks
) -> LinesRouted:
    region, stream = options.get("region", task.region), options.get("delivery_stream", "")
    arn = f"arn:aws:firehose:{region}:{task.account}:deliverystream/{stream}"
    call = "firehose:PutRecordBatch", arn, task.definition.task_role
    route = asks.route(task.interface.id, f"firehose.{region}.amazonaws.com", HTTPS, call)
    place = f"delivery stream {stream}"
    if refused := next(_refused(task, "firehose", [("PutRecordBatch", arn)], route, asks), None):
        return LinesRouted(task.arn, container, place, refused[0], refused[1])
    code, text = asks.missing("firehose:PutRecordBatch", arn)
    if code:
        said = f"PutRecordBatch API responded with error='{code}', message='{text}'"
        return LinesRouted(task.arn, container, place, said, f"there is no delivery stream {stream}")
    return LinesRouted(task.arn, container, place, delivery=DeliverLines("firehose", region, stream, "", lines, at))


def _refused(
    task: Task, service: str, actions: list[tuple[str, str]], route: Route, asks: Asks
) -> Iterator[tuple[str, str]]:
    """What the router logs, and why, for each thing that stands in its way."""
    role = task.definition.task_role
    if not route.open and not route.refusal:
        yield f"{actions[-1][0]} API: connection to {service} timed out", route.why
    if not role:
        yield "failed to retrieve credentials", NO_CREDENTIALS
    for operation, resource in actions:
        action = f"{service}:{operation}"
        permission: Permission = route.refusal or asks.may(role, task.id, action, resource)
        if not permission.allowed:
            denied = stop_words.APP_DENIED.format(
                operation=operation,
                user=session_arn(role, task),
                action=action,
                resource=resource,
                because=permission.because,
            ).partition(" operation: ")[2]
            yield f"{operation} API responded with error='AccessDeniedException', message='{denied}'", permission.why
