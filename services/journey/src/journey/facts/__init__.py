"""Every consumed event once; whom each concerns, and whose news it is."""
