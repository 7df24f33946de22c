"""Which case and which victim an event is about: references, victims' numbers, links, merges."""
