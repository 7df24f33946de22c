"""What became of each piece of news on its way to the victim."""
