"""What a message of Common Platform says."""
