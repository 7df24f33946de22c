"""From the safe moment to the outcome; the only room with providers."""
