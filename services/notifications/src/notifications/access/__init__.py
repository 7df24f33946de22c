"""Whom we have heard of, and who may see whose promise."""
