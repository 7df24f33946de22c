"""Journey's schema; hand-written SQL run by Alembic."""
