"""How journey remembers and tells: read models in PostgreSQL, events for the log, calls to notifications."""
