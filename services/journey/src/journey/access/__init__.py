"""Which sign-in may see which journey."""
