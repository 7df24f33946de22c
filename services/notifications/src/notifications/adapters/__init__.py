"""How we remember and tell."""
