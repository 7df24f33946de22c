"""What the Victims' Code owes to whom by when, and what ended it."""
