"""Operations of ECS that this course leaves out, each with the reason. docs/fidelity.md lists them."""

from __future__ import annotations

_DAEMONS = "Managed daemons run on ECS Managed Instances alone; on Fargate a sidecar container does their work."
_GATEWAYS = "ECS gateways are not part of this course; put an Application Load Balancer before the service."
_AGENT = "It is the container agent that calls this; on Fargate the agent is AWS's own and nobody else's."
_EXPRESS = (
    "Express Mode makes a load balancer, target groups, security groups and scaling beside the service; make them and "
    "the service yourself: that is what the course is about."
)

LEFT_OUT: dict[str, str] = {
    "CreateDaemon": _DAEMONS,
    "DeleteDaemon": _DAEMONS,
    "DeleteDaemonTaskDefinition": _DAEMONS,
    "DescribeDaemon": _DAEMONS,
    "DescribeDaemonDeployments": _DAEMONS,
    "DescribeDaemonRevisions": _DAEMONS,
    "DescribeDaemonTaskDefinition": _DAEMONS,
    "ListDaemonDeployments": _DAEMONS,
    "ListDaemonTaskDefinitions": _DAEMONS,
    "ListDaemons": _DAEMONS,
    "RegisterDaemonTaskDefinition": _DAEMONS,
    "UpdateDaemon": _DAEMONS,
    "AssociateGatewayWithCluster": _GATEWAYS,
    "CreateGateway": _GATEWAYS,
    "DeleteGateway": _GATEWAYS,
    "DescribeGateway": _GATEWAYS,
    "DescribeGatewayResources": _GATEWAYS,
    "DescribeGatewayRoute": _GATEWAYS,
    "DisassociateGatewayFromCluster": _GATEWAYS,
    "ListGatewayClusterAssociations": _GATEWAYS,
    "ListGatewayRoutes": _GATEWAYS,
    "ListGateways": _GATEWAYS,
    "UpdateGateway": _GATEWAYS,
    "CreateExpressGatewayService": _EXPRESS,
    "DeleteExpressGatewayService": _EXPRESS,
    "DescribeExpressGatewayService": _EXPRESS,
    "UpdateExpressGatewayService": _EXPRESS,
    "RegisterContainerInstance": _AGENT,
    "SubmitAttachmentStateChanges": _AGENT,
    "SubmitContainerStateChange": _AGENT,
    "SubmitTaskStateChange": _AGENT,
}
"""By the API's operation name."""

_NO_INSTANCE = "Refused as AWS refuses it in an account without container instances, which Fargate does not have."

REFUSED: dict[str, str] = {
    "DeregisterContainerInstance": _NO_INSTANCE,
    "UpdateContainerAgent": _NO_INSTANCE,
    "PutAttributes": _NO_INSTANCE,
    "DeleteAttributes": _NO_INSTANCE,
}
"""Operations that are judged by their laws and then always refused, as AWS would."""

_NOTHING = "Answers as for an account without container instances: nothing is listed, whatever is named is MISSING."

EMPTY: dict[str, str] = {
    "ListContainerInstances": _NOTHING,
    "DescribeContainerInstances": _NOTHING,
    "UpdateContainerInstancesState": _NOTHING,
    "ListAttributes": _NOTHING,
    "StartTask": "Judged by its laws; on Fargate every container instance that it names is MISSING.",
    "DiscoverPollEndpoint": "Answers with addresses at which nothing listens: only a container agent asks there.",
}
"""Operations that answer truthfully, and never of anything that a call wrote."""
