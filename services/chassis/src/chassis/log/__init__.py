"""The log: a service's event store, outbox and audit trail in one."""
