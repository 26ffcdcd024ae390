"""Mends of moto: where it stands in the way of correct code, answers wrongly, or cannot answer twice the same.

One file a mend, named for what is true afterwards, with its reason as docstring and `mend(module)` as its only door. A
mend is applied when its moto module has just been imported (align.py), so it costs nothing before.
"""

from __future__ import annotations

import importlib
from contextlib import AbstractContextManager, nullcontext
from types import ModuleType

MENDS: dict[str, tuple[str, ...]] = {
    "moto.core.base_backend": ("backends_of_any_history",),
    "moto.core.common_models": ("instances_not_kept",),
    "moto.utilities.utils": ("no_instance_types",),
    "moto.utilities.paginator": ("page_tokens_of_any_process",),
    "moto.elbv2.models": (
        "default_rule_arns_stable",
        "balancers_made_once",
        "balancers_of_groups_kept",
        "targets_checked",
        "gone_is_gone",
        "group_attributes_filled",
        "conditions_by_expression",
    ),
    "moto.elbv2.responses": ("listeners_shown_whole",),
    "moto.cloudwatch.models": ("alarms_evaluated",),
    "moto.cloudwatch.responses": ("alarm_history_told",),
    "moto.sqs.models": ("long_polls_end", "queues_tell_what_happens"),
    "moto.firehose.models": ("records_stay_here",),
    "moto.xray.models": ("traces_without_the_sdk",),
    "moto.ec2.models": ("default_vpc_reaches_the_internet",),
    "moto.ec2.models.core": ("tags_looked_up",),
    "moto.ec2.models.elastic_ip_addresses": ("elastic_addresses_public",),
    "moto.ec2.models.elastic_network_interfaces": (
        "interfaces_without_dns_names",
        "interface_addresses_in_their_subnets",
    ),
    "moto.ec2.models.nat_gateways": ("nat_gateways_in_their_subnet",),
    "moto.ec2.models.security_groups": ("default_groups_admit_their_own",),
    "moto.ec2.models.subnets": ("subnet_addresses_in_order",),
    "moto.ec2.models.vpcs": (
        "endpoint_services_as_a_table",
        "endpoint_defaults_filled",
        "endpoint_addresses_in_their_subnets",
    ),
    "moto.ec2.responses.vpcs": ("endpoints_modified_whole", "endpoints_leave_when_deleted"),
    "moto.ecr.models": (
        "untagged_images_stay",
        "tags_immutable",
        "repositories_named_as_today",
        "images_known_by_their_manifests",
    ),
    "moto.ecr.responses": ("login_lasts_twelve_hours",),
    "moto.iam.models": ("managed_policies_present", "inline_policies_of_any_version"),
    "moto.s3.models": ("objects_in_memory",),
    "moto.events.models": ("events_reach_their_targets",),
    "moto.events.responses": ("event_patterns_tested",),
    "moto.scheduler.models": ("schedules_run",),
    "moto.kms.models": ("symmetric_keys_only", "keys_named_by_their_arns", "keys_used_while_enabled"),
    "moto.secretsmanager.models": ("secrets_refuse_in_their_words",),
    "moto.iam.responses": ("users_have_boundaries",),
    "moto.sts.models": ("learner_is_a_user",),
    "moto.sts.responses": ("sessions_as_asked",),
    "moto.cloudformation.parsing": ("templates_of_simulated_services",),
    "moto.cloudformation.models": ("stacks_live_in_time",),
    "moto.cloudformation.responses": ("stacks_answered",),
}
"""moto's module -> our mends of it."""

AROUND = {"moto.cloudformation": "templates_of_simulated_services", "moto.xray": "traces_without_the_sdk"}
"""moto's module -> the mend that also stands around its import."""


def around(name: str) -> AbstractContextManager[None]:
    """What has to hold while this module of moto is imported."""
    if name not in AROUND:
        return nullcontext()
    made: AbstractContextManager[None] = importlib.import_module(f"{__name__}.{AROUND[name]}").around()
    return made


def mend(module: ModuleType) -> None:
    """Apply the mends of this module of moto, if it has any."""
    for name in MENDS.get(module.__name__, ()):
        importlib.import_module(f"{__name__}.{name}").mend(module)
