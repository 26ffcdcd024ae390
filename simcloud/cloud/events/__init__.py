"""Rules and schedules of moto's EventBridge as the simulation follows them, and deliveries to their targets."""
