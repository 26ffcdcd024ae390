"""Which resource types there are: ours, moto's, real ones that are not simulated, and none at all."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from importlib import import_module
from typing import Any

OURS = {
    "AWS::ECS::Cluster": "ecs_clusters.Cluster",
    "AWS::ECS::CapacityProvider": "ecs_clusters.CapacityProvider",
    "AWS::ECS::ClusterCapacityProviderAssociations": "ecs_clusters.Associations",
    "AWS::ECS::TaskDefinition": "ecs_definitions.TaskDefinition",
    "AWS::ECS::Service": "ecs_services.Service",
    "AWS::ECS::TaskSet": "ecs_task_sets.TaskSet",
    "AWS::ECS::PrimaryTaskSet": "ecs_task_sets.PrimaryTaskSet",
    "AWS::ApplicationAutoScaling::ScalableTarget": "scaling.ScalableTarget",
    "AWS::ApplicationAutoScaling::ScalingPolicy": "scaling.ScalingPolicy",
    "AWS::CodeDeploy::Application": "codedeploy.Application",
    "AWS::CodeDeploy::DeploymentConfig": "codedeploy.DeploymentConfig",
    "AWS::CodeDeploy::DeploymentGroup": "codedeploy.DeploymentGroup",
    "AWS::EKS::Cluster": "eks.Cluster",
    "AWS::EKS::FargateProfile": "eks.FargateProfile",
    # neighbours whose models in moto drop half of what a template says
    "AWS::EC2::VPC": "vpcs.Vpc",
    "AWS::EC2::Subnet": "vpcs.Subnet",
    "AWS::EC2::InternetGateway": "vpcs.InternetGateway",
    "AWS::EC2::VPCGatewayAttachment": "vpcs.Attachment",
    "AWS::EC2::RouteTable": "vpcs.RouteTable",
    "AWS::EC2::Route": "vpcs.Route",
    "AWS::EC2::SubnetRouteTableAssociation": "vpcs.Association",
    "AWS::EC2::EIP": "vpcs.Address",
    "AWS::EC2::NatGateway": "vpcs.NatGateway",
    "AWS::EC2::VPCEndpoint": "vpcs.Endpoint",
    "AWS::EC2::SecurityGroup": "security_groups.SecurityGroup",
    "AWS::EC2::SecurityGroupIngress": "security_groups.Ingress",
    "AWS::EC2::SecurityGroupEgress": "security_groups.Egress",
    "AWS::ElasticLoadBalancingV2::LoadBalancer": "balancers.LoadBalancer",
    "AWS::ElasticLoadBalancingV2::TargetGroup": "balancers.TargetGroup",
    "AWS::ElasticLoadBalancingV2::Listener": "balancers.Listener",
    "AWS::ElasticLoadBalancingV2::ListenerRule": "balancers.Rule",
    "AWS::IAM::Role": "roles.Role",
    "AWS::IAM::Policy": "roles.InlinePolicy",
    "AWS::IAM::ManagedPolicy": "roles.ManagedPolicy",
    "AWS::Logs::LogGroup": "stores.LogGroup",
    "AWS::ECR::Repository": "stores.Repository",
    "AWS::EFS::FileSystem": "stores.FileSystem",
    "AWS::EFS::MountTarget": "stores.MountTarget",
    "AWS::EFS::AccessPoint": "stores.AccessPoint",
    "AWS::SecretsManager::Secret": "stores.Secret",
    "AWS::CloudWatch::Alarm": "stores.Alarm",
    "AWS::ServiceDiscovery::HttpNamespace": "namespaces.HttpNamespace",
    "AWS::ServiceDiscovery::PrivateDnsNamespace": "namespaces.PrivateDnsNamespace",
    "AWS::ServiceDiscovery::PublicDnsNamespace": "namespaces.PublicDnsNamespace",
    "AWS::ServiceDiscovery::Service": "namespaces.DiscoveryService",
}
"""Resource type -> file and class in this folder."""

MOTOS = (
    "cloudwatch",
    "ec2",
    "events",
    "iam",
    "kms",
    "s3",
    "sns",
    "sqs",
    "ssm",
)
"""moto's services whose models are resources here: those that a Fargate design stands on."""

_NEVER = frozenset(
    {"AWS::EC2::Instance", "AWS::EC2::SpotFleet", "AWS::EC2::VolumeAttachment", "AWS::SERVICE::RESOURCE"}
)
"""moto has a model of these, and the course leaves them out."""

