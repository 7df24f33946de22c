"""The contacts that officers make: who was told what, and so is waited for no longer."""
