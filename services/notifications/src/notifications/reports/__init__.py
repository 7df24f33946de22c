"""What was decided, whom news reached, and whether all of it was decided."""
