"""Laws on the form of what a request says: AWS checks these before it looks for the cluster."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts import eks
from simcloud.facts.sources import PREFLIGHT, issue
from simcloud.facts.sources_eks import ACCESS_ENTRIES, EKS_MODEL, FARGATE_PROFILE
from simcloud.facts.words import eks as eks_words
from simcloud.facts.words import eks_parts as eks_parts_words
from simcloud.rules.eks import operations as op
from simcloud.rules.eks.reading import LABEL, NAME_LENGTH, PREFIX_LENGTH, is_qualified, named_cluster
from simcloud.rules.engine import rule
from simcloud.rules.reading import mapping, structures, text, texts
from simcloud.rules.refusal import Refusal

Request = Mapping[str, Any]

CLUSTER_NAME = re.compile(r"[0-9A-Za-z][A-Za-z0-9\-_]*")
PROFILE_NAME_MOST = 100
RESERVED = ("system:", "eks:", "aws:", "amazon:", "iam:")


@rule("FG700", on=op.CREATE_CLUSTER, source=EKS_MODEL, status="assumed")
def cluster_names_are_plain(request: Request) -> Iterator[Refusal]:
    """A cluster's name begins with a letter or digit, holds letters, digits, hyphens and underscores, and has at most
    100 characters."""
    name = text(request, "name")
    if not CLUSTER_NAME.fullmatch(name):
        yield Refusal("name", eks_words.CLUSTER_NAME, f"the name is '{name}'", code=op.PARAMETER)
    elif len(name) > eks.NAME_LENGTH.value:
        yield Refusal("name", eks_words.CLUSTER_NAME_LENGTH, f"it has {len(name)} characters", code=op.PARAMETER)


@rule("FG701", on=op.CREATE_PROFILE, source=f"{PREFLIGHT} (pf-eks-fargate-name-charset)", status="observed")
def profile_names_are_plain(request: Request) -> Iterator[Refusal]:
    """A Fargate profile's name begins with a letter or digit and holds letters, digits, hyphens and underscores."""
    name = text(request, "fargateProfileName")
    if not name or not name[0].isalnum() or any(not (each.isalnum() or each in "-_") for each in name):
        yield Refusal("fargateProfileName", eks_words.PROFILE_NAME, f"the name is '{name}'", code=op.PARAMETER)
    elif len(name) > PROFILE_NAME_MOST:
        said = eks_words.PROFILE_NAME_LENGTH.format(most=PROFILE_NAME_MOST)
        yield Refusal("fargateProfileName", said, f"it has {len(name)} characters", code=op.PARAMETER)


@rule("FG702", on=op.CREATE_PROFILE, source=issue("pulumi/pulumi-eks", 426), status="observed")
def profile_names_leave_the_prefix_to_eks(request: Request) -> Iterator[Refusal]:
    """A Fargate profile's name does not begin with eks-, which EKS keeps for itself."""
    if text(request, "fargateProfileName").startswith("eks-"):
        yield Refusal("fargateProfileName", eks_words.PROFILE_PREFIX, "it begins with 'eks-'", code=op.PARAMETER)


@rule("FG703", on=op.CREATE_PROFILE, source=FARGATE_PROFILE)
def selector_namespaces_are_labels(request: Request) -> Iterator[Refusal]:
    """A selector's namespace is a DNS label of at most 63 characters, in which * and ? may stand as wildcards."""
    for index, selector in enumerate(structures(request, "selectors")):
        namespace = text(selector, "namespace")
        plain = namespace.replace("*", "a").replace("?", "a")
        if namespace and (len(namespace) > NAME_LENGTH or not LABEL.fullmatch(plain)):
            at = f"selectors[{index}].namespace"
            yield Refusal(at, eks_words.NAMESPACE_FORM, f"'{namespace}' cannot be a namespace", code=op.PARAMETER)


@rule("FG704", on=op.CREATE_PROFILE, source=FARGATE_PROFILE)
def selector_labels_are_of_kubernetes(request: Request) -> Iterator[Refusal]:
    """A selector's labels have the form of Kubernetes labels, in which * and ? may stand as wildcards."""
    for index, selector in enumerate(structures(request, "selectors")):
        for key, value in mapping(selector, "labels").items():
            if not _is_label(str(key), str(value)):
                at = f"selectors[{index}].labels.{key}"
                yield Refusal(at, eks_words.LABEL_FORM, f"'{key}={value}' cannot be a label", code=op.PARAMETER)


