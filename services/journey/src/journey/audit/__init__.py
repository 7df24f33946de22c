"""The auditor's view over all services' logs, as a command."""
