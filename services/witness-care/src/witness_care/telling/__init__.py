"""What there is to tell a victim, in the words to use, and what stands now: read from journey when it is shown."""
