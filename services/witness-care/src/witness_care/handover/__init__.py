"""Taking over: a victim from nobody or a colleague's, one or many at once."""
