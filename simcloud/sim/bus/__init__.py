"""EventBridge where it acts: events of what lives, rules that match them, schedules, and deliveries to targets."""
