"""Laws on add-ons and on pod identities."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts import eks
from simcloud.facts.sources import PREFLIGHT
from simcloud.facts.words import eks_parts as eks_parts_words
from simcloud.rules.eks import operations as op
from simcloud.rules.eks.reading import LABEL, NAME_LENGTH
from simcloud.rules.eks.seen import EksSeen
from simcloud.rules.eks.updates import minor
from simcloud.rules.engine import rule
from simcloud.rules.reading import mapping, switch, text
from simcloud.rules.refusal import Refusal

Request = Mapping[str, Any]

VERSION = re.compile(r"v(\d+)\.(\d+)\.\d+-eksbuild\.[0-9A-Za-z]+")


@rule("FG792", on=(op.CREATE_ADDON, op.UPDATE_ADDON),
      source=f"{PREFLIGHT} (pf-eks-addon-version-format)", status="observed")  # fmt: skip
def addons_and_versions_are_those_of_eks(request: Request, seen: EksSeen) -> Iterator[Refusal]:
    """An add-on is one of EKS's catalogue, in a version that fits the cluster."""
    name, version = text(request, "addonName"), text(request, "addonVersion")
    if seen.cluster is None:
        return
    if name not in eks.ADDONS.value:
        said = eks_parts_words.ADDON_UNKNOWN.format(addon=name, version=seen.cluster.version)
        yield Refusal("addonName", said, f"EKS offers {', '.join(eks.ADDONS.value)} here", code=op.PARAMETER)
    elif version and not _fits(name, version, seen.cluster.version):
        because = f"'{version}' is no version of {name} for {seen.cluster.version}"
        yield Refusal("addonVersion", eks_parts_words.ADDON_VERSION, because, code=op.PARAMETER)


def _fits(name: str, version: str, cluster: str) -> bool:
    """Older versions than those of the facts are taken: AWS offers hundreds."""
    found = VERSION.fullmatch(version)
    if found is None:
        return False
    asked = (int(found[1]), int(found[2]))
    addon = eks.ADDONS.value[name]
    if addon.of_cluster:
        newest = minor(cluster)
        return asked[0] == 1 and newest - eks.NODES_MAY_LAG.value <= asked[1] <= newest
    newest_known = VERSION.fullmatch(addon.versions[0])
    return newest_known is not None and asked <= (int(newest_known[1]), int(newest_known[2]))


@rule("FG799", on=op.CREATE_ADDON, source=f"{PREFLIGHT} (pf-eks-addon-namespace-config-format)", status="observed")
def addon_namespaces_are_labels(request: Request) -> Iterator[Refusal]:
    """The namespace of an add-on is a DNS label."""
    config = mapping(request, "namespaceConfig")
    namespace = text(config, "namespace")
    if "namespace" in config and (len(namespace) > NAME_LENGTH or not LABEL.fullmatch(namespace)):
        at = "namespaceConfig.namespace"
        yield Refusal(at, eks_parts_words.ADDON_NAMESPACE, f"it is '{namespace}'", code=op.PARAMETER)


@rule("FG794", on=(op.CREATE_IDENTITY, op.UPDATE_IDENTITY),
      source=f"{PREFLIGHT} (pf-eks-podidentity-policy-requires-disable-session-tags)", status="observed")  # fmt: skip
def a_policy_takes_the_place_of_session_tags(request: Request) -> Iterator[Refusal]:
    """A pod identity association with a policy disables session tags."""
    if text(request, "policy") and not switch(request, "disableSessionTags"):
        at = "disableSessionTags"
        yield Refusal(at, eks_parts_words.IDENTITY_POLICY, "it is not true", code=op.PARAMETER)


@rule("FG786", on=op.CREATE_IDENTITY, source=f"{PREFLIGHT} (pf-eks-podidentity-duplicate)", status="observed")
def a_service_account_has_one_role(request: Request, seen: EksSeen) -> Iterator[Refusal]:
    """A service account of a namespace has one pod identity association."""
    held = seen.associations.get((text(request, "namespace"), text(request, "serviceAccount")))
    if held:
        said = eks_parts_words.IDENTITY_EXISTS.format(association=held)
        yield Refusal("serviceAccount", said, f"it has {held}", code=op.IN_USE)
