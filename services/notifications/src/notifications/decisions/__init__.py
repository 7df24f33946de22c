"""News as it came, and one decision record for each."""
