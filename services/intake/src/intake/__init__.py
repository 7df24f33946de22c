"""The gate: agencies and the public tell us what happened."""
