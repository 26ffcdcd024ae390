"""How the services that moto answers for differ here from plain moto, and why.

Data for the page on fidelity. A test (tests/fidelity/test_against_plain_moto.py) puts the same calls to plain moto and
to the simulated cloud: every difference that it finds is named here, and every difference that is named here shows.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Difference:
    """One way in which our answers are meant to differ from plain moto's."""

    what: str
    why: str
    laws: tuple[str, ...] = ()
    """Laws whose refusals plain moto does not give, or gives with another code or in other words."""
    answers: tuple[str, ...] = ()
    """Where else answers differ: "service:Operation Member.Member", with * for any text; the member Error stands for
    requests that plain moto refuses and we answer, or refuses otherwise."""


_UNDEPLOYABLE = "AWS refuses it: a design that only a simulator takes would fail when it is deployed."
_BROKEN_LATER = "AWS refuses it at once; taken, it shows only when tasks cannot start or cannot be reached."
_IN_USE = "AWS keeps what others depend on; without this, taking a design down in the wrong order would seem to work."
_TYPED = "AWS checks each value against the model of the service; a typing error would go unseen."

DIFFERENCES: tuple[Difference, ...] = (
    # Refused by laws
    Difference(
        "Values outside the lengths, ranges and spellings of the services' models are refused.",
        _TYPED,
        laws=("FG400", "FG401", "FG402", "FG403"),
    ),
    Difference(
        "Target groups: names, protocol versions and Application Load Balancers as targets are checked; one with "
        "other settings under a taken name and one in use are refused in AWS's words.",
        _UNDEPLOYABLE,
        laws=("FG404", "FG406", "FG407", "FG408", "FG409"),
    ),
    Difference(
        "Health checks: protocol, timeout against interval, success codes, port and being on at all are checked.",
        "A health check that AWS would not take decides whether a service's tasks are ever healthy.",
        laws=("FG410", "FG411", "FG412", "FG413"),
    ),
    Difference(
        "Targets: ids of the other target type, and addresses outside the VPC or in none of its subnets, are refused.",
        _BROKEN_LATER,
        laws=("FG414", "FG415"),
    ),
    Difference(
        "Load balancers: names, zones, subnets of one VPC with eight free addresses, security groups of that VPC and "
        "an internet gateway are demanded; a protected one is not deleted.",
        _UNDEPLOYABLE,
        laws=("FG416", "FG417", "FG418", "FG419", "FG420", "FG421", "FG422", "FG423", "FG424", "FG1526"),
    ),
    Difference(
        "Listeners: port, protocol, certificate and target group must fit each other and the load balancer.",
        _BROKEN_LATER,
        laws=("FG425", "FG426", "FG427", "FG428", "FG429", "FG430", "FG431"),
    ),
    Difference(
        "Actions and rules of listeners: what an action says, the order of several, redirects, weights, conditions "
        "and priorities are checked.",
        _UNDEPLOYABLE,
        laws=("FG432", "FG433", "FG434", "FG435", "FG436", "FG437", "FG438"),
    ),
    Difference(
        "Actions of listeners name their target groups once, say how long one sticks, and redirect to an address; "
        "conditions of rules say what their field must be.",
        _UNDEPLOYABLE,
        laws=("FG1520", "FG1521", "FG1522", "FG1523", "FG1524", "FG1525"),
    ),
    Difference(
        "Attributes of target groups and load balancers: unknown ones and values out of range are refused.",
        _TYPED,
        laws=("FG439", "FG440", "FG441", "FG443", "FG444"),
    ),
    Difference(
        "VPCs and subnets: reserved ranges, netmasks and zones are checked; a VPC has one internet gateway.",
        _UNDEPLOYABLE,
        laws=("FG445", "FG446", "FG447", "FG1527"),
    ),
    Difference(
        "VPCs, internet gateways, subnets, interfaces and security groups in use are neither detached nor deleted.",
        _IN_USE,
        laws=("FG448", "FG449", "FG450", "FG461", "FG1597", "FG1598"),
    ),
    Difference(
        "Elastic IPs in use are not released, and neither main route tables nor the default rules of listeners are "
        "deleted.",
        _IN_USE,
        laws=("FG1580", "FG1581", "FG1582", "FG1583", "FG1584"),
    ),
    Difference(
        "Policies, users and groups are deleted when nothing hangs on them any more.",
        _IN_USE,
        laws=("FG1585", "FG1586", "FG1587"),
    ),
    Difference(
        "A secret that is to be deleted has no value until it is restored, and keeps its name.",
        "moto stores new values in it, and says what the service does not.",
        laws=("FG1588", "FG1589"),
        answers=("secretsmanager:GetSecretValue Error",),
    ),
    Difference(
        "A KMS key that is disabled or to be deleted encrypts and decrypts nothing.",
        "moto uses a key in any state.",
        answers=("kms:Encrypt Error", "kms:Decrypt Error", "kms:GenerateDataKey Error", "kms:EnableKey Error"),
    ),
    Difference(
        "Routes, route tables and NAT gateways: one target a route, of the same VPC; one table a subnet; an Elastic "
        "IP for a public NAT gateway.",
        _BROKEN_LATER,
        laws=("FG451", "FG452", "FG453", "FG454"),
    ),
    Difference(
        "Security groups: names, ports, protocols, address blocks and peers are checked, and a rule that exists is "
        "refused in AWS's words.",
        _BROKEN_LATER,
        laws=("FG455", "FG456", "FG457", "FG458", "FG459", "FG460", "FG1528"),
    ),
    Difference(
        "VPC endpoints: type, place, groups and the DNS of the VPC are checked, and one private DNS name is answered "
        "once in a VPC.",
        "Endpoints are how a task without internet pulls its image; each of these is a usual mistake with them.",
        laws=("FG462", "FG463", "FG464", "FG465", "FG466"),
    ),
    Difference(
        "Repositories and images: names, settings that exclude each other and manifests are refused in AWS's words.",
        _UNDEPLOYABLE,
        laws=("FG467", "FG468", "FG469"),
    ),
    Difference(
        "Lifecycle policies of repositories: rules that compete and rules that select nothing are refused.",
        _UNDEPLOYABLE,
        laws=("FG470", "FG471", "FG472"),
    ),
    Difference(
        "File systems, mount targets and access points: throughput, keys, zones, addresses, groups and life cycles "
        "are checked.",
        _BROKEN_LATER,
        laws=("FG473", "FG474", "FG475", "FG476", "FG477", "FG478", "FG479"),
    ),
    Difference(
        "Trust policies are judged by AWS's grammar: principals, actions of STS and no resource.",
        "moto takes any text; a role that ECS cannot assume is the most usual reason why a task does not start.",
        laws=("FG480", "FG481", "FG482", "FG483"),
    ),
    Difference(
        "Names, lengths and numbers of identities' policies are checked, and principals in them refused.",
        _UNDEPLOYABLE,
        laws=("FG484", "FG485", "FG486", "FG487", "FG488"),
    ),
    Difference(
        "Values that EC2, ECR, Systems Manager and KMS do not offer, and tags of something else, are refused.",
        _TYPED,
        laws=("FG1593", "FG1594", "FG1595", "FG1596"),
    ),
    Difference(
        "Retention of logs, tiers, names and patterns of parameters, names and recovery of secrets are checked.",
        _TYPED,
        laws=("FG489", "FG490", "FG491", "FG492", "FG493", "FG494"),
    ),
    Difference(
        "Alarms, schedules, targets that run tasks and attributes of queues are checked.",
        _UNDEPLOYABLE,
        laws=("FG495", "FG496", "FG497", "FG498", "FG499", "FG1570", "FG1599"),
    ),
    Difference(
        "EventBridge: patterns that AWS's compiler refuses, roles that EventBridge may not assume, dead-letter queues "
        "that are none, and a sixth target are refused.",
        "Taken, such a rule matches nothing or fails at night, when nobody looks.",
        laws=("FG1500", "FG1501", "FG1502", "FG1503", "FG1504", "FG1505"),
    ),
    Difference(
        "EventBridge Scheduler: expressions, windows, roles and targets are checked.",
        _UNDEPLOYABLE,
        laws=("FG1510", "FG1511", "FG1512", "FG1513", "FG1514", "FG1515", "FG1516", "FG1517"),
    ),
    # Answered otherwise
    Difference(
        "The default VPC has an internet gateway and a route to it.",
        "So it is in every account, and a first task in it can pull its image.",
        answers=("ec2:DescribeInternetGateways InternetGateways", "ec2:DescribeRouteTables RouteTables.Routes"),
    ),
    Difference(
        "The default security group of a VPC admits what is in it.",
        "So it does in AWS; moto's admits nothing.",
        answers=("ec2:DescribeSecurityGroups SecurityGroups.IpPermissions",),
    ),
    Difference(
        "Elastic IPs are addresses of the internet.",
        "moto draws them from 127.0.0.0/8, which is no way out of a VPC.",
        answers=("ec2:* *PublicIp", "ec2:DescribeNetworkInterfaces *.PublicDnsName"),
    ),
    Difference(
        "Network interfaces, NAT gateways and mount targets have the lowest free address of their subnet.",
        "moto draws addresses that AWS keeps, that lie outside the subnet or that another interface holds.",
        answers=(
            "ec2:*NatGateway* *.PrivateIp",
            "ec2:*NetworkInterface* *.PrivateIpAddress",
            "ec2:*NetworkInterface* *.PrivateDnsName",
            "ec2:DescribeAddresses *.PrivateIpAddress",
            "efs:*MountTarget* *IpAddress",
        ),
    ),
    Difference(
        "What a deleted NAT gateway held is free again.",
        "moto keeps its interface and the association of its Elastic IP for ever.",
        answers=(
            "ec2:DescribeAddresses *.AssociationId",
            "ec2:DescribeAddresses *.NetworkInterfaceId",
            "ec2:DescribeAddresses *.NetworkInterfaceOwnerId",
            "ec2:DescribeNetworkInterfaces NetworkInterfaces",
        ),
    ),
    Difference(
        "Interfaces of NAT gateways and endpoints say what they are for, and have the endpoint's security groups.",
        "moto gives them no description and the default group: whether port 443 is open could not be judged.",
        answers=(
            "ec2:DescribeNetworkInterfaces *.Description",
            "ec2:DescribeNetworkInterfaces *.InterfaceType",
            "ec2:DescribeNetworkInterfaces *.Groups.*",
        ),
    ),
    Difference(
        "A VPC endpoint has the type Gateway and the default security group where none is named.",
        "These are AWS's defaults; moto leaves both empty.",
        answers=("ec2:*VpcEndpoint* *.Groups", "ec2:*VpcEndpoint* *.VpcEndpointType"),
    ),
    Difference(
        "ModifyVpcEndpoint changes private DNS and interfaces too, and a deleted endpoint is gone.",
        "moto changes lists of ids alone, and describes deleted endpoints for ever.",
        answers=(
            "ec2:DescribeVpcEndpoints *.NetworkInterfaceIds",
            "ec2:DescribeVpcEndpoints *.PrivateDnsEnabled",
            "ec2:DescribeVpcEndpoints Error",
        ),
    ),
    Difference(
        "DescribeVpcEndpointServices answers from a table.",
        "moto imports all of its services for it, with packages that the course does not install.",
        answers=("ec2:DescribeVpcEndpointServices Error",),
    ),
    Difference(
        "Key pairs and descriptions of machines are left out.",
        "Fargate shows no machines, and key material is something that no seed can repeat.",
        answers=("ec2:CreateKeyPair Error", "ec2:DescribeInstanceTypes Error"),
    ),
    Difference(
        "KMS makes symmetric keys only.",
        "Asymmetric keys are drawn outside the simulated entropy.",
        answers=("kms:CreateKey Error",),
    ),
    Difference(
        "A KMS key can be named by its ARN in every call.",
        "moto breaks where one is.",
        answers=("kms:DisableKey Error",),
    ),
    Difference(
        "Alarms begin without data, are evaluated, and have a history.",
        "moto's are born OK, never change, and their history cannot be asked.",
        answers=("cloudwatch:DescribeAlarms *.StateValue", "cloudwatch:DescribeAlarmHistory Error"),
    ),
    Difference(
        "CreateLoadBalancer and CreateTargetGroup give back what exists where the same settings are asked again, and "
        "take names with two hyphens in a row.",
        "Both are idempotent in AWS; moto makes a second load balancer and refuses the target group.",
        answers=("elbv2:CreateLoadBalancer *", "elbv2:CreateTargetGroup Error"),
    ),
    Difference(
        "A target group that is gone is deleted, and a target that is not registered is taken away, without an error.",
        "Both are so in AWS; moto refuses them.",
        answers=("elbv2:DeleteTargetGroup Error", "elbv2:DeregisterTargets Error"),
    ),
    Difference(
        "Targets of a group that no load balancer uses are unused, and so are those that were never registered; the "
        "port of the check is a number.",
        "moto calls them healthy or unavailable.",
        answers=("elbv2:DescribeTargetHealth TargetHealthDescriptions.*",),
    ),
    Difference(
        "A target group of HTTP or HTTPS has all its attributes.",
        "moto leaves out half of them, and adds one of load balancers.",
        answers=("elbv2:DescribeTargetGroupAttributes Attributes",),
    ),
    Difference(
        "A condition of a rule can name regular expressions in place of values.",
        "moto looks for values alone, and breaks.",
        answers=("elbv2:CreateRule Error",),
    ),
    Difference(
        "The ARN of a listener's default rule ends in digits of the world's own entropy.",
        "moto's ends in an address of the machine's memory.",
        answers=("elbv2:DescribeRules *.RuleArn",),
    ),
    Difference(
        "Listeners and rules are shown with everything that ELB fills in, and with nothing that they have not.",
        "moto shows actions and conditions as they were written, and an SSL policy on listeners without TLS.",
        answers=("elbv2:*Listener* Listeners.*", "elbv2:CreateRule Rules.*", "elbv2:DescribeRules Rules.*"),
    ),
    Difference(
        "A target group names each load balancer that forwards to it once.",
        "moto names it once for every listener and rule, and goes on naming it when they are gone.",
        answers=("elbv2:*TargetGroup* TargetGroups.LoadBalancerArns",),
    ),
    Difference(
        "The digest of an image is that of its manifest.",
        "moto draws one of a hundred: two images can have the same.",
        answers=("ecr:* *.imageDigest",),
    ),
    Difference(
        "Another image under a tag that may not move is refused as ImageTagAlreadyExistsException.",
        "So does ECR; moto says ImageAlreadyExistsException.",
        answers=("ecr:PutImage Error",),
    ),
    Difference(
        "Names of repositories with two hyphens or underscores, and lifecycle rules by the last pull, are taken.",
        "ECR allows them today; moto knows the rules of 2021.",
        answers=("ecr:CreateRepository Error", "ecr:PutLifecyclePolicy Error"),
    ),
    Difference(
        "A login to ECR lasts twelve hours.",
        "moto's expired in 2015.",
        answers=("ecr:GetAuthorizationToken *.expiresAt",),
    ),
    Difference(
        "AWS's managed policies for ECS exist.",
        "moto loads none of AWS's policies unless it is told to load a thousand.",
        answers=("iam:AttachRolePolicy Error", "iam:ListAttachedRolePolicies AttachedPolicies"),
    ),
    Difference(
        "Inline policies of the version of 2008, or of none, are taken.",
        "IAM takes them; moto refuses both.",
        answers=("iam:PutRolePolicy Error",),
    ),
    Difference(
        "A user is shown with its permissions boundary.",
        "IAM judges by it; moto forgets it.",
        answers=("iam:CreateUser User.PermissionsBoundary", "iam:GetUser User.PermissionsBoundary"),
    ),
    Difference(
        "A role is assumed by those alone whom its trust policy names.",
        "moto hands out every role, also one that does not exist.",
        answers=("sts:AssumeRole Error",),
    ),
    Difference(
        "TestEventPattern is answered.",
        "moto answers nothing; here the matcher of rules answers.",
        answers=("events:TestEventPattern Result",),
    ),
    Difference(
        "Stacks of CloudFormation are made.",
        "Plain moto imports all of its services for them, with packages that the course does not install.",
        answers=("cloudformation:CreateStack Error",),
    ),
    Difference(
        "The caller is the IAM user learner.",
        "moto's caller is a user whose ARN belongs to STS, which no policy could name.",
        answers=("sts:GetCallerIdentity *",),
    ),
)
