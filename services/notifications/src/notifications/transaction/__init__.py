"""What all rooms need of one transaction: its time, its locks, its timers, its log."""
