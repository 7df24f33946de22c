"""Everything notifications remembers, in PostgreSQL."""
