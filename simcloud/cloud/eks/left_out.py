"""Operations of EKS that this course leaves out, each with the reason."""

from __future__ import annotations

_ANYWHERE = "EKS Anywhere runs on machines of your own; this course is about Fargate."
_INSIGHTS = "Cluster insights judge workloads before an upgrade; here no Kubernetes API is audited."
_CAPABILITIES = "EKS capabilities (Argo CD, ACK, kro) run in AWS's accounts and are not part of this course."
_AUTHORITIES = "Certificate authorities are not rotated here: nothing in the simulation checks a certificate."
_CONNECTOR = "EKS Connector shows clusters that run elsewhere; create a cluster with CreateCluster."
_CANCEL = "Only the rollback of an Auto Mode cluster can be cancelled, and no such nodes are acted out here."

LEFT_OUT: dict[str, str] = {
    "CreateEksAnywhereSubscription": _ANYWHERE,
    "DeleteEksAnywhereSubscription": _ANYWHERE,
    "DescribeEksAnywhereSubscription": _ANYWHERE,
    "ListEksAnywhereSubscriptions": _ANYWHERE,
    "UpdateEksAnywhereSubscription": _ANYWHERE,
    "DescribeInsight": _INSIGHTS,
    "DescribeInsightsRefresh": _INSIGHTS,
    "ListInsights": _INSIGHTS,
    "StartInsightsRefresh": _INSIGHTS,
    "CreateCapability": _CAPABILITIES,
    "DeleteCapability": _CAPABILITIES,
    "DescribeCapability": _CAPABILITIES,
    "ListCapabilities": _CAPABILITIES,
    "UpdateCapability": _CAPABILITIES,
    "ActivateCertificateAuthority": _AUTHORITIES,
    "CreateCertificateAuthority": _AUTHORITIES,
    "DeleteCertificateAuthority": _AUTHORITIES,
    "DescribeCertificateAuthority": _AUTHORITIES,
    "ListCertificateAuthorities": _AUTHORITIES,
    "RegisterCluster": _CONNECTOR,
    "DeregisterCluster": _CONNECTOR,
    "CancelUpdate": _CANCEL,
}
"""By the API's operation name."""
