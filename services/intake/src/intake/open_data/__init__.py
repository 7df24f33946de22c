"""A month of police.uk's street-level file, imported once."""
