"""Three hints a question: a nudge, where to look, how."""

BY_ECS = (
    "To steer customers by version a load balancer needs two target groups and a rule that divides by weight.",
    "deploymentConfiguration names the strategy: CANARY, LINEAR or BLUE_GREEN, with its percent and minutes; "
    "bakeTimeInMinutes is how long the old tasks are kept. The load balancer of the service gets an "
    "advancedConfiguration.",
    "create_target_group twice, create_listener at port 80, create_rule(Actions=[{'Type': 'forward', "
    "'ForwardConfig': ...}]), then create_service with loadBalancers=[{..., 'advancedConfiguration': "
    "{'alternateTargetGroupArn', 'productionListenerRule', 'roleArn': desk.roles['shifting']}}]. Last the waiter "
    "services_stable.",
)
GOES_BACK = (
    "The tasks of a bad version are healthy. Only what the program answers gives it away.",
    "An alarm on HTTPCode_Target_5XX_Count of this service's load balancer, with a period of a minute. The "
    "deployment names it. How many errors a minute come on a busy day, and how many more from the smallest part "
    "of the customers with a bad version?",
    "put_metric_alarm(Namespace='AWS/ApplicationELB', Dimensions=[{'Name': 'LoadBalancer', 'Value': what stands "
    "behind loadbalancer/ in its ARN}], Statistic='Sum', Period=60, EvaluationPeriods=2, Threshold=2 * "
    "desk.usual, ...), then update_service(deploymentConfiguration={..., 'alarms': {'alarmNames': [...], "
    "'enable': True, 'rollback': True}}).",
)
BY_CODEDEPLOY = (
    "The service gives its deployments away when it is made. An application and a deployment group take them over.",
    "deploymentController CODE_DEPLOY; a deployment group of the style BLUE_GREEN, WITH_TRAFFIC_CONTROL, with "
    "both target groups, the listener, one of CodeDeploy's ready configurations for ECS, the alarm and "
    "autoRollbackConfiguration.",
    "list_deployment_configs shows the ready ones: CodeDeployDefault.ECSCanary10Percent5Minutes and so on. "
    "terminationWaitTimeInMinutes is how long the old tasks are kept. autoRollbackConfiguration: {'enabled': "
    "True, 'events': ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM']}. Then create_deployment with an AppSpec, and "
    "CodeDeploy's waiter deployment_successful with WaiterConfig={'MaxAttempts': 400}: it looks every 15 seconds.",
)
BY_TEMPLATE = (
    "Everything that you made for the first service has a type in CloudFormation, with the same members in "
    "capital letters.",
    "AWS::ECS::TaskDefinition, AWS::ElasticLoadBalancingV2::TargetGroup, ::Listener and ::ListenerRule, "
    "AWS::CloudWatch::Alarm, AWS::ECS::Service. Ref gives an ARN, or a name; Fn::Sub puts Version into the image.",
    "'Image': {'Fn::Sub': '...:${Version}'}; in the service 'DeploymentConfiguration': {'Strategy': ..., "
    "'Alarms': {'AlarmNames': [{'Ref': 'Errors'}], 'Enable': True, 'Rollback': True}}, and 'DependsOn': 'Rule'. "
    "Read describe_stack_events where it fails; the waiter stack_create_complete waits until it is there.",
)
READ_IT = (
    "Send customers first: without a request there is no error, and no alarm.",
    "list_service_deployments of ECS, newest first; get_deployment of CodeDeploy: errorInformation and rollbackInfo.",
    "native = list_service_deployments(...)['serviceDeployments'][0]['status'], once it has ended. classic = "
    "[info['errorInformation']['code'], info['rollbackInfo']['rollbackDeploymentId']] of info = "
    "get_deployment(...)['deploymentInfo'].",
)
