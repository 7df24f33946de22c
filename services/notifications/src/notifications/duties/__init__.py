"""Duties that journey opened, as far as they need a reminder."""
