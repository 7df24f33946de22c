"""What is true of promises, decisions and messages; no I/O."""
