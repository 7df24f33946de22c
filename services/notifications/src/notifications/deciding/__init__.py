"""What is decided about news, and what follows from it."""
