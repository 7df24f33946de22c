"""Everything notifications remembers, in memory: a fake with the same rules, for tests without a database."""
