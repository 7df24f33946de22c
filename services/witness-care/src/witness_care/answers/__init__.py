"""What became of what victims asked for in their reports, as officers say it."""
