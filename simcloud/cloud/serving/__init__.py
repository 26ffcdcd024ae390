"""The simulated AWS on loopback, for the AWS CLI, other SDKs and whatever else speaks to AWS over HTTP."""
