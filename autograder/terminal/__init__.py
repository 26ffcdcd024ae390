"""A lab in the terminal: `fargate-course lab LAB --console`."""
