"""What the world says to us."""
