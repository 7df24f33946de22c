"""What agencies send in formats of their own: kept encrypted for a time; what waits for an officer."""
