"""Who carries messages."""
