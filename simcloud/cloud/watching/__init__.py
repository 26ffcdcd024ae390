"""CloudWatch between moto, which holds alarms and metrics for the API, and the simulation, which lets them act."""
