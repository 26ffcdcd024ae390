"""What the code in containers does: it works off queues, sends traces, calls other services."""
