"""A whole design as one template: network, load balancer, roles, logs, service, scaling."""

from __future__ import annotations

WHOLE = """
AWSTemplateFormatVersion: 2010-09-09
Description: A shop on Fargate
Parameters:
  Count:
    Type: Number
    Default: 2
  Stage:
    Type: String
    AllowedValues: [test, live]
    Default: test
Conditions:
  IsLive: !Equals [!Ref Stage, live]
Mappings:
  Sizes:
    test: {Cpu: 256, Memory: 512}
    live: {Cpu: 1024, Memory: 2048}
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties: {CidrBlock: 10.0.0.0/16, EnableDnsHostnames: true, EnableDnsSupport: true}
  Gateway: {Type: AWS::EC2::InternetGateway}
  Attachment:
    Type: AWS::EC2::VPCGatewayAttachment
    Properties: {VpcId: !Ref Vpc, InternetGatewayId: !Ref Gateway}
  PublicA:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Vpc
      CidrBlock: !Select [0, !Cidr [!GetAtt Vpc.CidrBlock, 4, 8]]
      AvailabilityZone: !Select [0, !GetAZs ""]
      MapPublicIpOnLaunch: true
  PublicB:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Vpc
      CidrBlock: !Select [1, !Cidr [!GetAtt Vpc.CidrBlock, 4, 8]]
      AvailabilityZone: !Select [1, !GetAZs {Ref: "AWS::Region"}]
      MapPublicIpOnLaunch: true
  Routes: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Vpc}}
  ToInternet:
    Type: AWS::EC2::Route
    DependsOn: Attachment
    Properties: {RouteTableId: !Ref Routes, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gateway}
  RoutesA:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: {RouteTableId: !Ref Routes, SubnetId: !Ref PublicA}
  RoutesB:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: {RouteTableId: !Ref Routes, SubnetId: !Ref PublicB}
  Door:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: the balancer's
      VpcId: !Ref Vpc
      SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 80, ToPort: 80, CidrIp: 0.0.0.0/0}]
  Inside:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: the tasks'
      VpcId: !Ref Vpc
      SecurityGroupIngress:
        - {IpProtocol: tcp, FromPort: 80, ToPort: 80, SourceSecurityGroupId: !GetAtt Door.GroupId}
  Balancer:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties: {Subnets: [!Ref PublicA, !Ref PublicB], SecurityGroups: [!Ref Door]}
  Targets:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties:
      VpcId: !Ref Vpc
      Protocol: HTTP
      Port: 80
      TargetType: ip
      TargetGroupAttributes: [{Key: deregistration_delay.timeout_seconds, Value: 10}]
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Balancer
      Port: 80
      Protocol: HTTP
      DefaultActions: [{Type: forward, TargetGroupArn: !Ref Targets}]
  ExecutionRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: 2012-10-17
        Statement: [{Effect: Allow, Principal: {Service: ecs-tasks.amazonaws.com}, Action: "sts:AssumeRole"}]
      ManagedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"]
  Logs:
    Type: AWS::Logs::LogGroup
    Properties: {LogGroupName: !Sub "/ecs/${AWS::StackName}", RetentionInDays: 7}
  Cluster:
    Type: AWS::ECS::Cluster
    Properties:
      ClusterSettings: [{Name: containerInsights, Value: enabled}]
      Tags: [{Key: team, Value: web}]
  Definition:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: web
      Cpu: !FindInMap [Sizes, !Ref Stage, Cpu]
      Memory: !FindInMap [Sizes, !Ref Stage, Memory]
      NetworkMode: awsvpc
      RequiresCompatibilities: [FARGATE]
      ExecutionRoleArn: !GetAtt ExecutionRole.Arn
      ContainerDefinitions:
        - Name: app
          Image: public.ecr.aws/nginx/nginx:stable
          Essential: "true"
          Environment: [{Name: STAGE, Value: !Ref Stage}]
          PortMappings: [{ContainerPort: "80"}]
          LogConfiguration:
            LogDriver: awslogs
            Options:
              awslogs-group: !Ref Logs
              awslogs-region: !Ref AWS::Region
              awslogs-stream-prefix: web
  Web:
    Type: AWS::ECS::Service
    DependsOn: [Listener, ToInternet]
    Properties:
      Cluster: !Ref Cluster
      TaskDefinition: !Ref Definition
      LaunchType: FARGATE
      DesiredCount: !Ref Count
      LoadBalancers: [{ContainerName: app, ContainerPort: 80, TargetGroupArn: !Ref Targets}]
      NetworkConfiguration:
        AwsvpcConfiguration:
          AssignPublicIp: ENABLED
          SecurityGroups: [!GetAtt Inside.GroupId]
          Subnets: [!Ref PublicA, !Ref PublicB]
  Target:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties:
      ServiceNamespace: ecs
      ScalableDimension: ecs:service:DesiredCount
      ResourceId: !Sub "service/${Cluster}/${Web.Name}"
      MinCapacity: !If [IsLive, 2, 1]
      MaxCapacity: 4
  Policy:
    Type: AWS::ApplicationAutoScaling::ScalingPolicy
    Properties:
      PolicyName: cpu
      PolicyType: TargetTrackingScaling
      ScalingTargetId: !Ref Target
      TargetTrackingScalingPolicyConfiguration:
        TargetValue: 50
        PredefinedMetricSpecification: {PredefinedMetricType: ECSServiceAverageCPUUtilization}
  OnlyLive:
    Type: AWS::SQS::Queue
    Condition: IsLive
Outputs:
  Address: {Value: !GetAtt Balancer.DNSName, Description: where the shop is}
  Service: {Value: !GetAtt Web.Name, Export: {Name: !Sub "${AWS::StackName}-service"}}
  Definition: {Value: !Ref Definition}
  Queue: {Value: !Ref OnlyLive, Condition: IsLive}
  Target: {Value: !Ref Target}
  Joined: {Value: !Join ["-", [!Ref Stage, !Ref Count]]}
"""
