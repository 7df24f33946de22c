"""What became of each piece of news on its way to the victim, and all that is on record of her with it."""