_MORE = {
    "ApplicationAutoScaling": "",
    "CodeDeploy": "",
    "ECS": "Daemon DaemonTaskDefinition ExpressGatewayService",
    "EKS": "AccessEntry Addon Capability IdentityProviderConfig Nodegroup PodIdentityAssociation",
    "IAM": "Group GroupPolicy OIDCProvider RolePolicy SAMLProvider ServerCertificate ServiceLinkedRole UserPolicy"
    " UserToGroupAddition VirtualMFADevice",
    "Logs": "AccountPolicy Delivery DeliveryDestination DeliverySource Destination LogAnomalyDetector LogStream"
    " MetricFilter QueryDefinition SubscriptionFilter Transformer",
    "ECR": "PublicRepository PullThroughCacheRule RegistryPolicy RegistryScanningConfiguration"
    " ReplicationConfiguration RepositoryCreationTemplate",
    "EFS": "",
    "ElasticLoadBalancingV2": "ListenerCertificate TrustStore TrustStoreRevocation",
    "CloudWatch": "AnomalyDetector CompositeAlarm InsightRule MetricStream",
    "Events": "ApiDestination Connection Endpoint EventBusPolicy",
    "SNS": "Subscription TopicInlinePolicy TopicPolicy",
    "SQS": "QueueInlinePolicy QueuePolicy",
    "SSM": "Association MaintenanceWindow MaintenanceWindowTarget MaintenanceWindowTask PatchBaseline"
    " ResourceDataSync ResourcePolicy",
    "KMS": "ReplicaKey",
    "S3": "AccessGrant AccessGrantsInstance AccessGrantsLocation AccessPoint BucketPolicy MultiRegionAccessPoint"
    " MultiRegionAccessPointPolicy StorageLens StorageLensGroup",
    "SecretsManager": "ResourcePolicy RotationSchedule SecretTargetAttachment",
    "ServiceDiscovery": "Instance",
    "CloudFormation": "CustomResource GuardHook HookDefaultVersion HookTypeConfig HookVersion LambdaHook Macro"
    " ModuleDefaultVersion ModuleVersion PublicTypeVersion Publisher ResourceDefaultVersion ResourceVersion Stack"
    " StackSet TypeActivation WaitCondition WaitConditionHandle",
}
"""Real types of the services that are simulated in part: not simulated, and no spelling mistakes either."""

_EC2 = """CapacityReservation CapacityReservationFleet CarrierGateway ClientVpnAuthorizationRule ClientVpnEndpoint
ClientVpnRoute ClientVpnTargetNetworkAssociation CustomerGateway DHCPOptions EC2Fleet EgressOnlyInternetGateway
EIPAssociation EnclaveCertificateIamRoleAssociation GatewayRouteTableAssociation Host IPAM IPAMAllocation IPAMPool
IPAMPoolCidr IPAMResourceDiscovery IPAMResourceDiscoveryAssociation IPAMScope Instance InstanceConnectEndpoint KeyPair
LocalGatewayRoute LocalGatewayRouteTable NetworkAcl NetworkAclEntry NetworkInsightsAccessScope NetworkInsightsAnalysis
NetworkInsightsPath NetworkInterfaceAttachment NetworkInterfacePermission NetworkPerformanceMetricSubscription
PlacementGroup PrefixList RouteServer SecurityGroupVpcAssociation SnapshotBlockPublicAccess
SpotFleet SubnetCidrBlock SubnetNetworkAclAssociation TrafficMirrorFilter TrafficMirrorFilterRule TrafficMirrorSession
TrafficMirrorTarget TransitGatewayAttachment TransitGatewayRoute TransitGatewayRouteTable VerifiedAccessEndpoint
VerifiedAccessGroup VerifiedAccessInstance VolumeAttachment VPCBlockPublicAccessOptions VPCCidrBlock
VPCDHCPOptionsAssociation VPCEndpointConnectionNotification VPCEndpointService VPCEndpointServicePermissions
VPNConnection VPNConnectionRoute VPNGatewayRoutePropagation"""

