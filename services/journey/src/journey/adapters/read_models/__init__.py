"""Journey's tables: one module per read model."""
