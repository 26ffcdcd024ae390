"""The laws of CodeDeploy: which requests it accepts."""
