"""Traffic: which listener rules divide the requests of a service, and how a deployment shifts them."""
