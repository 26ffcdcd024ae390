"""Application Auto Scaling: targets, policies, scheduled actions, and what they make of a service's desired count."""
