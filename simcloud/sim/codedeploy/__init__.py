"""CodeDeploy for ECS in simulated time: what it holds, and how a blue/green deployment goes."""
