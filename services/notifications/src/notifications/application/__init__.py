"""What we do about it: load, decide, save."""
