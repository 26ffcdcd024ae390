// A program that deploys with the JavaScript SDK: cluster, definition, run, describe until RUNNING, and a refusal.
import { EC2Client, DescribeSubnetsCommand } from "@aws-sdk/client-ec2";
import {
  CreateClusterCommand,
  DescribeTasksCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
} from "@aws-sdk/client-ecs";

const ecs = new ECSClient({});
const ec2 = new EC2Client({});
const told = { statuses: [] };

const cluster = await ecs.send(new CreateClusterCommand({ clusterName: "from-javascript" }));
told.cluster = cluster.cluster.clusterArn;
const registered = await ecs.send(
  new RegisterTaskDefinitionCommand({
    family: "web",
    requiresCompatibilities: ["FARGATE"],
    networkMode: "awsvpc",
    cpu: "256",
    memory: "512",
    containerDefinitions: [{ name: "app", image: "public.ecr.aws/docker/library/nginx:latest" }],
  }),
);
told.registeredAt = registered.taskDefinition.registeredAt;
const { Subnets } = await ec2.send(new DescribeSubnetsCommand({}));
const run = await ecs.send(
  new RunTaskCommand({
    cluster: "from-javascript",
    taskDefinition: "web",
    launchType: "FARGATE",
    networkConfiguration: { awsvpcConfiguration: { subnets: [Subnets[0].SubnetId], assignPublicIp: "ENABLED" } },
  }),
);
const task = run.tasks[0].taskArn;
for (let turn = 0; turn < 60 && told.statuses.at(-1) !== "RUNNING"; turn++) {
  await fetch(`${process.env.AWS_ENDPOINT_URL}/_simcloud/advance`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ seconds: 5 }),
  });
  const { tasks } = await ecs.send(new DescribeTasksCommand({ cluster: "from-javascript", tasks: [task] }));
  if (tasks[0].lastStatus !== told.statuses.at(-1)) told.statuses.push(tasks[0].lastStatus);
}
try {
  await ecs.send(
    new RegisterTaskDefinitionCommand({
      family: "web",
      requiresCompatibilities: ["FARGATE"],
      networkMode: "awsvpc",
      cpu: "1024",
      memory: "1024",
      containerDefinitions: [{ name: "app", image: "public.ecr.aws/docker/library/nginx:latest" }],
    }),
  );
} catch (error) {
  told.refusal = { name: error.name, message: error.message, status: error.$metadata.httpStatusCode };
}
console.log(JSON.stringify(told));
