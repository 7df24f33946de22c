"""Services that hear of what the victim opened."""
