"""Each resource type: what it makes, what Ref and Fn::GetAtt give, how it changes and goes."""

from __future__ import annotations

import json
from typing import Any

import boto3
from stack_desk import CLUSTER, TRUST, Desk, definition, service, shop

ARN = "arn:aws:ecs:us-east-1:123456789012"


def out(**values: Any) -> dict[str, Any]:
    return {name: {"Value": value} for name, value in values.items()}


def made(desk: Desk, resources: dict[str, Any], outputs: dict[str, Any], **more: Any) -> dict[str, str]:
    """The outputs of a stack of these resources."""
    assert desk.create(json.dumps({"Resources": resources, "Outputs": outputs}), **more) == "CREATE_COMPLETE"
    return desk.outputs()


def att(logical: str, attribute: str) -> dict[str, Any]:
    return {"Fn::GetAtt": [logical, attribute]}


def ref(logical: str) -> dict[str, Any]:
    return {"Ref": logical}


def test_a_cluster_is_its_name_and_has_what_the_template_says(desk: Desk) -> None:
    properties = {
        "ClusterName": "shop",
        "CapacityProviders": ["FARGATE", "FARGATE_SPOT"],
        "DefaultCapacityProviderStrategy": [{"CapacityProvider": "FARGATE_SPOT", "Weight": "1"}],
        "ClusterSettings": [{"Name": "containerInsights", "Value": "enhanced"}],
        "Configuration": {"ExecuteCommandConfiguration": {"Logging": "DEFAULT"}},
        "Tags": [{"Key": "team", "Value": "web"}],
    }
    resources = {"Cluster": {"Type": "AWS::ECS::Cluster", "Properties": properties}}
    found = made(desk, resources, out(Ref=ref("Cluster"), Arn=att("Cluster", "Arn")))
    assert found == {"Ref": "shop", "Arn": f"{ARN}:cluster/shop"}
    everything = ["SETTINGS", "CONFIGURATIONS", "TAGS"]
    cluster = desk.ecs.describe_clusters(clusters=["shop"], include=everything)["clusters"][0]
    assert cluster["capacityProviders"] == ["FARGATE", "FARGATE_SPOT"]
    assert cluster["defaultCapacityProviderStrategy"] == [{"capacityProvider": "FARGATE_SPOT", "weight": 1, "base": 0}]
    assert cluster["settings"] == [{"name": "containerInsights", "value": "enhanced"}]
    assert cluster["configuration"]["executeCommandConfiguration"]["logging"] == "DEFAULT"
    tags = {each["key"]: each["value"] for each in cluster["tags"]}
    assert tags["team"] == "web"
    assert tags["aws:cloudformation:stack-name"] == "demo"
    assert tags["aws:cloudformation:logical-id"] == "Cluster"


def test_a_cluster_without_a_name_gets_one(desk: Desk) -> None:
    desk.create({"Cluster": {"Type": "AWS::ECS::Cluster"}})
    assert desk.physical("Cluster").startswith("demo-Cluster-")
    assert len(desk.physical("Cluster")) == len("demo-Cluster-") + 12


def test_the_providers_of_a_cluster_can_be_a_resource_of_their_own(desk: Desk) -> None:
    associations = {
        "Cluster": ref("Cluster"),
        "CapacityProviders": ["FARGATE"],
        "DefaultCapacityProviderStrategy": [{"CapacityProvider": "FARGATE"}],
    }
    kind = "AWS::ECS::ClusterCapacityProviderAssociations"
    resources = {"Cluster": CLUSTER, "Providers": {"Type": kind, "Properties": associations}}
    assert made(desk, resources, out(Ref=ref("Providers"))) == {"Ref": "shop"}
    providers = desk.ecs.describe_clusters(clusters=["shop"])["clusters"][0]["capacityProviders"]
    assert providers == ["FARGATE"]
    desk.update({"Cluster": CLUSTER})
    assert desk.ecs.describe_clusters(clusters=["shop"])["clusters"][0]["capacityProviders"] == []


def test_a_capacity_provider_is_its_name(desk: Desk) -> None:
    group = "arn:aws:autoscaling:us-east-1:123456789012:autoScalingGroup:0a:autoScalingGroupName/machines"
    properties = {"Name": "machines", "AutoScalingGroupProvider": {"AutoScalingGroupArn": group}}
    resources = {"Provider": {"Type": "AWS::ECS::CapacityProvider", "Properties": properties}}
    assert made(desk, resources, out(Ref=ref("Provider"))) == {"Ref": "machines"}
    known = desk.ecs.describe_capacity_providers(capacityProviders=["machines"])["capacityProviders"][0]
    assert known["autoScalingGroupProvider"]["autoScalingGroupArn"] == group


