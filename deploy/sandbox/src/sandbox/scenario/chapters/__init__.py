"""The chapters, each a list of steps."""
