"""The laws of Amazon EKS, as far as Fargate goes: one file a noun. They look at the request as the API spells it."""
