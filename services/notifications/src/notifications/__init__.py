"""The promise keeper: contact promises, decisions, timers, deliveries."""
