"""CloudWatch where it acts: metrics of what lives, and alarms that are evaluated as time passes."""
