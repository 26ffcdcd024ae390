"""The lives whose stories are kept as text. Each function leaves a bench whose story is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from scenarios_of_apps import SCENARIOS_OF_APPS
from scenarios_of_capacity import SCENARIOS_OF_CAPACITY
from scenarios_of_deployments import SCENARIOS_OF_DEPLOYMENTS
from scenarios_of_events import SCENARIOS_OF_EVENTS
from scenarios_of_load import SCENARIOS_OF_LOAD
from stand_in import REGION, ROLE, TASK_ROLE, WEB, Bench, container, definition

from simcloud.sim import events as e
from simcloud.sim.asks import FileSystem, Secret
from simcloud.sim.faults import HostBroken, HostMended
from simcloud.sim.retirement import RetirementAnnounced

SECRET = f"arn:aws:secretsmanager:{REGION}:123456789012:secret:db-AbCdEf"
HOST = f"api.ecr.{REGION}"
ARN_OF_FILES = f"arn:aws:elasticfilesystem:{REGION}:123456789012:file-system/fs-1"


def a_task_runs_and_is_stopped() -> Bench:
    """The ordinary life."""
    bench = Bench()
    task = bench.run_task()
    bench.wait(120)
    bench.stop(task)
    bench.wait(60)
    return bench


def a_sealed_off_task_gives_up_after_289_seconds() -> Bench:
    """No path to the ECR API."""
    bench = Bench()
    bench.around.closed[HOST] = "timeout"
    bench.run_task()
    bench.wait(400)
    return bench


def a_path_opened_in_time_saves_the_task() -> Bench:
    """Somebody makes the endpoint while the task is PENDING."""
    bench = Bench()
    bench.around.closed[HOST] = "timeout"
    bench.run_task()
    bench.wait(100)
    bench.around.closed.clear()
    bench.wait(60)
    return bench


def one_cause_behind_another() -> Bench:
    """The path is opened, and then the permission is missing."""
    bench = Bench()
    bench.around.closed[HOST] = "timeout"
    bench.around.denied.add("ecr:GetAuthorizationToken")
    bench.run_task()
    bench.wait(100)
    bench.around.closed.clear()
    bench.wait(60)
    return bench


def the_layers_are_out_of_reach() -> Bench:
    """ecr.api and ecr.dkr answer, S3 does not."""
    bench = Bench()
    bench.around.closed["prod-"] = "timeout"
    bench.run_task()
    bench.wait(400)
    return bench


def a_tag_that_does_not_exist() -> Bench:
    """The registry answers, and says no."""
    bench = Bench()
    bench.around.images.clear()
    bench.run_task()
    bench.wait(180)
    return bench


def an_image_for_another_processor() -> Bench:
    """A single manifest is pulled, and its program cannot be executed."""
    bench = Bench()
    bench.around.images[WEB] = replace(bench.around.images[WEB], architectures=("ARM64",), index=False)
    bench.run_task()
    bench.wait(60)
    return bench


def a_container_out_of_memory() -> Bench:
    """It needs more than its task has."""
    bench = Bench()
    bench.around.images[WEB] = replace(bench.around.images[WEB], memory_mib=700)
    bench.run_task()
    bench.wait(60)
    return bench


def a_secret_that_may_not_be_read() -> Bench:
    """The execution role lacks secretsmanager:GetSecretValue."""
    bench = Bench()
    bench.around.secrets[SECRET] = Secret(True, "s3cret", arn=SECRET)
    bench.around.denied.add("secretsmanager:GetSecretValue")
    bench.run_task(definition(container(secrets=[{"name": "PASSWORD", "valueFrom": SECRET}])))
    bench.wait(60)
    return bench


def an_app_that_is_denied_a_call() -> Bench:
    """The task role lacks a permission: nothing stops, the log tells."""
    bench = Bench()
    bench.around.denied.add("s3:GetObject")
    image = bench.around.images[WEB]
    bench.around.images[WEB] = replace(image, calls=(("s3:GetObject", "arn:aws:s3:::orders/1"),))
    bench.run_task(definition(taskRoleArn=TASK_ROLE))
    bench.wait(60)
    return bench


def a_process_that_ignores_sigterm() -> Bench:
    """It is killed when its stopTimeout is over."""
    bench = Bench()
    bench.around.images[WEB] = replace(bench.around.images[WEB], stop_seconds=None)
    task = bench.run_task(definition(container(stopTimeout=45)))
    bench.wait(60)
    bench.stop(task)
    bench.wait(90)
    return bench


def a_container_that_waits_for_another() -> Bench:
    """`web` starts when `migrate` has succeeded."""
    bench = Bench()
    first = container("migrate", essential=False, command=["sh", "-c", "echo migrated && sleep 20"])
    bench.run_task(definition(first, container(dependsOn=[{"containerName": "migrate", "condition": "SUCCESS"}])))
    bench.wait(90)
    return bench


def a_service_keeps_its_count() -> Bench:
    """Two tasks start; one is killed and replaced."""
    bench = Bench()
    bench.create_service(2)
    bench.wait(120)
    bench.stop(bench.tasks("RUNNING")[0], "killed by hand")
    bench.wait(120)
    return bench


def a_service_that_cannot_start_backs_off() -> Bench:
    """Its image does not exist: the waits between the tries grow."""
    bench = Bench()
    bench.around.images.clear()
    bench.create_service(1)
    bench.wait(1200)
    return bench


def a_service_rolls_to_a_new_revision() -> Bench:
    """Two tasks of the old revision leave when two of the new one count."""
    bench = Bench()
    service = bench.create_service(2)
    bench.wait(120)
    arn = bench.register({**definition(), "taskDefinitionArn": service.primary.definition[:-1] + "2", "revision": 2})
    bench.happen(e.ServiceUpdated(service.arn, {"taskDefinition": arn}, deploys=True))
    bench.wait(180)
    return bench


def a_service_is_scaled_and_deleted() -> Bench:
    """Up to four, down to one, away."""
    bench = Bench()
    service = bench.create_service(2)
    bench.wait(90)
    for desired in (4, 1):
        bench.happen(e.ServiceUpdated(service.arn, {"desiredCount": desired}))
        bench.wait(90)
    bench.happen(e.ServiceDeleted(service.arn))
    bench.wait(60)
    return bench


def a_role_that_ecs_cannot_assume() -> Bench:
    """The service launches nothing and says why."""
    bench = Bench()
    bench.around.untrusting.add("arn:aws:iam::123456789012:role/exec")
    bench.create_service(1)
    bench.wait(20)
    bench.around.untrusting.clear()
    bench.wait(120)
    return bench


def two_tasks_share_a_file() -> Bench:
    """One writes to EFS, the other reads it."""
    bench = Bench()
    mounted = container(mountPoints=[{"sourceVolume": "data", "containerPath": "/data"}])
    volume = {"name": "data", "efsVolumeConfiguration": {"fileSystemId": "fs-1"}}
    bench.around.file_systems["fs-1"] = FileSystem(ARN_OF_FILES, "10.0.1.200", "it has a mount target here")
    bench.around.images[WEB] = replace(bench.around.images[WEB], writes=(("/data/note.txt", "hello"),))
    bench.run_task(definition(mounted, volumes=[volume]))
    bench.wait(60)
    bench.around.images[WEB] = replace(bench.around.images[WEB], writes=(), reads=("/data/note.txt",))
    bench.run_task(definition(mounted, volumes=[volume]))
    bench.wait(60)
    return bench


def a_file_system_that_cannot_be_reached() -> Bench:
    """Its mount target does not let the task in: three attempts of fifteen seconds."""
    bench = Bench()
    bench.around.file_systems["fs-1"] = FileSystem(ARN_OF_FILES, "10.0.1.200", "it has a mount target here")
    bench.around.closed["10.0.1.200"] = "timeout"
    bench.run_task(definition(volumes=[{"name": "data", "efsVolumeConfiguration": {"fileSystemId": "fs-1"}}]))
    bench.wait(120)
    return bench


def a_volume_that_lives_with_its_task() -> Bench:
    """EBS: made before the task has an address, deleted when it has gone."""
    bench = Bench()
    ebs = [{"name": "data", "managedEBSVolume": {"sizeInGiB": 10, "roleArn": ROLE.replace("exec", "ebs")}}]
    task = bench.run_task(definition(volumes=[{"name": "data", "configuredAtLaunch": True}]), volumes=ebs)
    bench.wait(60)
    bench.stop(task)
    bench.wait(60)
    return bench


def a_volume_that_ecs_may_not_make() -> Bench:
    """The infrastructure role does not trust ECS."""
    bench = Bench()
    role = ROLE.replace("exec", "ebs")
    bench.around.untrusting.add(role)
    ebs = [{"name": "data", "managedEBSVolume": {"sizeInGiB": 10, "roleArn": role}}]
    bench.run_task(definition(volumes=[{"name": "data", "configuredAtLaunch": True}]), volumes=ebs)
    bench.wait(60)
    return bench


def an_environment_file_that_may_not_be_read() -> Bench:
    """The execution role lacks s3:GetObject."""
    bench = Bench()
    bench.around.objects["config/web.env"] = "MODE=test"
    bench.around.denied.add("s3:GetObject")
    files = [{"type": "s3", "value": "arn:aws:s3:::config/web.env"}]
    bench.run_task(definition(container(environmentFiles=files)))
    bench.wait(60)
    return bench


def a_service_replaces_an_unhealthy_task() -> Bench:
    """Its container fails three health checks in a row."""
    bench = Bench()
    check = {"command": ["CMD-SHELL", "curl -f http://localhost/"], "interval": 10}
    bench.around.images[WEB] = replace(bench.around.images[WEB], unhealthy_after=100)
    bench.create_service(1, definition(container(healthCheck=check)))
    bench.wait(60)
    bench.around.images[WEB] = replace(bench.around.images[WEB], unhealthy_after=None)
    bench.wait(180)
    return bench


def a_container_restarted_in_place() -> Bench:
    """Twice it has run long enough; then somebody stops the task."""
    bench = Bench()
    bench.around.images[WEB] = replace(bench.around.images[WEB], exit_after=70, exit_code=1)
    policy = {"enabled": True, "restartAttemptPeriod": 60}
    task = bench.run_task(definition(container(restartPolicy=policy)))
    bench.wait(200)
    bench.stop(task)
    bench.wait(60)
    return bench


def a_container_that_waited_too_long() -> Bench:
    """`web` waits for `cache` to become healthy, and that never happens."""
    bench = Bench()
    bench.around.images[WEB] = replace(bench.around.images[WEB], unhealthy_after=0)
    check = {"command": ["CMD-SHELL", "redis-cli ping"], "interval": 10}
    cache = container("cache", healthCheck=check, startTimeout=60)
    bench.run_task(definition(cache, container(dependsOn=[{"containerName": "cache", "condition": "HEALTHY"}])))
    bench.wait(120)
    return bench


def a_router_without_its_permission() -> Bench:
    """The lines are lost until the task role has it; no task stops."""
    bench = Bench()
    router = container("router", firelensConfiguration={"type": "fluentbit"})
    named = {"log_group_name": "/ecs/web", "log_stream_prefix": "fluentbit-"}
    sent = {"Name": "cloudwatch_logs", "region": REGION, **named}
    app = container(logConfiguration={"logDriver": "awsfirelens", "options": sent})
    for missing in ({"app: logs:PutLogEvents"}, set[str]()):
        bench.around.denied = missing
        bench.run_task(definition(router, app, taskRoleArn=TASK_ROLE))
        bench.wait(60)
    return bench


def a_task_is_retired() -> Bench:
    """AWS announces it; seven days later the service has another."""
    bench = Bench()
    bench.create_service(1)
    bench.wait(120)
    bench.happen(RetirementAnnounced(bench.tasks("RUNNING")[0].arn))
    bench.wait(7 * 86400 + 120)
    return bench


def a_dependency_breaks() -> Bench:
    """The database cannot be reached: the code says so, and only that."""
    bench = Bench()
    bench.around.images[WEB] = replace(bench.around.images[WEB], connects=(("db.example.com", 5432),))
    bench.happen(HostBroken("db.example.com"))
    bench.run_task()
    bench.wait(60)
    bench.happen(HostMended("db.example.com"))
    bench.run_task()
    bench.wait(60)
    return bench


SCENARIOS: dict[str, Callable[[], Bench]] = (
    {
        function.__name__: function
        for function in (
            a_task_runs_and_is_stopped,
            a_sealed_off_task_gives_up_after_289_seconds,
            a_path_opened_in_time_saves_the_task,
            one_cause_behind_another,
            the_layers_are_out_of_reach,
            a_tag_that_does_not_exist,
            an_image_for_another_processor,
            a_container_out_of_memory,
            a_secret_that_may_not_be_read,
            an_app_that_is_denied_a_call,
            a_process_that_ignores_sigterm,
            a_container_that_waits_for_another,
            a_service_keeps_its_count,
            a_service_that_cannot_start_backs_off,
            a_service_rolls_to_a_new_revision,
            a_service_is_scaled_and_deleted,
            a_role_that_ecs_cannot_assume,
            two_tasks_share_a_file,
            a_file_system_that_cannot_be_reached,
            a_volume_that_lives_with_its_task,
            a_volume_that_ecs_may_not_make,
            an_environment_file_that_may_not_be_read,
            a_service_replaces_an_unhealthy_task,
            a_container_restarted_in_place,
            a_container_that_waited_too_long,
            a_router_without_its_permission,
            a_task_is_retired,
            a_dependency_breaks,
        )
    }
    | SCENARIOS_OF_LOAD
    | SCENARIOS_OF_APPS
    | SCENARIOS_OF_CAPACITY
    | SCENARIOS_OF_DEPLOYMENTS
    | SCENARIOS_OF_EVENTS
)


def told(name: str) -> str:
    """The story of a scenario, then what its service says of itself. The world at its end makes sense."""
    bench = SCENARIOS[name]()
    bench.world.check()
    lines = [str(bench.world.story)]
    for service in bench.world.services.values():
        lines.append(f"\nEvents of service {service.name}, oldest first:")
        lines += [event.message for event in reversed(service.events)]
    for stream, written in bench.around.streams.items():
        lines.append(f"\nLog stream {stream}:")
        lines += written
    return "\n".join(lines) + "\n"
