"""Every event type in plain words: what happened, what it means, what to do, what is next."""
