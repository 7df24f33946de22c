"""The schema of notifications; hand-written SQL run by Alembic."""
