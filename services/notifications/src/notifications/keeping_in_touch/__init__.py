"""The promised interval: nothing has changed."""
