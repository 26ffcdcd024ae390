"""Which properties the resource types of CloudFormation have: of the neighbours that a stack of this course stands on.

One line a type. `Name` is a text, `Name#` an integer, `Name.` a number, `Name?` true or false, `Name[]` a list of
these, `Name[...]` a list of objects, `Name(...)` one object, `Name{}` anything; `!` stands behind what must be there.
Names inside objects are those that the resource's schema knows. Types of our own services are read from the models of
their APIs instead (`simcloud.cloud.cloudformation.schema`).
"""

from __future__ import annotations

from collections.abc import Mapping

from simcloud.facts.fact import Fact

PROPERTIES: Fact[Mapping[str, str]] = Fact(
    {
        "AWS::EC2::VPC": (
            "CidrBlock EnableDnsHostnames? EnableDnsSupport? InstanceTenancy Ipv4IpamPoolId Ipv4NetmaskLength# "
            "Tags[Key Value] VpcEncryptionControl(EgressOnlyInternetGatewayExclusion ElasticFileSystemExclusion "
            "InternetGatewayExclusion LambdaExclusion Mode NatGatewayExclusion "
            "ResourceExclusions(EgressOnlyInternetGateway(State StateMessage) ElasticFileSystem(State StateMessage) "
            "InternetGateway(State StateMessage) Lambda(State StateMessage) NatGateway(State StateMessage) "
            "VirtualPrivateGateway(State StateMessage) VpcLattice(State StateMessage) VpcPeering(State StateMessage)) "
            "State StateMessage VirtualPrivateGatewayExclusion VpcEncryptionControlId VpcId VpcLatticeExclusion "
            "VpcPeeringExclusion)"
        ),
        "AWS::EC2::Subnet": (
            "AssignIpv6AddressOnCreation? AvailabilityZone AvailabilityZoneId CidrBlock EnableDns64? "
            "EnableLniAtDeviceIndex# Ipv4IpamPoolId Ipv4NetmaskLength# Ipv6CidrBlock Ipv6IpamPoolId Ipv6Native? "
            "Ipv6NetmaskLength# MapPublicIpOnLaunch? OutpostArn "
            "PrivateDnsNameOptionsOnLaunch(EnableResourceNameDnsAAAARecord? EnableResourceNameDnsARecord? "
            "HostnameType) Tags[Key Value] VpcId!"
        ),
        "AWS::EC2::InternetGateway": "Tags[Key Value]",
        "AWS::EC2::VPCGatewayAttachment": "InternetGatewayId VpcId! VpnGatewayId",
        "AWS::EC2::RouteTable": "Tags[Key Value] VpcId!",
        "AWS::EC2::Route": (
            "CarrierGatewayId CoreNetworkArn DestinationCidrBlock DestinationIpv6CidrBlock DestinationPrefixListId "
            "EgressOnlyInternetGatewayId GatewayId InstanceId LocalGatewayId NatGatewayId NetworkInterfaceId "
            "OdbNetworkArn RouteTableId! TransitGatewayId VpcEndpointId VpcPeeringConnectionId"
        ),
        "AWS::EC2::SubnetRouteTableAssociation": "RouteTableId! SubnetId!",
        "AWS::EC2::EIP": (
            "Address Domain InstanceId IpamPoolId NetworkBorderGroup PublicIpv4Pool Tags[Key Value] TransferAddress"
        ),
        "AWS::EC2::NatGateway": (
            "AllocationId AvailabilityMode AvailabilityZoneAddresses[AllocationIds[] AvailabilityZone "
            "AvailabilityZoneId] ConnectivityType MaxDrainDurationSeconds# PrivateIpAddress SecondaryAllocationIds[] "
            "SecondaryPrivateIpAddressCount# SecondaryPrivateIpAddresses[] SubnetId Tags[Key Value] VpcId"
        ),
        "AWS::EC2::VPCEndpoint": (
            "DnsOptions(DnsRecordIpType PrivateDnsOnlyForInboundResolverEndpoint PrivateDnsPreference "
            "PrivateDnsSpecifiedDomains[]) IpAddressType PolicyDocument{} PrivateDnsEnabled? ResourceConfigurationArn "
            "RouteTableIds[] SecurityGroupIds[] ServiceName ServiceNetworkArn ServiceRegion SubnetIds[] Tags[Key "
            "Value] VpcEndpointType VpcId!"
        ),
        "AWS::EC2::SecurityGroup": (
            "GroupDescription! GroupName SecurityGroupEgress[CidrIp CidrIpv6 Description DestinationPrefixListId "
            "DestinationSecurityGroupId FromPort# IpProtocol ToPort#] SecurityGroupIngress[CidrIp CidrIpv6 "
            "Description FromPort# IpProtocol SourcePrefixListId SourceSecurityGroupId SourceSecurityGroupName "
            "SourceSecurityGroupOwnerId ToPort#] Tags[Key Value] VpcId"
        ),
        "AWS::EC2::SecurityGroupIngress": (
            "CidrIp CidrIpv6 Description FromPort# GroupId GroupName IpProtocol! SourcePrefixListId "
            "SourceSecurityGroupId SourceSecurityGroupName SourceSecurityGroupOwnerId ToPort#"
        ),
        "AWS::EC2::SecurityGroupEgress": (
            "CidrIp CidrIpv6 Description DestinationPrefixListId DestinationSecurityGroupId FromPort# GroupId! "
            "IpProtocol! ToPort#"
        ),
        "AWS::ElasticLoadBalancingV2::LoadBalancer": (
            "EnableCapacityReservationProvisionStabilize? EnablePrefixForIpv6SourceNat "
            "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic IpAddressType Ipv4IpamPoolId "
            "LoadBalancerAttributes[Key Value] MinimumLoadBalancerCapacity(CapacityUnits#) Name Scheme "
            "SecurityGroups[] SubnetMappings[AllocationId IPv6Address PrivateIPv4Address SourceNatIpv6Prefix "
            "SubnetId] Subnets[] Tags[Key Value] Type"
        ),
        "AWS::ElasticLoadBalancingV2::TargetGroup": (
            "HealthCheckEnabled? HealthCheckIntervalSeconds# HealthCheckPath HealthCheckPort HealthCheckProtocol "
            "HealthCheckTimeoutSeconds# HealthyThresholdCount# IpAddressType Matcher(GrpcCode HttpCode) Name Port# "
            "Protocol ProtocolVersion Tags[Key Value] TargetControlPort# TargetGroupAttributes[Key Value] TargetType "
            "Targets[AvailabilityZone Id Port# QuicServerId] UnhealthyThresholdCount# VpcId"
        ),
        "AWS::ElasticLoadBalancingV2::Listener": (
            "AlpnPolicy[] Certificates[CertificateArn] "
            "DefaultActions[AuthenticateCognitoConfig(AuthenticationRequestExtraParams{} OnUnauthenticatedRequest "
            "Scope SessionCookieName SessionTimeout UserPoolArn UserPoolClientId UserPoolDomain) "
            "AuthenticateOidcConfig(AuthenticationRequestExtraParams{} AuthorizationEndpoint ClientId ClientSecret "
            "Issuer OnUnauthenticatedRequest Scope SessionCookieName SessionTimeout TokenEndpoint "
            "UseExistingClientSecret? UserInfoEndpoint) FixedResponseConfig(ContentType MessageBody StatusCode) "
            "ForwardConfig(TargetGroupStickinessConfig(DurationSeconds# Enabled?) TargetGroups[TargetGroupArn "
            "Weight#]) JwtValidationConfig(AdditionalClaims[Format Name Values[]] Issuer JwksEndpoint) Order# "
            "RedirectConfig(Host Path Port Protocol Query StatusCode) TargetGroupArn Type]! ListenerAttributes[Key "
            "Value] LoadBalancerArn! MutualAuthentication(AdvertiseTrustStoreCaNames IgnoreClientCertificateExpiry? "
            "Mode TrustStoreArn) Port# Protocol SslPolicy Tags[Key Value]"
        ),
        "AWS::ElasticLoadBalancingV2::ListenerRule": (
            "Actions[AuthenticateCognitoConfig(AuthenticationRequestExtraParams{} OnUnauthenticatedRequest Scope "
            "SessionCookieName SessionTimeout# UserPoolArn UserPoolClientId UserPoolDomain) "
            "AuthenticateOidcConfig(AuthenticationRequestExtraParams{} AuthorizationEndpoint ClientId ClientSecret "
            "Issuer OnUnauthenticatedRequest Scope SessionCookieName SessionTimeout# TokenEndpoint "
            "UseExistingClientSecret? UserInfoEndpoint) FixedResponseConfig(ContentType MessageBody StatusCode) "
            "ForwardConfig(TargetGroupStickinessConfig(DurationSeconds# Enabled?) TargetGroups[TargetGroupArn "
            "Weight#]) JwtValidationConfig(AdditionalClaims[Format Name Values[]] Issuer JwksEndpoint) Order# "
            "RedirectConfig(Host Path Port Protocol Query StatusCode) TargetGroupArn Type]! Conditions[Field "
            "HostHeaderConfig(RegexValues[] Values[]) HttpHeaderConfig(HttpHeaderName RegexValues[] Values[]) "
            "HttpRequestMethodConfig(Values[]) PathPatternConfig(RegexValues[] Values[]) QueryStringConfig(Values[Key "
            "Value]) RegexValues[] SourceIpConfig(IpAddressType Values[]) Values[]]! ListenerArn Priority#! Tags[Key "
            "Value] Transforms[HostHeaderRewriteConfig(Rewrites[Regex Replace]) Type UrlRewriteConfig(Rewrites[Regex "
            "Replace])]"
        ),
        "AWS::IAM::Role": (
            "AssumeRolePolicyDocument{}! Description ManagedPolicyArns[] MaxSessionDuration# Path PermissionsBoundary "
            "Policies[PolicyDocument{} PolicyName] RoleName Tags[Key Value]"
        ),
        "AWS::IAM::Policy": "Groups[] PolicyDocument{}! PolicyName! Roles[] Users[]",
        "AWS::IAM::ManagedPolicy": "Description Groups[] ManagedPolicyName Path PolicyDocument{}! Roles[] Users[]",
        "AWS::Logs::LogGroup": (
            "BearerTokenAuthenticationEnabled? DataProtectionPolicy{} DeletionProtectionEnabled? FieldIndexPolicies{} "
            "KmsKeyId LogGroupClass LogGroupName ResourcePolicyDocument{} RetentionInDays# Tags[Key Value]"
        ),
        "AWS::ECR::Repository": (
            "EmptyOnDelete? EncryptionConfiguration(EncryptionType KmsKey) ImageScanningConfiguration(ScanOnPush?) "
            "ImageTagMutability ImageTagMutabilityExclusionFilters[ImageTagMutabilityExclusionFilterType "
            "ImageTagMutabilityExclusionFilterValue] LifecyclePolicy(LifecyclePolicyText RegistryId) RepositoryName "
            "RepositoryPolicyText{} Tags[Key Value]"
        ),
        "AWS::EFS::FileSystem": (
            "AvailabilityZoneName BackupPolicy(Status) BypassPolicyLockoutSafetyCheck? Encrypted? FileSystemPolicy{} "
            "FileSystemProtection(ReplicationOverwriteProtection) FileSystemTags[Key Value] KmsKeyId "
            "LifecyclePolicies[TransitionToArchive TransitionToIA TransitionToPrimaryStorageClass] PerformanceMode "
            "ProvisionedThroughputInMibps. ReplicationConfiguration(Destinations[AvailabilityZoneName FileSystemId "
            "KmsKeyId Region RoleArn Status StatusMessage]) ThroughputMode"
        ),
        "AWS::EFS::MountTarget": "FileSystemId! IpAddress IpAddressType Ipv6Address SecurityGroups[]! SubnetId!",
        "AWS::EFS::AccessPoint": (
            "AccessPointTags[Key Value] ClientToken FileSystemId! PosixUser(Gid SecondaryGids[] Uid) "
            "RootDirectory(CreationInfo(OwnerGid OwnerUid Permissions) Path)"
        ),
        "AWS::SecretsManager::Secret": (
            "Description GenerateSecretString(ExcludeCharacters ExcludeLowercase? ExcludeNumbers? ExcludePunctuation? "
            "ExcludeUppercase? GenerateStringKey IncludeSpace? PasswordLength# RequireEachIncludedType? "
            "SecretStringTemplate) KmsKeyId Name ReplicaRegions[KmsKeyId Region] SecretString Tags[Key Value] Type"
        ),
        "AWS::CloudWatch::Alarm": (
            "ActionConfiguration(AlarmTagsPropagation(Enabled? ExcludedTagKeys[] IncludedTagKeys[])) ActionsEnabled? "
            "AlarmActions[] AlarmDescription AlarmName ComparisonOperator DatapointsToAlarm# Dimensions[Name Value] "
            "EvaluateLowSampleCountPercentile EvaluationCriteria(PromQLCriteria(PendingPeriod# Query "
            "RecoveryPeriod#)) EvaluationInterval# EvaluationPeriods# EvaluationWindow(SlidingWindow{} "
            "WallClockWindow(Timezone)) ExtendedStatistic InsufficientDataActions[] MetricName Metrics[AccountId "
            "Expression Id Label MetricStat(Metric(Dimensions[Name Value] MetricName Namespace) Period# Stat Unit) "
            "Period# ReturnData?] Namespace OKActions[] Period# Statistic Tags[Key Value] Threshold. "
            "ThresholdMetricId TreatMissingData Unit WarmUpConfiguration(OnlyStartEvaluatingAfterWarmUpPeriodEnds? "
            "WarmUpPeriodDurationInMinutes#)"
        ),
        "AWS::ServiceDiscovery::HttpNamespace": "Description Name! Tags[Key Value]",
        "AWS::ServiceDiscovery::PrivateDnsNamespace": (
            "Description Name! Properties(DnsProperties(SOA(TTL.))) Tags[Key Value] Vpc"
        ),
        "AWS::ServiceDiscovery::PublicDnsNamespace": (
            "Description Name! Properties(DnsProperties(SOA(TTL.))) Tags[Key Value]"
        ),
        "AWS::ServiceDiscovery::Service": (
            "Description DnsConfig(DnsRecords[TTL. Type] NamespaceId RoutingPolicy) "
            "HealthCheckConfig(FailureThreshold. ResourcePath Type) HealthCheckCustomConfig(FailureThreshold.) Name "
            "NamespaceId ServiceAttributes{} Tags[Key Value] Type"
        ),
        "AWS::CloudWatch::Dashboard": "DashboardBody! DashboardName Tags[Key Value]",
        "AWS::EC2::FlowLog": (
            "DeliverCrossAccountRole DeliverLogsPermissionArn DestinationOptions(FileFormat HiveCompatiblePartitions? "
            "PerHourPartition?) LogDestination LogDestinationType LogFormat LogGroupName MaxAggregationInterval# "
            "ResourceId! ResourceType! TagFieldSpecifications[ResourceType TagKeys[]] Tags[Key Value] TrafficType"
        ),
        "AWS::EC2::LaunchTemplate": "LaunchTemplateData{}! LaunchTemplateName TagSpecifications{} VersionDescription",
        "AWS::EC2::NetworkInterface": (
            "ConnectionTrackingSpecification(TcpEstablishedTimeout# UdpStreamTimeout# UdpTimeout#) Description "
            "EnablePrimaryIpv6? GroupSet[] InterfaceType Ipv4PrefixCount# Ipv4Prefixes[Ipv4Prefix] Ipv6AddressCount# "
            "Ipv6Addresses[Ipv6Address] Ipv6PrefixCount# Ipv6Prefixes[Ipv6Prefix] PrivateIpAddress "
            "PrivateIpAddresses[Primary? PrivateIpAddress] PublicIpDnsHostnameTypeSpecification "
            "SecondaryPrivateIpAddressCount# SourceDestCheck? SubnetId! Tags[Key Value]"
        ),
        "AWS::EC2::TransitGateway": (
            "AmazonSideAsn# AssociationDefaultRouteTableId AutoAcceptSharedAttachments DefaultRouteTableAssociation "
            "DefaultRouteTablePropagation Description DnsSupport EncryptionSupport MulticastSupport "
            "PropagationDefaultRouteTableId SecurityGroupReferencingSupport Tags[Key Value] "
            "TransitGatewayCidrBlocks[] VpnEcmpSupport"
        ),
        "AWS::EC2::VPCPeeringConnection": (
            "AssumeRoleRegion PeerOwnerId PeerRegion PeerRoleArn PeerVpcId! Tags[Key Value] VpcId!"
        ),
        "AWS::EC2::VPNGateway": "AmazonSideAsn# Tags[Key Value] Type!",
        "AWS::EC2::Volume": (
            "AutoEnableIO? AvailabilityZone AvailabilityZoneId Encrypted? Iops# KmsKeyId MultiAttachEnabled? "
            "OutpostArn Size# SnapshotId SourceVolumeId Tags[Key Value] Throughput# VolumeInitializationRate# "
            "VolumeType"
        ),
        "AWS::Events::Archive": "ArchiveName Description EventPattern{} KmsKeyIdentifier RetentionDays# SourceArn!",
        "AWS::Events::EventBus": (
            "DeadLetterConfig(Arn) Description EventSourceName KmsKeyIdentifier LogConfig(IncludeDetail Level) Name! "
            "Policy{} Tags[Key Value]"
        ),
        "AWS::Events::Rule": (
            "Description EventBusName EventPattern{} Name RoleArn ScheduleExpression State Tags[Key Value] "
            "Targets[AppSyncParameters(GraphQLOperation) Arn BatchParameters(ArrayProperties(Size#) JobDefinition "
            "JobName RetryStrategy(Attempts#)) DeadLetterConfig(Arn) EcsParameters(CapacityProviderStrategy[Base# "
            "CapacityProvider Weight#] EnableECSManagedTags? EnableExecuteCommand? Group LaunchType "
            "NetworkConfiguration(AwsVpcConfiguration(AssignPublicIp SecurityGroups[] Subnets[])) "
            "PlacementConstraints[Expression Type] PlacementStrategies[Field Type] PlatformVersion PropagateTags "
            "ReferenceId TagList[Key Value] TaskCount# TaskDefinitionArn) HttpParameters(HeaderParameters{} "
            "PathParameterValues[] QueryStringParameters{}) Id Input InputPath InputTransformer(InputPathsMap{} "
            "InputTemplate) KinesisParameters(PartitionKeyPath) RedshiftDataParameters(Database DbUser "
            "SecretManagerArn Sql Sqls[] StatementName WithEvent?) RetryPolicy(MaximumEventAgeInSeconds# "
            "MaximumRetryAttempts#) RoleArn RunCommandParameters(RunCommandTargets[Key Values[]]) "
            "SageMakerPipelineParameters(PipelineParameterList[Name Value]) SqsParameters(MessageGroupId)]"
        ),
        "AWS::IAM::AccessKey": "Serial# Status UserName!",
        "AWS::IAM::InstanceProfile": "InstanceProfileName Path Roles[]!",
        "AWS::IAM::User": (
            "Groups[] LoginProfile(Password PasswordResetRequired?) ManagedPolicyArns[] Path PermissionsBoundary "
            "Policies[PolicyDocument{} PolicyName] Tags[Key Value] UserName"
        ),
        "AWS::KMS::Alias": "AliasName! TargetKeyId!",
        "AWS::KMS::Key": (
            "BypassPolicyLockoutSafetyCheck? Description EnableKeyRotation? Enabled? KeyPolicy{} KeySpec KeyUsage "
            "MultiRegion? Origin PendingWindowInDays# RotationPeriodInDays# Tags[Key Value]"
        ),
        "AWS::S3::Bucket": (
            "AbacStatus AccelerateConfiguration{} AccessControl AnalyticsConfigurations{} BucketEncryption{} "
            "BucketName BucketNamePrefix BucketNamespace CorsConfiguration{} IntelligentTieringConfigurations{} "
            "InventoryConfigurations{} LifecycleConfiguration{} LoggingConfiguration{} MetadataConfiguration{} "
            "MetadataTableConfiguration{} MetricsConfigurations{} NotificationConfiguration{} "
            "ObjectLockConfiguration{} ObjectLockEnabled? OwnershipControls{} PublicAccessBlockConfiguration{} "
            "ReplicationConfiguration{} Tags{} VersioningConfiguration{} WebsiteConfiguration{}"
        ),
        "AWS::SNS::Topic": (
            "ArchivePolicy{} ContentBasedDeduplication? DataProtectionPolicy{} "
            "DeliveryStatusLogging[FailureFeedbackRoleArn Protocol SuccessFeedbackRoleArn SuccessFeedbackSampleRate] "
            "DisplayName FifoThroughputScope FifoTopic? KmsMasterKeyId MaximumMessageSize# SignatureVersion "
            "Subscription[Endpoint Protocol] Tags[Key Value] TopicName TracingConfig"
        ),
        "AWS::SQS::Queue": (
            "ContentBasedDeduplication? DeduplicationScope DelaySeconds# FifoQueue? FifoThroughputLimit "
            "KmsDataKeyReusePeriodSeconds# KmsMasterKeyId MaximumMessageSize# MessageRetentionPeriod# QueueName "
            "ReceiveMessageWaitTimeSeconds# RedriveAllowPolicy{} RedrivePolicy{} SqsManagedSseEnabled? Tags[Key "
            "Value] VisibilityTimeout#"
        ),
        "AWS::SSM::Document": (
            "Attachments[Key Name Values[]] Content{}! DocumentFormat DocumentType Name Requires[Name Version] "
            "Tags[Key Value] TargetType UpdateMethod VersionName"
        ),
        "AWS::SSM::Parameter": "AllowedPattern DataType Description Name Policies Tags{} Tier Type! Value!",
    },
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resource-type-schemas.html",
    read_on="2026-11-23",
)
