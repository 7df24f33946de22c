"""All that a victim or an officer reads, in plain words."""
