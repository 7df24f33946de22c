"""What goes into the log: drafts of events, what must still hold when they are appended, corrections, doubts."""