def _is_label(key: str, value: str) -> bool:
    key, value = (each.replace("*", "a").replace("?", "a") for each in (key, value))
    return is_qualified(key) and (not value or (len(value) <= NAME_LENGTH and "/" not in value and is_qualified(value)))


@rule("FG705", on=op.CREATE_NODEGROUP, source=f"{PREFLIGHT} (pf-eks-nodegroup-name-charset)", status="observed")
def nodegroup_names_are_plain(request: Request) -> Iterator[Refusal]:
    """A node group's name begins with a letter or digit and holds letters, digits, hyphens and underscores."""
    name = text(request, "nodegroupName")
    if not CLUSTER_NAME.fullmatch(name):
        yield Refusal("nodegroupName", eks_parts_words.NODEGROUP_NAME, f"the name is '{name}'", code=op.PARAMETER)


@rule(
    "FG706",
    on=(op.CREATE_ADDON, op.UPDATE_ADDON),
    source=f"{PREFLIGHT} (pf-eks-addon-configuration-values-json)",
    status="observed",
)
def configuration_values_can_be_read(request: Request) -> Iterator[Refusal]:
    """An add-on's configuration values are JSON or YAML."""
    values = text(request, "configurationValues")
    if values and not _is_yaml(values):
        said = eks_parts_words.ADDON_VALUES
        yield Refusal("configurationValues", said, "they are neither JSON nor YAML", code=op.PARAMETER)


def _is_yaml(values: str) -> bool:
    """JSON is YAML too."""
    import yaml

    try:
        return isinstance(yaml.safe_load(values), dict | None)
    except yaml.YAMLError:
        return False


@rule("FG707", on=(op.CREATE_ENTRY, op.UPDATE_ENTRY), source=ACCESS_ENTRIES)
def reserved_prefixes_are_not_taken(request: Request) -> Iterator[Refusal]:
    """No user name and no group of an access entry begins with system:, eks:, aws:, amazon: or iam:."""
    for prefix in RESERVED:
        if text(request, "username").startswith(prefix):
            said = eks_parts_words.USERNAME_PREFIX.format(prefix=prefix)
            yield Refusal("username", said, f"the user name is '{request['username']}'", code=op.PARAMETER)
        for index, group in enumerate(texts(request, "kubernetesGroups")):
            if group.startswith(prefix):
                said = eks_parts_words.GROUP_PREFIX.format(group=group, prefix=prefix)
                yield Refusal(f"kubernetesGroups[{index}]", said, f"the group is '{group}'", code=op.PARAMETER)


@rule("FG708", on=op.CREATE_IDENTITY, source=f"{PREFLIGHT} (pf-eks-podidentity-namespace-format)", status="observed")
def identity_namespaces_are_labels(request: Request) -> Iterator[Refusal]:
    """The namespace of a pod identity association is a DNS label."""
    namespace = text(request, "namespace")
    if len(namespace) > NAME_LENGTH or not LABEL.fullmatch(namespace):
        yield Refusal("namespace", eks_parts_words.IDENTITY_NAMESPACE, f"it is '{namespace}'", code=op.PARAMETER)


@rule(
    "FG709", on=op.CREATE_IDENTITY, source=f"{PREFLIGHT} (pf-eks-podidentity-service-account-format)", status="observed"
)
def service_accounts_are_subdomains(request: Request) -> Iterator[Refusal]:
    """The service account of a pod identity association is a DNS subdomain."""
    account = text(request, "serviceAccount")
    if len(account) > PREFIX_LENGTH or not all(LABEL.fullmatch(part) for part in account.split(".")):
        yield Refusal("serviceAccount", eks_parts_words.IDENTITY_ACCOUNT, f"it is '{account}'", code=op.PARAMETER)


@rule("FG710", on=op.WITH_TAGS, source=EKS_MODEL, status="assumed")
def tags_keep_their_limits(request: Request) -> Iterator[Refusal]:
    """A resource has at most 50 tags, and no key begins with aws:."""
    tags = mapping(request, "tags")
    if any(str(key).lower().startswith("aws:") for key in tags):
        yield Refusal("tags", eks_words.TAG_RESERVED, "a key begins with 'aws:'", code=op.PARAMETER)
    if len(tags) > eks.TAGS.value:
        said = eks_words.TOO_MANY_TAGS.format(most=eks.TAGS.value)
        yield Refusal("tags", said, f"{len(tags)} are given to {named_cluster(request)}", code=op.PARAMETER)
