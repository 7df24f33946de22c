"""What is true of one victim's care: who answers to them, what was said to them, who may sign in."""
