"""HMCTS Common Platform hearings: each snapshot compared with the last one, and what is news recorded."""