_ELSEWHERE = """ACMPCA APS AccessAnalyzer AmazonMQ Amplify AmplifyUIBuilder ApiGateway ApiGatewayV2 AppConfig AppFlow
AppIntegrations AppMesh AppRunner AppStream AppSync ApplicationInsights ApplicationSignals Athena AuditManager
AutoScaling AutoScalingPlans B2BI BCMDataExports Backup BackupGateway Batch Bedrock BedrockAgentCore Billing
BillingConductor Budgets CE CUR Cassandra CertificateManager Chatbot CleanRooms CleanRoomsML Cloud9 CloudFront
CloudTrail CodeArtifact CodeBuild CodeCommit CodeConnections CodeGuruProfiler CodeGuruReviewer CodePipeline CodeStar
CodeStarConnections CodeStarNotifications Cognito Comprehend Config Connect ConnectCampaigns ControlTower
CustomerProfiles DAX DLM DMS DSQL DataBrew DataPipeline DataSync DataZone Deadline Detective DevOpsGuru
DirectoryService DocDB DocDBElastic DynamoDB EMR EMRContainers EMRServerless EVS ElastiCache ElasticBeanstalk
ElasticLoadBalancing Elasticsearch EntityResolution EventSchemas Evidently FIS FMS FSx FinSpace Forecast
FraudDetector GameLift GlobalAccelerator Glue Grafana Greengrass GreengrassV2 GroundStation GuardDuty HealthImaging
HealthLake IVS IVSChat IdentityStore ImageBuilder Inspector InspectorV2 InternetMonitor Invoicing IoT IoTAnalytics
IoTCoreDeviceAdvisor IoTEvents IoTFleetWise IoTSiteWise IoTThingsGraph IoTTwinMaker IoTWireless KafkaConnect Kendra
KendraRanking Kinesis KinesisAnalytics KinesisAnalyticsV2 KinesisFirehose KinesisVideo LakeFormation Lambda
LaunchWizard Lex LicenseManager Lightsail Location LookoutEquipment LookoutMetrics LookoutVision M2 MPA MSK MWAA
Macie ManagedBlockchain MediaConnect MediaConvert MediaLive MediaPackage MediaPackageV2 MediaStore MediaTailor
MemoryDB Neptune NeptuneGraph NetworkFirewall NetworkManager NimbleStudio Notifications NotificationsContacts ODB
OSIS Oam Omics OpenSearchServerless OpenSearchService OpsWorks Organizations PCAConnectorAD PCAConnectorSCEP PCS
Panorama PaymentCryptography Personalize Pinpoint PinpointEmail Pipes Proton QBusiness QLDB QuickSight RAM RDS
RTBFabric RUM Redshift RedshiftServerless RefactorSpaces Rekognition ResilienceHub ResourceExplorer2 ResourceGroups
RoboMaker RolesAnywhere Route53 Route53Profiles Route53RecoveryControl Route53RecoveryReadiness Route53Resolver
S3Express S3ObjectLambda S3Outposts S3Tables S3Vectors SDB SES SSMContacts SSMGuiConnect SSMIncidents SSMQuickSetup
SSO SageMaker Scheduler SecurityHub SecurityLake Serverless ServiceCatalog ServiceCatalogAppRegistry Shield Signer
SimSpaceWeaver SimpleDB StepFunctions SupportApp Synthetics SystemsManagerSAP Timestream Transfer
VerifiedPermissions VoiceID VpcLattice WAF WAFRegional WAFv2 Wisdom WorkSpaces WorkSpacesThinClient WorkSpacesWeb
WorkspacesInstances XRay"""
"""Services of AWS of which nothing is simulated here."""


@functools.cache
def ours(kind: str) -> Any | None:
    """Our class for a resource type; None where it is not ours."""
    if kind not in OURS:
        return None
    file, _, name = OURS[kind].partition(".")
    return getattr(import_module(f"simcloud.cloud.cloudformation.{file}"), name)


@functools.cache
def motos() -> Mapping[str, Any]:
    """moto's models by resource type. What else was imported in this process makes no difference."""
    found = {}
    for service in MOTOS:
        import_module(f"moto.{service}.models")
    from moto.core.common_models import CloudFormationModel

    prefixes = tuple(f"moto.{service}." for service in MOTOS)
    for model in CloudFormationModel.__subclasses__():
        if model.__module__.startswith(prefixes):
            found[str(model.cloudformation_type())] = model
    return {kind: found[kind] for kind in sorted(found) if kind not in _NEVER and kind not in OURS}


def model(kind: str) -> Any | None:
    """The class behind a resource type, ours or moto's; None where there is none."""
    return ours(kind) or motos().get(kind)


def exists(kind: str) -> bool:
    """Does AWS have this type, simulated or not?"""
    if kind.startswith("Custom::") and len(kind) > len("Custom::"):
        return True
    parts = kind.split("::")
    if len(parts) != 3 or parts[0] != "AWS" or not parts[2].isalnum():
        return False
    service, thing = parts[1], parts[2]
    if service == "EC2" and thing in _EC2.split():
        return True
    return model(kind) is not None or service in _ELSEWHERE.split() or thing in _MORE.get(service, "").split()
