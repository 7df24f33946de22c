"""The officer's desk: caseload, what is due, contacts made."""
