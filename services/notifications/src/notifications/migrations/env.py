"""Alembic's entry: the connection and the rest come from `chassis.migrations`."""

from chassis.migrations import run_in_context

run_in_context()
