"""One victim on a page of their own: all that the services keep for an officer to see, and what may be decided."""
