"""Messages that leave, and whose turn it is to work on them."""
