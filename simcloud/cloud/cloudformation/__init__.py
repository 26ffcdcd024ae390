"""CloudFormation: templates, parameters, change sets and outputs are moto's, what stacks do is ours.

A stack goes on in simulated time (stacks.py, steps.py): each resource begins when what it needs is there, is complete
when it is stable, and a refusal fails the stack, which is rolled back. Resources of our services (ecs_*.py, scaling.py,
codedeploy.py, eks.py) call the handlers that boto3 calls, so that laws, refusals and story are the same; the others are
moto's models (neighbour.py). What needs no simulated time is done within the call that asks for it.
"""
