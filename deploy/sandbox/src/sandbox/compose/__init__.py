"""The same system in containers: their settings, and the story played into them."""
