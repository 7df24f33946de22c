"""Who is asking: bearer tokens for machines, sessions for people, and what each may do."""
