"""What is true of journeys: whom a fact concerns, what still stands, what is owed by when, and in which words."""
