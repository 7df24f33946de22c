"""The real side of a transaction over all rooms, and its fake."""
