"""Contacts asked of officers, each once."""
