"""EKS on Fargate: clusters and what belongs to them over time, and the pods that run on Fargate."""
