"""CloudEvents in, receipts out: who may publish what, and what was published."""
