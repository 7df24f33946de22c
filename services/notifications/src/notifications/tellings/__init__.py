"""What the victim has come to know."""
