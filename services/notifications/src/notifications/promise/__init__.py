"""Contact promises: what was agreed, when is safe, by which channel."""
