"""A cell that makes a cluster with a service of two tasks, for tests that look at a live cloud."""

from __future__ import annotations

SERVICE = (
    "ecs = boto3.client('ecs')\necs.create_cluster(clusterName='ferryline')\n"
    "ecs.register_task_definition(family='hello', requiresCompatibilities=['FARGATE'], networkMode='awsvpc',"
    " cpu='256', memory='512', containerDefinitions=[dict(name='web', image='public.ecr.aws/nginx/nginx:1.27')])\n"
    "subnet = boto3.client('ec2').describe_subnets()['Subnets'][0]['SubnetId']\n"
    "net = dict(awsvpcConfiguration=dict(subnets=[subnet], assignPublicIp='ENABLED'))\n"
    "ecs.create_service(cluster='ferryline', serviceName='hello', taskDefinition='hello', desiredCount=2,"
    " launchType='FARGATE', networkConfiguration=net)['service']['status']"
)
