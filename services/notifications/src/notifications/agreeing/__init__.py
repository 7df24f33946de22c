"""A promise is agreed, and what has not left is decided anew."""
