"""Reports by the public."""