def test_a_definition_is_its_revision_with_every_property(desk: Desk) -> None:
    container = {
        "Name": "app",
        "Image": "public.ecr.aws/nginx/nginx:stable",
        "Essential": "true",
        "Environment": [{"Name": "A", "Value": 1}],
        "PortMappings": [{"ContainerPort": "80", "AppProtocol": "http", "Name": "web"}],
        "Secrets": [{"Name": "KEY", "ValueFrom": "arn:aws:ssm:us-east-1:123456789012:parameter/key"}],
        "MountPoints": [{"SourceVolume": "data", "ContainerPath": "/data", "ReadOnly": "false"}],
        "HealthCheck": {"Command": ["CMD-SHELL", "true"], "Interval": "10"},
        "DockerLabels": {"a.b": "c"},
        "Ulimits": [{"Name": "nofile", "SoftLimit": 1024, "HardLimit": 4096}],
        "LinuxParameters": {"InitProcessEnabled": True, "Capabilities": {"Drop": ["ALL"]}},
    }
    files = {
        "FilesystemId": "fs-0123456789abcdef0",
        "TransitEncryption": "ENABLED",
        "AuthorizationConfig": {"AccessPointId": "fsap-0123456789abcdef0", "IAM": "ENABLED"},
    }
    properties = definition(
        Cpu=1024,
        Memory=2048,
        ContainerDefinitions=[container],
        Volumes=[{"Name": "data", "EFSVolumeConfiguration": files}],
        ExecutionRoleArn=att("Role", "Arn"),
        EphemeralStorage={"SizeInGiB": "30"},
        RuntimePlatform={"CpuArchitecture": "ARM64", "OperatingSystemFamily": "LINUX"},
        Tags=[{"Key": "team", "Value": "web"}],
    )
    role = {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": TRUST}}
    resources = {"Role": role, "Definition": properties}
    outputs = out(Ref=ref("Definition"), Arn=att("Definition", "TaskDefinitionArn"))
    assert set(made(desk, resources, outputs).values()) == {f"{ARN}:task-definition/web:1"}
    answer = desk.ecs.describe_task_definition(taskDefinition="web", include=["TAGS"])
    found = answer["taskDefinition"]
    assert (found["cpu"], found["memory"], found["networkMode"]) == ("1024", "2048", "awsvpc")
    assert found["ephemeralStorage"] == {"sizeInGiB": 30}
    assert found["runtimePlatform"] == {"cpuArchitecture": "ARM64", "operatingSystemFamily": "LINUX"}
    assert found["volumes"][0]["efsVolumeConfiguration"]["fileSystemId"] == "fs-0123456789abcdef0"
    assert found["volumes"][0]["efsVolumeConfiguration"]["authorizationConfig"]["iam"] == "ENABLED"
    one = found["containerDefinitions"][0]
    assert one["environment"] == [{"name": "A", "value": "1"}]
    assert one["portMappings"][0]["containerPort"] == 80
    assert one["dockerLabels"] == {"a.b": "c"}
    assert one["healthCheck"]["interval"] == 10
    assert {"key": "team", "value": "web"} in answer["tags"]
    desk.delete()
    assert desk.ecs.describe_task_definition(taskDefinition="web:1")["taskDefinition"]["status"] == "INACTIVE"


def test_a_service_is_its_arn_and_knows_its_name(desk: Desk) -> None:
    resources = {**shop(desk.subnets, ServiceName="web", EnableECSManagedTags=True, PropagateTags="SERVICE")}
    outputs = out(Ref=ref("Web"), Name=att("Web", "Name"), Arn=att("Web", "ServiceArn"))
    found = made(desk, resources, outputs)
    assert found == {"Ref": f"{ARN}:service/shop/web", "Name": "web", "Arn": f"{ARN}:service/shop/web"}
    service = desk.ecs.describe_services(cluster="shop", services=["web"], include=["TAGS"])["services"][0]
    assert service["desiredCount"] == 1  # the default of a template, not of the API
    assert service["enableECSManagedTags"] is True
    assert {"key": "aws:cloudformation:logical-id", "value": "Web"} in service["tags"]


def test_task_sets_and_the_primary_one_are_made_for_a_service_of_an_own_controller(desk: Desk) -> None:
    network = {"AwsvpcConfiguration": {"Subnets": desk.subnets, "AssignPublicIp": "ENABLED"}}
    owned = {
        "Type": "AWS::ECS::Service",
        "Properties": {"ServiceName": "web", "Cluster": ref("Cluster"), "DeploymentController": {"Type": "EXTERNAL"}},
    }
    task_set = {
        "Cluster": ref("Cluster"),
        "Service": att("Web", "Name"),
        "TaskDefinition": ref("Definition"),
        "LaunchType": "FARGATE",
        "NetworkConfiguration": network,
        "Scale": {"Unit": "PERCENT", "Value": 100},
    }
    primary = {"Cluster": ref("Cluster"), "Service": att("Web", "Name"), "TaskSetId": att("Blue", "Id")}
    resources = {
        "Cluster": CLUSTER,
        "Definition": definition(),
        "Web": owned,
        "Blue": {"Type": "AWS::ECS::TaskSet", "Properties": task_set},
        "Primary": {"Type": "AWS::ECS::PrimaryTaskSet", "Properties": primary},
    }
    found = made(desk, resources, out(Id=att("Blue", "Id"), Ref=ref("Blue"), Primary=ref("Primary")))
    known = desk.ecs.describe_task_sets(cluster="shop", service="web")["taskSets"][0]
    assert known["status"] == "PRIMARY"
    assert found == {"Id": known["id"], "Ref": f"shop|web|{known['id']}", "Primary": known["id"]}
    desk.delete()
    assert desk.ecs.list_clusters()["clusterArns"] == []


def scaled(desk: Desk, **policy: Any) -> dict[str, Any]:
    target = {
        "ServiceNamespace": "ecs",
        "ScalableDimension": "ecs:service:DesiredCount",
        "ResourceId": {"Fn::Sub": "service/${Cluster}/${Web.Name}"},
        "MinCapacity": "1",
        "MaxCapacity": 4,
        "ScheduledActions": [
            {
                "ScheduledActionName": "night",
                "Schedule": "cron(0 22 * * ? *)",
                "ScalableTargetAction": {"MinCapacity": 1, "MaxCapacity": 1},
            }
        ],
    }
    tracking = {
        "TargetValue": "60",
        "PredefinedMetricSpecification": {"PredefinedMetricType": "ECSServiceAverageCPUUtilization"},
    }
    properties = {
        "PolicyName": "cpu",
        "PolicyType": "TargetTrackingScaling",
        "ScalingTargetId": ref("Target"),
        "TargetTrackingScalingPolicyConfiguration": tracking,
        **policy,
    }
    return {
        **shop(desk.subnets, ServiceName="web"),
        "Target": {"Type": "AWS::ApplicationAutoScaling::ScalableTarget", "Properties": target},
        "Policy": {"Type": "AWS::ApplicationAutoScaling::ScalingPolicy", "Properties": properties},
    }


def test_a_scaled_service_has_its_target_policy_and_schedule(desk: Desk) -> None:
    outputs = out(Target=ref("Target"), Id=att("Target", "Id"), Policy=ref("Policy"), Arn=att("Policy", "Arn"))
    found = made(desk, scaled(desk), outputs)
    assert found["Target"] == found["Id"] == "service/shop/web|ecs:service:DesiredCount|ecs"
    assert found["Policy"] == found["Arn"]
    scaling = boto3.client("application-autoscaling")
    target = scaling.describe_scalable_targets(ServiceNamespace="ecs")["ScalableTargets"][0]
    assert (target["ResourceId"], target["MinCapacity"], target["MaxCapacity"]) == ("service/shop/web", 1, 4)
    policy = scaling.describe_scaling_policies(ServiceNamespace="ecs")["ScalingPolicies"][0]
    assert policy["PolicyARN"] == found["Policy"]
    assert policy["TargetTrackingScalingPolicyConfiguration"]["TargetValue"] == 60.0
    actions = scaling.describe_scheduled_actions(ServiceNamespace="ecs")["ScheduledActions"]
    assert [each["ScheduledActionName"] for each in actions] == ["night"]
    desk.delete()
    assert scaling.describe_scalable_targets(ServiceNamespace="ecs")["ScalableTargets"] == []


def test_a_deployment_group_is_made_with_its_application_and_configuration(desk: Desk) -> None:
    subnets = desk.subnets
    vpc = desk.ec2.describe_subnets(SubnetIds=subnets)["Subnets"][0]["VpcId"]
    group = {"VpcId": vpc, "Protocol": "HTTP", "Port": 80, "TargetType": "ip"}
    balancer = "AWS::ElasticLoadBalancingV2::"
    deploys = {"Statement": [{**TRUST["Statement"][0], "Principal": {"Service": "codedeploy.amazonaws.com"}}]}  # type: ignore[dict-item]
    pair = {
        "ProdTrafficRoute": {"ListenerArns": [ref("Listener")]},
        "TargetGroups": [{"Name": att("Blue", "TargetGroupName")}, {"Name": att("Green", "TargetGroupName")}],
    }
    blue_green = {
        "DeploymentReadyOption": {"ActionOnTimeout": "CONTINUE_DEPLOYMENT"},
        "TerminateBlueInstancesOnDeploymentSuccess": {"Action": "TERMINATE", "TerminationWaitTimeInMinutes": "5"},
    }
    resources = {
        **shop(
            subnets,
            ServiceName="web",
            DeploymentController={"Type": "CODE_DEPLOY"},
            LoadBalancers=[{"ContainerName": "app", "ContainerPort": 80, "TargetGroupArn": ref("Blue")}],
        ),
        "Blue": {"Type": f"{balancer}TargetGroup", "Properties": group},
        "Green": {"Type": f"{balancer}TargetGroup", "Properties": group},
        "Balancer": {"Type": f"{balancer}LoadBalancer", "Properties": {"Subnets": subnets}},
        "Listener": {
            "Type": f"{balancer}Listener",
            "Properties": {
                "LoadBalancerArn": ref("Balancer"),
                "Port": 80,
                "Protocol": "HTTP",
                "DefaultActions": [{"Type": "forward", "TargetGroupArn": ref("Blue")}],
            },
        },
        "Role": {
            "Type": "AWS::IAM::Role",
            "Properties": {
                "AssumeRolePolicyDocument": deploys,
                "ManagedPolicyArns": ["arn:aws:iam::aws:policy/AWSCodeDeployRoleForECS"],
            },
        },
        "Application": {"Type": "AWS::CodeDeploy::Application", "Properties": {"ComputePlatform": "ECS"}},
        "Config": {
            "Type": "AWS::CodeDeploy::DeploymentConfig",
            "Properties": {
                "DeploymentConfigName": "slowly",
                "ComputePlatform": "ECS",
                "TrafficRoutingConfig": {
                    "Type": "TimeBasedCanary",
                    "TimeBasedCanary": {"CanaryInterval": 5, "CanaryPercentage": "10"},
                },
            },
        },
        "Group": {
            "Type": "AWS::CodeDeploy::DeploymentGroup",
            "Properties": {
                "ApplicationName": ref("Application"),
                "DeploymentGroupName": "web",
                "DeploymentConfigName": ref("Config"),
                "ServiceRoleArn": att("Role", "Arn"),
                "DeploymentStyle": {
                    "DeploymentType": "BLUE_GREEN",
                    "DeploymentOption": "WITH_TRAFFIC_CONTROL",
                },
                "BlueGreenDeploymentConfiguration": blue_green,
                "LoadBalancerInfo": {"TargetGroupPairInfoList": [pair]},
                "ECSServices": [{"ClusterName": ref("Cluster"), "ServiceName": att("Web", "Name")}],
                "AutoRollbackConfiguration": {"Enabled": True, "Events": ["DEPLOYMENT_FAILURE"]},
            },
        },
    }
    resources["Web"]["DependsOn"] = "Listener"
    found = made(desk, resources, out(App=ref("Application"), Config=ref("Config"), Group=ref("Group")))
    assert found["App"].startswith("demo-Application-")
    assert (found["Config"], found["Group"]) == ("slowly", "web")
    deploy = boto3.client("codedeploy")
    info = deploy.get_deployment_group(applicationName=found["App"], deploymentGroupName="web")["deploymentGroupInfo"]
    assert info["ecsServices"] == [{"clusterName": "shop", "serviceName": "web"}]
    assert info["deploymentConfigName"] == "slowly"
    config = deploy.get_deployment_config(deploymentConfigName="slowly")["deploymentConfigInfo"]
    assert config["trafficRoutingConfig"]["timeBasedCanary"] == {"canaryPercentage": 10, "canaryInterval": 5}
    desk.delete()
    assert deploy.list_applications()["applications"] == []
    assert desk.ecs.list_clusters()["clusterArns"] == []


def test_an_eks_cluster_and_its_profile_are_complete_when_they_are_active(desk: Desk) -> None:
    vpc = desk.ec2.create_vpc(CidrBlock="10.1.0.0/16")["Vpc"]["VpcId"]
    zones = ("us-east-1a", "us-east-1b")
    subnets = [
        desk.ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.1.{i}.0/24", AvailabilityZone=zone)["Subnet"]["SubnetId"]
        for i, zone in enumerate(zones)
    ]

    def role(service: str) -> dict[str, Any]:
        trust = {"Statement": [{"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}]}
        return {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": trust}}

    resources = {
        "Role": role("eks.amazonaws.com"),
        "Pods": role("eks-fargate-pods.amazonaws.com"),
        "Cluster": {
            "Type": "AWS::EKS::Cluster",
            "Properties": {
                "Name": "shop",
                "RoleArn": att("Role", "Arn"),
                "ResourcesVpcConfig": {"SubnetIds": subnets, "EndpointPrivateAccess": "true"},
                "Logging": {"ClusterLogging": {"EnabledTypes": [{"Type": "api"}]}},
                "Tags": [{"Key": "team", "Value": "web"}],
            },
        },
        "Profile": {
            "Type": "AWS::EKS::FargateProfile",
            "Properties": {
                "ClusterName": ref("Cluster"),
                "FargateProfileName": "web",
                "PodExecutionRoleArn": att("Pods", "Arn"),
                "Subnets": subnets,
                "Selectors": [{"Namespace": "shop", "Labels": [{"Key": "app", "Value": "web"}]}],
            },
        },
    }
    outputs = out(Ref=ref("Cluster"), Arn=att("Cluster", "Arn"), End=att("Cluster", "Endpoint"), Profile=ref("Profile"))
    found = made(desk, resources, outputs)
    assert found["Ref"] == "shop"
    assert found["Arn"].endswith(":cluster/shop")
    assert found["End"].startswith("https://")
    assert found["Profile"] == "shop|web"
    eks = boto3.client("eks")
    cluster = eks.describe_cluster(name="shop")["cluster"]
    assert (cluster["status"], cluster["tags"]["team"]) == ("ACTIVE", "web")
    assert cluster["logging"]["clusterLogging"][0] == {"types": ["api"], "enabled": True}
    profile = eks.describe_fargate_profile(clusterName="shop", fargateProfileName="web")["fargateProfile"]
    assert profile["selectors"] == [{"namespace": "shop", "labels": {"app": "web"}}]
    desk.delete()
    assert eks.list_clusters()["clusters"] == []


def test_stack_tags_are_put_on_what_the_stack_makes(desk: Desk) -> None:
    desk.create(shop(desk.subnets, ServiceName="web"), Tags=[{"Key": "cost", "Value": "7"}])
    for arn in (f"{ARN}:cluster/shop", f"{ARN}:service/shop/web", f"{ARN}:task-definition/web:1"):
        tags = desk.ecs.list_tags_for_resource(resourceArn=arn)["tags"]
        assert {"key": "cost", "value": "7"} in tags


def test_a_name_that_is_taken_is_refused(desk: Desk) -> None:
    desk.ecs.create_cluster(clusterName="shop")
    assert desk.create({"Cluster": CLUSTER}) == "ROLLBACK_COMPLETE"
    assert "Resource of type 'AWS::ECS::Cluster' with identifier 'shop' already exists." in desk.failure()
    assert desk.ecs.describe_clusters(clusters=["shop"])["clusters"][0]["status"] == "ACTIVE"


def test_a_service_with_its_own_listener_waits_for_it_only_where_the_template_says_so(desk: Desk) -> None:
    vpc = desk.ec2.describe_subnets(SubnetIds=desk.subnets)["Subnets"][0]["VpcId"]
    group = {"VpcId": vpc, "Protocol": "HTTP", "Port": 80, "TargetType": "ip"}
    resources = {
        "Cluster": CLUSTER,
        "Definition": definition(),
        "Targets": {"Type": "AWS::ElasticLoadBalancingV2::TargetGroup", "Properties": group},
        "Web": service(
            desk.subnets,
            LoadBalancers=[{"ContainerName": "app", "ContainerPort": 80, "TargetGroupArn": ref("Targets")}],
        ),
    }
    assert desk.create(resources) == "ROLLBACK_COMPLETE"
    assert "does not have an associated load balancer." in desk.failure()
