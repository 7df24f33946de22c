"""A stand-in for GOV.UK Notify: what its official Python client uses of it, and a mailbox to look into."""
