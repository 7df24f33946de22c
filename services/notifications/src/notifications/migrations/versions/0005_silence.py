"""Silences, and who was asked to end them."""

from importlib.resources import files

from chassis.migrations import run_script

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    run_script((files("notifications.keeping_in_touch") / "sql" / "0005_silence.sql").read_text(encoding="utf-8"))
