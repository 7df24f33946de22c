"""The whole system on one machine: what runs, with which settings, started and ended together."""
