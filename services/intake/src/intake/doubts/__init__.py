"""Whether a doubtful fact stands, where an officer says so."""
