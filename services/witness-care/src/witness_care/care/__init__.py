"""One victim's care: who they are to the desk, who answers to them, and the log of what was decided."""
