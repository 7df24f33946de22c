"""What is due: for each victim what an officer still has to do and by when, and the page that says so."""
