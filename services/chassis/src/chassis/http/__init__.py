"""How a service answers over HTTP: one app factory, one rendering of every failure."""
