"""What other services keep, asked as the officer who is signed in."""
