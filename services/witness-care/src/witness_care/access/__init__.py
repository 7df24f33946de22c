"""Which sign-ins may see a victim's journey."""
