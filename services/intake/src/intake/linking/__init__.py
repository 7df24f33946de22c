"""Who belongs to which case, where an officer says so."""
