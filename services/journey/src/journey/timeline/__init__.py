"""One victim's timeline: put together, read as a page and as JSON, and watched."""
