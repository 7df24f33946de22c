"""What agencies sent that no machine could tell: read, and decided by an officer."""
