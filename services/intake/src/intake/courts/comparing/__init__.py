"""What is news between what is known of a hearing and what a message says."""
