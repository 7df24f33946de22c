"""How services run: log, relay, consumer, timers, vault, http, security, telemetry."""
