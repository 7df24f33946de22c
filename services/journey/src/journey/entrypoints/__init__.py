"""What the world says to journey: topics, HTTP, the page."""
