"""Choosers: which compute for which work, and why. The refusals are the laws' own, the prices those of the price lists.

compute.choose(workload)                 Fargate, EC2, Lambda or EKS
lambda_or_fargate.choose(calls)          by duration, memory, traffic and start-up needs
kubernetes.compare(manifests)            a mixed EKS cluster, one of nodes alone, one of Fargate alone
rightsizing.judged(cloud, service, ...)  a service's bill, with latency and memory kept in bounds
rerun.again(cloud, change)               the same calls once more, some of them changed
"""
